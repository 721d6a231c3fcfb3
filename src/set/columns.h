/* SPDX-License-Identifier: MIT
 *
 * What the columns of a set's tables are by their names: the synonyms of columns stand here and
 * nowhere else. Names are compared in any case, with blanks and hyphens for '_'.
 */
#pragma once

#include "io/table.h"

G_BEGIN_DECLS

typedef enum {
  MS_COLUMN_EXAMPLE,
  MS_COLUMN_IMAGE,
  MS_COLUMN_ACTUAL,
  MS_COLUMN_PREDICTED,
  MS_COLUMN_LABELS, /* of the actual or of the predicted side, as the file is of the one or the
                       other */
  MS_COLUMN_SPLIT,
  MS_COLUMN_GROUP,
  MS_COLUMN_FILE, /* names the example in a list of files */
} MsColumnKind;

typedef struct {
  const char *name;
  MsColumnKind kind;
  gboolean weak; /* counts where no other column has the meaning */
} MsColumnName;

/* Whether a column of that name keeps its meaning even where its cells look like those of a label:
 * no label is likely to be called so. */
gboolean ms_column_name_is_firm(const MsColumnName *name);

/* NULL: nothing that is known. */
const MsColumnName *ms_column_name_find(const char *name);

/* The same of what stands before the first ':' of a name; *rest (lent) is what follows it, NULL
 * when there is none. */
const MsColumnName *ms_column_name_find_head(const char *name, const char **rest);

/* What follows a strong name of that kind and '_' or '.': "Happy" of "gt_Happy". NULL: it does not
 * begin so. Lent. */
const char *ms_column_name_after(const char *name, MsColumnKind kind);

/* The table's column of a kind, by its whole name; -1: none. Errors (MS_IO_ERROR_PARSE): two that
 * mean the same. */
gboolean ms_column_find(const MsTable *table, MsColumnKind kind, int *column, GError **error);
/* The same of those columns that are not marked in `passed`. */
gboolean ms_column_find_among(const MsTable *table, MsColumnKind kind, const gboolean *passed,
                              int *column, GError **error);

/* Whether a cell says that there is nothing: empty, or NA. */
gboolean ms_cell_is_none(const char *cell);

G_END_DECLS
