"""A study's folder, read into a Study; everything that cannot be read is told, all at once."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from report.errors import UsageError
from report.model.audience import AudiencesFile
from report.model.diagnostic import Diagnostic, Location, did_you_mean
from report.model.order import natural
from report.model.records import Participant, Quote, Session
from report.model.reference import Reference
from report.model.study import SCHEMA, Codebook, Glossary, Prose, Study, StudyFile
from report.model.table import Table
from report.sources import bibtex, csv, excel, yaml
from report.sources.encoding import decode
from report.validate import validate

Model = TypeVar("Model", bound=BaseModel)
Record = TypeVar("Record", Session, Participant, Quote)

_READERS: Final = {".csv": csv.read, ".xlsx": excel.read}
"""The formats of tables: an ending and the module that reads it."""

YAML_FILES: Final[Mapping[str, type[BaseModel]]] = {
    "study": StudyFile,
    "codebook": Codebook,
    "glossary": Glossary,
    "audiences": AudiencesFile,
}
"""The YAML files of a study, by name, and the type that each is read into."""

_COLUMNS: Final = {
    "sessions": (
        ("session", "kind"),
        ("stakeholder", "mode", "platform", "date", "language"),
    ),
    "participants": (("participant", "session"), ("stakeholder",)),
    "quotes": (
        ("quote", "participant", "codes", "text"),
        ("language", "source", "position"),
    ),
}
"""The columns of each table: those it must have, and those it may have."""


@dataclass
class Loading:
    """What has been found so far, and what was read: by path, the SHA-256 of each file.

    `trees` are the YAML files, by name without the ending.
    """

    root: Path
    problems: list[Diagnostic] = field(default_factory=list)
    inputs: dict[str, str] = field(default_factory=dict)
    trees: dict[str, yaml.Tree] = field(default_factory=dict)

    def path(self, file: Path) -> str:
        """The file as users are told of it: from the study's folder, with forward slashes."""
        return file.relative_to(self.root).as_posix()

    def note(self, file: Path) -> None:
        """Remember the file as an input."""
        self.inputs[self.path(file)] = hashlib.sha256(file.read_bytes()).hexdigest()


@dataclass(frozen=True)
class Loaded:
    """A study and its wishes for audiences, or neither where they could not be read."""

    study: Study | None
    audiences: AudiencesFile | None
    diagnostics: tuple[Diagnostic, ...]
    inputs: Mapping[str, str]


def load(root: Path) -> Loaded:
    """The study in the folder `root`.

    Raises UsageError where the folder is no study's.
    """
    data = root / "data"
    if not (data / "study.yml").is_file():
        raise UsageError(
            f"there is no study in {root}: it has no file data/study.yml",
            "go to the study's folder, name it with --study, or start one with: report init DIR",
        )
    loading = Loading(root)
    file = _yaml(loading, data / "study.yml", StudyFile)
    codebook = _yaml(loading, data / "codebook.yml", Codebook)
    glossary = _optional(loading, data / "glossary.yml", Glossary, Glossary(terms=()))
    audiences = _optional(
        loading, data / "audiences.yml", AudiencesFile, AudiencesFile(audiences={})
    )
    attributes = tuple(a.id.casefold() for a in file.attributes) if file else None
    sessions = _table(loading, data, "sessions")
    participants = _table(loading, data, "participants", attributes)
    quotes = _table(loading, data, "quotes")
    references = _references(loading, data / "references.bib")
    prose = _prose(loading, data / "text")
    styles = _styles(loading, data, file)
    study = None
    if file and codebook and glossary and sessions and participants and quotes:
        tables: dict[type, Table] = {Session: sessions, Participant: participants, Quote: quotes}

        def locate(record: Session | Participant | Quote, column: str) -> Location:
            table = tables[type(record)]
            known = column if column in table.frame.columns else str(table.frame.columns[0])
            return table.locate(record.record, known)

        def locate_key(name: str, key: yaml.Key) -> Location:
            return loading.trees[name].locate(key)

        study = Study(
            file=file,
            codebook=codebook,
            glossary=glossary,
            sessions=_records(loading, sessions, "session", _session),
            participants=_records(
                loading, participants, "participant", _participant(attributes or ())
            ),
            quotes=_records(loading, quotes, "quote", _quote(file.language)),
            references=references,
            prose=prose,
            styles=styles,
            locate=locate,
            locate_key=locate_key,
        )
    return Loaded(study, audiences, tuple(loading.problems), loading.inputs)


def _yaml(loading: Loading, file: Path, model: type[Model]) -> Model | None:
    path = loading.path(file)
    if not file.is_file():
        message = "this file is missing: every study has one"
        hint = "report init shows one in a new folder"
        loading.problems.append(Diagnostic("missing-file", message, Location(path), hint))
        return None
    loading.note(file)
    tree, problems = yaml.read(file, path)
    loading.problems += problems
    if tree is None:
        return None
    loading.trees[file.stem] = tree
    if model is StudyFile and (newer := _newer_schema(tree)):
        loading.problems.append(newer)
        return None
    instance, problems = validate(tree, model)
    loading.problems += problems
    return instance


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


def _optional(loading: Loading, file: Path, model: type[Model], absent: Model) -> Model | None:
    return _yaml(loading, file, model) if file.is_file() else absent


