/* SPDX-License-Identifier: MIT
 *
 * For each kind of advice one function that either gives it or says why not. Numbers are told
 * beside the limits that decide on them, so that no sentence contradicts itself.
 */
#include "set/advice.h"

#include <math.h>

#include "set/describe.h"
#include "set/inventory.h"

#define MAX_DIGITS 4
#define DIGITS          3
#define INTERVAL_DIGITS 2
#define LIMIT_DIGITS    2

/* 0.9 - 0.8 is a gap of 0.1. */
#define ROUNDING 1e-9

void
ms_advice_limits_init(MsAdviceLimits *limits)
{
  *limits =
      (MsAdviceLimits){.gap = 0.10, .training = 0.5, .exact = 0.05, .iou = 0.7, .examples = 10};
}

void
ms_advice_free(MsAdvice *advice)
{
  if (!advice)
    return;
  g_free(advice->headline);
  g_free(advice->evidence);
  g_free(advice->remedy);
  g_free(advice);
}

const char *
ms_advice_kind_id(MsAdviceKind kind)
{
  static const char *const ids[MS_N_ADVICE] = {
      [MS_ADVICE_GAP] = "gap",
      [MS_ADVICE_TRAINING] = "training",
      [MS_ADVICE_EXACT] = "exact",
  };

  return ids[kind];
}

/* Takes the evidence. */
static MsAdvice *
advise(MsAdviceKind kind, const char *headline, char *evidence, const char *remedy)
{
  MsAdvice *advice = g_new0(MsAdvice, 1);

  advice->kind = kind;
  advice->given = TRUE;
  advice->headline = g_strdup(headline);
  advice->evidence = evidence;
  advice->remedy = g_strdup(remedy);
  return advice;
}

/* Takes the reason. */
static MsAdvice *
refrain(MsAdviceKind kind, char *reason)
{
  static const char *const headlines[MS_N_ADVICE] = {
      [MS_ADVICE_GAP] = "No advice on training against validation",
      [MS_ADVICE_TRAINING] = "No advice on the score of training examples",
      [MS_ADVICE_EXACT] = "No advice on exact match against IoU",
  };
  MsAdvice *advice = advise(kind, headlines[kind], reason, NULL);

  advice->given = FALSE;
  return advice;
}

/* --- numbers as words ------------------------------------------------------------------------- */

static int
compare(double a, double b)
{
  return (a > b) - (a < b);
}

/* Cuts a number to MAX_DIGITS towards the limit's other side, never onto it. */
static char *
format_apart(double value, double limit)
{
  double scale = pow(10, MAX_DIGITS);
  double cut = value < limit ? ceil(limit * scale) - 1 : floor(limit * scale) + 1;
  char format[8];
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_snprintf(format, sizeof format, "%%.%df", MAX_DIGITS);
  return g_strdup(g_ascii_formatd(buffer, sizeof buffer, format, cut / scale));
}

/* With as few digits as it takes to be on its side of the limit, and of 0 and 1; no rounding error
 * takes more than MAX_DIGITS. */
static char *
format_beside(double value, double limit, guint digits)
{
  const double limits[] = {limit, 0, 1};
  g_autofree char *text = ms_describe_beside(value, limit, digits);
  const char *point = strchr(text, '.');

  if (!point || strlen(point + 1) <= MAX_DIGITS)
    return g_steal_pointer(&text);
  for (guint i = 0; i < G_N_ELEMENTS(limits); i++) {
  }
}

static char *
format_limit(double limit)
{
  g_autofree char *text = ms_describe_beside(limit, limit, LIMIT_DIGITS);

  return g_ascii_strtod(text, NULL) == limit ? g_steal_pointer(&text)
                                             : ms_describe_exact_number(limit);
}

/* "95 % interval 0.13 to 0.45" */
static char *
format_interval(double low, double high, double limit)
{
  g_autofree char *from = ms_describe_beside(low, limit, INTERVAL_DIGITS);
  g_autofree char *to = ms_describe_beside(high, limit, INTERVAL_DIGITS);

  return g_strdup_printf("95 %% interval %s to %s", from, to);
}

static const char *
name_of(const MsAdvicePart *part)
{
  return part->name ? part->name : "the set";
}

