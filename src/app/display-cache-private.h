/* SPDX-License-Identifier: MIT
 *
 * A door for tests and measurements: when the cache is at rest.
 */
#pragma once

#include "app/display-cache.h"

G_BEGIN_DECLS

/* Whether anything is being decoded. */
gboolean ms_display_cache_is_loading(MsDisplayCache *self);

G_END_DECLS
