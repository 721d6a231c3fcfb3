/* SPDX-License-Identifier: MIT
 *
 * A folder's files are cut alike: the first of them that fits decides, so that a folder is looked
 * through only where none does. Folders without one are sorted in by those around them, once all
 * are seen.
 */
#include "set/models-private.h"

#include <string.h>

#include "set/layout-names.h"
#include "set/stems.h"
#include "set/text.h"

/* --- small things ----------------------------------------------------------------------------- */

static void
model_free(gpointer data)
{
  MsModelFound *model = data;
  g_free(model->key);
  g_free(model);
}

static void
head_free(gpointer data)
{
  MsModelHead *head = data;
  g_free(head->split);
  g_free(head);
}

static void
walk_free(gpointer data)
{
  MsModelWalk *walk = data;
  g_ptr_array_unref(walk->parts);
  g_free(walk);
}

static char *
join_parts(const GPtrArray *parts, guint from, guint to)
{
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = from; i < to; i++)
    g_string_append_printf(text, "%s%s", i > from ? "/" : "",
                           (const char *)g_ptr_array_index(parts, i));
  return g_strdup(text->str);
}

static gboolean
is_claimed(const MsModelFinder *self, const MsFolder *folder)
{
  return self->claimed && g_hash_table_contains(self->claimed, folder);
}

static char *
stem_of(const MsFolder *folder, guint index)
{
  const char *name = g_ptr_array_index(folder->pictures, index);
  return g_strndup(name, ms_text_stem_length(name));
}

/* --- models ----------------------------------------------------------------------------------- */

/* A folder of one file that is called like the file is the example's, not a model's. */
static gboolean
repeats_name(const MsModelWalk *walk, guint part)
{
  if (walk->folder->pictures->len != 1 || part == 0)
    return FALSE;
  g_autofree char *stem = stem_of(walk->folder, 0);
  gsize lengths[MS_STEM_MAX_FORMS];
  guint n = ms_stem_forms(stem, MS_ROLE_PREDICTED, FALSE, lengths);
  const char *name = g_ptr_array_index(walk->parts, part);
  for (guint i = 0; i < n; i++)
    if (strncmp(name, stem, lengths[i]) == 0 && name[lengths[i]] == '\0')
      return TRUE;
  return FALSE;
}

/* The parts that name a model, joined by '/': all but the split, which they give away. */
static char *
make_key(const MsModelWalk *walk, guint cut, const char *split)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new();
  for (guint i = 0; i < cut; i++)
    if (g_ptr_array_index(walk->parts, i) != split || cut == 1)
      g_ptr_array_add(parts, g_ptr_array_index(walk->parts, i));
  return join_parts(parts, 0, parts->len);
}

/* The folder at which a model's part of the path ends. */
static const char *
folder_of(const MsModelWalk *walk, guint cut)
{
  const MsFolder *folder = walk->folder;
  for (guint i = walk->parts->len; i > cut; i--)
    folder = folder->parent;
  return folder->path;
}

static MsModelFound *
find_or_add_model(MsModelFinder *self, const MsModelWalk *walk, guint cut, const char *split)
{
  gboolean single = walk->place->claim == MS_PLACE_GIVEN && walk->place->name;
  if (cut > 1 && repeats_name(walk, cut - 1))
    cut--;
  g_autofree char *key = single ? g_strdup(walk->place->name) : make_key(walk, cut, split);
  for (guint i = 0; i < self->models->len; i++) {
    MsModelFound *model = g_ptr_array_index(self->models, i);
    if (g_str_equal(model->key, key))
      return model;
  }
  MsModelFound *model = g_new0(MsModelFound, 1);
  model->role = ms_roles_add(self->roles, MS_ROLE_PREDICTED, single ? key : NULL,
                             single ? walk->place->folder->path : folder_of(walk, cut));
  model->key = g_steal_pointer(&key);
  g_ptr_array_add(self->models, model);
  return model;
}

