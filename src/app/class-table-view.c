/* SPDX-License-Identifier: MIT */
#include "app/class-table-view.h"

#include "set/describe.h"

/* --- one row of the model --- */

#define MS_TYPE_CLASS_ITEM (ms_class_item_get_type())
G_DECLARE_FINAL_TYPE(MsClassItem, ms_class_item, MS, CLASS_ITEM, GObject)

struct _MsClassItem {
  GObject parent_instance;

  char *name;
  MsCounts counts;
  MsValue iou;
};

G_DEFINE_FINAL_TYPE(MsClassItem, ms_class_item, G_TYPE_OBJECT)

static void
ms_class_item_finalize(GObject *object)
{
  g_free(MS_CLASS_ITEM(object)->name);
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

/* --- the table --- */

typedef enum { COLUMN_NAME, COLUMN_IOU, COLUMN_FP, COLUMN_FN, N_COLUMNS } Column;

struct _MsClassTableView {
  GtkWidget parent_instance;

  GListStore *items;   /* owned */
  GtkColumnView *view; /* child */
  GtkWidget *scroller; /* child */
};

G_DEFINE_FINAL_TYPE(MsClassTableView, ms_class_table_view, GTK_TYPE_WIDGET)

static char *
cell_text(MsClassItem *item, Column column)
{
  switch (column) {
  case COLUMN_IOU:
    return ms_describe_ratio(item->iou, 3);
  case COLUMN_FP:
    return ms_describe_count(item->counts.fp);
  case COLUMN_FN:
    return ms_describe_count(item->counts.fn);
  default:
    return g_strdup(item->name);
  }
}

static void
cell_setup(GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  GtkWidget *label = gtk_label_new(NULL);

  gtk_label_set_xalign(GTK_LABEL(label), GPOINTER_TO_INT(column) == COLUMN_NAME ? 0 : 1);
  gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_add_css_class(label, "numeric");
  gtk_list_item_set_child(item, label);
}

static void
cell_bind(GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  g_autofree char *text = cell_text(gtk_list_item_get_item(item), GPOINTER_TO_INT(column));

  gtk_label_set_text(GTK_LABEL(gtk_list_item_get_child(item)), text);
}

static void
add_column(MsClassTableView *self, const char *title, Column column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
  g_autoptr(GtkColumnViewColumn) view_column = gtk_column_view_column_new(title, factory);

  g_signal_connect(factory, "setup", G_CALLBACK(cell_setup), GINT_TO_POINTER(column));
  g_signal_connect(factory, "bind", G_CALLBACK(cell_bind), GINT_TO_POINTER(column));
  gtk_column_view_column_set_expand(view_column, column == COLUMN_NAME);
  gtk_column_view_append_column(self->view, view_column);
}

static int
compare_iou(gconstpointer a, gconstpointer b, gpointer user)
{
  const MsClassItem *first = a, *second = b;

  return (first->iou.value > second->iou.value) - (first->iou.value < second->iou.value);
}

void
ms_class_table_view_show(MsClassTableView *self, MsSet *set, guint model,
                         const MsConfusion *confusion, MsEmptyRule empty)
{
  const MsClassCounts *classes = NULL;
  gsize n_classes = 0;

  g_list_store_remove_all(self->items);
  if (confusion)
    classes = ms_confusion_classes(confusion, &n_classes);

  g_autoptr(GPtrArray) fresh = g_ptr_array_new_with_free_func(g_object_unref);

  for (gsize i = 0; i < n_classes; i++) {
    MsClassItem *item = g_object_new(MS_TYPE_CLASS_ITEM, NULL);

    item->name = ms_set_class_name(set, model, classes[i].id);
    item->counts = classes[i].counts;
    item->iou = ms_class_score(&classes[i], MS_METRIC_IOU, empty);
    g_ptr_array_add(fresh, item);
  }
  g_list_store_splice(self->items, 0, 0, fresh->pdata, fresh->len);
  g_list_store_sort(self->items, compare_iou, NULL);
}

static void
ms_class_table_view_dispose(GObject *object)
{
  MsClassTableView *self = MS_CLASS_TABLE_VIEW(object);

  g_clear_pointer(&self->scroller, gtk_widget_unparent);
  g_clear_object(&self->items);
  G_OBJECT_CLASS(ms_class_table_view_parent_class)->dispose(object);
}

static void
ms_class_table_view_class_init(MsClassTableViewClass *class)
{
  G_OBJECT_CLASS(class)->dispose = ms_class_table_view_dispose;
  gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(class), GTK_TYPE_BIN_LAYOUT);
}

static void
ms_class_table_view_init(MsClassTableView *self)
{
  GtkSelectionModel *selection;

  self->items = g_list_store_new(MS_TYPE_CLASS_ITEM);
  selection = GTK_SELECTION_MODEL(gtk_no_selection_new(G_LIST_MODEL(g_object_ref(self->items))));
  self->view = GTK_COLUMN_VIEW(gtk_column_view_new(selection));
  gtk_widget_add_css_class(GTK_WIDGET(self->view), "data-table");
  add_column(self, "Class", COLUMN_NAME);
  add_column(self, "IoU", COLUMN_IOU);
  add_column(self, "FP", COLUMN_FP);
  add_column(self, "FN", COLUMN_FN);

  self->scroller = gtk_scrolled_window_new();
  gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(self->scroller), GTK_POLICY_NEVER,
                                 GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height(GTK_SCROLLED_WINDOW(self->scroller), TRUE);
  gtk_scrolled_window_set_max_content_height(GTK_SCROLLED_WINDOW(self->scroller), 260);
  gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(self->scroller), GTK_WIDGET(self->view));
  gtk_widget_set_parent(self->scroller, GTK_WIDGET(self));
}
