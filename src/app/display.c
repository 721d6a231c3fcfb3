/* SPDX-License-Identifier: MIT
 *
 * What is not looked at is not painted; its pair is only counted. Image and overlay are read and
 * prepared side by side, neither waiting for the other.
 */
#include "app/display.h"

#include "set/control.h"

MsPainting
ms_painting_copy(const MsPainting *painting)
{
  MsPainting copy = *painting;

  ms_ruleset_ref(copy.rules);
  ms_class_focus_ref(copy.focus);
  ms_analysis_ref(copy.dim.analysis);
  return copy;
}

void
ms_painting_clear(MsPainting *painting)
{
  ms_ruleset_unref(painting->rules);
  ms_class_focus_unref(painting->focus);
  ms_analysis_unref(painting->dim.analysis);
}

/* ---- painting ---- */

/* What was dimmed of another example, or under other rules, says nothing of this one. */
static MsDimming
dimming_of(const MsPainting *painting, const MsFrame *frame)
{
  const MsDimming *dim = &painting->dim;

  if ((dim->tolerance > 0 || dim->error >= 0) && dim->analysis &&
      ms_analysis_is_of(dim->analysis, frame, painting->rules, painting->focus))
    return *dim;
  return (MsDimming){.error = -1};
}

static gboolean
is_same_dimming(const MsDimming *a, const MsDimming *b)
{
  return a->analysis == b->analysis && a->tolerance == b->tolerance && a->error == b->error;
}

static gboolean
has_layer(const MsDisplay *self, MsLayer layer)
{
  return (self->made & MS_LAYERS(layer)) != 0;
}

/* Whether they differ by threshold and dimming at most. */
static gboolean
is_near(const MsDisplay *self, const MsDisplay *base)
{
  return base->focus == self->focus && ms_ruleset_is_same_but_threshold(base->rules, self->rules);
}

static gboolean
is_right_here(const MsDisplay *self, const MsDisplay *base, MsLayer layer)
{
  if (ms_layer_has_threshold(layer) && base->rules != self->rules)
    return FALSE;
  return layer != MS_LAYER_ERRORS || is_same_dimming(&self->dim, &base->dim);
}

/* What a near base has and is right here too. */
static void
take_layers(MsDisplay *self, const MsDisplay *base)
{
  for (guint i = 0; i < MS_N_LAYERS; i++) {
    if (!has_layer(base, i) || !is_right_here(self, base, i))
      continue;
    self->layers[i] = ms_painted_layer_ref(base->layers[i]);
    self->made |= MS_LAYERS(i);
  }
}

/* A mask can be shown without another one to compare it with. base: a near one, or NULL. */
static void
paint_layers(MsDisplay *self, unsigned wanted, const MsDisplay *base, const MsControl *control)
{
  for (guint i = 0; i < MS_N_LAYERS; i++) {
    if (!(wanted & MS_LAYERS(i)) || has_layer(self, i))
      continue;
    self->layers[i] = ms_painted_layer_again(base ? base->layers[i] : NULL, i, self->frame,
                                             self->rules, self->focus, &self->dim, control);
    self->made |= MS_LAYERS(i);
  }
}

static void
count_kinds(MsDisplay *self)
{
  gboolean unpainted = has_layer(self, MS_LAYER_ERRORS) && !self->layers[MS_LAYER_ERRORS];

  if (unpainted ||
      !ms_layers_count_kinds(self->frame, &self->rules->rules, self->focus, &self->counts))
    self->message = g_strdup("There is not enough memory to paint this pair of masks");
}

static void
compare(MsDisplay *self)
{
  MsFrame *frame = self->frame;
  g_autoptr(GError) error = NULL;

  if (frame->result->status != MS_RESULT_OK) {
    self->message = g_strdup(frame->result->message);
    return;
  }
  self->confusion = ms_result_confusion(frame->result, frame->set, frame->example, frame->model,
                                        self->rules, &error);
  if (!self->confusion)
    self->message = g_strdup(error->message);
  else if (ms_set_get_labels(frame->set))
    self->counts = ms_confusion_kinds(self->confusion);
  else
    count_kinds(self);
}

static void
paint(MsDisplay *self, unsigned wanted, const MsDisplay *base, const MsControl *control)
{
  if (ms_set_get_labels(self->frame->set))
    self->made |= wanted;
  else
    paint_layers(self, wanted, base, control);
  compare(self);
}

static void
shared_clear(gpointer shared)
{
  ms_pyramid_free(*(MsPyramid **)shared);
}

