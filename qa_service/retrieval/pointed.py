"""Follow-ups that ask one thing of the very item last answered from: "and the vote?", "who was there?"."""

import re
from enum import StrEnum
from itertools import product

from rapidfuzz.distance import OSA


class Pointed(StrEnum):
    """What is asked of the item, or of its meeting."""

    VOTE = "vote"
    MOVER = "mover"
    FATE = "fate"
    DUE = "due"
    SINCE = "since"
    BECAME = "became"
    OFFICER = "officer"
    PRESENT = "present"
    AWAY = "away"
    PAGE = "page"
    REASON = "reason"
    MORE = "more"
    ANOTHER = "another"


_IT = r"(?:it|that|this|that\ one|this\ one|them|those)"
_OPENING = re.compile(r"^(?:(?:and|but|so|ok|okay|then)\b[\s,]*)+|[\s?.!]+$", re.IGNORECASE)
_SOMEBODY = r"(?:people|members|councillors|of\ them)"
_DONE = (
    r"(?:followed\ (?:up|through)|done|acted\ on|carried\ out|dealt\ with|implemented|delivered|completed)"
)
_TITLE = r"(?:councillor|cllr|mr|mrs|ms|miss|dr|sir|dame|lord|lady)\.?"
_AFTER = r"(?:\ (?:since|next|after\ that|afterwards|later|in\ the\ end))"
_MEETING = r"(?:it|that|(?:the|that|this)\ meeting)"
# The whole question: whoever names a thing besides asks of that thing.
_PATTERNS = (
    (
        Pointed.VOTE,
        rf"""how\ many\ (?:{_SOMEBODY}\ )?(?:voted|were|was)\ (?:for|against|in\ favour)(?:\ (?:of\ )?{_IT})?
        | how\ many\ (?:{_SOMEBODY}\ )?(?:abstained|voted)(?:\ on\ {_IT})?
        | how\ many\ votes(?:\ (?:for|against))?(?:\ {_IT})?
        | how\ (?:did\ (?:they|members|councillors|people)\ vote|did\ the\ vote\ go)(?:\ on\ {_IT})?
        | how\ did\ (?:{_TITLE}\ )?(?:[\w'’.-]+\ ){{1,3}}vote(?:\ on\ {_IT})?
        | (?:was|were)\ there\ (?:a|any)\ (?:recorded\ )?votes?(?:\ on\ {_IT})?
        | did\ they\ vote(?:\ on\ {_IT})?
        | was\ {_IT}\ (?:put|taken)\ to\ (?:a|the)\ vote | was\ {_IT}\ unanimous
        | who\ (?:voted|was)\ (?:for|against|in\ favour)(?:\ (?:of\ )?{_IT})? | who\ abstained
        | what\ was\ the\ (?:vote|result\ of\ the\ vote)(?:\ on\ {_IT})?""",
    ),
    (
        Pointed.MOVER,
        rf"""who\ (?:proposed|moved|seconded|tabled|put\ forward)(?:\ (?:{_IT}|him|her))?
        | who\ put\ {_IT}\ forward
        | who\ was\ {_IT}\ (?:proposed|moved|seconded)\ by
        | who\ was\ the\ (?:proposer|mover|seconder)(?:\ of\ {_IT})?""",
    ),
    (
        Pointed.FATE,
        rf"""(?:was|were|is)\ {_IT}
        \ (?:agreed|carried|passed|approved|accepted|adopted|lost|defeated|rejected)
        (?:\ or\ not|\ in\ the\ end|\ by\ (?:them|members))?
        | did\ {_IT}\ (?:go\ through|pass|get\ (?:through|agreed|passed|carried))""",
    ),
    (
        Pointed.DUE,
        rf"""when\ (?:is|was|are|were)\ (?:{_IT}|they)\ due(?:\ back|\ by)? | by\ when
        | when\ (?:will|must|should)\ (?:{_IT}|they)\ be\ (?:done|ready|finished|completed)(?:\ by)?
        | (?:what|when)(?:\ is|\ was|['’]s)\ the\ (?:deadline|due\ date)(?:\ for\ {_IT})?
        """,
    ),
    (
        Pointed.SINCE,
        rf"""(?:was|were|has|have)\ (?:{_IT}|they)\ (?:been\ )?(?:ever\ )?(?:been\ )?{_DONE}
        (?:\ (?:since|yet|in\ the\ end|or\ not))?
        | did\ {_IT}\ (?:ever\ )?happen | did\ they\ (?:ever\ )?do\ {_IT}
        | (?:was\ there\ )?any\ follow[\ -]up""",
    ),
    (
        Pointed.BECAME,
        rf"""what\ (?:(?:has\ )?(?:happened|come|become)|came|became)\ (?:of|to|with)\ {_IT}{_AFTER}?
        | what\ happened{_AFTER}""",
    ),
    (
        Pointed.OFFICER,
        rf"""who(?:['’]s|\ is|\ was)\ (?:responsible|in\ charge|(?:to\ do|doing|dealing\ with)\ {_IT})
        (?:\ (?:for|of)\ {_IT})?
        | who\ (?:must|has\ to|will|should)\ do\ {_IT} | which\ officer(?:\ is\ (?:it|that|responsible))?""",
    ),
    (
        Pointed.AWAY,
        rf"""who\ (?:was|were)\ (?:absent|away|missing|not\ there)(?:\ from\ {_MEETING})?
        | who\ (?:was|were)n['’]t\ there
        | who\ (?:sent|gave)\ (?:their\ |his\ |her\ )?apologies(?:\ for\ {_MEETING})?
        | (?:were\ there\ )?any\ apologies | who\ (?:did\ not|didn['’]t)\ (?:come|attend|turn\ up)
        | who\ missed\ {_MEETING}""",
    ),
    (
        Pointed.PRESENT,
        rf"""who\ (?:was|were)\ (?:there|present|at\ {_MEETING})(?:\ at\ {_MEETING})?
        | who\ (?:attended|came|turned\ up|came\ to)(?:\ {_MEETING})?""",
    ),
    (
        Pointed.PAGE,
        rf"""(?:what|which)\ page(?:\ number)?(?:\ (?:is|was)\ {_IT}(?:\ on)?)?
        | on\ (?:what|which)\ page(?:\ is\ {_IT})? | where\ does\ it\ say\ (?:that|so|this)
        | where\ (?:is|was)\ {_IT}\ (?:written|printed|from)""",
    ),
    (
        Pointed.REASON,
        rf"why(?:\ not|\ (?:was|is)\ {_IT})? | how\ come | what\ (?:is|was)\ the\ reason(?:\ for\ {_IT})?",
    ),
    (
        Pointed.MORE,
        rf"""(?:tell\ me|say)\ more(?:\ (?:about|on)\ {_IT})?
        | (?:any\ )?more\ (?:details?|on\ {_IT}) | go\ on""",
    ),
    (
        Pointed.ANOTHER,
        r"""(?:(?:what|how)\ about\ )?(?:
        the\ (?:one|meeting|time)\ (?:before|after)(?:\ (?:that|it|this|last))?
        | the\ (?:previous|next|other)\ (?:one|meeting))""",
    ),
)
_COMPILED = tuple((kind, re.compile(text, re.IGNORECASE | re.VERBOSE)) for kind, text in _PATTERNS)
# "And the vote?", "What about the seconder?": a thing of the item is named and nothing asked of it.
_NAMED = (
    (r"votes?|voting|count|result of the vote", "How did they vote on it?"),
    (r"proposer|mover", "Who proposed it?"),
    (r"seconder", "Who seconded it?"),
    (r"deadline|due date", "When is it due?"),
    (r"page|page number", "What page is it on?"),
    (r"reason|reasons", "What was the reason for it?"),
    (r"apologies|absentees", "Who sent apologies?"),
    (r"attendance", "Who was there?"),
    (r"follow[ -]up", "Was it followed up?"),
    (r"officer|officer responsible", "Who is responsible for it?"),
    (r"people against|ones against|members against", "How many voted against it?"),
    (r"people for|ones for|members for", "How many voted for it?"),
)
_ABOUT = re.compile(
    r"^(?:(?:what|how) about )?(?:the |those |their )?(?P<thing>[a-z][a-z -]*)$", re.IGNORECASE
)
_FOR = re.compile(r"\b(?:for|in favour)\b", re.IGNORECASE)
_AGAINST = re.compile(r"\bagainst\b", re.IGNORECASE)
_OF_VOTE = re.compile(r"\b(?:voted?|votes|how many (?:were|was))\b", re.IGNORECASE)
_FOR_IT, _AGAINST_IT = "How many voted for it?", "How many voted against it?"
_OTHER_SIDE = re.compile(
    r"^(?:(?:what|how) about )?(?:the other side|the others?|(?P<side>for|against|in favour))$", re.IGNORECASE
)
# The words that such questions are made of, as a thumb may have meant them.
_WORDS = tuple(
    """who what when where why how which was were is are did has have there they it that this the for against
    voted vote votes proposed moved seconded seconder proposer agreed carried passed approved due deadline
    followed done happened page present absent apologies attended many abstained tell more about and was
    reason up on by me""".split()
)
_MOST_WORDS, _MOST_SLIPS = 8, 2
# Keys that lie side by side, either way.
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "poiuytrewq", "lkjhgfdsa", "mnbvcxz")


