"""A catalogue brought up to date: nothing lost, nothing moved to where it was not made for."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

import polib
from babel.messages.plurals import get_plural

from report.translate.align import renamed, reworded
from report.translate.messages import Wanted

READERS: Final = "Readers: "
"""What stands before the audiences of a message, in its comment."""
_WIDTH: Final = 78
_VALUES: Final = ("participants §", "sessions §")
"""What the contexts of values of a table begin with."""
_FORMS: Final = re.compile(r"nplurals\s*=\s*(\d+)")


def new(language: str, project: str, date: str) -> polib.POFile:
    """An empty catalogue; `date` is the day of its header."""
    file = polib.POFile(wrapwidth=_WIDTH)
    file.metadata = {
        "Project-Id-Version": project,
        "PO-Revision-Date": f"{date} 00:00+0000",
        "Last-Translator": "",
        "Language-Team": "",
        "Language": language.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": f"{get_plural(language.replace('-', '_')).plural_forms}",
    }
    return file


def merge(before: polib.POFile, wanted: Sequence[Wanted]) -> polib.POFile:
    """The catalogue with the messages that are wanted, in their order.

    A message that is there already keeps its translation. One that was reworded gets the
    translation of its earlier form, marked fuzzy, with that form kept. What is wanted no more
    stays at the end as obsolete, and comes back from there when it is wanted again.
    """
    old = [entry for entry in before if not entry.obsolete]
    after = polib.POFile(wrapwidth=_WIDTH)
    after.header, after.metadata = before.header, before.metadata
    after.metadata_is_fuzzy = before.metadata_is_fuzzy
    sources, fuzzy = _pairs(old, wanted)
    kept = {id(entry) for entry in sources.values()}
    stored = {_key(entry): entry for entry in before if entry.obsolete}
    found = _FORMS.search(before.metadata.get("Plural-Forms", ""))
    forms = int(found[1]) if found else 2
    for number, want in enumerate(wanted):
        source = sources.get(number)
        if (source is None or number in fuzzy) and want.message.key in stored:
            kept.discard(id(source))
            source = stored[want.message.key]
            kept.add(id(source))
            fuzzy.discard(number)
        after.append(_entry(want, source, forms, reworded=number in fuzzy))
    for entry in before:
        if id(entry) not in kept and _holds_work(entry):
            after.append(_obsolete(entry))
    return after


def _pairs(
    old: Sequence[polib.POEntry], wanted: Sequence[Wanted]
) -> tuple[dict[int, polib.POEntry], set[int]]:
    """By the number of a wanted message the old entry that it goes on from; and those of them that
    were reworded."""
    olds: dict[str, list[polib.POEntry]] = {}
    for entry in old:
        place = entry.occurrences[0][0] if entry.occurrences else ""
        olds.setdefault(entry.msgctxt or place, []).append(entry)
    news: dict[str, list[int]] = {}
    for number, want in enumerate(wanted):
        news.setdefault(want.message.context or want.place, []).append(number)
    texts = {name: [entry.msgid for entry in entries] for name, entries in olds.items()}
    new_texts = {
        name: [wanted[number].message.text for number in numbers] for name, numbers in news.items()
    }
    # A template's string means the same wherever it stands.
    strings = {entry.msgid: entry for entry in old if not entry.msgctxt}
    sources: dict[int, polib.POEntry] = {}
    fuzzy: set[int] = set()
    for name, once in renamed(texts, new_texts).items():
        by_text = {entry.msgid: entry for entry in olds[once]}
        for number in news[name]:
            if same := by_text.get(wanted[number].message.text):
                sources[number] = same
        if name.startswith(_VALUES):
            continue  # a cell with another value is another value
        for i, j in reworded(texts[once], new_texts[name]):
            sources[news[name][j]] = olds[once][i]
            fuzzy.add(news[name][j])
    for number, want in enumerate(wanted):
        if not want.message.context and (same := strings.get(want.message.text)):
            sources[number] = same
            fuzzy.discard(number)
    return sources, fuzzy


def _entry(
    want: Wanted, source: polib.POEntry | None, forms: int, *, reworded: bool
) -> polib.POEntry:
    message = want.message
    entry = polib.POEntry(
        msgctxt=message.context or None,
        msgid=message.text,
        msgid_plural=message.plural,
        comment="\n".join(_comments(want)),
        occurrences=[(want.place, "")] if want.place else [],
        flags=["python-format"] if "%(" in message.text and not message.context else [],
    )
    if message.plural:
        entry.msgstr_plural = dict.fromkeys(range(forms), "")
    if source is None:
        return entry
    entry.tcomment = source.tcomment
    entry.flags += [f for f in source.flags if f not in {"fuzzy", *entry.flags}]
    if message.plural and not source.msgid_plural:
        entry.msgstr_plural[0] = source.msgstr
    elif message.plural:
        entry.msgstr_plural |= source.msgstr_plural
    else:
        forms_before = [text for _, text in sorted(source.msgstr_plural.items())]
        entry.msgstr = forms_before[0] if source.msgid_plural else source.msgstr
    if not any((entry.msgstr, *entry.msgstr_plural.values())):
        return entry
    made_from, counted = source.msgid, source.msgid_plural
    if source.fuzzy and source.previous_msgid:
        made_from, counted = source.previous_msgid, source.previous_msgid_plural or counted
    changed = message.text != made_from or message.plural != (counted or "")
    if changed and (reworded or source.fuzzy or message.plural != (counted or "")):
        entry.flags.append("fuzzy")
        entry.previous_msgid = made_from
        entry.previous_msgid_plural = counted or None
    elif source.fuzzy and not source.previous_msgid:
        entry.flags.append("fuzzy")
    return entry


def _comments(want: Wanted) -> Iterable[str]:
    if want.audiences:
        yield f"{READERS}{', '.join(want.audiences)}"
    if want.kind and want.kind != "template":
        yield f"What it is: {want.kind.replace('_', ' ')}"
    for term, said in want.terms:
        yield f"Glossary: {term} = {said}" if said else f"Glossary: {term}"


def _holds_work(entry: polib.POEntry) -> bool:
    """Whether a person has put something into it."""
    return bool(entry.msgstr or any(entry.msgstr_plural.values()) or entry.tcomment)


def _obsolete(entry: polib.POEntry) -> polib.POEntry:
    """Out of use, but with all that was made: a fuzzy translation beside the words that it is a
    translation of."""
    if entry.fuzzy and entry.previous_msgid:
        entry.msgid, entry.previous_msgid = entry.previous_msgid, None
        entry.msgid_plural = entry.previous_msgid_plural or entry.msgid_plural
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    entry.obsolete = True
    entry.occurrences, entry.comment = [], ""
    return entry


def _key(entry: polib.POEntry) -> tuple[str, str]:
    return entry.msgctxt or "", entry.msgid
