"""Home of what the chat says about oud-leerlingen: who can answer, what happened, and the way to the page."""

from collections.abc import Sequence
from urllib.parse import urlencode

from guidance import clock
from guidance.dutch_dates import day_and_month
from guidance.mentor_questions import News, Why, closes_on
from guidance.models.mentor_threads import MentorNews, MentorThread
from guidance.models.school import School
from guidance.replies import Button, Card, Reply, payload
from guidance.services.mentor_offers import Match, region_of_pupil
from guidance.wording import render

QUESTION_PAGE, SIGN_UP_PAGE = "/leerling/oud-leerling", "/oud-leerling/aanmelden"
MOST_CARDS = 3


def find_reply(free: Sequence[Match]) -> Reply:
    """Show who could answer and why they fit, each with the way to the page where a question is asked."""
    cards = tuple(_match_card(match) for match in free[:MOST_CARDS]) or (_card("find", QUESTION_PAGE),)
    return Reply(render("mentor_questions.find", count=len(free)), cards=cards)


def _match_card(match: Match) -> Card:
    mentor = match.mentor
    return Card(
        render("mentor_questions.match_title", name=mentor.first_name, programme=mentor.programme_name),
        reason_in_words(match),
        rows=((render("mentor_questions.topics_row"), mentor.topics),),
        url=f"{QUESTION_PAGE}?{urlencode({'aan': mentor.id})}",
    )


def reason_in_words(match: Match) -> str:
    """Return why this oud-leerling fits the pupil."""
    return render(f"mentor_questions.reasons.{match.reason}")


def doubt_reply(*, is_free: bool) -> Reply:
    """Say that not knowing is fine, and offer people first: a free oud-leerling, then the dean."""
    ways = (
        *([("meanings.titles.find_mentor", "find_mentor")] if is_free else []),
        ("mentor_questions.talk", "request_talk"),
        ("chat.start_check_in", "start_interest_check_in"),
    )
    buttons = tuple(Button(render(title), payload(intent)) for title, intent in ways)
    return Reply(" ".join(render("chat.doubt", is_free=is_free).split()), buttons=buttons)


def open_question_reply() -> Reply:
    """Lead a pupil to the question that is open, to report, block or stop."""
    return Reply(render("mentor_questions.open"), cards=(_card("open", QUESTION_PAGE),))


def news_reply(told: Sequence[MentorNews]) -> Reply | None:
    """Tell what happened to a question and the way to it; where it waits or ended, a talk is another way."""
    if not told:
        return None
    talk = Button(render("mentor_questions.talk"), payload("request_talk"))
    buttons = (talk,) if any(map(_asks_for_another_way, told)) else ()
    text = "\n\n".join(map(news_in_words, told))
    return Reply(text, buttons=buttons, cards=(_card("open", QUESTION_PAGE),))


def _asks_for_another_way(news: MentorNews) -> bool:
    is_unanswered = news.kind == News.CLOSED and news.thread.closed_because in (Why.NO_MENTOR, Why.DEAN)
    return news.kind == News.DEAN_LATE or is_unanswered


def news_in_words(news: MentorNews) -> str:
    """Return one thing that happened to a question."""
    thread = news.thread
    name = thread.mentor.first_name if thread.mentor else ""
    values = {"name": name, "why": thread.closed_because, "day": closing_day(thread)}
    return " ".join(render(f"mentor_questions.news.{news.kind}", **values).split())


def closing_day(thread: MentorThread) -> str:
    """Return the day on which a question closes when nothing more is written, such as "4 februari"."""
    if thread.last_message_at is None:
        return ""
    last = clock.school_day(thread.last_message_at)
    return day_and_month(closes_on(last, region_of_pupil(thread.pupil)))


def become_reply(school: School | None) -> Reply:
    """Lead an oud-leerling to the form of the school, or say that the school does not ask for them."""
    if school is None or school.mentors_on_at is None:
        return Reply(render("mentor_questions.become_off"))
    page = f"{SIGN_UP_PAGE}?{urlencode({'school': school.code})}"
    return Reply(render("mentor_questions.become"), cards=(_card("become", page),))


def _card(name: str, url: str) -> Card:
    return Card(
        render(f"mentor_questions.{name}_title"), render(f"mentor_questions.{name}_subtitle"), url=url
    )
