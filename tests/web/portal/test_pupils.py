import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.models.audit import AuditEntry, AuditEntryPerson
from guidance.models.safety import SafetyNotice
from guidance.services.audit import REFUSED, list_openings
from guidance.services.guidance_log import list_moments, record_moment
from guidance.services.summary import draft_summary, share_summary, strike_line
from guidance.services.talks import find_open_talk, request_talk
from tests.people import MONDAY, pupil, staff
from tests.web.browser import Browser

SignIn = Callable[[str], Browser]
EARLIER = MONDAY - timedelta(days=3)


def page_of(session: Session, first_name: str) -> str:
    address = f"/portaal/leerlingen/{pupil(session, first_name).id}"
    # A session that reads holds SQLite's only transaction, and the page needs it.
    session.commit()
    return address


def share_annas_summary(session: Session) -> None:
    """Anna asks for a talk, strikes her second line and shares the rest."""
    anna = pupil(session, "Anna")
    draft_summary(session, request_talk(session, anna, now=EARLIER), now=EARLIER)
    strike_line(session, anna, 2, now=EARLIER)
    share_summary(session, anna, now=EARLIER)
    session.commit()


def check_in_of(session: Session, first_name: str) -> None:
    record_moment(
        session,
        pupil(session, first_name),
        "check_in_completed",
        happened_at=EARLIER,
        now=EARLIER,
        actor="pupil:1",
        source_key="check_in_run:1",
    )
    session.commit()


class TestHome:
    def test_counts_how_the_pupils_of_each_exam_year_stand(self, signed_in: SignIn, session: Session) -> None:
        check_in_of(session, "Anna")

        page = signed_in("devries").get("/portaal/")

        assert page.words_at(".//tbody/tr") == ["2028 0 0 1", "2029 1 0 0"]
        assert page.words_at(".//dl/div")[:2] == ["Leerlingen 2", "Gesprek gevraagd 0"]

    def test_names_who_waits_for_a_talk(self, signed_in: SignIn, session: Session) -> None:
        request_talk(session, pupil(session, "Bilal"), now=EARLIER)
        session.commit()

        page = signed_in("devries").get("/portaal/")

        assert "Bilal Achternaam v5a, sinds vrijdag 20 november" in page.words

    def test_shows_an_empty_school_without_breaking(self, signed_in: SignIn) -> None:
        assert "Er zijn nog geen leerlingen" in signed_in("smit").get("/portaal/").words


