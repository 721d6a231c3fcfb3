/* SPDX-License-Identifier: MIT
 *
 * Sets whose examples can be told apart on the screen: each image has patches of a colour of its
 * own, in the corners and in the middle, on a ground that repeats (so that making large ones takes
 * seconds) but is no easier to read than a photograph. The masks are discs; the patch in the middle
 * is predicted, and not actual.
 */
#pragma once

#include "render/palette.h"
#include "support/files.h"

/* Half a side of the patches, as a share of the image's. */
#define BENCH_PATCH 0.05

/* Middles of the patches, as shares of the sides. The last one is that in the middle. */
#define BENCH_N_PATCHES 5
extern const double bench_patches[BENCH_N_PATCHES][2];

/* 0xRRGGBB of an example's patches; those of neighbours differ by far. */
guint32 bench_patch_color(guint example);

/* images/, actual/ and predicted/ with PNGs 000.png and on, side x side. Beyond n_different they
 * are links to the first ones, with whose colours they begin again. */
void bench_write_set(const TestFolder *folder, const char *name, guint n_examples,
                     guint n_different, int side);

/* The same of one image, all of one grey, whose predicted mask is a map of probabilities that rises
 * from 0 on the left to 1 on the right in columns; nothing of it is actual but a disc. */
#define BENCH_N_COLUMNS 16
#define BENCH_MAP_GREY  0x60
void bench_write_map(const TestFolder *folder, const char *name, int side);

/* The colour of something over an image at half opacity. */
guint32 bench_half_over(guint32 rgb, MsColor over);
