"""Recorded votes: names and counts as printed; nothing is inferred."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.documents.clauses import words_of
from qa_service.documents.layout import Layout
from qa_service.documents.markers import Style
from qa_service.documents.paragraphs import Paragraph
from qa_service.documents.people import people_in
from qa_service.domain.resolutions import Outcome, Vote
from qa_service.domain.spans import Span

_SIDE = re.compile(
    r"(?P<side>For|Against|Abstain(?:ed|ing)?|Abstentions?)\s*(?:\((?P<count>\d+)\)|:)\s*", re.IGNORECASE
)
_PUT = re.compile(
    r"\b(?:put|puts)\b.{0,160}\b(?:to (?:the|a) vote|motion|amendment)\b|\bvoting was as follows\b|"
    r"\bto the vote\b|"
    r"\brecorded vote\b|\bon being put\b|\bresult of the (?:vote|voting)\b|"
    r"\b(?:called for|took|take|taken) a vote\b|"
    r"\bvote (?:was|be|would be) (?:taken|cast)\b",
    re.IGNORECASE,
)
# A side's name alone above its members, as what it was for may follow: "For the proposal:", "In favour (12)".
_LABEL = re.compile(
    r"(?P<side>For|In favour|Against|Abstain(?:ed|ing)?|Abstentions?)"
    r"(?: (?:of )?(?:the |this )?(?:[\w\u2019']+ ){0,3}"
    r"(?:motion|amendment|proposal|recommendation|resolution|deferral|rejection|adjournment)"
    r"(?: (?:to|of) [^.:]{3,90})?)?\s*[:\u2013-]?\s*(?:\(?(?P<count>\d{1,3})\)?\.?)?",
    re.IGNORECASE,
)
_SURNAME = r"[A-Z\u00c0-\u00de][\w'\u2019]+(?: \([A-Z]\))?"
_MEMBERS = re.compile(rf"(?:Councillors?|Cllrs?|Cmhlr|Mayor)\b|{_SURNAME}(?:, {_SURNAME})+")
_COUNTED = re.compile(r"(?:^|.*\s)\((?P<count>\d{1,3})\)\.?")
_NO_ABSTENTIONS = re.compile(r"There were no abstentions\.?", re.IGNORECASE)
_DECLARED = re.compile(
    r"\b(?:declared|therefore|accordingly)\b[^.]{3,160}?\b(?P<fate>carried|defeated|lost|adopted|rejected|passed)\b",
    re.IGNORECASE,
)
_FATE = re.compile(
    r"(?:the )?(?P<what>(?:substantive )?(?:motion|amendment|recommendations?(?: \w+)?|"
    r"proposal)s?(?: (?:No\.? ?)?\d{1,2})?)\s*(?:,? as amended,?)?\s*"
    r"(?:was|were|be)?\s*(?P<fate>carried|lost|agreed|approved|withdrawn|fell|falls|defeated|"
    r"not (?:carried|approved|agreed))"
    r"(?: unanimously)?\b(?: by (?:\d+ votes? to \d+|a majority)| on a show of hands)?|"
    r"(?P<agreed>agreed(?: unanimously)?)\.?$",
    re.IGNORECASE,
)
# Where a sentence begins and ends: after a stop, a blank line or a paragraph's number.
_OPENED = re.compile(r"(?:^|[.:;]\s+|\n[ \t]*\n\s*)(?:\(\d+\)\s+)?(?=\S)")
_CLOSED = re.compile(r"\.(?=\s|$)|(?=\n[ \t]*\n)")
_UNANIMOUS = re.compile(r"\bunanimous(?:ly)?\b|\bgyda phawb yn gyt\u00fbn\b", re.IGNORECASE)
_WAS_AGREED = re.compile(
    r"\b(?:it|this) was (?:unanimously )?agreed\b|\bwas agreed unanimously\b", re.IGNORECASE
)
_COUNTS = re.compile(
    r"\((?P<for>\d+) For,? (?:and )?(?P<against>\d+) Against(?:,? (?:and|"
    r"with) (?P<abstain>\d+) Abst\w+)?\.?\)",
    re.IGNORECASE,
)
_SMALL = (
    "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
_COUNT_WORDS = {"none": 0, "nil": 0, "a": 1, "an": 1} | {word: n for n, word in enumerate(_SMALL)}
_COUNTED_AS = rf"(?:\d{{1,3}}|{'|'.join(_COUNT_WORDS)})"
_TOLD = re.compile(
    rf"\bby (?P<for>{_COUNTED_AS})(?: votes?)? to (?P<against>{_COUNTED_AS})\b"
    rf"(?:,? (?:with|and) (?P<abstain>{_COUNTED_AS}) (?:abstentions?|abstaining)\b)?",
    re.IGNORECASE,
)
_REMARK = 8  # words behind a fate that leave it one: "No names were taken."
_CLOSING = re.compile(
    r"[.;,] (?:(?:and )?(?:it|this) was (?:unanimously )?agreed(?: unanimously)?|Agreed unanimously)\.?$"
)
_FATES = {
    "carried": Outcome.CARRIED,
    "agreed": Outcome.CARRIED,
    "approved": Outcome.CARRIED,
    "lost": Outcome.LOST,
    "fell": Outcome.LOST,
    "falls": Outcome.LOST,
    "defeated": Outcome.LOST,
    "withdrawn": Outcome.WITHDRAWN,
    "adopted": Outcome.CARRIED,
    "passed": Outcome.CARRIED,
    "rejected": Outcome.LOST,
}
_REFERENCE = re.compile(r"\b(?:in|at|under) (?:Item \d+, )?paragraphs? (\d{1,3})\b")


@dataclass(frozen=True, slots=True)
class Voting:
    """One vote as found: paragraphs `first` to `last`, the fate, and the paragraph that it was on.

    `labelled` says that sides were read by their names alone: what they were for stands in the words above.
    """

    first: int
    last: int
    vote: Vote
    outcome: Outcome
    on_paragraph: str | None
    labelled: bool = False


def fate_of(words: str) -> Outcome:
    """Return the fate that words state; UNSTATED where they state none."""
    match = _FATE.search(words)
    if match is None:
        return Outcome.CARRIED if _WAS_AGREED.search(words) else Outcome.UNSTATED
    if match["agreed"]:
        return Outcome.CARRIED
    fate = match["fate"].lower()
    return Outcome.LOST if fate.startswith("not ") else _FATES[fate]


def fate_sentence(words: str) -> tuple[int, int] | None:
    """Return start and end of the first sentence that states a fate; None where none does."""
    match = _FATE.search(words)
    if match is None:
        return None
    start = match.start()
    if words[words.rfind("\n", 0, start) + 1 : start].strip():  # it does not open its line
        start = max((found.end() for found in _OPENED.finditer(words, 0, start + 1)), default=0)
    closed = _CLOSED.search(words, match.end())
    return start, closed.end() if closed else len(words.rstrip())


def is_fate(paragraph: Paragraph) -> bool:
    """Return whether a paragraph is a fate, with a short remark at most: "Amendment lost."."""
    words = paragraph.text
    match = _FATE.match(words)
    rest = words[match.end() :] if match else words
    is_remark = rest.startswith(". ") and len(rest.split()) <= _REMARK
    return match is not None and (len(rest) <= 3 or is_remark)  # noqa: PLR2004  (a full stop, a bracket)


def closing_fate(paragraph: Paragraph) -> Outcome:
    """Return the fate that a paragraph ends with: "... be elected. Agreed unanimously."."""
    match = _CLOSING.search(paragraph.words)
    return Outcome.CARRIED if match else Outcome.UNSTATED


def opens_vote(paragraph: Paragraph) -> bool:
    """Return whether a paragraph says that something was put to the vote."""
    return _PUT.search(paragraph.text) is not None and not paragraph.row


def is_side(paragraph: Paragraph) -> bool:
    """Return whether a paragraph opens one side of a recorded vote: "For (41)"."""
    return _SIDE.match(paragraph.text) is not None


def opens_side(paragraphs: Sequence[Paragraph], place: int) -> bool:
    """Return whether a paragraph opens one side: by its form, or by its name alone above members."""
    if is_side(paragraphs[place]):
        return True
    labelled = _LABEL.fullmatch(paragraphs[place].text) is not None and place + 1 < len(paragraphs)
    return labelled and _MEMBERS.match(paragraphs[place + 1].text) is not None


def voting_at(layout: Layout, paragraphs: Sequence[Paragraph], first: int) -> Voting:
    """Return the vote that the paragraph number `first` opens: its sides, names and fate."""
    last = first
    sided = opens_side(paragraphs, first)
    outcome = fate_of(paragraphs[first].text) if not sided else Outcome.UNSTATED
    place = first + 1
    while place < len(paragraphs) and outcome is Outcome.UNSTATED:
        paragraph = paragraphs[place]
        if is_fate(paragraph):
            outcome, last = fate_of(paragraph.text), place
        elif sided and (declared := _DECLARED.search(paragraph.text)):
            outcome, last = _FATES[declared["fate"].lower()], place
        elif opens_side(paragraphs, place) or (sided and _goes_on(layout, paragraph)):
            sided, last = True, place
        else:
            break
        place += 1
    vote = _vote(layout, paragraphs[first : last + 1])
    reference = _REFERENCE.search(paragraphs[first].text)
    voted = paragraphs[first : last + 1]
    labelled = any(_LABEL.fullmatch(each.text) and not is_side(each) for each in voted)
    return Voting(first, last, vote, outcome, reference[1] if reference else None, labelled)


def _goes_on(layout: Layout, paragraph: Paragraph) -> bool:
    """Return whether a paragraph below a side's label is the vote still: names, a count, no abstentions."""
    counted = _COUNTED.fullmatch(paragraph.words) is not None and len(paragraph.words.split()) == 1
    return counted or _NO_ABSTENTIONS.match(paragraph.text) is not None or _is_names(layout, paragraph)


