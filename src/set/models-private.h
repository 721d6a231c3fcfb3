/* SPDX-License-Identifier: MIT
 *
 * What the files that find models share: models.c walks the folders, models-cut.c tells where ids
 * begin in their paths, models-names.c names what was found.
 */
#pragma once

#include "set/models.h"

G_BEGIN_DECLS

typedef struct {
  char *key; /* all parts of its name, joined by '/' */
  MsRole *role;
} MsModelFound;

/* What a folder's path begins with that is known to name a model. */
typedef struct {
  MsModelFound *model;
  char *split; /* as it is spelt; NULL: none */
} MsModelHead;

typedef struct {
  MsRoles *roles;
  MsKnownIds *ids; /* NULL: there are no actual masks */
  GHashTable *claimed;
  GPtrArray *notices;
  GPtrArray *models;   /* MsModelFound */
  GHashTable *heads;   /* parts joined by '/' -> MsModelHead */
  GPtrArray *pending;  /* MsModelWalk: folders with pictures, none of which fits */
  GHashTable *fitting; /* MsFolder: those that fit, and those above them */
  GHashTable *said;    /* MsFolder: those of which it was said that they are left alone */
} MsModelFinder;

/* A folder on the way: its path from its place on, the place's name first. */
typedef struct {
  const MsModelPlace *place;
  const MsFolder *folder;
  GPtrArray *parts; /* const char * */
} MsModelWalk;

/* The split that stands among the first `cut` parts, or that the place has. Lent; NULL: none. */
const char *ms_model_find_split(const MsModelFinder *self, const MsModelWalk *walk, guint cut);

/* What a file's stem begins with when its model's name takes the first `cut` parts: the split and
 * the folders after them. Does not note how splits are spelt. Caller frees. */
char *ms_model_make_prefix(const MsModelWalk *walk, guint cut, const char *split);

/* The number of parts before the ids of a folder's files, the fewest with which one of them is an
 * actual mask's; 0: none is. */
guint ms_model_find_cut(MsModelFinder *self, const MsModelWalk *walk);

/* Names the roles of the models that were found; `given`: in a folder that the user named. */
void ms_model_name_all(MsModelFinder *self, gboolean given);

G_END_DECLS
