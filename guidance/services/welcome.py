"""The first messages of a talk: who speaks, who can read what, what changed, and where the pupil was."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance import mentor_question_replies
from guidance.check_in_offer import WAYS, answer_to_offer
from guidance.check_in_replies import NO_TO_OFFER, offer_to_go_on_reply
from guidance.models.conversations import Turn
from guidance.models.pupil import Pupil
from guidance.replies import Button, Reply
from guidance.saved_programme_replies import news_reply
from guidance.services.check_in import place_in
from guidance.services.check_in_runs import find_newest_open_run
from guidance.services.conversations import WELCOME
from guidance.services.mentor_news import tell_mentor_news
from guidance.services.safety import find_contact
from guidance.services.saved_programmes import tell_news
from guidance.wording import render

CHOICES = (
    ("chat.start_check_in", "/start_interest_check_in"),
    ("chat.find_programmes", "/find_programmes"),
    ("chat.request_talk", "/request_talk"),
    ("chat.capabilities", "/ask_capabilities"),
)


def welcome_replies(session: Session, pupil: Pupil, *, now: datetime) -> list[Reply]:
    """Return the first messages, with what happened to a question and to saved programmes, told once.

    The last one offers an open check-in before anything else.
    """
    news = (
        mentor_question_replies.news_reply(tell_mentor_news(session, pupil, now=now)),
        news_reply(tell_news(session, pupil, now=now)),
    )
    told = [reply for reply in news if reply]
    return [Reply(_greeting(session, pupil)), *told, _what_now(session, pupil)]


def button_meant(session: Session, turn: Turn) -> str | None:
    """Return the button of the offer to go on that the first message of a talk answers in words.

    The engine hears nothing of the welcome, so it cannot know what a "ja" answers.
    """
    of_talk = select(Turn).where(Turn.conversation_id == turn.conversation_id, Turn.answered_at.is_not(None))
    earlier = session.scalars(of_talk.limit(2)).all()
    way = answer_to_offer(turn.text or "")
    if way is None or [one.message_id for one in earlier] != [WELCOME]:
        return None
    buttons = [button["payload"] for button in (earlier[0].messages or [{"buttons": []}])[-1]["buttons"]]
    # The offer has a no; what a talk begins with otherwise has none.
    offered = dict(zip(WAYS, buttons, strict=False)) if NO_TO_OFFER in buttons else {}
    return offered.get(way)


def _greeting(session: Session, pupil: Pupil) -> str:
    if pupil.is_anonymous:
        return f"{render('chat.welcome.anonymous')} {render('chat.welcome.readers_anonymous')}"
    contact = find_contact(session, pupil)
    readers = render("chat.welcome.readers", contact=contact.name if contact else "")
    return f"{render('chat.welcome.named', first_name=pupil.first_name)} {readers}"


def _what_now(session: Session, pupil: Pupil) -> Reply:
    run = find_newest_open_run(session, pupil)
    if run is not None:
        return offer_to_go_on_reply(*place_in(run))
    buttons = tuple(Button(render(title), payload) for title, payload in CHOICES)
    return Reply(render("chat.welcome.choose"), buttons=buttons)
