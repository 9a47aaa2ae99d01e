"""Home of what is said to danger: fixed texts, with the name of the contact as the only variable."""

from jinja2 import Environment, StrictUndefined

from guidance.content import read_content
from guidance.replies import Reply
from guidance.safety import Danger

_FIXED = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701  chat text is not HTML


def danger_reply(danger: Danger, *, contact_name: str | None, signed_in: bool, notified: bool) -> Reply:
    """Return the reply to a danger; it says that someone was told only when a notice was stored."""
    if danger.tier == "A":
        return concern_reply()
    if not signed_in:
        return _reply("anonymous")
    if contact_name and notified:
        return _reply("contact", contact=contact_name)
    return _reply("nobody")


def concern_reply() -> Reply:
    """Return the help lines that come before the answer to a veiled signal; nobody is told."""
    return Reply(read_content("safety")["texts"]["concern"].strip())


def still_here_reply() -> Reply:
    """Return what follows a bare yes or no to the help lines: no other question, and no career."""
    return Reply(read_content("safety")["texts"]["still_here"].strip())


def _reply(situation: str, **contact: str) -> Reply:
    text = read_content("safety")["texts"]["danger"][situation]
    return Reply(_FIXED.from_string(text).render(**contact).strip())
