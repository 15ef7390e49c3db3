"""Makes the illustrative Wulong from the fact tables beside it: `python data/make_illustrative.py [--out DIR]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from data.make.features import make_features  # noqa: E402  (the repository's root must be on the path first)
from data.make.land.ground import make_ground  # noqa: E402
from data.make.tables import make_tables  # noqa: E402
from data.make.write import write_about, write_features, write_rasters, write_tables  # noqa: E402
from geo.atomic import put  # noqa: E402

RASTERS = ("elevation", "rainfall", "landcover", "soil_group")


def make(folder: Path) -> None:
    """Writes the whole illustrative set under `folder`; the same content every time."""
    ground = make_ground()
    features = make_features(ground)
    tables = make_tables(ground, features)
    if folder.resolve() != HERE:
        for name in ("district.toml", "departments.toml"):
            put(folder / name, (HERE / name).read_bytes())
    write_features(features, folder=folder)
    write_rasters(ground, folder=folder)
    write_tables(tables, folder=folder)
    write_about({**features, **tables, **dict.fromkeys(RASTERS)}, folder=folder)


def main() -> None:
    """Reads the command line and makes the set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE, help="the folder to write to (default: data/)")
    make(parser.parse_args().out)


if __name__ == "__main__":
    main()
