"""What PDOK is asked, and which answers are taken."""

import time
from collections.abc import Callable
from threading import Thread

import pytest

from guidance.pdok import ask_pdok, point_in
from tests.pdok import PdokServer, answer_of, ommen, postcode, reply_with

HOW_LONG = 2 * 2.0 + 0.5


class TestAskPdok:
    def test_asks_for_one_kind_with_known_parameters_only(self, pdok: PdokServer) -> None:
        pdok.rows = [ommen(), postcode("7731AX", "Ommen", lon="6.42", lat="52.52")]

        (row,) = ask_pdok(pdok.url, "woonplaats", "Ommen") or ()

        assert (row.name, row.municipality, row.province) == ("Ommen", "Ommen", "Overijssel")
        assert row.point == (52.5301, 6.4301)
        (asked,) = pdok.asked
        assert (asked["q"], asked["fq"]) == ("Ommen", "type:woonplaats")
        assert set(asked) == {"q", "fq", "fl", "rows"}

    def test_reads_the_four_digits_of_a_postcode_from_the_whole_name_too(self, pdok: PdokServer) -> None:
        row = postcode("7731 AX", "Ommen", lon="6.42", lat="52.52")
        shown_only = {name: value for name, value in row.items() if name != "postcode"}
        pdok.rows = [row, shown_only]

        assert [one.pc4 for one in ask_pdok(pdok.url, "postcode", "7731") or ()] == ["7731", "7731"]

    def test_knows_no_such_place(self, pdok: PdokServer) -> None:
        assert ask_pdok(pdok.url, "woonplaats", "Nergenshuizen") == ()

    @pytest.mark.parametrize(
        ("body", "status"),
        [
            (b"<html><body>Even geduld</body></html>", 200),
            (b"", 200),
            (b"\xff\xfe\x00", 200),
            (b"[]", 200),
            (b"null", 200),
            (b"{}", 200),
            (b'{"response": []}', 200),
            (b'{"response": {"docs": {"0": 1}}}', 200),
            (answer_of([1, 2]), 200),
            (answer_of([ommen() | {"centroide_ll": [6.4, 52.5]}]), 200),
            (answer_of([ommen() | {"woonplaatsnaam": {"naam": "Ommen"}}]), 200),
            (answer_of([{"type": "woonplaats"}]), 200),
            (answer_of([ommen() | {"centroide_ll": "POINT(52.52 6.42)"}]), 200),
            (answer_of([ommen() | {"centroide_ll": "POINT(13.4 52.5)"}]), 200),
            (answer_of([ommen() | {"centroide_ll": "POINT(nan nan)"}]), 200),
            (b"[" * 100_000, 200),
            (b" " * 600_000 + answer_of([ommen()]), 200),
            (answer_of([ommen()]), 403),
            (answer_of([ommen()]), 429),
            (answer_of([ommen()]), 302),
        ],
        ids=[
            "html", "nothing", "no text", "list", "null", "no response", "response a list", "docs no list",
            "rows no objects", "point a list", "name an object", "no point", "lat for lon",
            "Berlin", "no number", "deep", "huge", "forbidden", "too many", "elsewhere",
        ],
    )  # fmt: skip
    def test_takes_no_rubbish_and_does_not_ask_for_it_again(
        self, pdok: PdokServer, body: bytes, status: int
    ) -> None:
        pdok.reply = reply_with(body, status=status)

        assert ask_pdok(pdok.url, "woonplaats", "Ommen") is None
        assert len(pdok.asked) <= 2
        assert len(pdok.asked) == 1 or len(body) > 500_000

    @pytest.mark.parametrize("fails", ["error", "break_off"])
    def test_tries_once_more_when_it_fails(self, pdok: PdokServer, fails: str) -> None:
        pdok.rows = [ommen()]
        fail = reply_with(b"oops", status=500) if fails == "error" else pdok.break_off
        pdok.first = [fail]

        assert len(ask_pdok(pdok.url, "woonplaats", "Ommen") or ()) == 1
        assert len(pdok.asked) == 2

    @pytest.mark.parametrize("fails", ["error", "break_off"])
    def test_gives_up_after_two_tries(self, pdok: PdokServer, fails: str) -> None:
        pdok.rows = [ommen()]
        pdok.reply = reply_with(b"oops", status=503) if fails == "error" else pdok.break_off

        assert ask_pdok(pdok.url, "woonplaats", "Ommen") is None
        assert len(pdok.asked) == 2

    def test_gives_up_when_nobody_is_there(self, pdok: PdokServer) -> None:
        gone = PdokServer()
        gone.stop()

        assert ask_pdok(gone.url, "woonplaats", "Ommen") is None

    @pytest.mark.slow
    def test_waits_two_seconds_a_try_whatever_comes(self, pdok: PdokServer) -> None:
        pdok.rows = [ommen()]
        for fail in (pdok.hang, pdok.drip, pdok.drip_header):
            pdok.reply = fail

            assert _seconds(lambda: ask_pdok(pdok.url, "woonplaats", "Ommen")) < HOW_LONG
        assert len(pdok.asked) == 6

    @pytest.mark.slow
    def test_waits_no_longer_when_many_ask_at_once(self, pdok: PdokServer) -> None:
        pdok.reply = pdok.hang
        asking = [Thread(target=ask_pdok, args=(pdok.url, "woonplaats", "Ommen")) for _ in range(30)]

        def ask_all() -> None:
            for thread in asking:
                thread.start()
            for thread in asking:
                thread.join()

        assert _seconds(ask_all) < HOW_LONG + 1


def _seconds(work: Callable[[], object]) -> float:
    start = time.monotonic()
    work()
    return time.monotonic() - start


class TestPointIn:
    @pytest.mark.parametrize(
        ("written", "point"),
        [("POINT(6.4215 52.5237)", (52.5237, 6.4215)), ("POINT (5 52)", (52.0, 5.0))],
        ids=str,
    )
    def test_turns_lon_and_lat_round(self, written: str, point: tuple[float, float]) -> None:
        assert point_in(written) == point

    @pytest.mark.parametrize(
        "written", ["", "POINT()", "POINT(-68.9 12.1)", "LINESTRING(5 52)", "5 52"], ids=repr
    )
    def test_refuses_what_is_no_point_in_the_netherlands(self, written: str) -> None:
        with pytest.raises(ValueError, match="Netherlands"):
            point_in(written)
