"""Every common way of writing a timeline, one small document each, and the instants that it tells.

The incident is of Saturday 14 March 2026 and the configured zone is Paris, one hour east of UTC until
29 March. An instant is written as that zone's clock shows it, with the day where it is not the 14th; a
date alone as the day, a time that nobody can read as `?`, and `~` marks what is only about right.
"""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs import clock
from incidentdocs.documents.document import read_document
from incidentdocs.documents.timeline.timeline import Event, Timeline
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in

PARIS = clock.zone("Europe/Paris")


def timeline(text: str) -> Timeline:
    whole = f"# Post-mortem: API\n\n{text if text.startswith('## ') else f'## Timeline{chr(10) * 2}{text}'}\n"
    path = "docs/post-mortems/2026-03-14-api.md"
    read = read_document(path, parse(whole), built_in("post-mortem"), Process(zone=PARIS)).timeline
    assert read is not None
    return read


def told(text: str) -> str:
    return " ".join(_told(event) for event in timeline(text).events)


def _told(event: Event) -> str:
    if event.problem or not (event.start and event.end and event.first and event.last):
        return "?"
    first, last = (moment.astimezone(PARIS) for moment in (event.first, event.last))
    day = "" if first.day == 14 and first.month == 3 else f"{first:%m-%d}"
    if not event.clocked:
        return day or "03-14"
    seconds = f":{first:%S}" if first.second else ""
    until = f"-{last:%H:%M}" if last != first else ""
    about = "~" if event.first - event.start >= timedelta(minutes=15) else ""
    return about + f"{day}T{first:%H:%M}{seconds}{until}".removeprefix("T")


def table(*rows: str) -> str:
    head, *others = rows
    rule = "|" + "---|" * (head.count("|") - 1)
    return "\n".join((head, rule, *others))


LINES = {
    "bullet": ("- 10:15 a\n- 10:20 b", "10:15 10:20"),
    "asterisks and pluses": ("* 10:15 a\n* 10:20 b\n\n+ 10:25 c", "10:15 10:20 10:25"),
    "bold with a zone and a dash": ("- **16:58 UTC** - a", "17:58"),
    "bold with a colon": ("- **10:15:** a\n- **10:20**: b", "10:15 10:20"),
    "italic": ("- *10:15* a\n- _10:20_: b", "10:15 10:20"),
    "brackets": ("- [10:15] a\n- (10:20) b", "10:15 10:20"),
    "backticks": ("- `10:15` a\n- `10:20 UTC` b", "10:15 11:20"),
    "a link": ("- [10:15](https://chat.example/1) a", "10:15"),
    "a check box": ("- [x] 10:15 a\n- [ ] 10:20 b", "10:15 10:20"),
    "an emoji": ("- 🔴 10:15 a\n- :fire: 10:20 b", "10:15 10:20"),
    "struck out": ("- ~~10:15~~ a", "10:15"),
    "en dash bullets": ("– 10:15 a\n– 10:20 b", "10:15 10:20"),
    "round bullets with wrapped words": ("• 10:15 a\nand more\n• 10:20 b", "10:15 10:20"),
    "numbers": ("1. 10:15 a\n2. 10:20 b", "10:15 10:20"),
    "numbers with a bracket": ("1) 10:15 a\n2) 10:20 b", "10:15 10:20"),
    "separators": (
        "- 10:15: a\n- 10:20; b\n- 10:25, c\n- 10:30 | d\n- 10:35 => e",
        "10:15 10:20 10:25 10:30 10:35",
    ),
    "words before": ("- at 10:15 a\n- À 10h20, b\n- um 10:25 c\n- @10:30 d", "10:15 10:20 10:25 10:30"),
    "no list": ("10:15 a\n10:20 b", "10:15 10:20"),
    "hard breaks": ("10:15 a\\\nmore\\\n10:20 b", "10:15 10:20"),
    "paragraphs": ("10:15 a\n\nmore\n\n10:20 b", "10:15 10:20"),
    "bold paragraphs": ("**10:15** a\n\n**10:20 — b**\n\nmore", "10:15 10:20"),
    "nested": ("- 10:15 a\n  - 10:17 b\n    - 10:18 c\n- 10:20 d", "10:15 10:17 10:18 10:20"),
    "the words below": ("- 10:15\n  - a\n- 10:20\n\n  b", "10:15 10:20"),
    "headings": ("### 4:27\n\na\n\n### 8:20 - 8:24\n\nb", "04:27 08:20-08:24"),
    "headings with dates": ("### 2026-03-14 4:19 ##\n\na\n\n### 2026-03-15 5:00\n\nb", "04:19 03-15T05:00"),
    "a heading's date in words": (
        "### 14. März, 11:00\n\na\n\n### 19. April, 11:00\n\nb",
        "11:00 04-19T11:00",
    ),
    "a heading's range": ("### ~13:30-13:45\n\na", "~13:30-13:45"),
    "headings with words": ("#### 10:15 | a\n\n#### 10:20: b", "10:15 10:20"),
    "days as headings": (
        "### 14 March 2026\n\n- 10:15 a\n\n### Sunday 15 March\n\n- 09:15 b",
        "10:15 03-15T09:15",
    ),
    "weekdays as headings": (
        "### Saturday 14\n\n- 10:15 a\n\n### Sunday 15\n\n- 09:15 b",
        "10:15 03-15T09:15",
    ),
    "days counted": ("### Day 1\n\n- 10:15 a\n\n### Day 2\n\n- 09:15 b", "10:15 03-15T09:15"),
    "days in bold": ("**14 mars 2026**\n\n- 10h15 a\n\n**15 mars 2026**\n\n- 9h15 b", "10:15 03-15T09:15"),
    "days as items": ("- 14 March\n  - 10:15 a\n- **15 March**:\n  - 09:15 b", "10:15 03-15T09:15"),
}

