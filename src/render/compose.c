/* SPDX-License-Identifier: MIT
 *
 * Samples pyramids into Cairo surfaces. Shaped for a window's worth of device pixels (a million or
 * a few), made anew for each view between two frames of the screen: the device pixels, never the
 * image, bound the cost. The columns' cells are looked up once, rows that show the same cells are
 * copied, and the sums of the zoomed-out image run on four 16-bit lanes in a 64-bit word.
 */
#include "render/compose.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "render/majority.h"
#include "render/sampler.h"

#define MAX_SURFACE_SIDE 32767
#define SLACK            1e-6

/* First device pixel and number of them that a side of the image touches inside the view. */
static bool
visible_range(double origin, double image_side, double device_side, int *first, int *length)
{
  double begin = fmax(origin, 0.0);
  double end = fmin(ceil(origin + image_side - SLACK), ceil(device_side - SLACK));

  if (!(end > begin))
    return false;
  *first = (int)begin;
  *length = (int)fmin(end - begin, MAX_SURFACE_SIDE);
  return true;
}

bool
ms_compose_visible(const MsView *view, cairo_rectangle_int_t *device)
{
  double origin_x, origin_y;

  if (view->image_width < 1 || view->image_height < 1 || !(view->zoom > 0))
    return false;
  ms_view_device_origin(view, &origin_x, &origin_y);
  return visible_range(origin_x, view->image_width * view->zoom,
                       view->view_width * view->device_scale, &device->x, &device->width) &&
         visible_range(origin_y, view->image_height * view->zoom,
                       view->view_height * view->device_scale, &device->y, &device->height);
}

static void
copy_image_row(const MsSampler *sampler, int y, uint32_t *out)
{
  const uint32_t *row = (const uint32_t *)ms_sampler_row(sampler, y, 0, 4);
  const MsAxis *columns = &sampler->columns;
  int first = columns->cells[0];

  for (int x = 0; x < columns->length; x++)
    out[x] = row[columns->cells[x] - first];
}

static void
add_weighted(uint16_t *restrict sums, const uint8_t *restrict row, uint16_t weight, int n)
{
  for (int i = 0; i < n; i++)
    sums[i] = (uint16_t)(sums[i] + row[i] * weight);
}

static void
start_weighted(uint16_t *restrict sums, const uint8_t *restrict row, uint16_t weight, int n)
{
  for (int i = 0; i < n; i++)
    sums[i] = (uint16_t)(row[i] * weight + MS_AXIS_WEIGHT_ONE / 2);
}

static void
finish_weighted(uint16_t *sums, int n)
{
  for (int i = 0; i < n; i++)
    sums[i] /= MS_AXIS_WEIGHT_ONE;
}

/* The rows of cells under device row y as one: a 16-bit lane a channel, 0 to 255. */
static void
blend_rows(const MsSampler *sampler, int y, uint16_t *lanes)
{
  const uint16_t *weight = sampler->rows.weight + y * sampler->rows.taps;
  int n = ms_sampler_n_columns(sampler) * 4;

  start_weighted(lanes, ms_sampler_row(sampler, y, 0, 4), weight[0], n);
  for (int tap = 1; tap < sampler->rows.taps; tap++) {
    if (weight[tap] > 0)
      add_weighted(lanes, ms_sampler_row(sampler, y, tap, 4), weight[tap], n);
  }
  finish_weighted(lanes, n);
}

/* The four lanes of a word, each divided by the weight of one, as four bytes in the same order. */
static inline uint32_t
pack_lanes(uint64_t sum)
{
  uint64_t bytes = ((sum + UINT64_C(0x0080008000800080)) >> 8) & UINT64_C(0x00ff00ff00ff00ff);

  bytes = (bytes | bytes >> 8) & UINT64_C(0x0000ffff0000ffff);
  return (uint32_t)(bytes | bytes >> 16);
}

/* `taps` is a constant wherever this is called with few, so that the inner loop unrolls. */
static inline void
blend_columns(const MsAxis *columns, int taps, const uint16_t *lanes, uint32_t *out)
{
  int first = columns->cells[0];

  for (int x = 0; x < columns->length; x++) {
    const int *cells = columns->cells + (gsize)x * (gsize)taps;
    const uint16_t *weight = columns->weight + (gsize)x * (gsize)taps;
    uint64_t sum = 0;

    for (int tap = 0; tap < taps; tap++) {
      uint64_t cell;

      memcpy(&cell, lanes + 4 * (gsize)(cells[tap] - first), sizeof cell);
      sum += cell * weight[tap];
    }
    out[x] = pack_lanes(sum);
  }
}

