/* SPDX-License-Identifier: MIT
 *
 * Everything in one folder: "a.jpg", "a_mask.png", "a_pred.png", "a_pred_unet.png". The masks'
 * names say what examples are called; every other name must begin with one of them, whole, and the
 * rest of it says what the file is. Predictions may lie in folders of their own as well.
 */
#include <string.h>

#include "set/ending.h"
#include "set/layout-names.h"
#include "set/layout-table.h"
#include "set/stems.h"
#include "set/text.h"

#define SEPARATORS "_-."

/* A folder whose files are told apart. */
typedef struct {
  const MsFolder *folder;
  GHashTable *heads;  /* what its masks' names begin with: head -> the mask's index plus 1 */
  gboolean by_ending; /* "a.jpg" is the image, "a.png" its mask */
} Mixed;

typedef struct {
  MsLayoutSite *site;
  const Mixed *mixed;
  const MsFolder *home; /* of all that is mixed: its folder, or the set's where there are several */
  char *prefix;         /* of its stems: folders, with '/' at the end */
  gboolean named;       /* rests that name no role are left alone: others say "pred" */
} Taker;

static void
mixed_free(gpointer data)
{
  Mixed *mixed = data;
  g_hash_table_unref(mixed->heads);
  g_free(mixed);
}

static char *
stem_at(const MsFolder *folder, guint index)
{
  const char *name = g_ptr_array_index(folder->pictures, index);
  return g_strndup(name, ms_text_stem_length(name));
}

/* --- examples --------------------------------------------------------------------------------- */

/* Heads of the names that end like an actual mask's. */
static void
find_heads(Mixed *mixed)
{
  for (guint i = 0; i < mixed->folder->pictures->len; i++) {
    g_autofree char *stem = stem_at(mixed->folder, i);
    gsize length = ms_stem_head_length(stem, MS_ROLE_ACTUAL);
    stem[length] = '\0';
    g_autofree char *model = length > 0 ? ms_stem_model(stem) : NULL; /* "a_pred_mask" */
    if (length > 0 && !model && !g_hash_table_contains(mixed->heads, stem))
      g_hash_table_insert(mixed->heads, g_strdup(stem), GUINT_TO_POINTER(i + 1));
  }
}

static gboolean
is_photo(const char *name)
{
  return ms_ending_is(name, ".jpg") || ms_ending_is(name, ".jpeg");
}

/* Where no name says "mask", a PNG beside a JPEG of the same name is its mask. */
static void
find_heads_by_ending(Mixed *mixed)
{
  const GPtrArray *pictures = mixed->folder->pictures;
  for (guint i = 0; i + 1 < pictures->len; i++) {
    const char *name = g_ptr_array_index(pictures, i), *next = g_ptr_array_index(pictures, i + 1);
    gsize length = ms_text_stem_length(name);
    if (is_photo(name) && ms_ending_is(next, ".png") && ms_text_stem_length(next) == length &&
        strncmp(name, next, length) == 0)
      g_hash_table_insert(mixed->heads, g_strndup(name, length), GUINT_TO_POINTER(i + 2));
  }
  mixed->by_ending = TRUE;
}

/* The head that a stem is, or begins with before a separator, the longest; 0: none. */
static gsize
find_head(const Mixed *mixed, const char *stem)
{
  g_autofree char *head = g_strdup(stem);
  for (gsize length = strlen(head); length > 0; length--) {
    if (stem[length] != '\0' && !strchr(SEPARATORS, stem[length]))
      continue;
    head[length] = '\0';
    if (g_hash_table_contains(mixed->heads, head))
      return length;
  }
  return 0;
}

/* Whether a folder holds images or predictions of its own masks. */
static gboolean
is_mixed(const Mixed *mixed)
{
  for (guint i = 0; i < mixed->folder->pictures->len; i++) {
    g_autofree char *stem = stem_at(mixed->folder, i);
    gsize length = find_head(mixed, stem);
    gpointer mask = g_hash_table_lookup(mixed->heads, stem);
    if (length == 0 || GPOINTER_TO_UINT(mask) == i + 1)
      continue;
    if (stem[length] == '\0')
      return TRUE;
    g_autofree char *model = ms_stem_model(stem + length + 1);
    if (model || ms_stem_word_is(stem + length + 1, MS_ROLE_IMAGE))
      return TRUE;
  }
  return FALSE;
}

