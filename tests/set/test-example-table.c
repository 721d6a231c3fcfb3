/* SPDX-License-Identifier: MIT
 *
 * The columns that a set's examples are: what goes in comes out, and how little room it takes.
 */
#include "set/example-table.h"

#include "set/inventory.h"
#include "set/set-private.h"
#include "small-set.h"

static MsExampleTable *
table_of(guint n_examples)
{
  return ms_example_table_new(n_examples, 2);
}

static guint
add(MsExampleTable *table, const char *id, const char *split, gboolean has_actual)
{
  return ms_example_table_add(table, &(MsExampleFacts){id, split, NULL, 0, has_actual});
}

static void
assert_file(const MsExampleTable *table, guint index, guint role, const char *expected,
            int expected_part)
{
  int part;
  g_autofree char *path = ms_example_table_file(table, index, role, &part);
  g_assert_cmpstr(path, ==, expected);
  if (expected)
    g_assert_cmpint(part, ==, expected_part);
}

static void
test_files(void)
{
  static const char *const paths[] = {"/a/b/c.png", "c.png",      "/c.png", "a/c.png",
                                      "a//c.png",   "/a/b/d.png", "a/"};
  guint n = G_N_ELEMENTS(paths);
  MsExampleTable *table = table_of(n);
  for (guint i = 0; i < n; i++) {
    g_assert_cmpuint(add(table, paths[i], NULL, TRUE), ==, i);
    ms_example_table_set_file(table, i, MS_FILE_ACTUAL, (MsPlace){paths[i], MS_PART_WHOLE});
    if (i == 1 || i == 4) /* whole before any part is told, and after it */
      ms_example_table_set_file(table, i, MS_FILE_PREDICTED, (MsPlace){"w", MS_PART_WHOLE});
    if (i == 3)
      ms_example_table_set_file(table, i, MS_FILE_PREDICTED, (MsPlace){"p", 5});
    if (i % 2)
      ms_example_table_set_file(table, i, MS_FILE_PREDICTED + 1,
                                (MsPlace){paths[i], i == 3 ? 7 : MS_PART_UNITED});
  }
  ms_example_table_finish(table);
  g_assert_cmpuint(ms_example_table_n_examples(table), ==, n);
  for (guint i = 0; i < n; i++) {
    g_assert_cmpstr(ms_example_table_id(table, i), ==, paths[i]);
    assert_file(table, i, MS_FILE_IMAGE, NULL, 0);
    assert_file(table, i, MS_FILE_ACTUAL, paths[i], MS_PART_WHOLE);
    assert_file(table, i, MS_FILE_PREDICTED,
                i == 3             ? "p"
                : i == 1 || i == 4 ? "w"
                                   : NULL,
                i == 3 ? 5 : MS_PART_WHOLE);
    assert_file(table, i, MS_FILE_PREDICTED + 1, i % 2 ? paths[i] : NULL,
                i == 3 ? 7 : MS_PART_UNITED);
  }
  ms_example_table_free(table);
}

static void
test_facts(void)
{
  MsExampleTable *table = table_of(70);
  for (guint i = 0; i < 70; i++) {
    g_autofree char *id = g_strdup_printf("%u", i);
    const MsExampleFacts facts = {id,
                                  i % 3 == 0   ? "train"
                                  : i % 3 == 1 ? "val"
                                               : NULL,
                                  i == 69 ? "one" : NULL, i, i != 33};
    ms_example_table_add(table, &facts);
  }
  ms_example_table_finish(table);
  for (guint i = 0; i < 70; i++) {
    MsExampleFacts facts = ms_example_table_facts(table, i);
    g_assert_cmpstr(facts.split, ==, i % 3 == 0 ? "train" : i % 3 == 1 ? "val" : NULL);
    g_assert_cmpstr(facts.group, ==, i == 69 ? "one" : NULL);
    g_assert_cmpuint(facts.row, ==, i);
    g_assert_true(facts.has_actual == (i != 33));
  }
  ms_example_table_free(table);
}

