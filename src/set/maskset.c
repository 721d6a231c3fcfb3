/* SPDX-License-Identifier: MIT
 *
 * GKeyFile does not keep line numbers; they are looked up again when a message needs one
 * (maskset-lines.h). What GKeyFile would pass over, a key twice, is found before it is asked.
 */
#include "set/maskset.h"

#include <string.h>

#include "io/error.h"
#include "io/file.h"
#include "set/adjustments.h"
#include "set/class-files.h"
#include "set/maskset-lines.h"
#include "set/option-values.h"
#include "set/text.h"

#define MAX_BYTES       (4u << 20)
#define SET_GROUP       "Set"
#define MODEL_GROUP     "Models"
#define CLASS_GROUP     "Classes"
#define IDS_GROUP       "Ids"
#define ACTUAL_GROUP    "Actual ids"
#define PREDICTED_GROUP "Predicted ids"
#define ADJUST_GROUP    "Adjust"

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

static gboolean
line_error(const Maskset *self, guint line, const char *what, GError **error)
{
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE, "%s, line %u: %s", self->shown, line, what);
  return FALSE;
}

static gboolean
key_error(const Maskset *self, const char *group, const char *key, const char *what, GError **error)
{
  return line_error(self, ms_maskset_find_line(self->text, group, key), what, error);
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

/* A class table may be named instead of a file, which goes before a name. */
static char *
resolve_classes(const Maskset *self, const char *value)
{
  g_autofree char *path = resolve(self, value);
  if (g_file_test(path, G_FILE_TEST_EXISTS))
    return g_steal_pointer(&path);
  g_autoptr(MsClassTable) known = ms_class_table_by_name(value);
  return known ? g_strdup(value) : g_steal_pointer(&path);
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
  if (g_str_equal(key, "Instances"))
    return options->instances_choice != MS_CHOICE_AUTO;
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
    {"Folder", G_STRUCT_OFFSET(MsOptions, folder)},
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
    {"Background", ms_options_set_background}, {"Ignore", ms_options_set_ignore},
    {"Positive", ms_options_set_positive},     {"Instances", ms_options_set_instances},
    {"Threshold", ms_options_set_threshold},   {"Advise", ms_options_set_advise},
    {"Empty", ms_options_set_empty},           {"SizeMismatch", ms_options_set_size_mismatch},
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
      g_autofree char *path =
          g_str_equal(key, "Classes") ? resolve_classes(self, value) : resolve(self, value);
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

/* --- classes -------------------------------------------------------------------------------- */

/* Takes ";#rrggbb" off the end of a value. */
static void
cut_color(char *value, MsClass *class)
{
  char *semicolon = strrchr(value, ';');
  gint64 color = 0;
  if (!semicolon)
    return;
  const char *code = semicolon + 1 + strspn(semicolon + 1, " ");
  if (*code != '#' || strlen(code) != 7)
    return;
  for (const char *digit = code + 1; *digit; digit++) {
    if (!g_ascii_isxdigit(*digit))
      return;
    color = color << 4 | g_ascii_xdigit_value(*digit);
  }
  *semicolon = '\0';
  class->has_color = TRUE;
  class->red = color >> 16 & 255;
  class->green = color >> 8 & 255;
  class->blue = color & 255;
}

static void
class_clear(gpointer data)
{
  g_free(((MsClass *)data)->name);
}

static gboolean
read_class(const Maskset *self, const char *key, GArray *classes, GError **error)
{
  guint64 id;
  MsClass class = {0};
  if (!g_ascii_string_to_unsigned(key, 10, 0, G_MAXUINT32 - 1, &id, NULL)) {
    g_autofree char *what = g_strdup_printf("\"%s\" is no id of a class", key);
    return key_error(self, CLASS_GROUP, key, what, error);
  }
  g_autoptr(GError) cause = NULL;
  g_autofree char *value = g_key_file_get_string(self->file, CLASS_GROUP, key, &cause);
  if (!value)
    return key_error(self, CLASS_GROUP, key, cause->message, error);
  cut_color(value, &class);
  if (*g_strstrip(value) == '\0')
    return key_error(self, CLASS_GROUP, key, "the class has no name", error);
  if (!ms_class_name_check(value, self->shown, ms_maskset_find_line(self->text, CLASS_GROUP, key),
                           error))
    return FALSE;
  class.id = (guint32)id;
  for (guint i = 0; i < classes->len; i++)
    if (g_array_index(classes, MsClass, i).id == class.id) /* 1 and 01 */
      return key_error(self, CLASS_GROUP, key, "a class has this id already", error);
  class.name = g_steal_pointer(&value);
  g_array_append_val(classes, class);
  return TRUE;
}

/* --classes goes before the group. */
static gboolean
read_classes(Maskset *self, const MsOptions *given, GError **error)
{
  g_auto(GStrv) keys = g_key_file_get_keys(self->file, CLASS_GROUP, NULL, NULL);
  g_autoptr(GArray) classes = g_array_new(FALSE, FALSE, sizeof(MsClass));
  g_array_set_clear_func(classes, class_clear);
  if (!keys)
    return TRUE;
  if (g_key_file_has_key(self->file, SET_GROUP, "Classes", NULL))
    return key_error(self, CLASS_GROUP, NULL,
                     "the group [Classes] stands for the key Classes: give one or the other",
                     error);
  for (guint i = 0; keys[i]; i++)
    if (!read_class(self, keys[i], classes, error))
      return FALSE;
  if (classes->len == 0)
    return key_error(self, CLASS_GROUP, NULL, "the group [Classes] names no class", error);
  if (!given->classes)
    self->options->table =
        ms_class_table_new((const MsClass *)(void *)classes->data, classes->len, self->shown);
  return TRUE;
}

/* --- ids ------------------------------------------------------------------------------------ */

static gboolean
read_map(const Maskset *self, const char *group, SetRule add, MsOptions *options, GError **error)
{
  g_auto(GStrv) keys = g_key_file_get_keys(self->file, group, NULL, NULL);
  for (guint i = 0; keys && keys[i]; i++) {
    g_autoptr(GError) cause = NULL;
    g_autofree char *value = g_key_file_get_string(self->file, group, keys[i], &cause);
    g_autofree char *item = value ? g_strdup_printf("%s=%s", keys[i], g_strstrip(value)) : NULL;
    g_autofree char *name = g_strdup_printf("[%s]", group);
    if (!item || !add(options, name, item, &cause))
      return key_error(self, group, keys[i], cause->message, error);
  }
  return TRUE;
}

/* What is mapped on the command line goes before the file's, a side at a time. */
static gboolean
read_maps(Maskset *self, const MsOptions *given, GError **error)
{
  g_autoptr(MsOptions) own = ms_options_new();
  if (!read_map(self, IDS_GROUP, ms_options_add_map, own, error) ||
      !read_map(self, ACTUAL_GROUP, ms_options_add_map_actual, own, error) ||
      !read_map(self, PREDICTED_GROUP, ms_options_add_map_predicted, own, error))
    return FALSE;
  if (!given->ids_actual)
    self->options->ids_actual = g_steal_pointer(&own->ids_actual);
  if (!given->ids_predicted)
    self->options->ids_predicted = g_steal_pointer(&own->ids_predicted);
  return TRUE;
}

/* --- adjustments ---------------------------------------------------------------------------- */

static gboolean
read_adjustments(Maskset *self, GError **error)
{
  g_auto(GStrv) names = g_key_file_get_keys(self->file, ADJUST_GROUP, NULL, NULL);
  g_autoptr(GPtrArray) own = ms_adjustments_new();
  for (guint i = 0; names && names[i]; i++) {
    g_autoptr(GError) cause = NULL;
    g_autofree char *value = g_key_file_get_string(self->file, ADJUST_GROUP, names[i], &cause);
    MsAdjustment *adjustment = value ? ms_adjustment_parse_list(names[i], value, &cause) : NULL;
    if (!adjustment)
      return key_error(self, ADJUST_GROUP, names[i], cause->message, error);
    g_ptr_array_add(own, adjustment);
  }
  ms_adjustments_take(self->options->adjustments, own);
  return TRUE;
}

/* --- the whole ------------------------------------------------------------------------------ */

static gboolean
read_groups(Maskset *self, GError **error)
{
  static const char *const known[] = {SET_GROUP,    MODEL_GROUP,     CLASS_GROUP,  IDS_GROUP,
                                      ACTUAL_GROUP, PREDICTED_GROUP, ADJUST_GROUP, NULL};
  g_auto(GStrv) groups = g_key_file_get_groups(self->file, NULL);
  for (guint i = 0; groups[i]; i++)
    if (!g_strv_contains(known, groups[i])) {
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
  return read_classes(self, given, error) && read_maps(self, given, error) &&
         read_adjustments(self, error) && read_models(self, error);
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
  if (options->folder && (options->images || options->actual || options->manifest)) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
                "%s: Folder stands for Images, Actual and Manifest: give one or the other",
                self->shown);
    return FALSE;
  }
  if (!options->folder && !options->manifest && !(options->actual && options->predicted->len > 0)) {
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
  Maskset self = {file, shown, text, folder, options, NULL};
  guint line = 0;
  g_autofree char *fault = ms_maskset_find_fault(text, size, &line);
  if (fault)
    return line_error(&self, line, fault, error);
  if (!g_key_file_load_from_data(file, data, size, G_KEY_FILE_NONE, &cause)) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE, "%s: %s", shown, cause->message);
    return FALSE;
  }
  if (!read_groups(&self, error) || !check_places(&self, error)) {
    g_free(self.title);
    return FALSE;
  }
  *title = self.title;
  return TRUE;
}
