/* SPDX-License-Identifier: MIT
 *
 * Results that come from the store instead of masks: which are asked for again, which are not, and
 * that nobody can tell them from each other.
 */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/npy-file.h"
#include "set/cache-folder.h"
#include "set/file-system.h"
#include "set/option-values.h"
#include "set/scorer.h"
#include "set/stamp-private.h"
#include "set/store.h"
#include "support/masks.h"

typedef struct {
  TestFolder folder;
  MsOptions *options;
} Fixture;

/* An hour from now: no file is young. */
static gint64
later(void)
{
  return g_get_real_time() * 1000 + G_GINT64_CONSTANT(3600000000000);
}

static void
set_up(Fixture *fixture, gconstpointer data)
{
  fixture->folder = test_folder_new();
  fixture->options = ms_options_new();
  fixture->options->set = g_strdup(fixture->folder.path);
  ms_stamp_use_clock(later);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
  g_autofree char *cache = ms_cache_path(NULL);

  ms_scorer_settle();
  test_remove_recursively(cache);
  test_folder_clear(&fixture->folder);
  ms_options_free(fixture->options);
}

static void
write_pair(Fixture *fixture, const char *id, const char *actual, const char *predicted)
{
  g_autofree char *actual_name = g_strdup_printf("actual/%s.png", id);
  g_autofree char *predicted_name = g_strdup_printf("predictions/%s.png", id);

  test_write_mask(&fixture->folder, actual_name, actual);
  test_write_mask(&fixture->folder, predicted_name, predicted);
}

/* Three binary pairs, and one whose sizes differ. */
static void
write_binary(Fixture *fixture)
{
  write_pair(fixture, "a", "#..\n.#.", "#..\n.#.");
  write_pair(fixture, "b", "##.\n.#.", "#..\n.##");
  write_pair(fixture, "c", "...\n...", "#..\n...");
  write_pair(fixture, "d", "##\n..", "#..\n...");
}

static void
set_options(Fixture *fixture, const char *words)
{
  g_auto(GStrv) arguments = g_strsplit(words, " ", -1);
  g_autoptr(GError) error = NULL;

  ms_options_free(fixture->options);
  fixture->options = ms_options_new();
  g_assert_true(ms_options_parse(fixture->options, &arguments, NULL, &error));
  g_assert_no_error(error);
  fixture->options->set = g_strdup(fixture->folder.path);
}

static MsSet *
open_set(Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  MsSet *set = ms_set_open(fixture->options, NULL, NULL, NULL, &error);

  g_assert_no_error(error);
  return set;
}

/* Everything that is to be equal, as text. */
static void
describe(GString *text, MsSet *set, guint example, const MsResult *result)
{
  g_string_append_printf(text, "%s %d %s %d %d %d %dx%d", ms_set_get_id(set, example),
                         result->status, result->message ? result->message : "", result->has_actual,
                         result->resized, result->predicted_width, result->width, result->height);
  if (result->status == MS_RESULT_OK) {
    MsCounts counts = ms_confusion_counts(result->confusion);

    g_assert_nonnull(result->packed);
    g_assert_null(result->joint);
    g_string_append_printf(text,
                           " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT
                           " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT,
                           counts.tp, counts.fp, counts.fn, counts.tn, counts.ignored);
  }
  g_string_append_c(text, '\n');
}

typedef struct {
  guint64 n_stored;
  guint64 n_read;
} Sources;

/* Scores all of a set; what it says and that all masks were read where there is no store. */
static char *
score_all(MsSet *set, Sources *sources)
{
  g_autoptr(MsScorer) scorer = ms_scorer_new(set);
  GString *text = g_string_new(NULL);
  g_autofree char *notice = NULL;

  for (guint i = 0; i < ms_set_get_n_examples(set); i++)
    for (guint model = 0; model < ms_set_get_n_models(set); model++) {
      g_autoptr(MsResult) result = ms_scorer_score(scorer, i, model, NULL, NULL, NULL);

      describe(text, set, i, result);
    }
  ms_scorer_flush(scorer);
  ms_scorer_get_sources(scorer, &sources->n_stored, &sources->n_read);
  notice = ms_scorer_take_notice(scorer);
  g_assert_null(notice);
  return g_string_free(text, FALSE);
}

