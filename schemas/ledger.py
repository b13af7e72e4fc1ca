"""The ledger: every numeral of a text is claimed by a figure, set aside with a reason, or unexplained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

State = Literal["claimed", "set_aside", "unexplained"]

#: Why a numeral is no figure. A closed list; there is no "other": what has no reason is unexplained.
Reason = Literal[
    "date",  # 13/9, 16/09/2023, ngày 15 tháng 9, hai ngày 20 và 21-7
    "time",  # 07:12, 14 giờ 30 phút, 7h30
    "period",  # năm 2023, quý I, 9 tháng đầu năm, giai đoạn 2021-2025, 5 năm qua
    "anniversary",  # 93 năm Ngày thành lập Đảng
    "age",  # 28 tuổi, trẻ em dưới 6 tuổi
    "ordinal",  # lần thứ XVI, khóa XIII, mũi 3
    "name",  # Quận 1, phường 12, COVID-19, lớp 10, OCOP 4 sao, 4.0, top 10
    "document",  # 15/KH-UBND, Nghị quyết 18-NQ/TW, Điều 5
    "phone",
    "address",  # 12/5 đường Lạch Tray
    "list_number",  # 1. 2.1 a) [1]
    "scale",  # 1/500
    "code",  # 15A-123.45, account numbers
    "slogan",  # “5 không, 3 sạch”, ba cùng, bốn tại chỗ
    "furniture",  # Lượt truy cập: 565513
    "vague",  # một số, một standing alone, vài chục, hàng trăm
    "idiom",  # a number word that does not count: tư pháp, năm qua, tám in a name
]

STATES: tuple[str, ...] = get_args(State)
REASONS: tuple[str, ...] = get_args(Reason)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A maximal digit token with its separators, a number-word phrase, or a Roman numeral after its trigger word."""

    start: int
    end: int
    quote: str
    state: State
    reason: Reason | None = None
    #: index into the document's figures when claimed
    figure: int | None = None
