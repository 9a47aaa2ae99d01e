"""Programmes nearby for other software and on the page."""

from typing import get_args

import pytest

from guidance.admission import Outcome
from guidance.catalogue import FORMS, KINDS, LEVELS
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
            ("near=Ommen&degree=doctor", 422, "UnusableFilter"),
            ("near=Ommen&profile=XX", 422, "UnusableFilter"),
            ("near=Ommen&level=mbo4&profile=NT", 422, "UnusableFilter"),
            ("near=Ommen&exam_subjects=biologie,toveren", 422, "UnusableFilter"),
        ],
        ids=[
            "unknown place",
            "ambiguous",
            "kind",
            "radius",
            "no number",
            "filter not known",
            "degree",
            "profile",
            "profile at mbo",
            "exam subject",
        ],
    )
    def test_refuses_in_dutch(self, browser: Browser, asked: str, status: int, error: str | None) -> None:
        answer = browser.get(f"{API}?{asked}")

        assert answer.status == status
        body = answer.response.json()
        assert body["message"]
        assert error in (None, body["error"])

    @pytest.mark.parametrize(
        "subjects",
        ["exam_subjects=wiskunde+A&exam_subjects=wiskunde+B", "exam_subjects=wis+b,wiskunde A"],
        ids=["repeated", "with commas"],
    )
    def test_answers_for_this_pupil_by_which_rule_and_of_which_date(
        self, browser: Browser, subjects: str
    ) -> None:
        asked = "near=Zwolle&subject=wiskunde&kind=tweedegraads&level=havo&profile=NG"
        (without,) = browser.get(f"{API}?{asked}").response.json()["programmes"]
        (found,) = browser.get(f"{API}?{asked}&{subjects}").response.json()["programmes"]

        assert without["admission"] == "with_steps"
        assert "wiskunde B" in without["admission_step"]
        assert found["admission"] == "may_enter"
        assert "2015" in found["admission_step"]
        assert "Controleer dit bij de opleiding." in found["admission_step"]
        assert (found["admission_date"], "bijlage B" in found["admission_source"]) == ("2015-11", True)

    def test_knows_every_outcome_of_the_contract(self, browser: Browser) -> None:
        asked = {
            "may_enter": "kind=pabo&level=vwo",
            "with_steps": "kind=pabo&level=havo",
            "not_by_rule": "subject=natuurkunde&level=havo&profile=CM",
            "unknown": "kind=associate_degree&level=havo",
        }

        for outcome, query in asked.items():
            found = browser.get(f"{API}?{query}").response.json()["programmes"]
            assert outcome in {one["admission"] for one in found}

    def test_filters_by_degree(self, browser: Browser) -> None:
        found = browser.get(f"{API}?degree=master&subject=wiskunde").response.json()["programmes"]

        assert {one["kind"] for one in found} == {"hbo_master", "wo_eerstegraads", "educatieve_master"}

    def test_offers_near_spellings_and_choices(self, browser: Browser) -> None:
        assert browser.get(f"{API}?near=zwole").response.json()["suggestions"] == ["Zwolle"]
        choices = browser.get(f"{API}?near=Bergen").response.json()["choices"]
        assert choices == ["Bergen (Noord-Holland)", "Bergen (Limburg)"]
        assert browser.get(API, params={"near": choices[1]}).status == 200

    def test_is_documented(self, browser: Browser) -> None:
        documented = browser.get("/api/openapi.json").response.json()["paths"][API]["get"]

        assert {one["name"] for one in documented["parameters"]} == {
            "near", "kind", "subject", "form", "level", "radius_km", "degree", "profile", "exam_subjects",
        }  # fmt: skip
        assert set(documented["responses"]) >= {"200", "300", "404", "422"}

    def test_lists_every_value_of_the_contract(self, browser: Browser) -> None:
        document = browser.get("/api/openapi.json").response.json()
        shown = document["components"]["schemas"]["ProgrammeOut"]["properties"]

        assert set(shown["kind"]["enum"]) == {
            "pabo", "academische_pabo", "tweedegraads", "alo", "kunstvakdocent", "groen_techniek",
            "wo_eerstegraads", "hbo_master", "educatieve_minor", "educatieve_master", "associate_degree",
        }  # fmt: skip
        assert set(shown["forms"]["items"]["enum"]) == {"voltijd", "deeltijd", "duaal"}
        assert set(shown["admission"]["enum"]) == {"may_enter", "with_steps", "not_by_rule", "unknown"}
        assert set(shown["url_kind"]["enum"]) == {"programme", "institution"}
        assert {type_["type"] for type_ in shown["cycling_minutes"]["anyOf"]} == {"integer", "null"}
        asked = {one["name"]: one for one in document["paths"][API]["get"]["parameters"]}
        assert "havo, vwo, mbo4" in asked["level"]["description"]
        assert "educatieve_minor" in asked["kind"]["description"]

    def test_documents_the_values_that_the_code_knows(self, browser: Browser) -> None:
        document = browser.get("/api/openapi.json").response.json()
        shown = document["components"]["schemas"]["ProgrammeOut"]["properties"]
        asked = {one["name"]: one["description"] for one in document["paths"][API]["get"]["parameters"]}

        assert shown["kind"]["enum"] == list(KINDS) == asked["kind"].split(", ")
        assert shown["forms"]["items"]["enum"] == list(FORMS) == asked["form"].split(", ")
        assert list(LEVELS) == asked["level"].split(", ")
        assert set(shown["admission"]["enum"]) == set(get_args(Outcome))

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            *(("kind", kind) for kind in KINDS),
            *(("form", form) for form in FORMS),
            *(("level", level) for level in LEVELS),
        ],
    )
    def test_takes_every_value_that_it_documents(self, browser: Browser, name: str, value: str) -> None:
        answer = browser.get(API, params={name: value})

        assert answer.status == 200
        assert answer.response.json()["programmes"]

    def test_estimates_cycling_only_nearby(self, browser: Browser) -> None:
        found = browser.get(f"{API}?near=Waddinxveen&kind=tweedegraads").response.json()["programmes"]

        minutes = {one["place"]: (one["distance_km"], one["cycling_minutes"]) for one in found}
        assert minutes["Gouda"] == (5.0, 25)
        assert minutes["Rotterdam"] == (18.0, None)
        everywhere = browser.get(f"{API}?kind=alo").response.json()["programmes"]
        assert {one["cycling_minutes"] for one in everywhere} == {None}


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

    def test_draws_every_city_as_a_link_to_its_first_programme(self, browser: Browser) -> None:
        page = browser.get("/opleidingen?near=Zwolle&kind=pabo&radius_km=50")

        links = [one for one in page.all(".//*[@aria-label]") if one.tag.endswith("}a")]
        assert [one.get("aria-label") for one in links][:1] == ["Zwolle, 3 opleidingen, 0,0 km"]
        assert [one.get("href") for one in links] == ["#opleiding-1", "#opleiding-4", "#opleiding-5"]
        assert all(page.find(f".//li[@id='{one.get('href')[1:]}']") is not None for one in links)

    def test_says_how_far_it_looked_and_why(self, browser: Browser) -> None:
        page = browser.get("/opleidingen?near=Utrecht&kind=pabo")

        assert "Utrecht is een grote stad, dus ik keek binnen 15 km." in page.words
        assert "minuten (schatting)" in page.words

    def test_names_the_same_places_in_a_list_under_the_map(self, browser: Browser) -> None:
        page = browser.get("/opleidingen?near=Zwolle&kind=pabo&radius_km=50")

        links = [one.get("href") for one in page.all(".//*[@aria-label]") if one.tag.endswith("}a")]
        assert [one.get("href") for one in page.all(".//ol[@class='places']//a")] == links
        assert page.words_at(".//ol[@class='places']/li")[0] == "Zwolle (3) 0,0 km"
        assert page.find(".//a[@class='past-map']").get("href") == "#lijst"
        assert page.find(".//ol[@id='lijst']") is not None

    def test_needs_no_script_and_weighs_little(self, browser: Browser) -> None:
        page = browser.get("/opleidingen?form=voltijd")
        drawing = page.text[page.text.index('<svg class="map"') :].partition("</svg>")[0]

        assert "<script" not in page.text
        assert " style=" not in drawing
        assert len(drawing.encode()) < 60_000

    @pytest.mark.parametrize(
        ("near", "words"),
        [
            ("Utrecht", "Utrecht is een grote stad, dus ik keek binnen 15 km."),
            ("8011", "Zwolle is een grote stad, dus ik keek binnen 15 km."),
            ("Drenthe", "Een provincie is groot, dus ik keek binnen 50 km."),
        ],
        ids=["city", "postcode", "province"],
    )
    def test_says_why_it_looked_so_far(self, browser: Browser, near: str, words: str) -> None:
        assert words in browser.get("/opleidingen", params={"near": near}).words

    def test_says_what_is_not_known(self, browser: Browser) -> None:
        page = browser.get("/opleidingen?near=Wageningen&kind=associate_degree")

        rows = zip(page.words_at(".//dl/dt"), page.words_at(".//dl/dd"), strict=True)
        assert ("Studiekeuzecheck", "Onbekend") in rows

    @pytest.mark.parametrize(
        ("asked", "status", "words"),
        [
            ("near=zwole", 404, "Zwolle"),
            ("near=Bergen", 200, "Bergen (Limburg)"),
            ("near=Ommen&kind=kapper", 422, "kapper"),
            ("near=Ommen&radius_km=ver", 422, "ver"),
            ("near=Urk&subject=Spaans&level=vwo", 200, "75 km (1)"),
            ("near=Urk&kind=pabo&subject=Spaans", 200, "zonder vak"),
        ],
        ids=["unknown place", "ambiguous", "kind", "radius", "wider", "nowhere"],
    )
    def test_leaves_no_dead_end(self, browser: Browser, asked: str, status: int, words: str) -> None:
        page = browser.get(f"/opleidingen?{asked}")

        assert page.status == status
        assert words in page.words

    def test_answers_for_the_profile_and_subjects_of_the_form_and_keeps_them(self, browser: Browser) -> None:
        page = browser.get(
            "/opleidingen?near=Zwolle&subject=wiskunde&level=havo&profile=NG"
            "&exam_subjects=biologie&exam_subjects=wiskunde+A"
        )

        assert "Volgens de regels van 2015 mist nog: wiskunde B." in page.words
        assert "bijlage B, november 2015" in page.words
        assert page.find(".//select[@id='profile']/option[@selected]").get("value") == "NG"
        checked = [box.get("value") for box in page.all(".//input[@type='checkbox'][@checked]")]
        assert checked == ["biologie", "wiskunde A"]
        assert page.find(".//details").get("open") is not None

    def test_leads_who_misses_something_to_the_other_routes(self, browser: Browser) -> None:
        page = browser.get("/opleidingen?near=Zwolle&subject=natuurkunde&level=havo&profile=CM")
        (link,) = page.all(".//dd//a")

        assert browser.get(str(link.get("href"))).status == 200
        assert link.get("href") == "/opleidingen/route?subject=natuurkunde&level=havo&profile=CM"

    @pytest.mark.parametrize("asked", ["level=mbo4&profile=NT", "level=havo&exam_subjects=toveren"])
    def test_refuses_what_it_cannot_use_beside_the_form(self, browser: Browser, asked: str) -> None:
        page = browser.get(f"/opleidingen?near=Zwolle&{asked}")

        assert page.status == 422
        assert "kan ik niet zoeken" in page.words

    def test_shows_what_was_typed_as_text(self, browser: Browser) -> None:
        page = browser.get("/opleidingen", params={"near": "<script>alert(1)</script>"})

        assert page.all(".//script") == browser.get("/opleidingen").all(".//script")
