"""Questions of several parts: "where and when is it going next?", "how many posts, and who runs them?"."""

import re

from qa_service.retrieval.asking import asking_sentence
from qa_service.store.lexical_index import STOP_WORDS

_BEFORE = r"(?:(?:on|in|by|for|to|from|at|with|under|of|since|until)\s+)?"
_WH = r"(?:who|whom|whose|what|when|where|why|which|how)"
_ASKS = rf"{_BEFORE}{_WH}\b(?!\s+(?:ever|not)\b)"
# "Where and when is it going next?": one sentence, asked twice.
_SHARED = re.compile(
    rf"^(?P<first>{_ASKS})\s+(?:and|or)\s+(?P<second>{_ASKS}(?:\s+(?:many|much|long|often))?)\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
_OPENS = re.compile(rf"^(?:and\s+|but\s+|so\s+)?{_ASKS}", re.IGNORECASE)
_YES_NO = r"(?:did|does|do|was|were|is|are|has|have|had|will|would|can)"
_JOINT = re.compile(
    rf"(?:,\s+|\s+)(?:and|but)\s+(?={_ASKS})|,\s+(?={_WH}\b\s+\w+\s+(?:each|them|it)\b)|,\s+(?:and|but)\s+(?={_YES_NO}\b)",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"^{_ASKS}(?:\s+(?:soon|many|much|long|often|far|one))?\s*\??$", re.IGNORECASE)
_WORD = re.compile(r"[\w’'-]+")
_LEAST_WORDS = 3
_MOST = 3


def parts_of(text: str) -> tuple[str, ...]:
    """Return the questions that a question asks, in order, each whole; one where it asks only one.

    What a bare question word asks ("... and when?") is asked of the first part's own words.
    """
    asked = asking_sentence(text)
    if shared := _SHARED.match(asked):
        return f"{shared['first']} {shared['rest']}", f"{shared['second'].capitalize()} {shared['rest']}"
    if not _OPENS.match(asked):
        return (text,)
    first, *others = (part.strip(" ?") for part in _JOINT.split(asked))
    if not others or len(first.split()) < _LEAST_WORDS or len(others) >= _MOST:
        return (text,)
    rest = _OPENS.sub("", first).strip()
    parts = [first, *(f"{part} {rest}" if _ALONE.match(part) else part for part in others)]
    return tuple(f"{part[0].upper()}{part[1:]}?" for part in parts)


def stands_alone(part: str) -> bool:
    """Return whether a part names its subject: "and how many of them?" does not."""
    words = [word for word in _WORD.findall(part.lower()) if word not in STOP_WORDS]
    return len(words) >= _LEAST_WORDS
