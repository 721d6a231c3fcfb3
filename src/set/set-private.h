/* SPDX-License-Identifier: MIT
 *
 * What a set is made of: set.c opens it, set-contents.c tells what is in it.
 */
#pragma once

#include "set/example-table.h"
#include "set/set.h"
#include "set/store.h"

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
  MsStore *store;      /* atomic; that the survey asked, until it is taken; NULL: none */
  guint64 n_known;     /* files of the survey that the store knew, and that were read */
  guint64 n_read;
  GPtrArray *rules;   /* MsRuleset, one a model */
  GPtrArray *notices; /* MsNotice */
};

/* The results store that was open when the set was opened; NULL: taken, or none. */
MsStore *ms_set_take_store(MsSet *self);

/* Whether an example has a file in a role, as of ms_example_table_file(), without making its path.
 */
gboolean ms_set_has_file(MsSet *self, guint index, guint role);
/* Its path, as of the same. */
char *ms_set_dup_file(MsSet *self, guint index, guint role, int *part);

/* Of memory that examples take, without what is made of them on demand: for tests. */
gsize ms_set_bytes(MsSet *self);

static inline const MsReading *
ms_set_role_reading(const MsSet *self, guint index)
{
  return g_ptr_array_index(self->readings, index);
}

G_END_DECLS
