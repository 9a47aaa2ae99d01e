"""What the assistant says of the career file: the outline of a presentation, and where all of it stands."""

from collections.abc import Sequence

from guidance.career_file import CareerFile
from guidance.presentation import Slide, outline
from guidance.replies import Card, Reply
from guidance.summary import shortened
from guidance.wording import render

FILE_PAGE = "/leerling/loopbaandossier"
PRESENTATION_PAGE = f"{FILE_PAGE}/presentatie"
PDF = f"{FILE_PAGE}.pdf"
# What fits in a message of at most 90 words.
SLIDES_IN_MESSAGE = 3
WORDS_OF_POINT = 18


def presentation_replies(file: CareerFile) -> tuple[Reply, ...]:
    """Give the outline, one point a slide, in two messages; then where the rest stands."""
    slides = outline(file)
    first = [render("career_file.presentation.intro"), *_told(slides[:SLIDES_IN_MESSAGE], 1)]
    rest = _told(slides[SLIDES_IN_MESSAGE:], SLIDES_IN_MESSAGE + 1)
    link = render("career_file.presentation.link")
    return Reply("\n\n".join(first)), Reply("\n\n".join([*rest, link]), cards=_cards())


def _told(slides: Sequence[Slide], first: int) -> list[str]:
    return [
        render(
            "career_file.presentation.slide",
            number=number,
            title=slide.title,
            point=shortened(slide.points[0] if slide.points else slide.empty, WORDS_OF_POINT),
        )
        for number, slide in enumerate(slides, start=first)
    ]


def _cards() -> tuple[Card, ...]:
    pages = {"card": PRESENTATION_PAGE, "file": FILE_PAGE, "pdf": PDF}
    return tuple(
        Card(
            title=render(f"career_file.presentation.{name}_title"),
            subtitle=render(f"career_file.presentation.{name}_subtitle"),
            url=url,
        )
        for name, url in pages.items()
    )
