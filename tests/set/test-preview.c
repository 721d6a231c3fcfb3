/* SPDX-License-Identifier: MIT
 *
 * What a preview counts and says, and that a set that was recognised can be said folder by folder
 * where it can, and is known not to be where it cannot.
 */
#include "set/preview.h"

#include "set/find.h"
#include "set/option-values.h"
#include "set/preview-paths.h"
#include "set/preview-place.h"
#include "small-set.h"

static MsPreview *
preview(const MsOptions *options, const char *around)
{
  g_autoptr(GError) error = NULL;
  MsPreview *made = ms_preview_new(options, around, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  return made;
}

static MsPreview *
preview_set(const char *path)
{
  g_autoptr(MsOptions) options = ms_options_new();
  options->set = g_strdup(path);
  return preview(options, path);
}

static MsOptions *
name(const TestFolder *folder, const char *images, const char *actual, const char *predicted)
{
  MsOptions *options = ms_options_new();
  options->images = images ? test_path(folder, images) : NULL;
  options->actual = actual ? test_path(folder, actual) : NULL;
  if (predicted) {
    g_autofree char *path = test_path(folder, predicted);
    ms_options_add_predicted(options, "net", path);
  }
  return options;
}

static void
assert_place(const MsPreviewPlace *place, MsPreviewState state, const char *words)
{
  g_assert_cmpint(place->state, ==, state);
  g_assert_cmpstr(place->words, ==, words);
}

static const MsPreviewCount *
count(const GPtrArray *counts, guint i)
{
  g_assert_cmpuint(i, <, counts->len);
  return g_ptr_array_index(counts, i);
}

static const MsPreviewRow *
row(const MsPreview *made, guint i)
{
  g_assert_cmpuint(i, <, made->rows->len);
  return g_ptr_array_index(made->rows, i);
}

/* --- counting ------------------------------------------------------------------------------- */

static void
test_counts(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_touch(&folder, "img/a.jpg img/b.jpg img/z.jpg gt/a.png gt/b.png gt/c.png gt/d.png "
                      "gt/d.tif net/a.png net/b.png net/d.png net/e.png");
  g_autoptr(MsOptions) options = name(&folder, "img", "gt", "net");
  g_autoptr(MsPreview) made = preview(options, NULL);
  g_assert_null(made->problem);
  g_assert_cmpuint(made->n_examples, ==, 6);
  g_assert_cmpuint(made->n_images, ==, 3);
  g_assert_cmpuint(made->n_actual, ==, 3);
  g_assert_cmpuint(count(made->models, 0)->n, ==, 2);
  g_assert_cmpuint(made->n_unpaired, ==, 4);
  g_assert_cmpuint(made->n_ambiguous, ==, 1);
  g_autofree char *words = ms_preview_describe(made);
  g_assert_cmpstr(words, ==, "6 examples: 3 with image, 3 actual, net 2, 4 unpaired, 1 ambiguous");
  assert_place(&made->images, MS_PREVIEW_FOUND, "3 files");
  assert_place(&made->actual, MS_PREVIEW_FOUND, "5 files");
  assert_place(&made->predicted[0], MS_PREVIEW_FOUND, "4 files");

  /* Problems first, each part in the order of ids. */
  const char *const ids[] = {"c", "d", "e", "z", "a", "b"};
  g_assert_cmpuint(made->rows->len, ==, G_N_ELEMENTS(ids));
  for (guint i = 0; i < G_N_ELEMENTS(ids); i++) {
    g_assert_cmpstr(row(made, i)->id, ==, ids[i]);
    g_assert_true((row(made, i)->problem != NULL) == (i < 4));
  }
  g_assert_null(row(made, 1)->actual);
  g_assert_nonnull(strstr(row(made, 1)->problem, "d.png, d.tif"));
  g_assert_cmpstr(row(made, 4)->image, ==, "a.jpg");
  g_assert_cmpstr(row(made, 4)->actual, ==, "a.png");
  g_assert_cmpstr(g_ptr_array_index(row(made, 4)->predicted, 0), ==, "a.png");
  g_assert_cmpuint(made->notices->len, >, 0);
}

static void
test_many(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  for (guint i = 0; i < 120; i++) {
    g_autofree char *names = g_strdup_printf("gt/%03u.png %s/%03u.png", i, "net", i);
    test_touch(&folder, names);
  }
  test_touch(&folder, "gt/lonely.png");
  g_autoptr(MsOptions) options = name(&folder, NULL, "gt", "net");
  g_autoptr(MsPreview) made = preview(options, NULL);
  g_assert_cmpuint(made->rows->len, ==, MS_PREVIEW_MAX_ROWS);
  g_assert_cmpstr(row(made, 0)->id, ==, "lonely");
  g_assert_cmpstr(row(made, 1)->id, ==, "000");
  assert_place(&made->actual, MS_PREVIEW_FOUND, "121 files");
}

static void
test_splits(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_touch(&folder, "masks/val/a.png masks/train/b.png masks/train/c.png "
                      "predictions/val/a.png predictions/train/b.png predictions/train/c.png");
  g_autoptr(MsPreview) made = preview_set(folder.path);
  g_assert_cmpuint(made->split_counts->len, ==, 2);
  g_assert_cmpstr(count(made->split_counts, 0)->name, ==, "train");
  g_assert_cmpuint(count(made->split_counts, 0)->n, ==, 2);
  g_assert_cmpstr(count(made->split_counts, 1)->name, ==, "val");
  g_assert_cmpuint(count(made->split_counts, 1)->n, ==, 1);
}

/* --- what is wrong -------------------------------------------------------------------------- */

static void
test_places(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_touch(&folder, "gt/a.png gt/b.png texts/a.txt texts/b.txt one.png");
  g_autofree char *empty = test_path(&folder, "empty");
  g_assert_cmpint(g_mkdir(empty, 0777), ==, 0);
  static const struct {
    const char *path;
    MsPreviewState state;
    const char *words;
  } cases[] = {
      {NULL, MS_PREVIEW_UNNAMED, ""},
      {"gt", MS_PREVIEW_FOUND, "2 files"},
      {"gt/{id}.png", MS_PREVIEW_FOUND, "2 files fit"},
      {"gt/z{id}*", MS_PREVIEW_EMPTY, "nothing fits"},
      {"none/{id}.png", MS_PREVIEW_MISSING, "no such folder"},
      {"gt/*.png", MS_PREVIEW_EMPTY, "{id} is missing"},
      {"texts", MS_PREVIEW_EMPTY, "no pictures"},
      {"empty", MS_PREVIEW_EMPTY, "no files"},
      {"none", MS_PREVIEW_MISSING, "not found"},
      {"one.png", MS_PREVIEW_FOUND, "1 file"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *path = cases[i].path ? test_path(&folder, cases[i].path) : NULL;
    MsPreviewPlace place = {0};
    g_assert_true(ms_preview_look_at(&place, path, NULL, NULL));
    assert_place(&place, cases[i].state, cases[i].words);
    ms_preview_place_clear(&place);
  }
}

static void
assert_problem(MsOptions *options, const char *words)
{
  g_autoptr(MsPreview) made = preview(options, NULL);
  g_assert_nonnull(made->problem);
  if (!strstr(made->problem, words))
    g_error("\"%s\" does not say \"%s\"", made->problem, words);
  g_assert_null(made->paths);
  g_assert_cmpuint(made->rows->len, ==, 0);
  ms_options_free(options);
}

/* Told for one who sees rows: no names of options of the command. */
static void
test_problems(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_touch(&folder, "gt/a.png what/b.png");
  assert_problem(ms_options_new(), "actual and of the predicted");
  assert_problem(name(&folder, NULL, NULL, "gt"), "actual masks");
  assert_problem(name(&folder, "gt", NULL, NULL), "actual masks");
  assert_problem(name(&folder, NULL, "gt", NULL), "a model's predicted masks");
  assert_problem(name(&folder, NULL, "gt", "none"), "none does not exist");
  assert_problem(name(&folder, "none", "gt", "gt"), "none does not exist");

  MsOptions *options = ms_options_new();
  options->set = g_strdup(folder.path);
  g_autoptr(MsPreview) made = preview(options, folder.path);
  g_assert_null(strstr(made->problem, "--"));
  g_assert_nonnull(made->problem_detail);
  assert_problem(options, "Could not tell");
}

static void
test_cancelled(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_touch(&folder, "gt/a.png net/a.png");
  g_autoptr(MsOptions) options = name(&folder, NULL, "gt", "net");
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  g_autoptr(GError) error = NULL;
  g_cancellable_cancel(cancellable);
  g_assert_null(ms_preview_new(options, NULL, NULL, NULL, cancellable, &error));
  g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
note_progress(const char *what, guint done, guint total, gpointer user)
{
  guint *n = user;
  g_assert_cmpint(*what, !=, '\0');
  g_assert_cmpuint(done, <=, total);
  ++*n;
}

static void
test_progress(void)
{
  g_autoptr(MsOptions) options = ms_options_new();
  guint n = 0;
  g_autoptr(MsPreview) made = ms_preview_new(options, NULL, note_progress, &n, NULL, NULL);
  g_assert_nonnull(made);
  g_assert_cmpuint(n, >, 0);
}

/* --- class tables and folders ---------------------------------------------------------------- */

static void
test_classes(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_touch(&folder, "masks/a.png predictions/a.png");
  test_text(&folder, "classes.txt", "background\nroad\ncar\n");
  test_text(&folder, "bad.csv", "x,y\n1,2\n");
  g_autoptr(MsPreview) found = preview_set(folder.path);
  assert_place(&found->classes, MS_PREVIEW_UNNAMED, "3 classes");
  g_assert_nonnull(strstr(found->classes.detail, "classes.txt"));

  g_autoptr(MsOptions) options = name(&folder, NULL, "masks", "predictions");
  options->classes = test_path(&folder, "classes.txt");
  g_autoptr(MsPreview) named = preview(options, NULL);
  assert_place(&named->classes, MS_PREVIEW_FOUND, "3 classes");
  g_free(options->classes);
  options->classes = test_path(&folder, "bad.csv");
  g_autoptr(MsPreview) bad = preview(options, NULL);
  assert_place(&bad->classes, MS_PREVIEW_EMPTY, "no class table");
  g_free(options->classes);
  options->classes = test_path(&folder, "none.csv");
  g_autoptr(MsPreview) missing = preview(options, NULL);
  assert_place(&missing->classes, MS_PREVIEW_MISSING, "not found");
}

static void
test_folders(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_touch(&folder, "a/x.png a/b/x.png a/b/c/x.png a/b/c/d/x.png texts/x.txt top.png");
  g_autoptr(GPtrArray) folders = ms_preview_list_folders(folder.path, NULL, NULL);
  const char *const paths[] = {"a", "a/b", "a/b/c"};
  g_assert_cmpuint(folders->len, ==, G_N_ELEMENTS(paths));
  for (guint i = 0; i < folders->len; i++) {
    const MsPreviewFolder *listed = g_ptr_array_index(folders, i);
    g_assert_cmpstr(listed->path, ==, paths[i]);
    g_assert_cmpuint(listed->n_files, ==, 4 - i);
  }
  for (guint i = 0; i < 100; i++) {
    g_autofree char *deep = g_strdup_printf("a/%03u/x.png", i);
    test_touch(&folder, deep);
  }
  g_autoptr(GPtrArray) many = ms_preview_list_folders(folder.path, NULL, NULL);
  g_assert_cmpuint(many->len, <=, MS_PREVIEW_MAX_FOLDERS);
  g_assert_cmpstr(((MsPreviewFolder *)g_ptr_array_index(many, 0))->path, ==, "a");
}

/* --- folder by folder ------------------------------------------------------------------------ */

static void
assert_paths(const MsPreview *made, const TestFolder *folder, const char *images,
             const char *actual, const char *predicted)
{
  g_assert_null(made->problem);
  g_assert_null(made->paths->set);
  g_autofree char *images_path = images ? test_path(folder, images) : NULL;
  g_autofree char *actual_path = test_path(folder, actual);
  g_autofree char *predicted_path = test_path(folder, predicted);
  g_assert_cmpstr(made->paths->images, ==, images_path);
  g_assert_cmpstr(made->paths->actual, ==, actual_path);
  const MsModelOption *model = g_ptr_array_index(made->paths->predicted, 0);
  g_assert_cmpstr(model->path, ==, predicted_path);
}

static void
test_paths_plain(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_touch(&folder, "images/a.jpg images/b.jpg masks/a_mask.png masks/b_mask.png "
                      "predictions/unet/a.png predictions/unet/b.png "
                      "predictions/deep/a.png predictions/deep/b.png");
  g_autoptr(MsPreview) made = preview_set(folder.path);
  g_assert_true(made->is_exact);
  assert_paths(made, &folder, "images", "masks", "predictions/deep");
  g_assert_cmpuint(made->paths->predicted->len, ==, 2);
  const MsModelOption *second = g_ptr_array_index(made->paths->predicted, 1);
  g_assert_cmpstr(second->name, ==, "unet");
}

static void
empty_annotations(const char *what, guint done, guint total, gpointer user)
{
  if (g_str_equal(what, "Comparing folders"))
    test_text(user, "instances.json", "");
}

/* Annotations are read once: when their paths are told, the file may be gone. */
static void
test_paths_annotations(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(GError) error = NULL;
  static const char segmentation[] = "\"segmentation\": {\"size\": [1, 4], \"counts\": [1, 2, 1]}}";
  g_autofree char *actual = g_strconcat(
      "{\"images\": [{\"id\": 1, \"file_name\": \"x/a.jpg\", \"width\": 4, \"height\": 1}],"
      "\"categories\": [{\"id\": 1, \"name\": \"one\"}], \"annotations\": [{\"id\": 1,"
      "\"image_id\": 1, \"category_id\": 1, ",
      segmentation, "]}", NULL);
  g_autofree char *predicted =
      g_strconcat("[{\"image_id\": 1, \"category_id\": 1, \"score\": 1, ", segmentation, "]", NULL);
  test_text(&folder, "instances.json", actual);
  test_text(&folder, "results.json", predicted);
  test_touch(&folder, "photos/x/a.jpg");
  options->set = g_strdup(folder.path);
  g_autoptr(MsPreview) made =
      ms_preview_new(options, NULL, empty_annotations, &folder, NULL, &error);
  g_assert_no_error(error);
  g_assert_true(made->is_exact);
  assert_paths(made, &folder, "photos", "instances.json", "results.json");
}

/* Folders of splits, and of videos, are parts of ids. */
static void
test_paths_nested(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_touch(&folder, "images/val/clip1/0.jpg masks/train/clip2/0.png masks/val/clip1/0.png "
                      "predictions/train/clip2/0.png predictions/val/clip1/0.png");
  g_autoptr(MsPreview) made = preview_set(folder.path);
  g_assert_true(made->is_exact);
  assert_paths(made, &folder, "images", "masks", "predictions");
}

/* Splits above the folders: paths cannot say them, and that is known. */
static void
test_paths_inexact(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_touch(&folder, "train/images/a.jpg train/masks/a.png train/predictions/a.png "
                      "val/images/b.jpg val/masks/b.png val/predictions/b.png");
  g_autoptr(MsPreview) made = preview_set(folder.path);
  g_assert_cmpuint(made->n_examples, ==, 2);
  g_assert_false(made->is_exact);
  assert_paths(made, &folder, "*/images/{id}", "*/masks/{id}", "*/predictions/{id}");
}

/* The same name in two splits: without the splits they cannot be told apart. */
static void
test_paths_none(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_touch(&folder, "train/masks/a.png train/predictions/a.png "
                      "val/masks/a.png val/predictions/a.png");
  g_autoptr(MsPreview) made = preview_set(folder.path);
  g_assert_null(made->problem);
  g_assert_null(made->paths);
  g_assert_false(made->is_exact);
  assert_place(&made->images, MS_PREVIEW_UNNAMED, "");
  assert_place(&made->actual, MS_PREVIEW_FOUND, "2 found");
  g_assert_cmpstr(made->actual.detail, ==, "train/masks, val/masks");
  g_assert_cmpuint(made->n_predicted, ==, 1);
  assert_place(&made->predicted[0], MS_PREVIEW_FOUND, "2 found");
}

/* Told apart by what follows the id, in one folder or in one for each example. */
static void
test_paths_patterns(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_touch(&folder, "x/ref.png x/pred.png y/ref.png y/pred.png");
  g_autoptr(MsOptions) options = name(&folder, NULL, "{id}/ref.png", "{id}/pred.png");
  g_autoptr(MsOptions) copy = ms_options_copy(options);
  copy->set = g_strdup(folder.path);
  g_autoptr(MsInventory) inventory = ms_find_set(options, NULL, NULL);
  g_autoptr(MsOptions) paths = NULL;
  gboolean exact = FALSE;
  g_assert_true(ms_preview_paths(copy, inventory, &paths, &exact, NULL, NULL));
  g_assert_true(exact);
  g_assert_cmpstr(paths->actual, ==, options->actual);
}

static void
test_paths_maskset(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_touch(&folder, "m/a_gt.png p/a.png");
  test_text(&folder, "x.maskset", "[Set]\nActual=m/{id}_gt.png\nIgnore=9\n[Models]\nnet=p\n");
  g_autofree char *path = test_path(&folder, "x.maskset");
  g_autoptr(MsPreview) made = preview_set(path);
  g_assert_true(made->is_exact);
  assert_paths(made, &folder, NULL, "m/{id}_gt.png", "p");
  g_assert_cmpint(made->paths->ignore_choice, ==, MS_CHOICE_GIVEN);
  g_assert_cmpstr(made->title, ==, "x");
}

static void
test_paths_manifest(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_touch(&folder, "m/a.png p/a.png");
  test_text(&folder, "set.csv", "example,actual,predicted\na,m/a.png,p/a.png\n");
  g_autofree char *path = test_path(&folder, "set.csv");
  g_autoptr(MsPreview) made = preview_set(path);
  g_assert_cmpuint(made->n_examples, ==, 1);
  g_assert_true(made->is_exact);
  g_assert_cmpstr(made->paths->manifest, ==, path);
  g_assert_null(made->paths->set);
}

/* Splits that were found beside label tables are told too. */
static void
test_paths_labels(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "actual.csv", "example,labels\na,sad\nb,happy;calm\n");
  test_text(&folder, "predicted.csv", "example,labels\na,sad\nb,happy\n");
  test_text(&folder, "splits.csv", "example,split\na,train\nb,val\n");
  g_autoptr(MsPreview) made = preview_set(folder.path);
  g_assert_cmpuint(made->split_counts->len, ==, 2);
  g_assert_true(made->is_exact);
  assert_paths(made, &folder, NULL, "actual.csv", "predicted.csv");
  g_autofree char *splits = test_path(&folder, "splits.csv");
  g_assert_cmpstr(made->paths->splits, ==, splits);
  assert_place(&made->splits, MS_PREVIEW_FOUND, "1 file");
}

static void
test_labels(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "actual.csv", "example,labels\na,sad\nb,happy;calm\nc,sad\n");
  test_text(&folder, "net.csv", "example,labels\na,sad\nb,happy\n");
  g_autoptr(MsOptions) options = name(&folder, NULL, "actual.csv", "net.csv");
  g_autoptr(MsPreview) made = preview(options, NULL);
  g_assert_null(made->problem);
  g_assert_cmpuint(made->n_examples, ==, 3);
  g_assert_cmpuint(count(made->models, 0)->n, ==, 2);
  g_assert_cmpuint(made->n_unpaired, ==, 1);
  g_assert_cmpstr(row(made, 0)->id, ==, "c");
  g_assert_cmpstr(row(made, 0)->actual, ==, "labels");
}

int
main(int argc, char *argv[])
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/preview/counts", test_counts);
  g_test_add_func("/preview/many", test_many);
  g_test_add_func("/preview/splits", test_splits);
  g_test_add_func("/preview/places", test_places);
  g_test_add_func("/preview/problems", test_problems);
  g_test_add_func("/preview/cancelled", test_cancelled);
  g_test_add_func("/preview/progress", test_progress);
  g_test_add_func("/preview/classes", test_classes);
  g_test_add_func("/preview/folders", test_folders);
  g_test_add_func("/preview/paths-annotations", test_paths_annotations);
  g_test_add_func("/preview/paths-plain", test_paths_plain);
  g_test_add_func("/preview/paths-nested", test_paths_nested);
  g_test_add_func("/preview/paths-inexact", test_paths_inexact);
  g_test_add_func("/preview/paths-none", test_paths_none);
  g_test_add_func("/preview/paths-patterns", test_paths_patterns);
  g_test_add_func("/preview/paths-maskset", test_paths_maskset);
  g_test_add_func("/preview/paths-manifest", test_paths_manifest);
  g_test_add_func("/preview/paths-labels", test_paths_labels);
  g_test_add_func("/preview/labels", test_labels);
  return g_test_run();
}
