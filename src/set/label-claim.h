/* SPDX-License-Identifier: MIT
 *
 * Columns that are called like something that is known, and hold what labels hold. Whatever is
 * decided for one of them, a notice says so.
 */
#pragma once

#include "set/label-side.h"

G_BEGIN_DECLS

/* sides: all of a set, the actual one first. known: as for ms_label_side_of_file(). Adds the
 * columns that stand in the actual table and in another as numbers from 0 to 1, and takes from
 * files what has become a label. */
void ms_label_claim(const GPtrArray *sides, GHashTable *known, GPtrArray *notices);

/* Says which columns of text both the actual table and another have that none of them reads. */
void ms_label_claim_note_texts(const GPtrArray *sides, GPtrArray *notices);

G_END_DECLS
