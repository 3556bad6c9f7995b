"""Catalogues brought up to date: nothing lost, nothing where it was not made for."""

import io
import subprocess
from collections.abc import Sequence
from pathlib import Path

import polib
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st

from report.model.catalogue import Domain, Message
from report.sources import po
from report.translate import merge
from report.translate.messages import Wanted
from tests.translate.small_study import (
    DATA,
    FOUND,
    LIGHT,
    TALK,
    SmallStudy,
    fill,
    said,
)

ROOT = Path(__file__).parents[2]
FIRST, SECOND = "A lamp helps. It is enough.", "Nurses leave it on at night."
THIRD = 'Patients ask for it by day on the {{ term("ward") }}.'
FOURTH = "Somebody came and sat with us."


def fuzzy(study: SmallStudy, path: str = DATA) -> list[str]:
    return [entry.msgid for entry in study.catalogue(path).fuzzy_entries()]


def untranslated(study: SmallStudy, path: str = DATA) -> list[str]:
    return [entry.msgid for entry in study.catalogue(path).untranslated_entries()]


def test_twice_changes_nothing(study: SmallStudy) -> None:
    study.speak(["lay", "briefing"], ["en", "nb", "sl"])
    study.extract()
    before = study.bytes()
    files = {DATA, "templates/locale/sl.po", "data/locale/sl.po", "data/quote_translations.csv"}
    assert files <= before.keys()
    assert study.extract() == ()
    assert study.bytes() == before


def test_twice_changes_nothing_where_a_translation_names_a_term_wrongly(study: SmallStudy) -> None:
    """The translator has translated the term, and left its English form in the sentence."""
    catalogue = study.catalogue()
    term = catalogue.find("ward", msgctxt="glossary.yml § ward")
    assert term is not None
    term.msgstr = "avdeling"
    catalogue.save()
    study.extract()
    before = study.bytes()
    assert study.entry("ward").msgstr == "avdeling"
    study.extract()
    assert study.bytes() == before


def test_twice_changes_nothing_after_a_term_was_reworded(study: SmallStudy) -> None:
    study.edit("glossary.yml", "term: ward,", "term: ward, forms: [wards],")
    study.extract()
    assert study.extract() == ()


def test_a_reworded_sentence_makes_one_message_of_each_language_fuzzy(study: SmallStudy) -> None:
    study.speak(["lay", "briefing"], ["en", "nb", "nn"])
    study.extract()
    study.translate("data/locale/nn.po")
    study.edit("text/lay/found.md", "Nurses leave it on at night.", "Nurses turn it off at night.")
    study.extract()
    for path in (DATA, "data/locale/nn.po"):
        assert fuzzy(study, path) == ["Nurses turn it off at night."]
        assert untranslated(study, path) == []
        entry = study.entry("Nurses turn it off at night.", path=path)
        assert (entry.previous_msgid, entry.msgstr) == (SECOND, said(SECOND, LIGHT))
        assert "#| msgid" in (study.folder / path).read_text("utf-8")
    before = study.bytes()
    study.extract()
    assert study.bytes() == before


def test_a_second_rewording_keeps_what_the_translation_was_made_from(study: SmallStudy) -> None:
    study.edit("text/lay/found.md", SECOND, "Nurses leave it on.")
    study.extract()
    study.edit("text/lay/found.md", "Nurses leave it on.", "Nurses leave it on by day.")
    study.extract()
    entry = study.entry("Nurses leave it on by day.")
    assert (entry.fuzzy, entry.previous_msgid) == (True, SECOND)
    assert entry.msgstr == said(SECOND, LIGHT)


def test_undoing_a_rewording_makes_it_translated_again(study: SmallStudy) -> None:
    before = study.bytes()
    study.edit("text/lay/found.md", SECOND, "Nurses turn it off.")
    study.extract()
    study.edit("text/lay/found.md", "Nurses turn it off.", SECOND)
    study.extract()
    assert study.bytes() == before


