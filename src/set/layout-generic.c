/* SPDX-License-Identifier: MIT
 *
 * The names of folders tell: ROLE/[SPLIT/]..., SPLIT/ROLE/... and SPLIT/CLIP/ROLE/..., in any
 * mixture. A folder that is named like a role but holds no picture is none (Pascal VOC's
 * Annotations holds XML).
 */
#include "io/file.h"
#include "set/layout-names.h"
#include "set/layout-table.h"
#include "set/layout.h"
#include "set/text.h"

/* A folder that may be a part of the images or of the actual masks. */
typedef struct {
  const MsFolder *folder;
  MsRoleKind kind;
  MsNameSurety surety;
  const char *split; /* the path of the folders above it that belong to its ids; NULL: none */
} Candidate;

/* Folders above a role's: a split, and what it is divided into. */
#define MAX_ABOVE 4

typedef struct {
  MsLayoutSite *site;
  GArray *candidates; /* Candidate */
} Recognizer;

/* --- finding candidates ----------------------------------------------------------------------- */

static void
add_candidate(Recognizer *self, const MsFolder *folder, const char *split)
{
  Candidate candidate = {.folder = folder, .split = split};
  candidate.surety = ms_name_role(folder->name, &candidate.kind);
  if (candidate.surety == MS_NAME_UNKNOWN || candidate.kind == MS_ROLE_PREDICTED ||
      ms_name_is_twin(folder->name, folder->parent->folders))
    return;
  if (folder->n_pictures == 0) {
    ms_notices_add(self->site->inventory->notices, folder->path,
                   "This folder holds no pictures; left alone");
    return;
  }
  g_array_append_val(self->candidates, candidate);
}

static gboolean
is_exact(const MsFolder *folder, MsRoleKind wanted)
{
  MsRoleKind kind;
  return ms_name_role(folder->name, &kind) == MS_NAME_EXACT && kind == wanted &&
         folder->n_pictures > 0;
}

/* Whether a folder of actual masks lies in it, at most so deep; not in one of predicted masks. */
static gboolean
holds_masks_by_name(const MsFolder *folder, guint depth)
{
  for (guint i = 0; i < folder->folders->len; i++) {
    const MsFolder *below = g_ptr_array_index(folder->folders, i);
    if (is_exact(below, MS_ROLE_ACTUAL) ||
        (depth > 1 && !is_exact(below, MS_ROLE_PREDICTED) && holds_masks_by_name(below, depth - 1)))
      return TRUE;
  }
  return FALSE;
}

/* Folders in a split, or in what it is divided into. */
static void
find_in_split(Recognizer *self, const MsFolder *folder, const char *path, guint depth)
{
  for (guint i = 0; i < folder->folders->len; i++) {
    const MsFolder *below = g_ptr_array_index(folder->folders, i);
    MsRoleKind kind;
    if (depth == 0 || ms_name_role(below->name, &kind) == MS_NAME_EXACT ||
        !holds_masks_by_name(below, depth)) {
      add_candidate(self, below, path);
    } else {
      g_autofree char *longer = g_strconcat(path, "/", below->name, NULL);
      find_in_split(self, below, g_string_chunk_insert(self->site->roles->strings, longer),
                    depth - 1);
    }
  }
}

/* Looks at the folders in SET, and at those in its split folders. One that has actual masks in it
 * is a split, whatever it is called, where none lie in SET itself. */
static void
find_candidates(Recognizer *self)
{
  const MsFolder *set = self->site->folder;
  gboolean masks_here = FALSE;
  for (guint i = 0; i < set->folders->len; i++)
    masks_here |= is_exact(g_ptr_array_index(set->folders, i), MS_ROLE_ACTUAL);
  for (guint i = 0; i < set->folders->len; i++) {
    const MsFolder *folder = g_ptr_array_index(set->folders, i);
    MsRoleKind kind;
    gboolean exact = ms_name_role(folder->name, &kind) == MS_NAME_EXACT;
    if (ms_split_normalize(folder->name) ||
        (!exact && !masks_here && holds_masks_by_name(folder, MAX_ABOVE)))
      find_in_split(self, folder, folder->name, MAX_ABOVE - 1);
    else
      add_candidate(self, folder, NULL);
  }
}

