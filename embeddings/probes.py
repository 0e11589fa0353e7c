"""Sentences that an export is held to, and what the encoder of record makes of them."""

import json
from pathlib import Path

import numpy as np

from embeddings.encoder import Vectors, normalised

PROBES = (
    "The committee resolved that the annual report be noted.",
    "What did members decide about parking charges in the market towns?",
    "3.2 Revenue spending is forecast to exceed the budget by £1.4 million at the end of the third quarter.",
    "Present: the Chair, the Vice-Chair and six other members. Apologies were received from two.",
    "Flood",
    "A further report on library opening hours would come to the meeting on 14 March, with its costs.",
)
_RECORDED = Path(__file__).parent / "probe_vectors.json"


def recorded_vectors(sha256: str) -> Vectors | None:
    """Return what sentence-transformers makes of the probes with the weights of that hash, if it is recorded.

    Recorded are the pinned weights, to six decimals; a test marked `model` makes the vectors again.
    """
    recorded = json.loads(_RECORDED.read_text(encoding="utf-8"))
    if recorded["sha256"] != sha256:
        return None
    return normalised(np.array(recorded["vectors"], dtype=np.float32))
