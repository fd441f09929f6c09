"""The container image is pinned, unprivileged, and holds what it needs and nothing else."""

import re

import pytest

from app.settings import PROJECT_FOLDER

LINES = re.sub(r"\\\n\s*", "", (PROJECT_FOLDER / "Dockerfile").read_text()).splitlines()
STEPS = [line.split(maxsplit=1) for line in LINES if line and not line.startswith("#")]


def said(instruction: str) -> list[str]:
    return [words for name, words in STEPS if name == instruction]


def test_every_base_image_is_pinned_to_one_version():
    for base in said("FROM"):
        assert re.fullmatch(r"python:3\.11\.\d+-slim-bookworm( AS \w+)?", base)


def test_it_does_not_run_as_root_and_nothing_follows_but_words_about_running():
    names = [name for name, _ in STEPS]
    assert said("USER") == ["10001:10001"]
    after = names[names.index("USER") + 1 :]
    assert set(after) <= {"VOLUME", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK", "CMD"}


def test_packages_are_installed_by_hash():
    assert any("--require-hashes" in words for words in said("RUN"))
    assert not any("--trusted-host" in words for words in said("RUN"))


def test_commands_are_lists_so_that_signals_reach_the_program():
    assert [words[0] for words in said("CMD")] == ["["]
    assert "CMD [" in said("HEALTHCHECK")[0]


@pytest.mark.parametrize("source", [words.split()[-2] for words in said("COPY")])
def test_what_is_copied_exists_and_is_let_through(source):
    if source.startswith("/"):
        return
    assert (PROJECT_FOLDER / source).exists()
    assert f"!{source}" in (PROJECT_FOLDER / ".dockerignore").read_text().splitlines()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_lock_files_name_no_host_and_pin_every_package(lock):
    text = (PROJECT_FOLDER / lock).read_text()
    assert "://" not in re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE)
    packages = re.findall(r"^[a-z0-9][^\s=]*.*$", text, re.MULTILINE | re.IGNORECASE)
    assert packages
    assert all("==" in package for package in packages)
