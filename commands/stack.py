"""The three programs of the service as one: web, the Rasa server and the action server, on loopback."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import requests

from guidance.settings import ROOT

ENGINE_PYTHON = ROOT / "bot" / ".venv" / "bin" / "python"
LONGEST_START_SECONDS = 240
POLL_SECONDS = 0.25
# What runs on loopback is never asked through a proxy of the environment.
NO_PROXY = {"http": "", "https": ""}


class NotStarted(Exception):
    """A program ended before it was ready, or took too long."""


@dataclass
class Program:
    """One program of the service: how it is started and where it says that it is ready."""

    name: str
    command: list[str]
    ready_at: str
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self, environment: Mapping[str, str], log: Path) -> None:
        """Start the program in a group of its own, with its output in a file."""
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env={**environment, **self.environment},
                stdout=output,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    def is_ready(self) -> bool:
        """Say whether it answers; raise NotStarted when it has ended."""
        if self.process is None or self.process.poll() is not None:
            raise NotStarted(f"{self.name} ended while it was starting")
        try:
            return requests.get(self.ready_at, timeout=2, proxies=NO_PROXY).ok
        except requests.RequestException:
            return False

    def stop(self) -> None:
        """Stop the program and whatever it started itself."""
        if self.process is None or self.process.poll() is not None:
            return
        # The first process tells its own workers; what is left after ten seconds is ended.
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Stack:
    """The running service; `model` is the trained model, `logs` the folder for what the programs print."""

    def __init__(
        self, *, model: Path, logs: Path, ports: tuple[int, int, int], settings: Mapping[str, str]
    ) -> None:
        self.ports = web, engine, actions = ports
        self.url = f"http://127.0.0.1:{web}"
        self.logs = logs
        self.environment = {
            **os.environ,
            "GUIDANCE_PUBLIC_URL": self.url,
            "GUIDANCE_ENGINE_URL": f"http://127.0.0.1:{engine}",
            "GUIDANCE_ACTION_SERVER_URL": f"http://127.0.0.1:{actions}",
            "ACTION_ENDPOINT_URL": f"http://127.0.0.1:{actions}/webhook",
            "ENGINE_DATABASE": settings.get("GUIDANCE_ENGINE_DATABASE", str(ROOT / "var" / "engine.sqlite")),
            "RASA_TELEMETRY_ENABLED": "false",
            "SANIC_HOST": "127.0.0.1",
            "OMP_NUM_THREADS": "1",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "PYTHONPATH": str(ROOT),
            **settings,
        }
        self.web = Program("web", _web_command(web), f"{self.url}/healthz")
        self.engine = Program("engine", _engine_command(engine, model), f"http://127.0.0.1:{engine}/")
        self.actions = Program("actions", _action_command(actions), f"http://127.0.0.1:{actions}/health")

    @property
    def programs(self) -> list[Program]:
        """Return the programs in the order in which they are started."""
        return [self.engine, self.actions, self.web]

    def start(self) -> None:
        """Start all programs and return when every one answers; refuse when another program has a port."""
        for port in self.ports:
            refuse_taken_port(port)
        for program in self.programs:
            self.start_one(program)
        self.wait_until_ready()

    def start_one(self, program: Program) -> None:
        """Start one program, without waiting for it."""
        self.logs.mkdir(parents=True, exist_ok=True)
        program.start(self.environment, self.logs / f"{program.name}.log")

    def wait_until_ready(self) -> None:
        """Wait until every program answers; stop them all when one does not."""
        end = time.monotonic() + LONGEST_START_SECONDS
        try:
            for program in self.programs:
                while not program.is_ready():
                    if time.monotonic() > end:
                        raise NotStarted(
                            f"{program.name} took over {LONGEST_START_SECONDS} s; see {self.logs}"
                        )
                    time.sleep(POLL_SECONDS)
        except NotStarted:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop all programs, the last one started first."""
        for program in reversed(self.programs):
            program.stop()


def refuse_taken_port(port: int) -> None:
    """Raise NotStarted when something listens on this port already, for it would answer in our place."""
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise NotStarted(f"port {port} is in use")


def _web_command(port: int) -> list[str]:
    arguments = [
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-access-log",
        "--factory",
        "--log-level",
        "warning",
    ]
    return [sys.executable, "-m", "uvicorn", "web.app:make_app", *arguments]


def _engine_command(port: int, model: Path) -> list[str]:
    files = ["--endpoints", "bot/endpoints.yml", "--credentials", "bot/credentials.yml", "-m", str(model)]
    return [
        str(ENGINE_PYTHON),
        "-W",
        "ignore",
        "-m",
        "rasa",
        "run",
        "-i",
        "127.0.0.1",
        "-p",
        str(port),
        *files,
    ]


def _action_command(port: int) -> list[str]:
    return [sys.executable, "-W", "ignore", "-m", "rasa_sdk", "--actions", "actions", "-p", str(port)]
