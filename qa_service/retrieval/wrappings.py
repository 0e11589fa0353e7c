"""What people put before and behind a question: "Hi, can you tell me ..." and "... please, thanks"."""

import re


def _any_of(*patterns: str) -> str:
    """Return a pattern for any of some; a blank in them stands for any number of blanks."""
    return f"(?:{'|'.join(patterns)})".replace(" ", r"\s+")


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE | re.DOTALL)


# Bounded, here and below: a question may be two thousand characters of "please".
_SOFT = (
    r"(?:,?\s*\b(?:please|pls|plz|kindly|possibly|perhaps|maybe|just|also|quickly|briefly|actually|really|only|very|"
    r"happen to)\b,?){0,4}"
)
_SOMEBODY = r"(?:you|u|any(?:one|body)|some(?:one|body)|(?:any|one) of you)"
_ME, _I = r"(?:me|us)", r"(?:i|we)"
_I_AM = rf"{_I}(?:['’]?m|['’]?re| am| are| was| were)"
_I_WOULD = rf"{_I}(?:['’]?d| would| should)?{_SOFT}"
_MODAL = r"(?:can|could|would|will|might|may)(?:n['’]?t)?"
# "On which days" asks with its "on", "an idea on when" does not.
_AS_TO = r"(?: (?:of|about|as to|on(?= (?:who|when|where|why|how|whether|if)\b)))?"
_IDEA = rf"(?:(?:any|an|some|a) )?(?:ideas?|clue|information|info|details?){_AS_TO}"
QUESTION_WORD = (
    r"(?:(?:by|for|on|at|in|from|to|with|about|until|since|during|near|under|over|after|before|against|within)\s+)?"
    r"(?:who|whom|whose|what|which|when|where|why|how)(?:['’]?(?:s|re|d|ve))?\b"
)
_ASKS = rf"(?:{QUESTION_WORD}|(?:is|are|was|were|did|does|do|has|have|had)\b)"
# A council's or a month's papers are more than "the papers": they say where to look.
PAPERS = (
    r"(?:any of )?(?:the|your|these|those|our|all the|any)"
    r"(?: (?:council|committee|meeting|official|published|public|available)(?:['’]s)?){0,2}"
    r" (?:papers|minutes|documents|documentation|records|files|archives?)"
)
# What somebody is begged to do: behind "can you", "if you could", or by itself.
_TELL = _any_of(
    rf"(?:tell|remind|show|advise|inform|enlighten)(?: {_ME})?",
    rf"let {_ME} know",
    "say",
    "state",
    rf"explain(?: to {_ME})?",
    rf"(?:find out|check|confirm|clarify|look up)(?: (?:for|to|with) {_ME})?",
    rf"give {_ME} {_IDEA}",
    rf"help(?: {_ME})? (?:to )?(?:find out|understand|see|work out|with)",
)
_TELLING = rf"(?:(?:telling|reminding) {_ME}|letting {_ME} know|explaining|checking|finding out)"
_LEARN = _any_of(
    "know|find out|hear|learn|understand|enquire|inquire|query|see|check|establish",
    "work out|discover|remember",
    "ask(?: you)?",
    "be (?:told|reminded)",
)
_ABLE = "(?:be able to|be (?:so|very) kind as to|be kind enough to)"
_GRATEFUL = "(?:be (?:(?:very|really|most|so) )?(?:grateful|glad|thankful|obliged)|appreciate it)"
_CANNOT = "(?:can['’]?t|cannot|can not|could not|couldn['’]?t)"
_IF_YOU = rf"if {_SOMEBODY} (?:can|could|would|might){_SOFT} {_TELL}"
_BEGGED = (
    rf"{_MODAL} {_SOMEBODY}(?:{_SOFT} {_ABLE})?{_SOFT} {_TELL}",
    rf"{_MODAL} the (?:council|committee|panel|leader|chair\w*){_SOFT} tell {_ME}",
    rf"(?:would|do) you mind{_SOFT} {_TELLING}",
    rf"(?:are you|is any(?:one|body)) able to{_SOFT} {_TELL}",
    rf"(?:is there )?any chance (?:that )?{_SOMEBODY} (?:can|could|would|might) {_TELL}",
    rf"who (?:can|could) tell {_ME}",
    rf"(?:tell|remind|show|advise|inform) {_ME}",
    rf"let {_ME} know",
    rf"explain(?: to {_ME})?",
    "say",
    rf"(?:find out|check|confirm|clarify)(?: (?:for|to|with) {_ME})?",
)
_KNOWN = (
    rf"do(?:es)? (?:{_SOMEBODY}|we)(?: here)?{_SOFT} (?:know|remember|recall|understand|have {_IDEA})",
    rf"{_SOMEBODY} knows?",
    rf"any (?:ideas?|clue){_AS_TO}",
    rf"(?:has|have) {_SOMEBODY} (?:got )?{_IDEA}",
    rf"(?:is it|would it be) possible{_SOFT} to{_SOFT} (?:{_LEARN}|{_TELL})",
    rf"do(?:es)? {PAPERS}(?: anywhere)? (?:say|show|tell {_ME}|record|state|mention)",
    "does it say(?: anywhere)?",
    rf"is it (?:known|recorded|minuted|stated|clear)(?: anywhere| in {PAPERS})?",
    "is there (?:a|any) way (?:of|to) (?:know(?:ing)?|find(?:ing)? out|tell(?:ing)?)",
)
_WANTED = (
    rf"{_MODAL} {_I}{_SOFT} {_LEARN}",
    rf"{_I_WOULD} (?:like|love|want(?:ed)?|wish|need(?:ed)?|hope[ds]?) to{_SOFT} {_LEARN}",
    rf"{_I_WOULD} be{_SOFT} (?:interested|keen|curious|grateful|glad|pleased) to{_SOFT} {_LEARN}",
    rf"{_I_WOULD} {_GRATEFUL} {_IF_YOU}",
    rf"it would be (?:good|great|helpful|useful|nice|interesting) (?:to {_LEARN}|{_IF_YOU})",
    rf"(?:(?:{_I_AM}|am|was|were) )?{_SOFT}\s*(?:wondering|curious|interested|keen){_AS_TO}",
    rf"(?:{_I_AM} )?{_SOFT}\s*(?:trying|hoping|looking|keen|curious|interested|wanting) to {_LEARN}",
    rf"{_I_AM} hoping {_SOMEBODY} (?:can|could) {_TELL}",
    rf"{_I}{_SOFT} wonder(?:ed)?{_AS_TO}",
    rf"{_I} {_CANNOT} (?:remember|recall|find(?: out)?|see|work out)",
    rf"{_I} (?:do not|don['’]?t) (?:understand|see)",
    rf"{_I} need help (?:finding out|understanding|with)",
    rf"{_I}(?:['’]?ve| have)? forg[eo]t(?:ten)?",
    rf"(?:what|all) (?:{_I_WOULD} (?:like|want|need) to know|{_I_AM} asking) is",
    "(?:my|the|our) question is(?: this)?",
    "let me ask(?: you)?",
)
# Behind these a clause tells what is asked.
HEADS = _compiled(rf"{_SOFT}\s*{_any_of(*_BEGGED, *_KNOWN, *_WANTED)}{_SOFT}(?=[\s,:;–—-]|[.?!]*$)")
# "Can you summarise the meeting?" begs for what "Summarise the meeting" does.
BID = _compiled(
    rf"(?:{_MODAL} you|{_I_WOULD} like you to){_SOFT} "
    rf"(?P<bid>(?:(?:give|show|tell) {_ME}|(?:list|name) (?:the|all|any|every|those|which)|"
    r"summari[sz]e|describe|outline|compare|explain)\b.*)$"
)
_ANYTHING = _any_of(
    "anything|something|everything|all|more|what there is",
    "a (?:bit|little)(?: more)?",
    "(?:any |some )?(?:information|info|details)",
)
_NO_SUBJECT = "(?:who|whom|whose|what|which|when|where|why|how|it|this|that|these|those|them)"
ON_SUBJECT = _compiled(
    rf"(?:{_SOFT}\s*(?:{_MODAL} {_SOMEBODY}{_SOFT} )?tell {_ME}(?! on\b)"
    rf"|what (?:can|could) you tell {_ME}|what do (?:you|we) know|do(?:es)? {_SOMEBODY} (?:know|have)"
    rf"|(?:have|has) {_SOMEBODY} got|{_MODAL} {_SOMEBODY}{_SOFT} find(?= (?:any|some)thing)"
    rf"|{_I_WOULD} (?:like|want|need) (?:to know|some)|{_I_AM} (?:looking for|interested in)|is there"
    rf"|do(?:es)? {PAPERS} (?:say|have|hold|contain))"
    rf" (?:{_ANYTHING} )?(?:in {PAPERS} )?(?:about|on) (?!{_NO_SUBJECT}\b)"
    rf"(?P<subject>.+?)(?: in {PAPERS})?$"
)
# "Can I have the date?" asks for it, "can I have the minutes sent to me?" whether that can be.
_PRINTED = (
    r"(?= the (?:[\w’'-]+ ){0,3}?"
    r"(?:dates?|times?|venue|place|names?|deadline|outcome|result|numbers?|amounts?|costs?)\b)"
)
_AFTER_NOUN = r"(?:of|for|on|in|at|to|from|about|by)"
NOUN = _compiled(
    rf"(?:{_SOFT}\s*(?:{_MODAL} {_SOMEBODY}{_SOFT} )?"
    rf"(?:(?:tell|give) {_ME}|remind {_ME} of|let {_ME} (?:know|have)|find out|(?:confirm|check){_PRINTED})"
    rf"|do(?:es)? {_SOMEBODY} (?:know|have{_PRINTED})|{_I_WOULD} (?:like|want|need) to (?:know|find out)"
    rf"|{_MODAL} {_I}{_SOFT} (?:ask|know|find out|(?:have|get|check){_PRINTED})){_SOFT} "
    rf"(?P<noun>the (?P<head>[\w’'&-]+(?: (?!(?:{_AFTER_NOUN}|that|which|who)\b)[\w’'&-]+){{0,5}})"
    rf"(?: {_AFTER_NOUN}\b.*)?)$"
)
# "Confirm the minutes of the meeting held in May" claims nothing.
_FINITE = "(?:is|are|was|were|has|have|had|will|would|did|does|went|came|got)"
IS_IT_SO = _compiled(
    r"(?:is it (?:true|correct|the case)|(?:am i|are we) right(?: (?:in thinking|to think))?|"
    rf"(?:can|could) (?:{_SOMEBODY}|{_I}){_SOFT} (?:confirm|check)|confirm)"
    rf"(?: that|(?=.*\b{_FINITE}\b)) (?P<clause>.+)$"
)
_GREETED = "there|all|everyone|everybody|team|both|folks|again"
_KIND_OF_QUESTION = "quick|simple|short|small|silly|stupid|daft|basic|further|last"
_JOINT, _BUT = r"\s*[,.!:;–—-]+\s*", r"(?:\s*[,:–—]\s*(?:but\s+)?|\s+but\s+)"
# Words before a question that ask nothing: greetings, excuses, where to look.
OPENINGS = _compiled(
    "^"
    + _any_of(
        r"(?:hi|hello|hey|hiya|greetings|good (?:morning|afternoon|evening|day))"
        rf"(?: (?:{_GREETED})\b)?(?:\s*[,.!:;]+\s*| [–—-]+ |\s+(?=\w))",
        r"dear (?:[\w.'’/-]+ ){0,3}[\w.'’/-]+\s*,\s*",
        r"(?:sorry|(?:excuse|pardon|forgive) me|apologies (?:if|for (?:asking|bothering|the bother)))\b"
        rf"[^?.!,;:]{{0,60}}?{_BUT}",
        rf"(?:i['’]?m |i am )?not sure if this is the right place[^?.!,;:]{{0,20}}?{_BUT}",
        rf"(?:just )?(?:(?:a|one|another|my) )?(?:(?:{_KIND_OF_QUESTION}) )?(?:question|query|quick one)"
        r"(?: (?:for you|please))?\s*[,:–—-]+ ",
        rf"{_I}(?:['’]?ve| have)(?: got)? (?:a|another)(?: \w+)? (?:question|query)(?: for you)?{_JOINT}",
        r"(?:ok(?:ay)?|right|well|um+|erm*|oh|yes|actually|anyway|by the way|"
        r"(?:just )?out of (?:interest|curiosity)|as far as (?:you know|anyone knows|you can tell)|"
        r"if possible)\s*[,:–—]\s*",
        r"(?:please|pls|plz|kindly)\b(?:\s*[,:]\s*|\s+)(?=\w)(?!(?:note|see|find|refer|be)\b)",
        r"(?:according to|(?:going|judging) by|looking (?:at|in|through)|based on|as per|in|from|within)"
        rf" {PAPERS}"
        rf"(?:\s*[,:]\s*|\s+(?={_ASKS}))",
    )
)
_THANKED = "for (?:that|this)|in advance|again|so much|very much|a lot|for your help"
_BEFORE_THANKS = r"(?:[\s,.;:!–—-]{1,8}|(?<=\?)\s*)"
_TAGS = _any_of(
    "do you know",
    "does any(?:one|body) (?:know|remember)",
    "any(?:one|body) know",
    "any ideas?",
    "(?:please )?(?:can|could) (?:you|any(?:one|body)) (?:please )?(?:tell me|help|say)",
    "please tell me",
    "i wonder",
    "if you know",
    "if you (?:don['’]?t|do not) mind(?: me asking)?",
    "if i may ask",
    "if possible",
    "by any chance",
    "(?:just )?out of (?:interest|curiosity)",
    "just (?:wondering|curious)",
    "as far as you know",
)
CLOSINGS = _compiled(
    _any_of(
        rf"{_BEFORE_THANKS}(?:many |please and )?(?:thanks|thank you|thx|ta|cheers)(?: (?:{_THANKED}))*",
        rf"{_BEFORE_THANKS}(?:kind|best|warm) regards(?:,? \w+)?",
        r"(?<!\bto)[\s,.;:!?–—-]{1,8}(?:please|pls|plz)",
        rf"\s*[,?–—-]\s*{_TAGS}",
        rf"\s*,? (?:according to|going by|as per) {PAPERS}",
    )
    + r"[\s.!?]{0,20}$"
)
# Behind these, without a comma, thanks are what is asked about: "a vote of thanks".
THANKS = _compiled(r"\s+(?:many )?(?:thank|ta|cheers)")
NO_COURTESY = _compiled(
    r"\b(?:of|with|a|the|his|her|its|their|our|my|your|give|gave|given|express\w*|say|said|many|and)[\s,]*$"
)
# "Thanks, and who seconded it?"
THANKED_FIRST = _compiled(
    r"(?:(?:ok(?:ay)?|great|lovely|perfect|brilliant)[\s,]+)?"
    r"(?:(?:many )?thanks|thank you|cheers|great|lovely|perfect)"
    rf"(?: (?:{_THANKED}))*(?:\s*[,;:]\s*| [–—-] )"
)
MERE_COURTESY = _compiled(
    r"(?:ok(?:ay)?|great|lovely|perfect|brilliant)?[\s,]*"
    rf"(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening)|dear \w+|thanks?|thank you|cheers|please)?"
    rf"(?: (?:{_GREETED}|{_THANKED}))*[\s,.!?]*"
    r"|(?:i )?hope (?:you|this|all)\b[^?]{0,50}[.!]*"
    r"|(?:just )?(?:a )?quick (?:question|one)[\s.!?]*"
    rf"|{_I}(?:['’]?ve| have) a (?:\w+ )?question[\s.!?]*"
)
