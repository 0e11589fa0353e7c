"""Puts a clause in the order of a question: "when the next meeting is" asks "when is the next meeting".

Only where the subject and the verb are plain to see; what is read as a question already stays.
"""

import re
from dataclasses import dataclass

from qa_service.retrieval.verb_forms import VerbForm, is_participle, past_form, present_form

_MODALS = "can could will would shall should may might must".split()
_BE = "is are was were am".split()
_HAVE, _DO = frozenset("has have had".split()), frozenset("does do did".split())
_AUXILIARIES = frozenset([*_MODALS, *_BE, *_HAVE, *_DO])
_ADVERBS = frozenset(
    "not never ever yet already now also just since recently really last only still in fact".split()
)
_PREPOSITIONS = frozenset(
    """by for on at in from to with about until since during of over under between into through after
    before off""".split()
)
_DETERMINERS = frozenset(
    "the a an our your my their its his her this that these those any some every each all no both".split()
)
_PRONOUNS = frozenset(
    """it they we he she i you there anyone anybody someone somebody everyone everybody nobody anything
    something everything nothing""".split()
)
_TITLES = frozenset("cllr mr mrs ms miss dr".split())
_BARE = frozenset(
    """people residents members officers councillors councils cabinet council parents pupils children
    drivers motorists families staff""".split()
)
# What begins another clause: a verb behind it is not the one that asks.
_SUBORDINATE = frozenset(
    """when while because after before if that which who whom whose where why how what whether since until
    unless although though once""".split()
)
_RELATIVE = frozenset("that which who whom whose where".split())
_QUESTION_WORDS = frozenset("who whom whose what which when where why how".split())
_DEGREES = frozenset(
    """many much long far often big large old soon high well hard likely close full busy fast deep late
    early small short wide heavy quickly badly bad good expensive""".split()
)
_NO_SUBJECT = frozenset("to not come about else exactly".split())
# Whoever does this to something is a name, with a capital letter or without.
_SAYING = frozenset("agree charge conclude decide mean promise recommend resolve say settle stand".split())
_JOINED = frozenset("and or but".split())
_ONE = frozenset("it he she anyone anybody someone somebody everyone everybody nobody".split())
_MANY = frozenset("i we you they people".split())
_NO_VERB_AFTER = frozenset("be been being is are was were get gets got getting".split())
_MAY = frozenset("the last next since by until from to before after early late this in of on".split())
_SHORT_IS = re.compile(r"(?i)^(it|there|he|she|that|they|we|you|i)['’](s|re|ve|m|ll|d)$")
_SHORT = {"s": "is", "re": "are", "ve": "have", "m": "am", "ll": "will", "d": "would"}
_OR_NOT = re.compile(r"\s+or\s+not\s*$", re.IGNORECASE)
_ASKS_AFTER = re.compile(
    r",\s*(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were|did|does|do|has|have|had|will|can)\b",
    re.IGNORECASE,
)
_LONGEST_NOUN = 7


@dataclass(frozen=True, slots=True)
class _Verb:
    at: int
    form: VerbForm | None
    surely: bool = True


def asked_directly(clause: str) -> str | None:
    """Return a clause behind a question word in direct order; None where it is, or may be, already."""
    words = _spread(clause)
    opening = _opening_of(words)
    if opening is None or _asks_of_own(words[opening:]):
        return None
    return _turned(words[:opening], words[opening:])


def asked_as_yes_or_no(clause: str) -> str | None:
    """Return "the plan was approved" as "was the plan approved"; None where its verb is not plain to see."""
    body = re.sub(r"^or\s+not\s+", "", _OR_NOT.sub("", clause.strip()), flags=re.IGNORECASE)
    if _ASKS_AFTER.search(body) and not re.match(r"(?i)there\b|it\b", body):
        return None
    return _turned([], _spread(body))


def is_auxiliary(word: str) -> bool:
    """Return whether a word may open a question that yes or no answers."""
    return _plain(word).removesuffix("n't") in _AUXILIARIES or _plain(word) in {"can't", "won't"}


def _spread(clause: str) -> list[str]:
    """Return the words, "it's" in two."""
    words: list[str] = []
    for word in clause.split():
        short = _SHORT_IS.match(word)
        words += [short[1], _SHORT[short[2].lower()]] if short else [word]
    return words


