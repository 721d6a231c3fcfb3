/* SPDX-License-Identifier: MIT
 *
 * --fail-under NAME=VALUE: levels that every model must reach.
 */
#pragma once

#include "set/evaluation.h"

G_BEGIN_DECLS

typedef struct {
  MsSetMetric metric;
  double value;
} MsLevelDemand;

/* From the option's texts (may be NULL). NULL on MS_OPTIONS_ERROR_USAGE. */
GArray *ms_levels_parse(const char *const *texts, GError **error);

/* Whether the set has those scores; FALSE: MS_OPTIONS_ERROR_USAGE. */
gboolean ms_levels_fit(const GArray *levels, MsSet *set, GError **error);

/* A sentence for each model and level that is not reached; a score that does not exist reaches
 * none. Errors: those of ms_scoreboard_compute(). */
GPtrArray *ms_levels_check(const GArray *levels, MsEvaluation *evaluation, GError **error);

G_END_DECLS
