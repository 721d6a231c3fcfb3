/* SPDX-License-Identifier: MIT
 *
 * Files that are known to be being written, by their device and inode, so that nobody who reads one
 * takes what is not whole yet for its end. Who watches them adds them and takes them off; a file
 * that was added twice is to be taken off twice. For any thread.
 */
#pragma once

#include <glib.h>
#include <sys/stat.h>

G_BEGIN_DECLS

void ms_in_writing_add(dev_t device, ino_t inode);
void ms_in_writing_remove(dev_t device, ino_t inode);

gboolean ms_in_writing_holds(const struct stat *info);
/* NULL, and what is not there, is not being written. */
gboolean ms_in_writing_holds_path(const char *path);

G_END_DECLS
