from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from guidance.catalogue import read_catalogue
from guidance.errors import AlreadySent, ConsentMissing, NotFound
from guidance.models.check_in import Answer, CheckInRun
from guidance.models.programmes import SavedProgramme
from guidance.models.safety import SafetyNotice
from guidance.models.school import ConsentBasis
from guidance.models.talks import Summary, SummaryLine, TalkRequest
from guidance.services.audit import list_openings
from guidance.services.experience_offers import add_offer
from guidance.services.experiences import ask_experience, confirm_experience
from guidance.services.guidance_log import record_moment
from guidance.services.summary import (
    draft_summary,
    get_own_summary,
    open_summary_of_pupil,
    restore_line,
    share_summary,
    strike_line,
)
from guidance.services.talks import keep_talk_words, request_talk
from guidance.summary import FIELDS
from tests.guidance.services.test_experience_offers import fields
from tests.people import MONDAY, pupil, staff

TUESDAY = MONDAY + timedelta(days=1)
OWN_WORDS, PROGRAMMES = FIELDS.index("own_words") + 1, FIELDS.index("programmes_looked_at") + 1
PABO_ZWOLLE = next(one for one in read_catalogue() if one.kind == "pabo" and one.city == "Zwolle")


def asked(session: Session, name: str = "Anna") -> TalkRequest:
    return request_talk(session, pupil(session, name), now=MONDAY)


def drafted(session: Session, name: str = "Anna") -> Summary:
    return draft_summary(session, asked(session, name), now=MONDAY)


def shared(session: Session) -> Summary:
    drafted(session)
    return share_summary(session, pupil(session, "Anna"), now=MONDAY)


def worded(session: Session, words: str, message_id: str = "m1") -> TalkRequest:
    asked(session)
    return keep_talk_words(session, pupil(session, "Anna"), words, message_id=message_id)


def line_of(summary: Summary, field: str) -> SummaryLine:
    (line,) = (line for line in summary.lines if line.field == field)
    return line


def close_interest_run(session: Session, field_prefix: str) -> CheckInRun:
    items = {"social": ["explain_until_it_works", "listen_to_someone", "guide_children"], "level": []}
    run = CheckInRun(
        pupil=pupil(session, "Anna"),
        instrument="interest",
        version="interest-short-1",
        started_at=MONDAY,
        closed_at=MONDAY,
    )
    run.answers = [
        Answer(item=item, kind="value", value=5, message_id=f"{field_prefix}-{item}", given_at=MONDAY)
        for item in items[field_prefix]
    ]
    session.add(run)
    session.flush()
    return run


def save_pabo(session: Session, note: str | None = None) -> SavedProgramme:
    saved = SavedProgramme(
        pupil=pupil(session, "Anna"), programme=PABO_ZWOLLE.key, note=note, saved_at=MONDAY
    )
    session.add(saved)
    session.flush()
    return saved


def add_basis(session: Session, purpose: str, name: str) -> None:
    anna_or_bilal = pupil(session, name)
    session.add(
        ConsentBasis(
            school_id=anna_or_bilal.school_id,
            pupil_id=anna_or_bilal.id,
            purpose=purpose,
            basis="parent",
            decided_on=MONDAY.date(),
            decided_by="Ouder",
        )
    )
    session.flush()


def texts(summary: Summary) -> dict[str, str]:
    return {line.field: line.text for line in summary.lines}


