"""Sheets for reviewers, out and back: what changed is taken over, and nothing else."""

import re
import shutil
import socket
import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import polib
import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from report import pandoc
from report.errors import ReportError, UsageError
from report.translate.apply import Applied, apply
from report.translate.returned import returned
from report.translate.sheet import FORMATS, sheet
from tests.translate.small_study import DATA, LIGHT, TALK, SmallStudy, said

FIRST, SECOND = "A lamp helps. It is enough.", "Nurses leave it on at night."
THIRD = 'Patients ask for it by day on the {{ term("ward") }}.'
FIFTH = "We heard it from {{ participants | count | words }} people."
NIGHT = "Pleierne lar den stå på om natten."


def made(study: SmallStudy, form: str, audience: str | None = "lay", language: str = "nb") -> Path:
    """A sheet of the study."""
    file = study.folder.parent / f"{language}.{form}"
    done = sheet(study.settings, language, audience, form, file)
    assert done.file == file
    assert done.rows
    return file


def write(file: Path, source: str, text: str | None = None, comment: str | None = None) -> None:
    """Write into the row of a message what a reviewer would: in Word, in a browser, in Poedit."""
    match file.suffix:
        case ".docx":
            document = Document(str(file))
            for cell, value in zip(cells(document, source)[2:], (text, comment), strict=True):
                if value is not None:
                    cell.text = value
            document.save(str(file))
        case ".html":
            page = file.read_text("utf-8")
            rows = page.split("<tr")
            shown = escaped(source)
            (n,) = [n for n, row in enumerate(rows) if f"{shown}</td><td contented" in row]
            parts = re.split(r'(<td contenteditable="true" dir="auto">)', rows[n])
            for at, value in ((2, text), (4, comment)):
                if value is not None:
                    parts[at] = f"{escaped(value)}</td>{parts[at].partition('</td>')[2]}"
            rows[n] = "".join(parts)
            file.write_text("<tr".join(rows), "utf-8")
        case _:
            catalogue = polib.pofile(str(file))
            (entry,) = [entry for entry in catalogue if entry.msgid == source]
            if text is not None:
                entry.msgstr = text
            if comment is not None:
                entry.tcomment = comment
            entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
            catalogue.save()


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&#34;")


def cells(document: Any, source: str) -> list[Any]:
    """The cells of the row of a message, in a Word sheet."""
    (found,) = [
        row.cells for row in document.tables[0].rows if row.cells[1].paragraphs[-1].text == source
    ]
    return list(found)


def codes(applied: Applied) -> list[str]:
    return [problem.code for problem in applied.diagnostics]


def reworded(study: SmallStudy) -> str:
    """Make one message fuzzy; its text."""
    text = "Nurses leave it on all night."
    study.edit("text/lay/found.md", SECOND, text)
    study.extract()
    return text


@pytest.fixture(params=FORMATS)
def form(request: pytest.FixtureRequest) -> str:
    """Each format of a sheet."""
    return str(request.param)


def test_an_unchanged_sheet_changes_nothing(study: SmallStudy, form: str) -> None:
    reworded(study)
    file = made(study, form, None)
    before = study.bytes()
    assert apply(study.settings, file) == Applied(0, 0, ())
    assert study.bytes() == before


def test_what_was_edited_is_taken_over(study: SmallStudy, form: str) -> None:
    text = reworded(study)
    file = made(study, form)
    write(file, text, NIGHT)
    write(file, FIFTH, "{{ participants | count | words }} personer sa det.")
    assert apply(study.settings, file) == Applied(2, 0, ())
    entry = study.entry(text)
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == (NIGHT, False, None)
    assert study.entry(FIFTH).msgstr == "{{ participants | count | words }} personer sa det."
    assert study.catalogue().fuzzy_entries() == []
    before = study.bytes()
    assert apply(study.settings, file) == Applied(0, 0, ())
    study.extract()
    assert study.bytes() == before


