/* SPDX-License-Identifier: MIT
 *
 * Masks are runs of equal samples, and few different ones: what a sample is painted as is worked
 * out once, and rows are painted run by run.
 */
#include "report/class-layer.h"

#include "set/control.h"

#define ROWS_PER_CHECK  64
#define N_DIRECT        65536 /* samples below this are looked up in a plain table */
#define NOT_PAINTED     G_MAXUINT
#define BACKGROUND_GREY 0xc8 /* painted only where it is looked at alone */
#define UNKNOWN         0    /* the table holds places plus one */

static const char *const paint_names[MS_N_PAINTS] = {"errors", "actual", "predicted"};

struct MsClassPainter {
  const MsRules *rules;
  const MsRaster *mask;
  const MsStacks *stacks; /* STACKS */
  const MsClassFocus *focus;
  MsSet *set;
  gboolean predicted;
  GArray *classes;    /* MsPaintedClass, in the order in which they were met */
  GHashTable *places; /* id (ignored: -1), as gint64 -> place in classes plus one */
  guint *direct;      /* sample -> place plus one; NOT_PAINTED; UNKNOWN */
  GHashTable *others; /* the same of larger samples */
};

gboolean
ms_paint_from_name(const char *name, MsPaint *paint)
{
  for (MsPaint i = 0; i < MS_N_PAINTS; i++)
    if (g_strcmp0(name, paint_names[i]) == 0) {
      *paint = i;
      return TRUE;
    }
  return FALSE;
}

MsColor
ms_class_layer_color(MsSet *set, guint32 id)
{
  MsColor color;

  if (ms_class_color(ms_set_get_classes(set), id, &color.red, &color.green, &color.blue))
    return color;
  return (MsColor){BACKGROUND_GREY, BACKGROUND_GREY, BACKGROUND_GREY};
}

char *
ms_painted_class_name(const MsPaintedClass *class, MsSet *set, guint model)
{
  return class->ignored ? g_strdup(ms_kind_label(MS_KIND_IGNORED))
                        : ms_set_class_name(set, model, class->id);
}

/* ---- what a sample is painted as ---- */

/* A class that is looked at; background alone only where it is asked for. */
static gboolean
is_painted(const MsClassPainter *self, guint32 id)
{
  if (id == self->rules->background && ms_class_focus_get_solo(self->focus) != id)
    return FALSE;
  return ms_class_focus_sees(self->focus, id);
}

static guint
place_of(MsClassPainter *self, guint32 id, gboolean ignored)
{
  gint64 key = ignored ? -1 : (gint64)id;
  guint place = GPOINTER_TO_UINT(g_hash_table_lookup(self->places, &key));
  MsPaintedClass class = {.id = id, .ignored = ignored};

  if (place > 0)
    return place;
  class.color = ignored ? ms_palette_kind_color(MS_PALETTE_SAFE, MS_KIND_IGNORED)
                        : ms_class_layer_color(self->set, id);
  g_array_append_val(self->classes, class);
  place = self->classes->len;
  g_hash_table_insert(self->places, g_memdup2(&key, sizeof key), GUINT_TO_POINTER(place));
  return place;
}

static guint
classify_id(MsClassPainter *self, guint32 id)
{
  if (!self->predicted && ms_rules_is_ignored(self->rules, id))
    return place_of(self, 0, TRUE);
  return is_painted(self, id) ? place_of(self, id, FALSE) : NOT_PAINTED;
}

static guint
classify_stack(MsClassPainter *self, guint32 stack)
{
  guint32 cut = self->predicted ? self->rules->threshold : 0;
  const MsStackItem *items, *best = NULL;
  gsize n_items;

  if (stack >= ms_stacks_count(self->stacks))
    return NOT_PAINTED;
  items = ms_stacks_items(self->stacks, stack, &n_items);
  for (gsize i = 0; i < n_items; i++) {
    if (!self->predicted && ms_rules_is_ignored(self->rules, items[i].class_id))
      return place_of(self, 0, TRUE);
    if (items[i].score > cut && is_painted(self, items[i].class_id) &&
        (!best || items[i].score > best->score))
      best = &items[i];
  }
  return best ? place_of(self, best->class_id, FALSE) : NOT_PAINTED;
}

