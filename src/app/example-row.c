/* SPDX-License-Identifier: MIT */
#include "app/example-row.h"

#include "app/name-label.h"
#include "app/tip.h"
#include "set/describe.h"

struct _MsExampleRow {
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *box;
  GtkPicture *picture;
  MsNameLabel *name;
  GtkLabel *folder;
  GtkLabel *value;
  GtkLabel *mark;

  guint example; /* G_MAXUINT: none */
  gboolean stale;

  /* Borrowed */
  const MsRowSource *source;
};

G_DEFINE_FINAL_TYPE(MsExampleRow, ms_example_row, GTK_TYPE_WIDGET)

/* --- the name --- */

static void
append_part(GString *text, const char *part)
{
  if (part && *part)
    g_string_append_printf(text, "%s%s", text->len ? " · " : "", part);
}

static MsSet *
set_of(MsExampleRow *self)
{
  return ms_evaluation_get_set(self->source->evaluation);
}

/* Where the example belongs: the folders of its id, the split unless they begin with it, the group.
 */
static char *
describe_place(MsExampleRow *self, const char *folder)
{
  const char *split = ms_set_get_split(set_of(self), self->example);
  gsize length = split ? strlen(split) : 0;
  gboolean told = split && folder && strncmp(folder, split, length) == 0 &&
                  (folder[length] == '/' || folder[length] == '\0');
  GString *text = g_string_new(folder);

  append_part(text, told ? NULL : split);
  append_part(text, ms_set_get_group(set_of(self), self->example));
  return g_string_free(text, FALSE);
}

/* The last part of the id in one label, where it belongs in the other. */
static void
show_name(MsExampleRow *self)
{
  const char *id = ms_set_get_id(set_of(self), self->example);
  const char *slash = strrchr(id, '/');
  const char *name = slash ? slash + 1 : id;
  g_autofree char *shortly = ms_common_name_shorten(&self->source->common, name);
  g_autofree char *folder = slash ? g_strndup(id, slash - id) : NULL;
  g_autofree char *place = describe_place(self, folder);

  ms_name_label_set(self->name, name, shortly);
  gtk_label_set_text(self->folder, place);
  gtk_widget_set_visible(GTK_WIDGET(self->folder), *place != '\0');
}

/* --- the score --- */

static void
set_mark(MsExampleRow *self, const char *text, const char *class)
{
  const char *classes[] = {"mark", "numeric", class, NULL};

  gtk_label_set_text(self->mark, text);
  gtk_widget_set_visible(GTK_WIDGET(self->mark), *text != '\0');
  gtk_widget_set_css_classes(GTK_WIDGET(self->mark), classes);
}

/* Pixels of the largest region, or of the error. NULL: not known yet. */
static char *
describe_errors(MsExampleRow *self)
{
  const MsRowSource *source = self->source;
  const MsFoundRecord *record =
      source->diagnoses ? ms_diagnoses_get_record(source->diagnoses, self->example, source->model)
                        : NULL;
  g_autofree char *number = NULL;

  if (!record || record->status != MS_FOUND_OK)
    return NULL;
  number = ms_describe_count(source->sort == MS_SORT_REGION ? record->largest
                                                            : record->errors[source->error]);
  return g_strdup_printf("%s px", number);
}

/* What the list is sorted by, where that is not IoU. */
static char *
describe_value(MsExampleRow *self, const MsScore *score)
{
  g_autofree char *number = NULL;

  switch (self->source->sort) {
  case MS_SORT_DICE:
    number = ms_describe_ratio(score->dice, 3);
    return g_strdup_printf("Dice %s", number);
  case MS_SORT_FP:
    number = ms_describe_count(score->counts.fp);
    return g_strdup_printf("%s FP", number);
  case MS_SORT_FN:
    number = ms_describe_count(score->counts.fn);
    return g_strdup_printf("%s FN", number);
  case MS_SORT_ERROR:
    if (self->source->error != MS_ANY_ERROR)
      return describe_errors(self);
    number = ms_describe_count(score->wrong);
    return g_strdup_printf("%s wrong", number);
  case MS_SORT_REGION:
    return describe_errors(self);
  default:
    return NULL;
  }
}

