/* SPDX-License-Identifier: MIT
 *
 * Blocks grow and stay; only a very large one goes when much less is enough.
 */
#include "io/scratch.h"

#include <libdeflate.h>

/* A block beyond this is given back once a quarter of it would do. */
#define LARGE ((gsize)64 << 20)

typedef struct {
  guint8 *bytes;
  gsize size;
} Block;

struct MsScratch {
  Block blocks[MS_SCRATCH_N_USES];
  struct libdeflate_decompressor *decompressor;
  MsJoint *joint;
};

MsScratch *
ms_scratch_new(void)
{
  return g_new0(MsScratch, 1);
}

void
ms_scratch_free(MsScratch *scratch)
{
  if (!scratch)
    return;
  for (guint use = 0; use < MS_SCRATCH_N_USES; use++)
    g_free(scratch->blocks[use].bytes);
  g_clear_pointer(&scratch->decompressor, libdeflate_free_decompressor);
  ms_joint_free(scratch->joint);
  g_free(scratch);
}

guint8 *
ms_scratch_take(MsScratch *scratch, guint use, gsize size)
{
  Block *block = &scratch->blocks[use];

  if (size <= block->size && (block->size <= LARGE || size >= block->size / 4))
    return block->bytes;
  g_free(block->bytes);
  /* Room to grow: files of a folder differ in size by a little. */
  block->size = size <= LARGE ? size + size / 4 + 64 : size;
  block->bytes = g_try_malloc(block->size);
  if (!block->bytes)
    block->size = 0;
  return block->bytes;
}

struct libdeflate_decompressor *
ms_scratch_decompressor(MsScratch *scratch)
{
  if (!scratch->decompressor)
    scratch->decompressor = libdeflate_alloc_decompressor();
  return scratch->decompressor;
}

MsJoint *
ms_scratch_joint(MsScratch *scratch)
{
  if (!scratch->joint && ms_joint_new(&scratch->joint) != MS_STATUS_OK)
    scratch->joint = NULL;
  return scratch->joint;
}
