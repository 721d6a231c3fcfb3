/* SPDX-License-Identifier: MIT
 *
 * Shaped for sets of a million examples: strings that repeat (splits, groups, reasons) are shared,
 * and what most examples lack takes no memory.
 */
#include "set/example.h"

#include "set/text.h"

struct _MsExample {
  GObject parent_instance;
  guint index;
  guint n_models;
  guint row;           /* of label sets */
  gboolean has_labels; /* actual ones */
  gboolean contested;  /* the actual mask */
  char *id;
  char *image;
  char *actual;
  char **predicted; /* n_models, each may be NULL */
  int image_part;
  int actual_part;
  int *parts;      /* n_models; NULL while every file is whole */
  char *split;     /* GRefString */
  char *group;     /* GRefString */
  char *problem;   /* GRefString: for every model */
  char **problems; /* n_models GRefStrings; NULL while no model has one */
};

G_DEFINE_FINAL_TYPE(MsExample, ms_example, G_TYPE_OBJECT)

static void
set_shared(char **member, const char *value)
{
  g_clear_pointer(member, g_ref_string_release);
  if (value)
    *member = g_ref_string_new_intern(value);
}

static void
ms_example_finalize(GObject *object)
{
  MsExample *self = MS_EXAMPLE(object);
  for (guint i = 0; i < self->n_models; i++) {
    g_free(self->predicted[i]);
    if (self->problems)
      g_clear_pointer(&self->problems[i], g_ref_string_release);
  }
  g_free(self->predicted);
  g_free(self->parts);
  g_free(self->problems);
  g_free(self->id);
  g_free(self->image);
  g_free(self->actual);
  set_shared(&self->split, NULL);
  set_shared(&self->group, NULL);
  set_shared(&self->problem, NULL);
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
  return self;
}

void
ms_example_set_image(MsExample *self, MsPlace image)
{
  ms_text_set(&self->image, image.path);
  self->image_part = image.part;
}

void
ms_example_set_actual(MsExample *self, MsPlace actual)
{
  ms_text_set(&self->actual, actual.path);
  self->actual_part = actual.part;
}

static void
set_part(MsExample *self, guint model, int part)
{
  if (!self->parts && part == MS_PART_WHOLE)
    return;
  if (!self->parts) {
    self->parts = g_new(int, self->n_models);
    for (guint i = 0; i < self->n_models; i++)
      self->parts[i] = MS_PART_WHOLE;
  }
  self->parts[model] = part;
}

void
ms_example_set_predicted(MsExample *self, guint model, MsPlace predicted)
{
  g_return_if_fail(model < self->n_models);
  ms_text_set(&self->predicted[model], predicted.path);
  set_part(self, model, predicted.part);
}

void
ms_example_set_contested(MsExample *self)
{
  self->contested = TRUE;
}

void
ms_example_set_row(MsExample *self, guint row, gboolean has_actual)
{
  self->row = row;
  self->has_labels = has_actual;
}

void
ms_example_set_split(MsExample *self, const char *split)
{
  set_shared(&self->split, split);
}

void
ms_example_set_group(MsExample *self, const char *group)
{
  set_shared(&self->group, group);
}

void
ms_example_set_problem(MsExample *self, guint model, const char *reason)
{
  if (model == G_MAXUINT) {
    set_shared(&self->problem, reason);
    return;
  }
  g_return_if_fail(model < self->n_models);
  if (!self->problems)
    self->problems = g_new0(char *, self->n_models);
  set_shared(&self->problems[model], reason);
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

gboolean
ms_example_is_in_split(MsExample *self, const char *split)
{
  return !split || g_strcmp0(self->split, split) == 0;
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
  return self->actual || self->contested || self->has_labels;
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
  if (self->problem)
    return self->problem;
  return self->problems && model < self->n_models ? self->problems[model] : NULL;
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
  return (MsPlace){self->predicted[model], self->parts ? self->parts[model] : MS_PART_WHOLE};
}
