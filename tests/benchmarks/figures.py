"""A database of made-up figures, as many as wanted, for measuring pages and queries.

``build(path, figures=1_000_000)`` writes the tables directly: nothing is fetched or extracted. Every bulletin says, for
some wards, how many things there are, of which so many in two parts, and how much of the plan that is; texts, offsets,
links, findings, ledger, indices and observations fit each other, and the same size gives the same database.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from db.folding import fold
from db.identity import make_id
from db.store import open_database
from db.store.rows import insert
from schemas.documents import text_hash
from schemas.indicators import catalogue
from schemas.tables import tables

_SOURCES = 40
_WARDS = ("An Bình", "Bến Đá", "Cầu Ngói", "Đồng Xanh", "Gò Cao", "Hòa Lợi", "Kênh Mới", "Long Sơn")
_THINGS = (
    ("doi_thoai", "cuộc", "đối thoại"),
    ("dan_van_kheo", "mô hình", "“Dân vận khéo”"),
    ("giam_sat", "cuộc", "giám sát"),
    ("ho_ngheo", "hộ", "hộ nghèo"),
    ("ho_so_tiep_nhan", "hồ sơ", "hồ sơ tiếp nhận"),
    ("nhap_ngu", "thanh niên", "nhập ngũ"),
    ("viec_lam", "lao động", "được giải quyết việc làm"),
)
#: figures in a sentence, sentences in a bulletin
_EACH, _SENTENCES = 4, 7
_BATCH = 500
_RUN = "20250601T190000Z-nightly"
#: a later run read one bulletin in so many again, and found the first figure to say something else
_LATER, _AGAIN = "20250602T190000Z-nightly", 200


def build(path: Path, figures: int = 1_000_000, *, seed: int = 7) -> int:
    """Write the database and say how many figures it has (whole bulletins, so perhaps a few more than wanted)."""
    db = open_database(path)
    connection = db.conn
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA foreign_keys = OFF")
    made = -(-figures // (_EACH * _SENTENCES))
    with connection:
        _fixed(db)
    world = _World(random.Random(seed))
    for first in range(0, made, _BATCH):
        rows: dict[str, list[dict[str, Any]]] = {}
        for number in range(first, min(first + _BATCH, made)):
            for table, row in world.bulletin(number):
                rows.setdefault(table, []).append(row)
        with connection:
            for table, found in rows.items():
                if table.endswith("_fts"):
                    names = ", ".join(found[0])
                    marks = ", ".join(f":{name}" for name in found[0])
                    connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", found)
                else:
                    insert(db, table, found)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return made * _EACH * _SENTENCES


def _fixed(db: Any) -> None:
    time = "2025-06-01T19:00:00Z"
    known = {"kind": "nightly", "started": time, "finished": time, "status": "ok", "counts": "{}"}
    insert(db, "runs", [_row("runs", id=run, fingerprint=run, **known) for run in (_RUN, _LATER)])
    insert(
        db,
        "sources",
        [
            _row(
                "sources",
                code=f"cong-{n:02}",
                name=f"Cổng số {n:02}",
                url=f"https://cong{n:02}.example/",
                area=f"98.quan-{n:02}",
                family="nukeviet4",
            )
            for n in range(_SOURCES)
        ],
    )
    insert(
        db,
        "indicators",
        [
            _row(
                "indicators",
                code=known.code,
                name=known.name,
                name_en=known.en,
                unit=known.unit,
                nature=known.nature,
                topic=known.topic,
                generated=0,
            )
            for known in catalogue().values()
        ],
    )


class _World:
    """Bulletin after bulletin, with the keys that the next rows get."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.figure_key = self.finding_key = 0

    def bulletin(self, number: int) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every row of one bulletin, as (table, row)."""
        source = number % _SOURCES
        day = date(2019, 1, 1) + timedelta(days=number % 2300)
        url = f"https://cong{source:02}.example/tin/{number}.html"
        document, version = make_id("document", url), make_id("version", url)
        capture = make_id("capture", url)
        sentences, figures = self._sentences(day)
        text = "\n\n".join(sentence for sentence, _ in sentences)
        time = f"{day + timedelta(days=1)}T19:00:00Z"
        sha = text_hash(text)
        title = f"Kết quả công tác tháng {day.month}/{day.year} của quận số {source:02}, bản tin {number}"
        yield "captures", _row(
            "captures", id=capture, source=f"cong-{source:02}", url=url, kind="page", time=time, status=200, sha256=sha,
            bytes=len(text), segment=f"{_RUN}.warc.gz", offset=number * 5000, length=5000, run_id=_RUN,
        )  # fmt: skip
        yield "fetch_log", _row(
            "fetch_log", id=number + 1, run_id=_RUN, source=f"cong-{source:02}", url=url, time=time, outcome="fetched",
            status=200, bytes=len(text), capture_id=capture,
        )  # fmt: skip
        yield "bulletins", _row(
            "bulletins", id=version, document_id=document, title=title, published=f"{day}T07:30",
            source=f"cong-{source:02}", url=url, text=text, captions="", text_sha256=sha, reader="made", warnings="",
            capture_id=capture, run_id=_RUN, search_key=number + 1,
        )  # fmt: skip
        yield "bulletins_fts", {"rowid": number + 1, "title": title, "text": text, "folded": fold(f"{title}\n{text}")}
        count = len(figures)
        yield "extractions", _row(
            "extractions", bulletin_id=version, run_id=_RUN, sha256=sha, figures=count, claimed=count,
            set_aside=_SENTENCES, unexplained=1,
        )  # fmt: skip
        yield (
            "current_runs",
            _row("current_runs", document_id=document, bulletin_id=version, run_id=_RUN, capture_id=capture),
        )
        yield (
            "readings",
            _row("readings", capture_id=capture, fingerprint="f1", bulletin_id=version, run_id=_RUN, result_run=_RUN),
        )
        place = text.index("tháng")
        yield "numerals", self._numeral(version, place + 6, place + 7, text, "unexplained", None)
        made = list(self._figures(version, document, source, day, sentences, figures, text))
        yield from made
        if number % _AGAIN == 0:
            yield from self._again(version, sha, [row for table, row in made if table == "figures"])

    def _again(self, version: str, sha: str, figures: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
        """The later run's result, which nobody promoted."""
        yield "extractions", _row(
            "extractions", bulletin_id=version, run_id=_LATER, sha256=sha, figures=len(figures), claimed=len(figures),
            set_aside=_SENTENCES, unexplained=1,
        )  # fmt: skip
        for place, row in enumerate(figures):
            self.figure_key += 1
            said = row["content_hash"] if place else "1" * 20
            yield "figures", {**row, "key": self.figure_key, "run_id": _LATER, "content_hash": said}

    def _sentences(self, day: date) -> tuple[list[tuple[str, dict[str, Any]]], list[tuple[str, Any]]]:
        sentences, figures = [], []
        for at in range(_SENTENCES):
            code, unit, subject = _THINGS[at]
            ward = self.chance.choice(_WARDS)
            one, two = self.chance.randint(1, 400), self.chance.randint(1, 300)
            off = 1 if self.chance.random() < 0.02 else 0
            percent = round(self.chance.uniform(40, 130), 1)
            total = one + two + off
            said = f"{percent}".replace(".", ",")
            text = (
                f"Đến hết tháng {day.month}/{day.year}, phường {ward} có {total} {unit} {subject} "
                f"({one} {unit} định kỳ, {two} {unit} đột xuất), đạt {said}% kế hoạch."
            )
            sentences.append((text, {"code": code, "unit": unit, "subject": subject, "ward": ward, "off": off}))
            figures += [(f"{total}", total), (f"{one}", one), (f"{two}", two), (said, percent)]
        return sentences, figures

    def _figures(
        self,
        version: str,
        document: str,
        source: int,
        day: date,
        sentences: list[tuple[str, dict[str, Any]]],
        figures: list[tuple[str, Any]],
        text: str,
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        begin = 0
        for at, (sentence, said) in enumerate(sentences):
            keys, places = [], begin + sentence.index("phường")
            start_of_year = f"{day.year}-01-01"
            for part in range(_EACH):
                quote, value = figures[at * _EACH + part]
                start = text.index(quote, places)
                places = start + len(quote)
                self.figure_key += 1
                keys.append(self.figure_key)
                plan = part == 3
                yield "figures", _row(
                    "figures", key=self.figure_key, id=make_id("figure", version, start), bulletin_id=version,
                    run_id=_RUN, position=at * _EACH + part, start=start, end=start + len(quote), quote=quote,
                    kind="percent" if plan else "count", value=float(value), value_text=str(value),
                    unit="%" if plan else said["unit"], relation="relative" if plan else "level",
                    basis="plan" if plan else None, status="actual", approx="exact", subject=said["subject"],
                    scope=f"phường {said['ward']}", period_start=start_of_year, period_end=str(day), sentence=sentence,
                    sentence_start=begin, sentence_end=begin + len(sentence),
                    rule="digits+symbol" if plan else "digits+lexicon",
                    evidence='{"unit": "lexicon"}', content_hash="0" * 20,
                )  # fmt: skip
                yield (
                    "figures_fts",
                    {
                        "rowid": self.figure_key,
                        "subject": said["subject"],
                        "sentence": sentence,
                        "folded": fold(f"{said['subject']}\n{sentence}"),
                    },
                )
                yield "numerals", self._numeral(version, start, start + len(quote), text, "claimed", self.figure_key)
                if part:
                    kind = "about" if plan else "part_of"
                    yield (
                        "figure_links",
                        _row("figure_links", figure_key=self.figure_key, kind=kind, target_key=keys[0], run_id=_RUN),
                    )
            yield from self._finding(version, at, said, keys)
            if at == 0 or said["off"]:
                yield from self._observation(version, document, source, day, said, figures[at * _EACH], keys[0], text)
            begin += len(sentence) + 2

    def _finding(
        self, version: str, at: int, said: dict[str, Any], keys: list[int]
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        self.finding_key += 1
        verdict = "fails" if said["off"] else "holds"
        yield "findings", _row(
            "findings", key=self.finding_key, id=make_id("finding", version, at), bulletin_id=version, run_id=_RUN,
            position=at, check_name="sum", verdict=verdict, expected="", message="Các phần so với tổng số.",
        )  # fmt: skip
        for place, key in enumerate(keys[:3]):
            yield (
                "finding_figures",
                _row("finding_figures", finding_key=self.finding_key, position=place, figure_key=key, run_id=_RUN),
            )

    def _observation(
        self, version: str, document: str, source: int, day: date, said: dict[str, Any], figure: tuple[str, Any],
        key: int, text: str,
    ) -> Iterator[tuple[str, dict[str, Any]]]:  # fmt: skip
        ward = fold(said["ward"]).replace(" ", "-")
        observation = make_id("observation", document, said["code"], ward)
        yield "observations_history", _row(
            "observations_history", id=observation, series_id=make_id(said["code"], source, ward),
            indicator=said["code"],
            ref_area=f"98.quan-{source:02}.{ward}", scope="", detail="", breakdown="", freq="_O",
            time_period=f"{day.year}-01-01/P{day.timetuple().tm_yday}D", period_start=f"{day.year}-01-01",
            period_end=str(day), obs_value=float(figure[1]), obs_value_text=str(figure[1]), unit_measure=said["unit"],
            obs_status="A", era="before", valid_from=f"{day}T07:30", mentions=1, conflicting=0, score=1.0,
            reason="alias",
            document_id=document, bulletin_id=version,
        )  # fmt: skip
        yield "observation_mentions", _row(
            "observation_mentions", observation_id=observation, bulletin_id=version, start=key, end=key + 1,
            quote=figure[0], agrees=1,
            figure_id=make_id("figure", version, text.index(figure[0], text.index("phường"))),
        )  # fmt: skip

    def _numeral(self, version: str, start: int, end: int, text: str, state: str, figure: int | None) -> dict[str, Any]:
        return _row(
            "numerals", bulletin_id=version, run_id=_RUN, start=start, end=end, quote=text[start:end], state=state,
            figure_key=figure,
        )  # fmt: skip


def _row(table: str, **values: Any) -> dict[str, Any]:
    """A whole row; what is not said is null."""
    names = [column.name for column in tables()[table].columns]
    assert set(values) <= set(names), (table, set(values) - set(names))
    return dict.fromkeys(names) | values


if __name__ == "__main__":
    import sys

    print(json.dumps({"figures": build(Path(sys.argv[1]), int(sys.argv[2]))}))