/* A file may belong elsewhere than the folders around it say. */
static void
rehome(MsModelFinder *self, MsRoleFile *file, const char *prefix)
{
  gboolean several;
  if (!self->ids || ms_known_ids_has(self->ids, file->stem, MS_ROLE_PREDICTED))
    return;
  const char *home = ms_known_ids_home(self->ids, file->stem, MS_ROLE_PREDICTED, &several);
  if (!home)
    return;
  g_autofree char *stem = g_strconcat(home, "/", file->stem + strlen(prefix), NULL);
  file->stem = g_string_chunk_insert(self->roles->strings, stem);
}

/* Notes how the split is spelt, be it among the model's parts or the first of the id's. */
static void
note_split(MsModelFinder *self, const MsModelWalk *walk, guint cut, const char *split)
{
  g_autofree char *tail = join_parts(walk->parts, cut, walk->parts->len);
  g_autofree char *slashed = g_strconcat(tail, "/", NULL);
  g_free(ms_roles_place_stem(self->roles, slashed, split));
}

static void
add_files(MsModelFinder *self, const MsModelWalk *walk, MsModelFound *model, guint cut,
          const char *split)
{
  g_autofree char *prefix = ms_model_make_prefix(walk, cut, split);
  const MsFolder *folder = walk->folder;
  note_split(self, walk, cut, split);
  for (guint i = 0; i < folder->pictures->len; i++) {
    const char *name = g_ptr_array_index(folder->pictures, i);
    if (g_cancellable_is_cancelled(self->roles->cancellable))
      return;
    if (ms_stem_is_other_form(folder->pictures, i)) {
      ms_roles_add_other(model->role, name);
      continue;
    }
    ms_roles_add_named(self->roles, model->role, folder->path, name, prefix, 0);
    rehome(self, &g_array_index(model->role->files, MsRoleFile, model->role->files->len - 1),
           prefix);
  }
  for (const MsFolder *above = folder; above; above = above->parent)
    g_hash_table_add(self->fitting, (gpointer)above);
}

static void
take_folder(MsModelFinder *self, const MsModelWalk *walk, guint cut)
{
  const char *split = ms_model_find_split(self, walk, cut);
  MsModelFound *model = find_or_add_model(self, walk, cut, split);
  MsModelHead *head = g_new0(MsModelHead, 1);
  head->model = model;
  head->split = g_strdup(split);
  g_hash_table_insert(self->heads, join_parts(walk->parts, 0, cut), head);
  add_files(self, walk, model, cut, split);
}

/* --- folders ---------------------------------------------------------------------------------- */

static void
visit(MsModelFinder *self, const MsModelWalk *walk)
{
  const MsFolder *folder = walk->folder;
  if (folder->pictures->len > 0 && !is_claimed(self, folder)) {
    guint cut = ms_model_find_cut(self, walk);
    if (cut > 0) {
      take_folder(self, walk, cut);
    } else {
      MsModelWalk *pending = g_memdup2(walk, sizeof *walk);
      pending->parts = g_ptr_array_copy(walk->parts, NULL, NULL);
      g_ptr_array_add(self->pending, pending);
    }
  }
  for (guint i = 0; i < folder->folders->len; i++) {
    const MsFolder *below = g_ptr_array_index(folder->folders, i);
    if (below->n_pictures > 0 && ms_name_is_twin(below->name, folder->folders)) {
      ms_notices_add(self->notices, below->path,
                     "A twin of another folder in another form; left alone");
      continue;
    }
    g_ptr_array_add(walk->parts, (char *)below->name);
    visit(self, &(MsModelWalk){walk->place, below, walk->parts});
    g_ptr_array_set_size(walk->parts, (int)walk->parts->len - 1);
  }
}

static GPtrArray *
first_parts(const MsModelPlace *place)
{
  GPtrArray *parts = g_ptr_array_new();
  gboolean named = place->name && place->claim != MS_PLACE_GIVEN;
  g_ptr_array_add(parts, (char *)(named ? place->name : place->folder->name));
  return parts;
}

