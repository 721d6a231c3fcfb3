/* SPDX-License-Identifier: MIT
 *
 * Advice from made-up numbers: every limit is crossed by itself, and what is no evidence says so.
 */
#include "set/advice.h"

#include <string.h>

#define DEFINED(number) ((MsValue){.value = (number), .defined = TRUE})

static MsInterval
interval(double low, double high)
{
  return (MsInterval){.method = MS_INTERVAL_BOOTSTRAP, .low = low, .high = high};
}

/* A model that is worse on validation than on training, by its mean IoU alone. */
typedef struct {
  MsAdvicePart training;
  MsAdvicePart validation;
  MsAdviceEvidence evidence;
  MsAdviceLimits limits;
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer data)
{
  fixture->training = (MsAdvicePart){.name = "train",
                                     .n_scored = 14,
                                     .iou = DEFINED(0.97),
                                     .exact = DEFINED(0.25),
                                     .iou_interval = interval(0.95, 0.98)};
  fixture->validation = (MsAdvicePart){.name = "val",
                                       .n_scored = 10,
                                       .iou = DEFINED(0.696),
                                       .exact = DEFINED(0.2),
                                       .iou_interval = interval(0.5, 0.8)};
  fixture->evidence = (MsAdviceEvidence){.whole = {.n_scored = 24,
                                                   .iou = DEFINED(0.856),
                                                   .exact = DEFINED(0.229),
                                                   .iou_interval = interval(0.7, 0.9)},
                                         .training = &fixture->training,
                                         .validation = &fixture->validation,
                                         .iou_gap = interval(0.13, 0.45),
                                         .exact_gap = interval(-0.25, 0.35)};
  ms_advice_limits_init(&fixture->limits);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
}

static const MsAdvice *
find_kind(const GPtrArray *advice, MsAdviceKind kind)
{
  for (guint i = 0; i < advice->len; i++) {
    const MsAdvice *item = g_ptr_array_index(advice, i);
    if (item->kind == kind)
      return item;
  }
  g_error("there is no %s", ms_advice_kind_id(kind));
}

static void
assert_evidence(const Fixture *fixture, MsAdviceKind kind, gboolean given, const char *evidence)
{
  g_autoptr(GPtrArray) advice = ms_advice_make(&fixture->evidence, &fixture->limits);
  const MsAdvice *item = find_kind(advice, kind);

  g_assert_cmpuint(advice->len, ==, MS_N_ADVICE);
  g_assert_cmpstr(item->evidence, ==, evidence);
  g_assert_cmpint(item->given, ==, given);
  g_assert_cmpint(item->remedy != NULL, ==, given);
  g_assert_cmpint(g_str_has_prefix(item->headline, "No advice"), ==, !given);
}

static void
assert_given(const Fixture *fixture, MsAdviceKind kind, gboolean given)
{
  g_autoptr(GPtrArray) advice = ms_advice_make(&fixture->evidence, &fixture->limits);

  g_assert_cmpint(find_kind(advice, kind)->given, ==, given);
}

/* --- a gap ------------------------------------------------------------------------------------ */

static void
test_gap(Fixture *fixture, gconstpointer data)
{
  g_autoptr(GPtrArray) advice = NULL;
  const MsAdvice *gap;

  assert_evidence(fixture, MS_ADVICE_GAP, TRUE,
                  "Mean IoU is 0.970 on train (14 examples) and 0.696 on val (10 examples): 0.274 "
                  "higher, 95 % interval 0.13 to 0.45.");
  advice = ms_advice_make(&fixture->evidence, &fixture->limits);
  gap = g_ptr_array_index(advice, 0);
  g_assert_cmpint(gap->kind, ==, MS_ADVICE_GAP);
  g_assert_nonnull(strstr(gap->headline, "on training than on validation"));
  g_assert_nonnull(strstr(gap->remedy, "overfitting"));
  g_assert_nonnull(strstr(gap->remedy, "dropout"));
  g_assert_nonnull(strstr(gap->remedy, "new split"));
}

static void
test_gap_of_both(Fixture *fixture, gconstpointer data)
{
  fixture->training.exact = DEFINED(1);
  fixture->evidence.exact_gap = interval(0.65, 0.9);
  assert_evidence(fixture, MS_ADVICE_GAP, TRUE,
                  "Mean IoU is 0.970 on train (14 examples) and 0.696 on val (10 examples): 0.274 "
                  "higher, 95 % interval 0.13 to 0.45. The exact match ratio is 1.000 on train and "
                  "0.200 on val: 0.800 higher, 95 % interval 0.65 to 0.90.");
  fixture->training.iou = fixture->validation.iou;
  assert_evidence(fixture, MS_ADVICE_GAP, TRUE,
                  "The exact match ratio is 1.000 on train (14 examples) and 0.200 on val (10 "
                  "examples): 0.800 higher, 95 % interval 0.65 to 0.90.");
}

