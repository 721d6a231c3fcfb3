/* SPDX-License-Identifier: MIT
 *
 * What files hold that could hold several masks, found by several threads: each file is opened
 * once, and only its header or directory is read. Endings say which files these are, so that sets
 * of PNG files cost nothing.
 */
#pragma once

#include "set/roles.h"
#include "set/set.h"

G_BEGIN_DECLS

/* More slices than these are taken for a broken header. */
#define MS_PARTS_MAX_SLICES 65535u

typedef struct {
  char *path;
  GPtrArray *names;  /* char *: the parts inside the file; NULL: it is whole */
  GHashTable *index; /* name -> its first place in names, as a number */
  int only[3];       /* of each MsRoleKind: the one array called after it; -1: none */
  char *notice;      /* for the user; NULL: none */
} MsFileParts;

typedef struct MsPartsFinder MsPartsFinder;

MsPartsFinder *ms_parts_finder_new(guint slice_axis);
void ms_parts_finder_free(MsPartsFinder *finder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsPartsFinder, ms_parts_finder_free)

/* Whether a file could hold parts, and whether these would be pages, by its ending. */
gboolean ms_parts_are_possible(const char *path);
gboolean ms_parts_are_pages(const char *path);

/* Adds a file to be looked into, once however often it is added. */
void ms_parts_finder_add(MsPartsFinder *finder, const char *path);

/* Looks into what was added since the last call. Tells "Looking into files" (may be NULL). FALSE
 * only when cancelled. */
gboolean ms_parts_finder_run(MsPartsFinder *finder, guint jobs, MsSetProgress progress,
                             gpointer user, GCancellable *cancellable, GError **error);

/* NULL: the file was not added. Lent. */
const MsFileParts *ms_parts_finder_get(const MsPartsFinder *finder, const char *path);

/* The files in the order they were added. */
const GPtrArray *ms_parts_finder_files(const MsPartsFinder *finder); /* MsFileParts */

/* Finds a part by its name; *part is left alone if there is none. */
gboolean ms_file_parts_find(const MsFileParts *parts, const char *name, int *part);

G_END_DECLS
