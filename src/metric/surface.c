/* SPDX-License-Identifier: MIT
 *
 * Borders are looked at row by row inside the bounds of both masks and kept nowhere: of one
 * direction the sites, and how often each distance occurs, are all that there is in memory. Sums
 * run over distances in ascending order, so that they are the same however they were come by.
 */
#include "metric/surface.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "metric/class-rows.h"
#include "metric/control-part.h"
#include "metric/distance.h"
#include "metric/size.h"

/* --- the border of a mask, row by row ----------------------------------------------------------
 */

typedef struct {
  const MsRaster *numbers;
  uint32_t number;
  MsBox box;
  uint8_t *above; /* three rows of the mask with a 0 on both ends */
  uint8_t *here;
  uint8_t *below;
  uint8_t *border;
  uint8_t *owned;
} Border;

static MsStatus
border_init(Border *border, const MsRaster *numbers, uint32_t number, MsBox box)
{
  size_t row = (size_t)(box.x1 - box.x0) + 2, n_bytes;

  *border = (Border){.numbers = numbers, .number = number, .box = box};
  border->owned = ms_size_mul(row, 4, &n_bytes) ? calloc(n_bytes, 1) : NULL;
  if (!border->owned)
    return MS_STATUS_NO_MEMORY;
  border->above = border->owned;
  border->here = border->owned + row;
  border->below = border->owned + 2 * row;
  border->border = border->owned + 3 * row;
  return MS_STATUS_OK;
}

static void
border_clear(Border *border)
{
  free(border->owned);
}

static void
read_below(Border *border, int y)
{
  size_t width = (size_t)(border->box.x1 - border->box.x0);

  if (y < border->box.y1)
    ms_class_row(border->numbers, border->number, y, border->box.x0, border->box.x1,
                 border->below + 1);
  else
    memset(border->below + 1, 0, width);
}

static void
border_start(Border *border)
{
  size_t width = (size_t)(border->box.x1 - border->box.x0);

  memset(border->here + 1, 0, width);
  read_below(border, border->box.y0);
}

/* Of rows with a byte more on both ends. */
static void
mark_border(const uint8_t *restrict above, const uint8_t *restrict here,
            const uint8_t *restrict below, int width, uint8_t *restrict border)
{
  for (int x = 1; x <= width; x++) {
    uint8_t inside = above[x] & below[x] & here[x - 1] & here[x + 1];

    border[x] = here[x] & (uint8_t)~inside;
  }
}

/* The next row, from the first one on: 1 where the border is. Lent until the next call. */
static const uint8_t *
border_next(Border *border, int y)
{
  uint8_t *spare = border->above;

  border->above = border->here;
  border->here = border->below;
  border->below = spare;
  read_below(border, y + 1);
  mark_border(border->above, border->here, border->below, border->box.x1 - border->box.x0,
              border->border);
  return border->border + 1;
}

/* --- how often each distance occurs ------------------------------------------------------------
 */

#define N_NEAR 65536 /* squared distances that are counted; larger ones are listed */

typedef struct {
  uint64_t *near;
  uint64_t *far;
  size_t n_far;
  size_t room;
  uint64_t n;
} Distances;

static MsStatus
add_far(Distances *distances, uint64_t squared)
{
  if (distances->n_far == distances->room) {
    size_t room = distances->room ? distances->room : 512, n_bytes;
    uint64_t *far;

    if (!ms_size_mul(room, 2 * sizeof *far, &n_bytes) || !(far = realloc(distances->far, n_bytes)))
      return MS_STATUS_NO_MEMORY;
    distances->far = far;
    distances->room = 2 * room;
  }
  distances->far[distances->n_far++] = squared;
  return MS_STATUS_OK;
}

static MsStatus
add_distance(Distances *distances, uint64_t squared)
{
  distances->n++;
  if (squared >= N_NEAR)
    return add_far(distances, squared);
  distances->near[squared]++;
  return MS_STATUS_OK;
}

static int
compare_squares(const void *a, const void *b)
{
  uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;

  return (left > right) - (left < right);
}

static void
distances_sort(Distances *distances)
{
  if (distances->n_far > 0)
    qsort(distances->far, distances->n_far, sizeof *distances->far, compare_squares);
}

static double
sum_of(const Distances *distances)
{
  double sum = 0;

  for (size_t i = 0; i < N_NEAR; i++)
    if (distances->near[i] > 0)
      sum += (double)distances->near[i] * sqrt((double)i);
  for (size_t i = 0; i < distances->n_far; i++)
    sum += sqrt((double)distances->far[i]);
  return sum;
}