def _table(
    loading: Loading, data: Path, name: str, attributes: tuple[str, ...] | None = ()
) -> Table | None:
    """The table `name` in any format; `attributes` None means that the columns are not known."""
    files = [data / f"{name}{ending}" for ending in _READERS]
    present = [file for file in files if file.is_file()]
    if not present:
        message = f"this file is missing: every study has one (or {name}.xlsx)"
        hint = f"its columns: {', '.join(_COLUMNS[name][0])}"
        at = Location(loading.path(files[0]))
        loading.problems.append(Diagnostic("missing-file", message, at, hint))
        return None
    if len(present) > 1:
        message = f"{present[0].name} is here too, and only one of them can be the {name}"
        at = Location(loading.path(present[1]))
        loading.problems.append(
            Diagnostic("ambiguous-file", message, at, "keep the one that you work in")
        )
        return None
    file = present[0]
    loading.note(file)
    table, problems = _READERS[file.suffix](file, loading.path(file))
    loading.problems += problems
    if table is None:
        return None
    required, optional = _COLUMNS[name]
    columns = [str(column) for column in table.frame.columns]
    missing = [column for column in required if column not in columns]
    for column in missing:
        loading.problems.append(
            Diagnostic(
                "missing-column",
                f"the column “{column}” is missing",
                table.locate(-1, columns[0]),
                did_you_mean(column, set(columns) - {*required, *optional})
                or f"add it to the first row: {column}",
            )
        )
    if attributes is not None:
        known = {*required, *optional, *attributes}
        loading.problems += [
            Diagnostic(
                "unknown-column",
                f"the column “{column}” is not known here",
                table.locate(-1, column),
                did_you_mean(column, known - set(columns))
                + ("; " if did_you_mean(column, known - set(columns)) else "")
                + (
                    "a column of your own is named under “attributes:” in study.yml"
                    if name == "participants"
                    else "delete it, or keep it in a file of your own"
                ),
            )
            for column in columns
            if column not in known
        ]
    return None if missing else table


def _records(
    loading: Loading, table: Table, column: str, record: Callable[[int, dict[str, str]], Record]
) -> tuple[Record, ...]:
    """A record a row, in the natural order of ids; rows without an id or with one twice told."""
    records: dict[str, Record] = {}
    names = [str(name) for name in table.frame.columns]
    rows = zip(table.frame.index, table.frame.itertuples(index=False, name=None), strict=True)
    for number, cells in rows:
        row = dict(zip(names, cells, strict=True))
        identifier = row[column]
        at = int(str(number))
        if not identifier:
            message = f"this row has no {column} id"
            place = table.locate(at, column)
            loading.problems.append(
                Diagnostic("missing-id", message, place, "give it one, or delete the row")
            )
        elif identifier in records:
            message = f"the {column} {identifier} is here twice"
            first = table.locate(records[identifier].record, column)
            loading.problems.append(
                Diagnostic(
                    "duplicate-id",
                    message,
                    table.locate(at, column),
                    f"the first stands at {first}; give one of them another id",
                )
            )
        else:
            records[identifier] = record(at, row)
    if not records:
        message = f"there is no {column} in this table"
        place = table.locate(-1, column)
        loading.problems.append(Diagnostic("empty-table", message, place, "add a row for each"))
    return tuple(sorted(records.values(), key=lambda r: natural(r.id)))


def _session(record: int, row: dict[str, str]) -> Session:
    get = row.get
    return Session(
        id=row["session"],
        kind=row["kind"],
        stakeholder=get("stakeholder", ""),
        mode=get("mode", ""),
        platform=get("platform", ""),
        date=get("date", ""),
        language=get("language", ""),
        record=record,
    )


def _participant(attributes: tuple[str, ...]) -> Callable[[int, dict[str, str]], Participant]:
    def make(record: int, row: dict[str, str]) -> Participant:
        return Participant(
            id=row["participant"],
            session=row["session"],
            stakeholder=row.get("stakeholder", ""),
            record=record,
            attributes={name: row[name] for name in attributes if name in row},
        )

    return make


def _quote(language: str) -> Callable[[int, dict[str, str]], Quote]:
    def make(record: int, row: dict[str, str]) -> Quote:
        codes = row["codes"].replace(",", ";").split(";")
        return Quote(
            id=row["quote"],
            participant=row["participant"],
            codes=tuple(code.strip() for code in codes if code.strip()),
            text=row["text"],
            language=row.get("language") or language,
            source=row.get("source", ""),
            position=row.get("position", ""),
            record=record,
        )

    return make


def _references(loading: Loading, file: Path) -> tuple[Reference, ...]:
    if not file.is_file():
        return ()
    loading.note(file)
    references, problems = bibtex.read(file, loading.path(file))
    loading.problems += problems
    return references


def _prose(loading: Loading, folder: Path) -> dict[str, Prose]:
    prose: dict[str, Prose] = {}
    for file in sorted(folder.rglob("*.md")):
        loading.note(file)
        name = file.relative_to(folder).with_suffix("").as_posix()
        prose[name] = Prose(name, loading.path(file), decode(file.read_bytes()))
    return prose


def _styles(loading: Loading, data: Path, file: StudyFile | None) -> dict[str, bytes]:
    if file is None or file.citation_style is None:
        return {}
    style = data / file.citation_style
    inside = style.resolve().is_relative_to(data.resolve())
    if not inside or style.suffix != ".csl" or not style.is_file():
        loading.problems.append(
            Diagnostic(
                "missing-style",
                f"the citation style {file.citation_style} is not in data/",
                Location(loading.path(data / "study.yml")),
                "save the style's .csl file there; Zotero's style repository has them all",
            )
        )
        return {}
    loading.note(style)
    return {file.citation_style: style.read_bytes()}


def schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schema of each YAML file of a study, by file name."""
    return {
        f"{name}.schema.json": {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **model.model_json_schema(by_alias=True),
        }
        for name, model in YAML_FILES.items()
    }
