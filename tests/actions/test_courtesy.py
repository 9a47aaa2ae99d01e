"""Greetings, thanks and goodbyes; questions beside them stand in test_second_question.py."""

import pytest

from actions.courtesy import RETURNED, ReturnCourtesy
from tests.actions.chat import Chat


@pytest.mark.parametrize("intent", RETURNED)
async def test_returns_a_courtesy(intent: str) -> None:
    chat = Chat()

    await chat.hear(ReturnCourtesy(), intent={"name": intent})

    assert chat.responses == [f"utter_{intent}"]
