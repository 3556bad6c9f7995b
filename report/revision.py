"""A study as it was at a revision that git keeps."""

from pathlib import Path
from typing import Final

from report.errors import RenderError, ReportError, UsageError
from report.process import ProgramError, run
from report.scratch import lasting

_TIMEOUT: Final = 120.0  # seconds
_QUIETLY: Final = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


def at_revision(root: Path, name: str) -> Path:
    """A folder with the files of the study in `root` as they were at the revision that git knows by
    that name. It is gone when this process ends: figures are drawn late, with the study's fonts.

    Raises UsageError where there is no such revision, or no study in it; ReportError without git,
    or where the study is in no repository; OSError where there is no room for them.
    """
    commit = _commit(root, name)
    inside = _git(root, "rev-parse", "--show-prefix").removesuffix("\n")
    files = [path for path in _listed(root, commit) if path.startswith(inside)]
    if f"{inside}data/study.yml" not in files:
        raise UsageError(
            f"there is no study at {name}: data/study.yml is not in it",
            "git log -- data/study.yml lists the revisions that have it",
        )
    scratch = lasting()
    folder = scratch / "files"
    index = {"GIT_INDEX_FILE": str(scratch / "index")}
    _git(root, "read-tree", commit, environment=index)
    # Not git archive: .gitattributes may keep data out of what is exported.
    _git(
        root, "checkout-index", "-z", "--stdin", f"--prefix={folder}/",
        environment=index, stdin="".join(f"{path.removeprefix(inside)}\0" for path in files),
    )  # fmt: skip
    return folder / inside


def _commit(root: Path, name: str) -> str:
    try:
        _git(root, "rev-parse", "--git-dir")
    except ProgramError as error:
        message = f"{root} is in no git repository, so it has no revision “{name}”"
        raise ReportError(
            message, "report diff without a name compares with the last build"
        ) from error
    wanted = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    try:
        return _git(root, *wanted).strip()
    except ProgramError as error:
        hint = "a revision is a tag, a branch or a commit: git log --oneline lists commits"
        raise UsageError(f"git knows no revision “{name}”", hint) from error


def _listed(root: Path, commit: str) -> list[str]:
    """The paths of all files of the commit, from the top of the repository."""
    listed = _git(root, "ls-tree", "-r", "-z", "--full-tree", "--name-only", commit)
    return [path for path in listed.split("\0") if path]


def _git(
    root: Path, *arguments: str, environment: dict[str, str] | None = None, stdin: str = ""
) -> str:
    try:
        out, _ = run(
            ["git", *arguments],
            cwd=root,
            environment={**_QUIETLY, **(environment or {})},
            timeout=_TIMEOUT,
            stdin=stdin.encode("utf-8", "surrogateescape"),
        )
    except ProgramError:
        raise
    except RenderError as error:
        raise ReportError(
            f"git does not run: {error.message}", "install it: git-scm.com"
        ) from error
    return out.decode("utf-8", "surrogateescape")
