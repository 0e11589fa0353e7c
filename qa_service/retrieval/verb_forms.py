"""What verb a word may be a form of: "decided" of "decide", "stands" of "stand". For moving verbs only.

What it gets wrong is a letter at the end of a verb that is no pattern's: search goes by stems.
"""

import re
from dataclasses import dataclass

_IRREGULAR = {
    past: base
    for base, past in (
        pair.split(":")
        for pair in """
        be:been become:became begin:began bring:brought build:built buy:bought catch:caught
        choose:chose come:came cost:cost cut:cut deal:dealt do:did draw:drew drive:drove fall:fell
        feel:felt fight:fought find:found forget:forgot get:got give:gave go:went grow:grew have:had
        hear:heard hold:held keep:kept know:knew lead:led learn:learnt leave:left lend:lent let:let
        lose:lost make:made mean:meant meet:met pay:paid put:put quit:quit read:read ring:rang
        rise:rose run:ran say:said see:saw seek:sought sell:sold send:sent set:set shut:shut sit:sat
        speak:spoke spend:spent split:split stand:stood strike:struck swear:swore take:took
        teach:taught tell:told think:thought throw:threw undertake:undertook understand:understood
        win:won withdraw:withdrew write:wrote""".split()
    )
}
_PARTICIPLES = frozenset(
    """been become begun chosen come done drawn driven fallen forgotten given gone grown hidden known risen
    run seen shown sunk spoken stolen struck sworn taken thrown undertaken withdrawn worn written""".split()
) | (_IRREGULAR.keys() - {"was", "were"})
# Ends in -ed and is no verb that was done.
_NOT_PAST = frozenset("need speed feed seed indeed hundred red bed shed unmet sacred united limited".split())
_WITH_E = {
    "invited": "invite",
    "completed": "complete",
    "competed": "compete",
    "created": "create",
    "deleted": "delete",
}
_VOWELS = "aeiou"
_DOUBLED = re.compile(r"([bdgmnprt])\1$")
_LOSES_E = re.compile(
    r"(?:[vcuz]|(?<!s)s|dg|rg|ng|ag|[^aeiourlw]l|(?<![eo])at|[iu]r|(?<!e)ar|ut|ot|(?<!a)id|ud|[^aeiou]in)$"
)
_ONE_SYLLABLE = re.compile(rf"^[^{_VOWELS}]*(?:qu)?[{_VOWELS}][^{_VOWELS}wxy]$")
# Verbs whose forms in -s, or without any ending, are hardly ever nouns.
_PRESENT = frozenset(
    """add agree apply ask appear attend become arrive begin believe belong bring buy close come consist
    contain cover decide depend do exist expect expire finish get give go happen have hear help include
    intend keep know last lend make mean meet oppose owe own pay pertain put receive recommend remain
    require resolve say see seem sell sit speak spend stand take tell think want write reopen serve
    operate oversee manage sound""".split()
)
_PRESENT_OR_NOUN = frozenset(
    """act answer change charge control cost count demand end help lead look need open increase plan return
    ring rise run share start stop support turn use vote work""".split()
)


@dataclass(frozen=True, slots=True)
class VerbForm:
    """A verb's base and what asks in its place. `surely`: whether the word is no noun as well."""

    base: str
    auxiliary: str
    surely: bool


def past_form(word: str) -> VerbForm | None:
    """Return the verb that a word in lower case tells in the past; None where it is no such form."""
    if word in _IRREGULAR:
        return VerbForm(_IRREGULAR[word], "did", surely=True)
    if not re.fullmatch(r"[a-z-]{2,}ed", word) or word in _NOT_PAST:
        return None
    return VerbForm(_WITH_E.get(word) or _without_ed(word), "did", surely=True)


def present_form(word: str) -> VerbForm | None:
    """Return the verb that a word in lower case tells in the present; None where it is no such form."""
    for verbs, surely in ((_PRESENT, True), (_PRESENT_OR_NOUN, False)):
        if word in verbs:
            return VerbForm(word, "do", surely=surely)
        if (base := _without_s(word)) in verbs:
            return VerbForm(base, "does", surely=surely)
    return None


def is_participle(word: str) -> bool:
    """Return whether a word in lower case goes with "has been" or "has": "approved", "gone"."""
    return word in _PARTICIPLES or past_form(word) is not None


def _without_s(word: str) -> str:
    if word in {"has", "does", "goes"}:
        return {"has": "have", "does": "do", "goes": "go"}[word]
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") else ""


def _without_ed(word: str) -> str:
    stem = word[:-2]
    if word.endswith("eed"):
        return word[:-1]
    if stem.endswith("i"):
        return f"{stem[:-1]}y"
    if _DOUBLED.search(stem):
        return stem[:-1]
    return f"{stem}e" if _LOSES_E.search(stem) or _ONE_SYLLABLE.match(stem) else stem
