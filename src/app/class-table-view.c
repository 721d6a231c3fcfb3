/* SPDX-License-Identifier: MIT
 *
 * Items stay where the classes do: stepping through examples of the same classes changes numbers,
 * not lines. The search box, once there, is there for the set, so that nothing jumps under the
 * pointer.
 */
#include "app/class-table-view.h"

#include "app/class-headings.h"
#include "app/class-lines.h"

#define FEW_CLASSES 12 /* are found without a search */
#define LIST_HEIGHT 320
#define SET_HEIGHT  260
#define WIDE        310 /* pixels, in which there is room for false positives and negatives */

struct _MsClassTableView {
  GtkWidget parent_instance;

  gboolean of_set;
  gboolean labels; /* instead of classes */
  gboolean wide;
  gboolean searchable; /* the set has many classes, or an example of it had */
  guint tick;          /* runs when the columns are to follow the width */

  /* Owned */
  GPtrArray *classes; /* MsClassItem, by id */
  MsSet *set;         /* that they are of; NULL: empty */
  guint model;
  MsEmptyRule empty;
  MsClassFocus *focus;
  char *sought; /* NULL: all are found */

  /* Children */
  GtkWidget *box;
  GtkWidget *search;
  MsClassHeadings *headings;
  MsClassLines *lines;
  GtkWidget *focus_bar;
  GtkWidget *focus_text;
};

G_DEFINE_FINAL_TYPE(MsClassTableView, ms_class_table_view, GTK_TYPE_WIDGET)

enum { PROP_OF_SET = 1 };

/* --- focus --- */

static void
show_focus(MsClassTableView *self)
{
  g_autofree char *text =
      self->set ? ms_class_focus_describe(self->focus, self->set, self->model) : NULL;

  gtk_label_set_text(GTK_LABEL(self->focus_text), text ? text : "");
  gtk_widget_set_visible(self->focus_bar, text && !self->of_set && !self->labels);
}

void
ms_class_table_view_set_focus(MsClassTableView *self, MsClassFocus *focus)
{
  if (focus == self->focus)
    return;
  ms_class_focus_ref(focus);
  ms_class_focus_unref(self->focus);
  self->focus = focus;
  show_focus(self);
  ms_class_lines_set_focus(self->lines, focus);
}

/* --- order --- */

typedef struct {
  MsClassColumn column;
  gboolean descending;
} Order;

static int
compare_items(gconstpointer a, gconstpointer b, gpointer user)
{
  const Order *order = user;

  return ms_class_item_compare(*(const MsClassItem *const *)a, *(const MsClassItem *const *)b,
                               order->column, order->descending);
}

/* Shows what is found, sorted. */
static void
arrange(MsClassTableView *self)
{
  g_autoptr(GPtrArray) found = g_ptr_array_sized_new(self->classes->len);
  Order order;

  order.column = ms_class_headings_get_order(self->headings, &order.descending);
  for (guint i = 0; i < self->classes->len; i++) {
    MsClassItem *class = g_ptr_array_index(self->classes, i);

    if (!self->sought || ms_class_item_matches(class, self->sought))
      g_ptr_array_add(found, class);
  }
  g_ptr_array_sort_with_data(found, compare_items, &order);
  ms_class_lines_show(self->lines, found);
}

/* --- search --- */

static void
search_changed(GtkSearchEntry *entry, MsClassTableView *self)
{
  const char *text = gtk_editable_get_text(GTK_EDITABLE(entry));

  g_free(self->sought);
  self->sought = *text ? ms_class_item_fold(text) : NULL;
  arrange(self);
}

static void
search_stopped(GtkSearchEntry *entry, MsClassTableView *self)
{
  gtk_editable_set_text(GTK_EDITABLE(entry), "");
}

/* A search that is out of sight finds everything. One that is in sight stays there for the set. */
static void
show_search(MsClassTableView *self, guint n_classes)
{
  gboolean wanted;

  self->searchable |= n_classes > FEW_CLASSES;
  wanted = self->set && self->searchable;
  if (!wanted)
    gtk_editable_set_text(GTK_EDITABLE(self->search), "");
  g_object_set(self->search, "placeholder-text", self->labels ? "Search labels" : "Search classes",
               NULL);
  gtk_widget_set_visible(self->search, wanted);
}

/* --- what it shows --- */

