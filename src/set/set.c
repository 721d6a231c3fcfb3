/* SPDX-License-Identifier: MIT
 *
 * Opening is a row of steps, each of which hands a plain value to the next: find (find.h), class
 * table, readings (survey.h), choice of split and model, examples, rules.
 */
#include "set/set.h"

#include "io/file.h"
#include "set/class-lookup.h"
#include "set/find.h"
#include "set/first-look.h"
#include "set/survey.h"

/* The key of all examples together: no split is called so. */
#define ALL_SPLITS ""

struct _MsSet {
  GObject parent_instance;
  MsOptions *options;
  char *title;
  char *path;
  char *layout;
  GPtrArray *examples; /* MsExample */
  GPtrArray *models;   /* MsFoundModel; folder as it is shown */
  GStrv splits;
  GHashTable *by_split; /* split, "" for all -> GArray of guint */
  GStrv groups;
  MsClassTable *table;
  gboolean found_table;
  gboolean partial;
  MsLabelData *labels;        /* NULL: masks */
  MsAnnotations *annotations; /* of the actual masks; NULL: files */
  MsSharedFiles *shared_files;
  GPtrArray *readings; /* MsReading: actual, then each model */
  GPtrArray *rules;    /* MsRuleset, one a model */
  GPtrArray *notices;  /* MsNotice */
};

static GType
ms_set_get_item_type(GListModel *model)
{
  return MS_TYPE_EXAMPLE;
}

static guint
ms_set_get_n_items(GListModel *model)
{
  return MS_SET(model)->examples->len;
}

static gpointer
ms_set_get_item(GListModel *model, guint position)
{
  MsSet *self = MS_SET(model);
  if (position >= self->examples->len)
    return NULL;
  return g_object_ref(g_ptr_array_index(self->examples, position));
}

static void
ms_set_list_model_init(GListModelInterface *interface)
{
  interface->get_item_type = ms_set_get_item_type;
  interface->get_n_items = ms_set_get_n_items;
  interface->get_item = ms_set_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE(MsSet, ms_set, G_TYPE_OBJECT,
                              G_IMPLEMENT_INTERFACE(G_TYPE_LIST_MODEL, ms_set_list_model_init))

G_DEFINE_QUARK(ms - set - error - quark, ms_set_error)

static void
ms_set_finalize(GObject *object)
{
  MsSet *self = MS_SET(object);
  ms_options_free(self->options);
  g_free(self->title);
  g_free(self->path);
  g_free(self->layout);
  g_clear_pointer(&self->examples, g_ptr_array_unref);
  g_clear_pointer(&self->models, g_ptr_array_unref);
  g_strfreev(self->splits);
  g_clear_pointer(&self->by_split, g_hash_table_unref);
  g_strfreev(self->groups);
  ms_class_table_free(self->table);
  ms_label_data_unref(self->labels);
  ms_annotations_unref(self->annotations);
  ms_shared_files_free(self->shared_files);
  g_clear_pointer(&self->readings, g_ptr_array_unref);
  g_clear_pointer(&self->rules, g_ptr_array_unref);
  g_clear_pointer(&self->notices, g_ptr_array_unref);
  G_OBJECT_CLASS(ms_set_parent_class)->finalize(object);
}

static void
ms_set_class_init(MsSetClass *class)
{
  G_OBJECT_CLASS(class)->finalize = ms_set_finalize;
}

static void
ms_set_init(MsSet *self)
{
  self->shared_files = ms_shared_files_new();
}

/* --- class table ---------------------------------------------------------------------------- */

/* The classes that an annotation file names: that of the actual masks before those of models. */
static MsClassTable *
named_by_annotations(const MsInventory *inventory)
{
  const MsClassTable *table =
      inventory->annotations ? ms_annotations_table(inventory->annotations) : NULL;
  for (guint i = 0; !table && i < inventory->models->len; i++) {
    const MsFoundModel *model = g_ptr_array_index(inventory->models, i);
    if (model->annotations)
      table = ms_annotations_table(model->annotations);
  }
  return table ? ms_class_table_copy(table) : NULL;
}

/* A table that lies in the set goes before one that its layout is known to have. */
static MsClassTable *
find_table(const MsInventory *inventory, GCancellable *cancellable)
{
  MsClassTable *table = named_by_annotations(inventory);
  if (!table)
    table = ms_class_lookup(inventory->class_folder, inventory->notices, cancellable);
  if (!table && inventory->class_table)
    table = ms_class_table_by_name(inventory->class_table);
  return table;
}

static gboolean
load_table(MsSet *self, const MsInventory *inventory, GCancellable *cancellable, GError **error)
{
  if (self->options->classes)
    self->table = ms_class_table_open(self->options->classes, cancellable, error);
  else if (self->options->table)
    self->table = ms_class_table_copy(self->options->table);
  if (self->options->classes && !self->table)
    return FALSE;
  if (!self->table) {
    self->table = find_table(inventory, cancellable);
    self->found_table = self->table != NULL;
  }
  return ms_options_resolve_ignored(self->options, self->table, error);
}

/* What can be asked of masks alone is not passed over in silence. */
static gboolean
check_label_options(const MsOptions *options, GError **error)
{
  const char *wrong = NULL;
  if (options->positive_choice != MS_CHOICE_AUTO)
    wrong = "--positive";
  else if (options->background_choice == MS_CHOICE_GIVEN)
    wrong = "--background";
  else if (options->resize_predicted)
    wrong = "--size-mismatch nearest";
  if (wrong)
    g_set_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE,
                "%s is about masks, and this set has label sets", wrong);
  return !wrong;
}

