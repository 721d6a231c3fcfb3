/* SPDX-License-Identifier: MIT
 *
 * Sets opened whole: examples, models, readings, rules and what goes wrong.
 */
#include "set/set.h"

#include "io/error.h"
#include "set/pair.h"
#include "set/paths.h"
#include "small-set.h"
#include "support/data.h"

static MsSet *
open_words(const char *words, GError **error)
{
  g_autoptr(MsOptions) options = ms_options_new();
  GStrv list = g_strsplit(words, " ", -1);
  g_assert_true(ms_options_parse(options, &list, NULL, NULL));
  if (list[0])
    options->set = g_strdup(list[0]);
  g_strfreev(list);
  return ms_set_open(options, NULL, NULL, NULL, error);
}

/* `more` are further options, separated by blanks; a first word that is none names the set. */
static MsSet *
open_set(const TestFolder *folder, const char *more)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *words = g_strconcat(folder->path, *more ? " " : "", more, NULL);
  MsSet *set = open_words(words, &error);
  g_assert_no_error(error);
  return set;
}

static void
assert_fails(const TestFolder *folder, const char *more, GQuark domain, int code, const char *part)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *words = g_strconcat(folder->path, *more ? " " : "", more, NULL);
  g_assert_null(open_words(words, &error));
  g_assert_error(error, domain, code);
  g_assert_nonnull(strstr(error->message, part));
}

static const MsRules *
rules_of(MsSet *set, guint model)
{
  return &ms_set_get_rules(set, model)->rules;
}

static void
write_binary(const TestFolder *folder)
{
  TEST_MASK(folder, "masks/train/a.png", 0, 255, 255);
  TEST_MASK(folder, "masks/val/b.png", 0, 0, 255);
  TEST_MASK(folder, "predictions/hard/train/a.png", 0, 255, 0);
  TEST_MASK(folder, "predictions/hard/val/b.png", 0, 0, 255);
  TEST_MASK(folder, "predictions/soft/train/a.png", 0, 99, 200);
  TEST_MASK(folder, "predictions/soft/val/b.png", 3, 140, 255);
}

static void
test_binary(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_binary(&folder);
  g_autoptr(MsSet) set = open_set(&folder, "");
  g_assert_cmpuint(ms_set_get_n_examples(set), ==, 2);
  g_autoptr(MsExample) second = ms_set_dup_example(set, 1);
  g_assert_cmpstr(ms_example_get_id(second), ==, "val/b");
  g_assert_cmpuint(ms_example_get_index(second), ==, 1);
  g_assert_cmpstr(ms_example_get_split(second), ==, "val");
  g_assert_null(ms_example_get_problem(second, 0));
  g_assert_cmpuint(ms_set_get_n_models(set), ==, 2);
  g_assert_cmpstr(ms_set_get_model_name(set, 0), ==, "hard");
  g_assert_cmpstr(ms_set_get_splits(set)[0], ==, "train");
  g_assert_cmpstr(ms_set_get_splits(set)[1], ==, "val");
  g_assert_null(ms_set_get_splits(set)[2]);
  g_assert_null(ms_set_get_groups(set)[0]);

  g_assert_cmpint(ms_set_get_actual_reading(set)->encoding, ==, MS_ENCODING_BINARY);
  g_assert_cmpint(rules_of(set, 0)->comparison, ==, MS_COMPARE_BINARY);
  g_assert_cmpuint(rules_of(set, 0)->n_ignored, ==, 0);
  g_assert_cmpint(rules_of(set, 1)->comparison, ==, MS_COMPARE_THRESHOLD);
  g_assert_cmpuint(rules_of(set, 1)->threshold, ==, 127);
  g_assert_cmpuint(ms_set_get_rules(set, 1)->maximum, ==, 255);
  g_autofree char *name = ms_set_class_name(set, 0, 1);
  g_assert_cmpstr(name, ==, "foreground");
  g_autofree char *base = g_path_get_basename(folder.path);
  g_assert_cmpstr(ms_set_get_title(set), ==, base);
  g_assert_cmpstr(ms_set_get_path(set), ==, folder.path);
}

