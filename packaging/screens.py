"""Draw every scene of the window to pictures, and say what does not fit.

    python packaging/screens.py [--out build/screens] [--only NAME] [--quick] [--strict]

Scenes are data: every module of tests/ui/scenes may hold `SCENES`. Each is drawn in Polish and
English, light and dark (and once in high contrast), at 100 and 200 %, at 1280x720 and 1920x1080.
Contact sheets put them beside each other; faults.txt lists cut words, overlaps and missing names.
"""

import argparse
import importlib
import itertools
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "src")]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import (  # noqa: E402
    QCoreApplication,
    QEvent,
    QRect,
    QSize,
    Qt,
    QTimer,
    qInstallMessageHandler,
)
from PySide6.QtGui import QColor, QImage, QPainter  # noqa: E402
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget  # noqa: E402

from sat_desktop.runtime.settings import SettingsFile  # noqa: E402
from sat_desktop.ui.appearance import Appearance  # noqa: E402
from sat_desktop.ui.chart_painter import ChartPainter  # noqa: E402
from sat_desktop.ui.main_window import MainWindow  # noqa: E402
from ui.inspection import faults  # noqa: E402
from ui.scenes.scene import Scene, Stage  # noqa: E402

if TYPE_CHECKING:
    from types import ModuleType

SIZES: Final = (QSize(1280, 720), QSize(1920, 1080))
_QUIET_SECONDS: Final = 0.3
_LONGEST_SECONDS: Final = 20.0
THUMB: Final = QSize(480, 300)


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at a scene."""

    language: str
    scheme: str
    text_scale: int
    size: QSize
    state: str

    @property
    def name(self) -> str:
        """The middle of a file name."""
        return (
            f"{self.state}-{self.language}-{self.scheme}-{self.text_scale}"
            f"-{self.size.width()}x{self.size.height()}"
        )


def scenes() -> list[Scene]:
    """Return the scenes of every module of tests/ui/scenes."""
    found: list[Scene] = []
    for file in sorted((ROOT / "tests" / "ui" / "scenes").glob("*.py")):
        module: ModuleType = importlib.import_module(f"ui.scenes.{file.stem}")
        found.extend(getattr(module, "SCENES", ()))
    return found


def views(scene: Scene, *, quick: bool) -> Iterator[View]:
    """Return the ways in which a scene is looked at."""
    sizes = SIZES[:1] if scene.dialog else SIZES
    for state in scene.states:
        if quick:
            yield View("pl", "light", 100, SIZES[0], state)
            yield View("pl", "dark", 200, SIZES[0], state)
            continue
        for language, scheme, scale, size in itertools.product(
            ("pl", "en"), ("light", "dark"), (100, 200), sizes
        ):
            yield View(language, scheme, scale, size, state)
        yield View("pl", "high-contrast", 100, SIZES[0], state)


def quiet(_kind: object, _context: object, text: str) -> None:
    """Pass on Qt's messages, but for the one of every window of the offscreen platform."""
    if "propagateSizeHints" not in text:
        print(text, file=sys.stderr)


def settle(app: QApplication) -> None:
    """Let layouts, timers of no length and deletions happen."""
    for _ in range(4):
        app.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def wait_for_pictures(window: QWidget, app: QApplication) -> None:
    """Let charts be drawn and tasks end: until nothing has been under way for a while."""
    since = limit = time.monotonic()
    while time.monotonic() - since < _QUIET_SECONDS and time.monotonic() - limit < _LONGEST_SECONDS:
        app.processEvents()
        drawing = any(painter.is_drawing for painter in window.findChildren(ChartPainter))
        working = isinstance(window, MainWindow) and window.is_working
        # What waits for a pause of the user before it begins.
        waiting = any(t.isActive() and t.isSingleShot() for t in window.findChildren(QTimer))
        if drawing or working or waiting:
            since = time.monotonic()
        time.sleep(0.005)


