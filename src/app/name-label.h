/* SPDX-License-Identifier: MIT
 *
 * A name in one line: whole where there is room for it, else its short form, cut in the middle
 * where even that does not fit.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MS_TYPE_NAME_LABEL (ms_name_label_get_type())
G_DECLARE_FINAL_TYPE(MsNameLabel, ms_name_label, MS, NAME_LABEL, GtkWidget)

/* NULL: there is no short form. */
void ms_name_label_set(MsNameLabel *self, const char *name, const char *shortly);
/* What is shown of it, but for the cut; lent. */
const char *ms_name_label_get_shown(MsNameLabel *self);

G_END_DECLS
