"""The chat page in a browser: without scripts, on a phone, and in a frame on the school's own site."""

import functools
import re
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.stack import RunningService

pytestmark = [pytest.mark.stack, pytest.mark.browser]

PHONE = {"width": 360, "height": 740}


def open_context(chromium: Browser, *, scripts: bool = True) -> Iterator[BrowserContext]:
    context = chromium.new_context(locale="nl-NL", java_script_enabled=scripts, viewport=PHONE)
    yield context
    context.close()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    yield from open_context(chromium)


@pytest.fixture
def without_scripts(chromium: Browser) -> Iterator[BrowserContext]:
    yield from open_context(chromium, scripts=False)


def sign_in(context: BrowserContext, service: RunningService, code: str) -> Page:
    page = context.new_page()
    page.goto(f"{service.url}/?school={service.school}")
    page.get_by_label("Je eigen code").fill(code)
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("log")).to_contain_text("computerprogramma")
    return page


def say(page: Page, text: str) -> None:
    page.get_by_label("Jouw bericht").fill(text)
    page.get_by_role("button", name="Stuur").click()


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_works_without_scripts(service: RunningService, without_scripts: BrowserContext) -> None:
    page = sign_in(without_scripts, service, service.add_pupil())

    page.get_by_role("button", name="Interessecheck doen").click()
    expect(page.get_by_role("log")).to_contain_text("1 van 24")
    page.get_by_role("button", name="4 Best leuk").click()
    expect(page.get_by_role("log")).to_contain_text("2 van 24")
    say(page, "heel leuk")
    expect(page.get_by_role("log")).to_contain_text("3 van 24")


def test_keeps_what_was_typed_without_scripts(
    service: RunningService, without_scripts: BrowserContext
) -> None:
    page = sign_in(without_scripts, service, service.add_pupil())

    say(page, "a" * 1001)

    expect(page.get_by_text("Je bericht is te lang")).to_be_visible()
    expect(page.get_by_label("Jouw bericht")).to_have_value("a" * 1001)


@pytest.mark.parametrize(
    "address", ["/", "/over", "/opleidingen?near=Ommen", "/inloggen", "/toegankelijkheid", "/dev/school"]
)
def test_fits_a_narrow_phone(service: RunningService, phone: BrowserContext, address: str) -> None:
    page = phone.new_page()
    page.goto(service.url + address)

    assert fits(page)


def test_a_talk_fits_a_narrow_phone_and_stops_asking_old_questions(
    service: RunningService, phone: BrowserContext
) -> None:
    complaints: list[str] = []
    page = sign_in(phone, service, service.add_pupil())
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    say(page, "pabo in de buurt van Ommen")
    expect(page.locator(".chat-card").first).to_be_visible()
    page.get_by_role("button", name="Bewaar").first.click()
    say(page, "interessetest")
    expect(page.get_by_role("log")).to_contain_text("1 van 24")
    page.get_by_role("button", name="4 Best leuk").click()
    expect(page.get_by_role("log")).to_contain_text("2 van 24")

    assert page.get_by_role("button", name="4 Best leuk").count() == 1
    assert fits(page)
    assert complaints == []


def test_signs_out_and_leaves_quickly(service: RunningService, phone: BrowserContext) -> None:
    page = sign_in(phone, service, service.add_pupil())
    page.get_by_role("button", name="Snel weg").click()
    expect(page).to_have_url(f"{service.url}/even-weg")

    page.goto(service.url)

    expect(page.get_by_role("button", name="Anoniem beginnen")).to_be_visible()


def test_takes_the_code_out_of_the_address(service: RunningService, phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto(f"{service.url}/?school={service.school}#AB-12")

    expect(page.get_by_label("Je eigen code")).to_have_value("AB-12")
    assert "#" not in page.url


@pytest.fixture
def school_site(service: RunningService, tmp_path: Path) -> Iterator[str]:
    """A school's own site on a host name of its own, with the widget on its page."""
    script = f'<script src="{service.url}/static/widget.js" data-school="{service.school}"></script>'
    (tmp_path / "index.html").write_text(f"<!doctype html><title>School</title><p>Welkom {script}</p>")
    pages = functools.partial(QuietPages, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), pages) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        site = f"http://localhost:{server.server_address[1]}"
        service.allow_frames_on(site)
        yield site
        server.shutdown()


class QuietPages(SimpleHTTPRequestHandler):
    """Serves a folder and prints nothing."""

    def log_message(self, *_words: object) -> None:
        pass


class TestWidget:
    def test_opens_the_chat_in_a_frame_on_the_schools_own_site(
        self, service: RunningService, phone: BrowserContext, school_site: str
    ) -> None:
        """The site is another host, so no cookie helps: the token lives in the frame's memory."""
        page = phone.new_page()
        page.goto(school_site)

        page.get_by_role("button", name="Chat over je studiekeuze").click()
        frame = page.frame_locator("iframe")
        frame.get_by_label("Je eigen code").fill(service.add_pupil())
        frame.get_by_role("button", name="Inloggen").click()
        expect(frame.get_by_role("log")).to_contain_text("computerprogramma")
        frame.get_by_label("Jouw bericht").fill("hoi")
        frame.get_by_role("button", name="Stuur").click()

        expect(frame.get_by_role("log")).to_contain_text("Waar kan ik je mee helpen")
        assert phone.cookies() == []

    @pytest.mark.parametrize(
        ("button", "shown"), [("Uitloggen", "Anoniem beginnen"), ("Snel weg", "Hier is nu niets te zien")]
    )
    def test_lets_a_pupil_leave_inside_the_frame(
        self, service: RunningService, phone: BrowserContext, school_site: str, button: str, shown: str
    ) -> None:
        page = phone.new_page()
        page.goto(school_site)
        page.get_by_role("button", name="Chat over je studiekeuze").click()
        frame = page.frame_locator("iframe")
        frame.get_by_label("Je eigen code").fill(service.add_pupil())
        frame.get_by_role("button", name="Inloggen").click()
        expect(frame.get_by_role("link", name="Mijn gegevens")).to_have_attribute("target", "_blank")

        with page.expect_response(lambda answer: answer.request.method == "POST") as left:
            frame.get_by_role("button", name=button).click()

        expect(frame.get_by_text(shown).first).to_be_visible()
        token = left.value.request.headers["authorization"]
        again = phone.request.get(service.url, headers={"Authorization": token})
        assert "Anoniem beginnen" in again.text()

    def test_stays_a_plain_link_without_scripts(
        self, service: RunningService, without_scripts: BrowserContext
    ) -> None:
        page = without_scripts.new_page()
        page.goto(f"{service.url}/dev/school")
        page.get_by_role("link", name="Chat over je studiekeuze").click()

        expect(page.get_by_label("Schoolcode").first).to_have_value(service.school)

    def test_is_refused_on_any_other_site(self, service: RunningService, phone: BrowserContext) -> None:
        answer = phone.request.get(f"{service.url}/?school={service.school}")

        ancestors = re.search(r"frame-ancestors ([^;]+)", answer.headers["content-security-policy"])
        assert ancestors
        assert "localhost" in ancestors.group(1)
        assert "*" not in ancestors.group(1)
