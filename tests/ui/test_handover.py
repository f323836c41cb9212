"""What workers hand over arrives in the GUI thread, or nowhere."""

import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from sat_desktop.ui.handover import expect


class Receiver(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.got: list[tuple[object, bool]] = []

    def take(self, content: object) -> None:
        self.got.append((content, threading.current_thread() is threading.main_thread()))


def in_worker(hand_over: object, content: object) -> None:
    assert callable(hand_over)
    worker = threading.Thread(target=hand_over, args=(content,))
    worker.start()
    worker.join()


def test_it_arrives_in_order_in_the_gui_thread(qtbot: QtBot) -> None:
    receiver = Receiver()
    hand_over = expect(receiver, "take")
    for content in (1, "two", None):
        in_worker(hand_over, content)
    qtbot.waitUntil(lambda: len(receiver.got) == 3)
    assert receiver.got == [(1, True), ("two", True), (None, True)]


def test_a_receiver_that_has_gone_is_left_alone(qtbot: QtBot) -> None:
    deleted, forgotten, stays = Receiver(), Receiver(), Receiver()
    functions = [expect(r, "take") for r in (deleted, forgotten, stays)]
    for hand_over in functions:
        in_worker(hand_over, "late")
    delete(deleted)
    del forgotten
    qtbot.waitUntil(lambda: bool(stays.got))
    assert not deleted.got
