"""What the assistant says when something it expects goes wrong."""

import yaml

from guidance import errors
from guidance.content import read_content
from guidance.errors import NoOpenCheckIn, NotAllowed, SignInNeeded
from guidance.failure_replies import failure_reply
from guidance.settings import ROOT


def test_offers_a_way_on_where_there_is_one() -> None:
    reply = failure_reply(NoOpenCheckIn("run 1"))

    assert reply.text == "Er staat nu geen check open."
    assert [button.payload for button in reply.buttons] == ["/start_interest_check_in"]


def test_says_only_what_is_wrong_where_there_is_none() -> None:
    assert failure_reply(NotAllowed("pupil 1")).buttons == ()


def test_says_where_to_sign_in() -> None:
    assert "startpagina" in failure_reply(SignInNeeded("pupil 1")).text


def test_offers_only_what_the_engine_knows_after_failures_that_exist() -> None:
    offered = read_content("texts/failures")["buttons"]
    intents = yaml.safe_load((ROOT / "domain.yml").read_text())["intents"]

    assert offered
    for name, buttons in offered.items():
        assert hasattr(errors, name)
        assert {button["payload"].removeprefix("/") for button in buttons} <= set(intents)
