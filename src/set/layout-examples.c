/* SPDX-License-Identifier: MIT
 *
 * One folder for each example, in one of two forms: ID/images/ID.png with ID/masks/, whose files
 * are one mask together; or ID/image.png, ID/mask.png, ID/pred.png. Predictions lie with them, in
 * ID/predictions/ or ID/pred_MODEL/, or beside, as MODEL/ID.png or MODEL/ID/.
 *
 * Shaped for: thousands of folders with a few files each.
 */
#include <string.h>

#include "set/ending.h"
#include "set/layout-names.h"
#include "set/layout-table.h"
#include "set/stems.h"
#include "set/text.h"

/* What one folder holds. */
typedef struct {
  char *image; /* a path; NULL: none */
  char *mask;  /* of a file; NULL: none */
  const MsFolder *mask_folder;
} Example;

static void
example_clear(Example *example)
{
  g_free(example->image);
  g_free(example->mask);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Example, example_clear)

typedef struct {
  MsLayoutSite *site;
  GHashTable *stems; /* name of an example's folder -> its stem; both owned */
} Examples;

/* --- one folder ------------------------------------------------------------------------------- */

static char *
picture_stem(const MsFolder *folder, guint index)
{
  const char *name = g_ptr_array_index(folder->pictures, index);
  return g_strndup(name, ms_text_stem_length(name));
}

static char *
picture_path(const MsFolder *folder, guint index)
{
  return g_build_filename(folder->path, g_ptr_array_index(folder->pictures, index), NULL);
}

/* The folder in it that is called after a role and holds pictures directly; NULL: none. */
static const MsFolder *
find_role_folder(const MsFolder *folder, MsRoleKind wanted)
{
  for (guint i = 0; i < folder->folders->len; i++) {
    const MsFolder *below = g_ptr_array_index(folder->folders, i);
    MsRoleKind kind;
    if (below->pictures->len > 0 && ms_name_role(below->name, &kind) == MS_NAME_EXACT &&
        kind == wanted)
      return below;
  }
  return NULL;
}

/* Whether a mask is called like the image: then the folder is a split of several examples. */
static gboolean
is_split(const MsFolder *masks, const char *image_stem)
{
  for (guint i = 0; i < masks->pictures->len; i++) {
    g_autofree char *stem = picture_stem(masks, i);
    gsize lengths[MS_STEM_MAX_FORMS];
    guint n = ms_stem_forms(stem, MS_ROLE_ACTUAL, FALSE, lengths);
    for (guint j = 0; j < n; j++)
      if (strncmp(image_stem, stem, lengths[j]) == 0 && image_stem[lengths[j]] == '\0')
        return TRUE;
  }
  return FALSE;
}

/* ID/images/ID.png or ID/ID.png, with ID/masks/... */
static gboolean
read_with_folders(const MsFolder *folder, Example *example)
{
  const MsFolder *masks = find_role_folder(folder, MS_ROLE_ACTUAL);
  const MsFolder *images = find_role_folder(folder, MS_ROLE_IMAGE);
  if (!images)
    images = folder;
  if (!masks || images->pictures->len != 1)
    return FALSE;
  g_autofree char *stem = picture_stem(images, 0);
  if (!g_str_equal(stem, folder->name) && is_split(masks, stem))
    return FALSE;
  example->image = picture_path(images, 0);
  example->mask_folder = masks;
  return TRUE;
}

/* ID/image.png and ID/mask.png; more than one of a kind is none. */
static gboolean
read_with_files(const MsFolder *folder, Example *example)
{
  guint n_images = 0, n_masks = 0;
  for (guint i = 0; i < folder->pictures->len; i++) {
    const char *name = g_ptr_array_index(folder->pictures, i);
    if (!ms_stem_may_be_word(name, ms_text_stem_length(name)))
      continue;
    g_autofree char *stem = picture_stem(folder, i);
    gboolean image = ms_stem_word_is(stem, MS_ROLE_IMAGE);
    gboolean mask = ms_stem_word_is(stem, MS_ROLE_ACTUAL);
    if (image && n_images++ == 0)
      example->image = picture_path(folder, i);
    if (mask && n_masks++ == 0)
      example->mask = picture_path(folder, i);
  }
  return n_masks == 1 && n_images <= 1;
}

static gboolean
read_example(const MsFolder *folder, Example *example)
{
  return read_with_folders(folder, example) || read_with_files(folder, example);
}

