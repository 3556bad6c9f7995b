"""The metadata for repositories, beside the documents."""

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rocrate.rocrate import ROCrate

from report.build import build
from report.check import Checked, check
from report.config import settings
from report.crate import CRATE, crate
from report.manifest import Entry, Manifest
from report.withdraw import withdraw
from tests.built import Built

BASE = Path(__file__).parents[1] / "studies" / "base"
TOOLS = {"pandoc": "3.9", "report": "0.1.0 (0123456789ab)", "Python": "3.13.1"}


def entry(audience: str = "journal", form: str = "html", **more: Any) -> Entry:
    return Entry(audience, "en", form, "builtin", TOOLS, "0" * 64, 2000, **more)


def said(checked: Checked, artifacts: Mapping[str, Entry]) -> bytes:
    """What is told of a study and such documents of it."""
    assert checked.study
    manifest = Manifest("", "2024-09-02", None, "0.1.0", checked.inputs, artifacts)
    return crate(checked.study, checked.variants, manifest, checked.inputs, {}, checked.catalogues)


def entities(content: bytes) -> dict[str, dict[str, Any]]:
    graph = json.loads(content)["@graph"]
    assert len({entity["@id"] for entity in graph}) == len(graph)
    return {entity["@id"]: entity for entity in graph}


def listed(references: Any) -> list[str]:
    """The addresses, where there is one, several or none."""
    several = references if isinstance(references, list) else [references]
    return [reference["@id"] for reference in several]


@pytest.fixture(scope="module")
def output(built: Built) -> Path:
    """The documents of the example study."""
    return built("example")


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return shutil.copytree(BASE, tmp_path / "study")


@pytest.fixture
def checked(study: Path) -> Checked:
    return check(settings(study))


@pytest.mark.filterwarnings("error")
def test_the_rocrate_package_reads_it_and_finds_every_file(output: Path, tmp_path: Path) -> None:
    read = ROCrate(output)
    assert read.version == "1.2"
    names = {entity.id for entity in read.data_entities}
    files = (file for file in output.rglob("*") if file.is_file())
    assert names == {file.relative_to(output).as_posix() for file in files} - {CRATE}
    read.write(tmp_path / "copy")  # it copies what it lists
    assert all((tmp_path / "copy" / name).is_file() for name in names)


def test_every_file_is_told_as_it_is(output: Path) -> None:
    found = entities((output / CRATE).read_bytes())
    for name in listed(found["./"]["hasPart"]):
        content = (output / name).read_bytes()
        assert found[name]["sha256"] == hashlib.sha256(content).hexdigest()
        assert found[name].get("contentSize", str(len(content))) == str(len(content))
        assert found[name]["encodingFormat"]
        assert found[name]["description"]
    lay = found["lay.nb.pdf"]
    assert (lay["encodingFormat"], lay["inLanguage"]) == ("application/pdf", "nb")
    assert lay["name"].startswith("Erfaringskonsulenter")
    assert found[lay["audience"]["@id"]]["name"] == "Plain-language summary"
    assert "contentSize" in lay


