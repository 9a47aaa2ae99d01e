"""The one fake of the web tests: a Rasa server that answers what a test lays ready."""

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


class FakeEngine:
    """Listens on loopback; `answers` is what the next messages get, `heard` is what came in."""

    def __init__(self) -> None:
        self.answers: list[dict[str, Any]] = [{"text": "Begrepen."}]
        self.heard: list[dict[str, Any]] = []
        self.status = 200
        # What happens elsewhere while the web waits for an answer.
        self.meanwhile: Callable[[], None] = lambda: None
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._listener())
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        # It looks this often whether it must stop; the usual half second is a wait in every test.
        Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def _listener(self) -> type[BaseHTTPRequestHandler]:
        engine = self

        class Listener(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["content-length"])
                engine.heard.append(json.loads(self.rfile.read(length)))
                engine.meanwhile()
                self.send_response(engine.status)
                self.end_headers()
                self.wfile.write(json.dumps(engine.answers).encode())

            def log_message(self, *_words: Any) -> None:
                pass

        return Listener

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
