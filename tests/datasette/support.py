"""A home with the sample portal and one saved page in it, and Datasette on it, in this process or on a port."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

from datasette.app import Datasette

from db.datasette.metadata import build
from db.datasette.serve import PLUGINS, SETTINGS, TEMPLATES
from db.home import Home
from flows.ingest import Run
from flows.localfiles import find_files, take_files
from flows.sources import FILES
from tests.flows.ingesting import ingest, reset
from tests.portal.server import SamplePortal

#: 13 of a whole-numbered plan is never 280 %
IMPOSSIBLE = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>Phường Bến Cau đối thoại với Nhân dân</title></head>
<body><h1>Phường Bến Cau đối thoại với Nhân dân</h1>
<p>Sáu tháng đầu năm 2024, phường Bến Cau tổ chức 13 cuộc đối thoại, đạt 280% kế hoạch năm. Các cuộc đối thoại có 45 hộ
tham dự và được Nhân dân trên địa bàn phường đánh giá cao.</p>
<p>Thời gian tới, Đảng ủy phường tiếp tục lắng nghe ý kiến của Nhân dân, giải quyết kịp thời các kiến nghị chính
đáng.</p></body></html>"""


def fill(root: Path) -> Home:
    """A home after one run over the sample portal and one saved page."""
    home = Home(root).create()
    with SamplePortal() as portal:
        reset(portal)
        portal.write_sites(home.sites)
        ingest(home)
    saved = root / "saved"
    saved.mkdir()
    (saved / "doi-thoai.html").write_text(IMPOSSIBLE, encoding="utf-8")
    with Run(home, {FILES.code: FILES}, kind="files") as run:
        take_files(run, find_files([saved]))
    return home


class Site:
    """Datasette in this process."""

    def __init__(self, database: Path) -> None:
        self.datasette = Datasette(
            [str(database)],
            metadata=build(database),
            plugins_dir=str(PLUGINS),
            template_dir=str(TEMPLATES),
            settings=dict(SETTINGS),
        )

    def get(self, path: str, **values: str) -> Any:
        """The answer to a request; redirects are answers too."""

        async def fetch() -> Any:
            await self.datasette.invoke_startup()
            return await self.datasette.client.get(path + ("?" + urlencode(values) if values else ""))

        return asyncio.run(fetch())


@contextmanager
def served(home: Home) -> Iterator[str]:
    """``bantin serve`` on a free port of loopback; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "serve", "--port", str(port)],
        env={**os.environ, "BANTIN_HOME": str(home.root)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urlopen(address + "/huong-dan", timeout=5).close()
                break
            except URLError:
                if process.poll() is not None:
                    raise RuntimeError(process.stderr.read().decode() if process.stderr else "") from None
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(20)