def _is_names(layout: Layout, paragraph: Paragraph) -> bool:
    if paragraph.marker is not None:
        return False
    start, end = layout.lines[paragraph.first].start, layout.lines[paragraph.last].end
    people = people_in(layout.text, start, end)
    return bool(people) and len(paragraph.words.split()) <= 6 * len(people) + 2  # titles, initials, honours


def _vote(layout: Layout, paragraphs: Sequence[Paragraph]) -> Vote:
    names: dict[str, list[str]] = {"f": [], "ag": [], "ab": []}
    counts: dict[str, int | None] = {"f": None, "ag": None, "ab": None}
    side = ""
    for paragraph in paragraphs:
        match = _SIDE.match(paragraph.text) or _LABEL.fullmatch(paragraph.text)
        if match:
            side = _key(match["side"])
            counts[side] = int(match["count"]) if match["count"] else None
        marker = paragraph.marker
        if side and not match and marker is not None and marker.style is Style.BRACKETED_NUMBER:
            counts[side] = marker.value  # below the names, on a line of its own
        if _NO_ABSTENTIONS.match(paragraph.text):
            counts["ab"] = 0
        elif side and not is_fate(paragraph) and not _DECLARED.search(paragraph.text):
            if counts[side] is None and (counted := _COUNTED.fullmatch(paragraph.words)):
                counts[side] = int(counted["count"])
            names[side].extend(_names(layout, paragraph, match))
    words = " ".join(paragraph.words for paragraph in paragraphs)
    printed = _COUNTS.search(words) or _TOLD.search(words)
    abstained = printed.groupdict().get("abstain") if printed else None
    spans = [span for paragraph in paragraphs for span in words_of(layout, paragraph)]
    return Vote(
        Span(spans[0].start, spans[-1].end),
        supporters=tuple(names["f"]),
        opponents=tuple(names["ag"]),
        abstainers=tuple(names["ab"]),
        for_count=_count(printed["for"]) if printed else counts["f"],
        against_count=_count(printed["against"]) if printed else counts["ag"],
        abstained_count=_count(abstained) if abstained else counts["ab"],
        unanimous=_UNANIMOUS.search(words) is not None,
    )


