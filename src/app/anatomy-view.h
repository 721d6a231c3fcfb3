/* SPDX-License-Identifier: MIT
 *
 * The anatomy of an error, of one example or of a set: how many of the wrong pixels are of each of
 * the five kinds, and what IoU would be without them. A line each is pressed to look at that kind
 * alone (win.look-at-error), and once more to look at all again.
 */
#pragma once

#include <gtk/gtk.h>

#include "metric/anatomy.h"

G_BEGIN_DECLS

#define MS_TYPE_ANATOMY_VIEW (ms_anatomy_view_get_type())
G_DECLARE_FINAL_TYPE(MsAnatomyView, ms_anatomy_view, MS, ANATOMY_VIEW, GtkWidget)

typedef struct {
  MsAnatomy anatomy;
  MsValue iou; /* as it is */
  MsValue mended[MS_N_ERRORS];
  int width; /* of the band at borders, pixels; 0: that of one image is not that of another */
} MsAnatomyNumbers;

/* NULL empties it. */
void ms_anatomy_view_show(MsAnatomyView *self, const MsAnatomyNumbers *numbers);
/* Others will be shown: until then none are seen. */
void ms_anatomy_view_await(MsAnatomyView *self);
/* Which one is looked at alone; -1: none. */
void ms_anatomy_view_set_chosen(MsAnatomyView *self, int error);

G_END_DECLS
