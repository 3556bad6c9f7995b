"""_output/ro-crate-metadata.json: for repositories, what the documents are, who made them, and from
what by which programs. It is an RO-Crate, https://w3id.org/ro/crate/1.2

It goes wherever the documents go. So, as index.html, it says no more than some document beside it:
who the authors are stands in it where a document is for readers who may know.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, Final, TypeAlias
from urllib.parse import quote

from report.compose import localise, translator
from report.manifest import MANIFEST, Entry, Manifest
from report.model.audience import Variant
from report.model.catalogue import Catalogue
from report.model.checksum import checksum
from report.model.study import Study
from report.model.study_file import StudyFile

CRATE: Final = "ro-crate-metadata.json"
_SPECIFICATION: Final = "https://w3id.org/ro/crate/1.2"
_KINDS: Final = {
    ".bib": "application/x-bibtex",
    ".csl": "application/vnd.citationstyles.style+xml",
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".json": "application/json",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".po": "text/x-gettext-translation",
    ".qmd": "text/markdown",
    ".svg": "image/svg+xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
    ".yml": "application/yaml",
}
"""Media types by the endings of files; none is told of fonts and the like."""
_HOMES: Final = {
    "Python": "https://www.python.org",
    "lxml": "https://lxml.de",
    "pandoc": "https://pandoc.org",
    "pikepdf": "https://pikepdf.readthedocs.io",
    "python-docx": "https://python-docx.readthedocs.io",
    "quarto": "https://quarto.org",
    "typst": "https://typst.app",
    "zlib": "https://zlib.net",
}
"""Where each program that a manifest names is found."""
_LISTS: Final = {
    "index.html": "A page with a link to every document.",
    MANIFEST: "What the documents were made from, and their SHA-256 sums.",
}
_CREATIVE_COMMONS: Final = re.compile(r"CC[ -](BY(?:-NC)?(?:-SA|-ND)?)[ -](\d\.\d)")
_NO_LICENCE: Final = "No licence is stated. Ask the authors before you use these documents."

_Entity: TypeAlias = dict[str, Any]
"""What JSON-LD says of one thing: @id, @type and its properties."""


def crate(
    study: Study,
    variants: Sequence[Variant],
    manifest: Manifest,
    inputs: Collection[str],
    lists: Mapping[str, bytes],
    catalogues: Mapping[str, Sequence[Catalogue]],
) -> bytes:
    """The metadata of the documents that the manifest lists, and of the `lists` beside them.
    `inputs` are the paths of all that went in, `catalogues` the templates' by language."""
    blinded = {variant.audience_name: variant.audience.blinding for variant in variants}
    made = manifest.artifacts.values()
    named = any(blinded.get(entry.audience, True) is None for entry in made)
    readers = dict(_audiences(study, variants, catalogues))
    files = [
        *_documents(study, variants, manifest.artifacts, readers, catalogues),
        *(_list(name, content) for name, content in sorted(lists.items())),
    ]
    went_in = [_input(path, manifest.inputs.get(path, "")) for path in sorted(inputs)]
    runs = _runs(manifest)
    actions = [_action(number, *run, went_in) for number, run in enumerate(runs.items(), start=1)]
    root = {
        **_root(study.file, manifest.date),
        **(_made_by(study.file) if named else {}),
        "hasPart": _to(files),
        "mentions": _to(actions),
    }
    entities = [
        {
            "@id": CRATE,
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": _SPECIFICATION},
        },
        root,
        *_licence(study.file.licence),
        *(_people(study.file) if named else []),
        *(_works(study.file) if named else []),
        *(readers[name] for name in readers if any(entry.audience == name for entry in made)),
        *files,
        *actions,
        *(program for tools, *_ in runs for program in _programs(tools)),
        *went_in,
    ]
    graph: dict[str, _Entity] = {}
    for entity in entities:  # the first says what it is called, another what else is known of it
        graph[entity["@id"]] = {**_plain(entity), **graph.get(entity["@id"], {})}
    data = {"@context": f"{_SPECIFICATION}/context", "@graph": list(graph.values())}
    return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()


