/* SPDX-License-Identifier: MIT
 *
 * Which models' masks lie in folders, and which part of a path is the example's id: the longest one
 * that an actual mask has. What stands before it names the model, but for the split:
 * "results/unet/val/a" is unet's of "val/a", and so is "results/val/unet/a". A split that no folder
 * says is taken where only one has the id.
 */
#pragma once

#include "set/known-ids.h"

G_BEGIN_DECLS

typedef enum {
  MS_PLACE_UNKNOWN, /* models' only where no named folder is one's */
  MS_PLACE_NAMED,   /* called like predicted masks */
  MS_PLACE_GIVEN,   /* named by the user: it is a model's, whatever is in it */
} MsPlaceClaim;

/* A folder that may hold predicted masks. */
typedef struct {
  const MsFolder *folder;
  const char *split; /* as for ms_roles_place_stem(), where its ids have it so; or NULL. Lent */
  const char *name;  /* GIVEN: of its one model, or NULL; else what its name says beside a split,
                        or NULL: the folder's name. Lent */
  MsPlaceClaim claim;
} MsModelPlace;

/* Adds a role for each model to roles that hold the actual masks. Decides the places' splits.
 * Folders in `claimed` (set of MsFolder, may be NULL) are passed over, what lies in them is not;
 * what is left alone is named. */
void ms_models_add(MsRoles *roles, GArray *places, GHashTable *claimed, GPtrArray *notices);

/* Gives the files of a role that no actual mask is called like the folders of the one that is, but
 * for its split: for images that lie in no split's folder. */
void ms_models_rehome(MsRoles *roles, MsRole *role);

G_END_DECLS