/* shared: the image of another display of the same example, or NULL for a place to put one. */
static MsDisplay *
display_new(MsFrame *frame, const MsPainting *painting, MsPyramid **shared)
{
  MsDisplay *self = g_atomic_rc_box_new0(MsDisplay);

  self->frame = ms_frame_ref(frame);
  self->rules = ms_ruleset_ref(painting->rules);
  self->focus = ms_class_focus_ref(painting->focus);
  self->dim = dimming_of(painting, frame);
  ms_analysis_ref(self->dim.analysis);
  self->shared = shared ? g_atomic_rc_box_acquire(shared) : g_atomic_rc_box_new0(MsPyramid *);
  self->image = *self->shared;
  return self;
}

typedef struct {
  const MsPainting *painting;
  gboolean auto_range;
  const MsControl *control;
  MsPyramid *image;
  MsDisplay *display; /* without its image */
} Loading;

static void
prepare_image(gpointer user, const MsFrame *frame)
{
  Loading *loading = user;

  loading->image = ms_layers_shown_image(frame, loading->auto_range, loading->control);
}

static void
prepare_overlay(gpointer user, const MsFrame *frame)
{
  Loading *loading = user;

  loading->display = display_new((MsFrame *)frame, loading->painting, NULL);
  paint(loading->display, loading->painting->layers, NULL, loading->control);
}

MsDisplay *
ms_display_load(MsSet *set, guint example, guint model, const MsPainting *painting,
                gboolean auto_range, GCancellable *cancellable, GError **error)
{
  MsControl control = ms_control_for(cancellable);
  Loading loading = {.painting = painting, .auto_range = auto_range, .control = &control};
  const MsFrameParts parts = {prepare_image, prepare_overlay, &loading};
  g_autoptr(MsFrame) frame = ms_frame_load_parts(set, example, model, &parts, cancellable, error);
  g_autoptr(MsDisplay) self = loading.display;

  if (!frame || g_cancellable_set_error_if_cancelled(cancellable, error)) {
    ms_pyramid_free(loading.image);
    return NULL;
  }
  self->image = *self->shared = loading.image;
  return g_steal_pointer(&self);
}

MsDisplay *
ms_display_repaint(MsDisplay *base, const MsPainting *painting, GCancellable *cancellable,
                   GError **error)
{
  MsControl control = ms_control_for(cancellable);
  g_autoptr(MsDisplay) self = display_new(base->frame, painting, base->shared);

  if (is_near(self, base))
    take_layers(self, base);
  paint(self, painting->layers, is_near(self, base) ? base : NULL, &control);
  if (g_cancellable_set_error_if_cancelled(cancellable, error))
    return NULL;
  return g_steal_pointer(&self);
}

gboolean
ms_display_is_painted(const MsDisplay *display, const MsPainting *painting)
{
  MsDimming dim = dimming_of(painting, display->frame);

  return display->rules == painting->rules && display->focus == painting->focus &&
         (painting->layers & ~display->made) == 0 &&
         (!(painting->layers & MS_LAYERS_ERRORS) || is_same_dimming(&display->dim, &dim));
}

const MsPyramid *
ms_display_layer(const MsDisplay *display, MsLayer layer)
{
  return display->layers[layer] ? display->layers[layer]->pyramid : NULL;
}

const GArray *
ms_display_classes(const MsDisplay *display, MsLayer layer)
{
  return display->layers[layer] ? display->layers[layer]->classes : NULL;
}

MsKindCounts
ms_display_dimmed(const MsDisplay *display)
{
  const MsPaintedLayer *kinds = display->layers[MS_LAYER_ERRORS];

  return kinds ? kinds->dimmed : (MsKindCounts){0};
}

gboolean
ms_display_has_scores(const MsDisplay *display)
{
  return display->rules->maximum > 0 && !ms_set_get_labels(display->frame->set);
}

MsDisplay *
ms_display_ref(MsDisplay *display)
{
  return g_atomic_rc_box_acquire(display);
}

static void
display_clear(MsDisplay *self)
{
  g_atomic_rc_box_release_full(self->shared, shared_clear);
  for (guint i = 0; i < MS_N_LAYERS; i++)
    ms_painted_layer_unref(self->layers[i]);
  ms_analysis_unref(self->dim.analysis);
  ms_class_focus_unref(self->focus);
  ms_confusion_free(self->confusion);
  ms_frame_unref(self->frame);
  ms_ruleset_unref(self->rules);
  g_free(self->message);
}

void
ms_display_unref(MsDisplay *display)
{
  g_atomic_rc_box_release_full(display, (GDestroyNotify)display_clear);
}

gsize
ms_display_bytes(const MsDisplay *display)
{
  gsize bytes =
      ms_frame_bytes(display->frame) + (display->image ? ms_pyramid_bytes(display->image) : 0);

  if (display->dim.analysis)
    bytes += ms_analysis_bytes(display->dim.analysis);
  for (guint i = 0; i < MS_N_LAYERS; i++)
    if (display->layers[i])
      bytes += ms_pyramid_bytes(display->layers[i]->pyramid);
  return bytes;
}
