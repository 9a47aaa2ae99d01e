"""The table of places as page and API read it: the same as the chat, in the shapes of the contract."""

from typing import Any

import pytest
import yaml

from guidance.settings import ROOT
from tests.web.browser import Browser

API = "/api/v1/programmes"
TABLE: dict[str, list[list[Any]]] = yaml.safe_load(
    (ROOT / "tests" / "guidance" / "place_spellings.yml").read_text(encoding="utf-8")
)


class TestSearchProgrammes:
    def test_finds_what_the_table_finds(self, browser: Browser) -> None:
        for typed, name, _, radius_km in TABLE["found"]:
            body = browser.get(API, params={"near": typed, "kind": "pabo"}).response.json()

            assert (body["place"], body["radius_km"]) == (name, radius_km), typed

    def test_asks_back_with_300_and_its_choices(self, browser: Browser) -> None:
        for typed, choices in TABLE["asked_back"]:
            answer = browser.get(API, params={"near": typed})

            assert (answer.status, answer.response.json()["choices"]) == (300, choices), typed
            assert {browser.get(API, params={"near": choice}).status for choice in choices} == {200}

    def test_says_404_with_near_spellings(self, browser: Browser) -> None:
        for typed, suggestions in TABLE["unknown"]:
            if typed:
                answer = browser.get(API, params={"near": typed})

                assert (answer.status, answer.response.json()["suggestions"]) == (404, suggestions), typed


class TestShowProgrammes:
    @pytest.mark.parametrize(
        ("typed", "status", "links"),
        [
            ("zwole", 404, ["Zwolle"]),
            ("den bos", 404, ["'s-Hertogenbosch"]),
            ("Bergen", 200, ["Bergen (Noord-Holland)", "Bergen (Limburg)"]),
            ("hogeveen", 200, ["Hoogeveen (Drenthe)", "Hogeveen (Zuid-Holland)"]),
            ("verweggistan", 404, []),
        ],
        ids=str,
    )
    def test_offers_the_same_as_links(
        self, browser: Browser, typed: str, status: int, links: list[str]
    ) -> None:
        page = browser.get("/opleidingen", params={"near": typed})

        assert page.status == status
        offered = [one for one in page.all(".//main//a") if "near=" in one.get("href", "")]
        assert ["".join(one.itertext()).strip() for one in offered] == links
        assert all(browser.get(one.get("href", "")).status == 200 for one in offered)