static gboolean
fits_anywhere(MsModelFinder *self, const MsModelWalk *walk)
{
  const MsFolder *folder = walk->folder;
  gboolean fit =
      folder->pictures->len > 0 && !is_claimed(self, folder) && ms_model_find_cut(self, walk) > 0;
  for (guint i = 0; !fit && i < folder->folders->len; i++) {
    const MsFolder *below = g_ptr_array_index(folder->folders, i);
    g_ptr_array_add(walk->parts, (char *)below->name);
    fit = fits_anywhere(self, &(MsModelWalk){walk->place, below, walk->parts});
    g_ptr_array_set_size(walk->parts, (int)walk->parts->len - 1);
  }
  return fit;
}

/* The folders above a place may belong to its ids, or their split alone, or none of them. */
static const char *
choose_split(MsModelFinder *self, const MsModelPlace *place)
{
  const char *slash = place->split ? strchr(place->split, '/') : NULL;
  const char *first = place->split;
  if (slash) {
    g_autofree char *head = g_strndup(place->split, (gsize)(slash - place->split));
    first = g_string_chunk_insert(self->roles->strings, head);
  }
  const char *const choices[] = {place->split, first};
  for (gsize i = 0; place->split && self->ids && i < G_N_ELEMENTS(choices); i++) {
    const MsModelPlace tried = {place->folder, choices[i], place->name, place->claim};
    g_autoptr(GPtrArray) parts = first_parts(&tried);
    if (fits_anywhere(self, &(MsModelWalk){&tried, place->folder, parts}))
      return choices[i];
  }
  return first && self->ids && ms_known_ids_split(self->ids, first) ? first : NULL;
}

/* Looks through a place; TRUE when something in it fits. */
static gboolean
visit_place(MsModelFinder *self, MsModelPlace *place)
{
  place->split = choose_split(self, place);
  g_autoptr(GPtrArray) parts = first_parts(place);
  visit(self, &(MsModelWalk){place, place->folder, parts});
  return g_hash_table_contains(self->fitting, place->folder);
}

/* Takes a place as it is, though none of its files is called like an actual mask. */
static void
take_whole(MsModelFinder *self, const MsModelPlace *place)
{
  for (guint i = 0; i < self->pending->len;) {
    const MsModelWalk *walk = g_ptr_array_index(self->pending, i);
    if (walk->place != place) {
      i++;
      continue;
    }
    const char *split = place->split;
    add_files(self, walk, find_or_add_model(self, walk, 1, split), 1, split);
    g_ptr_array_remove_index(self->pending, i);
  }
}

/* A folder of a model in which every file lacks its actual mask: its path begins as another's of
 * that model, and goes on as the actual masks' do. */
static gboolean
take_by_head(MsModelFinder *self, const MsModelWalk *walk)
{
  for (guint cut = walk->parts->len; cut > 0; cut--) {
    g_autofree char *key = join_parts(walk->parts, 0, cut);
    const MsModelHead *head = g_hash_table_lookup(self->heads, key);
    if (!head)
      continue;
    const char *split = walk->place->split ? walk->place->split : head->split;
    g_autofree char *prefix = ms_model_make_prefix(walk, cut, split);
    if (*prefix)
      prefix[strlen(prefix) - 1] = '\0';
    if (*prefix && !ms_known_ids_has_folder(self->ids, prefix))
      return FALSE;
    add_files(self, walk, head->model, cut, split);
    return TRUE;
  }
  return FALSE;
}

/* Names the outermost folder around one that nothing fits in, once. */
static void
leave_alone(MsModelFinder *self, const MsModelWalk *walk)
{
  const MsFolder *outer = walk->folder;
  while (outer != walk->place->folder && !g_hash_table_contains(self->fitting, outer->parent))
    outer = outer->parent;
  if (!g_hash_table_add(self->said, (gpointer)outer))
    return;
  ms_notices_add(self->notices, outer->path,
                 walk->place->claim == MS_PLACE_UNKNOWN
                     ? "Not a folder of this set by its name; left alone"
                     : "None of the ids in this folder is an actual mask's; left alone");
}

