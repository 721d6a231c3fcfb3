/* SPDX-License-Identifier: MIT
 *
 * The list's model: what it tells GTK when rows change, and what stays chosen.
 */
#include "app/example-model.h"

#include "app/example-place.h"
#include "support/random.h"

#define MANY 1000000

/* Rows that show these, of n_examples. */
static MsRows *
make_rows(guint n_examples, const guint *shown, guint n_shown)
{
  MsRows *rows = ms_rows_new_all(n_examples);

  rows->n_shown = n_shown;
  rows->shown = g_memdup2(shown, MAX(n_shown, 1) * sizeof *shown);
  rows->positions = g_new(guint, n_examples);
  memset(rows->positions, 0xff, n_examples * sizeof *rows->positions);
  for (guint i = 0; i < n_shown; i++)
    rows->positions[shown[i]] = i;
  return rows;
}

static MsExampleModel *
make_model(guint n_examples)
{
  g_autoptr(MsRows) rows = ms_rows_new_all(n_examples);

  return ms_example_model_new(rows);
}

static void
set_rows(MsExampleModel *model, guint n_examples, const guint *shown, guint n_shown)
{
  g_autoptr(MsRows) rows = make_rows(n_examples, shown, n_shown);

  ms_example_model_set_rows(model, rows);
}

#define SET_ROWS(model, n_examples, ...)                                                           \
  set_rows(model, n_examples, (const guint[]){__VA_ARGS__},                                        \
           G_N_ELEMENTS(((const guint[]){__VA_ARGS__})))

static guint
example_at(MsExampleModel *model, guint position)
{
  g_autoptr(MsExamplePlace) place = g_list_model_get_item(G_LIST_MODEL(model), position);

  return ms_example_place_get_example(place);
}

/* "+3 at 5, -2 at 1; " */
static void
note_items(GListModel *model, guint position, guint removed, guint added, GString *log)
{
  g_string_append_printf(log, "-%u+%u at %u; ", removed, added, position);
}

static void
note_selection(GtkSelectionModel *model, guint position, guint n, GString *log)
{
  g_string_append_printf(log, "%u at %u; ", n, position);
}

static void
assert_noted(GString *log, const char *expected)
{
  g_assert_cmpstr(log->str, ==, expected);
  g_string_truncate(log, 0);
}

/* Other rows are no news to GTK, more or fewer are. */
static void
test_items(void)
{
  g_autoptr(MsExampleModel) model = make_model(6);
  g_autoptr(GString) log = g_string_new(NULL);

  g_signal_connect(model, "items-changed", G_CALLBACK(note_items), log);
  SET_ROWS(model, 6, 5, 4, 3, 2, 1, 0);
  assert_noted(log, "");
  SET_ROWS(model, 6, 1, 3);
  assert_noted(log, "-4+0 at 2; ");
  SET_ROWS(model, 6, 3, 2, 5, 0);
  assert_noted(log, "-0+2 at 2; ");
  set_rows(model, 6, NULL, 0);
  assert_noted(log, "-4+0 at 0; ");
  g_assert_null(g_list_model_get_item(G_LIST_MODEL(model), 0));
}

static void
count(GObject *place, GParamSpec *pspec, guint *n)
{
  ++*n;
}

/* A place takes other examples, and says so; it is the same one for who asks again. */
static void
test_places(void)
{
  g_autoptr(MsExampleModel) model = make_model(6);
  g_autoptr(MsExamplePlace) place = g_list_model_get_item(G_LIST_MODEL(model), 2);
  g_autoptr(MsExamplePlace) again = g_list_model_get_item(G_LIST_MODEL(model), 2);
  guint n = 0;

  g_assert_true(place == again);
  g_signal_connect(place, "notify::example", G_CALLBACK(count), &n);
  SET_ROWS(model, 6, 5, 4, 3, 2, 1, 0);
  g_assert_cmpuint(ms_example_place_get_example(place), ==, 3);
  g_assert_cmpuint(n, ==, 1);
  SET_ROWS(model, 6, 0, 1, 3, 2);
  g_assert_cmpuint(n, ==, 1);
}

/* One that is no more a row keeps what it had, and is not the place of a later row. */
static void
test_lost_places(void)
{
  g_autoptr(MsExampleModel) model = make_model(6);
  g_autoptr(MsExamplePlace) lost = g_list_model_get_item(G_LIST_MODEL(model), 4);
  g_autoptr(MsExamplePlace) found = NULL;

  SET_ROWS(model, 6, 1, 0);
  g_assert_cmpuint(ms_example_place_get_example(lost), ==, 4);
  SET_ROWS(model, 6, 5, 4, 3, 2, 1, 0);
  found = g_list_model_get_item(G_LIST_MODEL(model), 4);
  g_assert_true(found != lost);
  g_assert_cmpuint(ms_example_place_get_example(found), ==, 1);
  g_clear_object(&model);
  g_assert_cmpuint(ms_example_place_get_example(found), ==, 1);
}

