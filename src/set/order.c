/* SPDX-License-Identifier: MIT
 *
 * One look at every record: the cheap filters first, the text of ids only where it still matters,
 * histograms last. What is left is sorted by one 64-bit key, in whose highest bits stands whether
 * there is a value at all.
 */
#include "set/order.h"

#include <string.h>

#include "set/class-presence.h"
#include "set/radix.h"
#include "set/text-match.h"

/* Examples between two looks at the cancellable. */
#define STRIDE 4096

/* Far above the edges' rounding errors, far below what tells two scores apart. */
#define EDGE 1e-9

/* Keys of examples without a value: behind all others. */
#define KEY_UNDEFINED (G_MAXUINT64 - 2) /* scored, but there is no such score */
#define KEY_WAITING   (G_MAXUINT64 - 1)
#define KEY_PROBLEM   G_MAXUINT64

/* --- wishes and rows --- */

void
ms_wish_init(MsWish *wish)
{
  *wish = (MsWish){.highest_iou = 1, .class_id = MS_ANY_CLASS, .error = MS_ANY_ERROR};
}

gboolean
ms_wish_has_range(const MsWish *wish)
{
  return wish->lowest_iou > 0 || wish->highest_iou < 1;
}

MsRows *
ms_rows_new_all(guint n_examples)
{
  MsRows *rows = g_new0(MsRows, 1);

  g_atomic_ref_count_init(&rows->ref_count);
  rows->n_examples = rows->n_shown = n_examples;
  return rows;
}

MsRows *
ms_rows_ref(MsRows *rows)
{
  g_atomic_ref_count_inc(&rows->ref_count);
  return rows;
}

void
ms_rows_unref(MsRows *rows)
{
  if (!rows || !g_atomic_ref_count_dec(&rows->ref_count))
    return;
  g_free(rows->shown);
  g_free(rows->positions);
  g_free(rows);
}

guint
ms_rows_example(const MsRows *rows, guint position)
{
  if (position >= rows->n_shown)
    return G_MAXUINT;
  return rows->shown ? rows->shown[position] : position;
}

guint
ms_rows_position(const MsRows *rows, guint example)
{
  if (example >= rows->n_examples)
    return G_MAXUINT;
  return rows->positions ? rows->positions[example] : example;
}

guint
ms_order_bar_of(double iou)
{
  return MIN((guint)(iou * MS_N_IOU_BARS + EDGE), MS_N_IOU_BARS - 1);
}

/* --- looking at examples --- */

typedef struct {
  MsSet *set;
  const MsResults *results;
  const MsFindingsTable *findings; /* NULL: none */
  MsEmptyRule empty;
  const MsWish *wish;
  gboolean has_range;
  MsTextMatch *text;         /* NULL: any */
  MsClassPresence *presence; /* NULL: any */
  MsOrder *order;
  MsKeyed *shown; /* in id order, with their keys */
  guint n_shown;
} Survey;

static MsShow
kind_of(const MsScore *score)
{
  if (score->status == MS_RESULT_WAITING)
    return MS_SHOW_ALL;
  if (score->status != MS_RESULT_OK)
    return MS_SHOW_PROBLEMS;
  return score->exact ? MS_SHOW_EXACT : MS_SHOW_NOT_EXACT;
}

static gboolean
is_in_range(const Survey *survey, const MsScore *score)
{
  return !survey->has_range ||
         (score->iou.defined && score->iou.value >= survey->wish->lowest_iou &&
          score->iou.value <= survey->wish->highest_iou);
}

/* What is known of an example's errors; of an exact match everything is. */
static MsFoundRecord
errors_of(const Survey *survey, guint example, const MsScore *score)
{
  if (score->status == MS_RESULT_OK && score->exact)
    return (MsFoundRecord){.status = MS_FOUND_OK};
  return survey->findings ? *ms_findings_table_get(survey->findings, example)
                          : (MsFoundRecord){.status = MS_FOUND_WAITING};
}

static guint64
key_of_errors(const MsFoundRecord *errors, const MsScore *score, const MsWish *wish)
{
  if (wish->sort == MS_SORT_REGION)
    return ~(guint64)errors->largest;
  return ~(wish->error == MS_ANY_ERROR ? score->wrong : errors->errors[wish->error]);
}

static gboolean
is_of_findings(const MsWish *wish)
{
  return wish->sort == MS_SORT_REGION ||
         (wish->sort == MS_SORT_ERROR && wish->error != MS_ANY_ERROR);
}

