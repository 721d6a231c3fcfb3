/* SPDX-License-Identifier: MIT */
#include "app/class-table-view.h"

#include "set/describe.h"

/* --- one row of the model --- */

#define MS_TYPE_CLASS_ITEM (ms_class_item_get_type())
G_DECLARE_FINAL_TYPE(MsClassItem, ms_class_item, MS, CLASS_ITEM, GObject)

struct _MsClassItem {
  GObject parent_instance;

  char *name; /* a reference to a string that items share, and so is its key */
  char *sort_key;
  guint32 id;
  MsCounts counts;
  MsValue iou;
};

G_DEFINE_FINAL_TYPE(MsClassItem, ms_class_item, G_TYPE_OBJECT)

static void
ms_class_item_finalize(GObject *object)
{
  MsClassItem *self = MS_CLASS_ITEM(object);

  g_ref_string_release(self->name);
  g_ref_string_release(self->sort_key);
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

static MsClassItem *
item_new(MsSet *set, guint model, guint32 id)
{
  MsClassItem *self = g_object_new(MS_TYPE_CLASS_ITEM, NULL);
  g_autofree char *name = ms_set_class_name(set, model, id);
  g_autofree char *key = g_utf8_collate_key(name, -1);

  self->id = id;
  self->name = g_ref_string_new(name);
  self->sort_key = g_ref_string_new(key);
  return self;
}

/* Another item of the same class: names are not made again for every change of a count. */
static MsClassItem *
item_new_like(const MsClassItem *other)
{
  MsClassItem *self = g_object_new(MS_TYPE_CLASS_ITEM, NULL);

  self->id = other->id;
  self->name = g_ref_string_acquire(other->name);
  self->sort_key = g_ref_string_acquire(other->sort_key);
  return self;
}

/* --- the table --- */

typedef enum { COLUMN_NAME, COLUMN_IOU, COLUMN_TP, COLUMN_FP, COLUMN_FN, N_COLUMNS } Column;

static const char *const titles[N_COLUMNS] = {"Class", "IoU", "TP", "FP", "FN"};
static const char *const tooltips[N_COLUMNS] = {"Sort by name", "Sort by IoU",
                                                "Sort by true positives", "Sort by false positives",
                                                "Sort by false negatives"};

struct _MsClassTableView {
  GtkWidget parent_instance;

  gboolean of_set;
  int count_width;     /* in characters, of the widest count */
  Column column;       /* that it is sorted by */
  gboolean descending; /* and which way */

  /* Owned */
  GListStore *items; /* MsClassItem, in the order on screen */
  GPtrArray *shown;  /* the same in the order of classes */
  MsSet *set;        /* that they are of; NULL: empty */
  guint model;
  MsEmptyRule empty;

  /* Children */
  GtkWidget *box;
  GtkWidget *list;
  GtkWidget *headings[N_COLUMNS]; /* buttons */
};

G_DEFINE_FINAL_TYPE(MsClassTableView, ms_class_table_view, GTK_TYPE_WIDGET)

enum { PROP_OF_SET = 1 };

/* --- cells --- */

#define SHORTENED 10000 /* counts from this on */

/* Three digits that count: "9,876", "12.3k", "4.56M". */
static char *
short_count(guint64 count)
{
  static const char units[] = "kMGTPE";
  char digits[16];
  double value = (double)count;
  guint unit = 0;

  if (count < SHORTENED)
    return ms_describe_count(count);
  for (value /= 1000; value >= 999.5; value /= 1000)
    unit++;
  g_ascii_formatd(digits, sizeof digits,
                  value < 9.995   ? "%.2f"
                  : value < 99.95 ? "%.1f"
                                  : "%.0f",
                  value);
  return g_strdup_printf("%s%c", digits, units[unit]);
}

static guint64
count_of(const MsClassItem *item, Column column)
{
  return column == COLUMN_TP   ? item->counts.tp
         : column == COLUMN_FP ? item->counts.fp
                               : item->counts.fn;
}

static char *
cell_text(MsClassTableView *self, const MsClassItem *item, Column column)
{
  switch (column) {
  case COLUMN_NAME:
    return g_strdup(item->name);
  case COLUMN_IOU:
    return ms_describe_ratio(item->iou, 3);
  default:
    return self->of_set ? short_count(count_of(item, column))
                        : ms_describe_count(count_of(item, column));
  }
}

/* "car: IoU 0.812, TP 1,234,567, FP 12,345, FN 6,789" */
static char *
line_tooltip(const MsClassItem *item)
{
  g_autofree char *iou = ms_describe_ratio(item->iou, 3);
  g_autofree char *tp = ms_describe_count(item->counts.tp);
  g_autofree char *fp = ms_describe_count(item->counts.fp);
  g_autofree char *fn = ms_describe_count(item->counts.fn);

  return g_strdup_printf("%s: IoU %s, TP %s, FP %s, FN %s", item->name, iou, tp, fp, fn);
}

/* Counts take the room that they need, names what is left. */
static void
set_width(MsClassTableView *self, GtkLabel *label, Column column)
{
  if (column != COLUMN_NAME)
    gtk_label_set_width_chars(label, column == COLUMN_IOU ? 5 : self->count_width);
}

/* Gives a cell of a line, or of the headings, its place: all are aligned alike. */
static void
place_cell(MsClassTableView *self, GtkWidget *cell, GtkLabel *label, Column column)
{
  gtk_label_set_xalign(label, column == COLUMN_NAME ? 0 : 1);
  if (column == COLUMN_NAME)
    gtk_label_set_ellipsize(label, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand(cell, column == COLUMN_NAME);
  gtk_widget_set_visible(cell, column != COLUMN_TP || self->of_set);
  gtk_widget_add_css_class(GTK_WIDGET(label), "numeric");
}

static GtkWidget *
line_new(void)
{
  GtkWidget *line = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 4);

  gtk_widget_add_css_class(line, "line");
  return line;
}

static void
line_setup(GtkSignalListItemFactory *factory, GtkListItem *item, MsClassTableView *self)
{
  GtkWidget *line = line_new();

  for (Column column = 0; column < N_COLUMNS; column++) {
    GtkWidget *label = gtk_label_new(NULL);

    place_cell(self, label, GTK_LABEL(label), column);
    gtk_box_append(GTK_BOX(line), label);
  }
  gtk_list_item_set_child(item, line);
  gtk_list_item_set_activatable(item, FALSE);
}

static void
line_bind(GtkSignalListItemFactory *factory, GtkListItem *list_item, MsClassTableView *self)
{
  GtkWidget *line = gtk_list_item_get_child(list_item);
  GtkWidget *label = gtk_widget_get_first_child(line);
  MsClassItem *item = gtk_list_item_get_item(list_item);
  g_autofree char *tooltip = line_tooltip(item);

  for (Column column = 0; column < N_COLUMNS; column++) {
    g_autofree char *text = cell_text(self, item, column);

    gtk_label_set_text(GTK_LABEL(label), text);
    set_width(self, GTK_LABEL(label), column);
    label = gtk_widget_get_next_sibling(label);
  }
  gtk_widget_set_tooltip_text(line, tooltip);
}

/* --- order --- */

static int
compare_values(MsValue a, MsValue b)
{
  return (a.value > b.value) - (a.value < b.value);
}

/* What does not exist stands last, whichever way; what is alike stands by id. */
static int
compare_items(gconstpointer a, gconstpointer b, gpointer user)
{
  const MsClassTableView *self = user;
  const MsClassItem *first = a, *second = b;
  int order;

  if (self->column == COLUMN_IOU && first->iou.defined != second->iou.defined)
    return second->iou.defined - first->iou.defined;
  if (self->column == COLUMN_NAME)
    order = strcmp(first->sort_key, second->sort_key);
  else if (self->column == COLUMN_IOU)
    order = compare_values(first->iou, second->iou);
  else
    order = (count_of(first, self->column) > count_of(second, self->column)) -
            (count_of(first, self->column) < count_of(second, self->column));
  if (order == 0)
    return (first->id > second->id) - (first->id < second->id);
  return self->descending ? -order : order;
}

static int
compare_pointers(gconstpointer a, gconstpointer b, gpointer user)
{
  return compare_items(*(gconstpointer *)a, *(gconstpointer *)b, user);
}

static void
mark_order(MsClassTableView *self)
{
  for (Column column = 0; column < N_COLUMNS; column++) {
    GtkWidget *heading = self->headings[column];
    gboolean sorted = column == self->column;
    GtkAccessibleSort sort = !sorted            ? GTK_ACCESSIBLE_SORT_NONE
                             : self->descending ? GTK_ACCESSIBLE_SORT_DESCENDING
                                                : GTK_ACCESSIBLE_SORT_ASCENDING;

    if (sorted)
      gtk_widget_add_css_class(heading, "sorted");
    else
      gtk_widget_remove_css_class(heading, "sorted");
    gtk_accessible_update_property(GTK_ACCESSIBLE(heading), GTK_ACCESSIBLE_PROPERTY_SORT, sort, -1);
  }
}

/* Names and IoU go up at first (the worst class first), counts down; once more turns it round. */
static void
heading_clicked(GtkWidget *heading, MsClassTableView *self)
{
  Column column = 0;

  while (self->headings[column] != heading)
    column++;
  self->descending = column == self->column ? !self->descending : column >= COLUMN_TP;
  self->column = column;
  mark_order(self);
  g_list_store_sort(self->items, compare_items, self);
}

/* --- what it shows --- */

static void
name_things(MsClassTableView *self, gboolean labels)
{
  GtkWidget *title = gtk_button_get_child(GTK_BUTTON(self->headings[COLUMN_NAME]));

  gtk_label_set_text(GTK_LABEL(title), labels ? "Label" : titles[COLUMN_NAME]);
  gtk_accessible_update_property(GTK_ACCESSIBLE(self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                 labels ? "Labels" : "Classes", -1);
}

/* In characters: the longest below ten thousand is the largest, and of what is shortened above that
 * nothing is longer than "12.3k". */
static int
width_of_counts(MsClassTableView *self, const GPtrArray *items)
{
  guint64 largest = 0;
  gboolean shortened = FALSE;
  g_autofree char *text = NULL;

  for (guint i = 0; i < items->len; i++)
    for (Column column = self->of_set ? COLUMN_TP : COLUMN_FP; column < N_COLUMNS; column++) {
      guint64 count = count_of(g_ptr_array_index(items, i), column);

      if (self->of_set && count >= SHORTENED)
        shortened = TRUE;
      else
        largest = MAX(largest, count);
    }
  text = ms_describe_count(largest);
  return MAX((int)strlen(text), shortened ? 5 : 3); /* at least that of a heading */
}

static void
fit_counts(MsClassTableView *self, const GPtrArray *items)
{
  self->count_width = width_of_counts(self, items);
  for (Column column = 0; column < N_COLUMNS; column++)
    set_width(self, GTK_LABEL(gtk_button_get_child(GTK_BUTTON(self->headings[column]))), column);
}

/* Whether the items on screen are of these very classes, whatever their counts. */
static gboolean
is_of_classes(MsClassTableView *self, MsSet *set, guint model, const MsClassCounts *classes,
              gsize n_classes)
{
  if (set != self->set || model != self->model || n_classes != self->shown->len)
    return FALSE;
  for (gsize i = 0; i < n_classes; i++)
    if (((MsClassItem *)self->shown->pdata[i])->id != classes[i].id)
      return FALSE;
  return TRUE;
}

static gboolean
has_counts(MsClassTableView *self, const MsClassCounts *classes)
{
  for (guint i = 0; i < self->shown->len; i++) {
    const MsCounts *shown = &((MsClassItem *)self->shown->pdata[i])->counts;
    const MsCounts *counts = &classes[i].counts;

    if (shown->tp != counts->tp || shown->fp != counts->fp || shown->fn != counts->fn)
      return FALSE;
  }
  return TRUE;
}

static GPtrArray *
items_new(void)
{
  return g_ptr_array_new_with_free_func(g_object_unref);
}

/* Takes the items. Sorted, and all at once: a list follows its first line where that moves. */
static void
replace_items(MsClassTableView *self, GPtrArray *items)
{
  g_autofree gpointer *sorted = g_memdup2(items->pdata, items->len * sizeof(gpointer));

  g_ptr_array_unref(self->shown);
  self->shown = items;
  fit_counts(self, items);
  g_qsort_with_data(sorted, (int)items->len, sizeof(gpointer), compare_pointers, self);
  g_list_store_splice(self->items, 0, g_list_model_get_n_items(G_LIST_MODEL(self->items)), sorted,
                      items->len);
}

void
ms_class_table_view_show(MsClassTableView *self, MsSet *set, guint model,
                         const MsConfusion *confusion, MsEmptyRule empty)
{
  const MsClassCounts *classes = NULL;
  gsize n_classes = 0;
  GPtrArray *items;
  gboolean same;

  if (confusion)
    classes = ms_confusion_classes(confusion, &n_classes);
  same = is_of_classes(self, set, model, classes, n_classes);
  if (same && empty == self->empty && has_counts(self, classes))
    return;
  items = items_new();
  for (gsize i = 0; i < n_classes; i++) {
    MsClassItem *item =
        same ? item_new_like(self->shown->pdata[i]) : item_new(set, model, classes[i].id);

    item->counts = classes[i].counts;
    item->iou = ms_class_score(&classes[i], MS_METRIC_IOU, empty);
    g_ptr_array_add(items, item);
  }
  g_set_object(&self->set, set);
  self->model = model;
  self->empty = empty;
  name_things(self, ms_set_get_labels(set) != NULL);
  replace_items(self, items);
}

void
ms_class_table_view_empty(MsClassTableView *self)
{
  g_clear_object(&self->set);
  if (self->shown->len > 0)
    replace_items(self, items_new());
}

/* --- construction --- */

static void
ms_class_table_view_set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_OF_SET)
    MS_CLASS_TABLE_VIEW(object)->of_set = g_value_get_boolean(value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
}

static void
ms_class_table_view_dispose(GObject *object)
{
  MsClassTableView *self = MS_CLASS_TABLE_VIEW(object);

  g_clear_pointer(&self->box, gtk_widget_unparent);
  g_clear_object(&self->items);
  g_clear_object(&self->set);
  G_OBJECT_CLASS(ms_class_table_view_parent_class)->dispose(object);
}

static void
ms_class_table_view_finalize(GObject *object)
{
  g_ptr_array_unref(MS_CLASS_TABLE_VIEW(object)->shown);
  G_OBJECT_CLASS(ms_class_table_view_parent_class)->finalize(object);
}

static GtkWidget *
headings_new(MsClassTableView *self)
{
  GtkWidget *line = line_new();

  gtk_widget_add_css_class(line, "column-titles");
  for (Column column = 0; column < N_COLUMNS; column++) {
    GtkWidget *label = gtk_label_new(titles[column]);
    GtkWidget *heading = gtk_button_new();

    place_cell(self, heading, GTK_LABEL(label), column);
    gtk_button_set_child(GTK_BUTTON(heading), label);
    gtk_button_set_has_frame(GTK_BUTTON(heading), FALSE);
    gtk_widget_set_tooltip_text(heading, tooltips[column]);
    gtk_accessible_update_property(GTK_ACCESSIBLE(heading), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                   tooltips[column], -1);
    g_signal_connect(heading, "clicked", G_CALLBACK(heading_clicked), self);
    gtk_box_append(GTK_BOX(line), heading);
    self->headings[column] = heading;
  }
  return line;
}

static GtkWidget *
list_new(MsClassTableView *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
  GtkSelectionModel *selection =
      GTK_SELECTION_MODEL(gtk_no_selection_new(g_object_ref(G_LIST_MODEL(self->items))));
  GtkWidget *scroller = gtk_scrolled_window_new();

  g_signal_connect(factory, "setup", G_CALLBACK(line_setup), self);
  g_signal_connect(factory, "bind", G_CALLBACK(line_bind), self);
  self->list = gtk_list_view_new(selection, factory);
  gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scroller), GTK_POLICY_NEVER,
                                 GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height(GTK_SCROLLED_WINDOW(scroller), TRUE);
  gtk_scrolled_window_set_max_content_height(GTK_SCROLLED_WINDOW(scroller), 260);
  gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroller), self->list);
  return scroller;
}

