# SPDX-License-Identifier: MIT
"""score-with.py CONTENDER KIND LIST: the IoU of every pair of masks in LIST ("actual<TAB>predicted" a
line) as someone who knows the library writes it: one look at the pixels, no loops over them. Of
several classes: TP, FP and FN summed over all but class 0. Prints JSON: seconds of the processor without
the start of Python and the imports, and the scores. Ends with 77 where the library is missing."""

import json
import sys
import time


def give_up(module):
    print(f'{module} is not installed')
    sys.exit(77)


def ratio(tp, union):
    return float(tp) / float(union) if union else 1.0


def pillow(several):
    import numpy as np
    from PIL import Image

    def read(path):
        return np.asarray(Image.open(path))

    def binary(actual, predicted):
        actual, predicted = read(actual) > 0, read(predicted) > 0
        return ratio(np.count_nonzero(actual & predicted), np.count_nonzero(actual | predicted))

    def classes(actual, predicted):
        joint = read(actual).astype(np.intp) * 8 + read(predicted)
        table = np.bincount(joint.ravel(), minlength=64).reshape(8, 8)
        tp = np.trace(table) - table[0, 0]
        return ratio(tp, table[1:].sum() + table[:, 1:].sum() - tp)

    return classes if several else binary


def opencv(several):
    import cv2
    cv2.setNumThreads(1)
    if several:
        print('it reads palettes as colours')
        sys.exit(77)

    def binary(actual, predicted):
        actual = cv2.imread(actual, cv2.IMREAD_UNCHANGED)
        predicted = cv2.imread(predicted, cv2.IMREAD_UNCHANGED)
        return ratio(cv2.countNonZero(cv2.bitwise_and(actual, predicted)),
                     cv2.countNonZero(cv2.bitwise_or(actual, predicted)))

    return binary


def scikit_image(several):
    import numpy as np
    from PIL import Image
    from skimage.io import imread
    from skimage.metrics import contingency_table

    def binary(actual, predicted):
        actual, predicted = imread(actual) > 0, imread(predicted) > 0
        return ratio(np.count_nonzero(actual & predicted), np.count_nonzero(actual | predicted))

    def classes(actual, predicted): # imread() makes colours of palettes
        table = contingency_table(np.asarray(Image.open(actual)), np.asarray(Image.open(predicted)))
        table = table.toarray()
        tp = np.trace(table) - table[0, 0]
        return ratio(tp, table[1:].sum() + table[:, 1:].sum() - tp)

    return classes if several else binary


def scikit_learn(several):
    import numpy as np
    from PIL import Image
    from sklearn.metrics import jaccard_score

    def read(path):
        return np.asarray(Image.open(path)).ravel()

    def binary(actual, predicted):
        return float(jaccard_score(read(actual) > 0, read(predicted) > 0))

    def classes(actual, predicted):
        return float(jaccard_score(read(actual), read(predicted), labels=range(1, 8), average='micro'))

    return classes if several else binary


CONTENDERS = {'pillow': pillow, 'opencv': opencv, 'scikit-image': scikit_image,
              'scikit-learn': scikit_learn}


def main():
    name, kind, listing = sys.argv[1:]
    try:
        score = CONTENDERS[name](kind == 'palette')
    except ImportError as error:
        give_up(error.name)
    with open(listing, encoding='utf-8') as lines:
        pairs = [line.rstrip('\n').split('\t') for line in lines]
    begin = time.process_time()
    scores = [score(*pair) for pair in pairs]
    print(json.dumps({'seconds': time.process_time() - begin, 'scores': scores}))


main()