/* "14 examples", "140 examples in 14 groups" */
static char *
format_size(const MsAdvicePart *part)
{
  g_autofree char *examples = ms_describe_count(part->n_scored);
  g_autofree char *groups = ms_describe_count(part->n_groups);

  if (part->n_groups == 0)
    return g_strdup_printf("%s %s", examples, part->n_scored == 1 ? "example" : "examples");
  return g_strdup_printf("%s examples in %s %s", examples, groups,
                         part->n_groups == 1 ? "group" : "groups");
}

/* --- what is no evidence ---------------------------------------------------------------------- */

/* NULL: enough of them. */
static char *
describe_too_few(const MsAdvicePart *part, const MsAdviceLimits *limits)
{
  guint64 n = part->n_groups ? part->n_groups : part->n_scored;
  const char *unit = part->n_groups ? "group" : "example";
  g_autofree char *has = ms_describe_count(n);
  g_autofree char *needs = ms_describe_count(limits->examples);

  if (n >= limits->examples)
    return NULL;
  return g_strdup_printf("Only %s %s%s %s %s; %s are needed.", has, unit, n == 1 ? "" : "s",
                         part->name ? "on" : "in", name_of(part), needs);
}

/* Why training cannot be set against validation; NULL: it can. */
static char *
describe_no_pair(const MsAdviceEvidence *evidence, const MsAdviceLimits *limits)
{
  g_autofree char *training = NULL;
  g_autofree char *validation = NULL;

  if (evidence->training_unclear || evidence->validation_unclear)
    return g_strdup(evidence->training_unclear ? evidence->training_unclear
                                               : evidence->validation_unclear);
  if (!evidence->training && !evidence->validation)
    return g_strdup("There are no splits named train and val (or test).");
  if (!evidence->training)
    return g_strdup("There is no split named train.");
  if (!evidence->validation)
    return g_strdup("There is no split named val or test.");
  if (evidence->overlap)
    return g_strdup(evidence->overlap);
  training = describe_too_few(evidence->training, limits);
  validation = describe_too_few(evidence->validation, limits);
  if (training && validation)
    return g_strdup_printf("%s %s", training, validation);
  return training ? g_steal_pointer(&training) : g_steal_pointer(&validation);
}

/* --- training against validation -------------------------------------------------------------- */

/* One score on both sides. */
typedef struct {
  const char *name; /* as a sentence begins */
  const char *of;   /* after "of" */
  MsValue training;
  MsValue validation;
  MsInterval interval; /* of training - validation */
} Gap;

static double
gap_size(const Gap *gap)
{
  return gap->training.value - gap->validation.value;
}

/* 1: training is better, -1: validation is; 0: there is no evidence for either. */
static int
gap_direction(const Gap *gap, double limit)
{
  if (!gap->training.defined || !gap->validation.defined ||
      gap->interval.method == MS_INTERVAL_NONE)
    return 0;
  if (gap_size(gap) >= limit - ROUNDING && gap->interval.low > 0)
    return 1;
  return -gap_size(gap) >= limit - ROUNDING && gap->interval.high < 0 ? -1 : 0;
}

/* "Mean IoU is 0.970 on train (14 examples) and 0.696 on val (10 examples): 0.274 higher, 95 %
 * interval 0.13 to 0.45." Sizes are told once. */
static void
append_gap(GString *text, const Gap *gap, const MsAdviceEvidence *evidence)
{
  gboolean first = text->len == 0;
  double size = gap_size(gap), low = gap->interval.low, high = gap->interval.high;
  g_autofree char *training = ms_describe_ratio(gap->training, DIGITS);
  g_autofree char *validation = ms_describe_ratio(gap->validation, DIGITS);
  g_autofree char *training_size = format_size(evidence->training);
  g_autofree char *validation_size = format_size(evidence->validation);
  g_autofree char *difference = ms_describe_beside(ABS(size), 0, DIGITS);
  g_autofree char *interval =
      size > 0 ? format_interval(low, high, 0) : format_interval(-high, -low, 0);

  g_string_append_printf(text, "%s%s is %s on %s", first ? "" : " ", gap->name, training,
                         evidence->training->name);
  if (first)
    g_string_append_printf(text, " (%s)", training_size);
  g_string_append_printf(text, " and %s on %s", validation, evidence->validation->name);
  if (first)
    g_string_append_printf(text, " (%s)", validation_size);
  g_string_append_printf(text, ": %s %s, %s.", difference, size > 0 ? "higher" : "lower", interval);
}

