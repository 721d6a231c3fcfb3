/* SPDX-License-Identifier: MIT
 *
 * Annotation files as sets: COCO instances with results, panoptic, Kaggle's run lengths. Counts are
 * worked by hand on pictures of six by four pixels.
 */
#include "set/find.h"
#include "set/pair.h"
#include "small-set.h"

/* Run lengths go down the columns: four pixels a column. */
#define IMAGES                                                                                     \
  "\"images\": [{\"id\": 7, \"file_name\": \"a.jpg\", \"width\": 6, \"height\": 4},"               \
  " {\"id\": 9, \"file_name\": \"b.jpg\", \"width\": 6, \"height\": 4}],"                          \
  "\"categories\": [{\"id\": 3, \"name\": \"cat\"}, {\"id\": 5, \"name\": \"dog\"}]"

/* In a: a cat in columns 0 to 2, a dog in columns 2 and 3, so that column 2 is both. b is empty. */
static const char *const instances =
    "{" IMAGES ", \"annotations\": ["
    "{\"id\": 1, \"image_id\": 7, \"category_id\": 3, \"iscrowd\": 0,"
    " \"segmentation\": {\"size\": [4, 6], \"counts\": [0, 12, 12]}},"
    "{\"id\": 2, \"image_id\": 7, \"category_id\": 5, \"iscrowd\": 1,"
    " \"segmentation\": {\"size\": [4, 6], \"counts\": [8, 8, 8]}}]}";

/* A cat in columns 0 and 1 at 0.9, another in column 4 at 0.3, a dog in columns 2 and 3 at 0.6. */
static const char *const results =
    "[{\"image_id\": 7, \"category_id\": 3, \"score\": 0.9,"
    "  \"segmentation\": {\"size\": [4, 6], \"counts\": [0, 8, 16]}},"
    " {\"image_id\": 7, \"category_id\": 3, \"score\": 0.3,"
    "  \"segmentation\": {\"size\": [4, 6], \"counts\": [16, 4, 4]}},"
    " {\"image_id\": 7, \"category_id\": 5, \"score\": 0.6,"
    "  \"segmentation\": {\"size\": [4, 6], \"counts\": [8, 8, 8]}}]";

static MsSet *
open_set(const TestFolder *folder, const char *words, GError **error)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_auto(GStrv) arguments = g_strsplit(words, " ", -1);

  for (guint i = 0; arguments[i]; i++) { /* '@': a file of the folder */
    g_auto(GStrv) parts = g_strsplit(arguments[i], "@", 2);
    g_free(arguments[i]);
    arguments[i] =
        parts[1] ? g_strconcat(parts[0], folder->path, "/", parts[1], NULL) : g_strdup(parts[0]);
  }
  g_assert_true(ms_options_parse(options, &arguments, NULL, error));
  if (arguments[0])
    options->set = g_strdup(arguments[0]);
  return ms_set_open(options, NULL, NULL, NULL, error);
}

static MsSet *
open_fine(const TestFolder *folder, const char *words)
{
  g_autoptr(GError) error = NULL;
  MsSet *set = open_set(folder, words, &error);

  g_assert_no_error(error);
  return set;
}

static guint
find_example(MsSet *set, const char *id)
{
  for (guint i = 0; i < ms_set_get_n_examples(set); i++)
    if (g_str_equal(ms_set_get_id(set, i), id))
      return i;
  g_error("there is no example %s", id);
}

static MsResult *
score(MsSet *set, const char *id)
{
  g_autoptr(GError) error = NULL;
  MsResult *result = ms_pair_score(set, find_example(set, id), 0, NULL, NULL, &error);

  g_assert_no_error(error);
  return result;
}

static void
assert_class(const MsConfusion *confusion, guint32 id, guint64 tp, guint64 fp, guint64 fn)
{
  size_t n_classes;
  const MsClassCounts *classes = ms_confusion_classes(confusion, &n_classes);

  for (size_t i = 0; i < n_classes; i++)
    if (classes[i].id == id) {
      g_assert_cmpuint(classes[i].counts.tp, ==, tp);
      g_assert_cmpuint(classes[i].counts.fp, ==, fp);
      g_assert_cmpuint(classes[i].counts.fn, ==, fn);
      return;
    }
  g_error("class %u does not occur", id);
}

