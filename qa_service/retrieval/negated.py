"""Reads whether a question asks what is not so: "Who did not vote for the budget?"."""

import re

from qa_service.retrieval.asking import asking_sentence

_AUX = r"(?:did|do|does|was|were|is|are|has|have|had|will|would|can|could|should|must)"
# Words of the clause that asks: none that opens another ("the plan that was not built").
_WORD = r"(?:(?!(?:that|who|which|whose|where|when|if|because|so|or|whether|to)\b)[\w’'-]+\s+)"
_NOT = re.compile(
    rf"""(?:^|[.?!,;:–—]\s+|\b(?:and|but|so|in|of|from|for|to|by|with|at)\s+)
    (?:who|what|which|where|how\s+(?:many|much))\b\s*{_WORD}{{0,7}}?
    (?:{_AUX}\s+{_WORD}{{0,6}}?(?:not|never)\b(?!\s+(?:only|just)\b)
    | (?:did|do|does|was|were|is|are|has|have|had|wo|would|ca|could|should)n['’]t\b | cannot\b | never\b)""",
    re.IGNORECASE | re.VERBOSE,
)


def asks_what_is_not(text: str) -> bool:
    """Return whether the sentence that asks asks who or what did not, is not or was not."""
    return _NOT.search(asking_sentence(text)) is not None
