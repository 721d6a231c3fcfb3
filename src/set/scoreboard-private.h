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
  MsConfusion *confusion; /* COUNTED, once counted; the result's own under the set's rules */
} MsScoreboardItem;

struct MsScoreboardJob {
  MsSet *set;
  guint model;
  MsRuleset *rules;
  gboolean moved;          /* the rules are not the set's: confusions are to be made */
  MsScoreboardItem *items; /* one an example */
  guint n_threads;
};

/* Fills the standings, of which only the splits are set, but for MS_SCOREBOARD_MAX_DRAWN without
 * intervals; resamples gets those that were drawn, one a standing, the caller's in any case. Once.
 */
MsStatus ms_scoreboard_job_run(MsScoreboardJob *job, MsStanding *standings, guint n_standings,
                               MsResamples **resamples, GCancellable *cancellable);

G_END_DECLS