static void
test_choice(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_binary(&folder);
  g_autoptr(MsSet) set = open_set(&folder, "--split=validation --model=soft --threshold=0.25");
  g_assert_cmpuint(ms_set_get_n_examples(set), ==, 1);
  g_assert_cmpstr(ms_set_get_id(set, 0), ==, "val/b");
  g_assert_cmpuint(ms_set_get_n_models(set), ==, 1);
  g_assert_cmpstr(ms_set_get_model_name(set, 0), ==, "soft");
  g_assert_cmpint(ms_set_get_predicted_reading(set, 0)->encoding, ==, MS_ENCODING_PROBABILITY);
  g_assert_cmpuint(rules_of(set, 0)->threshold, ==, 63);
  g_autoptr(MsExample) first = ms_set_dup_example(set, 0);
  g_assert_true(g_str_has_suffix(ms_example_get_predicted(first, 0), "soft/val/b.png"));
  assert_fails(&folder, "--split=test", MS_SET_ERROR, MS_SET_ERROR_CHOICE, "it has train, val");
  assert_fails(&folder, "--model=x", MS_SET_ERROR, MS_SET_ERROR_CHOICE, "it has hard, soft");
}

/* What a model lacks is its own problem. */
static void
test_choice_of_problems(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_binary(&folder);
  TEST_MASK(&folder, "masks/val/c.png", 0, 255);
  TEST_MASK(&folder, "predictions/hard/val/c.png", 0, 255);
  g_autoptr(MsSet) hard = open_set(&folder, "--model=hard");
  g_autoptr(MsSet) soft = open_set(&folder, "--model=soft");
  g_assert_cmpuint(ms_set_get_n_examples(hard), ==, 3);
  g_assert_null(ms_set_get_problem(hard, 2, 0));
  g_assert_nonnull(ms_set_get_problem(soft, 2, 0));
}

static void
write_classes(const TestFolder *folder)
{
  TEST_MASK(folder, "labels/a.png", 0, 1, 2, 255);
  TEST_MASK(folder, "labels/b.png", 0, 3, 2, 1);
  TEST_MASK(folder, "preds/a.png", 0, 1, 2, 3);
  TEST_MASK(folder, "preds/b.png", 0, 1, 2, 3);
}

static void
test_classes(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_classes(&folder);
  g_autoptr(MsSet) plain = open_set(&folder, "");
  g_assert_cmpint(rules_of(plain, 0)->comparison, ==, MS_COMPARE_CLASSES);
  g_assert_cmpint(rules_of(plain, 0)->background, ==, 0);
  g_assert_cmpuint(rules_of(plain, 0)->n_ignored, ==, 1);
  g_assert_cmpuint(rules_of(plain, 0)->ignored[0], ==, 255);
  g_assert_null(rules_of(plain, 0)->classes);
  g_autofree char *number = ms_set_class_name(plain, 0, 2);
  g_assert_cmpstr(number, ==, "2");

  test_text(&folder, "classes.txt", "sky\nroad\nBackground\ncar\n");
  g_autoptr(MsSet) named = open_set(&folder, "");
  g_assert_cmpint(rules_of(named, 0)->background, ==, 2);
  g_assert_cmpuint(rules_of(named, 0)->n_classes, ==, 4);
  g_autofree char *name = ms_set_class_name(named, 0, 3);
  g_assert_cmpstr(name, ==, "car");

  g_autoptr(MsSet) told = open_set(&folder, "--background=none --ignore=none");
  g_assert_cmpint(rules_of(told, 0)->background, ==, -1);
  g_assert_cmpuint(rules_of(told, 0)->n_ignored, ==, 0);
  g_autoptr(MsSet) other = open_set(&folder, "--background=1 --ignore=3,255");
  g_assert_cmpint(rules_of(other, 0)->background, ==, 1);
  g_assert_cmpuint(rules_of(other, 0)->n_ignored, ==, 2);
}

static void
test_two_class_table(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_binary(&folder);
  test_text(&folder, "classes.txt", "skin\nlesion\n");
  g_autoptr(MsSet) set = open_set(&folder, "");
  g_assert_cmpint(rules_of(set, 0)->comparison, ==, MS_COMPARE_BINARY);
  g_autofree char *name = ms_set_class_name(set, 0, 1);
  g_assert_cmpstr(name, ==, "lesion");
}

static void
assert_class_name(const TestFolder *folder, const char *table, const char *words, const char *name)
{
  test_text(folder, "classes.csv", table);
  g_autoptr(MsSet) set = open_set(folder, words);
  g_autofree char *found = ms_set_class_name(set, 0, 1);
  g_assert_cmpint(rules_of(set, 0)->comparison, ==, MS_COMPARE_BINARY);
  g_assert_cmpstr(found, ==, name);
}

