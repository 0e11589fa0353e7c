"""Offices as papers print them beside a name: at the head or foot of an agenda, in a header, in a text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qa_service.answering.drafts import Draft
from qa_service.answering.quotable import is_quotable
from qa_service.answering.signals import content_stems
from qa_service.answering.unranked import unranked_lines
from qa_service.answering.weighing import Weighed
from qa_service.domain.documents import Part, SegmentKind
from qa_service.domain.spans import Span
from qa_service.store.database import Connection
from qa_service.store.passages import StoredPassage

_HONOURS = re.compile(r"(?:,?\s+[A-Z]{2,5})+$")
_NAME = (
    r"(?:(?:Councillor|Cllr\.?|Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Professor)\s+(?:[A-Z][\w.]*\s+){0,2}"
    r"[A-Z][\w’'-]+|[A-Z][a-z]+\s+(?:[A-Z]\.?\s+)?[A-Z][a-z][\w’'-]*)(?:,?\s+[A-Z]{2,5}\b)*"
)
# "Mr Hale, Deputy Leader and Cabinet Member for Roads" holds two.
_OTHER_OFFICE = r"(?:[A-Z]\w+(?:\s+\w+){0,3}\s+and\s+)?"
# "A visit to Sallow Mill, Clerk to arrange": what an officer is to do, behind whatever stands before.
_NO_TASK = r"(?!\s+to\s+(?!the\b)[a-z])"
# Words with a capital letter that stand before an office and name nobody: "The Deputy Chief Executive".
_NO_NAMES = frozenset(
    """the our its deputy assistant acting interim former corporate county city borough district town parish
    community council committee panel cabinet board director directors head heads manager service services
    support report from to cc and chief executive leader group office officer general library regulations
    regulation hall centre school room association briefing agenda meeting item act policy plan trust road
    street lane park church house""".split()
)
# What may follow an office on its line where the line is no prose: an address, a date, a telephone number.
_PROSE = re.compile(r"(?<![\w@.])(?!of\b|and\b|for\b|the\b|to\b|on\b|at\b|in\b)[a-z]{2,}")
_AT_A_LINE = re.compile(r"(?:^|\n)[ \t>*#]*$")
_FRONTS = frozenset({Part.COVER, Part.AGENDA})

# Officers who send out agendas.
_SENDERS = (
    r"(?:Chief Executive|General Counsel|Monitoring Officer|Proper Officer|Managing Director|"
    r"(?:(?:Town|Parish|Council) )?Clerk|(?:(?:Corporate |Service |Assistant )?Director|Head) of [A-Z]\w+)\b"
)

_WHOSE_FIELD = re.compile(
    r"""^(?:and\ |so\ )?(?:who|which\ (?:[\w-]+\ ){0,2}(?:member|councillor|officer|director|person))\b
    (?:\s+(?:in|on|of|at)\s+(?:the\s+)?[\w’'-]+)?\s+
    (?:looks?\ after|looked\ after|(?:is|was)\ (?:in\ charge\ of|responsible\ for)|(?:has|had)\ charge\ of|
    (?:is|was)\ (?:the\ |our\ )?(?:lead|cabinet|executive|portfolio)
    \ (?:member|holder|councillor)\ (?:for|on|with)|
    runs?|ran|heads?(?:\ up)?|oversees|oversaw|leads?\ on|holds\ the\ brief\ for)
    \s+(?:the\s+)?(?P<field>[^?]+)""",
    re.IGNORECASE | re.VERBOSE,
)
_OF_MEMBERS = re.compile(r"\b(?:member|councillor|cabinet|executive|holder)\b", re.IGNORECASE)
_MEMBER = re.compile(r"^(?:Councillor|Cllr)\b|\bMember\b|\bLeader\b")
# "for the county": whose field it is limits the papers, and is not printed in it.
_OF_WHOM = re.compile(
    r"\s+(?:for|at|in|of)\s+(?:the|our)\s+(?:county|city|borough|district|town|council)\b.*"
)
_HELD = re.compile(rf"(?P<name>{_NAME})(?:,[ \t]*|[ \t]*\()(?P<office>[A-Z][^\n;:().]{{2,120}})")
_MORE_WORDS = 5  # that an office may have beside the field: "Director of ... and Health"


@dataclass(frozen=True, slots=True)
class _Printed:
    """A name with an office beside it, where it is to be quoted."""

    held_on: str
    surname: str
    draft: Draft


def printed_beside_a_name(
    reader: Connection, weighed: Weighed, office: str, *, on_fronts: bool = False
) -> list[Draft]:
    """Return the places that print an office beside a name, newest first, each person once.

    `on_fronts`: at the head or foot of an agenda, where any prints it there.
    """
    if not office.split():
        return []
    title = r"\s+".join(map(_spelt, office.split())) + r"\b(?!\s+(?:for|of)\s+(?!the\s+Council))"
    fronts, others = _on_fronts_and_elsewhere(reader, weighed, _beside(rf"(?i:{title})"))
    return _newest(fronts if on_fronts and fronts else [*others, *fronts])


def signatures(reader: Connection, weighed: Weighed) -> list[Draft]:
    """Return the names and offices of those who send out agendas, from head or foot, newest first."""
    return _newest(_on_fronts_and_elsewhere(reader, weighed, _beside(_SENDERS))[0])


def _beside(office: str) -> re.Pattern[str]:
    """Return the pattern of a name with an office before or behind it."""
    return re.compile(
        rf"(?P<before>{_NAME})(?:,?\s+|\s*\()(?:the\s+)?{_OTHER_OFFICE}{office}{_NO_TASK}"
        rf"|{office},?\s+(?P<behind>{_NAME})"
    )


def _on_fronts_and_elsewhere(
    reader: Connection, weighed: Weighed, printed: re.Pattern[str]
) -> tuple[list[_Printed], list[_Printed]]:
    fronts, others = _signed(reader, weighed, printed), list[_Printed]()
    for passage, score in _passages(weighed):
        for match in printed.finditer(passage.text):
            places = _places(passage, score, match, match["before"] or match["behind"])
            (fronts if passage.segment.part in _FRONTS else others).extend(places)
    return fronts, others


def _signed(reader: Connection, weighed: Weighed, printed: re.Pattern[str]) -> list[_Printed]:
    """Return the signatures that give an office below a name."""
    found: list[_Printed] = []
    for each in unranked_lines(reader, weighed, SegmentKind.SIGNATURE):
        match = printed.match(each.text)
        lines = _lines(each.text, match) if match else None
        if match and lines and (surname := _surname(match["before"] or match["behind"])):
            draft = Draft(each.document_id, (lines.shifted(each.start),), 0.0)
            found.append(_Printed(each.held_on, surname, draft))
    return found


def _surname(name: str) -> str | None:
    """Return the last word of a name without honours; None for words that name nobody."""
    words = [word.lower().strip(".,") for word in _HONOURS.sub("", name).split()]
    return None if _NO_NAMES.intersection(words) else words[-1]


def _spelt(word: str) -> str:
    """Return the pattern of one word of an office: directors are of their services, or for them."""
    return "(?:of|for)" if word.lower() in {"of", "for"} else re.escape(word)


def in_charge(weighed: Weighed, text: str) -> list[Draft]:
    """Return the places that print whose office the field is that a question names, newest first.

    "Who looks after libraries?" names no office, but every word of one: "Cabinet Member for Libraries". Of
    several offices that with the fewest other words answers; a member's, where a member is asked for.
    """
    asked = _WHOSE_FIELD.match(text)
    field = frozenset(content_stems(_OF_WHOM.sub("", asked["field"]))) if asked else frozenset()
    held: list[tuple[bool, int, _Printed]] = []
    for passage, score in _passages(weighed) if field else ():
        for match in _HELD.finditer(passage.text):
            office = set(content_stems(match["office"]))
            if field <= office and len(office) <= len(field) + _MORE_WORDS:
                of_a_member = _MEMBER.search(match["name"]) or _MEMBER.search(match["office"])
                fits = (of_a_member is not None) == (_OF_MEMBERS.search(text) is not None)
                places = _places(passage, score, match, match["name"])
                held += [(not fits, len(office), place) for place in places]
    best = min((each[:2] for each in held), default=None)
    return _newest(place for *how, place in held if tuple(how) == best)


def _passages(weighed: Weighed) -> Iterator[tuple[StoredPassage, float]]:
    """Yield the passages found, each once, with the score of its best sentence, best first."""
    seen: set[int] = set()
    for each in weighed.units:
        if each.passage.row not in seen:
            seen.add(each.passage.row)
            yield each.passage, each.score


def _places(passage: StoredPassage, score: float, match: re.Match[str], name: str) -> Iterator[_Printed]:
    """Yield the place of a match, if a person is named: the lines of a heading alone, else the sentence."""
    surname = _surname(name)
    if surname is None:
        return
    held_on = passage.segment.held_on
    lines = _lines(passage.text, match)
    spans = (lines.shifted(passage.span.start),) if lines else _sentence(passage, match)
    if spans:
        day = held_on.isoformat() if held_on else ""
        yield _Printed(day, surname, Draft(passage.document_id, spans, score))


def _lines(text: str, match: re.Match[str]) -> Span | None:
    """Return the lines on which a name and its office stand apart from prose; None where prose goes on.

    Where they are too few words to be quoted, the next line, the office's address, comes with them.
    """
    if not _AT_A_LINE.search(text[: match.start()]):
        return None
    end = _line_end(text, match.end())
    if _PROSE.search(text[match.end() : end]):
        return None
    if not is_quotable(text[match.start() : end]) and text[end : end + 1] == "\n":
        end = _line_end(text, end + 1)
    return Span(match.start(), match.start() + len(text[match.start() : end].rstrip()))


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end == -1 else end


def _sentence(passage: StoredPassage, match: re.Match[str]) -> tuple[Span, ...]:
    """Return the spans of the unit in which a name begins; none where no unit holds it."""
    at = match.start() + passage.span.start
    return next((unit.spans for unit in passage.units if unit.start <= at < unit.end), ())


def _newest(places: Iterable[_Printed]) -> list[Draft]:
    firsts: dict[str, Draft] = {}
    for place in sorted(places, key=lambda one: one.held_on, reverse=True):
        firsts.setdefault(place.surname, place.draft)
    return list(firsts.values())
