"""Papers and reports from the structured data of one qualitative study."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("qualreport")
except PackageNotFoundError:  # the source tree, not installed
    __version__ = "0.1.0"
