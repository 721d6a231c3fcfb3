/* SPDX-License-Identifier: MIT
 *
 * Polygons by the rule of COCO's reference, which walks the outline in fifths of a pixel. All that
 * counts of that walk is where it steps from the middle fifth of a column (2) to the next one (3):
 * there the column's mask changes, at the higher of the two points. These steps are worked out one
 * by one, so an edge costs the columns it crosses, not its length. Sorted down the columns they are
 * the runs; two at one place cancel out.
 */
#include "io/run-length-private.h"

#include <math.h>
#include <stdlib.h>

#include "io/error.h"

#define FIFTHS 5
#define MIDDLE 2

typedef struct {
  gint64 x; /* in fifths of a pixel */
  gint64 y;
} Node;

/* Columns from first on, before end. */
typedef struct {
  gint64 first;
  gint64 end;
} Columns;

typedef struct {
  int width;
  int height;
  guint32 *places; /* column * height + row */
  gsize n_places;
} Outline;

/* Toward zero, as the reference does. */
static gint64
to_whole(double value)
{
  return (gint64)(value + 0.5);
}

static Node
node_at(const double *points, gsize i)
{
  return (Node){to_whole(FIFTHS * points[2 * i]), to_whole(FIFTHS * points[2 * i + 1])};
}

/* Whose step from the middle fifth to the next lies between two x. */
static Columns
crossed_columns(gint64 x, gint64 other_x, int width)
{
  gint64 low = MAX(MIN(x, other_x), 0), high = MAX(x, other_x);
  gint64 first = (low - MIDDLE + FIFTHS - 1) / FIFTHS;
  gint64 end = high > MIDDLE ? (high - MIDDLE - 1) / FIFTHS + 1 : 0;

  return (Columns){first, MAX(first, MIN(end, width))};
}

static void
add_place(Outline *outline, gint64 column, gint64 y)
{
  gint64 row = CLAMP((y + MIDDLE) / FIFTHS, 0, outline->height);

  outline->places[outline->n_places++] = (guint32)(column * outline->height + row);
}

/* An edge that is at least as wide as high, from its left end. */
static void
cross_wide(Outline *outline, Node left, Node right)
{
  Columns columns = crossed_columns(left.x, right.x, outline->width);
  double slope = (double)(right.y - left.y) / (double)(right.x - left.x);

  for (gint64 column = columns.first; column < columns.end; column++) {
    gint64 step = FIFTHS * column + MIDDLE - left.x;
    gint64 y = to_whole((double)left.y + slope * (double)step);
    gint64 next_y = to_whole((double)left.y + slope * (double)(step + 1));

    add_place(outline, column, MIN(y, next_y));
  }
}

/* The first step, of an edge that is higher than wide, whose x is on the other side of a column's
 * middle than its top. */
static gint64
find_step(Node top, double slope, gint64 n_steps, gint64 middle)
{
  gint64 low = 0, high = n_steps;

  while (low < high) {
    gint64 step = low + (high - low) / 2;
    gint64 x = to_whole((double)top.x + slope * (double)step);

    if (slope > 0 ? x > middle : x <= middle)
      high = step;
    else
      low = step + 1;
  }
  return low;
}

static void
cross_high(Outline *outline, Node top, Node bottom)
{
  Columns columns = crossed_columns(top.x, bottom.x, outline->width);
  gint64 n_steps = bottom.y - top.y;
  double slope = (double)(bottom.x - top.x) / (double)n_steps;

  for (gint64 column = columns.first; column < columns.end; column++)
    add_place(outline, column,
              top.y + find_step(top, slope, n_steps, FIFTHS * column + MIDDLE) - 1);
}

static void
cross_edge(Outline *outline, Node from, Node to)
{
  if (from.x == to.x)
    return;
  if (ABS(to.x - from.x) >= ABS(to.y - from.y))
    from.x < to.x ? cross_wide(outline, from, to) : cross_wide(outline, to, from);
  else
    from.y < to.y ? cross_high(outline, from, to) : cross_high(outline, to, from);
}

