"""A portal, pages of it in two layouts, and WARC files as different programs write them."""

from __future__ import annotations

import hashlib
from base64 import b32encode
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from db.archive import Archive
from db.home import Home
from db.store import indexed_refs
from flows.cli import cli
from tests.flows.ingesting import GROWING, opened

CAUSAY = "https://causay.example"
WHEN = "2023-09-16T00:12:00Z"

#: what an import that brings nothing new may change
IDLE = (*GROWING, "imports")

_PORTAL = """name = "Phường Cầu Sậy"
url = "{url}"
area = "99.cau-say"
family = "{family}"
valid = {valid}
[lists]
news = "/tin-tuc/"
"""


def write_portal(
    home: Home, code: str, url: str = f"{CAUSAY}/", family: str = "nukeviet4", valid: str = '["", ""]'
) -> None:
    text = _PORTAL.format(url=url, family=family, valid=valid)
    (home.sites / f"{code}.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home with the portal causay, which the command finds too."""
    made = Home(tmp_path / "home").create()
    write_portal(made, "causay")
    monkeypatch.setenv("BANTIN_HOME", str(made.root))
    return made


def page(models: int = 36, title: str = "Phường Cầu Sậy sơ kết công tác dân vận") -> bytes:
    """An article as NukeViet 4 shows it."""
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Tin</title></head><body>'
        f'<div class="news_column"><h1 class="title">{title}</h1><span class="h5">Thứ bảy - 16/09/2023 07:12</span>'
        f'<div id="news-bodyhtml" class="bodytext"><p>Toàn phường có {models} mô hình Dân vận khéo.</p></div></div>'
        "</body></html>"
    ).encode()


def old_page(models: int) -> bytes:
    """The same as NukeViet 3 showed it."""
    return (
        '<html><body><div id="news_detail"><h1>Phường sơ kết</h1><span class="time">16/09/2012 07:12</span>'
        f'<div class="bodytext"><p>Toàn phường có {models} mô hình.</p></div></div></body></html>'
    ).encode()


def address(number: int) -> str:
    return f"{CAUSAY}/tin-tuc/hop-{number}.html"


def sha1(body: bytes) -> str:
    return f"sha1:{b32encode(hashlib.sha1(body).digest()).decode()}"


class Warc:
    """A WARC file in the making; ``starts`` is where each record begins."""

    def __init__(self, path: Path, *, zipped: bool | None = None, version: str = "1.0") -> None:
        self.path = path
        self.starts: list[int] = []
        self._file = path.open("wb")
        self._writer = WARCWriter(
            self._file, gzip=path.name.endswith(".gz") if zipped is None else zipped, warc_version=version
        )

    def __enter__(self) -> Warc:
        self.info()
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, record: Any) -> None:
        self.starts.append(self._file.tell())
        self._writer.write_record(record)

    def info(self) -> None:
        self.write(self._writer.create_warcinfo_record(self.path.name, {"software": "test"}))

    def page(
        self,
        url: str,
        body: bytes,
        time: str = WHEN,
        *,
        status: str = "200 OK",
        kind: str = "response",
        headers: Iterable[tuple[str, str]] = (("Content-Type", "text/html; charset=utf-8"),),
        **fields: str,
    ) -> None:
        named = {"WARC-Date": time} | {key.replace("_", "-"): value for key, value in fields.items()}
        http = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1") if kind == "response" else None
        extra = {} if kind == "response" else {"warc_content_type": dict(headers).get("Content-Type")}
        made = self._writer.create_warc_record(
            url, kind, payload=BytesIO(body), http_headers=http, warc_headers_dict=named, **extra
        )
        self.write(made)

    def request(self, url: str) -> None:
        http = StatusAndHeaders("GET / HTTP/1.1", [("Host", "causay.example")], is_http_request=True)
        self.write(self._writer.create_warc_record(url, "request", http_headers=http))

    def revisit(
        self, url: str, time: str, digest: str, refers: tuple[str | None, str | None] = (None, None), bare: bool = False
    ) -> None:
        http = None if bare else StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        made = self._writer.create_revisit_record(
            url, digest, refers[0], refers[1], http_headers=http, warc_headers_dict={"WARC-Date": time}
        )
        made.rec_headers.headers = [item for item in made.rec_headers.headers if item[1] is not None]
        self.write(made)


def three_pages(path: Path, **options: Any) -> list[int]:
    """Pages 1 to 3 with 41 to 43 models; where info and pages begin."""
    with Warc(path, **options) as warc:
        for number in (1, 2, 3):
            warc.page(address(number), page(40 + number))
    return warc.starts


def bring(*words: str | Path) -> Result:
    """``bantin import``; a traceback is a failure of the test."""
    said = CliRunner().invoke(cli, ["import", *(str(word) for word in words)])
    if said.exception is not None and not isinstance(said.exception, SystemExit):
        raise said.exception
    return said


def models(home: Home) -> dict[str, str]:
    """Address -> the number of models of the version that people see."""
    with opened(home) as connection:
        return dict(connection.execute("SELECT url, quote FROM figures_full WHERE unit = 'mô hình'"))


def captures(home: Home, columns: str = "url, time, source") -> list[tuple[Any, ...]]:
    with opened(home) as connection:
        return list(connection.execute(f"SELECT {columns} FROM captures ORDER BY url, time"))


def dump(home: Home) -> list[str]:
    """The database without what an import may change that brings nothing new."""
    with opened(home) as connection:
        skipped = tuple(f'INSERT INTO "{table}"' for table in IDLE)
        return [line for line in connection.iterdump() if not line.startswith(skipped)]


def content(home: Home) -> list[tuple[Any, ...]]:
    """What was captured and read, without the runs and files that brought it."""
    with opened(home) as connection:
        found = list(connection.execute("SELECT id, source, url, kind, time, status, sha256 FROM captures ORDER BY id"))
        found += connection.execute("SELECT id, document_id, title, text FROM bulletins ORDER BY id")
        found += connection.execute("SELECT url, quote, value FROM figures_full ORDER BY 1, 2")
        return found


def sound(home: Home) -> None:
    """Every body that the index knows is in the archive."""
    with opened(home) as connection:

        class Rows:
            conn = connection

        report = Archive(home.archive).verify(expected=list(indexed_refs(Rows())))
    assert report.ok, [str(problem) for problem in report.problems]
