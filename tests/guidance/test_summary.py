from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.on_time import verdict
from guidance.summary import (
    FIELDS,
    WORD_LIMIT,
    WORDS_OF_FIELD,
    compose,
    label_of,
    word_count,
)
from guidance.summary_input import (
    Competences,
    Confirmed,
    Interests,
    LookedAt,
    Person,
    Quote,
    Standing,
    SummaryFacts,
)

TODAY = date(2026, 11, 23)
ANNA = Person("pupil:1", class_name="h3a", leerjaar=3, exam_year=2029)
BARE = SummaryFacts(person=ANNA, talk_source="talk_request:1", requested_on=TODAY)
SOCIAL = Interests("check_in_run:3", ("mensen helpen",))
PABO = LookedAt("saved_programme:5", "pabo Zwolle", 22.4)

texts = st.one_of(st.text(max_size=80), st.lists(st.just("woord"), max_size=60).map(" ".join))
sources = st.integers(1, 99).map("row:{}".format)
days = st.dates(date(2024, 1, 1), date(2031, 12, 31))
people = st.builds(
    Person,
    source=sources,
    class_name=st.none() | texts,
    profile=st.none() | texts,
    leerjaar=st.none() | st.integers(1, 6),
    exam_year=st.none() | st.integers(2025, 2035),
)
standings = st.builds(
    Standing,
    on_time=st.builds(verdict, st.none() | days, st.integers(2026, 2033), days),
    source=st.none() | sources,
)
interests = st.builds(Interests, sources, st.lists(texts, max_size=6).map(tuple))
standing_words = st.sampled_from(["duidelijk", "twijfel", "nog niet besproken"])
competences = st.builds(Competences, sources, standing_words, standing_words)
programmes = st.builds(LookedAt, sources, texts, st.none() | st.floats(0, 400), st.booleans())
facts_of_any_pupil = st.builds(
    SummaryFacts,
    person=people,
    talk_source=sources,
    requested_on=days,
    talk_words=st.none() | texts,
    standing=st.none() | standings,
    interests=st.none() | interests,
    earlier=st.none() | interests,
    competences=st.none() | competences,
    quotes=st.lists(st.builds(Quote, sources, texts), max_size=5).map(tuple),
    programmes=st.lists(programmes, max_size=6).map(tuple),
    experiences=st.lists(st.builds(Confirmed, sources, texts, days), max_size=4).map(tuple),
)


def sources_in(facts: SummaryFacts) -> set[str]:
    checks = (facts.interests, facts.earlier, facts.competences)
    rows = (facts.person, facts.standing, *checks, *facts.quotes, *facts.programmes, *facts.experiences)
    return {row.source for row in rows if row and row.source} | {facts.talk_source}


def text_of(facts: SummaryFacts, field: str) -> str:
    return " | ".join(line.text for line in compose(facts) if line.field == field)


