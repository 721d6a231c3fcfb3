/* SPDX-License-Identifier: MIT
 *
 * How a predicted mask would score if it lay another way. Which ways are worth it is told from few
 * of its pixels; those are then counted on all of them, under the set's rules. So a pair that lies
 * right costs little, and no number comes from an estimate.
 */
#include "set/check-codes.h"
#include "set/check-evidence.h"
#include "set/check-moves.h"
#include "set/control.h"
#include "set/reading-adjust.h"

/* Larger masks are not tried: a turn of them takes longer than reading several others. */
#define MAX_PIXELS ((gint64)32 * 1024 * 1024)

/* Turns are told apart on so many pixels a side; smaller masks than this are counted whole. */
#define TURN_SIDE 256

/* What a mask is told by among others. */
#define STAMP_SIDE 48

/* Above it a pair lies as it should, and no turn is looked at. */
#define TURN_BELOW 0.9
/* By how much a turn's estimate must be better to be counted: less than what a finding takes, so
 * that an estimate may err. */
#define TURN_MARGIN 0.02

/* Above it there is nothing to gain by a move. */
#define SHIFT_BELOW 0.995
/* As for turns. Findings ask for more. */
#define SHIFT_MARGIN 0.01
typedef struct {
  MsCheckPair *pair;
  const MsMasks *masks;
  const MsRules *rules;
  MsControl control;
  gboolean fits; /* both masks have one size */
} Try;

/* --- all pixels ----------------------------------------------------------------------------- */

/* NULL: it cannot be counted. */
static MsConfusion *
confusion_of(const Try *try, const MsRaster *actual, const MsRaster *predicted)
{
  MsJoint *joint = NULL;
  MsConfusion *confusion = NULL;
  MsStatus status = ms_joint_new(&joint);

  if (status == MS_STATUS_OK)
    status = ms_confusion_new(try->rules, &confusion);
  if (status == MS_STATUS_OK)
    status = ms_joint_add(joint, actual, predicted, &try->control);
  if (status == MS_STATUS_OK)
    status = ms_confusion_add_joint(confusion, joint, NULL);
  ms_joint_free(joint);
  if (status != MS_STATUS_OK)
    g_clear_pointer(&confusion, ms_confusion_free);
  return confusion;
}

static void
clear_trial(gpointer data)
{
  MsCheckTrial *trial = data;

  g_clear_pointer(&trial->confusion, ms_confusion_free);
}

/* The predicted mask laid another way, as an adjustment lays it. */
static gboolean
lay(const Try *try, const MsCheckTrial *trial, MsRaster *laid)
{
  MsAdjustment adjustment = {
      .turn = trial->turn, .shift_x = trial->shift_x, .shift_y = trial->shift_y};
  const MsReading reading = {.adjustment = &adjustment};

  return ms_raster_turn(&try->masks->predicted.raster, MS_TURN_NONE, laid) == MS_STATUS_OK &&
         ms_reading_lay(&reading, ms_masks_empty_sample(try->rules), laid) == MS_STATUS_OK;
}

static void
add_trial(const Try *try, MsCheckTrial trial)
{
  MsCheckPair *pair = try->pair;
  MsRaster laid = {0};

  if (lay(try, &trial, &laid))
    trial.confusion = confusion_of(try, &try->masks->actual.raster, &laid);
  ms_raster_clear(&laid);
  if (!trial.confusion)
    return;
  if (!pair->trials) {
    pair->trials = g_array_new(FALSE, FALSE, sizeof(MsCheckTrial));
    g_array_set_clear_func(pair->trials, clear_trial);
  }
  g_array_append_val(pair->trials, trial);
}

/* --- turns ---------------------------------------------------------------------------------- */

static gboolean
turn_fits(const Try *try, MsTurn turn)
{
  const MsRaster *actual = &try->masks->actual.raster, *predicted = &try->masks->predicted.raster;

  if (ms_turn_swaps_sides(turn))
    return actual->width == predicted->height && actual->height == predicted->width;
  return try->fits;
}

/* 0 where nothing can be said. */
static double
estimate_turn(const MsCheckCodes *small, MsTurn turn)
{
  MsRaster turned = {0};
  MsOverlap overlap = {0};
  MsWindow all = {0, small->actual.width, 0, small->actual.height};
  double iou = 0;

  if (ms_raster_turn(&small->predicted, turn, &turned) == MS_STATUS_OK &&
      ms_overlap_add(&overlap, &small->actual, &turned, all, 0, 0, small->background) ==
          MS_STATUS_OK)
    ms_overlap_iou(&overlap, &iou);
  ms_raster_clear(&turned);
  return iou;
}

/* Where one is worth it all of them are: a finding compares them with each other. */
static gboolean
some_turn_is_better(const Try *try, const MsCheckCodes *small)
{
  double now = try->fits ? estimate_turn(small, MS_TURN_NONE) : 0;

  for (MsTurn turn = MS_TURN_FLIP_X; turn < MS_N_TURNS; turn++)
    if (turn_fits(try, turn) && estimate_turn(small, turn) >= now + TURN_MARGIN)
      return TRUE;
  return FALSE;
}

