"""What the assistant says about who reads what, and about seeing and erasing one's own data."""

from guidance.career_file_replies import FILE_PAGE
from guidance.content import read_content
from guidance.models.pupil import Pupil
from guidance.replies import Button, Card, Reply, payload
from guidance.services.privacy import Erasure
from guidance.wording import render

DATA_PAGE = "/leerling/gegevens"
CONFIRMED, REFUSED = "yes", "no"


def privacy_reply(pupil: Pupil) -> Reply:
    """Say who reads what, how long it is kept, and where the pupil sees it."""
    readers = render("privacy.readers_anonymous" if pupil.is_anonymous else "privacy.readers_signed_in")
    terms = tuple((what, kept) for what, kept in read_content("texts/privacy")["kept"])
    card = Card(
        title=render("privacy.kept_title"),
        subtitle=render("privacy.kept_subtitle"),
        url=DATA_PAGE,
        rows=terms,
    )
    return Reply(f"{readers}\n\n{render('privacy.stays')}", cards=(card,))


def own_data_reply(pupil: Pupil) -> Reply:
    """Lead to the page with everything stored about the pupil, and to the career file of who is signed in."""
    card = Card(title=render("privacy.show_title"), subtitle=render("privacy.show_subtitle"), url=DATA_PAGE)
    file = Card(title=render("privacy.file_title"), subtitle=render("privacy.file_subtitle"), url=FILE_PAGE)
    return Reply(render("privacy.show"), cards=(card,) if pupil.is_anonymous else (card, file))


def ask_erase_reply(pupil: Pupil) -> Reply:
    """Say what erasing removes and what stays, and ask whether it should be done."""
    return Reply(
        render("privacy.ask_erase_anonymous" if pupil.is_anonymous else "privacy.ask_erase"),
        buttons=(
            Button(render("privacy.erase_button"), payload("delete_my_data", confirmed=CONFIRMED)),
            Button(render("privacy.keep_button"), payload("delete_my_data", confirmed=REFUSED)),
        ),
    )


def erased_reply(erasure: Erasure, *, was_anonymous: bool) -> Reply:
    """Say that everything is gone, and what is not, with its longest term."""
    parts = [render("privacy.erased_anonymous" if was_anonymous else "privacy.erased")]
    if erasure.keeps_notice:
        parts.append(render("privacy.kept_notice"))
    if erasure.keeps_report:
        parts.append(render("privacy.kept_report"))
    return Reply("\n\n".join(parts))


def not_erased_reply() -> Reply:
    """Say that nothing was erased."""
    return Reply(render("privacy.not_erased"))
