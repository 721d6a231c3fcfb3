/* SPDX-License-Identifier: MIT
 *
 * Rows of one class, in loops that compilers turn into vectors.
 */
#include "metric/class-rows.h"

#include <stdlib.h>
#include <string.h>

bool
ms_box_is_empty(const MsBox *box)
{
  return box->x1 <= box->x0 || box->y1 <= box->y0;
}

static int
smaller(int a, int b)
{
  return a < b ? a : b;
}

static int
larger(int a, int b)
{
  return a > b ? a : b;
}

MsBox
ms_box_unite(const MsBox *a, const MsBox *b)
{
  if (ms_box_is_empty(a))
    return *b;
  if (ms_box_is_empty(b))
    return *a;
  return (MsBox){smaller(a->x0, b->x0), smaller(a->y0, b->y0), larger(a->x1, b->x1),
                 larger(a->y1, b->y1)};
}

/* Numbers of classes fit the raster that they are in. */
#define DEFINE_MARK(name, type)                                                                    \
  static void name(const void *row, uint32_t number, int x0, int n, uint8_t *restrict bytes)       \
  {                                                                                                \
    const type *restrict samples = (const type *)row + x0;                                         \
    const type wanted = (type)number;                                                              \
                                                                                                   \
    for (int i = 0; i < n; i++)                                                                    \
      bytes[i] = samples[i] == wanted;                                                             \
  }

DEFINE_MARK(mark_8, uint8_t)
DEFINE_MARK(mark_16, uint16_t)
DEFINE_MARK(mark_32, uint32_t)

void
ms_class_row(const MsRaster *numbers, uint32_t number, int y, int x0, int x1, uint8_t *bytes)
{
  const void *row = ms_raster_row(numbers, y);

  if (numbers->bits == 8)
    mark_8(row, number, x0, x1 - x0, bytes);
  else if (numbers->bits == 16)
    mark_16(row, number, x0, x1 - x0, bytes);
  else
    mark_32(row, number, x0, x1 - x0, bytes);
}

int
ms_bytes_next(const uint8_t *bytes, int n_bytes, int from)
{
  uint64_t eight;
  int at = from;

  for (; at + 8 <= n_bytes; at += 8) {
    memcpy(&eight, bytes + at, 8);
    if (eight != 0)
      break;
  }
  while (at < n_bytes && bytes[at] == 0)
    at++;
  return at;
}

static int
last_byte(const uint8_t *bytes, int n_bytes)
{
  int at = n_bytes;

  while (at > 0 && bytes[at - 1] == 0)
    at--;
  return at;
}

MsStatus
ms_class_bounds(const MsRaster *numbers, uint32_t number, const MsControl *control, MsBox *box)
{
  int width = numbers->width, height = numbers->height;
  uint8_t *bytes = malloc((size_t)width);
  MsBox found = {width, 0, 0, 0};
  bool any = false;

  if (!bytes)
    return MS_STATUS_NO_MEMORY;
  for (int y = 0; y < height; y++) {
    int first;

    if (!ms_control_go_on(control, (double)y / height)) {
      free(bytes);
      return MS_STATUS_CANCELLED;
    }
    ms_class_row(numbers, number, y, 0, width, bytes);
    first = ms_bytes_next(bytes, width, 0);
    if (first == width)
      continue;
    if (!any)
      found.y0 = y;
    any = true;
    found.y1 = y + 1;
    found.x0 = smaller(found.x0, first);
    found.x1 = larger(found.x1, last_byte(bytes, width));
  }
  free(bytes);
  *box = any ? found : (MsBox){0};
  return MS_STATUS_OK;
}