static void
try_turns(const Try *try)
{
  g_auto(MsCheckCodes) small = {0};

  if (!ms_check_codes_init_small(&small, try->masks, try->rules, TURN_SIDE) ||
      !some_turn_is_better(try, &small))
    return;
  for (MsTurn turn = MS_TURN_FLIP_X; turn < MS_N_TURNS; turn++)
    if (turn_fits(try, turn))
      add_trial(try, (MsCheckTrial){.turn = turn});
}

/* --- moves ---------------------------------------------------------------------------------- */

/* FALSE: none is better, or the best one lies at the rim. */
static gboolean
find_shift(const MsCheckMoves *moves, int *best_x, int *best_y)
{
  double now = ms_check_moves_iou(moves, 0, 0), best = now;

  *best_x = *best_y = 0;
  for (int dy = -moves->range; dy <= moves->range; dy++) {
    for (int dx = -moves->range; dx <= moves->range; dx++) {
      double iou = ms_check_moves_iou(moves, dx, dy);

      if (iou > best) {
        best = iou;
        *best_x = dx;
        *best_y = dy;
      }
    }
  }
  return best >= now + SHIFT_MARGIN && ABS(*best_x) < moves->range && ABS(*best_y) < moves->range;
}

static void
try_shift(const Try *try)
{
  g_auto(MsCheckCodes) codes = {0};
  g_autofree MsCheckMoves *moves = NULL;
  int dx, dy;

  if (!ms_check_codes_init(&codes, try->masks, try->rules))
    return;
  moves = ms_check_moves_new(&codes);
  if (moves && find_shift(moves, &dx, &dy))
    add_trial(try, (MsCheckTrial){.shift_x = dx, .shift_y = dy});
  if (try->pair->close)
    try->pair->moves = g_steal_pointer(&moves);
}

/* --- a pair --------------------------------------------------------------------------------- */

static void
keep_stamps(const Try *try)
{
  MsCheckCodes stamps;

  if (ms_check_codes_init_small(&stamps, try->masks, try->rules, STAMP_SIDE))
    try->pair->stamps = g_memdup2(&stamps, sizeof stamps);
}

/* Not defined: there is nothing on one side, which lies the same every way. */
static MsValue
iou_now(const MsCheckPair *pair)
{
  MsValue iou = {0};
  MsCounts counts;

  if (!pair->confusion)
    return iou;
  counts = ms_confusion_counts(pair->confusion);
  if (counts.tp + counts.fn > 0 && counts.tp + counts.fp > 0)
    iou = ms_confusion_score(pair->confusion, MS_METRIC_IOU);
  return iou;
}

static gboolean
is_tried(const MsMasks *masks)
{
  const MsRaster *actual = &masks->actual.raster, *predicted = &masks->predicted.raster;

  return masks->has_actual && masks->has_predicted &&
         (gint64)actual->width * actual->height <= MAX_PIXELS &&
         (gint64)predicted->width * predicted->height <= MAX_PIXELS;
}

gboolean
ms_check_try(MsCheckPair *pair, const MsMasks *masks, const MsRuleset *rules,
             GCancellable *cancellable)
{
  const MsRaster *actual = &masks->actual.raster, *predicted = &masks->predicted.raster;
  Try try = {.pair = pair,
             .masks = masks,
             .rules = &rules->rules,
             .control = ms_control_for(cancellable),
             .fits = actual->width == predicted->width && actual->height == predicted->height};
  MsValue iou = iou_now(pair);

  if (!is_tried(masks) || (try.fits && !iou.defined))
    return !g_cancellable_is_cancelled(cancellable);
  if (!try.fits || iou.value < TURN_BELOW) {
    try_turns(&try);
    if (pair->close)
      keep_stamps(&try);
  }
  if (try.fits && iou.value < SHIFT_BELOW && !g_cancellable_is_cancelled(cancellable))
    try_shift(&try);
  return !g_cancellable_is_cancelled(cancellable);
}

gboolean
ms_check_try_again(MsCheckPair *pair, const MsMasks *masks, const MsRuleset *rules,
                   const MsCheckTrial *way, GCancellable *cancellable)
{
  const Try try = {
      .pair = pair, .masks = masks, .rules = &rules->rules, .control = ms_control_for(cancellable)};

  if (!is_tried(masks))
    return FALSE;
  add_trial(&try, (MsCheckTrial){.turn = way->turn,
                                 .shift_x = way->shift_x,
                                 .shift_y = way->shift_y,
                                 .again = TRUE});
  return TRUE;
}

static void
clear_other(gpointer data)
{
  MsCheckCandidate *other = data;

  g_clear_pointer(&other->confusion, ms_confusion_free);
}

void
ms_check_try_other(MsCheckPair *pair, const MsMasks *masks, const MsRaster *actual, guint example,
                   const MsRuleset *rules, GCancellable *cancellable)
{
  const Try try = {.rules = &rules->rules, .control = ms_control_for(cancellable)};
  MsCheckCandidate other = {.example = example};

  other.confusion = confusion_of(&try, actual, &masks->predicted.raster);
  if (!pair->others) {
    pair->others = g_array_new(FALSE, FALSE, sizeof(MsCheckCandidate));
    g_array_set_clear_func(pair->others, clear_other);
  }
  g_array_append_val(pair->others, other);
}