static guint64
key_of_value(const MsScore *score, MsSort sort, gboolean *defined)
{
  switch (sort) {
  case MS_SORT_IOU:
    *defined = score->iou.defined;
    return ms_radix_key(score->iou.value);
  case MS_SORT_DICE:
    *defined = score->dice.defined;
    return ms_radix_key(score->dice.value);
  case MS_SORT_EXACT:
    return score->exact;
  case MS_SORT_FP:
    return ~score->counts.fp;
  case MS_SORT_FN:
    return ~score->counts.fn;
  default:
    g_assert_not_reached();
  }
}

/* Times of problems are known as well. Before 1970 there are none, and a full 64 bits no file has:
 * values leave room for the keys above. */
static guint64
key_of_time(const MsScore *score, gboolean *defined)
{
  *defined = score->time > 0;
  return (guint64)G_MAXINT64 - (guint64)score->time;
}

static guint64
key_of(const MsScore *score, const MsFoundRecord *errors, const MsWish *wish)
{
  gboolean defined = TRUE;
  guint64 key;

  if (wish->sort == MS_SORT_TIME && score->status != MS_RESULT_WAITING)
    key = key_of_time(score, &defined);
  else if (score->status != MS_RESULT_OK)
    return score->status == MS_RESULT_WAITING ? KEY_WAITING : KEY_PROBLEM;
  else if (is_of_findings(wish) && errors->status != MS_FOUND_OK)
    return errors->status == MS_FOUND_WAITING ? KEY_WAITING : KEY_UNDEFINED;
  else if (wish->sort == MS_SORT_REGION || wish->sort == MS_SORT_ERROR)
    key = key_of_errors(errors, score, wish);
  else
    key = key_of_value(score, wish->sort, &defined);
  if (!defined)
    return KEY_UNDEFINED;
  return wish->reverse ? ~key & (G_MAXUINT64 >> 1) : key & (G_MAXUINT64 >> 1);
}

/* How many each error would leave. */
static void
count_errors(MsOrder *order, const MsFoundRecord *errors)
{
  if (errors->status == MS_FOUND_WAITING)
    order->n_unknown++;
  for (guint i = 0; i < MS_N_ERRORS; i++)
    order->errors[i] += errors->errors[i] > 0;
}

/* An example that the other filters leave. */
static void
count_and_show(Survey *survey, guint example, const MsScore *score, gboolean is_kind,
               gboolean in_range)
{
  const MsWish *wish = survey->wish;
  MsFoundRecord errors = errors_of(survey, example, score);
  gboolean has_error = wish->error == MS_ANY_ERROR || errors.errors[wish->error] > 0;
  MsShow kind = kind_of(score);

  if (is_kind && in_range)
    count_errors(survey->order, &errors);
  if (!has_error)
    return;
  if (in_range) {
    survey->order->counts[MS_SHOW_ALL]++;
    if (kind != MS_SHOW_ALL)
      survey->order->counts[kind]++;
  }
  if (is_kind && score->iou.defined)
    survey->order->bars[ms_order_bar_of(score->iou.value)]++;
  if (is_kind && in_range)
    survey->shown[survey->n_shown++] =
        (MsKeyed){wish->sort == MS_SORT_ID ? 0 : key_of(score, &errors, wish), example};
}

static void
look_at(Survey *survey, guint example)
{
  const MsRecord *record = ms_results_get(survey->results, example);
  MsScore score = ms_record_score(record, survey->empty, NULL);
  MsShow kind = kind_of(&score);
  gboolean is_kind = survey->wish->show == MS_SHOW_ALL || survey->wish->show == kind;
  gboolean in_range = is_in_range(survey, &score);

  if (!is_kind && !in_range)
    return;
  if (survey->presence && !ms_class_presence_may_occur(survey->presence, record))
    return;
  if (survey->text && !ms_text_match_matches(survey->text, ms_set_get_id(survey->set, example)))
    return;
  if (survey->presence && !ms_class_presence_occurs(survey->presence, example))
    return;
  count_and_show(survey, example, &score, is_kind, in_range);
}

