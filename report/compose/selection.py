"""What prose can count: participants, sessions, quotes, and those of them that share something."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from report.compose.problem import ProseError
from report.model.diagnostic import did_you_mean
from report.model.records import Participant, Quote, Session
from report.model.study import Study


@dataclass(frozen=True)
class Values:
    """What the records of one kind can be asked for: by name, what gives the values that one of
    them has."""

    records: Sequence[Any]
    of: Mapping[str, Callable[[Any], Sequence[str]]]
    _known: dict[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)

    @property
    def names(self) -> Collection[str]:
        """The names that there are."""
        return self.of.keys() if self.records else set()

    def holders(self, name: str) -> Mapping[str, Mapping[str, Any]]:
        """The records that have a value under that name, by their ids, by value."""
        if name not in self._known:
            found: dict[str, dict[str, Any]] = {}
            give = self.of.get(name)
            for record in self.records if give else ():
                for value in give(record) if give else ():
                    found.setdefault(value, {})[record.id] = record
            self._known[name] = found
        return self._known[name]


@dataclass(frozen=True)
class Selection:
    """Records of one kind. It is counted by `| count`, narrowed by `where`, and looped over.

    `_values` is what `where` can ask for; `asked` is told of each name that was. `limited`: there
    are more, or others, that the audience may not see. `taken` is called with each record that is
    looped over, and what it gives is what the loop gets.
    """

    kind: str
    _records: Sequence[Any]
    _values: Values
    asked: Callable[[str], None]
    limited: bool
    taken: Callable[[Any], Any] = field(default=lambda record: record)

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[Any]:
        return map(self.taken, self._records)

    def where(self, **wanted: str) -> "Selection":
        """Those whose `name` is `value`; a name or value that no record has is a ProseError."""
        kept = self
        for name, value in wanted.items():
            known = self._values.holders(name)
            if value not in known:
                names = self._values.names
                if name not in names:
                    message = f"{self.kind} have no “{name}”"
                    raise ProseError("unknown-name", message, did_you_mean(name, names), name)
                message = f"no {self.kind} have the {name} “{value}”"
                hint = did_you_mean(value, known)
                if self.limited:
                    hint = (
                        f"{hint}; this audience does not see all: some withdrew, did not consent, "
                    )
                    hint = f"{hint}or are shown more generally".removeprefix("; ")
                raise ProseError("unknown-value", message, hint, value)
            self.asked(name)
            holders = known[value]
            if kept._records is self._values.records:
                matching = list(holders.values())
            else:
                matching = [r for r in kept._records if r.id in holders]
            kept = replace(kept, _records=matching)
        return kept


@dataclass(frozen=True)
class Sessions(Selection):
    """Sessions, which have sizes too."""

    sizes_by_id: Mapping[str, int] = field(default_factory=dict)

    @property
    def sizes(self) -> tuple[int, ...]:
        """The number of participants of each."""
        return tuple(self.sizes_by_id.get(session.id, 0) for session in self._records)


def selections(
    study: Study,
    shown: Study,
    asked: Callable[[str], None],
    person: Callable[[Participant], Participant],
    words: Callable[[Quote], Quote],
    *,
    limited: bool,
) -> dict[str, Selection]:
    """`participants`, `sessions`, `quotes`, `themes`, `sub_themes`, `stakeholders`: the records
    of the study as it is `shown` in a language, asked by the study's own words. `asked` is told of
    what participants and sessions are told apart by; `person` and `words` give what stands for a
    participant and for a quote that are looped over; `limited`: the study is not the whole of what
    was read."""
    sizes: dict[str, int] = {}
    for participant in study.participants:
        sizes[participant.session] = sizes.get(participant.session, 0) + 1
    themes = study.codebook.themes
    theme_of = {sub.id: theme.id for theme in themes for sub in theme.sub_themes}

    def speaker(quote: Quote) -> Participant:
        return study.participant_by_id[quote.participant]

    def attribute(name: str) -> Callable[[Participant], Sequence[str]]:
        def of_participant(participant: Participant) -> Sequence[str]:
            own = study.participant_by_id[participant.id].attributes
            return (own[name],) if name in own else ()

        return of_participant

    attributes = dict.fromkeys(name for p in study.participants for name in p.attributes)
    of_participants: dict[str, Callable[[Participant], Sequence[str]]] = {
        "session": lambda p: (p.session,),
        "stakeholder": lambda p: (study.stakeholder_of(p),),
        "kind": lambda p: (study.session_by_id[p.session].kind,),
        "mode": lambda p: (study.session_by_id[p.session].mode,),
        **{name: attribute(name) for name in attributes},
    }
    of_sessions: dict[str, Callable[[Session], Sequence[str]]] = {
        "session": lambda s: (s.id,),
        "kind": lambda s: (s.kind,),
        "stakeholder": lambda s: (s.stakeholder,),
        "mode": lambda s: (s.mode,),
        "platform": lambda s: (s.platform,),
        "language": lambda s: (s.language,),
    }
    speaks_as = {p.id: (study.stakeholder_of(p),) for p in study.participants}
    of_quotes: dict[str, Callable[[Quote], Sequence[str]]] = {
        "participant": lambda q: (q.participant,),
        "stakeholder": lambda q: speaks_as[q.participant],
        "session": lambda q: (speaker(q).session,),
        "code": lambda q: q.codes,
        "sub_theme": lambda q: [sub.id for sub in study.sub_themes_of(q.codes)],
        "theme": lambda q: [theme_of[sub.id] for sub in study.sub_themes_of(q.codes)],
        "language": lambda q: (q.language,),
    }

    def of_entries(entries: Sequence[Any]) -> Mapping[str, Callable[[Any], Sequence[str]]]:
        themes = {e.id: (theme_of[e.id],) for e in entries if e.id in theme_of}
        given: dict[str, Callable[[Any], Sequence[str]]] = {"id": lambda entry: (entry.id,)}
        return given | ({"theme": lambda entry: themes.get(entry.id, ())} if themes else {})

    def silent(_name: str) -> None:
        """What these are told apart by tells of nobody."""

    def entries(kind: str, records: Sequence[Any]) -> Selection:
        return Selection(kind, records, Values(records, of_entries(records)), silent, limited)

    people, sessions, quotes = shown.participants, shown.sessions, shown.quotes
    return {
        "participants": Selection(
            "participants", people, Values(people, of_participants), asked, limited, person
        ),
        "sessions": Sessions(
            "sessions", sessions, Values(sessions, of_sessions), asked, limited, sizes_by_id=sizes
        ),
        "quotes": Selection("quotes", quotes, Values(quotes, of_quotes), silent, limited, words),
        "themes": entries("themes", shown.codebook.themes),
        "sub_themes": entries("sub-themes", shown.sub_themes),
        "stakeholders": entries("stakeholders", shown.file.stakeholders),
    }


def counts(study: Study) -> dict[str, int]:
    """How many there are, by name: what prose can count, and the participants of each stakeholder
    by its label."""
    people = Counter(study.stakeholder_of(participant) for participant in study.participants)
    return {
        "participants": len(study.participants),
        "sessions": len(study.sessions),
        "quotes": len(study.quotes),
        "themes": len(study.codebook.themes),
        "sub-themes": len(study.sub_themes),
        **{each.label: people[each.id] for each in study.file.stakeholders},
    }
