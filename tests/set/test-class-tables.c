/* SPDX-License-Identifier: MIT
 *
 * Class tables in the forms of well-known tools, tables that are known by name, and colours for
 * classes.
 */
#include "io/error.h"
#include "set/class-lookup.h"
#include "set/classes.h"
#include "set/id-map.h"
#include "set/notice.h"
#include "small-set.h"

static MsClassTable *
load(const char *name, const char *text, GError **error)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_file(&folder, name, text, strlen(text));
  return ms_class_table_load(path, NULL, error);
}

static void
assert_class(const MsClassTable *table, guint32 id, const char *name, gint64 color)
{
  const MsClass *class = ms_class_table_find_any(table, id);
  g_assert_nonnull(class);
  g_assert_cmpstr(class->name, ==, name);
  g_assert_cmpint(class->has_color, ==, color >= 0);
  if (color >= 0)
    g_assert_cmphex(((guint) class->red << 16 | (guint) class->green << 8 | class->blue), ==,
                    (guint)color);
}

static void
test_class_dict(void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsClassTable) table =
      load("class_dict.csv", "name,r,g,b\nAnimal,64,128,64\nArchway,192,0,128\n", &error);
  g_assert_no_error(error);
  g_assert_cmpuint(table->n_classes, ==, 2);
  assert_class(table, 0, "Animal", 0x408040);
  assert_class(table, 1, "Archway", 0xc00080);
  g_assert_true(ms_class_table_has_colors(table));
}

static void
test_label_colors(void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsClassTable) table =
      load("label_colors.txt", "64 128 64\tAnimal\n192 0 128\t\tLane Marking \r\n", &error);
  g_autoptr(MsClassTable) names = load("classes.txt", "64 128 256 a\n1 2 3 b\n", NULL);
  g_assert_no_error(error);
  assert_class(table, 0, "Animal", 0x408040);
  assert_class(table, 1, "Lane Marking", 0xc00080);
  assert_class(names, 0, "64 128 256 a", -1);
}

static void
test_ade20k_file(void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsClassTable) table = load("objectInfo150.csv",
                                       "Idx,Ratio,Train,Val,Stuff,Name\n1,0.16,11664,1172,1,wall\n"
                                       "2,0.1,6046,612,1,building;edifice\n",
                                       &error);
  g_assert_no_error(error);
  assert_class(table, 2, "building", -1);
  g_assert_cmpint(table->ignored, ==, 0);
  g_autoptr(MsClassTable) text = load(
      "objectInfo150.txt", "Idx\tRatio\tTrain\tVal\tName\n22 \t0.1\t7\t5\twater, sea\n", &error);
  g_assert_no_error(error);
  assert_class(text, 22, "water", -1);
}

static void
test_nnunet(void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsClassTable) table =
      load("dataset.json",
           "{\"channel_names\": {\"0\": [1, {\"labels\": 2}]}, \"labels\": {\"background\": 0,\n"
           "\"tumour\": 2, \"edema\": [1], \"ignore\": 3}, \"numTraining\": 4}",
           &error);
  g_assert_no_error(error);
  g_assert_cmpuint(table->n_classes, ==, 3);
  g_assert_cmpint(table->background, ==, 0);
  g_assert_cmpint(table->ignored, ==, 3);
  assert_class(table, 1, "edema", -1);
  assert_class(table, 2, "tumour", -1);
  g_autoptr(MsClassTable) first =
      load("dataset.json", "{\"labels\": {\"0\": \"background\", \"1\": \"liver\"}}", &error);
  g_assert_no_error(error);
  assert_class(first, 1, "liver", -1);
}

/* As many as would take minutes if each were held against all others. */
static void
test_many_labels(void)
{
  enum { n_labels = 600000 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) text = g_string_new("{\"labels\": {\"background\": 0");
  for (int i = 1; i < n_labels; i++)
    g_string_append_printf(text, ", \"c%d\": %d", i, i);
  g_string_append(text, "}}");
  g_autoptr(MsClassTable) table = load("dataset.json", text->str, &error);
  g_assert_no_error(error);
  g_assert_cmpuint(table->n_classes, ==, n_labels);
}

