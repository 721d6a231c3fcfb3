/* SPDX-License-Identifier: MIT
 *
 * What those who make run lengths share.
 */
#pragma once

#include "io/run-length.h"

G_BEGIN_DECLS

/* Whether masks of this size are made: sides 1 to MS_RASTER_MAX_SIDE, up to 2^31 - 1 pixels. */
gboolean ms_run_length_check_size(int width, int height, const char *where, GError **error);

/* Memory for so many runs; NULL with an error where there is not enough. */
guint32 *ms_run_length_alloc(gsize n_runs, const char *where, GError **error);

G_END_DECLS
