/* SPDX-License-Identifier: MIT
 *
 * Levels are filled in bands of rows, on several threads.
 */
#include "report/layers.h"

#include <string.h>

#include "render/edges.h"
#include "report/class-layer.h"

/* Takes the pyramid over; NULL: there was none, or it could not be filled. */
static MsPyramid *
fill(MsPyramid *pyramid, MsPyramidFill band, gpointer user, const MsControl *control)
{
  if (pyramid && ms_pyramid_fill(pyramid, band, user, control) == MS_STATUS_OK)
    return pyramid;
  ms_pyramid_free(pyramid);
  return NULL;
}

typedef struct {
  const MsPicture *picture;
  const guint8 *shades;
} Shown;

static MsStatus
show_band(void *user, const MsLevel *level, int first_row, int n_rows)
{
  const Shown *shown = user;
  guint8 *pixels = level->pixels + first_row * level->stride;
  MsPicture band = *shown->picture;

  band.pixels += (gsize)first_row * band.stride;
  band.height = n_rows;
  if (band.channels == 1)
    ms_picture_to_grey(&band, shown->shades, pixels, (gsize)level->stride);
  else
    ms_picture_to_rgb24(&band, shown->shades, pixels, (gsize)level->stride);
  return MS_STATUS_OK;
}

MsPyramid *
ms_layers_image(const MsFrame *frame, MsDisplayRange range, const MsControl *control)
{
  const MsPicture *picture = frame->image;
  g_autofree guint8 *shades = NULL;
  Shown shown;

  if (!picture || !ms_control_go_on(control, 0))
    return NULL;
  shades = ms_picture_shades(picture, range);
  shown = (Shown){picture, shades};
  return fill(ms_pyramid_new(picture->width, picture->height,
                             picture->channels == 1 ? MS_PYRAMID_GREY : MS_PYRAMID_IMAGE),
              show_band, &shown, control);
}

MsDisplayRange
ms_layers_shown_range(const MsFrame *frame, gboolean stretch)
{
  return stretch ? ms_picture_wanted_range(frame->image) : ms_picture_full_range(frame->image);
}

MsPyramid *
ms_layers_shown_image(const MsFrame *frame, gboolean stretch, const MsControl *control)
{
  if (!frame->image)
    return NULL;
  return ms_layers_image(frame, ms_layers_shown_range(frame, stretch), control);
}

gboolean
ms_layers_kinds_source(const MsFrame *frame, const MsRules *rules, const MsClassFocus *focus,
                       MsKindsSource *source)
{
  *source = (MsKindsSource){
      .rules = rules,
      .actual = &frame->actual,
      .predicted = &frame->predicted,
      .actual_stacks = frame->result->actual_stacks,
      .predicted_stacks = frame->result->predicted_stacks,
      .focus = ms_class_focus_get(focus),
  };
  return frame->result->status == MS_RESULT_OK && frame->has_actual && frame->has_predicted;
}

/* ---- kinds ---- */

#define N_BYTES 256

typedef struct {
  MsKindsSource source;
  const MsRaster *map;    /* of the diagnosis; NULL: nothing is dimmed */
  guint8 is_dim[N_BYTES]; /* by bytes of the map: 0 or 1 */
  GMutex lock;
  MsKindCounts dimmed; /* of the bands that are done */
} Kinds;

static gboolean
is_dim(const MsDimming *dim, guint8 byte)
{
  if (byte == 0)
    return FALSE;
  return MS_MAP_REACH(byte) <= dim->tolerance ||
         (dim->error >= 0 && (int)MS_MAP_ERROR(byte) != dim->error);
}

/* The map of another pair would be of another size. */
static void
set_dimming(Kinds *kinds, const MsDimming *dim)
{
  const MsRaster *map = dim && dim->analysis ? &dim->analysis->diagnosis.map : NULL;

  if (!map || !map->pixels || map->bits != 8 || map->width != kinds->source.actual->width ||
      map->height != kinds->source.actual->height)
    return;
  kinds->map = map;
  for (guint byte = 0; byte < N_BYTES; byte++)
    kinds->is_dim[byte] = is_dim(dim, (guint8)byte);
}

