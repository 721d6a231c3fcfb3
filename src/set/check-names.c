/* SPDX-License-Identifier: MIT
 *
 * Masks that do not pair because the predicted ones are called otherwise, all in the same way: by
 * something more around the example's id, which a pattern can say, or by the same numbers written
 * differently, which only other names can mend. A pattern is offered when it was tried with the
 * names that are known of the set, and with folders, one by one, that hold nothing but their own.
 */
#include <string.h>

#include "set/check-lone.h"
#include "set/check-private.h"
#include "set/describe.h"
#include "set/ending.h"
#include "set/maskset-write.h"
#include "set/maskset.h"
#include "set/pattern.h"
#include "set/preview-paths.h"
#include "set/set-private.h"
#include "set/text.h"

/* --- folders one by one --------------------------------------------------------------------- */

static const char *
opened_path(MsSet *set)
{
  const char *folder = ms_set_get_options(set)->set;

  return folder && ms_set_get_path(set) ? ms_set_get_path(set) : folder;
}

/* What the user named one by one; NULL: nothing, or not with masks in it. */
static MsOptions *
list_named(MsSet *set)
{
  g_autoptr(MsOptions) named = ms_options_copy(ms_set_get_options(set));
  const char *opened = opened_path(set);
  g_autofree char *title = NULL;

  if (opened && !ms_ending_is(opened, ".maskset"))
    return NULL;
  ms_text_set(&named->set, NULL);
  if (opened && !ms_maskset_load(opened, named, &title, NULL, NULL))
    return NULL;
  return named->actual && !named->folder ? g_steal_pointer(&named) : NULL;
}

/* The folder that stays the same wherever a pattern varies. Caller frees. */
static char *
fixed_folder(const char *path)
{
  g_autoptr(MsPattern) pattern = ms_pattern_is(path) ? ms_pattern_new(path) : NULL;

  return g_canonicalize_filename(pattern ? pattern->folder : path, NULL);
}

static GPtrArray *
list_paths(const MsOptions *options)
{
  GPtrArray *paths = g_ptr_array_new();

  if (options->images)
    g_ptr_array_add(paths, options->images);
  g_ptr_array_add(paths, options->actual);
  for (guint i = 0; i < options->predicted->len; i++)
    g_ptr_array_add(paths, ((MsModelOption *)g_ptr_array_index(options->predicted, i))->path);
  return paths;
}

/* Whether no folder holds files of another: all that is in it would be taken. */
static gboolean
are_apart(const MsOptions *options)
{
  g_autoptr(GPtrArray) paths = list_paths(options);

  for (guint i = 0; i < paths->len; i++)
    for (guint j = 0; j < paths->len; j++) {
      const char *path = g_ptr_array_index(paths, i);
      g_autofree char *folder = fixed_folder(path);
      g_autofree char *other = fixed_folder(g_ptr_array_index(paths, j));

      if (i != j && !ms_pattern_is(path) &&
          (g_str_equal(folder, other) || ms_check_path_below(other, folder)))
        return FALSE;
    }
  return TRUE;
}

/* Whether a path that was made of names means what it says. */
static gboolean
is_plain(const char *path)
{
  return !path || (!strpbrk(path, "*{}") && g_utf8_validate(path, -1, NULL));
}

static gboolean
are_plain(const MsOptions *folders)
{
  if (!is_plain(folders->images) || !folders->actual || !is_plain(folders->actual))
    return FALSE;
  for (guint i = 0; i < folders->predicted->len; i++)
    if (!is_plain(((const MsModelOption *)g_ptr_array_index(folders->predicted, i))->path))
      return FALSE;
  return TRUE;
}

/* The path by which a model of this name was named; NULL: it was not. Lent by `found`. */
static const char *
find_named_model(const MsInventory *found, const char *name)
{
  for (guint i = 0; i < found->models->len; i++) {
    const MsFoundModel *model = g_ptr_array_index(found->models, i);

    if (g_strcmp0(model->name, name) == 0)
      return model->folder;
  }
  return NULL;
}

/* Images, actual masks and models stay as they were named. FALSE: a model was not, but was cut out
 * of a folder. */
