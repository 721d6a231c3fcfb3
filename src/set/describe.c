/* SPDX-License-Identifier: MIT
 *
 * Words for numbers. Plain ASCII on purpose: the same text goes to terminals, into PNG text and
 * onto labels. Nothing here computes a score; the formulas only lay out counts that the metric
 * module gave.
 */
#include "set/describe.h"

#include <math.h>
#include <string.h>

#define SHORTENED    10000 /* counts from this on */
#define MAX_DIGITS   9
#define SCORE_DIGITS 2

char *
ms_describe_count(guint64 count)
{
  g_autofree char *digits = g_strdup_printf("%" G_GUINT64_FORMAT, count);
  gsize length = strlen(digits);
  GString *text = g_string_sized_new(length + length / 3);

  for (gsize i = 0; i < length; i++) {
    if (i > 0 && (length - i) % 3 == 0)
      g_string_append_c(text, ',');
    g_string_append_c(text, digits[i]);
  }
  return g_string_free(text, FALSE);
}

char *
ms_describe_sentence(const char *words)
{
  char *sentence = g_strconcat(words, ".", NULL);

  sentence[0] = g_ascii_toupper(sentence[0]);
  return sentence;
}

static char *
format_fixed(double value, guint digits)
{
  char format[16];
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_snprintf(format, sizeof format, "%%.%uf", digits);
  g_ascii_formatd(buffer, sizeof buffer, format, value);
  if (g_ascii_strtod(buffer, NULL) == 0) /* and not -0.000 */
    g_ascii_formatd(buffer, sizeof buffer, format, 0);
  return g_strdup(buffer);
}

char *
ms_describe_short_count(guint64 count)
{
  static const char units[] = "kMGTPE";
  char digits[16];
  double value = (double)count;
  guint unit = 0;

  if (count < SHORTENED)
    return ms_describe_count(count);
  for (value /= 1000; value >= 999.5; value /= 1000)
    unit++;
  g_ascii_formatd(digits, sizeof digits,
                  value < 9.995   ? "%.2f"
                  : value < 99.95 ? "%.1f"
                                  : "%.0f",
                  value);
  return g_strdup_printf("%s%c", digits, units[unit]);
}

char *
ms_describe_ratio(MsValue value, guint digits)
{
  g_autofree char *text = NULL;
  double step = 1;

  digits = CLAMP(digits, 1, 15);
  if (!value.defined)
    return g_strdup("n/a");
  for (guint i = 0; i < digits; i++)
    step /= 10;
  text = format_fixed(value.value, digits);
  if (value.value < 1 && g_ascii_strtod(text, NULL) >= 1)
    return format_fixed(1 - step, digits);
  if (value.value > 0 && g_ascii_strtod(text, NULL) <= 0)
    return format_fixed(step, digits);
  return g_steal_pointer(&text);
}

char *
ms_describe_measure(MsMeasure measure, MsValue value, guint digits)
{
  const char *unit = ms_measure_info(measure)->unit;
  g_autofree char *number = NULL;

  if (value.defined && isinf(value.value))
    return g_strdup("infinite");
  number = ms_describe_ratio(value, digits);
  return value.defined && *unit ? g_strdup_printf("%s %s", number, unit) : g_steal_pointer(&number);
}

static int
compare(double a, double b)
{
  return (a > b) - (a < b);
}

static gboolean
reads_beside(const char *text, double value, double limit)
{
  return compare(g_ascii_strtod(text, NULL), limit) == compare(value, limit);
}

/* A difference that no reasonable number of digits shows is left out. */
char *
ms_describe_beside(double value, double limit, guint digits)
{
  for (guint more = digits; more <= MAX_DIGITS; more++) {
    g_autofree char *text = format_fixed(value, more);

    if (reads_beside(text, value, limit) && reads_beside(text, value, 0) &&
        reads_beside(text, value, 1))
      return g_steal_pointer(&text);
  }
  return ms_describe_ratio((MsValue){.value = value, .defined = TRUE}, digits);
}

char *
ms_describe_label_score(double score, double threshold)
{
  MsValue value = {.value = score, .defined = TRUE};
  g_autofree char *text = ms_describe_ratio(value, SCORE_DIGITS);

  return reads_beside(text, score, threshold) ? g_steal_pointer(&text)
                                              : ms_describe_beside(score, threshold, SCORE_DIGITS);
}

char *
ms_describe_exact_number(double value)
{
  static const char *const formats[] = {"%.15g", "%.16g", "%.17g"};
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
    g_ascii_formatd(buffer, sizeof buffer, formats[i], value);
    if (g_ascii_strtod(buffer, NULL) == value)
      break;
  }
  return g_strdup(buffer);
}

static gboolean
is_of_labels(const MsConfusion *confusion)
{
  return ms_confusion_comparison(confusion) == MS_COMPARE_LABELS;
}

static char *
describe_both_empty(MsEmptyRule empty, gboolean labels)
{
  static const char *const values[] = {
      [MS_EMPTY_ONE] = "1 by rule",
      [MS_EMPTY_ZERO] = "0 by rule",
      [MS_EMPTY_SKIP] = "no value by rule",
  };

  return g_strdup_printf("both %s empty: %s", labels ? "label sets" : "masks", values[empty]);
}

