from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.models.experiences import ExperienceOffer
from guidance.services.experience_offers import end_offer
from guidance.services.experiences import ask_experience, confirm_experience
from tests.guidance.services.test_experience_offers import HOMEWORK, add
from tests.people import MONDAY, pupil, staff
from tests.web.browser import Browser

SignIn = Callable[[str], Browser]
PAGE = "/portaal/ervaringen"
STALE = "Iemand anders heeft dit intussen veranderd. Kijk wat er nu staat en probeer het opnieuw."


@pytest.fixture
def offer(session: Session) -> ExperienceOffer:
    offer = add(session)
    session.commit()
    return offer


def offers(session: Session) -> list[ExperienceOffer]:
    every = select(ExperienceOffer).order_by(ExperienceOffer.id).execution_options(populate_existing=True)
    found = list(session.scalars(every))
    session.commit()
    return found


class TestOffers:
    def test_is_found_in_the_navigation(self, signed_in: SignIn) -> None:
        assert signed_in("devries").get("/portaal/").find(f".//nav/a[@href='{PAGE}']").text == "Ervaringen"

    def test_says_what_an_empty_list_means_for_pupils(self, signed_in: SignIn) -> None:
        page = signed_in("devries").get(PAGE)

        assert "Er staat nog niets." in page.words
        assert "Er heeft nog geen leerling iets gevraagd." in page.words
        assert len(page.all(f".//form[@action='{PAGE}']")) == 1

    def test_adds_one(self, signed_in: SignIn, session: Session) -> None:
        dean = signed_in("devries")

        answer = dean.send(dean.get(PAGE), PAGE, **HOMEWORK)

        assert (answer.status, answer.location) == (303, PAGE)
        assert [one.title for one in offers(session)] == [HOMEWORK["title"]]
        assert HOMEWORK["title"] in dean.get(PAGE).words_at(".//article/h3")

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("title", " ", "Geef een titel van hooguit 60 tekens."),
            ("teacher_mail", "jansen", "Dit mailadres klopt niet."),
            ("kind", "cooking", "Kies een soort uit de lijst."),
            ("description", "a" * 301, "Vertel in hooguit 300 tekens"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_the_rest_typed(
        self, signed_in: SignIn, session: Session, field: str, value: str, said: str
    ) -> None:
        dean = signed_in("devries")

        page = dean.send(dean.get(PAGE), PAGE, **HOMEWORK | {field: value})

        assert (page.status, said in page.words) == (422, True)
        assert page.find(".//input[@id='teacher_name-0']").get("value") == HOMEWORK["teacher_name"]
        assert offers(session) == []

    def test_changes_one(self, signed_in: SignIn, session: Session, offer: ExperienceOffer) -> None:
        dean, action = signed_in("devries"), f"{PAGE}/{offer.id}"

        assert dean.send(dean.get(PAGE), action, **HOMEWORK | {"title": "Bijles"}).location == PAGE
        assert [one.title for one in offers(session)] == ["Bijles"]

    def test_shows_the_form_of_the_one_that_cannot_be_changed(
        self, signed_in: SignIn, session: Session, offer: ExperienceOffer
    ) -> None:
        other = add(session, title="Bijles")
        session.commit()
        dean = signed_in("devries")

        page = dean.send(dean.get(PAGE), f"{PAGE}/{other.id}", **HOMEWORK)

        assert (page.status, "Dit staat al in het aanbod" in page.words) == (422, True)
        assert page.find(f".//input[@id='title-{other.id}']").get("value") == HOMEWORK["title"]
        assert offers(session)[1].title == "Bijles"

    def test_shows_who_was_second_what_stands_now_beside_what_was_typed(
        self, signed_in: SignIn, session: Session, offer: ExperienceOffer
    ) -> None:
        dean, action = signed_in("devries"), f"{PAGE}/{offer.id}"
        seen = dean.get(PAGE)
        dean.send(seen, action, **HOMEWORK | {"title": "Bijles"})

        page = dean.send(seen, action, **HOMEWORK | {"title": "Surveilleren"})

        assert page.status == 409
        assert page.words_at(".//*[@role='alert']") == [STALE]
        assert page.words_at(".//article/h3") == ["Bijles"]
        assert page.find(f".//input[@id='title-{offer.id}']").get("value") == "Surveilleren"
        assert dean.send(page, action, **HOMEWORK | {"title": "Surveilleren"}).status == 303
        assert [one.title for one in offers(session)] == ["Surveilleren"]

    def test_takes_one_form_twice(self, signed_in: SignIn, session: Session, offer: ExperienceOffer) -> None:
        dean, action = signed_in("devries"), f"{PAGE}/{offer.id}"
        seen = dean.get(PAGE)

        answers = [dean.send(seen, action, **HOMEWORK | {"title": "Bijles"}) for _ in range(2)]

        assert [answer.status for answer in answers] == [303, 303]

    def test_ends_one_and_offers_it_again(
        self, signed_in: SignIn, session: Session, offer: ExperienceOffer
    ) -> None:
        dean = signed_in("devries")

        dean.send(dean.get(PAGE), f"{PAGE}/{offer.id}/stoppen")
        assert offers(session)[0].ended_at == MONDAY
        assert "gestopt" in dean.get(PAGE).words_at(".//article/h3")[0]
        dean.send(dean.get(PAGE), f"{PAGE}/{offer.id}/hervatten")

        assert offers(session)[0].ended_at is None

    def test_says_why_one_cannot_be_offered_again(
        self, signed_in: SignIn, session: Session, offer: ExperienceOffer
    ) -> None:
        end_offer(session, staff(session, "De Vries"), offer.id, now=MONDAY)
        add(session)
        session.commit()
        dean = signed_in("devries")

        page = dean.send(dean.get(PAGE), f"{PAGE}/{offer.id}/hervatten")

        assert (page.status, "Dit staat al in het aanbod" in page.words) == (409, True)

    def test_shows_what_was_typed_as_text(self, signed_in: SignIn) -> None:
        dean, script = signed_in("devries"), "<script>alert(1)</script>"

        dean.send(dean.get(PAGE), PAGE, **HOMEWORK | {"title": script})

        assert script not in dean.get(PAGE).text
        assert script in dean.get(PAGE).words_at(".//article/h3")


class TestRequests:
    def test_show_who_asked_what_and_how_it_stands_without_the_compliment(
        self, signed_in: SignIn, session: Session, offer: ExperienceOffer
    ) -> None:
        anna, bilal = pupil(session, "Anna"), pupil(session, "Bilal")
        done = ask_experience(session, anna, offer.id, is_done=True, message_id="m1", now=MONDAY)
        confirm_experience(session, done, compliment="Legt goed uit.", now=MONDAY)
        ask_experience(session, bilal, offer.id, is_done=False, message_id="m2", now=MONDAY)
        session.commit()

        page = signed_in("devries").get(PAGE)

        what = f"23 november 2026 {HOMEWORK['title']}, bij Mevrouw Jansen"
        assert page.words_at(".//tbody/tr") == [
            f"Bilal Achternaam v5a {what} wacht op antwoord wil het nog doen",
            f"Anna Achternaam h3a {what} bevestigd",
        ]
        assert "Legt goed uit" not in page.text


class TestOthers:
    def test_find_no_offer_of_another_school(
        self, signed_in: SignIn, session: Session, offer: ExperienceOffer
    ) -> None:
        smit = signed_in("smit")
        page = smit.get(PAGE)
        token = page.find(".//input[@name='csrf']").get("value", "")

        for end in ("", "/stoppen", "/hervatten"):
            assert smit.post(f"{PAGE}/{offer.id}{end}", csrf=token, **HOMEWORK).status == 404

        assert (page.all(".//article"), HOMEWORK["teacher_mail"] in page.text) == ([], False)
        assert (offers(session)[0].title, offers(session)[0].ended_at) == (HOMEWORK["title"], None)

    def test_a_safeguarding_contact_finds_no_page(self, signed_in: SignIn) -> None:
        assert signed_in("jansen").get(PAGE).status == 404
