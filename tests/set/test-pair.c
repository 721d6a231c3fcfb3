/* SPDX-License-Identifier: MIT
 *
 * One example at a time: what is counted, what is skipped and why, and what a frame shows of it.
 */
#include "set/pair.h"

#include "support/masks.h"

typedef struct {
  TestFolder folder;
  MsOptions *options;
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer data)
{
  fixture->folder = test_folder_new();
  fixture->options = ms_options_new();
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
  test_folder_clear(&fixture->folder);
  ms_options_free(fixture->options);
}

/* Two good examples that say how the folders are read: binary. */
static void
write_plain(Fixture *fixture)
{
  test_write_worked_pair(&fixture->folder, "actual/worked.png", "predictions/worked.png");
  test_write_mask(&fixture->folder, "actual/same.png", "#..\n.#.");
  test_write_mask(&fixture->folder, "predictions/same.png", "#..\n.#.");
}

static MsSet *
open_set(Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  MsSet *set;

  if (!fixture->options->set)
    fixture->options->set = g_strdup(fixture->folder.path);
  set = ms_set_open(fixture->options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  return set;
}

static guint
find(MsSet *set, const char *id)
{
  for (guint i = 0; i < ms_set_get_n_examples(set); i++)
    if (g_str_equal(ms_set_get_id(set, i), id))
      return i;
  g_error("no example %s", id);
}

static MsResult *
score(MsSet *set, const char *id)
{
  g_autoptr(GError) error = NULL;
  MsResult *result = ms_pair_score(set, find(set, id), 0, NULL, NULL, &error);

  g_assert_no_error(error);
  return result;
}

static MsFrame *
load_frame(MsSet *set, const char *id)
{
  g_autoptr(GError) error = NULL;
  MsFrame *frame = ms_frame_load(set, find(set, id), 0, NULL, &error);

  g_assert_no_error(error);
  g_assert_nonnull(frame->result);
  return frame;
}

static MsCounts
counts_of(MsSet *set, const char *id, const MsResult *result)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsConfusion) confusion = NULL;

  g_assert_cmpint(result->status, ==, MS_RESULT_OK);
  confusion = ms_result_confusion(result, set, find(set, id), 0, ms_set_get_rules(set, 0), &error);
  g_assert_no_error(error);
  return ms_confusion_counts(confusion);
}

static void
assert_not_ok(const MsResult *result, MsResultStatus status, gboolean has_actual)
{
  g_assert_cmpint(result->status, ==, status);
  g_assert_nonnull(result->message);
  g_assert_true(g_utf8_validate(result->message, -1, NULL));
  g_assert_cmpint(result->has_actual, ==, has_actual);
  g_assert_null(result->joint);
}

static void
test_counts(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsResult) worked = NULL;
  g_autoptr(MsResult) same = NULL;
  MsCounts counts;

  write_plain(fixture);
  set = open_set(fixture);
  worked = score(set, "worked");
  same = score(set, "same");
  counts = counts_of(set, "worked", worked);
  g_assert_cmpuint(counts.tp, ==, 416);
  g_assert_cmpuint(counts.fp, ==, 73);
  g_assert_cmpuint(counts.fn, ==, 39);
  g_assert_cmpuint(counts.tn, ==, 1024 - 528);
  g_assert_cmpint(worked->width, ==, 32);
  g_assert_cmpint(worked->height, ==, 32);
  g_assert_false(worked->resized);
  g_assert_null(worked->message);
  counts = counts_of(set, "same", same);
  g_assert_cmpuint(counts.tp, ==, 2);
  g_assert_cmpuint(counts.fp + counts.fn, ==, 0);
}

static void
test_size_mismatch(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsResult) result = NULL;
  g_autoptr(MsFrame) frame = NULL;

  write_plain(fixture);
  test_write_mask(&fixture->folder, "actual/size.png", "#...");
  test_write_mask(&fixture->folder, "predictions/size.png", "#.\n..");
  set = open_set(fixture);
  result = score(set, "size");
  assert_not_ok(result, MS_RESULT_SKIPPED, TRUE);
  g_assert_nonnull(strstr(result->message, "actual is 4 x 1, predicted is 2 x 2"));
  g_assert_nonnull(strstr(result->message, "actual/size.png"));
  g_assert_nonnull(strstr(result->message, "predictions/size.png"));
  frame = load_frame(set, "size");
  g_assert_true(frame->has_actual);
  g_assert_false(frame->has_predicted);
  g_assert_cmpstr(frame->result->message, ==, result->message);
}

