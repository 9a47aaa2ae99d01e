"""Takes the pictures of the README anew, of the demo school on a database of its own: `make screenshots`."""

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyotp
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from commands.engine import TrainingFailed, find_or_train_model
from commands.stack import NotStarted, Stack
from guidance.content import read_content
from guidance.settings import ROOT

FOLDER = ROOT / "docs" / "screenshots"
DESK, PHONE = ViewportSize(width=1040, height=760), ViewportSize(width=360, height=740)
# Some distance from the edge, so that a bubble is not cut through.
MARGIN = 16
NO_SANDBOX = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
BEGIN = "/start_interest_check_in"
# One digit an item: someone who likes to explain, to help and to find out.
RATINGS = "254233522413453242532234"
HALFWAY = 8


class ChromiumMissing(Exception):
    """There is no browser to take pictures with."""


class PupilAtScreen:
    """What a pupil does on the chat page."""

    def __init__(self, page: Page, url: str, people: dict[str, Any]) -> None:
        self.page, self.url, self.said = page, url, 0
        page.goto(f"{url}/?school={people['school']}")
        page.locator("#code").fill(people["pupils"][0]["code"])
        page.locator("[name=own_device]").check()
        page.locator("form[action='/gesprek'] button").first.click()
        expect(page.get_by_role("log")).to_be_visible()

    def tap(self, payload: str) -> None:
        """Tap the newest button with this payload."""
        self.page.locator(f"button[value='{payload}']").last.click()
        self.wait_for_answer()

    def say(self, text: str) -> None:
        """Type a message and send it."""
        self.page.locator("#text").fill(text)
        self.page.locator("#text").press("Enter")
        self.wait_for_answer()

    def rate(self, ratings: str) -> None:
        """Answer one item for each digit."""
        for rating in ratings:
            self.page.locator(f"""button[value*='"rating": "{rating}"']""").last.click()
            self.wait_for_answer()

    def wait_for_answer(self) -> None:
        """Wait until the newest message stands on the page with its answer."""
        self.said += 1
        expect(self.page.locator(".bubble.pupil")).to_have_count(self.said, timeout=60_000)
        expect(self.page.locator(".htmx-request, .htmx-settling, .htmx-swapping")).to_have_count(0)

    def ask_talk_and_share(self, request: str) -> None:
        """Ask for a talk and share the summary as it stands."""
        self.say(request)
        self.page.goto(f"{self.url}/leerling/samenvatting")
        self.page.locator("form[action$='/delen'] button").click()
        expect(self.page.locator("form[action$='/delen']")).to_have_count(0)


def photograph(page: Page, name: str) -> None:
    """Keep what the window shows as a picture."""
    path = FOLDER / f"{name}.png"
    # A button under the mouse would look chosen.
    page.mouse.move(0, 0)
    page.screenshot(path=path, animations="disabled")
    print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1024} kB")


def photograph_outcome(page: Page) -> None:
    """Keep the words of the outcome and the picture below them."""
    picture = page.locator(".bubble.assistant:has(img)").last
    page.set_viewport_size({**DESK, "height": 2 * DESK["height"]})
    words = picture.locator("xpath=preceding-sibling::*[contains(@class, 'assistant')][1]")
    # The head of the page stays on top, and would cover the first lines.
    head = page.locator(".masthead").evaluate("element => element.offsetHeight")
    words.evaluate(f"element => scrollTo(0, element.offsetTop - {MARGIN + head})")
    top, bottom = words.bounding_box(), picture.bounding_box()
    assert top is not None  # noqa: S101  it is on the page
    assert bottom is not None  # noqa: S101  it is on the page
    height = bottom["y"] + bottom["height"] - top["y"] + 2 * MARGIN
    path = FOLDER / "outcome.png"
    area = {"x": 0, "y": max(0, top["y"] - MARGIN), "width": DESK["width"], "height": height}
    page.screenshot(path=path, animations="disabled", clip=area)  # type: ignore[arg-type]
    page.set_viewport_size(DESK)
    print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1024} kB")


