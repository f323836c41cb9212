"""The stored form of what a revision holds: one JSON object a value.

Equal values give equal bytes (sets are written in sorted order), so that a history can be compared
and packed; a `Decimal` keeps the digits that were typed, so 1.5 and 1.50 differ. Every field is
written, defaults included: a later change of a default must not change what was said.

A stored value carries its format number beside it. Revisions are never rewritten, so a format once
written is read for ever: when the records change, `FORMAT` rises and the reader of the old number
stays.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from sat_desktop.domain.answers import Answer, EditionInUse, ItemKind
from sat_desktop.domain.gaps import Aim
from sat_desktop.domain.plan import (
    Action,
    Block,
    BulletList,
    Chapter,
    Goal,
    Paragraph,
    Plan,
    Risk,
    TextTable,
    Undertaking,
)
from sat_desktop.errors import SatError

FORMAT: Final = 1
"""Number of the form written now."""

Reader = Callable[[str | bytes], object]
"""Makes a value of its stored form; raises what msgspec and the records raise."""

_VALUE_TYPES: Final[Mapping[ItemKind, type]] = {
    ItemKind.EDITION: EditionInUse,
    ItemKind.ANSWER: Answer,
    ItemKind.AIM: Aim,
    ItemKind.PLAN: Plan,
    ItemKind.CHAPTER: Chapter,
    ItemKind.GOAL: Goal,
    ItemKind.ACTION: Action,
    ItemKind.UNDERTAKING: Undertaking,
    ItemKind.RISK: Risk,
}
_ENCODED: Final = frozenset(_VALUE_TYPES.values()) - {Chapter}
_LENIENT: Final = frozenset(_VALUE_TYPES) - {ItemKind.CHAPTER}
"""Kinds read straight into the domain's records, which msgspec does without refusing strangers."""

_encoder: Final = msgspec.json.Encoder(order="deterministic")


class _Paragraph(msgspec.Struct, frozen=True, tag="paragraph", forbid_unknown_fields=True):
    text: str


class _Bullets(msgspec.Struct, frozen=True, tag="list", forbid_unknown_fields=True):
    items: tuple[str, ...]


class _Table(msgspec.Struct, frozen=True, tag="table", forbid_unknown_fields=True):
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class _Chapter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A chapter as stored: its blocks name what they are, which plain records cannot."""

    blocks: tuple[_Paragraph | _Bullets | _Table, ...]


def _stored_block(block: Block) -> _Paragraph | _Bullets | _Table:
    match block:
        case Paragraph(text):
            return _Paragraph(text)
        case BulletList(items):
            return _Bullets(items)
        case TextTable(header, rows):
            return _Table(header, rows)


def _block(stored: _Paragraph | _Bullets | _Table) -> Block:
    match stored:
        case _Paragraph(text=text):
            return Paragraph(text)
        case _Bullets(items=items):
            return BulletList(items)
        case _Table(header=header, rows=rows):
            return TextTable(header, rows)


_chapter_decoder: Final = msgspec.json.Decoder(_Chapter)


def _read_chapter(data: str | bytes) -> Chapter:
    return Chapter(tuple(_block(b) for b in _chapter_decoder.decode(data).blocks))


_READERS: Final[Mapping[ItemKind, Reader]] = {
    kind: msgspec.json.Decoder(type_).decode
    for kind, type_ in _VALUE_TYPES.items()
    if kind is not ItemKind.CHAPTER
} | {ItemKind.CHAPTER: _read_chapter}


def encode_value(value: object) -> bytes:
    """Return the stored form of an item's value, UTF-8 JSON of format `FORMAT`.

    Raises:
        SatError: `text-unstorable` when a text holds half a character (a lone surrogate).
        TypeError: no item has values of this type.

    """
    try:
        if isinstance(value, Chapter):
            return _encoder.encode(_Chapter(tuple(_stored_block(b) for b in value.blocks)))
        if type(value) in _ENCODED:
            return _encoder.encode(value)
    except UnicodeEncodeError as error:
        raise SatError("text-unstorable") from error
    raise TypeError(type(value).__name__)


def decode_value(kind: ItemKind, data: str | bytes, version: int = FORMAT) -> object:
    """Return the value of an item of `kind` from its stored form of format `version`.

    Raises:
        SatError: `revision-newer` (kind, format) for a format this program does not know;
            `revision-unreadable` (kind, reason) when the form is broken, breaks a rule of the
            record, or holds a field the record does not have.

    """
    read = value_reader(kind, version)
    try:
        value = read(data)
        stray = _stray_field(msgspec.json.decode(data), value) if kind in _LENIENT else ""
    except (msgspec.MsgspecError, UnicodeError, SatError) as error:
        raise unreadable(kind, str(error)) from error
    if stray:
        raise unreadable(kind, f"unknown field {stray}")
    return value


def value_reader(kind: ItemKind, version: int = FORMAT) -> Reader:
    """Return the fast reader for values that this program wrote itself.

    It does not look for unknown fields, which costs half as much again: what comes from outside
    goes through `decode_value`.
    """
    if not 1 <= version <= FORMAT:
        raise SatError("revision-newer", kind=kind.value, format=version)
    return _READERS[kind]


def unreadable(kind: ItemKind, reason: str) -> SatError:
    """Return the error for a stored value that cannot be read."""
    return SatError("revision-unreadable", kind=kind.value, reason=reason)


def _stray_field(raw: Any, understood: Any) -> str:
    """Return the first field of `raw` that the record made of it lacks."""
    if isinstance(raw, dict):
        fields = getattr(understood, "__dataclass_fields__", {})
        for name, inner in raw.items():
            if name not in fields:
                return str(name)
            if stray := _stray_field(inner, getattr(understood, name)):
                return stray
    elif isinstance(raw, list) and isinstance(understood, tuple):
        for inner, part in zip(raw, understood, strict=True):
            if stray := _stray_field(inner, part):
                return stray
    return ""
