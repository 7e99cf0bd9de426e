#!/usr/bin/env python3
"""Runs a command and leaves "wall-seconds cpu-seconds peak-kB" in a file: usage.py FILE COMMAND...

The clock starts when the command does, so that the start of Python isn't counted; GNU time has no finer wall time than
hundredths. Processes that the command waits for count with it.
"""

import os
import sys
import time

start = time.perf_counter()
child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(child, 0)
wall = time.perf_counter() - start
with open(sys.argv[1], "w") as out:
    print(f"{wall:.6f} {usage.ru_utime + usage.ru_stime:.3f} {usage.ru_maxrss}", file=out)
sys.exit(1 if os.waitstatus_to_exitcode(status) else 0)
