/* SPDX-License-Identifier: MIT
 *
 * Label sets in memory: what is put in comes out, counted and marked, and a threshold means
 * "above".
 */
#include "set/label-data.h"

#include <math.h>

#include "io/error.h"
#include "set/pair.h"

static const char *const names[] = {"Happy", "Sad", "Fast", "Slow", "Melodic", NULL};
enum { HAPPY, SAD, FAST, SLOW, MELODIC };

static MsLabelData *
data_new(guint n_rows, guint n_models)
{
  g_autoptr(GError) error = NULL;
  MsLabelData *data = ms_label_data_new(names, n_rows, n_models, "a test", &error);

  g_assert_no_error(error);
  return data;
}

static void
add(MsLabelData *data, guint of, guint row, const guint *labels, guint n_labels)
{
  ms_label_data_set_present(data, of, row);
  for (guint i = 0; i < n_labels; i++)
    ms_label_data_add(data, of, row, labels[i]);
}

#define ADD(data, of, row, ...)                                                                    \
  add(data, of, row, (const guint[]){__VA_ARGS__}, G_N_ELEMENTS(((const guint[]){__VA_ARGS__})))

static MsCounts
count(const MsLabelData *data, guint row, guint model, double threshold)
{
  static const MsRules rules = {.comparison = MS_COMPARE_LABELS};
  g_autoptr(MsConfusion) confusion = NULL;

  g_assert_cmpint(ms_confusion_new(&rules, &confusion), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_label_data_count(data, row, model, threshold, confusion), ==, MS_STATUS_OK);
  return ms_confusion_counts(confusion);
}

/* The documents' song, in the middle of others. */
static void
test_song(void)
{
  g_autoptr(MsLabelData) data = data_new(100, 2);
  MsCounts counts;

  ADD(data, MS_LABEL_ACTUAL, 63, SAD);
  ADD(data, MS_LABEL_ACTUAL, 64, HAPPY, FAST, MELODIC);
  ADD(data, 1, 64, HAPPY, FAST, SLOW);
  ADD(data, 1, 65, MELODIC);
  g_assert_false(ms_label_data_add(data, 1, 65, MELODIC));
  g_assert_true(ms_label_data_add(data, 1, 65, HAPPY));
  g_assert_false(ms_label_data_has(data, 0, 64));
  g_assert_false(ms_label_data_has(data, 1, 63));
  g_assert_true(ms_label_data_has(data, 1, 64));
  g_assert_false(ms_label_data_has(data, 1, 100));
  counts = count(data, 64, 1, 0.5);
  g_assert_cmpuint(counts.tp, ==, 2);
  g_assert_cmpuint(counts.fp, ==, 1);
  g_assert_cmpuint(counts.fn, ==, 1);
}

static void
test_scores(void)
{
  g_autoptr(MsLabelData) data = data_new(1, 2);

  ADD(data, MS_LABEL_ACTUAL, 0, HAPPY, FAST);
  g_assert_true(ms_label_data_make_scores(data, 0, MS_LABEL_DOUBLE, NULL));
  g_assert_true(ms_label_data_make_scores(data, 1, MS_LABEL_SINGLE, NULL));
  for (guint model = 0; model < 2; model++) {
    ms_label_data_set_present(data, model, 0);
    ms_label_data_set_score(data, model, 0, HAPPY, model ? (double)0.3f : 0.3);
    ms_label_data_set_score(data, model, 0, FAST, 0.5);
    ms_label_data_set_score(data, model, 0, SAD, 0.75);
    /* 0.3 itself is not above 0.3, in either precision. */
    g_assert_cmpuint(count(data, 0, model, 0.3).tp, ==, 1);
    g_assert_cmpuint(count(data, 0, model, 0.29).tp, ==, 2);
    g_assert_cmpuint(count(data, 0, model, 0.5).tp, ==, 0);
    g_assert_cmpuint(count(data, 0, model, 0.5).fp, ==, 1);
    g_assert_cmpuint(count(data, 0, model, 1).fp, ==, 0);
  }
}

