"""Home of what is said of a list of pupils that was refused."""

from guidance.errors import FileRefused
from guidance.wording import render


def line_words(error: FileRefused) -> list[str]:
    """Return what is wrong, a sentence a line; line 0 is the file as a whole."""
    return [_line(number, render(f"roster.mistakes.{name}")) for number, name in error.lines]


def _line(number: int, mistake: str) -> str:
    return render("roster.line", number=number, mistake=mistake) if number else mistake
