"""LibreOffice accepts or refuses all changes, and no trace of them is left."""

from pathlib import Path

import docx
import pytest

from report.redline import word
from tests.redline import office
from tests.redline.cases import CASES
from tests.redline.made import EPOCH, made

pytestmark = pytest.mark.libreoffice


def shown(file: Path, command: str) -> tuple[str, list[tuple[str, str]]]:
    """What a file shows after a command: its text, and its paragraphs with their styles."""
    text = office.result(file, command, "txt").read_text("utf-8-sig")
    paragraphs = docx.Document(str(office.result(file, command, "docx"))).paragraphs
    return text, [(p.style.name or "", p.text) for p in paragraphs if p.style]


def test_no_trace_is_left(tmp_path: Path) -> None:
    """All cases in one go: starting LibreOffice takes longer than what it does."""
    orders: list[tuple[Path, str, str]] = []
    for number, texts in enumerate(CASES.values()):
        old, new = (made(text, "docx") for text in texts)
        files = {"old": old, "new": new, "both": word.redlined(old, new, epoch=EPOCH)}
        for name, content in files.items():
            file = tmp_path / f"{number}-{name}.docx"
            file.write_bytes(content)
            commands = (office.ACCEPT, office.REJECT) if name == "both" else ("",)
            orders += [(file, command, to) for command in commands for to in ("txt", "docx")]
    office.settle(orders, tmp_path)
    for number, case in enumerate(CASES):
        was, now, both = (tmp_path / f"{number}-{name}.docx" for name in ("old", "new", "both"))
        assert shown(both, office.ACCEPT) == shown(now, ""), case
        assert shown(both, office.REJECT) == shown(was, ""), case