static void
assert_fails(const TestFolder *folder, const char *words, const char *message)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSet) set = open_set(folder, words, &error);

  g_assert_null(set);
  if (!strstr(error->message, message))
    g_error("'%s' is not in: %s", message, error->message);
}

static void
test_instances(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "instances_val.json", instances);
  test_text(&folder, "unet_results.json", results);
  g_autoptr(MsSet) set = open_fine(&folder, folder.path);
  g_autoptr(MsResult) a = score(set, "a"), b = score(set, "b");

  g_assert_cmpuint(ms_set_get_n_examples(set), ==, 2);
  g_assert_cmpstr(ms_set_get_model_name(set, 0), ==, "unet_results");
  g_assert_cmpstr(ms_set_get_layout(set), ==, "COCO instances");
  g_assert_cmpint(a->status, ==, MS_RESULT_OK);
  assert_class(a->confusion, 3, 8, 4, 4);
  assert_class(a->confusion, 5, 8, 0, 0);
  g_assert_cmpuint(ms_confusion_counts(a->confusion).tp, ==, 16);
  g_assert_false(ms_confusion_exact(a->confusion));
  g_assert_cmpint(b->status, ==, MS_RESULT_OK); /* nothing there, and nothing found */
  g_assert_true(ms_confusion_exact(b->confusion));
  g_autofree char *name = ms_set_class_name(set, 0, 5);
  g_assert_cmpstr(name, ==, "dog");
}

/* Objects that were found in a picture that was flipped, or moved by a column. */
static void
test_adjusted_instances(void)
{
  static const struct {
    const char *cats, *few, *dogs, *list;
  } cases[] = {
      {"0, 8, 16", "16, 4, 4", "8, 8, 8", "none"},
      {"16, 8", "4, 4, 16", "8, 8, 8", "flip-x"},
      {"4, 8, 12", "20, 4", "12, 8, 4", "shift:-1:0"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_auto(TestFolder) folder = test_folder_new();
    g_autofree char *found =
        g_strdup_printf("[{\"image_id\": 7, \"category_id\": 3, \"score\": 0.9,"
                        "  \"segmentation\": {\"size\": [4, 6], \"counts\": [%s]}},"
                        " {\"image_id\": 7, \"category_id\": 3, \"score\": 0.3,"
                        "  \"segmentation\": {\"size\": [4, 6], \"counts\": [%s]}},"
                        " {\"image_id\": 7, \"category_id\": 5, \"score\": 0.6,"
                        "  \"segmentation\": {\"size\": [4, 6], \"counts\": [%s]}}]",
                        cases[i].cats, cases[i].few, cases[i].dogs);
    g_autofree char *words = g_strdup_printf("--adjust=unet_results:%s @", cases[i].list);
    test_text(&folder, "instances_val.json", instances);
    test_text(&folder, "unet_results.json", found);
    g_autoptr(MsSet) set = open_fine(&folder, words);
    g_autoptr(MsResult) a = score(set, "a");
    assert_class(a->confusion, 3, 8, 4, 4);
    assert_class(a->confusion, 5, 8, 0, 0);
  }
}

/* Records have classes by name, and a class has no opposite. */
static void
test_not_adjusted(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "instances_val.json", instances);
  test_text(&folder, "unet_results.json", results);
  assert_fails(&folder, "--adjust=invert @", "there is no opposite of a class");
  assert_fails(&folder, "--adjust=3=5 @", "not in annotation files");
  assert_fails(&folder, "--adjust=3=5 --threshold=0.5 @", "not in annotation files");
}