/* Opens and scores the set: as it does without a store, from so many stored results and masks. */
static void
assert_scores(Fixture *fixture, guint n_stored, guint n_read)
{
  g_autoptr(MsSet) set = open_set(fixture);
  g_autoptr(MsSet) plain = NULL;
  g_autofree char *scored = NULL;
  g_autofree char *expected = NULL;
  Sources sources;

  scored = score_all(set, &sources);
  g_assert_cmpuint(sources.n_stored, ==, n_stored);
  g_assert_cmpuint(sources.n_read, ==, n_read);

  fixture->options->no_cache = TRUE;
  plain = open_set(fixture);
  fixture->options->no_cache = FALSE;
  expected = score_all(plain, &sources);
  g_assert_cmpuint(sources.n_stored, ==, 0);
  g_assert_cmpstr(scored, ==, expected);
}

static void
test_again(Fixture *fixture, gconstpointer data)
{
  write_binary(fixture);
  assert_scores(fixture, 0, 4);
  assert_scores(fixture, 4, 0);
  assert_scores(fixture, 4, 0);
}

static void
test_no_cache(Fixture *fixture, gconstpointer data)
{
  g_autofree char *cache = ms_cache_path(NULL);
  g_autofree char *text = NULL;
  g_autoptr(MsSet) set = NULL;
  Sources sources;

  write_binary(fixture);
  fixture->options->no_cache = TRUE;
  set = open_set(fixture);
  g_assert_false(g_file_test(cache, G_FILE_TEST_EXISTS));
  text = score_all(set, &sources);
  g_assert_cmpuint(sources.n_read, ==, 4);
  g_assert_false(g_file_test(cache, G_FILE_TEST_EXISTS));
}

/* --- how masks are read ----------------------------------------------------------------------- */

/* Opens the set: it is read as it is without a store, by so many files that are known and read. */
static void
assert_survey(Fixture *fixture, guint n_stored, guint n_read)
{
  g_autoptr(MsSet) set = open_set(fixture);
  g_autoptr(MsSet) plain = NULL;
  guint64 stored, read;

  ms_set_get_survey_sources(set, &stored, &read);
  g_assert_cmpuint(stored, ==, n_stored);
  g_assert_cmpuint(read, ==, n_read);

  fixture->options->no_cache = TRUE;
  plain = open_set(fixture);
  fixture->options->no_cache = FALSE;
  ms_set_get_survey_sources(plain, &stored, &read);
  g_assert_cmpuint(stored, ==, 0);
  g_assert_cmpuint(read, ==, n_stored + n_read);
  g_assert_cmpstr(ms_set_get_actual_reading(set)->description, ==,
                  ms_set_get_actual_reading(plain)->description);
  g_assert_cmpstr(ms_set_get_predicted_reading(set, 0)->description, ==,
                  ms_set_get_predicted_reading(plain, 0)->description);
}

static void
test_survey(Fixture *fixture, gconstpointer data)
{
  write_binary(fixture);
  assert_survey(fixture, 0, 8);
  assert_survey(fixture, 8, 0);
  assert_scores(fixture, 0, 4);
  assert_survey(fixture, 8, 0);
}

/* Other files, and other numbers in them: class ids now. */
static void
test_survey_changed(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsSet) set = NULL;

  write_binary(fixture);
  assert_survey(fixture, 0, 8);
  test_write_mask(&fixture->folder, "actual/b.png", "12.\n.3.");
  test_write_mask(&fixture->folder, "predictions/c.png", "32.\n.1.");
  assert_survey(fixture, 6, 2);
  set = open_set(fixture);
  g_assert_true(ms_reading_has_classes(ms_set_get_actual_reading(set)));
  write_pair(fixture, "e", "#..\n.#.", "#..\n.#.");
  assert_survey(fixture, 8, 2);
}

/* What becomes of ids is part of what was noted. */
static void
test_survey_of_mapped_ids(Fixture *fixture, gconstpointer data)
{
  write_pair(fixture, "a", "123\n111", "123\n111");
  assert_survey(fixture, 0, 2);
  set_options(fixture, "--map 3=2");
  assert_survey(fixture, 0, 2);
  assert_survey(fixture, 2, 0);
}