class TestClassList:
    def test_puts_who_asks_for_a_talk_first(self, signed_in: SignIn, session: Session) -> None:
        request_talk(session, pupil(session, "Bilal"), now=EARLIER)
        session.commit()

        page = signed_in("devries").get("/portaal/leerlingen")

        assert page.words_at(".//tbody/tr/th") == ["Bilal Achternaam", "Anna Achternaam"]
        assert page.words_at(".//h2") == ["Gesprek gevraagd", "Nog op tijd te bereiken"]
        assert page.words_at(".//tbody/tr/td[3]") == ["te laat", "nog 22 weken"]

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("naam=ann", ["Anna Achternaam"]),
            ("naam=ÀNNA%20acht", ["Anna Achternaam"]),
            ("klas=v5a", ["Bilal Achternaam"]),
            ("klas=v5a&naam=anna", []),
            ("naam=%25", []),
        ],
        ids=["part of a name", "accents and capitals", "class", "both", "no wildcard"],
    )
    def test_finds_by_name_and_class(self, signed_in: SignIn, query: str, found: list[str]) -> None:
        page = signed_in("devries").get(f"/portaal/leerlingen?{query}")

        assert page.words_at(".//tbody/tr/th") == found

    def test_says_when_nobody_is_found(self, signed_in: SignIn) -> None:
        assert "Geen leerling gevonden" in signed_in("devries").get("/portaal/leerlingen?naam=xyz").words

    def test_keeps_the_filter_in_its_links(self, signed_in: SignIn) -> None:
        page = signed_in("devries").get("/portaal/leerlingen?klas=v5a")

        page.find(".//a[@href='/portaal/leerlingen.csv?klas=v5a']")

    def test_shows_more_pupils_on_a_next_page(
        self, signed_in: SignIn, session: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("web.portal.pupils.ROWS_A_PAGE", 1)
        dean = signed_in("devries")

        first = dean.get("/portaal/leerlingen")
        second = dean.get(f"/portaal/leerlingen{first.find('.//a[@rel="next"]').get('href')}")

        assert first.words_at(".//tbody/tr/th") != second.words_at(".//tbody/tr/th") != []

    def test_refuses_an_impossible_page(self, signed_in: SignIn) -> None:
        assert signed_in("devries").get("/portaal/leerlingen?pagina=0").status == 422


class TestDownload:
    def test_holds_the_rows_of_the_list(self, signed_in: SignIn, session: Session) -> None:
        answer = signed_in("devries").get("/portaal/leerlingen.csv?naam=bilal")
        rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))

        assert [(row["voornaam"], row["stand"], row["uiterste dag"]) for row in rows] == [
            ("Bilal", "te laat", "2026-05-01")
        ]
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"

    @pytest.mark.parametrize("name", ["=1+1", "+31", "-2", "@SUM(A1)", "\t=1", " =1"])
    def test_lets_no_spreadsheet_take_a_name_for_a_formula(
        self, signed_in: SignIn, session: Session, name: str
    ) -> None:
        pupil(session, "Bilal").first_name = name
        session.commit()

        answer = signed_in("devries").get("/portaal/leerlingen.csv?klas=v5a")
        rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))

        assert rows[0]["voornaam"] == f"'{name}"


class TestOnePupil:
    def test_shows_what_was_shared_and_how_much_was_struck(self, signed_in: SignIn, session: Session) -> None:
        share_annas_summary(session)

        page = signed_in("devries").get(page_of(session, "Anna"))

        assert "In eigen woorden" not in page.words
        assert "1 regel weggelaten door de leerling" in page.words
        assert "Wie en wanneer" in page.words

    def test_lets_the_pupil_see_that_it_was_opened(self, signed_in: SignIn, session: Session) -> None:
        share_annas_summary(session)

        signed_in("devries").get(page_of(session, "Anna"))

        assert [opening.name for opening in list_openings(session, pupil(session, "Anna"))] == ["De Vries"]

    def test_shows_nothing_of_a_summary_that_was_not_shared(
        self, signed_in: SignIn, session: Session
    ) -> None:
        draft_summary(session, request_talk(session, pupil(session, "Anna"), now=EARLIER), now=EARLIER)
        session.commit()

        page = signed_in("devries").get(page_of(session, "Anna"))

        assert "Anna heeft de samenvatting nog niet gedeeld." in page.words
        assert "Wie en wanneer" not in page.words

    def test_says_in_words_whether_it_was_on_time(self, signed_in: SignIn, session: Session) -> None:
        check_in_of(session, "Anna")

        page = signed_in("devries").get(page_of(session, "Anna"))

        assert "Op tijd sinds 20 november 2026: check. Grens: 1 mei 2027 (voorlopig)." in page.words
        assert "20 november 2026 Check afgerond" in page.words

    def test_shows_both_figures_after_another_exam_year(self, signed_in: SignIn, session: Session) -> None:
        check_in_of(session, "Anna")
        pupil(session, "Anna").exam_year = 2028
        session.commit()

        page = signed_in("devries").get(page_of(session, "Anna"))

        assert "Met het examenjaar van nu: 2028" in page.words
        assert "Te laat: het eerste moment was op 20 november 2026, 203 dagen na de grens." in page.words
        assert "Met het examenjaar van toen: 2029" in page.words

    def test_is_marked_as_discussed_once(self, signed_in: SignIn, session: Session) -> None:
        share_annas_summary(session)
        address, dean = page_of(session, "Anna"), signed_in("devries")

        page = dean.get(address)
        answers = [dean.send(page, f"{address}/besproken") for _ in range(2)]

        assert [answer.location for answer in answers] == [address, address]
        assert "Besproken op maandag 23 november." in dean.get(address).words
        assert find_open_talk(session, pupil(session, "Anna")) is None
        assert [moment.kind for moment in list_moments(session, pupil(session, "Anna"))] == ["talk_held"]

    def test_refuses_a_mark_from_another_site(self, signed_in: SignIn, session: Session) -> None:
        share_annas_summary(session)

        answer = signed_in("devries").post(f"{page_of(session, 'Anna')}/besproken")

        assert answer.status == 403
        assert find_open_talk(session, pupil(session, "Anna"))


