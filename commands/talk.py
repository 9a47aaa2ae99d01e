"""A talk in the terminal, without a name, over the chat API: `python -m commands.talk`."""

import os
import secrets
import sys
import uuid
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import requests

from commands.demo import prepare_demo
from commands.engine import find_or_train_model
from commands.stack import NO_PROXY, NotStarted, Stack

PORTS = (8010, 5015, 5065)
DEMO_SCHOOL = "demo"


def main() -> int:
    """Start a service of its own with the demo school, and pass lines on until the input ends."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        settings = {
            "DATABASE_URL": f"sqlite:///{folder / 'service.sqlite'}",
            "GUIDANCE_ENGINE_DATABASE": str(folder / "engine.sqlite"),
            "GUIDANCE_DEMO": "1",
            "GUIDANCE_SECRET": secrets.token_hex(),
        }
        os.environ.update(settings)
        stack = Stack(model=find_or_train_model(), logs=folder, ports=PORTS, settings=settings)
        prepare_demo(url=stack.url, out=folder / "demo.json")
        try:
            stack.start()
            talk(f"{stack.url}/api/v1/conversations")
        except (NotStarted, KeyboardInterrupt, EOFError) as error:
            print(f"\n{error}")
        finally:
            stack.stop()
    return 0


def talk(address: str) -> None:
    """Hold one talk; a payload such as /start_interest_check_in taps the button that carries it."""
    nobody = {"school": DEMO_SCHOOL, "pupil_code": None}
    started = requests.post(address, json=nobody, timeout=60, proxies=NO_PROXY).json()
    show(started["messages"])
    address += f"/{started['conversation_id']}/messages"
    headers = {"Authorization": f"Bearer {started['token']}"}
    while True:
        line = input("> ")
        body = {"message_id": str(uuid.uuid4()), "payload" if line.startswith("/") else "text": line}
        answer = requests.post(address, json=body, headers=headers, timeout=60, proxies=NO_PROXY).json()
        show(answer.get("messages") or [{"text": answer["message"], "buttons": [], "cards": []}])


def show(messages: list[dict[str, Any]]) -> None:
    """Print messages with their cards and buttons."""
    for message in messages:
        print(message["text"])
        for card in message["cards"]:
            print(f"  * {card['title']} ({card['distance_km']} km) {card['subtitle']}")
        for button in message["buttons"]:
            print(f"  [{button['title']}] {button['payload']}")


if __name__ == "__main__":
    sys.exit(main())
