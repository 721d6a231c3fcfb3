/* SPDX-License-Identifier: MIT
 *
 * Writing a row costs more than all else that happens to it, and a dozen of two hundred are seen:
 * those are written at once, the others a few at a time when there is nothing else to do.
 */
#include "app/bound-rows.h"

#include <string.h>

#include "app/example-place.h"
#include "app/example-row.h"

#define ROW_HEIGHT   55  /* before a row has been laid out */
#define PAGE_HEIGHT  800 /* likewise */
#define MARGIN       2   /* rows either way that are as good as in sight */
#define ROWS_AT_ONCE 8   /* of those that are not */
#define N_NAMES      500 /* at most, of which it is found out what they have in common */

struct _MsBoundRows {
  GObject parent_instance;

  guint tick;     /* runs while rows move */
  gboolean moved; /* since the last tick */
  gboolean due;   /* moved before the last tick, and laid out since */
  guint writer;   /* runs while rows out of sight are stale */

  /* Borrowed */
  GtkListView *view;

  /* Owned */
  MsRowSource source; /* NULL: none */
  GHashTable *rows;   /* example -> GtkListItem, borrowed */
};

G_DEFINE_FINAL_TYPE(MsBoundRows, ms_bound_rows, G_TYPE_OBJECT)

static G_DEFINE_QUARK(ms - bound - rows - owner, owner)

static MsExampleRow *
row_of(gpointer item)
{
  return MS_EXAMPLE_ROW(gtk_list_item_get_child(item));
}

/* --- writing rows --- */

typedef struct {
  double first, last; /* positions */
} Sight;

/* Rows are of one height, so that where a row will be follows from its position, also while it has
 * not been laid out there. */
static Sight
find_sight(MsBoundRows *self, GtkListItem *any)
{
  GtkAdjustment *scroll = gtk_scrollable_get_vadjustment(GTK_SCROLLABLE(self->view));
  double height = gtk_widget_get_height(gtk_widget_get_parent(GTK_WIDGET(row_of(any))));
  double page = gtk_adjustment_get_page_size(scroll);
  Sight sight;

  if (height <= 0)
    height = ROW_HEIGHT;
  if (page <= 1)
    page = PAGE_HEIGHT;
  sight.first = gtk_adjustment_get_value(scroll) / height - 1 - MARGIN;
  sight.last = sight.first + page / height + 1 + 2 * MARGIN;
  return sight;
}

static gboolean
is_stale(GtkListItem *item)
{
  return ms_example_row_is_stale(row_of(item));
}

/* Up to n that are stale; FALSE: there is none left. */
static gboolean
write_any(MsBoundRows *self, guint n)
{
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init(&iter, self->rows);
  while (g_hash_table_iter_next(&iter, NULL, &item)) {
    if (!is_stale(item))
      continue;
    if (n-- == 0)
      return TRUE;
    ms_example_row_update(row_of(item));
  }
  return FALSE;
}

static gboolean
write_later(gpointer user)
{
  MsBoundRows *self = user;

  if (write_any(self, ROWS_AT_ONCE))
    return G_SOURCE_CONTINUE;
  self->writer = 0;
  return G_SOURCE_REMOVE;
}

/* Those in sight now; sees to it that the others are. */
static void
write_rows(MsBoundRows *self)
{
  gboolean later = FALSE;
  Sight sight = {0};
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init(&iter, self->rows);
  while (g_hash_table_iter_next(&iter, NULL, &item)) {
    guint position = gtk_list_item_get_position(item);

    if (!is_stale(item))
      continue;
    if (sight.last == 0)
      sight = find_sight(self, item);
    if (position >= sight.first && position <= sight.last)
      ms_example_row_update(row_of(item));
    else
      later = TRUE;
  }
  if (later && !self->writer)
    self->writer = g_idle_add_full(G_PRIORITY_LOW, write_later, self, NULL);
}

/* --- what is wanted --- */

typedef struct {
  guint example;
  double position;
  double distance; /* from what is in sight */
} Place;

/* As find_sight(): rows that are not shown stay laid out where they were. */
static Place
find_place(MsBoundRows *self, guint example, GtkListItem *item)
{
  Sight sight = find_sight(self, item);
  double position = gtk_list_item_get_position(item);

  return (Place){
      .example = example,
      .position = position,
      .distance = MAX(0, MAX(position - sight.last, sight.first - position) + MARGIN),
  };
}

