"""How the documents in the output folder are, told without making any."""

from collections.abc import Mapping
from dataclasses import dataclass

from report.check import check
from report.config import Settings
from report.freshness import Freshness, freshness, ingredients
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

    Raises RenderError where the renderer is missing.
    """
    checked = check(settings, draft=True)
    if checked.failed:
        return Status(checked.diagnostics, {})
    renderer = RENDERERS[settings.renderer](settings)
    there = artifacts_in(settings.output)
    found: dict[str, Freshness] = {}
    for target in checked.targets:
        now = ingredients(checked.documents[target.variant.name], target.format, renderer)
        entry = there.get(target.name)
        found[target.name] = freshness(entry, now, settings.output, target.name)
    return Status((), found | dict.fromkeys(there.keys() - found.keys(), Freshness.UNWANTED))