def test_a_confirmed_translation_is_that_of_the_new_words(study: SmallStudy) -> None:
    """The hint says to take the mark away; whoever does it by hand leaves `#| msgid`."""
    study.edit("text/lay/found.md", SECOND, "Nurses turn it off.")
    study.extract()
    catalogue = study.catalogue()
    (entry,) = catalogue.fuzzy_entries()
    entry.msgstr, entry.flags = "Pleierne slår den av.", []
    catalogue.save()
    study.edit("text/lay/found.md", "Nurses turn it off.", SECOND)
    study.extract()
    back = study.entry(SECOND)
    assert back.fuzzy or back.msgstr == said(SECOND, LIGHT)


def test_data_leaves_all_translations_valid(study: SmallStudy) -> None:
    study.edit("participants.csv", "N1,FG1,North", "N1,FG1,South")
    study.extract()
    assert (fuzzy(study), untranslated(study)) == ([], [])
    study.edit("participants.csv", "P2,FG2,South\n", "P2,FG2,South\nP3,FG2,East\n")
    assert study.extract() == ()


def test_a_changed_row_makes_no_message_fuzzy_where_tables_show_it(study: SmallStudy) -> None:
    study.speak(["journal"], ["en", "nb"])
    study.edit("participants.csv", "P2,FG2,South", "P2,FG2,East")
    study.extract()
    study.translate()
    assert "East" in {entry.msgid for entry in study.catalogue()}
    study.edit("participants.csv", "P2,FG2,East", "P2,FG2,West")
    study.extract()
    assert fuzzy(study) == []


@pytest.mark.parametrize("after", ["# Light\n\n", f"{FIRST}\n\n", f"{SECOND}\n\n"])
def test_an_inserted_paragraph_disturbs_no_other(study: SmallStudy, after: str) -> None:
    added = "Nurses leave it on at noon."
    study.edit("text/lay/found.md", after, f"{after}{added}\n\n")
    study.extract()
    assert (fuzzy(study), untranslated(study)) == ([], [added])
    for text in (FIRST, SECOND, THIRD):
        assert study.entry(text, LIGHT).msgstr == said(text, LIGHT)


def test_swapped_paragraphs_keep_their_translations(study: SmallStudy) -> None:
    study.edit("text/lay/found.md", f"{FIRST}\n\n{SECOND}", f"{SECOND}\n\n{FIRST}")
    study.extract()
    assert (fuzzy(study), untranslated(study), study.obsolete()) == ([], [], {})
    for text in (FIRST, SECOND, THIRD):
        assert study.entry(text, LIGHT).msgstr == said(text, LIGHT)


def test_swapped_sections_keep_their_translations(study: SmallStudy) -> None:
    light, talk = FOUND.split("# Talk")
    study.write("text/lay/found.md", f"# Talk{talk}\n{light}")
    study.extract()
    assert (fuzzy(study), untranslated(study), study.obsolete()) == ([], [], {})


def test_a_reworded_heading_alone_is_fuzzy(study: SmallStudy) -> None:
    study.edit("text/lay/found.md", "# Light", "# Lamps")
    study.extract()
    assert (fuzzy(study), untranslated(study)) == (["Lamps"], [])
    assert study.entry("Lamps").previous_msgid == "Light"
    for text in (FIRST, SECOND, THIRD):
        entry = study.entry(text)
        assert entry.msgctxt == "text/lay/found.md § Lamps"
        assert entry.msgstr == said(text, LIGHT)


def test_a_new_section_with_the_heading_of_another_disturbs_none(study: SmallStudy) -> None:
    study.edit("text/lay/found.md", "# Light", "# Talk\n\nNobody came and sat with us.\n\n# Light")
    study.extract()
    assert study.entry(FOURTH).msgstr == said(FOURTH, TALK)
    assert fuzzy(study) == []
    assert untranslated(study) == ["Nobody came and sat with us."]


def test_no_translation_crosses_to_a_section_that_is_worded_alike(study: SmallStudy) -> None:
    alike = "Nurses leave it on all night."
    old = study.catalogue()
    study.edit("text/lay/found.md", f"{SECOND}\n\n", "")
    study.edit("text/lay/found.md", FOURTH, f"{FOURTH}\n\n{alike}")
    study.extract()
    assert study.entry(alike).msgctxt == TALK
    assert (fuzzy(study), untranslated(study)) == ([], [alike])
    assert study.obsolete() == {SECOND: said(SECOND, LIGHT)}
    # What is usual takes it there: with contexts as we have them, and without.
    template = Catalog()
    for entry in study.catalogue():
        if not entry.obsolete:
            template.add(entry.msgid, context=entry.msgctxt)
    usual = read_po(io.BytesIO(str(old).encode()))
    usual.update(template)
    crossed = usual.get(alike, TALK)
    assert crossed is not None
    assert crossed.fuzzy
    assert crossed.string == said(SECOND, LIGHT)


