/* SPDX-License-Identifier: MIT
 *
 * The check of the set: it runs by itself once a set is there, whole, and again when its files have
 * changed, and says in a line that it found something; the page shows what. A remedy is the set
 * opened again under other options, and only when somebody asks for it; taking it back is the same
 * with the options from before.
 */
#include "app/settings.h"
#include "app/window-private.h"

/* A set that changes again and again is checked when it rests, or has not for so long. */
#define REST_MS 2000
#define MOST_MS 30000

/* What was applied of a finding. Those in force are told by the options of the set that is open, so
 * that one that could not be opened is none. */
typedef struct {
  char *words;
  MsOptions *before;
  MsOptions *after;
} Remedy;

static void
remedy_free(gpointer data)
{
  Remedy *remedy = data;

  g_free(remedy->words);
  ms_options_free(remedy->before);
  ms_options_free(remedy->after);
  g_free(remedy);
}

static gboolean
says_same(const MsOptions *a, const MsOptions *b)
{
  g_auto(GStrv) first = ms_options_to_arguments(a);
  g_auto(GStrv) second = ms_options_to_arguments(b);

  return g_strcmp0(a->set, b->set) == 0 &&
         g_strv_equal((const char *const *)first, (const char *const *)second);
}

/* How many of the remedies are in force: the first ones. */
static guint
count_applied(MsWindow *self)
{
  for (guint n = self->remedies->len; self->options && n > 0; n--) {
    const Remedy *remedy = g_ptr_array_index(self->remedies, n - 1);

    if (says_same(remedy->after, self->options))
      return n;
  }
  return 0;
}

static void
show_applied(MsWindow *self)
{
  g_autoptr(GStrvBuilder) words = g_strv_builder_new();
  g_auto(GStrv) all = NULL;
  guint n = count_applied(self);

  for (guint i = 0; i < n; i++)
    g_strv_builder_add(words, ((const Remedy *)g_ptr_array_index(self->remedies, i))->words);
  all = g_strv_builder_end(words);
  ms_check_view_set_applied(self->check_view, all);
  ms_window_update_check_actions(self);
}

/* --- the line --------------------------------------------------------------------------------- */

/* The same findings in the same set, whatever was read again. Caller frees. */
static char *
describe_findings(MsWindow *self, const MsCheck *check)
{
  GString *text = g_string_new(ms_set_get_path(self->set));

  for (guint i = 0; i < check->findings->len; i++) {
    const MsCheckFinding *finding = g_ptr_array_index(check->findings, i);

    g_string_append_printf(text, "\n%s %u", ms_check_kind_id(finding->kind), finding->model);
  }
  return g_string_free(text, FALSE);
}

/* Where there is little room it is so short that it covers little of the picture. Caller frees. */
static char *
describe_line(MsWindow *self, guint n)
{
  if (self->narrow)
    return g_strdup_printf(n == 1 ? "%u finding" : "%u findings", n);
  return g_strdup_printf(n == 1 ? "%u thing about this set deserves a look"
                                : "%u things about this set deserve a look",
                         n);
}

static gboolean
deserves_a_line(MsWindow *self, const MsCheck *check)
{
  g_autofree char *found = NULL;

  if (self->page_is_check || !self->set || !check || check->findings->len == check->n_notes)
    return FALSE;
  found = describe_findings(self, check);
  return !g_hash_table_contains(self->dismissed, found);
}

void
ms_window_update_check_line(MsWindow *self)
{
  const MsCheck *check = ms_checker_get_check(self->checker);
  gboolean shown = deserves_a_line(self, check);
  guint n = shown ? check->findings->len - check->n_notes : 0;
  g_autofree char *text = NULL;

  if (shown) {
    text = describe_line(self, n);
    gtk_label_set_text(self->check_words, text);
  }
  gtk_revealer_set_reveal_child(self->check_line, shown);
}

/* As long as the window lives. */
static void
dismiss_line(MsWindow *self)
{
  const MsCheck *check = ms_checker_get_check(self->checker);

  if (self->set && check)
    g_hash_table_add(self->dismissed, describe_findings(self, check));
  ms_window_update_check_line(self);
}

static void
dismiss_check(GtkWidget *widget, const char *name, GVariant *parameter)
{
  dismiss_line(MS_WINDOW(widget));
  ms_window_focus_example(MS_WINDOW(widget));
}

/* --- running ---------------------------------------------------------------------------------- */

static gboolean
may_check(MsWindow *self)
{
  return self->set && !ms_set_is_partial(self->set);
}

static void
start_check(MsWindow *self)
{
  g_clear_handle_id(&self->check_timeout, g_source_remove);
  if (may_check(self))
    ms_checker_start(self->checker, self->set);
}

static gboolean
check_due(gpointer user)
{
  MsWindow *self = user;

  self->check_timeout = 0;
  start_check(self);
  return G_SOURCE_REMOVE;
}

/* What was found in another set, or under other options, is not shown of this one. */
static gboolean
is_of_present(MsWindow *self)
{
  const MsCheck *check = ms_checker_get_check(self->checker);

  return check && says_same(ms_set_get_options(check->set), ms_set_get_options(self->set));
}

