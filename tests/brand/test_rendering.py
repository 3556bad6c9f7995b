"""The brand in finished documents: colours where they are seen, fonts, a logo with its words."""

import io
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pypdfium2
import pytest
import yaml
from lxml import html
from PIL import Image
from playwright.sync_api import Browser

from report.build import build
from report.check import check
from report.config import settings
from report.model.brand import Brand, Font, Typeface
from report.renderers import typst_brand
from report.renderers.quarto_files import laid_out
from report.renderers.theme import theme
from report.stylesheet import stylesheet
from tests.built import once
from tests.studies.broken_study import BASE

from .test_loading import loaded

NAME = "Invented Peer Centre"
BAND, INK_ON_BAND, ACCENT = (0xF2, 0xA9, 0x00), (0x1C, 0x1F, 0x20), (0x5B, 0x21, 0x50)
WHITE, DARK_PAPER = (255, 255, 255), (0x14, 0x18, 0x1A)
SCREEN = (1000, 800)


@pytest.fixture(scope="module")
def output(looks: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study's documents with the brand, in all formats, made once."""

    def make(study: Path) -> None:
        shutil.copytree(BASE, study)
        shutil.copytree(looks, study, dirs_exist_ok=True)
        audiences = "audiences:\n  briefing: {formats: [html, pdf, docx, jats]}\n  lay: {}\n"
        (study / "data" / "audiences.yml").write_text(audiences, "utf-8")
        built = build(settings(study))
        assert [str(problem) for problem in built.diagnostics] == []

    return once(tmp_path_factory, "branded", make) / "_output"


def share(picture: Image.Image, colour: tuple[int, ...]) -> float:
    """How much of the picture has exactly this colour."""
    colours = picture.convert("RGB").getcolors(1 << 24)
    assert colours is not None
    pixels = Counter({c: n for n, c in colours})
    return pixels[colour] / pixels.total()


def first_page(file: Path) -> Image.Image:
    page: Image.Image = pypdfium2.PdfDocument(file)[0].render(scale=1.5).to_pil()
    return page


def seen(browser: Browser, page: Path, *, dark: bool) -> Image.Image:
    """The top of a page as Chromium shows it."""
    shown = browser.new_page(
        viewport={"width": SCREEN[0], "height": SCREEN[1]},
        color_scheme="dark" if dark else "light",
    )
    shown.goto(page.as_uri())
    picture = Image.open(io.BytesIO(shown.screenshot()))
    shown.close()
    return picture


def elements(node: Any, kind: str) -> Iterator[Any]:
    """The elements of a kind in a PDF's tree of tags."""
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from elements(one, kind)
    elif isinstance(node, pikepdf.Dictionary):
        if node.get("/S") == kind:
            yield node
        if "/K" in node:
            yield from elements(node.K, kind)


@pytest.mark.parametrize("name", ["briefing.en", "lay.en"])
def test_a_page_bears_the_logo_and_the_name(output: Path, name: str) -> None:
    text = (output / f"{name}.html").read_text("utf-8")
    page = html.fromstring(text)
    logos = page.xpath("//header//img")
    assert [logo.get("class") for logo in logos] == ["on-light", "on-dark"]
    for logo in logos:
        assert logo.get("src").startswith("data:image/svg+xml;base64,")
        assert NAME in (logo.get("alt"), logo.get("aria-label"))
    assert NAME in page.xpath("string(//p[@class='organisation'])")
    assert not page.xpath("//script")


def test_a_page_brings_the_fonts_along(output: Path) -> None:
    text = (output / "lay.en.html").read_text("utf-8")
    for family, weight in (("Text", 400), ("Text", 700), ("Display", 600)):
        rule = rf'@font-face \{{ font-family: "Invented {family}"; font-weight: {weight}; [^}}]*?'
        assert re.search(rf'{rule}src: url\("?data:font/ttf;base64,', text), (family, weight)
    assert '--headings: "Invented Display"' in text
    assert "url(http" not in text


@pytest.mark.chromium
def test_the_colours_are_seen_on_light_and_dark_screens(output: Path, browser: Browser) -> None:
    light = seen(browser, output / "briefing.en.html", dark=False)
    assert light.getpixel((5, 10)) == WHITE, "the logo stands on a strip of paper"
    assert light.getpixel((5, 200)) == BAND
    assert share(light, BAND) > 0.2
    assert share(light, INK_ON_BAND) > 0.001
    dark = seen(browser, output / "briefing.en.html", dark=True)
    assert dark.getpixel((5, 10)) == DARK_PAPER
    assert dark.getpixel((5, 200)) == BAND
    lay = seen(browser, output / "lay.en.html", dark=False)
    assert share(lay, ACCENT) > 0.0005, "headings"
    assert share(lay, BAND) > 0.0005, "the logo"


@pytest.mark.chromium
def test_the_list_of_documents_bears_it_too(output: Path, browser: Browser) -> None:
    page = html.fromstring((output / "index.html").read_text("utf-8"))
    assert [logo.get("alt") for logo in page.xpath("//header//img")] == [NAME, NAME]
    assert NAME in page.xpath("string(//footer)")
    light = seen(browser, output / "index.html", dark=False)
    assert share(light, BAND) > 0.001
    assert share(light, ACCENT) > 0.0005
    assert share(seen(browser, output / "index.html", dark=True), DARK_PAPER) > 0.3


@pytest.mark.parametrize(("name", "band"), [("briefing.en", 0.1), ("lay.en", 0.001)])
def test_the_colours_are_seen_on_paper(output: Path, name: str, band: float) -> None:
    page = first_page(output / f"{name}.pdf")
    assert share(page, BAND) > band
    assert share(page, ACCENT) > 0.0005
    assert share(page, (0x0B, 0x4F, 0x55)) == 0, "our own accent"


@pytest.mark.parametrize("name", ["briefing.en", "lay.en"])
def test_a_pdf_holds_the_fonts_and_the_logo_with_its_words(output: Path, name: str) -> None:
    with pikepdf.open(output / f"{name}.pdf") as pdf:
        fonts = {str(o.FontName) for o in pdf.objects if _is(o, "/FontDescriptor")}
        embedded = [o for o in pdf.objects if _is(o, "/FontDescriptor") and "/FontFile2" in o]
        figures = list(elements(pdf.Root.StructTreeRoot.K, "/Figure"))
        assert str(figures[0].Alt) == NAME
    assert len(embedded) == len(fonts)
    assert any("InventedText-Regular" in font for font in fonts)
    assert any("InventedDisplay" in font for font in fonts)
    assert not any("SourceSans3" in font for font in fonts), "nothing needed a font of ours"


def _is(thing: Any, kind: str) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == kind


def test_word_has_the_colours_the_typeface_and_the_logo(output: Path) -> None:
    document = docx.Document(str(output / "briefing.en.docx"))
    heading, title = document.styles["Heading 1"], document.styles["Title"]
    assert str(heading.font.color.rgb) == "5B2150"
    assert (heading.font.name, document.styles["Normal"].font.name) == (
        "Invented Display",
        "Invented Text",
    )
    assert str(title.font.color.rgb) == "1C1F20"
    ground = title.element.find(".//{*}shd")
    assert ground.get(f"{{{ground.nsmap['w']}}}fill") == "F2A900"
    pictures = document.element.xpath("//wp:docPr/@descr")
    assert NAME in pictures
    part = document.part.package
    assert any(one.content_type == "image/png" for one in part.iter_parts())


def test_jats_bears_no_logo(output: Path) -> None:
    assert "logo" not in (output / "briefing.en.jats.xml").read_text("utf-8")
    assert not (output / "briefing.en_files" / "logo.png").exists()


def test_who_is_to_have_no_brand_has_none(output: Path) -> None:
    text = (output / "journal.en.html").read_text("utf-8")
    for word in ("Invented Peer", "Invented Text", "#f2a900", "#5b2150"):
        assert word not in text
    for name in ("journal.en", "reviewer.en"):
        with pikepdf.open(output / f"{name}.pdf") as pdf:
            fonts = {str(o.FontName) for o in pdf.objects if _is(o, "/FontDescriptor")}
        assert not any("Invented" in font for font in fonts)


def test_another_colour_makes_another_fingerprint(study: Path) -> None:
    def fingerprint() -> str:
        made = build(settings(study), ["lay"], ["qmd"])
        assert not made.failed
        text = (study / "_output" / "lay.en.qmd").read_text("utf-8")
        found: list[str] = re.findall(r"\b[0-9a-f]{10}\b", text)
        return found[-1]

    before = fingerprint()
    assert fingerprint() == before
    brand = study / "_brand.yml"
    brand.write_text(brand.read_text("utf-8").replace("#5b2150", "#5b2151"), "utf-8")
    assert fingerprint() != before


HOSTILE = '"; } </style><script>alert(1)</script> \\ {{< x >}} *b* #let x = 1 ]('


def test_a_name_does_nothing_but_name(study: Path) -> None:
    file = study / "_brand.yml"
    said = yaml.safe_load(file.read_text("utf-8"))
    said["meta"]["name"] = HOSTILE
    del said["logo"]["images"]["full"]["alt"]  # then it is the name
    file.write_text(yaml.safe_dump(said), "utf-8")
    assert loaded(study).name == HOSTILE
    built = build(settings(study), ["briefing"])
    assert not built.failed, built.diagnostics
    page = html.fromstring((study / "_output" / "briefing.en.html").read_text("utf-8"))
    assert not page.xpath("//script")
    assert page.xpath("//p[@class='organisation']")[0].text_content() == HOSTILE
    assert HOSTILE in page.xpath("//header//img/@alt | //header//img/@aria-label")
    index = html.fromstring((study / "_output" / "index.html").read_text("utf-8"))
    assert not index.xpath("//script")
    with pikepdf.open(study / "_output" / "briefing.en.pdf") as pdf:
        assert str(next(elements(pdf.Root.StructTreeRoot.K, "/Figure")).Alt) == HOSTILE


def test_a_family_does_nothing_but_name() -> None:
    font = Font("ttf", b"", 400, italic=False, name='A "B" \\C')
    brand = Brand(text=Typeface(HOSTILE, (font,)))
    sheet = stylesheet(brand)
    assert "<" not in sheet
    assert "}" not in sheet.partition("font-family:")[2].partition(";")[0]
    assert sheet.count("{") == sheet.count("}")
    written = typst_brand.written(brand).decode()
    assert '#let brand-text = ("A \\"B\\" \\\\C", )' in written


def test_a_script_in_a_logo_does_not_run(study: Path) -> None:
    """It is a picture on the page, and no part of it."""
    logo = study / "looks" / "logo.svg"
    logo.write_text(logo.read_text("utf-8").replace("</svg>", "<script>alert(1)</script></svg>"))
    assert not build(settings(study), ["lay"], ["html"]).failed
    for name in ("lay.en.html", "index.html"):
        page = html.fromstring((study / "_output" / name).read_text("utf-8"))
        assert not page.xpath("//script | //header//svg")


def test_quarto_gets_it_where_the_audience_bears_it(study: Path) -> None:
    """The same files for rendering and for `report compose`."""
    checked = check(settings(study))
    assert not checked.failed
    options = {}
    for name, forms in (("lay.en", ["html", "pdf", "docx"]), ("journal.en", ["html", "pdf"])):
        files = laid_out(checked.documents[name], forms, theme(settings(study).themes), {})
        head = files[f"composed/{name}.qmd"].decode().split("---\n")[1]
        options[name] = files, yaml.safe_load(head)["format"]
    files, formats = options["lay.en"]
    assert formats["html"]["css"][-1] == "theme/quarto/brand.css"
    assert "brand" not in formats["html"], "Quarto reads the file itself"
    assert b"--accent: #5b2150" in files["composed/theme/quarto/brand.css"]
    assert b"prefers-color-scheme" not in files["composed/theme/quarto/brand.css"]
    assert b'#let accent = rgb("#5b2150")' in files["composed/theme/typst/brand.typ"]
    assert {"composed/theme/fonts/brand-1.ttf", "composed/lay.en_files/logo.svg"} <= files.keys()
    with zipfile.ZipFile(io.BytesIO(files["composed/theme/docx/lay.en.docx"])) as model:
        assert b"5B2150" in model.read("word/styles.xml")
    files, formats = options["journal.en"]
    assert formats["html"]["brand"] is False
    assert not [name for name in files if "logo." in name and not name.endswith(".lua")]
    assert b"5b2150" not in files["composed/theme/typst/brand.typ"]