/* Arrays beside tables are labels, not masks. */
static gboolean
are_labels(const MsFolder *folder)
{
  gboolean tables = FALSE;
  for (guint i = 0; i < folder->others->len; i++)
    tables |= ms_ending_is_of_table(g_ptr_array_index(folder->others, i));
  for (guint i = 0; tables && i < folder->pictures->len; i++)
    if (!ms_ending_is_of_array(g_ptr_array_index(folder->pictures, i)))
      return FALSE;
  return tables;
}

static Mixed *
mixed_new(const MsFolder *folder)
{
  Mixed *mixed = g_new0(Mixed, 1);
  mixed->folder = folder;
  mixed->heads = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  if (!are_labels(folder))
    find_heads(mixed);
  if (g_hash_table_size(mixed->heads) == 0 && !are_labels(folder))
    find_heads_by_ending(mixed);
  if (is_mixed(mixed))
    return mixed;
  mixed_free(mixed);
  return NULL;
}

static void
collect_mixed(const MsFolder *folder, GPtrArray *all)
{
  MsRoleKind kind;
  if (folder->parent && ms_name_role(folder->name, &kind) != MS_NAME_UNKNOWN &&
      kind == MS_ROLE_PREDICTED)
    return;
  Mixed *mixed = folder->pictures->len > 1 ? mixed_new(folder) : NULL;
  if (mixed)
    g_ptr_array_add(all, mixed);
  for (guint i = 0; i < folder->folders->len; i++)
    collect_mixed(g_ptr_array_index(folder->folders, i), all);
}

/* A folder that is called like actual masks has them. */
static gboolean
holds_mask_folder(const MsFolder *folder, guint depth)
{
  for (guint i = 0; i < folder->folders->len; i++) {
    const MsFolder *below = g_ptr_array_index(folder->folders, i);
    MsRoleKind kind;
    if (below->n_pictures > 0 && ms_name_role(below->name, &kind) == MS_NAME_EXACT &&
        kind == MS_ROLE_ACTUAL)
      return TRUE;
    if (depth > 0 && holds_mask_folder(below, depth - 1))
      return TRUE;
  }
  return FALSE;
}

/* --- taking the files ------------------------------------------------------------------------- */

/* The folders between the set's and a mixed one, without the first where all have that and it is no
 * split. Caller frees. */
static char *
make_prefix(const MsLayoutSite *site, const Mixed *mixed, const GPtrArray *all)
{
  const char *path = mixed->folder->path + strlen(site->folder->path);
  while (*path == '/')
    path++;
  const char *slash = strchr(path, '/');
  gsize length = slash ? (gsize)(slash - path) : strlen(path);
  g_autofree char *first = g_strndup(path, length);
  g_autofree char *start = g_build_filename(site->folder->path, first, NULL);
  gboolean shared = !ms_split_normalize(first);
  for (guint i = 0; i < all->len; i++) {
    const char *other = ((const Mixed *)g_ptr_array_index(all, i))->folder->path;
    shared &= g_str_has_prefix(other, start) && strchr("/", other[strlen(start)]) != NULL;
  }
  if (shared)
    path = slash ? slash + 1 : "";
  return *path ? g_strconcat(path, "/", NULL) : g_strdup("");
}

static void
add_file(const Taker *self, MsRole *role, guint index, const char *stem, gsize length)
{
  const MsFolder *folder = self->mixed->folder;
  g_autofree char *path =
      g_build_filename(folder->path, g_ptr_array_index(folder->pictures, index), NULL);
  g_autofree char *head = g_strndup(stem, length);
  g_autofree char *relative = g_strconcat(self->prefix, head, NULL);
  g_autofree char *whole = ms_roles_place_stem(self->site->roles, relative, NULL);
  ms_roles_add_file(self->site->roles, role, path, whole);
}

/* The role of a file by the rest of its name after its example's; NULL: it has none. Its own name
 * is an image's. */
