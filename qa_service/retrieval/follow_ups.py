"""Reads a question in the light of those before it: "and how long would they stay?"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from qa_service.domain.answers import Question
from qa_service.retrieval.districts import part_of
from qa_service.retrieval.names import names_in
from qa_service.retrieval.places import place_of
from qa_service.retrieval.pointed import Pointed, in_full, pointed_at
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
# "And the year after?", "And the year before that?", "And the next year?"
_NEXT_YEAR = re.compile(
    r"^(?:(?:and|but|so)\s+)?(?:(?:what|how)\s+about\s+)?(?:in\s+|for\s+)?the\s+(?:year\s+(?P<way>after|before)"
    r"(?:\s+(?:that|it))?|(?P<other>next|following|previous)\s+year)\W*$",
    re.IGNORECASE,
)
_NEXT_MONTH = re.compile(_NEXT_YEAR.pattern.replace("year", "month"), re.IGNORECASE)
_A_MONTH = 31  # days from the first of a month that always lie in the next
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
# A year, or two that hang together: "2016", "2016-17", "2016/2017".
_YEARS = re.compile(r"\b((?:19|20)\d{2})(?:([-–/])((?:19|20)?\d{2})(?!\d))?")
_BACK = frozenset({"before", "previous"})
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
# A question with this many words of its own stands alone, unless it points back; with the smaller number
# where it names something, too.
_STANDS_ALONE, _WITH_A_NAME = 14, 8
# Behind these another committee or time asks the question before them anew.
_NOT_AGAIN = frozenset({Pointed.MORE, Pointed.REASON, Pointed.PAGE, Pointed.ANOTHER})
_FULL_COUNCIL = re.compile(r"\bfull council\b", re.IGNORECASE)
# Words that are of any matter, or of what is done at any meeting: they name none of their own.
_OF_ANY_MATTER = frozenset(
    """cost costs costed price money amount deadline timetable date day month year report reports paper
    plan plans proposal proposals scheme idea reason reasons answer reply survey review update result motion
    amendment amendments decision recommendation recommendations item issue matter petition question risk
    risks figures chaired chair attend attended present absent away apologies proposed moved seconded voted
    vote votes full carried passed rejected discussed discuss considered consider done do did else more first
    then there""".split()
)
_ARTICLES = re.compile(r"^(?:(?:in|on|for|at|of|by|from|the|a|an)\s+)+", re.IGNORECASE)

_PREPOSITIONS = re.compile(r"^(?:(?:in|on|for|at|of|by|from|about|with|over)\s+)+", re.IGNORECASE)
# "What did Cabinet decide about the library in January?": the subject stands up to a name of the scope.
_SUBJECT = (
    r"\b(?:decid\w*|decisions?|agreed?|agreement|resolv\w*|sa(?:y|id)|promis\w*|recommend\w*|discuss\w*|"
    r"approv\w*|vot\w+|done?|happened)\s+(?:(?:on|about|over|regarding|with|to)\s+)(?P<subject>\S.*?)"
    r"(?=\s+(?:(?:in|on|at|of|for|by)\s+)?(?:the\s+)?(?:{names})|[\s?.]*$)"
)
_IN_A_PLACE = re.compile(r"\b(?:in|at|near|for|from|to|around)\s+(?:the\s+)?$", re.IGNORECASE)

_BARE_MONTH = re.compile(r"\b(?:in|of)\s+(?P<month>[A-Z][a-z]+)$", re.IGNORECASE)
_JOINT = re.compile(r"(?:^|[\s,]+)(?:in|on|at|of|for|back|and|,)*\s*$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Following:
    """A question as it goes on from those before it.

    `own`: what it asks itself; `before`: the question that it goes on from, whole, None where it stands
    alone; `whole`: one text that can be understood alone, whose last sentence asks; `put_in`: a name that a
    follow-up puts in place of what was asked about, which no limit can hold it to.
    """

    own: str
    before: str | None
    whole: str
    put_in: str | None = None

    @classmethod
    def alone(cls, text: str, before: str | None = None) -> "Following":
        """Return a question whose text says all."""
        return cls(text, before, text)


def followed(question: Question, catalogue: Catalogue, today: date) -> Following:
    """Return how a question goes on from its history, oldest turn first; each turn may go on from another.

    "And two years later?" moves the year of the earlier question, "And Highways?" its committee; anything
    else is asked beside it. What points at the item that was answered from ("who seconded it?") leaves that
    item in place: the next turn goes on from the question that brought it.
    """
    following: Following | None = None
    for text in [*(turn.question for turn in question.history), question.text]:
        following = _following(following, text, catalogue, today)
    assert following is not None  # the question itself is the last of its turns
    return following


def _following(last: Following | None, text: str, catalogue: Catalogue, today: date) -> Following:
    if last is None:
        return Following.alone(text)
    text = in_full(text, last.own)
    # What pointed at the item asked nothing that a later turn could stand beside.
    points = last.before is not None and last.own != last.whole and pointed_at(last.own) is not None
    before = last.before if points and last.before is not None else last.whole
    if pointed_at(text) is not None:
        return _beside(text, before, last.put_in)
    if _stands_alone(text, before, catalogue, today):
        return Following.alone(text)
    moved = _in_other_time(text, before, today)
    put_in = last.put_in
    if moved is None and (placed := _IN_PLACE.match(text.strip())):
        moved = before
        for part in _parts(placed["rest"].strip(), before, catalogue, today):
            if not _is_limit(part, moved, catalogue, today):
                points, put_in = False, _name_of(part)
            moved = _placed(moved, part, catalogue, today)
    if moved is None:
        return _beside(text, before, put_in)
    # "Who seconded it?", "And in May?": of what was decided in May the same is asked.
    again = points and pointed_at(last.own) not in _NOT_AGAIN
    return _beside(last.own, moved, put_in) if again else Following(moved, before, moved, put_in)


def _beside(text: str, before: str, put_in: str | None) -> Following:
    return Following(text, before, f"{before.rstrip('?. ')}. {text}", put_in)


def _in_other_time(text: str, before: str, today: date) -> str | None:
    """Return the earlier question with its years or month moved as a follow-up says; None where none are."""
    if not _YEAR.search(before):
        return None
    if (month := _NEXT_MONTH.match(text.strip())) and (
        mention := next(iter(date_mentions(before, today)), None)
    ):
        first = mention.first
        if first is None or not month_alone(before[mention.start : mention.end].split(maxsplit=1)[0]):
            return None
        back = (month["way"] or month["other"]).lower() in _BACK
        moved = first - timedelta(days=1) if back else first + timedelta(days=_A_MONTH)
        return f"{before[: mention.start]}{moved:%B %Y}{before[mention.end :]}"
    if later := _LATER.search(text):
        count = _NUMBERS.get(later["count"].lower()) or int(later["count"])
        if later["unit"].lower().startswith("month"):
            count = 0
        sign = -1 if later["way"].lower() in {"earlier", "before", "previously"} else 1
        return _moved(before, sign * count)
    if next_year := _NEXT_YEAR.match(text.strip()):
        return _moved(before, -1 if (next_year["way"] or next_year["other"]).lower() in _BACK else 1)
    return None


def _stands_alone(text: str, before: str, catalogue: Catalogue, today: date) -> bool:
    if _POINTS_BACK.search(text):
        return False
    names = names_in(text) or _YEAR.search(text)
    if len(text.split()) >= (_WITH_A_NAME if names else _STANDS_ALONE):
        return True
    return _names_meeting_and_matter(text, before, catalogue, today)


def _names_meeting_and_matter(text: str, before: str, catalogue: Catalogue, today: date) -> bool:
    """Return whether a question names whose meeting it asks of and, besides, its year or another subject."""
    bodies = list(dict.fromkeys(body for _, body in catalogue.bodies))
    held = [*_places(catalogue), *bodies, *(part for body in bodies if (part := part_of(body)))]
    named = [name for name in held if re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)]
    if not named and not _FULL_COUNCIL.search(text):
        return False
    dates = [text[each.start : each.end] for each in date_mentions(text, today)]
    if any(_YEAR.search(each) for each in dates):
        return True
    subject = set(_words(topic_of(text, (*named, *dates)))) - _OF_ANY_MATTER
    return bool(subject - set(_words(before)))


def _parts(rest: str, before: str, catalogue: Catalogue, today: date) -> list[str]:
    """Return what is put otherwise, the time of "Highways, in March" and "the tolls in May" by itself."""
    time = next(iter(date_mentions(rest, today)), None)
    bare = _BARE_MONTH.search(rest)
    start = time.start if time else bare.start() if bare and month_alone(bare["month"]) else 0
    other = _JOINT.sub("", rest[:start])
    whose = _POSSESSIVE.sub("", _ARTICLES.sub("", other))
    if not whose:
        return [rest]
    limits = _is_place(whose, catalogue) or _bodies_of(whose, catalogue)
    if limits or _subject_in(before, _names_of_scope(before, catalogue, today)):
        return [other, rest[len(other) :].lstrip(" ,")]
    return [rest]


def _names_of_scope(before: str, catalogue: Catalogue, today: date) -> tuple[str, ...]:
    """Return the places, bodies and dates that a question names or may name."""
    bodies = dict.fromkeys(body for _, body in catalogue.bodies)
    dates = (before[each.start : each.end] for each in date_mentions(before, today))
    return (*_places(catalogue), *bodies, *dates)


def _is_limit(rest: str, before: str, catalogue: Catalogue, today: date) -> bool:
    """Return whether what is put otherwise is a body, a council or a time, and no other subject."""
    said = _ARTICLES.sub("", rest)
    if _bodies_of(said, catalogue) or _is_place(_POSSESSIVE.sub("", said), catalogue):
        return True
    return any(date_mentions(said, today)) or bool(month_alone(said) and _YEAR.search(before))


def _placed(before: str, rest: str, catalogue: Catalogue, today: date) -> str:
    """Return the question before with its committee, council or date, or else its subject, put otherwise."""
    said = _ARTICLES.sub("", rest)
    bodies = list(dict.fromkeys(body for _, body in catalogue.bodies))
    if meant := _bodies_of(said, catalogue):
        # A body of one part of the area is called by that part: "What did Saxby West agree?"
        old = [*bodies, *(part for body in bodies if (part := part_of(body)))]
        return _put(before, old, meant[0] if len(meant) == 1 else said)
    places, place = _places(catalogue), _POSSESSIVE.sub("", said)
    if _is_place(place, catalogue):
        return _put(before, places, place)
    dates = [before[each.start : each.end] for each in date_mentions(before, today)]
    if dates and (month := month_alone(said)) and (year := _YEAR.search(dates[0])):
        said = f"{month} {year.group()}"
    if any(date_mentions(said, today)):
        return _put(before, dates, said, joint="in")
    return _of_other_thing(before, rest, _names_of_scope(before, catalogue, today))


def _name_of(part: str) -> str | None:
    """Return what is put otherwise where it is a name: "Barham", "the Otter Valley"; else None."""
    said = _POSSESSIVE.sub("", _ARTICLES.sub("", _PREPOSITIONS.sub("", part)))
    return said if said[:1].isupper() else None


def _of_other_thing(before: str, rest: str, names: tuple[str, ...]) -> str:
    """Return the question before asked of another person, place or subject; `names` are of its scope."""
    said, subject = _ARTICLES.sub("", rest), _subject_in(before, names)
    if said[:1].isupper():
        # "And the Otter Valley?": of the other place or person, named or not, the same is asked.
        named = names_in(before, names)
        if named and not (subject and _is_part_of(named[-1], subject[0])):
            return before.replace(named[-1], said)
        if not subject:
            return f"{before.rstrip('?. ')}, {rest}?"
    if subject:
        first, last = subject.span("subject")
        return f"{before[:first]}{_PREPOSITIONS.sub('', rest)}{before[last:]}"
    kept = before
    for word in topic_of(before, names).split():
        kept = re.sub(rf"\b{re.escape(word)}\b", " ", kept, count=1)
    return f"{' '.join(kept.split()).rstrip('?. ')} {rest}?"


def _subject_in(before: str, names: Sequence[str]) -> re.Match[str] | None:
    """Return what one question says that something was done about; None where its words do not tell it."""
    scope = "|".join(rf"{re.escape(name)}\b" for name in sorted(names, key=len, reverse=True))
    return re.search(_SUBJECT.format(names=scope or r"(?!)"), before, re.IGNORECASE)


def _is_part_of(name: str, subject: str) -> bool:
    """Return whether a thing is called by a name: "the Hill Road crossing", and not one "in Hill"."""
    at = subject.find(name)
    return at >= 0 and _IN_A_PLACE.search(subject[:at]) is None


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


def _moved(before: str, years: int) -> str:
    """Return the earlier question with its years moved."""

    def moved(found: re.Match[str]) -> str:
        first = str(int(found[1]) + years)
        if found[3] is None:
            return first
        last = str(int(found[3]) + years).zfill(2)[-len(found[3]) :]
        return f"{first}{found[2]}{last}"

    return _YEARS.sub(moved, before)
