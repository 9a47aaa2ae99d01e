"""Dutch tokens."""

import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.dutch import DutchTokenizer


def tokens_of(text: str) -> list[str]:
    tokenizer = DutchTokenizer(DutchTokenizer.get_default_config())
    return [token.text for token in tokenizer.tokenize(Message({TEXT: text}), TEXT)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("hoe lang duurt de pabo?", ["hoe", "lang", "duurt", "de", "pabo", "?"]),
        ("in  's-Hertogenbosch", ["in", "'", "s-Hertogenbosch"]),
        ("😀", ["😀"]),
        ("", []),
    ],
    ids=["question", "town with an apostrophe", "emoji only", "empty"],
)
def test_cuts_dutch(text: str, tokens: list[str]) -> None:
    assert tokens_of(text) == tokens


def test_knows_where_each_token_stands() -> None:
    tokenizer = DutchTokenizer(DutchTokenizer.get_default_config())
    text = "ik  woon in Ommen."

    tokens = tokenizer.tokenize(Message({TEXT: text}), TEXT)

    assert all(text[token.start : token.end] == token.text for token in tokens)
