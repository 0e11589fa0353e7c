"""The head of a set of minutes: whose meeting, when held. It opens another meeting, even inside a pack."""

import re
from dataclasses import dataclass, replace
from datetime import date

from qa_service.documents.bodies import body_name, council_in
from qa_service.documents.dates import dates_in, first_date
from qa_service.documents.headings import is_capitals
from qa_service.documents.layout import Layout
from qa_service.domain.documents import Status

_WINDOW = 8  # content lines that a header's sentence takes at most,
_WINDOW_WORDS = 45  # or as many as hold so many words, where a converter set each word on a line
_ABOVE = 5  # content lines in which council and body stand above it
_CUE_WITHIN = 24  # content lines after which the roll must have begun
_KINDS = (
    r"(?:(?:remote|virtual|special|extraordinary|annual|ordinary|adjourned|informal|budget|monthly|"
    r"hybrid|full)"
    r" ){0,3}"
)
_ANCHOR = re.compile(
    r"(?:draft )?(?:"
    rf"(?:the )?minutes of (?:proceedings (?:of|at) )?(?:an?|the)? ?{_KINDS}meeting (?:of|to)\b|"
    rf"at an? {_KINDS}meeting of\b|"
    r"minutes of the meeting(?: held)?\b|"
    r"minutes of (?:the )?[A-Z]|"
    r"minutes of proceedings\b)",
    re.IGNORECASE,
)
_COUNCIL_MEETING = re.compile(
    r"(?P<council>.*\b(?:COUNCIL|CYNGOR)\b.*?)\s+(?:ANNUAL |EXTRAORDINARY )?(?:MEETING|"
    r"(?:CYFARFOD )?CYFARFOD(?: BLYNYDDOL| EITHRIADOL)?)\s+(?P<date>\d.*)"
)
_NOT_HEADERS = re.compile(
    r"previous|last meeting|\(pages?\b|\(item\b|\(copy|attached|to (?:confirm|approve)", re.IGNORECASE
)
_CUE = re.compile(
    r"(?:\W*)(?:members |also |councillors |those )?(?:present|in attendance|attendance|attendees|"
    r"chair(?:man|person)?"
    r"|in the chair|apologies|presennol|yn bresennol|officials|resolved)\b(?! of)",
    re.IGNORECASE,
)
_HELD = re.compile(r"\bheld\b|\bon (?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE)
_PLACE = re.compile(
    r"[,\s]+(?:held\b|to (?:discuss|consider|approve|adopt|elect)\b|on\b(?= \w*day)|"
    r"at\b(?! (?:[\w\u2018\u2019'()-]+ ){0,7}meeting)|in the\b|via\b).*",
    re.IGNORECASE,
)
_PANEL_MEETING = re.compile(  # "MINUTES OF PROCEEDINGS AT PLANNING COMMITTEE MEETING OF THE DISTRICT OF ..."
    r"\b(?:at|of) (?:an? |the )?(?P<panel>(?:(?!(?:proceedings|at|of) )[\w,&-]+ ){1,8}?"
    r"(?:sub-?committee|committee|panel|board|forum)) meeting(?:(?P<of> of .*)|$)",
    re.IGNORECASE,
)
_WAS_HELD = re.compile(
    rf"an? {_KINDS}meeting of (?:the )?(?P<body>.{{3,160}}?)(?: \([A-Z ]+\))? (?:was held|took place)\b",
    re.IGNORECASE,
)
_WERE_THERE = re.compile(r"\W*(?:the following|those) (?:members )?(?:were|attended|was)\b", re.IGNORECASE)
_OWNED = re.compile(r"^\s*(?:['\u2019]s\b)?\s*", re.IGNORECASE)
_UP_TO_KIND = re.compile(r".{3,120}?\b(?:sub-?committee|committee|spc|panel|board|forum)\b", re.IGNORECASE)
_LINK = re.compile(r"https?://|\]\(")  # the name of a file is no heading
_PROCEEDINGS = "MINUTES OF PROCEEDINGS"  # in capitals it opens minutes whatever follows
_CUT = re.compile(r"(?:draft )?minutes(?: of(?: proceedings)?(?: (?:at|of))?)?", re.IGNORECASE)
_OF = re.compile(r"(?:\s+of|(?<=meeting)\s+for)\s+", re.IGNORECASE)
_DASH_DATE = re.compile(r"(?P<body>[^\u2013-]{4,90}?)\s*[\u2013-]\s*(?P<date>\d.{4,40})")
_HELD_THEIR = re.compile(r"\bheld (?:their|its) meeting\b|^Cynhaliwyd\b", re.IGNORECASE)


_BANNER_LINES = 8  # lines between a banner and the header, blank ones among them
_DRAFT = re.compile(
    r"\W*(?:draft|(?:draft|unconfirmed) minutes\b.{0,60}|minutes \((?:draft|unconfirmed)\))\W*", re.IGNORECASE
)
_CONFIRMED = re.compile(r"\W*(?:confirmed minutes|minutes \(confirmed\))\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MinutesHeader:
    """`first` and `last` are lines; the roll and the minutes follow. `status` as a banner states it."""

    first: int
    last: int
    council: str | None
    body: str | None
    held_on: date | None
    status: Status = Status.UNKNOWN


def minutes_header(layout: Layout, at: int) -> MinutesHeader | None:
    """Return the header whose sentence starts at the content line number `at`; None where none does."""
    window = _window(layout, at)
    first = layout.lines[window[0]].plain
    if not first[:1].isalpha():
        return None
    if not (first.startswith(_PROCEEDINGS) or _has_cue(layout, at, len(window))):
        return None
    header = None
    if _WAS_HELD.match(opening := layout.words(window)):
        header = _by_report(layout, at, window)
    elif _ANCHOR.match(opening if _CUT.fullmatch(first) else first) and not _NOT_HEADERS.search(first):
        header = _by_sentence(layout, at, window)
    elif "MEETING" in first or "CYFARFOD" in first or "COUNCIL" in first or "CYNGOR" in first:
        header = _by_council(layout, window)
    return header and replace(header, status=_stated(layout, header))


def _stated(layout: Layout, header: MinutesHeader) -> Status:
    """Return what the header, or a banner on its page above it, says of the minutes' standing."""
    page = layout.lines[header.first].page
    above = range(max(0, header.first - _BANNER_LINES), header.first)
    banners = [line.plain for line in (layout.lines[index] for index in above) if line.page == page]
    if layout.lines[header.first].plain.lower().startswith("draft") or any(map(_DRAFT.fullmatch, banners)):
        return Status.DRAFT
    return Status.CONFIRMED if any(map(_CONFIRMED.fullmatch, banners)) else Status.UNKNOWN


def _window(layout: Layout, at: int) -> list[int]:
    """Return the lines that a header's sentence may take: some, or more that hold few words each."""
    taken: list[int] = []
    words = 0
    for index in layout.content[at : at + _WINDOW_WORDS]:
        words += len(layout.lines[index].plain.split())
        if len(taken) >= _WINDOW and words > _WINDOW_WORDS:
            break
        taken.append(index)
    return taken


def _has_cue(layout: Layout, at: int, window: int) -> bool:
    end = at + max(_CUE_WITHIN, window + _WINDOW)
    return any(_CUE.match(layout.lines[index].plain) for index in layout.content[at + 1 : end])


def _by_report(layout: Layout, at: int, window: list[int]) -> MinutesHeader | None:
    """Return the header "A meeting of the ... was held on ...", right above those who were there."""
    sentence: list[int] = []
    for place, index in enumerate(window):
        if _CUE.match(layout.lines[index].plain):
            break
        sentence.append(index)
        if _WERE_THERE.match(layout.lines[index].plain):
            break
        if place + 1 == len(window):
            return None
    words = layout.words(sentence)
    held = _WAS_HELD.match(words)
    held_on = first_date(words)
    if held is None or held_on is None:
        return None
    council = council_in(held["body"])
    body = body_name(held["body"], council)
    if body is None:
        return None
    heads, _ = _heads_above(layout, list(layout.content[max(0, at - _ABOVE) : at]))
    return MinutesHeader(heads[0] if heads else window[0], sentence[-1], council, body, held_on)


def _by_sentence(layout: Layout, at: int, window: list[int]) -> MinutesHeader | None:
    sentence: list[int] = []
    for index in window:
        if sentence and (_CUE.match(layout.lines[index].plain) or layout.lines[index].plain.endswith(":")):
            break
        sentence.append(index)
        if layout.lines[index].plain.endswith(".") and _dated(layout, sentence):
            break
    words = layout.words(sentence)
    above = layout.content[max(0, at - _ABOVE) : at]
    held = dates_in(words)
    held_on = next((mention.value for mention in held if mention.value), None)
    heads, dashed = _heads_above(layout, list(above))
    if held_on is None:
        held_on = dashed
    if held_on is None and not _HELD.search(words):
        return None
    council = council_in(words) or council_in("\n".join(layout.lines[index].plain for index in heads))
    body = _body_of(words, council) or _body_above(layout, heads, council)
    first = heads[0] if heads else window[0]
    if body is None and council is None and not (held_on and is_capitals(words)):
        return None
    return MinutesHeader(first, sentence[-1], council, body, held_on)


def _dated(layout: Layout, sentence: list[int]) -> bool:
    return bool(dates_in(layout.words(sentence)))


def _body_of(words: str, council: str | None) -> str | None:
    """Return the body of "AT A MEETING of the ... Panel of HAMPSHIRE COUNTY COUNCIL held ..."."""
    sentence = _PLACE.sub("", words)
    panel = _PANEL_MEETING.search(sentence)
    if panel is not None:
        whole = body_name(f"{panel['panel']}{panel['of'] or ''}", council)
        return whole or body_name(panel["panel"], council)
    if council:
        sentence = sentence.replace(" & ", " and ")
        named, of_council, rest = _partition(sentence, f" of {council}")
        rest = _OWNED.sub("", rest, count=1)
        if of_council and (body := body_name(rest, council)):
            return body
        if of_council and (panel := _UP_TO_KIND.match(rest)):  # its title runs into a sentence
            return body_name(panel[0], council)
        if of_council and (_OF.search(named) is None or named.lower().endswith("meeting")):
            return body_name(council, council)
        sentence = named
    for part in reversed(list(_OF.finditer(sentence))):  # "MINUTES of a meeting of the Cabinet": the last
        body = body_name(sentence[part.end() :], council)
        if body is not None:
            return body
    return None


def _partition(words: str, mark: str) -> tuple[str, str, str]:
    """As str.partition, whatever the case."""
    at = words.lower().find(mark.lower())
    return (words, "", "") if at == -1 else (words[:at], words[at : at + len(mark)], words[at + len(mark) :])


def _heads_above(layout: Layout, above: list[int]) -> tuple[list[int], date | None]:
    """Return the lines right above that name council or body, and the date that stands with them."""
    heads: list[int] = []
    dated: date | None = None
    for index in reversed(above):
        words = layout.lines[index].plain
        if _LINK.search(words):
            break
        dash = _DASH_DATE.fullmatch(words)
        if dash and (found := dates_in(dash["date"])):
            dated = found[0].value
        elif council_in(words) is None and body_name(words, None) is None:
            break
        heads.insert(0, index)
    return heads, dated


def _body_above(layout: Layout, heads: list[int], council: str | None) -> str | None:
    for index in reversed(heads):
        words = layout.lines[index].plain
        dash = _DASH_DATE.fullmatch(words)
        body = body_name(dash["body"] if dash else words, council)
        if body is not None and (body != council or len(heads) == 1):
            return body
    return None


def _by_council(layout: Layout, window: list[int]) -> MinutesHeader | None:
    """Return the header "... COMMUNITY COUNCIL / MEETING 9th MARCH 2016 / ... held their meeting at ..."."""
    for count in (1, 2, 3):
        match = _COUNCIL_MEETING.fullmatch(layout.words(window[:count]))
        if not match:
            continue
        held = dates_in(match["date"])
        council = council_in(match["council"] + "\n")
        if not held or held[0].value is None or council is None:
            return None
        last = window[count - 1]
        for index in window[count : count + 3]:
            if _CUE.match(layout.lines[index].plain):
                break
            if _HELD_THEIR.search(layout.lines[index].plain) or last != window[count - 1]:
                last = index
        return MinutesHeader(window[0], last, council, body_name(council, council), held[0].value)
    return None