static void
test_gap_reversed(Fixture *fixture, gconstpointer data)
{
  g_autoptr(GPtrArray) advice = NULL;
  const MsAdvice *gap;

  fixture->training.iou = DEFINED(0.6);
  fixture->validation.iou = DEFINED(0.8);
  fixture->evidence.iou_gap = interval(-0.3, -0.001);
  assert_evidence(fixture, MS_ADVICE_GAP, TRUE,
                  "Mean IoU is 0.600 on train (14 examples) and 0.800 on val (10 examples): 0.200 "
                  "lower, 95 % interval 0.001 to 0.30.");
  advice = ms_advice_make(&fixture->evidence, &fixture->limits);
  gap = find_kind(advice, MS_ADVICE_GAP);
  g_assert_nonnull(strstr(gap->headline, "on validation than on training"));
  g_assert_nonnull(strstr(gap->remedy, "easier"));
  g_assert_null(strstr(gap->remedy, "overfitting"));
  fixture->evidence.iou_gap = interval(-0.3, 0.001);
  assert_given(fixture, MS_ADVICE_GAP, FALSE);
}

static void
test_gap_limit(Fixture *fixture, gconstpointer data)
{
  fixture->limits.gap = 0.28;
  assert_evidence(fixture, MS_ADVICE_GAP, FALSE,
                  "The gap of mean IoU is 0.274 (95 % interval 0.13 to 0.45): below 0.28. The gap "
                  "of the exact match ratio is 0.050 (95 % interval -0.25 to 0.35): below 0.28.");
  fixture->limits.gap = 0.27;
  assert_given(fixture, MS_ADVICE_GAP, TRUE);
}

/* 0.9 - 0.8 is less than 0.1 in binary; a gap of 0.09996 is no "0.100: below 0.10". */
static void
test_gap_rounding(Fixture *fixture, gconstpointer data)
{
  fixture->training.iou = DEFINED(0.9);
  fixture->validation.iou = DEFINED(0.8);
  assert_given(fixture, MS_ADVICE_GAP, TRUE);
  fixture->validation.iou = DEFINED(0.80004);
  assert_evidence(fixture, MS_ADVICE_GAP, FALSE,
                  "The gap of mean IoU is 0.0999 (95 % interval 0.13 to 0.45): below 0.10. The "
                  "gap of the exact match ratio is 0.050 (95 % interval -0.25 to 0.35): below "
                  "0.10.");
}

/* A gap that is the limit but for rounding is told as the limit. */
static void
test_gap_of_limit(Fixture *fixture, gconstpointer data)
{
  fixture->training.exact = DEFINED(9 / 10.0);
  fixture->validation.exact = DEFINED(8 / 10.0);
  fixture->training.iou = fixture->validation.iou = DEFINED(0.5);
  assert_evidence(fixture, MS_ADVICE_GAP, FALSE,
                  "The gap of mean IoU is 0.000 (95 % interval 0.13 to 0.45): below 0.10. The gap "
                  "of the exact match ratio is 0.100 (95 % interval -0.25 to 0.35): the interval "
                  "includes zero.");
  fixture->training.iou = DEFINED(0.5 + 1e-16);
  fixture->evidence.iou_gap = interval(-1e-16, 1e-16);
  assert_evidence(fixture, MS_ADVICE_GAP, FALSE,
                  "The gap of mean IoU is 0.000 (95 % interval 0.00 to 0.00): below 0.10. The gap "
                  "of the exact match ratio is 0.100 (95 % interval -0.25 to 0.35): the interval "
                  "includes zero.");
  fixture->evidence.iou_gap = interval(0.13, 0.45);
  fixture->training.exact = DEFINED(8 / 10.0);
  fixture->validation.exact = DEFINED(9 / 10.0);
  fixture->training.iou = DEFINED(0.5 - 0.1 + 1e-7);
  assert_evidence(fixture, MS_ADVICE_GAP, FALSE,
                  "The gap of mean IoU is -0.0999 (95 % interval 0.13 to 0.45): below 0.10. The "
                  "gap of the exact match ratio is -0.100 (95 % interval -0.25 to 0.35): the "
                  "interval includes zero.");
}

