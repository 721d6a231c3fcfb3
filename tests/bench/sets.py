# SPDX-License-Identifier: MIT
"""Sets that the benchmarks make for themselves, the same ones every time.

A mask is a few blobs with wavy, ragged edges; the predicted one is the same blobs moved and
reshaped a little, and now and then one too many or too few. Every pair has pixels in common.
"""

import os
import shutil

import numpy as np

N_CLASSES = 8
PALETTE = [0, 0, 0, 230, 25, 75, 60, 180, 75, 255, 225, 25, 0, 130, 200, 245, 130, 48, 145, 30, 180,
           70, 240, 240]

# name: how the masks are kept, and by whom they are written, each at the writer's own defaults
KINDS = {
    'grey, Pillow': 'binary masks of 0 and 255 in 8-bit grey, written by Pillow',
    'grey, OpenCV': 'the same, written by OpenCV',
    'palette': '8 classes as palette indices, written by Pillow',
    '1-bit': 'binary masks of one bit a pixel, written by Pillow',
}


class Blob:
    """An outline around a centre; `grow` and `dx`, `dy` make another blob of it."""

    def __init__(self, rng, side):
        self.x, self.y = rng.uniform(0.15, 0.85, 2) * side
        self.radius = rng.uniform(0.05, 0.2) * side
        self.waves = [(n, rng.uniform(0, 0.12), rng.uniform(0, 2 * np.pi)) for n in (2, 3, 5, 9, 17)]
        self.id = int(rng.integers(1, N_CLASSES))

    def paint(self, mask, rng, dx=0.0, dy=0.0, grow=1.0):
        height, width = mask.shape
        reach = self.radius * grow * 1.7
        x0, x1 = (int(np.clip(self.x + dx + s * reach, 0, width)) for s in (-1, 1))
        y0, y1 = (int(np.clip(self.y + dy + s * reach, 0, height)) for s in (-1, 1))
        y, x = np.ogrid[y0:y1, x0:x1]
        angle = np.arctan2(y - self.y - dy, x - self.x - dx)
        outline = 1 + sum(size * np.sin(n * angle + phase) for n, size, phase in self.waves)
        distance = np.hypot(y - self.y - dy, x - self.x - dx)
        ragged = rng.uniform(-1.5, 1.5, distance.shape)
        mask[y0:y1, x0:x1][distance + ragged < outline * self.radius * grow] = self.id


def make_pair(rng, side):
    """Two masks of ids 0 to N_CLASSES - 1."""
    actual = np.zeros((side, side), np.uint8)
    predicted = np.zeros((side, side), np.uint8)
    blobs = [Blob(rng, side) for _ in range(int(rng.integers(2, 7)))]
    for i, blob in enumerate(blobs):
        blob.paint(actual, rng)
        if i == 0 or rng.random() < 0.9:
            dx, dy = rng.normal(0, 0.008 * side, 2)
            blob.paint(predicted, rng, dx, dy, rng.uniform(0.93, 1.05))
    if rng.random() < 0.15:
        Blob(rng, side).paint(predicted, rng)
    return actual, predicted


def write_mask(mask, kind, path):
    if kind == 'grey, OpenCV':
        import cv2
        cv2.imwrite(path, (mask > 0).astype(np.uint8) * 255)
        return
    from PIL import Image
    if kind == 'palette':
        picture = Image.fromarray(mask, 'P')
        picture.putpalette(PALETTE)
    elif kind == '1-bit':
        picture = Image.fromarray((mask > 0).astype(np.uint8) * 255).convert('1')
    else:
        picture = Image.fromarray((mask > 0).astype(np.uint8) * 255)
    picture.save(path)


DIFFERENT = 200 << 18 # pixels of different pairs; beyond, the files are copies


def make_masks(folder, kind, n_pairs, side):
    """actual/ and predictions/ below the folder; the pairs of paths, in the order of their ids."""
    rng = np.random.default_rng(20240607)
    for role in ('actual', 'predictions'):
        os.makedirs(os.path.join(folder, role))
    pairs = []
    n_different = max(1, DIFFERENT // side ** 2)
    for i in range(n_pairs):
        names = [os.path.join(folder, role, f'e{i:05d}.png') for role in ('actual', 'predictions')]
        if i < n_different:
            for mask, name in zip(make_pair(rng, side), names):
                write_mask(mask, kind, name)
        else:
            for original, name in zip(pairs[i - n_different], names):
                shutil.copyfile(original, name)
        pairs.append(names)
    return pairs


def link_masks(folder, more, n_times):
    """A set of each pair of another one so many times: hard links."""
    for role in ('actual', 'predictions'):
        os.makedirs(os.path.join(more, role))
        for name in os.listdir(os.path.join(folder, role)):
            for i in range(n_times):
                os.link(os.path.join(folder, role, name), os.path.join(more, role, f'{i:02d}-{name}'))


def make_photograph(rng, side):
    """Light that changes slowly, texture, and the noise of a sensor."""
    y, x = np.ogrid[0:side, 0:side]
    channels = []
    for _ in range(3):
        light = sum(rng.uniform(10, 40) * np.sin(x * rng.uniform(-9, 9) / side * np.pi +
                                                 y * rng.uniform(-9, 9) / side * np.pi +
                                                 rng.uniform(0, 6)) for _ in range(4))
        coarse = rng.normal(0, 9, (side // 4 + 1, side // 4 + 1))
        texture = coarse.repeat(4, 0).repeat(4, 1)[:side, :side]
        channels.append(light + texture + rng.normal(128, 2.5, (side, side)))
    return np.clip(np.stack(channels, 2), 0, 255).astype(np.uint8)


def make_photographs(folder, n_pairs, side):
    """As make_masks(), with images/ of JPEG photographs; triples of image, actual, predicted."""
    from PIL import Image
    pairs = make_masks(folder, 'grey, Pillow', n_pairs, side)
    rng = np.random.default_rng(7)
    os.makedirs(os.path.join(folder, 'images'))
    triples = []
    for i, pair in enumerate(pairs):
        name = os.path.join(folder, 'images', f'e{i:05d}.jpg')
        Image.fromarray(make_photograph(rng, side)).save(name, quality=92)
        triples.append([name] + pair)
    return triples