class TestDraftSummary:
    def test_tells_a_confirmed_experience_and_not_its_compliment(self, session: Session) -> None:
        offer = add_offer(session, staff(session, "De Vries"), fields(), now=MONDAY)
        anna = pupil(session, "Anna")
        done = ask_experience(session, anna, offer.id, is_done=True, message_id="e1", now=MONDAY)
        assert line_of(drafted(session), "experiences").text == "Nog geen ervaring opgeschreven."

        confirm_experience(session, done, compliment="Legt goed uit.", now=MONDAY)

        summary = drafted(session)
        line = line_of(summary, "experiences")
        assert (line.text, line.sources) == ("Huiswerkhulp november 2026.", [f"experience:{done.id}"])
        assert "Legt goed uit" not in str([line.text for line in summary.lines])

    def test_has_the_eight_fields_each_traced_to_rows(self, session: Session) -> None:
        summary = drafted(session)

        assert tuple(line.field for line in summary.lines) == FIELDS
        assert [line.position for line in summary.lines] == list(range(1, 9))
        assert all(line.sources for line in summary.lines)
        assert summary.shared_at is None

    def test_is_built_from_what_the_pupil_did(self, session: Session) -> None:
        run, saved = close_interest_run(session, "social"), save_pabo(session, "lekker dichtbij")
        anna = pupil(session, "Anna")
        moment = record_moment(
            session, anna, "check_in_completed", happened_at=MONDAY, now=MONDAY, actor="pupil", source_key="a"
        )

        by_field = {line.field: line for line in drafted(session).lines}

        assert "Op tijd sinds 23 november 2026." in by_field["who_and_when"].text
        assert f"guidance_moment:{moment.id}" in by_field["who_and_when"].sources
        assert by_field["own_words"].text == "“lekker dichtbij”"
        assert "Leukst: mensen helpen." in by_field["where_pupil_stands"].text
        assert by_field["where_pupil_stands"].sources == [f"check_in_run:{run.id}"]
        assert by_field["programmes_looked_at"].text == "Vanaf school: pabo Zwolle, 22 km."
        assert by_field["programmes_looked_at"].sources == [f"saved_programme:{saved.id}"]

    def test_marks_a_programme_for_which_a_rule_asks_more_than_the_roster_holds(
        self, session: Session
    ) -> None:
        anna = pupil(session, "Anna")
        anna.profile = "NG"
        maths = next(
            one for one in read_catalogue() if (one.kind, one.subject) == ("tweedegraads", "wiskunde")
        )
        session.add(SavedProgramme(pupil=anna, programme=maths.key, saved_at=MONDAY))

        assert "Let op toelating:" in texts(drafted(session))["programmes_looked_at"]

    def test_is_silent_about_distance_when_the_place_of_the_school_is_not_known(
        self, session: Session
    ) -> None:
        save_pabo(session)
        pupil(session, "Anna").school.place = "Nergenshuizen"

        assert texts(drafted(session))["programmes_looked_at"] == "pabo Zwolle."

    def test_says_so_when_the_exam_year_is_not_known(self, session: Session) -> None:
        pupil(session, "Anna").exam_year = None

        assert texts(drafted(session))["who_and_when"].endswith("examenjaar onbekend.")

    def test_names_no_field_when_no_answer_stands_out(self, session: Session) -> None:
        close_interest_run(session, "level")

        assert "Geen richting springt eruit" in texts(drafted(session))["where_pupil_stands"]

    def test_drafted_again_takes_in_what_is_new_and_keeps_what_was_struck(self, session: Session) -> None:
        drafted(session)
        strike_line(session, pupil(session, "Anna"), PROGRAMMES, now=MONDAY)
        save_pabo(session, "lekker dichtbij")

        again = draft_summary(session, asked(session), now=TUESDAY)

        assert texts(again)["own_words"] == "“lekker dichtbij”"
        assert texts(again)["programmes_looked_at"] == "Nog geen opleiding bewaard."
        assert [line.field for line in again.lines if line.struck_at] == ["programmes_looked_at"]
        assert len(session.scalars(select(Summary)).all()) == 1

    def test_drafted_after_sharing_changes_nothing(self, session: Session) -> None:
        before = texts(shared(session))
        save_pabo(session)

        assert texts(draft_summary(session, asked(session), now=TUESDAY)) == before

    def test_offers_a_private_quote_struck_until_the_pupil_puts_it_back(self, session: Session) -> None:
        save_pabo(session, "goede hulp bij mijn dyslexie")
        summary = drafted(session)
        assert summary.lines[OWN_WORDS - 1].struck_at == MONDAY

        restore_line(session, pupil(session, "Anna"), OWN_WORDS)

        again = draft_summary(session, asked(session), now=TUESDAY)
        assert again.lines[OWN_WORDS - 1].struck_at is None

    def test_quotes_the_words_for_the_talk_and_strikes_what_is_private(self, session: Session) -> None:
        request = worded(session, "hoe combineer ik het met mijn adhd")

        line = line_of(draft_summary(session, request, now=MONDAY), "questions_and_step")

        assert line.text.startswith("“hoe combineer ik het met mijn adhd”")
        assert (line.sources, line.struck_at) == ([f"talk_request:{request.id}"], MONDAY)

    def test_other_words_for_the_talk_are_another_line_than_the_struck_one(self, session: Session) -> None:
        draft_summary(session, worded(session, "over de pabo"), now=MONDAY)
        summary = get_own_summary(session, pupil(session, "Anna"))
        line = line_of(summary, "questions_and_step")
        strike_line(session, pupil(session, "Anna"), line.position, now=MONDAY)

        same = line_of(draft_summary(session, asked(session), now=TUESDAY), "questions_and_step")
        assert same.struck_at == MONDAY
        other = draft_summary(session, worded(session, "over de alo", "m2"), now=TUESDAY)

        assert line_of(other, "questions_and_step").text.startswith("“over de alo”")
        assert line_of(other, "questions_and_step").struck_at is None

    def test_is_byte_for_byte_the_same_with_a_safety_notice(self, session: Session) -> None:
        without = shared(session)
        read_without = open_summary_of_pupil(
            session, staff(session, "De Vries"), pupil(session, "Anna").id, now=MONDAY
        )
        session.delete(without)
        session.flush()
        session.add(SafetyNotice(pupil=pupil(session, "Anna"), kind="self_harm", created_at=MONDAY))
        session.flush()

        shared(session)

        read_with = open_summary_of_pupil(
            session, staff(session, "De Vries"), pupil(session, "Anna").id, now=MONDAY
        )
        assert repr(read_with.lines).encode() == repr(read_without.lines).encode()
        assert read_with.struck == read_without.struck


