/* SPDX-License-Identifier: MIT
 *
 * leftImg8bit/SPLIT/CITY/FRAME_leftImg8bit.png, gtFine/SPLIT/CITY/FRAME_gtFine_labelIds.png, and
 * predictions in any other folder: their names begin with the whole FRAME, which says the city too.
 */
#include <string.h>

#include "set/layout-names.h"
#include "set/layout-table.h"
#include "set/text.h"

/* Parts of the data set beside images and masks begin so. */
static const char *const part_names[] = {"gt",     "leftimg8bit", "rightimg8bit", "disparity",
                                         "camera", "vehicle",     "timestamp"};

/* Without case: tools spell the training ids in several ways. */
static gboolean
ends_with(const char *name, const char *ending)
{
  gsize length = ms_text_stem_length(name), ending_length = strlen(ending);
  return length > ending_length &&
         g_ascii_strncasecmp(name + length - ending_length, ending, ending_length) == 0;
}

static gboolean
holds_ending(const MsFolder *folder, const char *ending)
{
  for (guint i = 0; i < folder->pictures->len; i++)
    if (ends_with(g_ptr_array_index(folder->pictures, i), ending))
      return TRUE;
  for (guint i = 0; i < folder->folders->len; i++)
    if (holds_ending(g_ptr_array_index(folder->folders, i), ending))
      return TRUE;
  return FALSE;
}

/* Whether predictions are called after the training ids. */
static gboolean
are_predictions_training_ids(const MsLayoutSite *site)
{
  const GPtrArray *folders = site->folder->folders;
  for (guint i = 0; i < site->given->len; i++)
    if (holds_ending(((const MsGivenModel *)g_ptr_array_index(site->given, i))->folder, "trainids"))
      return TRUE;
  for (guint i = 0; site->given->len == 0 && i < folders->len; i++) {
    const MsFolder *folder = g_ptr_array_index(folders, i);
    if (g_ascii_strncasecmp(folder->name, "gt", 2) != 0 && holds_ending(folder, "trainids"))
      return TRUE;
  }
  return FALSE;
}

/* The ending of the actual masks' names; NULL: there are none. Caller frees. */
static char *
find_ending(const MsLayoutSite *site, const MsFolder *truth)
{
  g_autofree char *ids = g_strdup_printf("_%s_labelIds", truth->name);
  g_autofree char *training_ids = g_strdup_printf("_%s_labelTrainIds", truth->name);
  gboolean has_ids = holds_ending(truth, ids), has_training = holds_ending(truth, training_ids);
  if (has_training && (!has_ids || are_predictions_training_ids(site)))
    return g_steal_pointer(&training_ids);
  return has_ids ? g_steal_pointer(&ids) : NULL;
}

static void
add_truth(MsLayoutSite *site, const MsFolder *truth, const char *ending)
{
  g_autoptr(MsListing) listing = ms_listing_of(truth, TRUE);
  MsRole *role = ms_site_role(site, MS_ROLE_ACTUAL, truth);
  for (guint i = 0; i < listing->names->len; i++) {
    const char *name = g_ptr_array_index(listing->names, i);
    if (!ends_with(name, ending)) {
      ms_roles_add_other(role, name);
      continue;
    }
    g_autofree char *path = g_build_filename(truth->path, name, NULL);
    g_autofree char *frame = g_strndup(name, ms_text_stem_length(name) - strlen(ending));
    g_autofree char *stem = ms_roles_place_stem(site->roles, frame, NULL);
    ms_roles_add_file(site->roles, role, path, stem);
  }
  role->exact = TRUE;
  ms_site_claim(site, truth);
}

/* Images of a split that has no masks ("train_extra") are no examples. */
static void
add_images(MsLayoutSite *site, const MsFolder *images, const MsFolder *truth)
{
  gboolean splits = images->folders->len > 0;
  for (guint i = 0; i < images->folders->len; i++) {
    const MsFolder *split = g_ptr_array_index(images->folders, i);
    splits &= ms_split_normalize(split->name) || g_str_equal(split->name, "train_extra");
  }
  for (guint i = 0; splits && i < images->folders->len; i++) {
    const MsFolder *split = g_ptr_array_index(images->folders, i);
    ms_site_role(site, MS_ROLE_IMAGE, images);
    if (ms_site_find(truth, split->name))
      ms_site_add(site, MS_ROLE_IMAGE, split, split->name);
    else if (split->n_pictures > 0)
      ms_site_leave(site, split, "There are no actual masks of this split; left alone");
  }
  if (!splits)
    ms_site_add(site, MS_ROLE_IMAGE, images, NULL);
}

static void
leave_parts(MsLayoutSite *site)
{
  for (guint i = 0; i < site->folder->folders->len; i++) {
    const MsFolder *folder = g_ptr_array_index(site->folder->folders, i);
    g_autofree char *normal = ms_name_normalize(folder->name);
    for (gsize j = 0; j < G_N_ELEMENTS(part_names); j++)
      if (g_str_has_prefix(normal, part_names[j]) && folder->n_pictures > 0 &&
          g_ascii_strcasecmp(folder->name, "leftImg8bit") != 0 &&
          !g_hash_table_contains(site->claimed, folder)) {
        ms_site_leave(site, folder, "Another part of the data set; left alone");
        break;
      }
  }
}

MsLayoutAnswer
ms_layout_cityscapes(MsLayoutSite *site, GError **error)
{
  const MsFolder *images = ms_site_find(site->folder, "leftImg8bit");
  const MsFolder *truth = ms_site_find(site->folder, "gtFine");
  if (!truth)
    truth = ms_site_find(site->folder, "gtCoarse");
  g_autofree char *ending = truth ? find_ending(site, truth) : NULL;
  if (!ending)
    return MS_LAYOUT_NOT_MINE;
  if (images)
    add_images(site, images, truth);
  g_hash_table_add(site->roles->own_splits, (char *)"train_extra");
  add_truth(site, truth, ending);
  leave_parts(site);
  ms_site_add_models(site);
  ms_text_set(&site->inventory->class_table,
              g_str_has_suffix(ending, "labelIds") ? "cityscapes" : "cityscapes-train");
  return MS_LAYOUT_TAKEN;
}
