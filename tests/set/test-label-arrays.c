/* SPDX-License-Identifier: MIT
 *
 * Arrays that are named as actual and predicted: tables of labels, or masks.
 */
#include "label-set.h"
#include "set/find.h"

/* "a.npy" and the like; the shape as Python writes it; zeros. */
static void
write_zeros(const TestFolder *folder, const char *name, const char *shape, gsize n_items)
{
  g_autoptr(GString) text = g_string_new(NULL);
  g_autofree char *header =
      g_strdup_printf("{'descr': '|u1', 'fortran_order': False, 'shape': %s, }", shape);
  g_autofree guint8 *zeros = g_malloc0(n_items);
  g_string_append_len(text, "\x93NUMPY\x01\x00\x76\x00", 10);
  g_string_append_printf(text, "%-117s\n", header);
  g_string_append_len(text, (const char *)zeros, (gssize)n_items);
  g_free(test_file(folder, name, text->str, text->len));
}

static void
write_table(const TestFolder *folder, const char *name, guint rows, guint columns)
{
  g_autofree char *shape = g_strdup_printf("(%u, %u)", rows, columns);
  write_zeros(folder, name, shape, (gsize)rows * columns);
}

static void
assert_found(MsOptions *options, gboolean labels)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsInventory) inventory = ms_find_set(options, NULL, &error);
  g_assert_no_error(error);
  g_assert_cmpstr(inventory->layout, ==, labels ? "label tables" : "single files");
  g_assert_cmpint(inventory->labels != NULL, ==, labels);
}

static void
assert_kind(const TestFolder *folder, const char *words, gboolean labels)
{
  g_autoptr(MsOptions) options = label_options(folder, words);
  assert_found(options, labels);
}

static void
test_shapes(void)
{
  static const struct {
    guint rows, columns;
    gboolean labels;
  } cases[] = {
      {593, 6, TRUE},  {31, 31, TRUE},   {31, 124, TRUE},  {32, 31, TRUE},
      {32, 129, TRUE}, {129, 32, TRUE},  {1, 40, TRUE},    {4000, 80, TRUE},
      {32, 32, FALSE}, {32, 128, FALSE}, {128, 32, FALSE}, {512, 256, FALSE},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_auto(TestFolder) folder = test_folder_new();
    write_table(&folder, "a.npy", cases[i].rows, cases[i].columns);
    write_table(&folder, "p.npy", cases[i].rows, cases[i].columns);
    assert_kind(&folder, "actual=a.npy predicted=p.npy", cases[i].labels);
  }
}

/* One that is like a mask makes masks of all. */
static void
test_three_axes(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_table(&folder, "a.npy", 8, 8);
  write_table(&folder, "p.npy", 8, 8);
  write_zeros(&folder, "c.npy", "(2, 8, 8)", 128);
  assert_kind(&folder, "actual=a.npy predicted=p.npy", TRUE);
  assert_kind(&folder, "actual=a.npy predicted=c.npy", FALSE);
  assert_kind(&folder, "actual=a.npy predicted=p.npy predicted=c.npy", FALSE);
  assert_kind(&folder, "actual=c.npy predicted=p.npy", FALSE);
}

/* Beside a table of cells an array is a table; beside a picture it is a mask. */
static void
test_company(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(GString) csv = g_string_new("id");
  for (guint i = 0; i < 40; i++)
    g_string_append_printf(csv, ",label%u", i);
  for (guint row = 0; row < 40; row++) {
    g_string_append_printf(csv, "\n%u", row);
    for (guint i = 0; i < 40; i++)
      g_string_append(csv, i == row ? ",1" : ",0");
  }
  test_text(&folder, "a.csv", csv->str);
  test_touch(&folder, "a.png i/a.png");
  write_table(&folder, "large.npy", 40, 40);
  write_table(&folder, "small.npy", 8, 8);
  assert_kind(&folder, "actual=a.csv predicted=large.npy", TRUE);
  assert_kind(&folder, "actual=large.npy predicted=a.csv", TRUE);
  assert_kind(&folder, "actual=a.png predicted=small.npy", FALSE);
  assert_kind(&folder, "actual=small.npy predicted=a.png", FALSE);
  /* A picture goes with a mask, a folder of pictures with labels. */
  assert_kind(&folder, "actual=small.npy predicted=small.npy images=a.png", FALSE);
  assert_kind(&folder, "actual=small.npy predicted=small.npy images=i", TRUE);
}

static void
test_options(void)
{
  static const char *const values[][2] = {
      {"--positive", "1"},
      {"--background", "0"},
      {"--background", "none"},
      {"--size-mismatch", "nearest"},
  };
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_path(&folder, "a.npy");
  write_table(&folder, "a.npy", 8, 8);
  test_text(&folder, "names.txt", "a\nb\nc\nd\ne\nf\ng\nh\n");
  for (gsize i = 0; i < G_N_ELEMENTS(values); i++) {
    g_autoptr(MsOptions) options = ms_options_new();
    const char *words[] = {"--actual", path, "--predicted", path, values[i][0], values[i][1], NULL};
    g_auto(GStrv) arguments = g_strdupv((char **)words);
    g_assert_true(ms_options_parse(options, &arguments, NULL, NULL));
    assert_found(options, FALSE);
  }
  assert_kind(&folder, "actual=a.npy predicted=a.npy classes=names.txt", TRUE);
  assert_kind(&folder, "actual=a.npy predicted=a.npy threshold=0.25", TRUE);
}

static void
assert_error(const TestFolder *folder, const char *words, const char *part)
{
  g_autoptr(MsOptions) options = label_options(folder, words);
  g_autoptr(GError) error = NULL;
  g_assert_null(ms_find_set(options, NULL, &error));
  if (!strstr(error->message, part))
    g_error("\"%s\" does not say \"%s\"", error->message, part);
}

/* What cannot be read is told by whoever reads it. */
static void
test_broken(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_table(&folder, "a.npy", 40, 40);
  write_table(&folder, "t.npy", 40, 4);
  write_zeros(&folder, "row.npy", "(6,)", 6);
  test_text(&folder, "broken.npy", "no array");
  assert_error(&folder, "actual=broken.npy predicted=t.npy", "broken.npy: not a .npy file");
  assert_error(&folder, "actual=t.npy predicted=missing.npy", "missing.npy: does not exist");
  assert_error(&folder, "actual=a.npy predicted=missing.npy", "missing.npy does not exist");
  assert_error(&folder, "actual=row.npy predicted=row.npy", "labels are an array of two");
}

int
main(int argc, char *argv[])
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/label-arrays/shapes", test_shapes);
  g_test_add_func("/label-arrays/three-axes", test_three_axes);
  g_test_add_func("/label-arrays/company", test_company);
  g_test_add_func("/label-arrays/options", test_options);
  g_test_add_func("/label-arrays/broken", test_broken);
  return g_test_run();
}