static gboolean
check_ignored_labels(const MsOptions *options, const MsLabelData *labels, GError **error)
{
  guint n_labels = ms_label_data_n_labels(labels);
  for (guint i = 0; i < options->ignore->len; i++) {
    guint32 id = g_array_index(options->ignore, guint32, i);
    if (id < n_labels)
      continue;
    g_set_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE,
                "--ignore %u names no label: the set has %u, from 0 (%s) to %u (%s)", id, n_labels,
                ms_label_data_name(labels, 0), n_labels - 1,
                ms_label_data_name(labels, n_labels - 1));
    return FALSE;
  }
  return TRUE;
}

/* The labels are the classes. */
static gboolean
take_labels(MsSet *self, const MsInventory *inventory, GError **error)
{
  if (!check_label_options(self->options, error))
    return FALSE;
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (guint i = 0; i < ms_label_data_n_labels(inventory->labels); i++)
    g_ptr_array_add(names, (char *)ms_label_data_name(inventory->labels, i));
  self->labels = ms_label_data_ref(inventory->labels);
  self->table = ms_class_table_from_names((const char *const *)names->pdata, names->len,
                                          inventory->actual_folder);
  return ms_options_resolve_ignored(self->options, self->table, error) &&
         check_ignored_labels(self->options, inventory->labels, error);
}

/* --- rules ---------------------------------------------------------------------------------- */

static const MsReading *
role_reading(const MsSet *self, guint index)
{
  return g_ptr_array_index(self->readings, index);
}

/* Without a table every id is a class that is not ignored, but for MS_ID_NONE, the largest one. */
static GArray *
list_ignored(const MsSet *self, const MsReading *predicted)
{
  static const guint32 none = MS_ID_NONE;
  GArray *ignored = g_array_copy(role_reading(self, 0)->ignored);
  guint n = ignored->len;
  if (predicted->outsiders && !self->table &&
      (n == 0 || g_array_index(ignored, guint32, n - 1) != none))
    g_array_append_val(ignored, none);
  return ignored;
}

static void
set_class_rules(const MsSet *self, const GArray *ignored, MsRules *rules)
{
  rules->comparison = MS_COMPARE_CLASSES;
  rules->ignored = (const guint32 *)(void *)ignored->data;
  rules->n_ignored = ignored->len;
  rules->background = self->table ? self->table->background : 0;
  if (self->options->background_choice == MS_CHOICE_NONE)
    rules->background = -1;
  if (self->options->background_choice == MS_CHOICE_GIVEN)
    rules->background = self->options->background;
  if (self->table) {
    rules->classes = self->table->ids;
    rules->n_classes = self->table->n_classes;
    rules->ignore_unlisted = self->table->ignore_unlisted;
  }
}