def test_a_lost_expression_is_refused(study: SmallStudy, form: str) -> None:
    file = made(study, form)
    write(file, FIFTH, "Noen sa det.")
    write(file, SECOND, NIGHT)
    applied = apply(study.settings, file)
    assert (applied.taken, codes(applied)) == (1, ["lost-in-translation"])
    (problem,) = applied.diagnostics
    assert "{{ participants | count | words }}" in problem.message
    assert problem.location.path == str(file)
    assert problem.location.line > 1
    assert study.entry(FIFTH).msgstr == said(FIFTH, TALK)


@pytest.mark.parametrize("form", ["html"])
def test_a_lost_parameter_of_a_template_is_refused(study: SmallStudy, form: str) -> None:
    study.speak(["lay"], ["uk"])
    study.extract()
    path = "templates/locale/uk.po"
    study.translate(path)
    file = made(study, form, "lay", "uk")
    asked = [e for e in polib.pofile(str(made(study, "po", "lay", "uk"))) if "%(" in e.msgid]
    entry = next(e for e in asked if not e.msgid_plural)
    write(file, entry.msgid, "Без параметра")
    applied = apply(study.settings, file)
    assert (applied.taken, set(codes(applied))) == (0, {"lost-in-translation"})
    assert study.entry(entry.msgid, path=path).msgstr == said(entry.msgid)


@pytest.mark.parametrize("form", ["docx", "po"])
def test_a_translation_changed_meanwhile_is_a_conflict(study: SmallStudy, form: str) -> None:
    file = made(study, form)
    catalogue = study.catalogue()
    (entry,) = [entry for entry in catalogue if entry.msgid == SECOND]
    entry.msgstr = "Noen andre har skrevet her."
    catalogue.save()
    write(file, SECOND, NIGHT)
    before = study.bytes()
    applied = apply(study.settings, file)
    assert (applied.taken, codes(applied)) == (0, ["translation-conflict"])
    assert "Noen andre har skrevet her." in applied.diagnostics[0].message
    assert NIGHT in applied.diagnostics[0].message
    assert study.bytes() == before


@pytest.mark.parametrize("form", ["html", "po"])
def test_a_source_changed_meanwhile_is_told(study: SmallStudy, form: str) -> None:
    file = made(study, form)
    write(file, SECOND, NIGHT)
    text = reworded(study)
    before = study.bytes()
    applied = apply(study.settings, file)
    assert (applied.taken, codes(applied)) == (0, ["translation-conflict"])
    assert "source has changed" in applied.diagnostics[0].message
    assert NIGHT in applied.diagnostics[0].message
    assert study.bytes() == before
    assert study.entry(text).fuzzy


@pytest.mark.parametrize("form", ["docx", "po"])
def test_comments_are_kept_for_the_next_translator(study: SmallStudy, form: str) -> None:
    file = made(study, form)
    write(file, SECOND, comment="Is it the nurses?")
    assert apply(study.settings, file) == Applied(0, 1, ())
    entry = study.entry(SECOND)
    assert (entry.tcomment, entry.msgstr) == ("Is it the nurses?", said(SECOND, LIGHT))
    assert apply(study.settings, file) == Applied(0, 0, ())


@pytest.mark.parametrize("form", ["html"])
def test_a_long_comment_is_taken_over_once(study: SmallStudy, form: str) -> None:
    file = made(study, form)
    comment = "I would rather say that it was the nurses on duty who left the lamp on. " * 3
    write(file, SECOND, comment=comment.strip())
    assert apply(study.settings, file).comments == 1
    before = study.bytes()
    assert apply(study.settings, file).comments == 0
    assert study.bytes() == before


def test_a_comment_added_to_another_repeats_it_not(study: SmallStudy) -> None:
    catalogue = study.catalogue()
    (entry,) = [entry for entry in catalogue if entry.msgid == SECOND]
    entry.tcomment = "Seen by Kari."
    catalogue.save()
    file = made(study, "po")
    write(file, SECOND, comment="Seen by Kari.\nAnd by Ola.")
    apply(study.settings, file)
    assert study.entry(SECOND).tcomment == "Seen by Kari.\nAnd by Ola."


