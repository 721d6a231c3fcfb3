/* SPDX-License-Identifier: MIT
 *
 * What an opened set tells. Nothing here changes it.
 */
#include "set/set-private.h"

#include "set/inventory.h"

/* --- what it holds -------------------------------------------------------------------------- */

const MsOptions *
ms_set_get_options(MsSet *self)
{
  return self->options;
}

const char *
ms_set_get_title(MsSet *self)
{
  return self->title;
}

const char *
ms_set_get_path(MsSet *self)
{
  return self->path;
}

const char *
ms_set_get_layout(MsSet *self)
{
  return self->layout;
}

gboolean
ms_set_is_partial(MsSet *self)
{
  return self->partial;
}

guint
ms_set_get_n_examples(MsSet *self)
{
  return ms_example_table_n_examples(self->examples);
}

gsize
ms_set_bytes(MsSet *self)
{
  GHashTableIter iter;
  gpointer indices;
  gsize n_bytes = ms_example_table_bytes(self->examples) + self->all->len * sizeof(guint);

  g_hash_table_iter_init(&iter, self->by_split);
  while (g_hash_table_iter_next(&iter, NULL, &indices))
    n_bytes += ((const GArray *)indices)->len * sizeof(guint);
  return n_bytes;
}

/* --- examples ------------------------------------------------------------------------------- */

static gboolean
is_example(MsSet *self, guint index)
{
  return index < ms_example_table_n_examples(self->examples);
}

gboolean
ms_set_has_file(MsSet *self, guint index, guint role)
{
  return ms_example_table_has_file(self->examples, index, role);
}

char *
ms_set_dup_file(MsSet *self, guint index, guint role, int *part)
{
  return ms_example_table_file(self->examples, index, role, part);
}

static void
set_files(MsSet *self, MsExample *example, guint index)
{
  int part;
  char *path = ms_example_table_file(self->examples, index, MS_FILE_IMAGE, &part);

  ms_example_take_image(example, path, part);
  path = ms_example_table_file(self->examples, index, MS_FILE_ACTUAL, &part);
  ms_example_take_actual(example, path, part);
  for (guint i = 0; i < self->models->len; i++) {
    path = ms_example_table_file(self->examples, index, MS_FILE_PREDICTED + i, &part);
    ms_example_take_predicted(example, i, path, part);
    ms_example_set_problem(example, i, ms_example_table_problem(self->examples, index, i));
  }
}

MsExample *
ms_set_dup_example(MsSet *self, guint index)
{
  g_return_val_if_fail(is_example(self, index), NULL);
  MsExampleFacts facts = ms_example_table_facts(self->examples, index);
  MsExample *example = ms_example_new(facts.id, index, self->models->len);
  ms_example_set_split(example, facts.split);
  ms_example_set_group(example, facts.group);
  ms_example_set_row(example, facts.row);
  ms_example_set_has_actual(example, facts.has_actual);
  set_files(self, example, index);
  return example;
}

const char *
ms_set_get_id(MsSet *self, guint index)
{
  g_return_val_if_fail(is_example(self, index), NULL);
  return ms_example_table_id(self->examples, index);
}

const char *
ms_set_get_split(MsSet *self, guint index)
{
  g_return_val_if_fail(is_example(self, index), NULL);
  return ms_example_table_facts(self->examples, index).split;
}

const char *
ms_set_get_group(MsSet *self, guint index)
{
  g_return_val_if_fail(is_example(self, index), NULL);
  return ms_example_table_facts(self->examples, index).group;
}

guint
ms_set_get_row(MsSet *self, guint index)
{
  g_return_val_if_fail(is_example(self, index), 0);
  return ms_example_table_facts(self->examples, index).row;
}

const char *
ms_set_get_problem(MsSet *self, guint index, guint model)
{
  g_return_val_if_fail(is_example(self, index), NULL);
  return ms_example_table_problem(self->examples, index, model);
}

gboolean
ms_set_has_actual(MsSet *self, guint index)
{
  g_return_val_if_fail(is_example(self, index), FALSE);
  return ms_example_table_facts(self->examples, index).has_actual;
}

