/* SPDX-License-Identifier: MIT */
#include "set/maskset.h"

#include "io/error.h"
#include "set/set.h"
#include "small-set.h"

static gboolean
load(const TestFolder *folder, const char *text, MsOptions *options, char **title, GError **error)
{
  g_autofree char *path = test_file(folder, "x.maskset", text, strlen(text));
  return ms_maskset_load(path, options, title, NULL, error);
}

#define SET "[Set]\nActual=m\n"

static void
test_all(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsOptions) options = ms_options_new();
  g_autofree char *title = NULL;
  g_autoptr(GError) error = NULL;
  g_assert_true(load(&folder,
                     "\n# lesions\n[Set]\nTitle=Skin lesions\nImages=images\n"
                     "Actual=masks/{id}_m.png\nSplits=s.csv\nClasses=/abs/c.txt\nBackground=none\n"
                     "Ignore=255,0\nThreshold=0.25\nEmpty=skip\nSizeMismatch=nearest\n"
                     "Advise=gap=0.2,explain\n[Models]\nunet=p/unet\nHR net=/abs/hr\n",
                     options, &title, &error));
  g_assert_no_error(error);
  g_assert_cmpstr(title, ==, "Skin lesions");
  g_autofree char *images = test_path(&folder, "images");
  g_autofree char *actual = test_path(&folder, "masks/{id}_m.png");
  g_autofree char *splits = test_path(&folder, "s.csv");
  g_autofree char *unet = test_path(&folder, "p/unet");
  g_assert_cmpstr(options->images, ==, images);
  g_assert_cmpstr(options->actual, ==, actual);
  g_assert_cmpstr(options->splits, ==, splits);
  g_assert_cmpstr(options->classes, ==, "/abs/c.txt");
  g_assert_cmpuint(options->predicted->len, ==, 2);
  const MsModelOption *first = g_ptr_array_index(options->predicted, 0);
  const MsModelOption *second = g_ptr_array_index(options->predicted, 1);
  g_assert_cmpstr(first->name, ==, "unet");
  g_assert_cmpstr(first->path, ==, unet);
  g_assert_cmpstr(second->name, ==, "HR net");
  g_assert_cmpstr(second->path, ==, "/abs/hr");
  g_assert_cmpint(options->background_choice, ==, MS_CHOICE_NONE);
  g_assert_cmpuint(options->ignore->len, ==, 2);
  g_assert_cmpfloat(options->threshold, ==, 0.25);
  g_assert_cmpint(options->empty, ==, MS_EMPTY_SKIP);
  g_assert_true(options->resize_predicted);
  g_assert_cmpfloat(options->advice.gap, ==, 0.2);
  g_assert_true(options->advice.explain);
}

/* A folder as it stands, with a model that lies elsewhere. */
static void
test_folder_key(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsOptions) options = ms_options_new();
  g_autofree char *title = NULL, *whole = test_path(&folder, "data");
  g_autoptr(GError) error = NULL;
  g_assert_true(
      load(&folder, "[Set]\nFolder=data\n[Models]\nunet=/out\n", options, &title, &error));
  g_assert_no_error(error);
  g_assert_cmpstr(options->folder, ==, whole);
  g_assert_cmpuint(options->predicted->len, ==, 1);
  TEST_MASK(&folder, "data/val/images/a.png", 0, 1);
  TEST_MASK(&folder, "data/val/masks/a.png", 0, 1);
  TEST_MASK(&folder, "data/val/predictions/a.png", 1, 1);
  g_autofree char *path = test_path(&folder, "x.maskset");
  test_text(&folder, "x.maskset", "[Set]\nFolder=data\n");
  g_autoptr(MsOptions) whole_options = ms_options_new();
  whole_options->set = g_strdup(path);
  g_autoptr(MsSet) set = ms_set_open(whole_options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  g_assert_cmpuint(ms_set_get_n_examples(set), ==, 1);
  g_assert_cmpstr(ms_set_get_splits(set)[0], ==, "val");
}

/* What the command line says goes before what the file says. */
static void
test_given(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsOptions) options = ms_options_new();
  GStrv words = g_strsplit("--ignore=3 --positive=nonzero --empty=one --size-mismatch=skip "
                           "--advise=none --classes=mine.txt",
                           " ", -1);
  g_assert_true(ms_options_parse(options, &words, NULL, NULL));
  g_strfreev(words);
  g_autofree char *title = NULL;
  g_autoptr(GError) error = NULL;
  g_assert_true(load(
      &folder,
      "[Set]\nActual=m\nIgnore=none\nThreshold=0.9\nEmpty=zero\n"
      "SizeMismatch=nearest\nAdvise=explain\nClasses=theirs.txt\nBackground=2\n[Models]\np=p\n",
      options, &title, &error));
  g_assert_no_error(error);
  g_assert_null(title);
  g_assert_cmpuint(options->ignore->len, ==, 1);
  g_assert_false(options->has_threshold);
  g_assert_cmpint(options->empty, ==, MS_EMPTY_ONE);
  g_assert_false(options->resize_predicted);
  g_assert_true(options->advice.none);
  g_assert_cmpstr(options->classes, ==, "mine.txt");
  g_assert_cmpuint(options->background, ==, 2);
}