/* Every label is a class, so none is listed: results keep a copy of their rules. */
static void
set_label_rules(const MsSet *self, MsRules *rules)
{
  rules->comparison = MS_COMPARE_LABELS;
  rules->ignored = (const guint32 *)(void *)self->options->ignore->data;
  rules->n_ignored = self->options->ignore->len;
}

/* Objects without scores are all there. */
static MsRuleset *
make_stack_rules(const MsSet *self, const MsReading *predicted, MsRules *rules)
{
  double threshold = self->options->has_threshold ? self->options->threshold : 0;
  set_class_rules(self, role_reading(self, 0)->ignored, rules);
  rules->comparison = MS_COMPARE_STACKS;
  return predicted->maximum > 0 ? ms_ruleset_new_of_values(rules, threshold, predicted->maximum)
                                : ms_ruleset_new(rules, threshold);
}

static MsRuleset *
make_rules(const MsSet *self, guint model)
{
  static const guint32 binary_ignored[] = {MS_READING_IGNORED};
  const MsReading *predicted = role_reading(self, model + 1);
  double threshold = self->options->threshold;
  MsRules rules;
  ms_rules_init(&rules);
  rules.empty = self->options->empty;
  if (self->labels) {
    set_label_rules(self, &rules);
    return ms_label_data_has_scores(self->labels, model)
               ? ms_ruleset_new_of_scores(&rules, threshold)
               : ms_ruleset_new(&rules, threshold);
  }
  if (role_reading(self, 0)->encoding == MS_ENCODING_STACKS ||
      predicted->encoding == MS_ENCODING_STACKS)
    return make_stack_rules(self, predicted, &rules);
  if (ms_reading_has_classes(role_reading(self, 0))) {
    g_autoptr(GArray) ignored = list_ignored(self, predicted);
    set_class_rules(self, ignored, &rules);
    return ms_ruleset_new(&rules, threshold);
  }
  if (role_reading(self, 0)->ignored->len > 0) {
    rules.ignored = binary_ignored;
    rules.n_ignored = G_N_ELEMENTS(binary_ignored);
  }
  if (predicted->encoding != MS_ENCODING_PROBABILITY) {
    rules.comparison = MS_COMPARE_BINARY;
    return ms_ruleset_new(&rules, threshold);
  }
  rules.comparison = MS_COMPARE_THRESHOLD;
  return ms_ruleset_new_of_values(&rules, threshold, predicted->maximum);
}

/* --- opening -------------------------------------------------------------------------------- */

static MsExample *
make_example(const MsInventory *inventory, MsEntry *entry, guint index)
{
  guint n_models = inventory->models->len;
  MsExample *example = ms_example_new(entry->id, index, n_models);
  ms_example_set_image(example, (MsPlace){entry->image, entry->image_part});
  ms_example_set_actual(example, (MsPlace){entry->actual, entry->actual_part});
  if (inventory->labels)
    ms_example_set_row(example, entry->row, ms_inventory_has(inventory, entry, MS_LABEL_ACTUAL));
  ms_example_set_split(example, entry->split);
  ms_example_set_group(example, entry->group);
  for (guint i = 0; i < n_models; i++)
    ms_example_set_predicted(example, i, (MsPlace){entry->predicted[i], entry->predicted_parts[i]});
  for (guint i = 0; entry->problems && i < entry->problems->len; i++) {
    const MsProblem *problem = &g_array_index(entry->problems, MsProblem, i);
    ms_example_set_problem(example, problem->model, problem->reason);
    if (problem->model == G_MAXUINT && problem->kind == MS_PROBLEM_AMBIGUOUS)
      ms_example_set_contested(example);
  }
  return example;
}

