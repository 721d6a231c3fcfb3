/* SPDX-License-Identifier: MIT
 *
 * What the window shows of the chosen example: title, picture, numbers; repainting it under other
 * rules; and which neighbours are decoded ahead.
 */
#include "app/job.h"
#include "app/readout.h"
#include "app/window-private.h"
#include "set/describe.h"

#define READING_MS 300 /* a load that takes longer says so */
#define N_AHEAD    8   /* neighbours decoded in the direction of travel, as far as they fit */
#define N_BEHIND   2
#define N_AROUND   4 /* to either side after a jump */

gboolean
ms_window_is_shown(MsWindow *self)
{
  return self->shown && self->shown->frame->set == self->set &&
         self->shown->frame->example == self->example && self->shown->frame->model == self->model;
}

MsPainting
ms_window_get_painting(MsWindow *self)
{
  MsLook look = ms_window_get_look(self);

  return (MsPainting){
      .rules = ms_evaluation_get_rules(self->evaluation, self->model),
      .focus = self->focus,
      .layers = ms_look_layers(&look),
      .dim = self->dim,
  };
}

gboolean
ms_window_is_on_screen(MsWindow *self)
{
  return ms_window_is_shown(self) && self->drawn;
}

gboolean
ms_window_is_up_to_date(MsWindow *self)
{
  MsPainting painting;

  if (!ms_window_is_shown(self))
    return FALSE;
  painting = ms_window_get_painting(self);
  return ms_display_is_painted(self->shown, &painting);
}

static const char *
shown_id(MsWindow *self)
{
  return ms_set_get_id(self->shown->frame->set, self->shown->frame->example);
}

/* What the inspector says in full is said in a word where that may not be there. */
static gboolean
is_adjusted(MsWindow *self)
{
  return ms_options_find_adjustment(ms_set_get_options(self->set),
                                    ms_set_get_model_name(self->set, self->model)) != NULL;
}

/* "lesion_02 · 2 of 24" */
static char *
describe_place(MsWindow *self, guint position, guint n)
{
  g_autofree char *row = ms_describe_count(position + 1);
  g_autofree char *rows = ms_describe_count(n);

  return g_strdup_printf("%s · %s of %s%s%s", shown_id(self), row,
                         ms_set_is_partial(self->set) ? "the first " : "", rows,
                         is_adjusted(self) ? " · adjusted" : "");
}

/* Names what is on screen, which may for a moment not be what was chosen. */
void
ms_window_update_title(MsWindow *self)
{
  if (!self->set || ms_window_is_opening(self)) {
    gtk_label_set_text(self->title, "Maskscope");
    gtk_widget_set_visible(GTK_WIDGET(self->subtitle), FALSE);
    gtk_window_set_title(GTK_WINDOW(self), "Maskscope");
    return;
  }

  const char *title = ms_set_get_title(self->set);
  guint position = ms_example_list_get_position(self->list);
  guint n = ms_example_list_get_n_shown(self->list);
  g_autofree char *window_title = g_strdup_printf("%s – Maskscope", title);
  g_autofree char *subtitle = NULL;

  if (!self->shown)
    subtitle = g_strdup("");
  else if (position == GTK_INVALID_LIST_POSITION || !ms_window_is_shown(self))
    subtitle = g_strdup(shown_id(self));
  else
    subtitle = describe_place(self, position, n);
  gtk_label_set_text(self->title, title);
  gtk_label_set_text(self->subtitle, subtitle);
  gtk_widget_set_visible(GTK_WIDGET(self->subtitle), *subtitle != '\0');
  gtk_window_set_title(GTK_WINDOW(self), window_title);
}

static gboolean
has_labels(MsDisplay *display)
{
  return display && ms_set_get_labels(display->frame->set);
}

void
ms_window_focus_example(MsWindow *self)
{
  gboolean picture = gtk_widget_get_visible(self->picture);

  gtk_widget_grab_focus(picture ? GTK_WIDGET(self->canvas) : GTK_WIDGET(self->label_view));
}

/* Labels are looked at with their image, or alone where there is none; what speaks of pixels is
 * away then. The focus does not stay on what goes. */
static void
compose_stage(MsWindow *self, MsDisplay *display)
{
  gboolean labels = has_labels(display);
  GtkWidget *focus = gtk_window_get_focus(GTK_WINDOW(self));
  gboolean focused =
      focus && (focus == GTK_WIDGET(self->canvas) || focus == GTK_WIDGET(self->label_view) ||
                gtk_widget_is_ancestor(focus, GTK_WIDGET(self->label_view)));

  gtk_widget_set_visible(self->picture, !labels || display->image);
  gtk_widget_set_visible(GTK_WIDGET(self->zoom), labels && display->image);
  gtk_widget_set_visible(GTK_WIDGET(self->label_view), labels);
  gtk_widget_set_visible(GTK_WIDGET(self->legend), !labels);
  if (focused && (!gtk_widget_get_visible(self->picture) || !labels))
    ms_window_focus_example(self);
}

/* What stands in place of a picture; NULL: there is one. Caller frees. The label view says its own.
 */