/* The one class of a binary mask. */
static guint
classify_binary(MsClassPainter *self, guint32 sample)
{
  gboolean values = self->predicted && self->rules->comparison == MS_COMPARE_THRESHOLD;

  if (!self->predicted && ms_rules_is_ignored(self->rules, sample))
    return place_of(self, 0, TRUE);
  return sample > (values ? self->rules->threshold : 0) ? place_of(self, MS_FOREGROUND_ID, FALSE)
                                                        : NOT_PAINTED;
}

static guint
classify(MsClassPainter *self, guint32 sample)
{
  switch (self->rules->comparison) {
  case MS_COMPARE_CLASSES:
    return classify_id(self, sample);
  case MS_COMPARE_STACKS:
    return classify_stack(self, sample);
  default:
    return classify_binary(self, sample);
  }
}

static guint
look_up(MsClassPainter *self, guint32 sample)
{
  guint place = sample < N_DIRECT
                    ? self->direct[sample]
                    : GPOINTER_TO_UINT(g_hash_table_lookup(self->others, GUINT_TO_POINTER(sample)));

  if (place != UNKNOWN)
    return place;
  place = classify(self, sample);
  if (sample < N_DIRECT)
    self->direct[sample] = place;
  else
    g_hash_table_insert(self->others, GUINT_TO_POINTER(sample), GUINT_TO_POINTER(place));
  return place;
}

/* ---- painting ---- */

static void
paint_run(MsClassPainter *self, guint32 sample, int n, guint32 *out)
{
  guint place = look_up(self, sample);
  guint32 argb = 0;

  if (place != NOT_PAINTED) {
    MsPaintedClass *class = &g_array_index(self->classes, MsPaintedClass, place - 1);

    class->pixels += (guint64)n;
    argb = 0xff000000u | (guint32) class->color.red << 16 | (guint32) class->color.green << 8 |
           class->color.blue;
  }
  for (int i = 0; i < n; i++)
    out[i] = argb;
}

static void
number_run(MsClassPainter *self, guint32 sample, int n, guint32 *out)
{
  guint place = look_up(self, sample);
  gboolean painted =
      place != NOT_PAINTED && !g_array_index(self->classes, MsPaintedClass, place - 1).ignored;

  for (int i = 0; i < n; i++)
    out[i] = painted ? place : 0;
}

typedef void (*RunPainter)(MsClassPainter *self, guint32 sample, int n, guint32 *out);

#define DEFINE_PAINT_ROW(name, type)                                                               \
  static void name(MsClassPainter *self, const void *row, RunPainter run, guint32 *out)            \
  {                                                                                                \
    const type *samples = row;                                                                     \
    int width = self->mask->width;                                                                 \
                                                                                                   \
    for (int x = 0, end; x < width; x = end) {                                                     \
      for (end = x + 1; end < width && samples[end] == samples[x]; end++)                          \
        ;                                                                                          \
      run(self, samples[x], end - x, out + x);                                                     \
    }                                                                                              \
  }

DEFINE_PAINT_ROW(paint_row_8, guint8)
DEFINE_PAINT_ROW(paint_row_16, guint16)
DEFINE_PAINT_ROW(paint_row_32, guint32)

static void
paint_row(MsClassPainter *self, int y, RunPainter run, guint32 *out)
{
  const void *row = ms_raster_row(self->mask, y);

  if (self->mask->bits == 8)
    paint_row_8(self, row, run, out);
  else if (self->mask->bits == 16)
    paint_row_16(self, row, run, out);
  else
    paint_row_32(self, row, run, out);
}

void
ms_class_painter_paint(MsClassPainter *self, int y, guint32 *colors)
{
  paint_row(self, y, paint_run, colors);
}

