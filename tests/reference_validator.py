"""The reference validator of PDF documents (veraPDF), for tests marked `verapdf`."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest


def verapdf() -> ModuleType:
    path = Path(__file__).parents[1] / "packaging" / "verapdf" / "validate.py"
    spec = importlib.util.spec_from_file_location("verapdf_validate", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def validate() -> Callable[[Path], int]:
    """Return a function that validates a file and returns the exit code."""
    module = verapdf()
    try:
        module.require_java()
    except module.UnavailableError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"veraPDF NOT RUN: {error}")
    script = Path(str(module.__file__))
    return lambda path: subprocess.run([sys.executable, script, path], check=False).returncode
