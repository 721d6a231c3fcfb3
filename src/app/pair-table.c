/* SPDX-License-Identifier: MIT
 *
 * The lines are numbers, as strings; what they stand for is in the preview.
 */
#include "app/pair-table.h"

#include "app/tip.h"

struct _MsPairTable {
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkColumnView *view;

  /* Owned */
  MsPreview *preview;
};

G_DEFINE_FINAL_TYPE(MsPairTable, ms_pair_table, GTK_TYPE_WIDGET)

/* Columns; those from COLUMN_MODEL on are of models. */
enum { COLUMN_ID, COLUMN_PROBLEM, COLUMN_IMAGE, COLUMN_ACTUAL, COLUMN_MODEL };

static const char *
cell_text(const MsPreviewRow *row, guint column)
{
  switch (column) {
  case COLUMN_ID:
    return row->id;
  case COLUMN_PROBLEM:
    return row->problem ? row->problem : "";
  case COLUMN_IMAGE:
    return row->image ? row->image : "–";
  case COLUMN_ACTUAL:
    return row->actual ? row->actual : "–";
  default: {
    const char *name = g_ptr_array_index(row->predicted, column - COLUMN_MODEL);

    return name ? name : "–";
  }
  }
}

static guint
column_of(gpointer factory)
{
  return GPOINTER_TO_UINT(g_object_get_data(factory, "column"));
}

static void
set_up(GtkSignalListItemFactory *factory, GtkListItem *item, MsPairTable *self)
{
  GtkWidget *label = gtk_label_new(NULL);

  gtk_label_set_xalign(GTK_LABEL(label), 0);
  gtk_label_set_single_line_mode(GTK_LABEL(label), TRUE);
  gtk_label_set_ellipsize(GTK_LABEL(label), column_of(factory) == COLUMN_PROBLEM
                                                ? PANGO_ELLIPSIZE_END
                                                : PANGO_ELLIPSIZE_MIDDLE);
  if (column_of(factory) == COLUMN_PROBLEM)
    gtk_widget_add_css_class(label, "problem");
  gtk_list_item_set_child(item, label);
  gtk_list_item_set_activatable(item, FALSE);
}

static void
bind(GtkSignalListItemFactory *factory, GtkListItem *item, MsPairTable *self)
{
  GtkLabel *label = GTK_LABEL(gtk_list_item_get_child(item));
  const MsPreviewRow *row =
      g_ptr_array_index(self->preview->rows, gtk_list_item_get_position(item));
  const char *text = cell_text(row, column_of(factory));

  gtk_label_set_text(label, text);
  ms_tip_set(GTK_WIDGET(label), *text ? text : NULL);
}

static void
add_column(MsPairTable *self, guint number, const char *title)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
  g_autoptr(GtkColumnViewColumn) column = NULL;

  g_object_set_data(G_OBJECT(factory), "column", GUINT_TO_POINTER(number));
  g_signal_connect(factory, "setup", G_CALLBACK(set_up), self);
  g_signal_connect(factory, "bind", G_CALLBACK(bind), self);
  column = gtk_column_view_column_new(title, factory);
  gtk_column_view_column_set_expand(column, TRUE);
  gtk_column_view_column_set_resizable(column, TRUE);
  gtk_column_view_append_column(self->view, column);
}

static void
remove_columns(MsPairTable *self)
{
  GListModel *columns = gtk_column_view_get_columns(self->view);

  while (g_list_model_get_n_items(columns) > 0) {
    g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item(columns, 0);

    gtk_column_view_remove_column(self->view, column);
  }
}

static gboolean
has_problem(const MsPreview *preview)
{
  const MsPreviewRow *first = preview->rows->len > 0 ? g_ptr_array_index(preview->rows, 0) : NULL;

  return first && first->problem; /* they come first */
}

static void
add_columns(MsPairTable *self)
{
  add_column(self, COLUMN_ID, "Example");
  if (has_problem(self->preview))
    add_column(self, COLUMN_PROBLEM, "Problem");
  add_column(self, COLUMN_IMAGE, "Image");
  add_column(self, COLUMN_ACTUAL, "Actual");
  for (guint i = 0; i < self->preview->models->len; i++) {
    const MsPreviewCount *model = g_ptr_array_index(self->preview->models, i);

    add_column(self, COLUMN_MODEL + i, model->name);
  }
}

/* Without its lines first: they are bound to the preview that goes. */
void
ms_pair_table_set_preview(MsPairTable *self, MsPreview *preview)
{
  g_autoptr(GtkStringList) lines = gtk_string_list_new(NULL);
  g_autoptr(GtkNoSelection) selection = NULL;

  gtk_column_view_set_model(self->view, NULL);
  remove_columns(self);
  g_clear_pointer(&self->preview, ms_preview_unref);
  if (!preview)
    return;
  self->preview = ms_preview_ref(preview);
  add_columns(self);
  for (guint i = 0; i < preview->rows->len; i++)
    gtk_string_list_append(lines, "");
  selection = gtk_no_selection_new(G_LIST_MODEL(g_steal_pointer(&lines)));
  gtk_column_view_set_model(self->view, GTK_SELECTION_MODEL(selection));
}

guint
ms_pair_table_get_n_lines(MsPairTable *self)
{
  return self->preview ? self->preview->rows->len : 0;
}

char *
ms_pair_table_get_text(MsPairTable *self, guint line, const char *title)
{
  GListModel *columns = gtk_column_view_get_columns(self->view);

  for (guint i = 0; i < g_list_model_get_n_items(columns); i++) {
    g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item(columns, i);
    guint number = column_of(gtk_column_view_column_get_factory(column));

    if (g_str_equal(gtk_column_view_column_get_title(column), title))
      return g_strdup(cell_text(g_ptr_array_index(self->preview->rows, line), number));
  }
  return NULL;
}

static void
ms_pair_table_dispose(GObject *object)
{
  MsPairTable *self = MS_PAIR_TABLE(object);

  if (self->view)
    ms_pair_table_set_preview(self, NULL);
  self->view = NULL;
  g_clear_pointer(&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS(ms_pair_table_parent_class)->dispose(object);
}

static void
ms_pair_table_class_init(MsPairTableClass *class)
{
  G_OBJECT_CLASS(class)->dispose = ms_pair_table_dispose;
  gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(class), GTK_TYPE_BIN_LAYOUT);
}

static void
ms_pair_table_init(MsPairTable *self)
{
  self->scroller = gtk_scrolled_window_new();
  self->view = GTK_COLUMN_VIEW(gtk_column_view_new(NULL));
  gtk_accessible_update_property(GTK_ACCESSIBLE(self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                 "First examples and their files", -1);
  gtk_widget_add_css_class(GTK_WIDGET(self->view), "pairs");
  gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(self->scroller), GTK_WIDGET(self->view));
  gtk_widget_set_parent(self->scroller, GTK_WIDGET(self));
}
