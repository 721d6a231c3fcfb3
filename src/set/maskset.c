/* SPDX-License-Identifier: MIT
 *
 * GKeyFile does not keep line numbers; they are looked up again when a message needs one.
 */
#include "set/maskset.h"

#include "io/error.h"
#include "io/file.h"
#include "set/option-values.h"
#include "set/text.h"

#define MAX_BYTES   (4u << 20)
#define SET_GROUP   "Set"
#define MODEL_GROUP "Models"

typedef struct {
  GKeyFile *file;
  const char *shown; /* the file's name, for messages */
  const char *text;  /* its text, for line numbers */
  char *folder;
  MsOptions *options;
  char *title;
} Maskset;

typedef gboolean (*SetRule)(MsOptions *options, const char *name, const char *value,
                            GError **error);

/* --- messages ------------------------------------------------------------------------------- */

/* The line, from 1, on which a key of a group stands; 0: none does. */
static guint
find_line(const char *text, const char *group, const char *key)
{
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  g_autofree char *header = g_strdup_printf("[%s]", group);
  gboolean inside = FALSE;
  for (guint i = 0; lines[i]; i++) {
    char *line = g_strstrip(lines[i]);
    if (*line == '[')
      inside = g_str_equal(line, header);
    if (inside &&
        (key == NULL || (g_str_has_prefix(line, key) && *g_strchug(line + strlen(key)) == '=')))
      return i + 1;
  }
  return 0;
}

static gboolean
key_error(const Maskset *self, const char *group, const char *key, const char *what, GError **error)
{
  guint line = find_line(self->text, group, key);
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE, "%s, line %u: %s", self->shown, line, what);
  return FALSE;
}

/* --- keys ----------------------------------------------------------------------------------- */

static char *
resolve(const Maskset *self, const char *path)
{
  if (g_path_is_absolute(path))
    return g_strdup(path);
  return g_str_equal(self->folder, ".") ? g_strdup(path)
                                        : g_build_filename(self->folder, path, NULL);
}

/* A rule of the file counts where the options do not have their own. */
static gboolean
is_given(const MsOptions *options, const char *key)
{
  if (g_str_equal(key, "Background"))
    return options->background_choice != MS_CHOICE_AUTO;
  if (g_str_equal(key, "Ignore"))
    return options->ignore_choice != MS_CHOICE_AUTO;
  if (g_str_equal(key, "Positive") || g_str_equal(key, "Threshold"))
    return options->positive_choice != MS_CHOICE_AUTO || options->has_threshold;
  if (g_str_equal(key, "Advise"))
    return options->has_advise;
  if (g_str_equal(key, "Empty"))
    return options->has_empty || options->empty != MS_EMPTY_ONE;
  if (g_str_equal(key, "SliceAxis"))
    return options->slice_axis != MS_SLICE_AXIS_DEFAULT;
  return options->has_size_mismatch || options->resize_predicted;
}

static const struct {
  const char *key;
  gsize offset; /* of the path in MsOptions */
} path_keys[] = {
    {"Images", G_STRUCT_OFFSET(MsOptions, images)},
    {"Actual", G_STRUCT_OFFSET(MsOptions, actual)},
    {"Manifest", G_STRUCT_OFFSET(MsOptions, manifest)},
    {"Splits", G_STRUCT_OFFSET(MsOptions, splits)},
    {"Classes", G_STRUCT_OFFSET(MsOptions, classes)},
};

static const struct {
  const char *key;
  SetRule set;
} rule_keys[] = {
    {"Background", ms_options_set_background},
    {"Ignore", ms_options_set_ignore},
    {"Positive", ms_options_set_positive},
    {"Threshold", ms_options_set_threshold},
    {"Advise", ms_options_set_advise},
    {"Empty", ms_options_set_empty},
    {"SizeMismatch", ms_options_set_size_mismatch},
    {"SliceAxis", ms_options_set_slice_axis},
};

/* TRUE with *known FALSE: it is no such key. */
static gboolean
read_rule(Maskset *self, const MsOptions *given, const char *key, const char *value,
          gboolean *known, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS(rule_keys); i++) {
    if (!g_str_equal(key, rule_keys[i].key))
      continue;
    *known = TRUE;
    g_autoptr(MsOptions) scratch = ms_options_new(); /* checked even where it does not count */
    g_autoptr(GError) cause = NULL;
    if (!rule_keys[i].set(is_given(given, key) ? scratch : self->options, key, value, &cause))
      return key_error(self, SET_GROUP, key, cause->message, error);
  }
  return TRUE;
}

