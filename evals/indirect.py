"""Questions in indirect order: "When was the bridge mended?" as "Do you know when the bridge was mended?".

There is no parser here. Each rule knows where the subject ends by words that can be listed; a question that
no rule is sure of is left alone, so that what is measured is the reading of good English and not of ours.
"""

import re
from collections.abc import Sequence

QUESTION_WORDS = frozenset("how what when where which who whom whose why".split())
BE = frozenset("am are is was were".split())
MOVED = BE | frozenset("can could had has have may might must shall should will would".split())
AUXILIARIES = MOVED | frozenset("did do does".split())
PRONOUNS = frozenset("anybody anyone everybody he it nobody she somebody someone there they we you".split())
DETERMINERS = frozenset(
    "a all an any both each every her his its no our some that the their these this those".split()
)
PREPOSITIONS = frozenset(
    """about above across after against ahead along among around at away back before behind below beside
    between beyond by down during for from in into near of off on onto out over past per since
    through to towards under until up upon with within without""".split()
)
_ACTORS = frozenset(
    """auditor auditors board cabinet chair chairman city committee committees contractor council
    councillor councillors councils county department director executive forum governors group
    inspector landlord leader mayor members ministers officer officers panel parents people police
    residents subcommittee tenants town""".split()
)
_LINKS = frozenset("& and for of the".split())
_ADVERBS = frozenset("actually already also ever finally first last then themselves".split())
_SUBORDINATE = frozenset("because if once that when which while who whom whose".split())
# They say of a subject what it is or what was done to it, and hardly ever stand before a noun.
_PREDICATES = frozenset(
    """able absent available begun bought brought built chosen done due given gone held kept known laid
    left likely lost made met open paid put ready responsible said seen sent set shown shut sold
    spent taken told won worth
    written""".split()
)
_NO_PARTICIPLES = frozenset("bed breed feed hundred indeed need seed shed speed weed".split())
_PARTICIPLE = re.compile(r"[a-z-]{2,}ed")
_ING_NOUNS = frozenset(
    """building briefing cycling during evening funding gritting hearing housing learning licensing
    lighting meeting monitoring morning parking planning recycling saving spending spring swimming
    training""".split()
)
_IRREGULAR = dict(
    pair.split("-")
    for pair in """become-became begin-began break-broke bring-brought build-built buy-bought choose-chose
    come-came cost-cost cut-cut do-did draw-drew fall-fell feel-felt find-found get-got give-gave go-went
    grow-grew hear-heard hold-held keep-kept know-knew lay-laid lead-led leave-left lend-lent
    let-let lose-lost make-made mean-meant meet-met pay-paid put-put read-read rise-rose run-ran
    say-said see-saw sell-sold send-sent set-set shut-shut sit-sat speak-spoke spend-spent ring-rang
    show-showed stand-stood take-took tell-told think-thought undertake-undertook withdraw-withdrew
    win-won write-wrote""".split()
)
# A noun after a name ("the Otterfleet youth hub") looks like a verb: these are what councils are said to do.
_VERBS = frozenset(
    """accept act add admit adopt agree allow amend announce answer appoint approve argue ask attend award
    back ban believe borrow call cancel carry chair change charge chip claim close commit complain
    condemn confirm consider consult cover decide declare defer delay demand discuss dip drop elect
    endorse enforce expect explain extend fail fine finish fund gain grant hand happen help hire
    hope increase inspect install invite issue join launch learn like live look lower mend mention
    miss move name need note object offer omit oppose order overturn own park pass permit plan
    please postpone prefer promise propose publish question raise reach receive recommend reduce
    refer refuse reject remain remove renew repair repeal replace reply report request require
    resign resolve respond review rule save schedule scrap scrutinise settle share sign stay stop
    submit support suspend switch tackle talk thank transfer treat try turn urge use veto visit vote
    waive want warn welcome work worry""".split()
) | frozenset(_IRREGULAR)
_PARTICIPLES_OF_HAVE = frozenset(
    "become been begun come fallen found given gone got grown left lost meant run".split()
)
_DOUBLED = frozenset(
    """admit ban cancel chip commit defer dip drop omit permit plan prefer refer scrap stop submit
    transfer""".split()
)
_SECOND_QUESTION = re.compile(
    rf"\b(?:and|but|or),? (?:{'|'.join(sorted(QUESTION_WORDS | AUXILIARIES))})\b|n['’]t\b|[;:!?]."
)
_MOST_ASKED_OF = 5  # words from the question word up to its verb


def indirect(text: str) -> str:
    """Return the question after "Do you know", in indirect order; as it is where no rule is sure."""
    body = text.strip().rstrip("?").rstrip()
    words = body.split()
    if len(words) < 2 or _SECOND_QUESTION.search(body):  # noqa: PLR2004 - one word has no order
        return text
    first = words[0].lower()
    if first in QUESTION_WORDS:
        turned = _after_question_word([first, *words[1:]])
    elif first in MOVED or first == "did":
        turned = _after_verb(first, words[1:], ["whether"])
    else:
        turned = None
    return text if turned is None else f"Do you know {' '.join(turned)}?"


