/* SPDX-License-Identifier: MIT
 *
 * Predicted masks that lie another way than the actual ones: turned, or moved by some pixels. Of
 * one pair that can be chance; it is said where most pairs agree on the same way, and it explains
 * much of what is wrong with them.
 */
#include "set/check-places.h"

#include "set/check-moves.h"
#include "set/check-way-effect.h"
#include "set/describe.h"

/* Pairs from which on agreement among them says more than how well each fits. */
#define ENOUGH_PAIRS 3

/* What a pair's IoU must gain by a turn to speak for it, and what pairs must gain in the mean. A
 * model that finds things in wrong places gains half of that by chance now and then. */
#define TURN_GAIN 0.2
/* Where there are so many pairs, less of each is enough: by chance they do not agree on one of
 * seven turns. What lies in the middle gains little. */
#define MANY_PAIRS     8
#define TURN_GAIN_MANY 0.03
#define TURN_MEAN_MANY 0.1
/* Of the pairs, so many must speak for one turn. */
#define TURN_SHARE 0.75
/* What their mean must come to; of few pairs more: one object is easily hit by chance. */
#define TURN_AFTER     0.4
#define TURN_AFTER_FEW 0.75
/* Turns as good as this are as good as each other: objects may look the same both ways. */
#define TURN_TIE 0.02

/* What a move must take away of 1 - IoU in a pair to speak for it, and what it must add: edges that
 * are merely ragged lie best where they are, or here and there in turn. */
#define SHIFT_ERROR 0.3
#define SHIFT_GAIN  0.01
#define SHIFT_SHARE 0.6
#define SHIFT_AFTER 0.95 /* of few pairs */
/* Of the pairs, so many must speak for the move that they have in common. */
#define LEAN_SHARE 0.8
/* What any move must take away of 1 - IoU in the mean, and how much more where all that is wrong is
 * too much, or all is missing: what is drawn too large or too small on one side alone lies a little
 * better in the middle, yet it was not moved. */
#define SHIFT_ERROR_MEAN 0.08
#define SHIFT_LOPSIDED   0.1
/* Below this it may be how masks were scaled. */
#define SHIFT_CLEAR 0.05

/* What speaks for one way to lie. */
typedef struct {
  MsTurn turn;
  int shift_x, shift_y;
  GArray *examples; /* guint: those that speak for it */
  guint n_pairs;    /* that could */
  guint n_tried;
  guint n_scored; /* of these, as they are */
  double before;  /* sums over them */
  double after;
  MsCheckWayEffect effect; /* on all pairs, once it was looked at */
} Way;

typedef struct {
  const MsCheckEvidence *evidence;
  guint model;
  guint n_pairs;   /* that could speak */
  guint n_close;   /* of these, that are looked at closely: for a move in common */
  GPtrArray *ways; /* Way */
  Way *common;     /* the move that they have in common; NULL: none */
} Places;

static void
way_free(gpointer data)
{
  Way *way = data;

  g_array_unref(way->examples);
  g_free(way);
}

static Way *
way_new(MsTurn turn, int shift_x, int shift_y)
{
  Way *way = g_new0(Way, 1);

  way->turn = turn;
  way->shift_x = shift_x;
  way->shift_y = shift_y;
  way->examples = g_array_new(FALSE, FALSE, sizeof(guint));
  return way;
}

static Way *
way_of(Places *places, const MsCheckTrial *trial)
{
  Way *way;

  for (guint i = 0; i < places->ways->len; i++) {
    way = places->ways->pdata[i];
    if (way->turn == trial->turn && way->shift_x == trial->shift_x &&
        way->shift_y == trial->shift_y)
      return way;
  }
  way = way_new(trial->turn, trial->shift_x, trial->shift_y);
  g_ptr_array_add(places->ways, way);
  return way;
}

/* --- pairs ---------------------------------------------------------------------------------- */

/* Whether there is something on both sides: nothing lies the same every way. */
static gboolean
can_speak(const MsCheckPair *pair)
{
  MsCounts counts;

  if (pair->status != MS_RESULT_OK)
    return pair->trials != NULL;
  counts = ms_confusion_counts(pair->confusion);
  return counts.tp + counts.fn > 0 && counts.tp + counts.fp > 0;
}

static double
best_turn(const MsCheckPair *pair)
{
  double best = 0;

  for (guint i = 0; i < pair->trials->len; i++) {
    const MsCheckTrial *trial = &g_array_index(pair->trials, MsCheckTrial, i);

    if (trial->turn != MS_TURN_NONE)
      best = MAX(best, ms_check_iou(trial->confusion));
  }
  return best;
}

