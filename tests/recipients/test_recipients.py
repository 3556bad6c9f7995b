"""Recipients as they are read, and the documents that they get."""

from pathlib import Path

import openpyxl
import pytest
import yaml

from report.check import Checked, check
from report.compose.document import Composed
from report.config import settings
from report.load import load
from report.model.audience import Variant, name_of
from report.model.diagnostic import Severity

GOLDEN = Path(__file__).parents[1] / "golden"
MOON = "The Association of Everybody Who Lies Awake Under the Moon"


def composed(study: Path, *recipients: str) -> Checked:
    """What comes of the study, in English and, as it is not translated, Norwegian drafts."""
    checked = check(settings(study), ["briefing"], recipients=recipients, draft=True)
    assert not checked.failed, checked.diagnostics
    return checked


def test_a_row_is_read_with_all_of_its_columns(study: Path) -> None:
    read = load(study).study
    assert read
    dark, harbour, moon = read.recipients
    assert (dark.id, harbour.id, moon.id) == ("dark", "harbour", "moon")
    assert (dark.languages, harbour.languages, moon.languages) == (("en",), (), ("en", "nb"))
    assert harbour.columns["number of lamps"] == "12"
    assert harbour.columns["shore"] == "North Shore"
    assert read.logo_files.keys() == {"harbour.svg", "moon.png"}


def test_a_workbook_does_as_well(study: Path) -> None:
    (study / "data/recipients.csv").unlink()
    book = openpyxl.Workbook()
    for row in (["Recipient", "Organisation", "Contact"], ["harbour", "Lamp Harbour", None]):
        book.worksheets[0].append(row)
    book.save(study / "data/recipients.xlsx")
    read = load(study)
    assert read.diagnostics == ()
    assert read.study
    assert [r.organisation for r in read.study.recipients] == ["Lamp Harbour"]


def test_each_gets_a_document_in_each_of_their_languages(study: Path) -> None:
    assert set(composed(study).documents) == {
        "briefing.dark.en",
        "briefing.harbour.en",
        "briefing.harbour.nb",
        "briefing.moon.en",
        "briefing.moon.nb",
    }
    assert set(composed(study, "dark", "harbour").documents) == {
        "briefing.dark.en",
        "briefing.harbour.en",
        "briefing.harbour.nb",
    }


def test_other_audiences_have_one_document_for_all(study: Path) -> None:
    names = {variant.name for variant in check(settings(study), draft=True).variants}
    assert {"journal.en", "lay.en"} < names
    assert "briefing.en" not in names


def test_a_name_says_whom_it_is_for() -> None:
    assert name_of("journal", "", "en") == "journal.en"
    assert name_of("briefing", "harbour", "en") == "briefing.harbour.en"


def errors(study: Path) -> list[str]:
    """The codes of what is wrong with its English briefings."""
    problems = check(settings(study), ["briefing"], spoken=["en"]).diagnostics
    return [problem.code for problem in problems if problem.severity is Severity.ERROR]


@pytest.mark.parametrize("name", ["briefing.harbour.en", "briefing.dark.en"])
def test_composed(study: Path, name: str, *, accept: bool) -> None:
    """Line by line; --accept records it anew. Nothing of a row does anything."""
    checked = check(settings(study), ["briefing"], spoken=["en"])
    assert not checked.failed, checked.diagnostics
    text = checked.documents[name].text
    file = GOLDEN / f"{name}.qmd"
    if accept:
        file.write_text(text, "utf-8", newline="\n")
    assert text == file.read_text("utf-8")


def essence(result: Composed) -> object:
    """All of a composed document, whatever the order in which things were noted."""
    return (
        result.document,
        result.prose,
        dict.fromkeys(result.uses),
        dict.fromkeys(result.gaps),
        result.quote_gaps,
        set(result.quotes),
        result.told,
        result.unexplained,
        result.pictures,
        result.shape,
        result.addressed,
    )


def test_a_document_is_the_same_whoever_is_composed_before(study: Path) -> None:
    """Terms, quotes and messages that one text notes are noted for all who read it."""
    text = study / "data/text/briefing/why.md"
    text.write_text(
        'A {{ term("lamp") }}. {{ quote("Q1") }} {{ recipient.shore }}: '
        '{{ quote("Q3") if recipient.shore == "North Shore" else "none" }}\n'
    )
    words = {"en": {"term": "lamp", "plain": "a light"}}
    glossary = {"terms": [{"id": "lamp", "words": words}]}
    (study / "data/glossary.yml").write_text(yaml.safe_dump(glossary))
    together = composed(study).composed
    for recipient in ("dark", "harbour", "moon"):
        for variant, result in composed(study, recipient).composed.items():
            assert essence(result) == essence(together[variant]), variant.name
    quotes = {v.name: {q for q, _ in result.quotes} for v, result in together.items()}
    assert "Q3" in quotes["briefing.dark.en"]
    assert "Q3" not in quotes["briefing.moon.en"]