def _plain(word: str) -> str:
    return word.lower().strip('.,;:!?"“”()').replace("’", "'")


def _opening_of(words: list[str]) -> int | None:
    """Return how many words ask, before the subject; None where no subject follows them."""
    plain = [_plain(word) for word in words]
    at = 1 if len(plain) > 1 and plain[0] in _PREPOSITIONS and plain[1] in _QUESTION_WORDS else 0
    if at >= len(plain) or plain[at] not in _QUESTION_WORDS:
        return None
    asking, after = plain[at], at + 1
    if after >= len(words) or is_auxiliary(words[after]):
        return None
    if asking == "how" and plain[after] in _DEGREES:
        return _behind_degree(words, after + 1)
    if asking in {"when", "where", "why", "how"}:
        return None if plain[after] in _NO_SUBJECT else after
    said = asking == "what" and _says(plain[after + 1 : after + 3])
    if said or (asking in {"what", "who", "whom"} and _starts_subject(words, after, bare=True)):
        return after
    return None if asking in {"who", "whom"} else _noun_then_subject(words, after)


def _behind_degree(words: list[str], at: int) -> int | None:
    """Return where the subject begins: "how long | the lease", "how many posts | the council"."""
    if at >= len(words) or is_auxiliary(words[at]) or _plain(words[at]) in _PREPOSITIONS:
        return None
    degree, plural = _plain(words[at - 1]), _plain(words[at]) in _BARE and words[at].endswith("s")
    return (
        at
        if degree not in {"many", "much"} or (degree == "much" and plural)
        else _noun_then_subject(words, at)
    )


def _noun_then_subject(words: list[str], start: int) -> int | None:
    """Return where the subject begins: "how many posts | the council", "which lanes | officers"."""
    if _plain(words[start]) in _DETERMINERS | _PRONOUNS:
        return start
    for at in range(start + 1, min(start + _LONGEST_NOUN, len(words))):
        word, before = _plain(words[at]), _plain(words[at - 1])
        if is_auxiliary(words[at]) or past_form(before) or before in _SUBORDINATE:
            return None
        if before in _PREPOSITIONS | _DETERMINERS | _JOINED:
            continue
        # "Which committee members came" has one noun of two words, "which lanes officers wanted" two.
        bare = before.endswith("s") and before == words[at - 1]
        if word not in {"a", "an"} and _starts_subject(words, at, bare=bare):
            return at
    return None


def _starts_subject(words: list[str], at: int, *, bare: bool) -> bool:
    """Return whether a subject begins: "the board", "Kent's", "Mr Hask", and where `bare` "members"."""
    word, plain = words[at], _plain(words[at])
    if plain in _TITLES | {"councillor"}:
        return plain in _TITLES or "".join(words[at + 1 : at + 2])[:1].isupper()
    named = word[:1].isupper() or plain.endswith("'s")
    return bare if plain in _BARE else named or plain in _DETERMINERS | _PRONOUNS


def _asks_of_own(body: list[str]) -> bool:
    """Return whether an owner opens what is asked: "what officers' | advice did the panel follow"."""
    verb = _verb_of(body) if _plain(body[0]).endswith(("'s", "s'")) else None
    helps = verb is not None and verb.at + 1 < len(body) and is_auxiliary(body[verb.at])
    return verb is not None and helps and _starts_subject(body, verb.at + 1, bare=True)


def _says(words: list[str]) -> bool:
    """Return whether a name stands before: "what kent | decided", "what kent | has decided"."""
    at = 1 if len(words) > 1 and words[0] in _HAVE | _ADVERBS else 0
    form = (past_form(words[at]) or present_form(words[at])) if words else None
    return form is not None and form.base in _SAYING


def _turned(opening: list[str], body: list[str]) -> str | None:
    verb = None if not body or _plain(body[0]) == "to" else _verb_of(body)
    verb = verb or _behind_pronoun(body)
    if verb is None:
        return None
    subject, rest = body[: verb.at], body[verb.at + 1 :]
    if verb.form is None:
        said = [body[verb.at].lower(), *subject, *rest]
    else:
        said = [verb.form.auxiliary, *subject, verb.form.base + _mark(body[verb.at]), *rest]
    return " ".join([*opening, *said])