CLOCKS = {
    "French": ("- 10h15 a\n- 10 h 20 b\n- 11h : c", "10:15 10:20 11:00"),
    "German": ("- 10:15 Uhr a\n- 10.20 Uhr b", "10:15 10:20"),
    "Spanish": ("- 10:15 h a\n- a las 10:20 b\n- las 10:25 c", "10:15 10:25"),
    "seconds": ("- 10:15:30 a\n- 10:16:05.123 b", "10:15:30 10:16:05"),
    "twelve hours": (
        "- 10:15am a\n- 12:05 p.m. b\n- 1:20 PM c\n- 2.30pm d\n- 3 PM e",
        "10:15 12:05 13:20 14:30 15:00",
    ),
    "military": ("- 0915Z a\n- 0920 UTC b\n- 0925 hrs c", "10:15 10:20 10:25"),
    "ranges": (
        "- 10:15-10:20 a\n- 10:25 – 10:30 b\n- from 10:35 to 10:40 c",
        "10:15-10:20 10:25-10:30 10:35-10:40",
    ),
    "French ranges": ("- de 10h15 à 10h20 : a\n- 10h25 à 10h30 : b", "10:15-10:20 10:25-10:30"),
    "a range past midnight": ("- 23:50-00:10 a\n- 00:30 b", "23:50-00:10 03-15T00:30"),
    "a range of days": ("- 2026-03-14 10:15 - 2026-03-15 11:00 a", "10:15-11:00"),
    "about, in signs": ("- ~10:15 a\n- ≈ 10:20 b\n- 10:25~\n- 10:30? c", "~10:15 ~10:20 ~10:25 ~10:30"),
    "about, in English": (
        "- about 10:15 a\n- approx. 10:20 b\n- c. 10:25 c\n"
        "- 10:30 (approx) d\n- 10:35 approx. e\n- 10:40-ish f",
        "~10:15 ~10:20 ~10:25 ~10:30 ~10:35 ~10:40",
    ),
    "about, elsewhere": (
        "- vers 10h15 a\n- env. 10h20 b\n- gegen 10:25 c\n- sobre las 10:30 d",
        "~10:15 ~10:20 ~10:25 ~10:30",
    ),
    "midnight passes": ("- 23:50 a\n- 00:10 b", "23:50 03-15T00:10"),
    "unreadable": ("- 25:10 a\n- ??:?? b\n- 10:1O c", "? ? ?"),
}

