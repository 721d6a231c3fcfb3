# SPDX-License-Identifier: MIT
"""Scoring mask pairs from PNG files, in the page cache, beside what people write for themselves and
beside the bare time of inflating and unfiltering the same files. Whole processes on one processor;
scores compared to 1e-9, or the benchmark fails.

bench-scoring.py MASKSCOPE [FLOOR] [--pairs N] [--side N]... [--rounds N] [--kind NAME]...
FLOOR: bench-inflate."""

import argparse
import csv
import json
import math
import os
import sys
import time

from rounds import Failed, Folder, measure, print_table, processors, run, run_script
from sets import KINDS, link_masks, make_masks

CONTENDERS = {'Pillow + NumPy': 'pillow', 'OpenCV': 'opencv', 'scikit-image': 'scikit-image',
              'scikit-learn jaccard_score': 'scikit-learn'}
# Pairs of 512 x 512 that they are given at most, of larger ones as many fewer; their time is scaled.
LIMITS = {'Pillow + NumPy': 1000, 'OpenCV': 200, 'scikit-image': 200,
          'scikit-learn jaccard_score': 10}
TOLERANCE = 1e-9
MORE = 10 # times as many pairs, of small masks, to tell what starting costs and what a pair does
MORE_SIDE = 512
YOUNG = 3 # seconds: of files that have just changed no results are kept


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument('maskscope')
    parser.add_argument('floor', nargs='?')
    parser.add_argument('--pairs', type=int, default=1000)
    parser.add_argument('--side', type=int, action='append')
    parser.add_argument('--rounds', type=int, default=3)
    parser.add_argument('--kind', action='append', choices=list(KINDS))
    return parser.parse_args()