static void
name_things(MsClassTableView *self)
{
  ms_class_headings_set_title(self->headings, self->labels ? "Label" : "Class");
  ms_class_lines_set_name(self->lines, self->labels ? "Labels" : "Classes");
  gtk_accessible_update_property(GTK_ACCESSIBLE(self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                 self->labels ? "Search labels" : "Search classes", -1);
}

static MsClassColumns
choose_columns(MsClassTableView *self)
{
  gboolean room = self->labels || self->wide;

  return (MsClassColumns){
      .has = {[MS_CLASS_COLUMN_ID] = !self->labels,
              [MS_CLASS_COLUMN_NAME] = TRUE,
              [MS_CLASS_COLUMN_PIXELS] = !self->labels,
              [MS_CLASS_COLUMN_IOU] = TRUE,
              [MS_CLASS_COLUMN_TP] = self->labels,
              [MS_CLASS_COLUMN_FP] = room,
              [MS_CLASS_COLUMN_FN] = room},
      .can_solo = !self->labels,
      .can_hide = !self->labels && !self->of_set,
  };
}

/* In characters, at least that of a heading: of what is shortened from ten thousand on nothing is
 * longer than "12.3k", and below that nothing than "9,999". */
static int
width_of_counts(MsClassTableView *self, const MsClassColumns *columns)
{
  int width = 3;

  for (guint i = 0; i < self->classes->len; i++)
    for (MsClassColumn column = MS_CLASS_COLUMN_PIXELS; column < MS_N_CLASS_COLUMNS; column++)
      if (columns->has[column] && column != MS_CLASS_COLUMN_IOU &&
          ms_class_item_count(g_ptr_array_index(self->classes, i), column) >= 1000)
        width = 5;
  return width;
}

static void
show_columns(MsClassTableView *self)
{
  MsClassColumns columns = choose_columns(self);

  columns.count_width = width_of_counts(self, &columns);
  ms_class_headings_set_columns(self->headings, &columns);
  ms_class_lines_set_columns(self->lines, &columns);
}

static void
choose_order(MsClassTableView *self)
{
  ms_class_headings_set_order(
      self->headings, self->labels ? MS_CLASS_COLUMN_IOU : MS_CLASS_COLUMN_PIXELS, !self->labels);
}

/* Whether the items on screen are of these very classes, whatever their counts. */
static gboolean
is_of_classes(MsClassTableView *self, MsSet *set, guint model, const MsClassCounts *classes,
              gsize n_classes)
{
  if (set != self->set || model != self->model || n_classes != self->classes->len)
    return FALSE;
  for (gsize i = 0; i < n_classes; i++)
    if (((MsClassItem *)self->classes->pdata[i])->id != classes[i].id)
      return FALSE;
  return TRUE;
}

static gboolean
has_counts(MsClassTableView *self, const MsClassCounts *classes)
{
  for (guint i = 0; i < self->classes->len; i++) {
    const MsCounts *shown = &((MsClassItem *)self->classes->pdata[i])->counts;
    const MsCounts *counts = &classes[i].counts;

    if (shown->tp != counts->tp || shown->fp != counts->fp || shown->fn != counts->fn)
      return FALSE;
  }
  return TRUE;
}

static gboolean
has_many_classes(MsSet *set)
{
  const MsClassTable *table = ms_set_get_classes(set);

  return table && table->n_classes > FEW_CLASSES;
}

static void
set_set(MsClassTableView *self, MsSet *set, guint model)
{
  gboolean labels = ms_set_get_labels(set) != NULL;

  if (!self->set || labels != self->labels) {
    self->labels = labels;
    choose_order(self);
  }
  if (g_set_object(&self->set, set))
    self->searchable = has_many_classes(set);
  self->model = model;
  name_things(self);
}

static void
make_classes(MsClassTableView *self, const MsClassCounts *classes, gsize n_classes)
{
  g_ptr_array_set_size(self->classes, 0);
  for (gsize i = 0; i < n_classes; i++)
    g_ptr_array_add(self->classes, ms_class_item_new(self->set, self->model, classes[i].id));
}

static void
show_all(MsClassTableView *self)
{
  show_search(self, self->classes->len);
  show_columns(self);
  arrange(self);
  show_focus(self);
}

void
ms_class_table_view_show(MsClassTableView *self, MsSet *set, guint model,
                         const MsConfusion *confusion, MsEmptyRule empty)
{
  const MsClassCounts *classes = NULL;
  gsize n_classes = 0;
  gboolean same;

  if (confusion)
    classes = ms_confusion_classes(confusion, &n_classes);
  same = is_of_classes(self, set, model, classes, n_classes);
  if (same && empty == self->empty && has_counts(self, classes))
    return;
  set_set(self, set, model);
  self->empty = empty;
  if (!same)
    make_classes(self, classes, n_classes);
  for (gsize i = 0; i < n_classes; i++) {
    MsClassItem *class = g_ptr_array_index(self->classes, i);

    class->counts = classes[i].counts;
    class->iou = ms_class_score(&classes[i], MS_METRIC_IOU, empty);
  }
  show_all(self);
}

void
ms_class_table_view_empty(MsClassTableView *self)
{
  g_clear_object(&self->set);
  if (self->classes->len == 0)
    return;
  g_ptr_array_set_size(self->classes, 0);
  show_all(self);
}

/* --- width --- */

static gboolean
width_changed(GtkWidget *widget, GdkFrameClock *clock, gpointer user)
{
  MsClassTableView *self = MS_CLASS_TABLE_VIEW(widget);

  self->tick = 0;
  show_columns(self);
  return G_SOURCE_REMOVE;
}

/* Columns come and go before the next frame, not while this one is laid out. */
static void
ms_class_table_view_size_allocate(GtkWidget *widget, int width, int height, int baseline)
{
  MsClassTableView *self = MS_CLASS_TABLE_VIEW(widget);
  gboolean wide = width >= WIDE;

  gtk_widget_size_allocate(self->box, &(GtkAllocation){0, 0, width, height}, baseline);
  if (wide == self->wide)
    return;
  self->wide = wide;
  if (!self->tick)
    self->tick = gtk_widget_add_tick_callback(widget, width_changed, NULL, NULL);
}

static void
ms_class_table_view_measure(GtkWidget *widget, GtkOrientation orientation, int for_size,
                            int *minimum, int *natural, int *minimum_baseline,
                            int *natural_baseline)
{
  gtk_widget_measure(MS_CLASS_TABLE_VIEW(widget)->box, orientation, for_size, minimum, natural,
                     minimum_baseline, natural_baseline);
}

/* --- keyboard --- */

/* Tab leaves the lines, which the arrow keys walk, at once: there may be hundreds of them. */
static gboolean
ms_class_table_view_focus(GtkWidget *widget, GtkDirectionType direction)
{
  MsClassTableView *self = MS_CLASS_TABLE_VIEW(widget);

  if (gtk_widget_get_focus_child(GTK_WIDGET(self->lines))) {
    if (direction == GTK_DIR_TAB_FORWARD)
      return FALSE;
    if (direction == GTK_DIR_TAB_BACKWARD)
      return ms_class_headings_grab_focus(self->headings);
  }
  return GTK_WIDGET_CLASS(ms_class_table_view_parent_class)->focus(widget, direction);
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
  g_clear_object(&self->set);
  g_clear_pointer(&self->focus, ms_class_focus_unref);
  G_OBJECT_CLASS(ms_class_table_view_parent_class)->dispose(object);
}

static void
ms_class_table_view_finalize(GObject *object)
{
  MsClassTableView *self = MS_CLASS_TABLE_VIEW(object);

  g_ptr_array_unref(self->classes);
  g_free(self->sought);
  G_OBJECT_CLASS(ms_class_table_view_parent_class)->finalize(object);
}

static GtkWidget *
search_new(MsClassTableView *self)
{
  GtkWidget *search = gtk_search_entry_new();

  gtk_widget_set_visible(search, FALSE);
  g_signal_connect(search, "search-changed", G_CALLBACK(search_changed), self);
  g_signal_connect(search, "stop-search", G_CALLBACK(search_stopped), self);
  return search;
}

/* Below the lines, which are not to move under the pointer that pressed one. */
static GtkWidget *
focus_bar_new(MsClassTableView *self)
{
  GtkWidget *bar = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *all = gtk_button_new_with_label("Show All");

  self->focus_text = gtk_label_new(NULL);
  gtk_label_set_xalign(GTK_LABEL(self->focus_text), 0);
  gtk_label_set_ellipsize(GTK_LABEL(self->focus_text), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand(self->focus_text, TRUE);
  gtk_actionable_set_action_name(GTK_ACTIONABLE(all), "win.show-all-classes");
  gtk_widget_add_css_class(bar, "focus-bar");
  gtk_widget_set_visible(bar, FALSE);
  gtk_box_append(GTK_BOX(bar), self->focus_text);
  gtk_box_append(GTK_BOX(bar), all);
  return bar;
}

static void
ms_class_table_view_constructed(GObject *object)
{
  MsClassTableView *self = MS_CLASS_TABLE_VIEW(object);

  G_OBJECT_CLASS(ms_class_table_view_parent_class)->constructed(object);
  self->box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
  self->search = search_new(self);
  self->headings = MS_CLASS_HEADINGS(ms_class_headings_new());
  self->lines = MS_CLASS_LINES(ms_class_lines_new(self->of_set ? SET_HEIGHT : LIST_HEIGHT));
  self->focus_bar = focus_bar_new(self);
  g_signal_connect_object(self->headings, "order", G_CALLBACK(arrange), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class(self->box, "data-table");
  if (self->of_set)
    gtk_widget_add_css_class(self->box, "dense");
  gtk_box_append(GTK_BOX(self->box), self->search);
  gtk_box_append(GTK_BOX(self->box), GTK_WIDGET(self->headings));
  gtk_box_append(GTK_BOX(self->box), GTK_WIDGET(self->lines));
  gtk_box_append(GTK_BOX(self->box), self->focus_bar);
  gtk_widget_set_parent(self->box, GTK_WIDGET(self));
  choose_order(self);
  name_things(self);
  show_columns(self);
}

static void
ms_class_table_view_class_init(MsClassTableViewClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS(class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  object_class->set_property = ms_class_table_view_set_property;
  object_class->constructed = ms_class_table_view_constructed;
  object_class->dispose = ms_class_table_view_dispose;
  object_class->finalize = ms_class_table_view_finalize;
  widget_class->focus = ms_class_table_view_focus;
  widget_class->measure = ms_class_table_view_measure;
  widget_class->size_allocate = ms_class_table_view_size_allocate;
  g_object_class_install_property(
      object_class, PROP_OF_SET,
      g_param_spec_boolean("of-set", NULL, NULL, FALSE,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS));
}

static void
ms_class_table_view_init(MsClassTableView *self)
{
  self->classes = g_ptr_array_new_with_free_func(g_object_unref);
}
