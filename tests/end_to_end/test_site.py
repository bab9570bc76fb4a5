"""The site of the demo's repository, and of a hostile document, in a real browser."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, sync_playwright

from incidentdocs.site.addresses import page_of
from tests.commands.conftest import run_in

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: install Debian's")

AS_OF = ("--as-of", "2026-09-20")
PHOTOS = page_of("docs/post-mortems/2026-06-18-photo-uploads-fail-again.md")
HOSTILE = "docs/post-mortems/2026-07-01-<img src=x onerror=hacked()>.md"
HOSTILE_TEXT = """\
---
severity: SEV1
services: ["<script>window.hacked=1</script>"]
status: published
---

# Post-mortem: <script>window.hacked=1</script> "x" onload="hacked()"

<script>window.hacked = 1</script>

<img src="x" onerror="window.hacked=1"> <svg onload="window.hacked=1"></svg>

[a](javascript:window.hacked=1) [b](data:text/html,<script>window.hacked=1</script>)
![c](https://tracker.example.org/pixel.png) [d](<javascript:window.hacked=1>)

## Timeline

- 10:00 detection: <script>window.hacked=1</script>
- 10:10 triage
- 10:20 mitigation start
- 10:30 service restored

## Action items

- [ ] AI 1: <script>window.hacked=1</script>" onclick="window.hacked=1 (owner @dev"><script>, due 2026-07-02)
"""


class Visit(NamedTuple):
    """A page that is open, with what it said to its console and asked of the network."""

    page: Page
    said: list[str]
    asked: list[str]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the demo with a hostile document committed to it."""
    folder = tmp_path_factory.mktemp("site")
    demo = folder / "demo"
    run = [sys.executable, "-m", "incidentdocs"]
    subprocess.run([*run, "demo", str(demo)], check=True, capture_output=True)
    (demo / HOSTILE).write_text(HOSTILE_TEXT, encoding="utf-8")
    identity = ["-c", "user.name=Dev", "-c", "user.email=dev@cabas.example"]
    for arguments in (
        ["add", "--all"],
        [*identity, "commit", "-qm", "Write it", "--date", "2026-07-02T12:00:00"],
    ):
        subprocess.run(["git", *arguments], cwd=demo, check=True)
    made = run_in(demo, "site", "--output", str(folder / "out"))
    assert made.returncode == 0, made.stderr
    return folder / "out"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser, site: Path) -> Iterator[Visit]:
    """A browser at the front page; at the end nothing went wrong there, and nothing left the machine."""
    context = browser.new_context(viewport={"width": 1200, "height": 800}, color_scheme="light")
    context.set_default_timeout(10_000)
    visited = Visit(context.new_page(), [], [])
    visited.page.on("console", lambda message: visited.said.append(f"{message.type}: {message.text}"))
    visited.page.on("pageerror", lambda error: visited.said.append(str(error)))
    visited.page.on("request", lambda request: visited.asked.append(request.url))
    visited.page.goto(f"file://{site}/index.html")
    yield visited
    assert visited.said == []
    assert [url for url in visited.asked if not url.startswith((f"file://{site}/", "about:"))] == []
    context.close()


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def open_board(visit: Visit) -> None:
    """Go to the action items by the navigation, and wait for their page: a click does not."""
    visit.page.get_by_role("link", name="Action items", exact=True).click()
    visit.page.wait_for_url("**/board.html*")


def test_every_page_is_reached_and_leads_only_to_pages_that_are_there(visit: Visit, site: Path) -> None:
    waiting, seen = [f"file://{site}/index.html"], set()
    while waiting:
        url = waiting.pop()
        if url in seen:
            continue
        seen.add(url)
        assert visit.page.goto(url) is not None
        found = visit.page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        waiting += [link.partition("#")[0] for link in found if link.startswith("file:")]
    visit.page.goto(f"file://{site}/search.html")
    assert len(seen | {visit.page.url}) == len(pages(site))


def test_the_navigation_tells_where_one_is(visit: Visit) -> None:
    open_board(visit)
    assert visit.page.get_by_role("heading", level=1).inner_text() == "Action items"
    current = visit.page.locator("nav a[aria-current=page]")
    assert current.inner_text() == "Action items"


def test_the_board_is_narrowed_and_its_address_keeps_the_choice(visit: Visit) -> None:
    open_board(visit)
    shown = visit.page.locator("#board tbody tr:visible")
    everything = shown.count()
    visit.page.get_by_label("State").select_option("overdue")
    late = shown.count()
    assert 0 < late < everything
    assert visit.page.get_by_role("status").inner_text() == f"{late} of {everything} action items"
    visit.page.get_by_label("Words").fill("INVENTAIRE certificats")
    assert shown.count() == 1
    address = visit.page.url
    visit.page.goto("about:blank")
    visit.page.goto(address)
    assert shown.count() == 1
    visit.page.get_by_role("button", name="Clear").click()
    visit.page.wait_for_function("document.querySelectorAll('#board tbody tr[hidden]').length === 0")
    assert shown.count() == everything


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    """The address of the site on a server that has it below a path."""

    class Below(SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            return super().translate_path(path.removeprefix("/team/incidents"))

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Below, directory=site)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/team/incidents/"
        server.shutdown()


def test_it_works_below_a_path_of_a_server(browser: Browser, served: str) -> None:
    page = browser.new_page()
    page.set_default_timeout(10_000)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(served)
    page.get_by_role("link", name="Action items", exact=True).click()
    page.wait_for_url(f"{served}board.html")
    page.locator("#board tbody tr:visible a").first.click()
    page.wait_for_url(f"{served}documents/**")
    page.get_by_role("searchbox").fill("creneaux livraison")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{served}search.html?q=*")
    assert page.locator("#results a").first.inner_text() == "créneaux de livraison décalés"
    assert [url for url in asked if not url.startswith(served) and not url.endswith("/favicon.ico")] == []
    page.close()


def test_an_item_leads_to_its_history(visit: Visit) -> None:
    open_board(visit)
    visit.page.get_by_label("Words").fill("miniatures quota")
    visit.page.locator("#board tbody tr:visible a").click()
    visit.page.wait_for_url("**#*")
    anchor = visit.page.url.partition("#")[2]
    assert "opened" in visit.page.locator(f"#{anchor}").inner_text()


def test_search_finds_words_without_accents_from_any_page(visit: Visit, site: Path) -> None:
    visit.page.goto(f"file://{site}/{PHOTOS}")
    visit.page.get_by_role("searchbox").fill("creneaux livraison")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/search.html?q=*")
    first = visit.page.locator("#results a").first
    assert first.inner_text() == "créneaux de livraison décalés"
    visit.page.get_by_role("searchbox").fill("no such word anywhere")
    assert visit.page.get_by_role("status").inner_text().startswith("0 documents")


def test_dark_is_chosen_and_kept(visit: Visit, site: Path) -> None:
    def background() -> str:
        return str(visit.page.evaluate("getComputedStyle(document.body).backgroundColor"))

    light = background()
    visit.page.get_by_role("button", name="Use dark colours").click()
    dark = background()
    assert dark != light
    visit.page.goto(f"file://{site}/{PHOTOS}")
    assert background() == dark
    visit.page.get_by_role("button", name="Use light colours").click()
    assert background() == light


def test_nothing_of_a_hostile_document_runs(visit: Visit, site: Path) -> None:
    visit.page.goto(f"file://{site}/{page_of(HOSTILE).replace('%', '%25')}")
    assert visit.page.evaluate("typeof window.hacked") == "undefined"
    assert visit.page.get_by_text("window.hacked").count() > 0
    assert visit.page.locator("main img, main script, main svg[onload], main [onerror]").count() == 0
    leads = visit.page.eval_on_selector_all("main a", "links => links.map(link => link.protocol)")
    assert set(leads) <= {"file:", "https:"}
    for link in visit.page.locator("main a").all():
        assert not (link.get_attribute("href") or "").lower().startswith(("javascript", "data"))
    visit.page.goto(f"file://{site}/search.html?q=hacked")
    assert visit.page.locator("#results li").count() == 1
    assert visit.page.evaluate("typeof window.hacked") == "undefined"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(browser: Browser, site: Path, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    faults = []
    for file in pages(site):
        page.goto(f"file://{str(file).replace('%', '%25').replace('#', '%23').replace('?', '%3F')}")
        found = Axe().run(page).response["violations"]
        faults += [
            (file.name, fault["id"], [node["html"][:120] for node in fault["nodes"]][:2])
            for fault in found
            if fault["impact"] in ("serious", "critical")
        ]
    context.close()
    assert faults == []


def test_the_keyboard_reaches_the_content_first(visit: Visit) -> None:
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.textContent") == "Skip to the content"
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.id") == "main"


def test_without_a_script_everything_is_there(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"file://{site}/board.html")
    assert page.locator("#board tbody tr").count() > 20
    assert not page.locator("#filters").is_visible()
    context.close()


def test_print_leaves_out_what_is_for_the_screen(visit: Visit, site: Path) -> None:
    visit.page.goto(f"file://{site}/{PHOTOS}")
    visit.page.emulate_media(media="print")
    assert not visit.page.locator("header").is_visible()
    assert visit.page.get_by_role("heading", level=1).is_visible()
