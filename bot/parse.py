"""Answers what the engine understands: python -m bot.parse MODEL, one JSON object a line in and out."""

import asyncio
import json
import logging
import os
import sys
import time
from typing import Any, Dict, TextIO

import structlog  # type: ignore[import-not-found]
from rasa.core.agent import Agent


def main() -> None:
    """Read {"text"} from standard input line by line and write what was understood."""
    answers = _answers_only()
    # Rasa writes every message it reads to the log when it is asked for detail.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    asyncio.run(_answer_lines(Agent.load(sys.argv[1]), answers))


def _answers_only() -> TextIO:
    """Keep standard output for the answers; what libraries print goes to standard error."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


async def _answer_lines(agent: Agent, answers: TextIO) -> None:
    for line in sys.stdin:
        answer = await understood(agent, json.loads(line)["text"])
        answers.write(json.dumps(answer, ensure_ascii=False) + "\n")
        answers.flush()


async def understood(agent: Agent, text: str) -> Dict[str, Any]:
    """Return intent, confidence, ranking and entities of a text, and the milliseconds it took."""
    began = time.perf_counter()
    result = await agent.parse_message(text)
    milliseconds = (time.perf_counter() - began) * 1000
    return {
        "intent": result["intent"]["name"],
        "confidence": result["intent"]["confidence"],
        "ranking": result.get("intent_ranking", []),
        "entities": result.get("entities", []),
        "ms": milliseconds,
    }


if __name__ == "__main__":
    main()