@pytest.mark.parametrize("form", ["html", "po"])
def test_a_comment_on_a_refused_row_is_kept_or_told(study: SmallStudy, form: str) -> None:
    file = made(study, form)
    write(file, FIFTH, "Noen sa det.", "Who are they?")
    applied = apply(study.settings, file)
    told = " ".join(f"{problem.message} {problem.hint}" for problem in applied.diagnostics)
    assert "Who are they?" in study.entry(FIFTH).tcomment + told


@pytest.mark.parametrize(("form", "word"), [("docx", "ok"), ("html", "OK.")])
def test_ok_confirms_a_fuzzy_translation(study: SmallStudy, form: str, word: str) -> None:
    text = reworded(study)
    file = made(study, form)
    write(file, text, comment=word)
    assert apply(study.settings, file) == Applied(1, 0, ())
    entry = study.entry(text)
    assert (entry.fuzzy, entry.previous_msgid, entry.tcomment) == (False, None, "")
    assert entry.msgstr == said(SECOND, LIGHT)


def test_what_was_marked_fuzzy_meanwhile_stays_so(study: SmallStudy) -> None:
    file = made(study, "po")
    catalogue = study.catalogue()
    (entry,) = [entry for entry in catalogue if entry.msgid == SECOND]
    entry.flags.append("fuzzy")
    catalogue.save()
    before = study.bytes()
    apply(study.settings, file)
    assert study.bytes() == before


def tracked(kind: str, run: Any, deleted: str = "") -> Any:
    """A run as Word keeps it while changes are tracked."""
    change = OxmlElement(f"w:{kind}")
    change.set(qn("w:id"), "900")
    change.set(qn("w:author"), "Kari")
    change.set(qn("w:date"), "2024-03-02T10:00:00Z")
    if deleted:
        for text in run.findall(qn("w:t")):
            run.remove(text)
        gone = OxmlElement("w:delText")
        gone.text = deleted
        gone.set(qn("xml:space"), "preserve")
        run.append(gone)
    change.append(run)
    return change


def test_tracked_changes_count_as_accepted(study: SmallStudy) -> None:
    file = made(study, "docx")
    document = Document(str(file))
    cell = cells(document, SECOND)[2]
    paragraph = cell.paragraphs[0]
    old = paragraph.runs[0]._r
    new = deepcopy(old)
    new.find(qn("w:t")).text = NIGHT
    kept = paragraph._p
    kept.remove(old)
    kept.append(tracked("del", old, said(SECOND, LIGHT)))
    kept.append(tracked("ins", new))
    document.save(str(file))
    assert apply(study.settings, file) == Applied(1, 0, ())
    assert study.entry(SECOND).msgstr == NIGHT


@pytest.mark.parametrize("column", [1, 2, 3], ids=["source", "translation", "comment"])
def test_a_comment_in_the_margin_is_one(study: SmallStudy, column: int) -> None:
    file = made(study, "docx")
    document = Document(str(file))
    cell = cells(document, SECOND)[column]
    run = cell.paragraphs[-1].runs[-1] if column < 3 else cell.paragraphs[-1].add_run(" ")
    document.add_comment(run, text="Is it the nurses?", author="Kari")
    document.save(str(file))
    assert apply(study.settings, file) == Applied(0, 1, ())
    assert study.entry(SECOND).tcomment == "Is it the nurses?"


@pytest.mark.parametrize("typed", ["“ward”", "«ward»", "‘ward’"], ids=["en", "nb", "one"])
def test_quotation_marks_that_word_typed_are_made_straight(study: SmallStudy, typed: str) -> None:
    file = made(study, "docx")
    write(file, THIRD, f"«Ja», sa de på {{{{ term({typed}) }}}}.")
    assert apply(study.settings, file) == Applied(1, 0, ())
    mark = "'" if "‘" in typed else '"'
    assert study.entry(THIRD).msgstr == f"«Ja», sa de på {{{{ term({mark}ward{mark}) }}}}."