/* A half float is above the thresholds that round to one below it, and above no other. */
static void
test_half(void)
{
  static const struct {
    double threshold;
    double rounded;
  } cases[] = {
      {0, 0},
      {0.3, 0x1.334p-2},
      {0.1, 0x1.998p-4},
      {0.5, 0.5},
      {1, 1},
      {0x1p-24, 0x1p-24},
      {0x1p-25, 0},               /* between 0 and the least: the even one */
      {0x1.8p-24, 0x1p-23},       /* between the least and twice that */
      {0x1.000002p-25, 0x1p-24},  /* a little more than half the least */
      {0x1.ff8p-15, 0x1.ff8p-15}, /* the greatest subnormal one */
      {0x1.ffep-15, 0x1p-14},     /* up to the normal ones */
      {0x1p-14, 0x1p-14},
      {0x1.002p-14, 0x1p-14},     /* half way: even */
      {0x1.006p-14, 0x1.008p-14}, /* half way: even */
      {0x1.ffdp-2, 0x1.ffcp-2},
      {0x1.fffp-2, 0.5},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(MsLabelData) data = data_new(1, 1);
    double threshold = cases[i].threshold, rounded = cases[i].rounded;

    ADD(data, MS_LABEL_ACTUAL, 0, HAPPY, SAD);
    g_assert_true(ms_label_data_make_scores(data, 0, MS_LABEL_HALF, NULL));
    ms_label_data_set_present(data, 0, 0);
    ms_label_data_set_score(data, 0, 0, HAPPY, rounded);
    ms_label_data_set_score(data, 0, 0, SAD, nextafter(rounded, 2));
    g_assert_cmpuint(count(data, 0, 0, threshold).tp, ==, 1);
  }
}

static void
test_marks(void)
{
  static const MsKind kinds[] = {MS_KIND_TP, MS_KIND_IGNORED, MS_KIND_TN, MS_KIND_FP, MS_KIND_FN};
  const guint32 ignored[] = {SAD};
  MsRules rules = {.comparison = MS_COMPARE_LABELS, .ignored = ignored, .n_ignored = 1};
  g_autoptr(MsRuleset) ruleset = ms_ruleset_new(&rules, 0.5);
  g_autoptr(MsLabelData) data = data_new(2, 1);
  g_autoptr(GArray) marks = NULL;
  g_autoptr(GArray) one_sided = NULL;

  ADD(data, MS_LABEL_ACTUAL, 0, HAPPY, SAD, MELODIC);
  ADD(data, 0, 0, HAPPY, SLOW);
  ADD(data, MS_LABEL_ACTUAL, 1, FAST);
  marks = ms_label_data_marks(data, 0, 0, ruleset);
  g_assert_cmpuint(marks->len, ==, 5);
  for (guint i = 0; i < marks->len; i++) {
    g_assert_cmpuint(g_array_index(marks, MsLabelMark, i).label, ==, i);
    g_assert_cmpint(g_array_index(marks, MsLabelMark, i).kind, ==, kinds[i]);
    g_assert_false(g_array_index(marks, MsLabelMark, i).has_score);
  }
  one_sided = ms_label_data_marks(data, 1, 0, ruleset);
  g_assert_true(g_array_index(one_sided, MsLabelMark, FAST).actual);
  g_assert_cmpint(g_array_index(one_sided, MsLabelMark, FAST).kind, ==, MS_KIND_TN);
}

static void
test_choose_model(void)
{
  g_autoptr(MsLabelData) data = data_new(1, 3);

  ADD(data, MS_LABEL_ACTUAL, 0, HAPPY);
  ADD(data, 0, 0, SAD);
  ADD(data, 1, 0, HAPPY);
  ms_label_data_choose_model(data, 1);
  g_assert_cmpuint(count(data, 0, 0, 0.5).tp, ==, 1);
  g_assert_cmpuint(count(data, 0, 0, 0.5).fp, ==, 0);
}

static void
test_limits(void)
{
  g_autoptr(GError) cells = NULL;
  g_autoptr(GError) labels = NULL;
  g_autoptr(GPtrArray) many = g_ptr_array_new();

  g_assert_null(ms_label_data_new(names, G_MAXUINT, 1, "rows.csv", &cells));
  g_assert_error(cells, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE);
  g_assert_nonnull(strstr(cells->message, "rows.csv"));
  for (guint i = 0; i <= MS_LABEL_MAX_LABELS; i++)
    g_ptr_array_add(many, (char *)"x");
  g_ptr_array_add(many, NULL);
  g_assert_null(ms_label_data_new((const char *const *)many->pdata, 1, 1, "columns.csv", &labels));
  g_assert_error(labels, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE);
  g_assert_true(ms_label_data_check(MS_LABEL_MAX_EXAMPLES, 26, "a", NULL));
  g_assert_false(ms_label_data_check(MS_LABEL_MAX_EXAMPLES, 27, "a", NULL));
  g_assert_false(ms_label_data_check(MS_LABEL_MAX_EXAMPLES + 1, 1, "a", NULL));
  g_assert_true(ms_label_data_check(13421, MS_LABEL_MAX_LABELS, "a", NULL));
  g_assert_false(ms_label_data_check(13422, MS_LABEL_MAX_LABELS, "a", NULL));
  g_assert_false(ms_label_data_check(1, MS_LABEL_MAX_LABELS + 1, "a", NULL));
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/label-data/song", test_song);
  g_test_add_func("/label-data/scores", test_scores);
  g_test_add_func("/label-data/half", test_half);
  g_test_add_func("/label-data/marks", test_marks);
  g_test_add_func("/label-data/choose-model", test_choose_model);
  g_test_add_func("/label-data/limits", test_limits);
  return g_test_run();
}
