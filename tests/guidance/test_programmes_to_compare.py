"""Which programmes are meant to be held beside each other."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.catalogue import Programme, programmes_by_key, read_catalogue
from guidance.programmes_to_compare import MOST_CHOICES, Pointed, choices_meant

KEYS = (
    "00ic-34808-zwolle",
    "22hh-34808-zwolle",
    "23ah-34808-deventer",
    "31fr-34808-emmen",
    "25kb-34808-arnhem",
)
HAN_NIJMEGEN = "25kb-34808-nijmegen"


def programmes(*keys: str) -> list[Programme]:
    return [programmes_by_key()[key] for key in keys]


SHOWN = programmes(*KEYS)


@pytest.mark.parametrize(
    ("pointed", "keys"),
    [
        (Pointed(positions=(0, 2)), [(0, 2)]),
        (Pointed(positions=(0, -1)), [(0, 4)]),
        (Pointed(positions=(2, 0, 1)), [(2, 0, 1)]),
        (Pointed(positions=(0, 0)), []),
        (Pointed(positions=(0, 9)), []),
        (Pointed(places=("Deventer", "Emmen")), [(2, 3)]),
        (Pointed(places=("Zwolle", "Deventer")), [(0, 1, 2)]),
        (Pointed(places=("Zwolle", "Deventer", "Emmen")), [(0, 2, 3), (1, 2, 3)]),
        (Pointed(places=("Zwolle",)), [(0, 1)]),
        (Pointed(places=("Zwolle", "Vaals")), []),
        (Pointed(places=("Deventer",)), []),
        (Pointed(institutions=("Hogeschool KPZ", "Saxion Hogeschool")), [(0, 2)]),
        (Pointed(institutions=("Hogeschool KPZ", "Hogeschool Viaa"), places=("Zwolle",)), [(0, 1)]),
        (Pointed(positions=(4,), places=("Deventer",)), [(4, 2)]),
        (Pointed(), []),
    ],
)
def test_what_is_pointed_at_among_five(pointed: Pointed, keys: list[tuple[int, ...]]) -> None:
    assert choices_meant(pointed, SHOWN) == [tuple(SHOWN[at] for at in choice) for choice in keys]


@pytest.mark.parametrize(("count", "choices"), [(1, 0), (2, 1), (3, 1), (4, 0)])
def test_who_points_at_nothing_means_all_that_is_shown(count: int, choices: int) -> None:
    assert len(choices_meant(Pointed(), SHOWN[:count])) == choices


def test_one_institution_in_two_places() -> None:
    both = programmes("25kb-34808-arnhem", HAN_NIJMEGEN)
    han = "Hogeschool van Arnhem en Nijmegen"

    assert choices_meant(Pointed(institutions=(han,), places=("Arnhem", "Nijmegen")), both) == [tuple(both)]


def test_a_name_that_is_not_shown_is_sought_on_the_list() -> None:
    choices = choices_meant(Pointed(places=("Deventer", "Nijmegen")), SHOWN, programmes(HAN_NIJMEGEN))

    assert choices == [(SHOWN[2], programmes_by_key()[HAN_NIJMEGEN])]


def test_the_kind_that_was_named_tells_two_of_one_city_apart() -> None:
    in_zwolle = [one for one in read_catalogue() if one.city == "Zwolle" and one.kind != "pabo"][:2]
    shown = [*in_zwolle, *SHOWN[1:3]]

    choices = choices_meant(Pointed(places=("Zwolle", "Deventer"), kinds=("pabo",)), shown)

    assert choices == [(SHOWN[1], SHOWN[2])]


names = st.sampled_from(sorted({one.city for one in read_catalogue()}))


@given(
    st.lists(st.sampled_from(read_catalogue()), max_size=8, unique=True),
    st.lists(st.integers(-9, 9), max_size=4),
    st.lists(names, max_size=4),
)
def test_each_choice_is_two_or_three_different_ones_that_were_shown(
    shown: list[Programme], positions: list[int], places: list[str]
) -> None:
    choices = choices_meant(Pointed(tuple(positions), places=tuple(places)), shown)

    assert len(choices) <= MOST_CHOICES
    for choice in choices:
        assert 2 <= len(choice) == len(set(choice)) <= 3
        assert set(choice) <= set(shown)
    assert all(set(one) != set(other) for one, other in product(choices, choices) if one is not other)
