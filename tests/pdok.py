"""A stand-in of PDOK's Locatieserver on this machine: answers in its shapes, or fails as a test says."""

import json
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

Row = dict[str, str]
Reply = Callable[["Asked"], None]
ALLOWED = {"q", "fl", "fq", "df", "rows", "start", "sort", "lat", "lon", "wt", "indent"}
OMMEN = ("6.4301", "52.5301")


def village(name: str, *, lon: str, lat: str, province: str = "Overijssel", municipality: str = "") -> Row:
    """Return a row as PDOK shows a village."""
    return {
        "bron": "BAG",
        "type": "woonplaats",
        "weergavenaam": f"{name}, {municipality or name}, {province}",
        "woonplaatsnaam": name,
        "gemeentenaam": municipality or name,
        "provincienaam": province,
        "centroide_ll": f"POINT({lon} {lat})",
    }


def postcode(letters: str, name: str, *, lon: str, lat: str, province: str = "Overijssel") -> Row:
    """Return a row as PDOK shows a postcode of one street."""
    return village(name, lon=lon, lat=lat, province=province) | {
        "type": "postcode",
        "weergavenaam": f"Dorpsstraat, {letters} {name}",
        "postcode": letters,
    }


def ommen() -> Row:
    """Return Ommen a little north-east of where our tables have it."""
    return village("Ommen", lon=OMMEN[0], lat=OMMEN[1])


class Asked(BaseHTTPRequestHandler):
    """One request; parameters that PDOK does not know are refused, as it does."""

    server: "PdokServer"

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        self.given = {name: values[0] for name, values in parse_qs(address.query).items()}
        self.server.note(self)
        if address.path != "/free" or set(self.given) - ALLOWED or "q" not in self.given:
            self.send(b"unknown parameter", status=400)
            return
        reply = self.server.first.pop() if self.server.first else self.server.reply
        reply(self)

    def send(
        self, body: bytes, *, status: int = 200, kind: str = "application/json", length: int = 0
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length or len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: Any) -> None:
        """Say nothing."""


class PdokServer(ThreadingHTTPServer):
    """Answers with the rows laid ready, or with another reply, once or always; keeps what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Asked)
        self.asked: list[dict[str, str]] = []
        self.whole: list[str] = []
        self.rows: list[Row] = []
        self.reply: Reply = self.answer
        self.first: list[Reply] = []
        self.watch: Callable[[], Any] = lambda: None
        self.seen: list[Any] = []
        self.stopped = Event()
        Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def note(self, asked: Asked) -> None:
        self.asked.append(asked.given)
        self.whole.append(f"{asked.requestline}\n{asked.headers}")
        self.seen.append(self.watch())

    def stop(self) -> None:
        self.stopped.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Mind nothing when who asked has left."""

    def answer(self, asked: Asked) -> None:
        """Answer with the rows of the kind that is asked for."""
        kind = asked.given.get("fq", "").removeprefix("type:")
        rows = [row for row in self.rows if row["type"] == kind]
        asked.send(answer_of(rows))

    def hang(self, asked: Asked) -> None:
        """Answer nothing, as long as the server runs."""
        self.stopped.wait()

    def drip(self, asked: Asked) -> None:
        """Send the answer byte by byte, each in time, all together far too late."""
        asked.send_response(200)
        asked.send_header("Content-Length", "9999")
        asked.end_headers()
        for sign in answer_of(self.rows):
            if self.stopped.wait(0.2):
                return
            asked.wfile.write(bytes([sign]))

    def drip_header(self, asked: Asked) -> None:
        """Send the first line byte by byte."""
        for sign in b"HTTP/1.1 200 OK" + b"K" * 200:
            if self.stopped.wait(0.2):
                return
            asked.wfile.write(bytes([sign]))

    def break_off(self, asked: Asked) -> None:
        """Close the line in the middle of the answer."""
        body = answer_of(self.rows)
        asked.send(body[: len(body) // 2], length=len(body))
        asked.close_connection = True


def answer_of(rows: Iterable[Any]) -> bytes:
    """Return an answer of /free."""
    docs = list(rows)
    found = {"numFound": len(docs), "start": 0, "maxScore": 9.4, "numFoundExact": True, "docs": docs}
    return json.dumps({"response": found}).encode()


def reply_with(body: bytes, *, status: int = 200, kind: str = "application/json") -> Reply:
    """Return a reply that is always the same."""
    return lambda asked: asked.send(body, status=status, kind=kind)
