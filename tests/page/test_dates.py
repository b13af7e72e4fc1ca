"""The dates that portals print."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.page.dates import read_date


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("16/09/2023 07:12", "2023-09-16T07:12:00"),
        ("Thứ bảy - 16/09/2023 07:12", "2023-09-16T07:12:00"),
        ("Thứ sáu - 29/06/2018 15:23", "2018-06-29T15:23:00"),
        ("Thứ Bảy, 28/12/2024", "2024-12-28"),
        ("Ngày 28/02/2023-15:22:00 PM", "2023-02-28T15:22:00"),
        ("Ngày đăng: 11/07/2024  09:45", "2024-07-11T09:45:00"),
        ("Thứ hai, 24 Tháng 10 2022 14:50", "2022-10-24T14:50:00"),
        ("(06/11/2019)", "2019-11-06"),
        ("08/11/2019", "2019-11-08"),
        ("6/1/2019", "2019-01-06"),
        ("ngày 5 tháng 3 năm 2021", "2021-03-05"),
        ("05-03-2021 | 7h05", "2021-03-05T07:05:00"),
        ("05.03.2021, 7 giờ 05 phút", "2021-03-05T07:05:00"),
        ("14:50 | 24/10/2022", "2022-10-24T14:50:00"),
        ("24/10/2022 02:50 CH", "2022-10-24T14:50:00"),
        ("24/10/2022 12:05 SA", "2022-10-24T00:05:00"),
        ("24/10/2022 02:50:07 PM", "2022-10-24T14:50:07"),
        ("2023-09-16T07:12:00+07:00", "2023-09-16T07:12:00"),
        ("2023-09-16T23:30:00Z", "2023-09-17T06:30:00"),
        ("2023-09-16 07:12", "2023-09-16T07:12:00"),
        ("2023-09-16", "2023-09-16"),
        ("24/10/2022 25:61", "2022-10-24"),
        ("24/10/2022 - Lượt xem: 1250", "2022-10-24"),
        ("24 Tháng Mười, 2022", "2022-10-24"),
        ("24 Tháng Mười Một, 2022 14:50", "2022-11-24T14:50:00"),
        ("Tháng Mười Hai 24, 2022", "2022-12-24"),
        ("Thứ hai, 4 Tháng Năm 2020 08:00", "2020-05-04T08:00:00"),
        ("Thứ hai, 4 tháng năm năm 2020", "2020-05-04"),
        ("Thứ hai, 4 Tháng Năm, 2020", "2020-05-04"),
        ("24/Th10/2022", "2022-10-24"),
        ("24 Th10, 2022", "2022-10-24"),
        ("October 24, 2022 2:50 pm", "2022-10-24T14:50:00"),
        ("Monday, 24 October 2022 14:50", "2022-10-24T14:50:00"),
        ("Oct 24, 2022", "2022-10-24"),
        ("May 4th, 2020", "2020-05-04"),
        ("2022/10/24 14:50", "2022-10-24T14:50:00"),
        ("24 - 10 - 2022", "2022-10-24"),
        ("24/10/2022 | 14:50", "2022-10-24T14:50:00"),
        ("14:50' ngày 24/10/2022", "2022-10-24T14:50:00"),
        ("Ngày 24 tháng 10 năm 2022, lúc 14 giờ 50", "2022-10-24T14:50:00"),
        ("Được đăng ngày Thứ hai, 24 Tháng 10 2022 14:50", "2022-10-24T14:50:00"),
        ("Cập nhật lúc 24/10/2022 02:50:07 CH (GMT+7)", "2022-10-24T14:50:07"),
        ("ba tháng 2022", None),
        ("12 tháng mười ba 2022", None),
        ("may 2022", None),
        ("31/02/2023", None),
        ("16/13/2023", None),
        ("116/09/2023", None),
        ("16/09/1823", None),
        ("2023-13-01", None),
        ("15/KH-UBND", None),
        ("", None),
    ],
)
def test_read_date(printed: str, read: str | None) -> None:
    assert read_date(printed) == read


_WORDS = ["Một", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Mười Một", "Mười Hai"]
SPELLINGS = [
    "Thứ Bảy, {d:02}/{m:02}/{y}",
    "({d}/{m}/{y})",
    "Cập nhật: {d:02}-{m:02}-{y}",
    "{d:02}.{m:02}.{y}",
    "Thứ hai, {d} Tháng {m} {y}",
    "ngày {d} tháng {m} năm {y}",
    "{d} Th{m}, {y}",
    "{d} Tháng {w}, {y}",
    "Tháng {w} {d}, {y}",
    "{y}/{m:02}/{d:02}",
    "{y}-{m:02}-{d:02}",
]


@given(st.dates(date(1995, 1, 1), date(2090, 12, 31)), st.sampled_from(SPELLINGS), st.sampled_from(["", " | 07:05"]))
def test_every_day_in_every_spelling(day: date, spelling: str, clock: str) -> None:
    printed = spelling.format(d=day.day, m=day.month, y=day.year, w=_WORDS[day.month - 1]) + clock
    read = read_date(printed)
    assert read is not None and read.removesuffix("T07:05:00") == day.isoformat(), printed


@given(st.text(alphabet="0123456789/-.,: tháng năm mười Th10APMay", max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    read = read_date(text)
    assert read is None or date.fromisoformat(read[:10]).year in range(1989, 2101)