static char *
describe_lack(MsDisplay *display)
{
  if (!display || has_labels(display))
    return NULL;
  if (display->message && ms_result_is_unfinished(display->frame->result))
    return g_strdup_printf("It may still be being written: %s", display->message);
  return g_strdup(display->message ? display->message : display->frame->image_message);
}

static void
show_canvas_message(MsWindow *self, MsDisplay *display)
{
  g_autofree char *text = describe_lack(display);

  gtk_label_set_text(self->canvas_message_text, text ? text : "");
  gtk_widget_set_visible(self->canvas_message, text != NULL);
}

static void
describe_canvas(MsWindow *self, MsDisplay *display)
{
  g_autofree char *text = display ? ms_readout_describe(display) : g_strdup("No example is shown");

  ms_canvas_set_description(self->canvas, text);
}

static void
stop_reading(MsWindow *self)
{
  g_clear_handle_id(&self->reading_timeout, g_source_remove);
  gtk_spinner_stop(self->spinner);
  gtk_widget_set_visible(self->reading, FALSE);
}

/* --- what is decoded ahead --- */

static void
want_neighbour(MsWindow *self, int delta, GArray *wanted)
{
  guint example = ms_example_list_peek(self->list, delta);

  if (example != G_MAXUINT && example != self->example)
    g_array_append_val(wanted, example);
}

/* The example itself, then neighbours the way the user is going and a few the other way; the
 * nearest first. The more there is room for, the better a held key gets over a slow one. */
static void
want_displays(MsWindow *self)
{
  g_autoptr(GArray) wanted = g_array_new(FALSE, FALSE, sizeof(guint));
  int ahead = self->travel ? N_AHEAD : N_AROUND;
  int behind = self->travel ? N_BEHIND : N_AROUND;
  int way = self->travel < 0 ? -1 : 1;

  g_array_append_val(wanted, self->example);
  for (int i = 1; i <= MAX(ahead, behind); i++) {
    if (i <= ahead)
      want_neighbour(self, i * way, wanted);
    if (i <= behind)
      want_neighbour(self, -i * way, wanted);
  }
  ms_display_cache_want(self->cache, (const guint *)(gpointer)wanted->data, wanted->len,
                        self->model);
}

/* --- showing --- */

/* What is looked at goes before what the list shows, and before the check. */
static void
hold_others(MsWindow *self, gboolean waiting)
{
  ms_checker_hold(self->checker, waiting);
  if (self->thumbnails)
    ms_thumbnails_set_waiting(self->thumbnails, waiting);
}

void
ms_window_look_ahead(MsWindow *self)
{
  if (!self->drawn)
    return;
  if (ms_window_is_shown(self) || self->example == G_MAXUINT)
    hold_others(self, FALSE);
  if (!self->cache)
    return;
  ms_display_cache_set_drawing(self->cache, FALSE);
  if (self->example != G_MAXUINT)
    want_displays(self);
}

/* The next step can be taken; after a jump nobody knows which it will be. */
static gboolean
is_ahead(MsWindow *self)
{
  guint next = self->travel ? ms_example_list_peek(self->list, self->travel) : G_MAXUINT;

  return next == G_MAXUINT || ms_display_cache_peek(self->cache, next, self->model);
}

/* Only now is the example analysed, and then neighbours decoded and thumbnails made: they would
 * take the processors from the frame, and from what is to be known of it. */
static void
frame_painted(GdkFrameClock *clock, MsWindow *self)
{
  self->drawn = TRUE;
  g_clear_signal_handler(&self->draw_handler, clock);
  ms_window_analyse(self);
  if (!self->cache || !ms_window_is_analysing(self) || !is_ahead(self))
    ms_window_look_ahead(self);
}

static void
await_drawing(MsWindow *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock(GTK_WIDGET(self));

  self->drawn = !clock;
  if (!clock) {
    ms_window_look_ahead(self);
    return;
  }
  if (self->cache)
    ms_display_cache_set_drawing(self->cache, TRUE);
  if (self->draw_handler)
    return;
  self->draw_handler =
      g_signal_connect_object(clock, "after-paint", G_CALLBACK(frame_painted), self, 0);
  gdk_frame_clock_request_phase(clock, GDK_FRAME_CLOCK_PHASE_PAINT);
}

/* Another example is left for, and not on the way to a region of it. */
static gboolean
is_stepping(MsWindow *self, MsDisplay *display)
{
  gboolean searching =
      self->searched == self->example && (self->search != 0 || self->wanted_region >= 0);

  return self->shown && display && !searching &&
         g_strcmp0(ms_set_get_id(display->frame->set, display->frame->example), shown_id(self)) !=
             0;
}

