/* SPDX-License-Identifier: MIT
 *
 * A piece of an outline, for the legend: of the actual mask, or dashed of the predicted one.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MS_TYPE_OUTLINE_KEY (ms_outline_key_get_type())
G_DECLARE_FINAL_TYPE(MsOutlineKey, ms_outline_key, MS, OUTLINE_KEY, GtkWidget)

/* Property "predicted" (gboolean). */

G_END_DECLS
