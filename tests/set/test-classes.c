/* SPDX-License-Identifier: MIT */
#include "set/classes.h"

#include "io/error.h"
#include "small-set.h"

static MsClassTable *
load(const char *name, const char *text, GError **error)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_file(&folder, name, text, strlen(text));
  return ms_class_table_load(path, NULL, error);
}

static void
test_lines(void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsClassTable) table =
      load("classes.txt", "\xef\xbb\xbf_background_\r\nlesion \r\nhair\r\n\r\n", &error);
  g_assert_no_error(error);
  g_assert_cmpuint(table->n_classes, ==, 3);
  g_assert_cmpint(table->background, ==, 0);
  g_assert_cmpint(table->ignored, ==, -1);
  g_assert_cmpstr(ms_class_table_find(table, 1)->name, ==, "lesion");
  g_assert_null(ms_class_table_find(table, 3));
  g_assert_cmpuint(table->ids[2], ==, 2);
}

static void
test_labelme(void)
{
  g_autoptr(MsClassTable) table = load("class_names.txt", "__ignore__\n_background_\ncar\n", NULL);
  g_assert_cmpuint(table->n_classes, ==, 2);
  g_assert_cmpint(table->ignored, ==, 255);
  g_assert_cmpint(table->background, ==, 0);
  g_assert_cmpstr(ms_class_table_find(table, 1)->name, ==, "car");
}

static void
test_table(void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsClassTable) table =
      load("classes.csv", "id;name;r;g;b\n7;road;128;64;128\n0;BG;0;0;0\n300;sky;;;\n", &error);
  g_assert_no_error(error);
  g_assert_cmpuint(table->n_classes, ==, 3);
  g_assert_cmpuint(table->ids[0], ==, 0);
  g_assert_cmpuint(table->ids[2], ==, 300);
  g_assert_cmpint(table->background, ==, 0);
  const MsClass *road = ms_class_table_find(table, 7);
  g_assert_true(road->has_color);
  g_assert_cmpuint(road->green, ==, 64);
  g_assert_false(ms_class_table_find(table, 300)->has_color);
  g_assert_false(table->ignore_unlisted);
}

/* Other names for the columns, and a table in a file of another name. */
static void
test_headers(void)
{
  static const char *const texts[] = {"index,label\n0,bg\n1,cell\n", "Class_ID,Class\n1,cell\n",
                                      "id\tname\n0\tbg\n1\tcell\n"};
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(MsClassTable) table = load(i < 2 ? "classes.csv" : "classes.txt", texts[i], &error);
    g_assert_no_error(error);
    g_assert_cmpstr(ms_class_table_find(table, 1)->name, ==, "cell");
  }
  g_autoptr(MsClassTable) names = load("classes.txt", "road, paved\n2 wheels\n", NULL);
  g_assert_cmpstr(ms_class_table_find(names, 1)->name, ==, "2 wheels");
}

static void
test_errors(void)
{
  static const struct {
    const char *name;
    const char *text;
    const char *part;
  } cases[] = {
      {"classes.txt", "a\n\nb\n", "line 2"},
      {"classes.csv", "id,name\n1,a\n1,b\n", "line 2 and on line 3"},
      {"classes.csv", "id,name\n-1,a\n", "line 2, column id"},
      {"classes.csv", "id,name\n1,\n", "line 2"},
      {"classes.csv", "id,name,r,g,b\n1,a,256,0,0\n", "column r"},
      {"classes.csv", "color,what\n1,a\n", "id,name"},
      {"classes.csv", "id,name\n", "no class"},
      {"classes.txt", "0,bg\n1,cell\n", "id,name"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_null(load(cases[i].name, cases[i].text, &error));
    g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE);
    g_assert_nonnull(strstr(error->message, cases[i].part));
    g_assert_nonnull(strstr(error->message, cases[i].name));
  }
  g_autoptr(GError) error = NULL;
  g_assert_null(ms_class_table_load("/nowhere/classes.txt", NULL, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_OPEN);
}

int
main(int argc, char *argv[])
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/classes/lines", test_lines);
  g_test_add_func("/classes/labelme", test_labelme);
  g_test_add_func("/classes/table", test_table);
  g_test_add_func("/classes/headers", test_headers);
  g_test_add_func("/classes/errors", test_errors);
  return g_test_run();
}
