"""A window for tests: offscreen, with a theme and a language, and nothing left behind."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from sat_desktop.runtime.i18n import Language, language_of
from sat_desktop.runtime.settings import SettingsFile
from sat_desktop.ui.appearance import Appearance
from sat_desktop.ui.messages import Messages
from sat_desktop.ui.tasks import Tasks
from sat_desktop.ui.theme import Theme


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # The offscreen platform says this of every window; it says nothing about us.
    ours = Path(__file__).parent
    for item in items:
        if ours in item.path.parents:
            item.add_marker(
                pytest.mark.qt_log_ignore(
                    r"does not support (propagateSizeHints|raise)\(\)", extend=True
                )
            )


def _settle() -> None:
    gc.collect()
    for _ in range(3):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def no_leaked_windows(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail where a test leaves a window behind that it did not give to qtbot."""
    before = set(QApplication.topLevelWidgets()) if QApplication.instance() else set()
    yield
    if not QApplication.instance():
        return
    # What qtbot was given is closed by its plugin after this fixture.
    owned = [ref() for ref, _ in getattr(request.node, "qt_widgets", [])]
    _settle()
    left = [
        widget
        for widget in QApplication.topLevelWidgets()
        if widget not in before
        and not any(widget is known for known in owned)
        and not any(known is not None and known.isAncestorOf(widget) for known in owned)
    ]
    assert not left, f"windows left behind: {left}"


@pytest.fixture
def appearance(qapp: QApplication, tmp_path: Path) -> Iterator[Appearance]:
    """Light, 100 %, English: msgids are what is seen."""
    settings = SettingsFile(tmp_path / "settings.json")
    settings.change(language="en", scheme="light")
    made = Appearance(qapp, settings)

    def wear(theme: Theme) -> None:
        # In the program windows wear it; a widget that is tested alone has none around it.
        qapp.setStyleSheet(theme.style_sheet())

    wear(made.theme)
    made.theme_changed.connect(wear)
    yield made
    qapp.setStyleSheet("")
    made.choose_language("en")
    made.deleteLater()


@pytest.fixture
def theme(appearance: Appearance) -> Theme:
    return appearance.theme


@pytest.fixture
def lang() -> Language:
    return language_of("en")


@pytest.fixture
def messages(qapp: QApplication) -> Messages:
    return Messages()


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    """Tasks whose unhandled errors fail the test."""
    failed: list[BaseException] = []
    made = Tasks(failed.append)
    yield made
    made.close()
    assert not failed
