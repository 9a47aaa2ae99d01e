"""The one road to the Rasa server, on loopback."""

import logging
from functools import cache
from typing import Any

import httpx

from guidance.errors import EngineDown
from guidance.replies import FOLLOWED, MARKS, Reply
from guidance.settings import get_settings

logger = logging.getLogger(__name__)
Message = dict[str, Any]


@cache
def _client() -> httpx.Client:
    settings = get_settings()
    # A proxy of the environment must never see what a pupil types.
    return httpx.Client(
        base_url=settings.engine_url, timeout=settings.engine_timeout_seconds, trust_env=False
    )


def ask_engine(engine_id: str, text: str, *, message_id: str) -> list[Message]:
    """Return the answers to one message; raise EngineDown when something failed."""
    body = {"sender": engine_id, "message": text, "metadata": {"message_id": message_id}}
    try:
        response = _client().post("/webhooks/rest/webhook", json=body)
        response.raise_for_status()
        entries = response.json()
        messages = [_as_message(entry) for entry in entries]
    except (httpx.HTTPError, ValueError) as error:
        raise EngineDown(type(error).__name__) from error
    if not messages or (entries[-1].get("custom") or {}).get(FOLLOWED):
        # Rasa answers an empty list, or half of one, whenever an action or the action server failed.
        raise EngineDown("no whole answer")
    return _without_repeats(messages)


def _as_message(entry: dict[str, Any]) -> Message:
    if custom := entry.get("custom"):
        return {key: value for key, value in custom.items() if key not in (*MARKS, FOLLOWED)}
    message = Reply(entry.get("text") or "").as_message()
    message["buttons"] = [
        {"title": button["title"], "payload": button["payload"]} for button in entry.get("buttons") or []
    ]
    return message


def _without_repeats(messages: list[Message]) -> list[Message]:
    """Leave out a message that says the same as the one before it."""
    return [
        message for number, message in enumerate(messages) if number == 0 or message != messages[number - 1]
    ]


def is_ready() -> bool:
    """Say whether the Rasa server has a model and the action server answers."""
    settings = get_settings()
    try:
        with httpx.Client(timeout=2, trust_env=False) as client:
            client.get(f"{settings.engine_url}/").raise_for_status()
            client.get(f"{settings.action_server_url}/health").raise_for_status()
    except httpx.HTTPError:
        return False
    return True
