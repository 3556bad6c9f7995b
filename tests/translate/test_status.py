"""Counts: those of polib, and what the command makes of them."""

import json

import pytest
from typer.testing import CliRunner

from report.cli import app
from report.translate.status import Line, Status, status
from tests.translate.small_study import SmallStudy

UKRAINIAN = "templates/locale/uk.po"


def counted(study: SmallStudy) -> dict[str, tuple[int, int, int]]:
    """The counts of the study's own catalogues."""
    return {
        line.of: (line.translated, line.fuzzy, line.missing)
        for line in status(study.settings).lines
        if (study.folder / line.of).is_file()
    }


def of_polib(study: SmallStudy) -> dict[str, tuple[int, int, int]]:
    found = {}
    for file in sorted(study.folder.glob("*/locale/*.po")):
        path = file.relative_to(study.folder).as_posix()
        po = study.catalogue(path)
        lists = (po.translated_entries(), po.fuzzy_entries(), po.untranslated_entries())
        found[path] = (len(lists[0]), len(lists[1]), len(lists[2]))
    return found


def test_the_counts_are_those_of_polib(study: SmallStudy) -> None:
    study.speak(["lay", "briefing"], ["en", "nb", "uk"])
    study.extract()
    assert len(of_polib(study)) == 3
    assert counted(study) == of_polib(study)
    study.translate("data/locale/uk.po")
    study.translate(UKRAINIAN)
    for path in of_polib(study):
        catalogue = study.catalogue(path)
        for number, entry in enumerate(catalogue):
            if number % 5 == 0:
                entry.flags.append("fuzzy")
            if number % 7 == 0:
                entry.msgstr = ""
            if entry.msgid_plural and number % 2:
                entry.msgstr_plural[1] = ""
        catalogue.save()
    study.edit("text/lay/found.md", "Nurses leave it on at night.\n\n", "")
    study.extract()
    assert counted(study) == of_polib(study)
    assert all(min(counts) > 0 for counts in of_polib(study).values())


def test_each_catalogue_has_one_line(study: SmallStudy) -> None:
    study.speak(["lay", "briefing"], ["en", "nb", "uk"])
    study.extract()
    named = [(line.language, line.of) for line in status(study.settings).lines]
    assert len(named) == len(set(named))


def test_an_own_catalogue_and_ours_are_told_apart(study: SmallStudy) -> None:
    (study.folder / "templates/locale").mkdir(parents=True)
    (study.folder / "templates/locale/nb.po").write_bytes(
        b'msgid ""\nmsgstr ""\n"Language: nb\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        b'"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\nmsgid "Own words"\nmsgstr ""\n'
    )
    named = [(line.language, line.of) for line in status(study.settings).lines]
    assert len(named) == len(set(named)), named


@pytest.mark.parametrize(
    ("share", "code"), [("0", 0), ("50", 0), ("99", 1), ("100", 1), ("100.1", 1)]
)
def test_the_command_fails_under_a_share(study: SmallStudy, share: str, code: int) -> None:
    study.edit("text/lay/found.md", "on at night", "off at night")
    study.extract()
    command = ["translate", "status", "--study", str(study.folder), "--fail-under", share]
    # The quotes wait for their translation, as does a row of them: this share is of messages.
    file = study.folder / "data/quote_translations.csv"
    head, row = file.read_text("utf-8").splitlines()
    values = row.split(",")
    values[2:5] = ["Jeg liker lampen", "Kari Nordmann", "2024-03-01"]
    file.write_text(f"{head}\n{','.join(values)}\n", "utf-8")
    done = CliRunner().invoke(app, command)
    assert done.exit_code == code, done.output
    assert "data/locale/nb.po" in done.stdout


def test_the_command_is_content_with_all_translated(study: SmallStudy) -> None:
    study.speak(["lay"], ["en", "nb"])
    command = ["translate", "status", "--study", str(study.folder), "--fail-under", "100"]
    done = CliRunner().invoke(app, [*command, "--json"])
    lines = json.loads(done.stdout)["status"]
    assert lines
    assert {line["percent"] for line in lines if line["of"] in {"lay", "data/locale/nb.po"}} == {
        100
    }
    assert done.exit_code == 0, done.output


def test_a_share_is_never_rounded_up() -> None:
    line = Line("nb", "lay", 999, 0, 1, 1000, 999)
    assert "99 %" in Status([line]).as_text()
    assert Line("nb", "lay", 0, 0, 0, 0, 0).percent == 100


def test_a_study_in_one_language_has_nothing_to_count(study: SmallStudy) -> None:
    study.speak(["lay"], ["en"])
    done = CliRunner().invoke(app, ["translate", "status", "--study", str(study.folder)])
    assert (done.exit_code, "No document comes in another" in done.stdout) == (0, True)
    study.edit("study.yml", "date: 2024-03-01", "date: soon")
    done = CliRunner().invoke(app, ["translate", "status", "--study", str(study.folder)])
    assert done.exit_code == 1
    assert "data/study.yml" in done.stderr
