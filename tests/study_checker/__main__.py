"""``python -m tests.study_checker FILE… --documents FOLDER``: findings, one a line; 1 if there are any."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .checking import check_files
from .documents import Documents


def main() -> int:
    parser = argparse.ArgumentParser(prog="study_checker", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument(
        "--documents", required=True, type=Path, metavar="FOLDER", help="texts, one ID.txt each"
    )
    asked = parser.parse_args()
    documents = Documents.read(asked.documents)
    findings = check_files(asked.files, documents)
    for finding in findings:
        print(finding)
    print(f"{len(asked.files)} files, {len(findings)} findings", file=sys.stderr)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
