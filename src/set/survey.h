/* SPDX-License-Identifier: MIT
 *
 * How the masks of a role are read: its first files are decoded, in threads, and a reading is
 * decided from what they hold. One a role; where a manifest gathers files from several folders, one
 * a folder, as long as they all come down to the same kind of mask.
 */
#pragma once

#include "set/inventory.h"
#include "set/options.h"
#include "set/reading.h"

G_BEGIN_DECLS

typedef struct {
  MsReading *common;     /* of the role as a whole */
  GHashTable *by_folder; /* folder -> MsReading, where they are decided apart; else NULL */
} MsRoleReading;

void ms_role_reading_free(MsRoleReading *reading);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsRoleReading, ms_role_reading_free)

/* The reading of one file of the role. Lent. */
const MsReading *ms_role_reading_find(const MsRoleReading *reading, const char *path);

/* What the decision is made with. */
typedef struct {
  MsInventory *inventory; /* finished; takes notices of what is guessed */
  const MsOptions *options;
  const MsClassTable *table; /* may be NULL */
  gboolean found_table;
  MsSetProgress progress; /* may be NULL */
  gpointer user;
  GCancellable *cancellable;
} MsSurveyContext;

/* Readings of the actual masks and then of each model: MsRoleReading, n_models + 1 of them. */
GPtrArray *ms_survey_roles(const MsSurveyContext *context, GError **error);

G_END_DECLS