/* "416 / (416 + 73 + 39)"; third may be NULL. */
static char *
describe_division(guint64 numerator, const char *factor, guint64 second, const guint64 *third)
{
  g_autofree char *tp = ms_describe_count(numerator);
  g_autofree char *more = ms_describe_count(second);
  g_autofree char *last = third ? ms_describe_count(*third) : NULL;

  return g_strdup_printf("%s%s / (%s%s + %s%s%s)", factor, tp, factor, tp, more, last ? " + " : "",
                         last ? last : "");
}

static char *
describe_one_against_rest(const MsCounts *counts)
{
  g_autofree char *tp = ms_describe_count(counts->tp);
  g_autofree char *tn = ms_describe_count(counts->tn);
  g_autofree char *all = ms_describe_count(counts->tp + counts->fp + counts->fn + counts->tn);

  return g_strdup_printf("(%s + %s) / %s", tp, tn, all);
}

static char *
describe_accuracy(const MsConfusion *confusion)
{
  MsCounts counts = ms_confusion_counts(confusion);
  guint64 counted = ms_confusion_counted(confusion);
  g_autofree char *all = ms_describe_count(counted);
  g_autofree char *right = ms_describe_count(counted - ms_confusion_wrong(confusion));

  if (ms_confusion_has_tn(confusion))
    return describe_one_against_rest(&counts);
  return g_strdup_printf("%s / %s", right, all);
}

char *
ms_describe_iou_formula(const MsConfusion *confusion, MsEmptyRule empty)
{
  return ms_describe_formula(confusion, MS_METRIC_IOU, empty);
}

static char *
describe_overlap(const MsCounts *counts, MsMetric metric, MsEmptyRule empty, gboolean labels)
{
  if (counts->tp + counts->fp + counts->fn == 0)
    return describe_both_empty(empty, labels);
  switch (metric) {
  case MS_METRIC_IOU:
    return describe_division(counts->tp, "", counts->fp, &counts->fn);
  case MS_METRIC_DICE:
    return describe_division(counts->tp, "2 * ", counts->fp, &counts->fn);
  case MS_METRIC_PRECISION:
    if (counts->tp + counts->fp == 0)
      return g_strdup("nothing predicted: 0 by rule");
    return describe_division(counts->tp, "", counts->fp, NULL);
  case MS_METRIC_RECALL:
    if (counts->tp + counts->fn == 0)
      return g_strdup("nothing to find: 0 by rule");
    return describe_division(counts->tp, "", counts->fn, NULL);
  default:
    g_return_val_if_reached(NULL);
  }
}

char *
ms_describe_formula(const MsConfusion *confusion, MsMetric metric, MsEmptyRule empty)
{
  MsCounts counts = ms_confusion_counts(confusion);

  if (metric == MS_METRIC_EXACT_MATCH)
    return ms_describe_match(confusion);
  if (ms_confusion_counted(confusion) == 0)
    return g_strdup_printf("no %s is counted", is_of_labels(confusion) ? "label" : "pixel");
  if (metric == MS_METRIC_ACCURACY)
    return describe_accuracy(confusion);
  return describe_overlap(&counts, metric, empty, is_of_labels(confusion));
}

char *
ms_describe_class_formula(const MsClassCounts *class, MsMetric metric, MsEmptyRule empty)
{
  const MsCounts *counts = &class->counts;

  if (metric == MS_METRIC_ACCURACY)
    return describe_one_against_rest(counts);
  if (counts->tp + counts->fp + counts->fn == 0)
    return g_strdup("in neither mask");
  return describe_overlap(counts, metric, empty, FALSE);
}

char *
ms_describe_match(const MsConfusion *confusion)
{
  const char *item = is_of_labels(confusion) ? "label" : "pixel";
  guint64 counted = ms_confusion_counted(confusion);
  guint64 wrong = ms_confusion_wrong(confusion);
  g_autofree char *counted_text = ms_describe_count(counted);
  g_autofree char *wrong_text = ms_describe_count(wrong);

  if (counted == 0)
    return g_strdup_printf("Exact match: no %s is counted", item);
  if (counted == 1)
    return g_strdup_printf(
        wrong ? "Not exact: the one %s differs" : "Exact match: the one %s agrees", item);
  if (wrong == 0)
    return g_strdup_printf("Exact match: all %s %ss agree", counted_text, item);
  return g_strdup_printf("Not exact: %s of %s %ss %s", wrong_text, counted_text, item,
                         wrong == 1 ? "differs" : "differ");
}

const char *
ms_describe_empty_rule(const MsRules *rules)
{
  static const char *const sentences[][2] = {
      [MS_EMPTY_ONE] = {"both masks empty score 1", "both label sets empty score 1"},
      [MS_EMPTY_ZERO] = {"both masks empty score 0", "both label sets empty score 0"},
      [MS_EMPTY_SKIP] = {"both masks empty have no score and are left out of means",
                         "both label sets empty have no score and are left out of means"},
  };

  return sentences[rules->empty][rules->comparison == MS_COMPARE_LABELS];
}
