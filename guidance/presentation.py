"""Home of the outline of a study-choice presentation: which points of the career file go on which slide."""

from dataclasses import dataclass

from guidance.career_competencies import CareerCompetency
from guidance.career_file import CareerFile
from guidance.content import read_content
from guidance.wording import render

MOST_POINTS = 2


@dataclass(frozen=True)
class Slide:
    """One slide: points of the file, or without any what to tell instead; and a tip for telling it."""

    name: str
    title: str
    points: tuple[str, ...]
    empty: str
    tip: str


def outline(file: CareerFile) -> tuple[Slide, ...]:
    """Return the slides in order, each with one or two points; the same file gives the same slides."""
    return tuple(_slide(file, **slide) for slide in read_content("presentation"))


def _slide(file: CareerFile, *, name: str, section: str, kinds: list[str]) -> Slide:
    points = file.section(CareerCompetency(section)).texts_of(*kinds)[:MOST_POINTS]
    words = {
        key: render(f"career_file.presentation.slides.{name}.{key}") for key in ("title", "empty", "tip")
    }
    return Slide(name, points=tuple(points), **words)
