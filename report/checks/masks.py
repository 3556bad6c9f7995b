"""Tables of masks and generalisations that say one thing for each thing."""

from collections.abc import Iterator, Mapping
from typing import Final

from report.clearance.masking import found, worn
from report.model.audience import Audience
from report.model.diagnostic import Diagnostic, Severity, did_you_mean, excerpt
from report.model.study import Study

_ATTRIBUTES: Final = "attributes are columns of participants.csv, under “attributes:” in study.yml"


def check(study: Study) -> Iterator[Diagnostic]:
    """Masks without a kind, or whose words no quote has; generalisations of what nobody is."""
    said = [q.text for q in study.quotes] + [t.text for t in study.quote_translations]
    found_in = worn(tuple(said), study.masks)
    used = {mask for spans in found_in.values() for _, _, mask in spans}
    for mask in study.masks:
        at = study.locate(mask, "words")
        if not mask.kind:
            message = f"the kind of “{excerpt(mask.words)}” is not filled in"
            hint = "write what it is, in a word: place, date, institution"
            yield Diagnostic("missing-kind", message, study.locate(mask, "kind"), hint)
        # One that stands only where a longer one does is worn all the same.
        if mask not in used and not worn(tuple(said), (mask,)):
            message = f"no quote holds “{excerpt(mask.words)}”"
            hint = "write the words as they stand in the quotes, or delete the row"
            yield Diagnostic("needless-mask", message, at, hint)
        if found(mask.replacement, study.masks):
            message = f"what stands in the place of “{excerpt(mask.words)}” holds words that are "
            message += "masked themselves"
            at = study.locate(mask, "replacement")
            yield Diagnostic("masked-mask", message, at, "put it more generally")
    columns = {name for p in study.participants for name in p.attributes}
    values = {(n, v) for p in study.participants for n, v in p.attributes.items()}
    for row in study.generalisations:
        name = row.attribute.casefold()
        if name not in columns:
            message = f"the participants have no “{excerpt(row.attribute)}”"
            if not row.attribute:
                message = f"the attribute whose value is “{excerpt(row.value)}” is not filled in"
            at, hint = study.locate(row, "attribute"), did_you_mean(row.attribute, columns)
            yield Diagnostic("unknown-attribute", message, at, hint or _ATTRIBUTES)
        elif (name, row.value) not in values:
            message = f"no participant has the {name} “{excerpt(row.value)}”"
            near = did_you_mean(row.value, [value for column, value in values if column == name])
            near = near or "write it as it stands in the table of participants, or delete the row"
            at = study.locate(row, "value")
            yield Diagnostic("unknown-value", message, at, near, Severity.WARNING)
        if not row.general:
            message = f"nothing stands in the place of “{excerpt(row.value)}”"
            at, hint = study.locate(row, "general"), "fill in what it is more generally"
            yield Diagnostic("missing-value", message, at, hint)


def check_audiences(study: Study, audiences: Mapping[str, Audience]) -> Iterator[Diagnostic]:
    """Audiences that name kinds of masks, attributes, or a role, that there are not; identifying
    columns likewise."""
    rows = study.generalisations
    kinds = {mask.kind for mask in study.masks}
    columns = {a.id.casefold() for a in study.file.attributes}
    at = study.locate_key
    for name, audience in audiences.items():
        key = ("audiences", name)
        for number, kind in enumerate(audience.masked or ()):
            if kind not in kinds:
                message = f"masks.csv has no words of the kind “{kind}”"
                place = at("audiences", (*key, "masked", number))
                hint = did_you_mean(kind, kinds) or "add them to masks.csv, or take the kind out"
                yield Diagnostic("unknown-mask", message, place, hint)
        for number, attribute in enumerate(audience.generalise):
            if attribute.casefold() not in columns:
                message = f"study.yml names no attribute “{attribute}”"
                place = at("audiences", (*key, "generalise", number))
                hint = did_you_mean(attribute, columns) or _ATTRIBUTES
                yield Diagnostic("unknown-attribute", message, place, hint)
            elif not any(g.attribute.casefold() == attribute.casefold() for g in rows):
                message = f"{name} asks for “{attribute}” more generally, and generalisations.csv "
                message += "has no row for it"
                place = at("audiences", (*key, "generalise", number))
                hint = "add a row for each value that is to be shown more generally"
                yield Diagnostic("needless-generalise", message, place, hint, Severity.WARNING)
        if audience.attribution == "role" and not any(a.role for a in study.file.attributes):
            message = f"{name} names speakers by role, and no attribute tells a role"
            hint = "add role: true to the attribute in study.yml that does"
            yield Diagnostic("missing-role", message, at("audiences", (*key, "attribution")), hint)
    for number, column in enumerate(study.file.identifying or ()):
        known = columns | {"stakeholder", "session", "mode", "platform", "date"}
        if column.casefold() not in known:
            message = f"there is no column “{column}” that could identify"
            place = at("study", ("identifying", number))
            hint = did_you_mean(column, known) or _ATTRIBUTES
            yield Diagnostic("unknown-attribute", message, place, hint)
