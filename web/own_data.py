"""Everything that is kept about a pupil: to read, to take along, and to erase."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from starlette.background import BackgroundTask

from guidance import clock, wording
from guidance.database import empty_write_ahead_log
from guidance.engine_store import EngineStore
from guidance.services.privacy import erase_own_data, own_data
from guidance.settings import get_settings
from web.dependencies import CHAT_COOKIE, ConversationOfPage, OwnForm, SessionOfRequest
from web.own_data_words import sections_of
from web.pages import page

router = APIRouter()


def engine_store() -> EngineStore:
    """Return the engine's own store of conversations."""
    return EngineStore(get_settings().engine_database)


@router.get("/leerling/gegevens")
def show_own_data(request: Request, session: SessionOfRequest, conversation: ConversationOfPage) -> Response:
    pupil = conversation.pupil
    kept = own_data(session, pupil, engine_store=engine_store())
    return page(
        request,
        "pupil/own_data.html",
        pupil=pupil,
        sections=sections_of(kept),
        readers=wording.render(f"privacy.readers_{'anonymous' if pupil.is_anonymous else 'signed_in'}"),
    )


@router.get("/leerling/gegevens.json")
def download_own_data(session: SessionOfRequest, conversation: ConversationOfPage) -> Response:
    """Return everything as a file that another program can read."""
    kept = own_data(session, conversation.pupil, engine_store=engine_store())
    headers = {"Content-Disposition": 'attachment; filename="mijn-gegevens.json"'}
    return JSONResponse(kept, headers=headers)


@router.get("/leerling/gegevens/wissen")
def ask_to_erase(request: Request, conversation: ConversationOfPage) -> Response:
    pupil = conversation.pupil
    question = wording.render(f"privacy.ask_erase{'_anonymous' if pupil.is_anonymous else ''}")
    return page(request, "pupil/erase.html", pupil=pupil, question=question)


@router.post("/leerling/gegevens/wissen", dependencies=[OwnForm])
def erase(request: Request, session: SessionOfRequest, conversation: ConversationOfPage) -> Response:
    """Erase everything of this pupil in both stores, and sign out."""
    pupil = conversation.pupil
    told = wording.render(f"privacy.erased{'_anonymous' if pupil.is_anonymous else ''}")
    erasure = erase_own_data(session, pupil, engine_store=engine_store(), now=clock.now())
    if erasure.keeps_notice:
        told += "\n" + wording.render("privacy.kept_notice")
    if erasure.keeps_report:
        told += "\n" + wording.render("privacy.kept_report")
    response = page(request, "pupil/erased.html", told=told)
    # After the answer, for only then is the transaction of this request over.
    response.background = BackgroundTask(empty_write_ahead_log)
    response.delete_cookie(CHAT_COOKIE)
    return response
