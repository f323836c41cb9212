"""The Polish catalogue: whole, compiled, and with the same facts in every sentence."""

import re
import subprocess
import sys
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
PO = ROOT / "resources" / "i18n" / "pl" / "LC_MESSAGES" / "sat_desktop.po"
PERCENT = re.compile(r"%(?:\(\w+\))?[sdr]")


def messages() -> list[Message]:
    with PO.open("rb") as stream:
        return [message for message in read_po(stream, locale="pl") if message.id]


def forms(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, tuple | list) else (str(text),)


def facts(sentence: str) -> set[str]:
    """Return the names of the facts that a sentence shows, argparse's way or ours."""
    percent = PERCENT.findall(sentence)
    if percent:
        return set(percent)
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.fixture(scope="module")
def checked() -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "messages.py"), "--check"],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def test_every_sentence_is_translated_and_compiled(
    checked: "subprocess.CompletedProcess[str]",
) -> None:
    assert checked.returncode == 0, f"run make messages:\n{checked.stdout}{checked.stderr}"


def test_translations_show_the_same_facts() -> None:
    wrong = [
        (english, polish)
        for message in messages()
        for polish in forms(message.string)
        for english in forms(message.id)[-1:]
        # "One goal" may be said in words.
        if facts(polish) | ({"count"} if message.pluralizable else set()) != facts(english)
    ]
    assert wrong == []


def test_sentences_end_as_sentences() -> None:
    wrong = [
        (english, polish)
        for message in messages()
        for english in forms(message.id)[-1:]
        for polish in forms(message.string)
        if len(english.split()) > 3 and english[-1] in ".?!…" and polish[-1] != english[-1]
    ]
    assert wrong == []


def test_counts_have_three_forms() -> None:
    plural = [message for message in messages() if message.pluralizable]
    assert plural
    assert all(len(forms(message.string)) == 3 for message in plural)
