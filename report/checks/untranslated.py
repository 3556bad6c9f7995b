"""Words of a document that have no translation which may be shown."""

from collections.abc import Iterable, Iterator

from report.model.catalogue import Gap
from report.model.diagnostic import Diagnostic, Location, excerpt


def of_messages(gaps: Iterable[Gap]) -> Iterator[Diagnostic]:
    """Each gap at its line of the catalogue; those that the catalogue does not hold yet together,
    since one command puts them all there."""
    absent: dict[str, list[Gap]] = {}
    for gap in gaps:
        said, at = excerpt(gap.use.message.text), Location(gap.path, gap.line, 1)
        if not gap.line:
            absent.setdefault(gap.path, []).append(gap)
        elif gap.fuzzy:
            message = f"the words have changed since they were translated: “{said}”"
            hint = "make the translation right again, and take the mark “fuzzy” away"
            yield Diagnostic("fuzzy-translation", message, at, hint)
        else:
            hint = "translate it; report build --draft shows the document as it is so far"
            yield Diagnostic("untranslated", f"this is not translated: “{said}”", at, hint)
    for path, missing in absent.items():
        count = "1 message" if len(missing) == 1 else f"{len(missing)} messages"
        first = excerpt(missing[0].use.message.text)
        message = f"{count} of the documents are not in this catalogue yet: “{first}”"
        hint = "report translate extract puts them there; then translate them"
        yield Diagnostic("missing-message", message, Location(path), hint)