/* Most pixels are right, and stand beside others that are: eight at once. */
static void
dim_row(const Kinds *kinds, const guint8 *map, int width, guint8 *row, guint64 *counts)
{
  for (int x = 0; x < width;) {
    guint64 eight;

    if (x + 8 <= width && (memcpy(&eight, map + x, sizeof eight), eight == 0)) {
      x += 8;
      continue;
    }
    for (int end = MIN(x + 8, width); x < end; x++)
      if (kinds->is_dim[map[x]] && (row[x] & MS_KIND_WRONG)) {
        counts[row[x]]++;
        row[x] = MS_KIND_DIM;
      }
  }
}

static void
dim_band(Kinds *kinds, const MsLevel *level, int first_row, int n_rows)
{
  guint64 counts[MS_KIND_ALL + 1] = {0};

  for (int y = first_row; y < first_row + n_rows; y++)
    dim_row(kinds, ms_raster_row(kinds->map, y), level->width, level->pixels + y * level->stride,
            counts);
  g_mutex_lock(&kinds->lock);
  kinds->dimmed.fp += counts[MS_KIND_FP];
  kinds->dimmed.fn += counts[MS_KIND_FN];
  kinds->dimmed.confused += counts[MS_KIND_CONFUSED];
  g_mutex_unlock(&kinds->lock);
}

static MsStatus
paint_band(void *user, const MsLevel *level, int first_row, int n_rows)
{
  Kinds *kinds = user;
  MsStatus status = ms_kinds_paint(&kinds->source, first_row, n_rows,
                                   level->pixels + first_row * level->stride, level->stride);

  if (status == MS_STATUS_OK && kinds->map)
    dim_band(kinds, level, first_row, n_rows);
  return status;
}

MsPyramid *
ms_layers_kinds(const MsFrame *frame, const MsRules *rules, const MsClassFocus *focus,
                const MsDimming *dim, MsKindCounts *dimmed, const MsControl *control)
{
  Kinds kinds = {0};
  MsPyramid *pyramid;

  if (!ms_layers_kinds_source(frame, rules, focus, &kinds.source))
    return NULL;
  set_dimming(&kinds, dim);
  g_mutex_init(&kinds.lock);
  pyramid = fill(ms_pyramid_new(frame->actual.width, frame->actual.height, MS_PYRAMID_KINDS),
                 paint_band, &kinds, control);
  g_mutex_clear(&kinds.lock);
  if (dimmed)
    *dimmed = kinds.dimmed;
  return pyramid;
}

gboolean
ms_layers_count_kinds(const MsFrame *frame, const MsRules *rules, const MsClassFocus *focus,
                      MsKindCounts *counts)
{
  MsKindsSource source;

  return ms_layers_kinds_source(frame, rules, focus, &source) && frame->result->joint &&
         ms_kinds_count(&source, frame->result->joint, counts) == MS_STATUS_OK;
}

/* ---- edges ---- */

typedef struct {
  const MsFrame *frame;
  const MsRules *rules;
  const MsClassFocus *focus;
  const MsLevel *known; /* has those of the actual mask; NULL: none has */
} Edges;

/* A painter of its own for each band: they remember what they meet. */
static gboolean
mark_side(const Edges *edges, MsPaint side, const MsLevel *level, int first_row, int n_rows)
{
  g_autoptr(MsClassPainter) painter =
      ms_class_painter_new(edges->frame, side, edges->rules, edges->focus);
  g_autofree guint32 *above = g_new(guint32, (gsize)level->width);
  g_autofree guint32 *row = g_new(guint32, (gsize)level->width);
  int shift = side == MS_PAINT_PREDICTED ? MS_EDGE_PREDICTED_SHIFT : 0;

  if (!painter)
    return FALSE;
  if (first_row > 0)
    ms_class_painter_number(painter, first_row - 1, above);
  for (int y = first_row; y < first_row + n_rows; y++) {
    guint32 *done = row;

    ms_class_painter_number(painter, y, row);
    ms_edges_mark(y > 0 ? above : NULL, row, level->width, shift,
                  level->pixels + y * level->stride);
    row = above;
    above = done;
  }
  return TRUE;
}

/* Those of the actual mask where they are known, else none. */
static void
begin_row(const Edges *edges, const MsLevel *level, int y)
{
  guint8 *row = level->pixels + y * level->stride;
  const guint8 *known;

  if (!edges->known) {
    memset(row, 0, (gsize)level->width);
    return;
  }
  known = edges->known->pixels + y * edges->known->stride;
  for (int x = 0; x < level->width; x++)
    row[x] = known[x] & ((1 << MS_EDGE_PREDICTED_SHIFT) - 1);
}

