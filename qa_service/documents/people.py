"""Names in lists: who is named, with what post, and where exactly."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa_service.domain.spans import Span, trimmed

_HONOURS = re.compile(
    r"(?:(?:C|O|M)BE|BEM|K?CMG|KC|QC|JP|DL|MP|MS|AM|TD|VR|FCPFA|CPFA|(?:B|M)(?:A|Sc)(?: \(Hons\))?|PhD|"
    r"Esq)\.?"
)
_PREFIX = re.compile(
    r"(?:and |& |also |the |a'r |a\u2019r |y |gan )*(?:(?P<post>(?:County |Community |Town |"
    r"City )?Councillors?|Cllrs?\.?|Cmhlr\.?|"
    r"Cynghorwyr|Cynghorydd(?: Sir)?|Cyng\.?|Alderm[ae]n):?\s+)?",
    re.IGNORECASE,
)
_JOINTS = re.compile(r",|;|\n[ \t]*\n|(?:\s|^)(?:and|&|a|ac)(?=\s)|\s(?:a'r|a\u2019r)(?=\s)")
_ENGLISH_JOINTS = re.compile(r",|;|\n[ \t]*\n|(?:\s|^)(?:and|&)(?=\s)")
_ROLE = re.compile(r"\s*\((?P<role>[^()]{1,120}(?:\([^()]*\)[^()]*)?)\)\s*\.?$")
_BRACKETED = re.compile(r"\((?P<name>(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.?\s+[A-Z\u00c0-\u00de][^(),;]{1,40})\)")
_BEFORE_POST = re.compile(r"^[\s,;.]*(?:and\s+)?(?:.*:\s*)?")
_COUNT = re.compile(r"[\s*]*\(\d{1,3}\)[\s*.]*$")  # of votes, behind the last name of a side
_INITIALS = re.compile(r"[A-Z]{1,2}\.?")  # "Collins (J)", where two members share a surname
# Words of an office or a department: who is named so is no person.
_OFFICE = re.compile(
    r"\b(?:Administrator|Council|Department|Development|Director|Directorate|Engineer|Investment|Officer|"
    r"Planner|Services?|Centre)\b|(?:(?:An|The|Deputy|Lord) )?(?:Mayor|Cathaoirleach|Leas-Chathaoirleach)$"
)
_NAME = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Dame|Lord|Lady|Rev(?:d|erend)?|Prof(?:essor)?|Canon|Doctor|"
    r"Superintendent|"
    r"Inspector|Sergeant|P\.C\.(?:S\.O\.)?)\.?\s+)*[A-Z\u00c0-\u00de][\w.'\u2019-]*(?:\s+(?:[A-Z\u00c0-\u00de][\w.'\u2019-]*|de|"
    r"van|von|ap|ab|le|la)){0,5}"
)
_RUNS_ON = re.compile(
    r"(?:,|\band|\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Cmhlr|Cllrs?|Councillors?|\u00d3|U\u00ed|N\u00ed|Nic|Mac)\.?|\b[A-Z]\.)\s*$"
)
_IN_BRACKETS = re.compile(r"\([A-Z]{1,2}\.?\)")
_WENT_ON = re.compile(r"\(|(?:U\u00ed|N\u00ed|Nic) ")  # the rest of a name that a line's end parted
_TITLED = re.compile(r"\s+(?=(?:Mr|Mrs|Ms|Miss|Dr|Sir)\s+[A-Z])|(?<=\([A-Z]\))\s+(?=[A-Z])")
_NOT_NAMES = frozenset(
    {
        "The",
        "There",
        "Apologies",
        "None",
        "Members",
        "Officers",
        "Press",
        "Public",
        "Councillors",
        "Committee",
        "Panel",
    }
)


@dataclass(frozen=True, slots=True)
class Person:
    """A person as named: `role` from brackets behind the name, `post` from words before it ("Councillor")."""

    name: str
    span: Span
    role: str | None = None
    post: str | None = None


def people_in(text: str, start: int, end: int, *, welsh: bool = False) -> tuple[Person, ...]:
    """Return the people of a list such as "Mr A (Chairman), Mrs B, OBE and Dr C", in order.

    What is no name (a stray word, a sentence) is left out.
    """
    people: list[Person] = []
    post: str | None = None
    for part_start, part_end in _parts(text, start, end, welsh=welsh):
        words = " ".join(text[part_start:part_end].split()).strip(" .*")
        if people and _HONOURS.fullmatch(words):
            last = people[-1]
            people[-1] = Person(f"{last.name} {words}", Span(last.span.start, part_end), last.role, last.post)
            continue
        person = _person(text, part_start, part_end, post)
        if person is not None:
            people.append(person)
            post = person.post
    return tuple(people)


def _parts(text: str, start: int, end: int, *, welsh: bool) -> Iterator[tuple[int, int]]:
    """Yield the parts between commas, "and" and blank lines that stand outside brackets."""
    depth_ends = _bracketed(text, start, end)
    joints = _JOINTS if welsh else _ENGLISH_JOINTS
    at = start
    for joint in joints.finditer(text, start, end):
        if any(a < joint.start() < b for a, b in depth_ends):
            continue
        runs_on = _RUNS_ON.search(text[at : joint.start()]) or _WENT_ON.match(text, joint.end())
        if joint[0].isspace() and runs_on:
            continue  # a page's end inside the list
        yield from _titled_parts(text, at, joint.start())
        at = joint.end()
    yield from _titled_parts(text, at, end)


def names_official(words: str) -> bool:
    """Return whether words hold a person in brackets behind a post."""
    return _BRACKETED.search(words) is not None


def officials_in(text: str, start: int, end: int) -> tuple[Person, ...]:
    """Return the people printed in brackets behind their posts: "Director, Roads (Mr. A), Clerk (Ms. B)"."""
    people: list[Person] = []
    behind = start
    for match in _BRACKETED.finditer(text, start, end):
        post = " ".join(text[behind : match.start()].replace("*", "").split())
        post = _BEFORE_POST.sub("", post.rpartition(")")[2]).strip(" ,;.")
        people.append(Person(" ".join(match["name"].split()), Span(*match.span("name")), post or None))
        behind = match.end()
    return tuple(people)


def _titled_parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a part, cut where a comma was forgotten: before a title, behind an initial ("Mr A Mrs B")."""
    at = start
    for cut in _TITLED.finditer(text, start, end):
        before = _IN_BRACKETS.sub("", text[at : cut.start()])
        if before.strip() and "(" not in before:
            yield at, cut.start()
            at = cut.end()
    if text[at:end].strip():
        yield at, end


