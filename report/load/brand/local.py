"""Files that a _brand.yml names: none is fetched, and none lies outside the study."""

import os
from collections.abc import Sequence
from pathlib import Path

from report.load.folder import Folder
from report.model.diagnostic import Diagnostic, Location, excerpt


def local(
    folder: Folder, name: str, at: Location, what: str, kinds: Sequence[str]
) -> tuple[bytes | None, list[Diagnostic]]:
    """What the file `name` of the study holds: a `what`, of one of these `kinds` by its ending;
    nothing where it cannot be had, and why."""
    file = folder.root / name
    if "://" in name:
        message = f"the {what} {excerpt(name)} lies on the web, and nothing is fetched from there"
        hint = "save the file in the study's folder, and name it from there"
        return None, [Diagnostic("file-on-the-web", message, at, hint)]
    inside = Path(os.path.realpath(file)).is_relative_to(os.path.realpath(folder.root))
    if Path(name).is_absolute() or ".." in Path(name).parts or not inside:
        message = f"the {what} {excerpt(name)} lies outside the study, and could not go with it"
        hint = "copy it into the study's folder, and name it from there"
        return None, [Diagnostic("file-outside", message, at, hint)]
    if file.suffix.lower() not in kinds:
        message = f"the {what} {excerpt(name)} is of a kind that documents cannot show"
        hint = f"hand in a file that ends in {' or '.join(kinds)}"
        return None, [Diagnostic("unknown-kind", message, at, hint)]
    if not os.path.isfile(file):  # noqa: PTH113  # Path's raises for a locked folder or a long name
        message = f"there is no {what} {excerpt(name)}"
        hint = f"mend its name: it is looked for from the folder that {at.path} is in"
        return None, [Diagnostic("missing-file", message, at, hint)]
    return folder.read(file), []