def _behind_pronoun(body: list[str]) -> _Verb | None:
    """Return the word behind "they" or "it" as a verb, known or not: "they sue", "it leaks"."""
    subject, word = (_plain(each) for each in body[:2]) if len(body) > 1 else ("", "")
    if subject in _MANY and re.fullmatch(r"[a-z]{2,}", word):
        return _Verb(1, VerbForm(word, "do", surely=False))
    if subject in _ONE and re.fullmatch(r"[a-z]{2,}[^su\W]s", word):
        return _Verb(1, VerbForm(word.removesuffix("s"), "does", surely=False))
    return None


def _mark(word: str) -> str:
    """Return the comma behind a word."""
    return word[len(word.rstrip(",;:")) :]


def _verb_of(body: list[str]) -> _Verb | None:
    """Return the verb of the clause itself: no verb of what only tells more of its subject."""
    end = next((at for at in range(1, len(body)) if _begins_clause(body, at)), len(body))
    if (verb := _first(body, 1, end)) is not None or end == len(body):
        return verb
    if _plain(body[end]) not in _RELATIVE:
        return _first(body, end + 1, len(body))
    inner = _first(body, end + 1, len(body), nearest=True)
    return None if inner is None else _first(body, inner.at + 1, len(body))


def _begins_clause(body: list[str], at: int) -> bool:
    word = _plain(body[at])
    follows = body[at + 1] if at + 1 < len(body) else ""
    asks = _plain(follows) in _QUESTION_WORDS or is_auxiliary(follows)
    return word in _SUBORDINATE or (word in _JOINED and asks)


def _first(body: list[str], start: int, end: int, *, nearest: bool = False) -> _Verb | None:
    """Return the finite verb among words: an auxiliary before a past form, that before a present one.

    "The plan agreed in May was dropped": a past form may only tell which plan, unless it has an object.
    """
    found = [verb for at in range(start, end) if (verb := _verb_at(body, at)) is not None]
    sure = [verb for verb in found if verb.surely] or found
    past = [verb for verb in sure if verb.form is None or verb.form.auxiliary == "did"] or sure
    if not past or nearest:
        return past[0] if past else None
    helping = next((verb for verb in past if verb.form is None), None)
    if helping is None or past[0] is helping or _has_object(body, past[0].at):
        return past[0]
    return helping


def _has_object(body: list[str], at: int) -> bool:
    return at + 1 < len(body) and _plain(body[at + 1]) in _DETERMINERS | (_PRONOUNS - {"there"})


def _verb_at(body: list[str], at: int) -> _Verb | None:
    word, before = _plain(body[at]), _plain(body[at - 1])
    negated = word.endswith("n't")
    if word in _HAVE | _DO and not negated:
        helps = (
            _helps_have(body, at)
            if word in _HAVE
            else _plain(body[at + 1 : at + 2][0] if body[at + 1 :] else "") == "not"
        )
        return _Verb(at, None if helps else past_form(word) or present_form(word))
    if is_auxiliary(word):
        month = word == "may" and (body[at][0].isupper() or before in _MAY or before.isdigit())
        return None if month or (word in _MODALS and before in _DETERMINERS - {"that"}) else _Verb(at, None)
    if before in (_DETERMINERS - {"that"}) | _PREPOSITIONS | _NO_VERB_AFTER or before.endswith(("'s", "s'")):
        return None
    if body[at][0].isupper() or (form := past_form(word) or present_form(word)) is None:
        return None
    if word == "told" and body[at + 1 :] and _plain(body[at + 1]) in {"to", "of", "about", "by"}:
        return None
    if form.base == word and _plain(body[0]) in _MANY and at == 1:
        form = VerbForm(word, "do", surely=True)
    return _Verb(at, form, surely=form.surely)


def _helps_have(body: list[str], at: int) -> bool:
    """Return whether "has" goes with what was done, and is not what somebody has."""
    after = (_plain(word) for word in body[at + 1 :])
    following = next((word for word in after if word not in _ADVERBS and not word.endswith("ly")), "")
    return is_participle(following)
