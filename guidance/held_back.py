"""Home of what is held back from a message to or from an oud-leerling: contact, meeting, secret, link."""

import re
from functools import cache
from typing import Any

from guidance.content import read_content
from guidance.redaction import findings, visible
from guidance.safety_patterns import Pattern, Sentences
from guidance.safety_words import sentences_of

DATA, LINK, CONTACT = "data", "link", "contact"


def held_back_because(text: str) -> list[str]:
    """Return why a message is held back, in a fixed order; nothing when it may go.

    One of data (a phone number, address, account), link, contact (asked or offered), meeting and secret.
    """
    shown = visible(text)
    said = Sentences(sentences_of(shown))
    why = [DATA] if _holds_contact_data(shown) else []
    if any(not _may_be_named(link) for link in _link().findall(shown)):
        why.append(LINK)
    return why + [kind for kind, patterns in _patterns().items() if any(map(said.has, patterns))]


def _holds_contact_data(text: str) -> bool:
    kinds = read_content("held_back")[DATA]
    return any(found.type in kinds for found in findings(text))


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
def _patterns() -> dict[str, list[Pattern]]:
    content: dict[str, Any] = read_content("held_back")
    groups = {name: "|".join(members.split()) for name, members in content["words"].items()}
    groups["fillers"] = "|".join(read_content("safety")["words"]["fillers"].split())
    return {
        kind: [Pattern.read(line, groups) for line in written] for kind, written in content["kinds"].items()
    }
