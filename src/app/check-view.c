/* SPDX-License-Identifier: MIT */
#include "app/check-view.h"

#include "set/describe.h"

#define POLL_MS 250

struct _MsCheckView {
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *box; /* child */
  GtkLabel *summary;
  GtkWidget *busy;
  GtkSpinner *spinner;
  GtkLabel *progress;
  GtkWidget *body;
  GtkWidget *applied;
  GtkLabel *remedies;
  GtkButton *undo;
  GtkWidget *message;
  GtkImage *sign;
  GtkLabel *words;
  GtkBox *findings;
  GtkLabel *notes_title;
  GtkBox *notes;
  GtkWidget *foot;
  GtkLabel *sampling;

  MsChecker *checker; /* owned */
  MsCheck *shown;     /* owned: whose rows there are; NULL: no one's */
  guint poll;
};

G_DEFINE_FINAL_TYPE(MsCheckView, ms_check_view, GTK_TYPE_WIDGET)

/* --- what was found --------------------------------------------------------------------------- */

MsCheckRow *
ms_check_view_get_row(MsCheckView *self, guint number)
{
  GtkBox *boxes[] = {self->findings, self->notes};

  for (guint i = 0; i < G_N_ELEMENTS(boxes); i++) {
    GtkWidget *row = gtk_widget_get_first_child(GTK_WIDGET(boxes[i]));

    for (; row; row = gtk_widget_get_next_sibling(row))
      if (number-- == 0)
        return MS_CHECK_ROW(row);
  }
  return NULL;
}

static GtkBox *
box_of(MsCheckView *self, const MsCheckFinding *finding)
{
  return finding->is_note ? self->notes : self->findings;
}

static void
show_findings(MsCheckView *self, MsCheck *check)
{
  MsCheckRow *row;

  if (check == self->shown)
    return;
  while ((row = ms_check_view_get_row(self, 0)))
    gtk_box_remove(GTK_BOX(gtk_widget_get_parent(GTK_WIDGET(row))), GTK_WIDGET(row));
  g_clear_pointer(&self->shown, ms_check_unref);
  self->shown = check ? ms_check_ref(check) : NULL;
  for (guint i = 0; check && i < check->findings->len; i++)
    gtk_box_append(box_of(self, g_ptr_array_index(check->findings, i)), ms_check_row_new(check, i));
  gtk_widget_set_visible(GTK_WIDGET(self->notes_title), check && check->n_notes > 0);
}

/* --- what is said of it ----------------------------------------------------------------------- */

/* Without notes. */
static guint
count_findings(const MsCheck *check)
{
  return check ? check->findings->len - check->n_notes : 0;
}

static char *
describe_summary(const MsCheck *check)
{
  guint n = count_findings(check);
  g_autofree char *count = ms_describe_count(n);

  if (n == 0)
    return g_strdup("");
  return g_strdup_printf(n == 1 ? "%s thing deserves a look" : "%s things deserve a look", count);
}

/* Behind another one; NULL: none. */
static void
append_sentence(GString *text, const char *words)
{
  g_autofree char *sentence = words ? ms_describe_sentence(words) : NULL;

  if (sentence)
    g_string_append_printf(text, " %s", sentence);
}

static char *
describe_clean(const MsCheck *check)
{
  GString *text = g_string_new("Nothing was found that deserves a look.");
  g_autofree char *scores = ms_check_describe_scores(check);
  g_autofree char *unexplained = ms_check_describe_unexplained(check);

  append_sentence(text, scores);
  append_sentence(text, unexplained);
  return g_string_free(text, FALSE);
}

/* A line in the place of findings; "" where there are some, or they are waited for. */
static char *
describe_state(MsCheckView *self, const MsCheck *check)
{
  switch (ms_checker_get_state(self->checker)) {
  case MS_CHECKER_FAILED:
    return g_strdup_printf("The set could not be checked: %s", ms_checker_get_error(self->checker));
  case MS_CHECKER_STOPPED:
    return g_strdup(check ? "" : "The check was stopped.");
  case MS_CHECKER_DONE:
    return count_findings(check) > 0 ? g_strdup("") : describe_clean(check);
  case MS_CHECKER_NONE:
  case MS_CHECKER_RUNNING:
  default:
    return g_strdup("");
  }
}

