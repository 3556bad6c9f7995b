"""Documents for recipients as files: their names, what lists them, what takes them away."""

import json
import shutil
import zipfile
from pathlib import Path

import pikepdf
import pytest
from lxml import html

from report import state
from report.build import build
from report.check import check
from report.config import Settings, settings
from report.index import index
from report.manifest import Entry, artifacts_in
from report.quarto_gate import gated
from report.quarto_project import write
from report.readability_table import table
from report.translate.status import status
from report.withdraw import withdraw
from tests.recipients.conftest import STUDIES

MOON = (
    "The Association of Everybody Who Lies Awake Under the Moon, in the Hills and by the Sea, and "
    "of Their Relatives and Friends"
)


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a study whose English briefings are built."""
    folder = tmp_path_factory.mktemp("recipients") / "study"
    shutil.copytree(STUDIES / "base", folder)
    shutil.copytree(STUDIES / "recipients", folder, dirs_exist_ok=True)
    audiences = folder / "data/audiences.yml"
    audiences.write_text(audiences.read_text().replace("    languages: [en, nb]\n", ""))
    recipients = folder / "data/recipients.csv"
    recipients.write_text(recipients.read_text().replace("en; nb", "en"))
    built = build(settings(folder), ["briefing"])
    assert not built.failed, built.diagnostics
    return folder


@pytest.fixture
def copy(english: Path, tmp_path: Path) -> Settings:
    """The same, to be changed."""
    return settings(Path(shutil.copytree(english, tmp_path / "copy")))


def test_each_has_files_of_their_own(english: Path) -> None:
    made = artifacts_in(english / "_output")
    assert {name: entry.recipient for name, entry in made.items()} == {
        f"briefing.{recipient}.en.{form}": recipient
        for recipient in ("dark", "harbour", "moon")
        for form in ("docx", "html", "pdf")
    }
    assert made["briefing.dark.en.pdf"].document == "briefing.dark.en"


def test_a_page_greets_its_recipient(english: Path) -> None:
    page = html.parse(english / "_output/briefing.harbour.en.html").getroot()
    greeting = page.find_class("recipient")[0]
    assert " ".join(greeting.text_content().split()) == (
        "Prepared for Lamp Harbour Association Berit Lanternsdatter"
    )
    assert [image.get("alt") for image in greeting.iter("img")] == ["Lamp Harbour Association"]


def test_a_page_without_a_logo_or_a_contact_has_no_place_for_one(english: Path) -> None:
    page = html.parse(english / "_output/briefing.dark.en.html").getroot()
    assert not list(page.find_class("recipient")[0].iter("img"))
    assert "Dark & <b>Quiet</b> Inc." in page.text_content()
    assert "Dr. Oda *Dim* Dusk" in page.text_content()
    page = html.parse(english / "_output/briefing.moon.en.html").getroot()
    assert len(list(page.find_class("recipient")[0].iter("p"))) == 2


def test_word_has_the_logo_with_its_words(english: Path) -> None:
    with zipfile.ZipFile(english / "_output/briefing.moon.en.docx") as word:
        body = word.read("word/document.xml").decode()
        assert sum(name.startswith("word/media/") for name in word.namelist()) >= 1
    assert body.count(f'descr="{MOON}"') == 1
    assert body.count('w:val="Recipient"') == 3


def test_pdf_has_the_logo_with_its_words(english: Path) -> None:
    with pikepdf.open(english / "_output/briefing.harbour.en.pdf") as pdf:
        tags = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]
        assert "Lamp Harbour Association" in [str(tag["/Alt"]) for tag in tags]


def test_no_file_tells_of_another_recipient(english: Path) -> None:
    page = (english / "_output/briefing.moon.en.html").read_text("utf-8")
    for other in ("Berit", "Lamp Harbour", "Dusk", "harbour.svg"):
        assert other not in page


def test_some_are_built_alone_and_the_others_stay(copy: Settings) -> None:
    output = copy.output
    before = {file.name: file.stat().st_mtime_ns for file in output.glob("briefing.*.pdf")}
    table = copy.root / "data/recipients.csv"
    table.write_text(table.read_text("utf-8").replace("Berit", "Bodil"), "utf-8")
    built = build(copy, recipients=["harbour", "dark"], formats=["pdf"])
    assert built.artifacts == ("briefing.harbour.en.pdf",)
    assert built.fresh == ("briefing.dark.en.pdf",)
    after = {file.name: file.stat().st_mtime_ns for file in output.glob("briefing.*.pdf")}
    assert after.keys() == before.keys()
    assert after["briefing.moon.en.pdf"] == before["briefing.moon.en.pdf"]
    assert after["briefing.harbour.en.pdf"] != before["briefing.harbour.en.pdf"]
    assert len(artifacts_in(output)) == 9


def test_who_is_no_recipient_any_more_has_no_file_any_more(copy: Settings) -> None:
    table = copy.root / "data/recipients.csv"
    lines = table.read_text("utf-8").splitlines(keepends=True)
    table.write_text("".join(line for line in lines if not line.startswith("harbour")), "utf-8")
    build(copy, ["briefing"], ["html"])
    assert not list(copy.output.glob("*harbour*"))
    assert "Lamp Harbour" not in (copy.output / "index.html").read_text("utf-8")
    assert {entry.recipient for entry in artifacts_in(copy.output).values()} == {"dark", "moon"}


def test_a_withdrawal_takes_away_what_each_recipient_was_told(copy: Settings) -> None:
    """P1 is quoted in every briefing; N1 in none but that for the harbour."""
    made = copy.root / "data/text/briefing/made-by.md"
    made.write_text('Ada. {{ quote("Q1") if recipient.shore == "North Shore" else "" }}\n')
    assert not build(copy, ["briefing"]).failed
    done = withdraw(copy, "N1", dry_run=True)
    assert {name.split("/")[-1] for name in done.removed} == {
        f"briefing.{recipient}.en.{form}"
        for recipient in ("dark", "harbour")
        for form in ("docx", "html", "pdf")
    }
    assert {*withdraw(copy, "P1", dry_run=True).removed} > {*done.removed}
    withdraw(copy, "N1")
    assert {entry.recipient for entry in artifacts_in(copy.output).values()} == {"moon"}
    page = (copy.output / "index.html").read_text("utf-8")
    assert "Under the Moon" in page
    assert "Lamp Harbour" not in page


def test_the_private_state_knows_each_document(copy: Settings) -> None:
    told = state.read(copy.root).told
    made = artifacts_in(copy.output)
    assert {entry.sha256 for entry in made.values()} <= told.keys()


def test_the_manifest_holds_no_cell_of_a_row(english: Path) -> None:
    manifest = (english / "_output/manifest.json").read_text("utf-8")
    assert "data/recipients.csv" not in json.loads(manifest)["inputs"]
    for cell in ("Lamp Harbour", "Lanternsdatter", "North Shore"):
        assert cell not in manifest


def test_the_list_has_a_line_for_each_of_hundreds(study: Path) -> None:
    rows = [f"org-{n},{chr(97 + n % 26)} Invented {n},Somebody" for n in range(300)]
    table = study / "data/recipients.csv"
    table.write_text("\n".join(["recipient,organisation,contact", *rows]))
    (study / "data/text/briefing/meaning.md").write_text("Ask for a lamp.\n")
    here = settings(study)
    checked = check(here, draft=True)
    assert checked.study
    made = {
        t.name: Entry(
            t.variant.audience_name,
            t.variant.language,
            t.format,
            "builtin",
            {},
            "",
            1000,
            draft=t.variant.language == "nb",
            recipient=t.variant.recipient_id,
        )
        for t in checked.targets
    }
    written = index(
        checked.study, checked.variants, made, "2024-09-02", here.themes, checked.catalogues
    )
    page = html.fromstring(written.decode())
    lines = page.find_class("recipients")[0].xpath("./li")
    names = [line.xpath("./span")[0].text for line in lines]
    assert len(names) == 300
    assert names == sorted(names, key=lambda name: (name[0], names.index(name)))
    links = [(a.get("href"), a.get("hreflang")) for a in lines[0].iter("a")]
    assert links == [
        ("briefing.org-0.en.html", "en"),
        ("briefing.org-0.en.pdf", "en"),
        ("briefing.org-0.en.docx", "en"),
        ("briefing.org-0.nb.html", "nb"),
        ("briefing.org-0.nb.pdf", "nb"),
        ("briefing.org-0.nb.docx", "nb"),
    ]
    ids = {element.get("id") for element in page.iter() if element.get("id")}
    for link in page.iter("a"):
        assert set(link.get("aria-labelledby").split()) <= ids
    labels = [link.get("aria-labelledby") for link in page.iter("a")]
    assert len(set(labels)) == len(labels)
    assert "Somebody" not in written.decode()


def test_a_message_is_counted_once_however_many_read_it(study: Path) -> None:
    def words() -> dict[str, int]:
        lines = status(settings(study)).lines
        return {line.of: line.translated + line.missing for line in lines if line.language == "nb"}

    everybody = words()
    table = study / "data/recipients.csv"
    table.write_text("".join(table.read_text("utf-8").splitlines(keepends=True)[:2]), "utf-8")
    assert words() == everybody
    assert everybody["briefing"] > 10


def test_a_message_keeps_what_it_asks_of_the_recipient(study: Path) -> None:
    locale = study / "data/locale"
    locale.mkdir()
    (locale / "nb.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: nb\\n"\n\n'
        'msgctxt "text/briefing/meaning.md"\n'
        'msgid "{{ recipient.organisation }} is on the {{ recipient.shore }}. '
        '{{ recipient.note }}"\n'
        'msgstr "{{ recipient.note }} {{ recipient.organisation }} er på {{ recipient.shore }}."\n',
        "utf-8",
    )
    checked = check(settings(study), ["briefing"], spoken=["nb"], draft=True)
    assert not checked.failed, checked.diagnostics
    text = checked.documents["briefing.harbour.nb"].text
    assert "had lamps. Lamp Harbour Association er på North Shore." in text


def test_readability_has_a_line_for_all_who_read_the_same(study: Path) -> None:
    (study / "data/text/briefing/meaning.md").write_text("Ask for a lamp.\n")
    names = [line.name for line in table(settings(study), ["briefing"], ["en"]).lines]
    assert names == ["briefing.en"]
    (study / "data/text/briefing/why.md").write_text(
        '{{ "Salt" if recipient.shore == "North Shore" else "Sand and some salt" }} helps.\n'
    )
    names = [line.name for line in table(settings(study), ["briefing"], ["en"]).lines]
    assert names == ["briefing.dark.en", "briefing.moon.en"]


def test_quarto_gets_a_document_for_each(copy: Settings) -> None:
    written = write(copy)
    assert not written.failed, written.diagnostics
    assert {name for name in written.documents if name.startswith("briefing")} == {
        "briefing.dark.en",
        "briefing.harbour.en",
        "briefing.moon.en",
    }
    composed = copy.root / "composed"
    assert "Lamp Harbour" in (composed / "briefing.harbour.en.qmd").read_text("utf-8")
    assert (composed / "briefing.harbour.en_files/recipient.svg").is_file()


def test_what_quarto_made_of_one_may_not_hold_another(
    copy: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copy.root / "_quarto"
    folder.mkdir()
    for name in ("harbour", "moon"):
        page = folder / f"briefing.{name}.en.html"
        page.write_text("<p>Berit Lanternsdatter</p>")
    made = [str(folder / f"briefing.{name}.en.html") for name in ("harbour", "moon")]
    monkeypatch.setenv("QUARTO_PROJECT_OUTPUT_FILES", "\n".join(made))
    found = gated(settings(copy.root))
    assert [leak.location.path for leak in found] == ["_quarto/briefing.moon.en.html"]
    assert (folder / "briefing.harbour.en.html").exists()
    assert not (folder / "briefing.moon.en.html").exists()


def test_what_hundreds_of_recipients_share_is_checked_once(study: Path) -> None:
    (study / "data/text/briefing/meaning.md").write_text("Ask for a lamp.\n")
    rows = [f"org-{n},Invented {n} by the Sea,Somebody Numbered-{n}" for n in range(200)]
    (study / "data/recipients.csv").write_text("\n".join(["recipient,organisation,contact", *rows]))
    composed = check(settings(study), ["briefing"], spoken=["en"]).composed
    assert len(composed) == 200
    assert len({result.shape for result in composed.values()}) == 1
    assert {result.addressed.count("\n\n") for result in composed.values()} == {1}