void
ms_window_watch_check(MsWindow *self, gboolean same)
{
  self->look_at = G_MAXUINT; /* an index of the set before */
  if (!same) {
    g_ptr_array_set_size(self->remedies, 0);
    ms_window_leave_check(self);
  }
  show_applied(self);
  if (same && is_of_present(self)) {
    ms_window_check_later(self);
    return;
  }
  ms_checker_forget(self->checker);
  start_check(self);
}

void
ms_window_check_later(MsWindow *self)
{
  gint64 now = g_get_monotonic_time(), waited;

  if (!may_check(self) || ms_checker_get_state(self->checker) == MS_CHECKER_STOPPED)
    return;
  if (!self->check_timeout)
    self->check_wanted = now;
  waited = (now - self->check_wanted) / G_TIME_SPAN_MILLISECOND;
  g_clear_handle_id(&self->check_timeout, g_source_remove);
  self->check_timeout = g_timeout_add((guint)CLAMP(MOST_MS - waited, 0, REST_MS), check_due, self);
}

void
ms_window_unwatch_check(MsWindow *self)
{
  g_clear_handle_id(&self->check_timeout, g_source_remove);
  ms_checker_forget(self->checker);
}

static void
check_again(GtkWidget *widget, const char *name, GVariant *parameter)
{
  start_check(MS_WINDOW(widget));
}

static void
stop_check(GtkWidget *widget, const char *name, GVariant *parameter)
{
  ms_checker_stop(MS_WINDOW(widget)->checker);
}

/* --- the page --------------------------------------------------------------------------------- */

/* It is there also where the inspector is not. */
static void
update_side(MsWindow *self)
{
  GtkWidget *page =
      self->page_is_check ? GTK_WIDGET(self->check_view) : GTK_WIDGET(self->inspector);

  gtk_stack_set_visible_child(self->side, page);
  gtk_widget_set_visible(GTK_WIDGET(self->side),
                         self->page_is_check ||
                             g_settings_get_boolean(ms_settings_get(), "show-inspector"));
}

static void
show_check(MsWindow *self)
{
  self->page_is_check = TRUE;
  update_side(self);
  dismiss_line(self);
  if (self->check_timeout || ms_checker_get_state(self->checker) == MS_CHECKER_NONE)
    start_check(self);
  ms_window_update_actions(self);
  ms_check_view_focus(self->check_view);
}

gboolean
ms_window_leave_check(MsWindow *self)
{
  if (!self->page_is_check)
    return FALSE;
  self->page_is_check = FALSE;
  update_side(self);
  ms_window_update_actions(self);
  ms_window_focus_example(self);
  return TRUE;
}

static void
check(GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (!ms_window_leave_check(MS_WINDOW(widget)))
    show_check(MS_WINDOW(widget));
}

static void
leave_check(GtkWidget *widget, const char *name, GVariant *parameter)
{
  ms_window_leave_check(MS_WINDOW(widget));
}

/* --- what is done about a finding ------------------------------------------------------------- */

static const MsCheckFinding *
get_finding(MsWindow *self, GVariant *number)
{
  const MsCheck *check = ms_checker_get_check(self->checker);
  guint i = g_variant_get_uint32(number);

  return check && i < check->findings->len ? g_ptr_array_index(check->findings, i) : NULL;
}

static void
choose_model_of(MsWindow *self, const MsCheck *check, const MsCheckFinding *finding)
{
  const char *name =
      finding->model == G_MAXUINT ? NULL : ms_set_get_model_name(check->set, finding->model);

  for (guint i = 0; name && i < ms_set_get_n_models(self->set); i++)
    if (i != self->model && g_str_equal(ms_set_get_model_name(self->set, i), name))
      ms_window_set_model(self, i);
}

/* A list that does not show it shows all. */
static void
choose_example(MsWindow *self, guint example)
{
  self->look_at = example;
  if (!ms_example_list_shows(self->list, example)) {
    gtk_drop_down_set_selected(self->split_choice, 0);
    g_action_group_activate_action(G_ACTION_GROUP(self), "clear-filters", NULL);
  }
  ms_window_follow_check(self);
}

void
ms_window_follow_check(MsWindow *self)
{
  if (self->look_at == G_MAXUINT || !ms_example_list_shows(self->list, self->look_at))
    return;
  ms_example_list_select(self->list, self->look_at);
  self->look_at = G_MAXUINT;
}

/* The check's set may be one that was read before. */
static void
look_at(MsWindow *self, GVariant *parameter, int step)
{
  const MsCheck *check = ms_checker_get_check(self->checker);
  const MsCheckFinding *finding = get_finding(self, parameter);
  guint example;

  if (!finding || !self->set || finding->examples->len == 0)
    return;
  example = ms_check_row_step(
      ms_check_view_get_row(self->check_view, g_variant_get_uint32(parameter)), finding, step);

  const char *id = ms_set_get_id(check->set, example);

  example = ms_set_find_example(self->set, id);
  if (example == G_MAXUINT) {
    ms_window_say(self, FALSE, "%s is no longer in the set", id);
    return;
  }
  choose_model_of(self, check, finding);
  choose_example(self, example);
}