/* Why a gap says nothing. */
static void
append_no_gap(GString *text, const Gap *gap, const MsAdviceEvidence *evidence, double limit)
{
  const char *space = text->len ? " " : "";
  gboolean small;
  g_autofree char *size = NULL;
  g_autofree char *interval = NULL;
  g_autofree char *shown_limit = format_limit(limit);

  if (!gap->training.defined || !gap->validation.defined) {
    const MsAdvicePart *part = gap->training.defined ? evidence->validation : evidence->training;
    g_string_append_printf(text, "%s%s does not exist on %s.", space, gap->name, part->name);
    return;
  }
  if (gap->interval.method == MS_INTERVAL_NONE) {
    g_string_append_printf(text, "%sThe gap of %s has no interval.", space, gap->of);
    return;
  }
  small = ABS(gap_size(gap)) < limit - ROUNDING;
  size = ms_describe_beside(gap_size(gap), gap_size(gap) < 0 ? -limit : limit, DIGITS);
  interval = format_interval(gap->interval.low, gap->interval.high, 0);
  g_string_append_printf(text, "%sThe gap of %s is %s (%s): %s%s.", space, gap->of, size, interval,
                         small ? "below " : "the interval includes zero", small ? shown_limit : "");
}

static MsAdvice *
advise_on_gap(int direction, char *evidence)
{
  if (direction > 0)
    return advise(MS_ADVICE_GAP, "Much better on training than on validation examples", evidence,
                  "The model may have memorised its training examples (overfitting): regularise "
                  "it, with dropout or batch normalisation or with weight decay, or train it on "
                  "more data. Or the validation examples differ from the training examples: then "
                  "make a new split.");
  return advise(MS_ADVICE_GAP, "Better on validation than on training examples", evidence,
                "The validation examples may be easier than the training examples: look at how "
                "the split was made, or make a new one. Or the training examples were scored the "
                "way they are trained on, under augmentation or dropout: score both sides "
                "alike.");
}

static MsAdvice *
judge_gap(const MsAdviceEvidence *evidence, const MsAdviceLimits *limits)
{
  char *obstacle = describe_no_pair(evidence, limits);
  g_autoptr(GString) text = g_string_new(NULL);
  int direction = 0;

  if (obstacle)
    return refrain(MS_ADVICE_GAP, obstacle);

  const Gap gaps[] = {
      {"Mean IoU", "mean IoU", evidence->training->iou, evidence->validation->iou,
       evidence->iou_gap},
      {"The exact match ratio", "the exact match ratio", evidence->training->exact,
       evidence->validation->exact, evidence->exact_gap},
  };
  for (guint i = 0; i < G_N_ELEMENTS(gaps) && direction == 0; i++)
    direction = gap_direction(&gaps[i], limits->gap);
  for (guint i = 0; i < G_N_ELEMENTS(gaps); i++) {
    if (direction == 0)
      append_no_gap(text, &gaps[i], evidence, limits->gap);
    else if (gap_direction(&gaps[i], limits->gap) == direction)
      append_gap(text, &gaps[i], evidence);
  }
  if (direction == 0)
    return refrain(MS_ADVICE_GAP, g_strdup(text->str));
  return advise_on_gap(direction, g_strdup(text->str));
}

/* --- the training examples alone -------------------------------------------------------------- */

/* Why their score says nothing about learning; NULL: it is low. */
static char *
describe_not_low(const MsAdvicePart *part, double limit)
{
  g_autofree char *value = ms_describe_beside(part->iou.value, limit, DIGITS);
  g_autofree char *interval =
      format_interval(part->iou_interval.low, part->iou_interval.high, limit);
  g_autofree char *shown_limit = format_limit(limit);

  if (!part->iou.defined)
    return g_strdup_printf("Mean IoU does not exist on %s.", part->name);
  if (part->iou.value >= limit)
    return g_strdup_printf("Mean IoU is %s on %s: not below %s.", value, part->name, shown_limit);
  if (part->iou_interval.method == MS_INTERVAL_NONE)
    return g_strdup_printf("Mean IoU has no interval on %s.", part->name);
  if (part->iou_interval.high >= limit)
    return g_strdup_printf("Mean IoU is %s on %s (%s): the interval reaches %s.", value, part->name,
                           interval, shown_limit);
  return NULL;
}

