/* SPDX-License-Identifier: MIT */
#include "set/example.h"

#include "set/text.h"

struct _MsExample {
  GObject parent_instance;
  guint index;
  guint n_models;
  guint row; /* of label sets */
  gboolean has_actual;
  char *id;
  char *image;
  char *actual;
  char **predicted; /* n_models, each may be NULL */
  int image_part;
  int actual_part;
  int *parts; /* n_models */
  char *split;
  char *group;
  char **problems; /* n_models */
};

G_DEFINE_FINAL_TYPE(MsExample, ms_example, G_TYPE_OBJECT)

static void
ms_example_finalize(GObject *object)
{
  MsExample *self = MS_EXAMPLE(object);
  for (guint i = 0; i < self->n_models; i++) {
    g_free(self->predicted[i]);
    g_free(self->problems[i]);
  }
  g_free(self->predicted);
  g_free(self->parts);
  g_free(self->problems);
  g_free(self->id);
  g_free(self->image);
  g_free(self->actual);
  g_free(self->split);
  g_free(self->group);
  G_OBJECT_CLASS(ms_example_parent_class)->finalize(object);
}

static void
ms_example_class_init(MsExampleClass *class)
{
  G_OBJECT_CLASS(class)->finalize = ms_example_finalize;
}

static void
ms_example_init(MsExample *self)
{
}

MsExample *
ms_example_new(const char *id, guint index, guint n_models)
{
  MsExample *self = g_object_new(MS_TYPE_EXAMPLE, NULL);
  self->id = g_strdup(id);
  self->index = index;
  self->n_models = n_models;
  self->predicted = g_new0(char *, n_models);
  self->parts = g_new0(int, n_models);
  self->problems = g_new0(char *, n_models);
  return self;
}

static void
take(char **member, char *path)
{
  g_free(*member);
  *member = path;
}

void
ms_example_take_image(MsExample *self, char *path, int part)
{
  take(&self->image, path);
  self->image_part = part;
}

void
ms_example_take_actual(MsExample *self, char *path, int part)
{
  take(&self->actual, path);
  self->actual_part = part;
}

void
ms_example_take_predicted(MsExample *self, guint model, char *path, int part)
{
  g_return_if_fail(model < self->n_models);
  take(&self->predicted[model], path);
  self->parts[model] = part;
}

void
ms_example_set_has_actual(MsExample *self, gboolean has_actual)
{
  self->has_actual = has_actual;
}

void
ms_example_set_row(MsExample *self, guint row)
{
  self->row = row;
}

void
ms_example_set_split(MsExample *self, const char *split)
{
  ms_text_set(&self->split, split);
}

void
ms_example_set_group(MsExample *self, const char *group)
{
  ms_text_set(&self->group, group);
}

void
ms_example_set_problem(MsExample *self, guint model, const char *reason)
{
  g_return_if_fail(model < self->n_models);
  ms_text_set(&self->problems[model], reason);
}

const char *
ms_example_get_id(MsExample *self)
{
  return self->id;
}

guint
ms_example_get_index(MsExample *self)
{
  return self->index;
}

const char *
ms_example_get_split(MsExample *self)
{
  return self->split;
}

const char *
ms_example_get_group(MsExample *self)
{
  return self->group;
}

const char *
ms_example_get_image(MsExample *self)
{
  return self->image;
}

const char *
ms_example_get_actual(MsExample *self)
{
  return self->actual;
}

gboolean
ms_example_has_actual(MsExample *self)
{
  return self->has_actual;
}

const char *
ms_example_get_predicted(MsExample *self, guint model)
{
  g_return_val_if_fail(model < self->n_models, NULL);
  return self->predicted[model];
}

guint
ms_example_get_row(MsExample *self)
{
  return self->row;
}

const char *
ms_example_get_problem(MsExample *self, guint model)
{
  return model < self->n_models ? self->problems[model] : NULL;
}

MsPlace
ms_example_image_place(MsExample *self)
{
  return (MsPlace){self->image, self->image_part};
}

MsPlace
ms_example_actual_place(MsExample *self)
{
  return (MsPlace){self->actual, self->actual_part};
}

MsPlace
ms_example_predicted_place(MsExample *self, guint model)
{
  g_return_val_if_fail(model < self->n_models, ((MsPlace){NULL, MS_PART_WHOLE}));
  return (MsPlace){self->predicted[model], self->parts[model]};
}
