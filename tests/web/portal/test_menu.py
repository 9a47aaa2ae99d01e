from collections.abc import Callable

import pytest

from guidance.models.accounts import DEAN, ROLES
from tests.web.browser import Browser
from web.pages import words
from web.portal import menu
from web.portal.menu import GROUPS, HOME_OF_ROLE, MENU_OF_ROLE, WELCOME, Entry, menu_of


def test_every_role_has_a_start_and_a_menu() -> None:
    assert set(HOME_OF_ROLE) == set(MENU_OF_ROLE) == set(ROLES)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_starts_at_the_first_page_of_its_menu(role: str) -> None:
    first = [group.address for group in menu_of(role, "/")][:1]

    assert first == [home for home in [HOME_OF_ROLE[role]] if home != WELCOME]


def test_everything_in_it_has_a_label_and_a_known_group() -> None:
    entries = [entry for entries in MENU_OF_ROLE.values() for entry in entries]

    assert {entry.group for entry in entries} <= set(GROUPS)
    assert all(words("menu", name) for name in [*GROUPS, *(entry.name for entry in entries)])


@pytest.mark.parametrize(
    ("path", "here"),
    [
        ("/portaal/", "home"),
        ("/portaal/leerlingen", "pupil_list"),
        ("/portaal/leerlingen/3", "pupil_list"),
        ("/portaal/oud-leerlingen/3/stap", "mentors"),
        ("/portaal/welkom", None),
    ],
)
def test_shows_where_one_is(path: str, here: str | None) -> None:
    found = [group.here.name for group in menu_of(DEAN, path) if group.here]

    assert found == ([here] if here else [])


class TestAGroupOfTwo:
    @pytest.fixture(autouse=True)
    def invitations(self, monkeypatch: pytest.MonkeyPatch) -> None:
        inbox = Entry("safety", "/portaal/oud-leerlingen/uitnodigingen", "talks")
        monkeypatch.setitem(menu.MENU_OF_ROLE, DEAN, (*MENU_OF_ROLE[DEAN], inbox))

    def test_stands_under_its_own_name_in_its_own_place(self) -> None:
        groups = menu_of(DEAN, "/portaal/")

        assert [group.name for group in groups] == [
            "home",
            "pupils",
            "talks",
            "experiences",
            "questionnaires",
        ]
        assert groups[2].address == "/portaal/oud-leerlingen"

    def test_gets_a_row_of_its_own_on_its_pages(self, signed_in: Callable[[str], Browser]) -> None:
        dean = signed_in("devries")
        row = ".//nav[@aria-label='Gesprekken']/a"

        assert dean.get("/portaal/oud-leerlingen").words_at(row) == ["Oud-leerlingen", "Meldingen"]
        assert dean.get("/portaal/").all(row) == []

    def test_takes_the_nearest_page(self) -> None:
        (group,) = [group for group in menu_of(DEAN, "/portaal/oud-leerlingen/uitnodigingen/3") if group.here]

        assert group.here
        assert group.here.name == "safety"
