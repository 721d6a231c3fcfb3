/* SPDX-License-Identifier: MIT */
#include "app/pointer-slider.h"

struct _MsPointerSlider {
  GtkScale parent_instance;

  GtkWidget *before; /* weak: had the focus when the button went down */
};

G_DEFINE_FINAL_TYPE(MsPointerSlider, ms_pointer_slider, GTK_TYPE_SCALE)

static void
note_focus(MsPointerSlider *self)
{
  GtkWidget *focus = gtk_root_get_focus(gtk_widget_get_root(GTK_WIDGET(self)));

  g_set_weak_pointer(&self->before, focus == GTK_WIDGET(self) ? NULL : focus);
}

static void
give_back(MsPointerSlider *self)
{
  GtkRoot *root = gtk_widget_get_root(GTK_WIDGET(self));

  if (self->before && gtk_widget_get_root(self->before) == root &&
      gtk_root_get_focus(root) == GTK_WIDGET(self))
    gtk_root_set_focus(root, self->before);
  g_clear_weak_pointer(&self->before);
}

/* Sees what a gesture would not: GtkRange's own claims the events. */
static gboolean
handle(GtkEventControllerLegacy *controller, GdkEvent *event, MsPointerSlider *self)
{
  switch (gdk_event_get_event_type(event)) {
  case GDK_BUTTON_PRESS:
  case GDK_TOUCH_BEGIN:
    note_focus(self);
    break;
  case GDK_BUTTON_RELEASE:
  case GDK_TOUCH_END:
  case GDK_TOUCH_CANCEL:
    give_back(self);
    break;
  default:
    break;
  }
  return GDK_EVENT_PROPAGATE;
}

static void
ms_pointer_slider_dispose(GObject *object)
{
  g_clear_weak_pointer(&MS_POINTER_SLIDER(object)->before);
  G_OBJECT_CLASS(ms_pointer_slider_parent_class)->dispose(object);
}

static void
ms_pointer_slider_class_init(MsPointerSliderClass *class)
{
  G_OBJECT_CLASS(class)->dispose = ms_pointer_slider_dispose;
}

static void
ms_pointer_slider_init(MsPointerSlider *self)
{
  GtkEventController *events = gtk_event_controller_legacy_new();

  gtk_event_controller_set_propagation_phase(events, GTK_PHASE_CAPTURE);
  g_signal_connect(events, "event", G_CALLBACK(handle), self);
  gtk_widget_add_controller(GTK_WIDGET(self), events);
}