def pointed_at(text: str) -> Pointed | None:
    """Return what a question asks of the item last answered from; None where it asks anything more."""
    plain = _plain(text)
    return next((kind for kind, pattern in _COMPILED if pattern.fullmatch(plain)), None)


def in_full(text: str, before: str) -> str:
    """Return a follow-up as a whole question, slips of the keys mended; as it is where it is no such one.

    "And the vote?" is "How did they vote on it?"; "and the other side?" turns the side of `before` round. A
    slip is mended where one way of mending alone makes such a question.
    """
    plain = _plain(text)
    if pointed_at(plain) is not None:
        return text
    if (whole := _named(plain) or _of_other_side(plain, before)) is not None:
        return whole
    mended = [each for each in _mended(plain) if pointed_at(each) is not None]
    if len(mended) == 1:
        return f"{mended[0][0].upper()}{mended[0][1:]}?"
    named = {whole for each in _mended(plain) if (whole := _named(each)) is not None}
    return named.pop() if len(named) == 1 else text


def _plain(text: str) -> str:
    return " ".join(_OPENING.sub("", text.strip()).split())


def _named(plain: str) -> str | None:
    if (about := _ABOUT.match(plain)) is None:
        return None
    return next((whole for thing, whole in _NAMED if re.fullmatch(thing, about["thing"].lower())), None)


