/* SPDX-License-Identifier: MIT
 *
 * A door for the tests: files are made in an instant there, and would all be too young.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The clock that tells how old a file is, in ns since 1970; NULL: the system's. Before any thread
 * looks. */
void ms_stamp_use_clock(gint64 (*now)(void));

G_END_DECLS
