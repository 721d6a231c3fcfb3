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

static const char *const titles[N_COLUMNS] = {"Class", "IoU", "FP", "FN"};
/* Digits that a column keeps room for; the name takes what is left. */
static const int digits[N_COLUMNS] = {-1, 5, 6, 6};

struct _MsClassTableView {
  GtkWidget parent_instance;

  GListStore *items; /* owned */
  GtkWidget *box;    /* child */
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

/* A line of the table, the heading too, so that all of them are aligned. */
static GtkWidget *
line_new(void)
{
  GtkWidget *line = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 4);

  gtk_widget_add_css_class(line, "line");
  for (Column column = 0; column < N_COLUMNS; column++) {
    GtkLabel *label = GTK_LABEL(gtk_label_new(NULL));

    gtk_label_set_xalign(label, column == COLUMN_NAME ? 0 : 1);
    gtk_label_set_width_chars(label, digits[column]);
    if (column == COLUMN_NAME)
      gtk_label_set_ellipsize(label, PANGO_ELLIPSIZE_END);
    gtk_widget_set_hexpand(GTK_WIDGET(label), column == COLUMN_NAME);
    gtk_widget_add_css_class(GTK_WIDGET(label), "numeric");
    gtk_box_append(GTK_BOX(line), GTK_WIDGET(label));
  }
  return line;
}

static void
line_set(GtkWidget *line, MsClassItem *item)
{
  GtkWidget *label = gtk_widget_get_first_child(line);

  for (Column column = 0; column < N_COLUMNS; column++) {
    g_autofree char *text = item ? cell_text(item, column) : g_strdup(titles[column]);

    gtk_label_set_text(GTK_LABEL(label), text);
    label = gtk_widget_get_next_sibling(label);
  }
  gtk_widget_set_tooltip_text(line, item ? item->name : NULL);
}

static void
line_setup(GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child(item, line_new());
  gtk_list_item_set_activatable(item, FALSE);
}

static void
line_bind(GtkSignalListItemFactory *factory, GtkListItem *item)
{
  line_set(gtk_list_item_get_child(item), gtk_list_item_get_item(item));
}

static int
compare_iou(gconstpointer a, gconstpointer b)
{
  const MsClassItem *first = *(MsClassItem *const *)a, *second = *(MsClassItem *const *)b;

  return (first->iou.value > second->iou.value) - (first->iou.value < second->iou.value);
}

void
ms_class_table_view_show(MsClassTableView *self, MsSet *set, guint model,
                         const MsConfusion *confusion, MsEmptyRule empty)
{
  const MsClassCounts *classes = NULL;
  gsize n_classes = 0;

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
  /* Worst first, and all at once: a list follows its first line where that moves. */
  g_ptr_array_sort(fresh, compare_iou);
  g_list_store_splice(self->items, 0, g_list_model_get_n_items(G_LIST_MODEL(self->items)),
                      fresh->pdata, fresh->len);
}

static void
ms_class_table_view_dispose(GObject *object)
{
  MsClassTableView *self = MS_CLASS_TABLE_VIEW(object);

  g_clear_pointer(&self->box, gtk_widget_unparent);
  g_clear_object(&self->items);
  G_OBJECT_CLASS(ms_class_table_view_parent_class)->dispose(object);
}

static void
ms_class_table_view_class_init(MsClassTableViewClass *class)
{
  G_OBJECT_CLASS(class)->dispose = ms_class_table_view_dispose;
  gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(class), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
list_new(GListModel *items)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
  GtkSelectionModel *selection = GTK_SELECTION_MODEL(gtk_no_selection_new(g_object_ref(items)));
  GtkWidget *list = gtk_list_view_new(selection, factory);
  GtkWidget *scroller = gtk_scrolled_window_new();

  g_signal_connect(factory, "setup", G_CALLBACK(line_setup), NULL);
  g_signal_connect(factory, "bind", G_CALLBACK(line_bind), NULL);
  gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scroller), GTK_POLICY_NEVER,
                                 GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height(GTK_SCROLLED_WINDOW(scroller), TRUE);
  gtk_scrolled_window_set_max_content_height(GTK_SCROLLED_WINDOW(scroller), 260);
  gtk_accessible_update_property(GTK_ACCESSIBLE(list), GTK_ACCESSIBLE_PROPERTY_LABEL, "Classes",
                                 -1);
  gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroller), list);
  return scroller;
}

static void
ms_class_table_view_init(MsClassTableView *self)
{
  GtkWidget *heading = line_new();

  line_set(heading, NULL);
  gtk_widget_add_css_class(heading, "column-titles");
  self->items = g_list_store_new(MS_TYPE_CLASS_ITEM);
  self->box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class(self->box, "data-table");
  gtk_box_append(GTK_BOX(self->box), heading);
  gtk_box_append(GTK_BOX(self->box), list_new(G_LIST_MODEL(self->items)));
  gtk_widget_set_parent(self->box, GTK_WIDGET(self));
}
