"""What was done to a study between two states, change by change, and the study without each."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from report.diff import records as of_studies
from report.diff.records import Records, Row
from report.model.audience import Audience
from report.model.catalogue import Catalogue, Translation
from report.model.order import natural
from report.model.study import Prose, Study

_MOST: Final = 12
"""So many rows of a table are told one by one; more are told by their number."""
_MODELS: Final = {"study": "file", "codebook": "codebook", "glossary": "glossary"}

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class State:
    """A study and its audiences: all of what documents are composed of that a study says."""

    study: Study
    audiences: Mapping[str, Audience]


@dataclass(frozen=True)
class Edit:
    """A change: of which file, what it was, and the state of now without it; none where it cannot
    be undone by itself."""

    path: str
    what: str
    undone: Callable[[State], State | None]
    of_forgotten: bool = False
    """Whether it is a withdrawal that was carried out: nothing is remembered of who that was."""


def edits(old: Records, now: Records) -> Iterator[Edit]:
    """What was done to the study between two states, file by file."""
    yield from _in_tables(old, now)
    yield from _in_models(old, now)
    yield from _in_prose(old, now)
    yield from _in_works(old, now)
    yield from _in_catalogues(old, now)


def _in_tables(old: Records, now: Records) -> Iterator[Edit]:
    makers: Mapping[str, Callable[[Records], Iterable[Any]]] = {
        "sessions": of_studies.sessions,
        "participants": of_studies.participants,
        "quotes": of_studies.quotes,
        "quote_translations": of_studies.translations,
    }
    for name, make in makers.items():
        before, after = (
            records.tables[name].rows if name in records.tables else {} for records in (old, now)
        )
        rows = sorted({*before, *after}, key=natural)
        changed = [row for row in rows if before.get(row) != after.get(row)]
        if name == "participants":
            forgotten = {r for r in changed if r not in before and after[r].get("withdrawn")}
            changed = [row for row in changed if row not in forgotten]
            if forgotten:
                undone = _withdrawals_undone(forgotten)
                yield Edit(
                    now.tables[name].path, "a participant withdrew", undone, of_forgotten=True
                )
        if not changed:
            continue
        path = (now.tables.get(name) or old.tables[name]).path
        made = {record.id: record for record in make(old)}
        if len(changed) > _MOST:
            yield Edit(path, f"{len(changed)} rows changed", _rows_undone(name, changed, made))
            continue
        for row in changed:
            what = _told(row, before.get(row), after.get(row))
            yield Edit(path, what, _rows_undone(name, [row], made))


def _told(row: str, before: Row | None, after: Row | None) -> str:
    if after and after.get("withdrawn") and not (before or {}).get("withdrawn"):
        return f"{row} withdrew"
    if before is None:
        return f"{row} is new"
    if after is None:
        return f"{row} is gone"
    columns = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return f"{row} changed its {' and '.join(columns)}"


def _rows_undone(
    name: str, rows: Iterable[str], made: Mapping[str, Any]
) -> Callable[[State], State]:
    ids = {*rows}

    def undone(state: State) -> State:
        kept = [record for record in getattr(state.study, name) if record.id not in ids]
        back = (made[row] for row in ids & made.keys())
        every = tuple(sorted([*kept, *back], key=lambda record: natural(record.id)))
        fields: dict[str, Any] = {name: every}
        return replace(state, study=replace(state.study, **fields))

    return undone


def _withdrawals_undone(rows: Collection[str]) -> Callable[[State], State]:
    def undone(state: State) -> State:
        people = state.study.participants
        back = tuple(replace(p, withdrawn="") if p.id in rows else p for p in people)
        return replace(state, study=replace(state.study, participants=back))

    return undone


def _in_models(old: Records, now: Records) -> Iterator[Edit]:
    for name in _MODELS:
        before, after = old.models.get(name, {}), now.models.get(name, {})
        for key in dict.fromkeys([*after, *before]):
            if before.get(key) != after.get(key):
                what = f"“{_deepest(key, before.get(key), after.get(key))}” changed"
                yield Edit(f"data/{name}.yml", what, _key_undone(name, key, before))
    before, after = old.models.get("audiences", {}), now.models.get("audiences", {})
    for audience in after:
        was, own = before.get(audience), after[audience]
        if was is not None and was != own:
            what = f"“{_deepest(audience, was, own)}” changed"
            yield Edit("data/audiences.yml", what, _audience_undone(audience, was))


def _deepest(key: str, before: object, after: object) -> str:
    """The one key inside others that differs, with points between; an item of a list is told by its
    id."""
    one, other = _by_key(before), _by_key(after)
    if one is None or other is None:
        return key
    keys = [name for name in {**one, **other} if one.get(name) != other.get(name)]
    if len(keys) != 1:
        return key
    return _deepest(f"{key}.{keys[0]}", one.get(keys[0]), other.get(keys[0]))


def _by_key(value: object) -> Mapping[str, Any] | None:
    match value:
        case dict():
            return value
        case list() if value and all(isinstance(item, dict) and "id" in item for item in value):
            return {item["id"]: item for item in value}
    return None


def _key_undone(name: str, key: str, before: Mapping[str, Any]) -> Callable[[State], State | None]:
    def undone(state: State) -> State | None:
        model: BaseModel = getattr(state.study, _MODELS[name])
        read = _with(model, key, before)
        fields: dict[str, Any] = {_MODELS[name]: read}
        return replace(state, study=replace(state.study, **fields)) if read else None

    return undone


def _with(model: Model, key: str, before: Mapping[str, Any]) -> Model | None:
    """The model with the earlier value of a key."""
    data = {name: value for name, value in of_studies.plain(model).items() if name != key}
    try:
        return type(model).model_validate(data | {n: v for n, v in before.items() if n == key})
    except ValidationError:  # it needs other keys, or was valid under other rules
        return None


def _audience_undone(name: str, was: Mapping[str, Any]) -> Callable[[State], State | None]:
    def undone(state: State) -> State | None:
        try:
            audience = Audience.model_validate(was)
        except ValidationError:
            return None
        return replace(state, audiences={**state.audiences, name: audience})

    return undone


def _in_prose(old: Records, now: Records) -> Iterator[Edit]:
    for name in sorted({*old.prose, *now.prose}):
        was, own = old.prose.get(name), now.prose.get(name)
        if (was and was[1]) == (own and own[1]):
            continue
        path, _ = own or was or ("", "")
        what = "it is new" if was is None else "it is gone" if own is None else "its text changed"
        yield Edit(path, what, _prose_undone(name, path, was[1] if was else None))


def _prose_undone(name: str, path: str, text: str | None) -> Callable[[State], State]:
    def undone(state: State) -> State:
        from_now = {n: p for n, p in state.study.prose.items() if n != name}
        prose = from_now if text is None else {**from_now, name: Prose(name, path, text)}
        return replace(state, study=replace(state.study, prose=prose))

    return undone


def _in_works(old: Records, now: Records) -> Iterator[Edit]:
    for key in sorted({*old.works, *now.works}):
        if old.works.get(key) != now.works.get(key):
            what = "is new" if key not in old.works else "is gone"
            what = "changed" if key in old.works and key in now.works else what
            yield Edit("data/references.bib", f"{key} {what}", _work_undone(key, old.works))


def _work_undone(key: str, works: Mapping[str, str]) -> Callable[[State], State]:
    def undone(state: State) -> State:
        references = tuple(
            replace(work, source=works[key]) if work.key == key and key in works else work
            for work in state.study.references
            if work.key != key or key in works
        )
        return replace(state, study=replace(state.study, references=references))

    return undone


def _in_catalogues(old: Records, now: Records) -> Iterator[Edit]:
    for language in sorted({*old.messages, *now.messages}):
        was, own = (
            {(m[0], m[1]): (list(m[2]), m[3]) for m in records.messages.get(language, ())}
            for records in (old, now)
        )
        count = sum(was.get(key) != own.get(key) for key in {*was, *own})
        if count:
            messages = "1 message" if count == 1 else f"{count} messages"
            undone = _catalogue_undone(language, was)
            yield Edit(f"data/locale/{language}.po", f"{messages} changed", undone)


def _catalogue_undone(
    language: str, was: Mapping[tuple[str, str], tuple[list[str], bool]]
) -> Callable[[State], State | None]:
    def undone(state: State) -> State | None:
        catalogue = state.study.catalogues.get(language)
        if catalogue is None:
            return None
        translations = {
            key: Translation(tuple(texts), fuzzy, 0) for key, (texts, fuzzy) in was.items()
        }
        back: Catalogue = replace(catalogue, translations=translations)
        catalogues = {**state.study.catalogues, language: back}
        return replace(state, study=replace(state.study, catalogues=catalogues))

    return undone
