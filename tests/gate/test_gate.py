"""What the gate tells, and how; files that it cannot read."""

import gzip
import io
import re
import zipfile
import zlib

import pikepdf
import pytest

from report.gate import Unreadable, gate, passages
from report.model.term import Term
from report.model.withheld import Mark, Name, Withheld
from tests.gate.plants import (
    BLANK,
    attached,
    chunk,
    jats,
    jpeg,
    package,
    page,
    png,
    segment,
    streamed,
    word,
)
from tests.gate.secrets import QUOTE, RUN, WITHHELD, found


def locked(password: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(BLANK)) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="x", user=password))
    return out.getvalue()


def locked_zip() -> bytes:
    content = bytearray(package({"a.txt": b"x"})[1])
    for header, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        start = content.rfind(header)
        content[start + at] |= 1
    return bytes(content)


def unlisted() -> bytes:
    """A zip whose list leaves out its first part."""
    first, second = (package({name: b"x"})[1] for name in ("a.txt", "b.txt"))
    return first[: first.index(b"PK\1\2")] + second


def nested(depth: int) -> bytes:
    content = b"x"
    for _ in range(depth):
        content = package({"a.zip" if content != b"x" else "a.txt": content})[1]
    return content


UNREADABLE = {
    "locked PDF": ("a.pdf", locked("secret")),
    "PDF locked for changes": ("a.pdf", locked("")),
    "damaged PDF": ("a.pdf", BLANK[: len(BLANK) // 2]),
    "no PDF": ("a.pdf", b"%PNG"),
    "locked zip": ("a.docx", locked_zip()),
    "damaged zip": ("a.docx", package({"a.txt": b"x" * 99})[1][:-30]),
    "unlisted part": ("a.docx", unlisted()),
    "no zip": ("a.docx", b"\0\1"),
    "too deep": ("a.zip", nested(12)),
    "cut PNG": ("a.png", png()[:-20]),
    "PNG with a bad text": ("a.png", png(chunk(b"zTXt", b"T\0\0xx"))),
    "a PNG that is a page": ("a.png", b"<!DOCTYPE html><p>x"),
    "cut JPEG": ("a.jpg", jpeg(segment(0xFE, b"x" * 99))[:30]),
    "cut GIF": ("a.gif", b"GIF89a\1\0\1\0\0\0\0!\xfe\x20x"),
    "bad XML": ("a.xml", b"<a><b></a>"),
    "bad XML in Word": package({"word/document.xml": b"<?xml version='1.0'?><a>"}),
    "bad JSON": ("a.json", b"{'a': 1}"),
    "binary text": ("a.qmd", b"x\0\1"),
    "damaged picture in Word": package({"word/media/a.png": png()[:-9]}),
    "damaged attachment": attached("", "a.pdf", BLANK[:300]),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_cannot_be_read_is_told(case: str) -> None:
    name, content = UNREADABLE[case]
    (told,) = found(name, content)
    assert told.code == "unreadable-artifact"
    assert told.location.path == name
    assert "nothing is published" in told.hint
    with pytest.raises(Unreadable):
        list(passages(name, content))


def test_what_is_found_before_is_told_too() -> None:
    name, content = package({"word/comments.xml": word(RUN), "word/media/a.png": png()[:-9]})
    assert {d.code for d in found(name, content)} == {"leak", "unreadable-artifact"}


def test_empty_files_are_read() -> None:
    for name in ("a.html", "a.txt", "a.css", "a.csv", "a"):
        assert found(name, b"") == ()


def test_a_bomb_is_not_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        for n in range(6):
            bomb.writestr(f"{n}.txt", b"\0" * 100_000_000)
    (told,) = found("a.zip", out.getvalue())
    assert told.code == "unreadable-artifact"


PLACES = {
    "page 1": ("a.pdf", None),
    "line 2": page(f"<p>{RUN}</p>"),
    "comment on line 3": page(f"\n<!-- {RUN} -->"),
    "attribute alt on line 3": page(f"\n<img alt='{RUN}'>"),
    "word/document.xml, paragraph 2": package(
        {
            "word/document.xml": word(
                f"<w:p><w:r><w:t>x</w:t></w:r></w:p><w:p><w:r><w:t>{RUN}</w:t></w:r></w:p>"
            )
        }
    ),
    "paragraph 2": jats(f"<p>x</p><p>{RUN}</p>"),
    "comment 1": jats(f"<!-- {RUN} --><p>x</p>"),
    "PNG text chunk": ("a.png", png(chunk(b"tEXt", b"T\0" + RUN.encode()))),
    "comment of the file": package({}, comment=RUN.encode()),
    "line 3": ("a.qmd", f"---\n---\n{RUN}\n".encode()),
    "text 1": ("a.json", f'{{"a": "{RUN}"}}'.encode()),
    "a place whose name would tell it": package({f"word/media/{RUN}.txt": b"x"}),
}


@pytest.mark.parametrize("place", PLACES)
def test_the_place_is_told(place: str) -> None:
    name, content = PLACES[place]
    if content is None:
        import typst

        content = typst.compile(f"We {RUN}".encode())
    assert found(name, content)[0].location.cell.endswith(place)


def test_a_file_s_name_that_tells_is_not_told() -> None:
    withheld = Withheld(marks=(Mark("ids", "no. 1", "PW12"),))
    told = gate({"a.txt": b"x", "by-PW12.txt": b"PW12"}, withheld)
    assert [(d.location.path, d.location.cell) for d in told] == [("artifact 2", "file name")]
    assert told[0].message == "ids: no. 1 stands here, and in 1 more place"


def test_a_thing_is_told_once_a_file_at_its_first_place() -> None:
    name, content = page("".join(f"\n<p>{RUN}</p><i title='PW12'>x</i>" for _ in range(3)))
    told = found(name, content)
    assert [(d.message, d.location.cell) for d in told] == [
        ("withdrawn: words of quote Q17 stand here, and in 2 more places", "line 3"),
        ("ids: the id of participant 12 stands here", "attribute title on line 3"),
    ]


def test_the_same_files_give_the_same() -> None:
    files = dict([page(QUOTE), jats(QUOTE), attached(QUOTE)])
    assert gate(files, WITHHELD) == gate(dict(reversed(files.items())), WITHHELD)


def test_nothing_is_withheld() -> None:
    assert gate(dict([page(QUOTE), attached(QUOTE)]), Withheld()) == ()


def test_running_lines_do_not_part_a_text_over_pages() -> None:
    import typst

    source = (
        "#set page(header: [A header], footer: context [Page #counter(page).display()])\n"
        "told the ward #pagebreak() about those nights #pagebreak() x"
    )
    assert len(found("a.pdf", typst.compile(source.encode()))) == 1


def test_numbers_of_lines_do_not_part_a_text() -> None:
    import typst

    source = f'#set page(width: 5cm)\n#set par.line(numbering: "1")\n{"x " * 60} {RUN} {"x " * 60}'
    assert len(found("a.pdf", typst.compile(source.encode()))) == 1


def test_a_layer_that_is_switched_off_is_read() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(BLANK)) as document:
        layer = document.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String("a"))
        )
        document.Root.OCProperties = pikepdf.Dictionary(
            OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer])
        )
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        document.pages[0].Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(F1=font), Properties=pikepdf.Dictionary(A=layer)
        )
        stream = f"/OC /A BDC BT /F1 9 Tf 9 99 Td ({RUN}) Tj ET EMC".encode()
        document.pages[0].Contents = document.make_stream(stream)
        document.save(out)
    assert len(found("a.pdf", out.getvalue())) == 1


