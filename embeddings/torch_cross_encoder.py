"""A cross-encoder of the operator's own, run by sentence-transformers."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError

from embeddings.errors import BadWeights

_FILES = ("config.json", "tokenizer.json", "model.safetensors")
_ADVICE = (
    "set QA_RERANKER to a folder with a whole sequence-classification model of one output, or leave it unset"
)
# What transformers, tokenizers and safetensors raise at files that are damaged or do not belong together.
_UNREADABLE = (OSError, ValueError, RuntimeError, LookupError, SafetensorError)
# Read at once, padded to the longest: 20 sentences cost 806 ms of CPU together, 559 by fours, 825 one by one.
_BATCH = 4
# More word pieces than most models of this kind read (512); those that read thousands take long to do it.
_LONG = "paper " * 600


class TorchCrossEncoder:
    """A sequence-classification model with one output, from a folder; nothing is ever downloaded.

    It costs as much to start as torch does (about 10 s). Raises BadWeights where files are missing, where
    there is not exactly one output, and where the weights cannot be loaded whole.
    """

    def __init__(self, folder: Path) -> None:
        missing = [name for name in _FILES if not (folder / name).is_file()]
        if missing:
            raise BadWeights(folder, f"{', '.join(missing)} missing; {_ADVICE}")
        try:
            _require_one_whole_output(folder)
            self._model = _opened(folder)
            # The first text read is a long one: a limit beyond the model's own fails here, at no question.
            whole = bool(np.isfinite(self.scores("Which paper?", [_LONG])).all())
        except _UNREADABLE as error:
            why = (str(error).splitlines() or [""])[0]
            raise BadWeights(
                folder, f"cannot be loaded ({type(error).__name__}: {why}); {_ADVICE}"
            ) from error
        if not whole:
            raise BadWeights(folder, f"gives scores that are no numbers; {_ADVICE}")

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return float32, shape (len(texts),), in the order given: the raw output, higher is better.

        Equal texts have equal scores. Where question and text together have more word pieces than the model
        reads, the longer of the two is cut at its end. Only the score is of less than the whole then: nothing
        is quoted from here.
        """
        # Each once: the company that a text is padded for moves its score in the last digits.
        pairs = [(question, text) for text in dict.fromkeys(texts)]
        found = self._model.predict(pairs, batch_size=_BATCH, show_progress_bar=False)
        of_text = {text: score for (_, text), score in zip(pairs, found, strict=True)}
        return np.array([of_text[text] for text in texts], dtype=np.float32)


def _require_one_whole_output(folder: Path) -> None:
    """Refuse a model of several outputs, or one whose file lacks weights. Raises what the libraries raise.

    The library draws weights that the file lacks at random and goes on: texts would then be put in an order
    that means nothing. It is asked for the model by itself, since only then does it tell what it drew.
    """
    from transformers import AutoModelForSequenceClassification  # noqa: PLC0415 - imports torch
    from transformers.utils import logging  # noqa: PLC0415

    # Its bars and reports would stand among the service's own lines; what is wrong is said by BadWeights.
    reports: Any = logging
    reports.set_verbosity_error()
    reports.disable_progress_bar()
    model, told = AutoModelForSequenceClassification.from_pretrained(
        folder, local_files_only=True, trust_remote_code=False, output_loading_info=True
    )
    if (outputs := model.config.num_labels) != 1:
        raise BadWeights(folder, f"has {outputs} outputs and not one; {_ADVICE}")
    if told["missing_keys"]:
        lacking = ", ".join(sorted(told["missing_keys"])[:3])
        raise BadWeights(folder, f"model.safetensors lacks {lacking}; {_ADVICE}")


def _opened(folder: Path) -> Any:  # noqa: ANN401 - the library's own class
    from sentence_transformers import CrossEncoder as Library  # noqa: PLC0415 - imports torch: seldom wanted
    from torch.nn import Identity  # noqa: PLC0415

    # The raw output: squeezed between 0 and 1, as the library does unless told, the best texts become equal.
    return Library(str(folder), device="cpu", local_files_only=True, activation_fn=Identity())