def test_bold_and_italics_of_word_are_marks(study: SmallStudy) -> None:
    study.edit("text/lay/found.md", SECOND, "Nurses leave it **on** at *night*.")
    study.extract()
    file = made(study, "docx")
    document = Document(str(file))
    cell = cells(document, "Nurses leave it **on** at *night*.")[2]
    cell.text = ""
    paragraph = cell.paragraphs[0]
    paragraph.add_run("De lar den stå ")
    paragraph.add_run("på").bold = True
    paragraph.add_run(" om ")
    paragraph.add_run("natten").italic = True
    paragraph.add_run(".")
    document.save(str(file))
    assert apply(study.settings, file) == Applied(1, 0, ())
    text = study.entry("Nurses leave it **on** at *night*.").msgstr
    assert text == "De lar den stå **på** om *natten*."


@pytest.mark.parametrize("form", ["docx", "html"])
def test_a_hard_break_comes_back(study: SmallStudy, form: str) -> None:
    text = "Nurses leave it on.\\\nAt night."
    study.edit("text/lay/found.md", SECOND, text)
    study.extract()
    study.translate()
    file = made(study, form)
    assert apply(study.settings, file) == Applied(0, 0, ())
    write(file, text, "De lar den stå på.\\\nOm natten.")
    assert apply(study.settings, file) == Applied(1, 0, ())
    assert study.entry(text).msgstr == "De lar den stå på.\\\nOm natten."


@pytest.mark.parametrize("form", ["html", "po"])
def test_a_sheet_is_for_one_language(study: SmallStudy, form: str) -> None:
    study.speak(["lay", "briefing"], ["en", "nb", "nn"])
    study.extract()
    other = "data/locale/nn.po"
    study.translate(other)
    before = study.bytes()
    file = made(study, form, "lay", "nb")
    write(file, SECOND, NIGHT)
    assert apply(study.settings, file) == Applied(1, 0, ())
    assert study.entry(SECOND).msgstr == NIGHT
    assert study.entry(SECOND, path=other).msgstr == said(SECOND, LIGHT)
    after = study.bytes()
    assert {path for path in after if after[path] != before[path]} == {DATA}


def test_a_sheet_of_a_new_language_fills_no_other(study: SmallStudy) -> None:
    """Neither has a translation yet."""
    study.edit("text/lay/found.md", SECOND, f"{SECOND}\n\nAn added paragraph.")
    study.speak(["lay", "briefing"], ["en", "nb", "nn"])
    study.extract()
    file = made(study, "po", "lay", "nb")
    write(file, "An added paragraph.", "Et nytt avsnitt.")
    assert apply(study.settings, file) == Applied(1, 0, ())
    assert study.entry("An added paragraph.").msgstr == "Et nytt avsnitt."
    assert study.entry("An added paragraph.", path="data/locale/nn.po").msgstr == ""


def test_a_sheet_for_one_audience_holds_nothing_of_another(study: SmallStudy, form: str) -> None:
    secret = "Only the briefing says this about lamps."
    study.edit("text/briefing/why.md", "To sleep well.", secret)
    study.extract()
    study.translate()
    mine = {e.msgid for e in study.catalogue() if "lay" in e.comment.split("\n")[0]}
    others = {e.msgid for e in study.catalogue()} - mine
    assert secret in others
    assert "Nurses" in others
    content = unpacked(made(study, form))
    assert said("To sleep well.", "text/lay/why.md").encode() in content
    for text in others:
        if not any(text in own for own in mine):
            assert text.encode() not in content, text
    assert secret.encode() in unpacked(made(study, form, None))


def unpacked(file: Path) -> bytes:
    """All bytes of a sheet; those of a Word file's parts, its markup taken out."""
    if file.suffix != ".docx":
        return file.read_bytes()
    with zipfile.ZipFile(file) as packed:
        return b"\n".join(re.sub(rb"<[^>]*>", b"", packed.read(n)) for n in packed.namelist())