def told_vote(text: str, start: int, end: int) -> Vote | None:
    """Return the vote that `text[start:end]` tells in running words, "by five votes to one"; else None."""
    told = _TOLD.search(text, start, end)
    if told is None:
        return None
    return Vote(
        Span(told.start(), told.end()),
        for_count=_count(told["for"]),
        against_count=_count(told["against"]),
        abstained_count=_count(told["abstain"]) if told["abstain"] else None,
    )


def _count(printed: str) -> int:
    """Return a count that is printed in figures or, up to twenty, in words."""
    return int(printed) if printed.isdigit() else _COUNT_WORDS[printed.lower()]


def _key(side: str) -> str:
    printed = side.lower()
    return "f" if printed.startswith(("f", "in")) else printed[:2]


def _names(layout: Layout, paragraph: Paragraph, side: re.Match[str] | None) -> list[str]:
    lines = layout.content_between(paragraph.first, paragraph.last + 1)  # blank ones part nobody here
    words = "\n".join(layout.text[layout.lines[index].start : layout.lines[index].end] for index in lines)
    if side is not None:
        words = words[words.find(side[0].strip()) + len(side[0].strip()) :]
    return [person.name for person in people_in(words, 0, len(words))]


def sides_in(text: str) -> list[tuple[str | None, int, int]]:
    """Return the stretches of a printed vote, in order: side or None, start, end; together all of the text.

    A side is "for", "against" or "abstain"; None stands for what is said before the sides and after them.
    """
    marks: list[tuple[str | None, int]] = [(None, 0)]
    for line in re.finditer(r"^[ \t]*(?=\S)", text, re.MULTILINE):
        side = _SIDE.match(text, line.end()) or _labelled(text, line.end())
        if side is not None:
            marks.append((_side_of(side), line.end()))
        elif marks[-1][0] is not None and _FATE.match(text, line.end()):
            marks.append((None, line.end()))
    ends = [*(start for _, start in marks[1:]), len(text)]
    return [(side, start, end) for (side, start), end in zip(marks, ends, strict=True)]


def _labelled(text: str, start: int) -> re.Match[str] | None:
    """Return the match of a side's name that is all of a line, whatever its type."""
    start += len(text[start:]) - len(text[start:].lstrip("*_ "))
    end = text.find("\n", start)
    words = text[start : end if end != -1 else len(text)].rstrip("*_: ")
    return _LABEL.fullmatch(text, start, start + len(words))


def _side_of(match: re.Match[str]) -> str:
    return {"f": "for", "ag": "against", "ab": "abstain"}[_key(match["side"])]


def shown(vote: Vote) -> Vote | None:
    """Return the vote if it says anything: names, counts, or that it was unanimous."""
    counted = {vote.for_count, vote.against_count, vote.abstained_count} != {None}
    named = vote.supporters or vote.opponents or vote.abstainers
    return vote if vote.unanimous or named or counted else None