def _after_question_word(words: list[str]) -> list[str] | None:
    at = next((n for n, word in enumerate(words) if word in AUXILIARIES), None)
    if at is None:
        # Without "did" the question word is the subject ("Who chaired it?"), and the order is the same.
        return None if words[1] in PREPOSITIONS | _SUBORDINATE else words
    asked, verb, rest = words[:at], words[at], words[at + 1 :]
    if not rest or at > _MOST_ASKED_OF or any(word in _SUBORDINATE for word in asked[1:]):
        return None
    if verb in BE and (
        (asked == ["who"] and rest == ["there"]) or rest[0] in PREPOSITIONS or _is_predicate(rest, 0)
    ):
        return words
    return _after_verb(verb, rest, asked)


def _after_verb(verb: str, rest: Sequence[str], asked: list[str]) -> list[str] | None:
    """Return the question with its verb after the subject; None where the end of the subject is not known."""
    if any(word in (AUXILIARIES - {"do"}) | _SUBORDINATE for word in rest):
        return None
    if verb in BE:
        length = _length_before_predicate(rest, asked)
        return None if length is None else [*asked, *rest[:length], verb, *rest[length:]]
    length = _length_of_subject(rest)
    at = len(rest) if length is None else _verb_at(rest, length)
    if length is None or at == len(rest) or not _goes_with(verb, rest[at]):
        return None
    if verb == "did":
        return [*asked, *rest[:at], past(rest[at]), *rest[at + 1 :]]
    return [*asked, *rest[:length], verb, *rest[length:]]


def _goes_with(verb: str, main: str) -> bool:
    """Tell whether a word can be the main verb behind "did", "has" or "will"."""
    if verb in {"had", "has", "have"}:
        return main in _PARTICIPLES_OF_HAVE | _PREDICATES or _PARTICIPLE.fullmatch(main) is not None
    return verb in MOVED | {"did"} and main in _VERBS


def _length_of_subject(rest: Sequence[str]) -> int | None:
    """Return how many words the subject has: a pronoun, a name, or somebody that council papers speak of.

    None where it is another.
    """
    if rest[0] in PRONOUNS:
        length = 1
    else:
        start = int(rest[0] in DETERMINERS)
        length = start + _name_length(rest[start:])
        length += _possessive(rest[length : length + 1])
        if rest[length : length + 1] and rest[length] in _ACTORS:
            length += 1
        elif length == start or _possessive(rest[length - 1 : length]):
            return None
    return length


def _name_length(words: Sequence[str]) -> int:
    """Return how many words at the start are a name, small words between its parts among them."""
    length = 0
    for n, word in enumerate(words):
        if word[0].isupper():
            length = n + 1
        elif word not in _LINKS or not length:
            break
    return length


def _possessive(words: Sequence[str]) -> bool:
    return any(word.endswith(("'s", "’s", "s'", "s’")) for word in words)


def _verb_at(rest: Sequence[str], after: int) -> int:
    """Return where the first word after the subject stands that is no adverb; the length if there is none."""
    return next((n for n in range(after, len(rest)) if rest[n] not in _ADVERBS), len(rest))


def past(verb: str) -> str:
    """Return the past of a verb that is given in its base form."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb in _DOUBLED:
        return f"{verb}{verb[-1]}ed"
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2:-1] not in set("aeiou"):
        return f"{verb[:-1]}ied"
    return f"{verb}ed"


def _length_before_predicate(rest: Sequence[str], asked: Sequence[str]) -> int | None:
    """Return how many words stand before what is said of the subject of "is" or "was"; None where unsure."""
    if rest[0] in PRONOUNS:
        return 1
    if any(word.endswith("ing") and word.islower() and word not in _ING_NOUNS for word in rest):
        return None
    found = [n for n in range(1, len(rest)) if _is_predicate(rest, n)]
    if len(found) == 1 and (_asks_of_an_act(asked) or rest[found[0] + 1 : found[0] + 2] == ["to"]):
        return found[0]
    if found or "be" in rest or "been" in rest:
        to = [n for n in range(1, len(rest) - 1) if list(rest[n : n + 2]) == ["to", "be"]]
        return to[0] if len(to) == 1 and not found else None
    return len(rest) if _verb_may_end(rest, asked) else None


def _asks_of_an_act(asked: Sequence[str]) -> bool:
    """Tell whether a participle is asked about, and is no part of "the sum agreed" or "the man robbed"."""
    if len(asked) == 1:
        return asked[0] not in {"what", "who"}
    return asked[0] != "how" or asked[1] in {"long", "many", "much", "often", "soon"}


def _is_predicate(words: Sequence[str], at: int) -> bool:
    """Tell whether a word says what was done to the subject: "agreed by", but not "the agreed plan"."""
    word, after = words[at], words[at + 1 : at + 2]
    if at and words[at - 1] in DETERMINERS | PREPOSITIONS | {"be", "been"}:
        return False
    if word in _PREDICATES:
        return True
    followed = not after or after[0] in PREPOSITIONS or after[0].endswith("ly")
    return followed and _PARTICIPLE.fullmatch(word) is not None and word not in _NO_PARTICIPLES


def _verb_may_end(rest: Sequence[str], asked: Sequence[str]) -> bool:
    """Tell whether all that follows the verb can be its subject: "What is the fee for an evening?"."""
    bare = len(asked) == 1 and asked[0] in {"what", "who", "when", "where"}
    how = len(asked) > 1 and asked[0] == "how"
    subject = rest[0] in DETERMINERS or rest[0][0].isupper()
    return (bare or how) and subject and rest[-1] not in PREPOSITIONS
