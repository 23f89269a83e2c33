"""Packs the service into one file that python3 runs: dist/greeter.pyz, the same bytes every time."""

import zipfile
from pathlib import Path

SOURCES = Path(__file__).parent / "src"
ARTIFACT = Path(__file__).parent / "dist" / "greeter.pyz"


def build() -> None:
    ARTIFACT.parent.mkdir(exist_ok=True)
    with ARTIFACT.open("wb") as file:
        file.write(b"#!/usr/bin/env python3\n")
        with zipfile.ZipFile(file, "w") as archive:
            for source in sorted(SOURCES.rglob("*.py")):
                # ZipInfo's own default date, not the file's.
                entry = zipfile.ZipInfo(source.relative_to(SOURCES).as_posix())
                archive.writestr(entry, source.read_bytes())


if __name__ == "__main__":
    build()
