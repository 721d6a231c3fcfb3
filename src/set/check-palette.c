/* SPDX-License-Identifier: MIT
 *
 * Palette images that somebody made grey: each id became how bright its colour is. Told by the
 * colours of the set's class table and of those that are known by name.
 */
#include "set/check-private.h"
#include "set/reading-survey.h"

static gboolean
is_palette(const MsCheckFile *file)
{
  return file->has_form && file->color == MS_COLOR_PALETTE;
}

static gboolean
is_grey(const MsCheckFile *file)
{
  return file->has_form && file->color != MS_COLOR_PALETTE && file->values;
}

/* Whether all files of a side are palette images (or all are grey), and there are any. */
static gboolean
all_are(const MsIdUses *uses, gboolean actual, gboolean (*test)(const MsCheckFile *))
{
  guint n = 0;

  for (guint i = 0; i < uses->evidence->n_examples; i++) {
    const MsCheckExample *example = &uses->evidence->examples[i];
    const MsCheckFile *file = actual ? &example->actual : &example->pairs[uses->model].predicted;

    if (!file->is_read)
      continue;
    if (!test(file))
      return FALSE;
    n++;
  }
  return n > 0;
}

static void
map_class(MsIdMap *map, const MsClass *class, gboolean predicted_grey, int off)
{
  int grey = (int)ms_luma(class->red, class->green, class->blue) + off;

  if (!class->has_color || grey < 0 || grey > 255)
    return;
  if (predicted_grey)
    ms_check_map(map, (guint32)grey, class->id);
  else if (off == 0)
    ms_check_map(map, class->id, (guint32)grey);
}

/* Programs round to the next grey or cut: what is next to one that has an id has it too. */
static MsIdMap *
map_table(const MsClassTable *table, gboolean predicted_grey)
{
  static const int offs[] = {0, -1, 1};
  MsIdMap *map = ms_id_map_new();

  for (gsize i = 0; i < G_N_ELEMENTS(offs); i++)
    for (gsize j = 0; j < table->n_classes; j++)
      map_class(map, &table->classes[j], predicted_grey, offs[i]);
  return map;
}

/* TRUE: a finding was made. */
static gboolean
try_table(const MsIdUses *uses, const MsClassTable *table, gboolean predicted_grey,
          GPtrArray *findings)
{
  g_autoptr(MsIdMap) map = map_table(table, predicted_grey);
  g_auto(MsCheckEffect) effect = {0};
  const char *grey = predicted_grey ? "Predicted" : "Actual";
  const char *palette = predicted_grey ? "actual" : "predicted";

  ms_check_effect_init_map(&effect, uses->evidence, uses->model, map);
  if (!ms_check_effect_helps(&effect, MS_CHECK_GAIN))
    return FALSE;
  ms_check_add_map(
      uses, findings, MS_CHECK_PALETTE, ms_check_sureness(effect.n_changed), &effect, map,
      g_strdup_printf("%s masks hold colours made grey, %s ones indices", grey, palette),
      g_strdup_printf("%s masks are grey, and their values are how bright the colours of %s are; "
                      "%s masks are palette images with its ids",
                      grey, table->source, palette),
      g_strdup(predicted_grey ? "Read each grey as the id of its colour"
                              : "Read each predicted id as the grey of its colour"));
  return TRUE;
}

void
ms_check_palette(const MsIdUses *uses, GPtrArray *findings)
{
  static const char *const names[] = {"voc", "cityscapes", "camvid"};
  const MsClassTable *table = ms_set_get_classes(uses->evidence->set);
  gboolean predicted_grey = all_are(uses, TRUE, is_palette) && all_are(uses, FALSE, is_grey);
  gboolean actual_grey = all_are(uses, FALSE, is_palette) && all_are(uses, TRUE, is_grey);

  if (!predicted_grey && !actual_grey)
    return;
  if (table && ms_class_table_has_colors(table) && try_table(uses, table, predicted_grey, findings))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autoptr(MsClassTable) known = ms_class_table_by_name(names[i]);

    if (try_table(uses, known, predicted_grey, findings))
      return;
  }
}