static void
show_words(MsCheckView *self, const MsCheck *check)
{
  g_autofree char *summary = describe_summary(check);
  g_autofree char *state = describe_state(self, check);
  gboolean clean = ms_checker_get_state(self->checker) == MS_CHECKER_DONE;

  gtk_label_set_text(self->summary, summary);
  gtk_widget_set_visible(GTK_WIDGET(self->summary), *summary != '\0');
  gtk_label_set_text(self->words, state);
  gtk_widget_set_visible(self->message, *state != '\0');
  gtk_image_set_from_icon_name(self->sign,
                               clean ? "emblem-ok-symbolic" : "dialog-information-symbolic");
}

static void
show_sampling(MsCheckView *self, const MsCheck *check)
{
  const char *sampling = check && check->sampling ? check->sampling : "";
  g_autofree char *scores = count_findings(check) > 0 ? ms_check_describe_scores(check) : NULL;
  g_autofree char *text = g_strconcat(sampling, scores ? "; " : "", scores, NULL);

  text[0] = g_ascii_toupper(text[0]);
  gtk_label_set_text(self->sampling, text);
}

/* --- under way -------------------------------------------------------------------------------- */

static gboolean
show_progress(gpointer user)
{
  MsCheckView *self = user;
  g_autofree char *text = ms_checker_describe_progress(self->checker);
  g_autofree char *dots = g_strconcat(text, "…", NULL);

  gtk_label_set_text(self->progress, dots);
  return G_SOURCE_CONTINUE;
}

/* Nobody looks at the progress of what is not on screen. */
static void
follow_progress(MsCheckView *self)
{
  gboolean busy = ms_checker_get_state(self->checker) == MS_CHECKER_RUNNING;
  gboolean seen = busy && gtk_widget_get_mapped(GTK_WIDGET(self));

  gtk_widget_set_visible(self->busy, busy);
  gtk_widget_set_visible(self->foot, !busy);
  gtk_spinner_set_spinning(self->spinner, seen);
  if (!seen)
    g_clear_handle_id(&self->poll, g_source_remove);
  else if (!self->poll)
    self->poll = g_timeout_add(POLL_MS, show_progress, self);
  if (seen)
    show_progress(self);
}

static gboolean
has_focus(MsCheckView *self)
{
  GtkRoot *root = gtk_widget_get_root(GTK_WIDGET(self));
  GtkWidget *focus = root ? gtk_root_get_focus(root) : NULL;

  return focus && gtk_widget_get_mapped(focus) && gtk_widget_is_ancestor(focus, GTK_WIDGET(self));
}

/* Whose row has the keyboard, of those that are shown; NULL: none. */
static const MsCheckFinding *
find_focused(MsCheckView *self, const MsCheck *shown)
{
  GtkWidget *focus = gtk_root_get_focus(gtk_widget_get_root(GTK_WIDGET(self)));

  for (guint i = 0; shown && i < shown->findings->len; i++)
    if (gtk_widget_is_ancestor(focus, GTK_WIDGET(ms_check_view_get_row(self, i))))
      return g_ptr_array_index(shown->findings, i);
  return NULL;
}

/* The keyboard goes to the row that says the same; FALSE: there is none. */
static gboolean
focus_same(MsCheckView *self, const MsCheckFinding *before)
{
  for (guint i = 0; before && self->shown && i < self->shown->findings->len; i++) {
    const MsCheckFinding *finding = g_ptr_array_index(self->shown->findings, i);

    if (finding->kind == before->kind && finding->model == before->model)
      return ms_check_row_focus(ms_check_view_get_row(self, i));
  }
  return FALSE;
}

static void
show(MsCheckView *self)
{
  MsCheck *check = ms_checker_get_check(self->checker);
  g_autoptr(MsCheck) before = self->shown ? ms_check_ref(self->shown) : NULL;
  gboolean focused = has_focus(self);
  const MsCheckFinding *finding = focused ? find_focused(self, before) : NULL;

  follow_progress(self);
  show_findings(self, check);
  show_words(self, check);
  show_sampling(self, check);
  if (focused && !has_focus(self) && !focus_same(self, finding))
    ms_check_view_focus(self); /* what had the keyboard is gone */
}

void
ms_check_view_set_checker(MsCheckView *self, MsChecker *checker)
{
  self->checker = g_object_ref(checker);
  g_signal_connect_object(checker, "changed", G_CALLBACK(show), self, G_CONNECT_SWAPPED);
  show(self);
}

