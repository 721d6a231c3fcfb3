/* SPDX-License-Identifier: MIT
 *
 * A folder of a set is looked at twice at most: ROLE/[SPLIT/]... and SPLIT/ROLE/..., in any
 * mixture. A folder that is named like a role but holds no picture is none (Pascal VOC's
 * Annotations holds XML).
 */
#include "set/layout.h"

#include "io/file.h"
#include "set/layout-roles.h"
#include "set/text.h"

/* Names are compared in lower case, with '_' for '-' and ' '. */
static const struct {
  const char *name;
  MsRoleKind kind;
  gboolean weak; /* counts only where no other folder has the role */
} role_names[] = {
    {"images", MS_ROLE_IMAGE},
    {"image", MS_ROLE_IMAGE},
    {"imgs", MS_ROLE_IMAGE},
    {"img", MS_ROLE_IMAGE},
    {"img_dir", MS_ROLE_IMAGE},
    {"photos", MS_ROLE_IMAGE},
    {"jpegimages", MS_ROLE_IMAGE},
    {"pictures", MS_ROLE_IMAGE, TRUE},
    {"frames", MS_ROLE_IMAGE, TRUE},
    {"rgb", MS_ROLE_IMAGE, TRUE},
    {"input", MS_ROLE_IMAGE, TRUE},
    {"inputs", MS_ROLE_IMAGE, TRUE},
    {"data", MS_ROLE_IMAGE, TRUE},
    {"a", MS_ROLE_IMAGE, TRUE}, /* change detection: the picture before */
    {"actual", MS_ROLE_ACTUAL},
    {"masks", MS_ROLE_ACTUAL},
    {"mask", MS_ROLE_ACTUAL},
    {"labels", MS_ROLE_ACTUAL},
    {"label", MS_ROLE_ACTUAL},
    {"gt", MS_ROLE_ACTUAL},
    {"gts", MS_ROLE_ACTUAL},
    {"ground_truth", MS_ROLE_ACTUAL},
    {"groundtruth", MS_ROLE_ACTUAL},
    {"annotations", MS_ROLE_ACTUAL},
    {"annotation", MS_ROLE_ACTUAL},
    {"annots", MS_ROLE_ACTUAL},
    {"ann_dir", MS_ROLE_ACTUAL},
    {"truth", MS_ROLE_ACTUAL},
    {"y_true", MS_ROLE_ACTUAL},
    {"targets", MS_ROLE_ACTUAL},
    {"target", MS_ROLE_ACTUAL},
    {"reference", MS_ROLE_ACTUAL},
    {"segmentation", MS_ROLE_ACTUAL},
    {"segmentations", MS_ROLE_ACTUAL},
    {"seg", MS_ROLE_ACTUAL},
    {"segmentationclass", MS_ROLE_ACTUAL},
    {"predicted", MS_ROLE_PREDICTED},
    {"predictions", MS_ROLE_PREDICTED},
    {"prediction", MS_ROLE_PREDICTED},
    {"preds", MS_ROLE_PREDICTED},
    {"pred", MS_ROLE_PREDICTED},
    {"prob", MS_ROLE_PREDICTED},
    {"probs", MS_ROLE_PREDICTED},
    {"probabilities", MS_ROLE_PREDICTED},
    {"probability", MS_ROLE_PREDICTED},
    {"probability_maps", MS_ROLE_PREDICTED},
    {"results", MS_ROLE_PREDICTED},
    {"result", MS_ROLE_PREDICTED},
    {"outputs", MS_ROLE_PREDICTED},
    {"output", MS_ROLE_PREDICTED},
    {"model_output", MS_ROLE_PREDICTED},
    {"model_outputs", MS_ROLE_PREDICTED},
    {"inference", MS_ROLE_PREDICTED},
};

/* A folder whose name begins or ends so is one model's, called by the whole of the name. */
static const char *const model_prefixes[] = {
    "predictions_", "prediction_", "predicted_", "predict_", "preds_",
    "pred_",        "probs_",      "prob_",      "results_",
};
static const char *const model_endings[] = {"_pred", "_preds", "_predictions"};

