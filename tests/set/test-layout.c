/* SPDX-License-Identifier: MIT
 *
 * Which folder is what, on folders of empty files: only names matter here.
 */
#include "set/layout.h"

#include <unistd.h>

#include "set/option-values.h"
#include "small-set.h"

/* "id:IAPP" of every entry: which files it has (image, actual, each model), '-' for what lacks. */
static char *
describe(const MsInventory *inventory)
{
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < inventory->entries->len; i++) {
    const MsEntry *entry = g_ptr_array_index(inventory->entries, i);
    g_string_append_printf(text, "%s%s:%c%c", i ? " " : "", entry->id, entry->image ? 'I' : '-',
                           entry->actual ? 'A' : '-');
    for (guint j = 0; j < inventory->models->len; j++)
      g_string_append_c(text, entry->predicted[j] ? 'P' : '-');
  }
  return g_strdup(text->str);
}

static char *
model_names(const MsInventory *inventory)
{
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < inventory->models->len; i++) {
    const MsFoundModel *model = g_ptr_array_index(inventory->models, i);
    g_string_append_printf(text, "%s%s", i ? " " : "", model->name);
  }
  return g_strdup(text->str);
}

static void
check_inventory(MsInventory *inventory, const char *models, const char *entries)
{
  ms_inventory_finish(inventory);
  g_autofree char *names = model_names(inventory);
  g_autofree char *found = describe(inventory);
  g_assert_cmpstr(names, ==, models);
  g_assert_cmpstr(found, ==, entries);
}

static void
check(const char *files, const char *models, const char *entries)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_touch(&folder, files);
  g_autoptr(GError) error = NULL;
  g_autoptr(MsInventory) inventory = ms_layout_recognize_with(folder.path, NULL, NULL, &error);
  g_assert_no_error(error);
  check_inventory(inventory, models, entries);
}

static gboolean
has_notice(const MsInventory *inventory, const char *path_end, const char *part)
{
  for (guint i = 0; i < inventory->notices->len; i++) {
    const MsNotice *notice = g_ptr_array_index(inventory->notices, i);
    if (notice->path && g_str_has_suffix(notice->path, path_end) && strstr(notice->message, part))
      return TRUE;
  }
  return FALSE;
}

static void
test_generic(void)
{
  check("images/a.jpg images/b.jpg actual/a.png actual/b.png predicted/a.png", "predicted",
        "a:IAP b:IA-");
  check("Images/a.jpg Ground-Truth/a.png Results/a.png", "Results", "a:IAP");
  check("JPEGImages/a.jpg SegmentationClass/a.png preds/a.png Annotations/a.xml", "preds", "a:IAP");
  check("masks/a.png pred/a.png", "pred", "a:-AP");
  check("frames/a.jpg Segmentations/a.png Probability-Maps/a.png", "Probability-Maps", "a:IAP");
  check("rgb/a.jpg images/a.jpg GT/a.png model_output/a.png", "model_output", "a:IAP");
}

static void
test_models(void)
{
  check("masks/a.png predictions/unet/a.png predictions/hr/a.png", "hr unet", "a:-APP");
  check("masks/a.png pred_unet/a.png predictions_hr/a.png", "pred_unet predictions_hr", "a:-APP");
  check("masks/a.png unet_preds/a.png results_hr/a.png y_pred/a.png",
        "results_hr unet_preds y_pred", "a:-APPP");
  check("masks/a.png pred_x/a.png prob_x/a.png", "pred_x prob_x", "a:-APP");
  check("masks/a.png preds/a.png outputs/a.png", "outputs preds", "a:-APP");
  /* Sub-folders that the actual masks have too are no models. */
  check("masks/u/a.png masks/v/a.png preds/u/a.png preds/v/a.png", "preds", "u/a:-AP v/a:-AP");
  check("masks/u/a.png masks/v/a.png preds/m/u/a.png preds/m/v/a.png", "m", "u/a:-AP v/a:-AP");
  /* A file beside the models' folders is a model's of its own. */
  check("masks/a.png preds/a.png preds/m/a.png", "preds m", "a:-APP");
}

static void
test_model_left_alone(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_touch(&folder, "masks/a.png preds/m/a.png preds/logs/curve.png");
  g_autoptr(MsInventory) inventory = ms_layout_recognize_with(folder.path, NULL, NULL, NULL);
  check_inventory(inventory, "m", "a:-AP");
  g_assert_true(has_notice(inventory, "preds/logs", "left alone"));
}

