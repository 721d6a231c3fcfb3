/* SPDX-License-Identifier: MIT */
#include "set/layout-table.h"

#include <string.h>

#include "set/layout-names.h"
#include "set/text.h"

/* --- layouts that names tell, with a name and classes of their own ---------------------------- */

static gboolean
are_of_ade20k(const MsFolder *folder)
{
  for (guint i = 0; i < folder->pictures->len; i++)
    if (!g_str_has_prefix(g_ptr_array_index(folder->pictures, i), "ADE_"))
      return FALSE;
  for (guint i = 0; i < folder->folders->len; i++)
    if (!are_of_ade20k(g_ptr_array_index(folder->folders, i)))
      return FALSE;
  return TRUE;
}

static MsLayoutAnswer
recognize_ade20k(MsLayoutSite *site, GError **error)
{
  const MsFolder *annotations = ms_site_find(site->folder, "annotations");
  if (!annotations || !ms_site_find(site->folder, "images") || !are_of_ade20k(annotations))
    return MS_LAYOUT_NOT_MINE;
  ms_text_set(&site->inventory->class_table, "ade20k");
  return ms_layout_by_names(site, error);
}

static MsLayoutAnswer
recognize_mmsegmentation(MsLayoutSite *site, GError **error)
{
  if (!ms_site_find(site->folder, "img_dir") || !ms_site_find(site->folder, "ann_dir"))
    return MS_LAYOUT_NOT_MINE;
  return ms_layout_by_names(site, error);
}

/* --- the table -------------------------------------------------------------------------------- */

static const MsLayout layouts[] = {
    {"Cityscapes", ms_layout_cityscapes},
    {"Pascal VOC", ms_layout_voc},
    {"DAVIS", ms_layout_davis},
    {"ADE20K", recognize_ade20k},
    {"nnU-Net", ms_layout_nnunet},
    {"mmsegmentation", recognize_mmsegmentation},
    {"ISIC", ms_layout_isic},
    {"CamVid", ms_layout_camvid},
    {"Carvana", ms_layout_carvana},
    {NULL, ms_layout_beside},
    {"one folder an example", ms_layout_examples},
    {"told apart by suffixes", ms_layout_suffixes},
};

const MsLayout *
ms_layout_table(gsize *n_layouts)
{
  *n_layouts = G_N_ELEMENTS(layouts);
  return layouts;
}
