/* SPDX-License-Identifier: MIT
 *
 * A piece of text of known size, ready to paint. Letters do not depend on the desktop's font
 * settings, only on the fonts: no hinting, sizes in pixels, figures of one width.
 */
#pragma once

#include <pango/pangocairo.h>

typedef struct {
  PangoLayout *layout; /* NULL: nothing to say, of no size */
  int width, height;   /* pixels */
} MsCaption;

/* What captions are measured on; cairo_destroy() when all of them are painted. */
cairo_t *ms_caption_measure_new(void);

/* `size` in pixels. NULL and "" make an empty caption; bytes that are not UTF-8 are marked. Of a
 * text of many thousand characters, for which no sheet has room, the middle is left out. */
MsCaption ms_caption_new(cairo_t *measure, const char *string, double size, PangoWeight weight);
void ms_caption_clear(MsCaption *caption);

/* Makes the first n bytes bold. */
void ms_caption_embolden(MsCaption *caption, guint n_bytes);

/* One line, shortened in the middle: ids differ at their ends. */
void ms_caption_fit_line(MsCaption *caption, int width);

/* Wrapped into at most max_lines, shortened at the end; a line break in the text makes none. */
void ms_caption_fit_lines(MsCaption *caption, int width, int max_lines);

/* One line, shortened at its end where it is wider; else as wide as its text. */
void ms_caption_shorten(MsCaption *caption, int width);

/* Pixels from its upper edge to the baseline of its first line. */
int ms_caption_baseline(const MsCaption *caption);

/* grey: 0 is black. */
void ms_caption_paint(const MsCaption *caption, cairo_t *cr, double x, double y, double grey);
