"""The names that a question holds: of people, places and things, where capital letters tell."""

import re
from collections.abc import Iterable

from qa_service.store.lexical_index import STOP_WORDS

_NAME = re.compile(r"\b[A-Z][\w&]+(?:[’'-][\w&]+)*(?:\s+[A-Z][\w&]+(?:[’'-][\w&]+)*)*")
# A capital letter at the beginning of a sentence names nobody.
_FIRST_WORD = re.compile(r"(?:^|[.?!:]\s+)[\"“‘(]*\S+")
# Days, offices and bodies are written with capitals too; what they are called differs from paper to paper.
GENERAL = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december spring summer autumn winter christmas easter leader
    leaders chair chairman chairwoman chairperson vice deputy mayor director officer officers head
    member members councillor councillors cllr mr mrs ms miss dr sir dame lord lady professor
    secretary state minister chief executive council cabinet panel committee board forum county city
    borough district town parish scrutiny government parliament agenda minutes report appendix item""".split()
)

# "If" and "My" begin sentences before which a stop was forgotten; no index holds "us", which "US" is read as.
_NO_NAMES = GENERAL | STOP_WORDS


def names_in(text: str, not_meant: Iterable[str] = ()) -> list[str]:
    """Return the names in a question, in order, each once; not the words of `not_meant` nor of offices.

    A question all in capitals, or with a capital at every word, tells none.
    """
    if text.isupper() or text.istitle():
        return []
    words = {word for name in not_meant for word in re.findall(r"[\w&]+", name.lower())} | _NO_NAMES
    rest = _FIRST_WORD.sub(lambda first: " " * len(first.group()), text)
    found = [match.group() for match in _NAME.finditer(rest)]
    return list(dict.fromkeys(name for name in found if not set(_plain(name)) <= words))


def _plain(name: str) -> list[str]:
    return re.findall(r"[\w&]+", re.sub(r"['’]s\b", "", name.lower()))
