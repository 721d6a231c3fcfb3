/* SPDX-License-Identifier: MIT
 *
 * Packed histograms. Whatever is accepted says how many cells it has, is counted, and comes back
 * the same when it is packed again.
 */
#include <stdint.h>
#include <string.h>

#include "set/packed-private.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_again(MsJoint *joint, const MsStacks *actual, const MsStacks *predicted)
{
  g_autoptr(MsPacked) packed = ms_packed_new(joint, actual, predicted);
  g_autoptr(GArray) cells = g_array_new(FALSE, FALSE, sizeof(MsCell));
  const MsCell *expected;
  gsize n_cells;

  g_assert_cmpint(ms_packed_cells(packed, cells), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_joint_cells(joint, &expected, &n_cells), ==, MS_STATUS_OK);
  g_assert_cmpmem(cells->data, cells->len * sizeof(MsCell), expected, n_cells * sizeof(MsCell));
}

static void
count(const MsPacked *packed, MsComparison comparison)
{
  MsConfusion *confusion = NULL;
  MsRules rules;

  ms_rules_init(&rules);
  rules.comparison = comparison;
  rules.background = -1;
  if (ms_packed_count(packed, &rules, &confusion, NULL) == MS_STATUS_OK)
    ms_confusion_free(confusion);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  g_autoptr(MsPacked) packed = ms_packed_new_from_bytes(data, size);
  g_autoptr(GArray) cells = g_array_new(FALSE, FALSE, sizeof(MsCell));
  MsStacks *actual = NULL, *predicted = NULL;
  MsJoint *joint = NULL;
  gboolean are_cells = ms_packed_cells(packed, cells) == MS_STATUS_OK;

  count(packed, MS_COMPARE_CLASSES);
  count(packed, MS_COMPARE_STACKS);
  if (ms_packed_unpack(packed, &joint, &actual, &predicted) == MS_STATUS_OK) {
    g_assert_true(are_cells);
    g_assert_cmpuint(cells->len, ==, ms_packed_n_cells(packed));
    check_again(joint, actual, predicted);
    ms_joint_free(joint);
    ms_stacks_free(actual);
    ms_stacks_free(predicted);
  }
  return 0;
}