/* The slider asks the result, not the file. */
static void
test_threshold(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "instances_val.json", instances);
  test_text(&folder, "results.json", results);
  g_autoptr(MsSet) set =
      open_fine(&folder, "--actual @instances_val.json --predicted m=@results.json");
  g_autoptr(MsResult) a = score(set, "a");
  static const struct {
    double threshold;
    guint64 cat_fp, cat_fn, dog_tp;
  } steps[] = {{0, 4, 4, 8}, {0.29, 4, 4, 8}, {0.3, 0, 4, 8}, {0.6, 0, 4, 0}, {0.95, 0, 12, 0}};

  g_assert_true(ms_ruleset_has_threshold(ms_set_get_rules(set, 0)));
  g_assert_cmpfloat(ms_set_get_rules(set, 0)->threshold, ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS(steps); i++) {
    g_autoptr(MsRuleset) rules =
        ms_ruleset_with_threshold(ms_set_get_rules(set, 0), steps[i].threshold);
    g_autoptr(GError) error = NULL;
    g_autoptr(MsConfusion) confusion =
        ms_result_confusion(a, set, find_example(set, "a"), 0, rules, &error);

    g_assert_no_error(error);
    assert_class(confusion, 3, 12 - steps[i].cat_fn, steps[i].cat_fp, steps[i].cat_fn);
    assert_class(confusion, 5, steps[i].dog_tp, 0, 8 - steps[i].dog_tp);
  }
}

/* A frame shows what was counted. */
static void
test_frame(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "instances_val.json", instances);
  test_text(&folder, "results.json", results);
  g_autoptr(MsSet) set = open_fine(&folder, folder.path);
  g_autoptr(GError) error = NULL;
  g_autoptr(MsFrame) frame = ms_frame_load(set, find_example(set, "a"), 0, NULL, &error);
  size_t n_items;

  g_assert_no_error(error);
  g_assert_cmpint(frame->actual.width, ==, 6);
  ms_stacks_items(frame->result->actual_stacks, ms_raster_get(&frame->actual, 2, 3), &n_items);
  g_assert_cmpuint(n_items, ==, 2);
  ms_stacks_items(frame->result->predicted_stacks, ms_raster_get(&frame->predicted, 5, 0),
                  &n_items);
  g_assert_cmpuint(n_items, ==, 0);
}

/* Masks in files on one side: ids of the table, 0 is nothing. */
static void
test_files_beside_instances(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  static const char *const one_row =
      "{\"images\": [{\"id\": 1, \"file_name\": \"x/a.jpg\", \"width\": 4, \"height\": 1}],"
      "\"categories\": [{\"id\": 1, \"name\": \"one\"}, {\"id\": 2, \"name\": \"two\"}],"
      "\"annotations\": [{\"id\": 1, \"image_id\": 1, \"category_id\": 2, \"segmentation\":"
      " {\"size\": [1, 4], \"counts\": [1, 2, 1]}}]}";
  test_text(&folder, "actual.json", one_row);
  TEST_MASK(&folder, "masks/x/a.png", 0, 2, 1, 1);
  g_autoptr(MsSet) set = open_fine(&folder, "--actual @actual.json --predicted @masks");
  g_autoptr(MsResult) a = score(set, "x/a");

  g_assert_cmpint(a->status, ==, MS_RESULT_OK);
  assert_class(a->confusion, 2, 1, 0, 1);
  assert_class(a->confusion, 1, 0, 2, 0);
}

/* Ids are the numbers in the files' names. */
static void
test_results_beside_files(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  TEST_MASK(&folder, "masks/im_000000012.png", 0, 2, 2, 1);
  TEST_MASK(&folder, "masks/im_000000013.png", 0, 2, 2, 1);
  test_text(&folder, "r.json",
            "[{\"image_id\": 12, \"category_id\": 2, \"score\": 1, \"segmentation\":"
            " {\"size\": [1, 4], \"counts\": [1, 2, 1]}}]");
  g_autoptr(MsSet) set = open_fine(&folder, "--actual @masks --predicted @r.json");
  g_autoptr(MsResult) known = score(set, "im_000000012"), other = score(set, "im_000000013");

  g_assert_cmpint(known->status, ==, MS_RESULT_OK);
  assert_class(known->confusion, 2, 2, 0, 0);
  assert_class(known->confusion, 1, 0, 0, 1);
  g_assert_cmpint(other->status, ==, MS_RESULT_SKIPPED);
}