DATES = {
    "ISO": ("- 2026-03-14 10:15 a\n- 2026/03/14 10:20 b\n- 20260314 10:25 c", "10:15 10:20 10:25"),
    "ISO with a zone": (
        "- 2026-03-14T09:15Z a\n- 2026-03-14T10:20:00+01:00 b\n- 2026-03-14 10:25:30 +0100 c",
        "10:15 10:20 10:25:30",
    ),
    "European": (
        "- 14/03/2026 10:15 a\n- 14.03.2026 10:20 b\n- 15-03-2026 10:25 c",
        "10:15 10:20 03-15T10:25",
    ),
    "European without a year": ("- 14/03 10:15 a\n- 14.03. 10:20 b", "10:15 10:20"),
    "European, shown by another date": ("- 05/03/2026 10:15 a\n- 14/03/2026 10:20 b", "03-05T10:15 10:20"),
    "American, with its year": ("- 03/14/2026 10:15 a\n- 3/15/26 10:20 b", "10:15 03-15T10:20"),
    "American, without it": ("- 3/14 10:15 a\n- 3/15 10:20 b", "10:15 03-15T10:20"),
    "American with hyphens": ("- 03-14-2026 10:15 a", "10:15"),
    "American, shown by a later date": ("- 03/05/2026 10:15 a\n- 03/14/2026 10:20 b", "03-05T10:15 10:20"),
    "American, shown by an earlier date": ("- 03/14/2026 10:15 a\n- 04/02/2026 10:20 b", "10:15 04-02T10:20"),
    "neither shown": ("- 04/05/2026 10:15 a", "05-04T10:15"),
    "in English": (
        "- March 14, 2026 10:15 a\n- Mar 14th, 10:20 b\n"
        "- 14th of March at 10:25 c\n- Sat Mar 14 10:30 d\n- 14-Mar-2026 10:35 e",
        "10:15 10:20 10:25 10:30 10:35",
    ),
    "in French": (
        "- Le 14 mars 2026 à 10h15 : a\n- Samedi 14 mars, 10h20 : b\n- 1er avril 9h00 : c",
        "10:15 10:20 04-01T09:00",
    ),
    "in German": ("- Am 14. März um 10:15 Uhr a\n- Samstag, 14. März 2026, 10:20 Uhr b", "10:15 10:20"),
    "in Spanish": ("- 14 de marzo de 2026 10:15 a\n- sábado 14 de marzo, 10:20 b", "10:15 10:20"),
    "weekdays": (
        "- Sat 10:15 a\n- Sunday, 10:20 b\n- lundi 10h25 c\n- Dienstag 10:30 d\n- miércoles 10:35 e",
        "10:15 03-15T10:20 03-16T10:25 03-17T10:30 03-18T10:35",
    ),
    "a date behind": (
        "- 10:15 (Mar 14) a\n- 10:20 on March 15 b\n- 10:25, 2026-03-16 c",
        "10:15 03-15T10:20 03-16T10:25",
    ),
    "days counted": ("- 10:15 a\n- J+1 9h00 b\n- +2 days 08:00 c", "10:15 03-15T09:00 03-16T08:00"),
    "the next day": (
        "- 10:15 a\n- next day 09:00 b\n- le lendemain à 9h30 : c",
        "10:15 03-15T09:00 03-15T09:30",
    ),
    "days alone": ("- 2026-03-14: a\n- 2026-03-15: b", "03-14 03-15"),
    "no such day": ("- 2026-02-30 10:15 a\n- 32/03/2026 10:20 b", "? ?"),
}

