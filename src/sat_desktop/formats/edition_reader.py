"""The files of one edition to a `Questionnaire`: what only questionnaires have.

Above the generic reading of records stand here the groups that continue in files of their own, the
one namespace of ids, the levels, which must be those of the scale, and the coherence rules. Each is
also an invariant of the domain; noticed here, it has a line and does not hide the next one.
"""

import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Final

from sat_desktop.domain.questionnaire import (
    ID_PATTERN,
    MONTH_PATTERN,
    TOTAL,
    VERSION_PATTERN,
    CoherenceRule,
    Condition,
    Criterion,
    Group,
    Indicator,
    IndicatorLevel,
    LegalBasis,
    Level,
    Questionnaire,
    Step,
    Tier,
)
from sat_desktop.errors import Problem, SatError
from sat_desktop.formats.records import ABSENT, INTEGER, Read, RecordReader, Shape
from sat_desktop.formats.yaml_source import (
    FOLDER_LIMIT,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    Source,
    SourceError,
    closest,
    load,
)

FORMAT: Final = 1
HEAD: Final = "questionnaire.yaml"
DEEPEST_GROUP: Final = 20
"""Tiers that are followed where their names cannot be read."""
FILE_NAME: Final = re.compile(r"[\w][\w .+-]{0,139}\.ya?ml")
_CONTENT: Final = ("groups", "indicators")