static gboolean
has_notice(MsSet *set, const char *words)
{
  const GPtrArray *notices = ms_set_get_notices(set);

  for (guint i = 0; i < notices->len; i++)
    if (strstr(((const MsNotice *)g_ptr_array_index(notices, i))->message, words))
      return TRUE;
  return FALSE;
}

/* Files of other tools, one an image, and more of them than are looked into. */
static void
test_crowd_of_files(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  for (guint i = 0; i < 1100; i++) {
    g_autofree char *name = g_strdup_printf("a%04u.json", i);
    test_text(&folder, name, "{\"shapes\": []}");
  }
  test_text(&folder, "instances_val.json", instances);
  test_text(&folder, "unet_results.json", results);
  g_autoptr(MsSet) set = open_fine(&folder, folder.path);

  g_assert_cmpstr(ms_set_get_layout(set), ==, "COCO instances");
  g_assert_cmpuint(ms_set_get_n_models(set), ==, 1);
  g_assert_true(has_notice(set, "Of 1102 files"));
}

static void
test_strange_categories(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "instances_val.json", instances);
  test_text(&folder, "results.json",
            "[{\"image_id\": 7, \"category_id\": 0, \"score\": 0.9,"
            "  \"segmentation\": {\"size\": [4, 6], \"counts\": [0, 8, 16]}},"
            " {\"image_id\": 7, \"category_id\": 5, \"score\": 0.3,"
            "  \"segmentation\": {\"size\": [4, 6], \"counts\": [16, 4, 4]}},"
            " {\"image_id\": 9, \"category_id\": 4, \"score\": 0.3,"
            "  \"segmentation\": {\"size\": [4, 6], \"counts\": [16, 4, 4]}}]");
  g_autoptr(MsSet) set = open_fine(&folder, folder.path);

  g_assert_true(has_notice(set, "2 of 3 detections are of categories"));
  test_text(&folder, "results.json", results);
  g_autoptr(MsSet) fine = open_fine(&folder, folder.path);
  g_assert_false(has_notice(fine, "detections are of categories"));
}

static void
count_files_read(const char *what, guint done, guint total, gpointer user)
{
  guint *n = user;

  if (g_str_equal(what, "Reading annotations") && done == total)
    ++*n;
}

/* Two files could be the actual masks: all three are opened to choose, and no more than once. */
static void
test_read_once(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(GError) error = NULL;
  guint n_read = 0;
  test_text(&folder, "instances_train.json",
            "{\"images\": [{\"id\": 1, \"file_name\": \"z.jpg\", \"width\": 6, \"height\": 4}],"
            " \"categories\": [], \"annotations\": [{\"id\": 1, \"image_id\": 1,"
            " \"category_id\": 1, \"segmentation\": [[0, 0, 2, 0, 2, 2]]}]}");
  test_text(&folder, "instances_val.json", instances);
  test_text(&folder, "results.json", results);
  options->set = g_strdup(folder.path);
  MsSearch search = {.progress = count_files_read, .user = &n_read};
  g_autoptr(MsInventory) inventory = ms_find_set(options, &search, &error);

  g_assert_no_error(error);
  g_assert_cmpuint(inventory->entries->len, ==, 2);
  g_assert_cmpuint(n_read, ==, 3);
}

/* --- panoptic --------------------------------------------------------------------------------- */

static void
write_segments(const TestFolder *folder, const char *name, const guint32 *ids, int n)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSamples) samples = ms_samples_new(n, 1, MS_COLOR_RGB, 8, name, &error);
  g_autoptr(GBytes) bytes = NULL;
  gsize size;

  g_assert_no_error(error);
  for (int x = 0; x < n; x++)
    for (int i = 0; i < 3; i++)
      samples->pixels[3 * x + i] = (guint8)(ids[x] >> (8 * i));
  bytes = ms_png_encode(samples, 1, NULL, &error);
  g_assert_no_error(error);
  const void *data = g_bytes_get_data(bytes, &size);
  g_free(test_file(folder, name, data, size));
}