/* Of an IoU before and after. */
static gboolean
speaks_for(const Places *places, const MsCheckTrial *trial, double before, double after,
           double best)
{
  double gain = places->n_pairs >= MANY_PAIRS ? TURN_GAIN_MANY : TURN_GAIN;

  if (trial->turn != MS_TURN_NONE)
    return after >= before + gain && after >= best - TURN_TIE;
  return after >= before + SHIFT_GAIN && 1 - after <= (1 - SHIFT_ERROR) * (1 - before);
}

static void
add_pair(Places *places, const MsCheckPair *pair)
{
  gboolean is_scored = pair->status == MS_RESULT_OK;
  double before = is_scored ? ms_check_iou(pair->confusion) : 0, best;

  if (!can_speak(pair) || !pair->trials)
    return;
  best = best_turn(pair);
  for (guint i = 0; i < pair->trials->len; i++) {
    const MsCheckTrial *trial = &g_array_index(pair->trials, MsCheckTrial, i);
    double after = ms_check_iou(trial->confusion);
    Way *way;

    if (trial->again)
      continue;
    way = way_of(places, trial);
    way->n_tried++;
    way->n_scored += is_scored;
    way->before += before;
    way->after += after;
    if (speaks_for(places, trial, before, after, best))
      g_array_append_val(way->examples, pair->example);
  }
}

/* --- ways ----------------------------------------------------------------------------------- */

static gboolean
is_turn(const Way *way)
{
  return way->turn != MS_TURN_NONE;
}

static double
mean_after(const Way *way)
{
  return way->after / way->n_tried;
}

static double
mean_gain(const Way *way)
{
  return (way->after - way->before) / way->n_tried;
}

/* The turn, or the move, that most pairs follow; NULL: none. */
static Way *
find_best(const Places *places, gboolean turns)
{
  Way *best = NULL;

  for (guint i = 0; i < places->ways->len; i++) {
    Way *way = places->ways->pdata[i];
    guint n = way->examples->len;

    if (is_turn(way) != turns || n == 0)
      continue;
    if (!best || n > best->examples->len ||
        (n == best->examples->len && mean_after(way) > mean_after(best)))
      best = way;
  }
  return best;
}

/* Another turn that does as well; NULL: none. */
static const Way *
find_rival(const Places *places, const Way *best)
{
  for (guint i = 0; i < places->ways->len; i++) {
    const Way *way = places->ways->pdata[i];

    if (way != best && is_turn(way) && way->n_tried == best->n_tried &&
        mean_after(way) >= mean_after(best) - TURN_TIE)
      return way;
  }
  return NULL;
}

static gboolean
is_found(const Places *places, const Way *way)
{
  gboolean few = places->n_pairs < ENOUGH_PAIRS;
  guint n = way->examples->len;
  double share = is_turn(way) ? TURN_SHARE : SHIFT_SHARE;
  double needed = is_turn(way) ? few ? TURN_AFTER_FEW : TURN_AFTER : few ? SHIFT_AFTER : 0;

  if (is_turn(way) && mean_gain(way) < TURN_MEAN_MANY)
    return FALSE;
  return n >= (few ? places->n_pairs : ENOUGH_PAIRS) && n >= share * places->n_pairs &&
         mean_after(way) >= needed;
}

/* Likewise, if it explains them; NULL: none. */
static Way *
find_way(const Places *places, gboolean turns)
{
  Way *way = find_best(places, turns);

  return way && is_found(places, way) ? way : NULL;
}

/* --- what a way does to all pairs ------------------------------------------------------------ */

static MsCheckTrial
trial_of(const Way *way)
{
  return (MsCheckTrial){.turn = way->turn, .shift_x = way->shift_x, .shift_y = way->shift_y};
}

static void
measure(const Places *places, Way *way)
{
  const MsCheckTrial asked = trial_of(way);

  ms_check_way_effect_init(&way->effect, places->evidence, places->model, &asked);
}

static gboolean
move_helps(const Way *way)
{
  const MsCheckWayEffect *effect = &way->effect;
  double gain = ms_check_way_effect_gain(effect);
  double share = SHIFT_ERROR_MEAN + SHIFT_LOPSIDED * ms_check_way_effect_lopsidedness(effect);

  return effect->after.defined && gain >= SHIFT_GAIN &&
         gain >= share * (1 - effect->before.value) &&
         effect->n_better >= SHIFT_SHARE * effect->n_changed;
}

