"""Home of what the chat says about oud-leerlingen: each leads to a page, where people write."""

from urllib.parse import urlencode

from guidance.models.school import School
from guidance.replies import Card, Reply
from guidance.wording import render

QUESTION_PAGE, SIGN_UP_PAGE = "/leerling/oud-leerling", "/oud-leerling/aanmelden"


def find_reply(free: int) -> Reply:
    """Lead a pupil to the page where a question is asked, and say how many could answer."""
    return Reply(render("mentor_questions.find", count=free), cards=(_card("find", QUESTION_PAGE),))


def open_question_reply() -> Reply:
    """Lead a pupil to the question that is open, to report, block or stop."""
    return Reply(render("mentor_questions.open"), cards=(_card("open", QUESTION_PAGE),))


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
