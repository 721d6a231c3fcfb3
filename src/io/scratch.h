/* SPDX-License-Identifier: MIT
 *
 * Memory that a worker uses again for each file it reads: taking and giving back megabytes for
 * every mask costs more than counting them. Belongs to one thread at a time.
 */
#pragma once

#include <gio/gio.h>

#include "metric/joint.h"

G_BEGIN_DECLS

typedef struct MsScratch MsScratch;

MsScratch *ms_scratch_new(void);
void ms_scratch_free(MsScratch *scratch); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsScratch, ms_scratch_free)

/* --- for readers ------------------------------------------------------------------------------ */

/* The sides of a pair that are in memory at once. */
#define MS_SCRATCH_SIDES 2

typedef enum {
  MS_SCRATCH_FILE,                                          /* a file's bytes */
  MS_SCRATCH_STREAM,                                        /* its compressed data, joined */
  MS_SCRATCH_INFLATED,                                      /* and one more for each side */
  MS_SCRATCH_ROWS = MS_SCRATCH_INFLATED + MS_SCRATCH_SIDES, /* likewise */
  MS_SCRATCH_N_USES = MS_SCRATCH_ROWS + MS_SCRATCH_SIDES
} MsScratchUse;

/* At least `size` bytes, of any content, lent until they are asked for again for the same use.
 * NULL: there is no memory. */
guint8 *ms_scratch_take(MsScratch *scratch, guint use, gsize size);

/* libdeflate's; lent. NULL: there is no memory. */
struct libdeflate_decompressor *ms_scratch_decompressor(MsScratch *scratch);

/* A joint for counting pair after pair, see ms_joint_drain(); lent. NULL: there is no memory. */
MsJoint *ms_scratch_joint(MsScratch *scratch);

G_END_DECLS
