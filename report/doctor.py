"""What is installed, for `report doctor`."""

import platform
import sys
from importlib.metadata import PackageNotFoundError, version

from report import __version__
from report.config import Settings, templates
from report.errors import ReportError
from report.fonts import coverage
from report.renderers import RENDERERS

_GAINED = (
    "            With it: report build --renderer quarto, quarto render and quarto preview in a",
    "            study's folder, and your institution's Quarto theme. Not needed for the rest.",
)


def findings(settings: Settings) -> tuple[list[str], bool]:
    """A line a finding, and whether everything that a build needs is there."""
    lines = [
        f"report      {__version__}",
        f"Python      {platform.python_version()} ({sys.executable})",
    ]
    well = True
    for name in RENDERERS:
        found, there = _renderer(name, settings)
        lines += found
        well = well and (there or name != settings.renderer)
    packages = ("pandas", "pydantic", "Jinja2", "matplotlib", "babel")
    lines += [f"{package:<11} {version(package)}" for package in packages]
    lines.append(f"templates   {templates()}")
    fonts = coverage((templates() / "theme",))
    lines.append(f"fonts       {len(fonts)} characters can be printed in PDF")
    well = well and bool(fonts)
    needed = f"All that a build by {settings.renderer} needs is here."
    lines.append(needed if well else "Something is missing: see above.")
    return lines, well


def _renderer(name: str, settings: Settings) -> tuple[list[str], bool]:
    """The programs of a renderer, or what is missing, and what Quarto is good for."""
    lines, there = [], True
    try:
        for program, number in RENDERERS[name](settings).versions().items():
            where = f"{settings.quarto}, " if program == "quarto" else ""
            lines.append(f"{program:<11} {number} ({where}renderer {name})")
    except ReportError as error:
        there = False
        lines.append(f"{name:<11} {error.message}: {error.hint}")
    except PackageNotFoundError as error:
        there = False
        lines.append(f"{name:<11} {error.name} is missing: pip install {error.name}")
    return [*lines, *(_GAINED if name == "quarto" else ())], there
