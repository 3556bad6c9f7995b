"""Pictures of every page in _output, to be looked at after a change of a theme: `make pages`.

Web pages are taken whole, at the widths of a phone, a tablet and a desk, light and dark; PDF and
Word page by page. _pages/index.html shows all of them. Chromium, Poppler and LibreOffice make them.
"""

import html
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

FROM, INTO = Path("_output"), Path("_pages")
WIDTHS = (320, 768, 1280)
SCHEMES = ("light", "dark")
DPI = 80


def main() -> None:
    """Make all pictures anew, and the page that shows them."""
    missing = [name for name in ("chromium", "pdftoppm", "soffice") if not shutil.which(name)]
    if missing:
        sys.exit(
            f"missing: {', '.join(missing)} (Debian: chromium poppler-utils libreoffice-writer)"
        )
    if not FROM.is_dir():
        sys.exit(f"there is no {FROM}: report build")
    shutil.rmtree(INTO, ignore_errors=True)
    INTO.mkdir()
    made: dict[str, list[Path]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for file in sorted(FROM.iterdir()):
            if file.suffix == ".html":
                made[file.name] = list(web(browser, file))
            elif file.suffix == ".pdf":
                made[file.name] = pdf(file, file.name)
            elif file.suffix == ".docx":
                made[file.name] = word(file)
        browser.close()
    (INTO / "index.html").write_text(overview(made), encoding="utf-8")
    print(f"{sum(map(len, made.values()))} pictures. Open {INTO}/index.html")


def web(browser: Browser, file: Path) -> Iterator[Path]:
    """The page at every width, in both schemes, and as it prints."""
    for scheme in SCHEMES:
        for width in WIDTHS:
            page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            page.goto(file.resolve().as_uri())
            picture = INTO / f"{file.name}-{scheme}-{width:04}.png"
            page.screenshot(path=picture, full_page=True)
            page.close()
            yield picture
    with tempfile.TemporaryDirectory() as scratch:
        page = browser.new_page()
        page.goto(file.resolve().as_uri())
        page.pdf(path=f"{scratch}/printed.pdf", prefer_css_page_size=True)
        page.close()
        yield from pdf(Path(scratch, "printed.pdf"), f"{file.name}-printed")


def pdf(file: Path, name: str) -> list[Path]:
    """Every page."""
    subprocess.run(["pdftoppm", "-r", str(DPI), "-png", file, INTO / name], check=True)
    return sorted(INTO.glob(f"{name}-[0-9]*.png"))


def word(file: Path) -> list[Path]:
    """Every page, as LibreOffice sets it."""
    with tempfile.TemporaryDirectory() as scratch:
        profile = f"-env:UserInstallation={Path(scratch, 'profile').as_uri()}"
        command = [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            scratch,
            file,
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return pdf(Path(scratch, f"{file.stem}.pdf"), file.name)


def overview(made: dict[str, list[Path]]) -> str:
    """A page with all pictures, a section a document."""
    sections = "".join(
        f"<h2>{html.escape(name)}</h2>"
        + "".join(
            f'<a href="{picture.name}"><img src="{picture.name}" alt="{picture.stem}"></a>'
            for picture in pictures
        )
        for name, pictures in made.items()
    )
    style = (
        "img{height:24rem;margin:.3rem;border:1px solid #888;object-fit:cover;object-position:top}"
    )
    return f"<!DOCTYPE html><html lang=en><title>Pages</title><style>{style}</style>{sections}"


if __name__ == "__main__":
    main()
