"""Quarto runs this after it has rendered: report reads the documents, and removes what may not be
handed out.
"""

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.dont_write_bytecode = True  # a folder of Python's would puzzle in a study

from _compose import MISSING, STUDY, command  # noqa: E402

if __name__ == "__main__":
    report = command()
    if not report:
        sys.exit(MISSING.rstrip())
    sys.exit(subprocess.run([*report, "gate", "--study", str(STUDY)], check=False).returncode)
