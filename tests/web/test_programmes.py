"""Programmes nearby for other software and on the page."""

import pytest

from tests.web.browser import Browser

API = "/api/v1/programmes"


class TestSearchProgrammes:
    def test_answers_in_the_shape_of_the_contract(self, browser: Browser) -> None:
        answer = browser.get(f"{API}?near=Ommen&kind=pabo&level=havo")

        assert answer.status == 200
        body = answer.response.json()
        assert body["wider"] == []
        assert set(body["programmes"][0]) >= {
            "institution", "place", "kind", "subject", "forms", "distance_km", "why", "admission", "url",
            "url_kind", "source",
        }  # fmt: skip
        assert body["programmes"][0]["distance_km"] == 22.1
        assert body["programmes"][0]["admission"] == "with_steps"

    def test_counts_wider_circles(self, browser: Browser) -> None:
        body = browser.get(f"{API}?near=Urk&subject=spaans&level=havo").response.json()

        assert body["programmes"] == []
        assert body["wider"] == [{"radius_km": 75, "count": 1}, {"radius_km": 150, "count": 2}]

    @pytest.mark.parametrize(
        ("asked", "status", "error"),
        [
            ("near=zwole", 404, "UnknownPlace"),
            ("near=Bergen", 300, "AmbiguousPlace"),
            ("near=Ommen&kind=kapper", 422, "UnusableFilter"),
            ("near=Ommen&radius_km=-3", 422, "UnusableFilter"),
            ("near=Ommen&radius_km=ver", 422, None),
            ("near=Ommen&vak=wiskunde", 422, None),
        ],
        ids=["unknown place", "ambiguous", "kind", "radius", "no number", "filter not known"],
    )
    def test_refuses_in_dutch(self, browser: Browser, asked: str, status: int, error: str | None) -> None:
        answer = browser.get(f"{API}?{asked}")

        assert answer.status == status
        body = answer.response.json()
        assert body["message"]
        assert error in (None, body["error"])

    def test_offers_near_spellings_and_choices(self, browser: Browser) -> None:
        assert browser.get(f"{API}?near=zwole").response.json()["suggestions"] == ["Zwolle"]
        choices = browser.get(f"{API}?near=Bergen").response.json()["choices"]
        assert choices == ["Bergen (Noord-Holland)", "Bergen (Limburg)"]
        assert browser.get(API, params={"near": choices[1]}).status == 200

    def test_is_documented(self, browser: Browser) -> None:
        documented = browser.get("/api/openapi.json").response.json()["paths"][API]["get"]

        assert {one["name"] for one in documented["parameters"]} == {
            "near", "kind", "subject", "form", "level", "radius_km",
        }  # fmt: skip
        assert set(documented["responses"]) >= {"200", "300", "404", "422"}


class TestShowProgrammes:
    def test_shows_an_empty_form_first(self, browser: Browser) -> None:
        page = browser.get("/opleidingen")

        assert page.status == 200
        assert page.all(".//article") == []

    def test_shows_what_was_found_with_distance_source_and_link(self, browser: Browser) -> None:
        page = browser.get("/opleidingen?near=Ommen&kind=pabo")

        assert "6 gevonden binnen 50 km van Ommen" in page.words
        assert "22,1 km" in page.words
        assert "DUO Open Onderwijsdata (CC BY), 20 februari 2026" in page.words
        assert "GeoNames (CC BY 4.0)" in page.words
        assert page.find(".//select[@id='kind']/option[@selected]").get("value") == "pabo"

    @pytest.mark.parametrize(
        ("asked", "status", "words"),
        [
            ("near=zwole", 404, "Zwolle"),
            ("near=Bergen", 200, "Bergen (Limburg)"),
            ("near=Ommen&kind=kapper", 422, "kapper"),
            ("near=Ommen&radius_km=ver", 422, "ver"),
            ("near=Urk&subject=Spaans&level=vwo", 200, "binnen 75 km: 1"),
            ("near=Urk&kind=pabo&subject=Spaans", 200, "zonder vak"),
        ],
        ids=["unknown place", "ambiguous", "kind", "radius", "wider", "nowhere"],
    )
    def test_leaves_no_dead_end(self, browser: Browser, asked: str, status: int, words: str) -> None:
        page = browser.get(f"/opleidingen?{asked}")

        assert page.status == status
        assert words in page.words

    def test_shows_what_was_typed_as_text(self, browser: Browser) -> None:
        page = browser.get("/opleidingen", params={"near": "<script>alert(1)</script>"})

        assert page.all(".//script") == browser.get("/opleidingen").all(".//script")
