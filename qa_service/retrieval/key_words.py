"""Turns key words, as they are typed into a search box, into the plain question that they stand for.

"Apologies October 2020" asks who sent apologies, "vote solar farm" how a vote went: a noun asks where no verb
does. Only bare key words and noun phrases are read so; what holds a verb that asks, or tells, is left alone.
"""

import re
from calendar import month_abbr, month_name
from collections.abc import Sequence
from dataclasses import replace

from qa_service.domain.answers import Question
from qa_service.retrieval.places import place_of
from qa_service.store.catalogue import Catalogue
from qa_service.store.lexical_index import STOP_WORDS
from qa_service.store.vocabulary import Vocabulary

_FLAGS = re.IGNORECASE | re.VERBOSE
_MOST_WORDS = 14
# A verb that asks or tells, or a person who does: "was there", "I want", "tell me". "IT" may be a service.
_A_SENTENCE = re.compile(
    r"""[!;:\n] | [.?,]\s+\S+\s+\S+\s+\S+\s+\S
    | \b(?:is|are|am|was|were|be|been|being|do|does|did|done|has|have|had|will|would|can|could|should|shall|
      must|might|i|we|you|they|he|she|me|us|them|there|please|if|whether|because|that|whose|isn['’]t|wasn['’]t|
      didn['’]t|won['’]t|don['’]t|(?:what|who|when|where|how|it|i|we|they)['’][a-z]+)\b
    | ^(?:and|but|so|also|then|or|any(?:thing|body|one)?)\b
    | ^(?:tell|show|give|find|get|summari[sz]e|explain|describe|compare|say|remind|read|check|help|look|let|
      search|list(?!\ of)|name(?!\ of))\b""",
    _FLAGS,
)
# Whoever leaves out the question mark but no small word asks a whole question: "who voted for the budget".
_ASKS_WHOLE = re.compile(
    r"(?:who|whom|whose|what|when|where|which|why|how)\b.*\b(?:the|an?|to|for|of|in|on|at|by|from|with|about)\b",
    re.IGNORECASE,
)
_IT = re.compile(r"(?<!^)\bit\b")
_ASKS_FIRST = re.compile(r"(?:who|whom|whose|what|which|when|where|why|how)\b", re.IGNORECASE)
_LEADS = re.compile(
    r"^(?:(?:names?|list|details)\s+of\s+(?:the\s+)?|(?:who|what|when|how)\s+|the\s+)", re.IGNORECASE
)
_MONTHS = "|".join(
    sorted((name for name in (*month_name, *month_abbr, "Sept") if name), key=len, reverse=True)
)
_DATE = re.compile(
    rf"""(?:\b(?P<joint>in|on|at|for|of|from|since|before|after|by|until|till|to|between|and)\s+(?:the\s+)?)?
    \b(?P<date>(?P<day>\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?)?\b(?P<month>{_MONTHS})\b\.?
      (?P<year>,?\s+(?:19|20)\d{{2}}\b)?(?!\s*\d)
    | \d{{1,2}}[/.]\d{{1,2}}[/.]\d{{4}} | (?:spring|summer|autumn|winter)\s+(?:19|20)\d{{2}}\b)""",
    _FLAGS,
)
# "Since May" is a stretch of the subject's, and stays where it is.
_SIDE_BY_SIDE = frozenset({("", ""), ("", "to"), ("from", "to"), ("between", "and"), ("", "and")})
_JOINTS = frozenset({"", "in", "on", "at", "for", "of", "from"})

