# SPDX-License-Identifier: MIT
"""draw-with.py CONTENDER LIST FOLDER: overlays of right, extra and missed pixels on photographs
("image<TAB>actual<TAB>predicted" a line of LIST), as people draw them, each with a title and its
numbers, written to FOLDER as PNG. Prints JSON: processor seconds of drawing alone, of encoding
alone, and of everything but the start of Python and the imports. Ends with 77 where the library is
missing."""

import json
import os
import sys
import time

TP, FP, FN = (0, 158, 115), (213, 94, 0), (0, 114, 178)
LEGEND = 160 # pixels below the picture


def opencv():
    import cv2
    import numpy as np
    cv2.setNumThreads(1)
    times = {'draw': 0.0, 'encode': 0.0}

    def overlay(image, actual, predicted):
        actual, predicted = actual > 0, predicted > 0
        painted = image.copy()
        painted[actual & predicted] = TP[::-1]
        painted[~actual & predicted] = FP[::-1]
        painted[actual & ~predicted] = FN[::-1]
        return cv2.addWeighted(painted, 0.5, image, 0.5, 0)

    def export(image, actual, predicted, path):
        image = cv2.imread(image)
        actual = cv2.imread(actual, cv2.IMREAD_UNCHANGED)
        predicted = cv2.imread(predicted, cv2.IMREAD_UNCHANGED)
        begin = time.process_time()
        picture = overlay(image, actual, predicted)
        times['draw'] += time.process_time() - begin
        tp = cv2.countNonZero(actual & predicted)
        union = cv2.countNonZero(actual | predicted)
        sheet = np.full((picture.shape[0] + LEGEND, picture.shape[1], 3), 255, np.uint8)
        sheet[:picture.shape[0]] = picture
        for i, text in enumerate((os.path.basename(path), f'IoU {tp / union:.3f} = {tp} / {union}')):
            cv2.putText(sheet, text, (20, picture.shape[0] + 50 + 50 * i), cv2.FONT_HERSHEY_SIMPLEX,
                        1.0, (0, 0, 0), 2, cv2.LINE_AA)
        begin = time.process_time()
        _, png = cv2.imencode('.png', sheet)
        times['encode'] += time.process_time() - begin
        png.tofile(path)

    return export, times


def matplotlib():
    import matplotlib
    matplotlib.use('Agg')
    import numpy as np
    from matplotlib import pyplot
    from matplotlib.patches import Patch
    from PIL import Image
    times = {}

    def export(image, actual, predicted, path):
        image = np.asarray(Image.open(image))
        actual = np.asarray(Image.open(actual)) > 0
        predicted = np.asarray(Image.open(predicted)) > 0
        painted = np.zeros(image.shape[:2] + (4,), np.uint8)
        kinds = ((actual & predicted, TP, 'true positive'), (~actual & predicted, FP, 'false positive'),
                 (actual & ~predicted, FN, 'false negative'))
        for where, color, _ in kinds:
            painted[where] = color + (128,)
        tp, union = np.count_nonzero(kinds[0][0]), np.count_nonzero(actual | predicted)
        height, width = image.shape[:2]
        figure = pyplot.figure(figsize=(width / 100, (height + LEGEND) / 100), dpi=100)
        axes = figure.add_axes((0, LEGEND / (height + LEGEND), 1, height / (height + LEGEND)))
        axes.axis('off')
        axes.imshow(image)
        axes.imshow(painted)
        figure.text(0.02, 0.08, f'{os.path.basename(path)}  IoU {tp / union:.3f} = {tp} / {union}')
        figure.legend(handles=[Patch(color=[c / 255 for c in color], label=label)
                               for _, color, label in kinds], loc='lower center', ncol=3)
        figure.savefig(path)
        pyplot.close(figure)

    return export, times


def main():
    name, listing, folder = sys.argv[1:]
    try:
        export, times = {'opencv': opencv, 'matplotlib': matplotlib}[name]()
    except ImportError as error:
        print(f'{error.name} is not installed')
        sys.exit(77)
    with open(listing, encoding='utf-8') as lines:
        triples = [line.rstrip('\n').split('\t') for line in lines]
    os.makedirs(folder, exist_ok=True)
    begin = time.process_time()
    for triple in triples:
        name = os.path.splitext(os.path.basename(triple[1]))[0]
        export(*triple, os.path.join(folder, name + '.png'))
    print(json.dumps({'seconds': time.process_time() - begin, **times}))


main()
