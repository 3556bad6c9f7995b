"""No file makes the gate fail: it reads it, or tells that it cannot."""

from hypothesis import given, settings
from hypothesis import strategies as st

from report.gate import gate
from tests.gate.plants import PLANTS
from tests.gate.secrets import RUN, WITHHELD

FILES = [plant(RUN) for plant in PLANTS.values()]
INSERTED = [
    *(b"<![x[", b"<!--", b"<", b"</", b"<?", b"]]>", b"&#xfffffff;", b"<!DOCTYPE ["),
    *(b"(", b"stream\n", b"/ActualText(", b"endstream", b"PK\3\4", b"\xff\xd8\xff"),
    *(b"data:a/b;base64,", b"%", b"\\u{fffffff}", b"\\x", b"\0", b"\x1e"),
]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(FILES), st.data())
def test_damaged_files(file: tuple[str, bytes], data: st.DataObject) -> None:
    name, content = file
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content)))
        gone = data.draw(st.sampled_from([0, 1, 9, len(content)]))
        content = content[:at] + data.draw(st.sampled_from(INSERTED)) + content[at + gone :]
    assert {d.code for d in gate({name: content}, WITHHELD)} <= {"leak", "unreadable-artifact"}


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["html", "xml", "json", "qmd", "pdf", "docx", "png", "jpg", "gif", ""]),
    st.binary(),
)
def test_any_bytes(ending: str, content: bytes) -> None:
    gate({f"a.{ending}": content}, WITHHELD)
