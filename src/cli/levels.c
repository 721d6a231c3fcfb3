/* SPDX-License-Identifier: MIT
 *
 * The names are those of the descriptor table, so that a new set score can be demanded at once.
 */
#include "cli/levels.h"

#include <string.h>

#include "cli/fraction.h"
#include "set/describe.h"
#include "set/options.h"
#include "set/scoreboard.h"

static char *
list_names(void)
{
  GString *names = g_string_new(NULL);

  for (guint i = 0; i < MS_N_SET_METRICS; i++)
    g_string_append_printf(names, "%s%s", i > 0 ? ", " : "", ms_set_metric_id((MsSetMetric)i));
  return g_string_free(names, FALSE);
}

static gboolean
parse_level(const char *text, MsLevelDemand *level, GError **error)
{
  const char *equals = strchr(text, '=');
  g_autofree char *name = g_strndup(text, equals ? (gsize)(equals - text) : strlen(text));

  if (!ms_set_metric_from_id(name, &level->metric)) {
    g_autofree char *names = list_names();
    g_set_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE,
                "--fail-under knows no '%s'; it takes NAME=VALUE with one of %s", name, names);
    return FALSE;
  }
  if (!equals || !ms_fraction_parse(equals + 1, &level->value)) {
    g_set_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE,
                "--fail-under %s takes a number from 0 to 1 after '=', as in %s=0.8", text, name);
    return FALSE;
  }
  return TRUE;
}

GArray *
ms_levels_parse(const char *const *texts, GError **error)
{
  g_autoptr(GArray) levels = g_array_new(FALSE, FALSE, sizeof(MsLevelDemand));

  for (guint i = 0; texts && texts[i]; i++) {
    MsLevelDemand level;

    if (!parse_level(texts[i], &level, error))
      return NULL;
    g_array_append_val(levels, level);
  }
  return g_steal_pointer(&levels);
}

gboolean
ms_levels_fit(const GArray *levels, MsSet *set, GError **error)
{
  for (guint i = 0; i < levels->len && !ms_set_get_labels(set); i++) {
    MsSetMetric metric = g_array_index(levels, MsLevelDemand, i).metric;

    if (metric != MS_SET_METRIC_HAMMING)
      continue;
    g_set_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE,
                "--fail-under %s is a level for label sets; %s has masks", ms_set_metric_id(metric),
                ms_set_get_title(set));
    return FALSE;
  }
  return TRUE;
}

static char *
describe_miss(const char *model, const MsLevelDemand *level, MsValue reached)
{
  g_autofree char *is =
      reached.defined ? ms_describe_exact_number(reached.value) : g_strdup("not defined");
  g_autofree char *demanded = ms_describe_exact_number(level->value);

  return g_strdup_printf("%s: %s is %s, below the demanded %s", model,
                         ms_set_metric_id(level->metric), is, demanded);
}

static gboolean
add_misses(GPtrArray *misses, const GArray *levels, MsEvaluation *evaluation, guint model,
           GError **error)
{
  const char *name = ms_set_get_model_name(ms_evaluation_get_set(evaluation), model);
  g_autoptr(MsScoreboardJob) job = ms_scoreboard_prepare(evaluation, model, FALSE);
  g_autoptr(MsScoreboard) board = ms_scoreboard_compute(job, NULL, error);

  for (guint i = 0; board && i < levels->len; i++) {
    const MsLevelDemand *level = &g_array_index(levels, MsLevelDemand, i);
    MsValue reached = ms_scoreboard_find(board, NULL)->values[level->metric];

    if (!reached.defined || reached.value < level->value)
      g_ptr_array_add(misses, describe_miss(name, level, reached));
  }
  return board != NULL;
}

GPtrArray *
ms_levels_check(const GArray *levels, MsEvaluation *evaluation, GError **error)
{
  guint n_models = ms_set_get_n_models(ms_evaluation_get_set(evaluation));
  g_autoptr(GPtrArray) misses = g_ptr_array_new_with_free_func(g_free);

  for (guint model = 0; levels->len > 0 && model < n_models; model++)
    if (!add_misses(misses, levels, evaluation, model, error))
      return NULL;
  return g_steal_pointer(&misses);
}
