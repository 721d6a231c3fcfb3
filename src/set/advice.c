/* SPDX-License-Identifier: MIT
 *
 * For each kind of advice one function that either gives it or says why not. Numbers are told
 * beside the limits that decide on them, so that no sentence contradicts itself.
 */
#include "set/advice.h"

#include "set/advice-words.h"
#include "set/describe.h"
#include "set/inventory.h"

#define DIGITS 3

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

static const char *
name_of(const MsAdvicePart *part)
{
  return part->name ? part->name : "the set";
}

/* "14 examples", "140 examples in 14 groups and 3 examples without one" */
static char *
format_size(const MsAdvicePart *part)
{
  g_autofree char *examples = ms_describe_count(part->n_scored);
  guint64 n_grouped = part->n_scored - part->n_ungrouped;
  g_autofree char *grouped = ms_describe_count(n_grouped);
  g_autofree char *units = ms_advice_describe_units(part->n_groups, part->n_ungrouped);

  if (part->n_groups == 0)
    return g_strdup_printf("%s %s", examples, part->n_scored == 1 ? "example" : "examples");
  return g_strdup_printf("%s %s in %s", grouped, n_grouped == 1 ? "example" : "examples", units);
}

/* --- what is no evidence ---------------------------------------------------------------------- */

/* NULL: enough of them. */
static char *
describe_too_few(const MsAdvicePart *part, const MsAdviceLimits *limits)
{
  guint64 n = part->n_groups ? part->n_groups + part->n_ungrouped : part->n_scored;
  g_autofree char *has = part->n_groups
                             ? ms_advice_describe_units(part->n_groups, part->n_ungrouped)
                             : format_size(part);
  g_autofree char *needs = ms_describe_count(limits->examples);

  if (n >= limits->examples)
    return NULL;
  return g_strdup_printf("Only %s %s %s; %s are needed.", has, part->name ? "on" : "in",
                         name_of(part), needs);
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
  if (gap_size(gap) >= limit - MS_ADVICE_ROUNDING && gap->interval.low > 0)
    return 1;
  return -gap_size(gap) >= limit - MS_ADVICE_ROUNDING && gap->interval.high < 0 ? -1 : 0;
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
  g_autofree char *difference = ms_advice_format_beside(ABS(size), 0, DIGITS);
  g_autofree char *interval = size > 0 ? ms_advice_format_interval(low, high, 0)
                                       : ms_advice_format_interval(-high, -low, 0);

  g_string_append_printf(text, "%s%s is %s on %s", first ? "" : " ", gap->name, training,
                         evidence->training->name);
  if (first)
    g_string_append_printf(text, " (%s)", training_size);
  g_string_append_printf(text, " and %s on %s", validation, evidence->validation->name);
  if (first)
    g_string_append_printf(text, " (%s)", validation_size);
  g_string_append_printf(text, ": %s %s, %s.", difference, size > 0 ? "higher" : "lower", interval);
}

/* A number that is another but for rounding. */
static double
snap(double number, double other)
{
  return ABS(number - other) <= MS_ADVICE_ROUNDING ? other : number;
}

/* Why a gap says nothing. */
static void
append_no_gap(GString *text, const Gap *gap, const MsAdviceEvidence *evidence, double limit)
{
  const char *space = text->len ? " " : "";
  double signed_limit;
  gboolean small;
  g_autofree char *size = NULL;
  g_autofree char *interval = NULL;
  g_autofree char *shown_limit = ms_advice_format_limit(limit);

  if (!gap->training.defined || !gap->validation.defined) {
    const MsAdvicePart *part = gap->training.defined ? evidence->validation : evidence->training;
    g_string_append_printf(text, "%s%s does not exist on %s.", space, gap->name, part->name);
    return;
  }
  if (gap->interval.method == MS_INTERVAL_NONE) {
    g_string_append_printf(text, "%sThe gap of %s has no interval.", space, gap->of);
    return;
  }
  signed_limit = gap_size(gap) < 0 ? -limit : limit;
  small = ABS(gap_size(gap)) < limit - MS_ADVICE_ROUNDING;
  size = ms_advice_format_beside(snap(snap(gap_size(gap), 0), signed_limit), signed_limit, DIGITS);
  interval = ms_advice_format_interval(snap(gap->interval.low, 0), snap(gap->interval.high, 0), 0);
  g_string_append_printf(text, "%sThe gap of %s is %s (%s): %s%s.", space, gap->of, size, interval,
                         small ? "below " : "the interval includes zero", small ? shown_limit : "");
}

