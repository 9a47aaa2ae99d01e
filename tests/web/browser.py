"""A browser without a screen, which checks the quality of every page that it fetches."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from fastapi.testclient import TestClient
from httpx2 import Response

from tests.people import ANNAS_CODE, BILALS_CODE

# What the cast has that no oud-leerling may see.
SECRETS_OF_PUPILS = ("Achternaam", "h3a", "v5a", ANNAS_CODE, BILALS_CODE)
CONTROLS = ("input", "select", "textarea")
UNLABELLED = ("hidden", "submit", "button")
# Only a link that a reader may choose to follow points to another host.
ADDRESSES = ("src", "href", "action", "data", "srcset", "hx-get", "hx-post")


class Page:
    """An answer of the service; a page of HTML is checked and can be searched."""

    def __init__(self, response: Response) -> None:
        self.response, self.status = response, response.status_code
        self.headers, self.text = response.headers, response.text
        self.location = response.headers.get("location")
        if self.is_html:
            self.root = _parsed(response.text)
            check_quality(self.root)
        if response.url.path.startswith("/oud-leerling/"):
            check_no_pupil(self)

    @property
    def is_html(self) -> bool:
        return bool(self.text) and self.headers.get("content-type", "").startswith("text/html")

    @property
    def words(self) -> str:
        """What a reader sees, with single spaces."""
        return words_of(self.root.find(".//body"))

    @property
    def shown(self) -> Iterator[str]:
        """Everything of a page that is no hidden field: words, attributes, and what a form holds."""
        if not self.is_html:
            yield self.text
            return
        yield self.words
        for element in self.root.iter():
            if element.get("type") != "hidden":
                yield from element.attrib.values()

    def find(self, path: str) -> Element:
        found = self.root.find(path)
        assert found is not None, f"no {path}"
        return found

    def all(self, path: str) -> list[Element]:
        return self.root.findall(path)

    def words_at(self, path: str) -> list[str]:
        return [words_of(element) for element in self.all(path)]


class Browser:
    """Fetches pages and sends their forms, with the cookies of one visitor."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def get(self, address: str, **options: Any) -> Page:
        return Page(self.client.get(address, **options))

    def post(self, address: str, **fields: str) -> Page:
        """Send a form without the token of a page of ours."""
        return Page(self.client.post(address, data=fields))

    def send(self, page: Page, action: str, **fields: str) -> Page:
        """Send the form of a page with this action, hidden fields included."""
        form = page.find(f".//form[@action='{action}']")
        hidden = {
            field.get("name", ""): field.get("value", "")
            for field in form.iter("input")
            if field.get("type") == "hidden"
        }
        return self.post(action, **hidden | fields)


def check_quality(root: Element) -> None:
    """Refuse a page that a school should not be shown."""
    assert root.get("lang") == "nl"
    assert len(root.findall(".//h1")) == 1, "exactly one h1"
    assert words_of(root.find(".//title")), "a title"
    _check_ids(root)
    _check_labels(root)
    _check_forms(root)
    _check_hosts(root)


def check_no_pupil(page: Page) -> None:
    """Refuse a page for an oud-leerling that tells more of a pupil than a first name and words."""
    shown = " ".join((*page.shown, page.location or ""))
    for secret in SECRETS_OF_PUPILS:
        assert not re.search(rf"(?<!\w){re.escape(secret)}(?!\w)", shown, re.IGNORECASE), f"shows {secret}"


def words_of(element: Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _parsed(text: str) -> Element:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(text)  # type: ignore[no-any-return]


def _check_ids(root: Element) -> None:
    ids = [element.get("id", "") for element in root.iter() if "id" in element.attrib]
    assert not [name for name, count in Counter(ids).items() if count > 1], "an id twice"
    named = [
        name
        for element in root.iter()
        for attribute in ("for", "aria-labelledby", "aria-describedby")
        for name in element.get(attribute, "").split()
    ]
    assert set(named) <= set(ids), f"no element has the id {set(named) - set(ids)}"


def _check_labels(root: Element) -> None:
    labelled = {label.get("for") for label in root.iter("label")}
    wrapped = {id(control) for label in root.iter("label") for control in label.iter()}
    for control in (element for name in CONTROLS for element in root.iter(name)):
        has_label = control.get("id") in labelled or id(control) in wrapped or control.get("aria-label")
        assert control.get("type") in UNLABELLED or has_label, f"no label for {control.attrib}"


def _check_forms(root: Element) -> None:
    for form in root.iter("form"):
        fields = {field.get("name") for field in form.iter("input")}
        assert form.get("method") == "get" or "csrf" in fields, f"no csrf in {form.attrib}"


def _check_hosts(root: Element) -> None:
    for element in root.iter():
        for name in ADDRESSES:
            address = element.get(name, "").strip()
            is_chosen = element.tag == "a" and name == "href"
            assert is_chosen or not address.startswith(("http:", "https:", "//")), f"another host: {address}"
