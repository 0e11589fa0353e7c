"""Names of councils and their bodies, as printed and in one canonical spelling."""

import re

_SMALL = frozenset(
    {
        "a",
        "and",
        "at",
        "by",
        "de",
        "for",
        "from",
        "in",
        "of",
        "on",
        "or",
        "the",
        "to",
        "upon",
        "with",
        "y",
        "a'r",
    }
)
_KINDS = (
    "County Council|City Council|City and County Council|City & County Council|Borough Council|"
    "District Council|Community Council|Parish Council|Town Council|Metropolitan Borough Council|"
    "County Borough Council|Combined Authority"
)
_WORD = r"[A-Z][A-Za-z'\u2019-]*"
_COUNCIL = re.compile(
    rf"\b(?P<name>{_WORD}(?:[ \n](?:{_WORD}|and|&|on|upon|with|le)){{0,4}}?)[ \n]{{1,2}}(?P<kind>{_KINDS})\b"
)
_COUNCIL_CAPITALS = re.compile(
    r"\b(?P<name>[A-Z][A-Z'\u2019-]+(?:[ ](?:[A-Z][A-Z'\u2019-]*|&)){0,4}?)"
    rf"[ \n]{{1,2}}(?P<kind>{_KINDS.upper()})\b"
)
_WELSH = re.compile(
    r"\bCYNGOR (?P<kind>CYMUNED|SIR|DINAS|TREF|"
    r"BWRDEISTREF SIROL) (?P<name>[^\n.,:;]{3,40}?)\s*(?:CYFARFOD|$|\n)",
    re.IGNORECASE,
)
_OF = re.compile(
    r"\bIsle of Wight Council|\b(?:Vale|City) of [A-Z][a-z]+ Council|"
    r"\b(?:Royal|London) Borough of [A-Z][a-z]+(?: (?:upon|and) [A-Z][a-z]+){0,2}"
)
_NOT_NAMES = frozenset(
    {
        "a", "actions", "agenda", "all", "an", "and", "annual", "any", "april", "as", "at", "attend",
        "august", "borough", "both", "budget", "by", "city", "cllr", "council", "councillor", "councils",
        "county", "december", "district", "document", "draft", "each", "every", "february", "for",
        "former", "from", "full", "if", "in", "its", "january", "july", "june", "local", "march", "may",
        "meeting", "minutes", "new", "notice", "november", "october", "of", "or", "other", "our", "pack",
        "parish", "relevant", "report", "see", "september", "that", "the", "their", "this", "to", "town",
        "welcome", "when", "with", "your",
    }
)  # fmt: skip
_BODY_KINDS = (
    "Sub-Committee|Subcommittee|Committee|Panel|Board|Cabinet|Forum|Commission|Executive|Council|Assembly|"
    "Working Group|Working Party|Task Group|Steering Group|Partnership|Authority|Tribunal|Conference"
)
_BODY = re.compile(
    rf"(?:the )?(?P<body>(?:[A-Z][\w'\u2019&/-]*(?:,? (?:[A-Z(][\w'\u2019&/()-]*|and|of|the|for|&|on|"
    rf"with|in|to|-)){{0,14}}? )?"
    rf"(?:{_BODY_KINDS}|{_BODY_KINDS.upper()})(?: (?:[A-Z]|North|South|East|West|Central|One|"
    rf"Two))?(?: of [A-Z][\w'\u2019-]*(?: [A-Z][\w'\u2019-]*){{0,3}})?"
    rf"|Municipal District of [A-Z][\w'\u2019-]*(?: [A-Z][\w'\u2019-]*){{0,3}})\.?"
)
_PERSONS = re.compile(r"\b(?:cabinet member|leader|director|officer|councillors|mayor)\b", re.IGNORECASE)
_WHOLE = re.compile(
    r"(?:the )?(?:full )?(?:county |city |borough |district |town |parish |community )?council", re.IGNORECASE
)
_DROPPED_HEAD = re.compile(
    r"^(?:(?:an?|the) )?(?:(?:full|special|extraordinary|ordinary|annual|general|monthly|quarterly|"
    r"adjourned|statutory|"
    r"remote|virtual|budget) ){0,3}(?:meeting of )?(?:the )?(?=[A-Z])",
    re.IGNORECASE,
)
_NAME_LIMIT = 160


