"""Files with a text in one place, by the place."""

import base64
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from html import escape
from urllib.parse import quote

import docx
import pikepdf
import typst
from pikepdf import Array, Dictionary, Name, String

Plant = Callable[[str], tuple[str, bytes]]
"""A text → a file's name and its bytes."""


def page(body: str, head: str = "") -> tuple[str, bytes]:
    return (
        "a.html",
        f"<!DOCTYPE html>\n<html><head>{head}</head><body>{body}</body></html>".encode(),
    )


def halves(text: str) -> tuple[str, str]:
    """A text, parted in the middle of a word or a token."""
    at = text.index("PW1") + 2 if "PW1" in text else len(text) // 2
    return text[:at], text[at:]


def words_apart(text: str) -> tuple[str, str]:
    """A text, parted at a blank in its middle, where it does not stand inside a path."""
    first, _, rest = text.partition(" ")
    return (first, rest) if "/" in text or "PW" in text else parted(text)


def parted(text: str) -> tuple[str, str]:
    """A text, parted at the blank that is nearest to its middle."""
    at = min((n for n, c in enumerate(text) if c == " "), key=lambda n: abs(n - len(text) // 2))
    return text[:at], text[at + 1 :]


def svg(text: str, where: str) -> str:
    inner = {
        "text": f"<text>{escape(text)}</text>",
        "title": f"<title>{escape(text)}</title>",
        "desc": f"<desc>{escape(text)}</desc>",
        "comment": f"<!-- {text} --><path d='M1 2L3 4'/>",
        "metadata": f"<metadata><x>{escape(text)}</x></metadata>",
        "attribute": f"<g aria-label='{escape(text)}'/>",
        "style": f"<style>/* {text} */</style>",
    }[where]
    return f"<svg xmlns='http://www.w3.org/2000/svg'>{inner}</svg>"


def uri(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def in_file(where: str) -> Plant:
    return lambda s: ("a.svg", svg(s, where).encode())


def in_data_uri(where: str) -> Plant:
    return lambda s: page(f'<img src="{uri("image/svg+xml", svg(s, where).encode())}">')


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(*extra: bytes, after: bytes = b"") -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    drawn = chunk(b"IDAT", zlib.compress(b"\0\0"))
    end = chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(extra) + drawn + end + after


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg(*extra: bytes, after: bytes = b"") -> bytes:
    scan = segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x12\x34\xff\xd9"
    return b"\xff\xd8" + b"".join(extra) + scan + after


HTML: dict[str, Plant] = {
    "text": lambda s: page(f"<p>{escape(s)}</p>"),
    "split by tags": lambda s: page("<p>{}<em>{}</em></p>".format(*map(escape, halves(s)))),
    "deleted": lambda s: page(f"<p>Now <del>{escape(s)}</del><ins>other</ins>.</p>"),
    "split by an insertion": lambda s: page(
        "<p>{}<ins>zz</ins>{}</p>".format(*map(escape, halves(s)))
    ),
    "split by a deletion": lambda s: page(
        "<p>{}<del>zz</del><ins>{}</ins></p>".format(*map(escape, halves(s)))
    ),
    "a deletion in an insertion": lambda s: page(f"<ins>a <del>{escape(s)}</del></ins>"),
    "a deletion that does not end": lambda s: page(f"<p>a <del>b<p>{escape(s)}"),
    "split by a comment": lambda s: page("<p>{}<!-- x -->{}</p>".format(*map(escape, halves(s)))),
    "soft hyphens": lambda s: page("<p>{}&shy;{}</p>".format(*map(escape, halves(s)))),
    "zero width": lambda s: page("<p>{}\u200b{}</p>".format(*map(escape, halves(s)))),
    "entities": lambda s: page("<p>" + "".join(f"&#{ord(c)};" for c in s) + "</p>"),
    "alt": lambda s: page(f'<img alt="{escape(s)}">'),
    "title attribute": lambda s: page(f"<p title='{escape(s)}'>x</p>"),
    "data attribute": lambda s: page(f'<p data-x="{escape(s)}">x</p>'),
    "id": lambda s: page(f'<p id="{escape(s)}">x</p>'),
    "class": lambda s: page(f'<p class="{escape(s)}">x</p>'),
    "href": lambda s: page(f'<a href="{escape(s)}">x</a>'),
    "href, encoded": lambda s: page(
        f'<a href="https://example.org/#:~:text={quote(s, safe="/")}">x</a>'
    ),
    "comment": lambda s: page(f"<!-- {s} -->"),
    "script": lambda s: page(f"<script>var a = {json.dumps(s, ensure_ascii=False)};</script>"),
    "script, escaped": lambda s: page(f"<script>var a = {json.dumps(s)};</script>"),
    "script's comment": lambda s: page(f"<script>/* {s} */</script>"),
    "script's line": lambda s: page(f"<script>a = 1; // {s}\n</script>"),
    "JSON script": lambda s: page(f'<script type="application/json">{{"a": "{s}"}}</script>'),
    "onclick": lambda s: page(f"<p onclick=\"f('{escape(s)}')\">x</p>"),
    "style": lambda s: page("", f"<style>p::before {{ content: '{s}' }}</style>"),
    "style's comment": lambda s: page("", f"<style>/* {s} */</style>"),
    "style attribute": lambda s: page(f"<p style=\"--x: '{escape(s)}'\">x</p>"),
    "meta": lambda s: page("", f'<meta name="description" content="{escape(s)}">'),
    "page's title": lambda s: page("", f"<title>{escape(s)}</title>"),
    "template": lambda s: page(f"<template><p>{escape(s)}</p></template>"),
    "noscript": lambda s: page(f"<noscript>{escape(s)}</noscript>"),
    "textarea": lambda s: page(f"<textarea>{escape(s)}</textarea>"),
    "hidden": lambda s: page(f"<p hidden>{escape(s)}</p>"),
    "declaration": lambda s: page(f"<![CDATA[ {s} ]]>"),
    "processing instruction": lambda s: page(f"<?x {s}>"),
    "end tag": lambda s: page(f'<p>x</p title="{s}">'),
    "srcdoc": lambda s: page(f'<iframe srcdoc="{escape("<p>" + s)}"></iframe>'),
    "unclosed comment": lambda s: page(f"<!-- {s}"),
    "unclosed script": lambda s: page(f"<script>// {s}"),
    **{
        f"SVG in a data URI: {where}": in_data_uri(where)
        for where in ("text", "title", "desc", "comment", "metadata", "attribute", "style")
    },
    "SVG in a data URI, percent": lambda s: page(
        f'<img src="data:image/svg+xml,{quote(svg(s, "comment"))}">'
    ),
    "SVG in a data URI, utf8": lambda s: page(
        f'<img src="data:image/svg+xml;charset=utf-8,{quote(svg(s, "title"))}">'
    ),
    "inline SVG": lambda s: page(svg(s, "title")),
    "inline SVG's comment": lambda s: page(svg(s, "comment")),
    "PNG in a data URI": lambda s: page(
        f'<img src="{uri("image/png", png(chunk(b"tEXt", b"Title" + bytes(1) + s.encode())))}">'
    ),
    "CSS in a data URI": lambda s: page(
        "", f'<link rel="stylesheet" href="{uri("text/css", f"/* {s} */".encode())}">'
    ),
    "text in a data URI": lambda s: page(f'<a href="data:text/plain,{quote(s)}">x</a>'),
    "page in a data URI": lambda s: page(
        f'<iframe src="{uri("text/html", f"<p>{s}".encode())}"></iframe>'
    ),
    "SVG in a style's url()": lambda s: page(
        "",
        f"<style>p {{ background: url({uri('image/svg+xml', svg(s, 'desc').encode())}) }}</style>",
    ),
    "SVG in a style's url(), quoted": lambda s: page(
        "", f"<style>p {{ background: url('data:image/svg+xml,{quote(svg(s, 'desc'))}') }}</style>"
    ),
}


def typeset(source: str) -> tuple[str, bytes]:
    return "a.pdf", typst.compile(source.encode())


def written(s: str) -> str:
    """A text as a Typst string."""
    return json.dumps(s, ensure_ascii=False)


def changed(change: Callable[[pikepdf.Pdf], None]) -> tuple[str, bytes]:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(BLANK)) as document:
        change(document)
        document.save(out)
    return "a.pdf", out.getvalue()


BLANK = typst.compile(b"#set document(date: none)\nA page of words that anybody may read.")


def annotated(**entries: object) -> tuple[str, bytes]:
    def change(document: pikepdf.Pdf) -> None:
        note = Dictionary(Type=Name.Annot, Rect=[0, 0, 9, 9])
        for key, value in entries.items():
            note[f"/{key}"] = value
        document.pages[0].Annots = Array([document.make_indirect(note)])

    return changed(change)


def drawn(operators: str, s: str) -> tuple[str, bytes]:
    def change(document: pikepdf.Pdf) -> None:
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type1,
            BaseFont=Name.Helvetica,
            Encoding=Name.WinAnsiEncoding,
        )
        document.pages[0].Resources = Dictionary(Font=Dictionary(F1=font))
        text = s.replace("(", "").encode("cp1252")
        stream = operators.encode().replace(b"TEXT", b"(" + text + b")")
        document.pages[0].Contents = document.make_stream(stream)

    return changed(change)


def root(key: str, make: Callable[[str], object]) -> Plant:
    def plant(s: str) -> tuple[str, bytes]:
        return changed(lambda document: document.Root.__setitem__(key, make(s)))

    return plant


def attached(s: str, name: str = "a.txt", content: bytes | None = None) -> tuple[str, bytes]:
    def change(document: pikepdf.Pdf) -> None:
        document.attachments[name] = s.encode() if content is None else content

    return changed(change)


def streamed(kind: str, s: str) -> tuple[str, bytes]:
    def change(document: pikepdf.Pdf) -> None:
        document.Root.Extra = document.make_stream(s.encode(), Type=Name(kind))

    return changed(change)


def revised(s: str) -> tuple[str, bytes]:
    """A title that a later version of the file replaced: the old one still stands there."""
    name, old = changed(lambda document: document.docinfo.__setitem__("/Title", s))
    return name, old + b"\n% changed\n" + old[old.rindex(b"startxref") :]


def masked(s: str) -> tuple[str, bytes]:
    """What the page shows is read aloud and copied as something else."""
    return drawn("/Span <</ActualText (nothing)>> BDC BT /F1 9 Tf 9 99 Td TEXT Tj ET EMC", s)


def drawn_with_actual(s: str) -> tuple[str, bytes]:
    hexed = "FEFF" + s.encode("utf-16-be").hex().upper()
    return drawn(f"/Span <</ActualText <{hexed}>>> BDC BT /F1 9 Tf 9 9 Td (x) Tj ET EMC", "")


PDF: dict[str, Plant] = {
    "text": lambda s: typeset(f"#{written(s)}"),
    "split by styles": lambda s: typeset("#{}#strong({})".format(*map(written, halves(s)))),
    "narrow": lambda s: typeset(f"#set page(width: 3cm, margin: 2mm)\n#{written(s)}"),
    "over pages": lambda s: typeset(
        "#set page(header: [Of all pages 12], footer: context counter(page).display())\n"
        "#{}\n#pagebreak()\n#{}".format(*map(written, words_apart(s)))
    ),
    "white": lambda s: typeset(f"#text(fill: white, {written(s)})"),
    "tiny": lambda s: typeset(f"#text(size: 0.4pt, {written(s)})"),
    "off the page": lambda s: typeset(f"#place(dx: -40cm, dy: -40cm, {written(s)})"),
    "invisible": lambda s: drawn("BT 3 Tr /F1 9 Tf 9 99 Td TEXT Tj ET", s),
    "clipped": lambda s: drawn("0 0 1 1 re W n BT /F1 9 Tf 9 99 Td TEXT Tj ET", s),
    "replaced": masked,
    "replacement": drawn_with_actual,
    "outline": lambda s: typeset(f"#heading(bookmarked: true, {written(s)})"),
    "alternative text": lambda s: typeset(f"#figure(rect(), alt: {written(s)})"),
    "title": lambda s: typeset(f"#set document(title: {written(s)})\nx"),
    "author": lambda s: typeset(f"#set document(author: {written(s)})\nx"),
    "keywords": lambda s: typeset(f"#set document(keywords: ({written(s)},))\nx"),
    "link": lambda s: typeset(f"#link({written('https://example.org/' + s)})[x]"),
    "XMP": lambda s: changed(lambda d: xmp(d, s)),
    "information": lambda s: changed(lambda d: d.docinfo.__setitem__("/Subject", s)),
    "information, brackets": lambda s: changed(
        lambda d: d.docinfo.__setitem__("/Subject", f"((a) {s})")
    ),
    "own information": lambda s: changed(lambda d: d.docinfo.__setitem__("/Study", s)),
    "annotation": lambda s: annotated(Subtype=Name.Text, Contents=String(s)),
    "annotation's author": lambda s: annotated(Subtype=Name.Text, T=String(s)),
    "annotation's link": lambda s: annotated(
        Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String(s))
    ),
    "form field": root(
        "/AcroForm", lambda s: Dictionary(Fields=[Dictionary(FT=Name.Tx, V=String(s))])
    ),
    "JavaScript": root(
        "/OpenAction", lambda s: Dictionary(S=Name.JavaScript, JS=String(f"a('{s}')"))
    ),
    "page label": root("/PageLabels", lambda s: Dictionary(Nums=[0, Dictionary(P=String(s))])),
    "named destination": root(
        "/Names", lambda s: Dictionary(Dests=Dictionary(Names=[String(s), 0]))
    ),
    "private data": root("/PieceInfo", lambda s: Dictionary(A=Dictionary(Private=String(s)))),
    "attachment": attached,
    "attachment's name": lambda s: attached("x", name=s),
    "attached page": lambda s: attached("", "a.html", page(f"<!-- {s} -->")[1]),
    "attached PDF": lambda s: attached("", "a.pdf", typeset(f"#{written(s)}")[1]),
    "attached document": lambda s: attached(
        "", "a.docx", package({"word/comments.xml": word(s)})[1]
    ),
    "unused stream": lambda s: streamed("/Metadata", f"<x>{escape(s)}</x>"),
    "earlier version": revised,
    "JPEG's comment": lambda s: pictured(jpeg(segment(0xFE, s.encode()))),
}


