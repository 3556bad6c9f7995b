"""Finished documents through the gate, and what is remembered of it."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from report import __version__, state
from report.check import Checked
from report.config import Settings
from report.gate import VERSION, gate
from report.manifest import MANIFEST, Manifest
from report.model.audience import Variant
from report.model.diagnostic import Diagnostic
from report.model.withheld import Withheld
from report.state import State, Waived


def inspect(
    settings: Settings, checked: Checked, manifest: Manifest, files: Mapping[str, bytes]
) -> tuple[list[Diagnostic], State]:
    """What stands in the documents of the `manifest` and may not: in `files`, which are new, and in
    those that lie in the output folder already; and the state to keep where nothing does.

    A document that was let through is read again when it, or what it may hold, is another.
    """
    before = state.read(settings.root)
    by_name = {variant.name: variant for variant in checked.variants}
    found: list[Diagnostic] = []
    verdicts: list[str] = []
    told: dict[str, list[str]] = {}
    for name, entry in manifest.artifacts.items():
        variant = by_name[f"{entry.audience}.{entry.language}"]
        mine = {n: files[n] for n in (name, *entry.files) if n in files}
        new = name in mine
        if not new:
            on_disk = {n: settings.output / n for n in (name, *entry.files)}
            mine = {n: file.read_bytes() for n, file in on_disk.items() if file.is_file()}
        leaks, verdict = _verdict(mine, checked.withheld[variant], before)
        hint = "it is from an earlier build: run report build without options, or delete the file"
        found += leaks if new else (replace(leak, hint=hint) for leak in leaks)
        verdicts.append(verdict)
        told[entry.sha256] = _told(checked, variant, before, entry.sha256, new=new)
    public = {name: files[name] for name in ("index.html", MANIFEST)}
    leaks, verdict = _verdict(public, checked.of_everyone, before)
    return [*found, *leaks], State(told, [*verdicts, verdict], waivers(checked, before))


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


def _verdict(
    files: Mapping[str, bytes], held: Withheld, before: State
) -> tuple[tuple[Diagnostic, ...], str]:
    """What the gate finds in the files, and what is remembered where it finds nothing."""
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