def test_random_bytes_are_no_ids() -> None:
    import random

    noise = random.Random(7).randbytes(400_000)
    marks = tuple(Mark("ids", f"no. {n}", f"{c}{n}") for c in "MPQ" for n in range(1, 40))
    files = {
        "a.bin": noise,
        "b.docx": package({"word/x.bin": noise})[1],
        "c.png": png(chunk(b"IDAT", zlib.compress(noise))),
        "d.pdf": attached("", "a.bin", noise)[1],
    }
    assert gate(files, Withheld(marks=marks)) == ()


def test_the_hashes_that_a_pdf_is_known_by_are_no_ids() -> None:
    """Hundreds of documents have hundreds of them: P1 stands in one by chance, and so does P½,
    which is the same."""
    withheld = Withheld(marks=(Mark("ids", "an id", "P1"),))
    for binary in (b" P1 ", b"mP\xbd\x15"):
        hashed = binary.ljust(16, b"\xe3").hex()
        base64 = b"Dmzmhxm/P1/vxKQkOXmggA==".hex()
        with pikepdf.new() as pdf:
            pdf.add_blank_page()
            written = io.BytesIO()
            pdf.save(written)
        file = re.sub(rb"/ID \[.*?\]", f"/ID [<{base64}><{hashed}>]".encode(), written.getvalue())
        assert b"/ID [<446d" in file
        assert gate({"a.pdf": file}, withheld) == ()
        said = file.replace(b"/ID [", b"/Told [")
        assert len(gate({"a.pdf": said}, withheld)) == 1


def test_a_word_after_a_data_uri_is_read() -> None:
    name, content = page(f"<!-- data:text/plain;base64,QUFB we {RUN} -->")
    assert len(found(name, content)) == 1


@pytest.mark.parametrize(
    "page",
    [
        '<script type="application/json">{"a": "by Zenobia Quillfeath\\u0065r"}</script>',
        "<p data-note='by Zenobia Quillfeath\\u0065r'>x</p>",
        '<script type="application/json">{broken: "by Zenobia Quillfeather"}</script>',
    ],
)
def test_letters_written_by_number_are_read(page: str) -> None:
    name = Name("key", "a name", Term("Zenobia Quillfeather", names=True))
    files = {"page.html": f"<html><body>{page}</body></html>".encode()}
    assert [d.code for d in gate(files, Withheld(names=(name,)))] == ["leak"]


def test_a_compressed_file_is_not_taken_for_one_without_words() -> None:
    found = gate({"x.svgz": gzip.compress(b"<svg/>")}, Withheld())
    assert [d.code for d in found] == ["unreadable-artifact"]


SCHEMAS = """<x xmlns:pdfaExtension="a" xmlns:b="b"><pdfaExtension:schemas>
<b:name>Trapped</b:name><b:description>{}</b:description></pdfaExtension:schemas></x>"""


def test_what_every_archived_pdf_says_of_its_own_keys_tells_nothing() -> None:
    """A study whose author is called Name, as that of report init, or a key with “internal”."""
    usual = "Name of the application that created the PDF document"
    for said, told in ((usual, []), (f"{usual}: N. Name", [f"{usual}: N. Name"])):
        name, content = streamed("/Metadata", SCHEMAS.format(said))
        texts = [p.text for p in passages(name, content) if p.place.startswith("XMP, paragraph")]
        assert [text for text in texts if "Name" in text or "Trapped" in text] == told
