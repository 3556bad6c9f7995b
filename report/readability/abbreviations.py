"""Words with a full stop that ends no sentence, and what else a full stop is judged by.

All in small letters, by language. Abbreviations are written without their last full stop. Any
other language has none: there a full stop before a capital ends a sentence.
"""

from collections.abc import Mapping
from typing import Final

_ENGLISH = """
    adm al approx assoc bros capt cf col dept dr e.g eg esp est fr gen gov hon i.e ie incl lt maj
    messrs mr mrs ms mt prof resp rev sen sgt sr st univ v viz vs
"""
_NORWEGIAN = """
    adm adr ang ass asst avd bl.a c/o cand d.v.s dir div dr dvs e.l eks ekskl evt f f.eks feks ff
    fhv fr frk ggr gj.sn hhv hr ifm ift inkl jf jfr jr kand m.a m.a.o m.h.t m.o.t mag maks mht mill
    min mr mrd mrs ms mtp nr o.a oppr p.g.a pga pkt prof rådg s.k sst st st.meld t.d t.eks t.h
    t.o.m t.v tlf univ utg v vedk vha vs årg
"""
GOES_ON: Final[Mapping[str, frozenset[str]]] = {
    "en": frozenset(_ENGLISH.split()),
    "nb": frozenset(_NORWEGIAN.split()),
    "nn": frozenset(_NORWEGIAN.split()),
}
"""Abbreviations that another word follows: Dr., f.eks., bl.a."""

_ENGLISH_NUMBERED = "art ca ch chap ed eq fig figs no nos p para pp pt pts sec sect tab vol vols"
_NORWEGIAN_NUMBERED = "art ca fig figs kap kl kol par pgf s tab vedl"
BEFORE_NUMBER: Final[Mapping[str, frozenset[str]]] = {
    "en": frozenset(_ENGLISH_NUMBERED.split()),
    "nb": frozenset(_NORWEGIAN_NUMBERED.split()),
    "nn": frozenset(_NORWEGIAN_NUMBERED.split()),
}
"""Abbreviations before a number; before anything else they may be words: No. 5, and No."""

_MONTHS = """
    januar februar mars april mai juni juli august september oktober november desember
    jan feb mar apr jun jul aug sept sep okt nov des
"""
MONTHS: Final[Mapping[str, frozenset[str]]] = {
    "nb": frozenset(_MONTHS.split()),
    "nn": frozenset(_MONTHS.split()),
}
"""After a number and a full stop they make a date, with a capital too: 17. Mai."""

_ENGLISH_STARTERS = """
    after all an and as at but by each even every few for he her here his how if in is it its many
    most my not now on one or our she so some that the their then there these they this those to we
    what when where who why with yet you your
"""
_BOKMAAL_STARTERS = """
    alle at av både da de deres derfor det denne dere dette disse du eller en er et etter for fra
    han hun hva hvem hver hvis hvor hvordan hvorfor ikke jeg man med men mange når nå noen og også
    om på slik som så til ved vi vår våre
"""
_NYNORSK_STARTERS = """
    alle at av både da de dei deira derfor det denne dette desse du eg eit eller ein er etter for
    frå han ho ikkje kva kven kvar korleis kvifor me med men mange når no nokre og også om på slik
    som så til ved vi viss vår våre
"""
STARTERS: Final[Mapping[str, frozenset[str]]] = {
    "en": frozenset(_ENGLISH_STARTERS.split()),
    "nb": frozenset(_BOKMAAL_STARTERS.split()),
    "nn": frozenset(_NYNORSK_STARTERS.split()),
}
"""Words that start a sentence also after an initial or letters with full stops: the U.S. This."""

OF_LETTERS: Final[Mapping[str, frozenset[str]]] = {
    "en": frozenset({"i"}),
    "nb": frozenset({"i", "å"}),
    "nn": frozenset({"i", "å"}),
}
"""Words of one letter, which are no initials: So did I."""

KNOWN: Final = frozenset({"EU", "FN", "HIV", "ID", "OK", "PC", "PDF", "SMS", "TV", "UK", "USA"})
"""Abbreviations in capitals that everybody knows as words."""


def base(language: str) -> str:
    """The language whose lists hold for a code: pt for pt-BR, nb for Norwegian without a form."""
    code = language.partition("-")[0]
    return "nb" if code == "no" else code
