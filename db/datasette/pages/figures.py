"""``/f/ID``: a figure for good, wherever it went; *Báo lỗi*: the ready-made correction of it, and how to cite it."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from datasette.utils.asgi import Request

from db.corrections import figure_of
from db.datasette.pages import words
from db.datasette.pages.serving import GoneError, MissingError, MovedError
from db.datasette.pages.stored import TITLE, code, one
from schemas.words.labels import statement

#: more steps than that from one id to the next are a circle
_STEPS = 50
#: how many characters of the text stand on either side of the number in a correction
_AROUND = 60
_GROUPED = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?", re.ASCII)
_PLAIN = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_CURRENT = f"""
SELECT f.*, c.document_id, b.text, {TITLE}, b.published, b.url, b.source, s.name AS source_name, k.time AS captured
FROM figures f
JOIN current_runs c ON c.bulletin_id = f.bulletin_id AND c.run_id = f.run_id
JOIN bulletins b ON b.id = c.bulletin_id
JOIN sources s ON s.code = b.source
JOIN captures k ON k.id = c.capture_id
WHERE f.id = ?"""
_OLD = f"""
SELECT f.quote, f.unit, f.sentence, {TITLE}, b.document_id, b.published, k.time AS captured
FROM figures f JOIN bulletins b ON b.id = f.bulletin_id JOIN captures k ON k.id = b.capture_id
WHERE f.id = ? ORDER BY f.run_id DESC LIMIT 1"""
_REMOVED = """
SELECT r.kind, r.time FROM removed_figures g JOIN removals r ON r.id = g.removal_id WHERE g.figure_id = ?
ORDER BY r.time LIMIT 1"""

_SUCCESSOR = """
SELECT s.new_id AS new, s.reason AS why FROM successors s JOIN runs r ON r.id = s.run_id WHERE s.old_id = ?
ORDER BY r.started DESC, r.id DESC LIMIT 1"""
#: why an id was given up, as ``db.store.successors`` writes it
_WHY = {
    "version": "Cổng thông tin đã sửa bản tin, và ở bản mới không còn số liệu này.",
    "result": "Bản tin đã được đọc lại bằng quy tắc mới, và ở kết quả mới không còn số liệu này.",
}


def permalink(connection: sqlite3.Connection, request: Request) -> dict[str, Any]:
    """Leads to the figure or to what took its place; where it is gone, says why."""
    wanted = request.url_vars["id"]
    _refuse_removed(connection, wanted)
    found = one(
        connection,
        "SELECT c.document_id FROM figures f"
        " JOIN current_runs c ON c.bulletin_id = f.bulletin_id AND c.run_id = f.run_id WHERE f.id = ?",
        wanted,
    )
    if found:
        raise MovedError(f"/ban-tin/{found['document_id']}#f-{wanted}")
    follower, why, known = _follow(connection, wanted)
    if follower:
        raise MovedError(f"/f/{follower}")
    old = one(connection, _OLD, wanted)
    if old is None and not known:
        raise MissingError("Không có số liệu nào mang mã này. Mã số liệu gồm 20 chữ số và chữ cái từ a đến f.")
    return {
        "id": wanted,
        "old": old,
        "why": _WHY.get(why, why) or "Bản tin đã được đọc lại, và ở kết quả mới không còn số liệu này.",
        "answer": 410,
    }


def report(connection: sqlite3.Connection, request: Request) -> dict[str, Any]:
    """The ready-made correction of a figure, a text to send, and the citation."""
    wanted = request.url_vars["id"]
    _refuse_removed(connection, wanted)
    row = one(connection, _CURRENT, wanted)
    if row is None:
        raise (
            MovedError(f"/f/{wanted}")
            if one(connection, _OLD, wanted)
            else MissingError("Không có số liệu nào mang mã này.")
        )
    address = _address(request, f"/f/{wanted}")
    figure, made = figure_of(row), said(request)
    before = row["text"][row["sentence_start"] : row["start"]]
    after = row["text"][row["end"] : row["sentence_end"]]
    return {
        "figure": row,
        "says": statement(figure),
        "before": before,
        "after": after,
        "address": address,
        "said": made,
        "typed": request.args.get("gia-tri") or "",
        "same": made.value is not None and Decimal(made.value) == Decimal(row["value_text"]) and not made.drop,
        "toml": correction(row, made, today()),
        "letter": letter(row, address, made),
        "citation": citation(row, address),
    }


@dataclass(frozen=True, slots=True)
class Said:
    """What a reader typed: the right value (None where it is not understood), or that the number is no figure."""

    value: str | None
    drop: bool
    reason: str
    author: str

    @property
    def whole(self) -> bool:
        """Whether there is enough for an entry."""
        return bool((self.drop or self.value) and self.reason and self.author)


def said(request: Request) -> Said:
    """What the form on the page was filled with."""
    return Said(
        value=plain_number(request.args.get("gia-tri") or ""),
        drop=request.args.get("loai") == "khong-phai",
        reason=_one_line(request.args.get("can-cu")),
        author=_one_line(request.args.get("nguoi-bao")),
    )


def plain_number(text: str) -> str | None:
    """A number as people type it, in digits with a decimal point; None where it is none.

    >>> plain_number("1.072"), plain_number("92,3"), plain_number("1.536,25"), plain_number("-5"), plain_number("ba")
    ('1072', '92.3', '1536.25', '-5', None)
    """
    made = text.strip().replace(" ", "")
    if _GROUPED.fullmatch(made):
        made = made.replace(".", "")
    made = made.replace(",", ".")
    return made if _PLAIN.fullmatch(made) else None


def correction(row: dict[str, Any], made: Said, on: date) -> str:
    """An entry for ``corrections.toml``; where something was not said, dots stand for it."""
    expect = {"value": row["value_text"]}
    for name, value in (("denominator", row["denominator_text"]), ("unit", row["unit"]), ("subject", row["subject"])):
        if value is not None:
            expect[name] = value
    fields = ", ".join(f"{name} = {_text(value)}" for name, value in expect.items())
    return "\n".join(
        (
            "[[correction]]",
            *_target(row),
            f"expect = {{ {fields} }}",
            "drop = true" if made.drop else f"set = {{ value = {_text(made.value or '…')} }}",
            f"reason = {_text(made.reason or '…')}",
            f"author = {_text(made.author or '…')}",
            f"date = {on.isoformat()}",
        )
    )


def _target(row: dict[str, Any]) -> tuple[str, ...]:
    """The number by its words where they name it alone, so that the entry outlives a new extraction; else by its id."""
    text, quote = row["text"], row["quote"]
    start = max(row["sentence_start"], row["start"] - _AROUND)
    end = min(row["sentence_end"], row["end"] + _AROUND)
    context = text[start:end]
    single = context.count(quote) == 1 and text.count(context) == 1
    if single and all(word == words.safe(word) and "\n" not in word for word in (context, quote, row["url"])):
        return f"url = {_text(row['url'])}", f"quote = {_text(quote)}", f"context = {_text(context)}"
    return (f"mention = {_text(row['id'])}",)


def letter(row: dict[str, Any], address: str, made: Said) -> str:
    """A text to send to whoever keeps the database."""
    return "\n".join(
        (
            f"Tôi muốn báo một số liệu có thể sai: {words.safe(row['quote'])} {words.safe(row['unit'])}".rstrip(),
            f"Nội dung: {words.safe(row['subject'])}" if row["subject"] else "Nội dung: không rõ",
            f"Câu văn: “{words.safe(row['sentence'])}”",
            f"Bản tin: {row['called']} ({words.listed(row['source_name'], words.day(row['published']))})",
            f"Địa chỉ bản tin: {words.safe(row['url'])}",
            f"Mã số liệu: {row['id']}, {address}",
            "",
            "Theo tôi, con số này không phải là số liệu."
            if made.drop
            else f"Theo tôi, đúng ra phải là: {words.number(made.value) if made.value else '…'}",
            f"Căn cứ: {made.reason or '…'}",
            f"Người báo: {made.author or '…'}",
        )
    )


def citation(row: dict[str, Any], address: str) -> str:
    """How the figure is cited: what, who said it where and when, when it was captured, the address that stays."""
    amount = f"{words.safe(row['quote'])}{'' if row['unit'] in (None, '%') else ' '}{words.safe(row['unit'])}"
    about = f" ({words.safe(row['subject'])})" if row["subject"] else ""
    title = f"“{words.safe(row['title'])}”" if row["title"] else row["called"]
    printed = f", đăng ngày {words.day(row['published'])}" if row["published"] else ""
    return (
        f"{words.safe(row['source_name'])}, {title}{printed}: {amount}{about}. "
        f"{words.safe(row['url'])}, chụp lúc {words.moment(row['captured'])}. Số liệu trích bằng bantin: {address}"
    )


def _text(value: object) -> str:
    """A TOML string: JSON's is one, once what JSON leaves alone is escaped."""
    made = json.dumps(words.safe(value), ensure_ascii=False)
    return made.replace("\x7f", "\\u007f")


def today() -> date:
    """The day in Việt Nam."""
    return (datetime.now(UTC) + timedelta(hours=7)).date()


def _one_line(text: str | None) -> str:
    return " ".join(words.safe(text).split())


def _address(request: Request, path: str) -> str:
    return f"{request.scheme}://{request.host}{path}"


def _follow(connection: sqlite3.Connection, wanted: str) -> tuple[str | None, str, bool]:
    """The last id of the way from an id (None where it ends in nothing), why, and whether anything was said of it."""
    at, why, known = wanted, "", False
    for _ in range(_STEPS):
        step = one(connection, _SUCCESSOR, at)
        if step is None:
            break
        known = True
        if step["new"] is None:
            return None, words.safe(step["why"]), True
        at, why = step["new"], words.safe(step["why"])
    return (at if at != wanted else None), why, known


def _refuse_removed(connection: sqlite3.Connection, wanted: str) -> None:
    """A figure that was taken out at someone's request is not shown, not even as it was."""
    removed = one(connection, _REMOVED, wanted)
    if removed:
        why = code("removals", "kind", removed["kind"])
        raise GoneError(f"Số liệu này đã được gỡ khỏi cơ sở dữ liệu {why}, ngày {words.day(removed['time'])}.")