static void
test_ids_and_classes(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsOptions) options = ms_options_new();
  g_autofree char *title = NULL;
  g_autoptr(GError) error = NULL;
  g_assert_true(load(&folder,
                     SET "Ignore=void,-1\nInstances=1000\n[Models]\np=p\n"
                         "[Classes]\n2=hair; grey;#8040ff\n0=background\n7=a;#12345\n"
                         "[Ids]\n11-20 = 3\n[Actual ids]\n30=ignore\n-2=9\n"
                         "[Predicted ids]\n0=255\n",
                     options, &title, &error));
  g_assert_no_error(error);
  g_assert_cmpuint(options->instances_divisor, ==, 1000);
  g_assert_cmpuint(options->ignore_names->len, ==, 1);
  g_assert_cmpuint(options->table->n_classes, ==, 3);
  g_assert_cmpint(options->table->background, ==, 0);
  const MsClass *hair = ms_class_table_find(options->table, 2);
  g_assert_cmpstr(hair->name, ==, "hair; grey");
  g_assert_true(hair->has_color);
  g_assert_cmpuint(hair->red, ==, 128);
  g_assert_cmpuint(hair->green, ==, 64);
  g_assert_cmpuint(hair->blue, ==, 255);
  g_assert_cmpstr(ms_class_table_find(options->table, 7)->name, ==, "a;#12345");
  g_assert_cmpuint(ms_id_map_get(options->ids_actual, 12), ==, 3);
  g_assert_cmpuint(ms_id_map_get(options->ids_predicted, 12), ==, 3);
  g_assert_cmpuint(ms_id_map_get(options->ids_actual, 30), ==, MS_ID_NONE);
  g_assert_cmpuint(ms_id_map_get(options->ids_actual, (guint32)-2), ==, 9);
  g_assert_cmpuint(ms_id_map_get(options->ids_predicted, 0), ==, 255);
  g_assert_cmpuint(ms_id_map_get(options->ids_actual, 0), ==, 0);
  g_autoptr(MsOptions) copy = ms_options_copy(options);
  g_assert_cmpuint(copy->table->n_classes, ==, 3);
  g_assert_cmpuint(ms_id_map_get(copy->ids_actual, 12), ==, 3);
}

/* A name that is no file is a table's; what the command line maps and names goes first. */
static void
test_class_names(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(MsOptions) given = ms_options_new();
  g_autofree char *title = NULL;
  g_assert_true(load(&folder, SET "Classes=voc\n[Models]\np=p\n", options, &title, NULL));
  g_assert_cmpstr(options->classes, ==, "voc");
  test_text(&folder, "voc", "a\nb\n");
  g_autoptr(MsOptions) file = ms_options_new();
  g_autofree char *path = test_path(&folder, "voc");
  g_assert_true(load(&folder, SET "Classes=voc\n[Models]\np=p\n", file, &title, NULL));
  g_assert_cmpstr(file->classes, ==, path);

  GStrv words = g_strsplit("--classes=mine.txt --map-actual=1=2 --instances=none", " ", -1);
  g_assert_true(ms_options_parse(given, &words, NULL, NULL));
  g_strfreev(words);
  g_assert_true(load(&folder, SET "Instances=plain\n[Models]\np=p\n[Classes]\n1=a\n[Ids]\n5=6\n",
                     given, &title, NULL));
  g_assert_null(given->table);
  g_assert_cmpint(given->instances_choice, ==, MS_CHOICE_NONE);
  g_assert_cmpuint(ms_id_map_get(given->ids_actual, 5), ==, 5);
  g_assert_cmpuint(ms_id_map_get(given->ids_predicted, 5), ==, 6);
}

static void
assert_adjusted(const MsOptions *options, const char *model, const char *expected)
{
  const MsAdjustment *adjustment = ms_options_find_adjustment(options, model);
  g_autofree char *text = adjustment ? ms_adjustment_to_text(adjustment) : NULL;
  g_assert_cmpstr(text, ==, expected);
}