static void
test_survey_of_broken_file(Fixture *fixture, gconstpointer data)
{
  write_binary(fixture);
  g_free(test_file(&fixture->folder, "actual/c.png", "\x89PNG", 4));
  assert_survey(fixture, 0, 8);
  assert_survey(fixture, 7, 1);
}

/* --- files that change ------------------------------------------------------------------------ */

static void
test_replaced_file(Fixture *fixture, gconstpointer data)
{
  write_binary(fixture);
  assert_scores(fixture, 0, 4);
  test_write_mask(&fixture->folder, "predictions/b.png", "##.\n.##"); /* by renaming */
  assert_scores(fixture, 3, 1);
  test_write_mask(&fixture->folder, "actual/c.png", "##.\n.##");
  assert_scores(fixture, 3, 1);
  assert_scores(fixture, 4, 0);
}

/* The same size, inode and time of modification: other bytes. */
static void
test_changed_in_place(Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = test_path(&fixture->folder, "predictions/b.png");
  g_autoptr(GBytes) other = test_mask_png("##.\n.##");
  struct stat before;
  int fd;

  write_binary(fixture);
  assert_scores(fixture, 0, 4);
  g_assert_cmpint(stat(path, &before), ==, 0);
  g_assert_cmpuint(g_bytes_get_size(other), ==, before.st_size);
  fd = g_open(path, O_WRONLY, 0);
  g_assert_cmpint(write(fd, g_bytes_get_data(other, NULL), g_bytes_get_size(other)), ==,
                  before.st_size);
  g_assert_cmpint(futimens(fd, (struct timespec[]){before.st_atim, before.st_mtim}), ==, 0);
  close(fd);
  assert_scores(fixture, 3, 1);
  assert_scores(fixture, 4, 0);
}

static void
test_other_time(Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = test_path(&fixture->folder, "actual/a.png");
  const struct timespec times[] = {{1000, 1}, {1000, 1}};

  write_binary(fixture);
  assert_scores(fixture, 0, 4);
  g_assert_cmpint(utimensat(AT_FDCWD, path, times, 0), ==, 0);
  assert_scores(fixture, 3, 1);
}

static void
test_removed_file(Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = test_path(&fixture->folder, "predictions/b.png");

  write_binary(fixture);
  assert_scores(fixture, 0, 4);
  g_assert_cmpint(g_remove(path), ==, 0);
  assert_scores(fixture, 3, 0); /* skipped, without a look at any mask */
}

static void
test_broken_file(Fixture *fixture, gconstpointer data)
{
  write_binary(fixture);
  g_free(test_file(&fixture->folder, "predictions/b.png", "\x89PNG\r\n\x1a\n", 8));
  assert_scores(fixture, 0, 4);
  assert_scores(fixture, 3, 1); /* errors are not kept */
}

static gint64
now(void)
{
  return g_get_real_time() * 1000;
}

static void
test_young_files(Fixture *fixture, gconstpointer data)
{
  ms_stamp_use_clock(now);
  write_binary(fixture);
  assert_scores(fixture, 0, 4);
  ms_stamp_use_clock(later);
  assert_scores(fixture, 0, 4);
  assert_scores(fixture, 4, 0);
}

static void
test_time(Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = test_path(&fixture->folder, "predictions/a.png");
  const struct timespec times[] = {{1000, 7}, {1000, 7}};
  g_autoptr(MsSet) set = NULL;
  MsStamp stamp, again;
  gint64 time;

  write_binary(fixture);
  g_assert_cmpint(utimensat(AT_FDCWD, path, times, 0), ==, 0);
  set = open_set(fixture);
  ms_stamp_look(set, 0, 0, &stamp, &time);
  g_assert_cmpint(time, ==, G_GINT64_CONSTANT(1000000000007));
  g_assert_true(ms_stamp_is_known(&stamp));
  ms_stamp_look(set, 0, 0, &again, NULL);
  g_assert_true(ms_stamp_equal(&stamp, &again));
  ms_stamp_look(set, 1, 0, &again, NULL);
  g_assert_false(ms_stamp_equal(&stamp, &again));
  ms_stamp_use_clock(now);
  ms_stamp_look(set, 0, 0, &stamp, &time);
  g_assert_false(ms_stamp_is_known(&stamp));
  g_assert_cmpint(time, ==, G_GINT64_CONSTANT(1000000000007));
}

static gint64 n_seconds = 4000000000;

