"""Home of what the assistant says about saved programmes: the list, one taken off, a comparison, and news."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from guidance.catalogue import Programme, programmes_by_key
from guidance.models.programmes import SavedProgramme
from guidance.programme_comparison import FEWEST, MOST, Comparison
from guidance.programme_filters import has_label, label
from guidance.programme_replies import MOST_CARDS, find_button, page_of, plain_card, save_button
from guidance.programme_words import title
from guidance.replies import Button, Card, Reply, payload
from guidance.services.programmes import ProgrammeQuery
from guidance.services.saved_programmes import News, as_query
from guidance.wording import render

LIST_PAGE = "/leerling/opleidingen"
COMPARE_PAGE = "/opleidingen/vergelijken"
REMOVE, RESTORE = "remove", "restore"


def saved_reply(programme: Programme, *, is_anonymous: bool = False) -> Reply:
    """Confirm what was saved and for how long, and offer the list and the page to add a note."""
    text = render(
        "saved_programmes.saved", title=title(programme), city=programme.city, is_anonymous=is_anonymous
    )
    note = Card(
        render("saved_programmes.add_note"),
        render("saved_programmes.add_note_why"),
        url=page_of_note(programme.key),
    )
    return Reply(text, buttons=(_list_button(),), cards=(note,))


def in_order_shown(saved: Sequence[SavedProgramme]) -> list[SavedProgramme]:
    """Return what was saved, what left the catalogue last: a number counts from what can still be chosen."""
    return sorted(saved, key=lambda one: one.programme not in programmes_by_key())


def saved_list_reply(saved: Sequence[SavedProgramme], *, asks: str = "") -> Reply:
    """Show what the pupil saved, with notes and ways to change it; or ask which to take off or note."""
    if not saved:
        return Reply(render("saved_programmes.none"), buttons=(find_button(),))
    buttons = [Button(render("programmes.talk"), payload("request_talk"))]
    if len(saved) > 1:
        buttons.insert(0, Button(render("saved_programmes.compare"), payload("compare_programmes")))
    cards = [*map(_card_of, saved), _page_card()]
    text = render(f"saved_programmes.ask_which_{asks}" if asks else "saved_programmes.list", count=len(saved))
    return Reply(text, cards=tuple(cards), buttons=tuple(buttons))


def _card_of(saved: SavedProgramme) -> Card:
    programme = programmes_by_key().get(saved.programme)
    off = Button(
        render("saved_programmes.remove"),
        payload("show_saved_programmes", programme=saved.programme, about=REMOVE),
    )
    note = [(render("saved_programmes.note_row"), saved.note)] if saved.note else []
    to_note = (
        render("saved_programmes.change_note" if saved.note else "saved_programmes.add_note"),
        page_of_note(saved.programme),
    )
    if programme is None:
        gone = render("saved_programmes.gone")
        return Card(name_of(saved), gone, buttons=(off,), rows=tuple(note), links=(to_note,))
    return replace(plain_card(programme, note, off), links=(to_note,))


def page_of_note(key: str) -> str:
    """Return the page where the note of a saved programme stands open."""
    return f"{LIST_PAGE}?{urlencode({'key': key})}#{key}"


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


def which_to_compare_reply(
    choices: Sequence[Sequence[Programme]], shown: Sequence[Programme], *, is_own_list: bool
) -> Reply:
    """Ask which programmes to compare: of a few choices, or of those shown; without any, offer to search."""
    if choices:
        buttons = [_compare_button(names_together(one), one) for one in choices]
        return Reply(render("saved_programmes.ask_which_meant"), buttons=tuple(buttons))
    if len(shown) < FEWEST:
        return Reply(render("saved_programmes.ask_search_first"), buttons=(find_button(),))
    first = [
        _compare_button(render(f"saved_programmes.first_{count}"), shown[:count])
        for count in range(FEWEST, MOST + 1)
        if count <= len(shown)
    ]
    # The list may have been long ago; it is chosen from on its page too.
    cards = (*(plain_card(one, [], None) for one in shown), _page_card()) if is_own_list else ()
    return Reply(render("saved_programmes.ask_which_two"), buttons=tuple(first), cards=cards)


def _compare_button(name: str, programmes: Sequence[Programme]) -> Button:
    return Button(name, payload("compare_programmes", programme=[one.key for one in programmes]))


def names_together(programmes: Sequence[Programme]) -> str:
    """Return short names that tell programmes apart: by institution, by place, or whole."""
    if len({one.kind for one in programmes}) == 1:
        for names in ([one.institution for one in programmes], [one.city for one in programmes]):
            if len({*names}) == len(names):
                return render("saved_programmes.together", names=names)
    return render("saved_programmes.together", names=[f"{title(one)}, {one.city}" for one in programmes])


def news_reply(news: Sequence[News]) -> Reply | None:
    """Tell what changed around saved programmes, each as a card to act on; nothing when nothing did."""
    if not news:
        return None
    gone, new = [one.saved for one in news if one.is_gone], new_in(news)
    names = {"gone": [name_of(one) for one in gone], "new": [f"{title(one)}, {one.city}" for _, one in new]}
    told = [render(f"saved_programmes.news.{what}", names=some) for what, some in names.items() if some]
    cards = [
        # The text says already that it is gone.
        *(replace(_card_of(one), subtitle="", links=()) for one in gone[:MOST_CARDS]),
        *(plain_card(one, [], save_button(one)) for _, one in new[:MOST_CARDS]),
    ]
    searches = list(dict.fromkeys(page_of(search) for search, _ in new))
    if searches:
        cards.append(Card(render("saved_programmes.news.look"), url=searches[0]))
    return Reply("\n".join(told), cards=tuple(cards), buttons=(_list_button(),))


def new_in(news: Sequence[News]) -> list[tuple[ProgrammeQuery, Programme]]:
    """Return each new programme with the search that found it."""
    return [(as_query(one.saved.query or {}), programme) for one in news for programme in one.new]


def search_in_words(stored: Mapping[str, str]) -> str:
    """Return a search that was kept: where, how far and what for."""
    named = [
        (name, stored[name]) for name in ("kind", "subject", "form", "level", "degree") if name in stored
    ]
    what = [label(name, said) if has_label(name, said) else said for name, said in named]
    radius_km = stored.get("radius_km")
    return render(
        "saved_programmes.search",
        near=stored.get("near"),
        radius_km=f"{float(radius_km):g}" if radius_km else None,
        what=what,
    )


def _list_button() -> Button:
    return Button(render("saved_programmes.show"), payload("show_saved_programmes"))


def _page_card() -> Card:
    return Card(
        render("saved_programmes.page_title"), render("saved_programmes.page_subtitle"), url=LIST_PAGE
    )
