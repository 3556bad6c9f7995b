"""What a reader sees in a finished file: its words, whatever the layout did to them."""

import re
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path

import pypdfium2
from lxml import etree, html


def pdf(file: Path) -> str:
    """The running text: without what stands on every page, and without numbers of lines."""
    with pypdfium2.PdfDocument(file) as document:
        return running_text([page.get_textpage().get_text_range() for page in document])


def running_text(texts: list[str]) -> str:
    """The pages' texts without the lines that stand on more than half of them."""
    pages = [text.splitlines() for text in texts]
    shapes = Counter(shape for lines in pages for shape in {_shape(line) for line in lines})
    running = {shape for shape, count in shapes.items() if count > max(len(pages) / 2, 1)}
    return "\n".join(line for lines in pages for line in lines if _shape(line) not in running)


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", line.strip())


def lines_numbered(file: Path) -> int:
    """How many lines of a PDF consist of a number alone."""
    with pypdfium2.PdfDocument(file) as document:
        text = "\n".join(page.get_textpage().get_text_range() for page in document)
    return len(re.findall(r"(?m)^\d+\s*$", text))


def docx(file: Path) -> str:
    """Every part of the package, the properties too."""
    with zipfile.ZipFile(file) as package:
        parts = [package.read(n) for n in package.namelist() if n.endswith((".xml", ".rels"))]
    return "\n".join(
        "\n".join(
            "".join(p.itertext())
            for p in etree.fromstring(part).iter("{*}p", "{*}coreProperties", "{*}Properties")
        )
        for part in parts
    )


def web(file: Path) -> str:
    page = html.fromstring(file.read_bytes())
    for element in page.xpath("//style|//script"):
        element.drop_tree()
    return str(page.text_content())


def jats(file: Path) -> str:
    return "".join(etree.fromstring(file.read_bytes()).itertext())


def plain(text: str) -> str:
    """Letters and digits only, ligatures undone: hyphenation, white space and quotation marks
    are the layout's."""
    folded = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\W_]+", "", folded).casefold()