def test_the_study_is_told_with_its_authors(output: Path) -> None:
    found = entities((output / CRATE).read_bytes())
    root = found["./"]
    assert root["name"].startswith("Empowered service users")
    assert root["description"].startswith("How do managers")
    assert root["datePublished"] == "2024-09-02"
    assert "peer workers" in root["keywords"]
    assert root["license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
    first, second = listed(root["author"])
    assert first == "https://orcid.org/0000-0002-0610-3794"
    assert found[second]["familyName"] == "Tritter"
    places = [found[place]["name"] for place in listed(found[second]["affiliation"])]
    assert places == ["Nord University, Namsos, Norway", "Aston University, Birmingham, UK"]
    assert found[root["funder"]["@id"]]["name"] == "Foundation Dam"
    assert found[root["funding"]["@id"]]["identifier"] == "2020/FO298954"
    article = found[root["citation"]["@id"]]
    assert article["@id"] == "https://doi.org/10.1080/14719037.2024.2397471"
    assert found[article["isPartOf"]["@id"]]["name"] == "Public Management Review"


def test_the_build_is_told_with_what_went_in_and_what_did_it(output: Path) -> None:
    found = entities((output / CRATE).read_bytes())
    manifest = json.loads((output / "manifest.json").read_text("utf-8"))
    (action,) = [e for e in found.values() if e["@type"] == "CreateAction"]
    assert listed(found["./"]["mentions"]) == [action["@id"]]
    beside = {name for made in manifest["artifacts"].values() for name in made["files"]}
    assert set(listed(action["result"])) == {*manifest["artifacts"], *beside}
    programs = {found[i]["name"]: found[i]["version"] for i in listed(action["instrument"])}
    assert programs == manifest["artifacts"]["journal.en.pdf"]["tools"]
    assert {"report", "pandoc", "typst"} < set(programs)
    inputs = {found[i]["name"]: found[i] for i in listed(action["object"])}
    assert set(manifest["inputs"]) < set(inputs)
    assert inputs["data/study.yml"]["sha256"] == manifest["inputs"]["data/study.yml"]
    for name, told in inputs.items():
        assert told["@id"] == f"#{name}"  # that is: not among the files of the crate
        assert ("sha256" in told) == (not name.endswith(".csv")), name


def test_whoever_is_blinded_learns_no_author(checked: Checked) -> None:
    blinded = said(checked, {"reviewer.en.pdf": entry("reviewer", "pdf")})
    open_ = said(
        checked, {"reviewer.en.pdf": entry("reviewer", "pdf"), "lay.en.html": entry("lay")}
    )
    author = checked.study.file.authors[0].family if checked.study else ""
    assert author not in blinded.decode()
    assert author in open_.decode()
    assert not {"author", "funder", "funding", "citation"} & entities(blinded)["./"].keys()
    kinds = [entity["@type"] for entity in entities(blinded).values()]
    assert "Audience" in kinds
    assert not [kind for kind in kinds if kind in ("Person", "Organization", "ScholarlyArticle")]


def test_the_order_of_documents_changes_nothing(checked: Checked) -> None:
    made = {"journal.en.html": entry(), "lay.en.html": entry("lay")}
    other = {
        name: replace(made[name], tools=dict(reversed([*made[name].tools.items()])))
        for name in reversed(made)
    }
    assert said(checked, made) == said(checked, other)


def test_documents_from_earlier_data_and_drafts_are_told(checked: Checked) -> None:
    found = entities(
        said(checked, {"journal.en.html": entry(), "lay.en.html": entry("lay", stale=True),
                       "lay.en.pdf": entry("lay", "pdf", draft=True)})
    )  # fmt: skip
    assert "creativeWorkStatus" not in found["journal.en.html"]
    assert found["lay.en.html"]["creativeWorkStatus"] == "From earlier data"
    assert found["lay.en.pdf"]["creativeWorkStatus"] == "Draft"
    now, earlier = (found[i] for i in listed(found["./"]["mentions"]))
    assert listed(now["result"]) == ["journal.en.html", "lay.en.pdf"]
    assert listed(earlier["result"]) == ["lay.en.html"]
    assert "object" not in earlier


def test_a_study_without_a_licence_says_so(checked: Checked) -> None:
    assert "Ask the authors" in entities(said(checked, {}))["./"]["license"]


@pytest.mark.parametrize(
    ("licence", "address"),
    [
        ("CC BY-NC-SA 4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/"),
        ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("Only for members", "#licence-Only%20for%20members"),
    ],
)
def test_a_licence_is_found_on_the_web_where_it_is_known(
    study: Path, licence: str, address: str
) -> None:
    file = study / "data" / "study.yml"
    file.write_text(file.read_text("utf-8") + f"\nlicence: {licence}\n", "utf-8")
    found = entities(said(check(settings(study)), {}))
    assert found["./"]["license"] == {"@id": address}
    assert found[address]["name"] == licence


def test_words_of_the_study_stay_words(study: Path) -> None:
    """Neither JSON nor an address is made of them."""
    file = study / "data" / "study.yml"
    hostile = 'x"}], "@id": "./ #?%\\\\'
    text = file.read_text("utf-8")
    family = check(settings(study)).study.file.authors[0].family  # type: ignore[union-attr]
    file.write_text(text.replace(f"family: {family}", f"family: '{hostile}'"), "utf-8")
    changed = check(settings(study))
    found = entities(said(changed, {"journal.en.html": entry()}))
    (author,) = [e for e in found.values() if e["@type"] == "Person"][:1]
    assert author["familyName"] == hostile
    assert not set('"{}[] <>\\') & set(author["@id"])


def test_the_name_of_a_file_is_written_as_an_address(checked: Checked) -> None:
    made = entry(form="jats", files={"a b%.png": "1" * 64})
    found = entities(said(checked, {"journal.en.jats.xml": made}))
    assert found["a%20b%25.png"]["name"] == "a b%.png"


def test_a_build_writes_it_and_leaves_it_alone_where_nothing_changed(study: Path) -> None:
    file = study / "_output" / CRATE
    assert not build(settings(study), ["lay"], ["html"]).failed
    before = file.stat()
    assert not build(settings(study), ["lay"], ["html"]).failed
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert not build(settings(study), ["lay"], ["qmd"]).failed
    assert {"lay.en.html", "lay.en.qmd"} <= entities(file.read_bytes()).keys()


def test_a_withdrawal_takes_documents_out_of_it(study: Path) -> None:
    assert not build(settings(study), ["journal", "lay"], ["html"]).failed
    done = withdraw(settings(study), "N1")
    assert done.removed == ("_output/journal.en.html",)
    found = entities((study / "_output" / CRATE).read_bytes())
    assert "journal.en.html" not in found
    assert set(listed(found["./"]["hasPart"])) == {"lay.en.html", "index.html", "manifest.json"}
    manifest = (study / "_output" / "manifest.json").read_bytes()
    assert found["manifest.json"]["sha256"] == hashlib.sha256(manifest).hexdigest()


def test_a_withdrawal_from_a_damaged_folder_leaves_none_in_it(study: Path) -> None:
    assert not build(settings(study), ["journal"], ["html"]).failed
    (study / "_output" / "manifest.json").write_text("{", "utf-8")
    withdraw(settings(study), "N1")
    found = entities((study / "_output" / CRATE).read_bytes())
    assert set(listed(found["./"]["hasPart"])) == {"index.html", "manifest.json"}
