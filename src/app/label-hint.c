/* SPDX-License-Identifier: MIT */
#include "app/label-hint.h"

#include "set/describe.h"

static const MsClassCounts *
find_label(const MsConfusion *confusion, guint label)
{
  size_t n;
  const MsClassCounts *classes = ms_confusion_classes(confusion, &n);

  for (size_t i = 0; i < n; i++)
    if (classes[i].id == label)
      return &classes[i];
  return NULL;
}

static char *
describe(const char *name, const MsClassCounts *counts, MsEmptyRule empty)
{
  g_autofree char *iou = ms_describe_ratio(ms_class_score(counts, MS_METRIC_IOU, empty), 3);
  g_autofree char *right = ms_describe_count(counts->counts.tp);
  g_autofree char *missed = ms_describe_count(counts->counts.fn);
  g_autofree char *extra = ms_describe_count(counts->counts.fp);

  return g_strdup_printf("%s: IoU %s over the set (%s right, %s missed, %s extra)", name, iou,
                         right, missed, extra);
}

/* The counts of the whole set, where every example is in them; NULL: there are none that hold. */
static const MsConfusion *
pooled_counts(MsBoardKeeper *keeper, guint model)
{
  const MsScoreboard *board = keeper ? ms_board_keeper_get(keeper) : NULL;
  const MsStanding *whole = board ? ms_scoreboard_find(board, NULL) : NULL;

  return whole && board->model == model && whole->tally.waiting == 0 &&
                 ms_board_keeper_is_current(keeper)
             ? whole->pooled
             : NULL;
}

char *
ms_label_hint(MsBoardKeeper *keeper, const MsFrame *frame, guint label, gboolean name_alone)
{
  const char *name = ms_label_data_name(ms_set_get_labels(frame->set), label);
  const MsConfusion *pooled = pooled_counts(keeper, frame->model);
  const MsClassCounts *counts = pooled ? find_label(pooled, label) : NULL;

  if (counts)
    return describe(name, counts, ms_set_get_rules(frame->set, frame->model)->rules.empty);
  return name_alone ? g_strdup(name) : NULL;
}
