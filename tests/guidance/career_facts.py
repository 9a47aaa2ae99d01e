"""Facts of a career file for the tests: of a pupil who did much, of one who did nothing, or drawn."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from guidance.career_competencies import CareerCompetency
from guidance.career_file_input import (
    CareerFacts,
    Check,
    Experience,
    Moment,
    NextStep,
    OwnEntry,
    SavedOne,
    Talk,
    Wording,
)
from guidance.check_in_changes import ClosedCheckIn
from guidance.instruments import get_instrument, shipped_instruments
from guidance.ratings import Rating
from guidance.summary_input import Person
from tests.guidance.check_in_answers import answers_to

# Answers to whole check-ins take long to draw.
FEW = 40
TODAY = date(2026, 11, 23)
MORNING = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
STORY = "Ik hielp mijn zusje met breuken en dat lukte."


def check(number: int, version: str, answers: Mapping[str, Rating], *, days: int = 0) -> Check:
    """Return a check-in that was closed so many days after the first Monday of November."""
    at = MORNING + timedelta(days=days)
    closed = ClosedCheckIn(get_instrument(version), answers, at.date(), "havo")
    return Check(f"check_in_run:{number}", at, closed)


def values(name: str, given: Mapping[str, int], *, others: int) -> dict[str, Rating]:
    """Return a value for every rated item of a check-in: by item or by field."""
    return {
        item.id: Rating("value", given.get(item.id, given.get(item.field, others)))
        for item in get_instrument(name).items
        if not item.is_words
    }


def right_but(*items: str) -> dict[str, Rating]:
    """Return answers to the expectation check-in that are right, but for these items."""
    return {
        item.id: Rating("value", item.right if item.id not in items else 3 - (item.right or 0))
        for item in get_instrument("expectation").items
    }


NOTHING = CareerFacts(person=Person("pupil:1", "h3a", leerjaar=3), today=TODAY)
STEP = NextStep("Vraag vóór 7 december een gesprek aan met je decaan.", ("pupil:1", "check_in_run:2"))
MUCH = replace(
    NOTHING,
    checks=(
        check(1, "interest", values("interest", {"realistic": 5}, others=2)),
        check(
            2, "interest", values("interest", {"social": 5, "artistic": 4, "teaching": 4}, others=2), days=7
        ),
        check(
            3,
            "competence",
            {
                **values("competence", {"explaining_want": 2, "pedagogy": 1}, others=3),
                "explaining_story": Rating("words", words=STORY),
            },
        ),
        check(4, "expectation", right_but("share_at_school")),
    ),
    experiences=(
        Experience("experience:1", date(2026, 11, 9), "Lezen met groep 4", "Anna legt rustig uit."),
    ),
    events=(Moment("guidance_moment:5", date(2026, 10, 1), "Open dag van de pabo"),),
    mentor_answers=(Moment("guidance_moment:6", date(2026, 11, 10)),),
    saved=(SavedOne("saved_programme:1", "Pabo in Zwolle", "dichtbij"),),
    talks_held=(Talk("talk_request:1", date(2026, 11, 12), "De Vries"),),
    talk_asked=Talk("talk_request:2", date(2026, 11, 20), "De Vries"),
    next_step=STEP,
)

days = st.dates(date(2026, 1, 1), TODAY)
titles = st.none() | st.sampled_from(["Lezen met groep 4", "Huiswerkhulp", "Een gastles"])
moments = st.builds(Moment, st.integers(1, 30).map("guidance_moment:{}".format), days, titles)
experiences = st.builds(
    Experience, st.integers(1, 30).map("experience:{}".format), days, titles, st.none() | st.just("Goed.")
)
talks = st.builds(Talk, st.integers(1, 9).map("talk_request:{}".format), days, st.sampled_from(["De Vries"]))
saved = st.builds(
    SavedOne,
    st.integers(1, 30).map("saved_programme:{}".format),
    st.sampled_from(["Pabo in Zwolle", "Pabo in Ede", "Leraar Duits (tweedegraads) in Tilburg"]),
    st.none() | st.just("dichtbij"),
)


@st.composite
def checks(draw: st.DrawFn) -> list[Check]:
    """Draw check-ins of every kind, each at a moment of its own."""
    drawn = draw(st.lists(st.sampled_from(shipped_instruments()), max_size=3))
    return [
        check(number, one.version, draw(answers_to(one)), days=-number)
        for number, one in enumerate(drawn, start=1)
    ]


def own(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    """Draw some, each with a row of its own."""
    return st.lists(strategy, max_size=3, unique_by=lambda one: one.source).map(tuple)  # type: ignore[attr-defined]


facts_of_any_pupil = st.builds(
    CareerFacts,
    person=st.builds(
        Person,
        st.just("pupil:1"),
        leerjaar=st.sampled_from([None, 2, 3, 5]),
        profile=st.sampled_from([None, "NT"]),
    ),
    today=st.just(TODAY),
    checks=checks().map(tuple),
    experiences=own(experiences),
    events=own(moments),
    mentor_answers=own(moments),
    saved=own(saved),
    talks_held=own(talks),
    talk_asked=st.none() | talks,
    next_step=st.none() | st.just(STEP),
)

entries = st.lists(
    st.builds(
        OwnEntry,
        id=st.integers(1, 50),
        section=st.sampled_from(CareerCompetency),
        text=st.sampled_from(["Ik zwem graag.", "Ik pas vaak op."]),
        written_at=st.integers(0, 99).map(lambda hours: MORNING + timedelta(hours=hours)),
        is_removed=st.booleans(),
    ),
    max_size=4,
    unique_by=lambda entry: entry.id,
)


def wordings_of(keys: list[str]) -> st.SearchStrategy[list[Wording]]:
    """Draw what a pupil made of some lines, and of a line that is not there any more."""
    known = st.sampled_from([*keys, "check_in_run:99:strongest"])
    drawn = st.builds(
        Wording,
        known,
        st.sampled_from(CareerCompetency),
        st.none() | st.just("Zo zeg ik het."),
        st.booleans(),
    )
    return st.lists(drawn, max_size=3, unique_by=lambda wording: wording.key)


def sources_in(facts: CareerFacts) -> set[str]:
    """Return every row that the facts name."""
    asked = [facts.talk_asked] if facts.talk_asked else []
    step = facts.next_step.sources if facts.next_step else ()
    named = [
        *facts.checks,
        *facts.experiences,
        *facts.events,
        *facts.mentor_answers,
        *facts.saved,
        *facts.talks_held,
        *asked,
    ]
    return {facts.person.source, *step, *(one.source for one in named)}


def shuffled(facts: CareerFacts, data: st.DataObject) -> CareerFacts:
    """Return the same facts as if they had come in another order."""
    lists = ("checks", "experiences", "events", "mentor_answers", "saved", "talks_held")
    return replace(facts, **{name: tuple(data.draw(st.permutations(getattr(facts, name)))) for name in lists})
