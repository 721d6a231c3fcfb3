/* SPDX-License-Identifier: MIT
 *
 * What is written is what is read again, however the paths lie and whatever the names hold.
 */
#include "set/maskset-write.h"

#include "io/error.h"
#include "set/maskset.h"
#include "set/option-values.h"
#include "small-set.h"

static MsOptions *
parse(const char *words)
{
  MsOptions *options = ms_options_new();
  GStrv arguments = g_strsplit(words, " ", -1);
  g_autoptr(GError) error = NULL;
  ms_options_parse(options, &arguments, NULL, &error);
  g_assert_no_error(error);
  g_strfreev(arguments);
  return options;
}

/* The arguments of options, with paths in one form. */
static char *
canonical(const MsOptions *options)
{
  g_autoptr(MsOptions) copy = ms_options_copy(options);
  char **paths[] = {&copy->images, &copy->actual, &copy->manifest, &copy->splits, &copy->classes};
  for (gsize i = 0; i < G_N_ELEMENTS(paths); i++) {
    gboolean name = *paths[i] && !strchr(*paths[i], '/'); /* of a class table */
    char *absolute = name        ? g_strdup(*paths[i])
                     : *paths[i] ? g_canonicalize_filename(*paths[i], NULL)
                                 : NULL;
    g_free(*paths[i]);
    *paths[i] = absolute;
  }
  for (guint i = 0; i < copy->predicted->len; i++) {
    MsModelOption *model = g_ptr_array_index(copy->predicted, i);
    char *absolute = g_canonicalize_filename(model->path, NULL);
    g_free(model->path);
    model->path = absolute;
  }
  g_auto(GStrv) arguments = ms_options_to_arguments(copy);
  return g_strjoinv("\n", arguments);
}

static void
assert_round_trip(const TestFolder *folder, const MsOptions *options, const char *title)
{
  g_autofree char *path = test_path(folder, "sub/x.maskset");
  g_autofree char *sub = g_path_get_dirname(path);
  g_autoptr(MsOptions) again = ms_options_new();
  g_autofree char *read_title = NULL;
  g_autoptr(GError) error = NULL;
  g_mkdir(sub, 0777);
  g_assert_true(ms_maskset_write(options, title, path, &error));
  g_assert_no_error(error);
  g_assert_true(ms_maskset_load(path, again, &read_title, NULL, &error));
  g_assert_no_error(error);
  g_autofree char *before = canonical(options), *after = canonical(again);
  g_assert_cmpstr(after, ==, before);
  g_assert_cmpstr(read_title, ==, title);
}

static void
test_round_trips(void)
{
  static const char *const words[] = {
      "--actual=F/sub/masks --predicted=unet=F/sub/out/unet",
      "--images=F/images --actual=F/gt/{id}_m*.png --predicted=a=F/out/a --predicted=b=/far/away",
      "--actual=F/sub --predicted=p=F --splits=F/sub/s.csv --classes=F/c.txt",
      "--manifest=F/sub/m.csv --threshold=0.123456789012345",
      "--actual=/m --predicted=HRnet-48=/p --background=none --ignore=none --positive=nonzero",
      "--actual=/m --predicted=p=/p --background=7 --ignore=0,255 --positive=3 --empty=skip",
      "--actual=/m --predicted=p=/p --empty=one --size-mismatch=nearest --slice-axis=x",
      "--actual=/m --predicted=p=/p --size-mismatch=skip --slice-axis=y --advise=none",
      "--actual=/m --predicted=p=/p --advise=gap=0.2,training=0.3,exact=0.4,iou=0.5,examples=9",
      "--actual=/m --predicted=p=/p --advise=explain --empty=zero",
      "--actual=/m --predicted=p=/p --instances=1000 --ignore=void,7 --classes=cityscapes",
      "--actual=/m --predicted=p=/p --instances=none --map=1=2,2=1",
      "--actual=/m --predicted=p=/p --map-actual=11-20=3,30=ignore,-1=4 --map-predicted=0=255",
      "--actual=/m --predicted=p=/p --adjust=flip-x --adjust=p:1=0,2=1,invert,shift:-3:4",
      "--actual=/m --predicted=a:b=/p --predicted=c=/c --adjust=a:b:turn-90 --adjust=c:none",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
    g_auto(TestFolder) folder = test_folder_new();
    g_autoptr(GString) text = g_string_new(words[i]);
    g_autofree char *here = g_strconcat("=", folder.path, NULL);
    g_string_replace(text, "=F", here, 0);
    g_autoptr(MsOptions) options = parse(text->str);
    assert_round_trip(&folder, options, i % 2 ? "A title; [of] sorts = #1" : NULL);
  }
}

