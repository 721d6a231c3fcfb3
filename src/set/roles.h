/* SPDX-License-Identifier: MIT
 *
 * The files of a set by what they are: images, actual masks, one model's predicted masks. A file's
 * stem is its path inside its role, without ending; pairing compares stems across roles. Where a
 * role is cut into splits, stems begin with the split's normal name ("val/lesion_03").
 */
#pragma once

#include "set/inventory.h"
#include "set/listing.h"

G_BEGIN_DECLS

typedef enum { MS_ROLE_IMAGE, MS_ROLE_ACTUAL, MS_ROLE_PREDICTED } MsRoleKind;

typedef struct {
  const char *path; /* lent by MsRoles */
  const char *stem;
  int part; /* set/place.h */
} MsRoleFile;

typedef struct {
  MsRoleKind kind;
  char *name;     /* PREDICTED: the model's name, or NULL */
  char *folder;   /* folder, pattern or file */
  gboolean exact; /* stems are ids as they stand: a pattern told them */
  GArray *files;  /* MsRoleFile */
} MsRole;

typedef struct {
  GPtrArray *roles;       /* MsRole; models in their order */
  GStringChunk *strings;  /* paths and stems */
  GHashTable *spellings;  /* a split's normal name -> how its folders spell it; "" if not alike */
  GHashTable *own_splits; /* names of folders that are splits, though no usual ones */
} MsRoles;

MsRoles *ms_roles_new(void);
void ms_roles_free(MsRoles *roles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsRoles, ms_roles_free)

MsRole *ms_roles_add(MsRoles *roles, MsRoleKind kind, const char *name, const char *folder);

void ms_roles_add_file(MsRoles *roles, MsRole *role, const char *path, const char *stem);
/* The same of a part of a file, or of a folder whose files are one mask. */
void ms_roles_add_part(MsRoles *roles, MsRole *role, const char *path, int part, const char *stem);

/* Adds the files of a listing. `split` is the name of the folder above that is a split (as it is
 * spelt, and whether usual or not), or NULL: then the first part of a path is, if it is called so.
 */
void ms_roles_add_listing(MsRoles *roles, MsRole *role, const MsListing *listing,
                          const char *split);

/* Adds what fits a pattern. Where several ids fit a name, the one that another role already has is
 * taken; if that does not decide, the file is left out with a notice. */
gboolean ms_roles_add_pattern(MsRoles *roles, MsRole *role, const char *pattern, GPtrArray *notices,
                              GCancellable *cancellable, GError **error);

/* Cuts a predicted role into one for every sub-folder ("predictions/MODEL/...") when that is what
 * the ids of the actual masks say, and the stems as they are say nothing. A sub-folder that is
 * called like a split is one only where the actual masks have that split too. */
void ms_roles_cut_models(MsRoles *roles, MsRole *predicted, GPtrArray *notices);

/* The split that a stem begins with, and its length there; NULL: none. Lent. */
const char *ms_roles_split_of(const MsRoles *roles, const char *stem, gsize *length);

/* An id with its split as its folders spell it ("validation/a" for "val/a"), where they all spell
 * it alike. Caller frees. */
char *ms_roles_spell(const MsRoles *roles, const char *id);

G_END_DECLS
