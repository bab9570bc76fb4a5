"""Write the pictures of the site that `docs/guide/site.md` shows: of the demo's repository, in Chromium."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).parents[1] / "docs" / "guide" / "images"

DAY = "2026-09-20"
"""The day of the demo as of which the site is made, so that the pictures say the same whenever they are."""

SHOWN: dict[str, tuple[str, Literal["light", "dark"]]] = {
    "site-front.png": ("index.html", "light"),
    "site-document.png": (
        "documents/docs/post-mortems/2026-06-18-photo-uploads-fail-again.md.html",
        "light",
    ),
    "site-board.png": ("board.html", "dark"),
}
"""Each picture's file, with the page that it shows and in which colours."""


def run_in(folder: Path, *arguments: str) -> None:
    """Run the program in `folder`."""
    command = [sys.executable, "-m", "incidentdocs", *arguments]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - its own words


def main() -> None:
    """Make the demo and its site in a folder of their own, and take a picture of each page."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("no chromium on this machine: install Debian's")
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        demo, site = Path(folder) / "demo", Path(folder) / "site"
        run_in(Path(folder), "demo", str(demo))
        run_in(demo, "site", "--as-of", DAY, "--output", str(site))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, (page, scheme) in SHOWN.items():
            opened = browser.new_page(viewport={"width": 1200, "height": 900}, color_scheme=scheme)
            opened.goto(f"file://{site / page}")
            opened.screenshot(path=IMAGES / name)
        browser.close()


if __name__ == "__main__":
    main()
