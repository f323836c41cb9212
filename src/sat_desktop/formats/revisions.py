"""The stored form of what a register says: one JSON value, by the annotations of its record.

Equal values give equal bytes (sets are written in sorted order), so that a history can be compared
and packed; a `Decimal` keeps the digits that were typed. What a field holds together is an array,
an entry of a list an object with every field and its `position`. Nothing here knows a kind by name.

A stored value carries its format number beside it. Revisions are never rewritten, so a format once
written is read for ever: when the form changes, `FORMAT` rises and the reader of the old number
stays. Format 1 held whole records; no database of the present schema has any of it.
"""

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from types import GenericAlias
from typing import Any, Final, get_type_hints

import msgspec

from sat_desktop.domain.history import PRESENCE, Register
from sat_desktop.domain.kinds import KINDS, Kind, Placed
from sat_desktop.domain.plan import Block, BulletList, Paragraph, TextTable
from sat_desktop.errors import SatError

FORMAT: Final = 2
"""Number of the form written now."""

_encoder: Final = msgspec.json.Encoder(order="deterministic")


class _Paragraph(msgspec.Struct, frozen=True, tag="paragraph", forbid_unknown_fields=True):
    text: str


class _Bullets(msgspec.Struct, frozen=True, tag="list", forbid_unknown_fields=True):
    items: tuple[str, ...]


class _Table(msgspec.Struct, frozen=True, tag="table", forbid_unknown_fields=True):
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


_StoredBlock = _Paragraph | _Bullets | _Table
_BLOCKS: Final = tuple[Block, ...]


def _stored_block(block: Block) -> _StoredBlock:
    match block:
        case Paragraph(text):
            return _Paragraph(text)
        case BulletList(items):
            return _Bullets(items)
        case TextTable(header, rows):
            return _Table(header, rows)


def _block(stored: _StoredBlock) -> Block:
    match stored:
        case _Paragraph(text=text):
            return Paragraph(text)
        case _Bullets(items=items):
            return BulletList(items)
        case _Table(header=header, rows=rows):
            return TextTable(header, rows)


def encode_value(register: Register, value: object) -> bytes:
    """Return the stored form of what a register says (not None), UTF-8 JSON of format `FORMAT`.

    Raises:
        SatError: `text-unstorable` when a text holds half a character (a lone surrogate).
        TypeError: there is no such register.

    """
    part = _kind(register.kind).part(register.field)
    try:
        if part is None:
            if register.field != PRESENCE or value is not True:
                raise TypeError(register.field)
            return b"true"
        if isinstance(value, Placed):
            names = [f.name for f in fields(value.entry) if f.name != "id"]
            said = {name: getattr(value.entry, name) for name in names}
            return _encoder.encode(said | {"position": value.position})
        if part.types == (_BLOCKS,):
            return _encoder.encode([_stored_block(block) for block in value])  # type: ignore[attr-defined]
        return _encoder.encode(value)
    except UnicodeEncodeError as error:
        raise SatError("text-unstorable") from error


def decode_value(register: Register, data: str | bytes, version: int = FORMAT) -> object:
    """Return what a register says from its stored form of format `version`.

    Raises:
        SatError: `revision-newer` (kind, format) for a format that this program does not know;
            `revision-kind-unknown` (kind); `revision-unreadable` (kind, reason) when the form is
            broken or breaks a rule of the record.

    """
    if version != FORMAT:
        raise SatError("revision-newer", kind=register.kind, format=version)
    require_known(register.kind, register.field)
    name, _, entry = register.field.partition("/")
    try:
        return _reader(register.kind, name, bool(entry))(data, entry)
    except (msgspec.MsgspecError, UnicodeError, SatError, TypeError) as error:
        reason = f"{register.field}: {error}"
        raise SatError("revision-unreadable", kind=register.kind, reason=reason) from error


def require_known(kind: str, field: str) -> None:
    """Refuse a register that this program does not know.

    Raises:
        SatError: `revision-kind-unknown` (kind); `revision-unreadable` (kind, reason).

    """
    if kind not in KINDS:
        raise SatError("revision-kind-unknown", kind=kind)
    name, _, entry = field.partition("/")
    try:
        _reader(kind, name, bool(entry))
    except TypeError as error:
        reason = f"{field}: {error}"
        raise SatError("revision-unreadable", kind=kind, reason=reason) from error


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise TypeError(name)
    return KINDS[name]


def plain_form(value: object) -> Any:
    """Return a record as plain lists, dicts, texts and numbers, as JSON has them."""
    return msgspec.to_builtins(value, order="deterministic")


Reader = Callable[[str | bytes, str], object]
"""Makes the value of a stored form and the id of the entry; raises what msgspec and records raise."""


@cache
def _reader(kind_name: str, name: str, of_list: bool) -> Reader:  # noqa: FBT001 - an internal key
    """Return the reader of one field of a kind, made of the annotations once."""
    kind = KINDS[kind_name]
    part = kind.part(f"{name}/entry" if of_list else name)
    if part is None:
        if name != PRESENCE or of_list or not kind.removable:
            raise TypeError("register-unknown")
        return _plain_reader(bool)
    if part.entry is not None:
        return _entry_reader(part.entry)
    if part.types == (_BLOCKS,):
        blocks = msgspec.json.Decoder(tuple[_StoredBlock, ...])
        return lambda data, _entry: tuple(_block(b) for b in blocks.decode(data))
    # What is held together is a tuple of just these types.
    read = _plain_reader(part.types[0] if len(part.types) == 1 else GenericAlias(tuple, part.types))
    return _ruled(read, kind, name) if hasattr(kind.record, "__post_init__") else read


def _ruled(read: Reader, kind: Kind, name: str) -> Reader:
    """Return a reader that refuses what the record's own rules refuse of a field alone."""

    def read_by_rules(data: str | bytes, entry: str) -> object:
        value = read(data, entry)
        kind.record_of("", {name: value})
        return value

    return read_by_rules


def _plain_reader(hint: Any) -> Reader:
    decode = msgspec.json.Decoder(hint).decode
    return lambda data, _entry: decode(data)


def _entry_reader(record: type[Any]) -> Reader:
    hints = get_type_hints(record)
    names = [f.name for f in fields(record) if f.name != "id"]
    shape = msgspec.defstruct(
        record.__name__,
        [(name, hints[name]) for name in names] + [("position", int)],
        forbid_unknown_fields=True,
    )
    decode = msgspec.json.Decoder(shape).decode

    def read(data: str | bytes, entry: str) -> object:
        found: Any = decode(data)
        values = {name: getattr(found, name) for name in names}
        return Placed(found.position, record(**values, id=entry))

    return read
