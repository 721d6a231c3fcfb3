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
  guint n_passed; /* of the first role's files: their stems come before those added here */
  guint n_others; /* files of the folders that show others in another form, left alone */
  char *other;    /* the first of them */
} MsRole;

typedef struct {
  GPtrArray *roles;      /* MsRole; models in their order */
  GStringChunk *strings; /* paths and stems: the inventory's */
  GString *scratch;
  GCancellable *cancellable; /* when it is, no more files are added; lent, may be NULL */
  GHashTable *spellings;  /* a split's normal name -> how its folders spell it; "" if not alike */
  GHashTable *own_splits; /* names of folders that are splits, though no usual ones */
} MsRoles;

/* Its files' paths and stems live as long as the inventory. */
MsRoles *ms_roles_new(MsInventory *inventory);
void ms_roles_free(MsRoles *roles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsRoles, ms_roles_free)

MsRole *ms_roles_add(MsRoles *roles, MsRoleKind kind, const char *name, const char *folder);

void ms_roles_add_file(MsRoles *roles, MsRole *role, const char *path, const char *stem);
/* The same of a file by its name in a folder; its stem is the name without ending, with `prefix` in
 * the place of its first `skip` bytes. */
void ms_roles_add_named(MsRoles *roles, MsRole *role, const char *folder, const char *name,
                        const char *prefix, gsize skip);
/* The same of a part of a file, or of a folder whose files are one mask. */
void ms_roles_add_part(MsRoles *roles, MsRole *role, const char *path, int part, const char *stem);

/* The pictures directly in a folder as one mask together; one alone is a file like others. */
void ms_roles_add_united(MsRoles *roles, MsRole *role, const MsFolder *folder, const char *stem);

/* The first role of a kind, or NULL. */
MsRole *ms_roles_find(const MsRoles *roles, MsRoleKind kind);

/* A stem as the set knows it. `split` is the path of the folders above that belong to it ("train",
 * "fold1", "train/clip_3"), the first of which is a split, whether usual or not, as it is spelt; or
 * NULL: then the first part of the stem is, if it is called so. Caller frees. */
char *ms_roles_place_stem(MsRoles *roles, const char *stem, const char *split);

/* A file that is left alone because it shows another in another form. */
void ms_roles_add_other(MsRole *role, const char *name);

/* Adds the files of a listing, `split` as for ms_roles_place_stem(). */
void ms_roles_add_listing(MsRoles *roles, MsRole *role, const MsListing *listing,
                          const char *split);

/* Adds what fits a pattern; one that ends with '/' fits folders whose pictures are one mask
 * together. Where several ids fit a name, the one that another role already has is taken; if that
 * does not decide, the file is left out with a notice. */
gboolean ms_roles_add_pattern(MsRoles *roles, MsRole *role, const char *pattern, GPtrArray *notices,
                              MsSearch *search, GError **error);

/* The split that a stem begins with, and its length there; NULL: none. Lent. */
const char *ms_roles_split_of(const MsRoles *roles, const char *stem, gsize *length);

/* An id with its split as its folders spell it ("validation/a" for "val/a"), where they all spell
 * it alike. Caller frees. */
char *ms_roles_spell(const MsRoles *roles, const char *id);

G_END_DECLS
