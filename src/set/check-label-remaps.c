/* SPDX-License-Identifier: MIT
 *
 * Predicted labels that were written otherwise than the actual ones: under names that differ, under
 * each other's names, or as what an example does not have. Told from how often each actual label
 * and each predicted one stand together, and from the score that would follow.
 */
#include <string.h>

#include "set/check-private.h"
#include "set/check-sample.h"
#include "set/describe.h"

/* Pairs of more labels than these are not counted. */
#define MAX_LABELS 512

/* Fewer examples, or fewer with a label, tell nothing. */
#define MIN_ROWS 20
#define MIN_USES 5
#define N_NAMED  4

/* Rows in which labels are counted together, however many labels they have. */
#define MIN_COUNTED 256

#define NO_TARGET G_MAXUINT

/* The IoU that a label must have with another one's predictions, over all examples, and what it
 * must gain by that. */
#define HIGH_IOU 0.5
#define MORE_IOU 0.2

/* As of masks: recall less the share of the others that are predicted. */
#define INVERTED_BELOW (-0.5)
#define INVERTED_SHARE 0.75

typedef struct {
  MsCheckLabelRows *rows;
  guint model;
  const MsLabelData *data;
  guint n_labels;
  guint n_rows;       /* with both sides, of those that are counted */
  guint n_all;        /* with both sides */
  guint *n_actual;    /* rows with each label */
  guint *n_predicted; /* of labels that count */
  guint *both;        /* [actual * n_labels + predicted] */
} Uses;

static void
uses_clear(Uses *uses)
{
  g_free(uses->n_actual);
  g_free(uses->n_predicted);
  g_free(uses->both);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Uses, uses_clear)

/* Counts the labels of a row. */
static void
add_row(Uses *uses)
{
  const MsLabelSet *actual = &uses->rows->actual, *predicted = &uses->rows->predicted;

  uses->n_rows++;
  ms_check_label_rows_count(uses->rows, actual, uses->n_actual);
  ms_check_label_rows_count(uses->rows, predicted, uses->n_predicted);
  for (gsize i = 0; i < uses->rows->n_words; i++)
    for (uint64_t left = actual->words[i]; left; left &= left - 1) {
      gsize label = i * MS_LABEL_WORD_BITS + (guint)__builtin_ctzll(left);

      ms_check_label_rows_count(uses->rows, predicted, uses->both + label * uses->n_labels);
    }
}

/* Of all rows, or of so many evenly spread ones that they hold no more pairs than can be counted.
 */
static guint
count_wanted(const MsCheckLabelRows *rows, double n_pairs)
{
  guint n = ms_check_label_rows_length(rows);
  double share = rows->evidence->n_label_pairs / MAX(n_pairs, 1);

  return share >= 1 ? n : MIN(n, MAX((guint)(share * n), MIN_COUNTED));
}

/* FALSE: there are too few examples, or too many labels. */
static gboolean
uses_init(Uses *uses, MsCheckLabelRows *rows, guint n_all, double n_pairs)
{
  guint n = rows->n_labels, n_wanted = count_wanted(rows, n_pairs);

  *uses =
      (Uses){.rows = rows, .model = rows->model, .data = rows->data, .n_labels = n, .n_all = n_all};
  if (n == 0 || n > MAX_LABELS)
    return FALSE;
  uses->n_actual = g_new0(guint, n);
  uses->n_predicted = g_new0(guint, n);
  uses->both = g_new0(guint, (gsize)n * n);
  for (guint i = 0; i < n_wanted && !ms_check_label_rows_is_over(rows); i++) {
    guint place = ms_check_sample_place(ms_check_label_rows_length(rows), n_wanted, i);

    if (ms_check_label_rows_read(rows, ms_check_label_rows_example(rows, place)))
      add_row(uses);
  }
  return uses->n_rows >= MIN_ROWS;
}

static double
iou_of(const Uses *uses, guint actual, guint predicted)
{
  guint both = uses->both[actual * uses->n_labels + predicted];
  guint any = uses->n_actual[actual] + uses->n_predicted[predicted] - both;

  return any ? (double)both / any : 0;
}

/* --- what a remedy does --------------------------------------------------------------------- */

