/* SPDX-License-Identifier: MIT
 *
 * Label sets of a few lines: options in short, and what became of an example in one string.
 */
#pragma once

#include "set/option-values.h"
#include "set/set.h"
#include "small-set.h"

/* Words "set=", "actual=", "predicted=[NAME=]", "images=", "splits=", "classes=", "manifest=" with
 * names in the folder, "threshold=", "split=" and "model=". */
static inline MsOptions *
label_options(const TestFolder *folder, const char *words)
{
  MsOptions *options = ms_options_new();
  g_auto(GStrv) list = g_strsplit(words, " ", -1);
  for (guint i = 0; list[i]; i++) {
    char *value = strchr(list[i], '=') + 1;
    char *name = g_strndup(list[i], (gsize)(value - 1 - list[i]));
    char *path = test_path(folder, strrchr(list[i], '=') + 1);
    if (g_str_equal(name, "predicted")) {
      char *model = strchr(value, '=') ? g_strndup(value, strcspn(value, "=")) : NULL;
      ms_options_add_predicted(options, model, path);
      g_free(model);
    } else if (g_str_equal(name, "threshold")) {
      g_assert_true(ms_options_set_threshold(options, name, value, NULL));
    } else if (g_str_equal(name, "split")) {
      options->split = g_strdup(value);
    } else if (g_str_equal(name, "model")) {
      options->model = g_strdup(value);
    } else {
      char **member = g_str_equal(name, "set")       ? &options->set
                      : g_str_equal(name, "actual")  ? &options->actual
                      : g_str_equal(name, "images")  ? &options->images
                      : g_str_equal(name, "splits")  ? &options->splits
                      : g_str_equal(name, "classes") ? &options->classes
                                                     : &options->manifest;
      *member = g_strdup(path);
    }
    g_free(path);
    g_free(name);
  }
  return options;
}

static inline MsSet *
label_set_open(const TestFolder *folder, const char *words)
{
  g_autoptr(MsOptions) options = label_options(folder, words);
  g_autoptr(GError) error = NULL;
  MsSet *set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  g_assert_nonnull(ms_set_get_labels(set));
  return set;
}

static inline guint
label_example(MsSet *set, const char *id)
{
  guint example = ms_set_find_example(set, id);
  g_assert_cmpuint(example, !=, G_MAXUINT);
  return example;
}

/* Where its image is; NULL: it has none. Lent until the next call. */
static inline const char *
label_image(MsSet *set, const char *id)
{
  static MsExample *example;
  g_clear_object(&example);
  example = ms_set_dup_example(set, label_example(set, id));
  return ms_example_get_image(example);
}

/* "Happy;Fast", ";" for an empty label set, "none" for none. of: MS_LABEL_ACTUAL or a model. Caller
 * frees. */
static inline char *
label_text(MsSet *set, const char *id, guint of)
{
  guint model = of == MS_LABEL_ACTUAL ? 0 : of;
  guint row = ms_set_get_row(set, label_example(set, id));
  const MsLabelData *data = ms_set_get_labels(set);
  g_autoptr(GArray) marks = ms_label_data_marks(data, row, model, ms_set_get_rules(set, model));
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < marks->len; i++) {
    const MsLabelMark *mark = &g_array_index(marks, MsLabelMark, i);
    if (of == MS_LABEL_ACTUAL ? mark->actual : mark->predicted)
      g_string_append_printf(text, "%s%s", text->len ? ";" : "",
                             ms_label_data_name(data, mark->label));
  }
  if (!ms_label_data_has(data, of, row))
    return g_strdup("none");
  return g_strdup(text->len ? text->str : ";");
}

static inline void
assert_labels(MsSet *set, const char *id, guint of, const char *expected)
{
  g_autofree char *text = label_text(set, id, of);
  g_assert_cmpstr(text, ==, expected);
}

/* The labels' names, separated by ';'. */
static inline void
assert_names(MsSet *set, const char *expected)
{
  const MsLabelData *data = ms_set_get_labels(set);
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < ms_label_data_n_labels(data); i++)
    g_string_append_printf(text, "%s%s", i ? ";" : "", ms_label_data_name(data, i));
  g_assert_cmpstr(text->str, ==, expected);
}

static inline gboolean
has_notice(MsSet *set, const char *part)
{
  const GPtrArray *notices = ms_set_get_notices(set);
  for (guint i = 0; i < notices->len; i++) {
    const MsNotice *notice = g_ptr_array_index(notices, i);
    if (strstr(notice->message, part))
      return TRUE;
  }
  return FALSE;
}

static inline void
assert_notice(MsSet *set, const char *part)
{
  if (!has_notice(set, part))
    g_error("no notice says \"%s\"", part);
}

static inline void
assert_no_notice(MsSet *set)
{
  const GPtrArray *notices = ms_set_get_notices(set);
  if (notices->len > 0)
    g_error("unexpected: %s", ((const MsNotice *)g_ptr_array_index(notices, 0))->message);
}

static inline void
assert_model(MsSet *set, guint model, const char *name, gboolean scores, const char *description)
{
  const MsReading *reading = ms_set_get_predicted_reading(set, model);
  g_assert_cmpstr(ms_set_get_model_name(set, model), ==, name);
  g_assert_cmpint(reading->encoding, ==, scores ? MS_ENCODING_LABEL_SCORES : MS_ENCODING_LABELS);
  g_assert_cmpstr(reading->description, ==, description);
  g_assert_cmpint(ms_ruleset_has_threshold(ms_set_get_rules(set, model)), ==, scores);
}