guint
ms_set_find_example(MsSet *self, const char *id)
{
  guint n = ms_set_get_n_examples(self), low = 0, high = n;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (strcmp(ms_example_table_id(self->examples, middle), id) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low < n && g_str_equal(ms_example_table_id(self->examples, low), id) ? low : G_MAXUINT;
}

guint
ms_set_get_n_models(MsSet *self)
{
  return self->models->len;
}

static const MsFoundModel *
model_at(const MsSet *self, guint model)
{
  g_return_val_if_fail(model < self->models->len, NULL);
  return g_ptr_array_index(self->models, model);
}

const char *
ms_set_get_model_name(MsSet *self, guint model)
{
  return model_at(self, model)->name;
}

const char *
ms_set_get_model_folder(MsSet *self, guint model)
{
  return model_at(self, model)->folder;
}

const guint *
ms_set_get_split_examples(MsSet *self, const char *split, guint *n_examples)
{
  const GArray *indices = split ? g_hash_table_lookup(self->by_split, split) : self->all;
  *n_examples = indices ? indices->len : 0;
  return indices ? (const guint *)(const void *)indices->data : NULL;
}

const char *const *
ms_set_get_splits(MsSet *self)
{
  return (const char *const *)self->splits;
}

const char *const *
ms_set_get_groups(MsSet *self)
{
  return (const char *const *)self->groups;
}

MsClassTable *
ms_set_get_classes(MsSet *self)
{
  return self->table;
}

const MsReading *
ms_set_get_actual_reading(MsSet *self)
{
  return ms_set_role_reading(self, 0);
}

const MsReading *
ms_set_get_predicted_reading(MsSet *self, guint model)
{
  g_return_val_if_fail(model < self->models->len, NULL);
  return ms_set_role_reading(self, model + 1);
}

const MsLabelData *
ms_set_get_labels(MsSet *self)
{
  return self->labels;
}

MsRuleset *
ms_set_get_rules(MsSet *self, guint model)
{
  g_return_val_if_fail(model < self->rules->len, NULL);
  return g_ptr_array_index(self->rules, model);
}

/* What a table of two classes calls the halves of a binary set. NULL where it cannot be told: its
 * background is the second class, or --positive names none of its ids. */
static const MsClass *
find_binary_class(const MsSet *self, guint32 id)
{
  const MsReading *actual = ms_set_role_reading(self, 0);
  gsize positive = 1;
  if (!self->table || self->table->n_classes != 2 || id > 1)
    return NULL;
  if (actual->positive >= 0)
    while (self->table->ids[positive] != actual->positive)
      if (positive-- == 0)
        return NULL;
  if (self->table->background == (gint64)self->table->ids[positive])
    return NULL;
  return &self->table->classes[id == 1 ? positive : 1 - positive];
}

char *
ms_set_class_name(MsSet *self, guint model, guint32 id)
{
  gboolean classes = ms_comparison_has_classes(ms_set_get_rules(self, model)->rules.comparison);
  const MsClass *class = NULL;
  if (!classes)
    class = find_binary_class(self, id);
  else if (self->table)
    class = ms_class_table_find_any(self->table, id);
  if (class)
    return g_strdup(class->name);
  if (classes && id == MS_ID_NONE)
    return g_strdup("no class");
  if (!classes && id == 1)
    return g_strdup("foreground");
  if (!classes && id == 0)
    return g_strdup("background");
  return g_strdup_printf("%u", id);
}

const GPtrArray *
ms_set_get_notices(MsSet *self)
{
  return self->notices;
}

MsLoader
ms_set_get_loader(MsSet *self)
{
  return (MsLoader){self->shared_files, self->options->slice_axis};
}

const MsAnnotations *
ms_set_get_annotations(MsSet *self, guint model)
{
  return model == MS_SET_ACTUAL ? self->annotations : model_at(self, model)->annotations;
}

MsStore *
ms_set_take_store(MsSet *self)
{
  return __atomic_exchange_n(&self->store, NULL, __ATOMIC_ACQ_REL);
}

void
ms_set_get_survey_sources(MsSet *self, guint64 *n_stored, guint64 *n_read)
{
  *n_stored = self->n_known;
  *n_read = self->n_read;
}
