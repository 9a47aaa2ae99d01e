"""Home of Dutch tokens, cut by spaCy's own rules for Dutch."""

from typing import Any, Dict, List

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class DutchTokenizer(Tokenizer):  # type: ignore[misc]
    """Cut Dutch text into words and signs; emoji are tokens too, so that no message stays without."""

    def __init__(self, config: Dict[str, Any]) -> None:
        super().__init__(config)
        self._dutch = spacy.blank("nl")

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Return what Rasa's own tokenizers expect to be set."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    @staticmethod
    def required_packages() -> List[str]:
        """Name the packages whose version decides the outcome."""
        return ["spacy"]

    @staticmethod
    def supported_languages() -> List[str]:
        """Name the one language these rules are for."""
        return ["nl"]

    def tokenize(self, message: Message, attribute: str) -> List[Token]:
        """Return the tokens of one attribute, white space left out."""
        words = self._dutch.tokenizer(message.get(attribute))
        return [Token(word.text, word.idx) for word in words if not word.is_space]
