"""A study's folder, read into a Study; everything that cannot be read is told, all at once."""

from report.load.study import YAML_FILES, Loaded, load, schemas

__all__ = ["YAML_FILES", "Loaded", "load", "schemas"]
