/* SPDX-License-Identifier: MIT
 *
 * What can lie over an image, each made when it is wanted: immutable, counted, shared by the
 * displays of an example for which it is right.
 */
#pragma once

#include "render/pyramid.h"
#include "report/layers.h"
#include "set/pair.h"

G_BEGIN_DECLS

typedef enum {
  MS_LAYER_ERRORS,    /* kinds */
  MS_LAYER_ACTUAL,    /* class colours */
  MS_LAYER_PREDICTED, /* likewise */
  MS_LAYER_HEAT,      /* probability, grey */
  MS_LAYER_EDGES,     /* of both masks: render/edges.h */
  MS_N_LAYERS
} MsLayer;

/* Several: flags. */
#define MS_LAYERS(layer)  (1u << (layer))
#define MS_LAYERS_ERRORS  MS_LAYERS(MS_LAYER_ERRORS)
#define MS_LAYERS_CLASSES (MS_LAYERS(MS_LAYER_ACTUAL) | MS_LAYERS(MS_LAYER_PREDICTED))

typedef struct {
  MsPyramid *pyramid;
  GArray *classes;     /* MsPaintedClass, of class colours; else NULL */
  MsKindCounts dimmed; /* of kinds: how many of them are painted as dimmed */
} MsPaintedLayer;

/* NULL where the frame has nothing of the kind (no such mask, no scores), the pair cannot be
 * compared, without memory, or stopped by the control. */
MsPaintedLayer *ms_painted_layer_new(MsLayer layer, const MsFrame *frame, const MsRuleset *rules,
                                     const MsClassFocus *focus, const MsDimming *dim,
                                     const MsControl *control);
/* The same where nothing but the threshold is another than when `before` was made. */
MsPaintedLayer *ms_painted_layer_again(const MsPaintedLayer *before, MsLayer layer,
                                       const MsFrame *frame, const MsRuleset *rules,
                                       const MsClassFocus *focus, const MsDimming *dim,
                                       const MsControl *control);
/* Whether a threshold decides what it shows. */
gboolean ms_layer_has_threshold(MsLayer layer);
MsPaintedLayer *ms_painted_layer_ref(MsPaintedLayer *layer); /* NULL is fine */
void ms_painted_layer_unref(MsPaintedLayer *layer);          /* NULL is fine */

G_END_DECLS
