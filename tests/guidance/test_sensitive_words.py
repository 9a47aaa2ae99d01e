import pytest

from guidance.sensitive_words import is_sensitive


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("door mijn dyslexie lees ik langzaam", True),
        ("(Moslim) zijn hoort bij mij", True),
        ("ik wil dicht bij de kerk wonen", True),
        ("leuke school en dicht bij huis", False),
        ("ik wil het onderwijs in", False),
    ],
)
def test_a_quote_is_sensitive_by_the_beginning_of_its_words(text: str, expected: bool) -> None:
    assert is_sensitive(text) is expected
