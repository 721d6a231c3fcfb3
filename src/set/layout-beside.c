/* SPDX-License-Identifier: MIT
 *
 * Folders beside each other whose names say split and role: "train", "train_masks" and
 * "train_pred_unet"; CamVid, Carvana and ISIC are laid out so, each with words of its own.
 */
#include <string.h>

#include "set/layout-names.h"
#include "set/layout-table.h"
#include "set/text.h"

/* What the name of a folder in the set says. */
typedef struct {
  const MsFolder *folder;
  char *split; /* as it is spelt; NULL: none */
  char *rest;  /* what the name says beside it, or NULL */
  MsRoleKind kind;
  gboolean known; /* images or actual masks */
} Beside;

static void
beside_clear(gpointer data)
{
  Beside *beside = data;
  g_free(beside->split);
  g_free(beside->rest);
}

static GArray *
beside_array_new(void)
{
  GArray *array = g_array_new(FALSE, TRUE, sizeof(Beside));
  g_array_set_clear_func(array, beside_clear);
  return array;
}

/* --- reading the names ------------------------------------------------------------------------ */

static void
read_name(Beside *beside)
{
  const MsFolder *folder = beside->folder;
  if (!ms_name_cut_split(folder->name, &beside->split, &beside->rest))
    return;
  if (*beside->rest == '\0') { /* pictures lie directly in it, or it is a split of roles */
    beside->kind = MS_ROLE_IMAGE;
    beside->known = folder->pictures->len > 0;
  } else if (!ms_name_is_twin(folder->name, folder->parent->folders)) {
    beside->known = ms_name_role(beside->rest, &beside->kind) == MS_NAME_EXACT &&
                    beside->kind != MS_ROLE_PREDICTED;
  }
}

static GArray *
read_names(const MsFolder *folder)
{
  GArray *all = beside_array_new();
  for (guint i = 0; i < folder->folders->len; i++) {
    Beside beside = {.folder = g_ptr_array_index(folder->folders, i)};
    if (beside.folder->n_pictures > 0)
      read_name(&beside);
    g_array_append_val(all, beside);
  }
  return all;
}

static const Beside *
find_actual(const GArray *all, const char *split)
{
  for (guint i = 0; i < all->len; i++) {
    const Beside *beside = &g_array_index(all, Beside, i);
    if (beside->known && beside->kind == MS_ROLE_ACTUAL &&
        (!split || g_str_equal(beside->split, split)))
      return beside;
  }
  return NULL;
}

/* --- taking the folders ----------------------------------------------------------------------- */

static void
add_known(MsLayoutSite *site, const GArray *all, MsRoleKind kind)
{
  for (guint i = 0; i < all->len; i++) {
    const Beside *beside = &g_array_index(all, Beside, i);
    if (!beside->known || beside->kind != kind)
      continue;
    if (find_actual(all, beside->split))
      ms_site_add(site, kind, beside->folder, beside->split);
    else
      ms_site_leave(site, beside->folder, "There are no actual masks of this split; left alone");
  }
}

/* A folder of images whose name says no split may have the splits in it. */
static void
add_splitless_images(MsLayoutSite *site, const GArray *all)
{
  for (guint i = 0; i < all->len; i++) {
    const Beside *beside = &g_array_index(all, Beside, i);
    MsRoleKind kind;
    if (!beside->split && beside->folder->n_pictures > 0 &&
        ms_name_role(beside->folder->name, &kind) == MS_NAME_EXACT && kind == MS_ROLE_IMAGE &&
        !ms_roles_find(site->roles, MS_ROLE_IMAGE))
      ms_site_add(site, MS_ROLE_IMAGE, beside->folder, NULL);
  }
}

static void
take(MsLayoutSite *site, const GArray *all)
{
  add_known(site, all, MS_ROLE_IMAGE);
  add_splitless_images(site, all);
  add_known(site, all, MS_ROLE_ACTUAL);
  for (guint i = 0; i < all->len; i++) {
    const Beside *beside = &g_array_index(all, Beside, i);
    if (!beside->known && beside->split && *beside->rest)
      ms_site_add_place(site, beside->folder, beside->split, beside->rest);
  }
  ms_site_add_models(site);
}

MsLayoutAnswer
ms_layout_beside(MsLayoutSite *site, GError **error)
{
  g_autoptr(GArray) all = read_names(site->folder);
  if (!find_actual(all, NULL))
    return MS_LAYOUT_NOT_MINE;
  take(site, all);
  return MS_LAYOUT_TAKEN;
}

/* --- CamVid ----------------------------------------------------------------------------------- */

