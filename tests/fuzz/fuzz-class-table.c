/* SPDX-License-Identifier: MIT
 *
 * Class tables: the first byte says whether the rest is JSON, CSV or a list of names.
 */
#include <stdint.h>

#include "set/class-files.h"
#include "set/class-json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static(size ? data + 1 : data, size ? size - 1 : 0);
  g_autoptr(GError) error = NULL;
  g_autoptr(MsClassTable) table = NULL;

  if (size == 0)
    return 0;
  if (data[0] == 'j')
    table = ms_class_table_from_json(bytes, "input", &error);
  else
    table = ms_class_table_from_text(bytes, "input", data[0] == 'c', &error);
  g_assert_true((table != NULL) == (error == NULL));
  return 0;
}