static void
show_time(MsExampleRow *self, gint64 time)
{
  g_autoptr(GDateTime) changed =
      g_date_time_new_from_unix_local(time / G_GINT64_CONSTANT(1000000000));
  g_autofree char *date = changed ? g_date_time_format(changed, "%Y-%m-%d") : NULL;
  g_autofree char *clock = changed ? g_date_time_format(changed, "%H:%M:%S") : NULL;

  gtk_label_set_text(self->value, date ? date : "");
  gtk_widget_add_css_class(GTK_WIDGET(self->value), "date");
  set_mark(self, clock ? clock : "", "dim-label");
}

static void
show_result(MsExampleRow *self, const MsScore *score)
{
  g_autofree char *iou = ms_describe_ratio(score->iou, 3);
  g_autofree char *value = describe_value(self, score);
  gboolean by_match = self->source->sort == MS_SORT_EXACT;
  g_autofree char *beside = g_strdup_printf("IoU %s", iou);

  gtk_label_set_text(self->value, value ? value : iou);
  if (score->exact)
    set_mark(self, "exact", "exact");
  else
    set_mark(self, value ? beside : by_match ? "not exact" : "", "dim-label");
}

static void
show_score(MsExampleRow *self)
{
  MsScore score =
      ms_evaluation_get_score(self->source->evaluation, self->example, self->source->model);
  gboolean scored = score.status == MS_RESULT_OK;
  const char *id = ms_set_get_id(set_of(self), self->example);

  ms_tip_set(GTK_WIDGET(self), score.message && !scored ? score.message : id);
  gtk_label_set_text(self->value, "");
  gtk_widget_remove_css_class(GTK_WIDGET(self->value), "date");
  if (score.status == MS_RESULT_WAITING)
    set_mark(self, "", NULL);
  else if (!scored)
    set_mark(self, score.status == MS_RESULT_ERROR ? "error" : "skipped", "problem");
  else if (self->source->sort == MS_SORT_TIME && score.time > 0)
    show_time(self, score.time);
  else
    show_result(self, &score);
}

/* --- binding --- */

void
ms_example_row_update(MsExampleRow *self)
{
  self->stale = FALSE;
  if (self->example == G_MAXUINT)
    return;
  show_name(self);
  show_score(self);
  gtk_picture_set_paintable(
      self->picture, GDK_PAINTABLE(ms_thumbnails_get(self->source->thumbnails, self->example)));
}

void
ms_example_row_set_stale(MsExampleRow *self)
{
  self->stale = TRUE;
}

gboolean
ms_example_row_is_stale(MsExampleRow *self)
{
  return self->stale;
}

void
ms_example_row_bind(MsExampleRow *self, guint example, const MsRowSource *source)
{
  self->example = example;
  self->source = source;
  self->stale = TRUE;
}

void
ms_example_row_unbind(MsExampleRow *self)
{
  self->example = G_MAXUINT;
  self->source = NULL;
}

guint
ms_example_row_get_example(MsExampleRow *self)
{
  return self->example;
}

static void
ms_example_row_dispose(GObject *object)
{
  MsExampleRow *self = MS_EXAMPLE_ROW(object);

  gtk_widget_dispose_template(GTK_WIDGET(self), MS_TYPE_EXAMPLE_ROW);
  G_OBJECT_CLASS(ms_example_row_parent_class)->dispose(object);
}

static void
ms_example_row_class_init(MsExampleRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  g_type_ensure(MS_TYPE_NAME_LABEL);
  G_OBJECT_CLASS(class)->dispose = ms_example_row_dispose;
  gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource(widget_class,
                                              "/org/maskscope/Maskscope/ui/example-row.ui");
  gtk_widget_class_bind_template_child(widget_class, MsExampleRow, box);
  gtk_widget_class_bind_template_child(widget_class, MsExampleRow, picture);
  gtk_widget_class_bind_template_child(widget_class, MsExampleRow, name);
  gtk_widget_class_bind_template_child(widget_class, MsExampleRow, folder);
  gtk_widget_class_bind_template_child(widget_class, MsExampleRow, value);
  gtk_widget_class_bind_template_child(widget_class, MsExampleRow, mark);
}

static void
ms_example_row_init(MsExampleRow *self)
{
  self->example = G_MAXUINT;
  gtk_widget_init_template(GTK_WIDGET(self));
}

GtkWidget *
ms_example_row_new(void)
{
  return g_object_new(MS_TYPE_EXAMPLE_ROW, NULL);
}