static gboolean
read_set_key(Maskset *self, const MsOptions *given, const char *key, GError **error)
{
  g_autoptr(GError) cause = NULL;
  g_autofree char *value = g_key_file_get_string(self->file, SET_GROUP, key, &cause);
  if (!value)
    return key_error(self, SET_GROUP, key, cause->message, error);
  g_strstrip(value);
  if (*value == '\0') {
    g_autofree char *what = g_strdup_printf("%s has no value", key);
    return key_error(self, SET_GROUP, key, what, error);
  }
  if (g_str_equal(key, "Title")) {
    ms_text_set(&self->title, value);
    return TRUE;
  }
  for (gsize i = 0; i < G_N_ELEMENTS(path_keys); i++)
    if (g_str_equal(key, path_keys[i].key)) {
      char **member = G_STRUCT_MEMBER_P(self->options, path_keys[i].offset);
      g_autofree char *path = resolve(self, value);
      if (!*member)
        ms_text_set(member, path);
      return TRUE;
    }
  gboolean known = FALSE;
  if (!read_rule(self, given, key, value, &known, error))
    return FALSE;
  g_autofree char *what = g_strdup_printf("the key %s is not known", key);
  return known || key_error(self, SET_GROUP, key, what, error);
}

static gboolean
read_models(Maskset *self, GError **error)
{
  g_auto(GStrv) names = g_key_file_get_keys(self->file, MODEL_GROUP, NULL, NULL);
  for (guint i = 0; names && names[i]; i++) {
    g_autoptr(GError) cause = NULL;
    g_autofree char *value = g_key_file_get_string(self->file, MODEL_GROUP, names[i], &cause);
    if (!value)
      return key_error(self, MODEL_GROUP, names[i], cause->message, error);
    if (*g_strstrip(value) == '\0')
      return key_error(self, MODEL_GROUP, names[i], "the model has no path", error);
    g_autofree char *path = resolve(self, value);
    ms_options_add_predicted(self->options, names[i], path);
  }
  return TRUE;
}

static gboolean
read_groups(Maskset *self, GError **error)
{
  g_auto(GStrv) groups = g_key_file_get_groups(self->file, NULL);
  for (guint i = 0; groups[i]; i++)
    if (!g_str_equal(groups[i], SET_GROUP) && !g_str_equal(groups[i], MODEL_GROUP)) {
      g_autofree char *what = g_strdup_printf("the group [%s] is not known", groups[i]);
      return key_error(self, groups[i], NULL, what, error);
    }
  g_autoptr(MsOptions) given = ms_options_copy(self->options);
  g_auto(GStrv) keys = g_key_file_get_keys(self->file, SET_GROUP, NULL, NULL);
  if (!keys) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE, "%s has no group [Set]", self->shown);
    return FALSE;
  }
  for (guint i = 0; keys[i]; i++)
    if (!read_set_key(self, given, keys[i], error))
      return FALSE;
  return read_models(self, error);
}

/* One place to say where the masks are. */
static gboolean
check_places(const Maskset *self, GError **error)
{
  const MsOptions *options = self->options;
  gboolean folders = options->images || options->actual || options->predicted->len > 0;
  if (options->manifest && folders) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
                "%s: Manifest stands for Images, Actual and [Models]: give one or the other",
                self->shown);
    return FALSE;
  }
  if (!options->manifest && !(options->actual && options->predicted->len > 0)) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
                "%s does not say where the %s masks or labels are: it needs %s", self->shown,
                options->actual ? "predicted" : "actual",
                options->actual ? "a group [Models] with lines NAME=path"
                                : "the key Actual in the group [Set]");
    return FALSE;
  }
  return TRUE;
}

gboolean
ms_maskset_load(const char *path, MsOptions *options, char **title, GCancellable *cancellable,
                GError **error)
{
  g_autoptr(GBytes) bytes = ms_file_read(path, MAX_BYTES, cancellable, error);
  if (!bytes)
    return FALSE;
  gsize size;
  const char *data = g_bytes_get_data(bytes, &size);
  g_autofree char *text = g_strndup(data, size);
  g_autofree char *shown = ms_path_display(path);
  g_autofree char *folder = g_path_get_dirname(path);
  g_autoptr(GKeyFile) file = g_key_file_new();
  g_autoptr(GError) cause = NULL;
  if (!g_key_file_load_from_data(file, data, size, G_KEY_FILE_NONE, &cause)) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE, "%s: %s", shown, cause->message);
    return FALSE;
  }
  Maskset self = {file, shown, text, folder, options, NULL};
  if (!read_groups(&self, error) || !check_places(&self, error)) {
    g_free(self.title);
    return FALSE;
  }
  *title = self.title;
  return TRUE;
}
