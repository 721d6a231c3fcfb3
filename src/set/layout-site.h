/* SPDX-License-Identifier: MIT
 *
 * A set's folder while it is recognised: all that lies in it, and what has been told of it so far.
 * A layout says which folders are images and actual masks; every folder that it says nothing about
 * may hold a model's masks.
 */
#pragma once

#include "set/models.h"
#include "set/options.h"

G_BEGIN_DECLS

typedef struct {
  const MsFolder *folder; /* the set's */
  const GPtrArray *given; /* MsGivenModel: predicted masks that lie elsewhere; empty: in the set */
  MsRoles *roles;
  MsInventory *inventory;
  GHashTable *claimed; /* set of MsFolder: it is told what the pictures directly in them are */
  GArray *places;      /* MsModelPlace: of models, as folders' names tell */
  GHashTable *splits;  /* id, or group -> split, as lists in the set tell; both owned */
  gboolean sequences;  /* every folder of examples is a sequence of frames */
  GCancellable *cancellable;
} MsLayoutSite;

/* Predicted masks in a folder that the user named. */
typedef struct {
  const char *name; /* lent; NULL: the folder's */
  MsFolder *folder;
} MsGivenModel;

void ms_site_init(MsLayoutSite *site, const MsFolder *folder, const GPtrArray *given,
                  GCancellable *cancellable);
void ms_site_clear(MsLayoutSite *site);

/* A folder directly in another by its name, whatever its case; NULL: there is none with pictures
 * in it or below. */
const MsFolder *ms_site_find(const MsFolder *folder, const char *name);

/* The site's one role of images or of actual masks, made when it is first asked for. */
MsRole *ms_site_role(MsLayoutSite *site, MsRoleKind kind, const MsFolder *folder);

/* The role of a model's masks that the layout names itself, whose stems are ids as they stand. */
MsRole *ms_site_model(MsLayoutSite *site, const char *name, const MsFolder *folder);

/* Adds all that lies in a folder and below to a role, and claims it. `split` as for
 * ms_roles_place_stem(). A folder of one resolution only ("480p") is no part of its stems. */
void ms_site_add(MsLayoutSite *site, MsRoleKind kind, const MsFolder *folder, const char *split);

/* Claims a folder and all below. */
void ms_site_claim(MsLayoutSite *site, const MsFolder *folder);

/* Claims it and says why it is left alone. */
void ms_site_leave(MsLayoutSite *site, const MsFolder *folder, const char *reason);

/* A folder that may hold masks of a model whose name, and whose split, its own name tells. */
void ms_site_add_place(MsLayoutSite *site, const MsFolder *folder, const char *split,
                       const char *name);

/* Looks for models in all that is not claimed, or in what the user gave instead. Without any, the
 * site has no predicted role. */
void ms_site_add_models(MsLayoutSite *site);

/* Reads a list of ids, one a line: they are of that split, where no other list said so before. */
void ms_site_read_split(MsLayoutSite *site, const MsFolder *folder, const char *file_name,
                        const char *split);

G_END_DECLS