static gboolean
keep_named(MsOptions *folders, const MsOptions *named)
{
  g_autoptr(MsInventory) found = ms_inventory_new();
  gboolean all = TRUE;

  ms_text_set(&folders->images, named->images);
  ms_text_set(&folders->actual, named->actual);
  for (guint i = 0; i < named->predicted->len; i++) {
    const MsModelOption *model = g_ptr_array_index(named->predicted, i);

    ms_inventory_add_model(found, model->name, model->path);
  }
  ms_inventory_name_models(found);
  for (guint i = 0; i < folders->predicted->len; i++) {
    MsModelOption *model = g_ptr_array_index(folders->predicted, i);
    const char *path = find_named_model(found, model->name);

    if (path)
      ms_text_set(&model->path, path);
    all &= path != NULL;
  }
  return all;
}

/* The folders of the set's files, a model each in its order. *own: those that the names of files
 * alone tell, where patterns begin. NULL: folders cannot say it. */
static MsOptions *
list_folders(MsSet *set, const MsInventory *inventory, MsOptions **own)
{
  g_autoptr(MsOptions) folders = ms_preview_folders(ms_set_get_options(set), inventory);
  g_autoptr(MsOptions) named = list_named(set);
  const char *opened = opened_path(set);

  *own = ms_options_copy(folders);
  if (folders->manifest || (opened && ms_ending_is_of_table(opened)))
    return NULL;
  if (named && keep_named(folders, named))
    return g_steal_pointer(&folders);
  return are_plain(folders) && are_apart(folders) ? g_steal_pointer(&folders) : NULL;
}

/* --- patterns ------------------------------------------------------------------------------- */

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

/* For a file in the folder that was opened, or in the place of the one that was. NULL: a key file
 * cannot say it. */
static char *
maskset_lines(MsSet *set, const MsOptions *options)
{
  const char *opened = opened_path(set);
  g_autofree char *folder = !opened || g_file_test(opened, G_FILE_TEST_IS_DIR)
                                ? g_strdup(opened)
                                : g_path_get_dirname(opened);
  g_autofree char *text = ms_maskset_places_text(options, folder, NULL);
  g_auto(GStrv) groups = text ? g_strsplit(g_strchomp(text), "\n\n", -1) : NULL;

  return groups ? g_strjoinv("\n", groups) : NULL;
}

/* Patterns that were found, one a model at most. */
typedef struct {
  MsOptions *options;
  GString *names; /* "{id}_unet.png", of several models with theirs */
  guint n_models;
  guint n_pairs;
} Patterns;