void
ms_window_show_display(MsWindow *self, MsDisplay *display)
{
  if (is_stepping(self, display))
    ms_canvas_go_home(self->canvas);
  if (display)
    ms_display_ref(display);
  g_clear_pointer(&self->shown, ms_display_unref);
  self->shown = display;
  stop_reading(self);
  await_drawing(self);
  ms_canvas_set_display(self->canvas, display);
  ms_label_view_set_display(self->label_view, has_labels(display) ? display : NULL);
  compose_stage(self, display);
  ms_inspector_set_display(self->inspector, display);
  ms_window_update_change(self);
  ms_window_analysis_follows(self);
  ms_window_update_title(self);
  show_canvas_message(self, display);
  describe_canvas(self, display);
  ms_window_count_area(self);
  ms_window_update_actions(self);
  if (display && ms_window_is_shown(self) && !ms_window_is_up_to_date(self)) {
    ms_legend_show(self->legend, display, ms_canvas_get_look(self->canvas));
    ms_window_repaint(self);
  } else {
    ms_window_apply_look(self);
  }
}

/* --- repainting in another way: at most one at a time, the last wish wins --- */

typedef struct {
  MsDisplay *display;
  MsPainting painting; /* owned */
  guint generation;
} RepaintJob;

static void
repaint_thread(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  RepaintJob *job = data;
  GError *error = NULL;
  MsDisplay *display = ms_display_repaint(job->display, &job->painting, cancellable, &error);

  if (display)
    g_task_return_pointer(task, display, (GDestroyNotify)ms_display_unref);
  else
    g_task_return_error(task, error);
}

static void
repaint_job_free(gpointer data)
{
  RepaintJob *job = data;

  ms_display_unref(job->display);
  ms_painting_clear(&job->painting);
  g_free(job);
}

static void
repaint_done(GObject *source, GAsyncResult *result, gpointer user)
{
  MsWindow *self = MS_WINDOW(source);
  g_autoptr(MsDisplay) display = g_task_propagate_pointer(G_TASK(result), NULL);
  RepaintJob *job = g_task_get_task_data(G_TASK(result));
  gboolean again = self->paint_again;

  self->busy_paint = self->paint_again = FALSE;
  if (display && self->cache && job->generation == self->generation) {
    ms_display_cache_put(self->cache, display);
    if (display->frame->example == self->example && display->frame->model == self->model) {
      ms_window_show_display(self, display);
      return;
    }
  }
  if (again && ms_window_is_shown(self))
    ms_window_repaint(self);
}

void
ms_window_repaint(MsWindow *self)
{
  if (self->busy_paint) {
    self->paint_again = TRUE;
    return;
  }

  MsPainting painting = ms_window_get_painting(self);
  RepaintJob *job = g_new0(RepaintJob, 1);
  g_autoptr(GTask) task = ms_job_new(self, NULL, repaint_done);

  job->display = ms_display_ref(self->shown);
  job->painting = ms_painting_copy(&painting);
  job->generation = self->generation;
  self->busy_paint = TRUE;
  g_task_set_source_tag(task, ms_window_repaint);
  g_task_set_task_data(task, job, repaint_job_free);
  g_task_run_in_thread(task, repaint_thread);
}

/* --- stepping --- */

/* "Reading scan_07 · 16,384 × 16,384 …": what is on screen is another example. */
static char *
describe_reading(MsWindow *self)
{
  const char *id = ms_set_get_id(self->set, self->example);
  int width, height;

  if (!ms_display_cache_get_size(self->cache, self->example, self->model, &width, &height))
    return g_strdup_printf("Reading %s …", id);

  g_autofree char *wide = ms_describe_count((guint64)width);
  g_autofree char *high = ms_describe_count((guint64)height);

  return g_strdup_printf("Reading %s · %s × %s …", id, wide, high);
}

static gboolean
show_reading(gpointer user)
{
  MsWindow *self = user;
  g_autofree char *text = describe_reading(self);

  self->reading_timeout = 0;
  gtk_label_set_text(self->reading_text, text);
  gtk_widget_set_visible(self->reading, TRUE);
  gtk_spinner_start(self->spinner);
  return G_SOURCE_REMOVE;
}

static void
follow_travel(MsWindow *self)
{
  guint position = ms_example_list_get_position(self->list);

  if (position == self->position)
    return;
  self->travel = position == self->position + 1 ? 1 : position + 1 == self->position ? -1 : 0;
  self->position = position;
  ms_window_note_step(self);
}

/* Until the new example is decoded the old one stays on screen, whole: never one's picture beside
 * the other's numbers. */
void
ms_window_show_example(MsWindow *self)
{
  MsDisplay *display;

  if (self->example == G_MAXUINT) {
    ms_window_show_display(self, NULL);
    return;
  }
  self->chosen_by_repeat = self->repeating;
  follow_travel(self);
  display = ms_window_is_shown(self)
                ? self->shown
                : ms_display_cache_get(self->cache, self->example, self->model);
  if (display) {
    ms_window_show_display(self, display);
    return;
  }
  ms_window_stop_analysing(self);
  hold_others(self, TRUE);
  want_displays(self);
  if (!self->reading_timeout)
    self->reading_timeout = g_timeout_add(READING_MS, show_reading, self);
  ms_window_update_actions(self);
}

void
ms_window_stay(MsWindow *self)
{
  if (!self->shown || self->shown->frame->set != self->set || ms_window_is_shown(self))
    return;
  if (self->shown->frame->model == self->model)
    ms_example_list_select(self->list, self->shown->frame->example);
}