static void
assert_row(const MsRaster *raster, const char *art)
{
  g_assert_cmpint(raster->width, ==, strlen(art));
  for (int x = 0; x < raster->width; x++)
    g_assert_cmpuint(ms_raster_get(raster, x, 0), ==, art[x] == '#');
}

/* Sources floor((i + 0.5) * S / D): for 5 to 2 these are 1 and 3, for 2 to 5: 0 0 1 1 1. */
static void
test_resize(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsFrame) smaller = NULL;
  g_autoptr(MsFrame) larger = NULL;
  g_autoptr(MsFrame) untouched = NULL;

  write_plain(fixture);
  test_write_mask(&fixture->folder, "actual/smaller.png", "##");
  test_write_mask(&fixture->folder, "predictions/smaller.png", ".#...");
  test_write_mask(&fixture->folder, "actual/larger.png", "#####");
  test_write_mask(&fixture->folder, "predictions/larger.png", ".#\n##");
  fixture->options->resize_predicted = TRUE;
  set = open_set(fixture);
  smaller = load_frame(set, "smaller");
  larger = load_frame(set, "larger");
  untouched = load_frame(set, "same");
  g_assert_true(smaller->result->resized);
  assert_row(&smaller->predicted, "#.");
  g_assert_true(larger->result->resized);
  assert_row(&larger->predicted, "#####"); /* the lower of two rows: floor(0.5 * 2 / 1) */
  g_assert_cmpint(larger->predicted.height, ==, 1);
  g_assert_false(untouched->result->resized);
}

static void
test_missing(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsResult) no_predicted = NULL;
  g_autoptr(MsResult) no_actual = NULL;
  g_autoptr(MsFrame) actual_only = NULL;
  g_autoptr(MsFrame) predicted_only = NULL;

  write_plain(fixture);
  test_write_mask(&fixture->folder, "actual/lost.png", "#.");
  test_write_mask(&fixture->folder, "predictions/stray.png", ".#");
  set = open_set(fixture);
  no_predicted = score(set, "lost");
  no_actual = score(set, "stray");
  assert_not_ok(no_predicted, MS_RESULT_SKIPPED, TRUE);
  assert_not_ok(no_actual, MS_RESULT_SKIPPED, FALSE);
  actual_only = load_frame(set, "lost");
  predicted_only = load_frame(set, "stray");
  g_assert_true(actual_only->has_actual);
  g_assert_false(actual_only->has_predicted);
  assert_row(&actual_only->actual, "#.");
  g_assert_cmpstr(actual_only->result->message, ==, no_predicted->message);
  g_assert_false(predicted_only->has_actual);
  g_assert_true(predicted_only->has_predicted);
  assert_row(&predicted_only->predicted, ".#");
}

static void
write_truncated(Fixture *fixture, const char *name)
{
  g_autoptr(GBytes) png = test_mask_png("#.#.#.\n.#.#.#");

  g_free(
      test_file(&fixture->folder, name, g_bytes_get_data(png, NULL), g_bytes_get_size(png) - 20));
}