/* --- choosing --------------------------------------------------------------------------------- */

static MsNameSurety
best_surety(const Recognizer *self, MsRoleKind kind)
{
  MsNameSurety best = MS_NAME_UNKNOWN;
  for (guint i = 0; i < self->candidates->len; i++) {
    const Candidate *candidate = &g_array_index(self->candidates, Candidate, i);
    if (candidate->kind == kind)
      best = MAX(best, candidate->surety);
  }
  return best;
}

/* Leaves the surest. A folder of images that another goes before is no model's either. */
static void
drop_less_sure(Recognizer *self, MsRoleKind kind)
{
  MsNameSurety best = best_surety(self, kind);
  for (guint i = self->candidates->len; i-- > 0;) {
    const Candidate *candidate = &g_array_index(self->candidates, Candidate, i);
    if (candidate->kind != kind || candidate->surety == best)
      continue;
    if (kind == MS_ROLE_IMAGE)
      ms_site_leave(self->site, candidate->folder, "There is another folder of images; left alone");
    g_array_remove_index(self->candidates, i);
  }
}

/* Two folders for one role in the same place; NULL: there are none. */
static const Candidate *
find_rivals(const Recognizer *self, MsRoleKind kind, const Candidate **other)
{
  for (guint i = 0; i < self->candidates->len; i++)
    for (guint j = i + 1; j < self->candidates->len; j++) {
      const Candidate *a = &g_array_index(self->candidates, Candidate, i);
      const Candidate *b = &g_array_index(self->candidates, Candidate, j);
      if (a->kind != kind || b->kind != kind || g_strcmp0(a->split, b->split) != 0)
        continue;
      *other = b;
      return a;
    }
  return NULL;
}

static gboolean
check_one_actual(const Recognizer *self, GError **error)
{
  const Candidate *other, *one = find_rivals(self, MS_ROLE_ACTUAL, &other);
  if (!one)
    return TRUE;
  g_autofree char *first = ms_path_display(one->folder->path);
  g_autofree char *second = ms_path_display(other->folder->path);
  g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_LAYOUT,
              "Both %s and %s could hold the actual masks. " MS_LAYOUT_HOW_TO_TELL, first, second);
  return FALSE;
}

/* Images are no more than a background: without them the set is still one. */
static void
drop_rival_images(Recognizer *self)
{
  const Candidate *other, *one = find_rivals(self, MS_ROLE_IMAGE, &other);
  if (!one)
    return;
  g_autofree char *second = ms_path_display(other->folder->path);
  ms_notices_add(self->site->inventory->notices, one->folder->path,
                 "This folder and %s could both hold the images; none are shown", second);
  for (guint i = self->candidates->len; i-- > 0;) {
    const Candidate *candidate = &g_array_index(self->candidates, Candidate, i);
    if (candidate->kind == MS_ROLE_IMAGE) {
      ms_site_claim(self->site, candidate->folder);
      g_array_remove_index(self->candidates, i);
    }
  }
}

/* --- taking ----------------------------------------------------------------------------------- */

static void
add_kind(Recognizer *self, MsRoleKind kind)
{
  for (guint i = 0; i < self->candidates->len; i++) {
    const Candidate *candidate = &g_array_index(self->candidates, Candidate, i);
    if (candidate->kind == kind)
      ms_site_add(self->site, kind, candidate->folder, candidate->split);
  }
}

MsLayoutAnswer
ms_layout_by_names(MsLayoutSite *site, GError **error)
{
  g_autoptr(GArray) candidates = g_array_new(FALSE, FALSE, sizeof(Candidate));
  Recognizer self = {site, candidates};
  find_candidates(&self);
  drop_less_sure(&self, MS_ROLE_IMAGE);
  drop_less_sure(&self, MS_ROLE_ACTUAL);
  if (!check_one_actual(&self, error))
    return MS_LAYOUT_FAILED;
  drop_rival_images(&self);
  add_kind(&self, MS_ROLE_IMAGE);
  add_kind(&self, MS_ROLE_ACTUAL);
  if (ms_roles_find(site->roles, MS_ROLE_ACTUAL))
    ms_site_add_models(site);
  return MS_LAYOUT_TAKEN;
}