/* A second after the other: nothing that was seen before is taken again. */
static gint64
tick(void)
{
  return n_seconds++ * G_GINT64_CONSTANT(1000000000);
}

static struct statvfs mounted;

static int
look_mounted(const char *path, struct statvfs *info)
{
  *info = mounted;
  return 0;
}

static MsStamp
stamp_on(MsSet *set, gulong flag, gulong number, guint64 n_blocks, guint64 n_files)
{
  MsStamp stamp;

  mounted =
      (struct statvfs){.f_flag = flag, .f_fsid = number, .f_blocks = n_blocks, .f_files = n_files};
  ms_stamp_look(set, 0, 0, &stamp, NULL);
  return stamp;
}

/* Files of one image are not those of the next in its place, be they alike; where files can change,
 * the file system that they lie on may get another number. */
static void
test_images(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsSet) set = NULL;
  MsStamp first, written;

  write_binary(fixture);
  set = open_set(fixture);
  ms_stamp_use_clock(tick);
  ms_file_system_use(look_mounted);
  first = stamp_on(set, ST_RDONLY, 7, 100, 10);
  g_assert_true(ms_stamp_is_known(&first));
  for (guint i = 0; i < 8; i++) {
    MsStamp other = stamp_on(set, ST_RDONLY, 7 + (i & 1), 100 + (i >> 1 & 1), 10 + (i >> 2 & 1));

    g_assert_true(ms_stamp_equal(&first, &other) == (i == 0));
  }
  written = stamp_on(set, 0, 7, 100, 10);
  g_assert_false(ms_stamp_equal(&first, &written));
  first = stamp_on(set, 0, 8, 99, 9);
  g_assert_true(ms_stamp_equal(&first, &written));
  ms_file_system_use(NULL);
}

/* --- options ---------------------------------------------------------------------------------- */

/* Under other options, from so many stored results. */
static void
assert_options(Fixture *fixture, const char *words, guint n_stored, guint n_read)
{
  set_options(fixture, words);
  assert_scores(fixture, n_stored, n_read);
}

static void
test_binary_options(Fixture *fixture, gconstpointer data)
{
  write_binary(fixture);
  assert_scores(fixture, 0, 4);
  assert_options(fixture, "--empty zero", 4, 0);
  assert_options(fixture, "--jobs 3", 4, 0);
  assert_options(fixture, "--positive nonzero", 0, 4);
  assert_options(fixture, "--positive 255", 0, 4);
  assert_options(fixture, "--size-mismatch nearest", 0, 4);
  assert_options(fixture, "--size-mismatch nearest", 4, 0);
  assert_options(fixture, "--size-mismatch skip", 4, 0);
}

/* What is done to masks is part of what was counted, whatever it is asked for by. */
static void
test_adjustments(Fixture *fixture, gconstpointer data)
{
  write_binary(fixture);
  assert_scores(fixture, 0, 4);
  assert_options(fixture, "--adjust flip-x", 0, 4);
  assert_options(fixture, "--adjust predictions:flip-x", 4, 0);
  assert_options(fixture, "--adjust flip-y", 0, 4);
  assert_options(fixture, "--adjust turn-90", 0, 4);
  assert_options(fixture, "--adjust invert", 0, 4);
  assert_options(fixture, "--adjust shift:1:0", 0, 4);
  assert_options(fixture, "--adjust shift:0:1", 0, 4);
  assert_options(fixture, "--adjust flip-x", 4, 0);
  assert_options(fixture, "--adjust flip-x --adjust predictions:none", 4, 0);
  assert_options(fixture, "--adjust invert", 4, 0);
}

static void
test_adjusted_classes(Fixture *fixture, gconstpointer data)
{
  write_pair(fixture, "a", "1..\n.2.", "1..\n.3.");
  write_pair(fixture, "b", "11.\n32.", "1..\n.23");
  assert_scores(fixture, 0, 2);
  assert_options(fixture, "--adjust 3=1", 0, 2);
  assert_options(fixture, "--adjust shift:1:0", 0, 2);
  assert_options(fixture, "--adjust shift:1:0 --background 2", 0, 2); /* it is in the raster */
  assert_options(fixture, "--background 2", 2, 0);
  assert_options(fixture, "--adjust shift:1:0", 2, 0);
  assert_options(fixture, "--adjust 3=1", 2, 0);
}