static void
look_at_finding(GtkWidget *widget, const char *name, GVariant *parameter)
{
  look_at(MS_WINDOW(widget), parameter, 1);
}

static void
look_back_at_finding(GtkWidget *widget, const char *name, GVariant *parameter)
{
  look_at(MS_WINDOW(widget), parameter, -1);
}

/* "eager: flipped left to right", or the remedy in its own words. Caller frees. */
static char *
describe_remedy(const MsCheck *check, const MsCheckFinding *finding)
{
  const char *model =
      finding->model == G_MAXUINT ? NULL : ms_set_get_model_name(check->set, finding->model);
  g_autofree char *models = ms_check_finding_dup_models(check, finding);
  g_autofree char *done = finding->adjustment ? ms_adjustment_describe(finding->adjustment) : NULL;

  if (!done)
    return g_strdup(finding->remedy ? finding->remedy : finding->title);
  return g_strdup_printf("%s: %s", models ? models : model ? model : "Every model", done);
}

static void
apply_remedy(GtkWidget *widget, const char *name, GVariant *parameter)
{
  MsWindow *self = MS_WINDOW(widget);
  const MsCheck *check = ms_checker_get_check(self->checker);
  const MsCheckFinding *finding = get_finding(self, parameter);
  MsOptions *options = finding ? ms_check_mend(check, finding) : NULL;
  Remedy *remedy;

  if (!options)
    return;
  g_ptr_array_set_size(self->remedies, (gint)count_applied(self));
  remedy = g_new0(Remedy, 1);
  remedy->words = describe_remedy(check, finding);
  remedy->before = ms_options_copy(self->options);
  remedy->after = options;
  g_ptr_array_add(self->remedies, remedy);
  ms_window_reopen(self, options);
}

static void
undo_remedy(GtkWidget *widget, const char *name, GVariant *parameter)
{
  MsWindow *self = MS_WINDOW(widget);
  guint n = count_applied(self);

  if (n > 0)
    ms_window_reopen(self, ((const Remedy *)g_ptr_array_index(self->remedies, n - 1))->before);
}

static void
copy_remedy(GtkWidget *widget, const char *name, GVariant *parameter)
{
  MsWindow *self = MS_WINDOW(widget);
  const MsCheckFinding *finding = get_finding(self, parameter);

  if (!finding || !finding->line)
    return;
  gdk_clipboard_set_text(gtk_widget_get_clipboard(widget), finding->line);
  ms_window_say(self, FALSE, "Copied for a .maskset file");
}

/* --- actions ---------------------------------------------------------------------------------- */

void
ms_window_update_check_actions(MsWindow *self)
{
  GtkWidget *widget = GTK_WIDGET(self);
  gboolean whole = may_check(self) && !ms_window_is_opening(self);

  gtk_widget_action_set_enabled(widget, "win.check", whole || self->page_is_check);
  gtk_widget_action_set_enabled(widget, "win.check-again", whole);
  gtk_widget_action_set_enabled(widget, "win.apply-remedy", whole);
  gtk_widget_action_set_enabled(widget, "win.undo-remedy", whole && count_applied(self) > 0);
}

void
ms_window_class_init_check_actions(GtkWidgetClass *class)
{
  gtk_widget_class_install_action(class, "win.check", NULL, check);
  gtk_widget_class_install_action(class, "win.leave-check", NULL, leave_check);
  gtk_widget_class_install_action(class, "win.check-again", NULL, check_again);
  gtk_widget_class_install_action(class, "win.stop-check", NULL, stop_check);
  gtk_widget_class_install_action(class, "win.dismiss-check", NULL, dismiss_check);
  gtk_widget_class_install_action(class, "win.look-at-finding", "u", look_at_finding);
  gtk_widget_class_install_action(class, "win.look-back-at-finding", "u", look_back_at_finding);
  gtk_widget_class_install_action(class, "win.apply-remedy", "u", apply_remedy);
  gtk_widget_class_install_action(class, "win.undo-remedy", NULL, undo_remedy);
  gtk_widget_class_install_action(class, "win.copy-remedy", "u", copy_remedy);
}

void
ms_window_init_check(MsWindow *self)
{
  self->look_at = G_MAXUINT;
  self->checker = ms_checker_new();
  self->remedies = g_ptr_array_new_with_free_func(remedy_free);
  self->dismissed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  ms_check_view_set_checker(self->check_view, self->checker);
  g_signal_connect_object(self->checker, "changed", G_CALLBACK(ms_window_update_check_line), self,
                          G_CONNECT_SWAPPED);
  g_signal_connect_object(ms_settings_get(), "changed::show-inspector", G_CALLBACK(update_side),
                          self, G_CONNECT_SWAPPED);
  update_side(self);
}

void
ms_window_dispose_check(MsWindow *self)
{
  g_clear_handle_id(&self->check_timeout, g_source_remove);
  g_clear_object(&self->checker);
  g_clear_pointer(&self->remedies, g_ptr_array_unref);
  g_clear_pointer(&self->dismissed, g_hash_table_unref);
}
