"""Pictures in finished documents: beside their text, with words for those who do not see them."""

import io
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pypdfium2
import pytest
from lxml import etree
from playwright.sync_api import Browser

from report.check import Checked, check
from report.config import example, settings
from report.gate.reading import passages
from report.model.document import Document
from report.renderers import builtin

from .conftest import SVG, chunk, png

Check = Callable[..., Checked]
SAID = "A small lamp helps, and it is enough"
TEXT = (
    *("Before the picture.", "Beside the lamp.", "Also a list.", "Beside the bed."),
    *("After the pictures", "Below a heading."),
)


@pytest.fixture
def document(study: Path, checked: Check) -> Document:
    wishes = "audiences:\n  lay: {formats: [html, pdf, docx, jats]}\n"
    (study / "data" / "audiences.yml").write_text(wishes, "utf-8")
    made: Document = checked("lay").documents["lay.en"]
    return made


def render(document: Document, form: str, root: Path | None = None) -> bytes:
    return builtin.renderer(settings(root or example())).render(document, form).content


class _Page(HTMLParser):
    """The classes of the divs around each piece of text and each image."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self.images: list[tuple[dict[str, str | None], list[str]]] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "div":
            self.open.append(dict(attrs).get("class") or "")
        if tag == "img":
            self.images.append((dict(attrs), self.open.copy()))

    def handle_endtag(self, tag: str) -> None:
        if tag == "div":
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.texts[" ".join(data.split())] = self.open.copy()


def test_html_has_each_picture_beside_its_text(document: Document) -> None:
    content = render(document, "html").decode()
    page = _Page()
    page.feed(content)
    assert [image["alt"] for image, _ in page.images] == ["A lamp, lit*", "A bed"]
    for image, around in page.images:
        assert around[-2:] == ["with-picture", "picture"]
        assert (image["src"] or "").startswith("data:image/")
    assert "svg" not in page.tags
    assert "figure" not in page.tags
    beside = {text for text, around in page.texts.items() if "beside" in around and text}
    # The quote between the two pictures goes with the first.
    assert beside == {"Beside the lamp.", "Also a list.", SAID, "A nurse", "Beside the bed."}
    assert {"Before the picture.", "Below a heading."} <= page.texts.keys()
    assert content.index('alt="A lamp, lit*"') < content.index("Beside the lamp.")


@pytest.mark.chromium
@pytest.mark.parametrize(
    ("width", "direction", "place"),
    [(900, "ltr", "left"), (900, "rtl", "right"), (500, "ltr", "above")],
)
def test_a_picture_is_where_a_reader_looks_first(
    document: Document, browser: Browser, tmp_path: Path, width: int, direction: str, place: str
) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(render(document, "html"))
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(file.as_uri())
    page.evaluate(f"document.documentElement.dir = '{direction}'")
    seen = """() => {
      const [picture, text] = [".picture img", ".beside"].map(
        (name) => document.querySelector(name).getBoundingClientRect());
      return picture.bottom <= text.top ? "above"
        : picture.right < text.left ? "left" : picture.left > text.right ? "right" : "over";
    }"""
    assert page.evaluate(seen) == place
    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth")
    page.close()


def elements(node: Any) -> Iterator[Any]:
    """The elements of a PDF's tags, in reading order."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node.K)


def test_pdf_has_all_text_and_a_figure_with_words_for_each_picture(document: Document) -> None:
    content = render(document, "pdf")
    pages = pypdfium2.PdfDocument(content)
    text = " ".join("".join(page.get_textpage().get_text_range().split("\r\n")) for page in pages)
    places = [text.find(words) for words in TEXT]
    assert -1 not in places
    assert places == sorted(places)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        tags = list(elements(pdf.Root.StructTreeRoot.K))
        figures = [tag for tag in tags if tag.S == "/Figure"]
        assert [str(figure.Alt) for figure in figures] == ["A lamp, lit*", "A bed"]
        assert not any(tag.S == "/Table" for tag in tags)
        kinds = [str(tag.S) for tag in tags]
        # First the picture, then its text with the list and the quote, then the next picture.
        first, second = (n for n, kind in enumerate(kinds) if kind == "/Figure")
        between = kinds[first:second]
        assert "/L" in between
        assert "/BlockQuote" in between
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()


