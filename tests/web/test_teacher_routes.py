"""The page of the routes to teaching."""

import re

import pytest

from tests.web.browser import Browser

PAGE = "/opleidingen/route"


class TestShowTeacherRoutes:
    def test_shows_the_choices_first(self, browser: Browser) -> None:
        page = browser.get(PAGE)

        assert page.status == 200
        assert page.all(".//article") == []

    def test_shows_every_route_with_its_steps(self, browser: Browser) -> None:
        page = browser.get(f"{PAGE}?subject=wiskunde&grade=bovenbouw&level=vwo")

        assert "Zo word je leraar wiskunde in de bovenbouw van havo en vwo" in page.words
        assert len(page.all(".//article")) == 3
        assert "5,5 jaar of langer" in page.words
        assert page.find(".//select[@id='grade']/option[@selected]").get("value") == "bovenbouw"

    @pytest.mark.parametrize(
        "asked",
        [
            "subject=wiskunde&level=vwo&profile=NG&exam_subjects=wiskunde+B",
            "grade=basisschool&level=havo&profile=CM",
            "subject=Latijn&grade=bovenbouw&level=havo",
            "subject=gym&level=mbo4",
            "grade=bovenbouw",
        ],
    )
    def test_links_to_as_many_programmes_as_it_says(self, browser: Browser, asked: str) -> None:
        page = browser.get(f"{PAGE}?{asked}")
        links = [link for link in page.all(".//section//a") if "/opleidingen?" in str(link.get("href"))]

        assert links
        for link in links:
            (count,) = re.findall(r": (\d+)", "".join(link.itertext()))
            assert f"{count} gevonden" in browser.get(str(link.get("href"))).words

    @pytest.mark.parametrize(
        "asked", ["subject=toveren", "grade=kapper", "level=groep+8", "level=mbo4&profile=NT", "profile=XX"]
    )
    def test_refuses_what_it_cannot_use(self, browser: Browser, asked: str) -> None:
        page = browser.get(f"{PAGE}?{asked}")

        assert page.status == 422
        assert "kan ik niet zoeken" in page.words

    def test_leaves_no_dead_end(self, browser: Browser) -> None:
        page = browser.get(f"{PAGE}?subject=Latijn&grade=bovenbouw&level=havo")

        assert "vanaf een ander niveau" in page.words
        assert page.all(".//article")
