"""A term is explained where a document first uses it, in any of its forms, and only there."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import polib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from report.check import Checked, check
from report.compose.glossary import settled
from report.compose.running import passages, sentences
from report.compose.vocabulary import Found, Vocabulary
from report.config import settings
from report.model.glossary import Term, Wording
from report.translate.extract import extract

BASE = Path(__file__).parents[1] / "studies" / "base"


def vocabulary(*terms: str) -> Vocabulary:
    """Each term is its forms with a / between."""
    forms: dict[str, Found] = {}
    for number, text in enumerate(terms):
        first, *others = text.split("/")
        wording = Wording(term=first, forms=tuple(others), plain="it")
        term = Term(id=f"t{number}", words={"en": wording})
        forms |= dict.fromkeys(wording.every_form, Found(term, wording))
    return Vocabulary(forms)


PEERS = vocabulary(
    "peer worker/peer workers/peer workers'",
    "co-production",
    "co-production role",
    "WHO",
    "erfaring",
    "elev/eleven/elevens",
    "l’été",
    "рак",
    "سرطان",
    "å",
    "service user",
    "user representative",
)


def found(text: str) -> list[str]:
    return [text[use.start : use.end] for use in PEERS.uses(text, passages(text))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A peer worker, two peer workers.", ["peer worker", "peer workers"]),
        ("The peer workers' task", ["peer workers'"]),
        ("The peer workers’ task", ["peer workers’"]),
        ("A peer worker's task and a peer worker’s", []),
        ("A peer\nworker", ["peer\nworker"]),
        ("A peer\u00a0worker", ["peer\u00a0worker"]),
        ("Peer workers came. Peer workers went.", ["Peer workers", "Peer workers"]),
        ("Why? “Well.” Peer workers [@x]. Peer workers", ["Peer workers", "Peer workers"]),
        ("- **Peer workers** went", ["**Peer workers**"]),
        ("The Peer workers' union", []),
        ("PEER WORKERS", []),
        ("The WHO asked who; Who?", ["WHO"]),
        ("co-production", ["co-production"]),
        ("co\u2011production", ["co\u2011production"]),
        ("a co-production role", ["co-production role"]),
        ("a non-co-production, a co-production-like", []),
        ("this--co-production--that", ["co-production"]),
        ("peer worker/service user", ["peer worker", "service user"]),
        ("service user representative", ["user representative"]),
        ("erfaringskonsulent, egenerfaring, erfarings-", []),
        ("Eleven sa det. elevens, elevene", ["Eleven", "elevens"]),
        ("l'été", ["l'été"]),
        ("рак, раком, Рак", ["рак"]),
        ("سرطان و السرطان و سرطانٌ", ["سرطان"]),
        ("å, a\u030a, på, åå", ["å"]),
        ("å\u0301 å", ["å"]),
        (
            "*peer worker*, __peer worker__ and *a peer worker*",
            ["*peer worker*", "__peer worker__", "peer worker"],
        ),
        ("1 peer worker\n2. peer worker", ["peer worker", "peer worker"]),
    ],
)
def test_words_are_found(text: str, words: list[str]) -> None:
    assert found(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "# A peer worker",
        "A peer worker\n=====",
        "> A peer worker said",
        "- > A peer worker said",
        "| a peer worker | b |\n|---|---|\n| peer worker | x |",
        "  peer worker   x\n  -----------   ---\n  peer worker   y",
        "::: {#tbl-x}\n| a |\n|---|\n| b |\n\nEvery peer worker.\n:::",
        "Table: Every peer worker.",
        "peer worker\n:   someone",
        "See.[^1]\n\n[^1]: A peer worker.",
        "`peer worker` and ``a ` peer worker``{.x}",
        "```\nA peer worker\n```",
        "    peer worker",
        "[peer worker](https://example.org) [a peer worker][x]",
        "[peer worker]{.smallcaps} [a [peer worker] b](x)",
        "[@who, a peer worker] @peer.worker",
        "^[A peer worker.]",
        "<https://example.org/peer worker> https://example.org/(co-production)",
        "me@co-production.org",
        '“A peer worker”, «peer worker», „peer worker“, "peer worker", ‘it’s a peer worker’',
        "{{ quote('peer worker') }} {%# peer worker %} {{ n }}co-production co-production{{ n }}",
    ],
)
def test_words_that_are_no_running_text_are_left(text: str) -> None:
    assert found(text) == []


def test_an_author_may_explain_a_term() -> None:
    text = "A [peer worker]{.term} is hired."
    (use,) = PEERS.uses(text, passages(text))
    assert (text[use.start : use.end], use.own) == ("[peer worker]{.term}", True)


TOKENS = """\
peer worker|peer workers|co-production|[@x]|*a*|“|”|`|[|]|{{ n }}|(|)|- |> |# |**|'|.|{.term}|\\
"""
WORDS = st.lists(st.sampled_from(["\n\n", "|", *TOKENS.rstrip().split("|")]), max_size=40).map(
    " ".join
)


@given(WORDS)
def test_sentences_are_as_long_as_their_passage_and_keep_their_words(text: str) -> None:
    for start, end in passages(text):
        shape = sentences(text[start:end])
        assert len(shape) == end - start
        assert all(s == t for s, t in zip(shape, text[start:end], strict=True) if s.isalnum())


@given(WORDS)
def test_uses_follow_each_other(text: str) -> None:
    at = 0
    for use in PEERS.uses(text, passages(text)):
        assert at <= use.start < use.end <= len(text)
        at = use.end


# Documents


@pytest.fixture
def compose(tmp_path: Path) -> Callable[..., Checked]:
    """Composes the small study with these texts of the lay summary and this glossary."""

    def composed(
        *, way: str = "brackets", languages: str = "en", glossary: str = "", **texts: str
    ) -> Checked:
        folder = tmp_path / "study"
        shutil.copytree(BASE, folder, dirs_exist_ok=True)
        data = folder / "data"
        (data / "audiences.yml").write_text(
            f"audiences:\n  lay: {{languages: [{languages}], glossary: {way}}}\n", "utf-8"
        )
        terms = glossary or (
            "terms:\n"
            "  - id: ward\n    words:\n"
            "      en: {term: ward, forms: [wards], plain: a part of a hospital}\n"
            "      nb: {term: avdeling, forms: [avdelingen], plain: en del av et sykehus}\n"
            "  - id: aid\n    words:\n"
            "      en: {term: aid, plain: help that *comes* & goes}\n"
            "      nb: {term: ømhet, plain: noe godt}\n"
        )
        (data / "glossary.yml").write_text(terms, "utf-8")
        for name, text in ({"found": "A lamp helps."} | texts).items():
            (data / "text" / "lay" / f"{name}.md").write_text(text, "utf-8")
        return check(settings(folder), ["lay"], draft=True)

    return composed


def text_of(checked: Checked, name: str = "lay.en") -> str:
    assert not checked.failed, checked.diagnostics
    return checked.documents[name].text


def lines_with(checked: Checked, word: str, name: str = "lay.en") -> list[str]:
    return [line for line in text_of(checked, name).splitlines() if word in line]


def test_the_first_use_in_reading_order_is_explained(compose: Callable[..., Checked]) -> None:
    checked = compose(
        why="Wards are large. A ward.", done="{{ term('wards') }} and {{ term('ward') }}"
    )
    assert lines_with(checked, "ard") == [
        "[Wards]{.term} (a part of a hospital) are large. A ward.",
        "wards and ward",
    ]


def test_the_first_use_may_be_asked_for(compose: Callable[..., Checked]) -> None:
    checked = compose(why="# On wards\n\n{{ term('Wards') }}", done="A ward.")
    assert lines_with(checked, "ard") == [
        "# On wards",
        "[Wards]{.term} (a part of a hospital)",
        "A ward.",
    ]


def test_what_the_author_explains_is_not_explained_again(compose: Callable[..., Checked]) -> None:
    checked = compose(
        why="A [ward]{.term} is a part of a hospital.", done="Wards. {{ term('ward') }}"
    )
    assert lines_with(checked, "ard") == [
        "A [ward]{.term} is a part of a hospital.",
        "Wards. ward",
    ]


@pytest.mark.parametrize(
    "why",
    [
        "Nobody on the ward came at all.",
        f"{'It was cold. ' * 80}\n\nNobody\n\non the\n\nward came at\n\nall. {'So it was. ' * 80}",
    ],
)
def test_an_explanation_does_not_part_words_that_may_not_stand_there(
    compose: Callable[..., Checked], tmp_path: Path, why: str
) -> None:
    compose(why=why)
    data = tmp_path / "study" / "data"
    quotes = (data / "quotes.csv").read_text("utf-8")
    quotes = quotes.replace(
        '"A small lamp helps, and it is enough"', "nobody on the ward came at all"
    )
    (data / "quotes.csv").write_text(quotes, "utf-8")
    people = (
        (data / "participants.csv").read_text("utf-8").replace("N1,FG1,North", "N1,FG1,North,x")
    )
    people = people.replace("ward\n", "ward,withdrawn\n").replace(",x\n", ",2024-05-01 all\n")
    (data / "participants.csv").write_text(people, "utf-8")
    checked = check(settings(tmp_path / "study"), ["lay"], draft=True)
    assert [d.message for d in checked.diagnostics if d.code == "leak"] == [
        "withdrawn: words of quote Q1 stand here"
    ]


def test_without_a_way_only_what_is_asked_for_is_explained(compose: Callable[..., Checked]) -> None:
    checked = compose(way="none", why="A ward. {{ term('ward') }}", done="{{ term('ward') }}")
    assert lines_with(checked, "ard") == ["A ward. [ward]{.term} (a part of a hospital)", "ward"]


def test_an_explanation_is_text(compose: Callable[..., Checked]) -> None:
    assert lines_with(compose(why="An aid."), "term") == [
        "An [aid]{.term} (help that \\*comes\\* \\& goes)."
    ]


def test_a_margin_holds_the_term_too(compose: Callable[..., Checked]) -> None:
    (line,) = lines_with(compose(way="margin", why="Two wards."), "term")
    assert line == (
        "Two [wards]{.term} [[(]{.bracket}a part of a hospital[)]{.bracket}]"
        '{.term-note term="ward"}.'
    )


def test_a_list_holds_the_terms_that_are_used_by_the_alphabet(
    compose: Callable[..., Checked],
) -> None:
    text = text_of(compose(way="list", why="Two wards.", done="An aid, a ward."))
    assert "Two [[wards]{.term}](#term-ward)." in text
    assert "An [[aid]{.term}](#term-aid), a ward." in text
    listed = re.findall(r"\[(\w+)\]\{#term-(\w+)\}\n:   (.*)", text)
    assert listed == [
        ("aid", "aid", "help that \\*comes\\* \\& goes"),
        ("ward", "ward", "a part of a hospital"),
    ]
    assert "#term-aid" not in text_of(compose(way="list", why="Two wards.", done="None."))


def test_a_template_without_a_place_for_the_list_has_it_at_the_end(
    compose: Callable[..., Checked], tmp_path: Path
) -> None:
    compose()
    own = tmp_path / "study" / "templates" / "lay"
    own.mkdir(parents=True)
    ours = Path(__file__).parents[2] / "templates" / "lay"
    (own / "audience.yml").write_text((ours / "audience.yml").read_text("utf-8"), "utf-8")
    template = (ours / "document.qmd.j2").read_text("utf-8")
    (own / "document.qmd.j2").write_text(template.replace("{{ words_explained }}", ""), "utf-8")
    text = text_of(compose(way="list", why="Two wards."))
    assert text.rstrip().endswith("[ward]{#term-ward}\n:   a part of a hospital\n\n:::")


def test_no_glossary_leaves_no_trace(compose: Callable[..., Checked]) -> None:
    for way in ("brackets", "margin", "list", "none"):
        text = text_of(compose(way=way, why="x", glossary="terms: []\n"))
        assert not re.search(r"[\x00-\x08]|\n\n\n\n|\.glossary", text)


def test_a_quote_is_never_altered(compose: Callable[..., Checked]) -> None:
    glossary = (
        "terms:\n  - id: lamp\n    words: {en: {term: lamp, forms: [we, It, was], plain: x}}\n"
    )
    checked = compose(
        why="{{ quote('Q1') }} {{ block_quote('Q3') }}".replace("}} {{", "}}\n\n{{"),
        glossary=glossary,
    )
    quotes = [q for q in checked.study.quotes if q.id in {"Q1", "Q3"}] if checked.study else []
    assert len(quotes) == 2
    assert all(quote.text in re.sub(r"\\(.)", r"\1", text_of(checked)) for quote in quotes)


# In translation


def nb(folder: Path, **words: str) -> None:
    """Translate the lay summary: each message by its own text."""
    extract(settings(folder))
    file = folder / "data" / "locale" / "nb.po"
    catalogue = polib.pofile(str(file))
    for entry in catalogue:
        entry.msgstr = words.get(entry.msgid, entry.msgid)
    catalogue.save()


def test_a_translation_uses_the_forms_of_its_language(
    compose: Callable[..., Checked], tmp_path: Path
) -> None:
    texts = {"why": "On wards.", "done": "A ward."}
    compose(languages="en, nb", **texts)
    nb(tmp_path / "study", **{"On wards.": "Avdelingen, wards.", "A ward.": "En avdeling."})
    checked = compose(languages="en, nb", **texts)
    assert lines_with(checked, "vdeling", "lay.nb") == [
        "[Avdelingen]{.term} (en del av et sykehus), wards.",
        "En avdeling.",
    ]


def test_a_catalogue_gets_the_terms_that_a_text_uses(
    compose: Callable[..., Checked], tmp_path: Path
) -> None:
    glossary = "terms:\n" + "".join(
        f"  - id: {i}\n    words: {{en: {{term: {i}, forms: [{i}s], plain: a {i} thing}}}}\n"
        for i in ("ward", "nurse")
    )
    texts = {"why": "On wards.", "glossary": glossary}
    compose(languages="en, nb", **texts)
    folder = tmp_path / "study"
    words = {
        "ward; wards": "avdeling; avdelingen",
        "a ward thing": "en ting",
        "On wards.": "Avdelingen.",
    }
    nb(folder, **words)
    contexts = [e.msgctxt for e in polib.pofile(str(folder / "data" / "locale" / "nb.po"))]
    assert [c for c in contexts if c and "glossary" in c] == [
        "glossary.yml § ward",
        "glossary.yml § ward.plain",
    ]
    checked = compose(languages="en, nb", **texts)
    assert lines_with(checked, "vdeling", "lay.nb") == ["[Avdelingen]{.term} (en ting)."]


def test_what_is_not_translated_is_explained_in_its_own_language(
    compose: Callable[..., Checked],
) -> None:
    (line,) = lines_with(compose(languages="nb", why="On wards."), "wards", "lay.nb")
    assert line == ("[\\[en: On [wards]{.term} (a part of a hospital).\\]]{lang=en .untranslated}")


# Properties

USES = st.lists(
    st.tuples(
        st.sampled_from(["a en", "b en", "a nb"]), st.booleans(), st.text("xyz ", max_size=5)
    ),
    max_size=30,
)


@given(USES)
@example([("a en", False, ""), ("a en", True, ""), ("b en", True, " ")])
def test_each_term_is_explained_once_and_the_words_stay(uses: list[tuple[str, bool, str]]) -> None:
    written = "".join(
        f"{between}\x01{key}\x02<{key}>\x02{f'<{key}>!' if explains else ''}\x03"
        for key, explains, between in uses
    )
    text, ids = settled(written, "en")
    assert text.replace("!", "") == "".join(f"{between}<{key}>" for key, _, between in uses)
    first: dict[str, bool] = {}
    for key, explains, _ in uses:
        first.setdefault(key, explains)
    explained = [key for key, explains in first.items() if explains]
    assert re.findall(r"<(.. ?..)>!", text) == explained
    assert list(ids) == [key[0] for key in explained if key.endswith("en")]