ZONES = {
    "abbreviations": ("- 09:15 UTC a\n- 10:20 (CET) b\n- 02:25 PDT c", "10:15 10:20 10:25"),
    "offsets": ("- 11:15 UTC+2 a\n- 04:20 GMT-5 b\n- 14:55 UTC+05:30 c", "10:15 10:20 10:25"),
    "regions": ("- 09:15 Europe/London a\n- 02:20 US/Pacific b", "10:15 10:20"),
    "words": (
        "- 02:15 Pacific time a\n- 10:20 (heure de Paris) b\n- 09:25 London time c",
        "10:15 10:20 10:25",
    ),
    "words in full": ("- 09:15 Coordinated Universal Time a\n- 10:20 Central European Time b", "10:15 10:20"),
    "an offset explains the abbreviation": ("- 02:15 PST (UTC-7) a", "10:15"),
    "two zones": (
        "- 14:30 UTC / 15:30 CET a\n- 14:40 UTC (15:40 CET) b\n- 15:50 CET (14:50 UTC) c",
        "15:30 15:40 15:50",
    ),
    "two names of one zone": ("- 11:15 CEST/UTC+2 a\n- 10:20 CET (UTC+1) b", "10:15 10:20"),
    "the other zone only": ("- 05:15 / 09:15 UTC a\n- 05:20 (09:20 UTC) b", "10:15 10:20"),
    "a sentence": ("All times in UTC.\n\n- 09:15 a", "10:15"),
    "a French sentence": ("Toutes les heures sont en heure de Paris (CET).\n\n- 10:15 a", "10:15"),
    "a German sentence": ("Alle Zeiten in UTC.\n\n- 09:15 a", "10:15"),
    "a remark": ("> **Note**: all timestamps are in UTC.\n\n- 09:15 a", "10:15"),
    "an item": ("- All times are in UTC\n- 09:15 a", "10:15"),
    "a title in bold": ("**Timeline (all times UTC)**\n\n- 09:15 a", "10:15"),
    "a label": ("Timezone: Europe/London\n\n- 09:15 a", "10:15"),
    "a sentence with an offset": ("All times in PST (UTC-7)\n\n- 02:15 a", "10:15"),
    "a sentence with an alias": ("All times in US/Pacific\n\n- 02:15 a", "10:15"),
    "a sentence with a misspelt region": ("All times in UC/Pacific\n\n- 02:15 a", "10:15"),
    "a sentence with another": ("All times in Eurpoe/London\n\n- 09:15 a", "10:15"),
    "a sentence with two names": ("All times CEST/UTC+2\n\n- 11:15 a", "10:15"),
    "a sentence in words": ("All times are Pacific time.\n\n- 02:15 a", "10:15"),
    "a sentence with a bare word": ("All times Eastern.\n\n- 05:15 a", "10:15"),
    "the heading": ("## Timeline (UTC)\n\n- 09:15 a", "10:15"),
    "the heading in words": ("## Timeline (times in Pacific time)\n\n- 02:15 a", "10:15"),
    "no zone at all": (
        "All times are correct.\n\n- 10:15 Response time rises\n- 10:20 Disk/Network fail",
        "10:15 10:20",
    ),
    "an event about times": ("- 10:15 all times in UTC were shown\n- 10:20 b", "10:15 10:20"),
}

SHIFTS = {
    "from the entry above": ("- 10:15 a\n- + 10 min b\n- +5m c\n- +1h d", "10:15 10:25 10:30 11:30"),
    "in words": (
        "- 10:15 a\n- 10 minutes later b\n- 5 min plus tard c\n- about 10 min later: d",
        "10:15 10:25 10:30 ~10:40",
    ),
    "from the first event": (
        "- 10:15 a\n- T+5 b\n- T+00:10 c\n- T+1h30 d\n- T-5 min e",
        "10:15 10:20 10:25 11:45 10:10",
    ),
    "from its zero": ("- T0 a\n- 10:15 b\n- T+5: c", "10:15 10:20"),
    "of several units": (
        "- 10:15 a\n- 1h 5m later b\n- 1 hour and 5 minutes later c\n- 90s later d",
        "10:15 11:20 12:25 12:26:30",
    ),
    "in hours": ("- 10:15 a\n- H+2 b", "10:15 12:15"),
    "over midnight": ("- 23:50 a\n- 20 minutes later b\n- 00:30 c", "23:50 03-15T00:10 03-15T00:30"),
    "from an entry's range": ("- 10:15-10:20 a\n- 10 min later b", "10:15-10:20 10:25-10:30"),
    "nested": ("- 10:15 a\n  - 10 minutes later b\n  - a few minutes later c", "10:15 10:25"),
    "from what cannot be read": ("- 25:10 a\n- 10 min later b\n- 10:15 c\n- 5 min later d", "? 10:15 10:20"),
    "from nothing": ("- T+0 a\n- T+5 b\n- 10 minutes later c", ""),
    "without words": ("- 10:15 a\n- 10 min later\n- T+5", "10:15"),
    "in a table": (
        table(
            "| Time | Event |", "| 10:15 | a |", "| +10 min | b |", "| 5 minutes later | c |", "| T+30 | d |"
        ),
        "10:15 10:25 10:30 10:45",
    ),
    "as a heading": ("### 10:15\n\na\n\n### T+5\n\nb", "10:15 10:20"),
}

