"""Whose paper this is, where no header says so: by the publisher's domain, or the name it keeps using."""

import re
from collections import Counter
from collections.abc import Iterable

from qa_service.documents.bodies import councils_in

# Public facts: the domain under gov.uk, or under ie, that each council publishes by.
# A domain not listed identifies nobody.
_DOMAINS = {
    "bristol": "Bristol City Council",
    "cambridgeshire": "Cambridgeshire County Council",
    "derbyshire": "Derbyshire County Council",
    "devon": "Devon County Council",
    "eastsussex": "East Sussex County Council",
    "essex": "Essex County Council",
    "gloucestershire": "Gloucestershire County Council",
    "hants": "Hampshire County Council",
    "hertfordshire": "Hertfordshire County Council",
    "kent": "Kent County Council",
    "kingston": "Royal Borough of Kingston upon Thames",
    "lancashire": "Lancashire County Council",
    "leics": "Leicestershire County Council",
    "lincolnshire": "Lincolnshire County Council",
    "norfolk": "Norfolk County Council",
    "nottscc": "Nottinghamshire County Council",
    "oxfordshire": "Oxfordshire County Council",
    "portsmouthcc": "Portsmouth City Council",
    "southampton": "Southampton City Council",
    "staffordshire": "Staffordshire County Council",
    "suffolk": "Suffolk County Council",
    "surreycc": "Surrey County Council",
    "warwickshire": "Warwickshire County Council",
    "westsussex": "West Sussex County Council",
    "worcestershire": "Worcestershire County Council",
}
_IRISH_DOMAINS = {
    "carlow": "Carlow County Council",
    "cavancoco": "Cavan County Council",
    "clarecoco": "Clare County Council",
    "corkcity": "Cork City Council",
    "corkcoco": "Cork County Council",
    "dlrcoco": "D\u00fan Laoghaire-Rathdown County Council",
    "donegalcoco": "Donegal County Council",
    "dublincity": "Dublin City Council",
    "fingal": "Fingal County Council",
    "galwaycity": "Galway City Council",
    "kerrycoco": "Kerry County Council",
    "kildarecoco": "Kildare County Council",
    "kilkennycoco": "Kilkenny County Council",
    "laois": "Laois County Council",
    "leitrimcoco": "Leitrim County Council",
    "limerick": "Limerick City and County Council",
    "longfordcoco": "Longford County Council",
    "louthcoco": "Louth County Council",
    "mayo": "Mayo County Council",
    "meath": "Meath County Council",
    "monaghan": "Monaghan County Council",
    "offaly": "Offaly County Council",
    "roscommoncoco": "Roscommon County Council",
    "sdcc": "South Dublin County Council",
    "sligococo": "Sligo County Council",
    "tipperarycoco": "Tipperary County Council",
    "waterfordcouncil": "Waterford City and County Council",
    "westmeathcoco": "Westmeath County Council",
    "wexfordcoco": "Wexford County Council",
    "wicklow": "Wicklow County Council",
}
# Short forms that councils call themselves by, where no other council of this table shares them.
_SHORT_FORMS = {
    "ESCC": "East Sussex County Council",
    "KCC": "Kent County Council",
    "RBK": "Royal Borough of Kingston upon Thames",
    "WSCC": "West Sussex County Council",
}
_SHORT_FORM = re.compile(r"\b(?:" + "|".join(_SHORT_FORMS) + r")\b")
_DOMAIN = re.compile(r"[@.](?:(?P<uk>[a-z]{3,20})\s?\.gov\.uk|(?P<irish>[a-z]{3,20})\.ie\b)", re.IGNORECASE)
_TIMES = 2  # named so often at least, and so many times as often as any other
_OFTEN = 5  # and four times as often as all others together: nobody else writes so
_ALONE = 4
_HEAD = 2_000  # characters: a paper that nowhere opens or closes with the name is perhaps about that council
_SHORT = 15_000


def publisher(text: str, url: str | None = None) -> str | None:
    """Return the council that published a paper: by its address, its contacts or its words; else None.

    Its words are its full name or its short form, used twice at least and twice as often as any other.
    """
    return _by_contacts(url or "") or _by_contacts(text) or _by_name(text)


def _by_contacts(text: str) -> str | None:
    return _most_named(
        _DOMAINS.get(match["uk"].lower()) if match["uk"] else _IRISH_DOMAINS.get(match["irish"].lower())
        for match in _DOMAIN.finditer(text)
    )


def _by_name(text: str) -> str | None:
    named = _named(text)
    council = _most_named(named)
    if council is None or named.count(council) < _TIMES:
        return None
    if named.count(council) >= max(_OFTEN, _ALONE * (len(named) - named.count(council))):
        return council
    ends = text if len(text) <= _SHORT else text[:_HEAD] + text[-_HEAD:]
    return council if council in _named(ends) else None


def _named(text: str) -> tuple[str, ...]:
    return (*councils_in(text), *(_SHORT_FORMS[short] for short in _SHORT_FORM.findall(text)))


def _most_named(names: Iterable[str | None]) -> str | None:
    """Return the name that stands at least twice as often as any other."""
    ranked = Counter(name for name in names if name).most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[1][1] * _TIMES > ranked[0][1]):
        return None
    return ranked[0][0]