static void
test_ignored_samples(Fixture *fixture, gconstpointer data)
{
  write_pair(fixture, "a", "#+.\n.#.", "#..\n.#.");
  write_pair(fixture, "b", "##.\n.#+", "#..\n.##");
  assert_options(fixture, "--positive 255", 0, 2);
  assert_options(fixture, "--positive 255 --ignore 128", 0, 2); /* they are in the raster */
  assert_options(fixture, "--positive 255 --ignore 128", 2, 0);
}

static void
test_thresholds(Fixture *fixture, gconstpointer data)
{
  write_pair(fixture, "a", "#..\n.#.", "#+.\n3#.");
  write_pair(fixture, "b", "##.\n.#.", "#..\n+6#");
  assert_scores(fixture, 0, 2);
  assert_options(fixture, "--threshold 0.3", 2, 0);
  assert_options(fixture, "--threshold 0.6", 2, 0);
  assert_options(fixture, "--threshold 0.01", 2, 0);
}

/* Maps of floats become samples that are cut at the set's threshold, so that it is in the raster.
 */
static void
test_float_thresholds(Fixture *fixture, gconstpointer data)
{
  static const float values[] = {0.1f, 0.30001f, 0.7f, 0, 0.29999f, 1};
  static const char header[] = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }     \n";
  g_autoptr(GBytes) bytes = test_npy_file(1, header, values, sizeof values);

  test_write_mask(&fixture->folder, "actual/a.png", "#..\n.#.");
  g_free(test_file(&fixture->folder, "predictions/a.npy", g_bytes_get_data(bytes, NULL),
                   g_bytes_get_size(bytes)));
  assert_scores(fixture, 0, 1);
  assert_options(fixture, "--threshold 0.3", 0, 1);
  assert_options(fixture, "--threshold 0.30001", 0, 1);
  assert_options(fixture, "--threshold 0.3 --empty zero", 1, 0);
}

static void
test_class_options(Fixture *fixture, gconstpointer data)
{
  static const char names[] = "background\ncat\ndog\nbird\n";
  g_autofree char *classes = test_file(&fixture->folder, "names.txt", names, sizeof names - 1);
  g_autofree char *plain = g_strdup_printf("--classes %s", classes);
  g_autofree char *ignoring = g_strdup_printf("--classes %s --ignore 2", classes);
  g_autofree char *mapped = g_strdup_printf("--classes %s --map 3=1", classes);

  write_pair(fixture, "a", "1..\n.2.", "1..\n.3.");
  write_pair(fixture, "b", "11.\n32.", "1..\n.23");
  assert_options(fixture, plain, 0, 2);
  assert_options(fixture, ignoring, 2, 0);
  assert_options(fixture, mapped, 0, 2);
  assert_options(fixture, mapped, 2, 0);
  assert_options(fixture, plain, 2, 0);
}

/* What was counted once may hold an id that is no class any more: the error is that of a reading.
 */
static void
test_unknown_class(Fixture *fixture, gconstpointer data)
{
  g_autofree char *all = test_file(&fixture->folder, "all.txt", "a\nb\nc\nd\n", 8);
  g_autofree char *few = test_file(&fixture->folder, "few.txt", "a\nb\nc\n", 6);
  g_autofree char *with_all = g_strdup_printf("--classes %s", all);
  g_autofree char *with_few = g_strdup_printf("--classes %s", few);

  write_pair(fixture, "a", "1..\n.2.", "1..\n.2.");
  write_pair(fixture, "b", "11.\n32.", "1..\n.22");
  assert_options(fixture, with_all, 0, 2);
  assert_options(fixture, with_few, 2, 0);
}

/* --- sets of other kinds ---------------------------------------------------------------------- */

static void
test_several_models(Fixture *fixture, gconstpointer data)
{
  test_write_mask(&fixture->folder, "actual/a.png", "##.\n.#.");
  test_write_mask(&fixture->folder, "actual/b.png", "#..\n.#.");
  test_write_mask(&fixture->folder, "predictions/two/a.png", "###\n###");
  test_write_mask(&fixture->folder, "predictions/two/b.png", "...\n###");
  test_write_mask(&fixture->folder, "predictions/one/a.png", "...\n...");
  test_write_mask(&fixture->folder, "predictions/one/b.png", "...\n###");
  assert_options(fixture, "--model one", 0, 2);
  assert_options(fixture, "--quiet", 2, 2);
  assert_options(fixture, "--quiet", 4, 0);
}

