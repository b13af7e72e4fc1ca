"""Telling a person, once when it opens and once when it closes; a message that fails is said and tried again."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from db.home import Home
from db.store import close_incident, note_incident, open_database, record_source, start_run
from flows.settings import SettingsError, load_settings
from flows.watch.tell import tell
from tests.db.support import SOURCE

NOON = datetime(2023, 9, 16, 5, 0, tzinfo=UTC)


class World:
    def __init__(self, root: Path) -> None:
        self.home = Home(root / "home").create()
        self.out = root / "out"
        self.db = open_database(self.home.database)
        record_source(self.db, SOURCE)
        self.run = start_run(self.db, "nightly", fingerprint="f1", started=NOON)

    def opens(self, kind: str = "down", message: str = "Cổng Hòa Bắc: không truy cập được.") -> None:
        note_incident(
            self.db,
            self.run,
            source=SOURCE.code,
            kind=kind,
            severity="warning",
            message=message,
            advice="Kiểm tra lại: bantin doctor",
            evidence={"since": "2023-09-15"},
            now=NOON,
        )

    def closes(self, kind: str = "down") -> None:
        close_incident(self.db, self.run, source=SOURCE.code, kind=kind, now=NOON)

    def settings(self, text: str) -> None:
        self.home.settings.write_text(f"[notify]\n{text}\n", encoding="utf-8")

    def writes(self, *, stdin: str = "json", status: int = 0) -> None:
        """A command that appends what it is given to a file."""
        written = f"open({str(self.out)!r}, 'a').write(sys.argv[1] + chr(10) + sys.stdin.read())"
        program = f"import sys; {written}; sys.exit({status})"
        self.settings(f"command = {json.dumps([sys.executable, '-c', program, '{subject}'])}\nstdin = {stdin!r}")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.db.close()


def test_nobody_is_told_where_nobody_is_named(world: World) -> None:
    world.opens()
    assert tell(world.home) == 0
    assert world.db.execute("SELECT told FROM incidents").fetchone()[0] is None


def test_a_command_is_told_of_opening_and_closing_once_each(world: World) -> None:
    world.writes()
    world.opens()
    assert [tell(world.home), tell(world.home)] == [1, 0]
    subject, _, given = world.out.read_text(encoding="utf-8").partition("\n")
    assert subject == "bantin: 1 sự cố mới"
    said = json.loads(given)
    assert [one["kind"] for one in said["opened"]] == ["down"] and said["closed"] == []
    assert "bantin doctor" in said["text"] and said["opened"][0]["evidence"] == {"since": "2023-09-15"}
    world.out.unlink()
    world.opens(message="Cổng Hòa Bắc: vẫn không truy cập được.")  # an update is no news
    assert tell(world.home) == 0 and not world.out.exists()
    world.closes()
    assert [tell(world.home), tell(world.home)] == [1, 0]
    assert "1 sự cố đã hết" in world.out.read_text(encoding="utf-8")


def test_a_mail_gets_text(world: World) -> None:
    world.writes(stdin="text")
    world.opens()
    world.opens("silent", "Cổng Hòa Bắc: không có bản tin mới.")
    assert tell(world.home) == 2
    assert world.out.read_text(encoding="utf-8") == (
        "bantin: 2 sự cố mới\n"
        "[không truy cập được cổng] Cổng Hòa Bắc: không truy cập được.\nKiểm tra lại: bantin doctor\n\n"
        "[ngừng đăng tin] Cổng Hòa Bắc: không có bản tin mới.\nKiểm tra lại: bantin doctor\n"
    )


def test_what_came_and_went_untold_is_no_news(world: World) -> None:
    world.writes()
    world.opens()
    world.closes()
    assert tell(world.home) == 0


def test_a_command_that_fails_is_said_and_tried_again(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.opens()
    world.writes(status=3)
    assert tell(world.home) == 0
    assert "ended with 3" in capsys.readouterr().err
    world.settings('command = ["/no/such/program"]')
    assert tell(world.home) == 0
    assert "does not start" in capsys.readouterr().err
    world.writes()
    assert tell(world.home) == 1


def test_a_command_that_hangs_is_ended(
    world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.watch.tell._COMMAND", 0.2)
    world.opens()
    world.settings(f"command = {json.dumps([sys.executable, '-c', 'import threading; threading.Event().wait()'])}")
    assert tell(world.home) == 0
    assert "took longer than 0.2 seconds" in capsys.readouterr().err


def test_the_shell_is_not_asked(world: World) -> None:
    world.writes()
    world.opens(message="$(touch pwned); `id`")
    assert tell(world.home) == 1
    assert not (world.home.root.parent / "pwned").exists()


class Hook:
    """A webhook on loopback that answers with ``status``."""

    def __init__(self) -> None:
        self.status, self.got = 204, list[Any]()
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                hook.got.append((self.headers["Content-Type"], json.loads(body)))
                self.send_response(hook.status)
                self.send_header("Location", "http://127.0.0.1:1/")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_address[1]}"
        self.thread = Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()


@pytest.fixture
def hook() -> Iterator[Hook]:
    made = Hook()
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_a_webhook_gets_the_same_json(world: World, hook: Hook) -> None:
    world.settings(f'webhook = "http://{hook.host}/secret"\nallow_private = ["{hook.host}"]')
    world.opens()
    assert [tell(world.home), tell(world.home)] == [1, 0]
    ((kind, said),) = hook.got
    assert kind == "application/json" and said["subject"] == "bantin: 1 sự cố mới"
    assert [one["source"] for one in said["opened"]] == [SOURCE.code]


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_webhook_that_refuses_is_said_without_its_secret(
    world: World, hook: Hook, capsys: pytest.CaptureFixture[str], status: int
) -> None:
    hook.status = status
    world.settings(f'webhook = "http://{hook.host}/secret"\nallow_private = ["{hook.host}"]')
    world.opens()
    assert tell(world.home) == 0
    said = capsys.readouterr().err
    assert f"{hook.host} answered {status}" in said and "secret" not in said
    assert len(hook.got) == 1  # a redirect is not followed


def test_a_webhook_goes_to_no_local_host_unless_allowed(
    world: World, hook: Hook, capsys: pytest.CaptureFixture[str]
) -> None:
    world.settings(f'webhook = "http://{hook.host}/secret"')
    world.opens()
    assert tell(world.home) == 0
    assert "a local host must stand in allow_private" in capsys.readouterr().err
    assert hook.got == []


def test_a_webhook_that_is_down_is_said(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.settings('webhook = "http://127.0.0.1:1/secret"\nallow_private = ["127.0.0.1"]')
    world.opens()
    assert tell(world.home) == 0
    assert "secret" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("notify", "found no TOML"),
        ("[notify]\nwebhook = 1", '"notify.webhook": found 1'),
        ("[notify]\ncommand = 'mail'", '"notify.command": found'),
        ("[notify]\nstdin = 'xml'", '"notify.stdin": found'),
        ("[other]\na = 1", '"other": no such setting'),
    ],
)
def test_settings_that_cannot_be_used_are_said(
    world: World, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    world.home.settings.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match="expected"):
        load_settings(world.home)
    world.opens()
    assert tell(world.home) == 0  # and no run fails of it
    assert said in capsys.readouterr().err
