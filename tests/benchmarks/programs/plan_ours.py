"""Write the plan of a pickled document: import, layout, charts, tags, reading back, file."""

import pickle
import sys
from pathlib import Path

from sat_desktop.reporting.plan_pdf import write_plan_pdf

document = pickle.loads(Path(sys.argv[1]).read_bytes())  # noqa: S301 - written by the benchmark
Path(sys.argv[2]).write_bytes(write_plan_pdf(document))
