"""How speed is measured here: ours and a baseline take turns, and each figure is one line.

The machines are shared and noisy, so a figure is never seconds against a limit: it is a ratio of two
things done in the same run, by turns. The median decides; the least of each side stands beside it,
because the least is what the work costs when nobody disturbs it. Child processes also report their
processor time, which a busy neighbour hardly moves.
"""

import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

PROGRAMS = Path(__file__).with_name("programs")


@dataclass(frozen=True)
class Figure:
    """One line of the report; times in seconds, memory in MB, `None` for no such side.

    `ratio` is that of the medians, or the bare value of what has no baseline; `least` that of the
    smallest values.
    """

    name: str
    ours: float
    baseline: float | None
    ratio: float
    least: float | None
    goal: float | None
    unit: str

    @property
    def met(self) -> bool | None:
        return None if self.goal is None else self.ratio <= self.goal

    def cells(self) -> tuple[str, ...]:
        verdict = {True: "met", False: "NOT MET", None: ""}[self.met]
        return (
            self.name,
            shown(self.ours, self.unit),
            "–" if self.baseline is None else shown(self.baseline, self.unit),
            f"{self.ratio:.2f}" if self.baseline is not None or self.goal is not None else "–",
            "–" if self.least is None else f"{self.least:.2f}",
            "–" if self.goal is None else f"{self.goal:g}",
            verdict,
        )

    def record(self) -> dict[str, object]:
        return {**asdict(self), "met": self.met}


def shown(value: float, unit: str) -> str:
    if unit != "s":
        return f"{value:.2f} {unit}"
    if value >= 1:
        return f"{value:.2f} s"
    return f"{value * 1e3:.1f} ms" if value >= 1e-3 else f"{value * 1e6:.0f} µs"


class Report:
    """The figures of a session, printed one by one and kept for the summary."""

    def __init__(self) -> None:
        self.figures: list[Figure] = []

    def add(
        self,
        name: str,
        ours: Sequence[float],
        baseline: Sequence[float] = (),
        *,
        goal: float | None = None,
        unit: str = "s",
    ) -> Figure:
        mine = median(ours)
        theirs = median(baseline) if baseline else None
        figure = Figure(
            name,
            mine,
            theirs,
            mine / theirs if theirs else mine,
            min(ours) / min(baseline) if baseline else None,
            goal,
            unit,
        )
        self.figures.append(figure)
        head = ("name", "ours", "baseline", "ratio", "of least", "goal", "")
        words = [f"{h} {c}".strip() for h, c in zip(head[1:], figure.cells()[1:], strict=True)]
        print(f"\n{name}: {', '.join(words)}")
        return figure

    def write(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        content = json.dumps([f.record() for f in self.figures], ensure_ascii=False, indent=1)
        path.write_text(content + "\n", encoding="utf-8")


def seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def take_turns(rounds: int, *acts: Callable[[], object]) -> list[list[float]]:
    """Return the seconds of each act, all done once in every round, after one to warm up."""
    for act in acts:
        act()
    gc.collect()
    columns = list(zip(*([seconds(act) for act in acts] for _ in range(rounds)), strict=True))
    return [list(column) for column in columns]


@dataclass(frozen=True)
class Run:
    """What a child process took; `facts` is the JSON object it printed last, if any."""

    wall: float
    cpu: float
    facts: Mapping[str, float]


def environment(home: Path) -> dict[str, str]:
    """Return the environment of an installed program: compiled modules kept, a home of its own."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    profile = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home)}
    return {**kept, **profile, "QT_QPA_PLATFORM": "offscreen", "SAT_WORKSPACE": ""}


def run_process(words: Sequence[str | Path], home: Path) -> Run:
    """Run Python with these words to its end.

    Facts named `at...` are moments of the system's monotonic clock; they are returned as seconds
    since the process was asked for.
    """
    start = time.monotonic()
    child = subprocess.Popen(
        [sys.executable, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(home),
        text=True,
    )
    assert child.stdout is not None
    assert child.stderr is not None
    printed, complaint = child.stdout.read(), child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.monotonic() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stdout.close()
    child.stderr.close()
    if child.returncode:
        raise RuntimeError(f"{words}: exit code {child.returncode}\n{complaint[-4000:]}")
    last = printed.strip().rpartition("\n")[2]
    facts = json.loads(last) if last.startswith("{") else {}
    since = {k: v - start if k.startswith("at") else v for k, v in facts.items()}
    return Run(wall, usage.ru_utime + usage.ru_stime, since)


def run_turns(rounds: int, home: Path, *commands: Sequence[str | Path]) -> tuple[list[Run], ...]:
    """Run each command once in every round, after one round that compiles and warms up."""
    for command in commands:
        run_process(command, home)
    runs: tuple[list[Run], ...] = tuple([] for _ in commands)
    for _ in range(rounds):
        for mine, command in zip(runs, commands, strict=True):
            mine.append(run_process(command, home))
    return runs