static gboolean
is_selected(MsExampleModel *model, guint position)
{
  g_autoptr(GtkBitset) all = gtk_selection_model_get_selection(GTK_SELECTION_MODEL(model));
  gboolean selected = gtk_selection_model_is_selected(GTK_SELECTION_MODEL(model), position);

  g_assert_cmpuint(gtk_bitset_get_size(all), <=, 1);
  g_assert_cmpint(gtk_bitset_contains(all, position), ==, selected);
  return selected;
}

/* The example stays chosen where it goes, also while it is nowhere. */
static void
test_chosen(void)
{
  g_autoptr(MsExampleModel) model = make_model(6);
  g_autoptr(GString) log = g_string_new(NULL);
  guint n = 0;

  g_signal_connect(model, "selection-changed", G_CALLBACK(note_selection), log);
  g_signal_connect(model, "notify::chosen", G_CALLBACK(count), &n);
  g_assert_cmpuint(ms_example_model_get_position(model), ==, GTK_INVALID_LIST_POSITION);
  g_assert_true(gtk_selection_model_select_item(GTK_SELECTION_MODEL(model), 4, TRUE));
  g_assert_cmpuint(ms_example_model_get_chosen(model), ==, 4);
  assert_noted(log, "1 at 4; ");
  SET_ROWS(model, 6, 5, 4, 3, 2, 1, 0);
  g_assert_true(is_selected(model, 1));
  g_assert_false(is_selected(model, 4));
  assert_noted(log, "1 at 4; 1 at 1; ");
  SET_ROWS(model, 6, 5, 0, 3);
  g_assert_cmpuint(ms_example_model_get_position(model), ==, GTK_INVALID_LIST_POSITION);
  assert_noted(log, "1 at 1; ");
  SET_ROWS(model, 6, 5, 0, 3, 4);
  g_assert_true(is_selected(model, 3));
  assert_noted(log, "1 at 3; ");
  g_assert_cmpuint(n, ==, 1);
  ms_example_model_choose(model, 5);
  assert_noted(log, "1 at 3; 1 at 0; ");
  g_assert_cmpuint(n, ==, 2);
  g_assert_false(gtk_selection_model_unselect_item(GTK_SELECTION_MODEL(model), 0));
  g_assert_true(is_selected(model, 0));
}

static void
shuffle(guint *numbers, guint n, TestRandom *random)
{
  for (guint i = 0; i < n; i++) {
    guint other = i + test_random_below(random, n - i), number = numbers[i];

    numbers[i] = numbers[other];
    numbers[other] = number;
  }
}

/* Whatever the rows become, each place has the example of its row, and the chosen one is selected.
 */
static void
test_any_rows(void)
{
  g_autoptr(MsExampleModel) model = make_model(50);
  g_autoptr(GPtrArray) held = g_ptr_array_new_with_free_func(g_object_unref);
  TestRandom random = {7};
  guint numbers[50];

  for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
    numbers[i] = i;
  for (guint round = 0; round < 500; round++) {
    guint n = test_random_below(&random, 51), chosen = test_random_below(&random, 50), position;

    shuffle(numbers, G_N_ELEMENTS(numbers), &random);
    set_rows(model, 50, numbers, n);
    if (round % 3 == 0)
      ms_example_model_choose(model, chosen);
    if (n > 0 && held->len < 20)
      g_ptr_array_add(held, g_list_model_get_item(G_LIST_MODEL(model), n / 2));
    if (round % 10 == 0)
      g_ptr_array_set_size(held, 0);
    position = ms_example_model_get_position(model);
    g_assert_cmpuint(g_list_model_get_n_items(G_LIST_MODEL(model)), ==, n);
    for (guint i = 0; i < n; i++) {
      g_assert_cmpuint(example_at(model, i), ==, numbers[i]);
      g_assert_cmpint(is_selected(model, i), ==, i == position);
    }
    if (position != GTK_INVALID_LIST_POSITION)
      g_assert_cmpuint(numbers[position], ==, ms_example_model_get_chosen(model));
  }
}

/* Nothing is made for rows that nobody asks for. */
static void
test_many(void)
{
  g_autoptr(MsExampleModel) model = make_model(MANY);
  g_autoptr(MsRows) again = ms_rows_new_all(MANY);
  g_autoptr(MsExamplePlace) last = g_list_model_get_item(G_LIST_MODEL(model), MANY - 1);

  g_assert_cmpuint(ms_example_place_get_example(last), ==, MANY - 1);
  ms_example_model_choose(model, MANY / 2);
  ms_example_model_set_rows(model, again);
  g_assert_cmpuint(ms_example_model_get_position(model), ==, MANY / 2);
  g_assert_null(again->shown);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/app/example-model/items", test_items);
  g_test_add_func("/app/example-model/places", test_places);
  g_test_add_func("/app/example-model/lost-places", test_lost_places);
  g_test_add_func("/app/example-model/chosen", test_chosen);
  g_test_add_func("/app/example-model/any-rows", test_any_rows);
  g_test_add_func("/app/example-model/many", test_many);
  return g_test_run();
}
