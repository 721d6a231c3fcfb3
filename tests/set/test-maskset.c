/* SPDX-License-Identifier: MIT */
#include "set/maskset.h"

#include "io/error.h"
#include "small-set.h"

static gboolean
load(const TestFolder *folder, const char *text, MsOptions *options, char **title, GError **error)
{
  g_autofree char *path = test_file(folder, "x.maskset", text, strlen(text));
  return ms_maskset_load(path, options, title, NULL, error);
}

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
      {"\x89PNG\r\n\x1a\n", "x.maskset"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_auto(TestFolder) folder = test_folder_new();
    g_autoptr(MsOptions) options = ms_options_new();
    g_autofree char *title = NULL;
    g_autoptr(GError) error = NULL;
    g_assert_false(load(&folder, cases[i].text, options, &title, &error));
    g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE);
    g_assert_nonnull(strstr(error->message, cases[i].part));
    g_assert_nonnull(strstr(error->message, "x.maskset"));
  }
}

int
main(int argc, char *argv[])
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/maskset/all", test_all);
  g_test_add_func("/maskset/given", test_given);
  g_test_add_func("/maskset/errors", test_errors);
  return g_test_run();
}