# What is left hanging, or asks by itself, is no subject.
_HANGS = re.compile(
    r"\b(?:of|on|for|to|in|at|by|the|and|a|an|from|with)$|\b(?:who|what|when|which|where|why|how)\b",
    re.IGNORECASE,
)
_BODY = (
    r"(?:(?!(?:of|on|about|who|what|when|which|where|why|how)\b)[\w&’',-]+\s+){0,8}?"
    r"(?:panel|(?:sub-?)?committee|cabinet|board|council|executive(?!\s+\w)|forum|meeting)s?"
)
_ON = r"(?:\s+(?:of|on|for|about|over|regarding|concerning|re|to|with))?\s+(?:the\s+)?"
_AT = r"(?:\s+(?:of|at|for|from|to|in|by))?\s+(?:the\s+)?"
_OFFICE = (
    r"(?:(?:vice[-\s]?|deputy\s+)?chair(?:man|woman|person)?|(?:deputy\s+)?leader|(?:town\s+|parish\s+)?clerk|"
    r"(?:lord\s+|deputy\s+)?mayor|treasurer|chief\s+executive|monitoring\s+officer|"
    r"(?:interim\s+|assistant\s+|corporate\s+)*director)"
)
# "Director of Public Health annual report" is a paper, "clerk of works vacancy" a post, and neither a person.
_NOBODY = (
    r"(?!.*\b(?:reports?|salary|pay|vacanc\w+|roles?|appointment|recruitment|statements?|announcements?|letters?|"
    r"updates?|elections?|allowances?|duties|decisions?|powers?|replacement|review|responsibilit\w+)\b)"
)
_DECISION = r"(?:decisions?|outcome|resolutions?|verdict)"
# "Decision making", "a decision notice", "outcome measures" are matters of their own.
_NO_DECISION = r"(?!\s+(?:mak\w+|notices?|records?|process\w*|report|measures?|framework|tree)\b)"
_DID = r"(?:decided?|resolved?|agreed?|settled?|approved?)"
_SOLD = r"(?:costs?|prices?)"
_NO_COST = r"(?!(?:\s+of)?\s+(?:living|savings?|pressures?|cent(?:re|er)s?|cutting|reductions?|benefits?)\b)"
_PLEDGES = r"(?:promises|commitments|undertakings|pledges)"
_INTERESTS = (
    r"(?:declarations?\s+of|conflicts?\s+of|declared?|declaring)\s+(?:[\w-]+\s+){0,3}?interests?|"
    r"interests?\s+declared|declarations"
)
_PERSON = r"(?:cllr|councillor|mr|mrs|ms|miss|dr)\.?\s+[\w’'.-]+(?:\s+[\w’'-]+)?"
# What pupils, patients and visitors attend is no meeting: only bodies and dates are looked for.
_CAME = (
    r"(?:attendance|attendees|attended|attending|(?:those\s+|members\s+|councillors\s+|people\s+)?present|"
    r"(?:members|councillors)\s+(?:attending|attended))"
)
_AWAY = r"(?:apologies(?:\s+(?:for\s+absence|received|sent))?|absent|absentees|absences)"
# In order: the first that fits the whole of the words decides. {x} is the subject, {when} the date if any.
_RULES = (
    (
        rf"(?:(?:date|day|time)\s+(?:and\s+time\s+)?(?:of\s+|for\s+)?)?(?:the\s+)?next\s+meeting(?:\s+dates?)?{_AT}(?P<x>.+)",
        "When is the next meeting of the {x}{when}?",
    ),
    (
        r"(?:(?:date|day|time)\s+(?:of\s+|for\s+)?)?(?:the\s+)?next\s+meeting(?:\s+date)?",
        "When is the next meeting{when}?",
    ),
    (
        rf"(?:(?:date|day|time)\s+(?:of\s+)?)?(?:the\s+)?next\s+(?P<x>{_BODY})(?:\s+meeting)?(?:\s+date)?",
        "When is the next meeting of the {x}{when}?",
    ),
    (rf"(?P<x>{_BODY})\s+next\s+meeting(?:\s+dates?)?", "When is the next meeting of the {x}{when}?"),
    (rf"(?:{_INTERESTS})(?:\s+(?:by|from|of))?\s+(?P<x>{_PERSON})", "What interests did {x} declare{when}?"),
    (rf"(?P<x>{_PERSON})\s+(?:{_INTERESTS})", "What interests did {x} declare{when}?"),
    (
        rf"(?:{_INTERESTS})(?:\s+(?:at|by|of|from))?\s+(?:the\s+)?(?P<x>{_BODY})",
        "Who declared an interest at the {x}{when}?",
    ),
    (rf"(?P<x>{_BODY})\s+(?:{_INTERESTS})", "Who declared an interest at the {x}{when}?"),
    (
        rf"(?:{_INTERESTS})(?:\s+(?:on|in|over|about))\s+(?:the\s+)?(?P<x>.+)",
        "Who declared an interest in {x}{when}?",
    ),
    (rf"(?:{_INTERESTS})", "Who declared an interest{when}?"),
    (rf"{_AWAY}{_AT}(?P<x>{_BODY})", "Who sent apologies for the {x}{when}?"),
    (rf"(?P<x>{_BODY})\s+{_AWAY}", "Who sent apologies for the {x}{when}?"),
    (rf"{_AWAY}", "Who sent apologies{when}?"),
    (rf"{_CAME}{_AT}(?P<x>{_BODY})", "Who attended the {x}{when}?"),
    (rf"(?P<x>{_BODY})\s+{_CAME}", "Who attended the {x}{when}?"),
    (rf"{_CAME}", "Who attended{when}?"),
    (
        rf"{_NOBODY}(?P<office>{_OFFICE})(?:\s+(?:of|for))?\s+(?:the\s+)?(?P<x>{_BODY})",
        "Who {was} the {office} of the {x}{when}?",
    ),
    (rf"{_NOBODY}(?P<x>{_BODY})\s+(?P<office>{_OFFICE})", "Who {was} the {office} of the {x}{when}?"),
    (
        rf"{_NOBODY}(?P<office>{_OFFICE}|head)\s+(?:of|for)\s+(?:the\s+)?(?P<x>.+)",
        "Who {was} the {office} of {x}{when}?",
    ),
    (rf"{_NOBODY}(?P<x>(?:[\w&’'-]+\s+){{1,3}}(?:director|manager)|{_OFFICE})", "Who {was} the {x}{when}?"),
    (r"votes?\s+against\s+(?:the\s+)?(?P<x>.+)", "Who voted against {x}{when}?"),
    (r"votes\s+(?:for|in\s+favour\s+of)\s+(?!women\b)(?:the\s+)?(?P<x>.+)", "Who voted for {x}{when}?"),
    (r"abstentions?(?:\s+(?:on|in|from))?\s+(?:the\s+)?(?P<x>.+)", "Who abstained on {x}{when}?"),
    (
        rf"(?:(?:recorded|named|final)\s+)?(?:votes?(?:\s+results?)?|voting|results?\s+of\s+(?:the\s+)?vote)(?!\s+of\b){_ON}(?P<x>.+)",
        "What was the result of the vote on {x}{when}?",
    ),
    (r"(?P<x>.+?)\s+(?:votes?(?:\s+results?)?|voting)", "What was the result of the vote on {x}{when}?"),
    (
        rf"(?P<x>{_BODY})(?:['’]s?)?\s+minutes\s+(?P<done>confirmed|approved|signed|agreed)(?:\s+off)?",
        "Were the minutes of the {x}{of} {done}?",
    ),
    (
        r"(?P<earlier>earlier\s+|previous\s+)?minutes\s+(?P<done>confirmed|approved|signed|agreed)(?:\s+off)?",
        "Which {earlier}minutes were {done}{when}?",
    ),
    (rf"minutes{_AT}(?P<x>{_BODY})", "What happened at the {last}{x}{when}?"),
    (rf"(?P<x>{_BODY})\s+minutes", "What happened at the {last}{x}{when}?"),
    (r"(?P<day>)(?:minutes|minutes\s+of\s+(?:the\s+)?meeting)", "What happened at the meeting{when}?"),
    (r"(?P<day>)agenda(?:\s+items)?", "What was on the agenda{when}?"),
    (rf"agenda(?:\s+items)?{_AT}(?P<x>{_BODY})", "What was on the agenda of the {x}{when}?"),
    (rf"(?P<x>{_BODY})\s+agenda(?:\s+items)?", "What was on the agenda of the {x}{when}?"),
    (rf"{_DECISION}{_AT}(?P<x>{_BODY})", "What did the {x} decide{when}?"),
    (rf"(?P<x>{_BODY})\s+{_DECISION}", "What did the {x} decide{when}?"),
    (
        rf"(?:latest|last|most\s+recent)\s+{_DECISION}{_NO_DECISION}{_ON}(?P<x>.+)",
        "What is the latest decision on {x}{when}?",
    ),
    (rf"(?:final\s+)?{_DECISION}{_NO_DECISION}{_ON}(?P<x>.+)", "What was decided on {x}{when}?"),
    (rf"(?P<x>.+?)\s+(?:final\s+)?{_DECISION}", "What was decided on {x}{when}?"),
    (
        rf"(?P<by>{_BODY}|members|councillors)\s+{_DID}(?:\s+(?:on|about|over))?\s+(?P<x>(?!to\b|the\b|an?\b).+)",
        "What did {by} decide on {x}{when}?",
    ),
    (
        rf"{_DID}(?:\s+(?:on|about|over))?\s+(?P<x>(?!to\b|by\b|the\b|an?\b).+)",
        "What was decided on {x}{when}?",
    ),
    (r"(?P<x>.+?)\s+(?P<done>approved|refused|rejected|granted)", "Was {x} {done}{when}?"),
    (
        rf"officers?['’]?\s+recommend(?:ed|ations?)?{_ON}(?P<x>.+)",
        "What did officers recommend on {x}{when}?",
    ),
    (
        rf"(?P<by>{_BODY}|members|officers)\s+promised?(?:\s+(?:on|about))?\s+(?P<x>(?!to\b|the\b|an?\b).+)",
        "What did the {by} promise on {x}{when}?",
    ),
    (
        r"recommendations?(?:\s+(?:on|for|about|regarding|re))?\s+(?!(?:of|from|by|to)\b)(?:the\s+)?(?P<x>.+)",
        "What was recommended on {x}{when}?",
    ),
    (r"(?P<x>.+?)\s+recommendations?", "What was recommended on {x}{when}?"),
    (
        rf"(?:actions?(?:\s+points)?|action\s+items)(?:\s+(?:from|at|of))\s+(?:the\s+)?(?P<x>{_BODY})",
        "What actions were agreed at the {x}{when}?",
    ),
    (rf"{_PLEDGES}(?:\s+made)?{_ON}(?P<x>.+)", "What was promised on {x}{when}?"),
    (rf"(?P<x>.+?)\s+{_PLEDGES}", "What was promised on {x}{when}?"),
    (
        rf"(?:(?:total|estimated|final|overall)\s+)?(?P<sold>costs?|prices?(?=\s+(?:of|for)\b)){_NO_COST}(?:\s+(?:of|for))?\s+(?:the\s+|an?\s+)?(?P<x>.+)",
        "What is the {sold} of {x}{when}?",
    ),
    (rf"(?P<x>.+?)\s+(?P<sold>{_SOLD})", "What is the {sold} of {x}{when}?"),
    (r"budget\s+(?:for|of)\s+(?:the\s+)?(?P<x>.+)", "What is the budget for {x}{when}?"),
    (r"(?P<x>(?:(?!agreed|draft|proposed)[\w&’'-]+\s+){1,4})budget", "What is the {x} budget{when}?"),
    (r"(?:total\s+)?numbers?\s+of\s+(?:the\s+)?(?P<x>.+)", "What is the number of {x}{when}?"),
    (r"(?P<share>percentage|proportion|share)\s+of\s+(?:the\s+)?(?P<x>.+)", "What {share} of {x}{when}?"),
    (r"reasons?\s+(?:for|behind|of)\s+(?:the\s+)?(?P<x>.+)", "What was the reason for {x}{when}?"),
    (
        r"(?:deadline|closing\s+date|due\s+date|cut-?off(?:\s+date)?)(?:\s+(?:for|of|to))?\s+(?:the\s+)?(?P<x>.+)",
        "What is the deadline for {x}{when}?",
    ),
    (r"(?P<x>.+?)\s+(?:deadline|closing\s+date)", "What is the deadline for {x}{when}?"),
    (r"dates?\s+(?:of|for)\s+(?:the\s+)?(?P<x>.+)", "When is {x}{when}?"),
)
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), question) for pattern, question in _RULES)


