/* SPDX-License-Identifier: MIT
 *
 * The figure of a label set: title, image, and the labels as chips in rows of what is right,
 * missed and extra, told apart by word, sign and colour; scores under them. For papers and
 * reports, as render/figure.h is for masks.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "render/compose.h"
#include "render/sheet.h"

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

/* image: NULL, or lent, as the figure is, as long as the drawing is used. It stands whole and pixel
 * for pixel, centred in the sheet's width, which is at least 640 pixels; one of 448 or fewer on
 * both sides is enlarged by a whole factor. Kinds that are not shown leave out their rows; of rows
 * beyond some thirty lines only the number is told. */
MsDrawing *ms_label_figure_new(const MsPixelRows *image, const MsLabelFigure *figure,
                               const MsOverlayStyle *style);