def _of_other_side(plain: str, before: str) -> str | None:
    """Return the question for the other side of a vote; None where the one before asked for none."""
    if not _OF_VOTE.search(before) or (found := _OTHER_SIDE.match(plain)) is None:
        return None
    if found["side"]:
        return _AGAINST_IT if _AGAINST.search(found["side"]) else _FOR_IT
    if _AGAINST.search(before):
        return _FOR_IT
    return _AGAINST_IT if _FOR.search(before) else None


def _mended(plain: str) -> list[str]:
    """Return the texts in which each strange word is one of such questions' words that is a slip away."""
    words = plain.lower().split()
    if len(words) > _MOST_WORDS:
        return []
    offered = []
    for word in words:
        near = [each for each in _WORDS if _is_slip(word, each)]
        offered.append([word] if word in _WORDS or not near else near)
    if sum(len(each) > 1 or each[0] != word for each, word in zip(offered, words, strict=True)) > _MOST_SLIPS:
        return []
    found = [" ".join(each) for each in product(*offered)]
    return [each for each in found if each != plain.lower()]


def _is_slip(typed: str, meant: str) -> bool:
    """Return whether a thumb may have typed a word for another: a letter lost, doubled, swapped or beside."""
    if OSA.distance(typed, meant, score_cutoff=1) != 1:
        return False
    wrong = [(one, other) for one, other in zip(typed, meant, strict=False) if one != other]
    return len(typed) != len(meant) or len(wrong) != 1 or any("".join(wrong[0]) in row for row in _ROWS)
