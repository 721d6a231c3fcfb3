/* SPDX-License-Identifier: MIT
 *
 * The files of a model that do not pair, by their names: what pairs more of them is found, and
 * tried, without looking at the file system again.
 */
#pragma once

#include "set/check-evidence.h"
#include "set/inventory.h"

G_BEGIN_DECLS

typedef struct {
  const MsInventory *inventory; /* lent */
  guint model;
  const char *places;   /* the folder or pattern of the actual masks; lent */
  char *folder;         /* of its predicted masks */
  GHashTable *actual;   /* an actual mask without predicted one, below its folder and without its
                         * ending -> its file's name */
  GHashTable *ids;      /* what an id may be that means it -> the same text of `actual` */
  GPtrArray *predicted; /* char *: predicted masks without an actual one, below the folder */
} MsCheckLone;

/* The set as it was found, from memory. The caller's. */
MsInventory *ms_check_list_set(MsSet *set);

/* actual: the folder or pattern of the actual masks; predicted: the folder of the model's. NULL:
 * several, then names are whole paths, and ids what examples are called. FALSE: too few are lone to
 * tell anything. To be cleared in either case. */
gboolean ms_check_lone_init(MsCheckLone *lone, const MsInventory *inventory, guint model,
                            const char *actual, const char *predicted);
void ms_check_lone_clear(MsCheckLone *lone);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MsCheckLone, ms_check_lone_clear)

/* Whether so many of them follow a rule that it is meant. */
gboolean ms_check_lone_is_most(const MsCheckLone *lone, guint n);

/* "pre_{id}_unet.png", below the folder: the pattern with which most would pair; *n: how many more
 * than now, pairs that would be lost taken off. NULL: none that most follow. Caller frees. */
char *ms_check_lone_find_pattern(const MsCheckLone *lone, guint *n);

/* A path below a folder (NULL: the path); NULL: it lies elsewhere. Lent. */
const char *ms_check_path_below(const char *path, const char *folder);

G_END_DECLS