/* --- which folders are examples --------------------------------------------------------------- */

static gboolean
is_example(const MsFolder *folder)
{
  g_auto(Example) example = {0};
  return read_example(folder, &example);
}

/* Whether the folders in it are examples, most of them: others are models'. */
static gboolean
holds_examples(const MsFolder *folder)
{
  guint n_examples = 0, n_others = 0;
  for (guint i = 0; i < folder->folders->len; i++) {
    const MsFolder *below = g_ptr_array_index(folder->folders, i);
    MsRoleKind kind;
    if (below->n_pictures == 0)
      continue;
    if (ms_name_role(below->name, &kind) == MS_NAME_EXACT || !is_example(below))
      n_others++;
    else
      n_examples++;
  }
  return n_examples > 0 && n_examples >= n_others;
}

/* The folders whose folders are examples: the set's own, or some of those in it. */
static GPtrArray *
find_containers(const MsFolder *folder)
{
  GPtrArray *containers = g_ptr_array_new();
  if (holds_examples(folder)) {
    g_ptr_array_add(containers, (gpointer)folder);
    return containers;
  }
  for (guint i = 0; i < folder->folders->len; i++) {
    const MsFolder *below = g_ptr_array_index(folder->folders, i);
    MsRoleKind kind;
    gboolean predicted =
        ms_name_role(below->name, &kind) != MS_NAME_UNKNOWN && kind == MS_ROLE_PREDICTED;
    if (!predicted && holds_examples(below))
      g_ptr_array_add(containers, (gpointer)below);
  }
  return containers;
}

/* --- images and masks ------------------------------------------------------------------------- */

static void
add_example(Examples *self, const MsFolder *folder, const char *split)
{
  MsLayoutSite *site = self->site;
  g_auto(Example) example = {0};
  if (!read_example(folder, &example))
    return;
  char *stem = ms_roles_place_stem(site->roles, folder->name, split);
  g_hash_table_insert(self->stems, g_strdup(folder->name), stem);
  const MsFolder *container = folder->parent ? folder->parent : folder;
  MsRole *images = ms_site_role(site, MS_ROLE_IMAGE, container);
  MsRole *actual = ms_site_role(site, MS_ROLE_ACTUAL, container);
  images->exact = actual->exact = TRUE;
  if (example.image)
    ms_roles_add_file(site->roles, images, example.image, stem);
  if (example.mask_folder)
    ms_roles_add_united(site->roles, actual, example.mask_folder, stem);
  else
    ms_roles_add_file(site->roles, actual, example.mask, stem);
}

/* A container is a split where it is called so, and where there are several. */
static void
add_container(Examples *self, const MsFolder *container, guint n_containers)
{
  gboolean split =
      container != self->site->folder && (n_containers > 1 || ms_split_normalize(container->name));
  for (guint i = 0; i < container->folders->len; i++)
    add_example(self, g_ptr_array_index(container->folders, i), split ? container->name : NULL);
}

/* --- predictions ------------------------------------------------------------------------------ */

/* Models whose masks lie with the examples: their folder is that of all examples. */
static MsRole *
inner_model(Examples *self, const MsFolder *example, const char *name)
{
  return ms_site_model(self->site, name, example->parent ? example->parent : example);
}

static void
add_predicted_files(Examples *self, const MsFolder *folder, const char *stem)
{
  for (guint i = 0; i < folder->pictures->len; i++) {
    g_autofree char *name = picture_stem(folder, i);
    g_autofree char *model = ms_stem_model(name);
    g_autofree char *path = picture_path(folder, i);
    if (model)
      ms_roles_add_file(self->site->roles, inner_model(self, folder, model), path, stem);
  }
}

/* The folder that holds an example's mask: itself, or the only one in it. NULL: there is none. */
static const MsFolder *
find_mask_folder(const MsFolder *folder)
{
  const MsFolder *found = NULL;
  if (folder->pictures->len > 0)
    return folder;
  for (guint i = 0; i < folder->folders->len; i++) {
    const MsFolder *below = g_ptr_array_index(folder->folders, i);
    if (below->pictures->len == 0)
      continue;
    if (found)
      return NULL;
    found = below;
  }
  return found;
}

static void
add_predicted_folder(Examples *self, const MsFolder *example, const MsFolder *masks,
                     const char *stem)
{
  if (masks->pictures->len > 0)
    ms_roles_add_united(self->site->roles, inner_model(self, example, masks->name), masks, stem);
}

