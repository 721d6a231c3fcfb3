/* SPDX-License-Identifier: MIT
 *
 * The annotated figure: the overlay at full resolution and, under it, title, legend with counts and
 * scores, set in one type scale relative to the picture's width. Drawn with Cairo and Pango onto a
 * white sheet, for papers and reports.
 */
#pragma once

#include "metric/confusion.h"
#include "render/compose.h"
#include "render/sheet.h"

/* More classes are counted, not named. */
#define MS_FIGURE_MAX_CLASSES 24

/* A class that the picture shows. */
typedef struct {
  const char *name;
  MsColor color;
  uint64_t pixels;
} MsFigureClass;

typedef struct {
  const char *title;    /* the example */
  const char *subtitle; /* model, split, rules in force; may be NULL */
  const char *headline; /* "IoU 0.788 = 416 / (416 + 73 + 39)" */
  const char *verdict;  /* "Not exact: 112 of 1,024 pixels differ" */
  MsKindCounts kinds;
  bool has_confused; /* several classes: the confused chip is shown */

  /* The picture shows classes: they stand in the legend in the place of kinds. NULL: it does not.
   */
  const MsFigureClass *classes;
  int n_classes;
} MsFigureText;

/* Puts a picture on a sheet with its legend; it and text are lent as long as the drawing is used.
 * Shown kinds have a filled swatch, hidden ones an empty one; ignored pixels have a chip when there
 * are any. The picture stands whole and pixel for pixel, centred in the sheet's width, which is at
 * least 480 pixels; one of 224 or fewer on both sides is enlarged by a whole factor, every pixel a
 * square. Texts that are NULL or empty leave no gap. */
MsDrawing *ms_figure_new(const MsPixelRows *picture, const MsFigureText *text,
                         const MsOverlayStyle *style);