/* The positive class is the one that is not the background. */
static void
test_positive_name(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  TEST_MASK(&folder, "masks/a.png", 0, 255, 255);
  TEST_MASK(&folder, "preds/a.png", 0, 255, 0);
  assert_class_name(&folder, "id,name\n0,skin\n1,lesion\n", "", "lesion");
  assert_class_name(&folder, "id,name\n0,bg\n255,lesion\n", "", "lesion");
  assert_class_name(&folder, "id,name\n0,bg\n1,background\n", "", "background");
  assert_class_name(&folder, "id,name\n0,cat\n1,bg\n", "", "foreground");
  assert_class_name(&folder, "id,name\n0,cat\n255,dog\n", "--positive=0", "cat");

  TEST_MASK(&folder, "masks/a.png", 0, 1, 1);
  g_autoptr(MsSet) set = open_set(&folder, "");
  g_assert_cmpint(rules_of(set, 0)->comparison, ==, MS_COMPARE_BINARY);
  test_text(&folder, "classes.csv", "id,name\n0,cat\n1,bg\n");
  g_autoptr(MsSet) inverted = open_set(&folder, "");
  g_assert_cmpint(rules_of(inverted, 0)->comparison, ==, MS_COMPARE_CLASSES);
  g_assert_cmpint(rules_of(inverted, 0)->background, ==, 1);
}

static void
test_background(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  TEST_MASK(&folder, "masks/a.png", 0, 255, 255);
  TEST_MASK(&folder, "preds/a.png", 0, 255, 0);
  g_autoptr(MsSet) plain = open_set(&folder, "--background=0");
  g_assert_cmpint(rules_of(plain, 0)->comparison, ==, MS_COMPARE_BINARY);
  g_autoptr(MsSet) inverted = open_set(&folder, "--background=255");
  g_assert_cmpint(rules_of(inverted, 0)->comparison, ==, MS_COMPARE_CLASSES);
  g_assert_cmpint(rules_of(inverted, 0)->background, ==, 255);
  g_assert_cmpuint(rules_of(inverted, 0)->n_ignored, ==, 0);
  g_autoptr(MsSet) none = open_set(&folder, "--background=none");
  g_assert_cmpint(rules_of(none, 0)->background, ==, -1);
  g_assert_cmpuint(rules_of(none, 0)->n_ignored, ==, 0);
}

static gboolean
has_notice(MsSet *set, const char *part)
{
  const GPtrArray *notices = ms_set_get_notices(set);
  for (guint i = 0; i < notices->len; i++)
    if (strstr(((const MsNotice *)g_ptr_array_index(notices, i))->message, part))
      return TRUE;
  return FALSE;
}

static void
test_broken_table(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_binary(&folder);
  test_text(&folder, "classes.csv", "what,ever\n1,2\n");
  g_autoptr(MsSet) set = open_set(&folder, "");
  g_assert_null(ms_set_get_classes(set));
  g_assert_true(has_notice(set, "Not read as a class table"));
}

static void
test_binary_ignored(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  TEST_MASK(&folder, "masks/a.png", 0, 1, 2);
  TEST_MASK(&folder, "preds/a.png", 0, 1, 0);
  g_autoptr(MsSet) set = open_set(&folder, "--positive=1 --ignore=2");
  g_assert_cmpint(rules_of(set, 0)->comparison, ==, MS_COMPARE_BINARY);
  g_assert_cmpuint(rules_of(set, 0)->n_ignored, ==, 1);
  g_assert_cmpuint(rules_of(set, 0)->ignored[0], ==, MS_READING_IGNORED);
}

/* A file that cannot be decoded is passed over here: it is reported when it is scored. */
static void
test_broken_masks(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  TEST_MASK(&folder, "masks/b.png", 0, 255);
  TEST_MASK(&folder, "preds/b.png", 0, 255);
  test_text(&folder, "masks/a.png", "no picture");
  test_text(&folder, "preds/a.png", "");
  g_autoptr(MsSet) set = open_set(&folder, "");
  g_assert_cmpuint(ms_set_get_n_examples(set), ==, 2);
  g_assert_null(ms_set_get_problem(set, 0, 0));
  g_assert_cmpint(rules_of(set, 0)->comparison, ==, MS_COMPARE_BINARY);
}