def prepare(window: QWidget, app: QApplication) -> None:
    """Bring a shown window into the position that its scene asks for by property."""
    if window.property("finder") and isinstance(window, MainWindow):
        window.open_finder()
        window._finder.line.setText(window.property("query") or "")  # noqa: SLF001 - as if typed
    if window.property("scroll_to_end"):
        for area in window.findChildren(QScrollArea):
            bar = area.verticalScrollBar()
            bar.setValue(bar.maximum())
    settle(app)


def draw(
    app: QApplication, appearance: Appearance, scene: Scene, view: View, folder: Path
) -> tuple[QImage, list[str]]:
    """Return the picture of a scene and what is wrong with it."""
    appearance.choose_language(view.language)
    appearance.choose_scheme(view.scheme)
    appearance.choose_text_scale(view.text_scale)
    window = scene.build(Stage(app, appearance, folder, view.state == "demo"))
    appearance.apply_to(window)
    if not scene.dialog:
        window.resize(view.size)
    window.show()
    settle(app)
    if window.findChildren(ChartPainter) or window.property("works"):
        wait_for_pictures(window, app)
    prepare(window, app)
    picture = window.grab().toImage()
    wrong = faults(window)
    if not scene.dialog and window.size() != view.size:
        wrong.append(f"the window needs {window.width()}x{window.height()}")
    window.close()
    window.deleteLater()
    settle(app)
    return picture, wrong


def contact_sheet(pictures: Sequence[tuple[str, QImage]], path: Path) -> None:
    """Put small pictures with their names beside each other, four in a row."""
    columns = min(4, len(pictures))
    rows = -(-len(pictures) // columns)
    cell = THUMB + QSize(16, 34)
    sheet = QImage(cell.width() * columns, cell.height() * rows, QImage.Format.Format_RGB32)
    sheet.fill(QColor("#777C84"))
    painter = QPainter(sheet)
    painter.setPen(QColor("#FFFFFF"))
    for place, (name, picture) in enumerate(pictures):
        row, column = divmod(place, columns)
        left, top = column * cell.width() + 8, row * cell.height() + 26
        small = picture.scaled(
            THUMB, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        painter.drawText(QRect(left, top - 24, THUMB.width(), 22), 0, name)
        painter.drawImage(left, top, small)
    painter.end()
    sheet.save(str(path))


def main(arguments: Sequence[str]) -> int:
    """Draw; return 1 where `--strict` is given and something does not fit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "screens")
    parser.add_argument("--only", default="", help="part of the names of the scenes to draw")
    parser.add_argument("--quick", action="store_true", help="two views of each scene")
    parser.add_argument("--strict", action="store_true", help="exit 1 where something is wrong")
    chosen = parser.parse_args(arguments)
    chosen.out.mkdir(parents=True, exist_ok=True)
    qInstallMessageHandler(quiet)
    app = QApplication.instance() or QApplication(["screens"])
    if not isinstance(app, QApplication):
        raise TypeError(app)
    report: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        appearance = Appearance(app, SettingsFile(Path(folder) / "settings.json"))
        for scene in scenes():
            if chosen.only not in scene.name:
                continue
            drawn: list[tuple[str, QImage]] = []
            for view in views(scene, quick=chosen.quick):
                picture, wrong = draw(app, appearance, scene, view, Path(folder))
                picture.save(str(chosen.out / f"{scene.name}-{view.name}.png"))
                drawn.append((view.name, picture))
                report += [f"{scene.name}-{view.name}: {line}" for line in wrong]
            contact_sheet(drawn, chosen.out / f"sheet-{scene.name}.png")
            print(f"{scene.name}: {len(drawn)} pictures")
    (chosen.out / "faults.txt").write_text("\n".join(report) + "\n", encoding="utf-8")
    print(f"{len(report)} faults, see {chosen.out / 'faults.txt'}")
    return 1 if report and chosen.strict else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
