"""Telling a person: by a command of their own, by a webhook. Each incident once when it opens, once when it closes.

A message that did not get through is said on stderr and tried again by the next run; the run itself goes on.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3.exceptions

from db.home import Home
from db.store import mark_told, open_database, untold_incidents
from db.times import to_text
from flows.about import user_agent
from flows.net.addresses import Resolver, checked_url, resolve
from flows.net.errors import FetchError
from flows.net.guard import Guard, GuardedAdapter
from flows.settings import Notify, SettingsError, load_settings
from flows.times import local_time
from schemas.incidents import Incident
from schemas.tables import tables

#: seconds that a command or a webhook may take
_COMMAND, _WEBHOOK = 60.0, 30.0
_ANSWER = 500


class NotTold(Exception):
    """A message that did not get through, and why."""


def tell(home: Home) -> int:
    """Tell whoever bantin.toml names what opened and closed since they were told last; how many incidents."""
    try:
        notify = load_settings(home).notify
    except SettingsError as error:
        _say(str(error))
        return 0
    if not notify.anybody:
        return 0
    db = open_database(home.database)
    try:
        news = untold_incidents(db)
        if not news:
            return 0
        try:
            send(notify, message(news))
        except NotTold as error:
            _say(f"{error}; the next run tries again")
            return 0
        mark_told(db, news)
        return len(news)
    finally:
        db.close()


def tell_refused(home: Home, why: str) -> None:
    """Tell whoever bantin.toml names that a night did not begin: a run that is none leaves no incident."""
    try:
        notify = load_settings(home).notify
        if notify.anybody:
            send(notify, refused(why))
    except (SettingsError, NotTold) as error:
        _say(str(error))


def refused(why: str) -> dict[str, Any]:
    """What is sent of a night that did not begin, in the form of ``message``."""
    text = f"Đêm nay không thu thập được: tệp cấu hình có lỗi. Hãy sửa rồi chạy: bantin ingest\n\n{why}\n"
    return {"subject": "bantin: đêm nay không chạy, tệp cấu hình có lỗi", "text": text, "opened": [], "closed": []}


def message(news: Sequence[Incident]) -> dict[str, Any]:
    """What is sent: "subject" and "text" for people, "opened" and "closed" for programs."""
    opened = [incident for incident in news if incident.closed is None]
    closed = [incident for incident in news if incident.closed is not None]
    counted = [f"{len(some)} sự cố {word}" for some, word in ((opened, "mới"), (closed, "đã hết")) if some]
    lines = [text for incident in opened for text in (f"[{_title(incident)}] {incident.message}", incident.advice, "")]
    lines += [
        f"[đã hết] {incident.message} (từ {_when(incident.opened)} đến {_when(incident.closed)})"
        for incident in closed
        if incident.closed
    ]
    return {
        "subject": "bantin: " + ", ".join(counted),
        "text": "\n".join(lines).strip() + "\n",
        "opened": [as_json(incident) for incident in opened],
        "closed": [as_json(incident) for incident in closed],
    }


def as_json(incident: Incident) -> dict[str, Any]:
    """An incident as programs get it."""
    return {
        "id": incident.id,
        "source": incident.source,
        "kind": incident.kind,
        "severity": incident.severity,
        "opened": to_text(incident.opened),
        "closed": to_text(incident.closed) if incident.closed else None,
        "message": incident.message,
        "advice": incident.advice,
        "evidence": incident.evidence,
    }


def send(notify: Notify, what: dict[str, Any], *, resolver: Resolver = resolve) -> None:
    """Send by every way that is set; raises NotTold when one of them failed, after all were tried."""
    failed = []
    if notify.command:
        try:
            _run(notify, what)
        except NotTold as error:
            failed.append(str(error))
    if notify.webhook:
        try:
            _post(notify, what, resolver)
        except NotTold as error:
            failed.append(str(error))
    if failed:
        raise NotTold("; ".join(failed))


def _run(notify: Notify, what: dict[str, Any]) -> None:
    command = [part.replace("{subject}", what["subject"]) for part in notify.command]
    given = what["text"] if notify.stdin == "text" else json.dumps(what, ensure_ascii=False)
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        raise NotTold(f"[notify] command {command[0]!r} does not start: {error}") from None
    try:
        said, _ = process.communicate(given.encode(), timeout=_COMMAND)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise NotTold(f"[notify] command {command[0]!r} took longer than {_COMMAND:g} seconds") from None
    if process.returncode:
        text = said.decode(errors="replace").strip()[:_ANSWER]
        raise NotTold(f"[notify] command {command[0]!r} ended with {process.returncode}: {text}")


def _post(notify: Notify, what: dict[str, Any], resolver: Resolver) -> None:
    """By the guarded connections that portals are asked by: to public addresses and those that are allowed."""
    url = str(notify.webhook)
    guard = Guard(notify.allow_private, resolver)
    with requests.Session() as session:
        session.trust_env = False
        for scheme in ("http://", "https://"):
            session.mount(scheme, GuardedAdapter(guard))
        try:
            with (
                guard.time_limit(_WEBHOOK),
                session.post(
                    checked_url(url),
                    json=what,
                    headers={"User-Agent": user_agent()},
                    timeout=_WEBHOOK,
                    allow_redirects=False,
                    stream=True,
                ) as response,
            ):
                if not 200 <= response.status_code < 300:
                    raise NotTold(f"[notify] webhook: {_host(url)} answered {response.status_code}")
        except FetchError as error:
            raise NotTold(
                f"[notify] webhook: {_host(url)}: {error.found}; a local host must stand in allow_private"
            ) from None
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise NotTold(f"[notify] webhook: {_host(url)}: {type(error).__name__}") from None
        finally:
            guard.sweep()


def _host(url: str) -> str:
    """A webhook's address is often its password: no more of it is said than the host."""
    return urlsplit(url).netloc.rpartition("@")[2]


def _title(incident: Incident) -> str:
    return tables()["incidents"].column("kind").choices[incident.kind]


def _when(time: datetime) -> str:
    return f"{local_time(time):%d/%m/%Y}"


def _say(text: str) -> None:
    print(f"bantin: {text}", file=sys.stderr, flush=True)
