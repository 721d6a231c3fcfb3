/* SPDX-License-Identifier: MIT
 *
 * Pascal VOC, also as labelme writes it, and DAVIS: JPEGImages, masks in a folder of their own, and
 * lists of the splits in ImageSets.
 */
#include <string.h>

#include "set/layout-table.h"
#include "set/text.h"

/* --- lists ------------------------------------------------------------------------------------ */

/* Train and val go before what is made up of them, such as trainval. */
static void
read_lists(MsLayoutSite *site, const MsFolder *folder)
{
  for (int usual = 1; usual >= 0; usual--)
    for (guint i = 0; i < folder->others->len; i++) {
      const char *name = g_ptr_array_index(folder->others, i);
      g_autofree char *split =
          g_str_has_suffix(name, ".txt") ? g_strndup(name, strlen(name) - 4) : NULL;
      const char *normal = split ? ms_split_normalize(split) : NULL;
      if (split && (normal != NULL) == usual)
        ms_site_read_split(site, folder, name, normal ? normal : split);
    }
}

/* The folder of a name in a folder of another, whether it holds pictures or not; NULL: none. */
static const MsFolder *
find_inner(const MsFolder *folder, const char *outer_name, const char *name)
{
  for (guint i = 0; i < folder->folders->len; i++) {
    const MsFolder *outer = g_ptr_array_index(folder->folders, i);
    if (!g_str_equal(outer->name, outer_name))
      continue;
    for (guint j = 0; j < outer->folders->len; j++) {
      const MsFolder *inner = g_ptr_array_index(outer->folders, j);
      if (g_str_equal(inner->name, name))
        return inner;
    }
  }
  return NULL;
}

/* --- Pascal VOC ------------------------------------------------------------------------------- */

/* labelme's SegmentationClass may hold arrays, with the masks in SegmentationClassPNG. */
static const MsFolder *
find_masks(const MsFolder *folder)
{
  static const char *const names[] = {"SegmentationClassPNG", "SegmentationClass",
                                      "SegmentationClassAug"};
  const MsFolder *found = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS(names) && !found; i++)
    found = ms_site_find(folder, names[i]);
  return ms_site_find(folder, "JPEGImages") ? found : NULL;
}

/* The data set's own folder: that of the set, or one in it ("VOCdevkit/VOC2012"). */
static const MsFolder *
find_base(const MsFolder *folder)
{
  const MsFolder *found = NULL;
  if (find_masks(folder))
    return folder;
  for (guint i = 0; i < folder->folders->len; i++) {
    const MsFolder *below = g_ptr_array_index(folder->folders, i);
    if (!g_str_has_prefix(below->name, "VOC") || !find_masks(below))
      continue;
    if (found)
      return NULL;
    found = below;
  }
  return found;
}

/* "2007_000033" or "000033": the challenge's own pictures, whose classes are known. */
static gboolean
is_challenge_name(const char *name)
{
  gsize n_digits = strspn(name, "0123456789");
  if (n_digits == 4 && name[4] == '_') {
    name += 5;
    n_digits = strspn(name, "0123456789");
  }
  return n_digits == 6 && name[6] == '.';
}

static gboolean
are_challenge_names(const MsFolder *masks)
{
  for (guint i = 0; i < masks->pictures->len; i++)
    if (!is_challenge_name(g_ptr_array_index(masks->pictures, i)))
      return FALSE;
  return masks->pictures->len > 0;
}

/* Pictures that are in no list and have no mask are those of the other tasks. */
static void
add_images(MsLayoutSite *site, const MsFolder *images)
{
  MsRole *role = ms_site_role(site, MS_ROLE_IMAGE, images);
  g_autoptr(MsKnownIds) ids = ms_known_ids_new(site->roles);
  const char *left_out = NULL;
  guint n_left_out = 0;
  for (guint i = 0; i < images->pictures->len; i++) {
    const char *name = g_ptr_array_index(images->pictures, i);
    g_autofree char *stem = g_strndup(name, ms_text_stem_length(name));
    if (!g_hash_table_contains(site->splits, stem) && !ms_known_ids_has(ids, stem, MS_ROLE_IMAGE)) {
      left_out = n_left_out++ == 0 ? name : left_out;
      continue;
    }
    g_autofree char *path = g_build_filename(images->path, name, NULL);
    ms_roles_add_file(site->roles, role, path, stem);
  }
  if (n_left_out > 0)
    ms_notices_add(
        site->inventory->notices, images->path,
        "%u images without a mask that are in no list of this set are left alone, such as "
        "%s",
        n_left_out, left_out);
  ms_site_claim(site, images);
}

static void
leave_twins(MsLayoutSite *site, const MsFolder *base, const MsFolder *masks)
{
  for (guint i = 0; i < base->folders->len; i++) {
    const MsFolder *folder = g_ptr_array_index(base->folders, i);
    if (folder == masks || folder->n_pictures == 0)
      continue;
    if (g_str_has_prefix(folder->name, "SegmentationClass"))
      ms_site_leave(site, folder, "A twin of another folder in another form; left alone");
    else if (g_str_has_prefix(folder->name, "SegmentationObject"))
      ms_site_leave(site, folder, "Objects one by one rather than classes; left alone");
  }
}

static gboolean
has_class_file(const MsFolder *folder)
{
  for (guint i = 0; i < folder->others->len; i++) {
    const char *name = g_ptr_array_index(folder->others, i);
    if (strstr(name, "class") || g_str_equal(name, "labels.txt"))
      return TRUE;
  }
  return FALSE;
}

MsLayoutAnswer
ms_layout_voc(MsLayoutSite *site, GError **error)
{
  const MsFolder *base = find_base(site->folder);
  if (!base)
    return MS_LAYOUT_NOT_MINE;
  const MsFolder *masks = find_masks(base), *images = ms_site_find(base, "JPEGImages");
  const MsFolder *lists = find_inner(base, "ImageSets", "Segmentation");
  if (lists)
    read_lists(site, lists);
  ms_site_role(site, MS_ROLE_IMAGE, images);
  ms_site_add(site, MS_ROLE_ACTUAL, masks, NULL);
  if (lists && images->folders->len == 0)
    add_images(site, images);
  else
    ms_site_add(site, MS_ROLE_IMAGE, images, NULL);
  leave_twins(site, base, masks);
  ms_site_add_models(site);
  ms_text_set(&site->inventory->class_folder, base->path);
  if (!has_class_file(base) && are_challenge_names(masks))
    ms_text_set(&site->inventory->class_table, "voc");
  return MS_LAYOUT_TAKEN;
}

/* --- DAVIS ------------------------------------------------------------------------------------ */

MsLayoutAnswer
ms_layout_davis(MsLayoutSite *site, GError **error)
{
  const MsFolder *images = ms_site_find(site->folder, "JPEGImages");
  const MsFolder *masks = ms_site_find(site->folder, "Annotations");
  if (!images || !masks || images->pictures->len > 0 || masks->pictures->len > 0)
    return MS_LAYOUT_NOT_MINE;
  const MsFolder *lists = find_inner(site->folder, "ImageSets", "2017");
  if (!lists)
    lists = find_inner(site->folder, "ImageSets", "2016");
  if (!lists)
    return MS_LAYOUT_NOT_MINE;
  read_lists(site, lists);
  ms_site_add(site, MS_ROLE_IMAGE, images, NULL);
  ms_site_add(site, MS_ROLE_ACTUAL, masks, NULL);
  site->sequences = TRUE;
  ms_site_add_models(site);
  return MS_LAYOUT_TAKEN;
}
