"""Set up `.venv` for this checkout: `python3 packaging/bootstrap.py [EXTRA ...]`.

Standard library only. Safe to run again: what is in place is left alone, and then no network is needed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from ctypes import CDLL
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
INPUTS = ("pyproject.toml", "constraints.txt", "packaging/bootstrap.py")
TRANSLATIONS = "resources/translations/*.ts"  # compiled when the project is installed
# spandrel asks for torchvision, for networks that are not used here, and not every torchvision fits every torch
ALONE = ("spandrel",)
LIBRARIES = ("libEGL.so.1", "libGL.so.1", "libxkbcommon.so.0", "libdbus-1.so.3", "libfontconfig.so.1")
# what a window on an X display needs besides; a Debian without a desktop lacks it
WINDOW_LIBRARIES = (
    "libxcb-cursor.so.0",
    "libxcb-icccm.so.4",
    "libxcb-image.so.0",
    "libxcb-keysyms.so.1",
    "libxcb-render-util.so.0",
    "libxkbcommon-x11.so.0",
)
APT_WINDOW = [
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-render-util0",
    "libxkbcommon-x11-0",
]
XCB_UTIL = [
    "xcb-util-cursor",
    "xcb-util-wm",
    "xcb-util-image",
    "xcb-util-keysyms",
    "xcb-util-renderutil",
    "libxkbcommon-x11",
]
# (package manager, how to call it, its names for the libraries that Qt needs, and a window besides)
MANAGERS: tuple[tuple[str, list[str], list[str], list[str]], ...] = (
    (
        "apt-get",
        ["install", "-y"],
        ["libegl1", "libgl1", "libxkbcommon0", "libdbus-1-3", "libfontconfig1"],
        APT_WINDOW,
    ),
    (
        "dnf",
        ["install", "-y"],
        ["libglvnd-egl", "libglvnd-glx", "libxkbcommon", "dbus-libs", "fontconfig"],
        XCB_UTIL,
    ),
    ("pacman", ["-S", "--noconfirm"], ["libglvnd", "libxkbcommon", "dbus", "fontconfig"], XCB_UTIL),
    ("brew", ["install"], ["fontconfig"], []),
)


def main(extras: list[str]) -> int:
    if sys.version_info < (3, 11):
        return fail(
            f"Python {sys.version.split()[0]} is too old.", "Run: make PYTHON=python3.12 (3.11 or later)."
        )
    missing = missing_libraries()
    if missing and not install_libraries():
        return fail(f"Qt needs {', '.join(missing)}.", f"Run: {install_command()}")
    if is_current(extras):
        return 0
    install_sound()
    if "dev" in extras:
        install_display()
    return make_environment() or install_packages(extras)


def missing_libraries() -> list[str]:
    wanted = (*LIBRARIES, *(WINDOW_LIBRARIES if os.environ.get("DISPLAY") else ()))
    return [name for name in wanted if not loads(name)] if sys.platform == "linux" else []


def loads(name: str) -> bool:
    try:
        CDLL(name)
    except OSError:
        return False
    return True


def manager() -> tuple[str, list[str], list[str]]:
    """Its name, how to install with it, and the packages."""
    name, verb, packages, window = next((m for m in MANAGERS if shutil.which(m[0])), MANAGERS[0])
    return name, verb, packages + (window if os.environ.get("DISPLAY") else [])


def install_command() -> str:
    name, verb, packages = manager()
    sudo = "" if name == "brew" else "sudo "
    update = f"{sudo}apt-get update && " if name == "apt-get" else ""
    return f"{update}{sudo}{name} {' '.join(verb + packages)}"


def install_libraries() -> bool:
    """Install them where that needs no password; True when all are there now."""
    if os.geteuid() != 0:
        return False
    name, verb, packages = manager()
    print(f"Installing the libraries that Qt needs: {install_command()}", flush=True)
    if name == "apt-get":
        subprocess.run(["apt-get", "update", "-q"], check=False)
    subprocess.run([name, *verb, *packages], check=False)
    return not missing_libraries()


def install_sound() -> None:
    """The library that the microphone needs; without it everything but speaking works. Only Linux lacks it."""
    name = manager()[0]
    package = "libportaudio2" if name == "apt-get" else "portaudio"
    if sys.platform != "linux" or loads("libportaudio.so.2"):
        return
    verb = next(verb for tool, verb, *_ in MANAGERS if tool == name)
    if os.geteuid() == 0:
        print("Installing the library that the microphone needs", flush=True)
        subprocess.run([name, *verb, package], check=False)
    else:
        print(f"To speak prompts, run: sudo {' '.join([name, *verb, package])}", flush=True)


def install_display() -> None:
    """A display in memory for the test of a real window, where that is easily had; it is left out elsewhere."""
    if sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") and not shutil.which("Xvfb"):
        print("Installing a display in memory for the tests", flush=True)
        subprocess.run(["apt-get", "update", "-q"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-q", "xvfb", *APT_WINDOW], check=False)


def fingerprint() -> str:
    digest = hashlib.sha256(sys.version.encode())
    for path in (*(ROOT / name for name in INPUTS), *sorted(ROOT.glob(TRANSLATIONS))):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_current(extras: list[str]) -> bool:
    return python().exists() and all(read(stamp(extra)) == fingerprint() for extra in extras)


def stamp(extra: str) -> Path:
    return VENV / f".installed-{extra}"


def read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def make_environment() -> int:
    if python().exists():
        return 0
    print(f"Making {VENV}", flush=True)
    if subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False).returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        return fail(
            "A virtual environment cannot be made.",
            "On Debian and Ubuntu run: sudo apt-get install python3-venv",
        )
    return 0


def install_packages(extras: list[str]) -> int:
    print("Installing Dalle Studio and what it stands on (a few minutes the first time)", flush=True)
    target = f"{ROOT}[{','.join(extras)}]"
    command = [str(python()), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    command += ["-c", str(ROOT / "constraints.txt")]
    wanted = (["-e", target], ["--no-deps", *ALONE])
    if any(subprocess.run([*command, *what], check=False).returncode for what in wanted):
        return fail(
            "The packages could not be installed.",
            "Check the network and the free disk space, then run it again.",
        )
    for extra in extras:
        stamp(extra).write_text(fingerprint())
    return 0


def fail(message: str, remedy: str) -> int:
    print(f"error: {message}\n{remedy}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:] or ["dev"]))
