"""Home of what is held back from a message to or from an oud-leerling: contact, meeting, secret, link."""

import re
from functools import cache
from typing import Any, NamedTuple

from guidance.content import read_content
from guidance.held_back_words import sentences_in, straightened, with_figures
from guidance.redaction import holds, visible
from guidance.redaction_rules import filled_in
from guidance.safety_patterns import Pattern, PatternIndex, Sentences
from guidance.safety_words import letters_of

DATA, LINK, CONTACT = "data", "link", "contact"


class Signs(NamedTuple):
    """What points at one reason, and what is blotted out before it is looked for."""

    innocent: PatternIndex
    signs: PatternIndex


def held_back_because(text: str) -> list[str]:
    """Return why a message is held back, in a fixed order; nothing when it may go.

    One of data (a phone number, address, account), link, contact (asked or offered), meeting and secret.
    """
    shown = visible(text)
    straight = straightened(shown)
    said = Sentences(sentences_in(straight))
    why = {
        kind
        for kind, (innocent, signs) in _kinds().items()
        if signs.any_in(said.without(innocent.likely_in(said)))
    }
    if _holds_contact_data(shown, straight):
        why.add(DATA)
    if any(not _may_be_named(link) for form in (shown, straight) for link in _link().findall(form)):
        why.add(LINK)
    return [kind for kind in dict.fromkeys([DATA, LINK, *_kinds()]) if kind in why]


def _holds_contact_data(shown: str, straight: str) -> bool:
    """Say whether there is contact data, plain or in disguise."""
    letters, figures = letters_of(straight), with_figures(straight)
    # Most texts hide no letters behind other signs: then one look is enough.
    forms = [straight] if letters == straight.casefold() else [straight, letters]
    return (
        holds(shown, read_content("held_back")[DATA])
        or any(shape.search(figures) for shape in _shapes("phones"))
        or any(shape.search(form) for form in forms for shape in _shapes("shapes"))
    )


def _may_be_named(link: str) -> bool:
    site = re.sub(r"^(?:https?://)?(?:www\.)?", "", link.casefold())
    return any(
        site.rstrip("./") == named or site.startswith(f"{named}/")
        for named in read_content("held_back")["may_be_named"]
    )


@cache
def _link() -> re.Pattern[str]:
    return re.compile(read_content("held_back")[LINK], re.IGNORECASE)


@cache
def _shapes(name: str) -> list[re.Pattern[str]]:
    content: dict[str, Any] = read_content("held_back")
    return [re.compile(filled_in(shape, content["parts"]), re.IGNORECASE) for shape in content[name]]


@cache
def _kinds() -> dict[str, Signs]:
    content: dict[str, Any] = read_content("held_back")
    groups = {name: "|".join(members.split()) for name, members in content["words"].items()}

    def read_all(written: list[str]) -> PatternIndex:
        return PatternIndex([Pattern.read(line, groups) for line in written])

    return {
        kind: Signs(read_all(written["innocent"]), read_all(written["signs"]))
        for kind, written in content["kinds"].items()
    }
