/* SPDX-License-Identifier: MIT
 *
 * From results to standings: what a scoreboard's numbers are made of, and their making.
 */
#pragma once

#include "set/scoreboard.h"

G_BEGIN_DECLS

struct MsScoreboardJob {
  MsSet *set;
  guint model;
  gboolean draw;
  MsRuleset *rules;
  MsResults *results;
  gboolean settled; /* the records are of these rules */
  guint n_threads;
  GError *error; /* atomic: of the first example found whose counts cannot be made; NULL: none */
};

/* What an example adds to sums. */
typedef enum { MS_ITEM_WAITING, MS_ITEM_SKIPPED, MS_ITEM_COUNTED, MS_ITEM_FAILED } MsItemState;

typedef struct {
  MsItemState state;
  gboolean resized;
  const MsConfusion *confusion; /* COUNTED: lent until the next one */
} MsScoreboardItem;

/* Goes through examples, for one thread; zeroed but for the job. */
typedef struct {
  MsScoreboardJob *job;
  MsConfusion *confusion; /* of the last one */
} MsItemReader;

void ms_item_reader_clear(MsItemReader *reader);
/* FAILED: its counts cannot be read back, nor what is made of them be told; the job has the error.
 */
MsScoreboardItem ms_item_reader_read(MsItemReader *reader, guint example);

/* Fills a board's standings, of which only the splits are set; of a job that draws, the first few
 * also with intervals, and the groups. resamples gets what was drawn, one a standing, the caller's
 * in any case. Once. Errors: those of samples, and INVALID with the job's error. */
MsStatus ms_scoreboard_job_run(MsScoreboardJob *job, MsScoreboard *board, MsResamples **resamples,
                               GCancellable *cancellable);

/* Of the whole set (NULL) or a split. */
guint64 ms_scoreboard_job_seed(const MsScoreboardJob *job, const char *part);

/* Fills the board's scores of groups and their intervals, where the set has any. Errors: those of
 * samples. */
MsStatus ms_scoreboard_job_score_groups(MsScoreboardJob *job, MsScoreboard *board,
                                        GCancellable *cancellable);

G_END_DECLS
