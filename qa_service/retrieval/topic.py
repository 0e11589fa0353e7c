"""What a question is about, once its scope and its wish are taken out: "the IRS annual report"."""

import re
from functools import lru_cache

_WISH = re.compile(
    r"""\b(?:resolv\w+|resolutions?|decid\w+|decisions?|agree[ds]?|agreement|approv\w+|recommend\w*|noted?|outcome|
    outcomes|conclu\w+|vote[ds]?|voting|came|come|formal|formally|happen\w*|adopt(?:s|ed|ing)?|endors\w+|settled?|verdict|
    say|said|says|want(?:ed)?|ask(?:ed)?|insist\w*|minut\w+|members?|councillors?|panels?|committees?|cabinet|boards?|
    council|meetings?|papers?|agenda|results?|tell|told|hear|heard|after|about|regarding|concerning|following|
    anything|something|any|happened|last|latest|newest|(?:most\s+)?recent(?:ly)?)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# "The county's minutes", "has the city agreed": the council, and no subject.
_COUNCIL_KIND = r"(?:the|our)\s+(?:county|city|borough|district|town|parish|village)"
_OF_THE_COUNCIL = re.compile(
    rf"\b{_COUNCIL_KIND}['’]s\b|\b(?:did|does|has|have|had|will)\s+{_COUNCIL_KIND}\b(?=\s+\w+)", re.IGNORECASE
)
# Minutes are no subject, unless something is done to them.
_ON_MINUTES = re.compile(
    r"\bminutes\b[^?.]*\b(?:confirm|approv|sign|correct|agree|amend|alter)\w*|"
    r"\b(?:confirm|approv|sign|correct|agree|amend|alter)\w*[^?.]*\bminutes\b",
    re.IGNORECASE,
)
# "The special meeting": what kind of meeting it was is no subject.
_KIND_OF_MEETING = re.compile(
    r"\b(?:ordinary|monthly|quarterly|annual|special|extraordinary|adjourned|statutory)\s+(?:general\s+)?(?=meetings?\b)",
    re.IGNORECASE,
)
_QUESTION_WORDS = re.compile(
    r"\b(?:what|which|who|whom|whose|when|where|why|how|did|does|do|was|were|is|are|has|have|had|will|would|the|a|an|of|"
    r"on|in|at|to|by|for|with|and|or|there|it|its|this|that|their|they|be|been)\b",
    re.IGNORECASE,
)


def topic_of(text: str, scope_names: tuple[str, ...]) -> str:
    """Return the words that name the subject, in order; "" where a question names none but its meeting."""
    rest = text
    for name in sorted(scope_names, key=len, reverse=True):
        rest = _owning(name).sub(" ", rest)
    rest = _WISH.sub(" ", _KIND_OF_MEETING.sub(" ", _OF_THE_COUNCIL.sub(" ", rest)))
    words = re.findall(r"[\w&'’-]+", rest)
    kept = [word for word in words if not _QUESTION_WORDS.fullmatch(word)]
    return " ".join(["minutes", *kept] if _ON_MINUTES.search(text) else kept)


# The names of all bodies are taken out of every question.
@lru_cache(maxsize=2000)
def _owning(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(name)}\b(?:['’]s)?", re.IGNORECASE)
