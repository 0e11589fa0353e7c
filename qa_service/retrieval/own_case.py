"""What somebody who asks of their own case tells of themselves: "Can I take my child to live in Boston?".

The place is a circumstance of the asker, and what is asked for is the rule: a paper that names no such place
may still hold it. Where a question asks of the place itself, nothing but a paper that names it answers.
"""

import re
from collections.abc import Iterable

from qa_service.retrieval.asking import asking_sentence

# Who asks what may be read, heard or was said asks of the papers, and not of a case.
_OF_PAPERS = (
    r"(?:hear|heard|find|read|see|look|learn|know|ask|say|said|told|assume|think|believe|expect|trust|guess|"
    r"understand|remember|recall|gather|watch|listen|follow|right|wrong|correct|mistaken|be\s+told|"
    r"take\s+it|get\s+(?:hold|news|an?\s+(?:copy|update)|information|details)|have\s+(?:sight|a\s+copy))\b"
)
_SOON = r"(?:\s+(?:still|also|then|now|even|just|not|please|kindly|already|ever|always))*"
# What a council is asked about by whoever lives there is no case of theirs: "my road", "our area".
_OF_ALL = (
    r"(?:local|council|councillors?|mp|road|street|lane|area|village|town|city|county|ward|parish|community|"
    r"district|neighbou?rhood)\b"
)
_OF_A_RULE = (
    r"(?:need|have\s+to|qualify|count|be\s+(?:able|allowed|entitled|eligible|charged|liable|required|taxed|"
    r"covered|counted|valid|sufficient|enough|accepted|affected)|pay|owe|lose)\b"
)
_MINE = rf"\s+(?:my|our)\s+(?!{_OF_ALL})(?:[\w’'-]+\s+){{1,4}}?"
_ASKS = re.compile(
    rf"""\b(?:can|could|may|might|must|do|should|shall|am)\s+(?P<who>i|we)\b(?!{_SOON}\s+{_OF_PAPERS})
    | \b(?:will|would)\s+(?P<whoever>i|we){_SOON}\s+(?:{_OF_A_RULE}|get\b)
    | \b(?:can|could|may|must|should)\s+my\s+(?!{_OF_ALL})
    | \b(?:does|do|will|would){_MINE}{_OF_A_RULE}""",
    re.IGNORECASE | re.VERBOSE,
)
# "We" may be a village: it is somebody's own case where they speak of themselves as well.
_TELLS_OF_ONESELF = re.compile(r"\b(?:i|my|me|mine|myself)\b", re.IGNORECASE)
_HEARD = re.compile(
    rf"\bi(?:['’](?:ve|d))?(?:\s+(?:have|had|just|only|recently))*\s+{_OF_PAPERS}", re.IGNORECASE
)
_WHERE = r"(?:in|into|to|from|at|near|via|outside|within|around|across|through)"
# Where somebody lives, works, goes or owns a thing.
_LIVING = re.compile(
    rf"""\b(?:liv(?:e[sd]?|ing)|mov(?:e[sd]?|ing)|relocat\w+|(?:e|im)migrat\w+|retir\w+|resid(?:e[sd]?|ing|ent)|
    settl\w+|stay\w*|born|based|work(?:s|ed|ing)?|stud(?:y|ies|ied|ying)|travel\w*|go(?:es|ing)?|went|return\w*|
    c[oa]m(?:e|ing)|export\w*|import\w*|ship\w*|driv\w+|drove|own(?:s|ed|ing)?|married|employed|registered|
    bought|purchased|home|house|flat|property|properties|pension|business|job|degree)
    (?:\s+[\w’'-]+){{0,5}}?\s+{_WHERE}\s+(?:the\s+)?$""",
    re.IGNORECASE | re.VERBOSE,
)
_ANYWHERE = re.compile(rf"\b(?:{_WHERE}|on)\s+(?:the\s+)?$", re.IGNORECASE)
# "My Boston office", "the recent IR35 changes": no person is called so.
_MY = re.compile(r"\b(?:my|our)\s+$", re.IGNORECASE)
_SOME = re.compile(
    r"\b(?:my|our|an?|the|these|those)\s+(?:(?:recent|new|latest|old|current|present|former)\s+)?$",
    re.IGNORECASE,
)
_A_THING = re.compile(r"\s+[a-z]{3,}")
_SHORT = re.compile(r"(?=[A-Z0-9]*[A-Z])[A-Z0-9]{2,6}s?")
_OF_A_PERSON = re.compile(
    r"\b(?:mr|mrs|ms|miss|dr|sir|dame|lord|lady|cllr|councillor)\b|['’]s?$", re.IGNORECASE
)

