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
# "Municipal District of Northvale", "Northvale Municipal District", and what its members sit on apart.
_DISTRICT_NAME = r"[A-Z][\w'\u2019-]*(?: [A-Z][\w'\u2019-]*){0,3}?"
_DISTRICT_KINDS = ("Municipal District", "Metropolitan District", "Borough District")
_DISTRICT_KIND = f"(?:{'|'.join(_DISTRICT_KINDS)})"
_DISTRICT = rf"(?:{_DISTRICT_KIND} of {_DISTRICT_NAME}|{_DISTRICT_NAME} {_DISTRICT_KIND})"
_DISTRICT_PANEL = r"(?:[A-Z]\w+ ){0,3}(?:Sub-Committee|Sub Committee|Subcommittee|Committee)"
_OWN_PANEL = r"(?:Joint Policing )?(?:Sub-Committee|Sub Committee|Subcommittee|Committee)"
_BODY = re.compile(
    rf"(?:the )?(?P<body>(?:[A-Z][\w'\u2019&/-]*(?:,? (?:[A-Z(][\w'\u2019&/()-]*|and|of|the|for|&|on|"
    rf"with|in|to|-)){{0,14}}? )?"
    rf"(?:{_BODY_KINDS}|{_BODY_KINDS.upper()})(?: (?:[A-Z]|North|South|East|West|Central|One|"
    rf"Two))?(?: of [A-Z][\w'\u2019-]*(?: [A-Z][\w'\u2019-]*){{0,3}})?"
    rf"|(?:{_DISTRICT_PANEL} of (?:the )?)?{_DISTRICT}|{_DISTRICT} {_OWN_PANEL})\.?"
)
_PANEL_OF_DISTRICT = re.compile(
    rf"(?:(?P<before>{_DISTRICT_PANEL}) of (?:the )?)?(?P<district>{_DISTRICT})(?: (?P<behind>{_OWN_PANEL}))?"
)
_PERSONS = re.compile(
    r"\b(?:each member|cabinet member|leader|director|officer|councillors|mayor)\b", re.IGNORECASE
)
_WHOLE = re.compile(
    r"(?:the )?(?:full )?(?:city (?:and|&) county |county |city |borough |district |town |parish |"
    r"community )?council",
    re.IGNORECASE,
)
_DROPPED_HEAD = re.compile(
    r"^(?:(?:an?|the) )?(?:(?:full|special|extraordinary|ordinary|annual|general|monthly|quarterly|"
    r"adjourned|statutory|inaugural|online|on-line|hybrid|"
    r"remote|virtual|budget) ){0,3}(?:meeting of )?(?:the )?(?=[A-Z])",
    re.IGNORECASE,
)
_NAME_LIMIT = 160
_HALF = re.compile(r"(?:and|&)\s", re.IGNORECASE)  # the lower half of a letterhead: "& County Council"
# What Irish councils' committees are called for short, by the names that the law gives them.
_SHORT_FORMS = (
    (re.compile(r"\bJPC(?= sub)", re.IGNORECASE), "Joint Policing"),
    (re.compile(r"\bJPC\b"), "Joint Policing Committee"),
    (re.compile(r"\bSPC (?=Strategic)", re.IGNORECASE), ""),
    (re.compile(r"\bSPC\b"), "Strategic Policy Committee"),
)
_OWNED = re.compile(r"['\u2019]s\b", re.IGNORECASE)  # "Northvale County Council's Planning Committee"
_BROKEN = re.compile(r"(?<=\w)- (?=\w)")  # "NORTHVALE- EASTVALE", as a line ends there
_SUB_COMMITTEE = re.compile(r"\bSub ?committee\b", re.IGNORECASE)


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
    if not words or len(words) > _NAME_LIMIT or _PERSONS.search(words) or _HALF.match(words):
        return None
    if _WHOLE.fullmatch(words) or title_case(words) == council:
        return _whole(words, council)
    words = _spelt_out(words)
    if council and words.upper().endswith(f" {council.upper()}"):  # beside half a letterhead
        return None
    match = _BODY.fullmatch(words) or _BODY.fullmatch(title_case(words))
    return _of_district(title_case(match["body"])) if match else None


def _spelt_out(words: str) -> str:
    """Return the words with short forms spelt out, in their case, and a district's name made whole."""
    for form, meant in _SHORT_FORMS:
        words = form.sub(meant.upper() if words == words.upper() else meant, words)
    words = _BROKEN.sub("-", words)
    return words.replace(" - ", "-") if "district" in words.lower() else words


def _of_district(body: str) -> str:
    """Return a district's name, or that of its committee, in the one order that laws print it in."""
    match = _PANEL_OF_DISTRICT.fullmatch(body)
    if match is None:
        return body
    district = match["district"]
    if not district.startswith(tuple(_DISTRICT_KINDS)):
        kind = next(kind for kind in _DISTRICT_KINDS if district.endswith(kind))
        district = f"{kind} of {district.removesuffix(kind).strip()}"
    panel = match["before"] or match["behind"]
    return f"{_SUB_COMMITTEE.sub('Sub-Committee', panel)} of the {district}" if panel else district


def _without_council(words: str, council: str | None) -> str:
    """Return the words without a council's name in front ("KENT COUNTY COUNCIL CABINET") or behind."""
    if council and words.upper() != council.upper():
        for name in (council, council.replace(" and ", " & ")):
            if words.upper().startswith(
                tuple(f"{name.upper()}{mark} " for mark in ("", ",", "'S", "\u2019S"))
            ):
                return _OWNED.sub("", words[len(name) :], count=1).strip(" -\u2013,")
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
        if kind:  # of two kinds at once nobody speaks without the name
            return council if " and " in kind else kind
        if council.startswith("Cyngor "):
            return " ".join(council.split()[:2])
        if council.endswith(" Council"):  # "Ebbshire Council" says no kind
            return council
    return title_case(words.upper())
