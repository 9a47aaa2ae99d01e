"""What pupils call a kind, a form, a level and a subject."""

import pytest

from guidance.catalogue import FORMS, KINDS, LEVELS, read_catalogue
from guidance.errors import UnusableFilter
from guidance.programme_filters import (
    form_named,
    kind_named,
    label,
    level_named,
    level_that_fits,
    subject_named,
    subject_names,
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("wiskunde", "wiskunde"),
        ("Duits", "Duits"),
        ("gym", "lichamelijke opvoeding"),
        ("nask", "natuurkunde"),
        ("tekenen", "beeldende kunst"),
        ("wiskunda", "wiskunde"),
        ("ENGELS", "Engels"),
    ],
    ids=str,
)
def test_knows_subjects_as_pupils_call_them(text: str, name: str) -> None:
    subject = subject_named(text)

    assert subject is not None
    assert subject.name == name


def test_every_subject_of_the_catalogue_can_be_asked_for() -> None:
    findable = {
        subject for name in subject_names() if (found := subject_named(name)) for subject in found.catalogue
    }

    assert {programme.subject for programme in read_catalogue()} <= findable


def test_every_value_of_a_filter_names_itself_and_has_a_word_on_screen() -> None:
    for name, values, named in (
        ("kind", KINDS, kind_named),
        ("form", FORMS, form_named),
        ("level", LEVELS, level_named),
    ):
        assert [named(value) for value in values] == list(values)
        assert [named(label(name, value)) for value in values] == list(values)


@pytest.mark.parametrize(
    "named", [kind_named, form_named, level_named, subject_named], ids=lambda one: one.__name__
)
def test_refuses_what_it_does_not_know(named) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UnusableFilter) as refused:
        named("astronaut")

    assert refused.value.value == "astronaut"
    assert named("  ") is None


def test_a_level_known_before_is_left_out_where_it_would_hide_what_was_asked() -> None:
    assert level_that_fits("havo", None) == "havo"
    assert level_that_fits("havo", "pabo") == "havo"
    assert level_that_fits("havo", "hbo_master") is None
