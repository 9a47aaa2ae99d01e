"""Who may what in the portal: one table over all its addresses, held against each role."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from fastapi.routing import APIRoute

from guidance.models.accounts import DEAN, ROLES, SAFEGUARDING_CONTACT
from tests.people import COLLEAGUES
from tests.project.test_agreements import all_routes
from tests.web.browser import Browser, Page
from web.portal.menu import HOME_OF_ROLE, MENU_OF_ROLE

SignIn = Callable[[str], Browser]

USERNAMES = {DEAN: "devries", SAFEGUARDING_CONTACT: "jansen"}
USERNAMES |= {role: name.lower() for name, role in COLLEAGUES.items()}
ANYONE = set(ROLES)
# Signing out asks for no role: it ends whatever session there is.
SIGN_OUT = "POST /portaal/uitloggen"
MAY = {
    "GET /portaal/": {DEAN},
    "GET /portaal/ervaringen": {DEAN},
    "POST /portaal/ervaringen": {DEAN},
    "POST /portaal/ervaringen/{offer_id}": {DEAN},
    "POST /portaal/ervaringen/{offer_id}/hervatten": {DEAN},
    "POST /portaal/ervaringen/{offer_id}/stoppen": {DEAN},
    "GET /portaal/leerlingen": {DEAN},
    "GET /portaal/leerlingen.csv": {DEAN},
    "GET /portaal/leerlingen/{pupil_id}": {DEAN},
    "POST /portaal/leerlingen/{pupil_id}/besproken": {DEAN},
    "GET /portaal/leerlingenlijst": {DEAN},
    "GET /portaal/leerlingenlijst/voorbeeld.csv": {DEAN},
    "POST /portaal/leerlingenlijst": {DEAN},
    "POST /portaal/leerlingenlijst/codes": {DEAN},
    "POST /portaal/leerlingenlijst/{import_id}": {DEAN},
    "GET /portaal/meldingen": {SAFEGUARDING_CONTACT},
    "POST /portaal/meldingen/gesprek/{report_id}": {SAFEGUARDING_CONTACT},
    "POST /portaal/meldingen/gesprek/{report_id}/kopie": {SAFEGUARDING_CONTACT},
    "POST /portaal/meldingen/gesprek/{report_id}/sluiten": {SAFEGUARDING_CONTACT},
    "POST /portaal/meldingen/gesprek/{report_id}/terug": {SAFEGUARDING_CONTACT},
    "POST /portaal/meldingen/{notice_id}/gezien": {SAFEGUARDING_CONTACT},
    "GET /portaal/onder-16": {DEAN},
    "POST /portaal/onder-16": {DEAN},
    "POST /portaal/onder-16/leerling": {DEAN},
    "POST /portaal/onder-16/{basis_id}/intrekken": {DEAN},
    "GET /portaal/oud-leerlingen": {DEAN},
    "POST /portaal/oud-leerlingen/aanbod/{proposal_id}/gelukt": {DEAN},
    "POST /portaal/oud-leerlingen/aanbod/{proposal_id}/niet": {DEAN},
    "POST /portaal/oud-leerlingen/aanbod/{proposal_id}/terug": {DEAN},
    "POST /portaal/oud-leerlingen/aan": {DEAN},
    "POST /portaal/oud-leerlingen/bericht/{message_id}/door": {DEAN},
    "POST /portaal/oud-leerlingen/uit": {DEAN},
    "POST /portaal/oud-leerlingen/vraag/{thread_id}/door": {DEAN},
    "POST /portaal/oud-leerlingen/vraag/{thread_id}/sluiten": {DEAN},
    "POST /portaal/oud-leerlingen/{mentor_id}/stap": {DEAN},
    "POST /portaal/oud-leerlingen/{mentor_id}/verhaal": {DEAN},
    "POST /portaal/oud-leerlingen/{mentor_id}/vog": {DEAN},
    "GET /portaal/vragenlijsten": {DEAN},
    "GET /portaal/welkom": ANYONE,
}


@dataclass(frozen=True)
class Way:
    """One method of one address of the portal."""

    method: str
    route: APIRoute

    @property
    def name(self) -> str:
        return f"{self.method} {self.route.path}"

    def taken_by(self, browser: Browser, csrf: str) -> Page:
        address = "/".join("1" if "{" in part else part for part in self.route.path.split("/"))
        return browser.get(address) if self.method == "GET" else browser.post(address, csrf=csrf)


def ways() -> list[Way]:
    routes = [route for route in all_routes() if route.path.startswith("/portaal")]
    return [Way(method, route) for route in routes for method in sorted(route.methods)]


def test_every_address_stands_in_the_table_once() -> None:
    assert sorted(way.name for way in ways()) == sorted([*MAY, SIGN_OUT])


@pytest.mark.parametrize("role", ROLES)
def test_a_role_finds_nothing_but_its_own(signed_in: SignIn, role: str) -> None:
    browser = signed_in(USERNAMES[role])
    csrf = browser.get("/inloggen").find(".//input[@name='csrf']").get("value", "")
    others = [way for way in ways() if role not in MAY.get(way.name, ANYONE)]

    assert others
    assert {way.name: way.taken_by(browser, csrf).status for way in others} == dict.fromkeys(
        (way.name for way in others), 404
    )


@pytest.mark.parametrize("role", ROLES)
def test_a_role_reads_every_page_of_its_own(signed_in: SignIn, role: str) -> None:
    browser = signed_in(USERNAMES[role])
    pages = [way for way in ways() if way.method == "GET" and role in MAY[way.name]]

    assert pages
    for way in pages:
        # The first pupil is Anna, of the school of all of them.
        assert way.taken_by(browser, "").status in (200, 303), way.name


@pytest.mark.parametrize("role", ROLES)
def test_a_role_starts_and_finds_its_menu_at_its_own_pages(signed_in: SignIn, role: str) -> None:
    reached = {HOME_OF_ROLE[role], *(entry.address for entry in MENU_OF_ROLE[role])}

    assert all(role in MAY[f"GET {address}"] for address in reached)
    browser = signed_in(USERNAMES[role])
    assert {browser.get(address).status for address in reached} == {200}
