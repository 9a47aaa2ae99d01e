"""Home of the room on a map: points that do not cover each other, and words that cover nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import hypot

# Letters and points keep their size on the screen: they are so much of the width of the map.
LETTER_SHARE, POINT_SHARE = 0.034, 0.025
# As wide as in the widest of the letters that a reader may have.
LETTER_WIDTH = 0.57
MOST_PUSHES = 40

Spot = tuple[float, float]
"""Kilometres east and south of the corner of the map of the country."""
Frame = tuple[float, float, float, float]
"""Left, top, width and height of the part that is drawn."""
Box = tuple[float, float, float, float]
"""Left, top, right and bottom of what is taken."""


@dataclass(frozen=True)
class Label:
    """Words beside a point; the anchor is the side of the words that stands at x."""

    text: str
    x: float
    y: float
    anchor: str


@dataclass
class Room:
    """What is free on a map; a label that is given takes its place."""

    frame: Frame
    spots: Sequence[Spot]
    taken: list[Box] = field(default_factory=list)

    def __post_init__(self) -> None:
        for spot in self.spots:
            self.take(spot)

    @property
    def point(self) -> float:
        return self.frame[2] * POINT_SHARE

    def take(self, spot: Spot) -> None:
        """Keep the room of a point free of words."""
        x, y = spot
        self.taken.append((x - self.point, y - self.point, x + self.point, y + self.point))

    def label(self, spot: Spot, *texts: str) -> Label | None:
        """Return the first of the texts that fits beside, above or below a point; nothing if none does."""
        for label, box in (way for text in texts for way in self._ways(text, spot)):
            if self._is_free(box):
                self.taken.append(box)
                return label
        return None

    def _ways(self, text: str, spot: Spot) -> Iterable[tuple[Label, Box]]:
        (x, y), letter, gap = spot, self.frame[2] * LETTER_SHARE, self.point * 1.25
        long = len(text) * letter * LETTER_WIDTH
        for anchor, at_x, at_y, start in (
            ("start", x + gap, y + letter * 0.35, x + gap),
            ("end", x - gap, y + letter * 0.35, x - gap - long),
            ("middle", x, y - gap - letter * 0.2, x - long / 2),
            ("middle", x, y + gap + letter * 0.8, x - long / 2),
            ("start", x + gap * 0.6, y - gap * 0.9, x + gap * 0.6),
            ("start", x + gap * 0.6, y + gap * 0.9 + letter * 0.6, x + gap * 0.6),
            ("end", x - gap * 0.6, y - gap * 0.9, x - gap * 0.6 - long),
            ("end", x - gap * 0.6, y + gap * 0.9 + letter * 0.6, x - gap * 0.6 - long),
        ):
            box = (start, at_y - letter * 0.8, start + long, at_y + letter * 0.2)
            yield Label(text, at_x, at_y, anchor), box

    def _is_free(self, box: Box) -> bool:
        left, top, width, height = self.frame
        is_inside = left <= box[0] and box[2] <= left + width and top <= box[1] and box[3] <= top + height
        return is_inside and not any(overlap(box, other) for other in self.taken)


def overlap(one: Box, other: Box) -> bool:
    """Tell whether two boxes share some room."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def within(start: float, length: float, whole: float) -> float:
    """Return where a part begins, moved as little as needed to lie in the whole."""
    return max(0.0, min(start, whole - length))


def apart(centres: Sequence[Spot], frame: Frame) -> list[Spot]:
    """Move points that cover each other apart, no further than needed, and keep them on the map."""
    left, top, width, height = frame
    point = width * POINT_SHARE
    spots: list[Spot] = list(centres)
    before: list[Spot] = []
    for _ in range(MOST_PUSHES):
        if spots == before:
            break
        before = list(spots)
        for at in range(len(spots)):
            for other in range(at):
                _push(spots, at, other, 2 * point)
        spots = [
            (
                left + point + within(x - left - point, 0, width - 2 * point),
                top + point + within(y - top - point, 0, height - 2 * point),
            )
            for x, y in spots
        ]
    return spots


def _push(spots: list[Spot], one: int, other: int, space: float) -> None:
    (x, y), (other_x, other_y) = spots[one], spots[other]
    distance = hypot(x - other_x, y - other_y)
    if distance >= space:
        return
    # Points on one spot have no direction of their own.
    east, south = ((x - other_x) / distance, (y - other_y) / distance) if distance else (1.0, 0.0)
    step = (space - distance) / 2
    spots[one] = x + east * step, y + south * step
    spots[other] = other_x - east * step, other_y - south * step
