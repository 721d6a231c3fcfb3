/* SPDX-License-Identifier: MIT
 *
 * Opening is a row of steps, each of which hands a plain value to the next: find (find.h), class
 * table, readings (survey.h), choice of split and model, examples, rules.
 */
#include "set/set-private.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "io/file.h"
#include "set/class-lookup.h"
#include "set/find.h"
#include "set/first-look.h"
#include "set/reading-adjust.h"
#include "set/survey.h"

/* So many examples leave memory behind that is worth the time to give it back. */
#define MIN_LARGE 10000u

G_DEFINE_FINAL_TYPE(MsSet, ms_set, G_TYPE_OBJECT)

G_DEFINE_QUARK(ms - set - error - quark, ms_set_error)

static void
ms_set_finalize(GObject *object)
{
  MsSet *self = MS_SET(object);
  ms_options_free(self->options);
  g_free(self->title);
  g_free(self->path);
  g_free(self->layout);
  ms_example_table_free(self->examples);
  g_clear_pointer(&self->models, g_ptr_array_unref);
  g_strfreev(self->splits);
  g_clear_pointer(&self->all, g_array_unref);
  g_clear_pointer(&self->by_split, g_hash_table_unref);
  g_strfreev(self->groups);
  ms_class_table_free(self->table);
  ms_label_data_unref(self->labels);
  ms_annotations_unref(self->annotations);
  ms_shared_files_free(self->shared_files);
  ms_store_free(self->store);
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
  else if (ms_options_moves(options))
    wrong = "--adjust with turns and moves";
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

/* Of masks that are moved over no background, too. */
static gboolean
may_hold_none(const MsSet *self, const MsReading *predicted)
{
  return predicted->outsiders ||
         (ms_reading_moves(predicted) && self->options->background_choice == MS_CHOICE_NONE);
}

/* Without a table every id is a class that is not ignored, but for MS_ID_NONE, the largest one. */
static GArray *
list_ignored(const MsSet *self, const MsReading *predicted)
{
  static const guint32 none = MS_ID_NONE;
  GArray *ignored = g_array_copy(ms_set_role_reading(self, 0)->ignored);
  guint n = ignored->len;
  if (may_hold_none(self, predicted) && !self->table &&
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
  set_class_rules(self, ms_set_role_reading(self, 0)->ignored, rules);
  rules->comparison = MS_COMPARE_STACKS;
  return predicted->maximum > 0 ? ms_ruleset_new_of_values(rules, threshold, predicted->maximum)
                                : ms_ruleset_new(rules, threshold);
}

static MsRuleset *
make_rules(const MsSet *self, guint model)
{
  static const guint32 binary_ignored[] = {MS_READING_IGNORED};
  const MsReading *predicted = ms_set_role_reading(self, model + 1);
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
  if (ms_set_role_reading(self, 0)->encoding == MS_ENCODING_STACKS ||
      predicted->encoding == MS_ENCODING_STACKS)
    return make_stack_rules(self, predicted, &rules);
  if (ms_reading_has_classes(ms_set_role_reading(self, 0))) {
    g_autoptr(GArray) ignored = list_ignored(self, predicted);
    set_class_rules(self, ignored, &rules);
    return ms_ruleset_new(&rules, threshold);
  }
  if (ms_set_role_reading(self, 0)->ignored->len > 0) {
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
  const char *last = NULL;
  for (guint i = 0; i < inventory->entries->len; i++) {
    const MsEntry *entry = g_ptr_array_index(inventory->entries, i);
    if (!entry->group || entry->group == last)
      continue;
    last = entry->group;
    if (g_hash_table_add(seen, (char *)last))
      g_ptr_array_add(names, g_strdup(last));
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

static void
index_splits(MsSet *self)
{
  guint n = ms_example_table_n_examples(self->examples);
  self->all = g_array_sized_new(FALSE, FALSE, sizeof(guint), n);
  self->by_split =
      g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
  for (guint i = 0; i < n; i++) {
    const char *split = ms_example_table_facts(self->examples, i).split;
    g_array_append_val(self->all, i);
    if (split)
      add_to_split(self->by_split, split, i);
  }
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

/* Takes over what the inventory holds. FALSE when cancelled. */
static gboolean
take_inventory(MsSet *self, MsInventory *inventory, GCancellable *cancellable, GError **error)
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
  self->examples = ms_inventory_make_examples(inventory, cancellable, error);
  if (!self->examples)
    return FALSE;
  index_splits(self);
  return TRUE;
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

/* Label sets are as they are compared: what a user asked for is done to them once. */
static gboolean
adjust_labels(MsSet *self, const MsInventory *inventory, GError **error)
{
  for (guint i = 0; inventory->labels && i < inventory->models->len; i++) {
    const MsFoundModel *model = g_ptr_array_index(inventory->models, i);
    const MsAdjustment *adjustment = ms_options_find_adjustment(self->options, model->name);

    if (adjustment && !(ms_label_data_adjust(inventory->labels, i, adjustment->ids,
                                             adjustment->inverted, error) &&
                        ms_reading_adjust(g_ptr_array_index(self->readings, i + 1), adjustment,
                                          model->folder, error)))
      return FALSE;
  }
  return TRUE;
}

static gboolean
decide_and_choose(MsSet *self, MsInventory *inventory, MsSurveyContext *context, GError **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i < inventory->models->len; i++) {
    const MsFoundModel *model = g_ptr_array_index(inventory->models, i);
    g_ptr_array_add(names, g_strdup(model->name));
  }
  if (!self->partial && !ms_options_check_adjusted(self->options, names, error))
    return FALSE;
  self->readings =
      inventory->labels ? g_ptr_array_ref(inventory->readings) : ms_survey_roles(context, error);
  if (!self->readings || !adjust_labels(self, inventory, error))
    return FALSE;
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
  if (!self->options->no_cache && !inventory->labels)
    self->store = ms_store_new(MS_STORE_MAX_BYTES);
  MsSurveyContext context = {
      .store = self->store,
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
  self->n_known = context.n_known;
  self->n_read = context.n_read;
  ms_inventory_note_problems(inventory);
  if (self->partial)
    ms_inventory_keep_certain(inventory, search);
  self->rules = g_ptr_array_new_with_free_func((GDestroyNotify)ms_ruleset_unref);
  for (guint i = 0; i < inventory->models->len; i++)
    g_ptr_array_add(self->rules, make_rules(self, i));
  show_folders(inventory->models);
  return take_inventory(self, inventory, search->cancellable, error);
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

/* What finding took is many times what the set holds: it goes back to the system. */
static void
give_back(MsSet *set)
{
#ifdef __GLIBC__
  if (set && ms_set_get_n_examples(set) >= MIN_LARGE)
    malloc_trim(0);
#endif
}

MsSet *
ms_set_open(const MsOptions *options, MsSetProgress progress, gpointer user,
            GCancellable *cancellable, GError **error)
{
  MsSearch search = {progress, user, cancellable};
  MsSet *set = open_set(options, &search, error);
  give_back(set);
  return set;
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
