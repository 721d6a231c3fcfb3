/* SPDX-License-Identifier: MIT
 *
 * What the render tests share: pixels of surfaces, pyramids that are easy to fill, and the
 * comparison of two pictures, which leaves a picture of the difference where it fails.
 */
#pragma once

#include <cairo.h>
#include <glib.h>

#include "render/pyramid.h"

#define RGB_MASK 0x00ffffffu

uint32_t test_surface_pixel(cairo_surface_t *surface, int x, int y);

/* A pixel of level 0, to read or to write. */
uint32_t *test_image_at(const MsPyramid *image, int x, int y);
uint8_t *test_kinds_at(const MsPyramid *kinds, int x, int y);

/* Level 0 filled with one value. */
MsPyramid *test_image_new(int width, int height, uint32_t rgb);
MsPyramid *test_kinds_new(int width, int height, uint8_t kinds);

void test_pyramid_reduce(MsPyramid *pyramid);

/* The number of pixels whose colours (alpha aside) differ, or -1 when the sizes do. Unless it is 0,
 * *diff_path (caller frees) names a PNG: left what was got, right what was expected, below
 * the differing pixels in red. */
int test_count_different(cairo_surface_t *got, cairo_surface_t *expected, const char *name,
                         char **diff_path);

/* Ends the test, naming the picture, when they differ. */
void test_assert_same_picture(cairo_surface_t *got, cairo_surface_t *expected, const char *name);
