import shutil
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import pytest

ROOT = Path(__file__).parents[2]
EVERY_KIND = """

In a font that the study adds: Հայերեն.
Numbered: @sec-methods, [@sec-methods], -@sec-methods, [see @sec-methods, p. 4].
Unnumbered too: @sec-recruitment. Several: [@tbl-participants; @fig-timeline], -@tbl-participants,
[Tab. @tbl-participants], [see @tbl-participants, p. 3], [@tbl-participants, a; @fig-timeline, b].

A note.[^one] Another, with a list.[^two]

[^one]: With *stress*, `code` and a [link](https://other.org/).

[^two]: First.

    - Second.

Term

:   What it means -- with a dash, 1--2, an ellipsis... and “quotes ‘within’ quotes”.

1. One
    a. Inside
2. Two

> Somebody's words, CO~2~ and m^2^, [mot]{lang=nb} and ~~struck~~ out.

\\* * *

***
"""


def report(*arguments: object) -> None:
    command = [sys.executable, "-m", "report", *(str(argument) for argument in arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def others(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same of the second study, with names, notes and references of every kind."""
    study = tmp_path_factory.mktemp("study")
    shutil.copytree(ROOT / "tests" / "studies" / "interviews", study, dirs_exist_ok=True)
    file = study / "data" / "study.yml"
    text = file.read_text("utf-8")
    assert "family: Madeup" in text
    file.write_text(text.replace("family: Madeup", "family: 'Made{up and Jr.'"), "utf-8")
    introduction = study / "data" / "text" / "introduction.md"
    introduction.write_text(introduction.read_text("utf-8") + EVERY_KIND, "utf-8")
    fonts = study / "templates" / "theme" / "fonts"
    fonts.mkdir(parents=True)
    shutil.copy(
        Path(mpl.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf"),
        fonts / "DejaVuSans-Regular.ttf",
    )
    made = {name: tmp_path_factory.mktemp(name) for name in ("builtin", "quarto")}
    for name, folder in made.items():
        report("build", "--study", study, "--renderer", name, "--output-dir", folder)
    return made


@pytest.fixture(scope="session")
def both(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The documents of the example study, by the renderer that made them."""
    made = {name: tmp_path_factory.mktemp(name) for name in ("builtin", "quarto")}
    for name, folder in made.items():
        report("build", "--study", ROOT, "--renderer", name, "--output-dir", folder)
    return made
