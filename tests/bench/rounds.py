# SPDX-License-Identifier: MIT
"""Timing side by side: all contenders in turn, round after round, on one processor unless more are
asked for; medians of the rounds. Times are of the processor, user and system together: with files
in the page cache that is what passes on a machine that does nothing else, and on one that does it
still says what the work costs."""

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ONE_THREAD = {name: '1' for name in ('OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS')}


class Failed(Exception):
    pass


class Missing(Exception):
    """A contender's module is not installed."""


def processors(n=None):
    """The first n of those that this process may run on; None: all."""
    return set(sorted(os.sched_getaffinity(0))[:n])


def spent():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def run(command, n_processors=1, env=None):
    """The process's seconds of the processor ('whole') and of the clock ('elapsed'); its output."""
    def confine():
        os.sched_setaffinity(0, processors(n_processors))

    before, begin = spent(), time.monotonic()
    done = subprocess.run(command, preexec_fn=confine, env={**os.environ, **ONE_THREAD, **(env or {})},
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    times = {'elapsed': time.monotonic() - begin, 'whole': spent() - before}
    if done.returncode == 77:
        raise Missing(done.stdout.strip())
    if done.returncode != 0:
        raise Failed(f'{command[0]} ended with {done.returncode}: {done.stderr.strip()}')
    return times, done.stdout


def run_script(script, *arguments):
    """Another Python script, which prints one line of JSON; that, with the times of its process."""
    times, output = run([sys.executable, '-B', os.path.join(HERE, script), *arguments])
    return {**json.loads(output), **times}


def measure(contenders, n_rounds):
    """contenders: name -> function that gives a dict of numbers. Each number's median; a contender
    whose module is missing is told of and left out."""
    rounds = {name: [] for name in contenders}
    for _ in range(n_rounds):
        for name in list(rounds):
            try:
                rounds[name].append(contenders[name]())
            except Missing as reason:
                print(f'{name}: left out, {reason}')
                del rounds[name]
    return {name: {key: statistics.median(r[key] for r in results) for key in results[0] if isinstance(results[0][key], float)}
            for name, results in rounds.items()}


class Folder:
    """A temporary folder that is gone afterwards."""

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix='maskscope-bench-')
        return self.path

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)


def print_table(heads, rows):
    """The first column to the left, the others to the right."""
    cells = [heads] + [[cell if isinstance(cell, str) else f'{cell:,.2f}' if cell < 100 else f'{cell:,.0f}'
                        for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(heads))]
    for row in cells:
        print('  '.join(cell.rjust(width) if i else cell.ljust(width)
                        for i, (cell, width) in enumerate(zip(row, widths))).rstrip())
    print(flush=True)
