/* SPDX-License-Identifier: MIT
 *
 * The part of the JSON report that says what was scored and by which rules: the set, how each
 * folder of it is read, and everything an option can change.
 */
#include "report/table-json-private.h"

#include "report/table-measures.h"

static void
write_strings(MsJsonWriter *json, const char *key, const char *const *strings)
{
  ms_json_key(json, key);
  ms_json_open(json, '[', ONE_LINE);
  for (guint i = 0; strings[i]; i++)
    ms_json_string(json, strings[i]);
  ms_json_close(json, ']');
}

static void
write_ids(MsJsonWriter *json, const char *key, const uint32_t *ids, gsize n_ids)
{
  ms_json_key(json, key);
  if (!ids) {
    ms_json_null(json);
    return;
  }
  ms_json_open(json, '[', ONE_LINE);
  for (gsize i = 0; i < n_ids; i++)
    ms_json_count(json, ids[i]);
  ms_json_close(json, ']');
}

static void
write_class_table(MsJsonWriter *json, const MsClassTable *table)
{
  ms_json_key(json, "classes");
  if (!table) {
    ms_json_null(json);
    return;
  }
  ms_json_open(json, '[', MULTILINE);
  for (gsize i = 0; i < table->n_classes; i++) {
    ms_json_open(json, '{', ONE_LINE);
    ms_json_member_count(json, "id", table->classes[i].id);
    ms_json_member_string(json, "name", table->classes[i].name);
    ms_json_close(json, '}');
  }
  ms_json_close(json, ']');
}

void
ms_json_write_set(MsJsonWriter *json, MsSet *set)
{
  ms_json_key(json, "set");
  ms_json_open(json, '{', MULTILINE);
  ms_json_member_string(json, "title", ms_set_get_title(set));
  ms_json_member_string(json, "path", ms_set_get_path(set));
  ms_json_member_string(json, "layout", ms_set_get_layout(set));
  ms_json_member_count(json, "examples", ms_set_get_n_examples(set));
  write_strings(json, "splits", ms_set_get_splits(set));
  write_strings(json, "groups", ms_set_get_groups(set));
  write_class_table(json, ms_set_get_classes(set));
  ms_json_close(json, '}');
}

static const char *
encoding_name(MsEncoding encoding)
{
  static const char *const names[] = {
      [MS_ENCODING_BINARY] = "binary",
      [MS_ENCODING_GREY] = "grey",
      [MS_ENCODING_TWO_COLORS] = "two-colors",
      [MS_ENCODING_PROBABILITY] = "probability",
      [MS_ENCODING_CLASSES] = "classes",
      [MS_ENCODING_STACKS] = "stacks",
      [MS_ENCODING_COLORS] = "colors",
      [MS_ENCODING_LABELS] = "labels",
      [MS_ENCODING_LABEL_SCORES] = "label-scores",
  };

  return names[encoding];
}

/* What is no id, as unknown colours and negative samples are, is -1. */
static void
write_id(MsJsonWriter *json, guint32 id)
{
  if (id == MS_ID_NONE)
    ms_json_number(json, -1);
  else
    ms_json_count(json, id);
}

static void
write_reading(MsJsonWriter *json, const MsReading *reading)
{
  gboolean has_positive = reading && reading->encoding == MS_ENCODING_BINARY;
  g_autofree char *adjustment =
      reading && reading->adjustment ? ms_adjustment_to_text(reading->adjustment) : NULL;

  ms_json_key(json, "reading");
  if (!reading) {
    ms_json_null(json);
    return;
  }
  ms_json_open(json, '{', MULTILINE);
  ms_json_member_string(json, "encoding", encoding_name(reading->encoding));
  ms_json_member_string(json, "description", reading->description);
  ms_json_member_string(json, "adjustment", adjustment);
  ms_json_member_boolean(json, "guessed", reading->guessed);
  ms_json_member_boolean(json, "per_file", reading->per_file);
  ms_json_key(json, "positive");
  if (has_positive && reading->positive >= 0)
    ms_json_count(json, (guint64)reading->positive);
  else
    ms_json_string(json, has_positive ? "nonzero" : NULL);
  ms_json_key(json, "maximum");
  if (reading->encoding == MS_ENCODING_PROBABILITY)
    ms_json_count(json, reading->maximum);
  else
    ms_json_null(json);
  ms_json_key(json, "ignored");
  ms_json_open(json, '[', ONE_LINE);
  for (guint i = 0; reading->ignored && i < reading->ignored->len; i++)
    write_id(json, g_array_index(reading->ignored, guint32, i));
  ms_json_close(json, ']');
  ms_json_close(json, '}');
}

static const char *
comparison_name(MsComparison comparison)
{
  static const char *const names[] = {
      [MS_COMPARE_BINARY] = "binary",   [MS_COMPARE_THRESHOLD] = "threshold",
      [MS_COMPARE_CLASSES] = "classes", [MS_COMPARE_STACKS] = "stacks",
      [MS_COMPARE_LABELS] = "labels",
  };

  return names[comparison];
}