static void
test_unmatched(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  TEST_MASK(&folder, "masks/a.png", 0, 255);
  TEST_MASK(&folder, "preds/z.png", 0, 255);
  g_autoptr(MsSet) set = open_set(&folder, "");
  g_assert_cmpuint(ms_set_get_n_examples(set), ==, 2);
  g_assert_true(has_notice(set, "No predicted mask here has the id of an actual mask"));
  g_assert_nonnull(ms_set_get_problem(set, 0, 0));
  g_assert_nonnull(ms_set_get_problem(set, 1, 0));
}

static char *
score_of(MsSet *set, guint example)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsResult) result = ms_pair_score(set, example, 0, NULL, NULL, &error);
  g_assert_no_error(error);
  if (result->status != MS_RESULT_OK)
    return g_strdup(result->message);
  MsCounts counts = ms_confusion_counts(result->confusion);
  return g_strdup_printf("%u %u %u", (guint)counts.tp, (guint)counts.fp, (guint)counts.fn);
}

static void
assert_score(MsSet *set, guint example, const char *words)
{
  g_autofree char *score = score_of(set, example);
  g_assert_nonnull(strstr(score, words));
}

/* More than one file claims to be the actual mask: it has one, and none is picked. */
static void
test_contested(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  TEST_MASK(&folder, "masks/a_mask.png", 0, 255);
  TEST_MASK(&folder, "masks/a_gt.png", 0, 255);
  TEST_MASK(&folder, "preds/a.png", 0, 255);
  const char *const words[] = {"", "--model=preds"};
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
    g_autoptr(MsSet) set = open_set(&folder, words[i]);
    g_autoptr(MsExample) example = ms_set_dup_example(set, 0);
    g_assert_true(ms_example_has_actual(example));
    g_assert_null(ms_example_get_actual(example));
    g_autoptr(MsResult) result = ms_pair_score(set, 0, 0, NULL, NULL, NULL);
    g_assert_cmpint(result->status, ==, MS_RESULT_SKIPPED);
    g_assert_true(result->has_actual);
    g_assert_false(has_notice(set, "could be read"));
  }
}

/* A manifest's rows are each read in their own way. */
static void
test_manifest(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  TEST_MASK(&folder, "one/a.png", 0, 1, 1);
  TEST_MASK(&folder, "one/c.png", 0, 255, 0);
  TEST_MASK(&folder, "two/b.png", 0, 90, 255, 222);
  TEST_MASK(&folder, "p/a.png", 0, 255, 255);
  TEST_MASK(&folder, "p/b.png", 0, 0, 1, 0);
  TEST_MASK(&folder, "p/c.png", 0, 128, 128);
  test_text(&folder, "set.csv",
            "id;actual;predicted:m;group\na;one/a.png;p/a.png;g2\nb;two/b.png;p/b.png;g1\n"
            "c;one/c.png;p/c.png;g1\n");
  g_autofree char *path = test_path(&folder, "set.csv");
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSet) set = open_words(path, &error);
  g_assert_no_error(error);
  g_assert_cmpint(rules_of(set, 0)->comparison, ==, MS_COMPARE_BINARY);
  g_assert_true(ms_set_get_actual_reading(set)->per_file);
  assert_score(set, 0, "2 0 0");
  assert_score(set, 1, "1 0 1");
  assert_score(set, 2, "1 1 0");
  g_assert_true(has_notice(set, "1 of 3 files, such as b.png, are grey"));
  g_assert_cmpstr(ms_set_get_groups(set)[0], ==, "g1");
  g_assert_cmpstr(ms_set_get_groups(set)[1], ==, "g2");
  g_assert_null(ms_set_get_groups(set)[2]);
}

/* One row of ids makes all rows ids, and a 0/255 mask among them is no such thing. */
static void
test_manifest_of_ids(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  TEST_MASK(&folder, "m/a.png", 0, 255, 255);
  TEST_MASK(&folder, "m/b.png", 0, 1, 2, 255);
  TEST_MASK(&folder, "p/a.png", 0, 255, 0);
  TEST_MASK(&folder, "p/b.png", 0, 1, 1, 1);
  test_text(&folder, "set.csv", "id,actual,predicted\na,m/a.png,p/a.png\nb,m/b.png,p/b.png\n");
  g_autofree char *path = test_path(&folder, "set.csv");
  g_autofree char *ignoring = g_strconcat(path, " --ignore=255", NULL);
  g_autoptr(MsSet) set = open_words(path, NULL);
  g_autoptr(MsSet) told = open_words(ignoring, NULL);
  g_assert_cmpint(rules_of(set, 0)->comparison, ==, MS_COMPARE_CLASSES);
  g_assert_true(has_notice(set, "such as a.png, hold nothing but 0 and 255 and are not scored"));
  assert_score(set, 0, "a.png: holds nothing but 0 and 255");
  assert_score(set, 1, "1 1 1");
  assert_score(told, 0, "0 0 0");
}