static void
test_broken(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsResult) truncated = NULL;
  g_autoptr(MsResult) empty = NULL;
  g_autoptr(MsResult) not_png = NULL;
  g_autoptr(MsFrame) frame = NULL;

  write_plain(fixture);
  test_write_mask(&fixture->folder, "actual/truncated.png", "#.#.#.\n.#.#.#");
  write_truncated(fixture, "predictions/truncated.png");
  g_free(test_file(&fixture->folder, "actual/empty.png", "", 0));
  test_write_mask(&fixture->folder, "predictions/empty.png", "#.");
  test_write_mask(&fixture->folder, "actual/words.png", "#.");
  g_free(test_file(&fixture->folder, "predictions/words.png", "not a picture", 13));
  set = open_set(fixture);
  truncated = score(set, "truncated");
  assert_not_ok(truncated, MS_RESULT_ERROR, TRUE);
  g_assert_nonnull(strstr(truncated->message, "predictions/truncated.png"));
  empty = score(set, "empty");
  assert_not_ok(empty, MS_RESULT_ERROR, TRUE);
  g_assert_nonnull(strstr(empty->message, "actual/empty.png"));
  not_png = score(set, "words");
  assert_not_ok(not_png, MS_RESULT_ERROR, TRUE);
  g_assert_nonnull(strstr(not_png->message, "predictions/words.png"));
  frame = load_frame(set, "truncated");
  g_assert_true(frame->has_actual);
  g_assert_false(frame->has_predicted);
}

static void
test_vanished(Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = test_path(&fixture->folder, "predictions/same.png");
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsResult) result = NULL;

  write_plain(fixture);
  set = open_set(fixture);
  g_assert_cmpint(g_remove(path), ==, 0);
  result = score(set, "same");
  assert_not_ok(result, MS_RESULT_ERROR, TRUE);
  g_assert_nonnull(strstr(result->message, "predictions/same.png"));
}

static void
test_unknown_id(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsResult) known = NULL;
  g_autoptr(MsResult) unknown = NULL;
  g_autoptr(MsResult) predicted = NULL;

  fixture->options->classes =
      test_file(&fixture->folder, "names.txt", "background\ncat\ndog\n", 19);
  test_write_mask(&fixture->folder, "actual/known.png", "0122");
  test_write_mask(&fixture->folder, "predictions/known.png", "0121");
  test_write_mask(&fixture->folder, "actual/unknown.png", "0172");
  test_write_mask(&fixture->folder, "predictions/unknown.png", "0122");
  test_write_mask(&fixture->folder, "actual/predicted.png", "0122");
  test_write_mask(&fixture->folder, "predictions/predicted.png", "0172");
  set = open_set(fixture);
  known = score(set, "known");
  g_assert_cmpint(known->status, ==, MS_RESULT_OK);
  unknown = score(set, "unknown");
  assert_not_ok(unknown, MS_RESULT_ERROR, TRUE);
  g_assert_nonnull(strstr(unknown->message, "id 7"));
  g_assert_nonnull(strstr(unknown->message, "actual/unknown.png"));
  g_assert_nonnull(strstr(unknown->message, "names.txt"));
  predicted = score(set, "predicted");
  g_assert_cmpint(predicted->status, ==, MS_RESULT_OK);
  g_assert_cmpuint(counts_of(set, "predicted", predicted).fn, ==, 1);
}

/* Rules that do not know an id of the result: an error that names both. */
static void
test_confusion_of_unknown_id(Fixture *fixture, gconstpointer data)
{
  guint32 classes[] = {0};
  MsRules rules;
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsResult) result = NULL;
  g_autoptr(MsRuleset) ruleset = NULL;
  g_autoptr(GError) error = NULL;

  write_plain(fixture);
  set = open_set(fixture);
  result = score(set, "same");
  ms_rules_init(&rules);
  rules.comparison = MS_COMPARE_CLASSES;
  rules.classes = classes;
  rules.n_classes = 1;
  ruleset = ms_ruleset_new(&rules, 0.5);
  g_assert_null(ms_result_confusion(result, set, find(set, "same"), 0, ruleset, &error));
  g_assert_error(error, MS_SET_ERROR, MS_SET_ERROR_READING);
  g_assert_nonnull(strstr(error->message, "same"));
  g_assert_nonnull(strstr(error->message, "id 1"));
}

