"""Home of the three legal bekwaamheden of a teacher, and of what a pupil asks about each before a choice.

The law: Besluit bekwaamheidseisen onderwijspersoneel. The three questions: self-selection before a study.
"""

from enum import StrEnum


class Bekwaamheid(StrEnum):
    """What a teacher must be able to do: know the subject, get it across, and lead a group safely."""

    SUBJECT_MATTER = "subject_matter"
    DIDACTICS = "didactics"
    PEDAGOGY = "pedagogy"


class SelfSelection(StrEnum):
    """The three questions: can I manage the study, can I do the job, do I want it?"""

    STUDY = "study"
    JOB = "job"
    WANT = "want"


class Standing(StrEnum):
    """Where a pupil is with one question about one bekwaamheid; it is never a mark."""

    NOT_DISCUSSED = "not_discussed"
    DOUBT = "doubt"
    CLEAR = "clear"