def photograph_both(page: Page, name: str) -> None:
    """Keep the page as a desk and as a phone show it."""
    photograph(page, name)
    page.set_viewport_size(PHONE)
    page.evaluate("window.showEnd?.()")
    photograph(page, f"{name}-360")
    page.set_viewport_size(DESK)


def photograph_chat(browser: Browser, url: str, people: dict[str, Any]) -> None:
    """Take the pictures of a pupil in the middle and at the end of the check-in, and share a summary."""
    words = read_content("demo")["pictured"]
    pupil = PupilAtScreen(browser.new_page(locale="nl-NL", viewport=DESK), url, people)
    pupil.tap(BEGIN)
    pupil.rate(RATINGS[:HALFWAY])
    pupil.say(words["question"])
    photograph_both(pupil.page, "chat")
    pupil.rate(RATINGS[HALFWAY:])
    photograph_outcome(pupil.page)
    pupil.say(words["search"])
    photograph(pupil.page, "programmes")
    pupil.page.locator(".bubble:last-child .chat-card .choice").first.click()
    pupil.wait_for_answer()
    pupil.ask_talk_and_share(words["request"])
    pupil.page.close()


def photograph_portal(browser: Browser, url: str, people: dict[str, Any]) -> None:
    """Take the pictures of a dean with the list and with one pupil."""
    page = browser.new_page(locale="nl-NL", viewport=DESK)
    dean = people["deans"][0]
    page.goto(f"{url}/inloggen")
    page.locator("#username").fill(dean["username"])
    page.locator("#password").fill(dean["password"])
    page.locator("#code").fill(pyotp.TOTP(dean["otp_secret"]).now())
    page.locator("form[action='/inloggen'] button").click()
    page.wait_for_url(f"{url}/portaal/")
    page.goto(f"{url}/portaal/leerlingen")
    photograph_both(page, "portal")
    page.get_by_role("link", name=people["pupils"][0]["first_name"]).first.click()
    photograph(page, "pupil")
    page.close()


def photograph_all(url: str, people: dict[str, Any]) -> None:
    """Take every picture with one browser."""
    if not (path := shutil.which("chromium")):
        raise ChromiumMissing("Chromium is missing. Run: sudo apt-get install chromium")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=NO_SANDBOX)
        photograph_chat(browser, url, people)
        photograph_portal(browser, url, people)
        browser.close()


def free_ports() -> tuple[int, int, int]:
    """Return three ports of this machine that nothing listens on."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
    web, engine, actions = (each.getsockname()[1] for each in sockets)
    for each in sockets:
        each.close()
    return web, engine, actions


def stack_in(folder: Path) -> Stack:
    """Return a service whose databases and logs stay in this folder."""
    settings = {
        "DATABASE_URL": f"sqlite:///{folder / 'service.sqlite'}",
        "GUIDANCE_ENGINE_DATABASE": str(folder / "engine.sqlite"),
        "GUIDANCE_DEMO": "1",
        "GUIDANCE_SECRET": "only-for-pictures",
        "GUIDANCE_MESSAGES_PER_MINUTE": "1000",
    }
    return Stack(model=find_or_train_model(), logs=folder / "logs", ports=free_ports(), settings=settings)


def main() -> int:
    """Start a service, take the pictures, and leave nothing else behind."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        try:
            stack = stack_in(folder)
            demo = folder / "demo.json"
            prepare = [sys.executable, "-m", "commands.demo", "--url", stack.url, "--out", str(demo)]
            subprocess.run(prepare, cwd=ROOT, env={**os.environ, **stack.environment}, check=True)
            stack.start()
            try:
                photograph_all(stack.url, json.loads(demo.read_text()))
            finally:
                stack.stop()
        except (ChromiumMissing, NotStarted, TrainingFailed) as error:
            print(error, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