def title_case(words: str) -> str:
    """Return capitals as a title: "CHILDREN AND FAMILIES" is "Children and Families"; mixed case is kept."""
    words = " ".join(words.split()).strip(" .,:;-\u2013")
    capitals = words == words.upper()
    words = " ".join(words.replace("&", " and ").split())
    if not capitals:
        return words[:1].upper() + words[1:]
    parts = [_title_word(word, first=number == 0) for number, word in enumerate(words.split())]
    return " ".join(parts)


def _title_word(word: str, *, first: bool) -> str:
    low = word.lower()
    if low in _SMALL and not first:
        return low
    return "-".join(part[:1].upper() + part[1:] for part in low.split("-"))


def councils_in(text: str) -> tuple[str, ...]:
    """Return every council named in the text, canonical, in order and with repeats."""
    found = [(match.start(), _canonical(match)) for match in _COUNCIL.finditer(text)]
    found += [(match.start(), _canonical(match)) for match in _COUNCIL_CAPITALS.finditer(text)]
    found += [(match.start(), match[0]) for match in _OF.finditer(text)]
    return tuple(name for _, name in sorted((at, name) for at, name in found if name))


def council_in(text: str) -> str | None:
    """Return the first council named, in English or Welsh, canonical; None where there is none."""
    welsh = _WELSH.search(text)
    if welsh:
        return title_case(" ".join(f"Cyngor {welsh['kind']} {welsh['name']}".upper().split()))
    return next(iter(councils_in(text)), None)


def _canonical(match: re.Match[str]) -> str | None:
    words = match["name"].split()
    if "Council" in words:  # "Medway Council and Kent County Council"
        words = words[len(words) - words[::-1].index("Council") :]
    for place, word in enumerate(words):
        if word.lower() == "of":  # "Special Meeting of Kent County Council"
            words = words[place + 1 :]
            break
    while words and words[0].lower() in _NOT_NAMES:
        words.pop(0)
    if not words or words[-1].lower() in _NOT_NAMES or words[-1] == "&":
        return None
    return title_case(" ".join([*words, match["kind"]]))


def body_name(words: str, council: str | None) -> str | None:
    """Return the canonical name of a body if the words are one and no more; else None.

    "Full Council" and "Council" are the council's own kind: "County Council".
    """
    words = _DROPPED_HEAD.sub("", " ".join(words.split()).strip(" .,:;-\u2013"), count=1)
    words = _without_council(words, council)
    if not words or len(words) > _NAME_LIMIT or _PERSONS.search(words):
        return None
    if _WHOLE.fullmatch(words) or title_case(words) == council:
        return _whole(words, council)
    match = _BODY.fullmatch(words) or _BODY.fullmatch(title_case(words))
    return title_case(match["body"]) if match else None


def _without_council(words: str, council: str | None) -> str:
    """Return the words without a council's name in front ("KENT COUNTY COUNCIL CABINET") or behind."""
    if council and words.upper() != council.upper():
        for name in (council, council.replace(" and ", " & ")):
            if words.upper().startswith(f"{name.upper()} "):
                return words[len(name) :].strip(" -\u2013,")
            if words.upper().endswith(f" OF {name.upper()}"):
                return words[: -len(name) - 4].strip()
    body, comma, named = words.rpartition(", ")  # "Planning Committee, Kent County Council"
    return body if comma and title_case(named) == council_in(named) else words


def _whole(words: str, council: str | None) -> str:
    """Return the name of the council as a body of its own: its kind where that is known."""
    if council:
        kind = next(
            (kind for kind in sorted(_KINDS.split("|"), key=len)[::-1] if council.endswith(kind)), None
        )
        if kind:
            return kind
        if council.startswith("Cyngor "):
            return " ".join(council.split()[:2])
    return title_case(words.upper())
