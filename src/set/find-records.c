/* SPDX-License-Identifier: MIT
 *
 * Names of folders are looked at, the surest alone; what is in them is paired elsewhere.
 */
#include "set/find-records.h"

#include "io/file.h"
#include "set/annotation-roles.h"
#include "set/layout-names.h"
#include "set/listing.h"
#include "set/refuse-file.h"
#include "set/text.h"

static gboolean
check_file(const char *path, GCancellable *cancellable, GError **error)
{
  if (!path || !g_file_test(path, G_FILE_TEST_IS_REGULAR) ||
      ms_annotation_file_kind(path) != MS_ANNOTATION_NONE)
    return TRUE;
  ms_refuse_file(path, cancellable, error);
  return FALSE;
}

gboolean
ms_records_check_files(const MsOptions *options, GCancellable *cancellable, GError **error)
{
  if (!check_file(options->actual, cancellable, error))
    return FALSE;
  for (guint i = 0; i < options->predicted->len; i++) {
    const MsModelOption *model = g_ptr_array_index(options->predicted, i);
    if (!check_file(model->path, cancellable, error))
      return FALSE;
  }
  return TRUE;
}

/* NULL: none, or several of which none is surer. */
static const MsFolder *
find_role(const MsFolder *set, MsRoleKind wanted)
{
  const MsFolder *found = NULL;
  MsNameSurety surest = MS_NAME_UNKNOWN;
  for (guint i = 0; i < set->folders->len; i++) {
    const MsFolder *folder = g_ptr_array_index(set->folders, i);
    MsRoleKind kind;
    MsNameSurety surety = ms_name_role(folder->name, &kind);
    if (folder->n_pictures == 0 || surety == MS_NAME_UNKNOWN || kind != wanted || surety < surest)
      continue;
    found = surety > surest ? folder : NULL;
    surest = surety;
  }
  return found;
}

MsInventory *
ms_records_find_beside(const char *set, const GPtrArray *predicted, MsSearch *search,
                       GError **error)
{
  g_autoptr(MsFolder) folder = ms_folder_list(set, NULL, search, error);
  if (!folder)
    return NULL;
  gboolean flat = folder->folders->len == 0 && folder->n_pictures > 0;
  const MsFolder *actual = flat ? folder : find_role(folder, MS_ROLE_ACTUAL);
  const MsFolder *images = find_role(folder, MS_ROLE_IMAGE);
  if (!actual) {
    g_autofree char *shown = ms_path_display(set);
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_LAYOUT,
                "%s: no folder in it is surely the one of the actual masks; name it: --actual DIR "
                "--predicted [NAME=]FILE",
                shown);
    return NULL;
  }
  MsInventory *inventory =
      ms_annotations_find(images ? images->path : NULL, actual->path, predicted, search->progress,
                          search->user, search->cancellable, error);
  if (!inventory)
    return NULL;
  g_autofree char *absolute = g_canonicalize_filename(set, NULL);
  g_autofree char *title = g_path_get_basename(absolute);
  g_free(inventory->title);
  inventory->title = ms_text_id(title);
  ms_text_set(&inventory->path, set);
  ms_text_set(&inventory->class_folder, set);
  return inventory;
}
