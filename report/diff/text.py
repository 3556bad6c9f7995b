"""A composed document as it is compared with another: its text, and what is known of it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Final

from report.compose.document import Composed
from report.compose.quotes import Said
from report.model.audience import Variant
from report.model.drawing import identity

_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Untranslated:
    """A message or a quote that a document lacks a translation of: `what` is the message, or the
    quote's id; where its translation stands, with the line where there is one; and whether it was
    translated once, from other words."""

    kind: str
    what: str
    language: str
    path: str
    line: int = 0
    stale: bool = False


@dataclass(frozen=True)
class Text:
    """`prose` are the text files that went into it, `assets` the SHA-256 of its pictures by path,
    `counts` what it can count by name, `participants` the ids of those whom it tells of one by one.
    """

    name: str
    audience: str
    language: str
    markdown: str
    said: tuple[Said, ...] = ()
    prose: tuple[str, ...] = ()
    assets: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    untranslated: tuple[Untranslated, ...] = ()
    participants: tuple[str, ...] = ()


def text_of(variant: Variant, composed: Composed) -> Text | None:
    """What was composed, as it is compared; none where nothing could be."""
    document = composed.document
    if document is None:
        return None
    messages = [
        Untranslated("message", g.use.message.text, g.use.language, g.path, g.line, g.fuzzy)
        for g in composed.gaps
    ]
    quotes = [
        Untranslated(
            "quote",
            quote,
            language,
            gap.location.path,
            gap.location.line,
            gap.code == "stale-quote-translation",
        )
        for (quote, language), gap in composed.quote_gaps.items()
    ]
    return Text(
        document.name,
        variant.audience_name,
        variant.language,
        document.text,
        composed.said,
        tuple(sorted(composed.prose)),
        {path: identity(asset) for path, asset in sorted(document.assets.items())},
        composed.counts,
        (*messages, *quotes),
        tuple(sorted(composed.told.participants)),
    )


def written(text: Text) -> bytes:
    """The text as JSON, its keys in order."""
    data = {"text": _VERSION, **asdict(text)}
    return json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False).encode()


def read(content: bytes) -> Text | None:
    """What `written` wrote; none where it is damaged, or of another version."""
    try:
        data = json.loads(content)
        if data.pop("text") != _VERSION:
            return None
        many: dict[str, Any] = {
            "said": tuple(Said(**each) for each in data["said"]),
            "untranslated": tuple(Untranslated(**each) for each in data["untranslated"]),
            "prose": tuple(data["prose"]),
            "participants": tuple(data["participants"]),
        }
        strings = (data["name"], data["audience"], data["language"], data["markdown"])
        if not all(isinstance(each, str) for each in strings):
            return None
        return Text(**{field.name: data[field.name] for field in fields(Text)} | many)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
