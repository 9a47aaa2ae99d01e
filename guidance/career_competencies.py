"""Home of the five career competencies of a pupil's career file, in their fixed order.

After the loopbaancompetenties of Marinka Kuijpers, by which Dutch schools order a loopbaandossier.
"""

from enum import StrEnum


class CareerCompetency(StrEnum):
    """What a pupil tells in a career file: what drives, what is strong, what was tried, where to, and who."""

    MOTIVES = "motives"
    QUALITIES = "qualities"
    WORK_EXPLORATION = "work_exploration"
    CAREER_DIRECTION = "career_direction"
    NETWORKING = "networking"
