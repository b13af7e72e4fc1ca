"""What an export says of itself: title, filter, date of the data, sources, how to cite."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from db.export.selection import Field, Selection

_UNKNOWN_LICENSE = "Theo quy định của từng cổng thông tin"


@dataclass(frozen=True, slots=True)
class About:
    """``until`` is when the last run ended (UTC), the date of the data; empty where none has."""

    title: str
    description: str
    filter: str
    until: str
    #: name, address, licence (None where not known)
    sources: tuple[tuple[str, str, str | None], ...]

    @property
    def citation(self) -> str:
        """How to cite the whole export."""
        names = ", ".join(name for name, _, _ in self.sources[:5]) + (" và các cổng khác" if self.sources[5:] else "")
        day = f", dữ liệu đến {'/'.join(reversed(self.until[:10].split('-')))}" if self.until else ""
        return f"bantin, “{self.title}”{day}; nguồn: {names or 'chưa có nguồn'}"

    @property
    def licenses(self) -> list[str]:
        """The licences of the sources, each once."""
        return sorted({license or _UNKNOWN_LICENSE for _, _, license in self.sources})

    def lines(self, count: int) -> list[str]:
        """The same as lines of text for people."""
        return [
            self.title,
            self.description,
            f"Số dòng: {count}" + (f" ({self.filter})" if self.filter else ""),
            f"Cách trích dẫn: {self.citation}",
            "Trích dẫn từng dòng: cột citation. Truy nguồn: cột permalink, hoặc lệnh bantin explain với mã ở cột id.",
            "Giấy phép: " + "; ".join(self.licenses),
            *(f"Nguồn: {name}, {url}" for name, url, _ in self.sources),
        ]


def about(db: Database, selection: Selection) -> About:
    """What the export of a selection says of itself."""
    until = db.conn.execute("SELECT max(finished) FROM runs").fetchone()[0]
    sources = db.conn.execute("SELECT name, url, license FROM sources ORDER BY name").fetchall()
    return About(selection.title, selection.vi, str(selection.filter), until or "", tuple(sources))


def field_text(field: Field) -> str:
    """What a column holds, in Vietnamese: meaning, codes, unit, warning."""
    parts = [field.vi.rstrip(".") + "."]
    if field.choices:
        parts.append("Các mã: " + ", ".join(f"{code} ({text})" for code, text in field.choices.items()) + ".")
    if field.unit:
        parts.append(f"Đơn vị: {field.unit}.")
    if field.warning:
        parts.append(f"Lưu ý: {field.warning}")
    return " ".join(parts)
