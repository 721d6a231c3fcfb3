/* SPDX-License-Identifier: MIT
 *
 * First looks at large folders: what they find is the beginning of what is found whole.
 */
#include <glib/gstdio.h>

#include "set/set.h"
#include "small-set.h"

#define N_NAMES 40

static MsOptions *
options_of(const TestFolder *folder)
{
  MsOptions *options = ms_options_new();
  options->set = g_strdup(folder->path);
  return options;
}

static MsSet *
open_first(const TestFolder *folder, guint n_names, gboolean expect_whole)
{
  g_autoptr(MsOptions) options = options_of(folder);
  g_autoptr(GError) error = NULL;
  gboolean whole = !expect_whole;
  MsSet *set = ms_set_open_first(options, n_names, &whole, NULL, &error);
  g_assert_no_error(error);
  g_assert_true(whole == expect_whole);
  g_assert_true(ms_set_is_partial(set) != expect_whole);
  return set;
}

static MsSet *
open_whole(const TestFolder *folder)
{
  g_autoptr(MsOptions) options = options_of(folder);
  g_autoptr(GError) error = NULL;
  MsSet *set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  g_assert_false(ms_set_is_partial(set));
  return set;
}

static void
assert_same_example(MsSet *one, MsSet *other, guint index)
{
  g_autoptr(MsExample) a = ms_set_dup_example(one, index);
  g_autoptr(MsExample) b = ms_set_dup_example(other, index);
  g_assert_cmpstr(ms_example_get_id(a), ==, ms_example_get_id(b));
  g_assert_cmpstr(ms_example_get_image(a), ==, ms_example_get_image(b));
  g_assert_cmpstr(ms_example_get_actual(a), ==, ms_example_get_actual(b));
  g_assert_cmpstr(ms_example_get_split(a), ==, ms_example_get_split(b));
  for (guint i = 0; i < ms_set_get_n_models(one); i++) {
    g_assert_cmpstr(ms_example_get_predicted(a, i), ==, ms_example_get_predicted(b, i));
    g_assert_cmpstr(ms_example_get_problem(a, i), ==, ms_example_get_problem(b, i));
  }
}

static void
assert_begins(MsSet *first, MsSet *whole)
{
  g_assert_cmpstr(ms_set_get_layout(first), ==, ms_set_get_layout(whole));
  g_assert_cmpuint(ms_set_get_n_models(first), ==, ms_set_get_n_models(whole));
  g_assert_cmpuint(ms_set_get_n_examples(first), <=, ms_set_get_n_examples(whole));
  for (guint i = 0; i < ms_set_get_n_examples(first); i++)
    assert_same_example(first, whole, i);
}

/* A first look has at least so many examples, the whole ones' first. */
static void
assert_looks(const TestFolder *folder, guint n_least)
{
  g_autoptr(MsSet) first = open_first(folder, N_NAMES, FALSE);
  g_autoptr(MsSet) whole = open_whole(folder);
  g_assert_cmpuint(ms_set_get_n_examples(first), >=, n_least);
  g_assert_cmpuint(ms_set_get_n_examples(first), <, ms_set_get_n_examples(whole));
  g_assert_cmpuint(ms_set_get_notices(first)->len, ==, 0);
  assert_begins(first, whole);
}

/* One file under many names. */
static void
write_masks(const TestFolder *folder, const char *pattern, guint from, guint to)
{
  TEST_MASK(folder, "mask", 0, 255);
  g_autofree char *mask = test_path(folder, "mask");
  for (guint i = from; i < to; i++) {
    g_autofree char *name = g_strdup_printf("%03u", i);
    g_autoptr(GString) path = g_string_new(pattern);
    g_string_replace(path, "{shard}", i % 2 ? "odd" : "even", 0);
    g_string_replace(path, "{id}", name, 0);
    g_autofree char *full = test_path(folder, path->str);
    g_autofree char *parent = g_path_get_dirname(full);
    g_assert_cmpint(g_mkdir_with_parents(parent, 0777), ==, 0);
    g_assert_cmpint(link(mask, full), ==, 0);
  }
  g_assert_cmpint(g_unlink(mask), ==, 0);
}

static void
test_flat(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_masks(&folder, "images/{id}.png", 0, 300);
  write_masks(&folder, "masks/{id}_mask.png", 0, 300);
  write_masks(&folder, "predictions/unet/{id}.png", 0, 300);
  write_masks(&folder, "predictions/deeplab/{id}.png", 0, 300);
  assert_looks(&folder, N_NAMES);
}

/* What is missing in one folder shifts where its first names end: nothing is said to be missing
 * that only was not looked at. */
