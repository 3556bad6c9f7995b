"""What Typst leaves out of a PDF's tags: heads of rows, captions of some tables, order of lines.

Typst 0.15 heads columns alone; `pdf.header-cell` is behind a switch that its Python package lacks.
The names of tags and their attributes are those of ISO 32000-1, 14.8.4 and 14.8.5.7.
"""

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from report.renderers.pdf_lines import parts, put_in_order

if TYPE_CHECKING:
    from pikepdf import Object, Page, Pdf

_MAIL: Final = "mailto:"


def mended(content: bytes) -> bytes:
    """The PDF with those tags; the same bytes come of the same. One without tags is left alone, and
    what is no PDF, of which the gate tells."""
    import pikepdf
    from pikepdf import Name

    try:
        pdf = pikepdf.open(io.BytesIO(content), attempt_recovery=False)
    except pikepdf.PdfError:
        return content
    with pdf:
        if Name.StructTreeRoot not in pdf.Root:
            return content
        tree = pdf.Root.StructTreeRoot
        ids: list[tuple[bytes, Object]] = []
        for box in [e for e in list(_elements(tree)) if e.S == "/Div"]:
            _join_caption(box)
        tables = [e for e in list(_elements(tree)) if e.S == "/Table"]
        for number, table in enumerate(tables, 1):
            ids += _head_rows(table, number)
        if ids:
            _enter(pdf, tree, ids)
        put_in_order(pdf, tree)
        for page in pdf.pages:
            _name_links(page)
        written = io.BytesIO()
        pdf.save(written, deterministic_id=True)
        return written.getvalue()


def _elements(element: "Object") -> Iterator["Object"]:
    """The element's descendants, in reading order."""
    for child in _children(element):
        yield child
        yield from _elements(child)


def _children(element: "Object") -> list["Object"]:
    """The elements right below; pieces of a page's content are none."""
    from pikepdf import Dictionary, Name

    return [part for part in parts(element) if isinstance(part, Dictionary) and Name.S in part]


def _join_caption(outer: "Object") -> None:
    """A caption is a table's first child, or stands beside a figure; Typst boxes some once more:
    Div (Caption, Div (Table)) or Div (Caption, Div (Figure))."""
    from pikepdf import Array, Name

    beside = _children(outer)
    if [element.S for element in beside] != [Name.Caption, Name.Div]:
        return
    caption, box = beside
    held = _children(box)
    if len(held) != 1:
        return
    if held[0].S != "/Table":
        outer.K = Array([caption, held[0]])
        held[0].P = outer
        return
    table, above = held[0], outer.P
    above.K = Array(table if _is(part, outer) else part for part in parts(above))
    table.P, caption.P = above, table
    table.K = Array([caption, *parts(table)])


def _is(one: "Object", other: "Object") -> bool:
    from pikepdf import Dictionary

    return isinstance(one, Dictionary) and one.objgen == other.objgen


def _head_rows(table: "Object", number: int) -> "list[tuple[bytes, Object]]":
    """Makes headers of the cells that typst.lua has marked as heads of their rows, names them in
    the cells that they head, and returns them by their new ids."""
    from pikepdf import Array, Name, String

    ids: list[tuple[bytes, Object]] = []
    left = 0  # rows that the last head still covers
    for row in (e for e in list(_elements(table)) if e.S == Name.TR):
        cells = _children(row)
        if _is_marked(cells):
            head = cells.pop(0)
            name = b"R%dy%d" % (number, len(ids))
            attributes = _table_attributes(head)
            attributes.Scope = Name.Row
            head.S, head.ID = Name.TH, String(name)
            ids.append((name, head))
            left = int(attributes.get(Name.RowSpan, 1))
        if left > 0:
            left -= 1
            for cell in cells:
                known = _table_attributes(cell)
                known.Headers = Array([*known.get(Name.Headers, []), String(ids[-1][0])])
    return ids


def _is_marked(cells: Sequence["Object"]) -> bool:
    """Whether the first cell is data that is strong as a whole, as `row-head` in base.typ is."""
    from pikepdf import Dictionary, Name

    if not cells or cells[0].S != Name.TD:
        return False
    held = parts(cells[0])
    return len(held) == 1 and isinstance(held[0], Dictionary) and held[0].get("/S") == "/Strong"


def _table_attributes(cell: "Object") -> "Object":
    """The cell's attributes as part of a table, made where it has none."""
    from pikepdf import Array, Dictionary, Name

    given = cell.get(Name.A, Array())
    known = list(given) if isinstance(given, Array) else [given]
    for attributes in known:
        if attributes.O == "/Table":
            return attributes
    cell.A = Array([Dictionary(O=Name.Table), *known])
    made: Object = cell.A[0]
    return made


def _enter(pdf: "Pdf", tree: "Object", ids: "list[tuple[bytes, Object]]") -> None:
    """Adds ids to the tree that finds elements by them."""
    from pikepdf import Array, Dictionary, Name, NameTree

    if Name.IDTree not in tree:
        tree.IDTree = pdf.make_indirect(Dictionary(Names=Array()))
    names = NameTree(tree.IDTree)
    for name, element in ids:
        names[name.decode()] = element


def _name_links(page: "Page") -> None:
    """Typst calls an address “Email …” in all languages: the address alone needs none."""
    from pikepdf import Dictionary, Name, String

    for note in page.get(Name.Annots, []):
        address = str(note.get(Name.A, Dictionary()).get(Name.URI, ""))
        if address.startswith(_MAIL):
            note.Contents = String(address.removeprefix(_MAIL))