TABLES = {
    "English": (table("| Time | Event |", "| 10:15 | a |", "| 10:20 | b |"), "10:15 10:20"),
    "French": (table("| Heure | Fait |", "| 10h15 | a |", "| 10h20 | b |"), "10:15 10:20"),
    "German": (table("| Uhrzeit | Ereignis |", "| 10:15 | a |", "| 10:20 Uhr | b |"), "10:15 10:20"),
    "Spanish": (table("| Hora | Evento |", "| 10:15 | a |", "| 10:20 h | b |"), "10:15 10:20"),
    "no words above": (table("| | |", "| 10:15 | a |", "| 10:20 | b |"), "10:15 10:20"),
    "unknown words above": (table("| Zeile | Etwas |", "| a | 10:15 |", "| b | 10:20 |"), "10:15 10:20"),
    "time last": (table("| What | Who | When |", "| a | @x | 10:15 |", "| b | @y | 10:20 |"), "10:15 10:20"),
    "numbered rows": (table("| # | Time | Event |", "| 1 | 10:15 | a |", "| 2 | 10:20 | b |"), "10:15 10:20"),
    "escaped pipes": (
        table("| Time | Event |", "| 10:15 | a \\| b |", "| 10:20 | `c \\| d` |"),
        "10:15 10:20",
    ),
    "date apart": (
        table("| Date | Time | Event |", "| 2026-03-14 | 10:15 | a |", "| 2026-03-15 | 09:15 | b |"),
        "10:15 03-15T09:15",
    ),
    "date apart, once": (
        table("| Date | Heure | Fait |", "| 14/03 | 10:15 | a |", "| | 10:20 | b |", "| 15/03 | 09:15 | c |"),
        "10:15 10:20 03-15T09:15",
    ),
    "date apart, in German": (
        table("| Datum | Zeit | Ereignis |", "| 14.03.2026 | 10:15 | a |", "| 15.03.2026 | 09:15 | b |"),
        "10:15 03-15T09:15",
    ),
    "date apart, in Spanish": (
        table("| Fecha | Hora | Evento |", "| 14/03/2026 | 10:15 | a |", "| 15/03/2026 | 09:15 | b |"),
        "10:15 03-15T09:15",
    ),
    "date apart, American": (
        table("| Date | Time | Event |", "| 3/14/2026 | 10:15 | a |", "| 4/2/2026 | 09:15 | b |"),
        "10:15 04-02T09:15",
    ),
    "date and time together": (table("| Date/Time | Event |", "| 2026-03-14 10:15 | a |"), "10:15"),
    "days only": (table("| Date | Event |", "| 2026-03-14 | a |", "| 2026-03-15 | b |"), "03-14 03-15"),
    "zone apart": (
        table("| Time | Zone | Event |", "| 09:15 | UTC | a |", "| 10:20 | CET | b |"),
        "10:15 10:20",
    ),
    "zone above": (table("| Time (UTC) | Event |", "| 09:15 | a |"), "10:15"),
    "zone in a German header": (table("| Zeit (UTC) | Ereignis |", "| 09:15 | a |"), "10:15"),
    "two columns of times": (table("| Local time | Time (UTC) | Event |", "| 05:15 | 09:15 | a |"), "10:15"),
    "two zones in a cell": (
        table("| Time | Event |", "| 14:30 UTC / 15:30 CET | a |", "| 14:40 UTC<br>15:40 CET | b |"),
        "15:30 15:40",
    ),
    "start and end": (
        table("| Start | End | Event |", "| 10:15 | 10:18 | a |", "| 10:20 | 10:30 | b |"),
        "10:15 10:20",
    ),
    "bold and code": (table("| Time | Event |", "| **10:15** | a |", "| `10:20` | b |"), "10:15 10:20"),
    "the same time again": (
        table("| Time | Event |", "| 10:15 | a |", "| | b |", '| " | c |'),
        "10:15 10:15 10:15",
    ),
    "unknown": (table("| Time | Event |", "| 10:15 | a |", "| later | b |", "| unknown | c |"), "10:15 ? ?"),
    "measures": (table("| Measure | Value |", "| Time to detect | 10 min |", "| Errors | 3 |"), ""),
}

