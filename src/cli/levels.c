/* SPDX-License-Identifier: MIT
 *
 * The names are those of the descriptor table, so that a new set score can be demanded at once.
 */
#include "cli/levels.h"

#include <string.h>

#include "cli/fraction.h"
#include "set/describe.h"
#include "set/options.h"

static char *
list_names(void)
{
  GString *names = g_string_new(NULL);

  for (guint i = 0; i < MS_N_SET_METRICS; i++)
    g_string_append_printf(names, "%s%s", i > 0 ? ", " : "",
                           ms_set_metric_info((MsSetMetric)i, MS_COMPARE_BINARY)->id);
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
                "--fail-under %s is a level for label sets; %s has masks",
                ms_set_metric_info(metric, MS_COMPARE_LABELS)->id, ms_set_get_title(set));
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
                         ms_set_metric_info(level->metric, MS_COMPARE_BINARY)->id, is, demanded);
}

GPtrArray *
ms_levels_check(const GArray *levels, MsEvaluation *evaluation)
{
  MsSet *set = ms_evaluation_get_set(evaluation);
  GPtrArray *misses = g_ptr_array_new_with_free_func(g_free);

  for (guint model = 0; model < ms_set_get_n_models(set); model++) {
    MsTally tally;
    g_autoptr(MsTotals) totals = ms_evaluation_totals(evaluation, model, NULL, &tally);

    for (guint i = 0; i < levels->len; i++) {
      const MsLevelDemand *level = &g_array_index(levels, MsLevelDemand, i);
      MsValue reached = ms_totals_value(totals, level->metric);

      if (!reached.defined || reached.value < level->value)
        g_ptr_array_add(misses, describe_miss(ms_set_get_model_name(set, model), level, reached));
    }
  }
  return misses;
}
