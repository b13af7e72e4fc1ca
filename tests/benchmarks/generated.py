"""An archive of any size: the sample bulletins told of other districts, years and numbers, as a crawler's WARC files.

Each portal is that of a real district and has about as many bulletins as one really has, so an archive grows by more
portals. Within a portal and a year all numbers are multiplied by one number: what adds up in the sample adds up here,
and two bulletins of one portal agree. Everything follows from the seed; one page is in memory at a time.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from io import BytesIO
from itertools import islice
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from extractors.areas import default_table
from schemas.areas import KIND_NAMES, Area
from tests.portal import nukeviet, sharepoint
from tests.portal.bulletins import Bulletin, load
from tests.portal.frame import framed

#: captures of one portal, and in one file
PORTAL, FILE = 100, 4000
#: bytes of a page around its article, and of its article's text: half of the texts are longer
FRAME, TEXT = 110_000, 2500
#: every so-manieth capture is of the address before it, whose numbers were revised
REVISED = 20
#: the share of a text of usual length that is as full of numbers as the sample
_DENSE = 0.4
_FIRST_YEAR, _SAMPLE_YEAR = 2016, 2023
_DAY = date(2023, 6, 1)

_YEAR = re.compile(r"\b20[12]\d\b")
#: a number that counts something: a word of small letters follows, none before it says that it is a date or a name
_COUNT = re.compile(
    r"(?<![\d.,/%-])(\d{1,3}(?:\.\d{3})+|[1-9]\d{0,3})(?= (?!tháng|năm|ngày|giờ|phút|quý|tuổi)[a-zà-ỹđ])"
)
_NAMING = re.compile(r"(?:tháng|năm|ngày|số|thứ|khóa|lần|quý|quận|phường|khoản|điều|tuần|đề án|nghị quyết|tỷ) $", re.I)
_SAMPLE_WARDS = ("Tràng Muối", "Ba Gò", "Đồng Vang", "Cầu Mây", "Xuân Trì", "Bến Cau", "An Hạ", "Lạch Sen")

_WHO = (
    *("Lãnh đạo quận", "Đồng chí Bí thư Quận ủy", "Ủy ban MTTQ Việt Nam quận", "Ban Chỉ đạo quận", "Các phường"),
    *("Hội Liên hiệp Phụ nữ quận", "Đoàn Thanh niên quận", "Hội Nông dân quận", "Đại diện các tổ dân phố"),
)
_DID = (
    *("đánh giá cao", "đề nghị tiếp tục quan tâm", "phối hợp thực hiện tốt", "tập trung lãnh đạo, chỉ đạo"),
    *("đẩy mạnh tuyên truyền", "kịp thời tháo gỡ khó khăn trong", "thường xuyên kiểm tra, giám sát"),
)
_WHAT = (
    *(
        "công tác dân vận của hệ thống chính trị",
        "việc lấy ý kiến nhân dân về các dự án",
        "công tác giảm nghèo bền vững",
    ),
    *("phong trào toàn dân đoàn kết xây dựng đời sống văn hóa", "việc giải quyết thủ tục hành chính cho người dân"),
    *("công tác bồi thường, giải phóng mặt bằng", "trật tự đô thị và vệ sinh môi trường trên địa bàn"),
)
_SO_THAT = (
    *("được cán bộ và nhân dân đồng tình ủng hộ", "góp phần hoàn thành nhiệm vụ chung", "không để phát sinh điểm nóng"),
    *("bảo đảm công khai, minh bạch, đúng quy định", "tạo sự đồng thuận trong nhân dân", "nhất là ở khu dân cư"),
)


@dataclass(frozen=True)
class Page:
    """A capture to come."""

    url: str
    time: datetime
    body: bytes


class Portal:
    """The portal of one district, and its bulletins."""

    def __init__(self, number: int, seed: int) -> None:
        areas = _districts()
        self.area = areas[number % len(areas)]
        self.code = f"cong-{number:05}"
        self.root = f"https://{self.code}.example"
        self._chance = random.Random(f"{seed} {number}")
        self._template = nukeviet if number % 2 else sharepoint
        self._family = "nukeviet4" if number % 2 else "sharepoint_lacviet"
        wards = [ward.name for ward in default_table().children(self.area, _DAY)]
        self._names = dict(zip(_SAMPLE_WARDS, self._chance.sample(wards, len(_SAMPLE_WARDS)), strict=True))
        self._names |= {"Hải Lĩnh": self.area.name}
        self._names |= {old.upper(): new.upper() for old, new in self._names.items()}
        self._times = [self._chance.randint(1, 9) for _ in range(20)]

    def description(self) -> str:
        """Its file in ``BANTIN_HOME/sites``."""
        return (
            f'name = "Cổng thông tin điện tử {self.area.full_name}"\nurl = "{self.root}/"\narea = "{self.area.slug}"\n'
            f'family = "{self._family}"\nsitemaps = ["/sitemap.xml"]\n'
        )

    def pages(self) -> Iterator[Page]:
        """Its captures in the order in which a crawler would meet them."""
        sample = load()
        start = self._chance.randrange(len(sample))
        chosen: Bulletin | None = None
        for number in range(PORTAL):
            revised = number % REVISED == REVISED - 1
            if not revised or chosen is None:
                year = _FIRST_YEAR + (start + number // len(sample) * 3 + number) % 8
                chosen = self._told(start + number, year, number)
            else:
                chosen = replace(chosen, text=_times(chosen.text, 2))
            page = self._template.detail(chosen, (), (), chosen.views)
            charset = chosen.charset
            body = framed(page.decode(charset), self._chance.getrandbits(30), FRAME).encode(
                charset, "xmlcharrefreplace"
            )
            time = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=number, days=30 * revised)
            yield Page(self.root + self._template.url(chosen), time, body)

    def _told(self, which: int, year: int, number: int) -> Bulletin:
        """A sample bulletin of another year and district, with paragraphs of the next ones until it is long enough."""
        sample = load()
        first = sample[which % len(sample)]
        long = TEXT * self._chance.choice((0.6, 0.8, 0.9, 1, 1.1, 1.3, 1.8))
        parts = [first.text]
        while (length := sum(map(len, parts))) < long:
            if length > TEXT * _DENSE:
                parts.append(_prose(self._chance))
            else:
                which += 1
                parts.append(sample[which % len(sample)].text)
        years = year - _SAMPLE_YEAR
        return replace(
            first,
            lists=(),
            number=1000 + number,
            title=self._elsewhere(first.title, years),
            lead=self._elsewhere(first.lead, years),
            text=self._elsewhere("\n\n".join(parts), years),
            slug=f"{first.slug}-{year}",
            published=first.published + timedelta(days=364 * years),  # the same day of the week
            broken=False,
            related=(),
        )

    def _elsewhere(self, text: str, years: int) -> str:
        text = _YEAR.sub(lambda found: str(int(found[0]) + years), text)
        for old, new in self._names.items():
            text = text.replace(old, new)
        words = (("quận", KIND_NAMES[self.area.kind]), ("Quận", KIND_NAMES[self.area.kind].capitalize()))
        for old, new in words if self.area.kind != "quan" else ():
            text = re.sub(rf"\b{old}\b", new, text)
        return _times(text, self._times[years])


def _times(text: str, factor: int) -> str:
    """Every number that counts something, that many times."""

    def more(found: re.Match[str]) -> str:
        if _NAMING.search(text, max(0, found.start() - 12), found.start()):
            return found[0]
        value = int(found[0].replace(".", "")) * factor
        return f"{value:,}".replace(",", ".")

    return _COUNT.sub(more, text)


def _prose(chance: random.Random) -> str:
    """A paragraph without any number."""
    return " ".join(
        f"{chance.choice(_WHO)} {chance.choice(_DID)} {chance.choice(_WHAT)}, {chance.choice(_SO_THAT)}."
        for _ in range(3)
    )


@cache
def _districts() -> list[Area]:
    """Districts with wards enough to be told of, those of cities first."""
    found = [
        area
        for area in default_table()
        if area.level == "district"
        and area.valid_from <= _DAY <= (area.valid_to or _DAY)
        and area.slug
        and len(default_table().children(area, _DAY)) >= len(_SAMPLE_WARDS)
    ]
    return sorted(found, key=lambda area: (area.kind != "quan", area.code))


def write_archive(folder: Path, sites: Path, captures: int, seed: int = 1) -> tuple[int, int]:
    """``captures`` of as many portals as that takes into ``folder``, the portals' files into ``sites``.

    How many bytes the pages have, and the files.
    """
    for made in (folder, sites):
        made.mkdir(parents=True, exist_ok=True)
    portals = [Portal(number, seed) for number in range(-(-captures // PORTAL))]
    for portal in portals:
        (sites / f"{portal.code}.toml").write_text(portal.description(), encoding="utf-8")
    pages = islice((page for portal in portals for page in portal.pages()), captures)
    size, number = 0, 0
    while some := _write_file(folder / f"crawl-{number:03}.warc.gz", islice(pages, FILE)):
        size, number = size + some, number + 1
    (folder / f"crawl-{number:03}.warc.gz").unlink()
    return size, sum(path.stat().st_size for path in folder.iterdir())


def _write_file(path: Path, pages: Iterator[Page]) -> int:
    size = 0
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for page in pages:
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    page.url,
                    "response",
                    payload=BytesIO(page.body),
                    http_headers=headers,
                    warc_headers_dict={"WARC-Date": f"{page.time:%Y-%m-%dT%H:%M:%SZ}"},
                )
            )
            size += len(page.body)
    return size