void
ms_class_painter_number(MsClassPainter *self, int y, guint32 *numbers)
{
  paint_row(self, y, number_run, numbers);
}

static int
compare_classes(gconstpointer a, gconstpointer b)
{
  const MsPaintedClass *first = a, *second = b;

  if (first->ignored != second->ignored)
    return first->ignored - second->ignored;
  if (first->pixels != second->pixels)
    return first->pixels < second->pixels ? 1 : -1;
  return (first->id > second->id) - (first->id < second->id);
}

GArray *
ms_class_painter_list(const MsClassPainter *self)
{
  GArray *classes = g_array_copy(self->classes);

  g_array_sort(classes, compare_classes);
  return classes;
}

static gboolean
painter_init(MsClassPainter *self, const MsFrame *frame, MsPaint side, const MsRules *rules,
             const MsClassFocus *focus)
{
  gboolean predicted = side == MS_PAINT_PREDICTED;
  const MsResult *result = frame->result;

  self->rules = rules;
  self->mask = predicted ? &frame->predicted : &frame->actual;
  self->stacks = predicted ? result->predicted_stacks : result->actual_stacks;
  self->focus = ms_comparison_has_classes(rules->comparison) ? focus : NULL;
  self->set = frame->set;
  self->predicted = predicted;
  return (predicted ? frame->has_predicted : frame->has_actual) &&
         (rules->comparison != MS_COMPARE_STACKS || self->stacks);
}

MsClassPainter *
ms_class_painter_new(const MsFrame *frame, MsPaint side, const MsRules *rules,
                     const MsClassFocus *focus)
{
  g_autoptr(MsClassPainter) self = g_new0(MsClassPainter, 1);

  self->classes = g_array_new(FALSE, FALSE, sizeof(MsPaintedClass));
  self->places = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  self->others = g_hash_table_new(NULL, NULL);
  self->direct = g_new0(guint, N_DIRECT);
  return painter_init(self, frame, side, rules, focus) ? g_steal_pointer(&self) : NULL;
}

void
ms_class_painter_free(MsClassPainter *self)
{
  if (!self)
    return;
  g_array_unref(self->classes);
  g_hash_table_unref(self->places);
  g_hash_table_unref(self->others);
  g_free(self->direct);
  g_free(self);
}

/* ---- the layer ---- */

static gboolean
paint_rows(MsClassPainter *painter, const MsLevel *level, const MsControl *control)
{
  for (int y = 0; y < level->height; y++) {
    if (y % ROWS_PER_CHECK == 0 && !ms_control_go_on(control, (double)y / level->height))
      return FALSE;
    ms_class_painter_paint(painter, y, (guint32 *)(void *)(level->pixels + y * level->stride));
  }
  return TRUE;
}

static MsPyramid *
paint(MsClassPainter *painter, const MsControl *control)
{
  MsPyramid *colors =
      ms_pyramid_new(painter->mask->width, painter->mask->height, MS_PYRAMID_COLORS);

  if (!colors)
    return NULL;
  if (paint_rows(painter, &colors->levels[0], control) &&
      ms_pyramid_reduce(colors, control) == MS_STATUS_OK)
    return colors;
  ms_pyramid_free(colors);
  return NULL;
}

MsClassLayer *
ms_class_layer_new(const MsFrame *frame, MsPaint side, const MsRules *rules,
                   const MsClassFocus *focus, const MsControl *control)
{
  g_autoptr(MsClassPainter) painter = ms_class_painter_new(frame, side, rules, focus);
  MsPyramid *colors = painter ? paint(painter, control) : NULL;
  MsClassLayer *layer;

  if (!colors)
    return NULL;
  layer = g_new0(MsClassLayer, 1);
  layer->colors = colors;
  layer->classes = ms_class_painter_list(painter);
  return layer;
}

void
ms_class_layer_free(MsClassLayer *layer)
{
  if (!layer)
    return;
  ms_pyramid_free(layer->colors);
  g_array_unref(layer->classes);
  g_free(layer);
}
