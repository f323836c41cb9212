"""What is wrong with the files of an edition, and how large it is.

Reading and checking are one: an edition can be read exactly when `check_edition` finds nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

from sat_desktop.domain.questionnaire import VERSION_PATTERN, Questionnaire, Text
from sat_desktop.errors import Problem
from sat_desktop.formats.edition_reader import HEAD, EditionReader
from sat_desktop.formats.strict_reader import StrictReader
from sat_desktop.formats.yaml_source import SourceError


@dataclass(frozen=True, slots=True)
class Counts:
    """How large an edition is.

    Attributes:
        tiers: for every tier, top first, its id and how many groups it has.
        words: by language, of all texts that users read.
    """

    tiers: tuple[tuple[str, int], ...]
    indicators: int
    criteria: int
    rules: int
    words: dict[str, int]


def check_edition(folder: Path, *, strict: bool = False) -> list[Problem]:
    """Return every problem of an edition's files, by file and line.

    Strict asks besides for both languages, short criteria, a step for every level, the date at
    which every legal basis was checked, and no file that nothing names.
    """
    return examine(folder, strict=strict)[1]


def count(questionnaire: Questionnaire) -> Counts:
    """Count what an edition holds."""
    tiers: list[list[Any]] = [[tier.id, 0] for tier in questionnaire.tiers]

    def add(groups: tuple[Any, ...], depth: int) -> None:
        for group in groups:
            tiers[depth][1] += 1
            add(group.groups, depth + 1)

    add(questionnaire.groups, 0)
    words = {"pl": 0, "en": 0}
    for text in _texts(questionnaire):
        words["pl"] += len((text.pl or "").split())
        words["en"] += len((text.en or "").split())
    return Counts(
        tiers=tuple((tier, number) for tier, number in tiers),
        indicators=len(questionnaire.indicators),
        criteria=len(questionnaire.indicator_of_criterion),
        rules=len(questionnaire.rules),
        words=words,
    )


def examine(folder: Path, *, strict: bool) -> tuple[Questionnaire | None, list[Problem]]:
    """Read an edition as far as it goes, with every problem of its files in order."""
    if not folder.is_dir():
        return None, [Problem("folder-missing", "", {"folder": str(folder)})]
    if not (folder / HEAD).is_file():
        return None, [Problem("file-missing", "", {"file": HEAD})]
    try:
        reader = StrictReader(folder) if strict else EditionReader(folder)
    except SourceError as error:
        return None, list(error.problems)
    questionnaire = reader.read()
    problems = reader.problems
    if questionnaire is not None:
        problems += _folder_problems(folder, questionnaire)
    if strict:
        problems += [Problem("file-unused", name, {"file": name}) for name in reader.unused_files()]
    return questionnaire, _in_order(problems, reader.files)


def _folder_problems(folder: Path, questionnaire: Questionnaire) -> Iterator[Problem]:
    """Compare `<id>/<version>` with what is inside, where the folder is named like a version.

    Elsewhere, as on a desktop, an edition may lie in a folder of any name.
    """
    here = folder.resolve()
    named = f"{here.parent.name}/{here.name}"
    expected = f"{questionnaire.id}/{questionnaire.version}"
    if VERSION_PATTERN.match(here.name) and named != expected:
        facts = {"folder": named, "edition": questionnaire.edition, "expected": expected}
        yield Problem("edition-folder-mismatch", HEAD, facts)


def _in_order(problems: list[Problem], files: list[str]) -> list[Problem]:
    """Sort by file, in the order of reading, and by line."""
    place = {name: number for number, name in enumerate(files)}

    def key(problem: Problem) -> tuple[int, int]:
        name, _, line = problem.where.rpartition(":")
        known = (name, int(line)) if line.isdecimal() else (problem.where, 0)
        return place.get(known[0], len(place)), known[1]

    return sorted(problems, key=key)


def _texts(record: Any) -> Iterator[Text]:
    """Yield every text below a record."""
    if isinstance(record, Text):
        yield record
    elif isinstance(record, tuple):
        for item in record:
            yield from _texts(item)
    elif is_dataclass(record):
        for field in fields(record):
            yield from _texts(getattr(record, field.name))