NO_EVENTS = {
    "a note": "- **Note:** 10:16 was quiet",
    "a label": "- Detected: 10:16",
    "a duration": "- Duration: 10 min\n- 45 minutes of downtime\n- 2h30 de coupure\n- 10h after the release",
    "a count": "- 3/4 of the nodes\n- 10 % of users\n- +10 pods\n- 2 pods down since 10:16\n- 2026 was long",
    "a version": "- 1.20.13 released\n- 10.12.5.6:8080 refused\n- T1 line cut\n- H1 goals\n- T-shirts",
    "no time known": "- later somebody called\n- unknown cause",
    "a picture": "![graph](10:16.png)\n\n- ![graph](10:17.png)",
    "code": "```\n10:16:00 log\n```\n\n    10:17:00 log",
    "a chat": "```text\n[10:16] dev: is it down?\n[10:17] ops: yes\n```",
    "a quotation": "> 10:16 somebody said",
    "HTML": "<details>\n10:16 log\n</details>",
    "prose": "At 10:16 nobody knew. 10 minutes later\neverybody did.",
    "a comment": "<!-- 10:16 to be written -->",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(text, expected, id=f"{kind}: {name}")
        for kind, cases in (
            ("lines", LINES),
            ("clocks", CLOCKS),
            ("dates", DATES),
            ("zones", ZONES),
            ("shifts", SHIFTS),
            ("tables", TABLES),
        )
        for name, (text, expected) in cases.items()
    ],
)
def test_a_notation_tells_its_instants(text: str, expected: str) -> None:
    assert told(text) == expected
    assert timeline(text).disorders == ()
    lines = parse(text).lines
    for event in timeline(text).events:  # below a title and, where the text brings none, a heading
        row = lines[event.span.line - (3 if text.startswith("## ") else 5)]
        written = row[event.span.column - 1 : event.span.end_column - 1]
        assert written in (event.written, "", '"')  # such a cell repeats the time above


@pytest.mark.parametrize("text", NO_EVENTS.values(), ids=NO_EVENTS)
def test_what_tells_no_time_is_no_event(text: str) -> None:
    assert told(f"- 10:15 a\n\nSome words.\n\n{text}") == "10:15"


def test_the_words_of_an_event_follow_its_time() -> None:
    texts = [
        "14:30 CEST/UTC+2 detection",
        "14:30 UTC / 15:30 CET detection",
        "+ 10 min detection",
        "T+5: detection",
        "~ 10:15 – detection",
    ]
    for text in texts:
        assert timeline(f"- 10:00 a\n- {text}").events[1].milestone == "detection"


def test_dates_that_contradict_each_other_are_left_as_they_are() -> None:
    assert told("- 05/03/2026 10:15 a\n- 14/03/2026 10:20 b\n- 03/15/2026 10:25 c") == (
        "03-05T10:15 10:20 03-15T10:25"
    )


def test_the_incident_s_date_shows_the_order_where_nothing_else_does() -> None:
    path = "docs/post-mortems/2026-03-04-api.md"
    source = parse("# Post-mortem: API\n\n## Timeline\n\n- 03/04/2026 10:15 a\n- 03/05/2026 10:20 b\n")
    read = read_document(path, source, built_in("post-mortem"), Process(zone=PARIS)).timeline
    assert read is not None
    assert [str(event.day) for event in read.events] == ["2026-03-04", "2026-03-05"]


_SHIFTS = ["+ 10 min", "T+5", "5 minutes later", "T+99:59", "+9999 h", "T-9999h", "1 s plus tard"]
_STARTS = [*_SHIFTS, "10:15", "2026-03-14", "31/12/8999", "01/01/1000"]


@given(st.lists(st.sampled_from(_STARTS), max_size=6))
def test_a_shift_puts_nothing_out_of_order(starts: list[str]) -> None:
    shifted = timeline("\n".join(f"- {start} a" for start in starts))
    plain = timeline("\n".join(f"- {start} a" for start in starts if start not in _SHIFTS))
    assert len(shifted.disorders) == len(plain.disorders)
