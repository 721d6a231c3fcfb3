/* SPDX-License-Identifier: MIT
 *
 * .maskset files, and the id maps and classes in them.
 */
#include "memory-file.h"

#include "set/maskset.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  MemoryFile file = memory_file_new(data, size);
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(GError) error = NULL;
  g_autofree char *title = NULL;
  gboolean fine = ms_maskset_load(file.path, options, &title, NULL, &error);

  g_assert_true(fine == (error == NULL));
  memory_file_clear(&file);
  return 0;
}