def in_full(question: Question, catalogue: Catalogue) -> Question:
    """Return a question whose text is key words as the plain question that they stand for; else as it is.

    Names of bodies get back the small words that were left out: "highways flood risk committee".
    """
    if not _may_stand_for_a_question(question.text):
        return question
    text = _without_capital(question.text, catalogue.vocabulary)
    text = _with_small_words(text, sorted({body for _, body in catalogue.bodies}))
    places = [name for council in catalogue.councils for name in (council, place_of(council)) if name]
    return replace(question, text=plain_question(text, places))


def _without_capital(text: str, vocabulary: Vocabulary) -> str:
    """Return key words without the capital letter that telephones put first, where no name begins with it."""
    first = text.split(maxsplit=1)[0]
    held = vocabulary.words.get(first.lower())
    named = held is not None and (held.is_name or held.form != first.lower())
    return text if named or not first.istitle() else text[0].lower() + text[1:]


def are_key_words(text: str) -> bool:
    """Return whether a text is a few words without any that asks or tells: "pothole budget 2021"."""
    return _may_stand_for_a_question(text) and _ASKS_FIRST.match(text.strip()) is None


def _may_stand_for_a_question(text: str) -> bool:
    """Return whether a text is key words, also behind a word that asks: "who attended june"."""
    words = text.strip().rstrip("?. ")
    if _A_SENTENCE.search(words) or _IT.search(words) or _ASKS_WHOLE.match(words):
        return False
    if len(words.split()) > _MOST_WORDS:
        return False
    return bool(words) and not ("?" in text and _ASKS_FIRST.match(words))