static void
test_splits(void)
{
  check("images/train/a.jpg images/val/b.jpg masks/train/a.png masks/val/b.png "
        "preds/train/a.png preds/val/b.png",
        "preds", "train/a:IAP val/b:IAP");
  check("train/images/a.jpg train/masks/a.png train/preds/a.png val/images/a.jpg "
        "val/masks/a.png val/preds/a.png",
        "preds", "train/a:IAP val/a:IAP");
  check("training/masks/a.png validation/masks/b.png preds/train/a.png preds/val/b.png", "preds",
        "train/a:-AP val/b:-AP");
  check("masks/training/a.png masks/validation/b.png preds/training/a.png preds/validation/b.png",
        "preds", "training/a:-AP validation/b:-AP");
  check("val/masks/a.png val/predictions/m/a.png test/masks/b.png test/predictions/m/b.png", "m",
        "test/b:-AP val/a:-AP");
  check("masks/val/a.png predictions/m/val/a.png predictions/n/val/a.png", "m n", "val/a:-APP");
  check("masks/val/a.png predictions/val/m/a.png predictions/val/n/a.png", "m n", "val/a:-APP");

  check("training/masks/a.png training/predictions/m/a.png", "m", "training/a:-AP");
  check("masks/train2017/a.png preds/train2017/a.png masks/evaluation/b.png preds/eval/b.png",
        "preds", "train2017/a:-AP val/b:-AP");
  check("testset/masks/a.png testset/preds/a.png", "preds", "testset/a:-AP");
  /* What is called like a split is none where the actual masks do not have it. */
  check("masks/a.png masks/b.png preds/test/a.png preds/best/b.png", "best test", "a:-A-P b:-AP-");
  check("masks/a.png preds/testing/a.png", "testing", "a:-AP");

  g_auto(TestFolder) folder = test_folder_new();
  test_touch(&folder, "masks/validation/a.png preds/validation/a.png masks/testing/b.png");
  g_autoptr(MsInventory) inventory = ms_layout_recognize_with(folder.path, NULL, NULL, NULL);
  ms_inventory_finish(inventory);
  const MsEntry *first = g_ptr_array_index(inventory->entries, 0);
  const MsEntry *second = g_ptr_array_index(inventory->entries, 1);
  g_assert_cmpstr(first->split, ==, "test");
  g_assert_cmpstr(second->split, ==, "val");
  g_autoptr(GPtrArray) splits = ms_inventory_splits(inventory);
  g_assert_cmpuint(splits->len, ==, 2);
  g_assert_cmpstr(g_ptr_array_index(splits, 0), ==, "val");
}

/* A folder with role folders in it is never passed over. */
static void
test_own_splits(void)
{
  check("fold1/masks/a.png fold1/preds/a.png fold2/masks/a.png fold2/preds/a.png", "preds",
        "fold1/a:-AP fold2/a:-AP");
  check("fold1/masks/a.png fold2/masks/a.png preds/fold1/a.png preds/m/fold2/a.png", "preds m",
        "fold1/a:-AP- fold2/a:-A-P");
  check("a/masks/x.png a/preds/x.png b/masks/x.png b/preds/x.png", "preds", "a/x:-AP b/x:-AP");
  check("masks/a.png unet/predictions/a.png unet/logs/x.png hr/predictions/a.png", "hr unet",
        "a:-APP");

  g_auto(TestFolder) folder = test_folder_new();
  test_touch(&folder, "fold1/masks/a.png fold1/preds/a.png train/masks/a.png train/preds/a.png");
  g_autoptr(MsInventory) inventory = ms_layout_recognize_with(folder.path, NULL, NULL, NULL);
  ms_inventory_finish(inventory);
  g_autoptr(GPtrArray) splits = ms_inventory_splits(inventory);
  g_assert_cmpuint(splits->len, ==, 2);
  g_assert_cmpstr(g_ptr_array_index(splits, 0), ==, "train");
  g_assert_cmpstr(g_ptr_array_index(splits, 1), ==, "fold1");
}

