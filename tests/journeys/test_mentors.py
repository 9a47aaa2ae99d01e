"""An oud-leerling, a pupil, the dean and the contact in real browsers: an answer, a report, a night."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select, update

from guidance import clock
from guidance.models.mentors import Mentor
from guidance.models.pupil import Pupil
from guidance.services.accounts import code_digest
from guidance.settings import ROOT
from tests.stack import RunningService

pytestmark = [pytest.mark.stack, pytest.mark.browser]

QUESTION, ANSWER = "Hoe zwaar is het eerste jaar?", "Het eerste jaar is druk, maar je leert veel."
STEP_OF_CODE = 30


@dataclass
class Cast:
    """Who takes part, each on a page of their own."""

    service: RunningService
    chromium: Browser

    def visit(self, address: str) -> Page:
        page = self.chromium.new_context(locale="nl-NL").new_page()
        page.set_default_timeout(30_000)
        page.goto(address if address.startswith("http") else f"{self.service.url}{address}")
        return page

    def staff(self, person: dict[str, str]) -> Page:
        """Sign a member of staff in; a code opens one session, so a used one is waited out."""
        page = self.visit("/inloggen")
        while page.url.endswith("/inloggen"):
            step = int(time.time()) // STEP_OF_CODE
            page.get_by_label("Gebruikersnaam").fill(person["username"])
            page.get_by_label("Wachtwoord").fill(person["password"])
            page.get_by_label("code").fill(pyotp.TOTP(person["otp_secret"]).at(step * STEP_OF_CODE))
            page.get_by_role("button", name="Inloggen").click()
            page.wait_for_load_state()
            if page.url.endswith("/inloggen"):
                page.wait_for_function(
                    "step => Math.floor(Date.now() / 30000) > step", arg=step, timeout=40_000
                )
        return page

    def dean(self) -> Page:
        page = self.staff(self.service.dean())
        page.goto(f"{self.service.url}/portaal/oud-leerlingen")
        return page

    def pupil(self) -> Page:
        """A pupil of vwo 6, over 16, signed in on the chat page."""
        code = self.service.add_pupil(level="vwo", leerjaar=6)
        with self.service.sessions.begin() as session:
            over_16 = {"under_16_until": clock.school_day(clock.now()) - timedelta(days=300)}
            session.execute(update(Pupil).where(Pupil.code_digest == code_digest(code)).values(**over_16))
        page = self.visit(f"/?school={self.service.school}")
        page.get_by_label("Je eigen code").fill(code)
        page.get_by_role("button", name="Inloggen").click()
        expect(page.get_by_role("log")).to_contain_text("Ik ben Klaskompas")
        return page

    def mail_to(self, address: str) -> str:
        """Return the link in the newest mail to an address."""
        page = self.visit("/dev/outbox")
        mail = page.locator("article").filter(has_text=f"Aan {address}").first
        found = re.search(r"/oud-leerling/\w+/[\w-]+", mail.inner_text())
        page.context.close()
        assert found
        return found[0]


@pytest.fixture
def cast(service: RunningService, chromium: Browser) -> Iterator[Cast]:
    yield Cast(service, chromium)
    for context in chromium.contexts:
        context.close()


def press(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("button", name=name).first.click()


def becomes_active(cast: Cast, first_name: str) -> str:
    """Lead an oud-leerling from the form to active, and return the own page."""
    dean = cast.dean()
    if dean.get_by_role("button", name="Zet contact aan").count():
        press(dean, "Zet contact aan")
    mail = f"{first_name.lower()}@post.example"
    signs_up(cast, first_name, mail)
    link = cast.mail_to(mail)
    page = cast.visit(link)
    press(page, "Ja, dit ben ik")
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    dean.reload()
    card = dean.locator("article").filter(has_text=mail)
    card.get_by_role("button", name="Bevestig: dit is een oud-leerling").click()
    card.get_by_role("button", name="Noteer: het gesprek is geweest").click()
    card.get_by_label("Telt tot en met").fill(f"{date.today().year + 2}-01-15")  # noqa: DTZ011  any later day
    card.get_by_role("button", name="Bewaren").click()
    expect(card).to_contain_text("VOG gezien")

    own_page = cast.mail_to(mail)
    page.goto(f"{cast.service.url}{own_page}")
    press(page, "Ik houd me hieraan")
    expect(page.get_by_role("status")).to_contain_text("De gedragscode is bevestigd")
    dean.reload()
    card.get_by_role("button", name="Zet op actief").click()
    expect(card).to_contain_text("actief")
    return own_page


def signs_up(cast: Cast, first_name: str, mail: str) -> None:
    page = cast.visit(f"/oud-leerling/aanmelden?school={cast.service.school}")
    page.get_by_label("Voornaam").fill(first_name)
    page.get_by_label("Jaar van uw examen").fill("2019")
    page.get_by_label("Welke opleiding deed of doet u?").select_option(index=3)
    page.get_by_label("Waarover mogen leerlingen u iets vragen?").fill("Het eerste jaar en de stages.")
    page.get_by_label("Uw mailadres").fill(mail)
    press(page, "Meld me aan")
    expect(page.get_by_text("Kijk in uw mail")).to_be_visible()


def asks(pupil: Page, service: RunningService, first_name: str) -> None:
    pupil.goto(f"{service.url}/leerling/oud-leerling")
    pupil.get_by_label("Wat wil je vragen?").fill(QUESTION)
    press(pupil, "Verder")
    choice = pupil.get_by_label("Aan wie?")
    choice.select_option(label=choice.locator("option").filter(has_text=first_name).inner_text())
    press(pupil, "Verstuur")
    expect(pupil.get_by_text(f"Je vraag ligt bij {first_name}")).to_be_visible()


def answers(cast: Cast, own_page: str) -> Page:
    page = cast.visit(own_page)
    expect(page.get_by_text(QUESTION, exact=True)).to_be_visible()
    page.get_by_label("Uw antwoord").fill(ANSWER)
    press(page, "Verstuur")
    expect(page.get_by_role("status")).to_contain_text("Uw antwoord is bewaard")
    return page


def test_from_signing_up_to_a_first_answer_that_the_chat_tells_of(cast: Cast) -> None:
    own_page = becomes_active(cast, "Cor")
    pupil = cast.pupil()
    box = pupil.get_by_label("Jouw bericht")
    box.fill("kan ik een oud-leerling iets vragen?")
    box.press("Enter")
    expect(pupil.locator(".bubble.assistant").last).to_contain_text("Cor")

    asks(pupil, cast.service, "Cor")
    answers(cast, own_page)

    pupil.goto(f"{cast.service.url}/leerling/oud-leerling")
    expect(pupil.get_by_text("Cor gaf antwoord op je vraag.")).to_be_visible()
    expect(pupil.get_by_text(ANSWER, exact=True)).to_be_visible()


def test_a_report_hides_it_for_both_and_the_contact_decides(cast: Cast) -> None:
    own_page = becomes_active(cast, "Daan")
    pupil = cast.pupil()
    asks(pupil, cast.service, "Daan")
    theirs = answers(cast, own_page)
    pupil.reload()

    press(pupil, re.compile("^Meld dit bericht"))
    expect(pupil.get_by_role("heading", level=1)).to_have_text("Goed dat je dit meldt")
    for page, address in ((pupil, "/leerling/oud-leerling"), (theirs, own_page)):
        page.goto(f"{cast.service.url}{address}")
        expect(page.get_by_text(ANSWER, exact=True)).to_have_count(0)

    contact = cast.staff(cast.service.demo["safeguarding"])
    press(contact, re.compile("^Lees het gesprek"))
    expect(contact.get_by_text(ANSWER, exact=True)).to_be_visible()
    expect(contact.get_by_text("0900 111 3 111")).to_be_visible()
    with contact.expect_download() as copy:
        press(contact, "Maak een kopie voor de leerling")
    assert ANSWER in copy.value.path().read_text()
    press(contact, "Er was niets mis, laat het gesprek verder gaan")

    pupil.goto(f"{cast.service.url}/leerling/oud-leerling")
    expect(pupil.get_by_text(ANSWER, exact=True)).to_be_visible()


def test_a_night_on_which_a_vog_runs_out(cast: Cast) -> None:
    own_page = becomes_active(cast, "Eva")
    pupil = cast.pupil()
    asks(pupil, cast.service, "Eva")
    theirs = answers(cast, own_page)
    with cast.service.sessions.begin() as session:
        eva = session.scalars(select(Mentor).where(Mentor.first_name == "Eva")).one()
        eva.vog_expires_on = clock.school_day(clock.now()) - timedelta(days=1)

    night = subprocess.run(
        [sys.executable, "-m", "jobs.night"],
        cwd=ROOT,
        env=cast.service.stack.environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert "expired 1" in night.stderr
    pupil.reload()
    expect(pupil.get_by_text("Eva is nu even weg. Je kunt nu niet terugschrijven.")).to_be_visible()
    expect(pupil.get_by_label("Schrijf terug")).to_have_count(0)
    theirs.reload()
    expect(theirs.get_by_text("VOG verlopen")).to_be_visible()
    expect(theirs.get_by_label("Uw antwoord")).to_have_count(0)
    dean = cast.dean()
    expect(dean.locator("article").filter(has_text="eva@post.example")).to_contain_text("VOG verlopen")