class TestStrikeLine:
    def test_can_be_undone(self, session: Session) -> None:
        drafted(session)
        anna = pupil(session, "Anna")

        assert strike_line(session, anna, 3, now=MONDAY).struck_at == MONDAY
        assert strike_line(session, anna, 3, now=TUESDAY).struck_at == MONDAY
        assert restore_line(session, anna, 3).struck_at is None

    def test_is_too_late_after_sharing(self, session: Session) -> None:
        shared(session)

        with pytest.raises(AlreadySent):
            strike_line(session, pupil(session, "Anna"), 3, now=TUESDAY)
        with pytest.raises(AlreadySent):
            restore_line(session, pupil(session, "Anna"), 3)

    def test_reaches_only_lines_of_the_pupil_herself(self, session: Session) -> None:
        drafted(session, "Bilal")

        with pytest.raises(NotFound):
            strike_line(session, pupil(session, "Anna"), 1, now=MONDAY)

    def test_finds_no_ninth_line(self, session: Session) -> None:
        drafted(session)

        with pytest.raises(NotFound):
            strike_line(session, pupil(session, "Anna"), 9, now=MONDAY)


class TestShareSummary:
    def test_keeps_the_first_moment(self, session: Session) -> None:
        first = shared(session)

        assert share_summary(session, pupil(session, "Anna"), now=TUESDAY) is first
        assert first.shared_at == MONDAY

    def test_needs_a_basis_under_16(self, session: Session) -> None:
        drafted(session)
        session.execute(delete(ConsentBasis))

        with pytest.raises(ConsentMissing):
            share_summary(session, pupil(session, "Anna"), now=MONDAY)

        assert get_own_summary(session, pupil(session, "Anna")).shared_at is None

    @pytest.mark.parametrize(("purpose", "name"), [("mentor", "Anna"), ("summary", "Bilal")])
    def test_takes_no_basis_of_another_purpose_or_pupil(
        self, session: Session, purpose: str, name: str
    ) -> None:
        drafted(session)
        session.execute(delete(ConsentBasis))
        add_basis(session, purpose, name)

        with pytest.raises(ConsentMissing):
            share_summary(session, pupil(session, "Anna"), now=MONDAY)

    def test_takes_a_basis_for_this_pupil(self, session: Session) -> None:
        drafted(session)
        session.execute(delete(ConsentBasis))
        add_basis(session, "summary", "Anna")

        assert share_summary(session, pupil(session, "Anna"), now=MONDAY).shared_at == MONDAY

    @pytest.mark.parametrize(
        ("last_day_under_16", "may_share"),
        [(MONDAY.date(), False), (MONDAY.date() - timedelta(days=1), True)],
        ids=["last day under 16", "first day of 16"],
    )
    def test_needs_none_from_16(self, session: Session, last_day_under_16: date, may_share: bool) -> None:
        summary = drafted(session)
        session.execute(delete(ConsentBasis))
        pupil(session, "Anna").under_16_until = last_day_under_16

        if may_share:
            assert share_summary(session, pupil(session, "Anna"), now=MONDAY) is summary
        else:
            with pytest.raises(ConsentMissing):
                share_summary(session, pupil(session, "Anna"), now=MONDAY)


