/* SPDX-License-Identifier: MIT
 *
 * Numbers are read independently of the locale. What is wrong with a value is said with the name of
 * the option as the user wrote it.
 */
#include "set/option-values.h"

#include <math.h>
#include <string.h>

#include "set/compare-ids.h"

gboolean
ms_options_usage_error(GError **error, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  g_autoptr(GError) made =
      g_error_new_valist(MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE, format, arguments);
  va_end(arguments);
  g_propagate_error(error, g_steal_pointer(&made));
  return FALSE;
}

gboolean
ms_options_value_error(const char *name, const char *takes, const char *value, GError **error)
{
  g_autofree char *shown = g_utf8_make_valid(value, -1);
  return ms_options_usage_error(error, "%s takes %s, not \"%s\"", name, takes, shown);
}

static gboolean
read_id(const char *text, guint32 *id)
{
  guint64 value;
  if (!g_ascii_string_to_unsigned(text, 10, 0, G_MAXUINT32, &value, NULL))
    return FALSE;
  *id = (guint32)value;
  return TRUE;
}

gboolean
ms_options_set_background(MsOptions *options, const char *name, const char *value, GError **error)
{
  if (strcmp(value, "none") == 0) {
    options->background_choice = MS_CHOICE_NONE;
    return TRUE;
  }
  if (!read_id(value, &options->background))
    return ms_options_value_error(name, "a class id or \"none\"", value, error);
  options->background_choice = MS_CHOICE_GIVEN;
  return TRUE;
}

/* Also a negative one, as 2^32 more. */
static gboolean
read_any_id(const char *text, guint32 *id)
{
  gint64 negative;
  if (!g_ascii_string_to_signed(text, 10, G_MININT32, -1, &negative, NULL))
    return read_id(text, id);
  *id = (guint32)negative;
  return TRUE;
}

static void
sort_ignored(GArray *ids)
{
  g_array_sort(ids, ms_compare_ids);
  for (guint i = ids->len; i-- > 1;)
    if (g_array_index(ids, guint32, i) == g_array_index(ids, guint32, i - 1))
      g_array_remove_index(ids, i);
}

/* What is no number is a name; a number that is out of range is neither. */
static gboolean
add_ignored(MsOptions *options, const char *part)
{
  guint32 id;
  if (read_any_id(part, &id))
    g_array_append_val(options->ignore, id);
  else if (*part == '\0' || strspn(part, "+-.0123456789") == strlen(part) ||
           !g_utf8_validate(part, -1, NULL))
    return FALSE;
  else
    g_ptr_array_add(options->ignore_names, g_strdup(part));
  return TRUE;
}

gboolean
ms_options_set_ignore(MsOptions *options, const char *name, const char *value, GError **error)
{
  g_auto(GStrv) parts = g_strsplit(value, ",", -1);
  g_array_set_size(options->ignore, 0);
  g_ptr_array_set_size(options->ignore_names, 0);
  if (strcmp(value, "none") == 0) {
    options->ignore_choice = MS_CHOICE_NONE;
    return TRUE;
  }
  for (guint i = 0; parts[i]; i++)
    if (!add_ignored(options, g_strstrip(parts[i])))
      return ms_options_value_error(name, "class ids or names separated by commas or \"none\"",
                                    value, error);
  if (!parts[0])
    return ms_options_value_error(name, "class ids or names separated by commas or \"none\"", value,
                                  error);
  sort_ignored(options->ignore);
  options->ignore_choice = MS_CHOICE_GIVEN;
  return TRUE;
}