class EditionReader(RecordReader):
    """Reads one edition; afterwards `problems` is empty or nothing was read.

    Attributes:
        folder: where the files are.
        files: names of the files read so far.
    """

    def __init__(self, folder: Path, *, strict: bool = False, head: Source | None = None) -> None:
        """Read from a folder, or what another reader has made of another kind of file.

        Args:
            head: the same tree as that of the head's file, with groups that name no files.
        """
        source, size = (head, 0) if head else load(folder / HEAD)
        super().__init__(source, strict=strict)
        self.folder = folder
        self.files = [HEAD]
        self._budget = FOLDER_LIMIT - size
        self._claimed: dict[str, str] = {TOTAL: ""}
        self._indicators: set[str] = set()
        self._all_reached = True
        self._levels: int | None = None
        self._tiers: int | None = None
        self._depth = 0
        group = self._shape(Group)
        content: dict[str, Read] = {key: group.reads[key] for key in _CONTENT}
        self._group = Shape({**group.reads, "file": EditionReader.part}, group.required)
        self._part = Shape({"group": EditionReader.identifier, **content}, ("group",))

    def read(self) -> Questionnaire | None:
        """Return the questionnaire, or nothing where there are problems."""
        root = self.source.root
        if not isinstance(root, MappingNode):
            self.problem("expected-mapping", root, key=HEAD)
            return None
        if not self._format_is_ours(root):
            return None
        # The scale and the tiers come first, wherever they stand: everything else depends on them.
        first = ("scale", "tiers")
        last = {"groups": 1, "rules": 2}
        pairs = [p for p in root.value if p[0].value in first]
        pairs += sorted(
            (p for p in root.value if p[0].value not in first),
            key=lambda p: last.get(p[0].value, 0) if isinstance(p[0], ScalarNode) else 0,
        )
        ordered = MappingNode("", pairs, root.start_mark, root.end_mark)
        plain = self._shape(Questionnaire)
        reads = {"format": RecordReader.integer, **plain.reads}
        values = self.values(Shape(reads, ("format", *plain.required)), ordered)
        values.pop("format", None)
        self.trail.append(root)
        self._check_attainment(root, values)
        self.trail.pop()
        return None if self.problems else self._made(values)

    def _made(self, values: dict[str, Any]) -> Questionnaire | None:
        try:
            return Questionnaire(**values)
        except SatError as error:
            # The checks here should have found it; the domain's word still gets its line.
            self.problems += [
                Problem(p.code, self._claimed.get(p.where) or HEAD, {"entry": p.where, **p.facts})
                for p in error.problems
            ]
            return None

    def _format_is_ours(self, root: MappingNode) -> bool:
        """Refuse a newer format by its number alone: its other keys mean nothing to us."""
        for key, value in root.value:
            if key.value == "format" and self._plain(value) and INTEGER.fullmatch(value.value):
                if int(value.value) == FORMAT:
                    return True
                self.problem("questionnaire-format-newer", value, format=value.value, newest=FORMAT)
                return False
        return True

    # -- ids ----------------------------------------------------------------------------------

    def identifier(self, node: Node, key: str) -> Any:
        """Read an id without claiming it."""
        value = self.string(node, key)
        if value is not ABSENT and not ID_PATTERN.match(value):
            self.problem("id-malformed", node, id=value)
        return value

    def claimed_id(self, node: Node, key: str) -> Any:
        """Read the id of an entry; all of them share one namespace."""
        value = self.identifier(node, key)
        if value is ABSENT:
            return value
        if value == TOTAL:
            self.problem("id-reserved", node, id=value)
        elif value in self._claimed:
            self.problem("id-duplicate-at", node, id=value, first=self._claimed[value])
        else:
            self._claimed[value] = self.source.place(node)
        return value

    def indicator_id(self, node: Node, key: str) -> Any:
        """Read the id of an indicator and remember it for the rules."""
        value = self.claimed_id(node, key)
        if value is not ABSENT:
            self._indicators.add(value)
        return value

    # -- single values ------------------------------------------------------------------------

    def version(self, node: Node, key: str) -> Any:
        """Read the version of the edition."""
        value = self.string(node, key)
        if value is not ABSENT and not VERSION_PATTERN.match(value):
            self.problem("version-malformed", node, version=value)
        return value

    def weight(self, node: Node, key: str) -> Any:
        """Read a weight, which is above 0."""
        value = self.number(node, key)
        if value is not ABSENT and value <= 0:
            return self.problem("weight-not-positive", node, value=str(value))
        return value

    def share(self, node: Node, key: str) -> Any:
        """Read one share of `attainment`."""
        value = self.number(node, key)
        if value is not ABSENT and not 0 < value <= 1:
            return self.problem("attainment-range", node, value=str(value))
        return value

    def month(self, node: Node, key: str) -> Any:
        """Read a month such as "2026-11"."""
        value = self.string(node, key)
        if value is not ABSENT and not MONTH_PATTERN.match(value):
            self.problem("month-malformed", node, value=value)
        return value

    def bound(self, node: Node, key: str) -> Any:
        """Read a level that a condition compares with."""
        value = self.integer(node, key)
        if value is not ABSENT and self._levels and not 0 <= value <= self._levels:
            self.problem("rule-bound", node, levels=self._levels)
        return value

    def known_indicator(self, node: Node, key: str) -> Any:
        """Read the id of an indicator that must exist; rules are read after the groups.

        Where a part of the tree could not be reached at all, nobody knows.
        """
        value = self.string(node, key)
        if value is not ABSENT and value not in self._indicators and self._all_reached:
            likely = closest(value, self._indicators)
            self.problem("rule-unknown-indicator", node, id=value, closest=likely)
        return value

    # -- levels -------------------------------------------------------------------------------

    def scale(self, node: Node, key: str) -> Any:
        """Read the scale, whose length is the highest level."""
        levels: tuple[Level, ...] = self.items(node, key, read=_record(Level))
        if isinstance(node, SequenceNode) and node.value:
            count = len(node.value)
            if 2 <= count <= 10:
                self._levels = count
                self._check_levels(node, levels)
            else:
                self.problem("scale-length", node, count=count)
        return levels

    def indicator_levels(self, node: Node, key: str) -> Any:
        """Read the levels of an indicator: those of the scale, in order."""
        levels: tuple[IndicatorLevel, ...] = self.items(node, key, read=_record(IndicatorLevel))
        if isinstance(node, SequenceNode) and node.value:
            self._check_levels(node, levels)
        return levels

    def _check_levels(self, node: Node, levels: tuple[Level | IndicatorLevel, ...]) -> None:
        """Compare the numbers with 1..n; only where they differ, look closer and name each."""
        highest = self._levels
        if highest is None or [entry.level for entry in levels] == list(range(1, highest + 1)):
            return
        problems = len(self.problems)
        seen: list[int] = []
        unreadable = False
        for entry in node.value:
            number = self._level_of(entry)
            if number is None:
                unreadable = True
            elif not 1 <= number <= highest:
                self.problem("level-out-of-range", entry, level=number, highest=highest)
            elif number in seen:
                self.problem("level-repeated", entry, level=number)
            else:
                seen.append(number)
        # Where there are enough entries, the missing level is the one with the wrong number.
        if unreadable or (len(self.problems) > problems and len(node.value) >= highest):
            return
        for number in range(1, highest + 1):
            if number not in seen:
                self.problem("level-missing", node, level=number)
        if len(self.problems) == problems and seen != sorted(seen):
            self.problem("levels-out-of-order", node, count=highest)

    def _level_of(self, entry: Node) -> int | None:
        for key, value in entry.value if isinstance(entry, MappingNode) else ():
            if key.value == "level" and self._plain(value) and INTEGER.fullmatch(value.value):
                return int(value.value)
        return None

    def _check_attainment(self, node: MappingNode, values: Mapping[str, Any]) -> None:
        given = next((v for k, v in node.value if k.value == "attainment"), None)
        if self._levels and isinstance(given, SequenceNode) and "attainment" in values:
            count = len(given.value)
            if count != self._levels:
                self.problem("attainment-length", given, count=count, levels=self._levels)

    # -- groups -------------------------------------------------------------------------------

    def tiers(self, node: Node, key: str) -> Any:
        """Read the names of the tiers, whose number is the depth of the tree."""
        if isinstance(node, SequenceNode) and node.value:
            self._tiers = len(node.value)
        return self.items(node, key, read=_record(Tier))

    def group(self, node: Node, key: str) -> Any:
        """Read a group with what it holds, wherever that is written."""
        if not isinstance(node, MappingNode):
            return self._unexpected("expected-mapping", node, key)
        before = len(self.problems)
        self._depth += 1
        values = self.values(self._group, node)
        self._depth -= 1
        self.trail.append(node)
        self._check_content(node, (*_CONTENT, "file"))
        self.trail.pop()
        values |= values.pop("file", {})
        return ABSENT if len(self.problems) > before else Group(**values)

    def _check_content(self, node: MappingNode, possible: tuple[str, ...]) -> None:
        held = [key for key, _ in node.value if key.value in possible]
        if not held:
            self.problem("group-empty", node)
        for extra in held[1:]:
            self.problem("group-content", extra)

    def subgroups(self, node: Node, key: str) -> Any:
        """Read the groups of the next tier; deeper than the tiers go nothing is read."""
        if self._depth >= (self._tiers or DEEPEST_GROUP):
            self._all_reached = False
            return self.problem("tier-depth", node, tiers=self._tiers or DEEPEST_GROUP)
        return self.items(node, key, read=EditionReader.group)

    def indicators(self, node: Node, key: str) -> Any:
        """Read the indicators, which only groups of the last tier hold."""
        if self._tiers and self._depth != self._tiers:
            self.problem("tier-depth", node, tiers=self._tiers)
        return self.items(node, key, read=_record(Indicator))

    def part(self, node: Node, key: str) -> Any:
        """Read the file of a group: its `group`, and `indicators` or `groups`."""
        name = self.string(node, key)
        if name is ABSENT or not self._is_usable(name, node):
            self._all_reached = False
            return ABSENT
        self.files.append(name)
        try:
            source, size = load(self.folder / name, self._budget)
        except SourceError as error:
            self.problems += error.problems
            self._all_reached = False
            return ABSENT
        self._budget -= size
        group = self._entry()
        before, self.source = self.source, source
        try:
            return self._part_of(group)
        finally:
            self.source = before

    def _part_of(self, group: str) -> Any:
        root = self.source.root
        if not isinstance(root, MappingNode):
            return self.problem("expected-mapping", root, key=self.source.file)
        values = self.values(self._part, root)
        self.trail.append(root)
        self._check_content(root, _CONTENT)
        found = values.pop("group", group)
        if found != group:
            node = next(value for key, value in root.value if key.value == "group")
            self.problem("group-file-mismatch", node, group=group, found=found)
        self.trail.pop()
        return values

    def _is_usable(self, name: str, node: Node) -> bool:
        """Tell whether a name is that of an ordinary file of the folder, not read before."""
        path = self.folder / name
        if not FILE_NAME.fullmatch(name):
            self.problem("file-name-unsafe", node, file=name)
        elif name.casefold() in (file.casefold() for file in self.files):
            self.problem("file-repeated", node, file=name)
        elif path.is_symlink() or (path.exists() and not path.is_file()):
            self.problem("file-outside", node, file=name)
        elif not path.exists():
            likely = closest(name, self.unused_files())
            self.problem("file-missing", node, file=name, closest=likely)
        else:
            return True
        return False

    def unused_files(self) -> list[str]:
        """Return the YAML files of the folder that nothing has named so far."""
        here = (path.name for path in self.folder.iterdir() if path.suffix in (".yaml", ".yml"))
        return sorted(set(here) - set(self.files))

    # -- what one key cannot tell -----------------------------------------------------------

    def months(self, node: Node, key: str) -> Any:
        """Read how long a step takes, at least a month."""
        value = self.integer(node, key)
        if value is not ABSENT and value < 1:
            level = self._level_of(self.trail[-2]) if len(self.trail) > 1 else None
            self.problem("months-not-positive", node, level=level)
        return value

    def check_condition(self, node: Node, _values: dict[str, Any]) -> None:
        """See that a condition compares with something."""
        if not any(key.value in ("at_least", "below") for key, _ in node.value):
            self.problem("rule-bound", node, levels=self._levels or "n")

    special: ClassVar[Mapping[tuple[type, str], Read]] = {
        (Questionnaire, "id"): identifier,
        (Questionnaire, "version"): version,
        (Questionnaire, "scale"): scale,
        (Questionnaire, "tiers"): tiers,
        (Questionnaire, "attainment"): partial(RecordReader.items, read=share),
        (Questionnaire, "groups"): subgroups,
        (Group, "id"): claimed_id,
        (Group, "weight"): weight,
        (Group, "groups"): subgroups,
        (Group, "indicators"): indicators,
        (Indicator, "id"): indicator_id,
        (Indicator, "weight"): weight,
        (Indicator, "levels"): indicator_levels,
        (Criterion, "id"): claimed_id,
        (CoherenceRule, "id"): claimed_id,
        (Condition, "indicator"): known_indicator,
        (Condition, "at_least"): bound,
        (Condition, "below"): bound,
        (Step, "months"): months,
        (LegalBasis, "checked"): month,
    }
    checks: ClassVar[Mapping[type, Callable[[Any, Node, dict[str, Any]], None]]] = {
        Condition: check_condition,
    }


def _record(record: type) -> Read:
    return lambda reader, node, key: reader.record(record, node, key)