/* ID/pred_unet/..., ID/predictions/... and ID/predictions/unet/... */
static void
add_predicted_folders(Examples *self, const MsFolder *folder, const char *stem)
{
  for (guint i = 0; i < folder->folders->len; i++) {
    const MsFolder *below = g_ptr_array_index(folder->folders, i);
    MsRoleKind kind;
    if (ms_name_role(below->name, &kind) == MS_NAME_UNKNOWN || kind != MS_ROLE_PREDICTED)
      continue;
    add_predicted_folder(self, folder, below, stem);
    for (guint j = 0; j < below->folders->len; j++)
      add_predicted_folder(self, folder, g_ptr_array_index(below->folders, j), stem);
  }
}

static void
add_predicted(Examples *self, const MsFolder *container)
{
  for (guint i = 0; i < container->folders->len; i++) {
    const MsFolder *folder = g_ptr_array_index(container->folders, i);
    const char *stem = g_hash_table_lookup(self->stems, folder->name);
    if (!stem)
      continue;
    if (self->site->given->len == 0) {
      add_predicted_files(self, folder, stem);
      add_predicted_folders(self, folder, stem);
    }
    ms_site_claim(self->site, folder);
  }
}

/* MODEL/ID/... beside the examples: the folders of a model that are called like examples. `model`
 * is the name so far, or NULL. */
static void
add_parallel(Examples *self, const MsFolder *folder, const char *model, gboolean fixed)
{
  for (guint i = 0; i < folder->folders->len; i++) {
    const MsFolder *below = g_ptr_array_index(folder->folders, i);
    if (g_hash_table_contains(self->site->claimed, below))
      continue;
    const char *stem = model ? g_hash_table_lookup(self->stems, below->name) : NULL;
    const MsFolder *masks = stem ? find_mask_folder(below) : NULL;
    if (masks) {
      ms_roles_add_united(self->site->roles, ms_site_model(self->site, model, folder), masks, stem);
      ms_site_claim(self->site, below);
    } else {
      gboolean keep = fixed || (model && ms_name_is_predicted_word(below->name));
      add_parallel(self, below, keep ? model : below->name, fixed);
    }
  }
}

static void
add_given(Examples *self)
{
  for (guint i = 0; i < self->site->given->len; i++) {
    const MsGivenModel *given = g_ptr_array_index(self->site->given, i);
    add_parallel(self, given->folder, given->name ? given->name : given->folder->name,
                 given->name != NULL);
  }
}

/* --- the set's folder is the one example's -------------------------------------------------------
 */

/* Arrays beside each other may be labels, and are no masks here. */
static gboolean
is_alone(const MsFolder *folder)
{
  g_auto(Example) example = {0};
  if (folder->folders->len > 0 || !read_with_files(folder, &example))
    return FALSE;
  for (guint i = 0; i < folder->pictures->len; i++)
    if (ms_ending_is_of_array(g_ptr_array_index(folder->pictures, i)))
      return FALSE;
  return TRUE;
}

static void
take_alone(Examples *self)
{
  const MsFolder *folder = self->site->folder;
  add_example(self, folder, NULL);
  const char *stem = g_hash_table_lookup(self->stems, folder->name);
  if (self->site->given->len == 0)
    add_predicted_files(self, folder, stem);
  ms_site_claim(self->site, folder);
  ms_site_add_models(self->site);
}

MsLayoutAnswer
ms_layout_examples(MsLayoutSite *site, GError **error)
{
  g_autoptr(GPtrArray) containers = find_containers(site->folder);
  g_autoptr(GHashTable) stems = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  Examples self = {site, stems};
  if (is_alone(site->folder)) {
    take_alone(&self);
    return MS_LAYOUT_TAKEN;
  }
  if (containers->len == 0)
    return MS_LAYOUT_NOT_MINE;
  for (guint i = 0; i < containers->len; i++)
    add_container(&self, g_ptr_array_index(containers, i), containers->len);
  for (guint i = 0; i < containers->len; i++)
    add_predicted(&self, g_ptr_array_index(containers, i));
  if (site->given->len > 0)
    add_given(&self);
  else
    add_parallel(&self, site->folder, NULL, FALSE);
  ms_site_add_models(site);
  return MS_LAYOUT_TAKEN;
}
