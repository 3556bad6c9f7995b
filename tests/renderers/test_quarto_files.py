"""What Quarto is given beside a document's own text."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from report.model.document import Document
from report.renderers.quarto_files import laid_out, quarto_format
from report.renderers.theme import theme

from .conftest import THEMES

GOLDEN = Path(__file__).parents[1] / "golden" / "quarto.yml"


def front(
    document: Document, form: str, own: dict[str, dict[str, object]] | None = None
) -> tuple[dict[str, Any], Mapping[str, bytes]]:
    files = laid_out(document, [form], theme(THEMES), own or {})
    text = files["composed/lay.en.qmd"].decode()
    return yaml.safe_load(text.split("---\n")[1]), files


@pytest.mark.parametrize("form", ["html", "pdf", "docx", "jats"])
def test_every_file_that_the_options_name_is_there(form: str, document: Document) -> None:
    settings, files = front(document, form)
    named = str(settings["format"])
    paths = {path for path in named.replace("'", " ").split() if path.startswith("theme/")}
    assert paths
    for path in paths:
        there = [name for name in files if name.startswith(f"composed/{path.strip(',')}")]
        assert there, path


def test_the_options_are_as_recorded(document: Document, *, accept: bool) -> None:
    files = laid_out(document, ["html", "pdf", "docx", "jats"], theme(THEMES), {})
    head = files["composed/lay.en.qmd"].decode().split("title:")[0]
    if accept:
        GOLDEN.write_text(head, "utf-8")
    assert head == GOLDEN.read_text("utf-8")


def test_nothing_in_a_document_is_code(document: Document) -> None:
    assert front(document, "html")[0]["engine"] == "markdown"


def test_all_formats_of_an_audience_stand_in_one_file(document: Document) -> None:
    files = laid_out(document, ["html", "pdf"], theme(THEMES), {})
    text = files["composed/lay.en.qmd"].decode()
    assert list(yaml.safe_load(text.split("---\n")[1])["format"]) == ["html", "typst"]


def test_what_the_study_asks_of_quarto_goes_before_ours(document: Document) -> None:
    own: dict[str, dict[str, object]] = {"html": {"toc": True, "css": "ours.css"}}
    options = front(document, "html", own)[0]["format"]["html"]
    assert "toc" not in options
    assert options["css"][0] == "theme/html/pieces.css"  # Quarto adds theirs to these
    assert options["embed-resources"] is True


@pytest.mark.parametrize("key", ["title-block-banner", "title-block-style", "template-partials"])
def test_a_title_block_of_the_studys_own_stays(key: str, document: Document) -> None:
    options = front(document, "html", {"html": {key: "theirs"}})[0]["format"]["html"]
    assert "template-partials" not in options


def test_a_format_of_an_extension_keeps_its_look_and_our_words(document: Document) -> None:
    own: dict[str, dict[str, object]] = {"acme-html": {}, "acme-typst": {}}
    assert quarto_format("html", own) == "acme-html"
    assert quarto_format("docx", own) == "docx"
    page = front(document, "html", own)[0]["format"]["acme-html"]
    assert page["date-format"] == "[2 September 2024]"
    assert not {"css", "template-partials"} & page.keys()
    paper = front(document, "pdf", own)[0]["format"]["acme-typst"]
    assert paper["include-in-header"] == ["theme/quarto/pieces.typ"]
    assert paper["citeproc"] is True
    assert not {"template-partials", "pdf-standard"} & paper.keys()
    assert paper["font-paths"] == ["theme/fonts"]


def test_a_plain_format_goes_before_an_extensions() -> None:
    assert quarto_format("html", {"acme-html": {}, "html": {}}) == "html"


def test_the_studys_theme_files_go_before_ours(document: Document, tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "pieces.css").write_text("/* theirs */")
    files = laid_out(document, ["html"], theme((tmp_path, *THEMES)), {})
    assert files["composed/theme/html/pieces.css"] == b"/* theirs */"
    assert "composed/theme/quarto/quarto.css" in files


def test_fonts_come_only_where_pages_are_set(document: Document) -> None:
    assert not any(path.endswith(".ttf") for path in front(document, "docx")[1])
    assert any(path.endswith(".ttf") for path in front(document, "pdf")[1])