/* No number takes more than four digits, and none is on the wrong side of its limit. */
static void
test_digits(Fixture *fixture, gconstpointer data)
{
  fixture->evidence.iou_gap = interval(1e-7, 0.99999999);
  assert_evidence(fixture, MS_ADVICE_GAP, TRUE,
                  "Mean IoU is 0.970 on train (14 examples) and 0.696 on val (10 examples): 0.274 "
                  "higher, 95 % interval 0.0001 to 0.9999.");
  fixture->training.iou = DEFINED(0.5 - 1e-12);
  fixture->training.iou_interval = interval(0.2, 0.5);
  assert_evidence(fixture, MS_ADVICE_TRAINING, FALSE,
                  "Mean IoU is 0.4999 on train (95 % interval 0.20 to 0.50): the interval reaches "
                  "0.50.");
  fixture->training.iou = DEFINED(0.5);
  assert_evidence(fixture, MS_ADVICE_TRAINING, FALSE,
                  "Mean IoU is 0.500 on train: not below 0.50.");
}

/* Where there is no val, the examples are those of test. */
static void
test_gap_to_test(Fixture *fixture, gconstpointer data)
{
  g_autoptr(GPtrArray) better = NULL;
  g_autoptr(GPtrArray) worse = NULL;

  fixture->validation.name = "Testing";
  better = ms_advice_make(&fixture->evidence, &fixture->limits);
  g_assert_cmpstr(find_kind(better, MS_ADVICE_GAP)->headline, ==,
                  "Much better on training than on test examples");
  g_assert_nonnull(strstr(find_kind(better, MS_ADVICE_GAP)->remedy, "the test examples differ"));
  fixture->training.iou = DEFINED(0.2);
  fixture->evidence.iou_gap = interval(-0.6, -0.3);
  worse = ms_advice_make(&fixture->evidence, &fixture->limits);
  g_assert_cmpstr(find_kind(worse, MS_ADVICE_GAP)->headline, ==,
                  "Better on test than on training examples");
  g_assert_null(strstr(find_kind(worse, MS_ADVICE_GAP)->remedy, "validation"));
}

/* The numbers themselves, of either score and whatever the kind. */
static void
test_values(Fixture *fixture, gconstpointer data)
{
  g_autoptr(GPtrArray) advice = ms_advice_make(&fixture->evidence, &fixture->limits);
  g_autoptr(GPtrArray) lone = NULL;

  for (guint i = 0; i < advice->len; i++) {
    const MsAdvice *item = g_ptr_array_index(advice, i);

    g_assert_cmpfloat(item->iou.whole.value, ==, 0.856);
    g_assert_cmpfloat(item->iou.training.value, ==, 0.97);
    g_assert_cmpfloat(item->iou.validation.value, ==, 0.696);
    g_assert_cmpfloat(item->iou.gap.low, ==, 0.13);
    g_assert_cmpfloat(item->exact.training.value, ==, 0.25);
    g_assert_cmpfloat(item->exact.gap.high, ==, 0.35);
  }
  fixture->evidence.training = NULL;
  lone = ms_advice_make(&fixture->evidence, &fixture->limits);
  g_assert_false(find_kind(lone, MS_ADVICE_GAP)->iou.training.defined);
  g_assert_true(find_kind(lone, MS_ADVICE_GAP)->iou.validation.defined);
}

static void
test_gap_interval(Fixture *fixture, gconstpointer data)
{
  fixture->evidence.iou_gap = interval(-0.001, 0.45);
  assert_evidence(fixture, MS_ADVICE_GAP, FALSE,
                  "The gap of mean IoU is 0.274 (95 % interval -0.001 to 0.45): the interval "
                  "includes zero. The gap of the exact match ratio is 0.050 (95 % interval -0.25 "
                  "to 0.35): below 0.10.");
  fixture->evidence.iou_gap = interval(0, 0.45);
  assert_given(fixture, MS_ADVICE_GAP, FALSE);
  fixture->evidence.iou_gap = interval(1e-6, 0.45);
  assert_given(fixture, MS_ADVICE_GAP, TRUE);
  fixture->evidence.iou_gap.method = MS_INTERVAL_NONE;
  assert_given(fixture, MS_ADVICE_GAP, FALSE);
}

static void
test_gap_undefined(Fixture *fixture, gconstpointer data)
{
  fixture->validation.iou.defined = FALSE;
  assert_evidence(fixture, MS_ADVICE_GAP, FALSE,
                  "Mean IoU does not exist on val. The gap of the exact match ratio is 0.050 (95 % "
                  "interval -0.25 to 0.35): below 0.10.");
}

