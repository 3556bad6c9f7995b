"""The wheel, installed where nothing else is."""

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(*command: object, cwd: Path) -> str:
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_wheel_in_an_empty_environment_makes_the_example(tmp_path: Path) -> None:
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, cwd=ROOT)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as package:
        names = package.namelist()
    assert [name for name in names if name.startswith(("tests/", "data/"))] == []
    empty = tmp_path / "empty"
    venv.create(empty, with_pip=True)
    programs = empty / ("Scripts" if sys.platform == "win32" else "bin")
    constraints = tmp_path / "constraints.txt"
    lock = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    pins = [line.split("\\")[0].strip() for line in lock if "==" in line]
    constraints.write_text("\n".join(pins), "utf-8")
    run(programs / "python", "-m", "pip", "install", "--quiet", wheel, "--constraint", constraints,
        cwd=tmp_path)  # fmt: skip
    run(programs / "report", "init", "my-study", "--example", cwd=tmp_path)
    run(programs / "report", "build", cwd=tmp_path / "my-study")
    made = {p.name for p in (tmp_path / "my-study" / "_output").iterdir() if p.is_file()}
    assert {"journal.en.pdf", "reviewer.en.docx", "briefing.en.html", "lay.en.pdf"} <= made
    assert len(made) == 21
    assert run(programs / "report", "--version", cwd=tmp_path).startswith("report 0.")