class TestOutsider:
    @pytest.mark.parametrize(
        "name", ["smit", "jansen"], ids=["dean of another school", "safeguarding contact"]
    )
    @pytest.mark.parametrize(("method", "end"), [("GET", ""), ("POST", "/besproken")], ids=["read", "mark"])
    def test_finds_no_pupil_and_the_attempt_is_logged(
        self, signed_in: SignIn, session: Session, name: str, method: str, end: str
    ) -> None:
        share_annas_summary(session)
        address, outsider = page_of(session, "Anna") + end, signed_in(name)

        form = outsider.get("/inloggen").find(".//input[@name='csrf']").get("value", "")
        answer = outsider.get(address) if method == "GET" else outsider.post(address, csrf=form)

        assert answer.status == 404
        assert "Anna" not in answer.text
        assert refusals(session) == [(name, f"{method} {address}")]
        assert list_openings(session, pupil(session, "Anna")) == []

    def test_is_told_the_same_of_a_pupil_who_does_not_exist(
        self, signed_in: SignIn, session: Session
    ) -> None:
        outsider = signed_in("smit")

        assert outsider.get(page_of(session, "Anna")).text == outsider.get("/portaal/leerlingen/9999").text

    @pytest.mark.parametrize("address", ["/portaal/leerlingen", "/portaal/leerlingen.csv", "/portaal/"])
    def test_sees_no_pupil_of_another_school_in_a_list(self, signed_in: SignIn, address: str) -> None:
        answer = signed_in("smit").get(address)

        assert answer.status == 200
        assert "Anna" not in answer.text

    @pytest.mark.parametrize("address", ["/portaal/leerlingen", "/portaal/leerlingen.csv", "/portaal/"])
    def test_finds_no_list_as_a_safeguarding_contact(
        self, signed_in: SignIn, session: Session, address: str
    ) -> None:
        assert signed_in("jansen").get(address).status == 404
        assert refusals(session) == [("jansen", f"GET {address}")]


class TestSafetyNotice:
    @pytest.mark.parametrize(
        "address", ["/portaal/", "/portaal/leerlingen", "/portaal/leerlingen.csv", "pupil"]
    )
    def test_changes_no_byte_of_what_a_dean_reads(
        self, signed_in: SignIn, session: Session, address: str
    ) -> None:
        share_annas_summary(session)
        address = page_of(session, "Anna") if address == "pupil" else address
        dean = signed_in("devries")
        session.commit()

        before = dean.get(address).text
        session.add(SafetyNotice(pupil_id=pupil(session, "Anna").id, kind="self_harm", created_at=MONDAY))
        session.commit()

        assert dean.get(address).text == before


def refusals(session: Session) -> list[tuple[str, str | None]]:
    """Return who was refused what, by user name."""
    session.rollback()
    rows = session.execute(
        select(AuditEntryPerson.actor_id, AuditEntryPerson.what)
        .join(AuditEntry, AuditEntry.id == AuditEntryPerson.entry_id)
        .where(AuditEntry.action == REFUSED)
    )
    names = {staff(session, name).id: name.lower() for name in ("Smit", "Jansen")}
    return [(names[actor_id], what) for actor_id, what in rows]
