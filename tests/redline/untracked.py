"""A page's insertions and deletions accepted or refused, and what the page comes to. Shares no code
with the redline."""

import re
from typing import Any

from lxml import html

BLOCKS = {f"h{n}" for n in range(1, 7)} | {"p", "li", "td", "th", "dt", "dd", "pre", "div"}
BLOCKS |= {"blockquote", "figcaption", "caption", "section"}


def _page(content: bytes) -> Any:
    return html.document_fromstring(content, html.HTMLParser(encoding="utf-8", huge_tree=True))


def changes(content: bytes) -> list[str]:
    """The insertions and deletions of a page, as “+words” and “-words”."""
    signs = {"ins": "+", "del": "-"}
    found = _page(content).iter("ins", "del")
    return [signs[e.tag] + "".join(e.itertext()) for e in found if e.get("data-change")]


def accepted(content: bytes) -> bytes:
    return _settled(content, "ins", "change-deleted")


def refused(content: bytes) -> bytes:
    return _settled(content, "del", "change-inserted")


def _settled(content: bytes, kept: str, gone: str) -> bytes:
    page = _page(content)
    for element in list(page.iter()):
        classes = (element.get("class") or "").split() if isinstance(element.tag, str) else []
        if (gone in classes and element.getparent() is not None) or "change-next" in classes:
            element.drop_tree()
    for change in [e for e in page.iter("ins", "del") if e.get("data-change")]:
        if change.text == "¶" and not len(change):
            # An end that went parts the paragraph again; one that came is none where it is refused.
            parted = (change.tag == "del") == (kept == "del")
            change.tail = ("\ue000" if change.tag == "del" and parted else "") + (change.tail or "")
            if change.tag == "ins" and not parted:
                change.getparent().set("data-joined", "1")
            change.drop_tree()
        elif change.tag == kept:
            change.drop_tag()
        else:
            change.drop_tree()
    return bytes(html.tostring(page, encoding="utf-8"))


def shown(content: bytes) -> list[str]:
    """The lines of a page: what each shows, in which element, with bold type and the like, links
    and pictures. Contents and the numbers of notes are left out: both are made of the rest."""
    body = _page(content).body
    for part in list(body.iter("nav")):
        part.drop_tree()
    lines = [""]

    def say(text: str | None) -> None:
        lines[-1] += re.sub(r"\s+", " ", text or "")

    def walk(element: Any) -> None:
        if not isinstance(element.tag, str):
            say(element.tail)
            return
        classes = [c for c in (element.get("class") or "").split() if not c.startswith("change-")]
        block = element.tag in BLOCKS
        if block:
            lines.append(f"{element.tag} {classes}: ")
        if element.tag == "a":
            number = "footnote" in (element.get("class") or "")
            target = "" if number else re.sub(r"^#was-", "#", element.get("href") or "#")
            say(f"⟨{target if not target.startswith('#') else '#'} ")
            say("" if number else "".join(element.itertext()))
            say("⟩")
        elif element.tag == "img":
            say(f"⟨{hash(element.get('src'))} {element.get('alt')}⟩")
        else:
            opened = element.tag in {"em", "strong", "code", "sup", "sub"} and "".join(
                element.itertext()
            )
            say(f"⟨{element.tag} " if opened else "")
            say(element.text)
            for child in element:
                walk(child)
            say("⟩" if opened else "")
        if block:
            lines.append("joined" if element.get("data-joined") else "")
        say(element.tail)

    walk(body)
    text = "\n".join(lines)
    text = re.sub(r"\njoined\s*\np \[\]: ", "", text).replace("\ue000", "\np []: ")
    return [" ".join(line.split()) for line in text.split("\n") if not _is_empty(line)]


def _is_empty(line: str) -> bool:
    return not re.sub(r"^\w+ \[.*?\]: ", "", line).strip()


def lost_anchors(content: bytes) -> list[str]:
    """Links within the page that lead nowhere, and ids that are there twice."""
    page = _page(content)
    ids = [e.get("id") for e in page.iter() if isinstance(e.tag, str) and e.get("id")]
    targets = [e.get("href")[1:] for e in page.iter("a") if (e.get("href") or "").startswith("#")]
    return [t for t in targets if t and t not in ids] + [i for i in ids if ids.count(i) > 1]