gboolean
ms_options_resolve_ignored(MsOptions *options, const MsClassTable *table, GError **error)
{
  for (guint i = 0; i < options->ignore_names->len; i++) {
    const char *name = g_ptr_array_index(options->ignore_names, i);
    const MsClass *class = table ? ms_class_table_find_name(table, name) : NULL;
    if (!class && !table)
      return ms_options_usage_error(error,
                                    "\"%s\" is to be ignored, but no class table says which id "
                                    "that is; --classes names one",
                                    name);
    if (!class)
      return ms_options_usage_error(error, "\"%s\" is to be ignored, but is no class of %s", name,
                                    table->source);
    g_array_append_val(options->ignore, class->id);
  }
  g_ptr_array_set_size(options->ignore_names, 0);
  sort_ignored(options->ignore);
  return TRUE;
}

gboolean
ms_options_set_instances(MsOptions *options, const char *name, const char *value, GError **error)
{
  guint64 divisor = 0;
  if (strcmp(value, "none") != 0 && strcmp(value, "plain") != 0 &&
      !g_ascii_string_to_unsigned(value, 10, 2, G_MAXINT32, &divisor, NULL))
    return ms_options_value_error(name, "\"none\", \"plain\" or a divisor from 2", value, error);
  options->instances_choice = strcmp(value, "none") == 0 ? MS_CHOICE_NONE : MS_CHOICE_GIVEN;
  options->instances_divisor = (guint32)divisor;
  return TRUE;
}

static gboolean
add_to_map(MsIdMap **map, const char *name, const char *value, GError **error)
{
  if (!*map)
    *map = ms_id_map_new();
  if (ms_id_map_parse(*map, value, error))
    return TRUE;
  g_prefix_error(error, "%s: ", name);
  return FALSE;
}

gboolean
ms_options_add_map(MsOptions *options, const char *name, const char *value, GError **error)
{
  return add_to_map(&options->ids_actual, name, value, error) &&
         add_to_map(&options->ids_predicted, name, value, error);
}

gboolean
ms_options_add_map_actual(MsOptions *options, const char *name, const char *value, GError **error)
{
  return add_to_map(&options->ids_actual, name, value, error);
}

gboolean
ms_options_add_map_predicted(MsOptions *options, const char *name, const char *value,
                             GError **error)
{
  g_autoptr(MsIdMap) alone = ms_id_map_new();
  if (ms_id_map_parse(alone, value, NULL) && ms_id_map_ignores(alone))
    return ms_options_usage_error(error,
                                  "%s: \"ignore\" is for actual ids; a predicted pixel counts "
                                  "wherever the actual one does",
                                  name);
  return add_to_map(&options->ids_predicted, name, value, error);
}

gboolean
ms_options_add_adjust(MsOptions *options, const char *name, const char *value, GError **error)
{
  g_autoptr(MsAdjustment) adjustment = ms_adjustment_parse(value, error);
  if (!adjustment) {
    g_prefix_error(error, "%s: ", name);
    return FALSE;
  }
  for (guint i = 0; i < options->adjustments->len; i++) {
    const MsAdjustment *other = g_ptr_array_index(options->adjustments, i);
    if (g_strcmp0(other->model, adjustment->model) == 0)
      return ms_options_usage_error(error,
                                    "%s: %s is adjusted twice; name it once, with all that is to "
                                    "be done, separated by commas",
                                    name, other->model ? other->model : "every model");
  }
  g_ptr_array_add(options->adjustments, g_steal_pointer(&adjustment));
  return TRUE;
}

gboolean
ms_options_set_positive(MsOptions *options, const char *name, const char *value, GError **error)
{
  if (strcmp(value, "nonzero") == 0) {
    options->positive_choice = MS_CHOICE_NONE;
    return TRUE;
  }
  if (!read_id(value, &options->positive))
    return ms_options_value_error(name, "a sample value or \"nonzero\"", value, error);
  options->positive_choice = MS_CHOICE_GIVEN;
  return TRUE;
}

/* From 0 to 1; *fraction is left alone by anything else. */
static gboolean
read_fraction(const char *text, double *fraction)
{
  char *end = NULL;
  double value = g_ascii_strtod(text, &end);
  gboolean number = g_ascii_isdigit(*text) || *text == '.';
  if (!number || *end != '\0' || !isfinite(value) || value < 0 || value > 1)
    return FALSE;
  *fraction = value;
  return TRUE;
}