def _root(file: StudyFile, date: str) -> _Entity:
    licence = _to(_licence(file.licence))
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": file.title,
        "description": file.research_question,
        "datePublished": date,
        "inLanguage": file.language,
        "license": licence[0] if licence else _NO_LICENCE,
        **({"keywords": list(file.keywords)} if file.keywords else {}),
    }


def _made_by(file: StudyFile) -> _Entity:
    """What the root says of those who made it, and of what was published."""
    people, works = list(_people(file)), list(_works(file))
    found = {
        "author": [entity for entity in people if entity["@type"] == "Person"],
        "funder": [e for e in people if e["@id"].startswith("#funder-")],
        "funding": [entity for entity in people if entity["@type"] == "Grant"],
        "citation": [entity for entity in works if entity["@type"] == "ScholarlyArticle"],
    }
    return {name: _to(entities) for name, entities in found.items() if entities}


def _people(file: StudyFile) -> Iterator[_Entity]:
    """Authors and where they work, funders and what they gave."""
    for author in file.authors:
        address = f"https://orcid.org/{author.orcid}" if author.orcid else ""
        places = [_named("affiliation", "Organization", place) for place in author.affiliations]
        yield {
            "@id": address or _local("author", author.name),
            "@type": "Person",
            "name": author.name,
            "givenName": author.given,
            "familyName": author.family,
            **({"affiliation": _to(places)} if places else {}),
        }
        yield from places
    for funding in file.funding:
        funder = _named("funder", "Organization", funding.funder)
        yield funder
        if funding.grant:
            grant = _named("grant", "Grant", funding.grant)
            yield {**grant, "identifier": funding.grant, "funder": {"@id": funder["@id"]}}


def _works(file: StudyFile) -> Iterator[_Entity]:
    """The published article, and the work whose data are shown; often they are the same."""
    if file.publication and file.publication.doi:
        journal = _named("journal", "Periodical", file.publication.journal)
        yield {
            "@id": _doi(file.publication.doi),
            "@type": "ScholarlyArticle",
            "name": file.title,
            "isPartOf": {"@id": journal["@id"]},
        }
        yield journal
    if source := file.attribution:
        (licence,) = _licence(source.licence)
        yield {
            "@id": _doi(source.doi) if source.doi else _local("source", source.citation),
            "@type": "ScholarlyArticle",
            "name": source.citation,
            "creditText": source.citation,
            "license": {"@id": licence["@id"]},
        }
        yield licence


def _doi(doi: str) -> str:
    return f"https://doi.org/{quote(doi)}"


def _licence(text: str | None) -> list[_Entity]:
    """The licence, or none."""
    if text is None:
        return []
    if found := _CREATIVE_COMMONS.fullmatch(text.upper()):
        address = f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/"
    elif text.upper() == "CC0 1.0":
        address = "https://creativecommons.org/publicdomain/zero/1.0/"
    else:
        address = _local("licence", text)
    licence = {"@id": address, "@type": "CreativeWork", "name": text}
    return [{**licence, "description": f"The licence {text}."}]


def _audiences(
    study: Study,
    variants: Sequence[Variant],
    catalogues: Mapping[str, Sequence[Catalogue]],
) -> Iterator[tuple[str, _Entity]]:
    """The readers, by the names of audiences, in the study's language."""
    here = translator.of_study(study, study.file.language, catalogues)
    for name, variant in {v.audience_name: v for v in variants}.items():
        said = localise.audience(name, variant.audience, variant.own, here)
        audience = {"@id": _local("audience", name), "@type": "Audience"}
        yield name, {**audience, "name": said.label, "description": said.description}


