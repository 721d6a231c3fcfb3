/* SPDX-License-Identifier: MIT
 *
 * When in doubt a thing goes in: one too many costs a second reading of the masks, one too few is
 * a wrong number.
 */
#include "set/signature.h"

#include "set/file-facts.h"
#include "set/findings.h"
#include "set/reading-adjust.h"
#include "set/sources-id.h"

static void
mix_path(MsHash *hash, const char *path)
{
  g_autofree char *absolute = path ? g_canonicalize_filename(path, NULL) : NULL;

  ms_hash_mix_text(hash, absolute);
}

static void
mix_places(MsHash *hash, MsSet *set, guint model)
{
  const MsOptions *options = ms_set_get_options(set);

  mix_path(hash, options->set);
  mix_path(hash, options->folder);
  mix_path(hash, options->actual);
  mix_path(hash, options->manifest);
  mix_path(hash, ms_set_get_model_folder(set, model));
  ms_hash_mix_text(hash, ms_set_get_model_name(set, model));
}

static void
mix_ids(MsHash *hash, const MsIdMap *ids)
{
  g_auto(GStrv) lines = ids ? ms_id_map_to_lines(ids) : NULL;

  ms_hash_mix(hash, ids ? ms_id_map_divisor(ids) : G_MAXUINT64);
  ms_hash_mix(hash, ids ? g_strv_length(lines) : G_MAXUINT64);
  for (guint i = 0; lines && lines[i]; i++)
    ms_hash_mix_text(hash, lines[i]);
}

static void
mix_numbers(MsHash *hash, const GArray *numbers)
{
  ms_hash_mix_bytes(hash, numbers->data, numbers->len * sizeof(guint32));
}

/* Its ids are mixed with all others. What is left empty becomes background. */
static void
mix_adjustment(MsHash *hash, const MsReading *reading, const MsRules *rules)
{
  g_autofree char *text =
      reading->adjustment ? ms_adjustment_to_text(reading->adjustment) : g_strdup("");

  ms_hash_mix_text(hash, text);
  if (ms_reading_moves(reading))
    ms_hash_mix(hash, (guint64)rules->background);
}

/* Ignored samples become part of the raster in all encodings but those of class ids, which the
 * rules ignore. A manifest's rows may come down to anything. */
static gboolean
bakes_ignored(const MsReading *reading)
{
  return reading->per_file || !ms_reading_has_classes(reading);
}

/* Whether floats are cut at the set's threshold. */
static gboolean
bakes_threshold(const MsReading *reading)
{
  return reading->encoding == MS_ENCODING_PROBABILITY &&
         (reading->per_file || reading->maximum == MS_READING_FLOAT_MAXIMUM);
}

static void
mix_reading(MsHash *hash, const MsReading *reading)
{
  const gboolean flags[] = {reading->outsiders, reading->alpha,   reading->predicted,
                            reading->forced,    reading->checked, reading->per_file,
                            reading->doubts_255};
  guint64 threshold = 0;

  ms_hash_mix(hash, reading->encoding);
  ms_hash_mix(hash, (guint64)reading->positive);
  ms_hash_mix(hash, reading->maximum);
  if (bakes_threshold(reading))
    memcpy(&threshold, &reading->threshold, sizeof threshold);
  ms_hash_mix(hash, threshold);
  mix_ids(hash, reading->ids);
  ms_hash_mix(hash, reading->colors ? ms_color_ids_hash(reading->colors) : 0);
  ms_hash_mix_bytes(hash, flags, sizeof flags);
  ms_hash_mix_bytes(hash, reading->dark, sizeof reading->dark);
  ms_hash_mix_bytes(hash, reading->bright, sizeof reading->bright);
  if (bakes_ignored(reading))
    mix_numbers(hash, reading->ignored);
  if (reading->checked) {
    mix_numbers(hash, reading->values);
    ms_hash_mix_bytes(hash, reading->positives, sizeof reading->positives);
  }
}

/* The ids that records are painted with follow from their file's categories, or from the names of
 * classes in all files together. */
static void
mix_annotations(MsHash *hash, const MsAnnotations *annotations)
{
  const MsClassTable *table = annotations ? ms_annotations_table(annotations) : NULL;

  ms_hash_mix(hash, annotations != NULL);
  ms_hash_mix(hash, table ? table->n_classes : G_MAXUINT64);
  for (gsize i = 0; table && i < table->n_classes; i++) {
    ms_hash_mix(hash, table->classes[i].id);
    ms_hash_mix_text(hash, table->classes[i].name);
  }
}

MsHash
ms_signature_of(MsSet *set, guint model)
{
  const MsOptions *options = ms_set_get_options(set);
  MsHash hash = MS_HASH_INIT;

  ms_hash_mix_text(&hash, MS_VERSION);
  ms_hash_mix_text(&hash, MS_SOURCES_ID);
  mix_places(&hash, set, model);
  mix_reading(&hash, ms_set_get_actual_reading(set));
  mix_reading(&hash, ms_set_get_predicted_reading(set, model));
  mix_adjustment(&hash, ms_set_get_predicted_reading(set, model),
                 &ms_set_get_rules(set, model)->rules);
  mix_annotations(&hash, ms_set_get_annotations(set, MS_SET_ACTUAL));
  mix_annotations(&hash, ms_set_get_annotations(set, model));
  ms_hash_mix(&hash, ms_set_get_rules(set, model)->rules.comparison);
  ms_hash_mix(&hash, options->resize_predicted);
  ms_hash_mix(&hash, options->slice_axis);
  return hash;
}

static void
mix_rules(MsHash *hash, const MsRules *rules)
{
  ms_hash_mix(hash, rules->comparison);
  ms_hash_mix(hash, rules->threshold);
  ms_hash_mix_bytes(hash, rules->ignored, rules->n_ignored * sizeof *rules->ignored);
  ms_hash_mix(hash, (guint64)rules->background);
  ms_hash_mix(hash, rules->classes != NULL);
  ms_hash_mix_bytes(hash, rules->classes, rules->n_classes * sizeof *rules->classes);
  ms_hash_mix(hash, rules->ignore_unlisted);
}

MsHash
ms_signature_of_findings(MsSet *set, guint model, const MsRuleset *rules)
{
  MsHash hash = ms_signature_of(set, model);

  ms_hash_mix_text(&hash, "findings");
  ms_hash_mix(&hash, MS_FINDINGS_REGIONS);
  mix_rules(&hash, &rules->rules);
  return hash;
}

MsHash
ms_signature_of_facts(MsPlace place, guint slice_axis, const MsIdMap *ids)
{
  MsHash hash = MS_HASH_INIT;

  ms_hash_mix_text(&hash, MS_VERSION);
  ms_hash_mix_text(&hash, MS_SOURCES_ID);
  ms_hash_mix(&hash, MS_FILE_FACTS_VERSION);
  mix_path(&hash, place.path);
  ms_hash_mix(&hash, (guint64)(gint64)place.part);
  ms_hash_mix(&hash, slice_axis);
  mix_ids(&hash, ids);
  return hash;
}
