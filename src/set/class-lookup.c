/* SPDX-License-Identifier: MIT
 *
 * A class table that lies in the set is welcome, never demanded: what is wrong with it is a notice.
 */
#include "set/class-lookup.h"

#include "set/notice.h"

MsClassTable *
ms_class_lookup(const char *folder, GPtrArray *notices, GCancellable *cancellable)
{
  static const char *const names[] = {"classes.csv",       "classes.txt",      "class_names.txt",
                                      "class_dict.csv",    "label_colors.txt", "objectInfo150.csv",
                                      "objectInfo150.txt", "dataset.json"};
  MsClassTable *found = NULL;
  for (gsize i = 0; folder && i < G_N_ELEMENTS(names); i++) {
    g_autofree char *path = g_build_filename(folder, names[i], NULL);
    g_autoptr(GError) cause = NULL;
    if (!g_file_test(path, G_FILE_TEST_IS_REGULAR))
      continue;
    if (found)
      ms_notices_add(notices, path, "Class names are taken from %s; left alone", found->source);
    else if (!(found = ms_class_table_load(path, cancellable, &cause)))
      ms_notices_add(notices, path, "Not read as a class table: %s", cause->message);
  }
  return found;
}
