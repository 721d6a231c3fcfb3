/* SPDX-License-Identifier: MIT
 *
 * How the masks of a role are read: its first files are decoded, in threads, and a reading is
 * decided from what they hold. One a role; a manifest's files are then each read by themselves.
 */
#pragma once

#include "set/inventory.h"
#include "set/load.h"
#include "set/options.h"
#include "set/reading.h"

G_BEGIN_DECLS

/* What the decision is made with. */
typedef struct {
  MsInventory *inventory; /* finished; takes notices of what is guessed */
  const MsOptions *options;
  const MsClassTable *table; /* may be NULL */
  gboolean found_table;
  const MsLoader *loader;
  MsSetProgress progress; /* may be NULL */
  gpointer user;
  GCancellable *cancellable;
} MsSurveyContext;

/* Readings of the actual masks and then of each model: MsReading, n_models + 1 of them. */
GPtrArray *ms_survey_roles(const MsSurveyContext *context, GError **error);

G_END_DECLS