static gboolean
has_file(const MsFolder *folder, const char *name)
{
  for (guint i = 0; i < folder->others->len; i++)
    if (g_ascii_strcasecmp(g_ptr_array_index(folder->others, i), name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
are_named_so(const MsFolder *folder, const char *ending)
{
  for (guint i = 0; i < folder->pictures->len; i++) {
    const char *name = g_ptr_array_index(folder->pictures, i);
    g_autofree char *stem = g_strndup(name, ms_text_stem_length(name));
    gsize length = strlen(stem), ending_length = strlen(ending);
    if (length <= ending_length || g_ascii_strcasecmp(stem + length - ending_length, ending) != 0)
      return FALSE;
  }
  return folder->pictures->len > 0;
}

/* "701_StillsRaw_full" and "LabeledApproved_full", as the data set comes. */
static gboolean
take_original(MsLayoutSite *site)
{
  const MsFolder *images = NULL, *masks = NULL;
  for (guint i = 0; i < site->folder->folders->len; i++) {
    const MsFolder *folder = g_ptr_array_index(site->folder->folders, i);
    if (strstr(folder->name, "StillsRaw"))
      images = folder;
    if (strstr(folder->name, "LabeledApproved"))
      masks = folder;
  }
  if (!masks || !are_named_so(masks, "_L"))
    return FALSE;
  if (images)
    ms_site_add(site, MS_ROLE_IMAGE, images, NULL);
  ms_site_add(site, MS_ROLE_ACTUAL, masks, NULL);
  ms_site_add_models(site);
  return TRUE;
}

/* The data set's own frames, whose classes are known. */
static gboolean
are_camvid_frames(const MsFolder *folder)
{
  static const char *const sequences[] = {"0001TP_", "0006R0_", "0016E5_", "Seq05VD_"};
  for (guint i = 0; i < folder->pictures->len; i++) {
    gsize j = 0;
    while (j < G_N_ELEMENTS(sequences) &&
           !g_str_has_prefix(g_ptr_array_index(folder->pictures, i), sequences[j]))
      j++;
    if (j == G_N_ELEMENTS(sequences))
      return FALSE;
  }
  return TRUE;
}

/* SegNet's "trainannot", or masks X_L beside images X, with the colours' table. */
MsLayoutAnswer
ms_layout_camvid(MsLayoutSite *site, GError **error)
{
  g_autoptr(GArray) all = read_names(site->folder);
  const Beside *actual = find_actual(all, NULL);
  if (!actual)
    return take_original(site) ? MS_LAYOUT_TAKEN : MS_LAYOUT_NOT_MINE;
  gboolean segnet = g_str_equal(actual->rest, "annot");
  if (!segnet && !(has_file(site->folder, "class_dict.csv") && are_named_so(actual->folder, "_L")))
    return MS_LAYOUT_NOT_MINE;
  if (segnet && are_camvid_frames(actual->folder))
    ms_text_set(&site->inventory->class_table, "camvid");
  take(site, all);
  return MS_LAYOUT_TAKEN;
}

/* --- Carvana ---------------------------------------------------------------------------------- */

MsLayoutAnswer
ms_layout_carvana(MsLayoutSite *site, GError **error)
{
  const MsFolder *masks = ms_site_find(site->folder, "train_masks");
  if (!masks || !ms_site_find(site->folder, "train") || !are_named_so(masks, "_mask"))
    return MS_LAYOUT_NOT_MINE;
  return ms_layout_beside(site, error);
}

/* --- ISIC ------------------------------------------------------------------------------------- */

/* The split that one of a name's words is, as it is spelt. Caller frees; NULL: none. */
static char *
find_split_word(const char *name)
{
  g_auto(GStrv) words = g_strsplit_set(name, "_-", -1);
  for (guint i = 0; words[i]; i++)
    if (ms_split_normalize(words[i]))
      return g_strdup(words[i]);
  return NULL;
}

/* "ISIC-2017_Training_Data", "ISIC2018_Task1_Training_GroundTruth" */
static void
read_isic_name(Beside *beside)
{
  g_autofree char *normal = ms_name_normalize(beside->folder->name);
  if (!strstr(normal, "isic"))
    return;
  beside->split = find_split_word(beside->folder->name);
  beside->rest = g_strdup("");
  if (!beside->split || beside->folder->pictures->len == 0)
    return;
  if (strstr(normal, "groundtruth")) {
    beside->kind = MS_ROLE_ACTUAL;
    beside->known = are_named_so(beside->folder, "_segmentation");
  } else if (g_str_has_suffix(normal, "_data") || g_str_has_suffix(normal, "_input")) {
    beside->kind = MS_ROLE_IMAGE;
    beside->known = TRUE;
  }
}

MsLayoutAnswer
ms_layout_isic(MsLayoutSite *site, GError **error)
{
  g_autoptr(GArray) all = beside_array_new();
  for (guint i = 0; i < site->folder->folders->len; i++) {
    Beside beside = {.folder = g_ptr_array_index(site->folder->folders, i)};
    read_isic_name(&beside);
    g_array_append_val(all, beside);
  }
  if (!find_actual(all, NULL))
    return MS_LAYOUT_NOT_MINE;
  for (guint i = 0; i < all->len; i++) {
    const Beside *beside = &g_array_index(all, Beside, i);
    g_autofree char *normal = ms_name_normalize(beside->folder->name);
    if (!beside->known && beside->folder->n_pictures > 0 && strstr(normal, "groundtruth"))
      ms_site_leave(site, beside->folder, "The masks of another task; left alone");
  }
  take(site, all);
  return MS_LAYOUT_TAKEN;
}