/* Names that a key file would take for something else. */
static void
test_odd_names(void)
{
  static const char *const names[] = {" leading",   "a\\b", "semi;colon", "#hash", "[group]",
                                      "tab\tin it", "a=b",  "ü ß",        "-"};
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    g_auto(TestFolder) folder = test_folder_new();
    g_autoptr(MsOptions) options = ms_options_new();
    g_autofree char *inside = g_build_filename(folder.path, "sub", names[i], NULL);
    g_autofree char *beside = g_build_filename(folder.path, names[i], NULL);
    options->actual = g_steal_pointer(&inside);
    ms_options_add_predicted(options, "net", beside);
    assert_round_trip(&folder, options, NULL);
  }
}

static void
test_lines(void)
{
  g_autoptr(MsOptions) options =
      parse("--images=/data/set/images --actual=/data/masks --predicted=/data/set/p/unet "
            "--predicted=/other/unet --ignore=255");
  g_autoptr(GError) error = NULL;
  g_autofree char *text = ms_maskset_text(options, "Lesions", "/data/set/lesions.maskset", &error);
  g_assert_no_error(error);
  g_assert_cmpstr(text, ==,
                  "[Set]\nTitle=Lesions\nImages=images\nActual=../masks\nIgnore=255\n\n"
                  "[Models]\np-unet=p/unet\nother-unet=/other/unet\n");
}

static void
test_classes(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsOptions) options = parse("--actual=/m --predicted=p=/p");
  MsClass classes[] = {{.id = 0, .name = (char *)"background"},
                       {.id = 7, .name = (char *)"a road; paved", .has_color = TRUE, 128, 64, 10}};
  options->table = ms_class_table_new(classes, G_N_ELEMENTS(classes), "here");
  assert_round_trip(&folder, options, NULL);
  g_autofree char *path = test_path(&folder, "sub/x.maskset");
  g_autoptr(MsOptions) again = ms_options_new();
  g_autofree char *title = NULL;
  g_assert_true(ms_maskset_load(path, again, &title, NULL, NULL));
  g_assert_cmpuint(again->table->n_classes, ==, 2);
  const MsClass *road = ms_class_table_find(again->table, 7);
  g_assert_cmpstr(road->name, ==, "a road; paved");
  g_assert_true(road->has_color);
  g_assert_cmpuint(road->green, ==, 64);
  g_assert_false(ms_class_table_find(again->table, 0)->has_color);
}

static void
assert_refused(MsOptions *options, const char *words)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_path(&folder, "x.maskset");
  g_autoptr(GError) error = NULL;
  g_assert_false(ms_maskset_write(options, NULL, path, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_WRITE);
  if (!strstr(error->message, words))
    g_error("\"%s\" does not say \"%s\"", error->message, words);
  g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
  ms_options_free(options);
}

static void
test_refusals(void)
{
  assert_refused(parse("--predicted=p=/p"), "actual masks");
  assert_refused(parse("--actual=/m"), "add a model");
  assert_refused(parse("--actual=/m\xff --predicted=p=/p"), "UTF-8");

  MsOptions *options = parse("--actual=/m --predicted=p=/p");
  options->set = g_strdup("/data/voc");
  assert_refused(options, "/data/voc");

  const char *const names[] = {"a=b", "#a", "[a]", " a", "a "};
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    options = parse("--actual=/m");
    ms_options_add_predicted(options, names[i], "/p");
    assert_refused(options, names[i]);
  }
  options = parse("--actual=/m");
  ms_options_add_predicted(options, "p", "/p");
  ms_options_add_predicted(options, "p", "/q");
  assert_refused(options, "Two models");

  options = parse("--actual=/m");
  ms_options_add_predicted(options, "p", "/p ");
  assert_refused(options, "blank");
}

/* What cannot be written leaves the old file alone. */
static void
test_keeps_old(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_file(&folder, "x.maskset", "old", 3);
  g_autofree char *nowhere = test_path(&folder, "nowhere/x.maskset");
  g_autofree char *text = NULL;
  g_autoptr(MsOptions) wrong = parse("--actual=/m");
  g_autoptr(MsOptions) right = parse("--actual=/m --predicted=p=/p");
  g_autoptr(GError) error = NULL;
  g_assert_false(ms_maskset_write(wrong, NULL, path, NULL));
  g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
  g_assert_cmpstr(text, ==, "old");
  g_assert_false(ms_maskset_write(right, NULL, nowhere, &error));
  g_assert_nonnull(strstr(error->message, "nowhere"));
}

int
main(int argc, char *argv[])
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/maskset-write/round-trips", test_round_trips);
  g_test_add_func("/maskset-write/odd-names", test_odd_names);
  g_test_add_func("/maskset-write/lines", test_lines);
  g_test_add_func("/maskset-write/classes", test_classes);
  g_test_add_func("/maskset-write/refusals", test_refusals);
  g_test_add_func("/maskset-write/keeps-old", test_keeps_old);
  return g_test_run();
}