/* Maps and masks in one column: a mask is 0 and 1 of the maps. */
static void
test_manifest_of_maps(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  TEST_MASK(&folder, "m/a.png", 0, 255, 255);
  TEST_MASK(&folder, "p/a.png", 0, 1, 0);
  TEST_MASK(&folder, "p/b.png", 3, 127, 128);
  test_text(&folder, "set.csv", "id,actual,predicted\na,m/a.png,p/a.png\nb,m/a.png,p/b.png\n");
  g_autofree char *path = test_path(&folder, "set.csv");
  g_autofree char *as_maps = g_strconcat(path, " --threshold=0.5", NULL);
  g_autoptr(MsSet) set = open_words(path, NULL);
  g_autoptr(MsSet) told = open_words(as_maps, NULL);
  g_assert_cmpint(rules_of(set, 0)->comparison, ==, MS_COMPARE_THRESHOLD);
  assert_score(set, 0, "1 0 1");
  assert_score(set, 1, "1 0 1");
  g_assert_true(has_notice(set, "such as a.png, hold two values alone"));
  assert_score(told, 0, "0 0 2");
}

static void
test_maskset(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  TEST_MASK(&folder, "odd/a.png", 0, 255, 0);
  TEST_MASK(&folder, "other/a_x.png", 0, 200, 20);
  test_text(&folder, "splits.csv", "example,split\na,test\n");
  test_text(&folder, "my.maskset",
            "[Set]\nActual=odd\nThreshold=0.75\nEmpty=zero\nSplits=splits.csv\n"
            "[Models]\nunet=other/{id}_*.png\n");
  g_autofree char *path = test_path(&folder, "my.maskset");
  const char *const ways[] = {path, folder.path};
  for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(MsSet) set = open_words(ways[i], &error);
    g_assert_no_error(error);
    g_assert_cmpstr(ms_set_get_title(set), ==, "my");
    g_assert_cmpstr(ms_set_get_path(set), ==, path);
    g_assert_cmpstr(ms_set_get_model_name(set, 0), ==, "unet");
    g_assert_cmpuint(rules_of(set, 0)->threshold, ==, 191);
    g_assert_cmpint(rules_of(set, 0)->empty, ==, MS_EMPTY_ZERO);
    g_assert_cmpstr(ms_set_get_splits(set)[0], ==, "test");
    /* Its options open it again. */
    g_autoptr(MsSet) again = ms_set_open(ms_set_get_options(set), NULL, NULL, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(ms_set_get_n_examples(again), ==, 1);
  }
  g_autofree char *words = g_strconcat(path, " --threshold=0.5 --empty=one", NULL);
  g_autoptr(MsSet) told = open_words(words, NULL);
  g_assert_cmpuint(rules_of(told, 0)->threshold, ==, 127);
  g_assert_cmpint(rules_of(told, 0)->empty, ==, MS_EMPTY_ONE);
}

static void
test_errors(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  assert_fails(&folder, "", MS_SET_ERROR, MS_SET_ERROR_EMPTY, "holds no folders");
  write_binary(&folder);
  assert_fails(&folder, "--actual=x", MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE, "not both");
  assert_fails(&folder, "--manifest=x", MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE, "not both");
  assert_fails(&folder, "--splits=/nowhere.csv", ms_io_error_quark(), MS_IO_ERROR_OPEN,
               "/nowhere.csv");
  assert_fails(&folder, "--classes=/nowhere.txt", ms_io_error_quark(), MS_IO_ERROR_OPEN,
               "/nowhere.txt");
  g_autoptr(GError) error = NULL;
  g_autoptr(MsOptions) options = ms_options_new();
  g_assert_null(ms_set_open(options, NULL, NULL, NULL, &error));
  g_assert_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE);
  g_clear_error(&error);
  g_autofree char *picture = test_path(&folder, "masks/train/a.png");
  g_assert_null(open_words(picture, &error));
  g_assert_error(error, MS_SET_ERROR, MS_SET_ERROR_LAYOUT);
}