static uint64_t
count_within(const Distances *distances, double tolerance)
{
  uint64_t n = 0;

  for (size_t i = 0; i < N_NEAR && sqrt((double)i) <= tolerance; i++)
    n += distances->near[i];
  for (size_t i = 0; i < distances->n_far && sqrt((double)distances->far[i]) <= tolerance; i++)
    n++;
  return n;
}

/* By rank in ascending order, from 0. */
static double
distance_at(const Distances *distances, uint64_t rank)
{
  uint64_t below = 0;

  for (size_t i = 0; i < N_NEAR; i++) {
    below += distances->near[i];
    if (rank < below)
      return sqrt((double)i);
  }
  return sqrt((double)distances->far[rank - below]);
}

static double
percentile_of(const Distances *distances, double fraction)
{
  double rank = fraction * (double)(distances->n - 1), low = floor(rank);
  double value = distance_at(distances, (uint64_t)low);

  if (rank > low)
    value += (rank - low) * (distance_at(distances, (uint64_t)low + 1) - value);
  return value;
}

static void
distances_clear(Distances *distances)
{
  free(distances->near);
  free(distances->far);
}

/* --- from one border to the other --------------------------------------------------------------
 */

static bool
goes_on(const MsControlPart *part, const MsBox *box, int y)
{
  return ms_control_part_go_on((void *)part, (double)(y - box->y0) / (box->y1 - box->y0));
}

static MsStatus
count_columns(Border *border, const MsControlPart *part, uint32_t *n_in_column)
{
  const MsBox *box = &border->box;

  border_start(border);
  for (int y = box->y0; y < box->y1; y++) {
    const uint8_t *row;

    if (!goes_on(part, box, y))
      return MS_STATUS_CANCELLED;
    row = border_next(border, y);
    for (int x = 0; x < box->x1 - box->x0; x++)
      n_in_column[x] += row[x];
  }
  return MS_STATUS_OK;
}

static void
fill_sites(Border *border, MsSites *sites)
{
  int width = border->box.x1 - border->box.x0;

  border_start(border);
  for (int y = border->box.y0; y < border->box.y1; y++) {
    const uint8_t *row = border_next(border, y);

    for (int x = ms_bytes_next(row, width, 0); x < width; x = ms_bytes_next(row, width, x + 1))
      ms_sites_add(sites, x, y);
  }
}

static MsStatus
make_sites(Border *border, const MsControlPart *part, MsSites **sites)
{
  size_t width = (size_t)(border->box.x1 - border->box.x0);
  uint32_t *n_in_column = calloc(width, sizeof *n_in_column);
  MsStatus status = n_in_column ? MS_STATUS_OK : MS_STATUS_NO_MEMORY;

  if (status == MS_STATUS_OK)
    status = count_columns(border, part, n_in_column);
  if (status == MS_STATUS_OK)
    status = ms_sites_new((int)width, n_in_column, sites);
  if (status == MS_STATUS_OK)
    fill_sites(border, *sites);
  free(n_in_column);
  return status;
}

/* The border pixels of a row, measured. */
typedef struct {
  int *xs;
  uint64_t *squared;
} Asked;

static MsStatus
measure_row(const uint8_t *row, int y, int width, MsSites *sites, const Asked *asked,
            Distances *distances)
{
  MsStatus status = MS_STATUS_OK;
  int n = 0;

  for (int x = ms_bytes_next(row, width, 0); x < width; x = ms_bytes_next(row, width, x + 1))
    asked->xs[n++] = x;
  ms_sites_measure(sites, y, asked->xs, n, asked->squared);
  for (int i = 0; i < n && status == MS_STATUS_OK; i++)
    status = add_distance(distances, asked->squared[i]);
  return status;
}

static MsStatus
measure_rows(Border *border, MsSites *sites, const Asked *asked, const MsControlPart *part,
             Distances *distances)
{
  const MsBox *box = &border->box;
  MsStatus status = MS_STATUS_OK;

  border_start(border);
  for (int y = box->y0; y < box->y1 && status == MS_STATUS_OK; y++) {
    if (!goes_on(part, box, y))
      return MS_STATUS_CANCELLED;
    status = measure_row(border_next(border, y), y, box->x1 - box->x0, sites, asked, distances);
  }
  return status;
}

