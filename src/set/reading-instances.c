/* SPDX-License-Identifier: MIT
 *
 * Names are compared in any case. Cityscapes calls its maps ..._instanceIds: from 1000 on an id is
 * 1000 times that of the class, and the number of the object.
 */
#include "set/reading-instances.h"

#include <string.h>

#include "set/reading-evidence.h"
#include "set/text.h"

#define NUMBERED_ENDING  "_instanceIds"
#define NUMBERED_DIVISOR 1000u
#define FOLDER_PREFIX    "instance"

static gboolean
is_numbered(const char *name)
{
  gsize length = ms_text_stem_length(name), ending = strlen(NUMBERED_ENDING);

  return length >= ending &&
         g_ascii_strncasecmp(name + length - ending, NUMBERED_ENDING, ending) == 0;
}

static gboolean
are_numbered(const GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++)
    if (!is_numbered(g_ptr_array_index(names, i)))
      return FALSE;
  return names->len > 0;
}

static gboolean
is_of_instances(const char *folder)
{
  return g_ascii_strncasecmp(folder, FOLDER_PREFIX, strlen(FOLDER_PREFIX)) == 0;
}

gboolean
ms_instances_are_named(const MsRoleNames *names)
{
  g_autofree char *base = names->folder ? g_path_get_basename(names->folder) : NULL;

  if (base && is_of_instances(base))
    return TRUE;
  for (guint i = 0; i < names->parents->len; i++)
    if (!is_of_instances(g_ptr_array_index(names->parents, i)))
      return FALSE;
  return names->parents->len > 0;
}

/* NULL: ids stay. */
static MsIdMap *
map_of(const MsOptions *options, const char *model)
{
  const MsAdjustment *adjustment = model ? ms_options_find_adjustment(options, model) : NULL;

  if (adjustment && adjustment->ids)
    return ms_id_map_compose(adjustment->ids, options->ids_predicted);
  return ms_id_map_copy(model ? options->ids_predicted : options->ids_actual);
}

MsIdHints
ms_instances_hints(const MsOptions *options, const MsRoleNames *names, const char *model)
{
  MsIdHints hints = {0};
  guint32 divisor = 0;

  if (options->instances_choice == MS_CHOICE_GIVEN) {
    divisor = options->instances_divisor;
    hints.plain = divisor == 0;
  } else if (options->instances_choice == MS_CHOICE_AUTO && are_numbered(names->names)) {
    divisor = NUMBERED_DIVISOR;
    hints.guessed = TRUE;
  }
  if (model && options->has_threshold)
    return (MsIdHints){0}; /* values, not ids */
  hints.ids = map_of(options, model);
  if (!hints.ids && divisor > 0)
    hints.ids = ms_id_map_new();
  if (hints.ids)
    ms_id_map_set_divisor(hints.ids, divisor);
  return hints;
}

gboolean
ms_instances_may_be_guessed(const MsOptions *options, const MsClassTable *asked_table)
{
  return options->instances_choice == MS_CHOICE_AUTO &&
         options->positive_choice == MS_CHOICE_AUTO && !options->has_threshold && !asked_table &&
         options->background_choice == MS_CHOICE_AUTO && !options->ids_actual &&
         !options->ids_predicted;
}

gboolean
ms_reading_survey_is_binary(const MsReadingSurvey *survey)
{
  g_auto(MsEvidence) evidence = ms_evidence_gather(survey, NULL);

  return survey->n_files > 0 && survey->n_color == 0 && ms_evidence_is_binary(&evidence);
}
