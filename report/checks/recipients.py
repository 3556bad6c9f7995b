"""Recipients that audiences make documents for, and languages that these have."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from report.checks.origin import place, wished
from report.model.audience import Audience
from report.model.diagnostic import Diagnostic, Location, Severity, excerpt
from report.model.records import Recipient
from report.model.study import Study

_WORD: Final = re.compile(r"\w+")
_NAME: Final = 6
"""Words of a name that are compared."""


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


def check_texts(study: Study, shown: Collection[str]) -> Iterator[Diagnostic]:
    """Texts that name somebody's contact, of those that documents for recipients have `shown`, by
    their names. Authors may mean it."""
    contacts: dict[str, list[tuple[str, Recipient]]] = {}
    for recipient in study.recipients:
        first, *others = recipient.contact.split()[:_NAME] or [""]
        if others:  # a single word stands for many a thing
            contacts.setdefault(first, []).append((" ".join((first, *others)), recipient))
    for name in sorted(shown) if contacts else ():
        prose = study.prose[name]
        for word in _WORD.finditer(prose.text):
            for words, recipient in contacts.get(word[0], ()):
                there = prose.text[word.start() :].split(maxsplit=_NAME)[:_NAME]
                if re.match(rf"{re.escape(words)}(?!\w)", " ".join(there)):
                    message = f"this names the contact of {excerpt(recipient.organisation)}, and "
                    message += "documents for all recipients show it"
                    hint = (
                        "write {{ recipient.contact }} if each is to find their own; leave it if "
                    )
                    hint += "all may read it"
                    at = place(prose, word.start())
                    yield Diagnostic("contact-named", message, at, hint, Severity.WARNING)
