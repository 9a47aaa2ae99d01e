"""Tables, one file a subject; importing this package knows them all."""

from guidance.models import (
    accounts,
    audit,
    career_file,
    check_in,
    conversations,
    experiences,
    guidance_log,
    knowledge,
    mail,
    mentor_threads,
    mentors,
    programmes,
    pupil,
    safety,
    school,
    talks,
)

__all__ = [
    "accounts",
    "audit",
    "career_file",
    "check_in",
    "conversations",
    "experiences",
    "guidance_log",
    "knowledge",
    "mail",
    "mentor_threads",
    "mentors",
    "programmes",
    "pupil",
    "safety",
    "school",
    "talks",
]
