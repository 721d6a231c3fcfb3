/* SPDX-License-Identifier: MIT
 *
 * Rows for the results store that tell what they must be: row i is a pair of 64 x 64 whose counts,
 * size and stamp follow from i and a seed.
 */
#pragma once

#include "set/store.h"

static inline MsHash
stored_signature(guint number)
{
  MsHash hash = MS_HASH_INIT;

  ms_hash_mix(&hash, number);
  return hash;
}

static inline void
stored_id(guint i, char id[32])
{
  g_snprintf(id, 32, "folder/example_%07u", i);
}

static inline MsStamp
stored_stamp(guint i, guint seed)
{
  return (MsStamp){{1 + i, 1 + seed}};
}

static inline MsStoreRow
stored_row(guint i, guint seed)
{
  guint64 wrong = 1 + (i * 7 + seed) % 1000;
  const MsCell cells[] = {{0, 0, 4096 - wrong}, {1, 0, wrong}};
  MsJoint *joint = NULL;
  MsStoreRow row = {.stamp = stored_stamp(i, seed), .width = 64, .height = 64};

  g_assert_cmpint(ms_joint_new_of_cells(cells, 2, &joint), ==, MS_STATUS_OK);
  row.packed = ms_packed_new(joint, NULL, NULL);
  ms_joint_free(joint);
  return row;
}

static inline void
stored_put(MsStore *store, MsStoreSignature *signature, guint i, guint seed)
{
  g_auto(MsStoreRow) row = stored_row(i, seed);
  char id[32];

  stored_id(i, id);
  ms_store_put(store, signature, id, &row, TRUE);
}

/* Whether the row is there; if so it must be right. */
static inline gboolean
stored_find(MsStore *store, MsStoreSignature *signature, guint i, guint seed)
{
  g_auto(MsStoreRow) expected = stored_row(i, seed);
  g_auto(MsStoreRow) row = {0};
  gconstpointer bytes, expected_bytes;
  gsize size, expected_size;
  char id[32];

  stored_id(i, id);
  if (!ms_store_find(store, signature, id, &expected.stamp, &row))
    return FALSE;
  bytes = ms_packed_bytes(row.packed, &size);
  expected_bytes = ms_packed_bytes(expected.packed, &expected_size);
  g_assert_cmpmem(bytes, size, expected_bytes, expected_size);
  g_assert_true(row.width == 64 && row.height == 64 && !row.resized);
  return TRUE;
}

static inline guint
stored_count(MsStore *store, MsStoreSignature *signature, guint first, guint n, guint seed)
{
  guint n_found = 0;

  for (guint i = first; i < first + n; i++)
    n_found += stored_find(store, signature, i, seed);
  return n_found;
}
