/* SPDX-License-Identifier: MIT
 *
 * From one error region to the next: through those of the example, largest first, and on into the
 * next example of the list that has any. An example that is come to is shown at once, and its
 * region when it has been analysed.
 */
#include "app/window-private.h"
#include "set/describe.h"

#define MAX_PASSED 20000 /* rows that are passed over at once: the main loop waits for it */

/* --- within an example, and into the next one --- */

/* Whether the list's row can have a region: what has no score yet may. */
static gboolean
may_have_regions(MsWindow *self, guint example)
{
  MsScore score = ms_evaluation_get_score(self->evaluation, example, self->model);

  return score.status == MS_RESULT_WAITING || (score.status == MS_RESULT_OK && !score.exact);
}

static void
count_passed(MsWindow *self, guint example, guint n_passed[MS_N_PASSED])
{
  MsScore score = ms_evaluation_get_score(self->evaluation, example, self->model);

  if (score.status != MS_RESULT_OK)
    n_passed[MS_PASSED_UNSCORED]++;
  else
    n_passed[score.exact ? MS_PASSED_EXACT : MS_PASSED_HIDDEN]++;
}

/* The next row that may have a region; G_MAXUINT: none. Counts those in between. */
static guint
find_example(MsWindow *self, int way, guint n_passed[MS_N_PASSED])
{
  for (int i = 1; i <= MAX_PASSED; i++) {
    guint example = ms_example_list_peek(self->list, i * way);

    if (example == G_MAXUINT || i == MAX_PASSED || may_have_regions(self, example))
      return example;
    count_passed(self, example, n_passed);
  }
  return G_MAXUINT;
}

void
ms_window_end_search(MsWindow *self)
{
  self->search = 0;
  memset(self->n_passed, 0, sizeof self->n_passed);
}

/* "Passed over 3 exact matches and 1 that is not scored" */
static void
say_passed(MsWindow *self)
{
  static const struct {
    const char *one, *many;
  } words[MS_N_PASSED] = {
      [MS_PASSED_EXACT] = {"exact match", "exact matches"},
      [MS_PASSED_HIDDEN] = {"with no kind of error that is shown",
                            "with no kind of error that is shown"},
      [MS_PASSED_UNSCORED] = {"that is not scored", "that are not scored"},
  };
  g_autoptr(GString) text = g_string_new(NULL);
  guint left = 0;

  for (guint i = 0; i < MS_N_PASSED; i++)
    left += self->n_passed[i] > 0;
  for (guint i = 0; i < MS_N_PASSED; i++) {
    guint n = self->n_passed[i];
    g_autofree char *count = ms_describe_count(n);

    if (n == 0)
      continue;
    left--;
    g_string_append_printf(text, "%s%s %s",
                           text->len == 0 ? ""
                           : left == 0    ? " and "
                                          : ", ",
                           count, n == 1 ? words[i].one : words[i].many);
  }
  if (text->len > 0)
    ms_window_say(self, FALSE, "Passed over %s", text->str);
}

static void
search_on(MsWindow *self, int way)
{
  guint n_passed[MS_N_PASSED];
  guint example;

  memcpy(n_passed, self->n_passed, sizeof n_passed);
  example = find_example(self, way, n_passed);
  if (example == G_MAXUINT) {
    ms_window_end_search(self);
    ms_window_say(self, FALSE,
                  way > 0 ? "No error region after this one in the list"
                          : "No error region before this one in the list");
    return;
  }
  ms_example_list_select(self->list, example);
  self->search = way;
  self->searched = example;
  memcpy(self->n_passed, n_passed, sizeof n_passed);
  ms_window_follow_analysis(self);
}

static void
come_to(MsWindow *self, gssize region)
{
  say_passed(self);
  ms_window_end_search(self);
  ms_window_choose_region(self, region, TRUE);
}

