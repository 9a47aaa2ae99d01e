"""What pupils save: notes, taking off and putting back, and what changed since."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from guidance import catalogue
from guidance.admission import applicant_of
from guidance.catalogue import Programme, read_catalogue
from guidance.errors import CannotCompare, DangerInText, NotFound, TooManySaved, WordsTooLong
from guidance.models.programmes import SavedProgramme
from guidance.programme_comparison import compare
from guidance.services import programmes, saved_programmes
from guidance.services.programmes import ProgrammeQuery
from guidance.services.saved_programmes import (
    CAN_BE_PUT_BACK,
    MOST_SAVED,
    forget_removed,
    get_saved_programme,
    list_saved_programmes,
    news_of,
    note_programme,
    remove_saved_programme,
    restore_saved_programme,
    save_programme,
    tell_news,
)
from guidance.services.welcome import welcome_replies
from tests.people import MONDAY, pupil

KPZ, VIAA = "00ic-34808-zwolle", "22hh-34808-zwolle"
NEAR_OMMEN = ProgrammeQuery(near="Ommen", kind="pabo", level="havo")
Refresh = Callable[[list[Programme]], None]


@pytest.fixture
def refresh(monkeypatch: pytest.MonkeyPatch) -> Refresh:
    """Put another catalogue in place, as a refresh does."""

    def put(rows: list[Programme]) -> None:
        by_key = {one.key: one for one in rows}
        for room in (programmes, catalogue):
            monkeypatch.setattr(room, "read_catalogue", lambda: tuple(rows))
        for room in (programmes, saved_programmes):
            monkeypatch.setattr(room, "programmes_by_key", lambda: by_key)

    return put


class TestSaveProgramme:
    def test_keeps_a_programme_once(self, session: Session) -> None:
        anna = pupil(session, "Anna")

        first = save_programme(session, anna, KPZ, now=MONDAY)

        assert save_programme(session, anna, KPZ, now=MONDAY) is first
        assert [one.programme for one in list_saved_programmes(session, anna)] == [KPZ]

    def test_refuses_what_is_not_in_the_catalogue(self, session: Session) -> None:
        with pytest.raises(NotFound):
            save_programme(session, pupil(session, "Anna"), "made-up", now=MONDAY)

    def test_shows_a_pupil_only_their_own(self, session: Session) -> None:
        save_programme(session, pupil(session, "Anna"), KPZ, now=MONDAY)

        assert list_saved_programmes(session, pupil(session, "Bilal")) == []

    def test_goes_with_the_pupil(self, session: Session) -> None:
        anna = pupil(session, "Anna")
        save_programme(session, anna, KPZ, now=MONDAY)

        session.delete(anna)
        session.flush()

        assert session.scalars(select(SavedProgramme)).all() == []

    def test_a_full_list_takes_no_more_and_says_how_many_fit(self, session: Session) -> None:
        anna = pupil(session, "Anna")
        keys = [one.key for one in read_catalogue()[: MOST_SAVED + 1]]
        for key in keys[:MOST_SAVED]:
            save_programme(session, anna, key, now=MONDAY)

        with pytest.raises(TooManySaved) as full:
            save_programme(session, anna, keys[-1], now=MONDAY)

        assert full.value.limit == MOST_SAVED
        assert save_programme(session, anna, keys[0], now=MONDAY).programme == keys[0]


class TestRemoveAndRestore:
    def test_minds_no_second_time(self, session: Session) -> None:
        anna = pupil(session, "Anna")
        save_programme(session, anna, KPZ, now=MONDAY)

        for _ in range(2):
            remove_saved_programme(session, anna, KPZ, now=MONDAY)

        assert list_saved_programmes(session, anna) == []

    @pytest.mark.parametrize("saves_anew", [False, True], ids=["put back", "saved anew"])
    def test_comes_back_with_its_note(self, session: Session, saves_anew: bool) -> None:
        anna = pupil(session, "Anna")
        save_programme(session, anna, KPZ, now=MONDAY)
        note_programme(session, anna, KPZ, "lekker dichtbij")
        remove_saved_programme(session, anna, KPZ, now=MONDAY)

        if saves_anew:
            save_programme(session, anna, KPZ, now=MONDAY)
        else:
            restore_saved_programme(session, anna, KPZ)

        (saved,) = list_saved_programmes(session, anna)
        assert saved.note == "lekker dichtbij"

    def test_after_a_day_it_is_forgotten(self, session: Session) -> None:
        anna = pupil(session, "Anna")
        save_programme(session, anna, KPZ, now=MONDAY)
        remove_saved_programme(session, anna, KPZ, now=MONDAY)

        save_programme(session, anna, VIAA, now=MONDAY + CAN_BE_PUT_BACK)

        assert session.scalars(select(SavedProgramme.programme)).all() == [VIAA]

    def test_every_forgotten_one_goes_at_night_whoever_took_it_off(self, session: Session) -> None:
        for name in ("Anna", "Bilal"):
            for key in (KPZ, VIAA):
                save_programme(session, pupil(session, name), key, now=MONDAY)
            remove_saved_programme(session, pupil(session, name), KPZ, now=MONDAY)

        assert forget_removed(session, now=MONDAY + CAN_BE_PUT_BACK - timedelta(seconds=1)) == 0
        assert forget_removed(session, now=MONDAY + CAN_BE_PUT_BACK) == 2
        assert session.scalars(select(SavedProgramme.programme)).all() == [VIAA, VIAA]

    @pytest.mark.parametrize("saves_anew", [False, True], ids=["put back", "saved anew"])
    def test_a_full_list_takes_none_back(self, session: Session, saves_anew: bool) -> None:
        anna = pupil(session, "Anna")
        keys = [one.key for one in read_catalogue()[: MOST_SAVED + 1]]
        save_programme(session, anna, keys[0], now=MONDAY)
        remove_saved_programme(session, anna, keys[0], now=MONDAY)
        for key in keys[1:]:
            save_programme(session, anna, key, now=MONDAY)

        again = partial(save_programme, now=MONDAY) if saves_anew else restore_saved_programme

        with pytest.raises(TooManySaved):
            again(session, anna, keys[0])

    def test_what_another_saved_is_not_found(self, session: Session) -> None:
        save_programme(session, pupil(session, "Anna"), KPZ, now=MONDAY)
        bilal = pupil(session, "Bilal")

        for attempt in (
            lambda: remove_saved_programme(session, bilal, KPZ, now=MONDAY),
            lambda: restore_saved_programme(session, bilal, KPZ),
            lambda: note_programme(session, bilal, KPZ, "van mij"),
            lambda: get_saved_programme(session, bilal, KPZ),
        ):
            with pytest.raises(NotFound):
                attempt()


class TestNoteProgramme:
    def test_is_kept_without_personal_data_and_goes_when_emptied(self, session: Session) -> None:
        anna = pupil(session, "Anna")
        save_programme(session, anna, KPZ, now=MONDAY)

        assert note_programme(session, anna, KPZ, "bel 06-12345678").note == "bel [telefoonnummer]"
        assert note_programme(session, anna, KPZ, "  ").note is None

    def test_too_long_or_dangerous_leaves_the_first_one(self, session: Session) -> None:
        anna = pupil(session, "Anna")
        save_programme(session, anna, KPZ, now=MONDAY)
        note_programme(session, anna, KPZ, "eerst")

        with pytest.raises(WordsTooLong):
            note_programme(session, anna, KPZ, "x" * 301)
        with pytest.raises(DangerInText):
            note_programme(session, anna, KPZ, "ik wil niet meer leven")

        assert get_saved_programme(session, anna, KPZ).note == "eerst"


class TestNews:
    def test_nothing_changed_is_no_news(self, session: Session) -> None:
        anna = pupil(session, "Anna")
        save_programme(session, anna, KPZ, query=NEAR_OMMEN, now=MONDAY)

        assert news_of(session, anna) == []
        assert len(welcome_replies(session, anna, now=MONDAY)) == 2

    def test_a_closed_programme_is_told_once(self, session: Session, refresh: Refresh) -> None:
        anna = pupil(session, "Anna")
        save_programme(session, anna, KPZ, query=NEAR_OMMEN, now=MONDAY)
        refresh([one for one in read_catalogue() if one.key != KPZ])

        told = welcome_replies(session, anna, now=MONDAY)

        assert told[1].text.startswith("Pabo, Hogeschool KPZ, Zwolle staat niet meer in onze lijst.")
        assert len(welcome_replies(session, anna, now=MONDAY)) == 2

    def test_a_new_one_nearby_is_told_once(self, session: Session, refresh: Refresh) -> None:
        anna = pupil(session, "Anna")
        rows = list(read_catalogue())
        new = replace(
            next(one for one in rows if one.key == KPZ), key="new", isat="9", institution="Nieuwe School"
        )
        save_programme(session, anna, KPZ, query=NEAR_OMMEN, now=MONDAY)
        refresh([*rows, new])

        told = welcome_replies(session, anna, now=MONDAY)

        assert told[1].text == (
            "Er is een opleiding bij die past bij wat je zocht: Pabo, Nieuwe School, Zwolle."
        )
        assert len(welcome_replies(session, anna, now=MONDAY)) == 2

    def test_a_new_one_elsewhere_or_of_another_kind_is_no_news(
        self, session: Session, refresh: Refresh
    ) -> None:
        anna = pupil(session, "Anna")
        rows = list(read_catalogue())
        kpz = next(one for one in rows if one.key == KPZ)
        save_programme(session, anna, KPZ, query=NEAR_OMMEN, now=MONDAY)
        refresh(
            [*rows, replace(kpz, key="far", isat="9", lat=50.8, lon=5.7), replace(kpz, key="alo", kind="alo")]
        )

        assert news_of(session, anna) == []

    def test_another_site_that_was_there_already_is_no_news_when_the_nearest_closes(
        self, session: Session, refresh: Refresh
    ) -> None:
        anna = pupil(session, "Anna")
        zwolle = next(one for one in read_catalogue() if one.key == KPZ)
        ommen = replace(zwolle, key="nearer", city="Ommen", lat=52.52, lon=6.42)
        refresh([*read_catalogue(), ommen])
        save_programme(session, anna, "nearer", query=NEAR_OMMEN, now=MONDAY)
        refresh([one for one in read_catalogue() if one.key != "nearer"])

        (news,) = news_of(session, anna)

        assert (news.is_gone, news.new) == (True, ())

    @pytest.mark.parametrize(
        "query",
        [
            ProgrammeQuery(near="Vaals", kind="pabo"),
            ProgrammeQuery(kind="pabo"),
            ProgrammeQuery(near="Bergen", kind="pabo"),
            ProgrammeQuery(near="Ommen", radius_km=float("nan")),
        ],
        ids=["of another place", "without a place", "of a place that must be asked back", "without sense"],
    )
    def test_a_search_that_did_not_find_it_nearby_is_not_kept(
        self, session: Session, query: ProgrammeQuery
    ) -> None:
        saved = save_programme(session, pupil(session, "Anna"), KPZ, query=query, now=MONDAY)

        assert (saved.query, saved.known) == (None, None)

    def test_a_search_of_an_older_release_breaks_nothing(self, session: Session) -> None:
        anna = pupil(session, "Anna")
        saved = save_programme(session, anna, KPZ, query=NEAR_OMMEN, now=MONDAY)
        saved.query = {"near": "Ommen", "kind": "pabo", "radius_km": "ver", "colour": "blue"}

        assert news_of(session, anna) == []

    def test_one_that_came_back_and_left_again_is_told_again(
        self, session: Session, refresh: Refresh
    ) -> None:
        anna, rows = pupil(session, "Anna"), read_catalogue()
        save_programme(session, anna, KPZ, query=NEAR_OMMEN, now=MONDAY)
        without = [one for one in rows if one.key != KPZ]

        told = []
        for catalogue_now in (without, list(rows), without, without):
            refresh(catalogue_now)
            told.append(len(tell_news(session, anna, now=MONDAY)))

        assert told == [1, 0, 1, 0]

    def test_two_talks_that_begin_at_once_tell_it_once(
        self, sessions: sessionmaker[Session], session: Session, refresh: Refresh
    ) -> None:
        save_programme(session, pupil(session, "Anna"), KPZ, query=NEAR_OMMEN, now=MONDAY)
        session.commit()
        refresh([one for one in read_catalogue() if one.key != KPZ])

        def begin(_: int) -> int:
            with sessions.begin() as own:
                return len(tell_news(own, pupil(own, "Anna"), now=MONDAY))

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(begin, range(2))) == [0, 1]

    def test_a_talk_that_could_not_begin_has_told_nothing(
        self, sessions: sessionmaker[Session], session: Session, refresh: Refresh
    ) -> None:
        save_programme(session, pupil(session, "Anna"), KPZ, query=NEAR_OMMEN, now=MONDAY)
        session.commit()
        refresh([one for one in read_catalogue() if one.key != KPZ])

        with sessions() as own:
            assert len(welcome_replies(own, pupil(own, "Anna"), now=MONDAY)) == 3
            own.rollback()

        assert len(welcome_replies(session, pupil(session, "Anna"), now=MONDAY)) == 3

    def test_news_that_was_not_told_stays_news(self, session: Session, refresh: Refresh) -> None:
        anna = pupil(session, "Anna")
        save_programme(session, anna, KPZ, query=NEAR_OMMEN, now=MONDAY)
        refresh([one for one in read_catalogue() if one.key != KPZ])

        assert news_of(session, anna)
        assert news_of(session, anna)
        assert tell_news(session, anna, now=MONDAY)
        assert news_of(session, anna) == []

    def test_a_search_that_cannot_be_done_any_more_is_no_news(self, session: Session) -> None:
        anna = pupil(session, "Anna")
        saved = save_programme(session, anna, KPZ, query=NEAR_OMMEN, now=MONDAY)
        saved.query = {"near": "Verdwenen Dorp", "kind": "pabo"}

        assert news_of(session, anna) == []

    def test_a_full_list_is_looked_at_quickly(self, session: Session) -> None:
        anna = pupil(session, "Anna")
        for one in read_catalogue()[:MOST_SAVED]:
            save_programme(session, anna, one.key, query=NEAR_OMMEN, now=MONDAY)

        start = time.perf_counter()
        news_of(session, anna)

        assert timedelta(seconds=time.perf_counter() - start) < timedelta(seconds=1)


class TestCompare:
    def test_gives_each_the_same_rows(self) -> None:
        comparison = compare([KPZ, VIAA], near="Ommen", applicant=applicant_of("havo"))

        assert comparison.titles == ("Pabo, Hogeschool KPZ", "Pabo, Hogeschool Viaa")
        assert [label for label, _ in comparison.rows] == [
            "Plaats", "Afstand", "Vorm", "Toelating", "Regel", "Studiekeuzecheck", "Studenten",
        ]  # fmt: skip
        assert all(len(values) == 2 and all(values) for _, values in comparison.rows)

    def test_says_what_is_not_known(self) -> None:
        assert dict(compare([KPZ, VIAA]).rows)["Afstand"] == ("Onbekend", "Onbekend")

    @pytest.mark.parametrize("count", [0, 1, 4])
    def test_takes_two_or_three(self, count: int) -> None:
        with pytest.raises(CannotCompare) as refused:
            compare([one.key for one in read_catalogue()[:count]])

        assert refused.value.count == count

    def test_the_same_one_twice_is_one(self) -> None:
        with pytest.raises(CannotCompare):
            compare([KPZ, KPZ])

    def test_what_does_not_exist_is_not_found(self) -> None:
        with pytest.raises(NotFound):
            compare([KPZ, "made-up"])
