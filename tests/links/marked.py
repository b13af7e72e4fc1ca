"""Sentences with their figures marked, so that a table of examples reads like text.

``{300 mô hình}`` is a figure with its unit as written; ``{02=cuộc}`` one whose unit the text leaves out. Behind a colon
stands what other stages would have said: ``up``, ``down`` (a change), ``of`` (a relative), ``share``, a basis, a
status, an approximation, ``rank``, ``money``, ``measure``:
``tăng {27%:up:plan}``, ``đạt {92,3%:of:plan}``, ``{10 cuộc:planned}``.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, get_args

from extractors.mention import Mention
from extractors.text.document import Document
from schemas.figures import APPROXES, BASES, STATUSES, Kind

_MARK = re.compile(r"\{([^{}]*)\}")
_NUMBER = re.compile(r"\d[\d.,]*(?:/\d[\d.,]*)?(?: - \d[\d.,]*)?(?: (?:tỷ|triệu|nghìn))?")
_SIZES = {"tỷ": Decimal(10) ** 9, "triệu": Decimal(10) ** 6, "nghìn": Decimal(1000)}


def marked(source: str, title: str | None = None) -> tuple[Document, list[Mention]]:
    """The text without marks as a Document, and the mentions that the marks stand for."""
    pieces: list[str] = []
    mentions: list[Mention] = []
    at = length = 0
    for match in _MARK.finditer(source):
        pieces.append(source[at : match.start()])
        length += match.start() - at
        text, mention = _figure(match.group(1), length)
        pieces.append(text)
        mentions.append(mention)
        length += len(text)
        at = match.end()
    pieces.append(source[at:])
    return Document("".join(pieces), title), mentions


def _figure(inside: str, start: int) -> tuple[str, Mention]:
    said, *fields = inside.split(":")
    text, _, elided = said.partition("=")
    number = _NUMBER.match(text)
    assert number, f"no number in {{{inside}}}"
    values: dict[str, Any] = {"unit": elided or text[number.end() :].strip() or None}
    kind: Kind = "count"
    if "/" in number.group():
        top, bottom = number.group().split("/")
        kind, values["value"], values["denominator"], values["relation"] = "ratio", _value(top), _value(bottom), "share"
    elif " - " in number.group():
        low, high = number.group().split(" - ")
        values["value"], values["value_max"] = _value(low), _value(high)
    else:
        values["value"] = _value(number.group())
    if values["unit"] == "%":
        kind = "percent"
    elif values["unit"] == "đồng":
        kind = "money"
    for name in fields:
        if name in ("up", "down"):
            values["relation"], values["direction"] = "change", name
        elif name == "of":
            values["relation"] = "relative"
        elif name == "share":
            values["relation"] = "share"
        elif name in BASES:
            values["basis"] = name
        elif name in STATUSES:
            values["status"] = name
        elif name in APPROXES:
            values["approx"] = name
        elif name in get_args(Kind):
            kind = name
            if kind == "rank":
                values["relation"] = "level"
        else:
            raise ValueError(f"unknown field {name!r} in {{{inside}}}")
    return text, Mention(start=start, end=start + number.end(), kind=kind, rule="marked", **values)


def _value(text: str) -> Decimal:
    digits, _, size = text.partition(" ")
    return Decimal(digits.replace(".", "").replace(",", ".")) * _SIZES.get(size, Decimal(1))
