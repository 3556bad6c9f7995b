"""Recipients that audiences make documents for, and languages that these have."""

from collections.abc import Iterator, Mapping

from report.checks.origin import wished
from report.model.audience import Audience
from report.model.diagnostic import Diagnostic, Location, Severity, excerpt
from report.model.study import Study


def check_audiences(study: Study, audiences: Mapping[str, Audience]) -> Iterator[Diagnostic]:
    """Audiences that want a document for each recipient, where there are none; languages of a
    recipient that such an audience has not; and recipients whom no audience has a document for."""
    each = {name: audience for name, audience in audiences.items() if audience.each}
    for name, audience in each.items():
        if not study.recipients:
            message = f"{name} has a document for each recipient, and there are none"
            hint = "add data/recipients.csv with the columns recipient, organisation, contact, and "
            hint += "a row for each"
            own = wished(study, name, "each")
            at = own or Location(f"templates/{name}/audience.yml")
            yield Diagnostic("no-recipients", message, at, hint)
        known = audience.languages or (study.file.language,)
        for recipient in study.recipients:
            for code in recipient.languages:
                if code not in known:
                    message = f"{name} does not come in “{excerpt(code)}”, only in "
                    message += ", ".join(known)
                    hint = f"name it under “languages:” for {name} in data/audiences.yml, or write "
                    hint += "one that it has; an empty cell means all of them"
                    at = study.locate(recipient, "language")
                    yield Diagnostic("recipient-language", message, at, hint)
    if study.recipients and not each:
        message = "no audience has a document for each of these recipients"
        hint = (
            "write “each: recipients” under an audience in data/audiences.yml, or delete this file"
        )
        at = Location(study.locate(study.recipients[0], "recipient").path)
        yield Diagnostic("unused-recipients", message, at, hint, Severity.WARNING)
