"""Runs a command with no output; prints its status, CPU ms, wall ms and peak memory in MB, children included.

Usage: measure.py COMMAND [WORD ...]
"""

import os
import sys
import time

nothing = os.open(os.devnull, os.O_WRONLY)
begin = time.perf_counter()
process = os.posix_spawn(
    sys.argv[1], sys.argv[1:], os.environ,
    file_actions=[(os.POSIX_SPAWN_DUP2, nothing, 1), (os.POSIX_SPAWN_DUP2, nothing, 2)],
)
_, status, usage = os.wait4(process, 0)
wall = time.perf_counter() - begin
print(
    os.waitstatus_to_exitcode(status), (usage.ru_utime + usage.ru_stime) * 1000, wall * 1000, usage.ru_maxrss / 1000
)
