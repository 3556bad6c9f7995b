"""What the gate's readers give: texts with their places, and files that stand inside files."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "machine", "code", "noise"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text in a file. `place` is for people. The passages of one `flow`, where it is not empty,
    are one running text, in their order.

    `kind`: a "text" is for reading; "machine" is what programs read and people may write, such as
    ids and names of parts; in "code", ids count inside quotation marks and comments only, and in
    "noise", readable bytes between others, not at all.
    """

    place: str
    text: str
    flow: str = ""
    kind: Kind = "text"

    def within(self, place: str) -> "Passage":
        """The same passage as one of a file at this place."""
        flow = f"{place}, {self.flow}" if self.flow else ""
        return Passage(f"{place}, {self.place}", self.text, flow, self.kind)


@dataclass(frozen=True, slots=True)
class Part:
    """A file inside a file. `name` tells its kind where its first bytes do not; it may be
    empty."""

    place: str
    name: str
    content: bytes


class Unreadable(Exception):  # noqa: N818 - it names the file's state, as users are told it
    """A file is not what it says it is, or is locked. The text says why, without any of the
    file's own words."""