/* A folder whose name ends so holds another folder's masks in a form for people or programs. */
static const char *const twin_endings[] = {
    "npy", "visualization", "visualizations", "_vis", "_viz", "_color", "_colors", "_colour",
};

/* One folder that may be part of a role. */
typedef struct {
  MsRoleKind kind;
  gboolean weak;
  const char *split; /* the folder above it, when that is a split; as spelt */
  char *name;        /* its own name */
  char *model;       /* told by a folder's name, or NULL */
  MsListing *listing;
} Candidate;

typedef struct {
  const char *folder;
  MsInventory *inventory;
  GPtrArray *candidates; /* Candidate */
  GPtrArray *others;     /* names of folders that are nothing known */
  guint n_pictures;      /* in candidates */
  GCancellable *cancellable;
} Recognizer;

static void
candidate_free(gpointer data)
{
  Candidate *candidate = data;
  g_free(candidate->name);
  g_free(candidate->model);
  ms_listing_free(candidate->listing);
  g_free(candidate);
}

static char *
normalize_name(const char *name)
{
  return g_strdelimit(g_ascii_strdown(name, -1), "- ", '_');
}

static gboolean
is_twin(const char *normal)
{
  for (gsize i = 0; i < G_N_ELEMENTS(twin_endings); i++)
    if (g_str_has_suffix(normal, twin_endings[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_model_name(const char *normal)
{
  gsize length = strlen(normal);
  for (gsize i = 0; i < G_N_ELEMENTS(model_prefixes); i++)
    if (g_str_has_prefix(normal, model_prefixes[i]) && length > strlen(model_prefixes[i]))
      return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS(model_endings); i++)
    if (g_str_has_suffix(normal, model_endings[i]) && length > strlen(model_endings[i]))
      return TRUE;
  return FALSE;
}

/* What a folder is by its name; NULL: nothing known, or a twin. */
static Candidate *
candidate_new(const char *name)
{
  g_autofree char *normal = normalize_name(name);
  if (is_twin(normal))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS(role_names); i++)
    if (g_str_equal(normal, role_names[i].name)) {
      Candidate *candidate = g_new0(Candidate, 1);
      candidate->kind = role_names[i].kind;
      candidate->weak = role_names[i].weak;
      candidate->name = g_strdup(name);
      return candidate;
    }
  if (!is_model_name(normal))
    return NULL;
  Candidate *candidate = g_new0(Candidate, 1);
  candidate->kind = MS_ROLE_PREDICTED;
  candidate->name = g_strdup(name);
  candidate->model = ms_text_id(name);
  return candidate;
}

/* --- finding candidates --------------------------------------------------------------------- */

/* A folder by its place: inside a split's (as spelt), inside a model's, or in SET itself. */
typedef struct {
  const char *folder;
  const char *split;
  const char *model;
} Place;

static gboolean
add_candidate(Recognizer *self, const Place *place, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename(place->folder, name, NULL);
  Candidate *candidate = candidate_new(name);
  if (!candidate || (place->model && candidate->kind != MS_ROLE_PREDICTED)) {
    g_ptr_array_add(self->others, g_strdup(path));
    g_clear_pointer(&candidate, candidate_free);
    return TRUE;
  }
  g_ptr_array_add(self->candidates, candidate);
  candidate->split = place->split;
  if (place->model) {
    g_free(candidate->model);
    candidate->model = ms_text_id(place->model);
  }
  candidate->listing =
      ms_listing_new(path, TRUE, self->inventory->notices, self->cancellable, error);
  if (!candidate->listing)
    return FALSE;
  self->n_pictures += candidate->listing->names->len;
  if (candidate->listing->names->len == 0) {
    g_ptr_array_remove(self->candidates, candidate);
    ms_notices_add(self->inventory->notices, path, "This folder holds no pictures; left alone");
  } else {
    ms_layout_note_others(self->inventory, candidate->listing);
  }
  return TRUE;
}

static gboolean
add_candidates(Recognizer *self, const Place *place, GError **error)
{
  g_auto(GStrv) inner = ms_listing_folders(place->folder, error);
  for (guint i = 0; inner && inner[i]; i++)
    if (!add_candidate(self, place, inner[i], error))
      return FALSE;
  return inner != NULL;
}

static gboolean
holds_kind(const char *folder, MsRoleKind kind)
{
  g_auto(GStrv) inner = ms_listing_folders(folder, NULL);
  gboolean found = FALSE;
  for (guint i = 0; !found && inner && inner[i]; i++) {
    Candidate *candidate = candidate_new(inner[i]);
    found = candidate && candidate->kind == kind;
    g_clear_pointer(&candidate, candidate_free);
  }
  return found;
}

/* Whether a name says for sure which role a folder has. */
static gboolean
is_strong(const char *name, gboolean *known)
{
  Candidate *candidate = candidate_new(name);
  gboolean strong = candidate && !candidate->weak;
  *known = candidate != NULL;
  g_clear_pointer(&candidate, candidate_free);
  return strong;
}

/* Looks at the folders in SET, and at those in its split folders. One that has actual masks in it
 * is a split, whatever it is called; one that has predicted ones alone is a model. */
static gboolean
find_candidates(Recognizer *self, const GStrv names, GError **error)
{
  for (guint i = 0; names[i]; i++) {
    g_autofree char *path = g_build_filename(self->folder, names[i], NULL);
    const Place top = {self->folder, NULL, NULL};
    const Place split = {path, names[i], NULL};
    const Place model = {path, NULL, names[i]};
    gboolean known;
    gboolean fine;
    if (ms_split_normalize(names[i]))
      fine = add_candidates(self, &split, error);
    else if (is_strong(names[i], &known))
      fine = add_candidate(self, &top, names[i], error);
    else if (holds_kind(path, MS_ROLE_ACTUAL))
      fine = add_candidates(self, &split, error);
    else if (!known && holds_kind(path, MS_ROLE_PREDICTED))
      fine = add_candidates(self, &model, error);
    else
      fine = add_candidate(self, &top, names[i], error);
    if (!fine)
      return FALSE;
  }
  return TRUE;
}

static gboolean
has_kind(const Recognizer *self, MsRoleKind kind, gboolean strong_only)
{
  for (guint i = 0; i < self->candidates->len; i++) {
    const Candidate *candidate = g_ptr_array_index(self->candidates, i);
    if (candidate->kind == kind && !(strong_only && candidate->weak))
      return TRUE;
  }
  return FALSE;
}

static void
drop_weak(Recognizer *self)
{
  for (guint i = self->candidates->len; i-- > 0;) {
    const Candidate *candidate = g_ptr_array_index(self->candidates, i);
    if (!candidate->weak || !has_kind(self, candidate->kind, TRUE))
      continue;
    ms_notices_add(self->inventory->notices, candidate->listing->folder,
                   "There is another folder of images; left alone");
    g_ptr_array_remove_index(self->candidates, i);
  }
}

/* A folder that nobody asked about is named, so that none is overlooked. */
static void
note_left_alone(Recognizer *self)
{
  for (guint i = 0; i < self->others->len; i++) {
    const char *path = g_ptr_array_index(self->others, i);
    g_autofree char *name = g_path_get_basename(path);
    g_autofree char *normal = normalize_name(name);
    ms_notices_add(self->inventory->notices, path,
                   is_twin(normal) ? "A twin of another folder in another form; left alone"
                                   : "Not a folder of this set by its name; left alone");
  }
}

/* --- errors --------------------------------------------------------------------------------- */

#define HOW_TO_TELL "say which is which: --images DIR --actual DIR --predicted [NAME=]DIR"

static char *
list_folders(const GStrv names)
{
  g_autofree char *list = g_strjoinv(", ", names);
  return ms_text_id(list);
}

/* Two folders for one role in the same place: names them. */
static gboolean
check_unique(Recognizer *self, MsRoleKind kind, const char *what, const char *option,
             GError **error)
{
  for (guint i = 0; i < self->candidates->len; i++)
    for (guint j = i + 1; j < self->candidates->len; j++) {
      const Candidate *a = g_ptr_array_index(self->candidates, i);
      const Candidate *b = g_ptr_array_index(self->candidates, j);
      if (a->kind != kind || b->kind != kind || g_strcmp0(a->split, b->split) != 0)
        continue;
      g_autofree char *first = ms_path_display(a->listing->folder);
      g_autofree char *second = ms_path_display(b->listing->folder);
      g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_LAYOUT,
                  "Both %s and %s could hold the %s: give the folders one by one, with %s", first,
                  second, what, option);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_roles(Recognizer *self, const GStrv names, GError **error)
{
  gboolean actual = has_kind(self, MS_ROLE_ACTUAL, FALSE);
  gboolean predicted = has_kind(self, MS_ROLE_PREDICTED, FALSE);
  if (actual && predicted)
    return check_unique(self, MS_ROLE_ACTUAL, "actual masks", "--actual", error) &&
           check_unique(self, MS_ROLE_IMAGE, "images", "--images", error);
  g_autofree char *shown = ms_path_display(self->folder);
  g_autofree char *list = list_folders(names);
  if (!*names)
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_EMPTY,
                "%s holds no folders, so no actual and no predicted masks were found; " HOW_TO_TELL,
                shown);
  else if (self->n_pictures == 0 && self->candidates->len == 0 && self->others->len == 0)
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_EMPTY,
                "%s holds no pictures that could be masks; " HOW_TO_TELL, shown);
  else if (!actual && !predicted)
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_LAYOUT,
                "%s has no folder that is named like actual masks or like predicted ones, only "
                "%s; " HOW_TO_TELL,
                shown, list);
  else
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_LAYOUT,
                "%s has %s masks, but no folder that is named like %s ones, only %s; " HOW_TO_TELL,
                shown, actual ? "actual" : "predicted", actual ? "predicted" : "actual", list);
  return FALSE;
}

