"""What an action item is for, where its words show it and no field says it: to detect, or to test."""

import re
from functools import cache

from incidentdocs.documents.action_items.action_item import ActionItem
from incidentdocs.documents.titles import fold


def detects(item: ActionItem) -> bool:
    """Return whether an item lets the team see something sooner: an alert, a probe, a dashboard."""
    return item.type == "detect" or _said(item, _detecting())


def tests(item: ActionItem) -> bool:
    """Return whether an item adds a test."""
    return item.type == "test" or _said(item, _testing())


def _said(item: ActionItem, words: re.Pattern[str]) -> bool:
    return words.search(fold(item.description)) is not None


@cache
def _detecting() -> re.Pattern[str]:
    english = (
        r"alert\w*|alarm\w*|monitor\w*|probe\w*|detect\w*|dashboards?|metrics?|thresholds?|pag(?:er|ing)"
    )
    checks = r"watch\w*|health ?checks?|uptime\w*|canary|canaries|synthetic|warn\w*|notif\w*|slos?|exporters?"
    french = r"surveill\w*|supervis\w*|sondes?|tableaux? de bord|metriques?|seuils?|prometheus|grafana"
    return re.compile(rf"\b(?:{english}|{checks}|{french})\b")


@cache
def _testing() -> re.Pattern[str]:
    english = r"(?:un|re)?test(?:s|ed|ing|er)?|regression\w*|e2e|specs?|fuzz\w*|coverage|assert\w*|reproducer"
    build = r"(?:in|by|the|en|par|dans la|la) ci|fail the (?:build|pipeline)|(?:build|pipeline) fails"
    french = (
        r"testons|non regression|couvrir|couverture|faire echouer (?:la|le) (?:construction|build|pipeline)"
    )
    return re.compile(rf"\b(?:{english}|{build}|{french})\b")