static void
test_cancelled(Fixture *fixture, gconstpointer data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  g_autoptr(MsSet) set = NULL;
  g_autoptr(GError) score_error = NULL;
  g_autoptr(GError) frame_error = NULL;

  write_plain(fixture);
  set = open_set(fixture);
  g_cancellable_cancel(cancellable);
  g_assert_null(ms_pair_score(set, 0, 0, NULL, cancellable, &score_error));
  g_assert_error(score_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null(ms_frame_load(set, 0, 0, cancellable, &frame_error));
  g_assert_error(frame_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

typedef struct {
  const MsFrame *image_of, *masks_of;
  int width;
  gboolean scored;
} Parts;

static void
note_image(gpointer user, const MsFrame *frame)
{
  Parts *parts = user;

  g_assert_null(parts->image_of);
  parts->image_of = frame;
  parts->width = frame->image->width;
}

static void
note_masks(gpointer user, const MsFrame *frame)
{
  Parts *parts = user;

  g_assert_null(parts->masks_of);
  parts->masks_of = frame;
  parts->scored = frame->has_actual && frame->has_predicted && frame->result->confusion;
}

static void
test_frame_parts(Fixture *fixture, gconstpointer data)
{
  Parts parts = {0};
  const MsFrameParts ask = {note_image, note_masks, &parts};
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsFrame) frame = NULL;

  write_plain(fixture);
  test_write_mask(&fixture->folder, "images/same.png", "123\n456");
  set = open_set(fixture);
  frame = ms_frame_load_parts(set, find(set, "same"), 0, &ask, NULL, NULL);
  g_assert_true(frame && parts.image_of == frame && parts.masks_of == frame);
  g_assert_cmpint(parts.width, ==, 3);
  g_assert_true(parts.scored);

  parts = (Parts){0};
  g_cancellable_cancel(cancellable);
  g_assert_null(ms_frame_load_parts(set, find(set, "same"), 0, &ask, cancellable, NULL));
  g_assert_true(!parts.image_of && !parts.masks_of);
}

static void
test_frame(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsFrame) same = NULL;
  g_autoptr(MsFrame) worked = NULL;
  g_autoptr(MsFrame) picture = NULL;
  g_autoptr(MsFrame) broken = NULL;

  write_plain(fixture);
  test_write_mask(&fixture->folder, "images/same.png", "123\n456");
  test_write_mask(&fixture->folder, "images/worked.png", "12\n34");
  test_write_mask(&fixture->folder, "images/picture.png", "12\n34");
  test_write_mask(&fixture->folder, "actual/broken.png", "#.");
  test_write_mask(&fixture->folder, "predictions/broken.png", "#.");
  g_free(test_file(&fixture->folder, "images/broken.png", "nothing", 7));
  set = open_set(fixture);

  same = load_frame(set, "same");
  g_assert_true(same->set == set);
  g_assert_nonnull(same->image);
  g_assert_null(same->image_message);
  g_assert_cmpint(same->result->status, ==, MS_RESULT_OK);
  g_assert_cmpuint(ms_frame_bytes(same), >=, 3 * 2 * 3);
  g_assert_cmpuint(ms_raster_get(&same->actual, 1, 1), ==, 1);

  worked = load_frame(set, "worked");
  g_assert_nonnull(worked->image);
  g_assert_nonnull(strstr(worked->image_message, "2 x 2"));
  g_assert_nonnull(strstr(worked->image_message, "32 x 32"));
  g_assert_cmpint(worked->result->status, ==, MS_RESULT_OK);

  picture = load_frame(set, "picture");
  g_assert_nonnull(picture->image);
  g_assert_null(picture->image_message);
  g_assert_false(picture->has_actual || picture->has_predicted);
  assert_not_ok(picture->result, MS_RESULT_SKIPPED, FALSE);

  broken = load_frame(set, "broken");
  g_assert_null(broken->image);
  g_assert_nonnull(strstr(broken->image_message, "images/broken.png"));
  g_assert_cmpint(broken->result->status, ==, MS_RESULT_OK);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
#define ADD(name, function) g_test_add("/pair/" name, Fixture, NULL, set_up, function, tear_down)
  ADD("counts", test_counts);
  ADD("size-mismatch", test_size_mismatch);
  ADD("resize", test_resize);
  ADD("missing", test_missing);
  ADD("broken", test_broken);
  ADD("vanished", test_vanished);
  ADD("unknown-id", test_unknown_id);
  ADD("confusion-of-unknown-id", test_confusion_of_unknown_id);
  ADD("cancelled", test_cancelled);
  ADD("frame", test_frame);
  ADD("frame-parts", test_frame_parts);
  return g_test_run();
}