typedef struct {
  guint n_calls;
  guint last_done;
  guint last_total;
  GCancellable *cancel_at_first;
} Watch;

static void
watch(const char *what, guint done, guint total, gpointer user)
{
  Watch *self = user;
  g_assert_nonnull(what);
  g_assert_cmpuint(done, <=, total);
  self->n_calls++;
  self->last_done = done;
  self->last_total = total;
  if (self->cancel_at_first)
    g_cancellable_cancel(self->cancel_at_first);
}

static void
test_progress(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_binary(&folder);
  g_autoptr(MsOptions) options = ms_options_new();
  options->set = g_strdup(folder.path);
  Watch seen = {0};
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSet) set = ms_set_open(options, watch, &seen, NULL, &error);
  g_assert_no_error(error);
  g_assert_cmpuint(ms_set_get_n_models(set), ==, 2);
  g_assert_cmpuint(seen.last_done, ==, 6);
  g_assert_cmpuint(seen.last_total, ==, 6);

  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  Watch cancel = {.cancel_at_first = cancellable};
  g_assert_null(ms_set_open(options, watch, &cancel, cancellable, &error));
  g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* 64 files in byte order of their ids decide; what comes after does not. */
static void
test_first_files(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  for (guint i = 0; i < MS_READING_N_FILES; i++) {
    g_autofree char *mask = g_strdup_printf("masks/%03u.png", i);
    g_autofree char *pred = g_strdup_printf("preds/%03u.png", i);
    TEST_MASK(&folder, mask, 0, 255);
    TEST_MASK(&folder, pred, 0, 255);
  }
  TEST_MASK(&folder, "masks/999.png", 7, 9, 13);
  TEST_MASK(&folder, "preds/999.png", 7, 9, 13);
  g_autoptr(MsSet) set = open_set(&folder, "");
  g_assert_cmpint(rules_of(set, 0)->comparison, ==, MS_COMPARE_BINARY);
  TEST_MASK(&folder, "masks/000.png", 7, 9, 13);
  g_autoptr(MsSet) other = open_set(&folder, "");
  g_assert_cmpint(rules_of(other, 0)->comparison, ==, MS_COMPARE_CLASSES);
}

static void
test_paths(void)
{
  g_autofree char *sample = ms_paths_sample("lesions");
  g_assert_true(g_str_has_suffix(sample, "/data/lesions"));
}

static MsSet *
open_real(const char *format)
{
  const char *data = test_data();
  if (!data) {
    g_test_skip("MASKSCOPE_TEST_DATA is not set");
    return NULL;
  }
  g_auto(GStrv) parts = g_strsplit(format, "@", -1);
  g_autofree char *root = g_build_filename(data, "data", NULL);
  g_autofree char *words = g_strjoinv(root, parts);
  g_autoptr(GError) error = NULL;
  MsSet *set = open_words(words, &error);
  g_assert_no_error(error);
  return set;
}

static guint
count_scoreable(MsSet *set, guint model)
{
  guint n = 0;
  for (guint i = 0; i < ms_set_get_n_examples(set); i++)
    n += ms_set_get_problem(set, i, model) == NULL;
  return n;
}

static void
test_real_nuclei(void)
{
  g_autoptr(MsSet) set =
      open_real("--images=@/dsb2018_nuclei/flat/images --actual=@/dsb2018_nuclei/flat/masks "
                "--predicted=@/dsb2018_nuclei/flat/pred_A_rf "
                "--splits=@/dsb2018_nuclei/flat/splits.csv");
  if (!set)
    return;
  g_assert_cmpuint(ms_set_get_n_examples(set), ==, 52);
  g_assert_cmpuint(count_scoreable(set, 0), ==, 52);
  g_assert_cmpstr(ms_set_get_model_name(set, 0), ==, "pred_A_rf");
  g_assert_cmpint(ms_set_get_actual_reading(set)->encoding, ==, MS_ENCODING_BINARY);
  g_assert_cmpint(rules_of(set, 0)->comparison, ==, MS_COMPARE_BINARY);
  g_assert_cmpstr(ms_set_get_splits(set)[1], ==, "val");
  g_autoptr(MsExample) last = ms_set_dup_example(set, 51);
  g_assert_nonnull(ms_example_get_image(last));

  g_autoptr(MsSet) whole = open_real("@/dsb2018_nuclei/flat");
  g_assert_cmpuint(ms_set_get_n_models(whole), ==, 4);
  g_assert_cmpint(rules_of(whole, 0)->comparison, ==, MS_COMPARE_BINARY);
  g_assert_cmpstr(ms_set_get_model_name(whole, 2), ==, "prob_A_rf");
  g_assert_cmpint(rules_of(whole, 2)->comparison, ==, MS_COMPARE_THRESHOLD);
}