@pytest.mark.parametrize("form", ["docx"])
def test_earlier_words_are_shown_beside_fuzzy_ones(study: SmallStudy, form: str) -> None:
    reworded(study)
    assert SECOND.encode() in unpacked(made(study, form))


@pytest.mark.parametrize("form", ["html"])
def test_the_forms_of_a_plural_are_rows_of_their_own(study: SmallStudy, form: str) -> None:
    study.speak(["briefing"], ["uk"])
    study.extract()
    path = "templates/locale/uk.po"
    study.translate(path)
    file = made(study, form, "briefing", "uk")
    forms = [row.message.rpartition(".")[2] for row in returned(file)]
    assert {"0", "1", "2"} == set(forms)
    before = study.bytes()
    assert apply(study.settings, file) == Applied(0, 0, ())
    assert study.bytes() == before


@pytest.mark.parametrize(
    ("ask", "said_why"),
    [
        (lambda s: sheet(s, "nb", None, "odt", None), "no format “odt”"),
        (lambda s: sheet(s, "nb", "press", "po", None), "no audience “press”"),
        (lambda s: sheet(s, "sv", None, "po", None), "nothing to translate into “sv”"),
    ],
)
def test_a_wrong_wish_is_told(
    study: SmallStudy, ask: Callable[[Any], object], said_why: str
) -> None:
    with pytest.raises(UsageError, match=said_why):
        ask(study.settings)


def test_what_is_no_sheet_is_told(study: SmallStudy, tmp_path: Path) -> None:
    Document().save(str(tmp_path / "empty.docx"))
    (tmp_path / "x.html").write_text("<table><tr><td>a</td></tr></table>", "utf-8")
    (tmp_path / "x.txt").write_text("a", "utf-8")
    shutil.copy(study.folder / DATA, tmp_path / "x.po")
    for name in ("empty.docx", "x.html", "x.txt", "x.po"):
        with pytest.raises(UsageError, match=name):
            apply(study.settings, tmp_path / name)


def test_a_sheet_fetches_nothing(study: SmallStudy) -> None:
    """It comes by mail, from anywhere."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.setblocking(False)  # noqa: FBT003
        file = made(study, "html")
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x.html"
        page = file.read_text("utf-8")
        frame = f'<iframe src="{address}"></iframe></td></tr>'
        file.write_text(page.replace("</td></tr>", frame), "utf-8")
        apply(study.settings, file)
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.parametrize("audience", ["lay", None])
def test_a_sheet_holds_no_name_of_the_key(study: SmallStudy, audience: str | None) -> None:
    """A translation is on nobody's page before it is done, and in a sheet all the same."""
    key = study.folder / "private" / "key.csv"
    key.parent.mkdir()
    key.write_text("participant,name\nN1,Zenobia Quillfeather\n", "utf-8")
    catalogue = polib.pofile(str(study.folder / DATA))
    entry = next(entry for entry in catalogue if entry.msgid == SECOND)
    entry.msgstr, entry.flags = "Zenobia Quillfeather lar den stå på.", ["fuzzy"]
    catalogue.save()
    file = study.folder.parent / "nb.html"
    done = sheet(study.settings, "nb", audience, "html", file)
    assert [d.code for d in done.diagnostics] == ["leak"]
    assert not file.exists()


@pytest.mark.parametrize("form", ["docx", "html"])
def test_no_other_pandoc_reads_a_sheet(
    study: SmallStudy, form: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = made(study, form)
    read = returned(file)
    monkeypatch.setenv("PYPANDOC_PANDOC", str(tmp_path / "another"))
    assert returned(file) == read
    monkeypatch.setattr(pandoc, "find_spec", lambda _: None)
    pandoc.program.cache_clear()
    with pytest.raises(ReportError, match="pandoc is missing"):
        returned(file)
    monkeypatch.undo()
    pandoc.program.cache_clear()