static MsSureness
sureness_of(const Places *places, const Way *way, const Way *rival)
{
  double gain = is_turn(way) ? mean_gain(way) : ms_check_way_effect_gain(&way->effect);
  gboolean clear = gain >= (is_turn(way) ? TURN_GAIN : SHIFT_CLEAR);

  return !rival && clear && places->n_pairs >= ENOUGH_PAIRS ? MS_SURENESS_LIKELY
                                                            : MS_SURENESS_POSSIBLE;
}

/* --- a move that pairs have in common -------------------------------------------------------- */

/* The pair moved; NULL: it was not looked at again, or has no score. */
static const MsConfusion *
moved(const MsCheckPair *pair, int dx, int dy)
{
  const MsCheckTrial *trial = ms_check_find_trial(pair, MS_TURN_NONE, dx, dy);

  return pair->again && pair->confusion && trial ? trial->confusion : NULL;
}

/* Those that it helps speak for it. */
static void
take_helped(const Places *places, Way *way)
{
  for (guint i = 0; i < places->evidence->n_examples; i++) {
    const MsCheckPair *pair = &places->evidence->examples[i].pairs[places->model];
    const MsConfusion *there = moved(pair, way->shift_x, way->shift_y);

    if (!there || !can_speak(pair))
      continue;
    way->n_pairs++;
    if (ms_check_iou(there) > ms_check_iou(pair->confusion))
      g_array_append_val(way->examples, pair->example);
  }
}

static gboolean
is_even(const Places *places, const Way *way)
{
  const MsRules *rules = &ms_set_get_rules(places->evidence->set, places->model)->rules;
  g_autoptr(MsConfusion) there = NULL, back = NULL;

  if (ms_confusion_new(rules, &there) != MS_STATUS_OK ||
      ms_confusion_new(rules, &back) != MS_STATUS_OK)
    return FALSE;
  for (guint i = 0; i < places->evidence->n_examples; i++) {
    const MsCheckPair *pair = &places->evidence->examples[i].pairs[places->model];
    const MsConfusion *pair_there = moved(pair, way->shift_x, way->shift_y);
    const MsConfusion *pair_back = moved(pair, -way->shift_x, -way->shift_y);

    if (pair_there && pair_back &&
        (ms_confusion_merge(there, pair_there) != MS_STATUS_OK ||
         ms_confusion_merge(back, pair_back) != MS_STATUS_OK))
      return FALSE;
  }
  return ms_check_lean_is_even(there, back);
}

/* Whether so many pairs speak for one that it is worth measuring. */
static gboolean
has_lean(const Places *places)
{
  const MsCheckLean *lean = &places->evidence->leans[places->model];

  return (lean->dx != 0 || lean->dy != 0) && lean->examples->len >= LEAN_SHARE * places->n_close;
}

/* Which is then places->common, if it explains them. */
static void
find_common(Places *places)
{
  const MsCheckLean *lean = &places->evidence->leans[places->model];
  Way *way;

  if (!has_lean(places))
    return;
  way = way_new(MS_TURN_NONE, lean->dx, lean->dy);
  take_helped(places, way);
  measure(places, way);
  if (way->n_pairs >= ENOUGH_PAIRS && move_helps(way) && is_even(places, way))
    places->common = way;
  else
    way_free(way);
}

/* --- in words ------------------------------------------------------------------------------- */

/* What was done to masks that this turn mends. */
static const char *
turn_name(MsTurn turn)
{
  static const char *const names[MS_N_TURNS] = {
      [MS_TURN_FLIP_X] = "flipped left to right",
      [MS_TURN_FLIP_Y] = "flipped top to bottom",
      [MS_TURN_180] = "turned by 180 degrees",
      [MS_TURN_TRANSPOSE] = "transposed: x and y have changed places",
      [MS_TURN_90] = "turned by 90 degrees clockwise",
      [MS_TURN_270] = "turned by 90 degrees counterclockwise",
      [MS_TURN_ANTI_TRANSPOSE] = "transposed across the other diagonal",
  };

  return names[ms_turn_inverse(turn)];
}

static char *
describe_title(const Way *way)
{
  if (is_turn(way))
    return g_strdup_printf("Predictions are %s", turn_name(way->turn));
  return g_strdup_printf("Predictions are moved by (%d, %d) pixels", -way->shift_x, -way->shift_y);
}

