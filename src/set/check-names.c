/* SPDX-License-Identifier: MIT
 *
 * Masks that do not pair because the predicted ones are called otherwise, all in the same way: by
 * something more around the example's id, which a pattern can say, or by the same numbers written
 * differently, which only other names can mend. A pattern is offered when pairing with it was
 * tried, by names alone, and pairs what it promises.
 */
#include <string.h>

#include "set/check-private.h"
#include "set/describe.h"
#include "set/find.h"
#include "set/maskset-write.h"
#include "set/preview-paths.h"
#include "set/set-private.h"
#include "set/text.h"

/* Fewer lone masks on either side tell nothing, nor does a rule that few of them follow. */
#define MIN_LONE   3
#define MIN_SHARE  0.9
#define MAX_LENGTH 128 /* of a name that is looked into */

typedef struct {
  const MsCheckEvidence *evidence;
  guint model;
  GHashTable *actual;   /* stem of an actual mask without predicted one -> its file's name */
  GPtrArray *predicted; /* paths of predicted masks without an actual one */
} Lone;

static void
lone_clear(Lone *lone)
{
  g_clear_pointer(&lone->actual, g_hash_table_unref);
  g_clear_pointer(&lone->predicted, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Lone, lone_clear)

/* A name without its ending. Caller frees. */
static char *
stem_of(const char *path)
{
  g_autofree char *name = g_path_get_basename(path);

  return g_strndup(name, ms_text_stem_length(name));
}

static void
lone_init(Lone *lone, const MsCheckEvidence *evidence, guint model)
{
  guint n_examples = ms_set_get_n_examples(evidence->set);

  *lone = (Lone){.evidence = evidence,
                 .model = model,
                 .actual = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
                 .predicted = g_ptr_array_new_with_free_func(g_free)};
  for (guint i = 0; i < n_examples; i++) {
    gboolean actual = ms_set_has_file(evidence->set, i, MS_FILE_ACTUAL);
    gboolean predicted = ms_set_has_file(evidence->set, i, MS_FILE_PREDICTED + model);
    int part;
    char *path;

    if (actual == predicted)
      continue;
    path = ms_set_dup_file(evidence->set, i, actual ? MS_FILE_ACTUAL : MS_FILE_PREDICTED + model,
                           &part);
    if (predicted) {
      g_ptr_array_add(lone->predicted, path);
      continue;
    }
    g_hash_table_insert(lone->actual, stem_of(path), g_path_get_basename(path));
    g_free(path);
  }
}

static gboolean
is_most(const Lone *lone, guint n)
{
  guint n_actual = g_hash_table_size(lone->actual);

  return n >= MIN_LONE && n >= MIN_SHARE * MIN(n_actual, lone->predicted->len);
}

/* --- something around the id ---------------------------------------------------------------- */

/* The longest part of a name that is an actual mask's. FALSE: there is none. */
static gboolean
find_stem(const Lone *lone, const char *name, gsize length, gsize *from, gsize *n)
{
  for (*n = MIN(length, MAX_LENGTH); *n > 0; (*n)--)
    for (*from = 0; *from + *n <= length; (*from)++) {
      g_autofree char *stem = g_strndup(name + *from, *n);

      if (g_hash_table_contains(lone->actual, stem))
        return TRUE;
    }
  return FALSE;
}

/* "pre_{id}_unet.png", as the first name says that fits; NULL: none does. Caller frees. */
static char *
find_affixes(const Lone *lone)
{
  guint step = MAX(lone->predicted->len / 8, 1);

  for (guint i = 0; i < lone->predicted->len; i += step) {
    g_autofree char *name = g_path_get_basename(g_ptr_array_index(lone->predicted, i));
    gsize length = ms_text_stem_length(name), from, n;

    if (length <= MAX_LENGTH && find_stem(lone, name, length, &from, &n) && n < length &&
        !strpbrk(name, "*{}"))
      return g_strdup_printf("%.*s{id}%s", (int)from, name, name + from + n);
  }
  return NULL;
}

/* --- trying --------------------------------------------------------------------------------- */

/* Pairs of each model; NULL: not found. */
static guint *
count_pairs(const MsOptions *options, guint n_models)
{
  g_autoptr(MsOptions) copy = ms_options_copy(options);
  g_auto(MsSearch) search = {0};
  g_autoptr(MsInventory) found = ms_find_set(copy, &search, NULL);
  guint *n_pairs;

  if (!found || found->models->len != n_models)
    return NULL;
  n_pairs = g_new0(guint, MAX(n_models, 1));
  for (guint i = 0; i < found->entries->len; i++) {
    const MsEntry *entry = g_ptr_array_index(found->entries, i);

    for (guint model = 0; model < n_models; model++)
      n_pairs[model] += entry->actual && entry->predicted[model];
  }
  return n_pairs;
}

/* The set's folders one by one, with a pattern for the model; NULL: they cannot say it. */
static MsOptions *
name_model(const Lone *lone, const char *affixes)
{
  g_autoptr(MsOptions) found_by = ms_options_copy(ms_set_get_options(lone->evidence->set));
  g_auto(MsSearch) search = {0};
  g_autoptr(MsInventory) found = ms_find_set(found_by, &search, NULL);
  g_autoptr(MsOptions) paths = NULL;
  g_autofree char *pattern = NULL;
  MsModelOption *model;
  gboolean exact;

  if (!found || !ms_preview_paths(found_by, found, &paths, &exact, NULL, NULL) || !paths ||
      !exact || paths->predicted->len != lone->evidence->n_models)
    return NULL;
  model = g_ptr_array_index(paths->predicted, lone->model);
  pattern = g_build_filename(model->path, affixes, NULL);
  ms_text_set(&model->path, pattern);
  return g_steal_pointer(&paths);
}

/* How many more pairs there would be, if nothing else is lost; 0: none. */
static guint
try_options(const Lone *lone, const MsOptions *options)
{
  guint n_models = lone->evidence->n_models;
  g_autofree guint *before = count_pairs(ms_set_get_options(lone->evidence->set), n_models);
  g_autofree guint *after = count_pairs(options, n_models);

  if (!before || !after || after[lone->model] <= before[lone->model])
    return 0;
  for (guint i = 0; i < n_models; i++)
    if (after[i] < before[i])
      return 0;
  return after[lone->model] - before[lone->model];
}

static void
append_option(GString *text, const char *name, const char *value)
{
  g_autofree char *quoted = ms_check_quote(value);

  g_string_append_printf(text, "%s%s %s", text->len ? " " : "", name, quoted);
}

static char *
option_text(const MsOptions *options)
{
  GString *text = g_string_new(NULL);

  if (options->images)
    append_option(text, "--images", options->images);
  append_option(text, "--actual", options->actual);
  for (guint i = 0; i < options->predicted->len; i++) {
    const MsModelOption *model = g_ptr_array_index(options->predicted, i);
    g_autofree char *argument =
        model->name ? g_strdup_printf("%s=%s", model->name, model->path) : g_strdup(model->path);

    append_option(text, "--predicted", argument);
  }
  return g_string_free(text, FALSE);
}

/* For a file that lies in the folder that was opened: the path from there. */
static const char *
from_folder(MsSet *set, const char *path)
{
  const char *folder = ms_set_get_options(set)->set;
  gsize length = folder ? strlen(folder) : 0;

  while (length > 1 && folder[length - 1] == '/')
    length--;
  return length > 0 && strncmp(path, folder, length) == 0 && path[length] == '/' ? path + length + 1
                                                                                 : path;
}

/* NULL: a key file cannot say it. */
static char *
maskset_lines(MsSet *set, const MsOptions *options)
{
  g_autoptr(GString) text = g_string_new("[Set]");

  if (options->images)
    g_string_append_printf(text, "\nImages=%s", from_folder(set, options->images));
  g_string_append_printf(text, "\nActual=%s\n[Models]", from_folder(set, options->actual));
  for (guint i = 0; i < options->predicted->len; i++) {
    const MsModelOption *model = g_ptr_array_index(options->predicted, i);

    if (!model->name || !ms_maskset_can_name(model->name))
      return NULL;
    g_string_append_printf(text, "\n%s=%s", model->name, from_folder(set, model->path));
  }
  return g_utf8_validate(text->str, -1, NULL) ? g_strdup(text->str) : NULL;
}

static gboolean
offer_pattern(const Lone *lone, MsCheckFinding *finding)
{
  MsSet *set = lone->evidence->set;
  g_autofree char *affixes = find_affixes(lone);
  g_autofree char *n_words = NULL;
  g_autoptr(MsOptions) options = NULL;
  guint n;

  if (!affixes)
    return FALSE;
  options = name_model(lone, affixes);
  n = options ? try_options(lone, options) : 0;
  if (!is_most(lone, n))
    return FALSE;
  n_words = ms_describe_count(n);
  g_free(finding->remedy);
  finding->remedy = g_strdup_printf(
      "Predicted masks are called %s: with that pattern %s more %s. It goes with the other "
      "folders in the place of the set.",
      affixes, n_words, n == 1 ? "example pairs" : "examples pair");
  finding->option = option_text(options);
  finding->line = maskset_lines(set, options);
  finding->options = g_steal_pointer(&options);
  return TRUE;
}

/* --- the same numbers ----------------------------------------------------------------------- */

/* The last number in a name, without zeros before it; NULL: there is none. Caller frees. */
static char *
number_of(const char *name)
{
  const char *end = name + strlen(name), *start;

  while (end > name && !g_ascii_isdigit(end[-1]))
    end--;
  for (start = end; start > name && g_ascii_isdigit(start[-1]);)
    start--;
  while (start + 1 < end && *start == '0')
    start++;
  return start < end ? g_strndup(start, (gsize)(end - start)) : NULL;
}

/* Number -> the one actual mask that has it; of those that several have, "". */
static GHashTable *
number_actual(const Lone *lone)
{
  GHashTable *numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer stem, name;

  g_hash_table_iter_init(&iter, lone->actual);
  while (g_hash_table_iter_next(&iter, &stem, &name)) {
    char *number = number_of(stem);

    if (number)
      g_hash_table_insert(numbers, number,
                          g_hash_table_contains(numbers, number) ? (char *)"" : name);
  }
  return numbers;
}

static gboolean
offer_numbers(const Lone *lone, MsCheckFinding *finding)
{
  g_autoptr(GHashTable) numbers = number_actual(lone);
  g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
  g_autofree char *first = NULL, *n_words = NULL;
  const char *first_actual = NULL;
  guint n = 0;

  for (guint i = 0; i < lone->predicted->len; i++) {
    const char *path = g_ptr_array_index(lone->predicted, i);
    g_autofree char *stem = stem_of(path);
    g_autofree char *number = number_of(stem);
    const char *actual = number ? g_hash_table_lookup(numbers, number) : NULL;

    if (!actual || *actual == '\0')
      continue;
    if (!g_hash_table_add(taken, (char *)actual))
      return FALSE; /* two predicted masks would be of one example */
    if (n++ == 0) {
      first = g_path_get_basename(path);
      first_actual = actual;
    }
  }
  if (!is_most(lone, n))
    return FALSE;
  n_words = ms_describe_count(n);
  g_free(finding->remedy);
  finding->remedy = g_strdup_printf(
      "By their numbers %s predicted masks seem to be of these examples, as %s of %s: give them "
      "the "
      "names of the actual ones, or list what belongs together in a table (--manifest).",
      n_words, first, first_actual);
  return TRUE;
}

gboolean
ms_check_offer_names(const MsCheckEvidence *evidence, guint model, MsCheckFinding *finding)
{
  g_auto(Lone) lone = {0};

  if (ms_set_get_labels(evidence->set) || ms_set_get_annotations(evidence->set, MS_SET_ACTUAL) ||
      ms_set_get_annotations(evidence->set, model))
    return FALSE;
  lone_init(&lone, evidence, model);
  if (g_hash_table_size(lone.actual) < MIN_LONE || lone.predicted->len < MIN_LONE)
    return FALSE;
  return offer_pattern(&lone, finding) || offer_numbers(&lone, finding);
}