/* --- roles ---------------------------------------------------------------------------------- */

/* Whether the candidate is a part of the role: with split folders, one role has several. */
static gboolean
is_part(const MsRole *role, const Candidate *candidate)
{
  if (role->kind != candidate->kind)
    return FALSE;
  if (role->kind != MS_ROLE_PREDICTED)
    return TRUE;
  if (role->name || candidate->model)
    return g_strcmp0(role->name, candidate->model) == 0;
  g_autofree char *name = g_path_get_basename(role->folder);
  return g_ascii_strcasecmp(name, candidate->name) == 0;
}

static MsRole *
role_of(MsRoles *roles, const Candidate *candidate)
{
  for (guint i = 0; i < roles->roles->len; i++)
    if (is_part(g_ptr_array_index(roles->roles, i), candidate))
      return g_ptr_array_index(roles->roles, i);
  return ms_roles_add(roles, candidate->kind, candidate->model, candidate->listing->folder);
}

static gboolean
make_roles(Recognizer *self, GError **error)
{
  g_autoptr(MsRoles) roles = ms_roles_new();
  for (int kind = MS_ROLE_IMAGE; kind <= MS_ROLE_PREDICTED; kind++)
    for (guint i = 0; i < self->candidates->len; i++) {
      const Candidate *candidate = g_ptr_array_index(self->candidates, i);
      if (candidate->kind == (MsRoleKind)kind)
        ms_roles_add_listing(roles, role_of(roles, candidate), candidate->listing,
                             candidate->split);
    }
  return ms_layout_pair(self->inventory, roles, self->cancellable, error);
}

MsInventory *
ms_layout_recognize(const char *folder, GCancellable *cancellable, GError **error)
{
  g_auto(GStrv) names = ms_listing_folders(folder, error);
  if (!names)
    return NULL;
  g_autoptr(MsInventory) inventory = ms_inventory_new();
  g_autoptr(GPtrArray) candidates = g_ptr_array_new_with_free_func(candidate_free);
  g_autoptr(GPtrArray) others = g_ptr_array_new_with_free_func(g_free);
  Recognizer self = {folder, inventory, candidates, others, 0, cancellable};
  if (!find_candidates(&self, names, error))
    return NULL;
  drop_weak(&self);
  if (!check_roles(&self, names, error))
    return NULL;
  note_left_alone(&self);
  if (!make_roles(&self, error))
    return NULL;
  g_autofree char *absolute = g_canonicalize_filename(folder, NULL);
  g_autofree char *title = g_path_get_basename(absolute);
  inventory->title = ms_text_id(title);
  ms_text_set(&inventory->path, folder);
  ms_text_set(&inventory->class_folder, folder);
  return g_steal_pointer(&inventory);
}
