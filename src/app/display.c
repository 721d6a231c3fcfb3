/* SPDX-License-Identifier: MIT
 *
 * What is not looked at is not painted: where a mask lies over the image, its pair is only counted.
 * Image and overlay are read and prepared side by side, neither waiting for the other.
 */
#include "app/display.h"

#include "report/layers.h"
#include "set/control.h"

MsPainting
ms_painting_copy(const MsPainting *painting)
{
  return (MsPainting){
      .rules = ms_ruleset_ref(painting->rules),
      .focus = ms_class_focus_ref(painting->focus),
      .paint = painting->paint,
  };
}

void
ms_painting_clear(MsPainting *painting)
{
  ms_ruleset_unref(painting->rules);
  ms_class_focus_unref(painting->focus);
}

static void
paint_kinds(MsDisplay *self, const MsControl *control)
{
  const MsRules *rules = &self->rules->rules;

  if (self->paint == MS_PAINT_ERRORS)
    self->kinds = ms_layers_kinds(self->frame, rules, self->focus, control);
  if ((self->paint == MS_PAINT_ERRORS && !self->kinds) ||
      !ms_layers_count_kinds(self->frame, rules, self->focus, &self->counts))
    self->message = g_strdup("There is not enough memory to paint this pair of masks");
}

static void
compare(MsDisplay *self, const MsControl *control)
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
    paint_kinds(self, control);
}

/* A mask can be shown without another one to compare it with. */
static void
paint(MsDisplay *self, const MsControl *control)
{
  compare(self, control);
  if (self->paint != MS_PAINT_ERRORS && !ms_set_get_labels(self->frame->set))
    self->classes =
        ms_class_layer_new(self->frame, self->paint, &self->rules->rules, self->focus, control);
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
  self->paint = painting->paint;
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
  paint(loading->display, loading->control);
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

  paint(self, &control);
  if (g_cancellable_set_error_if_cancelled(cancellable, error))
    return NULL;
  return g_steal_pointer(&self);
}

gboolean
ms_display_is_painted(const MsDisplay *display, const MsPainting *painting)
{
  return display->rules == painting->rules && display->focus == painting->focus &&
         display->paint == painting->paint;
}

const MsPyramid *
ms_display_overlay(const MsDisplay *display)
{
  if (display->paint == MS_PAINT_ERRORS)
    return display->kinds;
  return display->classes ? display->classes->colors : NULL;
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
  ms_pyramid_free(self->kinds);
  ms_class_layer_free(self->classes);
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
  return ms_frame_bytes(display->frame) + (display->image ? ms_pyramid_bytes(display->image) : 0) +
         (display->kinds ? ms_pyramid_bytes(display->kinds) : 0) +
         (display->classes ? ms_pyramid_bytes(display->classes->colors) : 0);
}