static void
patterns_clear(Patterns *patterns)
{
  g_clear_pointer(&patterns->options, ms_options_free);
  g_string_free(patterns->names, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Patterns, patterns_clear)

static void
add_pattern(Patterns *patterns, const MsCheckLone *lone, gboolean with_name)
{
  MsModelOption *model = g_ptr_array_index(patterns->options->predicted, lone->model);
  guint n = 0;
  g_autofree char *around = ms_check_lone_find_pattern(lone, &n);
  g_autofree char *path = around ? g_build_filename(lone->folder, around, NULL) : NULL;

  if (!path)
    return;
  ms_text_set(&model->path, path);
  g_string_append_printf(patterns->names, "%s%s", patterns->n_models > 0 ? ", " : "", around);
  if (with_name)
    g_string_append_printf(patterns->names, " (%s)", model->name);
  patterns->n_models++;
  patterns->n_pairs += n;
}

static void
tell_patterns(MsSet *set, Patterns *patterns, MsCheckFinding *finding)
{
  g_autofree char *n_words = ms_describe_count(patterns->n_pairs);
  gboolean one = patterns->n_models == 1;

  g_free(finding->remedy);
  finding->remedy = g_strdup_printf(
      "Predicted masks are called %s: with %s %s more masks pair. %s with the other folders in the "
      "place of the set.",
      patterns->names->str, one ? "that pattern" : "these patterns", n_words,
      one ? "It goes" : "They go");
  finding->option = option_text(patterns->options);
  finding->line = maskset_lines(set, patterns->options);
  finding->options = g_steal_pointer(&patterns->options);
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
number_actual(const MsCheckLone *lone)
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

/* Predicted masks that have the number of an actual one. */
typedef struct {
  guint n;
  gboolean is_all; /* of every model they tell most of its lone masks */
  char *first;     /* of them, and the actual one that it goes with */
  char *first_actual;
} Numbered;

static void
numbered_clear(Numbered *numbered)
{
  g_free(numbered->first);
  g_free(numbered->first_actual);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Numbered, numbered_clear)

/* FALSE: the model's numbers tell nothing. */
static gboolean
add_numbered(Numbered *numbered, const MsCheckLone *lone)
{
  g_autoptr(GHashTable) numbers = number_actual(lone);
  g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
  guint n = 0;

  for (guint i = 0; i < lone->predicted->len; i++) {
    g_autofree char *name = g_path_get_basename(g_ptr_array_index(lone->predicted, i));
    g_autofree char *stem = g_strndup(name, ms_text_stem_length(name));
    g_autofree char *number = number_of(stem);
    const char *actual = number ? g_hash_table_lookup(numbers, number) : NULL;

    if (!actual || *actual == '\0')
      continue;
    if (!g_hash_table_add(taken, (char *)actual))
      return FALSE; /* two predicted masks would be of one example */
    if (n++ == 0 && !numbered->first) {
      numbered->first = g_steal_pointer(&name);
      numbered->first_actual = g_strdup(actual);
    }
  }
  numbered->n += n;
  return ms_check_lone_is_most(lone, n);
}

static void
tell_numbered(const Numbered *numbered, MsCheckFinding *finding)
{
  g_autofree char *n_words = ms_describe_count(numbered->n);

  g_free(finding->remedy);
  finding->remedy = g_strdup_printf(
      "By their numbers %s predicted masks seem to be of these examples, as %s of %s: give them "
      "the names of the actual ones, or list what belongs together in a table (--manifest).",
      n_words, numbered->first, numbered->first_actual);
}

/* --- offering ------------------------------------------------------------------------------- */

static gboolean
are_files(MsSet *set)
{
  if (ms_set_get_labels(set) || ms_set_get_annotations(set, MS_SET_ACTUAL))
    return FALSE;
  for (guint model = 0; model < ms_set_get_n_models(set); model++)
    if (ms_set_get_annotations(set, model))
      return FALSE;
  return TRUE;
}

/* Adds what the names of one model's masks say. */
static void
add_model(Patterns *patterns, Numbered *numbered, const MsCheckLone *lone, gboolean with_name)
{
  if (patterns->options && lone->folder)
    add_pattern(patterns, lone, with_name);
  numbered->is_all = add_numbered(numbered, lone) && numbered->is_all;
}

static void
add_models(const MsInventory *inventory, const MsOptions *own, const GArray *models,
           Patterns *patterns, Numbered *numbered)
{
  const MsOptions *places = patterns->options ? patterns->options : own;

  for (guint i = 0; i < models->len; i++) {
    guint model = g_array_index(models, guint, i);
    const char *folder = ((const MsModelOption *)g_ptr_array_index(own->predicted, model))->path;
    g_auto(MsCheckLone) lone = {0};

    if (ms_check_lone_init(&lone, inventory, model, places->actual,
                           is_plain(folder) ? folder : NULL))
      add_model(patterns, numbered, &lone, models->len > 1);
    else
      numbered->is_all = FALSE;
  }
}

gboolean
ms_check_offer_names(const MsCheckEvidence *evidence, const GArray *models, MsCheckFinding *finding)
{
  g_autoptr(MsInventory) inventory = NULL;
  g_autoptr(MsOptions) own = NULL;
  g_auto(Patterns) patterns = {.names = g_string_new(NULL)};
  g_auto(Numbered) numbered = {.is_all = TRUE};

  if (!are_files(evidence->set))
    return FALSE;
  inventory = ms_check_list_set(evidence->set);
  patterns.options = list_folders(evidence->set, inventory, &own);
  add_models(inventory, own, models, &patterns, &numbered);
  if (patterns.n_models > 0)
    tell_patterns(evidence->set, &patterns, finding);
  else if (numbered.is_all)
    tell_numbered(&numbered, finding);
  return patterns.n_models > 0 || numbered.is_all;
}
