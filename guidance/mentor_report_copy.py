"""Home of the copy of a reported question, as text for the reporter to keep."""

from datetime import datetime, timedelta

from guidance.dutch_dates import clock_time, plain_day
from guidance.services.mentor_reports import Evidence
from guidance.wording import render


def copy_in_words(evidence: Evidence, *, now: datetime) -> str:
    """Return what the reporter could read, with who wrote it and when; first names only."""
    report, pupil = evidence.report, evidence.report.thread.pupil
    messages = [
        {
            "author": message.author,
            "at": _moment(message.written_at),
            "is_reported": message.id == report.message_id,
            "text": message.text,
        }
        for message in evidence.messages
    ]
    return render(
        "mentor_reports.copy",
        school=pupil.school.name,
        made_on=_moment(now),
        reported_on=_moment(report.reported_at),
        reporter=report.reporter,
        first_name=pupil.first_name,
        messages=messages,
    )


def took_in_words(took: timedelta) -> str:
    """Return how long something took, in its largest unit."""
    minutes = int(took.total_seconds()) // 60
    return render("mentor_reports.took", days=minutes // 1440, hours=minutes // 60, minutes=minutes)


def _moment(moment: datetime) -> str:
    return render("mentor_reports.moment", day=plain_day(moment), time=clock_time(moment))
