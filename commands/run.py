"""Starts the whole service with the demo school: `python -m commands.run`."""

import json
import os
import secrets
import signal
import sys
from pathlib import Path

from commands.demo import prepare_demo
from commands.engine import find_or_train_model
from commands.stack import NotStarted, Stack
from guidance.settings import ROOT

PORTS = (8000, 5005, 5055)
VAR = ROOT / "var"


def secret_of_demo() -> str:
    """Return the secret of this machine's demo, made once and readable by its owner only."""
    path = VAR / "demo_secret"
    VAR.mkdir(exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(32))
    return path.read_text()


def main() -> int:
    """Prepare what is missing, start everything, and stop it all on Ctrl-C."""
    port = int(os.environ.get("GUIDANCE_PORT", PORTS[0]))
    url = f"http://127.0.0.1:{port}"
    os.environ.update({"GUIDANCE_DEMO": "1", "GUIDANCE_SECRET": secret_of_demo(), "GUIDANCE_PUBLIC_URL": url})
    prepare_demo(url=url, out=VAR / "demo.json")
    stack = Stack(
        model=find_or_train_model(),
        logs=VAR / "logs",
        ports=(port, PORTS[1], PORTS[2]),
        settings={},
    )
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.default_int_handler)
    print("Klaskompas start. Dit duurt ongeveer een halve minuut.", flush=True)
    try:
        stack.start()
        _show(url, VAR / "demo.json")
        signal.pause()
    except NotStarted as error:
        print(f"{error}. Kijk in {stack.logs.relative_to(ROOT)}/.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nKlaskompas stopt.")
    finally:
        stack.stop()
    return 0


def _show(url: str, demo: Path) -> None:
    people = json.loads(demo.read_text())
    pupil, dean = people["pupils"][0], people["deans"][0]
    print(
        f"""
Klaskompas draait: {url}
  Leerling {pupil["first_name"]}: schoolcode {people["school"]}, eigen code {pupil["code"]}
  Decaan {dean["name"]}: {url}/inloggen, naam {dean["username"]}, wachtwoord {dean["password"]}
  Voorbeeld van een schoolsite: {url}/dev/school. Alle gegevens: {demo.relative_to(ROOT)}
Stoppen met Ctrl-C.""",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
