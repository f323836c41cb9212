"""Editions as stored and sent: one JSON form, the same bytes for the same questionnaire.

The envelope is `{"format": 1, "questionnaire": {...}}`; inside, the keys are the fields of the domain's
records in their order. A field that may be left out is not written where it says
nothing (no value, an empty list or text, `false`, a weight of 1). Exact numbers are texts such as "4/5".
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, fields
from fractions import Fraction
from functools import cache
from typing import Any, Final

import msgspec

from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.errors import SatError

FORMAT: Final = 1
_EXACT: Final = re.compile(r"-?[0-9]{1,200}(/0*[1-9][0-9]{0,199})?")


class _Envelope(msgspec.Struct, frozen=True):
    format: int
    questionnaire: Questionnaire


class _Peek(msgspec.Struct):
    """The format alone, whatever else there is."""

    format: int


def encode_questionnaire(questionnaire: Questionnaire) -> bytes:
    """Return the canonical JSON of an edition, in UTF-8."""
    return b'{"format":%d,"questionnaire":%b}' % (FORMAT, _body(questionnaire))


def fingerprint(questionnaire: Questionnaire) -> str:
    """Return the SHA-256 of what an edition says, in hexadecimal.

    Two editions of one id and version are the same exactly if this is. The format number of the
    envelope is left out, so that a newer program finds the same.
    """
    import hashlib

    return hashlib.sha256(_body(questionnaire)).hexdigest()


def decode_questionnaire(data: bytes) -> Questionnaire:
    """Return the edition of its JSON.

    Raises:
        SatError: `questionnaire-format-newer`; `questionnaire-json-invalid` (reason) for data that
            is damaged or of another kind; `questionnaire-invalid` for an incoherent edition.

    """
    try:
        envelope = _decoder().decode(data)
    except SatError:
        raise
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        _refuse_newer(data)
        raise SatError("questionnaire-json-invalid", reason=str(error)) from error
    if envelope.format != FORMAT:
        _refuse_newer(data)
        raise SatError("questionnaire-json-invalid", reason=f"format {envelope.format}")
    return envelope.questionnaire


def _refuse_newer(data: bytes) -> None:
    try:
        found = msgspec.json.decode(data, type=_Peek).format
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return
    if found > FORMAT:
        raise SatError("questionnaire-format-newer", format=found, newest=FORMAT)


def _body(questionnaire: Questionnaire) -> bytes:
    return msgspec.json.encode(_pruned(questionnaire))


def stated(record: Any, names: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a record that say something, in the given order."""
    optional = _optional_names(record.__class__)
    for name in names:
        value = getattr(record, name)
        if name in optional:
            if value is None or value is False or value in ((), ""):
                continue
            if name == "weight" and value == 1:
                continue
        yield name, value


def _pruned(value: Any) -> Any:
    """Return a record as a dictionary of what it says."""
    if isinstance(value, tuple):
        return [_pruned(item) for item in value]
    if isinstance(value, Fraction):
        return str(value)
    if (names := _field_names(value.__class__)) is None:
        return value
    return {name: _pruned(field) for name, field in stated(value, names)}


@cache
def _field_names(record: type) -> tuple[str, ...] | None:
    if not hasattr(record, "__dataclass_fields__"):
        return None
    return tuple(field.name for field in fields(record))


@cache
def _optional_names(record: type) -> frozenset[str]:
    return frozenset(field.name for field in fields(record) if field.default is not MISSING)


@cache
def _decoder() -> msgspec.json.Decoder[_Envelope]:
    return msgspec.json.Decoder(_Envelope, dec_hook=_exact)


def _exact(wanted: type, value: Any) -> Any:
    """Read an exact number from its text; a bare number may have lost digits already."""
    if wanted is Fraction and isinstance(value, str) and _EXACT.fullmatch(value):
        return Fraction(value)
    raise ValueError(f"Expected an exact number in a text, got {value!r}")