static char *
describe_detail(const Places *places, const Way *way, const Way *rival)
{
  g_autofree char *n = ms_describe_count(way->examples->len);
  g_autofree char *all = ms_describe_count(way->n_pairs);
  GString *text = g_string_new(NULL);

  g_string_append_printf(text, "%s, %s of %s predicted %s better%s",
                         is_turn(way) ? "Turned back" : "Moved back", n, all,
                         way->n_pairs == 1 ? "mask fits" : "masks fit",
                         way->n_scored < way->n_tried ? "; as they are, sizes differ" : "");
  if (rival)
    g_string_append_printf(
        text, ". That they are %s explains as much: what is in them looks the same both ways",
        turn_name(rival->turn));
  return g_string_free(text, FALSE);
}

static void
add_finding(const Places *places, const Way *way, GPtrArray *findings)
{
  const Way *rival = is_turn(way) ? find_rival(places, way) : NULL;
  MsCheckFinding *finding = ms_check_add(
      findings, is_turn(way) ? MS_CHECK_TURNED : MS_CHECK_SHIFTED, sureness_of(places, way, rival),
      places->model, describe_title(way), describe_detail(places, way, rival));
  MsAdjustment *adjustment = ms_adjustment_new(NULL);
  g_autofree char *what = NULL;

  finding->n_looked = way->n_pairs;
  finding->n_scored = way->effect.n_after;
  finding->n_unscored = way->effect.n_only;
  finding->before = way->effect.before;
  finding->after = way->effect.after;
  for (guint i = 0; i < way->examples->len; i++)
    ms_check_finding_add_example(finding, g_array_index(way->examples, guint, i));
  adjustment->turn = way->turn;
  adjustment->shift_x = way->shift_x;
  adjustment->shift_y = way->shift_y;
  what = ms_adjustment_describe(adjustment);
  ms_check_finding_adjust(places->evidence, finding, adjustment,
                          g_strdup_printf("Compare them %s", what));
}

/* --- a model -------------------------------------------------------------------------------- */

static void
count_pairs(Places *places)
{
  for (guint i = 0; i < places->evidence->n_examples; i++) {
    const MsCheckPair *pair = &places->evidence->examples[i].pairs[places->model];

    if (!can_speak(pair))
      continue;
    places->n_pairs++;
    places->n_close += pair->close;
  }
}

static void
places_init(Places *places, const MsCheckEvidence *evidence, guint model)
{
  *places = (Places){
      .evidence = evidence, .model = model, .ways = g_ptr_array_new_with_free_func(way_free)};
  count_pairs(places);
  for (guint i = 0; i < evidence->n_examples; i++)
    add_pair(places, &evidence->examples[i].pairs[model]);
  for (guint i = 0; i < places->ways->len; i++)
    ((Way *)places->ways->pdata[i])->n_pairs = places->n_pairs;
}

static void
places_clear(Places *places)
{
  g_clear_pointer(&places->ways, g_ptr_array_unref);
  g_clear_pointer(&places->common, way_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Places, places_clear)

guint
ms_check_ask_ways(const MsCheckEvidence *evidence, guint model, MsCheckTrial *ways)
{
  const MsCheckLean *lean = &evidence->leans[model];
  g_auto(Places) places = {0};
  const Way *turn, *move;
  guint n = 0;

  places_init(&places, evidence, model);
  turn = find_way(&places, TRUE);
  move = find_way(&places, FALSE);
  if (turn)
    ways[n++] = trial_of(turn);
  if (move)
    ways[n++] = trial_of(move);
  for (int there = 1; has_lean(&places) && there >= -1; there -= 2)
    ways[n++] = (MsCheckTrial){.shift_x = there * lean->dx, .shift_y = there * lean->dy};
  return n;
}

static void
check_model(const MsCheckEvidence *evidence, guint model, GPtrArray *findings)
{
  g_auto(Places) places = {0};
  Way *turn, *move;

  places_init(&places, evidence, model);
  turn = find_way(&places, TRUE);
  move = find_way(&places, FALSE);
  find_common(&places);
  if (turn)
    measure(&places, turn);
  if (move)
    measure(&places, move);
  if (turn)
    add_finding(&places, turn, findings);
  else if (places.common)
    add_finding(&places, places.common, findings);
  else if (move && move_helps(move))
    add_finding(&places, move, findings);
}

void
ms_check_places(const MsCheckEvidence *evidence, GPtrArray *findings)
{
  for (guint model = 0; model < evidence->n_models; model++)
    check_model(evidence, model, findings);
}