/* A problem of every model goes before a model's own. */
static void
test_problems(void)
{
  MsExampleTable *table = table_of(2);
  add(table, "a", NULL, TRUE);
  add(table, "b", NULL, FALSE);
  g_assert_null(ms_example_table_problem(table, 0, 1));
  ms_example_table_set_problem(table, 0, 1, "one");
  ms_example_table_set_problem(table, 1, 0, "one");
  ms_example_table_set_problem(table, 1, G_MAXUINT, "all");
  ms_example_table_finish(table);
  g_assert_null(ms_example_table_problem(table, 0, 0));
  g_assert_cmpstr(ms_example_table_problem(table, 0, 1), ==, "one");
  g_assert_cmpstr(ms_example_table_problem(table, 1, 0), ==, "all");
  g_assert_cmpstr(ms_example_table_problem(table, 1, 1), ==, "all");
  ms_example_table_free(table);
}

/* An image, an actual mask and one model's, all of one name in folders of a thousand. */
static void
test_size(void)
{
  const guint n = 20000;
  MsExampleTable *table = ms_example_table_new(n, 1);
  for (guint i = 0; i < n; i++) {
    static const char *const roles[] = {"images", "actual", "predicted"};
    g_autofree char *id = g_strdup_printf("%04u/example_%07u", i / 1000, i);
    add(table, id, NULL, TRUE);
    for (guint role = 0; role < 3; role++) {
      g_autofree char *path = g_strdup_printf("/home/somebody/data/set/%s/%s.png", roles[role], id);
      ms_example_table_set_file(table, i, role, (MsPlace){path, MS_PART_WHOLE});
    }
  }
  ms_example_table_finish(table);
  g_assert_cmpuint(ms_example_table_bytes(table) / n, <, 100);
  g_assert_cmpuint(ms_example_table_bytes(table) / n, >, 60);
  ms_example_table_free(table);
}

/* Entries are freed as examples are made of them, and those that are left with the inventory. */
static void
test_made_of_entries(void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  g_autoptr(MsInventory) inventory = ms_inventory_new();
  g_autoptr(GError) error = NULL;
  ms_inventory_add_model(inventory, "m", "m");
  for (guint i = 0; i < 3; i++) {
    MsEntry *entry = ms_entry_new(i == 0 ? "a" : i == 1 ? "b" : "c", 1);
    entry->predicted[0] = "m/p.png";
    g_ptr_array_add(inventory->entries, entry);
  }
  ms_entry_add_problem(g_ptr_array_index(inventory->entries, 1), MS_PROBLEM_AMBIGUOUS, G_MAXUINT,
                       "two of %s", "them");
  g_cancellable_cancel(cancellable);
  g_assert_null(ms_inventory_make_examples(inventory, cancellable, &error));
  g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  MsExampleTable *table = ms_inventory_make_examples(inventory, NULL, NULL);
  g_assert_cmpuint(inventory->entries->len, ==, 0);
  g_assert_cmpuint(ms_example_table_n_examples(table), ==, 3);
  g_assert_false(ms_example_table_facts(table, 0).has_actual);
  g_assert_true(ms_example_table_facts(table, 1).has_actual);
  g_assert_cmpstr(ms_example_table_problem(table, 1, 0), ==, "two of them");
  assert_file(table, 2, MS_FILE_PREDICTED, "m/p.png", MS_PART_WHOLE);
  ms_example_table_free(table);
}

/* What a set holds of its examples, as it says itself. */
static void
test_set(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsOptions) options = ms_options_new();
  for (guint i = 0; i < 200; i++) {
    g_autofree char *actual = g_strdup_printf("masks/example_%07u.png", i);
    g_autofree char *predicted = g_strdup_printf("predictions/example_%07u.png", i);
    TEST_MASK(&folder, actual, 0, 255);
    TEST_MASK(&folder, predicted, 0, 255);
  }
  options->set = g_strdup(folder.path);
  g_autoptr(MsSet) set = ms_set_open(options, NULL, NULL, NULL, NULL);
  g_assert_cmpuint(ms_set_get_n_examples(set), ==, 200);
  g_assert_cmpuint(ms_set_bytes(set) / 200, <, 100);
  g_autoptr(MsExample) last = ms_set_dup_example(set, 199);
  g_autofree char *path = test_path(&folder, "predictions/example_0000199.png");
  g_assert_cmpstr(ms_example_get_predicted(last, 0), ==, path);
}

int
main(int argc, char *argv[])
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/example-table/files", test_files);
  g_test_add_func("/example-table/facts", test_facts);
  g_test_add_func("/example-table/problems", test_problems);
  g_test_add_func("/example-table/size", test_size);
  g_test_add_func("/example-table/made-of-entries", test_made_of_entries);
  g_test_add_func("/example-table/set", test_set);
  return g_test_run();
}