static MsStatus
mark_band(void *user, const MsLevel *level, int first_row, int n_rows)
{
  const Edges *edges = user;
  const MsFrame *frame = edges->frame;

  for (int y = first_row; y < first_row + n_rows; y++)
    begin_row(edges, level, y);
  if ((frame->has_actual && !edges->known &&
       !mark_side(edges, MS_PAINT_ACTUAL, level, first_row, n_rows)) ||
      (frame->has_predicted && !mark_side(edges, MS_PAINT_PREDICTED, level, first_row, n_rows)))
    return MS_STATUS_INVALID;
  return MS_STATUS_OK;
}

static MsPyramid *
edges_new(const MsPyramid *before, const MsFrame *frame, const MsRules *rules,
          const MsClassFocus *focus, const MsControl *control)
{
  const MsRaster *mask = frame->has_actual ? &frame->actual : &frame->predicted;
  Edges edges = {frame, rules, focus, before ? &before->levels[0] : NULL};

  if ((!frame->has_actual && !frame->has_predicted) ||
      (frame->has_predicted &&
       (frame->predicted.width != mask->width || frame->predicted.height != mask->height)))
    return NULL;
  return fill(ms_pyramid_new(mask->width, mask->height, MS_PYRAMID_KINDS), mark_band, &edges,
              control);
}

MsPyramid *
ms_layers_edges(const MsFrame *frame, const MsRules *rules, const MsClassFocus *focus,
                const MsControl *control)
{
  return edges_new(NULL, frame, rules, focus, control);
}

MsPyramid *
ms_layers_edges_again(const MsPyramid *edges, const MsFrame *frame, const MsRules *rules,
                      const MsClassFocus *focus, const MsControl *control)
{
  return edges_new(edges, frame, rules, focus, control);
}

/* ---- heat ---- */

typedef struct {
  const MsRaster *predicted;
  const MsStacks *stacks; /* NULL: samples are values */
  guint32 maximum;
} Heat;

static guint8
to_byte(guint32 value, guint32 maximum)
{
  return (guint8)(((guint64)MIN(value, maximum) * 255 + maximum / 2) / maximum);
}

static guint8
stack_heat(const MsStacks *stacks, guint32 stack)
{
  guint32 highest = 0;
  const MsStackItem *items;
  gsize n_items;

  if (stack >= ms_stacks_count(stacks))
    return 0;
  items = ms_stacks_items(stacks, stack, &n_items);
  for (gsize i = 0; i < n_items; i++)
    highest = MAX(highest, items[i].score);
  return to_byte(highest, MS_STACK_MAXIMUM);
}

static guint8
heat_of(const Heat *heat, guint32 sample)
{
  return heat->stacks ? stack_heat(heat->stacks, sample) : to_byte(sample, heat->maximum);
}

/* Values change from pixel to pixel; those met last are looked up. */
static MsStatus
heat_band(void *user, const MsLevel *level, int first_row, int n_rows)
{
  const Heat *heat = user;
  guint32 known[N_BYTES];
  guint8 bytes[N_BYTES];

  for (guint i = 0; i < N_BYTES; i++) {
    known[i] = i;
    bytes[i] = heat_of(heat, i);
  }
  for (int y = first_row; y < first_row + n_rows; y++) {
    guint8 *row = level->pixels + y * level->stride;

    for (int x = 0; x < level->width; x++) {
      guint32 sample = ms_raster_get(heat->predicted, x, y);
      guint place = sample % N_BYTES;

      if (known[place] != sample) {
        known[place] = sample;
        bytes[place] = heat_of(heat, sample);
      }
      row[x] = bytes[place];
    }
  }
  return MS_STATUS_OK;
}

MsPyramid *
ms_layers_heat(const MsFrame *frame, const MsRuleset *rules, const MsControl *control)
{
  gboolean stacks = rules->rules.comparison == MS_COMPARE_STACKS;
  Heat heat = {&frame->predicted, stacks ? frame->result->predicted_stacks : NULL, rules->maximum};

  if (!frame->has_predicted || rules->maximum == 0 || (stacks && !heat.stacks))
    return NULL;
  return fill(ms_pyramid_new(frame->predicted.width, frame->predicted.height, MS_PYRAMID_GREY),
              heat_band, &heat, control);
}
