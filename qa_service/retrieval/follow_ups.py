"""Reads a question in the light of those before it: "and how long would they stay?"."""

import re
from dataclasses import replace

from qa_service.domain.answers import Question

# Words that point back to something said before.
_POINTS_BACK = re.compile(
    r"^(?:and|but|so|also|then|what about|how about)\b"
    r"|\b(?:it|its|that|this|those|these|they|them|their|he|she|his|her|there|then|same|one|ones)\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\b(?P<count>\d+|a|an|one|two|three|four|five|six|ten)\s+(?P<unit>years?|months?)\s+"
    r"(?P<way>later|on|after|earlier|before|previously)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
# A question with this many words of its own stands alone, unless it points back.
_STANDS_ALONE = 9


def standalone(question: Question) -> Question:
    """Return the question with the words of the one before it, where it cannot be understood alone.

    "And two years later?" moves the year of the earlier question instead of repeating it.
    """
    if not question.history:
        return question
    text = question.text
    if len(text.split()) >= _STANDS_ALONE and not _POINTS_BACK.search(text):
        return question
    before = question.history[-1].question
    if later := _LATER.search(text):
        return replace(question, text=_moved(before, later))
    return replace(question, text=f"{before.rstrip('?. ')}. {text}")


def _moved(before: str, later: re.Match[str]) -> str:
    """Return the earlier question with its year moved."""
    count = _NUMBERS.get(later["count"].lower()) or int(later["count"])
    if later["unit"].lower().startswith("month"):
        count = 0
    sign = -1 if later["way"].lower() in {"earlier", "before", "previously"} else 1
    return _YEAR.sub(lambda year: str(int(year.group()) + sign * count), before)
