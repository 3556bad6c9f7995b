"""The files of a study, together a Study."""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from report import languages
from report.errors import ReportError, UsageError
from report.load import pictures, recipients, tables
from report.load.brand import brand
from report.load.folder import Folder, there
from report.model.audience import AudiencesFile
from report.model.catalogue import Catalogue
from report.model.codebook import Codebook
from report.model.diagnostic import Diagnostic, Location, excerpt
from report.model.glossary import Glossary
from report.model.records import (
    Generalisation,
    Mask,
    Participant,
    Picture,
    Quote,
    QuoteTranslation,
    Recipient,
    Record,
    Session,
)
from report.model.reference import Reference
from report.model.study import Prose, Study
from report.model.study_file import SCHEMA, StudyFile
from report.sources import bibtex, encoding, po, yaml
from report.validate import validate

Model = TypeVar("Model", bound=BaseModel)

YAML_FILES: Final[Mapping[str, type[BaseModel]]] = {
    "study": StudyFile,
    "codebook": Codebook,
    "glossary": Glossary,
    "audiences": AudiencesFile,
}
"""The YAML files of a study, by name, and the type that each is read into."""


_PAUSES: Final = (0.1, 0.4, 1.0)
"""Seconds before a study is read again that was written to meanwhile."""


@dataclass(frozen=True)
class Loaded:
    """A study and its wishes for audiences, or neither where they could not be read."""

    study: Study | None
    audiences: AudiencesFile | None
    diagnostics: tuple[Diagnostic, ...]
    inputs: Mapping[str, str]
    locate_key: Callable[[str, yaml.Key], Location]
    """Where a value of a YAML file stands, as in Study."""


def load(root: Path) -> Loaded:
    """The study in the folder `root`, all of it as it was at one moment.

    Raises UsageError where the folder is no study's, ReportError where its files do not rest.
    """
    for pause in _PAUSES:
        folder = Folder(root)
        loaded = _loaded(folder)
        if not folder.changed():
            return loaded
        time.sleep(pause)
    message = f"{folder.changed()} is being written to while it is read"
    raise ReportError(message, "wait until other programs have saved it, then try again")


def _loaded(folder: Folder) -> Loaded:
    root, trees = folder.root, dict[str, yaml.Tree]()
    data = folder.data
    if not _is_file(data / "study.yml"):
        raise UsageError(
            f"there is no study in {root}: it has no file data/study.yml", _advice(data)
        )
    file = _yaml(folder, trees, "study", StudyFile)
    codebook = _yaml(folder, trees, "codebook", Codebook)
    glossary = _optional(folder, trees, "glossary", Glossary(terms=()))
    audiences = _optional(folder, trees, "audiences", AudiencesFile(audiences={}))
    attributes = tuple(a.id.casefold() for a in file.attributes) if file else None
    sessions = tables.table(folder, "sessions")
    participants = tables.table(folder, "participants", attributes)
    quotes = tables.table(folder, "quotes")
    translations = tables.table(folder, "quote_translations")
    generalisations = tables.table(folder, "generalisations")
    masks = tables.table(folder, "masks")
    picture_table = tables.table(folder, "pictures")
    shown, picture_files = pictures.read(folder, picture_table) if picture_table else ((), {})
    rows = tables.table(folder, "recipients", None)
    addressed, logo_files = recipients.read(folder, rows) if rows else ((), {})
    references = _references(folder)
    catalogues = _catalogues(folder)
    prose = _prose(folder)
    styles = _styles(folder, trees, file) if file else {}
    looks, tree = brand(folder)
    if tree:
        trees["_brand"] = tree

    def locate_key(name: str, key: yaml.Key) -> Location:
        return trees[name].locate(key) if name in trees else Location(f"data/{name}.yml")

    study = None
    whole = rows or not tables.is_there(folder, "recipients")
    if file and codebook and glossary and sessions and participants and quotes and whole:
        by_type = {
            Session: sessions,
            Participant: participants,
            Quote: quotes,
            QuoteTranslation: translations or quotes,
            Generalisation: generalisations or quotes,
            Mask: masks or quotes,
            Picture: picture_table or quotes,
            Recipient: rows or quotes,
        }

        def locate(record: Record, column: str) -> Location:
            table = by_type[type(record)]
            known = column if column in table.frame.columns else str(table.frame.columns[0])
            return table.locate(record.record, known)

        study = Study(
            file=file,
            codebook=codebook,
            glossary=glossary,
            sessions=tables.sessions(folder, sessions),
            participants=tables.participants(folder, participants, attributes or ()),
            quotes=tables.quotes(folder, quotes, file.language),
            quote_translations=(
                tables.quote_translations(folder, translations) if translations else ()
            ),
            generalisations=(
                tables.generalisations(folder, generalisations) if generalisations else ()
            ),
            masks=tables.masks(folder, masks) if masks else (),
            pictures=shown,
            recipients=addressed,
            references=references,
            prose=prose,
            styles=styles,
            picture_files=picture_files,
            logo_files=logo_files,
            catalogues=catalogues,
            brand=looks,
            locate=locate,
            locate_key=locate_key,
        )
    return Loaded(study, audiences, tuple(folder.problems), folder.inputs, locate_key)


