"""Questions that want a private person identified: no paper is searched for that."""

import re

_ONE_OF_THE_PUBLIC = r"""(?:mother|father|mum|dad|parent|child|boy|girl|baby|toddler|teenager|youngster|pupil|
    woman|man|lady|gentleman|widow|widower|couple|family|household|resident|tenant|pensioner|patient|carer|victim|
    complainant|neighbour|whistleblower|claimant|survivor|passenger|pedestrian|cyclist|caller|objector|son|daughter|
    brother|sister|grandmother|grandfather|grandparent)"""
# What goes on after such a word speaks of that person; another noun makes a thing of it: "family hub".
_HERSELF = r"""(?=\s*(?:[?.,]|$)|\s+(?:who|that|whose|in|at|from|on|with|said|says|told|was|is|had|has|did|
    involved|complained|lost|died|asked|wrote|called|made|lives?|lived|won|got)\b)"""
# Somebody whose name the papers withhold: "Child B", "Mr A".
_WITHHELD = r"""\b(?:child|adult|person|family|patient|resident|boy|girl|mother|father|m(?:r|rs|s|iss)\.?)
    \ (?-i:[A-Z])\b(?!['’-]?\w)"""
_PRIVATE = re.compile(
    rf"""\b(?:who|name|named|identity|identify|address|which\ (?:family|child|boy|girl|parents?|household))\b
    (?=.*\b(?:case\s+(?:no\.?\s*|number\s*)?\d|complainant))
    | \b(?:who|named?|surname|identity|identify|address|how\ old|born|where|which\ (?:school|flat|house))\b
      (?=.*{_WITHHELD})
    | {_WITHHELD}(?=[^?]*\b(?:name|surname|address|school|live|lives)\b)
    | \b(?:home\ address|phone\ number|date\ of\ birth)\b
    | \bwhich\ (?:\w+\ )?{_ONE_OF_THE_PUBLIC}\b(?!\s*[?.,]){_HERSELF}
    | \b(?:name|identity)\ of\ (?:the|that|a)\ (?:[\w’'-]+\ ){{0,2}}?{_ONE_OF_THE_PUBLIC}\b{_HERSELF}
    | \bwho\ (?:is|was|are|were)\ (?:the|that)\ (?:[\w’'-]+\ ){{0,2}}?{_ONE_OF_THE_PUBLIC}\b{_HERSELF}
    | \bwho\ (?:complained|made\ the\ complaint|blew\ the\ whistle)\b
    | \bwhat\ (?:is|was|are|were)\ (?:the|that)\ (?:[\w’'-]+\ ){{0,2}}?{_ONE_OF_THE_PUBLIC}
      (?:['’]s\ [^?]*\b(?:name|surname|address)|\ called)\b
    | \b(?:which|what)\ (?:flat|house|school|hospital|street)\ (?:does|did|is|was)\ (?:the|that)\s
      (?:[\w’'-]+\ ){{0,2}}?{_ONE_OF_THE_PUBLIC}\b
    | \bwhere\ (?:does|did)\ (?:the\ (?:[\w’'-]+\ ){{0,2}}?{_ONE_OF_THE_PUBLIC}\b|(?:Mr|Mrs|Ms|Miss)\.?\ \w)
      [^?]*\blive\b""",
    re.IGNORECASE | re.VERBOSE,
)


def asks_for_private_person(text: str) -> bool:
    """Return whether a question wants a private person identified: no paper is searched for that."""
    return _PRIVATE.search(text) is not None