static int
compare_strings(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static GStrv
collect_groups(const MsInventory *inventory)
{
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  GPtrArray *names = g_ptr_array_new();
  for (guint i = 0; i < inventory->entries->len; i++) {
    const MsEntry *entry = g_ptr_array_index(inventory->entries, i);
    if (entry->group && g_hash_table_add(seen, entry->group))
      g_ptr_array_add(names, g_strdup(entry->group));
  }
  g_ptr_array_sort(names, compare_strings);
  g_ptr_array_add(names, NULL);
  return (GStrv)g_ptr_array_free(names, FALSE);
}

static void
add_to_split(GHashTable *by_split, const char *split, guint index)
{
  GArray *indices = g_hash_table_lookup(by_split, split);
  if (!indices) {
    indices = g_array_new(FALSE, FALSE, sizeof(guint));
    g_hash_table_insert(by_split, g_strdup(split), indices);
  }
  g_array_append_val(indices, index);
}

static GHashTable *
index_splits(const GPtrArray *examples)
{
  GHashTable *by_split =
      g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
  for (guint i = 0; i < examples->len; i++) {
    const char *split = ms_example_get_split(g_ptr_array_index(examples, i));
    add_to_split(by_split, ALL_SPLITS, i);
    if (split)
      add_to_split(by_split, split, i);
  }
  return by_split;
}

static void
note_unmatched_models(const MsInventory *inventory)
{
  for (guint model = 0; model < inventory->models->len; model++) {
    const MsFoundModel *found = g_ptr_array_index(inventory->models, model);
    guint i = 0;
    while (i < inventory->entries->len) {
      const MsEntry *entry = g_ptr_array_index(inventory->entries, i);
      if (ms_inventory_has(inventory, entry, G_MAXUINT) &&
          ms_inventory_has(inventory, entry, model))
        break;
      i++;
    }
    if (i == inventory->entries->len)
      ms_notices_add(inventory->notices, found->folder,
                     inventory->labels ? "No example here has both actual and predicted labels"
                                       : "No predicted mask here has the id of an actual mask");
  }
}

/* Takes over what the inventory holds. */
static void
take_inventory(MsSet *self, MsInventory *inventory)
{
  self->title = g_steal_pointer(&inventory->title);
  self->path = g_steal_pointer(&inventory->path);
  self->layout = g_steal_pointer(&inventory->layout);
  self->notices = self->partial ? ms_notices_new() : g_ptr_array_ref(inventory->notices);
  self->models = g_ptr_array_ref(inventory->models);
  self->annotations = g_steal_pointer(&inventory->annotations);
  g_autoptr(GPtrArray) splits = ms_inventory_splits(inventory);
  g_ptr_array_set_free_func(splits, NULL);
  g_ptr_array_add(splits, NULL);
  self->splits = (GStrv)g_ptr_array_steal(splits, NULL);
  self->groups = collect_groups(inventory);
  self->examples = g_ptr_array_new_full(inventory->entries->len, g_object_unref);
  for (guint i = 0; i < inventory->entries->len; i++)
    g_ptr_array_add(self->examples,
                    make_example(inventory, g_ptr_array_index(inventory->entries, i), i));
  self->by_split = index_splits(self->examples);
}

static void
show_folders(GPtrArray *models)
{
  for (guint i = 0; i < models->len; i++) {
    MsFoundModel *model = g_ptr_array_index(models, i);
    g_autofree char *path = g_steal_pointer(&model->folder);
    model->folder = ms_path_display(path);
  }
}

/* The readings of the chosen models, in the place of those of all. */
static void
choose_readings(MsSet *self, const GPtrArray *all_names)
{
  for (guint i = all_names->len; i-- > 0;)
    if (!g_str_equal(g_ptr_array_index(all_names, i), self->options->model))
      g_ptr_array_remove_index(self->readings, i + 1);
}

static gboolean
decide_and_choose(MsSet *self, MsInventory *inventory, const MsSurveyContext *context,
                  GError **error)
{
  self->readings =
      inventory->labels ? g_ptr_array_ref(inventory->readings) : ms_survey_roles(context, error);
  if (!self->readings)
    return FALSE;
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i < inventory->models->len; i++) {
    const MsFoundModel *model = g_ptr_array_index(inventory->models, i);
    g_ptr_array_add(names, g_strdup(model->name));
  }
  if (!ms_inventory_choose(inventory, self->options->split, self->options->model, error))
    return FALSE;
  if (self->options->model)
    choose_readings(self, names);
  return TRUE;
}