class TestCompose:
    @given(facts_of_any_pupil)
    def test_never_takes_more_than_120_words_with_its_labels(self, facts: SummaryFacts) -> None:
        lines = compose(facts)

        labels = {line.field for line in lines}
        assert (
            sum(word_count(line.text) for line in lines) + sum(map(word_count, map(label_of, labels)))
            <= WORD_LIMIT
        )

    @given(facts_of_any_pupil)
    def test_has_the_eight_fields_in_order_and_traces_each_line_to_rows(self, facts: SummaryFacts) -> None:
        lines = compose(facts)

        assert tuple(dict.fromkeys(line.field for line in lines)) == FIELDS
        assert all(line.text and line.sources and set(line.sources) <= sources_in(facts) for line in lines)
        assert compose(facts) == lines

    def test_has_room_for_every_field_and_its_label(self) -> None:
        assert (
            sum(WORDS_OF_FIELD.values()) + sum(word_count(label_of(field)) for field in FIELDS) == WORD_LIMIT
        )

    def test_quotes_what_the_pupil_wants_to_talk_about(self) -> None:
        said = replace(BARE, talk_words="Ik twijfel tussen pabo en sport")
        (line,) = (line for line in compose(said) if line.field == "questions_and_step")

        assert line.text == "“Ik twijfel tussen pabo en sport” Stap: decaan plant gesprek."
        assert (line.sources, line.is_sensitive) == (("talk_request:1",), False)

    def test_cuts_a_long_question_and_says_so(self) -> None:
        text = text_of(replace(BARE, talk_words=" ".join(["woord"] * 40)), "questions_and_step")

        assert text == f"“{' '.join(['woord'] * 13)}…” Stap: decaan plant gesprek."

    def test_takes_the_room_of_a_question_from_the_quotes(self) -> None:
        quotes = (Quote("saved_programme:1", "woord " * 20), Quote("saved_programme:2", "ander"))
        said = replace(BARE, talk_words="woord " * 40, quotes=quotes)

        assert text_of(said, "own_words") == f"“{' '.join(['woord'] * 7)}…”"

    def test_hears_a_private_word_beyond_the_cut_of_a_question(self) -> None:
        said = replace(BARE, talk_words=f"{'woord ' * 40} mijn dyslexie")

        assert [line.field for line in compose(said) if line.is_sensitive] == ["questions_and_step"]

    @pytest.mark.parametrize(
        ("job", "study", "said"),
        [
            ("twijfel", "twijfel", "Kan ik vak en studie aan? Twijfel."),
            ("duidelijk", "nog niet besproken", "Kan ik het vak? Duidelijk. De studie? Nog niet besproken."),
        ],
    )
    def test_says_where_the_job_and_the_study_stand(self, job: str, study: str, said: str) -> None:
        checked = replace(BARE, interests=SOCIAL, competences=Competences("check_in_run:4", job, study))
        (line,) = (line for line in compose(checked) if line.field == "where_pupil_stands")

        assert line.text == f"Wil ik het? Leukst: mensen helpen. {said}"
        assert line.sources == (SOCIAL.source, "check_in_run:4")

    def test_says_what_is_not_known_instead_of_leaving_it_out(self) -> None:
        assert [line.text for line in compose(BARE)] == [
            "Klas h3a, profiel nog niet gekozen, examen 2029.",
            "Nog niets opgeschreven.",
            "Nog geen interessecheck gedaan. Kan ik vak en studie aan? Nog niet besproken.",
            "Nog geen ervaring opgeschreven.",
            "Nog geen opleiding bewaard.",
            "Geen open vraag. Stap: decaan plant gesprek (aanvraag 23 november).",
            "“Wat maakt dat je aan lesgeven denkt?”",
            "Gesprek gevraagd op 23 november. Profielkeuze dit jaar.",
        ]

    @pytest.mark.parametrize(
        ("first_day", "today", "said"),
        [
            (date(2026, 11, 23), TODAY, "Op tijd sinds 23 november 2026."),
            (None, date(2027, 4, 20), "Nog 1 week om op tijd te zijn (voorlopig)."),
            (None, TODAY, "Nog 22 weken om op tijd te zijn (voorlopig)."),
            (None, date(2028, 1, 1), "De termijn was 1 mei 2027 (voorlopig)."),
        ],
        ids=["on time", "one week", "weeks", "too late"],
    )
    def test_tells_the_weeks_left_or_since_when_on_time(
        self, first_day: date | None, today: date, said: str
    ) -> None:
        standing = Standing(verdict(first_day, 2029, today), "guidance_moment:9" if first_day else None)

        line = compose(replace(BARE, standing=standing))[0]

        assert line.text == f"Klas h3a, profiel nog niet gekozen, examen 2029. {said}"
        assert ("guidance_moment:9" in line.sources) == bool(first_day)

    def test_tells_a_tie_as_a_tie_and_what_was_different_before(self) -> None:
        tied = Interests("check_in_run:4", ("mensen helpen", "onderzoeken"))

        line = compose(replace(BARE, interests=tied, earlier=SOCIAL))[2]

        assert line.text == (
            "Wil ik het? Leukst: mensen helpen, onderzoeken (even sterk). "
            "Kan ik vak en studie aan? Nog niet besproken. Eerder: mensen helpen."
        )
        assert line.sources == ("check_in_run:4", "check_in_run:3")

    def test_is_silent_about_a_check_in_that_gave_the_same(self) -> None:
        again = replace(SOCIAL, source="check_in_run:4")

        assert "Eerder" not in text_of(replace(BARE, interests=again, earlier=SOCIAL), "where_pupil_stands")

    def test_names_no_winner_when_no_field_stands_out(self) -> None:
        level = Interests("check_in_run:4", ())

        assert "Geen richting springt eruit" in text_of(replace(BARE, interests=level), "where_pupil_stands")

    def test_puts_a_programme_with_an_admission_problem_first(self) -> None:
        alo = LookedAt("saved_programme:6", "alo Zwolle", has_admission_problem=True)

        line = next(
            line
            for line in compose(replace(BARE, programmes=(PABO, alo)))
            if line.field == "programmes_looked_at"
        )

        assert line.text == "Vanaf school: Let op toelating: alo Zwolle; pabo Zwolle, 22 km."
        assert line.sources == ("saved_programme:6", "saved_programme:5")

    @pytest.mark.parametrize(
        ("months", "told"),
        [
            ([11], "Huiswerkhulp november 2026."),
            ([9, 11], "Huiswerkhulp 11-2026, huiswerkhulp 9-2026."),
            ([9, 11, 10], "Huiswerkhulp 11-2026, huiswerkhulp 10-2026…"),
        ],
        ids=["one", "two", "three"],
    )
    def test_tells_the_newest_experiences_and_traces_to_all(self, months: list[int], told: str) -> None:
        done = tuple(
            Confirmed(f"experience:{month}", "huiswerkhulp", date(2026, month, 5)) for month in months
        )

        (line,) = (one for one in compose(replace(BARE, experiences=done)) if one.field == "experiences")

        assert line.text == told
        assert line.sources == tuple(f"experience:{month}" for month in sorted(months, reverse=True))

    def test_quotes_at_most_twice_each_quote_a_line_of_its_own(self) -> None:
        quotes = tuple(Quote(f"saved_programme:{number}", f"zin {number}") for number in (1, 2, 3))

        assert text_of(replace(BARE, quotes=quotes), "own_words") == "“zin 1” | “zin 2”"

    def test_marks_a_quote_that_hints_at_something_private_even_where_it_is_cut(self) -> None:
        long = Quote("saved_programme:1", "dichtbij is fijn " * 10 + "want ik heb ADHD")

        line = compose(replace(BARE, quotes=(long,)))[1]

        assert line.is_sensitive
        assert "ADHD" not in line.text