def xmp(document: pikepdf.Pdf, s: str) -> None:
    with document.open_metadata() as metadata:
        metadata["dc:description"] = s


def pictured(content: bytes) -> tuple[str, bytes]:
    def change(document: pikepdf.Pdf) -> None:
        document.Root.Extra = document.make_stream(
            content, Type=Name.XObject, Subtype=Name.Image, Filter=Name.DCTDecode
        )

    return changed(change)


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(inner: str, tag: str = "w:document") -> bytes:
    if not inner.startswith("<"):
        inner = f"<w:p><w:r><w:t>{escape(inner)}</w:t></w:r></w:p>"
    return f'<?xml version="1.0"?><{tag} xmlns:w="{W}">{inner}</{tag}>'.encode()


def package(
    parts: dict[str, bytes], name: str = "a.docx", comment: bytes = b"", middle: bytes = b""
) -> tuple[str, bytes]:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        out.write(middle)
        if middle:
            made.start_dir = out.tell()
        for part, content in parts.items():
            made.writestr(part, content)
        made.comment = comment
    return name, out.getvalue()


def of_word(inner: Callable[[str], str], part: str = "word/document.xml") -> Plant:
    return lambda s: package({part: word(inner(s))})


def with_docx(change: Callable[["docx.document.Document", str], object]) -> Plant:
    def plant(s: str) -> tuple[str, bytes]:
        document = docx.Document()
        document.add_paragraph("x")
        change(document, s)
        out = io.BytesIO()
        document.save(out)
        return "a.docx", out.getvalue()

    return plant


