"""Time a cross-table against the loading of its plan, in one process; prints both, in seconds.

python benchmarks/cross.py plan.yaml
"""

import gc
import sys
import time

from plancli.loader import load_plan
from plancli.output.renderers import render
from plancli.output.views.counts import counts_view
from plancli.plan.query import make_query

gc.disable()  # as the command does
started = time.process_time()
plan = load_plan(sys.argv[1]).plan
loaded = time.process_time()
query = make_query(plan, {})
render(counts_view(plan, query, query.select(plan), ("pilot", "year")))
print(time.process_time() - loaded, loaded - started)