#define PANOPTIC_HEAD                                                                              \
  "{\"images\": [{\"id\": 7, \"file_name\": \"a.jpg\", \"width\": 6, \"height\": 1}],"             \
  "\"categories\": [{\"id\": 1, \"name\": \"sky\"}, {\"id\": 200, \"name\": \"road\"}],"
#define PANOPTIC_ANNOTATION                                                                        \
  "\"annotations\": [{\"image_id\": 7, \"file_name\": \"a.png\", \"segments_info\": ["             \
  "{\"id\": 300, \"category_id\": 1}, {\"id\": 70000, \"category_id\": 200}]}]}"

static void
write_panoptic(const TestFolder *folder)
{
  test_text(folder, "panoptic_val.json", PANOPTIC_HEAD PANOPTIC_ANNOTATION);
  write_segments(folder, "panoptic_val/a.png", (guint32[]){0, 300, 300, 300, 70000, 70000}, 6);
  test_text(folder, "predictions.json", "{" PANOPTIC_ANNOTATION);
}

static void
test_panoptic(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_panoptic(&folder);
  write_segments(&folder, "predictions/a.png", (guint32[]){300, 300, 70000, 0, 70000, 300}, 6);
  g_autoptr(MsSet) set = open_fine(&folder, folder.path);
  g_autoptr(MsResult) a = score(set, "a");

  g_assert_cmpstr(ms_set_get_layout(set), ==, "COCO panoptic");
  g_assert_cmpint(a->status, ==, MS_RESULT_OK);
  assert_class(a->confusion, 1, 1, 1, 2);
  assert_class(a->confusion, 200, 1, 1, 1);
  g_assert_cmpuint(ms_confusion_kinds(a->confusion).ignored, ==, 1);
}

static void
test_panoptic_stranger(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_panoptic(&folder);
  write_segments(&folder, "predictions/a.png", (guint32[]){0, 0, 0, 0, 0, 12345}, 6);
  g_autoptr(MsSet) set = open_fine(&folder, folder.path);
  g_autoptr(MsResult) a = score(set, "a");

  g_assert_cmpint(a->status, ==, MS_RESULT_ERROR);
  g_assert_nonnull(strstr(a->message, "12345"));
  g_assert_nonnull(strstr(a->message, "predictions/a.png"));
}

/* A name that leads out of the folder is not followed. */
static void
test_panoptic_names(void)
{
  static const char *const names[] = {"../secret.png", "x/../../secret.png", "/etc/secret.png"};

  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    g_auto(TestFolder) folder = test_folder_new();
    write_panoptic(&folder);
    write_segments(&folder, "secret.png", (guint32[]){0, 0, 0, 0, 0, 0}, 6);
    g_autofree char *text =
        g_strdup_printf(PANOPTIC_HEAD "\"annotations\": [{\"image_id\": 7, \"file_name\": \"%s\", "
                                      "\"segments_info\": []}]}",
                        names[i]);
    test_text(&folder, "predictions.json", text);
    test_touch(&folder, "predictions/x/other.png");
    g_autoptr(MsSet) set = open_fine(&folder, folder.path);
    g_autoptr(MsResult) a = score(set, "a");

    g_assert_cmpint(a->status, ==, MS_RESULT_ERROR);
    g_assert_nonnull(strstr(a->message, "predictions.json"));
    g_assert_nonnull(strstr(a->message, names[i]));
  }
}

/* --- Kaggle ----------------------------------------------------------------------------------- */

