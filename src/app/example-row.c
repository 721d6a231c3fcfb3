/* SPDX-License-Identifier: MIT */
#include "app/example-row.h"

#include "set/describe.h"

struct _MsExampleRow {
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *box;
  GtkPicture *picture;
  GtkLabel *name;
  GtkLabel *folder;
  GtkLabel *iou;
  GtkLabel *mark;

  /* Owned */
  MsExample *example;
  MsEvaluation *evaluation;
  MsThumbnails *thumbnails;
};

G_DEFINE_FINAL_TYPE(MsExampleRow, ms_example_row, GTK_TYPE_WIDGET)

static void
append_part(GString *text, const char *part)
{
  if (part && *part)
    g_string_append_printf(text, "%s%s", text->len ? " · " : "", part);
}

/* Where the example belongs: the folders of its id, the split unless they begin with it, the group.
 */
static char *
describe_place(MsExample *example, const char *folder)
{
  const char *split = ms_example_get_split(example);
  gsize length = split ? strlen(split) : 0;
  gboolean told = split && folder && strncmp(folder, split, length) == 0 &&
                  (folder[length] == '/' || folder[length] == '\0');
  GString *text = g_string_new(folder);

  append_part(text, told ? NULL : split);
  append_part(text, ms_example_get_group(example));
  return g_string_free(text, FALSE);
}

/* The last part of the id in one label, where it belongs in the other. */
static void
show_name(MsExampleRow *self)
{
  const char *id = ms_example_get_id(self->example);
  const char *slash = strrchr(id, '/');
  g_autofree char *folder = slash ? g_strndup(id, slash - id) : NULL;
  g_autofree char *place = describe_place(self->example, folder);

  gtk_label_set_text(self->name, slash ? slash + 1 : id);
  gtk_label_set_text(self->folder, place);
  gtk_widget_set_visible(GTK_WIDGET(self->folder), *place != '\0');
}

static void
set_mark(MsExampleRow *self, const char *text, const char *class)
{
  const char *classes[] = {"mark", class, NULL};

  gtk_label_set_text(self->mark, text);
  gtk_widget_set_visible(GTK_WIDGET(self->mark), *text != '\0');
  gtk_widget_set_css_classes(GTK_WIDGET(self->mark), classes);
}

static void
show_score(MsExampleRow *self, guint model)
{
  MsScore score =
      ms_evaluation_get_score(self->evaluation, ms_example_get_index(self->example), model);

  gtk_widget_set_tooltip_text(GTK_WIDGET(self), ms_example_get_id(self->example));
  if (score.status == MS_RESULT_WAITING) {
    gtk_label_set_text(self->iou, "");
    set_mark(self, "", NULL);
  } else if (score.status != MS_RESULT_OK) {
    gtk_label_set_text(self->iou, "");
    set_mark(self, score.status == MS_RESULT_ERROR ? "error" : "skipped", "problem");
    gtk_widget_set_tooltip_text(GTK_WIDGET(self), score.message);
  } else {
    g_autofree char *iou = ms_describe_ratio(score.iou, 3);

    gtk_label_set_text(self->iou, iou);
    set_mark(self, score.exact ? "exact" : "", "exact");
  }
}

void
ms_example_row_update(MsExampleRow *self, guint model)
{
  if (!self->example)
    return;
  show_score(self, model);
  gtk_picture_set_paintable(
      self->picture,
      GDK_PAINTABLE(ms_thumbnails_get(self->thumbnails, ms_example_get_index(self->example))));
}

void
ms_example_row_bind(MsExampleRow *self, MsExample *example, MsEvaluation *evaluation,
                    MsThumbnails *thumbnails, guint model)
{
  g_set_object(&self->example, example);
  g_set_object(&self->evaluation, evaluation);
  g_set_object(&self->thumbnails, thumbnails);
  show_name(self);
  ms_example_row_update(self, model);
}

void
ms_example_row_unbind(MsExampleRow *self)
{
  g_clear_object(&self->example);
  g_clear_object(&self->evaluation);
  g_clear_object(&self->thumbnails);
}

MsExample *
ms_example_row_get_example(MsExampleRow *self)
{
  return self->example;
}

static void
ms_example_row_dispose(GObject *object)
{
  MsExampleRow *self = MS_EXAMPLE_ROW(object);

  ms_example_row_unbind(self);
  gtk_widget_dispose_template(GTK_WIDGET(self), MS_TYPE_EXAMPLE_ROW);
  G_OBJECT_CLASS(ms_example_row_parent_class)->dispose(object);
}

static void
ms_example_row_class_init(MsExampleRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  G_OBJECT_CLASS(class)->dispose = ms_example_row_dispose;
  gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource(widget_class,
                                              "/org/maskscope/Maskscope/ui/example-row.ui");
  gtk_widget_class_bind_template_child(widget_class, MsExampleRow, box);
  gtk_widget_class_bind_template_child(widget_class, MsExampleRow, picture);
  gtk_widget_class_bind_template_child(widget_class, MsExampleRow, name);
  gtk_widget_class_bind_template_child(widget_class, MsExampleRow, folder);
  gtk_widget_class_bind_template_child(widget_class, MsExampleRow, iou);
  gtk_widget_class_bind_template_child(widget_class, MsExampleRow, mark);
}

static void
ms_example_row_init(MsExampleRow *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
}

GtkWidget *
ms_example_row_new(void)
{
  return g_object_new(MS_TYPE_EXAMPLE_ROW, NULL);
}