/* What is given for a model goes before the file's, what is given for all before all of it. */
static void
test_adjustments(void)
{
  static const char text[] = SET "[Models]\np=p\n"
                                 "[Adjust]\nunet = flip-x, shift:0:-1\n*=1=0,2=1\na:b=invert\n";
  static const struct {
    const char *given, *of_unet, *of_other;
  } cases[] = {
      {"--quiet", "flip-x,shift:0:-1", "1=0,2=1"},
      {"--adjust=unet:none", "", "1=0,2=1"},
      {"--adjust=transpose", "transpose", "transpose"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_auto(TestFolder) folder = test_folder_new();
    g_autoptr(MsOptions) options = ms_options_new();
    g_auto(GStrv) words = g_strsplit(cases[i].given, " ", -1);
    g_autofree char *title = NULL;
    g_autoptr(GError) error = NULL;
    g_assert_true(ms_options_parse(options, &words, NULL, &error));
    g_assert_true(load(&folder, text, options, &title, &error));
    g_assert_no_error(error);
    assert_adjusted(options, "unet", cases[i].of_unet);
    assert_adjusted(options, "other", cases[i].of_other);
    assert_adjusted(options, "a:b", i == 2 ? "transpose" : "invert");
  }
}

static void
test_errors(void)
{
  static const struct {
    const char *text;
    const char *part;
  } cases[] = {
      {"[Set]\nActual=m\nColour=red\n[Models]\np=p\n", "line 3: the key Colour is not known"},
      {"[Set]\nActual=m\n[Models]\np=p\n\n[Extra]\nx=y\n", "line 6: the group [Extra]"},
      {"[Set]\nActual=m\nThreshold=2\n[Models]\np=p\n",
       "line 3: Threshold takes a number from 0 to 1, not \"2\""},
      {"[Set]\nActual=\n[Models]\np=p\n", "line 2: Actual has no value"},
      {"[Set]\nActual=m\n[Models]\np=\n", "line 4: the model has no path"},
      {"[Set]\nActual=m\n", "[Models]"},
      {"[Set]\n[Models]\np=p\n", "key Actual"},
      {"[Set]\nManifest=a.csv\nActual=m\n", "one or the other"},
      {"[Models]\np=p\n", "no group [Set]"},
      {"Actual=m\n", "x.maskset"},
      {"\x89PNG\r\n\x1a\n", "line 1: not UTF-8"},
      {"[Set]\nActual=m\nImages=\xff\n", "line 3: not UTF-8"},
      {"[Set]\nActual m\n", "line 2: neither [Group] nor KEY=VALUE"},
      {"\n\nActual=m\n", "line 3: the key Actual stands before any [Group]"},
      {"[Set]\nActual=m\nIgnore=1\nActual = n\n", "line 4: the key Actual stands on line 2"},
      {SET "Classes=c.txt\n[Classes]\n0=a\n", "line 4: the group [Classes] stands for"},
      {SET "[Classes]\nx=a\n", "line 4: \"x\" is no id of a class"},
      {SET "[Classes]\n-1=a\n", "line 4: \"-1\" is no id of a class"},
      {SET "[Classes]\n1=a\n2=\n", "line 5: the class has no name"},
      {SET "[Classes]\n1=;#aabbcc\n", "line 4: the class has no name"},
      {SET "[Classes]\n1=a\n01=b\n", "line 5: a class has this id already"},
      {SET "[Classes]\n[Models]\np=p\n", "line 3: the group [Classes] names no class"},
      {SET "[Ids]\n1=2\n\n5-3=0\n", "line 6: [Ids]: \"5-3\" is neither an id"},
      {SET "[Actual ids]\n1=x\n", "line 4: [Actual ids]: \"x\" is neither an id"},
      {SET "[Predicted ids]\n1=ignore\n", "line 4: [Predicted ids]: \"ignore\" is for actual"},
      {SET "[Ids]\n7=1\n[Actual ids]\n1-9=2\n", "line 6: [Actual ids]: id 7 is mapped twice"},
      {SET "Instances=1\n", "line 3: Instances takes"},
      {SET "[Models]\np=p\n[Adjust]\np=flop\n", "line 6: \"flop\" is none of invert"},
      {SET "[Models]\np=p\n[Adjust]\np=\n", "is none of invert"},
      {SET "[Models]\np=p\n[Adjust]\np=flip-x\np=flip-y\n", "line 7"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_auto(TestFolder) folder = test_folder_new();
    g_autoptr(MsOptions) options = ms_options_new();
    g_autofree char *title = NULL;
    g_autoptr(GError) error = NULL;
    g_assert_false(load(&folder, cases[i].text, options, &title, &error));
    g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE);
    if (!strstr(error->message, cases[i].part) || !strstr(error->message, "x.maskset"))
      g_error("\"%s\" does not say \"%s\"", error->message, cases[i].part);
  }
}

int
main(int argc, char *argv[])
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/maskset/all", test_all);
  g_test_add_func("/maskset/folder", test_folder_key);
  g_test_add_func("/maskset/given", test_given);
  g_test_add_func("/maskset/ids-and-classes", test_ids_and_classes);
  g_test_add_func("/maskset/class-names", test_class_names);
  g_test_add_func("/maskset/adjustments", test_adjustments);
  g_test_add_func("/maskset/errors", test_errors);
  return g_test_run();
}
