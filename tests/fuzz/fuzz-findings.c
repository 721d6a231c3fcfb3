/* SPDX-License-Identifier: MIT
 *
 * Packed findings. Whatever is accepted lies in its image, and comes back the same when it is
 * packed again.
 */
#include <stdint.h>

#include "set/findings.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_regions(const MsFindings *findings)
{
  guint64 wrong = ms_findings_wrong(findings);

  g_assert_cmpuint(wrong, <=, findings->n_counted);
  g_assert_cmpuint(findings->n_listed, <=, MIN(findings->n_regions, MS_FINDINGS_REGIONS));
  for (guint i = 0; i < findings->n_listed; i++) {
    const MsRegion *region = &findings->regions[i];

    g_assert_true(region->x >= 0 && region->inside_x >= region->x &&
                  region->inside_x < region->x + region->width &&
                  region->x + region->width <= findings->width);
    g_assert_true(region->y >= 0 && region->inside_y >= region->y &&
                  region->inside_y < region->y + region->height &&
                  region->y + region->height <= findings->height);
    g_assert_cmpuint(region->mend.pixels, <=, wrong);
  }
}

static void
check_again(const MsFindings *findings)
{
  g_autoptr(MsPacked) once = ms_findings_pack(findings);
  g_autoptr(MsPacked) twice = NULL;
  MsFindings again;
  gsize size, again_size;
  gconstpointer bytes = ms_packed_bytes(once, &size), again_bytes;

  g_assert_true(ms_findings_unpack(&again, once));
  twice = ms_findings_pack(&again);
  again_bytes = ms_packed_bytes(twice, &again_size);
  g_assert_cmpmem(bytes, size, again_bytes, again_size);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  g_autoptr(MsPacked) packed = ms_packed_new_from_bytes(data, size);
  MsFindings findings;

  if (!ms_findings_unpack(&findings, packed))
    return 0;
  check_regions(&findings);
  for (guint k = 0; k <= MS_REACH_MAX; k++)
    ms_findings_iou_at(&findings, k, MS_EMPTY_ONE);
  check_again(&findings);
  return 0;
}
