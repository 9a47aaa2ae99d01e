"""Home of the routes to teaching as cards in the chat."""

from guidance.programme_filters import label
from guidance.replies import Card
from guidance.teacher_routes import RouteStep, TeacherRoute, TeacherRoutes
from guidance.wording import render

MOST_ROUTES = 3


def route_cards(found: TeacherRoutes) -> tuple[Card, ...]:
    """Return the routes as cards, and one that opens the page with all of them."""
    shown = (found.routes or found.others)[:MOST_ROUTES]
    page = Card(found.heading, subtitle=found.none or render("teacher_routes.more"), url=found.url)
    return (*(_card(route) for route in shown), page)


def _card(route: TeacherRoute) -> Card:
    rows = [
        (render("teacher_routes.step_row", number=number), step_in_words(step))
        for number, step in enumerate(route.steps, start=1)
    ]
    rows.append((render("teacher_routes.teaches_row"), route.teaches))
    if route.admission:
        rows.append((render("teacher_routes.admission_row"), route.admission))
    rows.append((render("teacher_routes.source_row"), route.source))
    return Card(route.title, f"{route.years}. {levels_in_words(route)}", rows=tuple(rows))


def step_in_words(step: RouteStep) -> str:
    """Return a step as one line: what, how long, where."""
    count = sum(one.count for one in step.where)
    return render(
        "teacher_routes.step_line", title=step.title, years=step.years, count=count, remark=step.remark
    )


def count_in_words(count: int) -> str:
    """Return how many places there are."""
    return render("teacher_routes.count", count=count)


def levels_in_words(route: TeacherRoute) -> str:
    """Return the levels a route begins from, as a reader expects them."""
    return render("teacher_routes.from", levels=[label("level", level) for level in route.levels])
