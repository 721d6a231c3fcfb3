/* SPDX-License-Identifier: MIT
 *
 * What a set is made of: set.c opens it, set-contents.c tells what is in it.
 */
#pragma once

#include "set/example-table.h"
#include "set/set.h"

G_BEGIN_DECLS

struct _MsSet {
  GObject parent_instance;
  MsOptions *options;
  char *title;
  char *path;
  char *layout;
  MsExampleTable *examples;
  GPtrArray *models; /* MsFoundModel; folder as it is shown */
  GStrv splits;
  GArray *all;          /* guint: every example */
  GHashTable *by_split; /* split -> GArray of guint */
  GStrv groups;
  MsClassTable *table;
  gboolean found_table;
  gboolean partial;
  MsLabelData *labels;        /* NULL: masks */
  MsAnnotations *annotations; /* of the actual masks; NULL: files */
  MsSharedFiles *shared_files;
  GPtrArray *readings; /* MsReading: actual, then each model */
  GPtrArray *rules;    /* MsRuleset, one a model */
  GPtrArray *notices;  /* MsNotice */
};

static inline const MsReading *
ms_set_role_reading(const MsSet *self, guint index)
{
  return g_ptr_array_index(self->readings, index);
}

G_END_DECLS
