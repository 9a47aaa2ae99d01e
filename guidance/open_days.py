"""Home of an open day as an institution announces it, and of what makes one believable."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from guidance.catalogue import Kind, Programme, read_catalogue
from guidance.content import read_content
from guidance.errors import NotFound, OpenDaysRefused
from guidance.wording import render

LONGEST = timedelta(days=14)
FURTHEST = timedelta(days=730)
LENGTHS = {"title": 150, "place": 300, "url": 500, "uid": 255}
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True)
class AnnouncedDay:
    """One open day of a file: aware times in UTC, the end not included; no kinds stands for all."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    url: str
    is_whole_day: bool = False
    is_online: bool = False
    place: str | None = None
    city: str | None = None
    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True)
class Institution:
    """An institution that teaches teachers: its name, its own page, and what it has where."""

    brin: str
    name: str
    url: str
    programmes: tuple[Programme, ...]

    @property
    def cities(self) -> list[str]:
        return sorted({one.city for one in self.programmes})

    @property
    def kinds(self) -> set[Kind]:
        return {one.kind for one in self.programmes}

    @property
    def hosts(self) -> set[str]:
        """The names of its sites: its own, and those where the register finds its programmes."""
        addresses = (self.url, *(one.url for one in self.programmes))
        return {host.removeprefix("www.") for one in addresses if (host := urlsplit(one).hostname)}

    def city_in(self, place: str | None) -> str | None:
        """Return the city of the institution that stands last in a place as written: "Hoofdweg 1, Zwolle"."""
        found = [(_last_at(city, place or ""), city) for city in self.cities]
        at, city = max(found, default=(-1, ""))
        return city if at >= 0 else None

    def is_own_page(self, url: str) -> bool:
        """Say whether an address is a safe page of the institution itself."""
        try:
            parts = urlsplit(url)
            host, is_plain = parts.hostname or "", parts.port is None and "@" not in parts.netloc
        except ValueError:
            return False
        is_own = any(host == own or host.endswith(f".{own}") for own in self.hosts)
        return parts.scheme == "https" and is_plain and is_own and not re.search(r"\s|\\", url)


def get_institution(brin: str) -> Institution:
    """Return an institution of the catalogue by its register code, or raise NotFound."""
    code = brin.strip().upper()
    programmes = tuple(one for one in read_catalogue() if one.brin == code)
    if not programmes:
        raise NotFound(f"no teacher programme at {code}")
    about = read_content("institutions").get(code) or {"url": _site_of(programmes[0].url)}
    return Institution(code, programmes[0].institution, about["url"], programmes)


def refuse(reason: str, *, where: str = "", **values: object) -> OpenDaysRefused:
    """Return the failure of a file, with its reason in words."""
    return OpenDaysRefused(reason, where=where, reason=render(f"open_days.refused.{reason}", **values))


def check_day(day: AnnouncedDay, institution: Institution, *, now: datetime, where: str) -> None:
    """Raise OpenDaysRefused when this cannot be an open day of this institution."""
    _check_words(day, where)
    if day.ends_at <= day.starts_at:
        raise refuse("ends_first", where=where)
    if day.ends_at - day.starts_at > LONGEST:
        raise refuse("too_long", where=where, days=LONGEST.days)
    if day.starts_at - now > FURTHEST:
        raise refuse("too_far", where=where)
    if not institution.is_own_page(day.url):
        raise refuse("not_own_page", where=where, url=day.url, sites=sorted(institution.hosts))
    if strange := [kind for kind in day.kinds if kind not in institution.kinds]:
        raise refuse("no_such_kind", where=where, kind=strange[0], name=institution.name)


def _check_words(day: AnnouncedDay, where: str) -> None:
    if not day.title:
        raise refuse("no_title", where=where)
    for name, most in LENGTHS.items():
        if len(getattr(day, name) or "") > most:
            raise refuse("too_many_signs", where=where, name=name, most=most)


def plain(text: object) -> str:
    """Return a text of a file on one line, without signs that do not show.

    A backslash becomes a slash: a calendar writes a line break with it, and a "\\N" would be read as one.
    """
    return " ".join(CONTROL.sub(" ", str(text or "")).replace("\\", "/").split())


def key_of(brin: str, uid: str) -> str:
    """Return what stands for an open day in an address."""
    return hashlib.sha256(f"{brin}:{uid}".encode()).hexdigest()[:16]


def _site_of(page: str) -> str:
    """Return the first page of the site that a page is on, for who is not among the institutions."""
    parts = urlsplit(page)
    return f"{parts.scheme}://{parts.netloc}"


def _last_at(city: str, place: str) -> int:
    found = list(re.finditer(rf"(?<!\w){re.escape(city)}(?!\w)", place, re.IGNORECASE))
    return found[-1].start() if found else -1
