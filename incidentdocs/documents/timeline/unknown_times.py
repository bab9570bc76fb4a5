"""The words and signs that stand in a time's place and say openly that nobody knows the time."""

from incidentdocs.documents.timeline.patterns import compiled

_WORD = (
    r"(?:unknown|not known|unclear|undetermined|n/a|n\.a\."
    r"|non connue?s?|inconnue?s?|ind[ée]termin[ée]e?s?"
    r"|unbekannt|unklar|desconocid[oa]|desconhecid[oa]|sconosciut[oa]|onbekend|ukjent|ukendt|okänd"
    r"|неизвестно|不明|不詳|未詳|未知|不详|불명|미상)"
)
"""What says in the place of a time that it is not known."""

_PARTS = (
    "unknown", "not known", "unclear", "undetermined", "n/a", "n.a.", "connu", "termin", "unbekannt",
    "unklar", "desconocid", "desconhecid", "sconosciut", "onbekend", "ukjent", "ukendt", "okänd",
    "неизвестно", "不明", "不詳", "未詳", "未知", "不详", "불명", "미상",
)  # fmt: skip
"""A part of each of these words: where a text holds none, the patterns need not look."""

_LONGEST = 100
"""Words that say that a time is unknown end before this."""

_TIME = (
    r"(?:(?:the )?(?:exact |precise |start |end )?(?:time|date|hour|moment|start)(?: (?:is|was))?"
    r"|(?:l['’])?(?:heure|date|moment)(?: (?:exacte?|précise|precise|de début|de fin))?(?: est)?"
    r"|(?:uhr)?zeit(?:punkt)?|datum|hora|fecha|data|ora|tijd"
    r"|(?:発生|開始|終了)?(?:時刻|時間|日時)は?|(?:开始|结束)?时间|시각|시간)"
)
"""What is unknown, before the word or behind it: `time unknown`, `heure inconnue`, `時刻不明`."""

_OPEN_DAY = r"\d{4}[-/](?:\d\d|\?\?)[-/]\?\?"
_OPEN_CLOCK = (
    r"(?:--(?::--){1,2}(?!-)|[0-2?][?x][:h](?:\?\?|xx|[0-5]\d)(?::(?:\?\?|xx|[0-5]\d))?"
    r"|\?{1,4}(?:[:h]\?\?){0,2})"
)
_ENDS = r"(?=\s*(?:$|[:：;,，、|…–—→〜(（)）*_`\]]|-{1,2}(?:\s|$)))"


def unknown_time(text: str, at: int) -> int | None:
    """Return where the words end that say, from `at` on, that a time is unknown; None where none do.

    `unknown`, `heure inconnue`, `不明`, `?`, `??:??`, `--:--` and `2X:XX`, of which only a digit is known,
    do, and so does `2026-03-??`, whose day is open. Words are the whole of the text, or punctuation parts
    them from the rest: `unknown cause` is none.
    """
    first = text[at : at + 1]
    if first == "?" or _may_be_open(first, text, at):
        found = compiled(rf"(?:{_OPEN_DAY}(?:[ t]{_OPEN_CLOCK})?|{_OPEN_CLOCK})(?![\w?]|:[\w?])").match(
            text, at
        )
    elif first.isalpha() and _may_say_so(text[at : at + _LONGEST].lower()):
        found = compiled(rf"(?:{_TIME}\s?)?{_WORD}(?:\s{_TIME})?(?!\w){_ENDS}").match(text, at)
    else:
        found = None
    return found.end() if found else None


def _may_say_so(text: str) -> bool:
    """Tell what holds none of the words, before a pattern looks closer."""
    return any(part in text for part in _PARTS)


def _may_be_open(first: str, text: str, at: int) -> bool:
    """Tell what most lines do not begin with, before a pattern looks closer."""
    if first == "-":
        return text[at + 1 : at + 4] == "-:-"
    return first.isdecimal() and ("?" in text[at : at + 12] or text[at + 1 : at + 2] in ("x", "X"))
