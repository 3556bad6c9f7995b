"""The Lua filters, seen through what pandoc writes with them."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pypandoc
import pytest
import typst

THEME = Path(__file__).parents[2] / "templates" / "theme"
READ = ["-f", "markdown-raw_html-raw_tex-raw_attribute"]

FRONT = """\
---
title: A title
lang: nb
date: 2024-08-21
look: manuscript
number-sections: true
author:
  - name: Ada Lo
    orcid: 0000-0002-1825-0097
    email: ada@example.org
    corresponding: true
    affiliations: [{name: Here}, {name: There}]
crossref:
  tbl-title: Tabell
  tbl-prefix: Tabell
  fig-title: Figur
  fig-prefix: figur
  sec-prefix: Avsnitt
---

"""
BODY = """\
# Intro {#sec-intro}

## Sub {#sec-sub}

# Aside {#sec-aside .unnumbered}

See @tbl-one, [@fig-one; @sec-sub], [Tab. @tbl-two], -@fig-one and @sec-aside.

::: {#tbl-one .wide}

| A | B |
|---|---|
| 1 | 2 |

The first, with @tbl-two.

:::

::: {#tbl-two .no-row-head}

| A | B |
|---|---|
| 1 | 2 |

The second.

:::

![A picture.](picture.svg){#fig-one fig-alt='It "shows" a \\\\ line.'}

::: {.quote}
> Said.
>
> [P1, peer worker]{.attribution}
:::

A word in [English]{lang=en-GB}, [back]{lang=ar dir=rtl} and [term]{.term}(so).
"""
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    '<rect width="9" height="9"/></svg>'
)


def pandoc(
    text: str,
    to: str,
    *options: str,
    before: Sequence[str] = ("crossref",),
    after: Sequence[str] = (),
    cwd: Path | None = None,
) -> str:
    filters = [f"--lua-filter={THEME / name}.lua" for name in ("reading", *before)]
    filters += ["--citeproc"] + [f"--lua-filter={THEME / name}.lua" for name in after]
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), *READ, "-t", to, "--wrap=none", *filters, *options],
        input=text,
        check=False,
        capture_output=True,
        text=True,
        cwd=cwd,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout.replace("\u00a0", " ").replace("&nbsp;", " ")


@pytest.fixture(scope="module")
def html() -> str:
    return pandoc(FRONT + BODY, "html")


def words(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html)


def test_captions_and_sections_are_numbered_in_the_documents_words(html: str) -> None:
    text = words(html)
    assert "Tabell 1: The first" in text
    assert "Tabell 2: The second." in text
    assert "Figur 1: A picture." in text
    assert "1 Intro" in text
    assert "1.1 Sub" in text
    assert re.search(r"^Aside$", text, re.MULTILINE)


def test_references_are_links_joined_as_quarto_joins_them(html: str) -> None:
    assert "See Tabell 1, figur 1, Avsnitt 1.1, Tab. 2, 1 and Aside." in words(html)
    assert '<a href="#tbl-one" class="crossref">Tabell 1</a>' in html
    assert '<a href="#sec-sub" class="crossref">Avsnitt 1.1</a>' in html
    assert "with Tabell 2." in words(html)  # in a caption, ahead of the table it names


def test_a_table_may_bear_its_own_label() -> None:
    table = "| A | B |\n|---|---|\n| 1 | 2 |\n\n: Own {#tbl-own}\n\n@tbl-own"
    assert "Tabell 1: Own" in words(pandoc(FRONT + table, "html"))


def test_html_tables_and_figures(html: str) -> None:
    assert re.search(r'<table id="tbl-one" class="wide">\s*<caption>', html)
    assert re.search(r'<figure id="fig-one">.*?<figcaption>', html, re.DOTALL)
    assert html.count('scope="row"') == 1  # not in .no-row-head
    assert 'alt="It &quot;shows&quot; a \\ line."' in html
    assert "fig-alt" not in html


def test_sections_keep_their_titles_when_they_have_no_numbers() -> None:
    text = words(
        pandoc((FRONT + BODY).replace("number-sections: true", "number-sections: false"), "html")
    )
    assert "figur 1, Sub, Tab. 2" in text
    assert "1.1" not in text


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("@tbl-one,", "@tbl-none,", "unresolved reference @tbl-none"),
        ("{#sec-sub}", "{#sec-intro}", "two elements are labelled sec-intro"),
        ("  fig-title: Figur\n  fig-prefix: figur\n", "", "no crossref.fig-title"),
        ("[Tab. @tbl-two]", "[@tbl-two; @a-work]", "one bracket holds works and labels: @tbl-two"),
    ],
)
def test_what_cannot_be_numbered_stops_pandoc(old: str, new: str, message: str) -> None:
    assert old in FRONT + BODY
    with pytest.raises(RuntimeError, match=message):
        pandoc((FRONT + BODY).replace(old, new), "html")


def test_words_fields(tmp_path: Path) -> None:
    (tmp_path / "picture.svg").write_text(PICTURE)
    pandoc(
        FRONT + BODY,
        "docx",
        "-o",
        "out.docx",
        f"--template={THEME / 'docx' / 'document.openxml'}",
        f"--reference-doc={THEME / 'docx' / 'manuscript.docx'}",
        "--metadata=our-word-styles",
        before=("crossref", "authors", "columns"),
        after=("docx/numbers", "docx/tables", "docx"),
        cwd=tmp_path,
    )
    with zipfile.ZipFile(tmp_path / "out.docx") as package:
        document = package.read("word/document.xml").decode().replace("\u00a0", " ")
        styles = package.read("word/styles.xml").decode()
        custom = package.read("docProps/custom.xml").decode()

    def style_of(text: str) -> str:
        paragraph = next(p for p in document.split("<w:p>") if text in re.sub("<[^>]+>", "", p))
        style = re.search(r'pStyle w:val="(\w+)"', paragraph)
        assert style
        return style[1]

    for code in (
        r" SEQ Tabell \* ARABIC ",
        r" SEQ Figur \* ARABIC ",
        r" REF _Ref_tbl_1 \h ",
        r" REF _Ref_fig_1_number \h ",  # “figur 1” is not what the caption says
        r" REF _Ref_sec_1_1 \r \h ",
    ):
        assert f">{code}</w:instrText>" in document
    for target in re.findall(r" REF (\w+) ", document):
        assert f'w:name="{target}"' in document
    assert "See Tabell 1, figur 1, Avsnitt 1.1, Tab. 2, 1 and Aside." in re.sub(
        r"<w:instrText.*?</w:instrText>|<[^>]+>", "", document
    )
    assert style_of("The second.") == "Caption"
    assert style_of("A picture.") == "Caption"
    assert style_of("P1, peer worker") == "Attribution"
    assert 'w:styleId="Attribution"' in styles
    assert style_of("Sub") == "Heading2"  # whose list gives it its number
    assert style_of("Aside") == "UnnumberedHeading1"
    assert document.count("<w:tblHeader") == 2
    assert 'descr="It &quot;shows&quot; a \\ line."' in document
    assert "<w:property" not in custom
    assert "crossref" not in custom


def to_typst(text: str) -> str:
    return pandoc(
        text,
        "typst-smart",
        "-s",
        f"--template={THEME / 'typst' / 'document.typ'}",
        before=("crossref", "authors", "columns"),
        after=("typst",),
    )


def test_what_pandocs_typst_leaves_out() -> None:
    code = to_typst(FRONT + BODY)
    assert r'image("picture.svg", alt: "It \"shows\" a \\ line.")' in code
    assert '#text(lang: "en", region: "GB")[English];' in code
    assert '#text(dir: rtl, lang: "ar", region: none)[back];' in code
    assert "#term[term];" in code
    assert "#quote(block: true, attribution: [P1, peer worker])[" in code
    assert 'orcid: "0000-0002-1825-0097"' in code
    assert "<tbl-one>" in code
    assert "#link(<tbl-one>)[Tabell~1]" in code


def test_columns_suit_their_content() -> None:
    wide = f"| A | B |\n|---|---|\n| {'word ' * 5} | {'longer ' * 20} |\n"
    narrow, share = "columns: 2,", r"columns: \((\d+)[\d.]*%, (\d+)[\d.]*%\)"
    assert narrow in to_typst(FRONT + BODY)
    shares = re.search(share, to_typst(FRONT + wide))
    assert shares
    few, many = map(int, shares.groups())
    assert few < many
    assert 98 <= few + many <= 100
    assert "align: (left,left,)" in to_typst(FRONT + wide)  # where pandoc would centre


@pytest.mark.parametrize("theme", ["manuscript", "review", "briefing", "lay", "base", "../lay"])
def test_every_theme_makes_an_accessible_pdf(theme: str, tmp_path: Path) -> None:
    for source in (THEME / "typst").glob("*.typ"):
        shutil.copy(source, tmp_path)
    (tmp_path / "picture.svg").write_text(PICTURE)
    (tmp_path / "main.typ").write_text(
        to_typst((FRONT + BODY).replace("manuscript", theme)), encoding="utf-8"
    )
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(THEME / "fonts")]
    )
    pdf, warnings = typst.compile_with_warnings(
        str(tmp_path / "main.typ"),
        root=str(tmp_path),
        font_paths=fonts,
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    assert pdf.startswith(b"%PDF-1.7")
    assert not warnings
    assert (b"Ada Lo" in pdf) == (theme != "review")  # reviewers learn no name


def test_jats_ids_and_front_matter() -> None:
    xml = pandoc(
        FRONT + BODY, "jats_publishing", "-s", before=("crossref", "authors"), after=("jats",)
    )
    assert '<table-wrap id="tbl-one">' in xml
    assert '<fig id="fig-one">' in xml
    assert '<xref ref-type="table" rid="tbl-one">Tabell 1</xref>' in xml
    assert "Tabell 1: The first" in xml
    assert '<alt-text>It "shows" a \\ line.</alt-text>' in xml
    assert '<xref ref-type="aff" rid="aff-2"/>' in xml
    assert "<email>ada@example.org</email>" in xml
    assert "<attrib>P1, peer worker</attrib>" in xml


def test_a_full_stop_and_a_word_after_a_link_are_no_field_of_it(tmp_path: Path) -> None:
    text = "[a](https://x.org).Word, *b*.c, ^2^.Øl and [[d](https://y.org)]{.term}.End [x](https://z.org)."
    source = pandoc(text, "typst-smart", after=("typst",))
    assert source.count("];.") == 4
    assert source.rstrip().endswith("].")
    (tmp_path / "main.typ").write_text("#let term(body) = body\n" + source, "utf-8")
    typst.compile(str(tmp_path / "main.typ"))  # refuses what has no such field


@pytest.mark.parametrize(
    "text",
    [
        "![a](x.svg).Word",
        "`` a`b ``.Word and `x`.Word",
        "> Said.\n>\n> [A ^2^.Word]{.attribution}",
        "![See *it*.Word](x.svg){fig-alt='a'}",
        "[*b*]{.term}.Word-2 and *b*.3-4",
    ],
)
def test_nor_after_a_picture_code_or_in_a_caption(text: str, tmp_path: Path) -> None:
    source = pandoc(f"{text}\n", "typst-smart", after=("typst",))
    (tmp_path / "x.svg").write_text(PICTURE)
    (tmp_path / "main.typ").write_text("#let term(body) = body\n" + source, "utf-8")
    typst.compile(str(tmp_path / "main.typ"))