static void
test_left_alone(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_touch(&folder, "JPEGImages/a.jpg SegmentationClass/a.png SegmentationClass/notes.txt "
                      "SegmentationClassNpy/a.npy SegmentationClassVisualization/a.jpg "
                      "preds/a.png preds_color/a.png logs/x.png data/z.png .cache/q.png");
  g_autoptr(GError) error = NULL;
  g_autoptr(MsInventory) inventory = ms_layout_recognize_with(folder.path, NULL, NULL, &error);
  g_assert_no_error(error);
  check_inventory(inventory, "preds", "a:IAP");
  g_assert_true(has_notice(inventory, "SegmentationClassNpy", "twin"));
  g_assert_true(has_notice(inventory, "SegmentationClassVisualization", "twin"));
  g_assert_true(has_notice(inventory, "preds_color", "twin"));
  g_assert_true(has_notice(inventory, "logs", "left alone"));
  g_assert_true(has_notice(inventory, "data", "left alone"));
  g_assert_true(has_notice(inventory, "SegmentationClass", "no pictures are left alone: 1"));
  g_assert_false(has_notice(inventory, ".cache", ""));

  g_auto(TestFolder) plain = test_folder_new();
  test_touch(&plain, "images/a.jpg masks/a.png masks/a_color.png preds/a.png data/z.png");
  g_autoptr(MsInventory) other = ms_layout_recognize_with(plain.path, NULL, NULL, &error);
  g_assert_no_error(error);
  check_inventory(other, "preds", "a:IAP");
  g_assert_true(has_notice(other, "data", "another folder of images"));
  g_assert_true(has_notice(other, "masks", "another form are left alone: 1, such as a_color.png"));
}

static void
check_error(const char *files, int code, const char *part, const char *second_part)
{
  g_auto(TestFolder) folder = test_folder_new();
  if (*files)
    test_touch(&folder, files);
  g_autoptr(GError) error = NULL;
  g_assert_null(ms_layout_recognize_with(folder.path, NULL, NULL, &error));
  g_assert_error(error, MS_SET_ERROR, code);
  g_assert_nonnull(strstr(error->message, part));
  g_assert_nonnull(strstr(error->message, second_part));
  g_assert_nonnull(strstr(error->message, folder.path));
}

static void
test_errors(void)
{
  check_error("", MS_SET_ERROR_EMPTY, "holds no folders", "--actual");
  check_error("a.png b.png", MS_SET_ERROR_EMPTY, "holds no folders", "--actual");
  check_error("images/a.jpg", MS_SET_ERROR_LAYOUT, "images", "--predicted");
  check_error("images/a.jpg masks/a.png", MS_SET_ERROR_LAYOUT,
              "has actual masks, but no predicted ones: its folders are images, masks. ",
              "--predicted");
  check_error("images/a.jpg preds/a.png", MS_SET_ERROR_LAYOUT, "but no actual ones", "--actual");
  check_error("masks/a.png labels/a.png preds/a.png", MS_SET_ERROR_LAYOUT, "labels and ",
              "masks could hold the actual masks");
  check_error("masks/readme.txt preds/readme.txt", MS_SET_ERROR_EMPTY, "no pictures", "--actual");
  check_error("foo/a.png bar/b.png", MS_SET_ERROR_LAYOUT, "bar, foo", "--actual");
}

static void
test_not_a_folder(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_touch(&folder, "file");
  g_autofree char *missing = test_path(&folder, "missing");
  g_autofree char *file = test_path(&folder, "file");
  g_autoptr(GError) error = NULL;
  g_assert_null(ms_layout_recognize_with(missing, NULL, NULL, &error));
  g_assert_error(error, MS_SET_ERROR, MS_SET_ERROR_NOT_FOUND);
  g_assert_true(g_str_has_suffix(error->message, "missing does not exist"));
  g_clear_error(&error);
  g_assert_null(ms_layout_recognize_with(file, NULL, NULL, &error));
  g_assert_error(error, MS_SET_ERROR, MS_SET_ERROR_NOT_FOUND);
  g_assert_true(g_str_has_suffix(error->message, "file is a file, not a folder"));
}

static void
test_links(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_touch(&folder, "masks/a.png masks/sub/b.png preds/a.png preds/sub/b.png preds/odd.png/x");
  g_autofree char *loop = test_path(&folder, "masks/sub/up");
  g_autofree char *dangling = test_path(&folder, "masks/gone.png");
  g_autofree char *link = test_path(&folder, "gt");
  g_assert_cmpint(symlink("..", loop), ==, 0);
  g_assert_cmpint(symlink("nothing", dangling), ==, 0);
  g_autoptr(GError) error = NULL;
  g_autoptr(MsInventory) inventory = ms_layout_recognize_with(folder.path, NULL, NULL, &error);
  g_assert_no_error(error);
  check_inventory(inventory, "preds", "a:-AP gone:-A- sub/b:-AP");
  g_assert_true(has_notice(inventory, "masks/sub/up", "leads back"));
  g_assert_true(has_notice(inventory, "preds/odd.png", "folder"));
  g_assert_cmpint(symlink("masks", link), ==, 0);
  g_autoptr(MsInventory) again = ms_layout_recognize_with(folder.path, NULL, NULL, &error);
  g_assert_null(again);
  g_assert_error(error, MS_SET_ERROR, MS_SET_ERROR_LAYOUT);
}