static void
test_too_few(Fixture *fixture, gconstpointer data)
{
  fixture->validation.n_scored = 9;
  assert_evidence(fixture, MS_ADVICE_GAP, FALSE, "Only 9 examples on val; 10 are needed.");
  fixture->training.n_scored = 1;
  assert_evidence(fixture, MS_ADVICE_GAP, FALSE,
                  "Only 1 example on train; 10 are needed. Only 9 examples on val; 10 are needed.");
  assert_evidence(fixture, MS_ADVICE_TRAINING, FALSE, "Only 1 example on train; 10 are needed.");
  fixture->training.n_scored = 10;
  fixture->validation.n_scored = 10;
  assert_given(fixture, MS_ADVICE_GAP, TRUE);
  fixture->limits.examples = 11;
  assert_given(fixture, MS_ADVICE_GAP, FALSE);
}

/* Slices of one volume are one piece of evidence. */
static void
test_groups(Fixture *fixture, gconstpointer data)
{
  fixture->training.n_groups = 14;
  fixture->validation.n_groups = 3;
  assert_evidence(fixture, MS_ADVICE_GAP, FALSE, "Only 3 groups on val; 10 are needed.");
  fixture->limits.examples = 3;
  fixture->validation.n_scored = 1200;
  assert_evidence(fixture, MS_ADVICE_GAP, TRUE,
                  "Mean IoU is 0.970 on train (14 examples in 14 groups) and 0.696 on val (1,200 "
                  "examples in 3 groups): 0.274 higher, 95 % interval 0.13 to 0.45.");
  fixture->validation.n_ungrouped = 200;
  assert_evidence(fixture, MS_ADVICE_GAP, TRUE,
                  "Mean IoU is 0.970 on train (14 examples in 14 groups) and 0.696 on val (1,000 "
                  "examples in 3 groups and 200 examples without one): 0.274 higher, 95 % interval "
                  "0.13 to 0.45.");
  fixture->limits.examples = 300;
  assert_evidence(fixture, MS_ADVICE_TRAINING, FALSE, "Only 14 groups on train; 300 are needed.");
  fixture->training = fixture->validation;
  assert_evidence(fixture, MS_ADVICE_TRAINING, FALSE,
                  "Only 3 groups and 200 examples without one on val; 300 are needed.");
}

static void
test_no_splits(Fixture *fixture, gconstpointer data)
{
  fixture->evidence.training_unclear = "Both Train and trn could be the split train.";
  fixture->evidence.training = NULL;
  assert_evidence(fixture, MS_ADVICE_GAP, FALSE, "Both Train and trn could be the split train.");
  assert_evidence(fixture, MS_ADVICE_TRAINING, FALSE,
                  "It is not clear which split holds the training examples.");
  fixture->evidence.training_unclear = NULL;
  assert_evidence(fixture, MS_ADVICE_GAP, FALSE, "There is no split named train.");
  assert_evidence(fixture, MS_ADVICE_TRAINING, FALSE, "There is no training split to look at.");
  fixture->evidence.validation = NULL;
  assert_evidence(fixture, MS_ADVICE_GAP, FALSE,
                  "There are no splits named train and val (or test).");
  fixture->evidence.training = &fixture->training;
  assert_evidence(fixture, MS_ADVICE_GAP, FALSE, "There is no split named val or test.");
}

/* --- low on training -------------------------------------------------------------------------- */

static void
test_training(Fixture *fixture, gconstpointer data)
{
  g_autoptr(GPtrArray) advice = NULL;

  assert_evidence(fixture, MS_ADVICE_TRAINING, FALSE,
                  "Mean IoU is 0.970 on train: not below 0.50.");
  fixture->training.iou = DEFINED(0.4);
  fixture->training.iou_interval = interval(0.31, 0.499);
  assert_evidence(fixture, MS_ADVICE_TRAINING, TRUE,
                  "Mean IoU is 0.400 on train (14 examples), 95 % interval 0.31 to 0.499: below "
                  "0.50.");
  advice = ms_advice_make(&fixture->evidence, &fixture->limits);
  g_assert_nonnull(strstr(find_kind(advice, MS_ADVICE_TRAINING)->remedy, "another model"));
  fixture->training.iou_interval.high = 0.5;
  assert_evidence(fixture, MS_ADVICE_TRAINING, FALSE,
                  "Mean IoU is 0.400 on train (95 % interval 0.31 to 0.50): the interval reaches "
                  "0.50.");
  fixture->limits.training = 0.51;
  assert_given(fixture, MS_ADVICE_TRAINING, TRUE);
  fixture->training.iou_interval.method = MS_INTERVAL_NONE;
  assert_evidence(fixture, MS_ADVICE_TRAINING, FALSE, "Mean IoU has no interval on train.");
  fixture->training.iou.defined = FALSE;
  assert_evidence(fixture, MS_ADVICE_TRAINING, FALSE, "Mean IoU does not exist on train.");
}