static void
test_gaps(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_masks(&folder, "images/{id}.png", 0, 300);
  write_masks(&folder, "masks/{id}.png", 5, 300);
  write_masks(&folder, "predictions/{id}.png", 0, 10);
  write_masks(&folder, "predictions/{id}.png", 20, 300);
  assert_looks(&folder, N_NAMES);
  g_autoptr(MsSet) first = open_first(&folder, N_NAMES, FALSE);
  guint n_problems = 0;
  for (guint i = 0; i < ms_set_get_n_examples(first); i++)
    n_problems += ms_set_get_problem(first, i, 0) != NULL;
  g_assert_cmpuint(n_problems, ==, 15);
}

static void
test_splits(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_masks(&folder, "masks/val/{shard}/{id}.png", 0, 300);
  write_masks(&folder, "masks/train/{shard}/{id}.png", 0, 300);
  write_masks(&folder, "predictions/val/{shard}/{id}.png", 0, 300);
  write_masks(&folder, "predictions/train/{shard}/{id}.png", 0, 300);
  assert_looks(&folder, N_NAMES);
}

/* More folders than are entered in any case. */
static void
test_many_folders(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_masks(&folder, "images/{id}/a.png", 0, 150);
  write_masks(&folder, "masks/{id}/a.png", 0, 150);
  write_masks(&folder, "predictions/{id}/a.png", 0, 150);
  assert_looks(&folder, 64);
}

/* They are entered until they hold as many pictures as are wanted. */
static void
test_enough_folders(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_masks(&folder, "masks/{id}/a.png", 0, 150);
  write_masks(&folder, "predictions/{id}/a.png", 0, 150);
  g_autoptr(MsSet) first = open_first(&folder, 120, FALSE);
  g_assert_cmpuint(ms_set_get_n_examples(first), ==, 120);
}

static void
test_folder_an_example(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_masks(&folder, "{id}/image.png", 0, 150);
  write_masks(&folder, "{id}/mask.png", 0, 150);
  write_masks(&folder, "{id}/pred.png", 0, 150);
  assert_looks(&folder, 64);
}

/* All in one folder, told apart by suffixes. */
static void
test_suffixes(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_masks(&folder, "{id}_mask.png", 0, 300);
  write_masks(&folder, "{id}_pred.png", 0, 300);
  assert_looks(&folder, N_NAMES / 2);
}

static void
test_small_is_whole(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_masks(&folder, "masks/{id}.png", 0, N_NAMES);
  write_masks(&folder, "predictions/{id}.png", 1, N_NAMES);
  g_autoptr(MsSet) first = open_first(&folder, N_NAMES, TRUE);
  g_autoptr(MsSet) whole = open_whole(&folder);
  g_assert_cmpuint(ms_set_get_n_examples(first), ==, N_NAMES);
  g_assert_cmpuint(ms_set_get_n_examples(whole), ==, N_NAMES);
  g_assert_cmpuint(ms_set_get_notices(first)->len, ==, ms_set_get_notices(whole)->len);
  g_assert_cmpuint(ms_set_get_notices(first)->len, >, 0);
  assert_begins(first, whole);
}

/* A file that names folders. */
static void
test_maskset(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_masks(&folder, "m/{id}.png", 0, 300);
  write_masks(&folder, "p/x_{id}.png", 0, 300);
  test_text(&folder, "the.maskset", "[Set]\nActual=m\n[Models]\nx=p/x_{id}.png\n");
  g_autofree char *path = test_path(&folder, "the.maskset");
  const TestFolder file = {path};
  assert_looks(&file, N_NAMES);
}

static void
test_cancelled(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_masks(&folder, "masks/{id}.png", 0, 3);
  g_autoptr(MsOptions) options = options_of(&folder);
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  g_autoptr(GError) error = NULL;
  gboolean whole;
  g_cancellable_cancel(cancellable);
  g_assert_null(ms_set_open_first(options, N_NAMES, &whole, cancellable, &error));
  g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main(int argc, char *argv[])
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/first-look/flat", test_flat);
  g_test_add_func("/first-look/gaps", test_gaps);
  g_test_add_func("/first-look/splits", test_splits);
  g_test_add_func("/first-look/many-folders", test_many_folders);
  g_test_add_func("/first-look/enough-folders", test_enough_folders);
  g_test_add_func("/first-look/folder-an-example", test_folder_an_example);
  g_test_add_func("/first-look/suffixes", test_suffixes);
  g_test_add_func("/first-look/small-is-whole", test_small_is_whole);
  g_test_add_func("/first-look/maskset", test_maskset);
  g_test_add_func("/first-look/cancelled", test_cancelled);
  return g_test_run();
}