static MsRole *
role_of(const Taker *self, guint index, const char *stem, gsize length)
{
  MsRole *images = ms_site_role(self->site, MS_ROLE_IMAGE, self->home);
  MsRole *actual = ms_site_role(self->site, MS_ROLE_ACTUAL, self->home);
  g_autofree char *head = g_strndup(stem, length);
  guint mask = GPOINTER_TO_UINT(g_hash_table_lookup(self->mixed->heads, head));
  const char *rest = stem[length] ? stem + length + 1 : "";
  if (mask == index + 1)
    return actual;
  if (*rest == '\0' || ms_stem_word_is(rest, MS_ROLE_IMAGE))
    return images;
  if (!self->mixed->by_ending && ms_stem_word_is(rest, MS_ROLE_ACTUAL))
    return actual;
  g_autofree char *model = ms_stem_model(rest);
  if (self->site->given->len > 0 || (!model && self->named))
    return NULL;
  return ms_site_model(self->site, model ? model : rest, self->home);
}

/* An example without a mask: an image, or a prediction that says so. */
static void
add_maskless(const Taker *self, guint index, const char *stem)
{
  MsRole *images = ms_site_role(self->site, MS_ROLE_IMAGE, self->home);
  gsize length = ms_stem_head_length(stem, MS_ROLE_PREDICTED);
  if (length > 0 && self->site->given->len == 0) {
    g_autofree char *model = ms_stem_model(stem + length + 1);
    add_file(self, ms_site_model(self->site, model ? model : stem + length + 1, self->home), index,
             stem, length);
  } else if (length == 0) {
    gsize image_length = ms_stem_head_length(stem, MS_ROLE_IMAGE);
    add_file(self, images, index, stem, image_length ? image_length : strlen(stem));
  }
}

static void
take_files(const Taker *self)
{
  const MsFolder *folder = self->mixed->folder;
  guint n_unknown = 0;
  const char *unknown = NULL;
  for (guint i = 0; i < folder->pictures->len; i++) {
    g_autofree char *stem = stem_at(folder, i);
    gsize length = find_head(self->mixed, stem);
    gboolean other = ms_stem_is_other_form(folder->pictures, i);
    MsRole *role = length > 0 && !other ? role_of(self, i, stem, length) : NULL;
    if (other)
      ms_roles_add_other(ms_site_role(self->site, MS_ROLE_ACTUAL, self->home),
                         g_ptr_array_index(folder->pictures, i));
    else if (length == 0)
      add_maskless(self, i, stem);
    else if (role)
      add_file(self, role, i, stem, length);
    else if (n_unknown++ == 0)
      unknown = g_ptr_array_index(folder->pictures, i);
  }
  g_hash_table_add(self->site->claimed, (gpointer)folder);
  if (self->mixed->by_ending)
    ms_notices_add(self->site->inventory->notices, folder->path,
                   "No name says mask: the PNG files beside JPEG files of the same names are taken "
                   "for the actual masks");
  if (n_unknown == 0)
    return;
  g_autofree char *shown = ms_text_id(unknown);
  ms_notices_add(self->site->inventory->notices, folder->path,
                 "Files whose suffix tells no role are left alone: %u, such as %s", n_unknown,
                 shown);
}

/* Whether any name says that it is a prediction's. */
static gboolean
names_predictions(const Mixed *mixed)
{
  for (guint i = 0; i < mixed->folder->pictures->len; i++) {
    g_autofree char *stem = stem_at(mixed->folder, i);
    gsize length = find_head(mixed, stem);
    g_autofree char *model = length > 0 && stem[length] ? ms_stem_model(stem + length + 1) : NULL;
    if (model)
      return TRUE;
  }
  return FALSE;
}

MsLayoutAnswer
ms_layout_suffixes(MsLayoutSite *site, GError **error)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(mixed_free);
  if (holds_mask_folder(site->folder, 1))
    return MS_LAYOUT_NOT_MINE;
  collect_mixed(site->folder, all);
  if (all->len == 0)
    return MS_LAYOUT_NOT_MINE;
  gboolean named = FALSE;
  for (guint i = 0; i < all->len; i++)
    named |= names_predictions(g_ptr_array_index(all, i));
  for (guint i = 0; i < all->len; i++) {
    const Mixed *mixed = g_ptr_array_index(all, i);
    Taker taker = {site, mixed, all->len > 1 ? site->folder : mixed->folder,
                   make_prefix(site, mixed, all), named};
    take_files(&taker);
    g_free(taker.prefix);
  }
  ms_roles_find(site->roles, MS_ROLE_IMAGE)->exact = TRUE;
  ms_roles_find(site->roles, MS_ROLE_ACTUAL)->exact = TRUE;
  ms_site_add_models(site);
  return MS_LAYOUT_TAKEN;
}