def _bracketed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    depth, opened = 0, start
    for at in range(start, end):
        if text[at] == "(":
            opened = at if depth == 0 else opened
            depth += 1
        elif text[at] == ")" and depth:
            depth -= 1
            if depth == 0:
                found.append((opened, at))
    return found


def _person(text: str, start: int, end: int, post: str | None) -> Person | None:
    found = trimmed(text, start, end)
    if found is None:
        return None
    words = text[found.start : found.end]
    prefix = _PREFIX.match(words)
    offset = prefix.end() if prefix else 0
    post = _singular(prefix["post"]) if prefix and prefix["post"] else post
    rest = _COUNT.sub("", words[offset:]).rstrip(" *")
    role = _ROLE.search(rest)
    initials = bool(role and _INITIALS.fullmatch(role["role"]))
    name = rest[: role.start()] if role else rest
    name_words = " ".join(name.split()).replace("- ", "-").strip(" .*\\|-")
    if _OFFICE.search(name_words):
        return None
    if not _NAME.fullmatch(name_words) or name_words.split()[0] in _NOT_NAMES:
        honoured = name_words.rsplit(" ", 1)
        if len(honoured) == 1 or not _HONOURS.fullmatch(honoured[1]):
            return None
    lead = len(rest) - len(rest.lstrip(" *\\|-"))
    name_start = found.start + offset + lead
    span = trimmed(text, name_start, found.start + offset + len(name))
    if span is None:
        return None
    if role is None or initials:
        return Person(f"{name_words} ({role['role']})" if role and initials else name_words, span, None, post)
    return Person(name_words, span, " ".join(role["role"].split()), post)


def _singular(post: str) -> str:
    words = " ".join(post.split()).strip(".")
    return {
        "cllr": "Councillor",
        "cllrs": "Councillor",
        "cmhlr": "Councillor",
        "cyng": "Cynghorydd",
        "cynghorwyr": "Cynghorydd",
    }.get(words.lower(), words.removesuffix("s"))


def surname(name: str) -> str:
    """Return the last word of a name that is no honour and no initial in brackets."""
    words = [word for word in name.split() if not (_HONOURS.fullmatch(word) or word.startswith("("))]
    return words[-1] if words else name
