/* SPDX-License-Identifier: MIT
 *
 * A path with {id} in it (the example's id, which may hold '/') and '*' (what cannot be known,
 * never a '/'): "testset/{id}_predict_*.png". {id} twice must stand for the same text twice.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  char *folder;   /* the path up to the first part that varies; "." when that is the first */
  char *rest;     /* what follows, relative to the folder */
  gboolean stars; /* whether more than one id may fit a name */
} MsPattern;

gboolean ms_pattern_is(const char *text);
MsPattern *ms_pattern_new(const char *text);
void ms_pattern_free(MsPattern *pattern);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsPattern, ms_pattern_free)

/* Every id that fits a name relative to the folder, longest first, none twice. Without a star there
 * is at most one. */
GPtrArray *ms_pattern_match(const MsPattern *pattern, const char *name);

G_END_DECLS
