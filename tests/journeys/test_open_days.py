"""An open day, imported while the service runs: from the chat into an agenda, until it is called off."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import httpx
import pytest

from guidance import clock
from guidance.open_days import AnnouncedDay
from guidance.services.open_days import import_open_days
from tests.open_days import institution, open_day
from tests.stack import RunningService, Talk

pytestmark = pytest.mark.stack

QUESTION = "wanneer is er een open dag bij een pabo in Zwolle"


@pytest.fixture
def announce(service: RunningService) -> Iterator[Callable[..., None]]:
    """Return how a school announces its open days; afterwards there are none again."""

    def take(*days: AnnouncedDay) -> None:
        with service.sessions.begin() as session:
            import_open_days(session, institution(), days, source="proef.ics", now=clock.now())

    yield take
    take()


def test_an_announced_day_goes_from_the_chat_into_an_agenda(
    service: RunningService, announce: Callable[..., None]
) -> None:
    talk = Talk(service, pupil_code=service.add_pupil())
    announce(open_day(starts_at=clock.now().replace(microsecond=0) + timedelta(days=30)))

    talk.say(QUESTION)

    (card,) = [card for card in talk.cards if card["title"] == "Proefdag, Hogeschool KPZ"]
    ((_, address),) = card["links"]
    sent = httpx.get(service.url + address, trust_env=False)
    assert sent.headers["content-type"].startswith("text/calendar")
    assert "UID:1@kpz.nl" in sent.text

    announce()
    talk.say(QUESTION)
    assert "Proefdag, Hogeschool KPZ" not in [card["title"] for card in talk.cards]
    assert httpx.get(service.url + address, trust_env=False).status_code == 404
