/* SPDX-License-Identifier: MIT */
#include "app/example-list-private.h"

#include "app/list-reason.h"
#include "app/sort-names.h"
#include "app/tip.h"
#include "set/describe.h"

/* In the width of six figures, whatever the count; what is left off is not there yet. */
static char *
describe_shortly(guint count)
{
  if (count < 100000)
    return ms_describe_count(count);
  if (count < 1000000)
    return g_strdup_printf("%u k", count / 1000);
  if (count < 100000000)
    return g_strdup_printf("%u.%u M", count / 1000000, count / 100000 % 10);
  return g_strdup_printf("%u M", count / 1000000);
}

void
ms_example_list_update_counts(MsExampleList *self, const MsOrder *order)
{
  static const char *const actions[MS_N_SHOWS] = {"Show all examples", "Show exact matches",
                                                  "Show not exact", "Show skipped or not readable"};

  for (MsShow show = 0; show < MS_N_SHOWS; show++) {
    g_autofree char *shortly = describe_shortly(order->counts[show]);
    g_autofree char *count = ms_describe_count(order->counts[show]);
    g_autofree char *tip = g_strdup_printf("%s (%s)", actions[show], count);

    gtk_label_set_text(self->show_counts[show], shortly);
    ms_tip_set(self->shows[show], tip);
  }
}

void
ms_example_list_update_empty(MsExampleList *self)
{
  const MsWish *wish = ms_arrangement_get_wish(self->arrangement);
  MsSet *set = ms_evaluation_get_set(self->evaluation);
  g_autofree char *class_name = wish->class_id == MS_ANY_CLASS
                                    ? NULL
                                    : ms_set_class_name(set, self->model, (guint32)wish->class_id);
  const MsOrder *order = ms_arrangement_get_order(self->arrangement);
  gboolean unknown = wish->error != MS_ANY_ERROR && order && order->n_unknown > 0;
  g_autofree char *reason =
      ms_list_reason(wish, class_name, unknown || ms_evaluation_is_running(self->evaluation));

  gtk_stack_set_visible_child_name(self->stack,
                                   ms_example_list_get_n_shown(self) > 0 ? "list" : "empty");
  gtk_label_set_text(self->empty, reason);
  gtk_widget_set_visible(self->clear, ms_list_is_filtered(wish));
}

void
ms_example_list_update_marked(MsExampleList *self)
{
  guint chosen = self->list ? ms_example_model_get_chosen(self->list) : G_MAXUINT;
  MsScore score = {.status = MS_RESULT_WAITING};

  if (chosen != G_MAXUINT)
    score = ms_evaluation_get_score(self->evaluation, chosen, self->model);
  ms_iou_range_set_marked(self->range, score.iou);
}

/* "By IoU, worst first", "By boundary pixels, most first" */
static char *
describe_order(MsSort sort, const MsWish *wish)
{
  const char *direction = ms_sort_get_direction(sort, wish->reverse);

  if (sort == MS_SORT_ERROR && wish->error != MS_ANY_ERROR)
    return g_strdup_printf("By %s pixels, %s", ms_error_info((MsError)wish->error)->id, direction);
  return g_strdup_printf("%s, %s", ms_sort_get_title(sort), direction);
}

static gboolean
has_regions(MsExampleList *self)
{
  return !self->evaluation || !ms_set_get_labels(ms_evaluation_get_set(self->evaluation));
}

/* Of every order, which way it goes now. */
static void
name_orders(MsExampleList *self, const MsWish *wish)
{
  g_autoptr(GtkStringList) titles = NULL;
  MsSort n = has_regions(self) ? MS_N_SORTS : MS_SORT_REGION;

  if (self->named && self->n_named == n && self->named_reverse == wish->reverse &&
      self->named_error == wish->error)
    return;
  titles = gtk_string_list_new(NULL);
  for (MsSort sort = 0; sort < n; sort++)
    gtk_string_list_take(titles, describe_order(sort, wish));
  self->n_named = n;
  self->named_reverse = wish->reverse;
  self->named_error = wish->error;
  self->named = FALSE; /* what is selected meanwhile is nobody's choice */
  gtk_drop_down_set_model(self->order, G_LIST_MODEL(titles));
  self->named = TRUE;
}

/* What clears the kind of error, where one is wished for. */
static void
show_error(MsExampleList *self, int error)
{
  g_autofree char *name = NULL;

  gtk_widget_set_visible(self->error, error != MS_ANY_ERROR);
  if (error == MS_ANY_ERROR)
    return;
  name = g_strdup_printf("Errors: %s", ms_error_info((MsError)error)->id);
  gtk_label_set_text(self->error_name, name);
}

void
ms_example_list_update_wish(MsExampleList *self)
{
  const MsWish *wish = ms_arrangement_get_wish(self->arrangement);
  MsSort sort = ms_arrangement_get_sort(self->arrangement);
  g_autofree char *tip = describe_order(sort, wish);

  name_orders(self, wish);
  show_error(self, wish->error);
  gtk_drop_down_set_selected(self->order, sort);
  ms_tip_set(GTK_WIDGET(self->order), tip);
  gtk_button_set_icon_name(self->direction, ms_sort_is_ascending(sort, wish->reverse)
                                                ? "view-sort-ascending-symbolic"
                                                : "view-sort-descending-symbolic");
  ms_tip_set(GTK_WIDGET(self->direction), tip);
  ms_iou_range_set_wish(self->range, wish);
  ms_class_choice_set_chosen(self->classes, wish->class_id);
}
