/* SPDX-License-Identifier: MIT
 *
 * How the masks of a role are read: its first files are decoded, in threads, and a reading is
 * decided from what they hold. One a role; a manifest's files are then each read by themselves.
 * What a file holds is kept in the results store: while it does not change it is not read again.
 */
#pragma once

#include "set/inventory.h"
#include "set/load.h"
#include "set/options.h"
#include "set/reading.h"
#include "set/store.h"

G_BEGIN_DECLS

/* What the decision is made with. */
typedef struct {
  MsInventory *inventory; /* finished; takes notices of what is guessed */
  const MsOptions *options;
  const MsClassTable *table; /* may be NULL */
  gboolean found_table;
  const MsLoader *loader;
  MsStore *store;         /* what is known of files from before; NULL: each is read */
  MsSetProgress progress; /* may be NULL */
  gpointer user;
  GCancellable *cancellable;
  guint64 n_known; /* files that the store knew, and that were read, so far; filled */
  guint64 n_read;
} MsSurveyContext;

/* Readings of the actual masks and then of each model: MsReading, n_models + 1 of them. */
GPtrArray *ms_survey_roles(MsSurveyContext *context, GError **error);

G_END_DECLS