def choose(options):
    """Kind, side and number of pairs: all that are asked for; else every kind small, and one large, of
    which there must be more than the first 64, which are read twice."""
    if options.kind or options.side:
        return [(kind, side, options.pairs)
                for side in options.side or [512] for kind in options.kind or KINDS]
    return [(kind, 512, options.pairs) for kind in KINDS] + [('grey, OpenCV', 2048, options.pairs // 2)]


class Bench:
    """One kind of masks."""

    def __init__(self, options, kind, side, n_pairs, folder):
        self.options, self.kind, self.side, self.folder = options, kind, side, folder
        self.set = os.path.join(folder, 'set')
        self.pairs = make_masks(self.set, kind, n_pairs, side)
        self.scores = {}

    def limit(self, name):
        return max(1, round(LIMITS[name] * (512 / self.side) ** 2))

    def path(self, name):
        return os.path.join(self.folder, name)

    # --- contenders ---

    def time(self, folder, jobs, table, *arguments, env=None):
        times, _ = run([self.options.maskscope, 'evaluate', folder, '--jobs', str(jobs), '--quiet',
                        '-o', table, *arguments], jobs, env)
        return times

    def evaluate(self, jobs, *arguments, env=None):
        """maskscope's scores, read back from its CSV."""
        table = self.path('scores.csv')
        times = self.time(self.set, jobs, table, *arguments, env=env)
        with open(table, newline='', encoding='utf-8') as lines:
            rows = list(csv.DictReader(lines))
        wanted = '*' if self.kind == 'palette' else rows[0]['class']
        self.scores['maskscope'] = [float(row['iou']) for row in rows if row['class'] == wanted]
        return times

    def evaluate_again(self):
        return self.evaluate(1, env={'MASKSCOPE_CACHE': self.path('cache')})

    def inflate(self):
        """bench-inflate's lines "NAME SECONDS s ...": best times, file by file."""
        _, output = run([self.options.floor, '--rounds', '3', self.set])
        lines = {line[:22].strip(): float(line[22:].split()[0]) for line in output.splitlines()
                 if line.startswith('floor: both') or line.startswith('floor, and reading')}
        return {'whole': lines['floor: both'], 'reading': lines['floor, and reading']}

    def score_with(self, name):
        pairs = self.pairs[:self.limit(name)]
        listing = self.path('pairs')
        with open(listing, 'w', encoding='utf-8') as lines:
            lines.writelines('\t'.join(pair) + '\n' for pair in pairs)
        result = run_script('score-with.py', CONTENDERS[name], self.kind, listing)
        self.scores[name] = result['scores']
        start, scale = result['whole'] - result['seconds'], len(self.pairs) / len(pairs)
        return {'seconds': result['seconds'] * scale, 'whole': start + result['seconds'] * scale,
                'elapsed': result['elapsed']}

    def contenders(self):
        all_jobs = len(processors())
        contenders = {'maskscope': lambda: self.evaluate(1, '--no-cache')}
        if all_jobs > 1:
            contenders[f'maskscope --jobs {all_jobs}'] = lambda: self.evaluate(all_jobs, '--no-cache')
        contenders['maskscope, opened again'] = self.evaluate_again
        if self.options.floor:
            contenders['inflate + unfilter'] = self.inflate
        for name in CONTENDERS:
            contenders[name] = lambda name=name: self.score_with(name)
        return contenders

    # --- the scores ---

    def read_mean(self):
        table = self.path('scores.json')
        run([self.options.maskscope, 'evaluate', self.set, '--no-cache', '--quiet', '-o', table])
        with open(table, encoding='utf-8') as text:
            return json.load(text)['models'][0]['set']['iou']['mean']

    def compare(self):
        own = self.scores.pop('maskscope')
        if len(own) != len(self.pairs):
            raise Failed(f'{len(own)} scores of {len(self.pairs)} pairs')
        for name, scores in self.scores.items():
            for i, (expected, got) in enumerate(zip(scores, own)):
                if not abs(expected - got) <= TOLERANCE:
                    raise Failed(f'{self.pairs[i][0]}: {got!r}, but {expected!r} by {name}')
            if len(scores) == len(own):
                mean = math.fsum(scores) / len(scores)
                if not abs(mean - self.read_mean()) <= TOLERANCE:
                    raise Failed(f'the mean is not {mean!r}, as by {name}')
        return [f'{name} ({len(scores)})' for name, scores in self.scores.items()]

    # --- the table ---

    def report(self, medians):
        own = medians['maskscope']['whole']
        floor = medians.get('inflate + unfilter', {}).get('whole')
        megapixels = len(self.pairs) * 2 * self.side ** 2 / 1e6
        rows = []
        if floor:
            reading = medians['inflate + unfilter']['reading']
            medians = {**medians, 'the same, and reading': {'whole': reading}}
        for name, numbers in medians.items():
            whole = numbers['whole']
            rows.append([name, f'{whole:.3f}', f"{numbers['seconds']:.3f}" if 'seconds' in numbers else '',
                         len(self.pairs) / whole, megapixels / whole, whole / own,
                         numbers.get('seconds', whole) / own, whole / floor if floor else ''])
        size = sum(os.path.getsize(path) for pair in self.pairs for path in pair)
        print(f'{self.kind}: {KINDS[self.kind]}; {len(self.pairs)} pairs of {self.side} x '
              f'{self.side}, {size / len(self.pairs) / 2:,.0f} bytes a file')
        print_table(['', 'seconds', 'started', 'pairs/s', 'Mpx/s', 'x maskscope', 'started', 'x floor'],
                    rows)

    def report_jobs(self, medians):
        n = len(processors())
        if n == 1:
            return
        one, all_ = medians['maskscope']['elapsed'], medians[f'maskscope --jobs {n}']['elapsed']
        print(f'By the clock: {one:.3f} s with one job, {all_:.3f} s with {n}: '
              f'{one / all_:.2f} times as fast\n')

    def report_more(self, medians):
        """What a pair costs beyond the first ones, which bear what starting costs."""
        if self.side > MORE_SIDE:
            return
        n, jobs, more = len(self.pairs), len(processors()), self.path('more')
        link_masks(self.set, more, MORE)
        few = {1: medians['maskscope']}
        if jobs > 1:
            few[jobs] = medians[f'maskscope --jobs {jobs}']
        many = measure({j: lambda j=j: self.time(more, j, self.path('more.csv'), '--no-cache')
                        for j in few}, self.options.rounds)
        floor = medians.get('inflate + unfilter', {}).get('whole')
        for j in few:
            pair = (many[j]['whole'] - few[j]['whole']) / (n * (MORE - 1))
            beside = f', {pair * n / floor:.2f} x floor' if floor else ''
            print(f"{n * MORE} pairs, {j} {'job' if j == 1 else 'jobs'}: {many[j]['whole']:.3f} s; a pair "
                  f'beyond the first {n}: {pair * 1e6:.1f} us{beside}')
        if jobs > 1:
            print(f"By the clock: {many[1]['elapsed']:.3f} s with one job, {many[jobs]['elapsed']:.3f} s "
                  f"with {jobs}: {many[1]['elapsed'] / many[jobs]['elapsed']:.2f} times as fast")
        print()

    def run(self):
        time.sleep(YOUNG)
        self.evaluate_again() # for the page cache and for the store
        medians = measure(self.contenders(), self.options.rounds)
        compared = self.compare()
        self.report(medians)
        self.report_jobs(medians)
        self.report_more(medians)
        if compared:
            print('Scores, and the mean where all were scored, agree with: ' + ', '.join(compared) + '\n', flush=True)


def main():
    options = parse()
    print('Processor seconds of whole processes; "started": without the start of Python and its '
          f'imports. Medians of {options.rounds} rounds.')
    print('Python is given the first pairs alone, and its time scaled: of 512 x 512 '
          + ', '.join(f'{n} ({name})' for name, n in LIMITS.items()) + '.')
    print(flush=True)
    for kind, side, n_pairs in choose(options):
        with Folder() as folder:
            try:
                Bench(options, kind, side, n_pairs, folder).run()
            except ImportError as error:
                print(f'{kind}: left out, {error.name} is not installed\n')
            except Failed as failure:
                sys.exit(f'{kind}: {failure}')


main()
