import pytest

from guidance.errors import DangerInText, WordsTooLong
from guidance.kept_words import kept_words


def test_puts_words_on_one_line_without_personal_data() -> None:
    assert kept_words(" Goed\r\ngedaan, mail x@y.nl ", longest=60) == "Goed gedaan, mail [e-mailadres]"


def test_leaves_names_that_may_stay() -> None:
    assert kept_words("groet mevrouw Jansen", longest=60, keep=["Mevrouw Jansen"]) == "groet mevrouw Jansen"
    assert kept_words("groet mevrouw Jansen", longest=60) == "groet mevrouw [naam]"


@pytest.mark.parametrize("text", ["", " \n", "\u200b"], ids=["empty", "blank", "hidden"])
def test_is_empty_without_words(text: str) -> None:
    assert kept_words(text, longest=60) == ""


def test_measures_what_would_be_kept() -> None:
    assert kept_words("a" * 60, longest=60)
    # Taking a short address out makes this text longer.
    with pytest.raises(WordsTooLong) as refused:
        kept_words("a" * 50 + " x@y.nl", longest=60)
    assert refused.value.limit == 60


def test_hears_danger_before_anything_else() -> None:
    with pytest.raises(DangerInText):
        kept_words("ik wil niet meer leven " * 40, longest=60)
