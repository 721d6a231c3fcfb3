/* SPDX-License-Identifier: MIT
 *
 * One place of the list, whatever example stands there: what a row is bound to. When the list is
 * rearranged, places stay and take other examples.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define MS_TYPE_EXAMPLE_PLACE (ms_example_place_get_type())
G_DECLARE_FINAL_TYPE(MsExamplePlace, ms_example_place, MS, EXAMPLE_PLACE, GObject)

/* Property "example" (guint, notified). */
MsExamplePlace *ms_example_place_new(guint example);
guint ms_example_place_get_example(MsExamplePlace *self);
void ms_example_place_set_example(MsExamplePlace *self, guint example);

G_END_DECLS