@pytest.mark.gettext
def test_msgmerge_would_take_it_across(study: SmallStudy, tmp_path: Path) -> None:
    alike = "Nurses leave it on all night."
    old = tmp_path / "old.po"
    old.write_bytes((study.folder / DATA).read_bytes())
    study.edit("text/lay/found.md", f"{SECOND}\n\n", "")
    study.edit("text/lay/found.md", FOURTH, f"{FOURTH}\n\n{alike}")
    study.extract()
    template = study.catalogue()
    for entry in [*template]:
        entry.msgstr = ""
        if entry.obsolete:
            template.remove(entry)
    template.save(str(tmp_path / "new.pot"))
    command = ["msgmerge", "--quiet", str(old), str(tmp_path / "new.pot")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    (crossed,) = [entry for entry in polib.pofile(done.stdout) if entry.msgid == alike]
    assert crossed.fuzzy
    assert crossed.msgstr == said(SECOND, LIGHT)


def test_what_is_removed_is_kept_and_comes_back(study: SmallStudy) -> None:
    before = study.bytes()
    study.edit("text/lay/found.md", f"{SECOND}\n\n", "")
    study.extract()
    assert study.obsolete() == {SECOND: said(SECOND, LIGHT)}
    study.extract()
    assert study.obsolete() == {SECOND: said(SECOND, LIGHT)}
    study.write("text/lay/found.md", FOUND)
    study.extract()
    assert study.bytes() == before


def test_a_fuzzy_translation_goes_out_of_use_beside_the_words_that_it_translates(
    study: SmallStudy,
) -> None:
    new = "Nurses turn it off."
    study.edit("text/lay/found.md", SECOND, new)
    study.extract()
    study.edit("text/lay/found.md", f"{new}\n\n", "")
    study.extract()
    study.extract()
    study.edit("text/lay/found.md", f"{FIRST}\n\n", f"{FIRST}\n\n{SECOND}\n\n")
    study.extract()
    entry = study.entry(SECOND)
    assert (entry.fuzzy, entry.msgstr) == (False, said(SECOND, LIGHT))


def test_what_comes_back_in_the_place_of_another_has_its_own_translation(
    study: SmallStudy,
) -> None:
    study.edit("text/lay/found.md", f"{SECOND}\n\n", "")
    study.extract()
    study.edit("text/lay/found.md", f"{FIRST}\n\n", f"{FIRST}\n\nLamps are cheap.\n\n")
    study.extract()
    study.edit("text/lay/found.md", "Lamps are cheap.", SECOND)
    study.extract()
    assert study.entry(SECOND).msgstr == said(SECOND, LIGHT)
    assert (fuzzy(study), untranslated(study)) == ([], [])


def test_what_a_translator_wrote_beside_survives(study: SmallStudy) -> None:
    catalogue = study.catalogue()
    catalogue.header = "Translated by Kari Nordmann.\n\nAsk her."
    catalogue.metadata["Last-Translator"] = "Kari <kari@example.org>"
    catalogue.metadata["X-Generator"] = "Poedit 3.4"
    for entry in catalogue:
        if entry.msgid in {SECOND, THIRD}:
            entry.tcomment = (
                "A comment.\n\nOf two lines, long enough to be wrapped when written: æøå"
            )
            entry.flags.append("no-wrap")
    catalogue.save()
    study.edit("text/lay/found.md", SECOND, "Nurses turn it off.")
    study.extract()
    study.extract()
    after = study.catalogue()
    assert after.header == "Translated by Kari Nordmann.\n\nAsk her."
    assert after.metadata["Last-Translator"] == "Kari <kari@example.org>"
    assert after.metadata["X-Generator"] == "Poedit 3.4"
    for text in ("Nurses turn it off.", THIRD):
        entry = study.entry(text)
        assert "wrapped" in entry.tcomment
        assert "no-wrap" in entry.flags
    study.edit("text/lay/found.md", "Nurses turn it off.\n\n", "")
    study.extract()
    study.extract()
    (gone,) = study.catalogue().obsolete_entries()
    assert "wrapped" in gone.tcomment


def test_comments_tell_readers_place_and_terms(study: SmallStudy) -> None:
    entry = study.entry(THIRD)
    assert entry.comment.split("\n") == [
        "Readers: lay",
        "What it is: paragraph",
        "Glossary: ward = avdeling",
    ]
    assert entry.occurrences == [("text/lay/found.md", "")]
    assert study.entry("Invented: what helps at night").comment.startswith("Readers: lay, briefing")


def test_the_parameters_of_templates_are_marked(study: SmallStudy) -> None:
    study.speak(["lay"], ["uk"])
    study.extract()
    marked = {e.msgid for e in study.catalogue("templates/locale/uk.po") if e.flags}
    assert marked
    for entry in study.catalogue("templates/locale/uk.po"):
        assert ("python-format" in entry.flags) == ("%(" in entry.msgid), entry.msgid


def test_the_plurals_of_six_forms_have_six() -> None:
    wanted = [template("One group", "Groups"), template("Why")]
    plural, single = merge.merge(merge.new("ar", "Example", "2024-03-01"), wanted)
    assert plural.msgstr_plural == dict.fromkeys(range(6), "")
    assert (single.msgstr_plural, single.msgstr) == ({}, "")


@pytest.mark.parametrize("language", ["pt-BR", "en-GB", "se"])
def test_a_language_of_a_country_can_be_extracted(study: SmallStudy, language: str) -> None:
    study.speak(["lay"], [language])
    study.extract()
    catalogue = study.catalogue(f"data/locale/{language}.po")
    assert catalogue.metadata["Language"] == language.replace("-", "_")
    assert "nplurals=" in catalogue.metadata["Plural-Forms"]
    assert study.extract() == ()


def test_a_line_separator_in_a_text_does_no_harm(study: SmallStudy) -> None:
    """Word and web pages have them; pasted into a text, they end up in a catalogue."""
    study.edit("text/lay/found.md", SECOND, "Nurses leave it on\u2028at night.")
    study.extract()
    catalogue = study.catalogue()
    for entry in catalogue.fuzzy_entries():
        entry.flags = []
    catalogue.save()
    study.extract()
    assert (fuzzy(study), untranslated(study)) == ([], [])
    assert study.extract() == ()


def test_a_language_of_six_forms_can_be_extracted(study: SmallStudy) -> None:
    study.speak(["briefing"], ["ar"])
    study.extract()
    plurals = [e for e in study.catalogue("templates/locale/ar.po") if e.msgid_plural]
    assert plurals
    assert all(sorted(e.msgstr_plural) == list(range(6)) for e in plurals)
    study.translate("templates/locale/ar.po")
    study.extract()
    study.extract()
    plurals = [e for e in study.catalogue("templates/locale/ar.po") if e.msgid_plural]
    assert all(len(e.msgstr_plural) == 6 and e.translated() for e in plurals)


def template(text: str, plural: str = "", place: str = "lay/document.qmd.j2") -> Wanted:
    return Wanted(Message(Domain.TEMPLATES, "", text, plural), (), place, "template")


def catalogue_of(*wanted: Wanted) -> polib.POFile:
    catalogue = merge.merge(merge.new("nb", "Example", "2024-03-01"), wanted)
    for entry in catalogue:
        fill(entry)
    return catalogue


def test_a_string_moved_to_another_template_keeps_its_translation() -> None:
    before = catalogue_of(template("Why"), template("Done"))
    after = merge.merge(before, [template("Done"), template("Why", place="partials/x.md.j2")])
    assert [(e.msgid, e.msgstr, e.fuzzy) for e in after] == [
        ("Done", said("Done"), False),
        ("Why", said("Why"), False),
    ]


def test_a_string_that_gets_a_plural_loses_no_translation() -> None:
    after = merge.merge(catalogue_of(template("One group")), [template("One group", "Groups")])
    assert said("One group") in str(after)


def test_a_string_that_loses_its_plural_is_a_message_still() -> None:
    before = catalogue_of(template("One group", "Groups"))
    after = str(merge.merge(before, [template("One group")]))
    active = [e for e in polib.pofile(f"{after}\n") if not e.obsolete]
    assert [bool(e.msgstr_plural) for e in active] == [False]
    assert said("One group") in after


def test_a_reworded_plural_is_fuzzy() -> None:
    before = catalogue_of(template("%(count)s person", "%(count)s people"))
    (entry,) = merge.merge(before, [template("%(count)s person", "%(count)s patients")])
    assert entry.fuzzy


words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], include_characters="\n\t"),
    max_size=90,
).map(lambda text: text.strip() or "x")