class TestOpenSummaryOfPupil:
    def test_gives_the_dean_no_struck_line_but_their_number(self, session: Session) -> None:
        drafted(session)
        anna = pupil(session, "Anna")
        struck = strike_line(session, anna, 1, now=MONDAY).text
        share_summary(session, anna, now=MONDAY)

        read = open_summary_of_pupil(session, staff(session, "De Vries"), anna.id, now=TUESDAY)

        assert (read.struck, len(read.lines)) == (1, 7)
        assert struck not in repr(read)
        assert read.lines[0].label == "In eigen woorden"

    def test_shows_the_pupil_every_opening_and_keeps_the_first_as_seen(self, session: Session) -> None:
        summary = shared(session)
        anna, dean = pupil(session, "Anna"), staff(session, "De Vries")

        open_summary_of_pupil(session, dean, anna.id, now=MONDAY)
        open_summary_of_pupil(session, dean, anna.id, now=TUESDAY)

        assert summary.seen_at == MONDAY
        openings = [
            (opening.name, opening.opened_at, opening.what) for opening in list_openings(session, anna)
        ]
        what = f"summary:{summary.id}"
        assert openings == [("De Vries", TUESDAY, what), ("De Vries", MONDAY, what)]

    def test_finds_nothing_before_it_is_shared(self, session: Session) -> None:
        drafted(session)

        with pytest.raises(NotFound):
            open_summary_of_pupil(session, staff(session, "De Vries"), pupil(session, "Anna").id, now=MONDAY)

        assert list_openings(session, pupil(session, "Anna")) == []

    @pytest.mark.parametrize("outsider", ["Smit", "Jansen"], ids=["another school", "not a dean"])
    def test_is_not_for_others(self, session: Session, outsider: str) -> None:
        summary = shared(session)

        with pytest.raises(NotFound):
            open_summary_of_pupil(session, staff(session, outsider), pupil(session, "Anna").id, now=MONDAY)

        assert summary.seen_at is None

    def test_keeps_the_shared_one_readable_while_a_new_draft_waits(self, session: Session) -> None:
        first = shared(session)
        anna = pupil(session, "Anna")
        first.talk_request.discussed_at = first.talk_request.closed_at = MONDAY
        draft_summary(session, request_talk(session, anna, now=TUESDAY), now=TUESDAY)

        assert open_summary_of_pupil(session, staff(session, "De Vries"), anna.id, now=TUESDAY).id == first.id
