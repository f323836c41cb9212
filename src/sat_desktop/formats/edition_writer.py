"""A `Questionnaire` to a folder of YAML as a person would write it: the way back of the reader.

`questionnaire.yaml` has the head and the tree; every group of the second tier (of the only one,
where there is one) has a file of its own with all that is below it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from fractions import Fraction
from typing import Any, Final

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from sat_desktop.domain.questionnaire import Group, Indicator, Questionnaire, Text
from sat_desktop.formats.edition_reader import FORMAT, HEAD
from sat_desktop.formats.questionnaire_json import stated
from sat_desktop.formats.records import TAKEN_FOR_OTHER

WIDTH: Final = 100
_ORDER: Final[Mapping[type, tuple[str, ...]]] = {
    Questionnaire: (
        *("id", "version", "name", "notice", "description"),
        *("scale", "below", "attainment", "tiers", "groups", "rules"),
    ),
    Group: ("id", "code", "name", "description", "weight", "groups", "indicators"),
    Indicator: (
        *("id", "code", "name", "question", "why", "applies_to", "weight"),
        *("levels", "evidence", "legal_basis", "good_practice"),
    ),
}
"""The order in which a person reads; elsewhere that of the fields."""


class _Dumper(yaml.CSafeDumper):
    """Writes the nodes as they are: the writer below decides about quotes."""

    def resolve(self, _kind: type[Node], _value: Any, _implicit: Any) -> str:
        """Let every node do without a tag."""
        return ""


def edition_files(questionnaire: Questionnaire) -> dict[str, str]:
    """Return the content of every file of an edition by its name, the head first."""
    names = _file_names(questionnaire)
    parts: dict[str, str] = {}

    def group_node(group: Group) -> Node:
        pairs = list(stated(group, _ORDER[Group]))
        if group.id not in names:
            return _mapping(
                (k, _list(map(group_node, v)) if k == "groups" else _node(v)) for k, v in pairs
            )
        held = [(k, _node(v)) for k, v in pairs if k in ("groups", "indicators")]
        parts[names[group.id]] = _text_of(_mapping([("group", _node(group.id)), *held]))
        own = [(k, _node(v)) for k, v in pairs if k not in ("groups", "indicators")]
        return _mapping([*own, ("file", _node(names[group.id]))])

    head = _mapping(
        [
            ("format", _node(FORMAT)),
            *(
                (k, _list(map(group_node, v)) if k == "groups" else _node(v))
                for k, v in stated(questionnaire, _ORDER[Questionnaire])
            ),
        ]
    )
    return {HEAD: _text_of(head), **parts}


def _file_names(questionnaire: Questionnaire) -> dict[str, str]:
    """Return for every group with a file of its own a name such as `1-planning.yaml`."""
    groups = questionnaire.groups
    if len(questionnaire.tiers) > 1:
        groups = tuple(g for top in groups for g in top.groups)
    names: dict[str, str] = {}
    taken = {HEAD}
    for number, group in enumerate(groups, 1):
        code = re.sub(r"[^A-Za-z0-9]+", "-", group.code).strip("-") or str(number)
        name = f"{code[:12]}-{group.id[:100]}.yaml"
        # File systems may not tell capitals apart, ids do.
        if name.casefold() in taken:
            name = f"{number}-{name}"
        taken.add(name.casefold())
        names[group.id] = name
    return names


def _text_of(node: Node) -> str:
    text: str = yaml.serialize(
        node, Dumper=_Dumper, allow_unicode=True, width=WIDTH, indent=2, line_break="\n"
    )
    return text


def _node(value: Any) -> Node:
    if isinstance(value, str):
        return ScalarNode("", str(value), style=_style(value))
    if isinstance(value, bool):
        return ScalarNode("", "true" if value else "false")
    if isinstance(value, int):
        return ScalarNode("", str(value))
    if isinstance(value, Fraction):
        return ScalarNode("", _number(value))
    if isinstance(value, tuple):
        return _list(map(_node, value))
    if isinstance(value, Text):
        texts = (("pl", value.pl), ("en", value.en))
        return _mapping((language, _node(text)) for language, text in texts if text is not None)
    names = _ORDER.get(type(value)) or tuple(field.name for field in fields(value))
    return _mapping((name, _node(field)) for name, field in stated(value, names))


def _style(text: str) -> str | None:
    """Quote what would be read as something else; break texts of several lines as they are."""
    if not text or TAKEN_FOR_OTHER.fullmatch(text) or re.fullmatch(r"[0-9][0-9.\-]*", text):
        return '"'
    return "|" if "\n" in text else None


def _number(value: Fraction) -> str:
    """Return 1/10 as 0.1, and 1/3 as it is."""
    for places in range(60):
        scaled = value * 10**places
        if scaled.denominator == 1:
            digits = str(scaled.numerator).rjust(places + 1, "0")
            return f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return str(value)


def _list(nodes: Iterator[Node]) -> SequenceNode:
    return SequenceNode("", list(nodes), flow_style=False)


def _mapping(pairs: Any) -> MappingNode:
    return MappingNode("", [(ScalarNode("", k), n) for k, n in pairs], flow_style=False)
