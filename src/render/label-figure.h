/* SPDX-License-Identifier: MIT
 *
 * The figure of a label set: title, image, and the labels as chips in rows of what is right,
 * missed and extra, told apart by word, sign and colour; scores under them. For papers and
 * reports, as render/figure.h is for masks.
 */
#pragma once

#include <cairo.h>
#include <stdbool.h>
#include <stddef.h>

#include "render/compose.h"

/* What became of one label. */
typedef struct {
  const char *name;
  MsKind kind;       /* TP right, FN missed, FP extra, TN rightly absent, IGNORED */
  const char *score; /* in words; NULL: none */
} MsFigureLabel;

typedef struct {
  const char *title;      /* the example */
  const char *subtitle;   /* model, split, rules in force; may be NULL */
  const char *headline;   /* "IoU 0.500 = 2 / (2 + 1 + 1)" */
  const char *verdict;    /* "Not exact: missed Melodic, extra Slow" */
  const char *image_note; /* why there is no image; NULL: nothing to say */
  const MsFigureLabel *labels;
  size_t n_labels;
  bool plain; /* image and chips alone */
} MsLabelFigure;

/* image: RGB24, or NULL. It stands whole and pixel for pixel, centred in the sheet's width, which
 * is at least 640 pixels; one of 448 or fewer on both sides is enlarged by a whole factor. Kinds
 * that are not shown leave out their rows; of rows beyond some thirty lines only the number is
 * told. NULL when a side exceeds 32,767 or memory is short. */
cairo_surface_t *ms_label_figure_new(cairo_surface_t *image, const MsLabelFigure *figure,
                                     const MsOverlayStyle *style);
