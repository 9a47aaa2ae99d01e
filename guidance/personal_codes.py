"""Home of what stands on a card with a personal code."""

from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True)
class CodeOfPupil:
    """The first name and the code of one pupil; the code is stored nowhere."""

    first_name: str
    code: str


@dataclass(frozen=True)
class SignInPage:
    """Where the pupils of a school sign in."""

    school: str
    school_code: str
    public_url: str

    @property
    def address(self) -> str:
        return f"{self.public_url.rstrip('/')}/?{urlencode({'school': self.school_code})}"

    def address_with(self, code: str) -> str:
        """Return the address with a code after "#", so that no server log holds it."""
        return f"{self.address}#{code}"
