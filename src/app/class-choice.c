/* SPDX-License-Identifier: MIT */
#include "app/class-choice.h"

#include <string.h>

#include "app/drop-down.h"
#include "app/tip.h"

#define FEW_CLASSES 12 /* are found without a search */

struct _MsClassChoice {
  GtkWidget parent_instance;

  guint model;
  guint64 occurring;
  gboolean updating;
  gboolean together;

  /* Owned */
  char *action;
  MsSet *set;
  GArray *ids; /* guint32, those that can be chosen, behind "any" */

  /* Children */
  GtkDropDown *choice;
};

G_DEFINE_FINAL_TYPE(MsClassChoice, ms_class_choice, GTK_TYPE_WIDGET)

enum { PROP_ACTION = 1, PROP_TOGETHER, N_PROPERTIES };

static GParamSpec *properties[N_PROPERTIES];

/* --- which classes there are --- */

static void
add_class(MsClassChoice *self, const MsRules *rules, guint32 id)
{
  if (ms_rules_is_class(rules, id) &&
      (rules->comparison == MS_COMPARE_LABELS || id != rules->background))
    g_array_append_val(self->ids, id);
}

static void
list_classes(MsClassChoice *self)
{
  const MsRules *rules = &ms_set_get_rules(self->set, self->model)->rules;
  const MsLabelData *labels = ms_set_get_labels(self->set);

  if (!ms_comparison_has_classes(rules->comparison))
    return;
  if (labels) {
    for (guint32 id = 0; id < ms_label_data_n_labels(labels); id++)
      add_class(self, rules, id);
  } else if (rules->classes) {
    for (gsize i = 0; i < rules->n_classes; i++)
      add_class(self, rules, rules->classes[i]);
  } else {
    for (guint32 id = 0; id < 64; id++)
      if (self->occurring >> id & 1)
        add_class(self, rules, id);
  }
}

static void
fill(MsClassChoice *self)
{
  static const char *const firsts[2][2] = {{"Any class", "Any label"},
                                           {"All classes", "All labels"}};
  const char *first = firsts[self->together][ms_set_get_labels(self->set) != NULL];
  g_autoptr(GtkStringList) names = gtk_string_list_new((const char *[]){first, NULL});

  for (guint i = 0; i < self->ids->len; i++)
    gtk_string_list_take(
        names, ms_set_class_name(self->set, self->model, g_array_index(self->ids, guint32, i)));
  self->updating = TRUE;
  gtk_drop_down_set_model(self->choice, G_LIST_MODEL(names));
  gtk_drop_down_set_enable_search(self->choice, self->ids->len > FEW_CLASSES);
  self->updating = FALSE;
}

static gboolean
is_same(const GArray *a, const GArray *b)
{
  return a->len == b->len &&
         (a->len == 0 || memcmp(a->data, b->data, a->len * sizeof(guint32)) == 0);
}

/* The choice itself stays as long as its classes do: somebody may be looking at it. */
static void
refill(MsClassChoice *self, gboolean other_set)
{
  g_autoptr(GArray) before = g_steal_pointer(&self->ids);

  self->ids = g_array_new(FALSE, FALSE, sizeof(guint32));
  list_classes(self);
  if (other_set || !is_same(before, self->ids))
    fill(self);
}

void
ms_class_choice_set_set(MsClassChoice *self, MsSet *set, guint model, guint64 occurring)
{
  gboolean other_set = set != self->set;

  if (!other_set && self->model == model && self->occurring == occurring)
    return;
  g_set_object(&self->set, set);
  self->model = model;
  self->occurring = occurring;
  refill(self, other_set);
  gtk_widget_set_visible(GTK_WIDGET(self), self->ids->len > 1);
}

/* --- which one is chosen --- */

/* Its place in the drop-down; 0: there is no such class. */
static guint
place_of(MsClassChoice *self, gint64 class_id)
{
  for (guint i = 0; i < self->ids->len; i++)
    if (g_array_index(self->ids, guint32, i) == class_id)
      return i + 1;
  return 0;
}

gboolean
ms_class_choice_has(MsClassChoice *self, gint64 class_id)
{
  return place_of(self, class_id) > 0;
}

void
ms_class_choice_set_chosen(MsClassChoice *self, gint64 class_id)
{
  self->updating = TRUE;
  gtk_drop_down_set_selected(self->choice, place_of(self, class_id));
  self->updating = FALSE;
}

static void
chosen(GtkDropDown *choice, GParamSpec *pspec, MsClassChoice *self)
{
  guint place = gtk_drop_down_get_selected(choice);
  gint64 id = MS_ANY_CLASS;

  if (self->updating || place == GTK_INVALID_LIST_POSITION)
    return;
  if (place > 0)
    id = g_array_index(self->ids, guint32, place - 1);
  gtk_widget_activate_action(GTK_WIDGET(self), self->action, "x", id);
}

/* --- construction --- */

static void
ms_class_choice_dispose(GObject *object)
{
  MsClassChoice *self = MS_CLASS_CHOICE(object);

  if (self->choice)
    gtk_widget_unparent(GTK_WIDGET(self->choice));
  self->choice = NULL;
  g_clear_object(&self->set);
  G_OBJECT_CLASS(ms_class_choice_parent_class)->dispose(object);
}

static void
ms_class_choice_set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MsClassChoice *self = MS_CLASS_CHOICE(object);

  switch (id) {
  case PROP_ACTION:
    g_free(self->action);
    self->action = g_value_dup_string(value);
    break;
  case PROP_TOGETHER:
    self->together = g_value_get_boolean(value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
  }
}

static void
ms_class_choice_finalize(GObject *object)
{
  g_array_unref(MS_CLASS_CHOICE(object)->ids);
  g_free(MS_CLASS_CHOICE(object)->action);
  G_OBJECT_CLASS(ms_class_choice_parent_class)->finalize(object);
}

static void
ms_class_choice_class_init(MsClassChoiceClass *class)
{
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS;

  G_OBJECT_CLASS(class)->dispose = ms_class_choice_dispose;
  G_OBJECT_CLASS(class)->finalize = ms_class_choice_finalize;
  G_OBJECT_CLASS(class)->set_property = ms_class_choice_set_property;
  properties[PROP_ACTION] = g_param_spec_string("action", NULL, NULL, "win.filter-class", flags);
  properties[PROP_TOGETHER] = g_param_spec_boolean("together", NULL, NULL, FALSE, flags);
  g_object_class_install_properties(G_OBJECT_CLASS(class), N_PROPERTIES, properties);
  gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(class), GTK_TYPE_BIN_LAYOUT);
}

static void
ms_class_choice_init(MsClassChoice *self)
{
  GtkExpression *name = gtk_property_expression_new(GTK_TYPE_STRING_OBJECT, NULL, "string");
  GtkWidget *choice = gtk_drop_down_new(NULL, name);

  self->ids = g_array_new(FALSE, FALSE, sizeof(guint32));
  self->choice = GTK_DROP_DOWN(choice);
  ms_drop_down_cut(self->choice);
  ms_tip_set(GTK_WIDGET(self), "List examples with this class");
  gtk_accessible_update_property(GTK_ACCESSIBLE(choice), GTK_ACCESSIBLE_PROPERTY_LABEL, "Class",
                                 -1);
  gtk_widget_set_parent(choice, GTK_WIDGET(self));
  g_signal_connect(choice, "notify::selected", G_CALLBACK(chosen), self);
  gtk_widget_set_visible(GTK_WIDGET(self), FALSE);
}
