"""YAML nodes to frozen records, by the types of their fields, noting everything that is wrong.

The records' own annotations are the format: a field without a default is a required key, and what
no annotation names is an unknown key. A broken part is noted and left out, and reading goes on, so
that one pass finds every problem. Every problem knows its line and the id of the entry it is in.
"""

import re
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from fractions import Fraction
from functools import cache, partial
from typing import Any, ClassVar, Final

from sat_desktop.domain.questionnaire import Text
from sat_desktop.errors import Problem
from sat_desktop.formats.yaml_source import (
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    Source,
    closest,
)

ABSENT: Final[Any] = object()
"""What could not be read; its problem is noted already."""

LANGUAGES: Final = ("pl", "en")

INTEGER: Final = re.compile(r"0|-?[1-9][0-9]{0,8}")
NUMBER: Final = re.compile(r"-?[0-9]{1,60}(\.[0-9]{1,60}|/[1-9][0-9]{0,59})?")
TAKEN_FOR_OTHER: Final = re.compile(
    r"""~|null|Null|NULL|<<|=
    |y|Y|n|N|yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF
    |[-+]?(\.[0-9][0-9_]*|[0-9][0-9_]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?
    |[-+]?0[box][0-9a-fA-F_]+
    |[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?
    |[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)
    |[0-9]{4}-[0-9]{1,2}(-[0-9]{1,2}([Tt\s].*)?)?""",
    re.VERBOSE,
)
"""Plain scalars that YAML readers take for something else than a text (months: spreadsheets do)."""

Read: typing.TypeAlias = Callable[[Any, Node, str], Any]
"""Reads a node for a key, with a `RecordReader` first; returns the value or `ABSENT`."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How the keys of one kind of record are read, and which of them must be there."""

    reads: Mapping[str, Read]
    required: tuple[str, ...]


@cache
def shape(record: type) -> Shape:
    """Return the shape of a dataclass from its annotations."""
    hints = typing.get_type_hints(record)
    return Shape(
        {f.name: _read_of(hints[f.name]) for f in fields(record)},
        tuple(f.name for f in fields(record) if f.default is MISSING),
    )


def _read_of(hint: Any) -> Read:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return _read_of(next(a for a in arguments if a is not types.NoneType))
    if origin is tuple:
        return partial(RecordReader.items, read=_read_of(arguments[0]))
    simple: dict[Any, Read] = {
        str: RecordReader.string,
        int: RecordReader.integer,
        bool: RecordReader.boolean,
        Fraction: RecordReader.number,
        Text: RecordReader.text,
    }
    if hint in simple:
        return simple[hint]
    if issubclass(hint, StrEnum):
        return partial(RecordReader.word, words=hint)
    return lambda reader, node, key: reader.record(hint, node, key)


