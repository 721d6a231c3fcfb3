/* SPDX-License-Identifier: MIT
 *
 * A focus is small: hidden classes are an array that is copied with every change.
 */
#include "report/class-focus.h"

#define MAX_NAMED 3

struct _MsClassFocus {
  gatomicrefcount ref_count;
  gint64 solo;    /* -1: none */
  GArray *hidden; /* guint32, ascending */
};

static MsClassFocus *
copy(const MsClassFocus *focus)
{
  MsClassFocus *made = g_new0(MsClassFocus, 1);

  g_atomic_ref_count_init(&made->ref_count);
  made->solo = ms_class_focus_get_solo(focus);
  made->hidden = focus ? g_array_copy(focus->hidden) : g_array_new(FALSE, FALSE, sizeof(guint32));
  return made;
}

/* Takes it. */
static MsClassFocus *
settle(MsClassFocus *focus)
{
  if (focus->solo >= 0 || focus->hidden->len > 0)
    return focus;
  ms_class_focus_unref(focus);
  return NULL;
}

/* The place of an id among the hidden ones, or where it would stand. */
static guint
find_hidden(const MsClassFocus *focus, guint32 id)
{
  guint i = 0;

  while (i < focus->hidden->len && g_array_index(focus->hidden, guint32, i) < id)
    i++;
  return i;
}

static gboolean
is_at(const MsClassFocus *focus, guint place, guint32 id)
{
  return place < focus->hidden->len && g_array_index(focus->hidden, guint32, place) == id;
}

MsClassFocus *
ms_class_focus_toggle_solo(const MsClassFocus *focus, guint32 id)
{
  MsClassFocus *made = copy(focus);

  made->solo = made->solo == id ? -1 : (gint64)id;
  return settle(made);
}

MsClassFocus *
ms_class_focus_toggle_hidden(const MsClassFocus *focus, guint32 id)
{
  MsClassFocus *made = copy(focus);
  guint place = find_hidden(made, id);

  gboolean is_hidden = is_at(made, place, id), is_seen = ms_class_focus_sees(made, id);

  if (is_seen && !is_hidden)
    g_array_insert_val(made->hidden, place, id);
  else if (!is_seen && is_hidden)
    g_array_remove_index(made->hidden, place);
  made->solo = -1;
  return settle(made);
}

MsClassFocus *
ms_class_focus_ref(MsClassFocus *focus)
{
  if (focus)
    g_atomic_ref_count_inc(&focus->ref_count);
  return focus;
}

void
ms_class_focus_unref(MsClassFocus *focus)
{
  if (!focus || !g_atomic_ref_count_dec(&focus->ref_count))
    return;
  g_array_unref(focus->hidden);
  g_free(focus);
}

MsFocus
ms_class_focus_get(const MsClassFocus *focus)
{
  if (!focus)
    return MS_FOCUS_ALL;
  return (MsFocus){
      .solo = focus->solo,
      .hidden = (const guint32 *)(void *)focus->hidden->data,
      .n_hidden = focus->hidden->len,
  };
}

gint64
ms_class_focus_get_solo(const MsClassFocus *focus)
{
  return focus ? focus->solo : -1;
}

gboolean
ms_class_focus_hides(const MsClassFocus *focus, guint32 id)
{
  return focus && is_at(focus, find_hidden(focus, id), id);
}

gboolean
ms_class_focus_sees(const MsClassFocus *focus, guint32 id)
{
  gint64 solo = ms_class_focus_get_solo(focus);

  return solo >= 0 ? solo == id : !ms_class_focus_hides(focus, id);
}

gboolean
ms_class_focus_find_counts(const MsClassFocus *focus, const MsConfusion *confusion,
                           MsClassCounts *counts)
{
  gint64 solo = ms_class_focus_get_solo(focus);
  const MsClassCounts *classes;
  gsize n_classes;

  if (solo < 0 || ms_confusion_comparison(confusion) == MS_COMPARE_LABELS)
    return FALSE;
  *counts = (MsClassCounts){
      .id = (guint32)solo,
      .counts.tn = ms_confusion_counted(confusion),
  };
  classes = ms_confusion_classes(confusion, &n_classes);
  for (gsize i = 0; i < n_classes; i++)
    if (classes[i].id == counts->id)
      *counts = classes[i];
  return TRUE;
}

MsValue
ms_class_focus_score(const MsClassCounts *counts, MsMetric metric, MsEmptyRule empty)
{
  const MsCounts *of = &counts->counts;

  if (metric != MS_METRIC_ACCURACY && of->tp + of->fp + of->fn == 0)
    return (MsValue){0};
  return ms_class_score(counts, metric, empty);
}

char *
ms_class_focus_describe(const MsClassFocus *focus, MsSet *set, guint model)
{
  GString *text;

  if (!focus)
    return NULL;
  if (focus->solo >= 0) {
    g_autofree char *name = ms_set_class_name(set, model, (guint32)focus->solo);

    return g_strdup_printf("Only: %s", name);
  }
  text = g_string_new("Hidden: ");
  for (guint i = 0; i < MIN(focus->hidden->len, MAX_NAMED); i++) {
    g_autofree char *name = ms_set_class_name(set, model, g_array_index(focus->hidden, guint32, i));

    g_string_append_printf(text, "%s%s", i > 0 ? ", " : "", name);
  }
  if (focus->hidden->len > MAX_NAMED)
    g_string_append_printf(text, " and %u more", focus->hidden->len - MAX_NAMED);
  return g_string_free(text, FALSE);
}