/* The region that was come for, or on to the next example. */
static void
continue_search(MsWindow *self)
{
  MsRegionView *view = ms_inspector_get_regions(self->inspector);
  gssize region = ms_region_view_peek(view, -1, self->search);

  if (region >= 0) {
    come_to(self, region);
    return;
  }
  count_passed(self, self->example, self->n_passed);
  search_on(self, self->search);
}

static gboolean
is_analysed(MsWindow *self)
{
  return ms_window_is_shown(self) &&
         (self->analysis || !self->shown->confusion || ms_analyst_get_error(self->analyst));
}

static void
step_in_list(MsWindow *self, int way)
{
  gssize next;

  if (self->search != 0 && self->searched == self->example) {
    self->search = way; /* still on the way there: the last wish wins */
    return;
  }
  ms_window_end_search(self);
  if (!is_analysed(self)) {
    self->search = way;
    self->searched = self->example;
    return;
  }
  next = self->region < 0 && way < 0
             ? -1
             : ms_region_view_peek(ms_inspector_get_regions(self->inspector), self->region, way);
  if (next >= 0)
    ms_window_choose_region(self, next, TRUE);
  else
    search_on(self, way);
}

/* --- both --- */

void
ms_window_follow_analysis(MsWindow *self)
{
  if (self->example == G_MAXUINT || self->searched != self->example) {
    ms_window_end_search(self);
    self->wanted_region = -1;
    return;
  }
  if (!is_analysed(self))
    return;
  if (self->wanted_region >= 0) {
    gssize region = self->wanted_region;

    self->wanted_region = -1;
    ms_window_choose_region(self, region, TRUE);
  } else if (self->search != 0) {
    continue_search(self);
  }
}

static void
step_region(MsWindow *self, int way)
{
  if (ms_window_takes_whole_set(self))
    ms_window_step_in_set(self, way);
  else
    step_in_list(self, way);
}

static void
next_region(GtkWidget *widget, const char *name, GVariant *parameter)
{
  step_region(MS_WINDOW(widget), 1);
}

static void
previous_region(GtkWidget *widget, const char *name, GVariant *parameter)
{
  step_region(MS_WINDOW(widget), -1);
}

/* --- words --- */

/* "3 of 7" */
static char *
describe_place(MsWindow *self)
{
  guint n_rows = ms_region_view_get_n_rows(ms_inspector_get_regions(self->inspector));
  guint row = ms_region_view_get_row(ms_inspector_get_regions(self->inspector));
  g_autofree char *number = ms_describe_count((guint64)row + 1);
  g_autofree char *n = ms_describe_count(n_rows);

  if (row == G_MAXUINT)
    return g_strdup("");
  return g_strdup_printf("%s of %s", number, n);
}

void
ms_window_update_region_actions(MsWindow *self)
{
  gboolean open = self->set && !ms_set_get_labels(self->set) && self->example != G_MAXUINT;
  GAction *walk = g_action_map_lookup_action(G_ACTION_MAP(self), "walk-set");
  gboolean whole = ms_window_takes_whole_set(self);
  MsRegionView *regions = ms_inspector_get_regions(self->inspector);
  g_autofree char *among = NULL;
  g_autofree char *place = whole ? ms_window_describe_step(self, &among) : describe_place(self);

  gtk_widget_action_set_enabled(GTK_WIDGET(self), "win.next-region", open);
  gtk_widget_action_set_enabled(GTK_WIDGET(self), "win.previous-region", open);
  g_simple_action_set_enabled(G_SIMPLE_ACTION(walk), open);
  ms_region_view_set_heading(regions, whole ? "In this example" : "Largest first");
  ms_region_view_set_place(regions, place, whole ? among : "Of the regions of this example");
}

void
ms_window_class_init_region_actions(GtkWidgetClass *class)
{
  gtk_widget_class_install_action(class, "win.next-region", NULL, next_region);
  gtk_widget_class_install_action(class, "win.previous-region", NULL, previous_region);
}

void
ms_window_init_region_actions(MsWindow *self)
{
  self->wanted_region = -1;
  self->searched = G_MAXUINT;
}
