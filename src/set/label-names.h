/* SPDX-License-Identifier: MIT
 *
 * Which labels a set has, from what its files' columns and lists say.
 */
#pragma once

#include "set/label-side.h"

G_BEGIN_DECLS

typedef struct {
  GPtrArray *names;    /* char *; label i is the i-th. NULL-terminated beyond `len` */
  GHashTable *numbers; /* name -> i + 1 */
  char *source;        /* the file that says which there are, for messages; NULL: the lists' own */
} MsLabelNames;

/* sides: MsLabelSide, the actual one first; the label of each of their places is filled in.
 * classes may be NULL. Where only lists tell which labels there are, one that looks like several is
 * told in a notice. Errors (MS_IO_ERROR_PARSE): sides with different labels, a name twice. */
MsLabelNames *ms_label_names_new(const GPtrArray *sides, const MsClassTable *classes,
                                 GPtrArray *notices, GCancellable *cancellable, GError **error);
void ms_label_names_free(MsLabelNames *names);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsLabelNames, ms_label_names_free)

/* The label of that name, which need not end with NUL; -1: there is none. scratch is the caller's
 * and reused. */
int ms_label_names_find(const MsLabelNames *names, const char *name, gsize length,
                        GString *scratch);

/* Sets an error for a cell of a list with a label of more than MS_LABEL_MAX_BYTES. Returns FALSE.
 */
gboolean ms_label_names_fail_for_length(const MsLabelSide *side, guint row, gsize length,
                                        GError **error);

/* "Happy, Sad, Fast and 7 more". Caller frees. */
char *ms_label_names_describe(const MsLabelNames *names);

G_END_DECLS
