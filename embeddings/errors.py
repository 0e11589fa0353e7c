"""Every error of this package.

EmbeddingsError
├── TextTooLong          a text that the model would cut off
├── DimensionMismatch    a vector of another length than the index holds
├── BadIndexFile         an index directory that is not what its manifest says
├── BadWeights           model files that are missing or fail their SHA-256
└── ExportFailed         the serving runtime could not be made from the weights
"""

from pathlib import Path


class EmbeddingsError(Exception):
    """Base of all errors of this package."""


class TextTooLong(EmbeddingsError):
    """A passage beyond the model's limit: encoding it would drop its end unseen."""

    def __init__(self, tokens: int, limit: int) -> None:
        super().__init__(f"a passage of {tokens} tokens; the model reads {limit}: cut it at a boundary first")
        self.tokens, self.limit = tokens, limit


class DimensionMismatch(EmbeddingsError):
    """A vector of another length than the index holds."""

    def __init__(self, expected: int, got: int) -> None:
        super().__init__(f"the index holds vectors of {expected} numbers, this one has {got}")
        self.expected, self.got = expected, got


class BadIndexFile(EmbeddingsError):
    """An index directory that is missing, damaged or not what its manifest says."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path, self.why = path, why


class BadWeights(EmbeddingsError):
    """Model files that are missing or are not the ones pinned."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"model weights {path}: {why}")
        self.path, self.why = path, why


class ExportFailed(EmbeddingsError):
    """The weights could not be turned into the serving runtime's form, or the result is not faithful."""

    def __init__(
        self, why: str, instead: str = "QA_PRECISION=torch serves with the slower reference"
    ) -> None:
        super().__init__(f"exporting the model failed: {why}; {instead} instead")
        self.why = why
