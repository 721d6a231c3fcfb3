/* SPDX-License-Identifier: MIT
 *
 * imagesTr/CASE_0000.ENDING, one file a channel, labelsTr/CASE.ENDING, the same with Ts for the
 * test split, and predictions CASE.ENDING in any other folder.
 */
#include <string.h>

#include "set/layout-table.h"
#include "set/text.h"

static const struct {
  const char *images;
  const char *labels;
  const char *split;
} parts[] = {{"imagesTr", "labelsTr", "train"}, {"imagesTs", "labelsTs", "test"}};

#define CHANNEL_LENGTH 5 /* _0000 */

/* The number of the channel that a stem ends with; -1: none. */
static int
channel_of(const char *stem)
{
  gsize length = strlen(stem);
  const char *tail = stem + length - CHANNEL_LENGTH;
  if (length <= CHANNEL_LENGTH || tail[0] != '_' || strspn(tail + 1, "0123456789") != 4)
    return -1;
  return (int)g_ascii_strtoll(tail + 1, NULL, 10);
}

/* The first channel is the image; a picture without a channel's number is one as it is. */
static void
add_images(MsLayoutSite *site, const MsFolder *folder, const char *split)
{
  MsRole *role = ms_site_role(site, MS_ROLE_IMAGE, folder);
  guint n_channels = 0;
  for (guint i = 0; i < folder->pictures->len; i++) {
    const char *name = g_ptr_array_index(folder->pictures, i);
    g_autofree char *stem = g_strndup(name, ms_text_stem_length(name));
    int channel = channel_of(stem);
    if (channel > 0) {
      n_channels++;
      continue;
    }
    if (channel == 0)
      stem[strlen(stem) - CHANNEL_LENGTH] = '\0';
    g_autofree char *path = g_build_filename(folder->path, name, NULL);
    g_autofree char *whole = g_strconcat(split, "/", stem, NULL);
    ms_roles_add_file(site->roles, role, path, whole);
  }
  role->exact = TRUE;
  ms_site_claim(site, folder);
  if (n_channels > 0)
    ms_notices_add(site->inventory->notices, folder->path,
                   "Channels after the first are not shown: %u files", n_channels);
}

static void
add_labels(MsLayoutSite *site, const MsFolder *folder, const char *split)
{
  MsRole *role = ms_site_role(site, MS_ROLE_ACTUAL, folder);
  for (guint i = 0; i < folder->pictures->len; i++) {
    const char *name = g_ptr_array_index(folder->pictures, i);
    g_autofree char *path = g_build_filename(folder->path, name, NULL);
    g_autofree char *stem = g_strndup(name, ms_text_stem_length(name));
    g_autofree char *whole = g_strconcat(split, "/", stem, NULL);
    ms_roles_add_file(site->roles, role, path, whole);
  }
  role->exact = TRUE;
  ms_site_claim(site, folder);
}

MsLayoutAnswer
ms_layout_nnunet(MsLayoutSite *site, GError **error)
{
  gboolean found = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
    found |=
        ms_site_find(site->folder, parts[i].images) && ms_site_find(site->folder, parts[i].labels);
  if (!found)
    return MS_LAYOUT_NOT_MINE;
  for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
    const MsFolder *images = ms_site_find(site->folder, parts[i].images);
    const MsFolder *labels = ms_site_find(site->folder, parts[i].labels);
    if (images && labels)
      add_images(site, images, parts[i].split);
    else if (images)
      ms_site_leave(site, images, "There are no actual masks of this split; left alone");
  }
  for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
    const MsFolder *labels = ms_site_find(site->folder, parts[i].labels);
    if (labels)
      add_labels(site, labels, parts[i].split);
  }
  ms_site_add_models(site);
  return MS_LAYOUT_TAKEN;
}
