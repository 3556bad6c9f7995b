"""What is installed, for `report doctor`."""

import platform
import sys
from importlib.metadata import PackageNotFoundError, version

from report import __version__
from report.config import Settings, templates
from report.errors import ReportError
from report.fonts import coverage
from report.renderers import RENDERERS


def findings(settings: Settings) -> tuple[list[str], bool]:
    """A line a finding, and whether everything that a build needs is there."""
    lines = [
        f"report      {__version__}",
        f"Python      {platform.python_version()} ({sys.executable})",
    ]
    well = True
    for name, renderer in RENDERERS.items():
        try:
            for program, number in renderer(settings).versions().items():
                lines.append(f"{program:<11} {number} (renderer {name})")
        except ReportError as error:
            well = False
            lines.append(f"{name}: {error.message}. {error.hint}")
        except PackageNotFoundError as error:
            well = False
            lines.append(f"{name}: {error.name} is missing. pip install {error.name}")
    packages = ("pandas", "pydantic", "Jinja2", "matplotlib", "babel")
    lines += [f"{package:<11} {version(package)}" for package in packages]
    lines.append(f"templates   {templates()}")
    fonts = coverage((templates() / "theme",))
    lines.append(f"fonts       {len(fonts)} characters can be printed in PDF")
    well = well and bool(fonts)
    lines.append("All that a build needs is here." if well else "Something is missing: see above.")
    return lines, well
