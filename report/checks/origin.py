"""Where the words of a composed document come from."""

import re

from report.model.audience import Variant
from report.model.diagnostic import Location
from report.model.document import Document
from report.model.study import Study


def origin(
    study: Study, variant: Variant, document: Document, pattern: re.Pattern[str]
) -> Location | None:
    """Where the study's prose says what `pattern` matches: in a line that this document shows as
    it stands, else in the audience's own texts, else in any."""
    own = f"{variant.audience_name}/"
    places: list[tuple[tuple[bool, bool], Location]] = []
    for prose in study.prose.values():
        for number, line in enumerate(prose.text.split("\n"), 1):
            if found := pattern.search(line):
                rank = (line not in document.text, not prose.name.startswith(own))
                places.append((rank, Location(prose.path, number, found.start() + 1)))
    return min(places)[1] if places else None
