/* SPDX-License-Identifier: MIT
 *
 * Hard masks as the sets are made of: one byte a pixel, 0 or 255, row after row without padding.
 */
#pragma once

#include <glib.h>

typedef struct {
  int width;
  int height;
  guint8 *pixels;
} Mask;

void mask_init(Mask *mask, int width, int height); /* all background */
void mask_clear(Mask *mask);
int mask_area(const Mask *mask);

/* Positive where the value is below the level. */
void mask_from_field(Mask *mask, const double *field, double level);

/* Keeps the largest 8-connected part and fills its holes, as one who draws an outline does. */
void mask_outline(Mask *mask);

/* Pixels to the border, negative inside; 1000 and more where there is no border. The caller's. */
double *mask_distance(const Mask *mask);

/* TP, FP and FN of a pair of one size. */
typedef struct {
  int tp, fp, fn;
} Agreement;
Agreement mask_compare(const Mask *actual, const Mask *predicted);

/* TP / (TP + FP + FN); 1 when both are empty. */
double agreement_iou(Agreement counts);
