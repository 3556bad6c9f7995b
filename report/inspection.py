"""Finished documents through the gate, and what is remembered of it."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from report import __version__
from report.check import Checked, Target
from report.config import Settings
from report.errors import ReportError
from report.gate import VERSION, gate
from report.manifest import Manifest, files_of
from report.model.audience import Variant
from report.model.diagnostic import Diagnostic
from report.model.document import Artifact
from report.model.withheld import Withheld
from report.state import State, Waived

_EARLIER: Final = (
    "it is from an earlier build: run report build without options, or delete the file"
)

Verdict: TypeAlias = tuple[tuple[Diagnostic, ...], str]
"""What the gate finds in a document, and what is remembered of it where it finds nothing."""


def verdict_on(target: Target, artifact: Artifact, checked: Checked, before: State) -> Verdict:
    """The verdict on a new document."""
    files = {target.name: artifact.content, **artifact.files}
    return _verdict(files, checked.withheld[target.variant], before)


def inspect(
    settings: Settings,
    checked: Checked,
    manifest: Manifest,
    lists: Mapping[str, bytes],
    before: State,
    verdicts: Mapping[str, Verdict],
    fresh: Collection[str],
) -> tuple[list[Diagnostic], State]:
    """What stands in the documents of the `manifest` and may not, and in the `lists` of them;
    and the state to keep where nothing does. Of the new documents there are `verdicts`, by name;
    the others lie in the output folder already, some as `fresh` as if they had been made now.

    A document that was let through is read again when it, or what it may hold, is another. Raises
    ReportError where one cannot be read.
    """
    by_name = {variant.name: variant for variant in checked.variants}
    found: list[Diagnostic] = []
    passed: list[str] = []
    told: dict[str, list[str]] = {}
    for name, entry in manifest.artifacts.items():
        variant = by_name[entry.document]
        if name in verdicts:
            leaks, verdict = verdicts[name]
            found += leaks
        else:
            mine = files_of(settings.output, name, entry)
            if name in fresh and len(mine) <= len(entry.files):
                message = f"{settings.output / name} was removed while this build ran"
                raise ReportError(message, "build again: it is made anew then")
            leaks, verdict = _verdict(mine, checked.withheld[variant], before)
            earlier = (replace(leak, hint=_EARLIER) for leak in leaks)
            found += leaks if name in fresh else earlier
        passed.append(verdict)
        new = name in verdicts or name in fresh
        told[entry.sha256] = _told(checked, variant, before, entry.sha256, new=new)
    leaks, verdict = _verdict(lists, checked.of_everyone, before)
    return [*found, *leaks], State(told, sorted({*passed, verdict}), waivers(checked, before))


def waivers(checked: Checked, before: State) -> tuple[Waived, ...]:
    """The waivers by which small cells are shown, and those that are remembered of audiences whose
    documents are not made this time."""
    made = {variant.audience_name for variant in checked.composed}
    left = tuple(waived for waived in before.waivers if waived.audience not in made)
    used = {d.location for d in checked.diagnostics if d.code == "waived-cell"}
    return left + tuple(
        Waived(name, waiver.cell, waiver.reason, waiver.who, waiver.date)
        for name, audience in checked.audiences.items()
        for number, waiver in enumerate(audience.waivers)
        if checked.study
        and checked.study.locate_key("audiences", ("audiences", name, "waivers", number)) in used
    )


def _verdict(files: Mapping[str, bytes], held: Withheld, before: State) -> Verdict:
    content = hashlib.sha256(held.hash.encode())
    for name in sorted(files):
        content.update(name.encode() + hashlib.sha256(files[name]).digest())
    verdict = f"{__version__}:{VERSION}:{content.hexdigest()}"
    return (() if verdict in before.verdicts else gate(files, held)), verdict


def _told(
    checked: Checked, variant: Variant, before: State, sha256: str, *, new: bool
) -> list[str]:
    """The participants whom the document tells of. Of an old one that nobody remembers, all."""
    if new:
        return sorted(checked.composed[variant].told.participants)
    everyone = [p.id for p in checked.study.participants] if checked.study else []
    return sorted(before.told.get(sha256, everyone))