class RecordReader:
    """Reads the nodes of one source after another into records and keeps the problems.

    Attributes:
        special: reads that replace the one of the annotation, by record and key.
        checks: called with the values of every record that was read, before it is made.
        trail: the mappings around the current node, outermost first.
    """

    special: ClassVar[Mapping[tuple[type, str], Read]] = {}
    checks: ClassVar[Mapping[type, Callable[[Any, Node, dict[str, Any]], None]]] = {}

    def __init__(self, source: Source, *, strict: bool = False) -> None:
        self.source = source
        self.strict = strict
        self.problems: list[Problem] = []
        self.trail: list[MappingNode] = []
        self._shapes: dict[type, Shape] = {}

    def problem(self, code: str, node: Node, **facts: object) -> Any:
        """Note what is wrong at a node, and return `ABSENT`."""
        facts = {"entry": self._entry(), **facts}
        self.problems.append(Problem(code, self.source.place(node), facts))
        return ABSENT

    def record(self, record: type, node: Node, key: str = "") -> Any:
        """Read a mapping into a record; `ABSENT` where anything in it is wrong."""
        if not isinstance(node, MappingNode):
            return self._unexpected("expected-mapping", node, key)
        before = len(self.problems)
        values = self.values(self._shape(record), node)
        if check := self.checks.get(record):
            self.trail.append(node)
            check(self, node, values)
            self.trail.pop()
        if len(self.problems) > before:
            return ABSENT
        return record(**values)

    def values(self, wanted: Shape, node: MappingNode) -> dict[str, Any]:
        """Read the keys of a mapping; those that are missing or broken are not in the result."""
        self.trail.append(node)
        reads = wanted.reads
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if key.__class__ is not str:
                self.problem("key-not-text", key_node)
            elif key in values:
                first = next(k for k, _ in node.value if k.value == key)
                self.problem("key-duplicate", key_node, key=key, first=self.source.place(first))
            elif (read := reads.get(key)) is not None:
                values[key] = read(self, value_node, key)
            else:
                values[key] = self._unknown_key(key_node, reads)
        for key in wanted.required:
            if key not in values:
                self.problem("key-missing", node, key=key)
        self.trail.pop()
        return {key: value for key, value in values.items() if value is not ABSENT}

    def items(self, node: Node, key: str, *, read: Read) -> Any:
        """Read a list; what is broken in it is left out."""
        if not isinstance(node, SequenceNode):
            return self._unexpected("expected-list", node, key)
        if not node.value:
            return self.problem("list-empty", node, key=key)
        read_items = [read(self, item, key) for item in node.value]
        return tuple(item for item in read_items if item is not ABSENT)

    def text(self, node: Node, key: str) -> Any:
        """Read a text: a mapping of languages, at least one of them not empty."""
        if not isinstance(node, MappingNode):
            return self._unexpected("expected-languages", node, key)
        before = len(self.problems)
        found = self.values(_TEXT, node)
        if len(self.problems) > before:
            return ABSENT
        text = Text(**found)
        if not text:
            return self.problem("text-missing", node, field=key)
        if self.strict:
            for language in LANGUAGES:
                if not (found.get(language) or "").strip():
                    self.problem("language-missing", node, field=key, language=language)
        return text

    def string(self, node: Node, key: str) -> Any:
        """Read a scalar as it is written; without quotes it must not look like something else."""
        if not isinstance(node, ScalarNode):
            return self.problem("expected-text", node, key=key)
        value = node.value
        if not node.style:
            if not value:
                return self.problem("value-missing", node, key=key)
            if TAKEN_FOR_OTHER.fullmatch(value):
                return self.problem("quotes-missing", node, key=key, value=value)
        return value

    def word(self, node: Node, key: str, *, words: type[StrEnum]) -> Any:
        """Read one of a few words."""
        value = self.string(node, key)
        if value is ABSENT or value in set(words):
            return value if value is ABSENT else words(value)
        known = [str(word) for word in words]
        return self.problem(
            "unit-kind-unknown",
            node,
            value=value,
            closest=closest(value, known),
            known=", ".join(known),
        )

    def integer(self, node: Node, key: str) -> Any:
        """Read a whole number written in decimal digits."""
        if self._plain(node) and INTEGER.fullmatch(node.value):
            return int(node.value)
        return self._unexpected("expected-integer", node, key)

    def number(self, node: Node, key: str) -> Any:
        """Read a decimal or a fraction exactly: 0.1 is 1/10."""
        if self._plain(node) and NUMBER.fullmatch(node.value):
            return Fraction(node.value)
        return self._unexpected("expected-number", node, key)

    def boolean(self, node: Node, key: str) -> Any:
        """Read `true` or `false`."""
        if self._plain(node) and node.value in ("true", "false"):
            return bool(node.value == "true")
        return self._unexpected("expected-boolean", node, key)

    @staticmethod
    def _plain(node: Node) -> bool:
        return isinstance(node, ScalarNode) and not node.style

    def _unexpected(self, code: str, node: Node, key: str) -> Any:
        """Note a value of a wrong kind, an empty one as what it is."""
        if self._plain(node) and node.value in ("", "~", "null"):
            return self.problem("value-missing", node, key=key)
        shown = node.value if isinstance(node, ScalarNode) else "…"
        return self.problem(code, node, key=key, value=shown)

    def _unknown_key(self, node: Node, known: Mapping[str, Read]) -> Any:
        return self.problem(
            "key-unknown",
            node,
            key=node.value,
            closest=closest(node.value, known),
            known=", ".join(known),
        )

    def _entry(self) -> str:
        """Return the id of the innermost entry around that has one, or its place in the file."""
        for mapping in reversed(self.trail):
            for key_node, value_node in mapping.value:
                if key_node.value in ("id", "group") and isinstance(value_node, ScalarNode):
                    return str(value_node.value)
        return ""

    def _shape(self, record: type) -> Shape:
        """Return the shape of a record with this reader's own reads in it."""
        if (found := self._shapes.get(record)) is None:
            plain = shape(record)
            reads = {
                key: self.special.get((record, key), read) for key, read in plain.reads.items()
            }
            found = self._shapes[record] = Shape(reads, plain.required)
        return found


_TEXT: Final = Shape(dict.fromkeys(LANGUAGES, RecordReader.string), ())