static void
test_runs(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "train.csv", "ImageId,EncodedPixels\na.png,1 2\na.png,4 1\nb.png,\n");
  test_text(&folder, "submission.csv", "ImageId,EncodedPixels\na.png,2 3\nb.png,-1\n");
  TEST_MASK(&folder, "images/a.png", 1, 2, 3, 4, 5, 6);
  TEST_MASK(&folder, "images/b.png", 1, 2, 3, 4, 5, 6);
  g_autoptr(MsSet) set = open_fine(&folder, folder.path);
  g_autoptr(MsResult) a = score(set, "a"), b = score(set, "b");

  g_assert_cmpstr(ms_set_get_layout(set), ==, "run-length table");
  g_assert_cmpint(a->status, ==, MS_RESULT_OK);
  g_assert_cmpuint(ms_confusion_counts(a->confusion).tp, ==, 2);
  g_assert_cmpuint(ms_confusion_counts(a->confusion).fp, ==, 1);
  g_assert_cmpuint(ms_confusion_counts(a->confusion).fn, ==, 1);
  g_assert_true(ms_confusion_exact(b->confusion));
}

/* A record that does not say how large it is has the size that it had before it was turned. */
static void
test_adjusted_runs(void)
{
  static const char *const cases[][2] = {
      {"2 3", "none"},       {"3 3", "flip-x"},     {"3 3", "turn-90"},
      {"3 3", "shift:-1:0"}, {"1 1 5 2", "invert"}, {"2 3", "transpose"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_auto(TestFolder) folder = test_folder_new();
    g_autofree char *table = g_strdup_printf("ImageId,EncodedPixels\na.png,%s\n", cases[i][0]);
    g_autofree char *words = g_strdup_printf("--adjust=%s @", cases[i][1]);
    test_text(&folder, "train.csv", "ImageId,EncodedPixels\na.png,1 2\na.png,4 1\n");
    test_text(&folder, "submission.csv", table);
    TEST_MASK(&folder, "images/a.png", 1, 2, 3, 4, 5, 6);
    g_autoptr(MsSet) set = open_fine(&folder, words);
    g_autoptr(MsResult) a = score(set, "a");
    g_assert_cmpint(a->status, ==, MS_RESULT_OK);
    g_assert_cmpuint(ms_confusion_counts(a->confusion).tp, ==, 2);
    g_assert_cmpuint(ms_confusion_counts(a->confusion).fp, ==, 1);
    g_assert_cmpuint(ms_confusion_counts(a->confusion).fn, ==, 1);
  }
}

/* The tables list other classes, and mean the same by them. */
static void
test_runs_of_classes(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "gt.csv",
            "Image_Label,EncodedPixels,width,height\na.png_Fish,1 2,6,1\na.png_Sugar,5 2,6,1\n");
  test_text(&folder, "p.csv", "Image_Label,EncodedPixels,width,height\na.png_Sugar,2 1 5 2,6,1\n");
  g_autoptr(MsSet) set = open_fine(&folder, "--actual @gt.csv --predicted @p.csv");
  g_autoptr(MsResult) a = score(set, "a");

  g_assert_cmpint(a->status, ==, MS_RESULT_OK);
  assert_class(a->confusion, 1, 0, 0, 2);
  assert_class(a->confusion, 2, 2, 1, 0);
  g_autofree char *name = ms_set_class_name(set, 0, 1);
  g_assert_cmpstr(name, ==, "Fish");
}

/* "01" and "1" are two classes, though they are one number. */
static void
test_runs_of_numbers(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "gt.csv",
            "ImageId,ClassId,EncodedPixels,width,height\na.png,1,1 2,6,1\na.png,01,5 2,6,1\n");
  test_text(&folder, "p.csv",
            "ImageId,ClassId,EncodedPixels,width,height\na.png,1,1 2,6,1\na.png,,,6,1\n");
  g_autoptr(MsSet) set = open_fine(&folder, "--actual @gt.csv --predicted @p.csv");
  g_autoptr(MsResult) a = score(set, "a");
  g_autofree char *first = ms_set_class_name(set, 0, 1), *second = ms_set_class_name(set, 0, 2);

  g_assert_cmpstr(first, ==, "01");
  g_assert_cmpstr(second, ==, "1");
  assert_class(a->confusion, 1, 0, 0, 2);
  assert_class(a->confusion, 2, 2, 0, 0);
  test_text(&folder, "q.csv",
            "ImageId,ClassId,EncodedPixels,width,height\na.png,1,1 2,6,1\na.png,,5 1,6,1\n");
  assert_fails(&folder, "--actual @gt.csv --predicted @q.csv",
               "q.csv, line 3, column ClassId: no class is named");
}

