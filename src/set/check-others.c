/* SPDX-License-Identifier: MIT
 *
 * A mask that fits another example better than its own says little: among hundreds one is similar.
 * It is said where most masks belong as many places further on, or where each fits one example as
 * no second one does, and its own no better than any.
 */
#include "set/check-others.h"

#include <math.h>

#include "metric/offset.h"
#include "set/check-codes.h"
#include "set/describe.h"

/* A model whose mean IoU is above it is not looked at. */
#define BELOW 0.6

/* Of the pairs, so many, and so large a share, must gain so much. */
#define ENOUGH 8
#define SHARE  0.75
#define GAIN   0.1
/* What their mean must come to. Of a number of places it must also be so many standard errors above
 * what it is, and more of few pairs: masks of a blind model gain and lose as much by chance. */
#define AFTER      0.4
#define ERRORS     4.5
#define ERRORS_FEW 20.0 /* divided by how many they are */
/* By how much the best fit among the sample leads the second. */
#define LEAD 0.1
/* A model that has seen its images fits its own examples by more than this better than others. */
#define OWN 0.05

/* --- which are tried ------------------------------------------------------------------------ */

gboolean
ms_check_may_be_others(const MsCheckEvidence *evidence, guint model)
{
  guint n_stamps = 0, n = 0;
  double sum = 0;

  for (guint i = 0; i < evidence->n_examples; i++) {
    const MsCheckPair *pair = &evidence->examples[i].pairs[model];

    if (!pair->close)
      continue;
    n += pair->confusion || pair->stamps;
    n_stamps += pair->stamps != NULL;
    sum += ms_check_iou(pair->confusion);
  }
  return n_stamps >= ENOUGH && sum < BELOW * n;
}

/* Of what a pair's predicted mask shows and another's actual one. */
static double
compare_stamps(const MsCheckPair *pair, const MsCheckPair *other)
{
  const MsRaster *actual = &other->stamps->actual, *predicted = &pair->stamps->predicted;
  const MsWindow all = {0, actual->width, 0, actual->height};
  MsOverlap overlap = {0};
  double iou = 0;

  if (actual->width != predicted->width || actual->height != predicted->height)
    return 0;
  ms_overlap_add(&overlap, actual, predicted, all, 0, 0, pair->stamps->background);
  ms_overlap_iou(&overlap, &iou);
  return iou;
}

/* The one that the predicted mask looks like, as it looks like no other; NULL: none. */
static const MsCheckPair *
find_double(const MsCheckEvidence *evidence, const MsCheckPair *pair)
{
  const MsCheckPair *best = NULL;
  double most = compare_stamps(pair, pair) + GAIN, second = 0;

  for (guint i = 0; i < evidence->n_examples; i++) {
    const MsCheckPair *other = &evidence->examples[i].pairs[pair->model];
    double iou = other->stamps && other != pair ? compare_stamps(pair, other) : 0;

    if (iou > most) {
      second = best ? most : 0;
      most = iou;
      best = other;
    } else
      second = MAX(second, iou);
  }
  return best && most >= second + LEAD ? best : NULL;
}

guint
ms_check_choose_others(const MsCheckEvidence *evidence, const MsCheckPair *pair,
                       guint others[MS_CHECK_N_OTHERS])
{
  const MsCheckPair *best = pair->stamps ? find_double(evidence, pair) : NULL;
  guint n = 0;

  if (pair->example > 0)
    others[n++] = pair->example - 1;
  if (pair->example + 1 < ms_set_get_n_examples(evidence->set))
    others[n++] = pair->example + 1;
  if (best && best->example + 1 != pair->example && best->example != pair->example + 1)
    others[n++] = best->example;
  return n;
}

/* --- what they say -------------------------------------------------------------------------- */

typedef struct {
  const MsCheckPair *pair;
  const MsCheckCandidate *other;
} Match;

