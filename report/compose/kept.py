"""What is kept of one recipient's document for the next ones: texts, and what each noted."""

from collections.abc import Callable
from dataclasses import dataclass, field

from report.compose.escape import Markdown
from report.compose.gathered import Gathered, Notes


@dataclass(frozen=True)
class Kept:
    """A text, and what was noted while it was composed."""

    text: Markdown
    noted: Notes

    def note(self, notes: Notes) -> None:
        """Note the same again."""
        for all_of_it, mine in zip(notes, self.noted, strict=True):
            all_of_it.update(mine)


@dataclass
class Texts:
    """The texts that are the same for every recipient, by name."""

    kept: dict[str, Kept] = field(default_factory=dict)

    def text(
        self, name: str, make: Callable[[], Markdown], gathered: Gathered, notes: Notes
    ) -> Markdown:
        """What `make` makes; or made before, where it asks for nothing of the recipient's, brings
        no files and goes well. It notes the same in either case."""
        if name in self.kept:
            self.kept[name].note(notes)
            return self.kept[name].text
        asked, gathered.asked = gathered.asked, False
        others = len(gathered.problems), len(gathered.assets)
        made = _kept(make, notes)
        if not gathered.asked and others == (len(gathered.problems), len(gathered.assets)):
            self.kept[name] = made
        gathered.asked |= asked
        return made.text


def _kept(make: Callable[[], Markdown], notes: Notes) -> Kept:
    """What `make` makes, and all that it notes, whether noted before or not."""
    before = [noted.copy() for noted in notes]
    for noted in notes:
        noted.clear()
    text = make()
    made = Kept(text, [noted.copy() for noted in notes])
    for noted, earlier in zip(notes, before, strict=True):
        noted.clear()
        noted.update(earlier)
    made.note(notes)
    return made
