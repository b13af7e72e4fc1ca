"""An incident: what is wrong with a source, since when, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

Kind = Literal["down", "lists", "empty", "silent", "pages", "layout", "bodies", "rubbish", "figures", "unexplained"]
Severity = Literal["warning", "error"]

KINDS: tuple[Kind, ...] = get_args(Kind)
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """``message`` and ``advice`` are Vietnamese; ``closed`` is None while it lasts; ``evidence`` is JSON."""

    id: str
    source: str
    kind: Kind
    severity: Severity
    opened: datetime
    closed: datetime | None
    message: str
    advice: str
    evidence: dict[str, Any]
