/* SPDX-License-Identifier: MIT
 *
 * Cells are words made when they are asked for; an item holds numbers, a name, and the folded name
 * that a search looks through.
 */
#include "app/class-item.h"

#include <string.h>

#include "report/class-layer.h"
#include "set/describe.h"

G_DEFINE_FINAL_TYPE(MsClassItem, ms_class_item, G_TYPE_OBJECT)

static void
release_names(MsClassItem *self)
{
  g_clear_pointer(&self->name, g_ref_string_release);
  g_clear_pointer(&self->sort_key, g_ref_string_release);
  g_clear_pointer(&self->search_key, g_ref_string_release);
}

static void
ms_class_item_finalize(GObject *object)
{
  release_names(MS_CLASS_ITEM(object));
  G_OBJECT_CLASS(ms_class_item_parent_class)->finalize(object);
}

static void
ms_class_item_class_init(MsClassItemClass *class)
{
  G_OBJECT_CLASS(class)->finalize = ms_class_item_finalize;
}

static void
ms_class_item_init(MsClassItem *self)
{
}

char *
ms_class_item_fold(const char *text)
{
  g_autofree char *normal = g_utf8_normalize(text, -1, G_NORMALIZE_ALL);

  return g_utf8_casefold(normal ? normal : "", -1);
}

MsClassItem *
ms_class_item_new(MsSet *set, guint model, guint32 id)
{
  MsClassItem *self = g_object_new(MS_TYPE_CLASS_ITEM, NULL);
  const MsRules *rules = &ms_set_get_rules(set, model)->rules;
  g_autofree char *name = ms_set_class_name(set, model, id);
  g_autofree char *sort_key = g_utf8_collate_key(name, -1);
  g_autofree char *search_key = ms_class_item_fold(name);

  self->id = id;
  self->name = g_ref_string_new(name);
  self->sort_key = g_ref_string_new(sort_key);
  self->search_key = g_ref_string_new(search_key);
  self->background = !ms_set_get_labels(set) && rules->background == id;
  self->color = ms_class_layer_color(set, id);
  return self;
}

void
ms_class_item_assign(MsClassItem *self, const MsClassItem *other)
{
  char *name = g_ref_string_acquire(other->name);
  char *sort_key = g_ref_string_acquire(other->sort_key);
  char *search_key = g_ref_string_acquire(other->search_key);

  release_names(self);
  self->name = name;
  self->sort_key = sort_key;
  self->search_key = search_key;
  self->id = other->id;
  self->background = other->background;
  self->color = other->color;
  self->counts = other->counts;
  self->iou = other->iou;
}

MsClassItem *
ms_class_item_copy(const MsClassItem *other)
{
  MsClassItem *self = g_object_new(MS_TYPE_CLASS_ITEM, NULL);

  ms_class_item_assign(self, other);
  return self;
}

/* --- words --- */

guint64
ms_class_item_count(const MsClassItem *self, MsClassColumn column)
{
  switch (column) {
  case MS_CLASS_COLUMN_ID:
    return self->id;
  case MS_CLASS_COLUMN_PIXELS:
    return self->counts.tp + self->counts.fn;
  case MS_CLASS_COLUMN_TP:
    return self->counts.tp;
  case MS_CLASS_COLUMN_FP:
    return self->counts.fp;
  default:
    return self->counts.fn;
  }
}

char *
ms_class_item_text(const MsClassItem *self, MsClassColumn column)
{
  switch (column) {
  case MS_CLASS_COLUMN_NAME:
    return g_strdup(self->name);
  case MS_CLASS_COLUMN_IOU:
    return ms_describe_ratio(self->iou, 3);
  default:
    return ms_describe_short_count(ms_class_item_count(self, column));
  }
}

char *
ms_class_item_describe(const MsClassItem *self, gboolean pixels)
{
  g_autofree char *iou = ms_describe_ratio(self->iou, 3);
  g_autofree char *actual = ms_describe_count(ms_class_item_count(self, MS_CLASS_COLUMN_PIXELS));
  g_autofree char *tp = ms_describe_count(self->counts.tp);
  g_autofree char *fp = ms_describe_count(self->counts.fp);
  g_autofree char *fn = ms_describe_count(self->counts.fn);

  if (pixels)
    return g_strdup_printf("%s: IoU %s, %s pixels, TP %s, FP %s, FN %s", self->name, iou, actual,
                           tp, fp, fn);
  return g_strdup_printf("%s: IoU %s, TP %s, FP %s, FN %s", self->name, iou, tp, fp, fn);
}

/* --- order --- */

static int
compare_counts(guint64 a, guint64 b)
{
  return (a > b) - (a < b);
}

int
ms_class_item_compare(const MsClassItem *a, const MsClassItem *b, MsClassColumn column,
                      gboolean descending)
{
  int order;

  if (column == MS_CLASS_COLUMN_IOU && a->iou.defined != b->iou.defined)
    return b->iou.defined - a->iou.defined;
  if (column == MS_CLASS_COLUMN_NAME)
    order = strcmp(a->sort_key, b->sort_key);
  else if (column == MS_CLASS_COLUMN_IOU)
    order = (a->iou.value > b->iou.value) - (a->iou.value < b->iou.value);
  else
    order = compare_counts(ms_class_item_count(a, column), ms_class_item_count(b, column));
  if (order == 0)
    return compare_counts(a->id, b->id);
  return descending ? -order : order;
}

/* --- search --- */

gboolean
ms_class_item_matches(const MsClassItem *self, const char *folded)
{
  char id[16];

  g_snprintf(id, sizeof id, "%u", self->id);
  return strstr(self->search_key, folded) != NULL || g_str_equal(id, folded);
}
