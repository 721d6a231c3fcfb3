/* SPDX-License-Identifier: MIT
 *
 * What tells a file system that is only read from another one in the same place. Images of discs
 * and archives (SquashFS, ISO 9660) number their files alike and keep their times, so that files of
 * two of them, mounted at one path one after the other, may agree in all that a file tells.
 */
#pragma once

#include <sys/statvfs.h>
#include <sys/types.h>

#include "set/hash.h"

G_BEGIN_DECLS

/* Mixes in number and size of the file system of a file on a device, if that can only be read:
 * others change their files' times. now: ns; what was seen within the second before may be taken
 * again. Any thread. */
void ms_file_system_mix(MsHash *hash, const char *path, dev_t device, gint64 now);

/* For tests: asked in place of statvfs(); NULL: that. */
void ms_file_system_use(int (*look)(const char *path, struct statvfs *info));

G_END_DECLS