# Who may do what against a decision, or takes one, does not ask which was taken.
_CAN = r"(?:can|could|may|might|must|should)"
_MAY = (
    rf"\b(?:(?:{_CAN}|shall|do|will|would|am)\s+i|(?:{_CAN}|are(?=\s+we\s+(?:still\s+)?able))\s+we|"
    rf"{_CAN}\s+(?:he|she|they|one|(?:any|some)(?:one|body)|my\s+[\w’'-]+))\b"
    rf"(?!{_SOON}\s+(?:{_OF_PAPERS}|(?:get|have|receive|be\s+given)\s+(?:[\w’'-]+\s+){{1,4}}?"
    r"(?:decision|outcome|result|resolution)\b))"
)
_AGAINST = (
    r"(?:appeal\w*|challeng\w+|overturn\w*|overrul\w+|revers(?:e|ed|ing)|(?:get|have)\s+[^?]*\b(?:chang|review)ed|"
    r"change(?=[^?]*\bdecision)|an?\s+review|reconsider\w*|disput\w+|contest\w*|object(?:ion)?|complain\w*|"
    r"do\s+(?:about|against))\b"
)
_CHALLENGES = re.compile(
    rf"""{_MAY}[^?]*\b{_AGAINST} | \b{_AGAINST}[^?]*{_MAY}
    | \bwhat\s+(?:[\w’'-]+\s+)?(?:steps|actions?|options)\s+{_MAY}""",
    re.IGNORECASE | re.VERBOSE,
)
_DECIDES = re.compile(
    r"""(?<!did\s)\bi\s+(?:(?:can|could|may|must|will|would|should|have|need|am|able|to|not|still|also|only|even|first)\s+)*
    (?:decide|agree|settle|approve)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_BECOMES = re.compile(
    r"""\bwhat\s+(?:happens|(?:will|would|can|could|may|might)\s+happen)\s+(?:to|with)\s+(?:me\b|(?:my|our)\s+
    (?:[\w’'-]+\s+)?(?:applications?|appeals?|claims?|case|complaint|benefits?|pension|money|funds|deposit|visa)\b)""",
    re.IGNORECASE | re.VERBOSE,
)


def circumstances(text: str, names: Iterable[str]) -> frozenset[str]:
    """Return which names of a question only tell of the asker; none where it is of no case of their own.

    Nobody is a circumstance: what is asked of somebody named is asked of them.
    """
    asking = asking_sentence(text)
    asked = _ASKS.search(asking)
    if asked is None or _HEARD.search(asking):
        return frozenset()
    of_several = (asked["who"] or asked["whoever"] or "").lower() == "we"
    if of_several and _TELLS_OF_ONESELF.search(text) is None:
        return frozenset()
    return frozenset(name for name in names if _is_circumstance(name, text, asking, asked.start()))


def _is_circumstance(name: str, text: str, asking: str, asks_at: int) -> bool:
    """Return whether a name tells of the asker wherever it stands in the sentence that asks."""
    if _OF_A_PERSON.search(name):
        return False
    called = re.compile(rf"\b{re.escape(name)}\b(?!['’]s\b)")
    lived_in = any(_LIVING.search(text[: found.start()]) for found in called.finditer(text))
    places = [found.span() for found in called.finditer(asking)]
    return bool(places) and all(
        _tells_of_asker(asking, start, end, asks_at) or (lived_in and _ANYWHERE.search(asking[:start]))
        for start, end in places
    )


def _tells_of_asker(asking: str, start: int, end: int, asks_at: int) -> bool:
    before = asking[:start]
    thing = _A_THING.match(asking, end) is not None
    if _LIVING.search(before) or (thing and _MY.search(before)):
        return True
    # What leads to the question tells of the case, where it tells of the asker at all.
    if start > asks_at or _TELLS_OF_ONESELF.search(asking[:asks_at]) is None:
        return False
    short = _SHORT.fullmatch(asking[start:end]) is not None
    return short or _ANYWHERE.search(before) is not None or (thing and _SOME.search(before) is not None)


def asks_for_procedure(asking: str) -> bool:
    """Return whether a sentence that holds a decision asks what may be done against it, or of the asker's."""
    return any(pattern.search(asking) for pattern in (_CHALLENGES, _DECIDES, _BECOMES))
