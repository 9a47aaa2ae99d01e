"""Home of what the assistant says about an interest outcome: words, picture, and what fits."""

from datetime import date

from guidance.check_in_replies import too_few_reply
from guidance.interest_outcome import MIDDLE, InterestGroup, InterestOutcome
from guidance.picture import as_data_url, decimal, field_label, interest_picture, interest_rows
from guidance.replies import Button, Card, Reply, payload
from guidance.riasec import InterestType
from guidance.routes import FittingRoute, direction_of
from guidance.wording import render

# What fits on one small screen; the rest is named.
ROUTES_SHOWN = 4
REASONS_SHOWN = 3
LIKED_SHOWN = 6


def interest_replies(outcome: InterestOutcome, next_day: date) -> list[Reply]:
    """Tell the outcome: words, picture, what fits with its reasons, and one dated next step."""
    if outcome.is_too_thin:
        return [too_few_reply(outcome.instrument, outcome.answered), _next_step("interests", next_day)]
    picture = [_picture(outcome)] if outcome.scores else []
    fitting = _routes(outcome) if outcome.teaching_stands_out else _other_directions(outcome)
    topic = "routes" if outcome.teaching_stands_out else "directions" if fitting.cards else "interests"
    return [_words(outcome), *picture, fitting, _next_step(topic, next_day)]


def _words(outcome: InterestOutcome) -> Reply:
    return Reply(
        render(
            "check_in.outcome",
            all_equal=outcome.all_equal,
            has_scores=bool(outcome.scores),
            groups=[_group(outcome, group) for group in outcome.standing_out],
            mean=decimal(outcome.groups[0].mean) if outcome.groups else "",
            middle=MIDDLE,
            answered=outcome.answered,
            total=outcome.total,
            items=len(outcome.instrument.items),
        )
    )


def _group(outcome: InterestOutcome, group: InterestGroup) -> dict[str, object]:
    return {
        "names": _listed([render(f"check_in.fields.{field}") for field in group.types]),
        "is_tie": len(group.types) > 1,
        "liked": [outcome.instrument.item(item).text for item in group.reasons[:LIKED_SHOWN]],
    }


def _picture(outcome: InterestOutcome) -> Reply:
    image = as_data_url(interest_picture(outcome))
    alt = render("check_in.picture_alt")
    return Reply(render("check_in.picture"), image=image, alt=alt, table=interest_rows(outcome))


def _routes(outcome: InterestOutcome) -> Reply:
    shown, more = outcome.routes[:ROUTES_SHOWN], outcome.routes[ROUTES_SHOWN:]
    names = [render(f"check_in.short_kinds.{route.kind}") for route in more]
    return Reply(
        render("check_in.routes", shown=len(shown), more=_listed(names)),
        buttons=tuple(_search_button(route.kind) for route in more),
        cards=tuple(_route_card(outcome, route) for route in shown),
    )


def _route_card(outcome: InterestOutcome, route: FittingRoute) -> Card:
    after = render(f"check_in.after.{route.after}") if route.after else ""
    return Card(
        render(f"check_in.kinds.{route.kind}"),
        subtitle=_why(outcome, route.reasons, after),
        buttons=(_search_button(route.kind),),
    )


def _search_button(kind: str) -> Button:
    title = render("check_in.search_button", kind=render(f"check_in.short_kinds.{kind}"))
    return Button(title, payload("find_programmes", kind=kind))


def _why(outcome: InterestOutcome, items: tuple[str, ...], after: str = "") -> str:
    reasons = [
        {"value": outcome.values[item], "text": outcome.instrument.item(item).text.rstrip(".")}
        for item in items[:REASONS_SHOWN]
    ]
    return render("check_in.why", reasons=reasons, after=after)


def _other_directions(outcome: InterestOutcome) -> Reply:
    fields = [field for group in outcome.standing_out for field in group.types]
    text = "check_in.no_teaching" if outcome.rated_teaching else "check_in.teaching_unknown"
    return Reply(
        render(text, directions=len(fields)),
        cards=tuple(_direction_card(outcome, field) for field in fields),
    )


def _direction_card(outcome: InterestOutcome, field: InterestType) -> Card:
    direction = render("check_in.direction", direction=direction_of(field))
    reasons = tuple(item for item in outcome.liked if outcome.instrument.item(item).field == field)
    return Card(
        field_label(field), subtitle=f"{direction}\n{_why(outcome, reasons)}" if reasons else direction
    )


def _next_step(topic: str, next_day: date) -> Reply:
    text = render("check_in.next_step", topic=topic, date=render("check_in.date", day=next_day))
    talk = Button(render("check_in.talk_button"), payload("request_talk"))
    other = Button(render("check_in.competence_button"), payload("start_competence_check_in"))
    return Reply(text, buttons=(talk, other))


def _listed(names: list[str]) -> str:
    return render("check_in.listed", names=names) if names else ""
