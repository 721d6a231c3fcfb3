/* SPDX-License-Identifier: MIT
 *
 * Files are looked into first, by several threads; then examples are made, in the entries' order.
 */
#include "set/expand.h"

#include "set/parts.h"
#include "set/text.h"

/* What a file is to one entry. */
typedef struct {
  const MsFileParts *several; /* NULL: the file is whole */
  int only;                   /* whole: the part that is meant, or MS_PART_WHOLE */
} Parts;

/* Archives whose arrays are called after roles are whole: the role's array is meant. */
static Parts
parts_of(const MsPartsFinder *finder, const char *path, int part, MsRoleKind kind)
{
  const MsFileParts *file =
      path && part == MS_PART_WHOLE ? ms_parts_finder_get(finder, path) : NULL;
  if (!file || !file->names)
    return (Parts){NULL, part};
  if (file->only[kind] >= 0)
    return (Parts){NULL, file->only[kind]};
  return (Parts){file, 0};
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

/* Sets path and part where the file has such a part. */
static void
set_part(const char **path, int *part, const char *file, const Parts *parts, const char *name)
{
  if (file && parts->several && ms_file_parts_find(parts->several, name, part))
    *path = file;
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
  MsEntry *entry = ms_entry_new(ms_inventory_keep(self->inventory, id), n_models);
  entry->split = from->split;
  entry->group = from->group ? from->group : from->id;
  copy_problems(entry, from);
  set_part(&entry->image, &entry->image_part, from->image, &self->image, name);
  set_part(&entry->actual, &entry->actual_part, from->actual, &self->actual, name);
  for (guint i = 0; i < n_models; i++)
    set_part(&entry->predicted[i], &entry->predicted_parts[i], from->predicted[i],
             &self->predicted[i], name);
  if (from->actual && !self->actual.several)
    ms_entry_add_problem(entry, MS_PROBLEM_AMBIGUOUS, G_MAXUINT,
                         "the actual mask is one, and the predicted file holds several");
  g_ptr_array_add(self->made, entry);
}

static void
add_parts(const Expansion *self, const Parts *parts, GHashTable *seen)
{
  for (guint i = 0; parts->several && i < parts->several->names->len; i++) {
    const char *name = g_ptr_array_index(parts->several->names, i);
    if (g_hash_table_add(seen, (char *)name))
      add_part(self, name);
  }
}

/* One file of one mask beside one of several: that is said where the files' names are known. */
static void
note_whole(const Expansion *self, const char *file, const Parts *parts, const char *what)
{
  if (file && !parts->several)
    ms_notices_add(self->inventory->notices, file,
                   "This file is one %s, while others of example %s hold several; left out", what,
                   self->entry->id);
}

static gboolean
has_parts(const Expansion *self)
{
  for (guint i = 0; i < self->inventory->models->len; i++)
    if (self->predicted[i].several)
      return TRUE;
  return self->actual.several != NULL;
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
  entry->image_part = self->image.several ? 0 : self->image.only;
  entry->actual_part = self->actual.only;
  for (guint i = 0; i < self->inventory->models->len; i++)
    entry->predicted_parts[i] = self->predicted[i].only;
  g_ptr_array_add(self->made, entry);
}

static void
look_at_entry(MsInventory *inventory, MsEntry *entry, const MsPartsFinder *finder, GPtrArray *made)
{
  guint n_models = inventory->models->len;
  g_autofree Parts *predicted = g_new0(Parts, n_models + 1);
  Expansion self = {inventory, entry, .predicted = predicted, .made = made};
  self.image = parts_of(finder, entry->image, entry->image_part, MS_ROLE_IMAGE);
  self.actual = parts_of(finder, entry->actual, entry->actual_part, MS_ROLE_ACTUAL);
  for (guint i = 0; i < n_models; i++)
    predicted[i] =
        parts_of(finder, entry->predicted[i], entry->predicted_parts[i], MS_ROLE_PREDICTED);
  if (expand_entry(&self))
    ms_entry_free(entry);
  else
    keep_entry(&self, entry);
}

/* --- files ------------------------------------------------------------------------------------ */

static void
add_file(MsPartsFinder *finder, const char *path, int part)
{
  if (path && part == MS_PART_WHOLE && ms_parts_are_possible(path))
    ms_parts_finder_add(finder, path);
}

/* An image of pages is shown by its first, unless the masks have pages, too. */
static void
add_masks(MsPartsFinder *finder, const MsInventory *inventory, const MsEntry *entry)
{
  if (entry->image && !ms_parts_are_pages(entry->image))
    add_file(finder, entry->image, entry->image_part);
  add_file(finder, entry->actual, entry->actual_part);
  for (guint i = 0; i < inventory->models->len; i++)
    add_file(finder, entry->predicted[i], entry->predicted_parts[i]);
}

static void
add_image(MsPartsFinder *finder, const MsInventory *inventory, const MsEntry *entry)
{
  gboolean several =
      parts_of(finder, entry->actual, entry->actual_part, MS_ROLE_ACTUAL).several != NULL;
  for (guint i = 0; i < inventory->models->len; i++)
    several |= parts_of(finder, entry->predicted[i], entry->predicted_parts[i], MS_ROLE_PREDICTED)
                   .several != NULL;
  if (several)
    add_file(finder, entry->image, entry->image_part);
}

static void
tell_notices(const MsPartsFinder *finder, GPtrArray *notices)
{
  const GPtrArray *files = ms_parts_finder_files(finder);
  for (guint i = 0; i < files->len; i++) {
    const MsFileParts *file = g_ptr_array_index(files, i);
    if (file->notice)
      ms_notices_add(notices, file->path, "%s", file->notice);
  }
}

gboolean
ms_inventory_expand(MsInventory *inventory, const MsOptions *options, MsSetProgress progress,
                    gpointer user, GCancellable *cancellable, GError **error)
{
  static void (*const add[])(MsPartsFinder *, const MsInventory *, const MsEntry *) = {add_masks,
                                                                                       add_image};
  g_autoptr(MsPartsFinder) finder = ms_parts_finder_new(options->slice_axis);
  for (gsize round = 0; round < G_N_ELEMENTS(add); round++) {
    for (guint i = 0; i < inventory->entries->len; i++)
      add[round](finder, inventory, g_ptr_array_index(inventory->entries, i));
    if (!ms_parts_finder_run(finder, options->jobs, progress, user, cancellable, error))
      return FALSE;
  }
  if (ms_parts_finder_files(finder)->len == 0)
    return TRUE;
  GPtrArray *made = g_ptr_array_new();
  for (guint i = 0; i < inventory->entries->len; i++)
    look_at_entry(inventory, g_ptr_array_index(inventory->entries, i), finder, made);
  g_ptr_array_unref(inventory->entries);
  inventory->entries = made;
  tell_notices(finder, inventory->notices);
  return TRUE;
}