static void
settle_pending(MsModelFinder *self)
{
  g_autoptr(GPtrArray) rest = g_ptr_array_new();
  for (guint i = 0; i < self->pending->len; i++)
    if (!take_by_head(self, g_ptr_array_index(self->pending, i)))
      g_ptr_array_add(rest, g_ptr_array_index(self->pending, i));
  for (guint i = 0; i < rest->len; i++)
    leave_alone(self, g_ptr_array_index(rest, i));
}

/* --- all -------------------------------------------------------------------------------------- */

/* Folders of which nothing tells that they hold masks count where no others do. */
static void
visit_unknown(MsModelFinder *self, MsModelPlace *place, gboolean others)
{
  if (others)
    ms_notices_add(self->notices, place->folder->path,
                   "Not a folder of this set by its name; left alone");
  else if (visit_place(self, place))
    ms_notices_add(self->notices, place->folder->path,
                   "Taken for a model's masks: its files are called like the actual ones");
}

static void
visit_places(MsModelFinder *self, MsModelPlace *places, guint n_places)
{
  for (guint i = 0; i < n_places; i++)
    if (places[i].claim != MS_PLACE_UNKNOWN)
      visit_place(self, &places[i]);
  gboolean others = self->models->len > 0;
  for (guint i = 0; i < n_places; i++)
    if (places[i].claim == MS_PLACE_UNKNOWN)
      visit_unknown(self, &places[i], others);
  gboolean any = self->models->len > 0;
  for (guint i = 0; i < n_places; i++)
    if (!any && places[i].claim != MS_PLACE_UNKNOWN)
      take_whole(self, &places[i]);
}

static void
find_models(MsRoles *roles, MsKnownIds *ids, MsModelPlace *places, guint n_places,
            GHashTable *claimed, GPtrArray *notices)
{
  g_autoptr(GPtrArray) models = g_ptr_array_new_with_free_func(model_free);
  g_autoptr(GPtrArray) pending = g_ptr_array_new_with_free_func(walk_free);
  g_autoptr(GHashTable) heads = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, head_free);
  g_autoptr(GHashTable) fitting = g_hash_table_new(NULL, NULL);
  g_autoptr(GHashTable) said = g_hash_table_new(NULL, NULL);
  MsModelFinder self = {roles, ids, claimed, notices, models, heads, pending, fitting, said};
  visit_places(&self, places, n_places);
  settle_pending(&self);
  ms_model_name_all(&self, n_places > 0 && places[0].claim == MS_PLACE_GIVEN);
}

void
ms_models_add(MsRoles *roles, GArray *places, GHashTable *claimed, GPtrArray *notices)
{
  g_autoptr(MsKnownIds) ids = ms_known_ids_new(roles);
  g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(MsModelPlace));
  for (guint i = 0; i < places->len; i++) {
    MsModelPlace *place = &g_array_index(places, MsModelPlace, i);
    if (place->claim == MS_PLACE_GIVEN)
      find_models(roles, ids, place, 1, claimed, notices);
    else
      g_array_append_val(found, *place);
  }
  find_models(roles, ids, (MsModelPlace *)(void *)found->data, found->len, claimed, notices);
}

void
ms_models_rehome(MsRoles *roles, MsRole *role)
{
  g_autoptr(MsKnownIds) ids = ms_known_ids_new(roles);
  for (guint i = 0; ids && !role->exact && i < role->files->len; i++) {
    MsRoleFile *file = &g_array_index(role->files, MsRoleFile, i);
    gboolean several;
    const char *home = ms_known_ids_has(ids, file->stem, role->kind)
                           ? NULL
                           : ms_known_ids_home(ids, file->stem, role->kind, &several);
    if (!home)
      continue;
    g_autofree char *base = g_path_get_basename(file->stem);
    g_autofree char *stem = g_strconcat(home, "/", base, NULL);
    file->stem = g_string_chunk_insert(roles->strings, stem);
  }
}
