"""What a study asks of Quarto, and which of its files Quarto will need for that."""

from pathlib import Path

from report.project_file import read


def study(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("DOT", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def needed(folder: Path) -> set[str]:
    _, project, problems = read(folder)
    assert problems == []
    return set(project.files)


def test_the_files_that_it_names_and_no_others(tmp_path: Path) -> None:
    inside = study(
        tmp_path / "study",
        _quartoDOTyml="format: {html: {theme: [cosmo, our.css], toc: true}}\n"
        "bibliography: data/more.bib\nx: [../outside.txt, /etc/passwd]\nname: data\n",
        data__moreDOTbib="",
        data__quotesDOTcsv="",
        otherDOTtxt="",
    )
    (tmp_path / "outside.txt").touch()
    (inside / "our.css").touch()
    assert needed(inside) == {"our.css", "data/more.bib"}


def test_what_lies_beside_a_style_sheet(tmp_path: Path) -> None:
    study(
        tmp_path,
        _quartoDOTyml="format:\n  html:\n    css: looks/our.css\n",
        looks__ourDOTcss="@import 'more.css';",
        looks__moreDOTcss="",
        looks__groundDOTpng="",
        looks__notesDOTtxt="",
        elsewhereDOTcss="",
    )
    assert needed(tmp_path) == {"looks/our.css", "looks/more.css", "looks/ground.png"}


def test_a_brand_with_its_logo_and_extensions_with_all_they_have(tmp_path: Path) -> None:
    study(
        tmp_path,
        _brandDOTyml="logo:\n  small: pictures/logo.png\n",
        pictures__logoDOTpng="",
        _extensions__acme___extensionDOTyml="title: Acme\n",
        _extensions__acme__pageDOTtyp="",
    )
    assert needed(tmp_path) == {
        "_brand.yml",
        "pictures/logo.png",
        "_extensions/acme/_extension.yml",
        "_extensions/acme/page.typ",
    }


def test_files_of_settings_are_followed_even_in_a_circle(tmp_path: Path) -> None:
    study(
        tmp_path,
        _quartoDOTyml="metadata-files: [one.yml]\n",
        oneDOTyml="metadata-files: [two.yml]\n",
        twoDOTyml="metadata-files: [one.yml]\ncss: our.css\n",
        ourDOTcss="",
    )
    assert needed(tmp_path) == {"one.yml", "two.yml", "our.css"}


def test_a_profile_has_its_own_wishes(tmp_path: Path) -> None:
    study(
        tmp_path,
        _quartoDOTyml="format:\n  html:\n    toc: true\n    theme: cosmo\n",
    )
    (tmp_path / "_quarto-lay.yml").write_text(
        "project:\n  output-dir: x\nformat:\n  html:\n    toc: false\n  docx:\n    toc: true\n"
    )
    _, project, problems = read(tmp_path)
    assert problems == []
    assert project.formats_in([]) == {"html": {"toc": True, "theme": "cosmo"}}
    assert project.formats_in(["lay", "nobody"]) == {
        "html": {"toc": False, "theme": "cosmo"},
        "docx": {"toc": True},
    }
    assert project.profiles["lay"].text.startswith("project: {type: default}\n\nformat:\n")


def test_a_broken_profile_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "_quarto-lay.yml").write_text("format: [\n")
    _, _, (problem,) = read(tmp_path)
    assert (problem.location.path, problem.code) == ("_quarto-lay.yml", "invalid-yaml")


def test_texts_that_are_no_names_of_files(tmp_path: Path) -> None:
    long = f"d: {'x' * 5000}\ne: {'字' * 150}\n"
    study(tmp_path, _quartoDOTyml="a: ''\nb: .\nc: \"x\\ty\"\n" + long)
    assert needed(tmp_path) == set()


def test_an_empty_file_says_nothing(tmp_path: Path) -> None:
    study(tmp_path, _quartoDOTyml="# nothing yet\n")
    (tmp_path / "_quarto-production.yml").touch()
    wishes, project, problems = read(tmp_path)
    assert problems == []
    assert (wishes.renderer, project.formats) == ("builtin", {})
    assert list(project.profiles) == ["production"]


def test_the_other_ending_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "_quarto.yaml").write_text("report:\n  renderer: quarto\n")
    assert read(tmp_path)[0].renderer == "quarto"


def test_a_format_by_its_name_alone(tmp_path: Path) -> None:
    study(tmp_path, _quartoDOTyml="format: acme-html\n")
    assert read(tmp_path)[1].formats == {"acme-html": {}}


def test_our_settings_are_not_a_profiles(tmp_path: Path) -> None:
    (tmp_path / "_quarto-lay.yml").write_text("lang: en\nreport:\n  renderer: quarto\n")
    wishes, _, (problem,) = read(tmp_path)
    assert wishes.renderer == "builtin"
    assert (str(problem.location), problem.code) == ("_quarto-lay.yml:2:1", "unknown-key")


def test_what_serves_the_project_is_not_for_documents(tmp_path: Path) -> None:
    study(
        tmp_path,
        _quartoDOTyml=(
            "project:\n  pre-render: _compose.py\n  post-render: _gate.py\n"
            "  resources: [secret.csv]\n"
        ),
        _composeDOTpy="",
        _gateDOTpy="",
        secretDOTcsv="",
    )
    assert needed(tmp_path) == set()
