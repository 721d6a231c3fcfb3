/* SPDX-License-Identifier: MIT
 *
 * A scrolled window takes the wheel also where it has nothing to scroll, so its own controller is
 * switched off for the turns that are not the list's.
 */
#include "app/list-wheel.h"

static void
leave_wheel(GtkWidget *scroller, GtkEventController *except, gboolean leave)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers(scroller);

  for (guint i = 0; i < g_list_model_get_n_items(controllers); i++) {
    g_autoptr(GtkEventController) controller = g_list_model_get_item(controllers, i);

    if (GTK_IS_EVENT_CONTROLLER_SCROLL(controller) && controller != except)
      gtk_event_controller_set_propagation_phase(controller,
                                                 leave ? GTK_PHASE_NONE : GTK_PHASE_BUBBLE);
  }
}

static gboolean
is_at_end(GtkScrolledWindow *scroller, double dy)
{
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment(scroller);
  double at = gtk_adjustment_get_value(place);

  return dy < 0 ? at <= gtk_adjustment_get_lower(place)
                : at >= gtk_adjustment_get_upper(place) - gtk_adjustment_get_page_size(place);
}

/* Before the scrolled window sees it. */
static gboolean
turned(GtkEventControllerScroll *wheel, double dx, double dy, GtkScrolledWindow *scroller)
{
  leave_wheel(GTK_WIDGET(scroller), GTK_EVENT_CONTROLLER(wheel),
              !gtk_widget_get_focus_child(GTK_WIDGET(scroller)) || is_at_end(scroller, dy));
  return GDK_EVENT_PROPAGATE;
}

void
ms_list_wheel_add(GtkScrolledWindow *scroller)
{
  GtkEventController *wheel = gtk_event_controller_scroll_new(GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  gtk_event_controller_set_propagation_phase(wheel, GTK_PHASE_CAPTURE);
  g_signal_connect(wheel, "scroll", G_CALLBACK(turned), scroller);
  gtk_widget_add_controller(GTK_WIDGET(scroller), wheel);
}