/* Either of them. */
typedef struct {
  guint *to; /* what each predicted label becomes */
  gboolean inverted;
} Remedy;

/* Of the row that was read. */
static MsValue
score_row(const MsCheckLabelRows *rows, const MsLabelSet *predicted)
{
  MsCounts counts = {0};

  for (gsize i = 0; i < rows->n_words; i++) {
    uint64_t a = rows->actual.words[i], p = predicted->words[i];

    counts.tp += (uint64_t)__builtin_popcountll(a & p);
    counts.fn += (uint64_t)__builtin_popcountll(a & ~p);
    counts.fp += (uint64_t)__builtin_popcountll(p & ~a);
  }
  return ms_score_counted_iou(&counts, rows->n_counted, rows->rules->rules.empty);
}

static void
invert_bits(const MsCheckLabelRows *rows, MsLabelSet *bits)
{
  for (gsize i = 0; i < rows->n_words; i++)
    bits->words[i] = ~rows->predicted.words[i] & rows->counted.words[i];
  for (guint i = 0; rows->scores && i < rows->n_labels; i++) {
    uint64_t bit = UINT64_C(1) << i % MS_LABEL_WORD_BITS;
    uint64_t *word = &bits->words[i / MS_LABEL_WORD_BITS];

    if (1 - rows->scores[i] > rows->rules->threshold)
      *word |= bit & rows->counted.words[i / MS_LABEL_WORD_BITS];
    else
      *word &= ~bit;
  }
}

static void
remap_bits(const MsCheckLabelRows *rows, const guint *to, MsLabelSet *bits)
{
  memset(bits->words, 0, rows->n_words * sizeof *bits->words);
  for (gsize i = 0; i < rows->n_words; i++)
    for (uint64_t left = rows->predicted.words[i]; left; left &= left - 1)
      ms_label_set_add(bits, to[i * MS_LABEL_WORD_BITS + (guint)__builtin_ctzll(left)]);
}

static void
measure(const Uses *uses, const Remedy *remedy, MsCheckEffect *effect)
{
  MsCheckLabelRows *rows = uses->rows;
  g_autofree uint64_t *words = g_new0(uint64_t, rows->n_words);
  MsLabelSet mended = {.n_labels = rows->n_labels, .words = words};

  ms_check_effect_begin(effect);
  for (guint i = 0; i < ms_check_label_rows_length(rows); i++) {
    guint example = ms_check_label_rows_example(rows, i);

    if (ms_check_label_rows_is_over(rows))
      break;
    if (!ms_check_label_rows_read(rows, example))
      continue;
    if (remedy->to)
      remap_bits(rows, remedy->to, &mended);
    else
      invert_bits(rows, &mended);
    ms_check_effect_add_values(effect, example, score_row(rows, &rows->predicted),
                               score_row(rows, &mended));
  }
  ms_check_effect_end(effect);
}

/* --- words ---------------------------------------------------------------------------------- */

static const char *
name_of(const Uses *uses, guint label)
{
  return ms_label_data_name(uses->data, label);
}

/* "a for A, b for B and 2 more"; caller frees. */
static char *
describe_targets(const Uses *uses, const guint *to)
{
  GString *text = g_string_new(NULL);
  guint n = 0;

  for (guint i = 0; i < uses->n_labels; i++)
    if (to[i] != i && n++ < N_NAMED)
      g_string_append_printf(text, "%s%s for %s", n > 1 ? ", " : "", name_of(uses, i),
                             name_of(uses, to[i]));
  if (n > N_NAMED)
    g_string_append_printf(text, " and %u more", n - N_NAMED);
  return g_string_free(text, FALSE);
}

static void
add_once(GPtrArray *names, const char *name)
{
  if (!g_ptr_array_find(names, name, NULL))
    g_ptr_array_add(names, (gpointer)name);
}

