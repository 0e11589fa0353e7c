"""Which sentence of a question asks, where others tell what led to it."""

import re

# What opens a question: with a capital letter it also begins a sentence whose full stop was forgotten before.
_OPENERS = (
    "How|What|When|Where|Who|Whom|Whose|Which|Why|Can|Could|Do|Does|Did|Is|Are|Was|Were|Will|Would|"
    "Should|Shall|Must|May|Might|Am|Has|Have|Had"
)
# Behind a title a stop ends no sentence: "Cllr. Hask"; and none ends with "the": "the May meeting".
_NO_STOP = "".join(rf"(?<!\b{title}\.)" for title in ("Cllr", "Mr", "Mrs", "Ms", "Dr"))
_NO_END = "".join(
    rf"(?<!\b{word})" for word in ("the", "in", "of", "a", "last", "this", "next", "since", "until")
)
# A stop or question mark ends a sentence where a blank and a capital letter follow, or nothing.
_ENDS = re.compile(
    rf"(?<=[.?!]){_NO_STOP}\s+(?=[^a-z\s])|(?<=[a-z\d)”’'\"]){_NO_END}\s+(?=(?:{_OPENERS})\s+[a-z])"
)


def in_sentences(text: str) -> list[str]:
    """Return the sentences of a question in order, without blanks around."""
    return _ENDS.split(text.strip())


_ASKS = re.compile(rf"(?:^|[.!]\s+)(?:and |but |so )?(?:{_OPENERS})\b[^.?!]*$", re.IGNORECASE)


def with_question_mark(text: str) -> str:
    """Return a text with a question mark behind it where it has none and its last sentence asks."""
    asks = "?" not in text and _ASKS.search(text.rstrip()) is not None
    return f"{text.rstrip()}?" if asks else text


def asking_sentence(text: str) -> str:
    """Return the last sentence with a question mark, without blanks around; the whole text where none has."""
    return next((each for each in reversed(in_sentences(text)) if each.endswith("?")), text.strip())
