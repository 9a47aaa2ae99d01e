"""Home of what stands in a text as a figure: postcode, distance, year at school, profile, ordinal."""

import re
from typing import Any, Iterator, List

from bot.found import Found


def slips_of(word: str) -> List[str]:
    """Return the commonest slips in a short word: two letters that changed places, one that was doubled."""
    swapped = [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)]
    doubled = [word[:at] + word[at] + word[at:] for at in range(len(word))]
    return sorted({*swapped, *doubled} - {word})


# A word so short is near too many others for the search by edits.
SLIPS = {slip: school for school in ("havo", "vwo") for slip in slips_of(school)}
LEVELS = {"havo": "havo", "h": "havo", **dict.fromkeys(["vwo", "v", "atheneum", "gymnasium", "gym"], "vwo")}
SCHOOL = rf"(?P<school>havo|vwo|atheneum|gymnasium|gym|{'|'.join(SLIPS)})"
SLIP = re.compile(rf"\b(?P<school>{'|'.join(SLIPS)})\b", re.I)
VOCATIONAL_SLIP = re.compile(
    rf"\b(?:{'|'.join(slips_of('mbo'))})(?:[ -]?(?:niveau |niv )?4\b|(?= niveau))", re.I
)
YEAR_AFTER = re.compile(r"[ -]?(?P<year>[1-6])\b")
YEAR_BEFORE = re.compile(r"\b(?P<year>[1-6])(?:e|de)?[ -]?(?:klas )?$", re.I)
SCHOOL_YEARS = [
    re.compile(rf"\b{SCHOOL}[ -]?(?P<year>[1-6])\b", re.I),
    re.compile(rf"\b(?P<year>[1-6])(?:e|de)?[ -]?(?:klas )?{SCHOOL}\b", re.I),
    re.compile(r"\b(?P<school>[hv])(?P<year>[1-6])\b", re.I),
]
CLASS_YEARS = re.compile(
    r"\b(?:klas|leerjaar) (?P<year>[1-6])\b|\b(?P<before>[1-6])(?:e|de)? (?:klas|leerjaar)\b", re.I
)
POSTCODE = re.compile(r"(?<![\d.,€])(?P<digits>[1-9]\d{3})(?: ?(?P<letters>[A-Z]{2}))?(?![\w.,]?\d|\w)", re.I)
DISTANCE = re.compile(r"\b(?P<km>\d{1,3}) ?(?:km|kilometers?)\b", re.I)
PROFILE = re.compile(r"\b(?P<sure>[CE]M|N[GT])\b")
PROFILE_LOWER = re.compile(
    r"\b(?:profiel|havo|vwo|\d|met|doe|heb|en|of) (?P<sure>cm|em|ng|nt)\b|^(?P<only>cm|em|ng|nt)$"
)
ORDINAL_FIGURE = re.compile(r"\b(?P<number>[1-9])(?:e|de|ste)\b|\bnummer (?P<after>[1-9])\b", re.I)


def find_figures(text: str, words: Any) -> List[Found]:
    """Return every figure of a text, the surest kinds first."""
    finders = [_school_years(text), _class_years(text, words), _levels(text), _distances(text)]
    finders += [_postcodes(text, words), _profiles(text), _ordinals(text, words)]
    return [found for finder in finders for found in finder]


def find_years_beside(text: str, levels: List[Found]) -> Iterator[Found]:
    """Yield the year at school that stands beside a misspelt level."""
    for level in levels:
        match = YEAR_AFTER.match(text, level.end) or YEAR_BEFORE.search(text[: level.start])
        if match and level.value != "mbo4":
            yield Found("leerjaar", match["year"], *match.span("year"))


def _school_years(text: str) -> Iterator[Found]:
    for pattern in SCHOOL_YEARS:
        for match in pattern.finditer(text):
            school = match["school"].lower()
            yield Found("level", LEVELS[SLIPS.get(school, school)], *match.span("school"))
            yield Found("leerjaar", match["year"], *match.span("year"))


def _levels(text: str) -> Iterator[Found]:
    for match in SLIP.finditer(text):
        yield Found("level", LEVELS[SLIPS[match["school"].lower()]], *match.span(), 0.8)
    for match in VOCATIONAL_SLIP.finditer(text):
        yield Found("level", "mbo4", *match.span(), 0.8)


def _class_years(text: str, words: Any) -> Iterator[Found]:
    for match in CLASS_YEARS.finditer(text):
        yield Found("leerjaar", match["year"] or match["before"], *match.span())
    for word, number in words["ordinal"].items():
        for match in re.finditer(rf"\b{word} (?:klas|leerjaar)\b", text, re.I):
            yield Found("leerjaar", number, *match.span())


def _distances(text: str) -> Iterator[Found]:
    for match in DISTANCE.finditer(text):
        yield Found("distance", str(int(match["km"])), *match.span())


def _postcodes(text: str, words: Any) -> Iterator[Found]:
    for match in POSTCODE.finditer(text):
        if _is_postcode(match, text, words):
            yield Found("postcode", match["digits"], *match.span())


def _is_postcode(match: Any, text: str, words: Any) -> bool:
    before = text[: match.start()].lower().split()[-1:]
    after = re.findall(r"\w+", text[match.end() :].lower())[:1]
    if match["letters"] and not (match["letters"].islower() and " " in match.group()):
        return True
    if after and after[0] in words["euro"]:
        return False
    is_year = match["digits"].startswith("20") and int(match["digits"]) < 2050
    return not (is_year and before and before[0] in words["year_words"])


def _profiles(text: str) -> Iterator[Found]:
    for match in PROFILE.finditer(text):
        yield Found("profile", match["sure"], *match.span())
    for match in PROFILE_LOWER.finditer(text.strip()):
        group = "sure" if match["sure"] else "only"
        yield Found("profile", match[group].upper(), *match.span(group))


def _ordinals(text: str, words: Any) -> Iterator[Found]:
    number_words = "|".join(words["ordinal"])
    not_after = "|".join(words["not_ordinal"])
    ends = rf"\b(?!(?: |-)?(?:{not_after}))"
    for match in re.finditer(rf"\b(?P<word>{number_words}){ends}", text, re.I):
        yield Found("ordinal", words["ordinal"][match["word"].lower()], *match.span())
    for match in ORDINAL_FIGURE.finditer(text):
        if not re.match(rf"[ -]?(?:{not_after})", text[match.end() :], re.I):
            yield Found("ordinal", match["number"] or match["after"], *match.span())