/* Pairs and the examples that they would belong to. */
typedef struct {
  const MsCheckEvidence *evidence;
  guint model;
  guint n_tried;   /* pairs that were compared with others */
  gboolean places; /* all as many places further on: */
  gint64 by;
  guint n_possible;     /* pairs of which there is an example so far on */
  GArray *matches;      /* Match, of pairs that gain by it */
  guint n_scored;       /* pairs that were compared with the one in question */
  double before, after; /* sums over these */
  double squares;       /* of what they gain */
  gboolean scored;      /* all of these, as they are */
} Belonging;

static gint64
places_of(const MsCheckPair *pair, const MsCheckCandidate *other)
{
  return (gint64)other->example - pair->example;
}

/* The one at so many places, or the best of all that were tried; NULL: none. */
static const MsCheckCandidate *
other_of(const Belonging *self, const MsCheckPair *pair)
{
  const MsCheckCandidate *best = NULL;

  for (guint i = 0; i < pair->others->len; i++) {
    const MsCheckCandidate *other = &g_array_index(pair->others, MsCheckCandidate, i);

    if (self->places && places_of(pair, other) != self->by)
      continue;
    if (!best || ms_check_iou(other->confusion) > ms_check_iou(best->confusion))
      best = other;
  }
  return best;
}

static void
add_pair(Belonging *self, const MsCheckPair *pair)
{
  gint64 to = (gint64)pair->example + self->by;
  const MsCheckCandidate *other = other_of(self, pair);
  const Match match = {pair, other};
  double before = ms_check_iou(pair->confusion), after = other ? ms_check_iou(other->confusion) : 0;

  self->n_tried++;
  self->n_possible += to >= 0 && to < ms_set_get_n_examples(self->evidence->set);
  if (!other)
    return;
  self->n_scored++;
  self->before += before;
  self->after += self->places ? after : MAX(after, before);
  self->squares += (after - before) * (after - before);
  self->scored = self->scored && pair->confusion;
  if (after >= before + GAIN)
    g_array_append_val(self->matches, match);
}

/* So well that nobody looked at others. */
static gboolean
fits(const MsCheckPair *pair)
{
  return pair->close && pair->confusion && !pair->stamps &&
         ms_confusion_counts(pair->confusion).tp > 0;
}

static void
add_pairs(Belonging *self)
{
  self->matches = g_array_new(FALSE, FALSE, sizeof(Match));
  self->scored = TRUE;
  for (guint i = 0; i < self->evidence->n_examples; i++) {
    const MsCheckPair *pair = &self->evidence->examples[i].pairs[self->model];

    if (pair->others) {
      add_pair(self, pair);
    } else if (fits(pair)) {
      self->n_tried++;
      self->n_possible++;
    }
  }
}