/* The header of a photograph says how large the masks are; its pixels are not looked at. */
static void
test_runs_beside_photograph(void)
{
  static const guint8 jpeg[] = {0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 1, 0, 6, 1, 1, 0x11, 0};
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "train.csv", "ImageId,EncodedPixels\na.jpg,1 2\n");
  test_text(&folder, "submission.csv", "ImageId,EncodedPixels\na.jpg,2 3\n");
  g_free(test_file(&folder, "images/a.jpg", jpeg, sizeof jpeg));
  g_autoptr(MsSet) set = open_fine(&folder, folder.path);
  g_autoptr(MsResult) a = score(set, "a");

  g_assert_cmpint(a->status, ==, MS_RESULT_OK);
  g_assert_cmpuint(ms_confusion_counts(a->confusion).tp, ==, 1);
  g_assert_cmpuint(ms_confusion_counts(a->confusion).tn, ==, 2);
}

static void
test_runs_without_size(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "gt.csv", "ImageId,EncodedPixels\na.png,1 2\n");
  test_text(&folder, "p.csv", "ImageId,EncodedPixels\na.png,2 1\n");
  g_autoptr(MsSet) set = open_fine(&folder, "--actual @gt.csv --predicted @p.csv");
  g_autoptr(MsResult) a = score(set, "a");

  g_assert_cmpint(a->status, ==, MS_RESULT_ERROR);
  g_assert_nonnull(strstr(a->message, "gt.csv"));
  g_assert_nonnull(strstr(a->message, "width and height"));
}

/* --- errors ----------------------------------------------------------------------------------- */

static void
test_refused(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "instances.json", instances);
  test_text(&folder, "results.json", results);
  test_text(&folder, "other/results.json", results);
  write_panoptic(&folder);
  assert_fails(&folder, "--actual @results.json --predicted @other/results.json",
               "detections alone");
  assert_fails(&folder, "--actual @instances.json --predicted @panoptic_val.json", "two kinds");
  test_text(&folder, "alone/instances.json", instances);
  assert_fails(&folder, "@alone/instances.json", "no predicted masks");
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/annotations/instances", test_instances);
  g_test_add_func("/annotations/adjusted-instances", test_adjusted_instances);
  g_test_add_func("/annotations/not-adjusted", test_not_adjusted);
  g_test_add_func("/annotations/adjusted-runs", test_adjusted_runs);
  g_test_add_func("/annotations/threshold", test_threshold);
  g_test_add_func("/annotations/frame", test_frame);
  g_test_add_func("/annotations/files-beside-instances", test_files_beside_instances);
  g_test_add_func("/annotations/results-beside-files", test_results_beside_files);
  g_test_add_func("/annotations/crowd-of-files", test_crowd_of_files);
  g_test_add_func("/annotations/strange-categories", test_strange_categories);
  g_test_add_func("/annotations/read-once", test_read_once);
  g_test_add_func("/annotations/panoptic", test_panoptic);
  g_test_add_func("/annotations/panoptic-names", test_panoptic_names);
  g_test_add_func("/annotations/panoptic-stranger", test_panoptic_stranger);
  g_test_add_func("/annotations/runs", test_runs);
  g_test_add_func("/annotations/runs-of-classes", test_runs_of_classes);
  g_test_add_func("/annotations/runs-of-numbers", test_runs_of_numbers);
  g_test_add_func("/annotations/runs-beside-photograph", test_runs_beside_photograph);
  g_test_add_func("/annotations/runs-without-size", test_runs_without_size);
  g_test_add_func("/annotations/refused", test_refused);
  return g_test_run();
}