static gboolean
are_usable(const double *points, gsize n_points)
{
  for (gsize i = 0; i < 2 * n_points; i++)
    if (!(fabs(points[i]) <= MS_POLYGON_MAX_COORDINATE))
      return FALSE;
  return TRUE;
}

guint64
ms_run_length_count_crossings(const double *points, gsize n_points, int width)
{
  guint64 n = 0;

  if (!are_usable(points, n_points))
    return 0;
  for (gsize i = 0; i < n_points; i++) {
    gsize next = i + 1 < n_points ? i + 1 : 0;
    Columns columns = crossed_columns(node_at(points, i).x, node_at(points, next).x, width);

    n += (guint64)(columns.end - columns.first);
  }
  return n;
}

static gboolean
check_polygon(const double *points, gsize n_points, guint64 n_crossings, const char *where,
              GError **error)
{
  if (n_points < 3) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
                "%s: a polygon of %" G_GSIZE_FORMAT " points; it needs at least 3", where,
                n_points);
    return FALSE;
  }
  if (!are_usable(points, n_points)) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
                "%s: a polygon with a coordinate that is not a number from -%.0f to %.0f", where,
                MS_POLYGON_MAX_COORDINATE, MS_POLYGON_MAX_COORDINATE);
    return FALSE;
  }
  if (n_crossings > MS_POLYGON_MAX_CROSSINGS) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE,
                "%s: a polygon that crosses columns %" G_GUINT64_FORMAT
                " times; up to %u times are read",
                where, n_crossings, MS_POLYGON_MAX_CROSSINGS);
    return FALSE;
  }
  return TRUE;
}

static int
compare_places(const void *a, const void *b)
{
  guint32 first = *(const guint32 *)a, second = *(const guint32 *)b;

  return (first > second) - (first < second);
}

/* Of sorted places those that do not cancel out; returns how many. */
static gsize
cancel_pairs(guint32 *places, gsize n_places)
{
  gsize n = 0;

  for (gsize i = 0; i < n_places; i++) {
    if (n > 0 && places[n - 1] == places[i])
      n--;
    else
      places[n++] = places[i];
  }
  return n;
}

/* Turns n places, behind which there is room for one more, into runs; returns how many. */
static gsize
places_to_runs(guint32 *places, gsize n, guint32 n_pixels)
{
  guint32 before = 0;

  if (n == 0 || places[n - 1] < n_pixels)
    places[n++] = n_pixels;
  for (gsize i = 0; i < n; i++) {
    guint32 place = places[i];

    places[i] = place - before;
    before = place;
  }
  return n;
}

gboolean
ms_run_length_from_polygon(const double *points, gsize n_points, int width, int height,
                           const char *where, MsRunLength *mask, GError **error)
{
  guint64 n_crossings = ms_run_length_count_crossings(points, n_points, width);
  Outline outline = {width, height, NULL, 0};
  gsize n;

  *mask = (MsRunLength){0};
  if (!ms_run_length_check_size(width, height, where, error) ||
      !check_polygon(points, n_points, n_crossings, where, error))
    return FALSE;
  outline.places = ms_run_length_alloc((gsize)n_crossings + 1, where, error);
  if (!outline.places)
    return FALSE;
  for (gsize i = 0; i < n_points; i++)
    cross_edge(&outline, node_at(points, i), node_at(points, i + 1 < n_points ? i + 1 : 0));
  qsort(outline.places, outline.n_places, sizeof *outline.places, compare_places);
  n = cancel_pairs(outline.places, outline.n_places);
  n = places_to_runs(outline.places, n, (guint32)width * (guint32)height);
  *mask = (MsRunLength){width, height, (guint)n, g_renew(guint32, outline.places, n)};
  return TRUE;
}