static void
average_image_row(const MsSampler *sampler, int y, uint16_t *lanes, uint32_t *out)
{
  const MsAxis *columns = &sampler->columns;

  blend_rows(sampler, y, lanes);
  if (columns->taps == 1)
    blend_columns(columns, 1, lanes, out);
  else if (columns->taps == 2)
    blend_columns(columns, 2, lanes, out);
  else if (columns->taps == 3)
    blend_columns(columns, 3, lanes, out);
  else
    blend_columns(columns, columns->taps, lanes, out);
}

static void
sample_image(const MsSampler *sampler, unsigned char *data, int stride)
{
  bool copy = sampler->columns.taps == 1 && sampler->rows.taps == 1;
  g_autofree uint16_t *lanes =
      copy ? NULL : g_new(uint16_t, 4 * (gsize)ms_sampler_n_columns(sampler));

  for (int y = 0; y < sampler->rows.length; y++) {
    unsigned char *out = data + (ptrdiff_t)y * stride;

    if (ms_sampler_repeats(sampler, y))
      memcpy(out, out - stride, 4 * (gsize)sampler->columns.length);
    else if (copy)
      copy_image_row(sampler, y, (uint32_t *)out);
    else
      average_image_row(sampler, y, lanes, (uint32_t *)out);
  }
}

static void
fill_ground(int width, int height, unsigned char *data, int stride)
{
  for (int y = 0; y < height; y++) {
    uint32_t *row = (uint32_t *)(data + (ptrdiff_t)y * stride);

    for (int x = 0; x < width; x++)
      row[x] = MS_COMPOSE_GROUND;
  }
}

/* A surface whose pixels may be written, or NULL without memory. */
static cairo_surface_t *
surface_new(cairo_format_t format, int width, int height)
{
  cairo_surface_t *surface = cairo_image_surface_create(format, width, height);

  if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) {
    cairo_surface_destroy(surface);
    return NULL;
  }
  cairo_surface_flush(surface);
  return surface;
}

cairo_surface_t *
ms_compose_image(const MsView *view, const MsPyramid *image)
{
  cairo_rectangle_int_t device;
  cairo_surface_t *surface;

  if (!ms_compose_visible(view, &device))
    return NULL;
  surface = surface_new(CAIRO_FORMAT_RGB24, device.width, device.height);
  if (!surface)
    return NULL;
  if (image) {
    MsSampler sampler;

    ms_sampler_init(&sampler, view, &device, image);
    sample_image(&sampler, cairo_image_surface_get_data(surface),
                 cairo_image_surface_get_stride(surface));
    ms_sampler_clear(&sampler);
  } else {
    fill_ground(device.width, device.height, cairo_image_surface_get_data(surface),
                cairo_image_surface_get_stride(surface));
  }
  cairo_surface_mark_dirty(surface);
  return surface;
}

/* The colour of every union of kinds. */
typedef struct {
  uint32_t argb[MS_KIND_ALL + 1];
} ColorTable;

uint32_t
ms_compose_kinds_color(const MsOverlayStyle *style, unsigned kinds)
{
  static const MsKind priority[] = {MS_KIND_CONFUSED, MS_KIND_FN, MS_KIND_FP, MS_KIND_TP,
                                    MS_KIND_IGNORED};

  for (gsize i = 0; i < G_N_ELEMENTS(priority); i++) {
    if (kinds & style->shown & priority[i]) {
      MsColor color = ms_palette_kind_color(style->palette, priority[i]);

      return 0xff000000u | (uint32_t)color.red << 16 | (uint32_t)color.green << 8 |
             (uint32_t)color.blue;
    }
  }
  return 0;
}

static void
color_table_init(ColorTable *table, const MsOverlayStyle *style)
{
  for (unsigned kinds = 0; kinds <= MS_KIND_ALL; kinds++)
    table->argb[kinds] = ms_compose_kinds_color(style, kinds);
}

static void
unite_row(uint8_t *restrict united, const uint8_t *restrict row, int n)
{
  for (int i = 0; i < n; i++)
    united[i] |= row[i];
}

/* The rows of cells under device row y as one; lent from the level where there is but one. */
static const uint8_t *
unite_rows(const MsSampler *sampler, int y, uint8_t *united)
{
  const uint8_t *row = ms_sampler_row(sampler, y, 0, 1);
  int n = ms_sampler_n_columns(sampler);

  if (sampler->rows.taps == 1)
    return row;
  memcpy(united, row, (gsize)n);
  for (int tap = 1; tap < sampler->rows.taps; tap++)
    unite_row(united, ms_sampler_row(sampler, y, tap, 1), n);
  return united;
}

