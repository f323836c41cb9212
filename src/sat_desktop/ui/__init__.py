"""The window: the only room that knows Qt, beside the thin top that starts it.

PySide puts a version of `import` of its own in the place of Python's. It reads the source of every
module that is imported from then on, to serve `from __feature__ import ...`, which is not used
here; what it read of SQLAlchemy alone keeps up to 15 MB, a quarter of a bare window, for good
(decision 0006). So Python's own is put back, which PySide keeps under the name below.
"""

import builtins

import PySide6.QtCore  # noqa: F401 -- before what it does is taken back

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