static gboolean
look_at_all(Survey *survey, GCancellable *cancellable)
{
  guint n;
  const guint *examples = ms_set_get_split_examples(survey->set, survey->wish->split, &n);

  survey->shown = g_new(MsKeyed, n);
  for (guint i = 0; i < n; i++) {
    if (i % STRIDE == 0 && g_cancellable_is_cancelled(cancellable))
      return FALSE;
    look_at(survey, examples[i]);
  }
  return TRUE;
}

/* Over the whole set, so that a choice of classes does not depend on the filters. */
static guint64
collect_classes(const MsResults *results)
{
  guint64 classes = 0;

  for (guint i = 0; i < ms_results_n_examples(results); i++)
    classes |= ms_results_get(results, i)->classes;
  return classes;
}

/* --- rows --- */

static gboolean
is_everything(const Survey *survey)
{
  return survey->wish->sort == MS_SORT_ID && !survey->wish->reverse &&
         survey->n_shown == survey->order->rows->n_examples;
}

static gboolean
is_same(const MsRows *previous, const Survey *survey, const MsKeyed *sorted)
{
  if (!previous || previous->n_shown != survey->n_shown ||
      previous->n_examples != survey->order->rows->n_examples)
    return FALSE;
  for (guint i = 0; i < survey->n_shown; i++)
    if (ms_rows_example(previous, i) != sorted[i].index)
      return FALSE;
  return TRUE;
}

static void
reverse(MsKeyed *items, guint n)
{
  for (guint i = 0; i < n / 2; i++) {
    MsKeyed first = items[i];

    items[i] = items[n - 1 - i];
    items[n - 1 - i] = first;
  }
}

static void
fill_rows(MsRows *rows, const Survey *survey, const MsKeyed *sorted)
{
  rows->n_shown = survey->n_shown;
  if (is_everything(survey))
    return;
  rows->shown = g_new(guint, MAX(rows->n_shown, 1));
  rows->positions = g_new(guint, MAX(rows->n_examples, 1));
  memset(rows->positions, 0xff, rows->n_examples * sizeof *rows->positions);
  for (guint i = 0; i < rows->n_shown; i++) {
    rows->shown[i] = sorted[i].index;
    rows->positions[sorted[i].index] = i;
  }
}

static gboolean
sort_rows(Survey *survey, MsRows *previous, GCancellable *cancellable)
{
  gboolean by_id = survey->wish->sort == MS_SORT_ID;
  g_autofree MsKeyed *scratch = by_id ? NULL : g_new(MsKeyed, survey->n_shown);
  MsKeyed *sorted = survey->shown;

  if (by_id && survey->wish->reverse)
    reverse(sorted, survey->n_shown);
  else if (!by_id)
    sorted = ms_radix_sort(survey->shown, scratch, survey->n_shown, cancellable);
  if (!sorted || g_cancellable_is_cancelled(cancellable))
    return FALSE;
  if (is_same(previous, survey, sorted)) {
    ms_rows_unref(survey->order->rows);
    survey->order->rows = ms_rows_ref(previous);
  } else {
    fill_rows(survey->order->rows, survey, sorted);
  }
  return TRUE;
}

MsOrder *
ms_order_new(MsSet *set, guint model, const MsResults *results, const MsFindingsTable *findings,
             const MsRuleset *rules, const MsWish *wish, MsRows *previous,
             GCancellable *cancellable, GError **error)
{
  g_autoptr(MsOrder) order = g_new0(MsOrder, 1);
  g_autoptr(MsTextMatch) text = wish->text && *wish->text ? ms_text_match_new(wish->text) : NULL;
  g_autoptr(MsClassPresence) presence =
      wish->class_id != MS_ANY_CLASS
          ? ms_class_presence_new(set, model, results, rules, (guint32)wish->class_id)
          : NULL;
  Survey survey = {.set = set,
                   .results = results,
                   .findings = findings,
                   .empty = rules->rules.empty,
                   .wish = wish,
                   .has_range = ms_wish_has_range(wish),
                   .text = text,
                   .presence = presence,
                   .order = order};
  gboolean done;

  order->rows = ms_rows_new_all(ms_set_get_n_examples(set));
  order->classes = collect_classes(results);
  done = look_at_all(&survey, cancellable) && sort_rows(&survey, previous, cancellable);
  g_free(survey.shown);
  if (!done) {
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
    return NULL;
  }
  return g_steal_pointer(&order);
}

void
ms_order_free(MsOrder *order)
{
  if (!order)
    return;
  ms_rows_unref(order->rows);
  g_free(order);
}
