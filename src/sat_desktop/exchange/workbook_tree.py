"""The tables of a workbook as the tree of nodes that a questionnaire's files make.

So whatever a questionnaire must be is checked by the readers of `formats`, and here only what
flat tables add: rows that name the row which they belong to.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sat_desktop.domain.questionnaire import Criterion, Indicator, LegalBasis, Step
from sat_desktop.exchange.workbook_cells import Cells, Origin, mapping, origin, pair, sequence
from sat_desktop.exchange.workbook_layout import (
    CRITERIA,
    EVIDENCE,
    HEAD,
    INDICATORS,
    LEGAL_BASIS,
    RULES,
    SCALE,
    STEPS,
    TIERS,
)
from sat_desktop.exchange.workbook_tables import (
    Tables,
    WorkbookPlace,
    WorkbookRow,
    WorkbookTable,
    speaks,
)
from sat_desktop.formats.records import INTEGER
from sat_desktop.formats.yaml_source import MappingNode, Node, ScalarNode, SequenceNode, closest

Held = dict[str, list[Node]]
"""Entries by the id of the one that they belong to."""


@dataclass(frozen=True, slots=True)
class StrayEntry:
    """An entry whose row does not say where it belongs; it is checked all the same.

    Attributes:
        record: what it is; None for a group of the tier `depth` (0 is the top one).
    """

    node: Node
    record: type | None = None
    depth: int = 0


class Tree:
    """Builds the tree and keeps what belongs nowhere.

    Attributes:
        root: the node of the questionnaire.
        orphans: entries that are not below it.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._cells = Cells(tables)
        self._known: dict[WorkbookPlace, set[str]] = {}
        self.orphans: list[StrayEntry] = []
        self.root = self._questionnaire()

    def _questionnaire(self) -> MappingNode:
        of = self._tables.of
        head, scale, tiers = of[HEAD.key].rows[0], of[SCALE.key], of[TIERS.key]
        shares = [self._cells.required(row, "attainment") for row in scale.rows]
        pairs = [
            *self._cells.pairs(head),
            pair("scale", _table(scale, map(self._record, scale.rows))),
            pair("attainment", _table(scale, shares)),
            pair("tiers", _table(tiers, map(self._record, tiers.rows))),
        ]
        groups = self._groups(self._indicators())
        if self._tables.groups:
            pairs.append(pair("groups", _table(self._tables.groups[0], groups)))
        if of[RULES.key].rows:
            pairs.append(pair("rules", _table(of[RULES.key], self._rules(of[RULES.key]))))
        return mapping(pairs, Origin(head.place, head))

    def _groups(self, held: Held) -> list[Node]:
        """Return the groups of the top tier with all that is below them."""
        content = "indicators"
        tables = self._tables.groups
        for depth in range(len(tables) - 1, -1, -1):
            above = tables[depth - 1] if depth else None
            below, held = held, defaultdict(list)
            told: set[str] = set()
            for row in tables[depth].rows:
                # What names an id that stands twice is told once, with the first of the two.
                name = str(self._cells.required(row, "id").value)
                pairs = self._cells.pairs(row)
                if children := below.get(name) if name not in told else None:
                    pairs.append(pair(content, _list(row, children)))
                node = mapping(pairs, Origin(row.place, row, noted=name in told))
                told.add(name)
                parent = self._reference(row, "parent", above) if above else ""
                if parent is None:
                    self.orphans.append(StrayEntry(node, depth=depth))
                else:
                    held[parent].append(node)
            content = "groups"
        return held.get("", [])

    def _indicators(self) -> Held:
        """Return the indicators by the id of their group."""
        levels = self._levels()
        entries = {t.key: self._entries(self._tables.of[t.key]) for t in (EVIDENCE, LEGAL_BASIS)}
        found: Held = defaultdict(list)
        told: set[str] = set()
        for row in self._tables.of[INDICATORS.key].rows:
            name = str(self._cells.required(row, "id").value)
            again = name in told
            told.add(name)
            own = [] if again else levels.get(name, [])
            pairs = [*self._cells.pairs(row), pair("levels", _list(row, own, noted=again))]
            for key, held in entries.items():
                if name in held and not again:
                    pairs.append(pair(key, _list(row, held[name])))
            node = mapping(pairs, Origin(row.place, row))
            tier = self._tables.groups[-1] if self._tables.groups else None
            group = self._reference(row, "group", tier)
            if group is None:
                self.orphans.append(StrayEntry(node, Indicator))
            else:
                found[group].append(node)
        return found

    def _levels(self) -> Held:
        """Return the levels of every indicator in their order, whatever that of the rows is."""
        criteria: dict[tuple[str, str], list[WorkbookRow]] = defaultdict(list)
        for place, row in self._leveled(CRITERIA.key, Criterion):
            criteria[place].append(row)
        steps: dict[tuple[str, str], WorkbookRow] = {}
        for place, row in self._leveled(STEPS.key, Step):
            if (first := steps.setdefault(place, row)) is not row:
                facts = {"entry": place[0], "level": place[1], "first": str(first.at("level"))}
                self._tables.note("step-repeated", row.at("level"), **facts)
                self.orphans.append(StrayEntry(self._record(row), Step))
        found: Held = defaultdict(list)
        for place in sorted({*criteria, *steps}, key=_level_order):
            asked, step = criteria.get(place, []), steps.get(place)
            row = (asked or [steps[place]])[0]
            pairs = [pair("level", self._cells.required(row, "level"))]
            if asked:
                pairs.append(pair("criteria", _list(row, map(self._record, asked))))
            if step is not None:
                pairs.append(pair("step", self._record(step)))
            found[place[0]].append(mapping(pairs, Origin(row.place, row)))
        return found

    def _leveled(self, table: str, record: type) -> Iterator[tuple[tuple[str, str], WorkbookRow]]:
        """Yield the rows of a table with the indicator and the level that they belong to."""
        for row in self._tables.of[table].rows:
            indicator = self._reference(row, "indicator", self._tables.of[INDICATORS.key])
            level = self._cells.required(row, "level")
            if not INTEGER.fullmatch(str(level.value)):
                row.table.sound = False
            if indicator is None or origin(level).noted:
                self.orphans.append(StrayEntry(self._record(row), record))
            else:
                yield (indicator, str(level.value)), row

    def _entries(self, table: WorkbookTable) -> Held:
        """Return what a table lists, by the indicator that it belongs to."""
        found: Held = defaultdict(list)
        for row in table.rows:
            indicator = self._reference(row, "indicator", self._tables.of[INDICATORS.key])
            node: Node = self._record(row)
            if table.sheet is EVIDENCE:
                texts = [value for _, value in node.value]
                # An entry is its text, and nothing around it.
                node = (*texts, mapping([], Origin(row.at("text.pl"), row, "text")))[0]
            if indicator is not None:
                found[indicator].append(node)
            elif table.sheet is LEGAL_BASIS:
                self.orphans.append(StrayEntry(node, LegalBasis))
        return found

    def _rules(self, table: WorkbookTable) -> Iterator[Node]:
        """Yield the rules: rows with one id are the conditions of one."""
        rules: dict[str, list[WorkbookRow]] = {}
        for row in table.rows:
            rules.setdefault(str(self._cells.required(row, "id").value), []).append(row)
        for rows in rules.values():
            told = next((row for row in rows if _texts(row)), rows[0])
            for row in rows:
                if _texts(row) and _texts(row) != _texts(told):
                    facts = {"entry": row.cells["id"].value, "first": str(told.at("text.pl"))}
                    self._tables.note("rule-text-differs", row.at("text.pl"), **facts)
            conditions = [self._condition(row) for row in rows]
            pairs = [
                *(p for p in self._cells.pairs(rows[0]) if p[0].value == "id"),
                *(p for p in self._cells.pairs(told) if p[0].value == "text"),
                pair("conditions", _list(rows[0], conditions)),
            ]
            yield mapping(pairs, Origin(rows[0].place, rows[0]))

    def _condition(self, row: WorkbookRow) -> Node:
        bounds = [p for p in self._cells.pairs(row) if p[0].value in ("at_least", "below")]
        pairs = [pair("indicator", self._cells.required(row, "indicator")), *bounds]
        return mapping(pairs, Origin(row.place, row))

    def _record(self, row: WorkbookRow) -> MappingNode:
        return mapping(self._cells.pairs(row), Origin(row.place, row))

    def _reference(self, row: WorkbookRow, key: str, table: WorkbookTable | None) -> str | None:
        """Return the id in a cell if the other table has it; what else there is, is noted."""
        node: ScalarNode = self._cells.required(row, key)
        if origin(node).noted or table is None:
            return None
        known = self._known.setdefault(table.place, set())
        if not known:
            known |= self._cells.ids(table)
        if node.value in known:
            return str(node.value)
        if table.sound:
            code = "rule-unknown-indicator" if key == "indicator" else "group-unknown"
            likely = closest(str(node.value), known)
            self._tables.note(code, row.at(key), id=node.value, closest=likely)
        # Where the row belongs, something may seem to be missing.
        row.table.sound = False
        return None


def _list(row: WorkbookRow, nodes: Iterable[Node], *, noted: bool = False) -> SequenceNode:
    return sequence(nodes, Origin(row.place, row, noted=noted))


def _table(table: WorkbookTable, nodes: Iterable[Node]) -> SequenceNode:
    """Return what stands in a whole sheet."""
    place = WorkbookPlace(table.place.order, table.place.sheet)
    return sequence(nodes, Origin(place, WorkbookRow(table, place, {})))


def _level_order(place: tuple[str, str]) -> tuple[bool, int, str]:
    level = place[1]
    plain = level.isdecimal() and len(level) < 10
    return not plain, int(level) if plain else 0, level


def _texts(row: WorkbookRow) -> dict[str, object]:
    """Return the texts of a rule that stand in a row."""
    cells = {key: row.cells[key] for key in ("text.pl", "text.en") if key in row.cells}
    return {key: cell.value for key, cell in cells.items() if speaks(cell)}
