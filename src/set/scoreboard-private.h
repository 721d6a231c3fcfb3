/* SPDX-License-Identifier: MIT
 *
 * From results to standings: what a scoreboard's numbers are made of, and their making.
 */
#pragma once

#include "set/scoreboard.h"

G_BEGIN_DECLS

typedef enum { MS_ITEM_WAITING, MS_ITEM_SKIPPED, MS_ITEM_COUNTED } MsItemState;

typedef struct {
  MsItemState state;
  MsResult *result;       /* COUNTED */
  MsConfusion *confusion; /* COUNTED: the result's own, or under rules that moved, once counted */
} MsScoreboardItem;

struct MsScoreboardJob {
  MsSet *set;
  guint model;
  gboolean draw;
  MsRuleset *rules;
  gboolean moved;          /* the rules are not the set's: confusions are to be made */
  MsScoreboardItem *items; /* one an example */
  guint n_threads;
};

/* Fills a board's standings, of which only the splits are set; of a job that draws, the first few
 * also with intervals, and the groups. resamples gets what was drawn, one a standing, the caller's
 * in any case. Once. Errors: those of samples. */
MsStatus ms_scoreboard_job_run(MsScoreboardJob *job, MsScoreboard *board, MsResamples **resamples,
                               GCancellable *cancellable);

/* Of the whole set (NULL) or a split. */
guint64 ms_scoreboard_job_seed(const MsScoreboardJob *job, const char *part);

/* Fills the board's scores of groups and their intervals, where the set has any. Errors: those of
 * samples. */
MsStatus ms_scoreboard_job_score_groups(const MsScoreboardJob *job, MsScoreboard *board,
                                        GCancellable *cancellable);

G_END_DECLS
