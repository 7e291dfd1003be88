"""Print what the repository weighs; fail where a file is too large to be committed."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MOST_MB = 16
LONGEST_LINES = 400


def main() -> int:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    files = [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    print(f"{'folder':24}{'files':>7}{'MB':>9}{'lines of Python':>18}")
    for folder in sorted({file.relative_to(ROOT).parts[0] for file in files if file.parent != ROOT}):
        inside = [file for file in files if file.relative_to(ROOT).parts[0] == folder]
        lines = sum(count_lines(file) for file in inside if file.suffix == ".py")
        print(f"{folder:24}{len(inside):7}{megabytes(inside):9.2f}{lines:18,}")
    for file in files:
        if file.suffix == ".py" and count_lines(file) > LONGEST_LINES:
            print(f"long: {file.relative_to(ROOT)} has {count_lines(file)} lines")
    too_large = [file for file in files if megabytes([file]) > MOST_MB]
    for file in too_large:
        print(f"error: {file.relative_to(ROOT)} is larger than {MOST_MB} MB; split it")
    return 1 if too_large else 0


def megabytes(files: list[Path]) -> float:
    return sum(file.stat().st_size for file in files) / 1e6


def count_lines(file: Path) -> int:
    return file.read_bytes().count(b"\n")


if __name__ == "__main__":
    raise SystemExit(main())