def run(s: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{escape(s)}</w:t></w:r>"


def paragraph(s: str) -> str:
    return f"<w:p>{run(s)}</w:p>"


def properties(s: str, kind: str) -> bytes:
    return f'<?xml version="1.0"?><{kind}><a>{escape(s)}</a></{kind}>'.encode()


DOCX: dict[str, Plant] = {
    "body": with_docx(lambda d, s: d.add_paragraph(s)),
    "split over runs": of_word(lambda s: "<w:p>{}{}</w:p>".format(*map(run, halves(s)))),
    "split by proofing": of_word(
        lambda s: "<w:p>{}<w:proofErr w:type='spellEnd'/>{}</w:p>".format(*map(run, halves(s)))
    ),
    "split by a bookmark": of_word(
        lambda s: "<w:p>{}<w:bookmarkStart w:id='1' w:name='a'/>{}</w:p>".format(
            *map(run, halves(s))
        )
    ),
    "cell": of_word(lambda s: f"<w:tbl><w:tr><w:tc>{paragraph(s)}</w:tc></w:tr></w:tbl>"),
    "header": with_docx(lambda d, s: d.sections[0].header.paragraphs[0].add_run(s)),
    "footer": with_docx(lambda d, s: d.sections[0].footer.paragraphs[0].add_run(s)),
    "footnote": of_word(lambda s: f"<w:footnote>{paragraph(s)}</w:footnote>", "word/footnotes.xml"),
    "comment": of_word(
        lambda s: f"<w:comment w:author='x'>{paragraph(s)}</w:comment>", "word/comments.xml"
    ),
    "comment's author": of_word(
        lambda s: f"<w:comment w:author='{escape(s)}'/>", "word/comments.xml"
    ),
    "tracked deletion": of_word(
        lambda s: (
            f"<w:p><w:del w:author='x'><w:r><w:delText>{escape(s)}</w:delText></w:r></w:del></w:p>"
        )
    ),
    "tracked deletion, split": of_word(
        lambda s: (
            "<w:p>{}<w:del><w:r><w:delText>{}</w:delText></w:r></w:del><w:ins>{}</w:ins></w:p>".format(
                run(halves(s)[0]), escape(halves(s)[1]), run(" other")
            )
        )
    ),
    "tracked insertion": of_word(
        lambda s: (
            "<w:p>{}<w:del><w:r><w:delText>zz</w:delText></w:r></w:del><w:ins>{}</w:ins></w:p>".format(
                *map(run, halves(s))
            )
        )
    ),
    "split by a tracked insertion": of_word(
        lambda s: "<w:p>{}<w:ins>{}</w:ins>{}</w:p>".format(
            run(halves(s)[0]), run("zz"), run(halves(s)[1])
        )
    ),
    "tracked change's author": of_word(lambda s: f"<w:p><w:ins w:author='{escape(s)}'/></w:p>"),
    "hidden": of_word(
        lambda s: f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{escape(s)}</w:t></w:r></w:p>"
    ),
    "field": of_word(lambda s: f"<w:p><w:r><w:instrText>{escape(s)}</w:instrText></w:r></w:p>"),
    "bookmark": of_word(lambda s: f"<w:p><w:bookmarkStart w:id='1' w:name='{escape(s)}'/></w:p>"),
    "alternative text": of_word(lambda s: f"<w:p><docPr descr='{escape(s)}'/></w:p>"),
    "picture's title": of_word(lambda s: f"<w:p><docPr title='{escape(s)}'/></w:p>"),
    "picture's name": of_word(lambda s: f"<w:p><docPr name='{escape(s)}'/></w:p>"),
    "style": of_word(lambda s: f"<w:style w:styleId='{escape(s)}'/>", "word/styles.xml"),
    "XML comment": of_word(lambda s: f"<!-- {s} --><w:p/>"),
    "core property": with_docx(lambda d, s: setattr(d.core_properties, "comments", s)),
    "author": with_docx(lambda d, s: setattr(d.core_properties, "last_modified_by", s)),
    "app property": lambda s: package({"docProps/app.xml": properties(s, "Properties")}),
    "custom property": lambda s: package({"docProps/custom.xml": properties(s, "Properties")}),
    "custom property's name": lambda s: package(
        {"docProps/custom.xml": f"<P><p name='{escape(s)}'/></P>".encode()}
    ),
    "link": lambda s: package(
        {"word/_rels/document.xml.rels": f"<R><r Target='{escape(s)}'/></R>".encode()}
    ),
    "name of a part": lambda s: package({f"word/media/{s}.png": png()}),
    "picture's text": lambda s: package(
        {"word/media/a.png": png(chunk(b"tEXt", b"Title\0" + s.encode()))}
    ),
    "embedded sheet": lambda s: package(
        {"word/embeddings/a.xlsx": package({"xl/sharedStrings.xml": sheet(s)}, "a.xlsx")[1]}
    ),
    "comment of the zip": lambda s: package({}, comment=s.encode()),
    "between the parts": lambda s: package({"a.txt": b"x"}, middle=s.encode() + b" " * 24),
    "after the end": lambda s: ("a.docx", package({})[1] + s.encode()),
    "unknown part": lambda s: package({"word/x.bin": b"\0\1\2" + s.encode() + b"\0\1\2"}),
    "unknown part, wide": lambda s: package(
        {"word/x.bin": b"\0\1\2\3" + s.replace("–", "-").encode("utf-16-le") + b"\1\2\3"}
    ),
}


def sheet(s: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f"<sst xmlns='{space}'><si><t>{escape(s)}</t></si></sst>".encode()


def jats(body: str, head: str = "") -> tuple[str, bytes]:
    return "a.jats.xml", f'<?xml version="1.0"?>\n{head}<article>{body}</article>'.encode()


XML: dict[str, Plant] = {
    "text": lambda s: jats(f"<p>{escape(s)}</p>"),
    "split": lambda s: jats("<p>{}<italic>{}</italic></p>".format(*map(escape, halves(s)))),
    "attribute": lambda s: jats(f"<p content-type='{escape(s)}'/>"),
    "comment": lambda s: jats(f"<!-- {s} --><p/>"),
    "alternative text": lambda s: jats(f"<fig><alt-text>{escape(s)}</alt-text></fig>"),
    "processing instruction": lambda s: jats(f"<?x {s}?><p/>"),
    "CDATA": lambda s: jats(f"<p><![CDATA[{s}]]></p>"),
    "entity": lambda s: jats("<p>&a;</p>", f'<!DOCTYPE article [<!ENTITY a "{escape(s)}">]>'),
    "after the root": lambda s: ("a.xml", f"<a/><!-- {s} -->".encode()),
    "UTF-16": lambda s: (
        "a.xml",
        f'<?xml version="1.0" encoding="UTF-16"?><a>{escape(s)}</a>'.encode("utf-16"),
    ),
    "sheet": lambda s: package({"xl/sharedStrings.xml": sheet(s)}, "a.xlsx"),
    "OpenDocument": lambda s: package({"content.xml": f"<p>{escape(s)}</p>".encode()}, "a.odt"),
    **{
        f"SVG: {where}": in_file(where)
        for where in ("text", "title", "desc", "comment", "metadata", "attribute", "style")
    },
}

PICTURES: dict[str, Plant] = {
    "tEXt": lambda s: ("a.png", png(chunk(b"tEXt", b"Title\0" + s.encode()))),
    "tEXt keyword": lambda s: ("a.png", png(chunk(b"tEXt", s.encode() + b"\0x"))),
    "zTXt": lambda s: ("a.png", png(chunk(b"zTXt", b"T\0\0" + zlib.compress(s.encode())))),
    "iTXt": lambda s: ("a.png", png(chunk(b"iTXt", b"T\0\0\0en\0T\0" + s.encode()))),
    "iTXt, packed": lambda s: (
        "a.png",
        png(chunk(b"iTXt", b"T\0\1\0en\0T\0" + zlib.compress(s.encode()))),
    ),
    "eXIf": lambda s: ("a.png", png(chunk(b"eXIf", b"MM\0*\0\0" + s.encode() + b"\0"))),
    "own chunk": lambda s: ("a.png", png(chunk(b"prVt", b"\0\1" + s.encode()))),
    "after a PNG": lambda s: ("a.png", png(after=s.encode())),
    "JPEG comment": lambda s: ("a.jpg", jpeg(segment(0xFE, s.encode()))),
    "EXIF": lambda s: ("a.jpg", jpeg(segment(0xE1, b"Exif\0\0MM\0*" + s.encode() + b"\0"))),
    "JPEG XMP": lambda s: (
        "a.jpg",
        jpeg(
            segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + f"<x><a>{escape(s)}</a></x>".encode())
        ),
    ),
    "IPTC": lambda s: (
        "a.jpg",
        jpeg(segment(0xED, b"Photoshop 3.0\0\x1c\2x" + s.encode() + b"\0")),
    ),
    "after a JPEG": lambda s: ("a.jpg", jpeg(after=s.encode())),
    "GIF": lambda s: (
        "a.gif",
        b"GIF89a\1\0\1\0\0\0\0!\xfe" + bytes([len(s.encode())]) + s.encode() + b"\0;",
    ),
}

TEXTS: dict[str, Plant] = {
    "JSON value": lambda s: ("a.json", json.dumps({"a": [{"b": s}]}).encode()),
    "JSON key": lambda s: ("a.json", json.dumps({s: 1}).encode()),
    "file name": lambda s: (f"{s}.txt", b"x"),
    "qmd front matter": lambda s: ("a.qmd", f"---\ntitle: {json.dumps(s)}\n---\n\nx\n".encode()),
    "qmd text": lambda s: ("a.qmd", f"x\n\n{s}\n".encode()),
    "qmd over lines": lambda s: ("a.qmd", s.replace(" ", "\n", 1).encode()),
    "qmd alternative text": lambda s: ("a.qmd", f"![x](a.png){{fig-alt={json.dumps(s)}}}".encode()),
    "qmd comment": lambda s: ("a.qmd", f"<!-- {s} -->".encode()),
    "qmd emphasis": lambda s: ("a.qmd", f"a _{s}_ *b*".encode()),
    "qmd escapes": lambda s: (
        "a.qmd",
        "".join(c if c.isalnum() or c in " –" else f"\\{c}" for c in s).encode(),
    ),
    "bib author": lambda s: ("a.bib", f"@book{{a, author = {{{s}}}}}".encode()),
    "bib, LaTeX": lambda s: (
        "a.bib",
        f"@book{{a, title = {{{s}}}}}".replace("å", r"{\aa}").replace("–", "--").encode(),
    ),
    "csv": lambda s: ("a.csv", f'a,b\n1,"{s}"\n'.encode()),
    "Windows text": lambda s: ("a.txt", s.encode("cp1252")),
    "UTF-16": lambda s: ("a.txt", s.encode("utf-16")),
    "csl": lambda s: ("a.csl", f"<style><info><title>{escape(s)}</title></info></style>".encode()),
    "css": lambda s: ("a.css", f"/* {s} */".encode()),
    "js": lambda s: ("a.js", f"a = {json.dumps(s)}".encode()),
    "no ending": lambda s: ("a", s.encode()),
}

PLANTS: dict[str, Plant] = {
    f"{kind}, {place}": plant
    for kind, plants in {
        "HTML": HTML,
        "PDF": PDF,
        "Word": DOCX,
        "XML": XML,
        "picture": PICTURES,
        "text": TEXTS,
    }.items()
    for place, plant in plants.items()
}
