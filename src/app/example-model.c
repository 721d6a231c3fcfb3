/* SPDX-License-Identifier: MIT
 *
 * GTK looks for the items of its focused and topmost rows among all that are reported as added,
 * one by one: with a million rows that takes a second. So items are reported only where the number
 * of rows changes.
 */
#include "app/example-model.h"

#include "app/example-place.h"

struct _MsExampleModel {
  GObject parent_instance;

  guint chosen;
  gboolean held;

  /* Owned */
  MsRows *rows;
  GHashTable *places; /* position -> MsExamplePlace, weak */
};

static void list_model_init(GListModelInterface *interface);
static void selection_model_init(GtkSelectionModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE(MsExampleModel, ms_example_model, G_TYPE_OBJECT,
                              G_IMPLEMENT_INTERFACE(G_TYPE_LIST_MODEL, list_model_init)
                                  G_IMPLEMENT_INTERFACE(GTK_TYPE_SELECTION_MODEL,
                                                        selection_model_init))

enum { PROP_CHOSEN = 1, N_PROPERTIES };

static GParamSpec *properties[N_PROPERTIES];

/* --- the list model --- */

static GType
get_item_type(GListModel *model)
{
  return MS_TYPE_EXAMPLE_PLACE;
}

static guint
get_n_items(GListModel *model)
{
  return MS_EXAMPLE_MODEL(model)->rows->n_shown;
}

static gboolean
is_place(gpointer position, gpointer place, gpointer gone)
{
  return place == gone;
}

static void
place_gone(gpointer user, GObject *place)
{
  MsExampleModel *self = user;

  g_hash_table_foreach_remove(self->places, is_place, place);
}

static gpointer
get_item(GListModel *model, guint position)
{
  MsExampleModel *self = MS_EXAMPLE_MODEL(model);
  MsExamplePlace *place;

  if (position >= self->rows->n_shown)
    return NULL;
  place = g_hash_table_lookup(self->places, GUINT_TO_POINTER(position));
  if (place)
    return g_object_ref(place);
  place = ms_example_place_new(ms_rows_example(self->rows, position));
  g_object_weak_ref(G_OBJECT(place), place_gone, self);
  g_hash_table_insert(self->places, GUINT_TO_POINTER(position), place);
  return place;
}

static void
list_model_init(GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

/* --- the selection model --- */

static gboolean
is_selected(GtkSelectionModel *model, guint position)
{
  MsExampleModel *self = MS_EXAMPLE_MODEL(model);

  return self->chosen != G_MAXUINT && ms_rows_example(self->rows, position) == self->chosen;
}

static GtkBitset *
get_selection_in_range(GtkSelectionModel *model, guint position, guint n_items)
{
  guint chosen = ms_example_model_get_position(MS_EXAMPLE_MODEL(model));
  GtkBitset *selection = gtk_bitset_new_empty();

  if (chosen >= position && chosen - position < n_items)
    gtk_bitset_add(selection, chosen);
  return selection;
}

static gboolean
select_item(GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  MsExampleModel *self = MS_EXAMPLE_MODEL(model);

  if (self->held)
    return FALSE;
  ms_example_model_choose(self, ms_rows_example(self->rows, position));
  return TRUE;
}

static void
selection_model_init(GtkSelectionModelInterface *interface)
{
  interface->is_selected = is_selected;
  interface->get_selection_in_range = get_selection_in_range;
  interface->select_item = select_item;
}

static void
report_selection(MsExampleModel *self, guint position)
{
  if (position < self->rows->n_shown)
    gtk_selection_model_selection_changed(GTK_SELECTION_MODEL(self), position, 1);
}

/* --- rows --- */

/* Places of rows that are no more are their holders' alone. */
static void
drop_places(MsExampleModel *self)
{
  GHashTableIter iter;
  gpointer position, place;

  g_hash_table_iter_init(&iter, self->places);
  while (g_hash_table_iter_next(&iter, &position, &place)) {
    if (GPOINTER_TO_UINT(position) < self->rows->n_shown)
      continue;
    g_object_weak_unref(place, place_gone, self);
    g_hash_table_iter_remove(&iter);
  }
}

/* Who is told may ask for places, and let go of some. */
static void
fill_places(MsExampleModel *self)
{
  g_autofree gpointer *positions = NULL;
  guint n;

  positions = g_hash_table_get_keys_as_array(self->places, &n);
  for (guint i = 0; i < n; i++) {
    MsExamplePlace *place = g_hash_table_lookup(self->places, positions[i]);

    if (place)
      ms_example_place_set_example(place,
                                   ms_rows_example(self->rows, GPOINTER_TO_UINT(positions[i])));
  }
}

void
ms_example_model_set_rows(MsExampleModel *self, MsRows *rows)
{
  guint before = ms_example_model_get_position(self), after;
  guint n_before = self->rows->n_shown, n_kept = MIN(n_before, rows->n_shown);

  if (rows == self->rows)
    return;
  ms_rows_ref(rows);
  ms_rows_unref(self->rows);
  self->rows = rows;
  after = ms_example_model_get_position(self);
  drop_places(self);
  if (n_before != rows->n_shown)
    g_list_model_items_changed(G_LIST_MODEL(self), n_kept, n_before - n_kept,
                               rows->n_shown - n_kept);
  fill_places(self);
  if (before != after) {
    report_selection(self, before);
    report_selection(self, after);
  }
}

MsRows *
ms_example_model_get_rows(MsExampleModel *self)
{
  return self->rows;
}

/* --- the chosen example --- */

void
ms_example_model_choose(MsExampleModel *self, guint example)
{
  guint before = ms_example_model_get_position(self);

  if (example == self->chosen)
    return;
  self->chosen = example;
  report_selection(self, before);
  report_selection(self, ms_example_model_get_position(self));
  g_object_notify_by_pspec(G_OBJECT(self), properties[PROP_CHOSEN]);
}

void
ms_example_model_set_held(MsExampleModel *self, gboolean held)
{
  self->held = held;
}

guint
ms_example_model_get_chosen(MsExampleModel *self)
{
  return self->chosen;
}

guint
ms_example_model_get_position(MsExampleModel *self)
{
  G_STATIC_ASSERT(GTK_INVALID_LIST_POSITION == G_MAXUINT);
  return ms_rows_position(self->rows, self->chosen);
}

/* --- construction --- */

static void
ms_example_model_get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_uint(value, MS_EXAMPLE_MODEL(object)->chosen);
}

static void
ms_example_model_finalize(GObject *object)
{
  MsExampleModel *self = MS_EXAMPLE_MODEL(object);
  GHashTableIter iter;
  gpointer place;

  g_hash_table_iter_init(&iter, self->places);
  while (g_hash_table_iter_next(&iter, NULL, &place))
    g_object_weak_unref(place, place_gone, self);
  g_hash_table_unref(self->places);
  ms_rows_unref(self->rows);
  G_OBJECT_CLASS(ms_example_model_parent_class)->finalize(object);
}

static void
ms_example_model_class_init(MsExampleModelClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS(class);

  object_class->get_property = ms_example_model_get_property;
  object_class->finalize = ms_example_model_finalize;
  properties[PROP_CHOSEN] = g_param_spec_uint("chosen", NULL, NULL, 0, G_MAXUINT, G_MAXUINT,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties(object_class, N_PROPERTIES, properties);
}

static void
ms_example_model_init(MsExampleModel *self)
{
  self->chosen = G_MAXUINT;
  self->places = g_hash_table_new(NULL, NULL);
}

MsExampleModel *
ms_example_model_new(MsRows *rows)
{
  MsExampleModel *self = g_object_new(MS_TYPE_EXAMPLE_MODEL, NULL);

  self->rows = ms_rows_ref(rows);
  return self;
}
