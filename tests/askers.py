"""Who asks in tests of answers: two pupils on a roster and a visitor, on one day."""

from datetime import date

from guidance.asker import Asker
from guidance.clock import school_year
from guidance.knowledge import About, Answer, compose
from guidance.knowledge_words import kind_of_subject
from guidance.on_time import expected_exam_year
from guidance.steps import Steps
from guidance.topics import get_topic

TODAY = date(2026, 11, 22)
NOBODY = Asker(TODAY)


def on_roster(level: str, leerjaar: int, profile: str | None = None, today: date = TODAY) -> Asker:
    exam_year = expected_exam_year(level, leerjaar, school_year(today))
    return Asker(today, level, leerjaar, profile, exam_year, "Ommen", is_anonymous=False)


HAVO_3, VWO_5_NT = on_roster("havo", 3), on_roster("vwo", 5, "NT")
THE_THREE = [HAVO_3, VWO_5_NT, NOBODY]


def about(subject: str | None, kind: str | None, theme: str | None = None) -> About:
    return About(kind or kind_of_subject(subject), subject, theme)


def answer(topic: str, asker: Asker, about: About | None = None, *, more: bool = False) -> Answer:
    return compose(get_topic(topic), asker, about or About(), Steps(), more=more)
