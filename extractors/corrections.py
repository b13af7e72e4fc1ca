"""The corrections file to ``Correction`` objects, and a correction against the figures of today. No I/O.

A correction never changes a figure in place: ``apply`` gives a second figure, and only while the first is what the
correction expects. Everything else is an ``Outcome`` that fails.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from schemas.corrections import Correction, Current, Outcome, Says, State
from schemas.figures import Figure, Period, plain

_SHOWN = 80
_EXAMPLE = '[[correction]] with url, quote, context, expect = { value = "300" }, set = { value = "301" }, reason, ...'
#: pydantic's error types in the words of the file; a ValueError of ours says itself what was expected
_EXPECTED = {
    "missing": "a value",
    "extra_forbidden": "no such field (known: {known})",
    "string_type": "text in quotes",
    "string_too_short": "some text",
    "too_short": "some text",
    "string_pattern_mismatch": "an id of 20 hexadecimal digits, column id of figures_full",
    "model_type": 'a table of fields, like {{ value = "300" }}',
    "model_attributes_type": 'a table of fields, like {{ value = "300" }}',
    "date_type": "a day, like 2023-10-01",
    "date_parsing": "a day, like 2023-10-01",
    "date_from_datetime_parsing": "a day, like 2023-10-01",
    "date_from_datetime_inexact": "a day, like 2023-10-01",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "literal_error": "one of {expected}",
    "is_instance_of": 'a number in digits with a decimal point, like "92.3" or 1500',
    "decimal_type": 'a number in digits with a decimal point, like "92.3" or 1500',
}
#: what the messages of an outcome call the fields
_FIELD_VI = {
    "value": "giá trị",
    "denominator": "mẫu số",
    "value_max": "đầu trên của khoảng",
    "unit": "đơn vị",
    "kind": "loại số liệu",
    "relation": "cách nói",
    "basis": "mốc so sánh",
    "direction": "chiều thay đổi",
    "status": "tình trạng",
    "approx": "mức độ chính xác",
    "subject": "nội dung",
    "scope": "phạm vi",
    "period": "kỳ số liệu",
}


class CorrectionError(Exception):
    """The file says something that no correction can mean; one line a problem."""


def parse(toml_text: str, name: str = "corrections.toml") -> tuple[Correction, ...]:
    """The corrections of the file, in its order. Raises CorrectionError naming entry, field, found and expected."""
    try:
        data = tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        raise CorrectionError(f"{name}: found no TOML ({error}), expected {_EXAMPLE}") from error
    strange = [key for key in data if key != "correction"]
    entries = data.get("correction", [])
    if strange or not isinstance(entries, list):
        found = f'field "{strange[0]}"' if strange else repr(entries)[:_SHOWN]
        raise CorrectionError(f"{name}: found {found}, expected only {_EXAMPLE}")
    made: list[Correction] = []
    problems: list[str] = []
    for number, entry in enumerate(entries, 1):
        try:
            correction = Correction.model_validate(entry)
        except ValidationError as error:
            problems += [f"{name}: correction {number}: {_line(problem)}" for problem in error.errors()]
            continue
        if correction in made:
            problems.append(f"{name}: correction {number}: found the same as correction {made.index(correction) + 1}")
        made.append(correction)
    if problems:
        raise CorrectionError("\n".join(problems))
    return tuple(made)


def _line(problem: Any) -> str:
    context = problem.get("ctx", {})
    field = ".".join(
        str(part) for part in problem["loc"] if part in Correction.model_fields or part in Says.model_fields
    )
    if problem["type"] == "extra_forbidden":
        *above, last = problem["loc"]
        field = ".".join(str(part) for part in (*above, last))
        context = {"known": ", ".join(Says.model_fields if above else Correction.model_fields)}
    if problem["type"] == "value_error":
        said = str(context["error"])
        if not field:
            return said
        expected = said
    else:
        template = _EXPECTED.get(problem["type"])
        expected = template.format(**context) if template else problem["msg"]
    found = "nothing" if problem["type"] == "missing" else repr(problem["input"])
    if not field:
        return f"found {found[:_SHOWN]}, expected {_EXAMPLE}"
    return f'field "{field}": found {found[:_SHOWN]}, expected {expected}'


def match(correction: Correction, current: Current | None, *, taken: Sequence[str] = ()) -> Outcome:
    """Hold a correction against the bulletin of today (None: there is none); ``taken`` are mentions corrected before.

    The number is looked for where the context stands in the text (white space apart), so a figure that another
    sentence has with the same number is never taken for it.
    """
    if current is None:
        return _failed(correction, "no_bulletin")
    if correction.mention is not None:
        found = [correction.mention] if correction.mention in current.figures else []
    else:
        places = _places(correction, current.text)
        if len(places) > 1:
            return _failed(correction, "ambiguous", count=len(places))
        if not places:
            return _failed(correction, "gone")
        found = [
            id for id, figure in current.figures.items() if (figure.start, figure.end) == places[0]
        ] or _overlapping(current, places[0])
        if not found and correction.drop:
            return _failed(correction, "mended")
    if not found:
        return _failed(correction, "gone")
    if len(found) > 1:
        # one span may carry several figures; what is expected tells them apart
        fitting = [id for id in found if not _differences(current.figures[id], correction.expect)]
        if len(fitting) > 1:
            return _failed(correction, "ambiguous", count=len(fitting))
        found = fitting or found[:1]
    mention = found[0]
    if mention in taken:
        return _failed(correction, "conflict", mention=mention)
    return _compare(correction, mention, current.figures[mention])


def apply(figure: Figure, correction: Correction) -> Figure | None:
    """The figure as the correction has it, None where it is dropped. Says nothing of whether the figure fits it."""
    if correction.drop or correction.set is None:
        return None
    given = correction.set.given
    evidence = dict.fromkeys(given, f"correction of {correction.date.isoformat()}")
    return replace(figure, **given, evidence=figure.evidence | evidence)


def _compare(correction: Correction, mention: str, figure: Figure) -> Outcome:
    wrong = _differences(figure, correction.expect)
    if not wrong:
        corrected = apply(figure, correction)
        return Outcome(
            correction, "applied", "applied", "Đang áp dụng.", mention=mention, original=figure, corrected=corrected
        )
    if correction.set is not None and not _differences(figure, correction.set):
        return _failed(correction, "mended", mention=mention, figure=figure)
    return _failed(correction, "changed", mention=mention, figure=figure, wrong=wrong)


def _differences(figure: Figure, says: Says) -> dict[str, tuple[Any, Any]]:
    """Field -> (found, said) where the figure says something else."""
    return {name: (getattr(figure, name), said) for name, said in says.given.items() if getattr(figure, name) != said}


def _places(correction: Correction, text: str) -> list[tuple[int, int]]:
    """Where the quote stands within its context; all places where it does, overlapping ones included."""
    assert correction.quote is not None and correction.context is not None
    before, _, after = correction.context.partition(correction.quote)
    pattern = re.compile(f"(?={_loose(before)}({re.escape(correction.quote)}){_loose(after)})")
    return [found.span(1) for found in pattern.finditer(text)]


def _loose(text: str) -> str:
    """A pattern for the words with any white space between them."""
    return r"\s+".join(re.escape(word) for word in re.split(r"\s+", text))


def _overlapping(current: Current, place: tuple[int, int]) -> list[str]:
    """Figures that share characters with the quote: a person may have copied "300" of "hơn 300", or more than it."""
    start, end = place
    return [id for id, figure in current.figures.items() if figure.start < end and start < figure.end]


def _failed(
    correction: Correction,
    state: State,
    *,
    mention: str | None = None,
    figure: Figure | None = None,
    wrong: Mapping[str, tuple[Any, Any]] | None = None,
    count: int = 0,
) -> Outcome:
    en, vi = _MESSAGES[state]
    differ = wrong or {}
    values = {
        "count": count,
        "en": "; ".join(f"{name}: found {_show(a)}, expected {_show(b)}" for name, (a, b) in differ.items()),
        "vi": "; ".join(f"{_FIELD_VI[name]} nay là {_show(a)}, chờ đợi {_show(b)}" for name, (a, b) in differ.items()),
    }
    return Outcome(correction, state, en.format(**values), vi.format(**values), mention=mention, original=figure)


_MESSAGES: dict[State, tuple[str, str]] = {
    "mended": (
        "the source or the extractor says it right by now; remove the entry",
        "Nguồn hoặc bộ trích xuất nay đã đúng; hãy bỏ mục này khỏi tệp.",
    ),
    "changed": (
        "the figure no longer says what was expected ({en}); look at it again and mend or remove the entry",
        "Số liệu không còn như chờ đợi ({vi}); hãy xem lại rồi sửa hoặc bỏ mục này.",
    ),
    "gone": (
        "the current text or its figures no longer have it; look at the bulletin and mend or remove the entry",
        "Bản tin đang dùng không còn câu văn hoặc số liệu này; hãy xem lại rồi sửa hoặc bỏ mục này.",
    ),
    "ambiguous": (
        "found {count} places, expected one; give more of the text as context, or the mention",
        "Khớp {count} chỗ, chờ đợi một chỗ; hãy ghi context dài hơn hoặc dùng mention.",
    ),
    "no_bulletin": (
        "no such bulletin or mention in the database; the address must be that of bulletins_current",
        "Cơ sở dữ liệu không có bản tin hoặc mã số liệu này; địa chỉ phải đúng như ở bảng bulletins_current.",
    ),
    "conflict": (
        "an earlier entry corrects the same figure; put both into one",
        "Một mục phía trên đã đính chính số liệu này; hãy gộp thành một mục.",
    ),
}


def _show(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, (str, Period)):
        return str(value)
    return plain(value) or ""
