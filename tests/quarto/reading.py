"""The text of a document as two renderers' readers see it, without what is the page's."""

import re
import zipfile
from pathlib import Path

from lxml import etree, html

from tests.build import reading

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


NOTES = "//*[contains(concat(' ', @class, ' '), ' footnotes ')]"


def web(file: Path) -> str:
    """The text below the title block and the contents, and then its notes."""
    page = html.fromstring(file.read_bytes())
    notes = [note.text_content() for note in page.xpath(f"{NOTES}//li[starts-with(@id, 'fn')]")]
    for section in page.xpath(NOTES):
        section.drop_tree()
    for element in page.xpath(
        "//style | //script | //nav | //header | //*[@class='skip']"
        " | //section[contains(@class, 'abstract')]"
    ):
        element.drop_tree()
    (body,) = page.xpath("//body")
    return words(" ".join([body.text_content(), *notes]))


def title_block(file: Path) -> str:
    """The words above the text: title, authors, abstract, keywords."""
    page = html.fromstring(file.read_bytes())
    parts = page.xpath("//header | //section[contains(@class, 'abstract')]")
    return words(" ".join(part.text_content() for part in parts))


def word(file: Path) -> list[tuple[str, str]]:
    """The style and the text of each paragraph, the results of fields for the fields."""
    with zipfile.ZipFile(file) as package:
        document = etree.fromstring(package.read("word/document.xml"))
    paragraphs = []
    for paragraph in document.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        text = words("".join(t.text or "" for t in paragraph.iter(f"{W}t")))
        if text:
            paragraphs.append((style.get(f"{W}val") if style is not None else "", text))
    return paragraphs


def page(file: Path) -> str:
    """The letters and digits of a PDF, which breaks its lines as it likes."""
    return reading.plain(reading.pdf(file))


def vocabulary(file: Path) -> set[str]:
    """The words of a PDF: where a page ends, and with it notes and heads of tables come, is up to
    the version of Typst."""
    text = re.sub("[\x02\ufffe\u00ad]\\s*", "", reading.pdf(file))
    return set(re.findall(r"\w+", text))


def article(file: Path) -> str:
    return re.sub(r"\s", "", reading.jats(file))


def words(text: str) -> str:
    return " ".join(text.split())
