/* SPDX-License-Identifier: MIT
 *
 * The class table that nobody named: the first of the usual files in a set's folder.
 */
#pragma once

#include "set/classes.h"

G_BEGIN_DECLS

/* folder NULL, or without such a file: NULL. One that cannot be read is named in a notice
 * (MsNotice) and passed over, and so is one beside the one that is taken. */
MsClassTable *ms_class_lookup(const char *folder, GPtrArray *notices, GCancellable *cancellable);

G_END_DECLS