static void
assert_fails(const char *name, const char *text, const char *words)
{
  g_autoptr(GError) error = NULL;
  g_assert_null(load(name, text, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE);
  if (!strstr(error->message, words) || !strstr(error->message, name))
    g_error("\"%s\" does not say \"%s\"", error->message, words);
}

static void
test_errors(void)
{
  g_autofree char *long_name = g_strnfill(MS_CLASS_NAME_MAX_BYTES + 1, 'x');
  g_autofree char *line = g_strdup_printf("a\n%s\n", long_name);
  g_autofree char *row = g_strdup_printf("id,name\n0,a\n1,%s\n", long_name);
  g_autofree char *color = g_strdup_printf("1 2 3 a\n1 2 4 %s\n", long_name);
  g_autofree char *label = g_strdup_printf("{\"labels\": {\"%s\": 1}}", long_name);
  g_autofree char *fits = g_strdup_printf("a\n%s\n", long_name + 1);
  assert_fails("classes.txt", line, "line 2: the name of a class is 4097 bytes long");
  assert_fails("classes.csv", row, "line 3: the name of a class is 4097 bytes long");
  assert_fails("label_colors.txt", color, "line 2");
  assert_fails("dataset.json", label, "too long");
  g_autoptr(MsClassTable) table = load("classes.txt", fits, NULL);
  g_assert_nonnull(table);

  assert_fails("class_dict.csv", "name,r,g,b\na,1,2\n", "line 2");
  assert_fails("class_dict.csv", "name,r,g,b\na,1,2,300\n", "line 2, column b");
  assert_fails("class_dict.csv", "name,r,g\na,1,2\n", "name,r,g,b");
  assert_fails("dataset.json", "{\"labels\": {\"a\": 0, \"whole\": [1, 2]}}", "is a region");
  assert_fails("dataset.json", "{\"labels\": {\"a\": []}}", "is a region");
  assert_fails("dataset.json", "{\"labels\": {\"a\": 1, \"b\": 1}}", "class 1 is named twice");
  assert_fails("dataset.json", "{\"labels\": {\"ignore\": 1, \"b\": 1}}", "class 1 is named twice");
  assert_fails("dataset.json", "{\"labels\": {\"a\": -1}}", "no whole number");
  assert_fails("dataset.json", "{\"labels\": {\"a\": 1.5}}", "no whole number");
  assert_fails("dataset.json", "{\"labels\": {\"a\": \"b\"}}", "no whole number");
  assert_fails("dataset.json", "{\"labels\": [\"a\"]}", "no object");
  assert_fails("dataset.json", "{\"labels\": {}}", "names no class");
  assert_fails("dataset.json", "{\"labels\": {\"a\": 0}, \"labels\": {\"b\": 1}}", "there twice");
  assert_fails("dataset.json", "{\"images\": [1, 2]}", "no \"labels\"");
  assert_fails("dataset.json", "[1]", "is not nnU-Net's");
  assert_fails("dataset.json", "{\"labels\": {\"a\": 0}", "line 1");
}

/* --- by name -------------------------------------------------------------------------------- */

static void
test_cityscapes(void)
{
  g_autoptr(MsClassTable) table = ms_class_table_by_name("cityscapes");
  g_autoptr(MsClassTable) train = ms_class_table_by_name("cityscapes-train");
  g_assert_cmpuint(table->n_classes, ==, 19);
  g_assert_cmpint(table->background, ==, -1);
  g_assert_true(table->ignore_unlisted);
  g_assert_cmpstr(ms_class_table_find(table, 7)->name, ==, "road");
  g_assert_null(ms_class_table_find(table, 9));
  assert_class(table, 33, "bicycle", 0x770b20);
  assert_class(table, 9, "parking", 0xfaaaa0);
  assert_class(table, 255, "void", -1);
  assert_class(table, MS_ID_NONE, "license plate", 0x00008e);
  for (guint32 id = 0; id <= 33; id++)
    g_assert_nonnull(ms_class_table_find_any(table, id));
  g_assert_cmpuint(train->n_classes, ==, 19);
  for (guint32 id = 0; id < 19; id++) {
    g_assert_cmpuint(train->ids[id], ==, id);
    g_assert_cmpstr(train->classes[id].name, ==, table->classes[id].name);
  }
  assert_class(train, 13, "car", 0x00008e);
  assert_class(train, 255, "void", -1);
  g_autoptr(MsClassTable) copy = ms_class_table_copy(train);
  assert_class(copy, 255, "void", -1);
  g_assert_true(copy->ignore_unlisted);
}

/* The colours of VOC's first and last classes, as they are published. */
static void
test_voc(void)
{
  g_autoptr(MsClassTable) table = ms_class_table_by_name("voc");
  g_assert_cmpuint(table->n_classes, ==, 21);
  g_assert_cmpint(table->background, ==, 0);
  assert_class(table, 0, "background", 0x000000);
  assert_class(table, 1, "aeroplane", 0x800000);
  assert_class(table, 2, "bicycle", 0x008000);
  assert_class(table, 7, "car", 0x808080);
  assert_class(table, 8, "cat", 0x400000);
  assert_class(table, 15, "person", 0xc08080);
  assert_class(table, 20, "tvmonitor", 0x004080);
  assert_class(table, 255, "void", 0xe0e0c0);
  g_assert_null(ms_class_table_find(table, 255));
}

static void
test_others_by_name(void)
{
  g_autoptr(MsClassTable) ade = ms_class_table_by_name("ade20k");
  g_autoptr(MsClassTable) coco = ms_class_table_by_name("coco");
  g_autoptr(MsClassTable) panoptic = ms_class_table_by_name("coco-panoptic");
  g_autoptr(MsClassTable) camvid = ms_class_table_by_name("camvid");
  g_assert_cmpuint(ade->n_classes, ==, 150);
  for (guint32 i = 0; i < 150; i++)
    g_assert_cmpuint(ade->ids[i], ==, i + 1);
  assert_class(ade, 150, "flag", -1);
  assert_class(ade, 0, "other", -1);
  g_assert_cmpuint(coco->n_classes, ==, 81);
  g_assert_cmpint(coco->background, ==, 0);
  assert_class(coco, 90, "toothbrush", -1);
  g_assert_null(ms_class_table_find_any(coco, 92));
  g_assert_cmpuint(panoptic->n_classes, ==, 133);
  assert_class(panoptic, 200, "rug-merged", -1);
  g_assert_cmpuint(camvid->n_classes, ==, 11);
  assert_class(camvid, 11, "Void", 0x000000);
  g_assert_null(ms_class_table_by_name("Cityscapes"));
  g_assert_null(ms_class_table_by_name(""));
  g_auto(GStrv) names = g_strsplit_set(ms_class_table_known_names(), ", ", -1);
  for (guint i = 0; names[i]; i++) {
    g_autoptr(MsClassTable) table = ms_class_table_by_name(names[i]);
    g_assert_true(table || *names[i] == '\0' || g_str_equal(names[i], "and"));
  }
}

static void
test_open(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_file(&folder, "voc", "a\nb\n", 4);
  g_autoptr(GError) error = NULL;
  g_autoptr(MsClassTable) known = ms_class_table_open("voc", NULL, &error);
  g_assert_no_error(error);
  g_assert_cmpuint(known->n_classes, ==, 21);
  g_autoptr(MsClassTable) file = ms_class_table_open(path, NULL, &error);
  g_assert_cmpuint(file->n_classes, ==, 2);
  g_assert_null(ms_class_table_open("vocc", NULL, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_OPEN);
  g_assert_nonnull(strstr(error->message, "cityscapes"));
  g_clear_error(&error);
  g_assert_null(ms_class_table_open("no/classes.txt", NULL, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_OPEN);
  g_assert_null(strstr(error->message, "cityscapes"));
}

static void
test_find_name(void)
{
  static const char *const names[] = {"Sky", "sky", "Road"};
  g_autoptr(MsClassTable) table = ms_class_table_from_names(names, 3, "x");
  g_autoptr(MsClassTable) voc = ms_class_table_by_name("voc");
  g_assert_cmpuint(ms_class_table_find_name(table, "sky")->id, ==, 1);
  g_assert_cmpuint(ms_class_table_find_name(table, "ROAD")->id, ==, 2);
  g_assert_null(ms_class_table_find_name(table, "SKY"));
  g_assert_null(ms_class_table_find_name(table, "roa"));
  g_assert_cmpuint(ms_class_table_find_name(voc, "VOID")->id, ==, 255);
}

/* --- in a set's folder ---------------------------------------------------------------------- */

static void
test_lookup(void)
{
  static const char *const files[][3] = {
      {"class_dict.csv", "name,r,g,b\na,1,2,3\n", "a"},
      {"label_colors.txt", "1 2 3 b\n", "b"},
      {"dataset.json", "{\"labels\": {\"c\": 0}}", "c"},
      {"objectInfo150.csv", "Idx,Ratio,Train,Val,Stuff,Name\n0,1,1,1,1,d\n", "d"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
    g_auto(TestFolder) folder = test_folder_new();
    g_autoptr(GPtrArray) notices = ms_notices_new();
    test_text(&folder, files[i][0], files[i][1]);
    g_autoptr(MsClassTable) table = ms_class_lookup(folder.path, notices, NULL);
    g_assert_nonnull(table);
    g_assert_cmpstr(table->classes[0].name, ==, files[i][2]);
    g_assert_cmpuint(notices->len, ==, 0);
  }
}

/* --- colours -------------------------------------------------------------------------------- */

static int
distance(const guint8 *a, const guint8 *b)
{
  int sum = 0;
  for (int i = 0; i < 3; i++)
    sum += (a[i] - b[i]) * (a[i] - b[i]);
  return sum;
}

static void
test_colors(void)
{
  enum { N = 200 };
  g_autoptr(MsClassTable) voc = ms_class_table_by_name("voc");
  g_autoptr(MsClassTable) coco = ms_class_table_by_name("coco");
  guint8 colors[N + 1][3] = {0};
  guint8 color[3] = {1, 2, 3};
  g_assert_false(ms_class_color(NULL, 0, &color[0], &color[1], &color[2]));
  g_assert_false(ms_class_color(voc, 0, &color[0], &color[1], &color[2]));
  g_assert_cmpmem(color, 3, ((guint8[]){1, 2, 3}), 3);
  g_assert_true(ms_class_color(voc, 15, &color[0], &color[1], &color[2]));
  g_assert_cmpmem(color, 3, ((guint8[]){192, 128, 128}), 3);
  for (guint32 id = 1; id <= N; id++) {
    g_assert_true(ms_class_color(NULL, id, &colors[id][0], &colors[id][1], &colors[id][2]));
    g_assert_true(ms_class_color(coco, id, &color[0], &color[1], &color[2]));
    g_assert_cmpmem(color, 3, colors[id], 3);
  }
  for (guint i = 1; i <= N; i++)
    for (guint j = 1; j < i; j++) {
      g_assert_cmpint(distance(colors[i], colors[j]), >, 0);
      if (i <= 20)
        g_assert_cmpint(distance(colors[i], colors[j]), >=, 32 * 32);
      if (i - j <= 2)
        g_assert_cmpint(distance(colors[i], colors[j]), >=, 64 * 64);
    }
  /* Not to change between versions: pictures of one set should look alike. */
  g_assert_cmpmem(colors[1], 3, ((guint8[]){0x3a, 0x8a, 0x03}), 3);
  g_assert_true(ms_class_color(NULL, MS_ID_NONE, &color[0], &color[1], &color[2]));
}

int
main(int argc, char *argv[])
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/class-tables/class-dict", test_class_dict);
  g_test_add_func("/class-tables/label-colors", test_label_colors);
  g_test_add_func("/class-tables/ade20k-file", test_ade20k_file);
  g_test_add_func("/class-tables/nnunet", test_nnunet);
  g_test_add_func("/class-tables/many-labels", test_many_labels);
  g_test_add_func("/class-tables/errors", test_errors);
  g_test_add_func("/class-tables/cityscapes", test_cityscapes);
  g_test_add_func("/class-tables/voc", test_voc);
  g_test_add_func("/class-tables/others-by-name", test_others_by_name);
  g_test_add_func("/class-tables/open", test_open);
  g_test_add_func("/class-tables/find-name", test_find_name);
  g_test_add_func("/class-tables/lookup", test_lookup);
  g_test_add_func("/class-tables/colors", test_colors);
  return g_test_run();
}
