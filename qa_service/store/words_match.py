"""Full-text conditions made of what somebody typed."""

import re

_WORD = re.compile(r"\w+")


def words_match(text: str) -> str:
    """Return the full-text condition that all words of a text occur; "" without a word in it.

    Words are quoted: what somebody types is never syntax.
    """
    return " ".join(f'"{word}"' for word in _WORD.findall(text))