static void
ms_class_table_view_constructed(GObject *object)
{
  MsClassTableView *self = MS_CLASS_TABLE_VIEW(object);

  G_OBJECT_CLASS(ms_class_table_view_parent_class)->constructed(object);
  self->column = COLUMN_IOU;
  self->items = g_list_store_new(MS_TYPE_CLASS_ITEM);
  self->shown = items_new();
  self->box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class(self->box, "data-table");
  if (self->of_set)
    gtk_widget_add_css_class(self->box, "dense");
  gtk_box_append(GTK_BOX(self->box), headings_new(self));
  gtk_box_append(GTK_BOX(self->box), list_new(self));
  gtk_widget_set_parent(self->box, GTK_WIDGET(self));
  name_things(self, FALSE);
  mark_order(self);
}

static void
ms_class_table_view_class_init(MsClassTableViewClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS(class);

  object_class->set_property = ms_class_table_view_set_property;
  object_class->constructed = ms_class_table_view_constructed;
  object_class->dispose = ms_class_table_view_dispose;
  object_class->finalize = ms_class_table_view_finalize;
  g_object_class_install_property(
      object_class, PROP_OF_SET,
      g_param_spec_boolean("of-set", NULL, NULL, FALSE,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS));
  gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(class), GTK_TYPE_BIN_LAYOUT);
}

static void
ms_class_table_view_init(MsClassTableView *self)
{
}