@st.composite
def wanted_of_texts(draw: st.DrawFn) -> list[Wanted]:
    places = draw(st.lists(st.sampled_from("AB"), max_size=6))
    texts = [draw(words) for _ in places]
    pairs = dict.fromkeys(zip(places, texts, strict=True))
    return [
        Wanted(Message(Domain.STUDY, f"text/x.md § {place}", text), ("lay",), "text/x.md")
        for place, text in pairs
    ]


def reread(catalogue: polib.POFile) -> polib.POFile:
    content = str(catalogue).rstrip("\n").encode() + b"\n"
    found, problems = po.entries(content, "nb.po")
    assert problems == []
    assert found is not None
    return found


@settings(max_examples=120, deadline=None)
@given(wanted_of_texts(), st.lists(words, min_size=6, max_size=6))
def test_what_is_written_reads_as_it_was(wanted: list[Wanted], translations: list[str]) -> None:
    catalogue = merge.merge(merge.new("nb", "Example", "2024-03-01"), wanted)
    for entry, text in zip(catalogue, translations, strict=False):
        entry.msgstr = text
    again = merge.merge(reread(catalogue), wanted)
    assert [(e.msgctxt, e.msgid, e.msgstr) for e in again] == [
        (e.msgctxt, e.msgid, e.msgstr) for e in catalogue
    ]
    assert str(again) == str(catalogue)


