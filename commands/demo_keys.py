"""The codes, passwords and one-time-code secrets of this machine's demo; only the file with them knows."""

import json
import os
from pathlib import Path
from typing import Any

from guidance.models.accounts import Staff
from guidance.models.pupil import Pupil
from guidance.random_keys import random_otp_secret, random_words
from guidance.services.accounts import code_digest, password_hash


class Keys:
    """What opens the demo, kept in one file that only its owner can read."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.kept = _read(file)
        people = [*self.kept.get("deans", []), self.kept.get("safeguarding", {}), *self.kept.get("staff", [])]
        self._sign_ins = {person.get("username"): person for person in people}
        self._codes = {person["first_name"]: person["code"] for person in self.kept.get("pupils", [])}

    def give_code(self, pupil: Pupil) -> dict[str, Any]:
        """Make the kept code, or a new one, the code of this pupil."""
        code = self._codes.get(pupil.first_name) or random_words(3)
        pupil.code_digest = code_digest(code)
        return {
            "first_name": pupil.first_name,
            "code": code,
            "level": pupil.level,
            "leerjaar": pupil.leerjaar,
        }

    def give_sign_in(self, staff: Staff) -> dict[str, str]:
        """Make the kept password and secret, or new ones, those of this member of staff."""
        kept = self._sign_ins.get(staff.username, {})
        secret = kept.get("otp_secret") or random_otp_secret()
        password = kept.get("password") or random_words(4)
        # Both are only ever set together, so who has the secret has the password; hashing one takes long.
        if staff.otp_secret != secret:
            staff.otp_secret, staff.password_hash = secret, password_hash(password)
        return {
            "name": staff.name,
            "school": staff.school.code,
            "username": staff.username,
            "password": password,
            "otp_secret": secret,
        }

    def keep(self, people: dict[str, Any]) -> None:
        """Put the file in place in one step, readable by its owner only; the same people change nothing."""
        if people == self.kept:
            return
        self.file.parent.mkdir(parents=True, exist_ok=True)
        beside = self.file.with_suffix(".new")
        beside.unlink(missing_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as new:
            json.dump(people, new, ensure_ascii=False, indent=1)
        beside.replace(self.file)


def _read(file: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found
