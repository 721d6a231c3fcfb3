/* SPDX-License-Identifier: MIT
 *
 * Tables of run lengths: read whole, and every image decoded.
 */
#include "memory-file.h"

#include "set/annotations-runs.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Images that the table itself makes larger are decoded by the hundred in a real run. */
#define MAX_IMAGES 16

static void
read_images(MsRunTable *table)
{
  guint n = MIN(ms_run_table_n_images(table), MAX_IMAGES);
  g_autoptr(MsAnnotations) annotations = ms_annotations_of_runs(table);

  for (guint i = 0; i < n; i++) {
    g_auto(MsMask) mask = {0};
    g_autoptr(GError) error = NULL;
    gboolean fine =
        ms_annotations_load(annotations, (int)i, (MsMaskSize){31, 17}, &mask, NULL, &error);

    g_assert_true(fine == (error == NULL));
  }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  MemoryFile file = memory_file_new(data, size);
  g_autoptr(GError) error = NULL;
  MsRunTable *table = ms_run_table_load(file.path, NULL, &error);

  ms_run_table_is_one(file.path);
  g_assert_true((table != NULL) == (error == NULL));
  if (table)
    read_images(table);
  memory_file_clear(&file);
  return 0;
}