def _advice(data: Path) -> str:
    for name in ("study.yaml", "Study.yml", "study.yml.txt"):
        if _is_file(data / name):
            return f"data/{name} is there: rename it study.yml"
    return "go to the study's folder, name it with --study, or start one with: report init DIR"


def _is_file(file: Path) -> bool:
    return os.path.isfile(file)  # noqa: PTH113  # Path's raises for a locked folder or a long name


def _yaml(
    folder: Folder, trees: dict[str, yaml.Tree], name: str, model: type[Model]
) -> Model | None:
    file = folder.data / f"{name}.yml"
    if not there(file):
        message = "this file is missing: every study has one"
        folder.missing(file, message, "report init shows one in a new folder")
        return None
    content = folder.read(file)
    if content is None:
        return None
    tree, problems = yaml.parse(content, folder.path(file))
    folder.problems += problems
    if tree is None:
        return None
    trees[name] = tree
    if model is StudyFile and (newer := _newer_schema(tree)):
        folder.problems.append(newer)
        return None
    told = {problem.location for problem in problems}
    instance, problems = validate(tree, model)
    folder.problems += [problem for problem in problems if problem.location not in told]
    return instance


def _optional(
    folder: Folder, trees: dict[str, yaml.Tree], name: str, absent: Model
) -> Model | None:
    return (
        _yaml(folder, trees, name, type(absent)) if there(folder.data / f"{name}.yml") else absent
    )


def _newer_schema(tree: yaml.Tree) -> Diagnostic | None:
    """A study of a later form would give a page of errors that are none: say the one thing."""
    schema = tree.data.get("schema") if isinstance(tree.data, dict) else None
    if not isinstance(schema, int) or schema <= SCHEMA:
        return None
    return Diagnostic(
        "newer-schema",
        f"this study is written for schema {schema}; this version of report reads {SCHEMA}",
        tree.locate(("schema",)),
        "install a newer qualreport: pip install --upgrade qualreport",
    )


def _references(folder: Folder) -> tuple[Reference, ...]:
    file = folder.data / "references.bib"
    content = folder.read(file) if there(file) else None
    if content is None:
        return ()
    references, problems = bibtex.parse(content, folder.path(file))
    folder.problems += problems
    return references


def _prose(folder: Folder) -> dict[str, Prose]:
    prose: dict[str, Prose] = {}
    top = folder.data / "text"
    for file in sorted(top.rglob("*.md"), key=lambda file: file.relative_to(top).as_posix()):
        content = folder.read(file)
        if content is None:
            continue
        path = folder.path(file)
        text, problems = encoding.text(content, path)
        folder.problems += problems
        name = file.relative_to(top).with_suffix("").as_posix()
        if text is not None:
            prose[name] = Prose(name, path, text)
    return prose


def _catalogues(folder: Folder) -> dict[str, Catalogue]:
    """The study's translations, by the language that the name of their file tells."""
    catalogues: dict[str, Catalogue] = {}
    for file in sorted((folder.data / "locale").glob("*.po")):
        content, path = folder.read(file), folder.path(file)
        if content is None:
            continue
        if not languages.is_language(file.stem):
            folder.problems.append(languages.unknown(file.stem, Location(path)))
            continue
        catalogue, problems = po.parse(content, path, file.stem)
        folder.problems += problems
        if catalogue is not None:
            catalogues[file.stem] = catalogue
    return catalogues


def _styles(folder: Folder, trees: Mapping[str, yaml.Tree], file: StudyFile) -> dict[str, bytes]:
    if file.citation_style is None:
        return {}
    style = folder.data / file.citation_style
    inside = Path(os.path.realpath(style)).is_relative_to(os.path.realpath(folder.data))
    if not inside or style.suffix != ".csl" or not _is_file(style):
        folder.problems.append(
            Diagnostic(
                "missing-style",
                f"the citation style {excerpt(file.citation_style)} is not in data/",
                trees["study"].locate(("citation_style",)),
                "save the style's .csl file there; Zotero's style repository has them all",
            )
        )
        return {}
    content = folder.read(style)
    return {} if content is None else {file.citation_style: content}


def schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schema of each YAML file of a study, by file name."""
    return {
        f"{name}.schema.json": {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **model.model_json_schema(by_alias=True),
        }
        for name, model in YAML_FILES.items()
    }
