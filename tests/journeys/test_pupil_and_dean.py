"""The main job, end to end: a pupil in Ommen and her dean, in a real browser."""

import re
import time

import pyotp
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.stack import RunningService

pytestmark = [pytest.mark.stack, pytest.mark.browser]

ITEMS = 24
HALFWAY = 12
TYPED = ["best wel", "3", "geen idee", "heel leuk"]


class PupilPage:
    """What a pupil does on the chat page."""

    def __init__(self, context: BrowserContext, service: RunningService) -> None:
        self.service = service
        self.page = context.new_page()
        self.page.set_default_timeout(30_000)
        self.page.goto(f"{service.url}/?school={service.demo['school']}")

    def sign_in(self) -> None:
        self.page.get_by_label("Je eigen code").fill(self.service.pupil()["code"])
        self.page.get_by_role("button", name="Inloggen").click()
        expect(self.page.get_by_role("log")).to_contain_text("Ik ben Klaskompas, een computerprogramma")

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def last(self) -> Locator:
        return self.page.locator(".bubble.assistant").last

    def say(self, text: str) -> None:
        box = self.page.get_by_label("Jouw bericht")
        box.fill(text)
        with self.page.expect_response("**/gesprek/berichten") as answer:
            box.press("Enter")
        assert answer.value.status == 200
        expect(box).to_have_value("")

    def tap(self, title: str | re.Pattern[str]) -> None:
        with self.page.expect_response("**/gesprek/berichten") as answer:
            self.page.get_by_role("button", name=title).last.click()
        assert answer.value.status == 200

    def answer_item(self, number: int) -> None:
        expect(self.last).to_contain_text(f"{number} van {ITEMS}")
        if number % 3 == 0:
            self.say(TYPED[number // 3 % len(TYPED)])
        else:
            self.tap(re.compile(r"^[45] ") if number % 2 else "Weet ik niet")


def test_a_pupil_in_ommen_and_her_dean(service: RunningService, chromium: Browser) -> None:
    home = chromium.new_context(locale="nl-NL")
    pupil = PupilPage(home, service)

    sees_at_once_what_this_is(pupil)
    pupil.sign_in()
    does_the_first_half(pupil)
    asks_a_question_in_between(pupil)
    home.close()

    later = chromium.new_context(locale="nl-NL")
    pupil = PupilPage(later, service)
    pupil.sign_in()
    goes_on_where_she_was(pupil)
    reads_her_outcome(pupil)
    finds_programmes_near_her(pupil)
    asks_for_a_talk(pupil)
    struck = strikes_one_line_and_shares(pupil)

    address = her_dean_finds_her(dean := sign_in_dean(service, chromium), service)
    another_dean_sees_nothing(sign_in_dean(service, chromium, other_school=True), service, address)
    her_dean_reads_it(dean, address, struck)
    sees_that_it_was_opened(pupil)
    later.close()


def sees_at_once_what_this_is(pupil: PupilPage) -> None:
    expect(pupil.page.get_by_text("Je praat met een computerprogramma")).to_be_visible()
    expect(pupil.page.get_by_text("Je decaan leest het gesprek niet mee")).to_be_visible()
    expect(pupil.page.get_by_role("button", name="Anoniem beginnen")).to_be_visible()


def does_the_first_half(pupil: PupilPage) -> None:
    pupil.tap("Interessecheck doen")
    for number in range(1, HALFWAY + 1):
        expect(pupil.last.get_by_role("button", name="Weet ik niet")).to_be_visible()
        expect(pupil.last.get_by_role("button", name="Sla over")).to_be_visible()
        pupil.answer_item(number)


def asks_a_question_in_between(pupil: PupilPage) -> None:
    pupil.say("hoe lang duurt de pabo?")
    expect(pupil.log).to_contain_text("vier jaar")
    expect(pupil.last).to_contain_text(f"{HALFWAY + 1} van {ITEMS}")


def goes_on_where_she_was(pupil: PupilPage) -> None:
    expect(pupil.last).to_contain_text(f"{HALFWAY} van de {ITEMS}")
    pupil.tap("Ga verder")
    for number in range(HALFWAY + 1, ITEMS + 1):
        pupil.answer_item(number)


def reads_her_outcome(pupil: PupilPage) -> None:
    bubbles = pupil.page.locator(".bubble.assistant")
    words = bubbles.filter(has_text="Het leukst vind je")
    picture = bubbles.filter(has=pupil.page.locator("img"))
    expect(words).to_contain_text("Je gaf een 4 of 5 bij")
    expect(picture.locator("img")).to_be_visible()
    assert words.bounding_box()["y"] < picture.bounding_box()["y"]  # type: ignore[index]
    expect(pupil.log).to_contain_text("Waarom zie je dit?")


def finds_programmes_near_her(pupil: PupilPage) -> None:
    pupil.say("pabo in de buurt van Ommen")
    cards = pupil.last.locator(".chat-card")
    expect(cards.first).to_contain_text("Zwolle")
    distances = [
        float(text.split()[0].replace(",", ".")) for text in cards.locator(".distance").all_inner_texts()
    ]
    assert distances == sorted(distances) != []
    cards.first.get_by_role("button", name="Bewaar").click()
    expect(pupil.last).to_contain_text("ewaard")

    pupil.say("leraar wiskunde in de buurt van 7731")
    expect(pupil.last.locator(".chat-card").first).to_contain_text(re.compile("wiskunde", re.IGNORECASE))
    pupil.say("pabo in de buurt van Omen")
    expect(pupil.last).to_contain_text("Bedoel je")
    expect(pupil.last).to_contain_text("Ommen")
    pupil.say("pabo in de buurt van Verweggistan")
    expect(pupil.last).to_contain_text("ken")


def asks_for_a_talk(pupil: PupilPage) -> None:
    pupil.say("kan ik met de decaan praten")
    expect(pupil.log).to_contain_text(pupil.service.dean()["name"])
    pupil.page.get_by_role("navigation").get_by_role("link", name="Samenvatting").click()


def strikes_one_line_and_shares(pupil: PupilPage) -> str:
    line = (
        pupil.page.locator(".lines > li").filter(has=pupil.page.get_by_role("button", name="Weglaten")).last
    )
    text = line.locator("p:not(.field)").inner_text()
    line.get_by_role("button", name="Weglaten").click()
    expect(pupil.page.get_by_role("button", name="Terugzetten")).to_have_count(1)
    pupil.page.get_by_role("button", name="Deel met mijn decaan").click()
    expect(pupil.page.get_by_text("Nog niet geopend")).to_be_visible()
    return text


def sign_in_dean(service: RunningService, chromium: Browser, *, other_school: bool = False) -> Page:
    dean = service.dean(other_school=other_school)
    page = chromium.new_context(locale="nl-NL").new_page()
    page.goto(f"{service.url}/inloggen")
    page.get_by_label("Gebruikersnaam").fill(dean["username"])
    page.get_by_label("Wachtwoord").fill(dean["password"])
    page.get_by_label("code").fill(pyotp.TOTP(dean["otp_secret"]).at(int(time.time())))
    page.get_by_role("button", name="Inloggen").click()
    expect(page).to_have_url(f"{service.url}/portaal/")
    return page


def her_dean_finds_her(page: Page, service: RunningService) -> str:
    page.goto(f"{service.url}/portaal/leerlingen")
    expect(page.get_by_text(re.compile(r"^nog \d+ weken$")).first).to_be_visible()
    row = (
        page.get_by_role("row")
        .filter(has_text="gesprek gevraagd")
        .filter(has_text=service.pupil()["first_name"])
    )
    expect(row).to_contain_text("op tijd")
    return f"{service.url}{row.get_by_role('link').get_attribute('href')}"


def another_dean_sees_nothing(page: Page, service: RunningService, address: str) -> None:
    refused_before = service.refusals()

    answer = page.goto(address)

    assert answer
    assert answer.status == 404
    expect(page.get_by_text(service.pupil()["first_name"])).to_have_count(0)
    assert service.refusals() == refused_before + 1


def her_dean_reads_it(page: Page, address: str, struck: str) -> None:
    page.goto(address)
    expect(page.get_by_text("1 regel weggelaten")).to_be_visible()
    expect(page.get_by_text(struck, exact=True)).to_have_count(0)
    page.get_by_role("button", name="Markeer als besproken").click()
    expect(page.get_by_text("Besproken op")).to_be_visible()


def sees_that_it_was_opened(pupil: PupilPage) -> None:
    pupil.page.reload()
    opened = pupil.page.get_by_text(re.compile(f"Geopend door {pupil.service.dean()['name']}"))
    expect(opened.first).to_be_visible()