/* "a, b and 2 more": the labels that become others, or what they become. Caller frees. */
static char *
name_changed(const Uses *uses, const guint *to, gboolean targets)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  GString *text = g_string_new(NULL);
  guint n_named;

  for (guint i = 0; i < uses->n_labels; i++)
    if (to[i] != i)
      add_once(names, name_of(uses, targets ? to[i] : i));
  n_named = names->len > N_NAMED + 1 ? N_NAMED : names->len;
  for (guint i = 0; i < n_named; i++)
    g_string_append_printf(text, "%s%s",
                           i == 0                ? ""
                           : i + 1 == names->len ? " and "
                                                 : ", ",
                           (const char *)names->pdata[i]);
  if (n_named < names->len)
    g_string_append_printf(text, " and %u more", names->len - n_named);
  return g_string_free(text, FALSE);
}

/* "a is predicted where b is actual, b where c is, c where a is, and 2 more". Caller frees. */
static char *
describe_places(const Uses *uses, const guint *to)
{
  GString *text = g_string_new(NULL);
  guint n = 0;

  for (guint i = 0; i < uses->n_labels; i++) {
    if (to[i] == i || n++ >= N_NAMED)
      continue;
    g_string_append_printf(text, n == 1 ? "%s is predicted where %s is actual" : ", %s where %s is",
                           name_of(uses, i), name_of(uses, to[i]));
  }
  if (n > N_NAMED)
    g_string_append_printf(text, ", and %u more", n - N_NAMED);
  return g_string_free(text, FALSE);
}

/* Two that have each other's name. Caller frees. */
static char *
describe_exchange(const Uses *uses, const guint *to)
{
  guint label = 0;

  while (to[label] == label)
    label++;
  return g_strdup_printf("%s is predicted where %s is actual, and the other way round",
                         name_of(uses, label), name_of(uses, to[label]));
}

/* Where labels were not counted together in all rows. */
static void
tell_counted(const Uses *uses, MsCheckFinding *finding)
{
  g_autofree char *detail = finding->detail;
  g_autofree char *n_counted = ms_describe_count(uses->n_rows);
  g_autofree char *n_all = ms_describe_count(uses->n_all);

  finding->detail =
      uses->n_rows == uses->n_all
          ? g_steal_pointer(&detail)
          : g_strdup_printf("%s%s This is told from %s of %s examples.", detail,
                            g_str_has_suffix(detail, ".") ? "" : ".", n_counted, n_all);
}

/* Takes title and detail over. */
static void
add_finding(const Uses *uses, MsCheckKind kind, MsSureness sureness, const Remedy *remedy,
            const MsCheckEffect *effect, char *title, char *detail, GPtrArray *findings)
{
  MsCheckFinding *finding = ms_check_add(findings, kind, sureness, uses->model, title, detail);
  MsAdjustment *adjustment = ms_adjustment_new(NULL);
  g_autofree char *targets = remedy->to ? describe_targets(uses, remedy->to) : NULL;

  ms_check_effect_tell(effect, uses->rows->evidence, finding);
  finding->n_looked = uses->n_all;
  tell_counted(uses, finding);
  adjustment->inverted = remedy->inverted;
  if (remedy->to)
    adjustment->ids = ms_id_map_new();
  for (guint i = 0; remedy->to && i < uses->n_labels; i++)
    if (remedy->to[i] != i)
      ms_check_map(adjustment->ids, i, remedy->to[i]);
  ms_check_finding_adjust(uses->rows->evidence, finding, adjustment,
                          targets ? g_strdup_printf("Take predicted %s", targets)
                                  : g_strdup("Exchange predicted and not predicted"));
}

static guint *
keep_all(const Uses *uses)
{
  guint *to = g_new(guint, uses->n_labels);

  for (guint i = 0; i < uses->n_labels; i++)
    to[i] = i;
  return to;
}

/* --- names that differ ---------------------------------------------------------------------- */

/* As names are compared: without case, blanks, '_' and '-'. Caller frees. */
static char *
fold_name(const char *name)
{
  g_autofree char *folded = g_utf8_casefold(name, -1);
  GString *text = g_string_new(NULL);

  for (const char *c = folded; *c; c++)
    if (!strchr(" \t_-", *c))
      g_string_append_c(text, *c);
  return g_string_free(text, FALSE);
}

static gboolean
is_only_predicted(const Uses *uses, guint label)
{
  return uses->n_predicted[label] > 0 && uses->n_actual[label] == 0;
}

