"""What every YAML file of a study is made of: texts, ids, dates, languages, and entries."""

import datetime as dt
import re
from typing import Annotated, ClassVar, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field


def is_date(value: str) -> bool:
    """Whether that is a day, month or year that there is, written 2024-09-02, 2024-09 or 2024."""
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", value, re.ASCII):
        return False
    try:
        dt.date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _date(value: str) -> str:
    if not is_date(value):
        raise ValueError("a date is written 2024-09-02, 2024-09 or 2024")
    return value


def _text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


_NUMBER_TOO = {"type": ["string", "integer"]}
"""An editor must not call a bare number wrong where it is read as text."""

Date: TypeAlias = Annotated[
    str,
    BeforeValidator(_text),
    AfterValidator(_date),
    Field(json_schema_extra=_NUMBER_TOO | {"pattern": r"^\d{4}(-\d{2}){0,2}$"}),
]
"""A day, a month or a year, as precisely as it is known: 2024-09-02, 2024-09, 2024."""
Identifier: TypeAlias = Annotated[
    str,
    BeforeValidator(_text),
    Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", json_schema_extra=_NUMBER_TOO),
]
"""Letters and digits, with - _ and . in between."""
Text: TypeAlias = Annotated[
    str, BeforeValidator(_text), Field(min_length=1, json_schema_extra=_NUMBER_TOO)
]
Language: TypeAlias = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
"""A code: en, nb, pt-BR."""

_PART = r"[^@\s()<>\[\]\\,;:\"]+"
Email: TypeAlias = Annotated[str, Field(pattern=rf"^{_PART}@{_PART}\.{_PART}$")]
"""name@place.org"""


class Entry(BaseModel):
    """What every mapping in a YAML file is read into: frozen, and no key that it does not know.

    `WORDS` are the keys whose texts a translator translates.
    """

    WORDS: ClassVar[tuple[str, ...]] = ()

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)