def test_only_cells_make_no_other_shape(study: Path) -> None:
    """What is checked once, and what is not."""
    rows = (study / "data/recipients.csv").read_text().replace("harbour.svg", "").replace("3,", ",")
    rows = rows.replace(",,moon.png", ",A Contact,").replace("Dr. Oda *Dim* Dusk", "12")
    (study / "data/recipients.csv").write_text(rows)

    def shapes() -> dict[str, str]:
        found = composed(study).composed
        return {v.recipient_id: r.shape for v, r in found.items() if v.language == "en"}

    assert len(set(shapes().values())) == 1
    (study / "data/text/briefing/why.md").write_text(
        '{{ "Salt" if recipient.shore == "North Shore" else "Sand" }}\n'
    )
    told = shapes()
    assert told["dark"] == told["harbour"] != told["moon"]


def test_a_document_knows_what_it_shows_of_a_row(study: Path) -> None:
    found = {v.name: result for v, result in composed(study).composed.items()}
    said = found["briefing.harbour.en"].addressed
    assert "Lamp Harbour Association" in said
    assert "North Shore" in said
    assert "Key messages" not in said
    for result in found.values():
        assert result.document
        assert not any(ord(c) < 32 and c != "\n" for c in result.document.text)  # no mark is left


def test_a_text_may_ask_whether_there_is_a_recipient(study: Path) -> None:
    (study / "data/text/background.md").write_text(
        '{{ recipient.organisation if recipient is defined else "Everybody" }} is awake.\n'
    )
    text = check(settings(study), ["journal"]).documents["journal.en"].text
    assert "Everybody is awake." in text


def test_a_column_may_be_called_as_anything(study: Path) -> None:
    (study / "data/recipients.csv").write_text(
        "recipient,organisation,contact,items,__class__,_cells\nmoon,Moon,,A,B,C\n"
    )
    text = study / "data/text/briefing/why.md"
    text.write_text("{{ recipient.items }}{{ recipient['__class__'] }}{{ recipient['_cells'] }}\n")
    (study / "data/text/briefing/meaning.md").write_text("Ask for a lamp.\n")
    document = composed(study).documents["briefing.moon.en"].text
    assert "\nABC\n" in document
    for hidden in ("__class__", "_cells", "__getitem__"):
        text.write_text(f"{{{{ recipient.{hidden} }}}}\n")
        assert set(errors(study)) == {"invalid-expression"}


def test_a_problem_is_told_once_though_hundreds_meet_it(study: Path) -> None:
    rows = [f"org-{n},Invented Association {n},Somebody Numbered-{n}" for n in range(40)]
    (study / "data/recipients.csv").write_text("\n".join(["recipient,organisation,contact", *rows]))
    (study / "data/text/briefing/meaning.md").write_text("Ask for a lamp.\n")
    (study / "data/text/briefing/why.md").write_text(
        "{{ recipient.organisation }}, see @fig-lamp and {{ nothing }}.\n"
    )
    (study / "data/text/briefing/made-by.md").write_text("{{ recipient.nothing }}\n")
    assert errors(study) == ["unknown-name"] * 2
    for name in ("why", "made-by"):
        (study / f"data/text/briefing/{name}.md").write_text(
            "{{ recipient.organisation }}, see @fig-lamp.\n"
        )
    assert errors(study) == ["unknown-crossref"]


def test_of_recipients_one_is_found_whose_document_is_not_as_the_others(study: Path) -> None:
    """Only what is the same is not checked again."""
    contact = study / "templates/partials/contact.md.j2"
    contact.parent.mkdir(parents=True)
    contact.write_text("{% if recipient.shore == 'South Shore' %}See @fig-lamp.{% endif %}\n")
    assert errors(study) == ["unknown-crossref"]


def test_variants_of_recipients_are_told_apart(study: Path) -> None:
    variants = check(settings(study), draft=True).variants
    assert len(set(variants)) == len(variants)
    assert len({hash(v) for v in variants}) == len(variants)
    named: dict[str, Variant] = {v.name: v for v in variants}
    assert named["briefing.moon.nb"].told == "briefing.nb"
    assert named["journal.en"].told == "journal.en"