/* The one actual label that is called like it but for how it is written. */
static guint
find_namesake(const Uses *uses, char *const *folded, guint label)
{
  guint found = NO_TARGET;

  for (guint i = 0; i < uses->n_labels; i++) {
    if (i == label || uses->n_actual[i] == 0 || !g_str_equal(folded[i], folded[label]))
      continue;
    if (found != NO_TARGET)
      return NO_TARGET;
    found = i;
  }
  return found;
}

static gboolean
check_names(const Uses *uses, GPtrArray *findings)
{
  g_auto(GStrv) folded = g_new0(char *, uses->n_labels + 1);
  g_autofree guint *to = keep_all(uses);
  g_autofree char *predicted = NULL, *actual = NULL;
  g_auto(MsCheckEffect) effect = {0};
  guint n = 0;

  for (guint i = 0; i < uses->n_labels; i++)
    folded[i] = fold_name(name_of(uses, i));
  for (guint i = 0; i < uses->n_labels; i++) {
    guint namesake = is_only_predicted(uses, i) ? find_namesake(uses, folded, i) : NO_TARGET;

    if (namesake == NO_TARGET)
      continue;
    to[i] = namesake;
    n++;
  }
  if (n == 0)
    return FALSE;
  measure(uses, &(Remedy){.to = to}, &effect);
  if (ms_check_effect_gain(&effect) <= 0)
    return FALSE;
  predicted = name_changed(uses, to, FALSE);
  actual = name_changed(uses, to, TRUE);
  add_finding(uses, MS_CHECK_DISJOINT_IDS, MS_SURENESS_LIKELY, &(Remedy){.to = to}, &effect,
              n == 1 ? g_strdup("A label is written in two ways")
                     : g_strdup_printf("%u labels are written in two ways", n),
              g_strdup_printf(n == 1 ? "Predicted label %s is never actual; the actual one is %s: "
                                       "the names differ by case, blanks, dashes or underscores "
                                       "alone."
                                     : "Predicted labels %s are never actual; the actual ones are "
                                       "%s: the names differ by case, blanks, dashes or "
                                       "underscores alone.",
                              predicted, actual),
              findings);
  return TRUE;
}

/* The label that is actual and never predicted, and stands where another is predicted. */
static guint
find_companion(const Uses *uses, guint label)
{
  guint best = NO_TARGET;

  for (guint i = 0; i < uses->n_labels; i++)
    if (uses->n_actual[i] >= MIN_USES && uses->n_predicted[i] == 0 &&
        iou_of(uses, i, label) >= HIGH_IOU &&
        (best == NO_TARGET || iou_of(uses, i, label) > iou_of(uses, best, label)))
      best = i;
  return best;
}

static gboolean
check_other_names(const Uses *uses, GPtrArray *findings)
{
  g_autofree guint *to = keep_all(uses);
  g_autofree char *predicted = NULL, *actual = NULL;
  g_auto(MsCheckEffect) effect = {0};
  guint n = 0;

  for (guint i = 0; i < uses->n_labels; i++) {
    guint companion = is_only_predicted(uses, i) ? find_companion(uses, i) : NO_TARGET;

    if (companion == NO_TARGET)
      continue;
    to[i] = companion;
    n++;
  }
  if (n == 0)
    return FALSE;
  measure(uses, &(Remedy){.to = to}, &effect);
  if (!ms_check_effect_helps(&effect, 0))
    return FALSE;
  predicted = name_changed(uses, to, FALSE);
  actual = name_changed(uses, to, TRUE);
  add_finding(uses, MS_CHECK_DISJOINT_IDS, MS_SURENESS_LIKELY, &(Remedy){.to = to}, &effect,
              n == 1 ? g_strdup("A label seems to have two names")
                     : g_strdup_printf("%u labels seem to have two names", n),
              g_strdup_printf(n == 1 ? "Predicted label %s is never actual, and actual label %s is "
                                       "never predicted: most examples that have one have the "
                                       "other."
                                     : "Predicted labels %s are never actual, and actual labels "
                                       "%s are never predicted: most examples that "
                                       "have the one have the other.",
                              predicted, actual),
              findings);
  return TRUE;
}

/* --- names that changed places -------------------------------------------------------------- */

