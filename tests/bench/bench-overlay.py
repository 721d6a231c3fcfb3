# SPDX-License-Identifier: MIT
"""Overlays on photographs: drawing them, making PNGs of them, and exporting them with a legend, all
from files to files, beside OpenCV (boolean masks, addWeighted, imwrite) and matplotlib (imshow,
savefig at the same size). The overlays' pixels are compared: they may differ by rounding alone.

bench-overlay.py MASKSCOPE OVERLAY-SPEED [--pairs N] [--side N] [--rounds N]"""

import argparse
import json
import os
import sys

import numpy as np

from rounds import Failed, Folder, measure, print_table, run, run_script
from sets import make_photographs

CONTENDERS = {'OpenCV imwrite': 'opencv', 'matplotlib savefig': 'matplotlib'}
ROUNDING = 2 # levels: a rounding each of blending and of JPEG's colours


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument('maskscope')
    parser.add_argument('speed')
    parser.add_argument('--pairs', type=int, default=8)
    parser.add_argument('--side', type=int, default=2048)
    parser.add_argument('--rounds', type=int, default=3)
    return parser.parse_args()


class Bench:
    def __init__(self, options, folder):
        self.options, self.folder = options, folder
        self.set = os.path.join(folder, 'set')
        self.listing = os.path.join(folder, 'files')
        triples = make_photographs(self.set, options.pairs, options.side)
        with open(self.listing, 'w', encoding='utf-8') as lines:
            lines.writelines('\t'.join(triple) + '\n' for triple in triples)
        self.names = [os.path.splitext(os.path.basename(actual))[0] for _, actual, _ in triples]

    def output(self, name):
        return os.path.join(self.folder, name)

    def export(self, *arguments):
        times, _ = run([self.options.maskscope, 'export', self.set, '-o', self.output('maskscope'),
                        '--jobs', '1', '--quiet', *arguments])
        return times

    def draw(self):
        _, output = run([self.options.speed, self.set])
        return json.loads(output)

    def draw_with(self, contender):
        return run_script('draw-with.py', contender, self.listing, self.output(contender))

    def compare(self):
        """The plain overlays beside OpenCV's, which have them at their upper edge."""
        from PIL import Image
        self.export('--plain')
        for name in self.names:
            own, other = (np.asarray(Image.open(os.path.join(self.output(by), name + '.png')))
                          for by in ('maskscope', 'opencv'))
            difference = np.abs(own.astype(int) - other[:own.shape[0]]).max()
            if difference > ROUNDING:
                raise Failed(f'{name}: pixels differ by {difference} of 255 from OpenCV\'s')
        print('Pixels agree with OpenCV\'s but for rounding\n', flush=True)

    def bytes_of(self, folder):
        return sum(os.path.getsize(os.path.join(self.output(folder), name + '.png'))
                   for name in self.names) / len(self.names)

    def run(self):
        contenders = {'overlay-speed': self.draw, 'maskscope export': self.export}
        for name, contender in CONTENDERS.items():
            contenders[name] = lambda contender=contender: self.draw_with(contender)
        medians = measure(contenders, self.options.rounds)
        own, speed = medians['maskscope export'], medians.pop('overlay-speed')
        n, megapixels = self.options.pairs, self.options.pairs * self.options.side ** 2 / 1e6
        print(f'{n} photographs of {self.options.side} x {self.options.side}; processor seconds, '
              f'medians of {self.options.rounds} rounds\n')

        rows = [['maskscope', megapixels / speed['draw'], 1.0, megapixels / speed['encode'], 1.0]]
        if 'OpenCV imwrite' in medians:
            other = medians['OpenCV imwrite']
            rows.append(['OpenCV', megapixels / other['draw'], other['draw'] / speed['draw'],
                         megapixels / other['encode'], other['encode'] / speed['encode']])
        print_table(['in memory', 'drawing, Mpx/s', 'x maskscope', 'PNG, Mpx/s', 'x maskscope'], rows)

        rows = []
        for name, times in medians.items():
            rows.append([name, f"{times['whole'] / n:.3f}", megapixels / times['whole'],
                         times['whole'] / own['whole'],
                         times.get('seconds', times['whole']) / own['whole'],
                         f"{self.bytes_of(CONTENDERS.get(name, 'maskscope')) / 1e6:.2f}"])
        print_table(['files to files', 's a picture', 'Mpx/s', 'x maskscope', 'started', 'MB'], rows)
        if 'OpenCV imwrite' in medians:
            self.compare()


def main():
    options = parse()
    with Folder() as folder:
        try:
            Bench(options, folder).run()
        except ImportError as error:
            print(f'Skipped: {error.name} is not installed')
            sys.exit(77)
        except Failed as failure:
            sys.exit(str(failure))


main()
