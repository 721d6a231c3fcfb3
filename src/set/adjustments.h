/* SPDX-License-Identifier: MIT
 *
 * The adjustments of a set's options: a list with one for each model that has its own, and one for
 * all others.
 */
#pragma once

#include "set/adjustment.h"

G_BEGIN_DECLS

/* Of MsAdjustment, which it owns. */
GPtrArray *ms_adjustments_new(void);
GPtrArray *ms_adjustments_copy(const GPtrArray *adjustments);

/* What a file asks for goes after what was given: of a model whose own is given nothing is taken,
 * and where one for all models is given, nothing at all. */
void ms_adjustments_take(GPtrArray *given, const GPtrArray *from_file);

G_END_DECLS
