/* SPDX-License-Identifier: MIT
 *
 * Files that a survey knows by the bytes that the results store keeps of them, so that whatever a
 * test says of readings holds of those that were not read again.
 */
#pragma once

#include "set/reading-survey.h"

static inline void
kept_facts_add(MsReadingSurvey *survey, MsSamples *samples, const char *name)
{
  g_autoptr(MsFileFacts) seen = ms_file_facts_new(samples, survey->hints.ids);
  g_autoptr(GBytes) bytes = ms_file_facts_to_bytes(seen);
  g_autoptr(MsFileFacts) kept = ms_file_facts_from_bytes(bytes);
  g_autoptr(GBytes) again = NULL;

  g_assert_nonnull(kept);
  again = ms_file_facts_to_bytes(kept);
  g_assert_true(g_bytes_equal(bytes, again));
  ms_reading_survey_add_facts(survey, kept, name);
}
