"""What prose can count: participants, sessions, quotes, and those of them that share something."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from report.compose.problem import ProseError
from report.model.diagnostic import did_you_mean
from report.model.study import Study


@dataclass(frozen=True)
class Selection:
    """Records of one kind. It is counted by `| count`, narrowed by `where`, and looped over.

    `values(record)` gives what `where` can ask for: by name, the values that the record has;
    `asked` is told of each name that was. `limited`: there are more, or others, that the audience
    may not see.
    """

    kind: str
    records: Sequence[Any]
    every: Sequence[Any]
    values: Callable[[Any], Mapping[str, Sequence[str]]]
    asked: Callable[[str], None]
    limited: bool

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.records)

    def where(self, **wanted: str) -> "Selection":
        """Those whose `name` is `value`; a name or value that no record has is a ProseError."""
        kept = self
        for name, value in wanted.items():
            known = {v for record in self.every for v in self.values(record).get(name, ())}
            if value not in known:
                names = {n for record in self.every for n in self.values(record)}
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
            matching = [r for r in kept.records if value in self.values(r).get(name, ())]
            kept = replace(kept, records=matching)
        return kept


@dataclass(frozen=True)
class Sessions(Selection):
    """Sessions, which have sizes too."""

    sizes_by_id: Mapping[str, int]

    @property
    def sizes(self) -> tuple[int, ...]:
        """The number of participants of each."""
        return tuple(self.sizes_by_id.get(session.id, 0) for session in self.records)


def selections(
    study: Study, shown: Study, asked: Callable[[str], None], *, limited: bool
) -> dict[str, Selection]:
    """`participants`, `sessions`, `quotes`, `themes`, `sub_themes`, `stakeholders`: the records
    of the study as it is `shown` in a language, asked by the study's own words. `asked` is told of
    what participants and sessions are told apart by; `limited`: the study is not the whole of what
    was read."""
    sizes: dict[str, int] = {}
    for participant in study.participants:
        sizes[participant.session] = sizes.get(participant.session, 0) + 1
    themes = study.codebook.themes
    theme_of = {sub.id: theme.id for theme in themes for sub in theme.sub_themes}

    def of_participant(participant: Any) -> Mapping[str, Sequence[str]]:  # noqa: ANN401
        session = study.session_by_id[participant.session]
        attributes = study.participant_by_id[participant.id].attributes
        return {
            "session": (participant.session,),
            "stakeholder": (study.stakeholder_of(participant),),
            "kind": (session.kind,),
            "mode": (session.mode,),
            **{name: (value,) for name, value in attributes.items()},
        }

    def of_session(session: Any) -> Mapping[str, Sequence[str]]:  # noqa: ANN401
        names = ("kind", "stakeholder", "mode", "platform", "language")
        return {"session": (session.id,), **{name: (getattr(session, name),) for name in names}}

    def of_quote(quote: Any) -> Mapping[str, Sequence[str]]:  # noqa: ANN401
        participant = study.participant_by_id[quote.participant]
        subs = [sub.id for sub in study.sub_themes_of(quote)]
        return {
            "participant": (quote.participant,),
            "stakeholder": (study.stakeholder_of(participant),),
            "session": (participant.session,),
            "code": quote.codes,
            "sub_theme": subs,
            "theme": [theme_of[sub] for sub in subs],
            "language": (quote.language,),
        }

    def of_entry(entry: Any) -> Mapping[str, Sequence[str]]:  # noqa: ANN401
        theme = theme_of.get(entry.id)
        return {"id": (entry.id,), **({"theme": (theme,)} if theme else {})}

    def whole(kind: str, records: Sequence[Any], values: Callable[[Any], Any]) -> Selection:
        told = asked if kind == "participants" else lambda _: None
        return Selection(kind, records, records, values, told, limited)

    return {
        "participants": whole("participants", shown.participants, of_participant),
        "sessions": Sessions(
            "sessions", shown.sessions, shown.sessions, of_session, asked, limited, sizes
        ),
        "quotes": whole("quotes", shown.quotes, of_quote),
        "themes": whole("themes", shown.codebook.themes, of_entry),
        "sub_themes": whole("sub-themes", shown.sub_themes, of_entry),
        "stakeholders": whole("stakeholders", shown.file.stakeholders, of_entry),
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
