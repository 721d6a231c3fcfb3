/* SPDX-License-Identifier: MIT
 *
 * A class, or a label, with its counts: what a line of the list of classes shows, how lines are
 * ordered, and what is found by a search. In a list it is a place that takes one class after the
 * other.
 */
#pragma once

#include <gio/gio.h>

#include "metric/confusion.h"
#include "render/palette.h"
#include "set/set.h"

G_BEGIN_DECLS

#define MS_TYPE_CLASS_ITEM (ms_class_item_get_type())
G_DECLARE_FINAL_TYPE(MsClassItem, ms_class_item, MS, CLASS_ITEM, GObject)

/* As they stand from left to right. The cell of ID is a swatch. */
typedef enum {
  MS_CLASS_COLUMN_ID,
  MS_CLASS_COLUMN_NAME,
  MS_CLASS_COLUMN_PIXELS, /* actual ones */
  MS_CLASS_COLUMN_IOU,
  MS_CLASS_COLUMN_TP,
  MS_CLASS_COLUMN_FP,
  MS_CLASS_COLUMN_FN,
  MS_N_CLASS_COLUMNS
} MsClassColumn;

struct _MsClassItem {
  GObject parent_instance;

  char *name;     /* these three are references to strings that items of a class share */
  char *sort_key; /* of the name */
  char *search_key;
  guint32 id;
  gboolean background;
  MsColor color;
  MsCounts counts;
  MsValue iou;
};

/* Without counts. */
MsClassItem *ms_class_item_new(MsSet *set, guint model, guint32 id);
/* Becomes the same class with the same counts. */
void ms_class_item_assign(MsClassItem *self, const MsClassItem *other);
MsClassItem *ms_class_item_copy(const MsClassItem *other);

/* Of a column with numbers. */
guint64 ms_class_item_count(const MsClassItem *self, MsClassColumn column);
/* What a cell says; counts with three digits that count: "9,876", "12.3k", "4.56M". Caller frees.
 */
char *ms_class_item_text(const MsClassItem *self, MsClassColumn column);
/* "car: IoU 0.812, 1,234,567 pixels, TP 1,234,567, FP 12,345, FN 6,789". Caller frees. */
char *ms_class_item_describe(const MsClassItem *self, gboolean pixels);

/* What does not exist stands last, whichever way; what is alike stands by id. */
int ms_class_item_compare(const MsClassItem *a, const MsClassItem *b, MsClassColumn column,
                          gboolean descending);

/* What a user typed, made ready for ms_class_item_matches(). Caller frees. */
char *ms_class_item_fold(const char *text);
/* Whether the name holds it, or the id is it. */
gboolean ms_class_item_matches(const MsClassItem *self, const char *folded);

G_END_DECLS