TEXTS = ["a b", "a c", "b c", "a b c", "d e", "d f", "g"]


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_nothing_is_thrown_away_and_nothing_crosses(data: st.DataObject) -> None:
    texts = st.lists(st.sampled_from(TEXTS), unique=True)

    def wanted() -> Sequence[Wanted]:
        sections = data.draw(st.fixed_dictionaries({"A": texts, "B": texts}))
        return [
            Wanted(Message(Domain.STUDY, f"text/x.md § {place}", text), (), "text/x.md")
            for place, found in sections.items()
            for text in [f"stays in {place}", *found]
        ]

    catalogue = merge.new("nb", "Example", "2024-03-01")
    made: dict[str, str] = {}
    for _ in range(3):
        catalogue = reread(merge.merge(catalogue, wanted()))
        for entry in catalogue:
            if not entry.obsolete and not entry.msgstr:
                entry.msgstr = f"{entry.msgctxt}: {entry.msgid} ({len(made)})"
                made[entry.msgstr] = entry.msgctxt
    assert {entry.msgstr: entry.msgctxt for entry in catalogue} == made


@pytest.mark.gettext
def test_gettext_accepts_what_is_written(study: SmallStudy) -> None:
    study.speak(["lay", "journal"], ["en", "nb", "sl"])
    study.extract()
    study.edit("text/lay/found.md", SECOND, "Nurses turn it off.")
    study.edit("text/lay/found.md", f"{FIRST}\n\n", "")
    study.extract()
    files = sorted(study.folder.glob("*/locale/*.po"))
    assert len(files) >= 3
    for file in files:
        assert accepted(file) == ""


@pytest.mark.gettext
@pytest.mark.parametrize(
    "path", sorted(f.relative_to(ROOT).as_posix() for f in ROOT.glob("*/locale/*.po"))
)
def test_gettext_accepts_ours(path: str) -> None:
    assert accepted(ROOT / path) == ""


def accepted(file: Path) -> str:
    """What msgfmt -c complains of."""
    command = ["msgfmt", "--check", "--output-file=/dev/null", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stderr if done.returncode or "warning" in done.stderr else ""