static void
belonging_clear(Belonging *self)
{
  g_clear_pointer(&self->matches, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Belonging, belonging_clear)

/* The number of places that most pairs gain by; 0: none does. */
static gint64
find_places(const MsCheckEvidence *evidence, guint model)
{
  g_autoptr(GHashTable) counts = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  gint64 best = 0;
  guint n_best = 0;

  for (guint i = 0; i < evidence->n_examples; i++) {
    const MsCheckPair *pair = &evidence->examples[i].pairs[model];

    for (guint j = 0; pair->others && j < pair->others->len; j++) {
      const MsCheckCandidate *other = &g_array_index(pair->others, MsCheckCandidate, j);
      gint64 by = places_of(pair, other);
      guint n = GPOINTER_TO_UINT(g_hash_table_lookup(counts, &by)) + 1;

      if (ms_check_iou(other->confusion) < ms_check_iou(pair->confusion) + GAIN)
        continue;
      g_hash_table_insert(counts, g_memdup2(&by, sizeof by), GUINT_TO_POINTER(n));
      if (n > n_best) {
        n_best = n;
        best = by;
      }
    }
  }
  return best;
}

static gboolean
is_clear(const Belonging *self)
{
  double n = self->n_scored, mean = (self->after - self->before) / n;
  double variance = MAX(self->squares / n - mean * mean, 0) / (n - 1);

  return mean >= (ERRORS + ERRORS_FEW / n) * sqrt(variance);
}

static gboolean
are_places(const Belonging *self)
{
  guint n = self->matches->len;

  return n >= ENOUGH && n >= SHARE * self->n_possible && 2 * self->n_possible > self->n_tried &&
         self->after >= AFTER * self->n_scored && is_clear(self);
}

/* Whether predicted masks are as like other examples as their own. */
static gboolean
are_blind(const MsCheckEvidence *evidence, guint model)
{
  double own = 0, others = 0;
  guint n_own = 0, n_others = 0;

  for (guint i = 0; i < evidence->n_examples; i++) {
    const MsCheckPair *pair = &evidence->examples[i].pairs[model];

    for (guint j = 0; pair->stamps && j < evidence->n_examples; j++) {
      const MsCheckPair *other = &evidence->examples[j].pairs[model];

      if (!other->stamps)
        continue;
      *(i == j ? &own : &others) += compare_stamps(pair, other);
      (*(i == j ? &n_own : &n_others))++;
    }
  }
  return n_own > 0 && n_others > 0 && own / n_own <= others / n_others + OWN;
}

static guint
count_distinct(const GArray *matches)
{
  g_autoptr(GHashTable) known = g_hash_table_new(NULL, NULL);

  for (guint i = 0; i < matches->len; i++)
    g_hash_table_add(known, GUINT_TO_POINTER(g_array_index(matches, Match, i).other->example));
  return g_hash_table_size(known);
}

static gboolean
is_order(const Belonging *self)
{
  guint n = self->matches->len;

  return n >= ENOUGH && n >= SHARE * self->n_tried && self->after >= AFTER * self->n_scored &&
         count_distinct(self->matches) >= SHARE * n && are_blind(self->evidence, self->model);
}

/* --- in words ------------------------------------------------------------------------------- */

static char *
describe_whose(const Belonging *self)
{
  g_autofree char *n = ms_describe_count((guint)ABS(self->by));

  if (!self->places)
    return g_strdup("other examples");
  if (ABS(self->by) == 1)
    return g_strdup(self->by > 0 ? "the next example" : "the example before");
  return g_strdup_printf("the example %s places %s", n, self->by > 0 ? "further on" : "before");
}

static char *
describe_detail(const Belonging *self, const char *whose)
{
  const Match *first = &g_array_index(self->matches, Match, 0);
  MsSet *set = self->evidence->set;
  g_autofree char *n = ms_describe_count(self->matches->len);
  g_autofree char *all = ms_describe_count(self->n_tried);

  return g_strdup_printf(
      "%s of %s predicted masks fit %s clearly better than their own: that of %s fits %s", n, all,
      self->places ? whose : "another example", ms_set_get_id(set, first->pair->example),
      ms_set_get_id(set, first->other->example));
}

static void
add_finding(const Belonging *self, GPtrArray *findings)
{
  g_autofree char *whose = describe_whose(self);
  MsCheckFinding *finding = ms_check_add(
      findings, MS_CHECK_OTHER_EXAMPLE, MS_SURENESS_LIKELY, self->model,
      g_strdup_printf("Predictions belong to %s", whose), describe_detail(self, whose));
  guint n = self->matches->len;

  finding->n_looked = self->n_tried;
  finding->n_scored = self->n_scored;
  finding->before = (MsValue){self->before / self->n_scored, .defined = self->scored};
  finding->after = (MsValue){self->after / self->n_scored, .defined = TRUE};
  for (guint i = 0; i < n; i++)
    ms_check_finding_add_example(finding, g_array_index(self->matches, Match, i).pair->example);
  finding->remedy = g_strdup("Name each predicted mask after the example that it was made of: look "
                             "at the order in which they were written, and where counting starts");
}

void
ms_check_others(const MsCheckEvidence *evidence, GPtrArray *findings)
{
  for (guint model = 0; model < evidence->n_models; model++) {
    g_auto(Belonging) places = {.evidence = evidence, .model = model, .places = TRUE};
    g_auto(Belonging) order = {.evidence = evidence, .model = model};

    places.by = find_places(evidence, model);
    add_pairs(&places);
    add_pairs(&order);
    if (places.by != 0 && are_places(&places))
      add_finding(&places, findings);
    else if (is_order(&order))
      add_finding(&order, findings);
  }
}
