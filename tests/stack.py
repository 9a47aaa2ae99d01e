"""The whole service for tests: real web, engine and action server, on free ports, with a demo school."""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy.orm import sessionmaker

from commands.engine import find_or_train_model
from commands.stack import Stack
from guidance.database import engine_for
from guidance.services.accounts import get_school
from guidance.settings import ROOT
from tests import service_rows

MOST_TRIES = 40
PREPARE = """
import sys
from pathlib import Path
from commands.demo import prepare_demo
prepare_demo(url=sys.argv[1], out=Path(sys.argv[2]))
"""


class RunningService:
    """A started service and the people of its demo school."""

    def __init__(self, stack: Stack, demo: Path, database: Path) -> None:
        self.stack = stack
        self.url = stack.url
        self.demo: dict[str, Any] = json.loads(demo.read_text())
        self.database = database

        self.sessions = sessionmaker(engine_for(f"sqlite:///{database}"), expire_on_commit=False)
        self.engine_database = database.with_name("engine.sqlite")

    @property
    def school(self) -> str:
        return str(self.demo["school"])

    def add_pupil(self, **about: Any) -> str:
        with self.sessions.begin() as session:
            return service_rows.add_pupil(session, self.school, **about)

    def rows_of(self, code: str) -> dict[str, int]:
        with self.sessions() as session:
            return service_rows.rows_of(session, self.school, code)

    def answers_of(self, code: str) -> dict[str, list[int | str | None]]:
        """Return every version of the answer to each item, by item."""
        with self.sessions() as session:
            return service_rows.answers_of(session, self.school, code)

    def talk_words(self, code: str) -> list[str | None]:
        with self.sessions() as session:
            return service_rows.talk_words(session, self.school, code)

    def engine_ids(self, code: str) -> list[str]:
        with self.sessions() as session:
            return service_rows.engine_ids(session, self.school, code)

    def engine_events(self, ids: list[str]) -> int:
        return service_rows.engine_events(self.engine_database, ids)

    def allow_frames_on(self, site: str) -> None:
        with self.sessions.begin() as session:
            get_school(session, self.school).origins += f" {site}"

    def refusals(self) -> int:
        with self.sessions() as session:
            return service_rows.refusals(session)

    def pupil(self, number: int = 0) -> dict[str, Any]:
        found: dict[str, Any] = self.demo["pupils"][number]
        return found

    def dean(self, *, other_school: bool = False) -> dict[str, Any]:
        deans = [
            dean for dean in self.demo["deans"] if (dean["school"] != self.demo["school"]) is other_school
        ]
        found: dict[str, Any] = deans[0]
        return found


class Talk:
    """One conversation over the chat API, as another page would hold it."""

    def __init__(self, service: RunningService, *, pupil_code: str | None) -> None:
        self.address = f"{service.url}/api/v1/conversations"
        self.headers: dict[str, str] = {}
        started = self._send({"school": service.school, "pupil_code": pupil_code})
        assert started.status_code == 201, started.text
        self.address += f"/{started.json()['conversation_id']}/messages"
        self.headers["Authorization"] = f"Bearer {started.json()['token']}"
        self.messages: list[dict[str, Any]] = started.json()["messages"]
        self.prefix, self.sent = secrets.token_hex(4), 0

    def post(self, **body: str) -> httpx.Response:
        self.sent += 1
        return self.post_again(**body)

    def post_again(self, **body: str) -> httpx.Response:
        """Send with the id of the message before, as after silence or a failure."""
        return self._send({"message_id": f"{self.prefix}-{self.sent}", **body})

    def send_again(self, **body: str) -> list[dict[str, Any]]:
        """Send with the id of the message before until it is answered."""
        for _ in range(MOST_TRIES):
            with suppress(httpx.TransportError):
                response = self.post_again(**body)
                if response.status_code != 503:
                    return self._answered(response)
            time.sleep(0.25)
        raise AssertionError("no answer")

    def _send(self, body: dict[str, Any]) -> httpx.Response:
        return httpx.post(self.address, json=body, headers=self.headers, timeout=60, trust_env=False)

    def say(self, text: str) -> list[dict[str, Any]]:
        return self._answered(self.post(text=text))

    def tap(self, payload: str) -> list[dict[str, Any]]:
        """Tap the button offered now whose payload begins so."""
        (tapped,) = [offered for offered in self.payloads if offered.startswith(payload)][:1] or [payload]
        return self._answered(self.post(payload=tapped))

    def _answered(self, response: httpx.Response) -> list[dict[str, Any]]:
        assert response.status_code == 200, response.text
        self.messages = response.json()["messages"]
        assert self.messages
        return self.messages

    @property
    def text(self) -> str:
        return "\n".join(message["text"] for message in self.messages)

    @property
    def cards(self) -> list[dict[str, Any]]:
        return [card for message in self.messages for card in message["cards"]]

    @property
    def button_titles(self) -> list[str]:
        return [button["title"] for message in self.messages for button in message["buttons"]]

    @property
    def payloads(self) -> list[str]:
        boxes = [*self.messages, *self.cards]
        return [button["payload"] for box in boxes for button in box["buttons"]]


def free_ports(count: int) -> tuple[int, ...]:
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = tuple(each.getsockname()[1] for each in sockets)
    for each in sockets:
        each.close()
    return ports


@contextmanager
def running_service(folder: Path, **more: str) -> Iterator[RunningService]:
    """Start the service with databases in this folder, and stop it afterwards."""
    web, engine, actions = free_ports(3)
    settings = {
        "DATABASE_URL": f"sqlite:///{folder / 'service.sqlite'}",
        "GUIDANCE_ENGINE_DATABASE": str(folder / "engine.sqlite"),
        "GUIDANCE_DEMO": "1",
        "GUIDANCE_SECRET": "only-for-tests",
        "GUIDANCE_MESSAGES_PER_MINUTE": "100000",
        **more,
    }
    stack = Stack(
        model=find_or_train_model(), logs=folder / "logs", ports=(web, engine, actions), settings=settings
    )
    demo = folder / "demo.json"
    subprocess.run(
        [sys.executable, "-c", PREPARE, stack.url, str(demo)],
        cwd=ROOT,
        env={**os.environ, **stack.environment},
        check=True,
    )
    stack.start()
    try:
        yield RunningService(stack, demo, folder / "service.sqlite")
    finally:
        stack.stop()
