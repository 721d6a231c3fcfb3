/* SPDX-License-Identifier: MIT
 *
 * Columns as stretches of one array; of each column a cursor stands at the first site that is not
 * above the row last asked for. Whole numbers throughout, so nothing is rounded.
 */
#include "metric/distance.h"

#include <stdlib.h>

#include "metric/size.h"

/* Columns looked at beside a row's pixels, by the row's columns, before its envelope is made. */
#define SEARCH_EFFORT 8

/* The parabola of a column's nearest site, lowest from x = from on. */
typedef struct {
  int x;
  int from;
  uint64_t squared; /* vertical distance */
} Arc;

struct MsSites {
  int width;
  size_t *starts; /* width + 1 */
  size_t *next;   /* while sites are added, where the next goes */
  int32_t *ys;
  Arc *arcs;
  bool is_complete;
};

MsStatus
ms_sites_new(int width, const uint32_t *n_in_column, MsSites **sites)
{
  MsSites *made = calloc(1, sizeof *made);
  size_t n_sites = 0, n_bytes;

  if (!made)
    return MS_STATUS_NO_MEMORY;
  made->width = width;
  made->starts = malloc(((size_t)width + 1) * sizeof *made->starts);
  made->next = malloc((size_t)width * sizeof *made->next);
  made->arcs = malloc((size_t)width * sizeof *made->arcs);
  if (!made->starts || !made->next || !made->arcs) {
    ms_sites_free(made);
    return MS_STATUS_NO_MEMORY;
  }
  for (int x = 0; x < width; x++) {
    made->starts[x] = made->next[x] = n_sites;
    n_sites += n_in_column[x];
  }
  made->starts[width] = n_sites;
  made->ys = ms_size_mul(n_sites + 1, sizeof *made->ys, &n_bytes) ? malloc(n_bytes) : NULL;
  if (!made->ys) {
    ms_sites_free(made);
    return MS_STATUS_NO_MEMORY;
  }
  *sites = made;
  return MS_STATUS_OK;
}

void
ms_sites_free(MsSites *sites)
{
  if (!sites)
    return;
  free(sites->starts);
  free(sites->next);
  free(sites->ys);
  free(sites->arcs);
  free(sites);
}

void
ms_sites_add(MsSites *sites, int x, int y)
{
  sites->ys[sites->next[x]++] = y;
}

static void
complete(MsSites *sites)
{
  for (int x = 0; x < sites->width; x++)
    sites->next[x] = sites->starts[x];
  sites->is_complete = true;
}

/* Squared, from row y to the nearest site of column x; NONE: it has none. */
static uint64_t
vertical(MsSites *sites, int x, int y)
{
  size_t first = sites->starts[x], end = sites->starts[x + 1], at = sites->next[x];
  int64_t nearest = INT64_MAX;

  if (first == end)
    return MS_DISTANCE_NONE;
  while (at < end && sites->ys[at] < y)
    at++;
  sites->next[x] = at;
  if (at > first)
    nearest = (int64_t)y - sites->ys[at - 1];
  if (at < end && (int64_t)sites->ys[at] - y < nearest)
    nearest = (int64_t)sites->ys[at] - y;
  return (uint64_t)(nearest * nearest);
}

/* false: so many columns have been looked at without coming to an end. */
static bool
search(MsSites *sites, int x, int y, int64_t *effort, uint64_t *squared)
{
  uint64_t best = vertical(sites, x, y);

  for (int dx = 1; (uint64_t)dx * (uint64_t)dx < best; dx++) {
    uint64_t horizontal = (uint64_t)dx * (uint64_t)dx, other;

    if (x - dx < 0 && x + dx >= sites->width)
      break;
    if ((*effort)-- == 0)
      return false;
    if (x - dx >= 0) {
      other = vertical(sites, x - dx, y);
      if (other != MS_DISTANCE_NONE && other + horizontal < best)
        best = other + horizontal;
    }
    if (x + dx < sites->width) {
      other = vertical(sites, x + dx, y);
      if (other != MS_DISTANCE_NONE && other + horizontal < best)
        best = other + horizontal;
    }
  }
  *squared = best;
  return true;
}

static uint64_t
height_of(const Arc *arc, int x)
{
  int64_t dx = (int64_t)x - arc->x;

  return (uint64_t)(dx * dx) + arc->squared;
}

/* The last x at which `left` is not above `right`; it is so somewhere in the image. */
static int64_t
last_of(const Arc *left, const Arc *right)
{
  int64_t left_x = left->x, right_x = right->x;

  return (right_x * right_x - left_x * left_x + (int64_t)right->squared - (int64_t)left->squared) /
         (2 * (right_x - left_x));
}

static int
make_envelope(MsSites *sites, int y)
{
  Arc *arcs = sites->arcs;
  int n = 0;

  for (int x = 0; x < sites->width; x++) {
    Arc arc = {.x = x, .squared = vertical(sites, x, y)};

    if (arc.squared == MS_DISTANCE_NONE)
      continue;
    while (n > 0 && height_of(&arcs[n - 1], arcs[n - 1].from) > height_of(&arc, arcs[n - 1].from))
      n--;
    if (n > 0) {
      int64_t from = last_of(&arcs[n - 1], &arc) + 1;

      if (from >= sites->width)
        continue;
      arc.from = (int)from;
    }
    arcs[n++] = arc;
  }
  return n;
}

void
ms_sites_measure(MsSites *sites, int y, const int *xs, int n, uint64_t *squared)
{
  int64_t effort = (int64_t)SEARCH_EFFORT * sites->width;
  int done = 0, n_arcs, arc = 0;

  if (!sites->is_complete)
    complete(sites);
  while (done < n && search(sites, xs[done], y, &effort, &squared[done]))
    done++;
  if (done == n)
    return;
  n_arcs = make_envelope(sites, y);
  for (; done < n; done++) {
    while (arc + 1 < n_arcs && sites->arcs[arc + 1].from <= xs[done])
      arc++;
    squared[done] = n_arcs > 0 ? height_of(&sites->arcs[arc], xs[done]) : MS_DISTANCE_NONE;
  }
}