static void
test_real_change(void)
{
  static const char *const names[] = {"CD_BIT",           "CD_ChangeFormerV6", "CD_DTCDSCN",
                                      "CD_SiamUnet_conc", "CD_SiamUnet_diff",  "CD_Unet",
                                      "ChangeFormerV6"};
  g_autoptr(GString) words = g_string_new("--images=@/changeformer_samples/samples_LEVIR/A "
                                          "--actual=@/changeformer_samples/samples_LEVIR/label");
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
    g_string_append_printf(words, " --predicted=@/changeformer_samples/samples_LEVIR/predict_%s",
                           names[i]);
  g_autoptr(MsSet) set = open_real(words->str);
  if (!set)
    return;
  g_assert_cmpuint(ms_set_get_n_examples(set), ==, 12);
  g_assert_cmpuint(ms_set_get_n_models(set), ==, 7);
  for (guint model = 0; model < 7; model++) {
    g_assert_cmpuint(count_scoreable(set, model), ==, 7);
    g_assert_cmpint(rules_of(set, model)->comparison, ==, MS_COMPARE_BINARY);
  }
  g_autoptr(MsSet) found = open_real("@/changeformer_samples/samples_LEVIR");
  g_assert_cmpuint(ms_set_get_n_models(found), ==, 7);
  g_assert_cmpstr(ms_set_get_model_name(found, 6), ==, "predict_ChangeFormerV6");
  g_assert_cmpuint(count_scoreable(found, 3), ==, 7);
}

static void
test_real_streets(void)
{
  g_autoptr(MsSet) set =
      open_real("--images=@/camvid_segnet/test --actual=@/camvid_segnet/testannot "
                "--predicted=@/camvid_segnet/predictions_indexed");
  if (!set)
    return;
  g_assert_cmpuint(ms_set_get_n_examples(set), ==, 39);
  g_assert_cmpuint(count_scoreable(set, 0), ==, 39);
  g_assert_cmpint(ms_set_get_actual_reading(set)->encoding, ==, MS_ENCODING_CLASSES);
  g_assert_cmpint(rules_of(set, 0)->comparison, ==, MS_COMPARE_CLASSES);
  g_assert_cmpstr(ms_set_get_id(set, 0), ==, "0001TP_008550");
}

int
main(int argc, char *argv[])
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/set/background", test_background);
  g_test_add_func("/set/positive-name", test_positive_name);
  g_test_add_func("/set/contested", test_contested);
  g_test_add_func("/set/binary", test_binary);
  g_test_add_func("/set/choice", test_choice);
  g_test_add_func("/set/choice-of-problems", test_choice_of_problems);
  g_test_add_func("/set/classes", test_classes);
  g_test_add_func("/set/two-class-table", test_two_class_table);
  g_test_add_func("/set/broken-table", test_broken_table);
  g_test_add_func("/set/binary-ignored", test_binary_ignored);
  g_test_add_func("/set/broken-masks", test_broken_masks);
  g_test_add_func("/set/unmatched", test_unmatched);
  g_test_add_func("/set/manifest", test_manifest);
  g_test_add_func("/set/manifest-of-ids", test_manifest_of_ids);
  g_test_add_func("/set/manifest-of-maps", test_manifest_of_maps);
  g_test_add_func("/set/maskset", test_maskset);
  g_test_add_func("/set/errors", test_errors);
  g_test_add_func("/set/progress", test_progress);
  g_test_add_func("/set/first-files", test_first_files);
  g_test_add_func("/set/paths", test_paths);
  g_test_add_func("/set/real-nuclei", test_real_nuclei);
  g_test_add_func("/set/real-change", test_real_change);
  g_test_add_func("/set/real-streets", test_real_streets);
  return g_test_run();
}
