"""Reads a question in the light of those before it: "and how long would they stay?"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qa_service.domain.answers import Question
from qa_service.retrieval.names import names_in
from qa_service.retrieval.places import place_of
from qa_service.retrieval.question_dates import date_mentions, month_alone
from qa_service.retrieval.topic import topic_of
from qa_service.store.catalogue import Catalogue
from qa_service.store.lexical_index import STOP_WORDS

# Words that point back to something said before, wherever they stand.
_POINTS_BACK = re.compile(
    r"^(?:and|but|so|also|then|(?:what|who|where|when)\s+else|(?:what|how)\s+about)\b"
    r"|\b(?:it|this|these|those|they|them|he|she|him)\b",
    re.IGNORECASE,
)
# "What about Highways?", "And in June?": what is asked stands in the question before.
_IN_PLACE = re.compile(
    r"^(?:(?:and|but|so)\s+)?(?:(?:what|how)\s+about|and)\s+(?P<rest>(?!(?:(?:by|from|since|until|to|with|for)\s+)?"
    r"(?:who|whom|whose|what|which|when|where|why|how|did|do|does|was|were|is|are|has|have|had|will|would|can|could|"
    r"should|may|must)\b)[^?]+)\??$",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\b(?P<count>\d+|a|an|one|two|three|four|five|six|ten)\s+(?P<unit>years?|months?)\s+"
    r"(?P<way>later|on|after|earlier|before|previously)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
# A question with this many words of its own stands alone, unless it points back; with the smaller number
# where it names something, too.
_STANDS_ALONE, _WITH_A_NAME = 14, 8
_ARTICLES = re.compile(r"^(?:(?:in|on|for|at|of|by|from|the|a|an)\s+)+", re.IGNORECASE)

_JOINT = re.compile(r"(?:^|[\s,]+)(?:in|on|at|of|for|back|and|,)*\s*$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Following:
    """A question as it goes on from those before it.

    `own`: what it asks itself; `before`: the question that it goes on from, whole, None where it stands
    alone; `whole`: one text that can be understood alone, whose last sentence asks.
    """

    own: str
    before: str | None
    whole: str

    @classmethod
    def alone(cls, text: str, before: str | None = None) -> "Following":
        """Return a question whose text says all."""
        return cls(text, before, text)


def followed(question: Question, catalogue: Catalogue, today: date) -> Following:
    """Return how a question goes on from its history, oldest turn first; each turn may go on from another.

    "And two years later?" moves the year of the earlier question, "And Highways?" its committee; anything
    else is asked beside it.
    """
    following = Following.alone(question.text)
    before: str | None = None
    for text in [*(turn.question for turn in question.history), question.text]:
        following = _following(before, text, catalogue, today)
        before = following.whole
    return following


def _following(before: str | None, text: str, catalogue: Catalogue, today: date) -> Following:
    if before is None or _stands_alone(text):
        return Following.alone(text)
    if (later := _LATER.search(text)) and _YEAR.search(before):
        return Following.alone(_moved(before, later), before)
    if placed := _IN_PLACE.match(text.strip()):
        whole = before
        for part in _parts(placed["rest"].strip(), catalogue, today):
            whole = _placed(whole, part, catalogue, today)
        return Following.alone(whole, before)
    return Following(text, before, f"{before.rstrip('?. ')}. {text}")


def _stands_alone(text: str) -> bool:
    if _POINTS_BACK.search(text):
        return False
    names = names_in(text) or _YEAR.search(text)
    return len(text.split()) >= (_WITH_A_NAME if names else _STANDS_ALONE)


def _parts(rest: str, catalogue: Catalogue, today: date) -> list[str]:
    """Return what is put otherwise, the time of "Highways, in March" by itself."""
    time = next(iter(date_mentions(rest, today)), None)
    other = _JOINT.sub("", rest[: time.start]) if time else ""
    whose = _POSSESSIVE.sub("", _ARTICLES.sub("", other))
    if not whose or not (_is_place(whose, catalogue) or _bodies_of(whose, catalogue)):
        return [rest]
    return [other, rest[len(other) :].lstrip(" ,")]


def _placed(before: str, rest: str, catalogue: Catalogue, today: date) -> str:
    """Return the question before with its committee, council or date, or else its subject, put otherwise."""
    said = _ARTICLES.sub("", rest)
    bodies = list(dict.fromkeys(body for _, body in catalogue.bodies))
    if meant := _bodies_of(said, catalogue):
        return _put(before, bodies, meant[0] if len(meant) == 1 else said)
    places, place = _places(catalogue), _POSSESSIVE.sub("", said)
    if _is_place(place, catalogue):
        return _put(before, places, place)
    dates = [before[each.start : each.end] for each in date_mentions(before, today)]
    if dates and (month := month_alone(said)) and (year := _YEAR.search(dates[0])):
        said = f"{month} {year.group()}"
    if any(date_mentions(said, today)):
        return _put(before, dates, said, joint="in")
    names = (*places, *bodies, *dates)
    if said[:1].isupper():
        # "And the Otter Valley?": of the other place or person, named or not, the same is asked.
        named = names_in(before, names)
        return before.replace(named[-1], said) if named else f"{before.rstrip('?. ')}, {rest}?"
    kept = before
    for word in topic_of(before, names).split():
        kept = re.sub(rf"\b{re.escape(word)}\b", " ", kept, count=1)
    return f"{' '.join(kept.split()).rstrip('?. ')} {rest}?"


def _bodies_of(said: str, catalogue: Catalogue) -> list[str]:
    """Return the bodies whose names hold all the words said, each once."""
    words = set(_words(said)) - STOP_WORDS
    bodies = dict.fromkeys(body for _, body in catalogue.bodies)
    return [body for body in bodies if words and words <= set(_words(body))]


def _places(catalogue: Catalogue) -> list[str]:
    return [name for council in catalogue.councils for name in (council, place_of(council)) if name]


def _is_place(said: str, catalogue: Catalogue) -> bool:
    return any(said.lower() == name.lower() for name in _places(catalogue))


def _put(before: str, old: Sequence[str], new: str, joint: str = "at") -> str:
    """Return a question with the first of some names in it replaced and the others taken out."""
    found = re.compile(
        "|".join(rf"\b{re.escape(name)}\b" for name in sorted(old, key=len, reverse=True)), re.IGNORECASE
    )
    if not old or not found.search(before):
        return f"{before.rstrip('?. ')} {joint} {new}?"
    first, last = found.split(before, maxsplit=1)[0], found.split(before, maxsplit=1)[-1]
    return f"{first}{new}{found.sub('', last)}"


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _moved(before: str, later: re.Match[str]) -> str:
    """Return the earlier question with its year moved."""
    count = _NUMBERS.get(later["count"].lower()) or int(later["count"])
    if later["unit"].lower().startswith("month"):
        count = 0
    sign = -1 if later["way"].lower() in {"earlier", "before", "previously"} else 1
    return _YEAR.sub(lambda year: str(int(year.group()) + sign * count), before)
