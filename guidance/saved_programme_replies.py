"""Home of what the assistant says about saved programmes: the list, one taken off, a comparison, and news."""

from collections.abc import Sequence
from urllib.parse import urlencode

from guidance.catalogue import Programme, programmes_by_key
from guidance.models.programmes import SavedProgramme
from guidance.programme_comparison import Comparison
from guidance.programme_replies import find_button, plain_card
from guidance.programme_words import title
from guidance.replies import Button, Card, Reply, payload
from guidance.services.saved_programmes import News
from guidance.wording import render

LIST_PAGE = "/leerling/opleidingen"
COMPARE_PAGE = "/opleidingen/vergelijken"
REMOVE, RESTORE = "remove", "restore"


def saved_reply(programme: Programme) -> Reply:
    """Confirm what was saved, and offer the list, where a note can be added."""
    text = render("saved_programmes.saved", title=title(programme), city=programme.city)
    return Reply(text, buttons=(_list_button(),), cards=(_page_card(),))


def saved_list_reply(saved: Sequence[SavedProgramme]) -> Reply:
    """Show what the pupil saved, each with its note and a way to take it off."""
    if not saved:
        return Reply(render("saved_programmes.none"), buttons=(find_button(),))
    buttons = [Button(render("programmes.talk"), payload("request_talk"))]
    if len(saved) > 1:
        buttons.insert(0, Button(render("saved_programmes.compare"), payload("compare_programmes")))
    cards = [*map(_card_of, saved), _page_card()]
    text = render("saved_programmes.list", count=len(saved))
    return Reply(text, cards=tuple(cards), buttons=tuple(buttons))


def _card_of(saved: SavedProgramme) -> Card:
    programme = programmes_by_key().get(saved.programme)
    off = Button(
        render("saved_programmes.remove"),
        payload("show_saved_programmes", programme=saved.programme, about=REMOVE),
    )
    note = [(render("saved_programmes.note_row"), saved.note)] if saved.note else []
    if programme is None:
        return Card(name_of(saved), render("saved_programmes.gone"), buttons=(off,), rows=tuple(note))
    return plain_card(programme, note, off)


def name_of(saved: SavedProgramme) -> str:
    """Return what a saved programme is called, also when it left the catalogue."""
    programme = programmes_by_key().get(saved.programme)
    if programme:
        return f"{title(programme)}, {programme.city}"
    return saved.name or saved.programme


def removed_reply(saved: SavedProgramme) -> Reply:
    """Confirm that it is off the list, and offer to put it back."""
    back = payload("show_saved_programmes", programme=saved.programme, about=RESTORE)
    buttons = (Button(render("saved_programmes.put_back"), back), _list_button())
    return Reply(render("saved_programmes.removed", title=name_of(saved)), buttons=buttons)


def restored_reply(saved: SavedProgramme) -> Reply:
    """Confirm that it is on the list again."""
    return Reply(render("saved_programmes.restored", title=name_of(saved)), buttons=(_list_button(),))


def comparison_reply(comparison: Comparison, *, near: str | None, level: str | None) -> Reply:
    """Show programmes beside each other: a card each with the same rows, and the page with the table."""
    cards = [
        Card(name, rows=tuple((label, values[at]) for label, values in comparison.rows))
        for at, name in enumerate(comparison.titles)
    ]
    keys = [one.programme.key for one in comparison.programmes]
    page = Card(
        render("saved_programmes.compare_page_title"),
        render("saved_programmes.compare_page_subtitle"),
        url=page_of_comparison(keys, near=near, level=level),
    )
    return Reply(render("saved_programmes.compared"), cards=(*cards, page))


def page_of_comparison(keys: Sequence[str], *, near: str | None = None, level: str | None = None) -> str:
    """Return the page that shows these programmes beside each other."""
    asked = [("key", key) for key in keys]
    asked += [(name, value) for name, value in (("near", near), ("level", level)) if value]
    return f"{COMPARE_PAGE}?{urlencode(asked)}"


def which_to_compare_reply(shown: Sequence[Programme]) -> Reply:
    """Ask which programmes to compare; without any on the screen, offer to search."""
    if len(shown) < len(("one", "another")):
        return Reply(render("saved_programmes.ask_search_first"), buttons=(find_button(),))
    return Reply(render("saved_programmes.ask_which_two"))


def news_reply(news: Sequence[News]) -> Reply | None:
    """Tell what changed around saved programmes; nothing when nothing did."""
    gone = [render("saved_programmes.news.gone", name=name_of(one.saved)) for one in news if one.is_gone]
    new = [f"{title(programme)}, {programme.city}" for one in news for programme in one.new]
    told = [render("saved_programmes.news.new", count=len(new), names=new[:1])] if new else []
    if not gone + told:
        return None
    return Reply("\n".join(gone + told), buttons=(_list_button(),))


def _list_button() -> Button:
    return Button(render("saved_programmes.show"), payload("show_saved_programmes"))


def _page_card() -> Card:
    return Card(
        render("saved_programmes.page_title"), render("saved_programmes.page_subtitle"), url=LIST_PAGE
    )
