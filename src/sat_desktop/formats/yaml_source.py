"""YAML text to a tree of nodes that know their line, for data that anybody may have written.

The safe C parser composes the tree; its constructor is not used, because it turns `0.1` into a
float and forgets the lines. So a scalar stays the text that was written, and the reader of a field
knows the type that is wanted (`formats.records`).

What is refused: files that are large, nested deeply, no UTF-8, or that use anchors, aliases or
tags. None of it costs a second pass over an ordinary file.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from sat_desktop.errors import Problem, SatError

FILE_LIMIT: Final = 2 * 1024 * 1024
"""Bytes of one file; a dimension of the bundled questionnaire has about 100 KB."""
FOLDER_LIMIT: Final = 16 * 1024 * 1024
"""Bytes of all files of one folder together."""
DEPTH_LIMIT: Final = 20
"""Nested nodes; an indicator three tiers down, all in one file, needs 15."""

if not yaml.__with_libyaml__:  # pragma: no cover - every published wheel has it
    raise SatError("yaml-library-missing")


@dataclass(frozen=True, slots=True)
class Source:
    """One parsed file: its name and its root node."""

    file: str
    root: Node

    def place(self, node: Node) -> str:
        """Return `file:line` of a node."""
        return f"{self.file}:{node.start_mark.line + 1}"


class SourceError(Exception):
    """A file could not be parsed; carries everything that is wrong with it."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems)
        self.problems = problems


class _TooDeepError(yaml.YAMLError):
    """Nested beyond `DEPTH_LIMIT`."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class _Loader(yaml.CSafeLoader):
    """The safe C loader, stopped at a depth and without guesses about types."""

    _depth = 0

    def resolve(self, _kind: type[Node], _value: str, _implicit: Any) -> str:
        """Give every node without a tag the same empty one: types come from the reader."""
        return ""

    def descend_resolver(self, current_node: Node | None, _index: Any) -> None:
        """Count the depth; composing recurses in C, where only this stops it in time."""
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise _TooDeepError(current_node.start_mark.line + 1 if current_node else 1)

    def ascend_resolver(self) -> None:
        """Count the depth back."""
        self._depth -= 1


def closest(word: str, known: Iterable[str]) -> str:
    """Return the known word that was probably meant, or nothing."""
    return next(iter(difflib.get_close_matches(word, list(known), 1, 0.6)), "")


def load(path: Path, budget: int = FOLDER_LIMIT) -> tuple[Source, int]:
    """Parse a file and return it with the bytes it took of the `budget`.

    Raises:
        SourceError: it cannot be read or parsed; the problems name file and line.

    """
    name = path.name
    try:
        with path.open("rb") as stream:
            content = stream.read(FILE_LIMIT + 1)
            size = len(content)
            if size > FILE_LIMIT:
                size = path.stat().st_size
    except OSError as error:
        reason = error.strerror or str(error)
        raise SourceError(Problem("file-unreadable", name, {"reason": reason})) from error
    if size > FILE_LIMIT:
        raise SourceError(Problem("file-too-large", name, {"size": size, "limit": FILE_LIMIT}))
    if size > budget:
        raise SourceError(Problem("folder-too-large", name, {"limit": FOLDER_LIMIT}))
    return parse(name, content), size


def parse(file: str, content: bytes) -> Source:
    """Parse the bytes of a file.

    Raises:
        SourceError: they are no text, no YAML, or use what is not read.

    """
    text = _decoded(file, content)
    try:
        loader = _Loader(text)
        try:
            root = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        raise SourceError(_syntax_problem(file, text, error)) from error
    if root is None:
        raise SourceError(Problem("yaml-empty", file))
    source = Source(file, root)
    # Anchors and tags need one of these characters somewhere; most files have neither, and then
    # nothing has to be looked at. An alias needs an anchor, or else the parser itself refuses it.
    if ("&" in text or "!" in text) and (found := _properties(source, text)):
        raise SourceError(*found)
    return source


def _decoded(file: str, content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise SourceError(Problem("file-binary", file)) from error
        line = content.count(b"\n", 0, error.start) + 1
        raise SourceError(Problem("encoding-not-utf8", f"{file}:{line}")) from error
    if "\0" in text:
        raise SourceError(Problem("file-binary", file))
    return text


def _syntax_problem(file: str, text: str, error: yaml.YAMLError) -> Problem:
    if isinstance(error, _TooDeepError):
        return Problem("yaml-too-deep", f"{file}:{error.line}", {"limit": DEPTH_LIMIT})
    if isinstance(error, yaml.reader.ReaderError):
        # The parser was given UTF-8; its position counts bytes of that.
        line = text.encode()[: error.position].count(b"\n") + 1
        character = f"U+{int(error.character):04X}"
        return Problem("yaml-character", f"{file}:{line}", {"character": character})
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    where = f"{file}:{mark.line + 1}" if mark else file
    reason = str(getattr(error, "problem", None) or error)
    if "alias" in reason:
        return Problem("yaml-anchor", where)
    return Problem("yaml-syntax", where, {"reason": reason})


def _properties(source: Source, text: str) -> list[Problem]:
    """Find anchors and tags: a node with one starts, for the parser, at its sign.

    Every node is looked at once: aliases make it a graph that can be huge when walked as a tree.
    """
    found: dict[tuple[str, str], Problem] = {}
    seen: set[int] = set()
    waiting: list[Node] = [source.root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        sign = text[node.start_mark.index : node.start_mark.index + 1]
        if sign in ("&", "!") or node.tag:
            code = "yaml-anchor" if sign == "&" else "yaml-tag"
            where = source.place(node)
            found[code, where] = Problem(code, where)
        if isinstance(node, MappingNode):
            waiting += [part for pair in reversed(node.value) for part in reversed(pair)]
        elif isinstance(node, SequenceNode):
            waiting += reversed(node.value)
    return list(found.values())


__all__ = [
    "DEPTH_LIMIT",
    "FILE_LIMIT",
    "FOLDER_LIMIT",
    "MappingNode",
    "Node",
    "ScalarNode",
    "SequenceNode",
    "Source",
    "SourceError",
    "closest",
    "load",
    "parse",
]