/* `taps` as for blend_columns(). */
static inline void
color_columns(const MsAxis *columns, int taps, const uint8_t *kinds, const ColorTable *colors,
              uint32_t *out)
{
  int first = columns->cells[0];

  for (int x = 0; x < columns->length; x++) {
    const int *cells = columns->cells + (gsize)x * (gsize)taps;
    unsigned united = 0;

    for (int tap = 0; tap < taps; tap++)
      united |= kinds[cells[tap] - first];
    out[x] = colors->argb[united & MS_KIND_ALL];
  }
}

static void
color_row(const MsAxis *columns, const uint8_t *kinds, const ColorTable *colors, uint32_t *out)
{
  if (columns->taps == 1)
    color_columns(columns, 1, kinds, colors, out);
  else if (columns->taps == 2)
    color_columns(columns, 2, kinds, colors, out);
  else if (columns->taps == 3)
    color_columns(columns, 3, kinds, colors, out);
  else
    color_columns(columns, columns->taps, kinds, colors, out);
}

static void
sample_kinds(const MsSampler *sampler, const MsOverlayStyle *style, unsigned char *data, int stride)
{
  g_autofree uint8_t *united = g_new(uint8_t, (gsize)ms_sampler_n_columns(sampler));
  ColorTable colors;

  color_table_init(&colors, style);
  for (int y = 0; y < sampler->rows.length; y++) {
    unsigned char *out = data + (ptrdiff_t)y * stride;

    if (ms_sampler_repeats(sampler, y))
      memcpy(out, out - stride, 4 * (gsize)sampler->columns.length);
    else
      color_row(&sampler->columns, unite_rows(sampler, y, united), &colors, (uint32_t *)out);
  }
}

/* ---- class colours ---- */

/* Where fewer cells overlap than there are taps, the last one repeats: it counts once. */
static int
list_rows(const MsSampler *sampler, int y, const uint32_t **rows)
{
  int n = 0;

  for (int tap = 0; tap < sampler->rows.taps; tap++) {
    const uint32_t *row = (const uint32_t *)ms_sampler_row(sampler, y, tap, 4);

    if (n == 0 || row != rows[n - 1])
      rows[n++] = row;
  }
  return n;
}

/* The cells under a device pixel, row by row; their number. */
static inline int
gather(const MsAxis *columns, const uint32_t *const *rows, int n_rows, int x, uint32_t *cells)
{
  const int *places = columns->cells + (gsize)x * (gsize)columns->taps;
  int first = columns->cells[0], n = 0;

  for (int row = 0; row < n_rows; row++)
    for (int tap = 0; tap < columns->taps; tap++)
      if (tap == 0 || places[tap] != places[tap - 1])
        cells[n++] = rows[row][places[tap] - first];
  return n;
}

static void
choose_colors(const MsSampler *sampler, const uint32_t **rows, int y, uint32_t *cells,
              uint32_t *out)
{
  int n_rows = list_rows(sampler, y, rows);

  for (int x = 0; x < sampler->columns.length; x++)
    out[x] = ms_majority(cells, gather(&sampler->columns, rows, n_rows, x, cells));
}

static void
sample_colors(const MsSampler *sampler, unsigned char *data, int stride)
{
  int rows_taps = sampler->rows.taps, columns_taps = sampler->columns.taps;
  g_autofree const uint32_t **rows = g_new(const uint32_t *, (gsize)rows_taps);
  g_autofree uint32_t *cells = g_new(uint32_t, (gsize)rows_taps * (gsize)columns_taps);

  for (int y = 0; y < sampler->rows.length; y++) {
    unsigned char *out = data + (ptrdiff_t)y * stride;

    if (ms_sampler_repeats(sampler, y))
      memcpy(out, out - stride, 4 * (gsize)sampler->columns.length);
    else if (rows_taps == 1 && columns_taps == 1)
      copy_image_row(sampler, y, (uint32_t *)out);
    else
      choose_colors(sampler, rows, y, cells, (uint32_t *)out);
  }
}

/* ---- overlay ---- */

cairo_surface_t *
ms_compose_overlay(const MsView *view, const MsPyramid *overlay, const MsOverlayStyle *style)
{
  cairo_rectangle_int_t device;
  cairo_surface_t *surface;
  MsSampler sampler;

  if (!ms_compose_visible(view, &device))
    return NULL;
  surface = surface_new(CAIRO_FORMAT_ARGB32, device.width, device.height);
  if (!surface)
    return NULL;
  ms_sampler_init(&sampler, view, &device, overlay);
  if (overlay->content == MS_PYRAMID_COLORS)
    sample_colors(&sampler, cairo_image_surface_get_data(surface),
                  cairo_image_surface_get_stride(surface));
  else
    sample_kinds(&sampler, style, cairo_image_surface_get_data(surface),
                 cairo_image_surface_get_stride(surface));
  ms_sampler_clear(&sampler);
  cairo_surface_mark_dirty(surface);
  return surface;
}