static gboolean
is_used(const Uses *uses, guint label)
{
  return uses->n_actual[label] >= MIN_USES && uses->n_predicted[label] >= MIN_USES;
}

/* The label that a predicted one stands for; itself where that is not clear. */
static guint
find_meaning(const Uses *uses, guint label)
{
  guint best = label;

  for (guint i = 0; is_used(uses, label) && i < uses->n_labels; i++)
    if (is_used(uses, i) && iou_of(uses, i, label) > iou_of(uses, best, label))
      best = i;
  return iou_of(uses, best, label) >= HIGH_IOU &&
                 iou_of(uses, best, label) >= iou_of(uses, label, label) + MORE_IOU &&
                 iou_of(uses, best, label) >= iou_of(uses, best, best) + MORE_IOU
             ? best
             : label;
}

/* Leaves labels alone that others do not make room for: until each that is taken is given, too. */
static guint
keep_cycles(const Uses *uses, guint *to)
{
  gboolean again = TRUE;
  guint n = 0;

  while (again) {
    g_autofree guint *n_given = g_new0(guint, uses->n_labels);

    again = FALSE;
    for (guint i = 0; i < uses->n_labels; i++)
      n_given[to[i]]++;
    for (guint i = 0; i < uses->n_labels; i++)
      if (to[i] != i && (n_given[i] != 1 || n_given[to[i]] != 1)) {
        to[i] = i;
        again = TRUE;
      }
  }
  for (guint i = 0; i < uses->n_labels; i++)
    n += to[i] != i;
  return n;
}

static gboolean
check_swapped(const Uses *uses, GPtrArray *findings)
{
  g_autofree guint *to = g_new(guint, uses->n_labels);
  g_auto(MsCheckEffect) effect = {0};
  guint n;

  for (guint i = 0; i < uses->n_labels; i++)
    to[i] = find_meaning(uses, i);
  n = keep_cycles(uses, to);
  if (n == 0)
    return FALSE;
  measure(uses, &(Remedy){.to = to}, &effect);
  if (!ms_check_effect_helps(&effect, 0))
    return FALSE;
  add_finding(uses, MS_CHECK_SWAPPED_CLASSES, MS_SURENESS_LIKELY, &(Remedy){.to = to}, &effect,
              n == 2 ? g_strdup("Two labels have changed places")
                     : g_strdup_printf("%u labels have changed places", n),
              n == 2 ? describe_exchange(uses, to) : describe_places(uses, to), findings);
  return TRUE;
}

/* --- what is not ---------------------------------------------------------------------------- */

static gboolean
looks_inverted(const Uses *uses)
{
  guint n = 0, n_inverted = 0;

  for (guint i = 0; i < uses->n_labels; i++) {
    guint inside = uses->n_actual[i], outside = uses->n_rows - inside;
    guint both = uses->both[i * uses->n_labels + i];

    if (inside < MIN_USES || outside < MIN_USES)
      continue;
    n++;
    n_inverted +=
        (double)both / inside - (double)(uses->n_predicted[i] - both) / outside <= INVERTED_BELOW;
  }
  return n > 0 && n_inverted >= INVERTED_SHARE * n;
}

static gboolean
check_inverted(const Uses *uses, GPtrArray *findings)
{
  const Remedy remedy = {.inverted = TRUE};
  g_auto(MsCheckEffect) effect = {0};

  if (!looks_inverted(uses))
    return FALSE;
  measure(uses, &remedy, &effect);
  if (!ms_check_effect_helps(&effect, MS_CHECK_GAIN))
    return FALSE;
  add_finding(uses, MS_CHECK_INVERTED, MS_SURENESS_LIKELY, &remedy, &effect,
              g_strdup("Predicted labels are the other way round"),
              g_strdup("Most labels are predicted where they are not, and not where they are."),
              findings);
  return TRUE;
}

gboolean
ms_check_label_remaps(MsCheckLabelRows *rows, guint n_rows, double n_pairs, GPtrArray *findings)
{
  g_auto(Uses) uses = {0};

  return uses_init(&uses, rows, n_rows, n_pairs) &&
         (check_names(&uses, findings) || check_other_names(&uses, findings) ||
          check_swapped(&uses, findings) || check_inverted(&uses, findings));
}