/* --- remedies --------------------------------------------------------------------------------- */

void
ms_check_view_set_applied(MsCheckView *self, GStrv titles)
{
  guint n = g_strv_length(titles);
  g_autofree char *text = g_strjoinv("\n", titles);
  g_autofree char *spoken = n ? g_strdup_printf("Undo the remedy for: %s", titles[n - 1]) : NULL;

  gtk_label_set_text(self->remedies, text);
  gtk_widget_set_visible(self->applied, n > 0);
  gtk_button_set_label(self->undo, n > 1 ? "Undo the Last" : "Undo");
  if (spoken)
    gtk_accessible_update_property(GTK_ACCESSIBLE(self->undo), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                   spoken, -1);
}

/* --- the object ------------------------------------------------------------------------------- */

static gboolean
focus_row(MsCheckView *self)
{
  MsCheckRow *row;

  for (guint i = 0; (row = ms_check_view_get_row(self, i)); i++)
    if (ms_check_row_focus(row))
      return TRUE;
  return FALSE;
}

void
ms_check_view_focus(MsCheckView *self)
{
  GtkWidget *parts[] = {self->busy, self->body, self->foot};

  if (!gtk_widget_get_visible(self->busy) && focus_row(self))
    return;
  for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
    gtk_widget_set_focus_child(parts[i], NULL); /* it begins behind one that may be gone */
    if (gtk_widget_child_focus(parts[i], GTK_DIR_TAB_FORWARD))
      return;
  }
}

static void
ms_check_view_map(GtkWidget *widget)
{
  GTK_WIDGET_CLASS(ms_check_view_parent_class)->map(widget);
  follow_progress(MS_CHECK_VIEW(widget));
}

static void
ms_check_view_unmap(GtkWidget *widget)
{
  GTK_WIDGET_CLASS(ms_check_view_parent_class)->unmap(widget);
  follow_progress(MS_CHECK_VIEW(widget));
}

static void
ms_check_view_dispose(GObject *object)
{
  MsCheckView *self = MS_CHECK_VIEW(object);

  g_clear_handle_id(&self->poll, g_source_remove);
  gtk_widget_dispose_template(GTK_WIDGET(self), MS_TYPE_CHECK_VIEW);
  g_clear_pointer(&self->shown, ms_check_unref);
  g_clear_object(&self->checker);
  G_OBJECT_CLASS(ms_check_view_parent_class)->dispose(object);
}

static void
bind_template(GtkWidgetClass *class)
{
  gtk_widget_class_bind_template_child(class, MsCheckView, box);
  gtk_widget_class_bind_template_child(class, MsCheckView, summary);
  gtk_widget_class_bind_template_child(class, MsCheckView, busy);
  gtk_widget_class_bind_template_child(class, MsCheckView, spinner);
  gtk_widget_class_bind_template_child(class, MsCheckView, progress);
  gtk_widget_class_bind_template_child(class, MsCheckView, body);
  gtk_widget_class_bind_template_child(class, MsCheckView, applied);
  gtk_widget_class_bind_template_child(class, MsCheckView, remedies);
  gtk_widget_class_bind_template_child(class, MsCheckView, undo);
  gtk_widget_class_bind_template_child(class, MsCheckView, message);
  gtk_widget_class_bind_template_child(class, MsCheckView, sign);
  gtk_widget_class_bind_template_child(class, MsCheckView, words);
  gtk_widget_class_bind_template_child(class, MsCheckView, findings);
  gtk_widget_class_bind_template_child(class, MsCheckView, notes_title);
  gtk_widget_class_bind_template_child(class, MsCheckView, notes);
  gtk_widget_class_bind_template_child(class, MsCheckView, foot);
  gtk_widget_class_bind_template_child(class, MsCheckView, sampling);
}

static void
ms_check_view_class_init(MsCheckViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  G_OBJECT_CLASS(class)->dispose = ms_check_view_dispose;
  widget_class->map = ms_check_view_map;
  widget_class->unmap = ms_check_view_unmap;
  gtk_widget_class_set_template_from_resource(widget_class,
                                              "/org/maskscope/Maskscope/ui/check-view.ui");
  bind_template(widget_class);
  gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name(widget_class, "checkview");
}

static void
ms_check_view_init(MsCheckView *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
}
