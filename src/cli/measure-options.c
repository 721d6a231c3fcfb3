/* SPDX-License-Identifier: MIT
 *
 * Names are those of the table of metrics, so that an error lists all that there are.
 */
#include "cli/measure-options.h"

#include "metric/reach.h"
#include "set/option-values.h"

static gboolean
refuse_metric(const char *name, GError **error)
{
  g_autoptr(GString) ids = g_string_new(NULL);

  for (int i = 0; i < MS_N_MEASURES; i++)
    g_string_append_printf(ids, "%s, ", ms_measure_info((MsMeasure)i)->id);
  return ms_options_usage_error(
      error, "--metrics takes names out of %sseparated by commas, or all; not '%s'", ids->str,
      name);
}

static gboolean
parse_metrics(const char *list, MsMeasures *wanted, GError **error)
{
  g_auto(GStrv) names = g_strsplit(list, ",", -1);

  *wanted = MS_MEASURES_NONE;
  for (guint i = 0; names[i]; i++) {
    const char *name = g_strstrip(names[i]);
    MsMeasure measure;

    if (g_str_equal(name, "all"))
      *wanted |= MS_MEASURES_ALL;
    else if (ms_measure_from_id(name, &measure))
      *wanted |= MS_MEASURE_BIT(measure);
    else
      return refuse_metric(name, error);
  }
  return *wanted != MS_MEASURES_NONE || refuse_metric(list, error);
}

gboolean
ms_measure_options_apply(const MsMeasureOptions *options, MsMeasureRequest *request,
                         gboolean *asked, GError **error)
{
  guint64 tolerance = MS_TOLERANCE_DEFAULT;

  *request = (MsMeasureRequest){.has_tolerant = options->tolerance != NULL};
  *asked = options->metrics || options->tolerance;
  if (options->metrics && !parse_metrics(options->metrics, &request->wanted, error))
    return FALSE;
  if (options->tolerance &&
      !g_ascii_string_to_unsigned(options->tolerance, 10, 0, MS_REACH_MAX, &tolerance, NULL))
    return ms_options_usage_error(error,
                                  "--tolerance takes a whole number of pixels from 0 to %d, not "
                                  "'%s'",
                                  MS_REACH_MAX, options->tolerance);
  request->tolerance = (guint)tolerance;
  return TRUE;
}

gboolean
ms_measure_options_fit(const MsMeasureOptions *options, MsSet *set, GError **error)
{
  if (!ms_set_get_labels(set) || (!options->metrics && !options->tolerance))
    return TRUE;
  return ms_options_usage_error(error, "%s is for masks; these are label sets, which have no edges",
                                options->metrics ? "--metrics" : "--tolerance");
}

void
ms_measure_options_clear(MsMeasureOptions *options)
{
  g_free(options->metrics);
  g_free(options->tolerance);
}
