"""How the documents in the output folder are, told without making any."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from report import publish
from report.check import check
from report.config import Settings
from report.freshness import Freshness, freshness, ingredients, sources_in
from report.manifest import artifacts_in
from report.model.diagnostic import Diagnostic
from report.renderers import RENDERERS


@dataclass(frozen=True)
class Status:
    """How each document is, by its name; or the errors that stand before any."""

    diagnostics: tuple[Diagnostic, ...]
    documents: Mapping[str, Freshness]


def status(settings: Settings) -> Status:
    """The status of every document that the study wants, and of those that it wants no longer.

    Raises RenderError where the renderer is missing, PublishError where a killed build left the
    documents half-way and they cannot be brought in order.
    """
    with suppress(publish.BusyError):  # a build that runs was not killed
        publish.recover(settings.output)
    checked = check(settings, draft=True)
    if checked.failed:
        return Status(checked.diagnostics, {})
    renderer = RENDERERS[settings.renderer](settings)
    targets = [*checked.targets, *sources_in(settings.output, checked)]
    there = artifacts_in(settings.output)
    found: dict[str, Freshness] = {}
    for target in targets:
        now = ingredients(checked.documents[target.variant.name], target.format, renderer)
        entry = there.get(target.name)
        found[target.name] = freshness(entry, now, settings.output, target.name)
    return Status((), found | dict.fromkeys(there.keys() - found.keys(), Freshness.UNWANTED))