static int
compare_places(gconstpointer a, gconstpointer b)
{
  const Place *first = a, *second = b;

  if (first->distance != second->distance)
    return first->distance < second->distance ? -1 : 1;
  return first->position < second->position ? -1 : first->position > second->position;
}

static void
want_pictures(MsBoundRows *self)
{
  g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(Place));
  g_autoptr(GArray) wanted = g_array_new(FALSE, FALSE, sizeof(guint));
  GHashTableIter iter;
  gpointer example, item;

  g_hash_table_iter_init(&iter, self->rows);
  while (g_hash_table_iter_next(&iter, &example, &item)) {
    Place place = find_place(self, GPOINTER_TO_UINT(example), item);

    g_array_append_val(places, place);
  }
  g_array_sort(places, compare_places);
  for (guint i = 0; i < places->len; i++)
    g_array_append_val(wanted, g_array_index(places, Place, i).example);
  ms_thumbnails_want(self->source.thumbnails, (const guint *)wanted->data, wanted->len);
}

/* A tick comes before the layout of its frame: what moved before the last one has its place by
 * now. */
static gboolean
rows_tick(GtkWidget *view, GdkFrameClock *clock, gpointer user)
{
  MsBoundRows *self = user;

  if (self->moved)
    write_rows(self);
  if (self->due)
    want_pictures(self);
  self->due = self->moved;
  self->moved = FALSE;
  if (self->due)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

/* --- rows come and go --- */

static void
queue_tick(MsBoundRows *self)
{
  self->moved = TRUE;
  if (!self->tick)
    self->tick = gtk_widget_add_tick_callback(GTK_WIDGET(self->view), rows_tick, self, NULL);
}

void
ms_bound_rows_moved(MsBoundRows *self)
{
  if (!self->source.evaluation)
    return;
  write_rows(self);
  queue_tick(self);
}

static void
take_example(MsBoundRows *self, GtkListItem *item)
{
  guint example = ms_example_place_get_example(gtk_list_item_get_item(item));

  ms_example_row_bind(row_of(item), example, &self->source);
  g_hash_table_insert(self->rows, GUINT_TO_POINTER(example), item);
  queue_tick(self);
}

static void
forget_example(MsBoundRows *self, GtkListItem *item)
{
  gpointer example = GUINT_TO_POINTER(ms_example_row_get_example(row_of(item)));

  if (g_hash_table_lookup(self->rows, example) == item)
    g_hash_table_remove(self->rows, example);
}

static void
example_changed(MsExamplePlace *place, GParamSpec *pspec, GtkListItem *item)
{
  MsBoundRows *self = g_object_get_qdata(G_OBJECT(item), owner_quark());

  forget_example(self, item);
  take_example(self, item);
}

static void
row_setup(GtkSignalListItemFactory *factory, GtkListItem *item, MsBoundRows *self)
{
  g_object_set_qdata(G_OBJECT(item), owner_quark(), self);
  gtk_list_item_set_child(item, ms_example_row_new());
}

static void
row_bind(GtkSignalListItemFactory *factory, GtkListItem *item, MsBoundRows *self)
{
  take_example(self, item);
  g_signal_connect(gtk_list_item_get_item(item), "notify::example", G_CALLBACK(example_changed),
                   item);
}

static void
row_unbind(GtkSignalListItemFactory *factory, GtkListItem *item, MsBoundRows *self)
{
  g_signal_handlers_disconnect_by_data(gtk_list_item_get_item(item), item);
  forget_example(self, item);
  ms_example_row_unbind(row_of(item));
}

/* --- scores and pictures --- */

void
ms_bound_rows_update(MsBoundRows *self, guint example)
{
  GtkListItem *item = g_hash_table_lookup(self->rows, GUINT_TO_POINTER(example));

  if (item)
    ms_example_row_update(row_of(item));
}

void
ms_bound_rows_update_all(MsBoundRows *self)
{
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init(&iter, self->rows);
  while (g_hash_table_iter_next(&iter, NULL, &item))
    ms_example_row_set_stale(row_of(item));
  write_rows(self);
}

static void
thumbnail_ready(MsThumbnails *thumbnails, guint example, MsBoundRows *self)
{
  ms_bound_rows_update(self, example);
}

void
ms_bound_rows_set_model(MsBoundRows *self, guint model)
{
  self->source.model = model;
  ms_bound_rows_update_all(self);
}

void
ms_bound_rows_set_diagnoses(MsBoundRows *self, MsDiagnoses *diagnoses)
{
  g_set_object(&self->source.diagnoses, diagnoses);
}

void
ms_bound_rows_set_sort(MsBoundRows *self, MsSort sort, int error)
{
  self->source.sort = sort;
  self->source.error = error;
  ms_bound_rows_update_all(self);
}

GtkWidget *
ms_bound_rows_find(MsBoundRows *self, guint example)
{
  GtkListItem *item = g_hash_table_lookup(self->rows, GUINT_TO_POINTER(example));

  return item ? GTK_WIDGET(row_of(item)) : NULL;
}

/* Of some names all over the set: one that is unlike them is shown whole. */
static void
find_common_name(MsBoundRows *self)
{
  MsSet *set = self->source.evaluation ? ms_evaluation_get_set(self->source.evaluation) : NULL;
  guint n = set ? ms_set_get_n_examples(set) : 0, step = n / N_NAMES + 1;

  ms_common_name_clear(&self->source.common);
  for (guint i = 0; n > 1 && i < n; i += step) {
    const char *id = ms_set_get_id(set, i), *slash = strrchr(id, '/');

    ms_common_name_add(&self->source.common, slash ? slash + 1 : id);
  }
}

void
ms_bound_rows_set_source(MsBoundRows *self, MsEvaluation *evaluation, MsThumbnails *thumbnails,
                         guint model)
{
  if (self->source.thumbnails)
    g_signal_handlers_disconnect_by_data(self->source.thumbnails, self);
  if (self->tick)
    gtk_widget_remove_tick_callback(GTK_WIDGET(self->view), self->tick);
  g_clear_handle_id(&self->writer, g_source_remove);
  self->tick = 0;
  self->moved = self->due = FALSE;
  self->source.model = model;
  g_set_object(&self->source.evaluation, evaluation);
  g_set_object(&self->source.thumbnails, thumbnails);
  find_common_name(self);
  if (thumbnails)
    g_signal_connect_object(thumbnails, "ready", G_CALLBACK(thumbnail_ready), self, 0);
}

/* --- construction --- */

static void
ms_bound_rows_finalize(GObject *object)
{
  MsBoundRows *self = MS_BOUND_ROWS(object);

  g_clear_object(&self->source.evaluation);
  g_clear_object(&self->source.thumbnails);
  ms_common_name_clear(&self->source.common);
  g_hash_table_unref(self->rows);
  G_OBJECT_CLASS(ms_bound_rows_parent_class)->finalize(object);
}

static void
ms_bound_rows_class_init(MsBoundRowsClass *class)
{
  G_OBJECT_CLASS(class)->finalize = ms_bound_rows_finalize;
}

static void
ms_bound_rows_init(MsBoundRows *self)
{
  self->rows = g_hash_table_new(NULL, NULL);
  self->source.error = MS_ANY_ERROR;
}

MsBoundRows *
ms_bound_rows_new(GtkListView *view)
{
  MsBoundRows *self = g_object_new(MS_TYPE_BOUND_ROWS, NULL);
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new();
  GtkAdjustment *scroll = gtk_scrollable_get_vadjustment(GTK_SCROLLABLE(view));

  self->view = view;
  g_signal_connect_object(factory, "setup", G_CALLBACK(row_setup), self, 0);
  g_signal_connect_object(factory, "bind", G_CALLBACK(row_bind), self, 0);
  g_signal_connect_object(factory, "unbind", G_CALLBACK(row_unbind), self, 0);
  gtk_list_view_set_factory(view, factory);
  g_signal_connect_object(scroll, "value-changed", G_CALLBACK(ms_bound_rows_moved), self,
                          G_CONNECT_SWAPPED);
  g_signal_connect_object(scroll, "changed", G_CALLBACK(ms_bound_rows_moved), self,
                          G_CONNECT_SWAPPED);
  return self;
}
