"""Debian's Chromium driven by Playwright's Python package; what a page did besides being shown is written down."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

HOW = "no Chromium here; as root: apt-get update && apt-get install -y chromium"


def chromium() -> str | None:
    """The browser's path: CHROMIUM, or what the system has."""
    named = os.environ.get("CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless browser; raises RuntimeError that says how to get one."""
    path = chromium()
    if path is None:
        raise RuntimeError(HOW)
    with sync_playwright() as playwright:
        # a container's root cannot use the sandbox; the pages are our own, on loopback
        made = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield made
        finally:
            made.close()


class Watch:
    """Errors on the console, of scripts, and requests that left loopback or failed."""

    def __init__(self, page: Page) -> None:
        self.errors: list[str] = []
        page.on("console", lambda message: self._console(message.type, message.text))
        page.on("pageerror", lambda error: self.errors.append(f"script: {error}"))
        page.on("request", lambda request: self._request(request.url))
        page.on("requestfailed", lambda request: self._failed(request.url, request.failure or ""))

    def _console(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.errors.append(f"{kind}: {text}")

    def _failed(self, url: str, why: str) -> None:
        if "ERR_ABORTED" not in why:  # what the next page, or a download, cut short is no fault
            self.errors.append(f"failed: {url} {why}")

    def _request(self, url: str) -> None:
        if urlsplit(url).hostname not in ("127.0.0.1", None):
            self.errors.append(f"left loopback: {url}")


def axe_script() -> str:
    """axe-core, as the package axe-playwright-python brings it."""
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
