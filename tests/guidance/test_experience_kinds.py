from guidance.experience_kinds import experience_kinds
from web.pages import words

BEKWAAMHEDEN = {"vakinhoudelijk", "vakdidactisch", "pedagogisch"}


def test_every_kind_has_one_word_for_the_summary_and_a_bekwaamheid() -> None:
    kinds = experience_kinds()

    assert len(kinds) >= 3
    assert all(len(kind.short.split()) == 1 for kind in kinds.values())
    assert {kind.bekwaamheid for kind in kinds.values()} <= BEKWAAMHEDEN


def test_every_kind_has_its_words_among_the_own_data() -> None:
    for value, kind in experience_kinds().items():
        assert words("own_value", value).casefold() == kind.name.casefold()
