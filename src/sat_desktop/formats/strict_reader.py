"""What a finished questionnaire has besides what can be read at all: `check --strict`."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Final

from sat_desktop.domain.questionnaire import Criterion, IndicatorLevel, LegalBasis, Text
from sat_desktop.formats.edition_reader import EditionReader
from sat_desktop.formats.records import LANGUAGES
from sat_desktop.formats.yaml_source import Node

LONGEST_CRITERION: Final = 25
"""Words; an official should be able to say yes or no at a glance."""


class StrictReader(EditionReader):
    """Reads as `EditionReader` and asks for what a finished text has besides."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, strict=True)

    def check_criterion(self, node: Node, values: dict[str, Any]) -> None:
        """A criterion is short enough to be answered at a glance."""
        text = values.get("text", Text())
        for language in LANGUAGES:
            words = len((getattr(text, language) or "").split())
            if words > LONGEST_CRITERION:
                self.problem(
                    "criterion-long", node, words=words, limit=LONGEST_CRITERION, language=language
                )

    def check_level(self, node: Node, values: dict[str, Any]) -> None:
        """A level says how it is reached."""
        if not _has(node, "step"):
            self.problem("step-missing", node, level=values.get("level", "?"))

    def check_basis(self, node: Node, _values: dict[str, Any]) -> None:
        """A legal basis says when it was read last."""
        if not _has(node, "checked"):
            self.problem("check-date-missing", node)

    checks: ClassVar[Mapping[type, Callable[[Any, Node, dict[str, Any]], None]]] = {
        **EditionReader.checks,
        Criterion: check_criterion,
        IndicatorLevel: check_level,
        LegalBasis: check_basis,
    }


def _has(node: Node, wanted: str) -> bool:
    return any(key.value == wanted for key, _ in node.value)
