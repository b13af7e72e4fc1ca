"""``make bench-datasette``: how long every page and canned query takes on a million made-up figures.

Each is asked through Datasette, as a browser does but without the network: once after the start, then five times; the
table has the first answer and the median of the others, in milliseconds, with the sizes of the answers.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from db import queries
from tests.benchmarks.figures import build
from tests.datasette.support import Site

_TIMES = 5


def main() -> None:
    """Build the database where there is none yet, ask, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.datasette", description=__doc__)
    parser.add_argument("--figures", type=int, default=1_000_000)
    parser.add_argument("--database", type=Path, help="keep the database here, and use it when it is there")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = args.database or Path(folder) / "bantin.db"
        if not path.exists():
            began = time.perf_counter()
            build(path, args.figures)
            print(f"made in {time.perf_counter() - began:.0f} s: {path.stat().st_size / 1e6:.0f} MB\n")
        asyncio.run(_measure(path))


async def _measure(path: Path) -> None:
    site = Site(path).datasette
    await site.invoke_startup()
    database = site.get_database()
    name = database.name
    one = (await database.execute("SELECT document_id, bulletin_id FROM current_runs LIMIT 1 OFFSET 777")).first()
    figure = (await database.execute("SELECT id FROM figures WHERE key = 12345")).first()[0]
    area = (await database.execute("SELECT ref_area FROM observations_history LIMIT 1")).first()[0]
    figures = (await database.execute("SELECT max(key) FROM figures")).first()[0]
    print(f"{figures:,} figures\n")
    pages = {
        "Trang chủ": "/",
        "Chỉ tiêu (danh sách)": "/chi-tieu",
        "Chỉ tiêu": f"/chi-tieu/doi_thoai?dia-ban={area}",
        "Bản tin": f"/ban-tin/{one[0]}",
        "Kiểm tra": "/kiem-tra",
        "Kiểm tra, trang 20": "/kiem-tra?loai=fails&trang=20",
        "Địa bàn": f"/dia-ban/{area}",
        "Chất lượng": "/chat-luong",
        "Tìm: doi thoai": "/tim?q=doi+thoai",
        "Tìm: “phường an bình”": "/tim?q=%22phuong+an+binh%22",
        "Tìm: bản tin 31415": "/tim?q=31415",
        "/f/ID": f"/f/{figure}",
        "Báo lỗi": f"/bao-loi/{figure}",
        "Atom: số liệu mới": "/feed/so-lieu.atom",
        "figures_full (bảng)": f"/{name}/figures_full",
        "figures_full (JSON, một bản tin)": f"/{name}/figures_full.json?document_id={one[0]}&_sort=start&_shape=array",
    }
    values = {"search_figures": "q=doi+thoai", "trace_figure": f"id={figure}"}
    asked = {query.name: f"/{name}/{query.name}.json?{values.get(query.name, '')}" for query in queries.load()}
    for title, addresses in (("page", pages), ("query", asked)):
        print(f"| {title} | first | median | of it CPU | bytes |\n| --- | ---: | ---: | ---: | ---: |")
        for what, address in addresses.items():
            times: list[float] = []
            works: list[float] = []
            bad: int | None = None
            for _ in range(1 + _TIMES):
                began, worked = time.perf_counter(), time.process_time()
                answer = await site.client.get(address)
                times.append((time.perf_counter() - began) * 1000)
                bad = bad if answer.status_code in (200, 302) else answer.status_code
                works.append((time.process_time() - worked) * 1000)
            state = "" if bad is None else f" (answer {bad})"
            middle, work = statistics.median(times[1:]), statistics.median(works[1:])
            size = len(answer.content)
            print(f"| {what}{state} | {times[0]:.0f} | {middle:.0f} | {work:.0f} | {size} |", flush=True)
        print()


if __name__ == "__main__":
    main()
