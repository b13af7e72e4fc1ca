"""What the README and prefect.yaml tell a machine's keeper fits the program."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from flows.cli import cli
from flows.nightly.schedule import CRON
from flows.times import ZONE

ROOT = Path(__file__).parents[2]
README = (ROOT / "flows" / "README.md").read_text(encoding="utf-8")


def blocks() -> list[str]:
    """The indented blocks of the README."""
    found = re.findall(r"(?:^    .*\n|^\n(?=    ))+", README, flags=re.MULTILINE)
    return [re.sub(r"^    ", "", block, flags=re.MULTILINE).strip() for block in found]


def test_prefect_yaml_schedules_what_bantin_schedule_does() -> None:
    (made,) = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    assert made["schedules"] == [{"cron": CRON, "timezone": ZONE, "active": True}]
    assert made["concurrency_limit"] == 1
    path, _, name = made["entrypoint"].partition(":")
    assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8")


def test_the_automation_is_one_that_prefect_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    from prefect.automations import Automation

    (text,) = [block for block in blocks() if block.startswith("name: bantin-incident")]
    made = yaml.safe_load(text)
    made["actions"][0]["block_document_id"] = "00000000-0000-0000-0000-000000000001"
    automation = Automation.model_validate(made)
    assert automation.trigger.model_dump()["expect"] == {"bantin.incident.opened"}


def test_the_settings_are_ones_that_bantin_takes() -> None:
    from flows.settings import Settings

    (text,) = [block for block in blocks() if block.startswith("[notify]")]
    assert Settings.model_validate(tomllib.loads(text)).notify.anybody


def test_every_command_of_the_readme_exists() -> None:
    named = set(re.findall(r"(?:`|/bin/)bantin ([a-z]+(?:-[a-z]+)*(?: (?:list|show|retry|verify))?)", README))
    assert {"schedule", "backup", "restore", "health", "doctor", "quarantine retry", "ingest"} <= named
    for name in named:
        assert CliRunner().invoke(cli, [*name.split(), "--help"]).exit_code == 0, name


def test_the_changelog_has_an_entry_for_the_version_and_days_for_all() -> None:
    heads = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert heads[0] == "[Unreleased]"
    released = [re.fullmatch(r"\[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)", head) for head in heads[1:]]
    assert all(released), heads
    order = [(found[2], tuple(map(int, found[1].split(".")))) for found in released if found]
    assert order == sorted(order, reverse=True)
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert not order or ".".join(map(str, order[0][1])) == version
