"""What the assistant says when a pupil asks for a talk, prepares it, and tells what it is about."""

from collections.abc import Sequence

from guidance.models.talks import Summary, TalkRequest
from guidance.own_words import digest_of_words
from guidance.replies import Button, Card, Reply, payload
from guidance.summary import QUESTIONS, label_of
from guidance.talk_partners import speaks_of_other_staff, speaks_of_parents
from guidance.talk_questions import TalkQuestion
from guidance.wording import render

SUMMARY_PAGE = "/leerling/samenvatting"


def talk_replies(
    request: TalkRequest, summary: Summary, *, is_new: bool, words: str = ""
) -> tuple[Reply, ...]:
    """Say that the request was received, by whom, what the dean will read, and what happens next."""
    parts = [render("talks.requested" if is_new else "talks.requested_before", dean=request.staff.name)]
    if speaks_of_other_staff(words, request.staff.name):
        parts.append(render("talks.prefers_another"))
    parts.append(render("talks.already_shared" if summary.shared_at else "talks.nothing_shared"))
    if struck := sum(line.struck_at is not None for line in summary.lines):
        parts.append(render("talks.struck", count=struck))
    replies = (Reply("\n\n".join(parts), cards=(_summary_card(summary),)),)
    return replies if summary.shared_at else (*replies, Reply(render("talks.next_step")))


def ask_words_reply(request: TalkRequest) -> Reply:
    """Ask what the talk is about, with what was written before."""
    key = "talks.ask_words_again" if request.words else "talks.ask_words"
    return Reply(render(key, words=request.words), buttons=(_skip_button(),))


def explain_words_reply() -> Reply:
    """Explain what one may write down."""
    return Reply(render("talks.explain_words"))


def check_words_reply(words: str) -> Reply:
    """Show the words back, and ask whether they are right."""
    yes, again = render("talks.yes_button"), render("talks.again_button")
    buttons = (
        Button(yes, payload("affirm", item=digest_of_words(words))),
        Button(again, payload("deny")),
        _skip_button(),
    )
    return Reply(render("talks.check_words", words=words), buttons=buttons)


def kept_words_reply(summary: Summary) -> Reply:
    """Say that the words are kept, where they stand, and that the pupil decides who reads them."""
    is_struck = any(line.struck_at is not None for line in summary.lines if line.field == QUESTIONS)
    return Reply(render("talks.kept", is_struck=is_struck), cards=(_summary_card(summary),))


def not_kept_reply(request: TalkRequest | None) -> Reply:
    """Say that nothing was kept now, and what stays."""
    return Reply(render("talks.not_kept", has_words=bool(request and request.words)))


def prepare_replies(
    request: TalkRequest | None,
    questions: Sequence[TalkQuestion],
    *,
    is_shared: bool = False,
    words: str = "",
) -> tuple[Reply, ...]:
    """Help to prepare a talk in three steps and with three questions, at home or at school.

    Without a talk, offer to ask for one.
    """
    is_at_home = speaks_of_parents(words)
    steps = render("talks.prepare_with_parents" if is_at_home else "talks.prepare")
    parts = [_questions(questions, is_at_home)]
    if is_shared and not is_at_home:
        parts.append(render("talks.prepare_shared"))
    buttons: tuple[Button, ...] = ()
    if request is None:
        parts.append(render("talks.prepare_without_talk"))
        buttons = (Button(render("talks.request_button"), payload("request_talk")),)
    return Reply(steps), Reply("\n\n".join(parts), buttons=buttons)


def _questions(questions: Sequence[TalkQuestion], at_home: bool) -> str:
    asked = [question.home if at_home else question.dean for question in questions]
    whys = list(dict.fromkeys(question.why for question in questions if question.why))
    return render("talks.questions", at_home=at_home, questions=asked, whys=whys)


def _skip_button() -> Button:
    return Button(render("talks.skip_button"), payload("answer_unsure", rating="skip"))


def _summary_card(summary: Summary) -> Card:
    suffix = "_shared" if summary.shared_at else ""
    return Card(
        title=render(f"talks.card_title{suffix}"),
        subtitle=render(f"talks.card_subtitle{suffix}"),
        url=SUMMARY_PAGE,
        rows=tuple((label_of(line.field), line.text) for line in summary.lines if line.struck_at is None),
    )
