/* SPDX-License-Identifier: MIT
 *
 * A door for the tests: where findings came from.
 */
#pragma once

#include "set/diagnoser.h"

G_BEGIN_DECLS

/* How many came from the store and how many from pixels, so far. */
void ms_diagnoser_get_sources(MsDiagnoser *diagnoser, guint64 *n_stored, guint64 *n_read);

G_END_DECLS
