/* SPDX-License-Identifier: MIT
 *
 * Binary masks as run lengths: COCO's (column by column from the top left, first run background;
 * as a list of numbers or as its compressed string) and Kaggle's ("start length ...", starts from
 * 1, column by column). Runs always sum to width * height; every reader checks that before memory
 * is taken for pixels.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  int width;
  int height;
  guint n_runs;
  guint32 *runs; /* background, foreground, background, ... down the columns */
} MsRunLength;

void ms_run_length_clear(MsRunLength *mask);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MsRunLength, ms_run_length_clear)

/* All: sides 1 to MS_RASTER_MAX_SIDE, width * height up to 2^31 - 1; `where` begins the message
 * (file and place). MS_IO_ERROR_PARSE: runs do not fill the size exactly, a character or a number
 * is none, starts do not ascend or lie outside. On error the struct is zeroed. */
gboolean ms_run_length_from_string(const char *text, gsize length, int width, int height,
                                   const char *where, MsRunLength *mask, GError **error);
gboolean ms_run_length_from_counts(const guint32 *counts, gsize n_counts, int width, int height,
                                   const char *where, MsRunLength *mask, GError **error);
/* Kaggle's. Empty, "-1" and "nan" are the empty mask. Runs may touch, not overlap. */
gboolean ms_run_length_from_starts(const char *text, int width, int height, const char *where,
                                   MsRunLength *mask, GError **error);

/* Whether a text without blanks around it is an empty mask of that kind. */
gboolean ms_run_length_is_empty_text(const char *text);

#define MS_POLYGON_MAX_COORDINATE 4e8
#define MS_POLYGON_MAX_CROSSINGS  (1u << 24)

/* How often the outline of a polygon passes from a column to the next: what rasterising it costs in
 * time and memory. 0: a coordinate is not finite or beyond +-MS_POLYGON_MAX_COORDINATE. */
guint64 ms_run_length_count_crossings(const double *points, gsize n_points, int width);

/* Rasterises a polygon (x0, y0, x1, y1, ...; n_points points, at least 3, finite) in pixels by the
 * rule of COCO's reference: the outline is upsampled five times, walked point by point along its
 * longer side, and a column's boundary is where it is crossed; parts outside are cut off. Source:
 * the published behaviour of rleFrPoly, checked against counts made with it. MS_IO_ERROR_PARSE:
 * fewer than 3 points, a coordinate that is not finite or too far away; MS_IO_ERROR_TOO_LARGE: more
 * than MS_POLYGON_MAX_CROSSINGS. */
gboolean ms_run_length_from_polygon(const double *points, gsize n_points, int width, int height,
                                    const char *where, MsRunLength *mask, GError **error);

/* Calls `visit` for every foreground run as a piece of one column: pixels (x, y) to
 * (x, y + length - 1). */
typedef void (*MsRunVisitor)(int x, int y, int length, gpointer user);
void ms_run_length_visit(const MsRunLength *mask, MsRunVisitor visit, gpointer user);

G_END_DECLS