/* Pixels of several classes, from a table of run lengths whose masks take the images' size. */
static void
test_runs(Fixture *fixture, gconstpointer data)
{
  static const char actual[] = "ImageId,ClassId,EncodedPixels\na.png,1,1 4\na.png,2,3 4\n"
                               "b.png,1,2 2\nb.png,2,\n";
  static const char predicted[] = "ImageId,ClassId,EncodedPixels\na.png,1,1 3\na.png,2,3 5\n"
                                  "b.png,1,1 2\nb.png,2,\n";
  g_autofree char *file = NULL;

  test_write_mask(&fixture->folder, "images/a.png", "...1\n....\n.2..");
  test_write_mask(&fixture->folder, "images/b.png", "...1\n....\n.2..");
  g_free(test_file(&fixture->folder, "actual.csv", actual, sizeof actual - 1));
  file = test_file(&fixture->folder, "predicted.csv", predicted, sizeof predicted - 1);
  set_options(fixture, "--quiet");
  g_clear_pointer(&fixture->options->set, g_free);
  fixture->options->images = test_path(&fixture->folder, "images");
  fixture->options->actual = test_path(&fixture->folder, "actual.csv");
  ms_options_add_predicted(fixture->options, NULL, file);
  assert_scores(fixture, 0, 2);
  assert_scores(fixture, 2, 0);
  test_write_mask(&fixture->folder, "images/b.png", "..1\n...\n.2.");
  assert_scores(fixture, 1, 1);
  g_free(test_file(&fixture->folder, "actual.csv", actual, sizeof actual - 1));
  assert_scores(fixture, 0, 2);
}

/* A table that changed after it was read: what comes of the old rows is not kept for the new ones.
 */
static void
test_changed_table(Fixture *fixture, gconstpointer data)
{
  static const char old[] = "ImageId,EncodedPixels\na.png,1 4\n";
  static const char new[] = "ImageId,EncodedPixels\na.png,2 4\n";
  g_autofree char *file = test_file(&fixture->folder, "predicted.csv", old, sizeof old - 1);
  g_autoptr(MsSet) set = NULL;
  g_autofree char *text = NULL;
  Sources sources;

  test_write_mask(&fixture->folder, "images/a.png", "...1\n....\n.2..");
  g_free(test_file(&fixture->folder, "actual.csv", old, sizeof old - 1));
  g_clear_pointer(&fixture->options->set, g_free);
  fixture->options->images = test_path(&fixture->folder, "images");
  fixture->options->actual = test_path(&fixture->folder, "actual.csv");
  ms_options_add_predicted(fixture->options, NULL, file);
  set = open_set(fixture);
  g_free(test_file(&fixture->folder, "predicted.csv", new, sizeof new - 1));
  text = score_all(set, &sources);
  g_assert_cmpuint(sources.n_read, ==, 1);
  assert_scores(fixture, 0, 1);
}

static void
test_labels(Fixture *fixture, gconstpointer data)
{
  static const char table[] = "example,actual,predicted\na,cat;dog,cat\nb,,dog\n";
  g_autofree char *cache = ms_cache_path(NULL);
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsScorer) scorer = NULL;
  g_autoptr(MsResult) result = NULL;

  g_free(fixture->options->set);
  fixture->options->set = test_file(&fixture->folder, "labels.csv", table, sizeof table - 1);
  set = open_set(fixture);
  scorer = ms_scorer_new(set);
  result = ms_scorer_score(scorer, 0, 0, NULL, NULL, NULL);
  g_assert_cmpint(result->status, ==, MS_RESULT_OK);
  g_assert_cmpuint(ms_confusion_counts(result->confusion).tp, ==, 1);
  ms_scorer_keep(scorer, 0, 0, result, NULL);
  ms_scorer_flush(scorer);
  g_assert_false(g_file_test(cache, G_FILE_TEST_EXISTS));
}

/* --- who scores ------------------------------------------------------------------------------- */

