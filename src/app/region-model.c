/* SPDX-License-Identifier: MIT */
#include "app/region-model.h"

struct _MsRegionModel {
  GObject parent_instance;

  MsKind kinds;
  guint n_rows;

  /* Owned */
  MsAnalysis *analysis;
  GArray *rows;      /* guint32 regions, ascending; NULL: every one */
  GHashTable *items; /* those that somebody holds, not owned */
};

/* --- an item --- */

struct _MsRegionItem {
  GObject parent_instance;

  guint row;
  MsRegionModel *model; /* owned */
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE(MsRegionItem, ms_region_item, G_TYPE_OBJECT)

static void
ms_region_item_finalize(GObject *object)
{
  MsRegionItem *self = MS_REGION_ITEM(object);

  g_hash_table_remove(self->model->items, self);
  g_object_unref(self->model);
  G_OBJECT_CLASS(ms_region_item_parent_class)->finalize(object);
}

static void
ms_region_item_class_init(MsRegionItemClass *class)
{
  G_OBJECT_CLASS(class)->finalize = ms_region_item_finalize;
  signals[CHANGED] = g_signal_new("changed", MS_TYPE_REGION_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
}

static void
ms_region_item_init(MsRegionItem *self)
{
}

const MsRegion *
ms_region_item_get(MsRegionItem *self)
{
  MsRegionModel *model = self->model;
  size_t n_regions;

  if (self->row >= model->n_rows)
    return NULL;
  return &ms_regions_get(model->analysis->diagnosis.regions,
                         &n_regions)[ms_region_model_get_region(model, self->row)];
}

MsAnalysis *
ms_region_item_get_analysis(MsRegionItem *self)
{
  return self->model->analysis;
}

/* --- the list --- */

static void list_model_init(GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE(MsRegionModel, ms_region_model, G_TYPE_OBJECT,
                              G_IMPLEMENT_INTERFACE(G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type(GListModel *model)
{
  return MS_TYPE_REGION_ITEM;
}

static guint
get_n_items(GListModel *model)
{
  return MS_REGION_MODEL(model)->n_rows;
}

static gpointer
get_item(GListModel *model, guint row)
{
  MsRegionModel *self = MS_REGION_MODEL(model);
  MsRegionItem *item;

  if (row >= self->n_rows)
    return NULL;
  item = g_object_new(MS_TYPE_REGION_ITEM, NULL);
  item->row = row;
  item->model = g_object_ref(self);
  g_hash_table_add(self->items, item);
  return item;
}

static void
list_model_init(GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

static GArray *
choose_rows(const MsRegion *regions, gsize n_regions, MsKind kinds)
{
  GArray *rows = g_array_new(FALSE, FALSE, sizeof(guint32));

  for (guint32 i = 0; i < n_regions; i++)
    if (regions[i].kind & kinds)
      g_array_append_val(rows, i);
  return rows;
}

static void
tell_items(MsRegionModel *self, guint n_rows)
{
  g_autoptr(GList) items = g_hash_table_get_keys(self->items);

  g_list_foreach(items, (GFunc)(void (*)(void))g_object_ref, NULL);
  for (GList *i = items; i; i = i->next) {
    if (MS_REGION_ITEM(i->data)->row < n_rows)
      g_signal_emit(i->data, signals[CHANGED], 0);
    g_object_unref(i->data);
  }
}

/* Rows that are there before and after stay. */
static void
tell(MsRegionModel *self, guint n_before)
{
  guint n_kept = MIN(n_before, self->n_rows);

  if (n_before != self->n_rows)
    g_list_model_items_changed(G_LIST_MODEL(self), n_kept, n_before - n_kept,
                               self->n_rows - n_kept);
  tell_items(self, n_kept);
}

void
ms_region_model_show(MsRegionModel *self, MsAnalysis *analysis, MsKind kinds)
{
  const MsRegion *regions = NULL;
  size_t n_regions = 0;
  guint n_before = self->n_rows;

  kinds &= MS_KIND_WRONG;
  if (analysis == self->analysis && kinds == self->kinds)
    return;
  ms_analysis_ref(analysis);
  ms_analysis_unref(self->analysis);
  self->analysis = analysis;
  self->kinds = kinds;
  g_clear_pointer(&self->rows, g_array_unref);
  if (analysis)
    regions = ms_regions_get(analysis->diagnosis.regions, &n_regions);
  if (kinds != MS_KIND_WRONG)
    self->rows = choose_rows(regions, n_regions, kinds);
  self->n_rows = self->rows ? self->rows->len : (guint)n_regions;
  tell(self, n_before);
}

gsize
ms_region_model_get_region(MsRegionModel *self, guint row)
{
  return self->rows ? g_array_index(self->rows, guint32, row) : row;
}

guint
ms_region_model_find(MsRegionModel *self, gsize region)
{
  guint low = 0, high = self->n_rows;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (ms_region_model_get_region(self, middle) < region)
      low = middle + 1;
    else
      high = middle;
  }
  return low < self->n_rows && ms_region_model_get_region(self, low) == region ? low : G_MAXUINT;
}

static void
ms_region_model_finalize(GObject *object)
{
  MsRegionModel *self = MS_REGION_MODEL(object);

  ms_analysis_unref(self->analysis);
  g_clear_pointer(&self->rows, g_array_unref);
  g_hash_table_unref(self->items);
  G_OBJECT_CLASS(ms_region_model_parent_class)->finalize(object);
}

static void
ms_region_model_class_init(MsRegionModelClass *class)
{
  G_OBJECT_CLASS(class)->finalize = ms_region_model_finalize;
}

static void
ms_region_model_init(MsRegionModel *self)
{
  self->kinds = MS_KIND_WRONG;
  self->items = g_hash_table_new(NULL, NULL);
}

MsRegionModel *
ms_region_model_new(void)
{
  return g_object_new(MS_TYPE_REGION_MODEL, NULL);
}
