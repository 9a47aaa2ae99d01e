import pytest

from guidance.talk_partners import speaks_of_other_staff, speaks_of_parents


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hoe zeg ik tegen me ouders dat ik juf wil worden", True),
        ("Thuis vinden ze het niks", True),
        ("help me met mijn gesprek met de decaan", False),
        ("/prepare_talk", False),
    ],
)
def test_hears_that_a_talk_is_at_home(text: str, expected: bool) -> None:
    assert speaks_of_parents(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wil praten met mevr Jansen van aardrijkskunde", True),
        ("een gesprek met mijn mentor", True),
        ("mag ik met mevrouw de vries praten", False),
        ("ik wil de decaan spreken", False),
        ("/request_talk", False),
    ],
)
def test_hears_that_someone_else_than_the_dean_is_meant(text: str, expected: bool) -> None:
    assert speaks_of_other_staff(text, "Els de Vries") is expected