/* Takes the text. Where validation is the split `test`, it is called that. */
static MsAdvice *
advise_on_gap(int direction, const MsAdvicePart *validation, char *text)
{
  const char *other =
      g_strcmp0(ms_split_normalize(validation->name), "test") == 0 ? "test" : "validation";
  g_autofree char *headline = NULL;
  g_autofree char *remedy = NULL;

  if (direction > 0) {
    headline = g_strdup_printf("Much better on training than on %s examples", other);
    remedy = g_strdup_printf(
        "The model may have memorised its training examples (overfitting): regularise it, with "
        "dropout or batch normalisation or with weight decay, or train it on more data. Or the %s "
        "examples differ from the training examples: then make a new split.",
        other);
  } else {
    headline = g_strdup_printf("Better on %s than on training examples", other);
    remedy = g_strdup_printf(
        "The %s examples may be easier than the training examples: look at how the split was "
        "made, or make a new one. Or the training examples were scored the way they are trained "
        "on, under augmentation or dropout: score both sides alike.",
        other);
  }
  return advise(MS_ADVICE_GAP, headline, text, remedy);
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
  return advise_on_gap(direction, evidence->validation, g_strdup(text->str));
}

/* --- the training examples alone -------------------------------------------------------------- */

/* Why their score says nothing about learning; NULL: it is low. */
static char *
describe_not_low(const MsAdvicePart *part, double limit)
{
  g_autofree char *value = ms_advice_format_beside(part->iou.value, limit, DIGITS);
  g_autofree char *interval =
      ms_advice_format_interval(part->iou_interval.low, part->iou_interval.high, limit);
  g_autofree char *shown_limit = ms_advice_format_limit(limit);

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
  g_autofree char *limit = ms_advice_format_limit(limits->training);

  if (evidence->training_unclear)
    reason = g_strdup("It is not clear which split holds the training examples.");
  else if (!part)
    reason = g_strdup("There is no training split to look at.");
  else
    reason = describe_too_few(part, limits);
  if (!reason)
    reason = describe_not_low(part, limits->training);
  if (reason)
    return refrain(MS_ADVICE_TRAINING, reason);

  value = ms_advice_format_beside(part->iou.value, limits->training, DIGITS);
  interval =
      ms_advice_format_interval(part->iou_interval.low, part->iou_interval.high, limits->training);
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
  g_autofree char *exact = ms_advice_format_beside(part->exact.value, limits->exact, DIGITS);
  g_autofree char *iou = ms_advice_format_beside(part->iou.value, limits->iou, DIGITS);
  g_autofree char *exact_limit = ms_advice_format_limit(limits->exact);
  g_autofree char *iou_limit = ms_advice_format_limit(limits->iou);

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

  exact = ms_advice_format_beside(part->exact.value, limits->exact, DIGITS);
  iou = ms_advice_format_beside(part->iou.value, limits->iou, DIGITS);
  return advise(
      MS_ADVICE_EXACT, "Exact match may be the wrong question",
      g_strdup_printf("The exact match ratio is %s while mean IoU is %s (%s).", exact, iou, size),
      part->labels ? "Judge by exact match where one wrong label makes the whole answer "
                     "useless, and by IoU where being nearly right counts."
                   : "Judge by exact match where one wrong pixel makes the whole mask "
                     "useless, and by IoU where being nearly right counts.");
}

static void
take_values(MsAdvice *advice, const MsAdviceEvidence *evidence)
{
  const MsAdvicePart *training = evidence->training, *validation = evidence->validation;

  advice->iou = (MsAdviceValues){.whole = evidence->whole.iou, .gap = evidence->iou_gap};
  advice->exact = (MsAdviceValues){.whole = evidence->whole.exact, .gap = evidence->exact_gap};
  if (training) {
    advice->iou.training = training->iou;
    advice->exact.training = training->exact;
  }
  if (validation) {
    advice->iou.validation = validation->iou;
    advice->exact.validation = validation->exact;
  }
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

    take_values(item, evidence);
    if (item->given)
      g_ptr_array_insert(advice, (int)n_given++, g_ptr_array_steal_index(advice, i));
  }
  return advice;
}