gboolean
ms_options_set_threshold(MsOptions *options, const char *name, const char *value, GError **error)
{
  if (!read_fraction(value, &options->threshold))
    return ms_options_value_error(name, "a number from 0 to 1", value, error);
  options->has_threshold = TRUE;
  return TRUE;
}

gboolean
ms_options_set_empty(MsOptions *options, const char *name, const char *value, GError **error)
{
  if (strcmp(value, "one") == 0)
    options->empty = MS_EMPTY_ONE;
  else if (strcmp(value, "zero") == 0)
    options->empty = MS_EMPTY_ZERO;
  else if (strcmp(value, "skip") == 0)
    options->empty = MS_EMPTY_SKIP;
  else
    return ms_options_value_error(name, "\"one\", \"zero\" or \"skip\"", value, error);
  options->has_empty = TRUE;
  return TRUE;
}

gboolean
ms_options_set_size_mismatch(MsOptions *options, const char *name, const char *value,
                             GError **error)
{
  if (strcmp(value, "skip") != 0 && strcmp(value, "nearest") != 0)
    return ms_options_value_error(name, "\"skip\" or \"nearest\"", value, error);
  options->resize_predicted = strcmp(value, "nearest") == 0;
  options->has_size_mismatch = TRUE;
  return TRUE;
}

gboolean
ms_options_set_slice_axis(MsOptions *options, const char *name, const char *value, GError **error)
{
  if (strlen(value) != 1 || *value < 'x' || *value > 'z')
    return ms_options_value_error(name, "\"x\", \"y\" or \"z\"", value, error);
  options->slice_axis = (guint)(*value - 'x');
  return TRUE;
}

/* The limit that a name stands for; NULL: none of the fractions. */
static double *
find_limit(MsAdviceLimits *limits, const char *name)
{
  if (strcmp(name, "gap") == 0)
    return &limits->gap;
  if (strcmp(name, "training") == 0)
    return &limits->training;
  if (strcmp(name, "exact") == 0)
    return &limits->exact;
  return strcmp(name, "iou") == 0 ? &limits->iou : NULL;
}

/* What is wrong with NAME=VALUE, or with a word; NULL: nothing. */
static const char *
read_advice(MsAdviceLimits *limits, const char *item)
{
  const char *equals = strchr(item, '=');
  g_autofree char *name = equals ? g_strndup(item, (gsize)(equals - item)) : NULL;
  double *limit = name ? find_limit(limits, name) : NULL;
  guint64 examples;
  if (limit)
    return read_fraction(equals + 1, limit) ? NULL : "numbers from 0 to 1";
  if (g_strcmp0(name, "examples") == 0) {
    if (!g_ascii_string_to_unsigned(equals + 1, 10, 2, G_MAXUINT32, &examples, NULL))
      return "a whole number of examples from 2";
    limits->examples = (guint)examples;
    return NULL;
  }
  if (strcmp(item, "explain") == 0) {
    limits->explain = TRUE;
    return NULL;
  }
  return "\"none\", or a list of gap, training, exact, iou and examples with =VALUE and "
         "\"explain\"";
}

gboolean
ms_options_set_advise(MsOptions *options, const char *name, const char *value, GError **error)
{
  MsAdviceLimits limits;
  ms_advice_limits_init(&limits);
  limits.none = strcmp(value, "none") == 0;
  g_auto(GStrv) items = g_strsplit(limits.none ? "" : value, ",", -1);
  for (guint i = 0; items[i]; i++) {
    const char *takes = read_advice(&limits, g_strstrip(items[i]));
    if (takes)
      return ms_options_value_error(name, takes, *items[i] ? items[i] : value, error);
  }
  if (!limits.none && !items[0])
    return ms_options_value_error(name, read_advice(&limits, ""), value, error);
  options->advice = limits;
  options->has_advise = TRUE;
  return TRUE;
}
