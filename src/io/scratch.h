/* SPDX-License-Identifier: MIT
 *
 * Memory that a worker uses again for each file it reads: taking and giving back megabytes for
 * every mask costs more than counting them. Belongs to one thread at a time.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct MsScratch MsScratch;

MsScratch *ms_scratch_new(void);
void ms_scratch_free(MsScratch *scratch); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsScratch, ms_scratch_free)

G_END_DECLS
