"""A CKAN service on loopback that answers as DUO's does, and can be told to fail in every way."""

import json
import threading
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Row = dict[str, Any]
Mischief = Callable[["Answer"], bool]


class Answer(BaseHTTPRequestHandler):
    """One request; the mischief of the service comes first and says whether that was all."""

    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_GET(self) -> None:
        service = self.server.service
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        self.action = urlsplit(self.path).path.rsplit("/", 1)[-1]
        service.heard.append((self.action, self.asked))
        service.agents.add(self.headers["User-Agent"])
        if service.mischief and service.mischief(self):
            return
        if self.action == "package_show" and self.asked["id"] not in {*service.tables, *service.files}:
            self.give({"success": False, "error": {"message": "Not found"}}, 404)
        elif self.action == "package_show":
            self.give({"success": True, "result": service.package(self.asked["id"])})
        elif self.action == "datastore_search":
            self.give({"success": True, "result": service.page(self.asked)})
        else:
            self.send(service.files[self.action].encode(), "text/csv")

    def give(self, answer: Any, status: int = 200) -> None:
        self.send(json.dumps(answer).encode(), "application/json", status)

    def send(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    service: "CkanServer"


class CkanServer:
    """Datasets by name; `page_size` is how many rows it gives at most, whatever is asked for."""

    def __init__(self, tables: dict[str, list[Row]], *, page_size: int = 2) -> None:
        self.tables, self.page_size = tables, page_size
        self.files: dict[str, str] = {}
        self.changed = "2026-02-20T04:00:00"
        self.mischief: Mischief | None = None
        self.heard: list[tuple[str, dict[str, str]]] = []
        self.agents: set[str] = set()
        self._server = _Server(("127.0.0.1", 0), Answer)
        self._server.service = self
        self.url = f"http://127.0.0.1:{self._server.server_port}/api/3/action"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def package(self, name: str) -> Row:
        is_file = name in self.files
        address = self.url.removesuffix("/api/3/action") + f"/download/{name}"
        table = {"id": name, "name": name, "format": "CSV", "url": address, "last_modified": self.changed}
        about = {"id": "x", "name": "about", "format": "PDF", "url": "", "datastore_active": False}
        control = {
            "id": "control",
            "name": f"{name}_controlebestand",
            "format": "CSV",
            "datastore_active": True,
        }
        return {"resources": [about, control, table | {"datastore_active": not is_file}]}

    def page(self, asked: dict[str, str]) -> Row:
        rows = self.tables[asked["resource_id"]]
        start = int(asked["offset"])
        records = [{"_id": at, **row} for at, row in enumerate(rows)][start : start + self.page_size]
        return {"total": len(rows), "records": records}

    @property
    def counts(self) -> Counter[str]:
        return Counter(action for action, _ in self.heard)