static MsAdvice *
judge_training(const MsAdviceEvidence *evidence, const MsAdviceLimits *limits)
{
  const MsAdvicePart *part = evidence->training;
  char *reason = NULL;
  g_autofree char *value = NULL;
  g_autofree char *interval = NULL;
  g_autofree char *size = NULL;
  g_autofree char *limit = format_limit(limits->training);

  if (evidence->training_unclear)
    reason = g_strdup(evidence->training_unclear);
  else if (!part)
    reason = g_strdup("There is no split named train.");
  else
    reason = describe_too_few(part, limits);
  if (!reason)
    reason = describe_not_low(part, limits->training);
  if (reason)
    return refrain(MS_ADVICE_TRAINING, reason);

  value = ms_describe_beside(part->iou.value, limits->training, DIGITS);
  interval = format_interval(part->iou_interval.low, part->iou_interval.high, limits->training);
  size = format_size(part);
  return advise(MS_ADVICE_TRAINING, "Low on the training examples themselves",
                g_strdup_printf("Mean IoU is %s on %s (%s), %s: below %s.", value, part->name, size,
                                interval, limit),
                "The model is not learning the task well enough: train it for longer, try another "
                "model, or give it more data.");
}

/* --- exact match against IoU ------------------------------------------------------------------ */

/* NULL: exact match asks for more than the model's IoU would lead one to expect. */
static char *
describe_right_question(const MsAdvicePart *part, const MsAdviceLimits *limits)
{
  g_autofree char *exact = ms_describe_beside(part->exact.value, limits->exact, DIGITS);
  g_autofree char *iou = ms_describe_beside(part->iou.value, limits->iou, DIGITS);
  g_autofree char *exact_limit = format_limit(limits->exact);
  g_autofree char *iou_limit = format_limit(limits->iou);

  if (!part->exact.defined || !part->iou.defined)
    return g_strdup_printf("%s does not exist.",
                           part->exact.defined ? "Mean IoU" : "The exact match ratio");
  if (part->exact.value >= limits->exact)
    return g_strdup_printf("The exact match ratio is %s: not below %s.", exact, exact_limit);
  if (part->iou.value <= limits->iou)
    return g_strdup_printf("Mean IoU is %s: not above %s.", iou, iou_limit);
  return NULL;
}

static MsAdvice *
judge_exact(const MsAdviceEvidence *evidence, const MsAdviceLimits *limits)
{
  const MsAdvicePart *part = &evidence->whole;
  char *reason = describe_too_few(part, limits);
  g_autofree char *exact = NULL;
  g_autofree char *iou = NULL;
  g_autofree char *size = format_size(part);

  if (!reason)
    reason = describe_right_question(part, limits);
  if (reason)
    return refrain(MS_ADVICE_EXACT, reason);

  exact = ms_describe_beside(part->exact.value, limits->exact, DIGITS);
  iou = ms_describe_beside(part->iou.value, limits->iou, DIGITS);
  return advise(
      MS_ADVICE_EXACT, "Exact match may be the wrong question",
      g_strdup_printf("The exact match ratio is %s while mean IoU is %s (%s).", exact, iou, size),
      part->labels ? "Judge by exact match where one wrong label makes the whole answer "
                     "useless, and by IoU where being nearly right counts."
                   : "Judge by exact match where one wrong pixel makes the whole mask "
                     "useless, and by IoU where being nearly right counts.");
}

GPtrArray *
ms_advice_make(const MsAdviceEvidence *evidence, const MsAdviceLimits *limits)
{
  GPtrArray *advice = g_ptr_array_new_with_free_func((GDestroyNotify)ms_advice_free);
  guint n_given = 0;

  if (limits->none)
    return advice;
  g_ptr_array_add(advice, judge_gap(evidence, limits));
  g_ptr_array_add(advice, judge_training(evidence, limits));
  g_ptr_array_add(advice, judge_exact(evidence, limits));
  for (guint i = 0; i < advice->len; i++) {
    MsAdvice *item = g_ptr_array_index(advice, i);

    if (item->given)
      g_ptr_array_insert(advice, (int)n_given++, g_ptr_array_steal_index(advice, i));
  }
  return advice;
}
