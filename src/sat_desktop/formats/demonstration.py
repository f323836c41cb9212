"""The demo city's file: YAML to frozen records, refusing whatever the records do not name.

The records belong to the use case that makes the demo, which no format may know: the caller that brings
the two together passes their type in. The file comes with the program, so a defect in it is ours
and raises what the libraries raise; a test reads it.
"""

from pathlib import Path
from typing import Any, TypeVar

from sat_desktop.runtime.resources import resource

Record = TypeVar("Record")


def read_demonstration(record: type[Record], path: Path | None = None) -> Record:
    """Return the records of the file, by default of the one that comes with the program.

    Raises:
        msgspec.ValidationError: a value is of another kind than its field, a key is missing, or
            there is one that the records do not have.
    """
    import msgspec
    import yaml

    source = (path or resource("demo", "city.yaml")).read_bytes()
    raw = yaml.load(source, yaml.CSafeLoader)
    made = msgspec.convert(raw, record, strict=True)
    # For plain records msgspec overlooks unknown keys: what came in must be there afterwards.
    stray = _stray_key(raw, msgspec.to_builtins(made, builtin_types=(int,), str_keys=False))
    if stray:
        raise msgspec.ValidationError(f"Object contains unknown field `{stray}`")
    return made


def _stray_key(raw: Any, understood: Any, trail: str = "$") -> str:
    """Return the path of the first key of `raw` that `understood` lacks, empty if there is none."""
    if isinstance(raw, dict):
        for key, inner in raw.items():
            here = f"{trail}.{key}"
            if key not in understood:
                return here
            if stray := _stray_key(inner, understood[key], here):
                return stray
    elif isinstance(raw, list):
        for place, (inner, known) in enumerate(zip(raw, understood, strict=True)):
            if stray := _stray_key(inner, known, f"{trail}[{place}]"):
                return stray
    return ""