def plain_question(text: str, places: Sequence[str] = ()) -> str:
    """Return the question that key words stand for; the text itself where no noun in it asks.

    `places` are names of councils, which decide as bodies do: "Marlshire decided parking".
    """
    if not _may_stand_for_a_question(text):
        return text
    words = " ".join(text.strip().rstrip("?. ").replace(",", " ").split())
    words, when = _dated(words)
    for asked in dict.fromkeys((words, _LEADS.sub("", words))):
        if asked and (question := _by_rules(asked, when, places)) is not None:
            return question
    return text


def _by_rules(words: str, when: str, places: Sequence[str]) -> str | None:
    """Return the question of the first rule that fits all the words; None where none does."""
    if (decided := _decided_by(words, when, places)) is not None:
        return decided
    for pattern, question in _COMPILED:
        if (match := pattern.fullmatch(words)) is not None:
            parts = {name: held or "" for name, held in match.groupdict().items()}
            # "Minutes" alone names no meeting, and nothing is left of "record of decisions".
            if ("day" in parts and not when) or _HANGS.search(parts.get("x", "")):
                continue
            was, last = ("was", "") if when else ("is", "last ")
            of = re.sub(r"^ (?:on|in)\b", " of", when)
            return " ".join(question.format(**parts, when=when, of=of, was=was, last=last).split())
    return None