static gboolean
open_found(MsSet *self, MsInventory *inventory, const MsSearch *search, GError **error)
{
  if (!(inventory->labels ? take_labels(self, inventory, error)
                          : load_table(self, inventory, search->cancellable, error)))
    return FALSE;
  note_unmatched_models(inventory);
  const MsLoader loader = ms_set_get_loader(self);
  MsSurveyContext context = {
      .inventory = inventory,
      .options = self->options,
      .table = self->table,
      .found_table = self->found_table,
      .loader = &loader,
      .progress = search->progress,
      .user = search->user,
      .cancellable = search->cancellable,
  };
  if (!decide_and_choose(self, inventory, &context, error))
    return FALSE;
  ms_inventory_note_problems(inventory);
  if (self->partial)
    ms_inventory_keep_certain(inventory, search);
  self->rules = g_ptr_array_new_with_free_func((GDestroyNotify)ms_ruleset_unref);
  for (guint i = 0; i < inventory->models->len; i++)
    g_ptr_array_add(self->rules, make_rules(self, i));
  take_inventory(self, inventory);
  show_folders(self->models);
  return TRUE;
}

static MsSet *
open_set(const MsOptions *options, MsSearch *search, GError **error)
{
  if (g_cancellable_set_error_if_cancelled(search->cancellable, error))
    return NULL;
  g_autoptr(MsSet) self = g_object_new(MS_TYPE_SET, NULL);
  self->options = ms_options_copy(options);
  if (search->progress)
    search->progress("Finding files", 0, 0, search->user);
  g_autoptr(MsInventory) inventory = ms_find_set(self->options, search, error);
  self->partial = search->cut != NULL;
  if (!inventory || !open_found(self, inventory, search, error))
    return NULL;
  return g_steal_pointer(&self);
}

MsSet *
ms_set_open(const MsOptions *options, MsSetProgress progress, gpointer user,
            GCancellable *cancellable, GError **error)
{
  MsSearch search = {progress, user, cancellable};
  return open_set(options, &search, error);
}

MsSet *
ms_set_open_first(const MsOptions *options, guint n_names, gboolean *whole,
                  GCancellable *cancellable, GError **error)
{
  g_auto(MsSearch) search = {.cancellable = cancellable, .n_names = n_names};
  MsSet *set = open_set(options, &search, error);
  *whole = search.cut == NULL;
  return set;
}

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
  return self->examples->len;
}

static MsExample *
example_at(MsSet *self, guint index)
{
  g_return_val_if_fail(index < self->examples->len, NULL);
  return g_ptr_array_index(self->examples, index);
}

MsExample *
ms_set_dup_example(MsSet *self, guint index)
{
  return g_object_ref(example_at(self, index));
}

const char *
ms_set_get_id(MsSet *self, guint index)
{
  return ms_example_get_id(example_at(self, index));
}

const char *
ms_set_get_split(MsSet *self, guint index)
{
  return ms_example_get_split(example_at(self, index));
}

const char *
ms_set_get_group(MsSet *self, guint index)
{
  return ms_example_get_group(example_at(self, index));
}

guint
ms_set_get_row(MsSet *self, guint index)
{
  return ms_example_get_row(example_at(self, index));
}

const char *
ms_set_get_problem(MsSet *self, guint index, guint model)
{
  return ms_example_get_problem(example_at(self, index), model);
}

gboolean
ms_set_has_actual(MsSet *self, guint index)
{
  return ms_example_has_actual(example_at(self, index));
}

guint
ms_set_find_example(MsSet *self, const char *id)
{
  guint low = 0, high = self->examples->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (strcmp(ms_set_get_id(self, middle), id) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low < self->examples->len && g_str_equal(ms_set_get_id(self, low), id) ? low : G_MAXUINT;
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
  const GArray *indices = g_hash_table_lookup(self->by_split, split ? split : ALL_SPLITS);
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
  return role_reading(self, 0);
}

const MsReading *
ms_set_get_predicted_reading(MsSet *self, guint model)
{
  g_return_val_if_fail(model < self->models->len, NULL);
  return role_reading(self, model + 1);
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
  const MsReading *actual = role_reading(self, 0);
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