def _documents(
    study: Study,
    variants: Sequence[Variant],
    artifacts: Mapping[str, Entry],
    readers: Mapping[str, _Entity],
    catalogues: Mapping[str, Sequence[Catalogue]],
) -> Iterator[_Entity]:
    """The documents, by their own titles, and the files beside them."""
    titles = {}
    for code in {variant.language: None for variant in variants}:
        its = translator.of_study(study, code, catalogues)
        mine = {v.audience_name: v.audience for v in variants if v.language == code}
        for name, audience in mine.items():
            titles[name, code] = localise.title(name, audience, study.file, its).text
    for name, entry in sorted(artifacts.items()):
        document = _file(name, entry.sha256, entry.bytes)
        document["inLanguage"] = entry.language
        if reader := readers.get(entry.audience):
            document["name"] = titles.get((entry.audience, entry.language), name)
            document["description"] = reader["description"]
            document["audience"] = {"@id": reader["@id"]}
        if entry.draft or entry.stale:
            document["creativeWorkStatus"] = "Draft" if entry.draft else "From earlier data"
        yield document
        for beside, sha256 in sorted(entry.files.items()):
            yield {**_file(beside, sha256), "description": f"Belongs to {name}."}


def _file(name: str, sha256: str, size: int | None = None) -> _Entity:
    return {
        "@id": quote(name),
        "@type": "File",
        "name": name,
        **_kind(name),
        **({} if size is None else {"contentSize": str(size)}),
        "sha256": sha256,
    }


def _list(name: str, content: bytes) -> _Entity:
    file = _file(name, checksum(content), len(content))
    return {**file, "description": _LISTS[name]}


def _input(path: str, sha256: str) -> _Entity:
    """A file of the study. Its # says that it is not among the files of the crate."""
    return {
        "@id": f"#{quote(path)}",
        "@type": "File",
        "name": path,
        "description": "A file of the study, which is not among these.",
        "localPath": path,
        **_kind(path),
        **({"sha256": sha256} if sha256 else {}),
    }


def _kind(name: str) -> _Entity:
    kind = _KINDS.get(PurePosixPath(name).suffix.lower())
    return {"encodingFormat": kind} if kind else {}


_Run: TypeAlias = tuple[tuple[tuple[str, str], ...], bool]
"""The programs that made documents, with their versions, and whether it was from earlier data."""


def _runs(manifest: Manifest) -> dict[_Run, list[str]]:
    """The files that were made in the same way."""
    runs: dict[_Run, list[str]] = {}
    for name, entry in sorted(manifest.artifacts.items()):
        tools = {"report": manifest.version, **dict(sorted(entry.tools.items()))}
        run = (tuple(tools.items()), entry.stale)
        runs.setdefault(run, []).extend([name, *sorted(entry.files)])
    return runs


def _action(number: int, run: _Run, names: Sequence[str], went_in: Iterable[_Entity]) -> _Entity:
    """How files were made. What those from earlier data were made from nobody can say."""
    tools, stale = run
    return {
        "@id": _local("build", str(number)),
        "@type": "CreateAction",
        "name": "report build",
        "description": "Documents from the earlier data of the study."
        if stale
        else "Documents from the data and texts of the study.",
        "instrument": _to(_programs(tools)),
        **({} if stale else {"object": _to(went_in)}),
        "result": [{"@id": quote(name)} for name in names],
    }


def _programs(tools: Iterable[tuple[str, str]]) -> Iterator[_Entity]:
    for name, version in tools:
        address = {"@id": _local("program", f"{name} {version}")}
        said = {"name": name, "version": version}
        if name in _HOMES:
            yield {**address, "@type": "SoftwareApplication", **said, "url": _HOMES[name]}
        else:  # ourselves: an application must have a home on the web, sources need none
            kind = {"@type": ["File", "SoftwareSourceCode"], "encodingFormat": "text/x-python"}
            said["description"] = "The program that makes the documents."
            yield {**address, **kind, **said}


def _plain(entity: _Entity) -> _Entity:
    """The specification wants a list of one as that one."""
    return {key: v[0] if isinstance(v, list) and len(v) == 1 else v for key, v in entity.items()}


def _named(kind: str, form: str, name: str) -> _Entity:
    return {"@id": _local(kind, name), "@type": form, "name": name}


def _local(kind: str, name: str) -> str:
    """An @id that is none on the web."""
    return f"#{kind}-{quote(name)}"


def _to(entities: Iterable[_Entity]) -> list[_Entity]:
    """References to them, each once."""
    return [{"@id": address} for address in dict.fromkeys(entity["@id"] for entity in entities)]
