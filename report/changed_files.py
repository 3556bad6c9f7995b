"""What changed, as files for co-authors: a page for each document, and a Word file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final

from report import publish, redline
from report.changes import LAST_BUILD, NOW, Compared, Pair
from report.compose.pictures import drawn
from report.compose.translator import Translator, of_study
from report.config import Settings
from report.diff.change import Difference
from report.diff_page import with_summary
from report.errors import UsageError
from report.executor import workers
from report.gate import gate
from report.model.diagnostic import Diagnostic, did_you_mean, in_order
from report.model.document import Document
from report.redline.marking import Marking, marking
from report.renderers import RENDERERS, Renderer

_NAME: Final = ".changes."
"""In the names of the files: journal.en.changes.html."""


@dataclass(frozen=True)
class Written:
    """What stood in the files and may not, and the names of those that were written; none where
    anything did."""

    diagnostics: tuple[Diagnostic, ...]
    files: tuple[str, ...]


def known(forms: Sequence[str]) -> tuple[str, ...]:
    """The formats asked for, which may be listed with commas. Raises UsageError for another."""
    asked = tuple(dict.fromkeys(form for each in forms for form in each.split(",") if form))
    for form in asked:
        if form not in redline.FORMS:
            message = f"changes are not shown as “{form}”"
            raise UsageError(message, did_you_mean(form, redline.FORMS))
    return asked


def write(
    settings: Settings, found: Compared, forms: Sequence[str], folder: Path, *, everything: bool
) -> Written:
    """Write what changed in each document into the folder, as each of the formats; all files or
    none. Each passes the gate as a document of its audience. `everything`: files of documents that
    did not change go.

    Raises RenderError, and PublishError where the folder refuses.
    """
    assert found.comparison is not None  # whoever calls has told of the errors
    files: dict[str, bytes] = {}
    problems: list[Diagnostic] = []
    differences = {each.document: each for each in found.comparison.differences}
    pairs = [pair for pair in found.pairs if differences[pair.name]]
    with publish.lock(folder), workers(settings) as at_work:
        jobs = {
            (pair.name, form): at_work.submit(redline.render, *_job(settings, found, pair, form))
            for pair in pairs
            for form in forms
        }
        for pair in pairs:
            for form in forms:
                made = jobs[pair.name, form].result()
                content = made.content
                if form == "html":
                    content = _page(settings, found, pair, differences[pair.name], content)
                name = f"{_stem(pair)}{_NAME}{form}"
                mine = {name: content}
                problems += gate(mine, pair.held)
                files |= mine
        if problems:
            return Written(in_order(problems), ())
        ours = tuple(f"{_NAME}{form}" for form in redline.FORMS)
        there = [file.name for file in folder.glob(f"*{_NAME}*") if file.name.endswith(ours)]
        gone = [name for name in there if everything and name not in files]
        publish.publish(folder, files, remove=gone)
    return Written((), tuple(sorted(files)))


def _stem(pair: Pair) -> str:
    """The document's name; of one whose files came of different texts, that of the file."""
    return pair.name.partition(",")[0]


def _job(
    settings: Settings, found: Compared, pair: Pair, form: str
) -> tuple[Document, Document, str, Renderer, Marking]:
    """What a redline is made of."""
    before, after = pair.before, pair.after
    if form == "docx":
        before, after = _for_word(before), _for_word(after)
    renderer = RENDERERS["builtin"](settings).only_for(after, form)
    return before, after, form, renderer, marking(settings.themes, _speaking(found, pair))


def _for_word(document: Document) -> Document:
    """The document with a PNG for each drawing: its audience may have no Word files."""
    drawings = {
        str(PurePosixPath(path).with_suffix(".png")): drawn(asset)
        for path, asset in document.assets.items()
        if path.endswith(".svg") and isinstance(asset, bytes)
    }
    return replace(document, assets={**drawings, **document.assets})


def _speaking(found: Compared, pair: Pair) -> Translator:
    """The words of the document's language."""
    assert found.today.study is not None
    return of_study(found.today.study, pair.variant.language, found.today.catalogues)


def _page(
    settings: Settings, found: Compared, pair: Pair, difference: Difference, content: bytes
) -> bytes:
    assert found.comparison is not None
    assert found.today.study is not None
    since, until = found.comparison.since, found.comparison.until
    states = ("" if since == LAST_BUILD else since, "" if until == NOW else until)
    said = _speaking(found, pair)
    return with_summary(content, difference, states, found.today.study, settings.themes, said)