static void
test_unreadable(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_touch(&folder, "masks/a.png masks/closed/b.png preds/a.png");
  g_autofree char *closed = test_path(&folder, "masks/closed");
  g_assert_cmpint(g_chmod(closed, 0), ==, 0);
  if (g_access(closed, R_OK) == 0) {
    g_test_skip("root reads everything");
    return;
  }
  g_autoptr(MsInventory) inventory = ms_layout_recognize_with(folder.path, NULL, NULL, NULL);
  g_chmod(closed, 0700);
  g_assert_true(has_notice(inventory, "masks/closed", "cannot be read"));
}

static MsInventory *
from_paths(const TestFolder *folder, const char *images, const char *actual, const char *predicted,
           GError **error)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_autofree char *images_path = images ? test_path(folder, images) : NULL;
  g_autofree char *actual_path = actual ? test_path(folder, actual) : NULL;
  g_auto(GStrv) list = g_strsplit(predicted, " ", -1);
  for (guint i = 0; list[i]; i++) {
    const char *equals = strchr(list[i], '=');
    g_autofree char *name = equals ? g_strndup(list[i], (gsize)(equals - list[i])) : NULL;
    g_autofree char *path = test_path(folder, equals ? equals + 1 : list[i]);
    ms_options_add_predicted(options, name, path);
  }
  return ms_layout_from_paths(images_path, actual_path, options->predicted, NULL, error);
}

static void
check_paths(const char *files, const char *images, const char *actual, const char *predicted,
            const char *models, const char *entries)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_touch(&folder, files);
  g_autoptr(GError) error = NULL;
  g_autoptr(MsInventory) inventory = from_paths(&folder, images, actual, predicted, &error);
  g_assert_no_error(error);
  check_inventory(inventory, models, entries);
}

static void
test_paths(void)
{
  check_paths("A/1.png A/10.png label/1.png label/10.png predict_x/1.png predict_y/10.png", "A",
              "label", "predict_x mine=predict_y", "predict_x mine", "1:IAP- 10:IA-P");
  check_paths("m/a.png one/preds/a.png two/preds/a.png", NULL, "m", "one/preds two/preds",
              "one-preds two-preds", "a:-APP");
  check_paths("m/a.png p/a.png", NULL, "m", "p p", "p p (2)", "a:-APP");
  check_paths("m/a.png p/u/a.png p/v/a.png", NULL, "m", "p", "u v", "a:-APP");
  check_paths("m/a.png p/u/a.png p/v/a.png", NULL, "m", "x=p", "x", "a:-A-");
  check_paths("m/a.png p/u/a.png q/u/a.png", NULL, "m", "q p", "u p-u", "a:-APP");
  check_paths("m/val/a.png i/a.jpg p/a.png", "i", "m", "p", "p", "val/a:IAP");
  check_paths("m/a.png p/1.png q/a.png", NULL, "m", "p y=q/{id}.png p", "p y p (2)",
              "1:--P-P a:-A-P-");
}

static void
test_patterns(void)
{
  check_paths("t/0.png t/1.png t/10.png t/0_predict_a.png t/1_predict_b.png t/10_predict_c.png "
              "m/0.png m/1.png m/10.png",
              NULL, "m", "t/{id}_predict_*.png", "t", "0:-AP 1:-AP 10:-AP");
  check_paths("m/a.png p/a_1.png q/a.png", NULL, "m", "p/{id}_*.png q", "p q", "a:-APP");
  check_paths("i/f_1.jpg m/f_1_mask.png p/f_1_unet_v2.png", "i", "m", "p/{id}_*.png", "p",
              "f_1:IAP");
  check_paths("s/q/images/q.png s/q/masks/q.png s/r/images/r.png s/r/masks/r.png p/q.png p/r.png",
              "s/{id}/images/{id}.png", "s/{id}/masks/{id}.png", "p", "p", "q:IAP r:IAP");
  check_paths("x/a.png x/a_segmentation.png x/a_pred.png", NULL, "x/{id}_segmentation.png",
              "x/{id}_pred.png", "x", "a:-AP");
}

