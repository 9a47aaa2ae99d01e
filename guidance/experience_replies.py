"""What the assistant says of trying to teach: what the school offers, what was asked, and what came of it."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from guidance.clock import school_day
from guidance.experience_kinds import experience_kinds
from guidance.models.experiences import DECLINED, WAITING, Experience, ExperienceOffer
from guidance.models.pupil import Pupil
from guidance.own_words import digest_of_words
from guidance.replies import Button, Card, Reply, payload
from guidance.wording import render

INTENT = "log_experience"
# What goes along with the offer on a button: nothing for a wish.
DONE, WORDS = "done", "words"


def offers_reply(
    pupil: Pupil, offers: list[ExperienceOffer], experiences: list[Experience], *, now: datetime
) -> Reply:
    """Show what the school offers, each with what was asked of it before; who is anonymous cannot ask."""
    if not offers:
        return _without_offers(pupil, "no_offers")
    if pupil.is_anonymous:
        return Reply(render("experiences.offers_anonymous"), cards=tuple(map(_plain_card, offers)))
    latest = _latest_by_offer(experiences)
    cards = tuple(_card(offer, latest.get(offer.id), is_done=False, now=now) for offer in offers)
    return Reply(render("experiences.offers"), cards=cards)


def heard_reply(
    pupil: Pupil | None, offers: list[ExperienceOffer], experiences: list[Experience], *, now: datetime
) -> Reply:
    """Ask which of the offers it was; who is not known, or has no school that offers any, hears why not."""
    if pupil is None or pupil.is_anonymous:
        return Reply(render("experiences.heard_anonymous"))
    latest = _latest_by_offer(experiences)
    cards = [_card(offer, latest.pop(offer.id, None), is_done=True, now=now) for offer in offers]
    # What is no longer offered shows what came of it.
    cards += [_card_of_past(experience, now) for experience in latest.values()]
    text = render("experiences.heard" if offers else "experiences.heard_no_offers")
    return Reply(text, buttons=(_talk_button(),), cards=tuple(cards))


def asked_reply(experience: Experience, *, is_new: bool, now: datetime) -> Reply:
    """Say who gets a mail and what happens next; asked before, say how it stands."""
    values = {
        "teacher": experience.teacher_name,
        "until": _day(experience.link_expires_at),
        "is_done": experience.is_done,
    }
    if is_new:
        return Reply(render("experiences.asked", **values))
    state = experience.state_at(now)
    buttons = (_talk_button(),) if state == DECLINED else ()
    return Reply(render("experiences.asked_before", state=state, **values), buttons=buttons)


def ask_words_reply(experience: Experience, words: str) -> Reply:
    """Show what the pupil wrote before, and ask whether to keep it."""
    keep = payload(INTENT, offer=str(experience.offer_id), part=WORDS, item=digest_of_words(words))
    button = Button(render("experiences.words_button"), keep)
    return Reply(render("experiences.ask_words", words=words), buttons=(button,))


def kept_words_reply() -> Reply:
    """Say that the words are kept, and where they stand."""
    return Reply(render("experiences.words_kept"))


def lost_words_reply() -> Reply:
    """Say that the words are no longer known, so that nothing was kept."""
    return Reply(render("experiences.words_gone"))


def state_in_words(experience: Experience, *, now: datetime) -> str:
    """Return how an experience stands, for its pupil."""
    state = experience.state_at(now)
    is_wish = state == WAITING and not experience.is_done
    return render(
        f"experiences.states.{'waiting_wish' if is_wish else state}",
        teacher=experience.teacher_name,
        asked_on=_day(experience.asked_at),
        confirmed_on=_day(experience.confirmed_at),
    )


def _without_offers(pupil: Pupil, name: str) -> Reply:
    if pupil.is_anonymous:
        return Reply(render(f"experiences.{name}_anonymous"))
    return Reply(render(f"experiences.{name}"), buttons=(_talk_button(),))


def _latest_by_offer(experiences: Iterable[Experience]) -> dict[int, Experience]:
    return {experience.offer_id: experience for experience in sorted(experiences, key=lambda one: one.id)}


def _plain_card(offer: ExperienceOffer) -> Card:
    about = (render("experiences.about_label"), offer.description)
    return Card(offer.title, experience_kinds()[offer.kind].name, rows=(about,))


def _card(offer: ExperienceOffer, latest: Experience | None, *, is_done: bool, now: datetime) -> Card:
    rows = [
        (render("experiences.about_label"), offer.description),
        (render("experiences.teacher_label"), offer.teacher_name),
        *(_rows_of(latest, now) if latest else ()),
    ]
    return Card(
        offer.title,
        experience_kinds()[offer.kind].name,
        rows=tuple(rows),
        buttons=tuple(_buttons(offer, latest, is_done=is_done, now=now)),
    )


def _card_of_past(experience: Experience, now: datetime) -> Card:
    return Card(
        experience.title, experience_kinds()[experience.kind].name, rows=tuple(_rows_of(experience, now))
    )


def _rows_of(experience: Experience, now: datetime) -> Iterator[tuple[str, str]]:
    yield render("experiences.state_label"), state_in_words(experience, now=now)
    if experience.compliment:
        yield render("experiences.compliment_label"), experience.compliment


def _buttons(
    offer: ExperienceOffer, latest: Experience | None, *, is_done: bool, now: datetime
) -> Iterator[Button]:
    is_free = latest is None or latest.may_be_asked_anew(now)
    if is_free and not is_done:
        yield Button(render("experiences.wish_button"), payload(INTENT, offer=str(offer.id)))
    elif is_free or (latest and not latest.is_done):
        yield Button(render("experiences.done_button"), payload(INTENT, offer=str(offer.id), part=DONE))


def _talk_button() -> Button:
    return Button(render("experiences.request_button"), payload("request_talk"))


def _day(moment: datetime | None) -> str:
    return render("check_in.date", day=school_day(moment)) if moment else ""
