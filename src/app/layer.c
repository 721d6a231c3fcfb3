/* SPDX-License-Identifier: MIT
 *
 * A layer is made once, whole or not at all, and counted from then on: displays of an example share
 * it. What one shows follows from frame, rules, focus and (kinds) dimming alone, two of them (the
 * actual mask's colours and the heat) not even from the threshold.
 */
#include "app/layer.h"

#include "report/class-layer.h"

static MsPaintedLayer *
layer_new(MsPyramid *pyramid)
{
  MsPaintedLayer *self;

  if (!pyramid)
    return NULL;
  self = g_atomic_rc_box_new0(MsPaintedLayer);
  self->pyramid = pyramid;
  return self;
}

static MsPaintedLayer *
kinds_new(const MsFrame *frame, const MsRuleset *rules, const MsClassFocus *focus,
          const MsDimming *dim, const MsControl *control)
{
  MsKindCounts dimmed;
  MsPaintedLayer *self =
      layer_new(ms_layers_kinds(frame, &rules->rules, focus, dim, &dimmed, control));

  if (self)
    self->dimmed = dimmed;
  return self;
}

static MsPaintedLayer *
classes_new(const MsFrame *frame, MsPaint side, const MsRuleset *rules, const MsClassFocus *focus,
            const MsControl *control)
{
  g_autoptr(MsClassLayer) classes = ms_class_layer_new(frame, side, &rules->rules, focus, control);
  MsPaintedLayer *self;

  if (!classes)
    return NULL;
  self = layer_new(g_steal_pointer(&classes->colors));
  self->classes = g_array_ref(classes->classes);
  return self;
}

MsPaintedLayer *
ms_painted_layer_new(MsLayer layer, const MsFrame *frame, const MsRuleset *rules,
                     const MsClassFocus *focus, const MsDimming *dim, const MsControl *control)
{
  switch (layer) {
  case MS_LAYER_ERRORS:
    return kinds_new(frame, rules, focus, dim, control);
  case MS_LAYER_ACTUAL:
    return classes_new(frame, MS_PAINT_ACTUAL, rules, focus, control);
  case MS_LAYER_PREDICTED:
    return classes_new(frame, MS_PAINT_PREDICTED, rules, focus, control);
  case MS_LAYER_HEAT:
    return layer_new(ms_layers_heat(frame, rules, control));
  case MS_LAYER_EDGES:
    return layer_new(ms_layers_edges(frame, &rules->rules, focus, control));
  default:
    g_return_val_if_reached(NULL);
  }
}

gboolean
ms_layer_has_threshold(MsLayer layer)
{
  return layer != MS_LAYER_ACTUAL && layer != MS_LAYER_HEAT;
}

MsPaintedLayer *
ms_painted_layer_again(const MsPaintedLayer *before, MsLayer layer, const MsFrame *frame,
                       const MsRuleset *rules, const MsClassFocus *focus, const MsDimming *dim,
                       const MsControl *control)
{
  if (before && layer == MS_LAYER_EDGES)
    return layer_new(ms_layers_edges_again(before->pyramid, frame, &rules->rules, focus, control));
  return ms_painted_layer_new(layer, frame, rules, focus, dim, control);
}

MsPaintedLayer *
ms_painted_layer_ref(MsPaintedLayer *layer)
{
  return layer ? g_atomic_rc_box_acquire(layer) : NULL;
}

static void
layer_clear(MsPaintedLayer *self)
{
  ms_pyramid_free(self->pyramid);
  g_clear_pointer(&self->classes, g_array_unref);
}

void
ms_painted_layer_unref(MsPaintedLayer *layer)
{
  if (layer)
    g_atomic_rc_box_release_full(layer, (GDestroyNotify)layer_clear);
}
