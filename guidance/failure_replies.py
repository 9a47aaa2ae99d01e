"""Home of what the assistant says about a failure: its text, and a way on where there is one."""

from guidance import wording
from guidance.content import read_content
from guidance.errors import GuidanceError
from guidance.replies import Button, Reply


def failure_reply(error: GuidanceError) -> Reply:
    """Say what went wrong, with the buttons that help from there."""
    offered = read_content("texts/failures")["buttons"].get(type(error).__name__, [])
    return Reply(wording.failure(error), buttons=tuple(Button(**button) for button in offered))
