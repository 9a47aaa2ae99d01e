"""How easy Dutch text reads: sentences, words, syllables and the reading ease of Flesch and Douma."""

import re

SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$)|\n+")
# A hyphen, apostrophe, comma or full stop inside a word or an amount does not end it.
WORD = re.compile(r"[^\W_]+(?:[-'’.,/][^\W_]+)*")
VOWELS = re.compile(r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ij|ei|au|ou|[aeiouyàáâäèéêëìíîïòóôöùúûü]")
# Read letter by letter.
SPELLED = {
    "ad": 2,
    "cao": 3,
    "cm": 2,
    "em": 2,
    "hbo": 3,
    "lb": 2,
    "lc": 2,
    "mbo": 3,
    "ng": 2,
    "nl": 2,
    "nlt": 3,
    "nt": 2,
}
SPELLED |= {"ocw": 3, "vmbo": 4, "vo": 2, "vwo": 3}
# Borrowed words, whose vowels Dutch would part.
BORROWED = {"coach": 1, "team": 1, "teamwerk": 2}


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; a line end ends one too."""
    return [part.strip() for part in SENTENCE_END.split(text) if WORD.search(part)]


def words(text: str) -> list[str]:
    """Return the words of a text; an amount is one word, a sign such as € is none."""
    return WORD.findall(text)


def syllables(word: str) -> int:
    """Return the syllables of a word; a figure, which is read at a glance, counts as one."""
    parts = re.split(r"[-.,/]", word.lower())
    return sum(_syllables_of_part(part) for part in parts if not part.isdigit()) or 1


def longest_sentence(text: str) -> int:
    """Return the number of words of the longest sentence."""
    return max((len(words(sentence)) for sentence in sentences(text)), default=0)


def reading_ease(text: str) -> float:
    """Return the Flesch-Douma score: 206.84 - 0.77 x syllables in 100 words - 0.93 x words a sentence."""
    count = len(words(text))
    per_hundred_words = 100 * sum(map(syllables, words(text))) / count
    return 206.84 - 0.77 * per_hundred_words - 0.93 * count / len(sentences(text))


def _syllables_of_part(part: str) -> int:
    return SPELLED.get(part) or BORROWED.get(part) or max(1, len(VOWELS.findall(part)))