/* What counts nowhere: ids, or of binary masks the raw samples of the actual one. */
static void
write_ignored(MsJsonWriter *json, MsSet *set, const MsRules *rules)
{
  const MsReading *actual = ms_set_get_actual_reading(set);

  ms_json_key(json, "ignored");
  ms_json_open(json, '[', ONE_LINE);
  if (ms_comparison_has_classes(rules->comparison)) {
    for (gsize i = 0; i < rules->n_ignored; i++)
      write_id(json, rules->ignored[i]);
  } else {
    for (guint i = 0; actual && actual->ignored && i < actual->ignored->len; i++)
      ms_json_count(json, g_array_index(actual->ignored, guint32, i));
  }
  ms_json_close(json, ']');
}

static gboolean
has_background(const MsRules *rules)
{
  return (rules->comparison == MS_COMPARE_CLASSES || rules->comparison == MS_COMPARE_STACKS) &&
         rules->background >= 0;
}

static void
write_rules(MsJsonWriter *json, MsSet *set, const MsRuleset *ruleset)
{
  const MsRules *rules = &ruleset->rules;

  ms_json_key(json, "rules");
  ms_json_open(json, '{', MULTILINE);
  ms_json_member_string(json, "comparison", comparison_name(rules->comparison));
  ms_json_key(json, "threshold");
  if (ms_ruleset_has_threshold(ruleset))
    ms_json_number(json, ruleset->threshold);
  else
    ms_json_null(json);
  ms_json_key(json, "background");
  if (has_background(rules))
    ms_json_count(json, (guint64)rules->background);
  else
    ms_json_null(json);
  write_ids(json, "classes", rules->classes, rules->n_classes);
  write_ignored(json, set, rules);
  ms_json_member_boolean(json, "ignore_unlisted", rules->ignore_unlisted);
  ms_json_close(json, '}');
}

static const char *
empty_rule_name(MsEmptyRule empty)
{
  static const char *const names[] = {
      [MS_EMPTY_ONE] = "one",
      [MS_EMPTY_ZERO] = "zero",
      [MS_EMPTY_SKIP] = "skip",
  };

  return names[empty];
}

static void
write_limits(MsJsonWriter *json, const MsAdviceLimits *limits)
{
  const struct {
    const char *key;
    double value;
  } fractions[] = {{"gap", limits->gap},
                   {"training", limits->training},
                   {"exact", limits->exact},
                   {"iou", limits->iou}};

  ms_json_key(json, "advise");
  ms_json_open(json, '{', ONE_LINE);
  ms_json_member_boolean(json, "none", limits->none);
  ms_json_member_boolean(json, "explain", limits->explain);
  for (guint i = 0; i < G_N_ELEMENTS(fractions); i++) {
    ms_json_key(json, fractions[i].key);
    ms_json_number(json, fractions[i].value);
  }
  ms_json_member_count(json, "examples", limits->examples);
  ms_json_close(json, '}');
}

static void
write_instances(MsJsonWriter *json, const MsOptions *options)
{
  ms_json_key(json, "instances");
  if (options->instances_choice == MS_CHOICE_GIVEN && options->instances_divisor > 0)
    ms_json_count(json, options->instances_divisor);
  else if (options->instances_choice == MS_CHOICE_AUTO)
    ms_json_null(json);
  else
    ms_json_string(json, options->instances_choice == MS_CHOICE_NONE ? "none" : "plain");
}

static void
write_map(MsJsonWriter *json, const char *key, const MsIdMap *map)
{
  static const char *const none[] = {NULL};
  g_auto(GStrv) lines = map ? ms_id_map_to_lines(map) : NULL;

  write_strings(json, key, lines ? (const char *const *)lines : none);
}

static void
write_maps(MsJsonWriter *json, const MsOptions *options)
{
  ms_json_key(json, "maps");
  ms_json_open(json, '{', MULTILINE);
  write_map(json, "actual", options->ids_actual);
  write_map(json, "predicted", options->ids_predicted);
  ms_json_close(json, '}');
}

void
ms_json_write_options(MsJsonWriter *json, MsSet *set, MsEvaluation *evaluation,
                      const MsSetMeasures *measures)
{
  const MsOptions *options = ms_set_get_options(set);
  static const char *const axes[] = {"x", "y", "z"};

  ms_json_key(json, "options");
  ms_json_open(json, '{', MULTILINE);
  ms_json_member_string(json, "empty", empty_rule_name(options->empty));
  ms_json_member_string(json, "size_mismatch", options->resize_predicted ? "nearest" : "skip");
  ms_json_member_string(json, "slice_axis", axes[options->slice_axis]);
  write_instances(json, options);
  write_maps(json, options);
  write_limits(json, &options->advice);
  ms_json_member_string(json, "split", options->split);
  ms_json_member_string(json, "model", options->model);
  ms_json_write_measure_options(json, measures);
  ms_json_key(json, "actual");
  ms_json_open(json, '{', MULTILINE);
  write_reading(json, ms_set_get_actual_reading(set));
  ms_json_close(json, '}');
  ms_json_key(json, "predicted");
  ms_json_open(json, '[', MULTILINE);
  for (guint model = 0; model < ms_set_get_n_models(set); model++) {
    ms_json_open(json, '{', MULTILINE);
    ms_json_member_string(json, "model", ms_set_get_model_name(set, model));
    ms_json_member_string(json, "folder", ms_set_get_model_folder(set, model));
    write_reading(json, ms_set_get_predicted_reading(set, model));
    write_rules(json, set, ms_report_rules(set, evaluation, model));
    ms_json_close(json, '}');
  }
  ms_json_close(json, ']');
  ms_json_close(json, '}');
}
