/* SPDX-License-Identifier: MIT
 *
 * Endings say which files could hold parts, so that sets of PNG files cost nothing here.
 */
#include "set/expand.h"

#include <string.h>

#include "io/nifti.h"
#include "io/npz.h"
#include "io/tiff.h"
#include "set/ending.h"
#include "set/roles.h"
#include "set/text.h"

/* The parts of one file: their names inside the entry. One alone has no name. */
typedef struct {
  GPtrArray *names; /* char *; NULL: the file is whole */
  int only;         /* whole: the part that is meant, or MS_PART_WHOLE */
} Parts;

static void
parts_clear(Parts *parts)
{
  g_clear_pointer(&parts->names, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Parts, parts_clear)

/* --- what a file holds ------------------------------------------------------------------------ */

/* Numbers of one width, so that byte order is their order. */
static GPtrArray *
number_parts(char letter, gsize n)
{
  GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
  g_autofree char *last = g_strdup_printf("%" G_GSIZE_FORMAT, n - 1);
  int width = (int)strlen(last);
  for (gsize i = 0; i < n; i++)
    g_ptr_array_add(names, g_strdup_printf("%c%0*" G_GSIZE_FORMAT, letter, width, i));
  return names;
}

static Parts
find_slices(const char *path, guint axis)
{
  MsNiftiHeader header;
  if (!ms_nifti_read_header_of_file(path, &header, NULL) || header.size[axis] <= 1)
    return (Parts){NULL, MS_PART_WHOLE};
  return (Parts){number_parts("xyz"[axis], header.size[axis]), 0};
}

static Parts
find_pages(const char *path)
{
  guint n_pages;
  if (!ms_tiff_count_pages(path, &n_pages, NULL) || n_pages <= 1)
    return (Parts){NULL, MS_PART_WHOLE};
  return (Parts){number_parts('p', n_pages), 0};
}

static const char *const image_arrays[] = {"image", "img", "x", "data", "input", NULL};
static const char *const actual_arrays[] = {"mask",   "masks", "label",        "labels", "gt",
                                            "actual", "seg",   "segmentation", "target", "y",
                                            "y_true", "truth", "ground_truth", NULL};
static const char *const predicted_arrays[] = {
    "pred",   "preds",         "prediction", "predictions", "predicted", "prob",   "probs",
    "y_pred", "probabilities", "softmax",    "logits",      "output",    "result", NULL};

/* The one array that is called after the role; -1: none, or several. */
static int
find_role_array(GStrv names, MsRoleKind kind)
{
  const char *const *const wanted[] = {image_arrays, actual_arrays, predicted_arrays};
  int found = -1;
  for (int i = 0; names[i]; i++) {
    g_autofree char *name = g_ascii_strdown(names[i], -1);
    if (!g_strv_contains(wanted[kind], name))
      continue;
    if (found >= 0)
      return -1;
    found = i;
  }
  return found;
}

static Parts
find_arrays(const char *path, MsRoleKind kind)
{
  g_auto(GStrv) names = ms_npz_list(path, NULL);
  if (!names || !names[0] || !names[1])
    return (Parts){NULL, MS_PART_WHOLE};
  int only = find_role_array(names, kind);
  if (only >= 0)
    return (Parts){NULL, only};
  Parts parts = {g_ptr_array_new_with_free_func(g_free), 0};
  for (guint i = 0; names[i]; i++)
    g_ptr_array_add(parts.names, ms_text_id(names[i]));
  return parts;
}

static Parts
find_parts(const char *path, int part, MsRoleKind kind, guint axis)
{
  if (!path || part != MS_PART_WHOLE)
    return (Parts){NULL, part};
  if (ms_ending_is(path, ".nii") || ms_ending_is(path, ".nii.gz"))
    return find_slices(path, axis);
  if (ms_ending_is(path, ".tif") || ms_ending_is(path, ".tiff"))
    return find_pages(path);
  if (ms_ending_is(path, ".npz"))
    return find_arrays(path, kind);
  return (Parts){NULL, part};
}

/* --- entries ---------------------------------------------------------------------------------- */

typedef struct {
  MsInventory *inventory;
  const MsEntry *entry; /* as it was */
  Parts image;
  Parts actual;
  Parts *predicted; /* one a model */
  GPtrArray *made;  /* MsEntry: what the inventory will hold */
} Expansion;

static gboolean
find_name(const GPtrArray *names, const char *name, int *part)
{
  for (guint i = 0; names && i < names->len; i++)
    if (g_str_equal(g_ptr_array_index(names, i), name)) {
      *part = (int)i;
      return TRUE;
    }
  return FALSE;
}

/* Sets path and part where the file has such a part. */
static void
set_part(char **path, int *part, const char *file, const Parts *parts, const char *name)
{
  if (file && find_name(parts->names, name, part))
    ms_text_set(path, file);
}

static void
copy_problems(MsEntry *entry, const MsEntry *from)
{
  for (guint i = 0; from->problems && i < from->problems->len; i++) {
    const MsProblem *problem = &g_array_index(from->problems, MsProblem, i);
    ms_entry_add_problem(entry, problem->kind, problem->model, "%s", problem->reason);
  }
}

static void
add_part(const Expansion *self, const char *name)
{
  const MsEntry *from = self->entry;
  guint n_models = self->inventory->models->len;
  g_autofree char *id = g_strdup_printf("%s/%s", from->id, name);
  MsEntry *entry = ms_entry_new(id, n_models);
  ms_text_set(&entry->split, from->split);
  ms_text_set(&entry->group, from->group ? from->group : from->id);
  copy_problems(entry, from);
  set_part(&entry->image, &entry->image_part, from->image, &self->image, name);
  set_part(&entry->actual, &entry->actual_part, from->actual, &self->actual, name);
  for (guint i = 0; i < n_models; i++)
    set_part(&entry->predicted[i], &entry->predicted_parts[i], from->predicted[i],
             &self->predicted[i], name);
  g_ptr_array_add(self->made, entry);
}

static void
add_parts(const Expansion *self, const Parts *parts, GHashTable *seen)
{
  for (guint i = 0; parts->names && i < parts->names->len; i++) {
    const char *name = g_ptr_array_index(parts->names, i);
    if (g_hash_table_add(seen, (char *)name))
      add_part(self, name);
  }
}

/* One file of one mask beside one of several: that is said where the files' names are known. */
static void
note_whole(const Expansion *self, const char *file, const Parts *parts, const char *what)
{
  if (file && !parts->names)
    ms_notices_add(self->inventory->notices, file,
                   "This file is one %s, while others of example %s hold several; left out", what,
                   self->entry->id);
}

static gboolean
has_parts(const Expansion *self)
{
  for (guint i = 0; i < self->inventory->models->len; i++)
    if (self->predicted[i].names)
      return TRUE;
  return self->actual.names != NULL;
}

/* FALSE: the entry stays one. */
static gboolean
expand_entry(const Expansion *self)
{
  g_autoptr(GHashTable) seen = NULL;
  if (!has_parts(self))
    return FALSE;
  seen = g_hash_table_new(g_str_hash, g_str_equal);
  note_whole(self, self->entry->image, &self->image, "image");
  note_whole(self, self->entry->actual, &self->actual, "mask");
  add_parts(self, &self->actual, seen);
  for (guint i = 0; i < self->inventory->models->len; i++) {
    note_whole(self, self->entry->predicted[i], &self->predicted[i], "mask");
    add_parts(self, &self->predicted[i], seen);
  }
  return TRUE;
}

/* An image of several pages is shown by its first. */
static void
keep_entry(const Expansion *self, MsEntry *entry)
{
  entry->image_part = self->image.names ? 0 : self->image.only;
  entry->actual_part = self->actual.only;
  for (guint i = 0; i < self->inventory->models->len; i++)
    entry->predicted_parts[i] = self->predicted[i].only;
  g_ptr_array_add(self->made, entry);
}

static void
look_at_entry(MsInventory *inventory, MsEntry *entry, guint axis, GPtrArray *made)
{
  guint n_models = inventory->models->len;
  g_autofree Parts *predicted = g_new0(Parts, n_models + 1);
  Expansion self = {inventory, entry, .predicted = predicted, .made = made};
  self.image = find_parts(entry->image, entry->image_part, MS_ROLE_IMAGE, axis);
  self.actual = find_parts(entry->actual, entry->actual_part, MS_ROLE_ACTUAL, axis);
  for (guint i = 0; i < n_models; i++)
    predicted[i] =
        find_parts(entry->predicted[i], entry->predicted_parts[i], MS_ROLE_PREDICTED, axis);
  if (expand_entry(&self))
    ms_entry_free(entry, n_models);
  else
    keep_entry(&self, entry);
  parts_clear(&self.image);
  parts_clear(&self.actual);
  for (guint i = 0; i < n_models; i++)
    parts_clear(&predicted[i]);
}

gboolean
ms_inventory_expand(MsInventory *inventory, const MsOptions *options, GCancellable *cancellable,
                    GError **error)
{
  g_autoptr(GPtrArray) made = g_ptr_array_new();
  gboolean fine = TRUE;
  for (guint i = 0; i < inventory->entries->len; i++) {
    MsEntry *entry = g_ptr_array_index(inventory->entries, i);
    fine = fine && !g_cancellable_set_error_if_cancelled(cancellable, error);
    if (fine)
      look_at_entry(inventory, entry, options->slice_axis, made);
    else
      g_ptr_array_add(made, entry); /* so that it is freed */
  }
  g_ptr_array_unref(inventory->entries);
  inventory->entries = g_steal_pointer(&made);
  return fine;
}