static void
test_keep(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsScorer) scorer = NULL;

  write_binary(fixture);
  set = open_set(fixture);
  scorer = ms_scorer_new(set);
  for (guint i = 0; i < 4; i++) {
    g_autoptr(MsFrame) frame = ms_frame_load(set, i, 0, NULL, NULL);

    g_autoptr(MsPacked) packed = ms_result_dup_packed(frame->result);

    ms_scorer_keep(scorer, i, 0, frame->result, packed);
  }
  g_clear_pointer(&scorer, ms_scorer_unref);
  ms_scorer_settle();
  assert_scores(fixture, 4, 0);
}

static void
test_cancelled(Fixture *fixture, gconstpointer data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsScorer) scorer = NULL;

  write_binary(fixture);
  assert_scores(fixture, 0, 4);
  set = open_set(fixture);
  scorer = ms_scorer_new(set);
  g_cancellable_cancel(cancellable);
  g_assert_null(ms_scorer_score(scorer, 0, 0, NULL, cancellable, &error));
  g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define N_THREADS  4
#define N_EXAMPLES 1500

typedef struct {
  MsScorer *scorer;
  guint next; /* atomic */
} Work;

static gpointer
score_some(gpointer data)
{
  Work *work = data;

  for (guint i; (i = g_atomic_int_add(&work->next, 1)) < N_EXAMPLES;) {
    g_autoptr(MsResult) result = ms_scorer_score(work->scorer, i, 0, NULL, NULL, NULL);

    g_assert_cmpuint(ms_confusion_counts(result->confusion).tp, ==, i % 7);
  }
  return NULL;
}

static void
score_on_threads(MsSet *set, guint n_stored)
{
  g_autoptr(MsScorer) scorer = ms_scorer_new(set);
  Work work = {.scorer = scorer};
  GThread *threads[N_THREADS];
  Sources sources;

  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new("score", score_some, &work);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join(threads[i]);
  ms_scorer_flush(scorer);
  ms_scorer_get_sources(scorer, &sources.n_stored, &sources.n_read);
  g_assert_cmpuint(sources.n_stored, ==, n_stored);
  g_assert_cmpuint(sources.n_read, ==, N_EXAMPLES - n_stored);
}

static void
test_threads(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsSet) set = NULL;

  for (guint i = 0; i < N_EXAMPLES; i++) {
    g_autofree char *actual = g_strdup_printf("actual/%04u.png", i);
    g_autofree char *predicted = g_strdup_printf("predictions/%04u.png", i);

    test_write_run(&fixture->folder, actual, 4, 4, 0, 7);
    test_write_run(&fixture->folder, predicted, 4, 4, 0, (int)(i % 7));
  }
  set = open_set(fixture);
  score_on_threads(set, 0);
  score_on_threads(set, N_EXAMPLES);
}

#define ADD(name, test) g_test_add("/scorer/" name, Fixture, NULL, set_up, test, tear_down)

int
main(int argc, char **argv)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *cache = test_path(&folder, "cache");

  g_setenv("MASKSCOPE_CACHE", cache, TRUE);
  g_test_init(&argc, &argv, NULL);
  ADD("again", test_again);
  ADD("no-cache", test_no_cache);
  ADD("survey", test_survey);
  ADD("survey-changed", test_survey_changed);
  ADD("survey-of-mapped-ids", test_survey_of_mapped_ids);
  ADD("survey-of-broken-file", test_survey_of_broken_file);
  ADD("replaced-file", test_replaced_file);
  ADD("changed-in-place", test_changed_in_place);
  ADD("other-time", test_other_time);
  ADD("removed-file", test_removed_file);
  ADD("broken-file", test_broken_file);
  ADD("young-files", test_young_files);
  ADD("time", test_time);
  ADD("images", test_images);
  ADD("binary-options", test_binary_options);
  ADD("adjustments", test_adjustments);
  ADD("adjusted-classes", test_adjusted_classes);
  ADD("ignored-samples", test_ignored_samples);
  ADD("thresholds", test_thresholds);
  ADD("float-thresholds", test_float_thresholds);
  ADD("class-options", test_class_options);
  ADD("unknown-class", test_unknown_class);
  ADD("several-models", test_several_models);
  ADD("runs", test_runs);
  ADD("changed-table", test_changed_table);
  ADD("labels", test_labels);
  ADD("keep", test_keep);
  ADD("cancelled", test_cancelled);
  ADD("threads", test_threads);
  return g_test_run();
}