def _decided_by(words: str, when: str, places: Sequence[str]) -> str | None:
    """Return what a council is said to have decided, where its name stands before the verb; else None."""
    if not places:
        return None
    names = "|".join(re.escape(name) for name in sorted(places, key=len, reverse=True))
    on = r"(?:\s+(?:on|about|over))?\s+(?P<on>(?!to\b|the\b|an?\b).+)"
    pattern = rf"(?P<x>{names})\s+(?P<last>last\s+)?{_DID}{on}"
    match = re.fullmatch(pattern, words, re.IGNORECASE)
    return match and f"What did {match['x']} {match['last'] or ''}decide on {match['on']}{when}?"


def _dated(words: str) -> tuple[str, str]:
    """Return the words without their only day or month, and that as it is said: " in October 2020"."""
    found = list(_DATE.finditer(words))
    if (stretch := _stretch(words, found)) is not None:
        return stretch
    if len(found) != 1 or (found[0]["joint"] or "").lower() not in _JOINTS:
        return words, ""
    match = found[0]
    at_an_end = not words[: match.start()].strip() or not words[match.end() :].strip()
    bare = match["month"] and not (match["day"] or match["year"])
    if bare and (not at_an_end or words == match[0]):
        return words, ""  # "the march through town"
    said = match["date"]
    if match["month"]:
        said = said.replace(match["month"], match["month"].capitalize())
    on = "on" if match["day"] or "/" in said else "in"
    rest = f"{words[: match.start()]} {words[match.end() :]}"
    return " ".join(rest.split()), f" {on} {said}"


def _with_small_words(text: str, names: Sequence[str]) -> str:
    """Return a text in which a name of several words that lacks its "and" or "of" is written in full."""
    for name in names:
        words = re.findall(r"[\w’'-]+", name)
        told = [word for word in words if word.lower() not in STOP_WORDS]
        if len(words) > len(told) > 2:  # noqa: PLR2004 - two words are too few to know a name by
            short = r"\s+".join(re.escape(word) for word in told)
            text = re.sub(rf"\b{short}\b", name.replace("\\", ""), text, flags=re.IGNORECASE)
    return text


def _stretch(words: str, found: Sequence[re.Match[str]]) -> tuple[str, str] | None:
    """Return the words without two dates that stand side by side, and those as both ends; else None."""
    if len(found) != 2 or not all(match["year"] for match in found):  # noqa: PLR2004
        return None
    first, last = found
    joints = ((first["joint"] or "").lower(), (last["joint"] or "").lower())
    if words[first.end() : last.start()].strip(" -–") or joints not in _SIDE_BY_SIDE:
        return None
    rest = f"{words[: first.start()]} {words[last.end() :]}"
    return " ".join(rest.split()), f" between {first['date']} and {last['date']}"