def test_pdf_keeps_a_picture_its_text_and_its_heading_on_one_page() -> None:
    document = check(settings(example()), ["lay"], spoken=["en"]).documents["lay.en"]
    pages = [
        page.get_textpage().get_text_range()
        for page in pypdfium2.PdfDocument(render(document, "pdf"))
    ]
    text = (example() / "data" / "text" / "lay" / "found.md").read_text("utf-8")
    for section in text.split("\n## "):
        heading, *paragraphs = re.findall(r"^(?!\{\{)[^\n{]+$", section, re.MULTILINE)
        start = heading.removeprefix("## ")
        (page,) = (page for page in pages if start in page)
        for paragraph in paragraphs:
            assert " ".join(paragraph.split()[:3]) in " ".join(page.split()), paragraph


@pytest.mark.parametrize("file", ["lamp.svg", "bed.png"])
def test_the_gate_reads_what_a_picture_says_of_itself(
    study: Path, checked: Check, file: str
) -> None:
    named = {
        "lamp.svg": SVG.replace("<circle", "<metadata>Zenobia Quill</metadata><circle").encode(),
        "bed.png": png(8, 8, chunk(b"tEXt", b"Author\0Zenobia Quill")),
    }
    (study / "data" / "pictures" / file).write_bytes(named[file])
    document = checked("lay").documents["lay.en"]
    page = render(document, "html")
    assert b"Zenobia" not in page  # it stands there in base64
    assert any("Zenobia Quill" in said.text for said in passages("lay.en.html", page))


def test_word_has_the_pictures_and_all_text(document: Document) -> None:
    made = docx.Document(io.BytesIO(render(document, "docx")))
    text = "\n".join(paragraph.text for paragraph in made.paragraphs)
    for words in TEXT:
        assert words in text
    pictures = made.element.body.findall(".//{*}inline/{*}docPr")
    assert [picture.get("descr") for picture in pictures] == ["A lamp, lit*", "A bed"]
    assert [round(shape.width.cm, 1) for shape in made.inline_shapes] == [2.9, 2.9]
    held = [p for p in made.paragraphs if p._p.findall(".//{*}inline")]
    assert {p.style and p.style.name for p in held} == {"Captioned Figure"}
    parts = {part.content_type for part in made.part.related_parts.values()}
    assert "image/png" in parts
    assert "image/svg+xml" not in parts


def test_jats_has_the_pictures_and_all_text(document: Document) -> None:
    artifact = builtin.renderer(settings(example())).render(document, "jats")
    article = etree.fromstring(artifact.content)
    graphics = article.findall(".//{*}graphic")
    assert [g.findtext("{*}alt-text") for g in graphics] == ["A lamp, lit*", "A bed"]
    hrefs = [g.get("{http://www.w3.org/1999/xlink}href") for g in graphics]
    assert hrefs == ["lay.en_files/picture-1.png", "lay.en_files/picture-2.png"]
    assert set(hrefs) <= set(artifact.files)
    text = "".join(article.itertext())
    for words in TEXT:
        assert words in text


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_from_right_to_left_too(document: Document, form: str) -> None:
    text = document.text.replace("---\n", "---\ndir: rtl\n", 1)
    turned = Document("lay.ar", "lay", text, "ar", "lay", document.epoch, document.assets)
    assert render(turned, form)


@pytest.mark.parametrize("theme", ["manuscript", "briefing", "review"])
def test_in_any_look(document: Document, theme: str) -> None:
    other = Document(
        document.name, "lay", document.text, "en", theme, document.epoch, document.assets
    )
    with pikepdf.open(io.BytesIO(render(other, "pdf"))) as pdf:
        tags = elements(pdf.Root.StructTreeRoot.K)
        assert sum(1 for tag in tags if tag.S == "/Figure") == 2
