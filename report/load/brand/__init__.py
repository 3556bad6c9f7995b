"""An organisation's _brand.yml, the format that Quarto reads, with its logo and typefaces."""

from report.load.brand import colours, file, logo, typefaces
from report.load.folder import Folder, there
from report.model.brand import Brand
from report.model.diagnostic import Severity
from report.sources import yaml

NAMES = ("_brand.yml", "_brand.yaml")
"""The file's name, in the study's folder."""


def brand(folder: Folder) -> tuple[Brand | None, yaml.Tree | None]:
    """What the study's _brand.yml says, and where; nothing where there is none, or an error in it,
    which `folder` then keeps."""
    path = next((folder.root / name for name in NAMES if there(folder.root / name)), None)
    content = folder.read(path) if path else None
    if path is None or content is None:
        return None, None
    tree, problems = yaml.parse(content, folder.path(path))
    if tree is None:
        folder.problems += problems
        return None, None
    said, found = None, None
    if not problems:
        said, problems = file.read(tree)
    if said:
        light, dark, faint = colours.colours(tree, said)
        picture, missing = logo.logo(folder, tree, said)
        text, headings, lacking = typefaces.typefaces(folder, tree, said)
        problems += [*faint, *missing, *lacking]
        found = Brand(said.name, light, dark, picture, text, headings)
    folder.problems += problems
    return None if any(p.severity is Severity.ERROR for p in problems) else found, tree
