"""What the assistant says when a pupil asks for a talk."""

from guidance.models.talks import Summary, TalkRequest
from guidance.replies import Card, Reply
from guidance.summary import label_of
from guidance.wording import render

SUMMARY_PAGE = "/leerling/samenvatting"


def talk_replies(request: TalkRequest, summary: Summary, *, is_new: bool) -> tuple[Reply, ...]:
    """Say that the request was received, by whom, what the dean will read, and what happens next."""
    parts = [
        render("talks.requested" if is_new else "talks.requested_before", dean=request.staff.name),
        render("talks.already_shared" if summary.shared_at else "talks.nothing_shared"),
    ]
    if struck := sum(line.struck_at is not None for line in summary.lines):
        parts.append(render("talks.struck", count=struck))
    replies = (Reply("\n\n".join(parts), cards=(_summary_card(summary),)),)
    return replies if summary.shared_at else (*replies, Reply(render("talks.next_step")))


def _summary_card(summary: Summary) -> Card:
    suffix = "_shared" if summary.shared_at else ""
    return Card(
        title=render(f"talks.card_title{suffix}"),
        subtitle=render(f"talks.card_subtitle{suffix}"),
        url=SUMMARY_PAGE,
        rows=tuple((label_of(line.field), line.text) for line in summary.lines if line.struck_at is None),
    )
