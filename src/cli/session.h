/* SPDX-License-Identifier: MIT
 *
 * What every subcommand that reads a set needs: its options, the interrupt, the progress bar and
 * the opened set.
 */
#pragma once

#include "cli/command.h"
#include "cli/progress.h"
#include "set/measures-pass.h"
#include "set/scoreboard.h"
#include "set/set.h"

G_BEGIN_DECLS

typedef struct {
  MsOptions *options;
  GCancellable *cancellable;
  MsProgress progress;
  MsSet *set;
} MsSession;

/* Parses the common options and `extra`, leaving the positional arguments in *arguments. */
gboolean ms_session_init(MsSession *session, GStrv *arguments, const GOptionEntry *extra,
                         GError **error);
void ms_session_clear(MsSession *session);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MsSession, ms_session_clear)

/* At most one positional argument, which is the SET. Errors: MS_OPTIONS_ERROR_USAGE. */
gboolean ms_session_take_set(MsSession *session, char **arguments, GError **error);

gboolean ms_session_open(MsSession *session, GError **error);

/* Scores everything. */
gboolean ms_session_evaluate(MsSession *session, MsEvaluation *evaluation, GError **error);

/* Measures everything that was scored; the caller's. */
MsSetMeasures *ms_session_measure(MsSession *session, MsEvaluation *evaluation,
                                  const MsMeasureRequest *request, GError **error);

/* A scoreboard for each model; the caller's. */
GPtrArray *ms_session_compute_boards(MsSession *session, MsEvaluation *evaluation, GError **error);

/* What was noticed when the set was opened; nothing with --quiet. */
void ms_session_print_notices(MsSession *session);

G_END_DECLS