/* A pattern that ends with a folder: its pictures are one mask together. */
static void
test_folder_patterns(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_touch(&folder, "s/q/images/q.png s/q/masks/0.png s/q/masks/1.png s/r/images/r.png "
                      "s/r/masks/0.png s/r/masks/deep/9.png p/q.png p/r.png");
  g_autoptr(GError) error = NULL;
  g_autoptr(MsInventory) inventory =
      from_paths(&folder, "s/{id}/images/{id}.png", "s/{id}/masks/", "p", &error);
  g_assert_no_error(error);
  check_inventory(inventory, "p", "q:IAP r:IAP");
  const MsEntry *united = g_ptr_array_index(inventory->entries, 0);
  const MsEntry *single = g_ptr_array_index(inventory->entries, 1);
  g_assert_cmpint(united->actual_part, ==, MS_PART_UNITED);
  g_assert_true(g_str_has_suffix(united->actual, "s/q/masks"));
  g_assert_cmpint(single->actual_part, ==, MS_PART_WHOLE);
  g_assert_true(g_str_has_suffix(single->actual, "s/r/masks/0.png"));
}

static void
test_pattern_undecided(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_touch(&folder, "m/f.png m/f_1.png p/f_1_x.png");
  g_autoptr(MsInventory) inventory = from_paths(&folder, NULL, "m", "n=p/{id}_*.png", NULL);
  g_assert_null(inventory); /* the only file is left out, so nothing fits */
  test_touch(&folder, "p/f_1_x_1.png p/f_y.png");
  g_autoptr(MsInventory) more = from_paths(&folder, NULL, "m", "n=p/{id}_*.png", NULL);
  check_inventory(more, "n", "f:-AP f_1:-A-");
  g_assert_true(has_notice(more, "p/f_1_x.png", "More than one"));
}

static void
test_single_files(void)
{
  check_paths("a.jpg a_mask.png b_pred.png", "a.jpg", "a_mask.png", "b_pred.png", "b_pred",
              "a_mask:IAP");
  check_paths("a.png x/p.png y/p.png", NULL, "a.png", "x/p.png y/p.png", "x-p y-p", "a:-APP");
}

static void
test_path_errors(void)
{
  static const struct {
    const char *images;
    const char *actual;
    const char *predicted;
    int code;
    const char *part;
  } cases[] = {
      {NULL, "m", "missing", MS_SET_ERROR_NOT_FOUND, "missing does not exist"},
      {NULL, "missing.png", "p", MS_SET_ERROR_NOT_FOUND, "missing.png does not exist"},
      {NULL, "m/a.png", "missing.png", MS_SET_ERROR_NOT_FOUND, "missing.png does not exist"},
      {NULL, "m/a.png", "p", MS_SET_ERROR_LAYOUT, "folders or files, not both"},
      {NULL, "m", "p/a.png", MS_SET_ERROR_NOT_FOUND, "is a file"},
      {NULL, "m", "p/*.png", MS_SET_ERROR_LAYOUT, "{id}"},
      {NULL, "m", "p/{id}_x.png", MS_SET_ERROR_EMPTY, "Nothing fits the pattern"},
      {NULL, "m", "t", MS_SET_ERROR_EMPTY, "no pictures"},
      {NULL, NULL, "p", MS_SET_ERROR_LAYOUT, "--actual"},
  };
  g_auto(TestFolder) folder = test_folder_new();
  test_touch(&folder, "m/a.png p/a.png t/notes.txt");
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_null(
        from_paths(&folder, cases[i].images, cases[i].actual, cases[i].predicted, &error));
    g_assert_error(error, MS_SET_ERROR, cases[i].code);
    g_assert_nonnull(strstr(error->message, cases[i].part));
  }
}

static void
test_cancelled(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_touch(&folder, "masks/a.png preds/a.png");
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  g_cancellable_cancel(cancellable);
  g_autoptr(GError) error = NULL;
  MsSearch search = {.cancellable = cancellable};
  g_assert_null(ms_layout_recognize_with(folder.path, NULL, &search, &error));
  g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main(int argc, char *argv[])
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/layout/generic", test_generic);
  g_test_add_func("/layout/models", test_models);
  g_test_add_func("/layout/model-left-alone", test_model_left_alone);
  g_test_add_func("/layout/splits", test_splits);
  g_test_add_func("/layout/own-splits", test_own_splits);
  g_test_add_func("/layout/left-alone", test_left_alone);
  g_test_add_func("/layout/errors", test_errors);
  g_test_add_func("/layout/not-a-folder", test_not_a_folder);
  g_test_add_func("/layout/links", test_links);
  g_test_add_func("/layout/unreadable", test_unreadable);
  g_test_add_func("/layout/paths", test_paths);
  g_test_add_func("/layout/patterns", test_patterns);
  g_test_add_func("/layout/folder-patterns", test_folder_patterns);
  g_test_add_func("/layout/pattern-undecided", test_pattern_undecided);
  g_test_add_func("/layout/single-files", test_single_files);
  g_test_add_func("/layout/path-errors", test_path_errors);
  g_test_add_func("/layout/cancelled", test_cancelled);
  return g_test_run();
}