/* --- the wrong question ----------------------------------------------------------------------- */

static void
test_exact(Fixture *fixture, gconstpointer data)
{
  MsAdvicePart *whole = &fixture->evidence.whole;
  g_autoptr(GPtrArray) masks = NULL;
  g_autoptr(GPtrArray) labels = NULL;

  assert_evidence(fixture, MS_ADVICE_EXACT, FALSE,
                  "The exact match ratio is 0.229: not below 0.05.");
  whole->exact = DEFINED(0);
  assert_evidence(fixture, MS_ADVICE_EXACT, TRUE,
                  "The exact match ratio is 0.000 while mean IoU is 0.856 (24 examples).");
  masks = ms_advice_make(&fixture->evidence, &fixture->limits);
  whole->labels = TRUE;
  labels = ms_advice_make(&fixture->evidence, &fixture->limits);
  g_assert_nonnull(strstr(find_kind(masks, MS_ADVICE_EXACT)->remedy, "one wrong pixel"));
  g_assert_nonnull(strstr(find_kind(labels, MS_ADVICE_EXACT)->remedy, "one wrong label"));
  g_assert_null(strstr(find_kind(labels, MS_ADVICE_EXACT)->remedy, "pixel"));
}

static void
test_exact_limits(Fixture *fixture, gconstpointer data)
{
  MsAdvicePart *whole = &fixture->evidence.whole;

  whole->exact = DEFINED(0.05);
  assert_given(fixture, MS_ADVICE_EXACT, FALSE);
  fixture->limits.exact = 0.051;
  assert_given(fixture, MS_ADVICE_EXACT, TRUE);
  fixture->limits.iou = 0.9;
  assert_evidence(fixture, MS_ADVICE_EXACT, FALSE, "Mean IoU is 0.856: not above 0.90.");
  fixture->limits.iou = 0.85;
  assert_given(fixture, MS_ADVICE_EXACT, TRUE);
  fixture->limits.examples = 25;
  assert_evidence(fixture, MS_ADVICE_EXACT, FALSE, "Only 24 examples in the set; 25 are needed.");
  fixture->limits.examples = 24;
  whole->iou.defined = FALSE;
  assert_evidence(fixture, MS_ADVICE_EXACT, FALSE, "Mean IoU does not exist.");
}

/* --- all of them ------------------------------------------------------------------------------ */

static void
test_order(Fixture *fixture, gconstpointer data)
{
  g_autoptr(GPtrArray) advice = NULL;

  fixture->evidence.iou_gap = interval(-1, 1);
  fixture->evidence.whole.exact = DEFINED(0);
  advice = ms_advice_make(&fixture->evidence, &fixture->limits);
  g_assert_cmpuint(advice->len, ==, 3);
  g_assert_cmpint(((MsAdvice *)g_ptr_array_index(advice, 0))->kind, ==, MS_ADVICE_EXACT);
  g_assert_true(((MsAdvice *)g_ptr_array_index(advice, 0))->given);
  g_assert_cmpint(((MsAdvice *)g_ptr_array_index(advice, 1))->kind, ==, MS_ADVICE_GAP);
  g_assert_cmpint(((MsAdvice *)g_ptr_array_index(advice, 2))->kind, ==, MS_ADVICE_TRAINING);
}

static void
test_none(Fixture *fixture, gconstpointer data)
{
  g_autoptr(GPtrArray) advice = NULL;

  fixture->limits.none = TRUE;
  advice = ms_advice_make(&fixture->evidence, &fixture->limits);
  g_assert_cmpuint(advice->len, ==, 0);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
#define ADD(name, function) g_test_add("/advice/" name, Fixture, NULL, set_up, function, tear_down)
  ADD("gap", test_gap);
  ADD("gap-of-both", test_gap_of_both);
  ADD("gap-reversed", test_gap_reversed);
  ADD("gap-limit", test_gap_limit);
  ADD("gap-rounding", test_gap_rounding);
  ADD("gap-of-limit", test_gap_of_limit);
  ADD("digits", test_digits);
  ADD("gap-to-test", test_gap_to_test);
  ADD("values", test_values);
  ADD("gap-interval", test_gap_interval);
  ADD("gap-undefined", test_gap_undefined);
  ADD("too-few", test_too_few);
  ADD("groups", test_groups);
  ADD("no-splits", test_no_splits);
  ADD("training", test_training);
  ADD("exact", test_exact);
  ADD("exact-limits", test_exact_limits);
  ADD("order", test_order);
  ADD("none", test_none);
  return g_test_run();
}