/* From each border pixel of one mask to the nearest of the other, which has some. */
static MsStatus
measure_direction(Border *from, Border *to, const MsControl *control, double begin,
                  Distances *distances)
{
  size_t width = (size_t)(from->box.x1 - from->box.x0);
  Asked asked = {malloc(width * sizeof *asked.xs), malloc(width * sizeof *asked.squared)};
  MsStatus status = MS_STATUS_NO_MEMORY;
  MsSites *sites = NULL;

  distances->near = calloc(N_NEAR, sizeof *distances->near);
  if (asked.xs && asked.squared && distances->near)
    status = make_sites(to, &(MsControlPart){control, begin, 0.2}, &sites);
  if (status == MS_STATUS_OK)
    status =
        measure_rows(from, sites, &asked, &(MsControlPart){control, begin + 0.2, 0.3}, distances);
  if (status == MS_STATUS_OK)
    distances_sort(distances);
  ms_sites_free(sites);
  free(asked.xs);
  free(asked.squared);
  return status;
}

static void
summarise(const Distances *actual, const Distances *predicted, double tolerance, MsSurface *surface)
{
  double actual_sum = sum_of(actual), predicted_sum = sum_of(predicted);
  double n_actual = (double)actual->n, n_predicted = (double)predicted->n;

  surface->n_actual = actual->n;
  surface->n_predicted = predicted->n;
  surface->hausdorff =
      fmax(distance_at(actual, actual->n - 1), distance_at(predicted, predicted->n - 1));
  surface->hd95 = fmax(percentile_of(actual, 0.95), percentile_of(predicted, 0.95));
  surface->assd = (actual_sum + predicted_sum) / (n_actual + n_predicted);
  surface->masd = (actual_sum / n_actual + predicted_sum / n_predicted) / 2;
  surface->n_within = count_within(actual, tolerance) + count_within(predicted, tolerance);
}

static MsStatus
measure_both(Border *actual, Border *predicted, double tolerance, const MsControl *control,
             MsSurface *surface)
{
  Distances from_actual = {0}, from_predicted = {0};
  MsStatus status = measure_direction(actual, predicted, control, 0, &from_actual);

  if (status == MS_STATUS_OK)
    status = measure_direction(predicted, actual, control, 0.5, &from_predicted);
  if (status == MS_STATUS_OK)
    summarise(&from_actual, &from_predicted, tolerance, surface);
  distances_clear(&from_actual);
  distances_clear(&from_predicted);
  return status;
}

/* --- masks that may be empty -------------------------------------------------------------------
 */

static uint64_t
count_border(Border *border)
{
  int width = border->box.x1 - border->box.x0;
  uint64_t n = 0;

  border_start(border);
  for (int y = border->box.y0; y < border->box.y1; y++) {
    const uint8_t *row = border_next(border, y);

    for (int x = 0; x < width; x++)
      n += row[x];
  }
  return n;
}

/* One mask at most has pixels: distances are 0, or infinite. */
static MsSurface
measure_nothing(Border *actual, Border *predicted)
{
  MsSurface surface = {.n_actual = count_border(actual), .n_predicted = count_border(predicted)};
  bool both = surface.n_actual == 0 && surface.n_predicted == 0;

  surface.hausdorff = surface.hd95 = surface.assd = surface.masd = both ? 0 : INFINITY;
  return surface;
}

MsStatus
ms_surface_measure(const MsPlanes *planes, uint32_t number, double tolerance,
                   const MsControl *control, MsSurface *surface)
{
  MsBox actual_box, predicted_box, box;
  Border actual = {0}, predicted = {0};
  MsSurface measured = {0};
  MsStatus status;

  if (!(tolerance >= 0))
    return MS_STATUS_INVALID;
  status = ms_class_bounds(&planes->actual, number, control, &actual_box);
  if (status == MS_STATUS_OK)
    status = ms_class_bounds(&planes->predicted, number, control, &predicted_box);
  if (status != MS_STATUS_OK)
    return status;
  box = ms_box_unite(&actual_box, &predicted_box);
  status = border_init(&actual, &planes->actual, number, box);
  if (status == MS_STATUS_OK)
    status = border_init(&predicted, &planes->predicted, number, box);
  if (status == MS_STATUS_OK && (ms_box_is_empty(&actual_box) || ms_box_is_empty(&predicted_box)))
    measured = measure_nothing(&actual, &predicted);
  else if (status == MS_STATUS_OK)
    status = measure_both(&actual, &predicted, tolerance, control, &measured);
  border_clear(&actual);
  border_clear(&predicted);
  if (status == MS_STATUS_OK)
    *surface = measured;
  return status;
}

MsValue
ms_score_surface_dice(const MsSurface *surface, MsEmptyRule empty)
{
  uint64_t n = surface->n_actual + surface->n_predicted;

  if (n == 0)
    return (MsValue){
        .value = empty == MS_EMPTY_ONE ? 1 : 0, .defined = empty != MS_EMPTY_SKIP, .by_rule = true};
  return (MsValue){.value = (double)surface->n_within / (double)n, .defined = true};
}
