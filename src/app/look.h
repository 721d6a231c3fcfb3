/* SPDX-License-Identifier: MIT
 *
 * The ways to look at an example: one picture with something over it, several side by side, or two
 * that are wiped across each other; outlines on them; nothing but the errors. Flipping shows one
 * mask after the other in place of all that, for as long as it lasts.
 */
#pragma once

#include "app/layer.h"

G_BEGIN_DECLS

/* One of these at a time. The first four are one picture. */
typedef enum {
  MS_LOOK_ERRORS,
  MS_LOOK_ACTUAL,
  MS_LOOK_PREDICTED,
  MS_LOOK_HEAT, /* of probability */
  MS_LOOK_SIDE_BY_SIDE,
  MS_LOOK_SWIPE,
  MS_N_LOOKS
} MsLookMode;

/* "errors", "side-by-side": in settings and actions. */
const char *ms_look_mode_name(MsLookMode mode);
/* FALSE, with *mode untouched: there is none of that name. */
gboolean ms_look_mode_from_name(const char *name, MsLookMode *mode);

typedef enum { MS_FLIP_NONE, MS_FLIP_ACTUAL, MS_FLIP_PREDICTED } MsFlip;

typedef struct {
  MsLookMode mode;
  MsFlip flip;
  gboolean outlines;
  gboolean only_errors;
} MsLook;

gboolean ms_look_equal(const MsLook *a, const MsLook *b);

/* A picture on the stage. */
typedef struct {
  int layer;         /* MsLayer over the image; -1: the image alone */
  const char *label; /* what is seen; NULL: it needs no saying */
} MsLookCell;

#define MS_LOOK_MAX_CELLS 4

/* Which ones; their number, at least 1. */
guint ms_look_cells(const MsLook *look, MsLookCell *cells);

/* MS_LAYERS() flags of all that is seen; also of both sides of a flip. */
unsigned ms_look_layers(const MsLook *look);

/* Whether a layer is on the stage. */
gboolean ms_look_shows(const MsLook *look, MsLayer layer);

G_END_DECLS
