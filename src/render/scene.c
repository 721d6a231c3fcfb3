/* SPDX-License-Identifier: MIT
 *
 * A row is finished while it is in the processor's cache: the image's samples first, then what lies
 * over them. Rows that show the same cells are copied. Lines, which are not those of cells, follow
 * when a band is done.
 */
#include "render/scene.h"

#include <glib.h>
#include <string.h>

#include "render/bands.h"
#include "render/edges.h"
#include "render/flat.h"
#include "render/heat.h"
#include "render/image-sampler.h"
#include "render/overlay-sampler.h"

#define BAND_ROWS 32

typedef struct {
  const MsScene *scene;
  MsSampler image;
  MsSampler overlay;
  MsEdgePainter edges;
  MsFlat flat;
  int width;
  uint8_t *pixels;
  ptrdiff_t stride;
} Painter;

bool
ms_scene_equal(const MsScene *a, const MsScene *b)
{
  return a->image == b->image && a->overlay == b->overlay && a->edges == b->edges &&
         a->faded == b->faded && a->style.palette == b->style.palette &&
         a->style.shown == b->style.shown && a->opacity == b->opacity;
}

/* Scratch memory of a thread. */
typedef struct {
  void *image;
  void *overlay;
  void *row; /* of the overlay: kinds, colours or values */
} Scratch;

static gsize
overlay_scratch(const Painter *self)
{
  if (!self->scene->overlay)
    return 0;
  switch (self->scene->overlay->content) {
  case MS_PYRAMID_COLORS:
    return ms_sample_colors_scratch(&self->overlay);
  case MS_PYRAMID_GREY:
    return ms_sample_image_scratch(&self->overlay);
  default:
    return ms_sample_kinds_scratch(&self->overlay);
  }
}

static void
scratch_init(Scratch *scratch, const Painter *self)
{
  scratch->image = self->scene->image ? g_malloc(ms_sample_image_scratch(&self->image)) : NULL;
  scratch->overlay = g_malloc(overlay_scratch(self));
  scratch->row = g_new(uint32_t, (gsize)self->width);
}

static void
scratch_clear(Scratch *scratch)
{
  g_free(scratch->image);
  g_free(scratch->overlay);
  g_free(scratch->row);
}

/* Half of the contrast, without colours, about a middle grey. */
static void
fade_row(int n, uint32_t *pixels)
{
  for (int x = 0; x < n; x++) {
    uint32_t pixel = pixels[x];
    uint32_t grey =
        ((pixel >> 16 & 0xff) * 77 + (pixel >> 8 & 0xff) * 150 + (pixel & 0xff) * 29) >> 9;

    pixels[x] = 0xff000000u | (grey + 56) * 0x010101u;
  }
}

static void
heat_row(int n, uint32_t *pixels)
{
  const uint32_t *table = ms_heat_table();

  for (int x = 0; x < n; x++)
    pixels[x] = table[pixels[x] & 0xff];
}

static void
lay_overlay(const Painter *self, int y, Scratch *scratch, uint32_t *out)
{
  switch (self->scene->overlay->content) {
  case MS_PYRAMID_COLORS:
    ms_sample_colors_row(&self->overlay, y, scratch->overlay, scratch->row);
    ms_flat_lay_colors(&self->flat, scratch->row, self->width, out);
    break;
  case MS_PYRAMID_GREY:
    ms_sample_image_row(&self->overlay, MS_PYRAMID_GREY, y, scratch->overlay, scratch->row);
    heat_row(self->width, scratch->row);
    ms_flat_lay_colors(&self->flat, scratch->row, self->width, out);
    break;
  default:
    ms_sample_kinds_row(&self->overlay, y, scratch->overlay, scratch->row);
    ms_flat_lay_kinds(&self->flat, scratch->row, self->width, out);
  }
}

static void
paint_row(const Painter *self, int y, Scratch *scratch, uint32_t *out)
{
  const MsScene *scene = self->scene;

  if (scene->image)
    ms_sample_image_row(&self->image, scene->image->content, y, scratch->image, out);
  else
    ms_flat_ground(self->width, out);
  if (scene->faded && scene->image)
    fade_row(self->width, out);
  if (scene->overlay)
    lay_overlay(self, y, scratch, out);
}

static bool
repeats(const Painter *self, int y)
{
  return (!self->scene->image || ms_sampler_repeats(&self->image, y)) &&
         (!self->scene->overlay || ms_sampler_repeats(&self->overlay, y));
}

static void
paint_band(void *user, int first_row, int n_rows)
{
  const Painter *self = user;
  Scratch scratch;

  scratch_init(&scratch, self);
  for (int y = first_row; y < first_row + n_rows; y++) {
    uint8_t *out = self->pixels + y * self->stride;

    if (y > first_row && repeats(self, y))
      memcpy(out, out - self->stride, 4 * (gsize)self->width);
    else
      paint_row(self, y, &scratch, (uint32_t *)out);
  }
  scratch_clear(&scratch);
  if (self->scene->edges)
    ms_edge_painter_paint(&self->edges, first_row, n_rows, self->pixels + first_row * self->stride,
                          self->stride);
}

void
ms_scene_paint(const MsScene *scene, const MsView *view, const cairo_rectangle_int_t *device,
               uint8_t *pixels, ptrdiff_t stride)
{
  Painter painter = {.scene = scene, .width = device->width, .pixels = pixels, .stride = stride};

  if (scene->image)
    ms_sampler_init(&painter.image, view, device, scene->image);
  if (scene->overlay)
    ms_sampler_init(&painter.overlay, view, device, scene->overlay);
  if (scene->edges)
    ms_edge_painter_init(&painter.edges, view, device, scene->edges);
  ms_flat_init(&painter.flat, &scene->style, scene->opacity);
  ms_bands_run(device->height, BAND_ROWS, paint_band, &painter);
  ms_sampler_clear(&painter.image);
  ms_sampler_clear(&painter.overlay);
  ms_edge_painter_clear(&painter.edges);
}
