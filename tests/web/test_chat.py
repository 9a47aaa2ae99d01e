"""What the chat page answers to its own forms, with and without a script."""

from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from tests.people import ANNAS_CODE
from tests.web.browser import Browser
from tests.web.engine import FakeEngine

DANGER = "ik wil niet meer leven"
HELP = "0800-0113"
SEND = "/gesprek/berichten"


def send(browser: Browser, *, script: bool, message_id: str = "m1", text: str = DANGER) -> str:
    token = browser.get("/").find(".//input[@name='csrf']").get("value", "")
    browser.client.headers = {"hx-request": "true"} if script else {}
    answer = browser.client.post(SEND, data={"csrf": token, "message_id": message_id, "text": text})
    browser.client.headers = {}
    while answer.status_code == 303:
        answer = browser.client.get(answer.headers["location"])
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
class TestDanger:
    def test_is_answered_after_signing_out(self, browser: Browser, script: bool) -> None:
        assert HELP in send(browser, script=script)

    def test_is_answered_in_the_talk(self, anna: Browser, script: bool) -> None:
        assert HELP in send(anna, script=script)
        assert HELP in anna.get("/").text

    @pytest.mark.parametrize("used", ["m1", "welcome"])
    def test_is_answered_under_an_id_used_before(
        self, anna: Browser, engine_server: FakeEngine, script: bool, used: str
    ) -> None:
        send(anna, script=script, text="hoi")

        assert HELP in send(anna, script=script, message_id=used)

    def test_is_answered_when_the_database_is_broken(
        self, anna: Browser, monkeypatch: pytest.MonkeyPatch, script: bool
    ) -> None:
        def broken() -> Any:
            raise OperationalError("BEGIN", None, OSError("disk"))

        for room in ("web.danger", "web.turns", "web.chat"):
            monkeypatch.setattr(f"{room}.transaction", broken)

        assert HELP in send(anna, script=script)


@pytest.mark.parametrize(("own_device", "minutes"), [("", "15"), ("1", None)], ids=["shared", "own"])
def test_a_talk_on_a_shared_device_names_when_its_page_goes_away(
    browser: Browser, own_device: str, minutes: str | None
) -> None:
    fields = {"own_device": own_device} if own_device else {}
    browser.send(browser.get("/"), "/gesprek", school="vechtdal", code=ANNAS_CODE, **fields)

    assert browser.get("/").find(".//div[@class='talk']").get("data-idle-minutes") == minutes


def test_a_talk_in_a_frame_is_on_a_shared_device(browser: Browser) -> None:
    start = browser.get("/?school=vechtdal&frame=1")

    talk = browser.send(start, "/gesprek", school="vechtdal", code=ANNAS_CODE)

    assert talk.find(".//div[@class='talk']").get("data-idle-minutes") == "15"
