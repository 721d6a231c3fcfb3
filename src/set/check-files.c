/* SPDX-License-Identifier: MIT
 *
 * Masks that are not there, that cannot be told apart, or that cannot be read. What lacks is known
 * of the whole set from its listing, what can be read of the sample.
 *
 * Said of no one: an image without any mask, a split without any actual mask (a test set is like
 * that) and a split that a model was not run on.
 */
#include <string.h>

#include "set/check-private.h"
#include "set/describe.h"
#include "set/inventory.h"
#include "set/set-private.h"

/* --- masks that lack ------------------------------------------------------------------------ */

/* What a split has, or the examples that have no split. */
typedef struct {
  guint n_actual;
  guint *n_predicted; /* one a model: beside an actual mask */
} Holding;

static void
holding_free(gpointer data)
{
  Holding *holding = data;

  g_free(holding->n_predicted);
  g_free(holding);
}

static gboolean
has_predicted(MsSet *set, guint example, guint model)
{
  const MsLabelData *labels = ms_set_get_labels(set);

  return labels ? ms_label_data_has(labels, model, ms_set_get_row(set, example))
                : ms_set_has_file(set, example, MS_FILE_PREDICTED + model);
}

static gboolean
has_any_predicted(const MsCheckEvidence *evidence, guint example)
{
  for (guint model = 0; model < evidence->n_models; model++)
    if (has_predicted(evidence->set, example, model))
      return TRUE;
  return FALSE;
}

static const char *
split_of(MsSet *set, guint example)
{
  const char *split = ms_set_get_split(set, example);

  return split ? split : "";
}

/* By the split's name, "" of none. */
static GHashTable *
count_holdings(const MsCheckEvidence *evidence)
{
  GHashTable *holdings = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, holding_free);
  guint n_examples = ms_set_get_n_examples(evidence->set);

  for (guint i = 0; i < n_examples; i++) {
    const char *split = split_of(evidence->set, i);
    Holding *holding = g_hash_table_lookup(holdings, split);

    if (!holding) {
      holding = g_new0(Holding, 1);
      holding->n_predicted = g_new0(guint, MAX(evidence->n_models, 1));
      g_hash_table_insert(holdings, (char *)split, holding);
    }
    if (!ms_set_has_actual(evidence->set, i))
      continue;
    holding->n_actual++;
    for (guint model = 0; model < evidence->n_models; model++)
      holding->n_predicted[model] += has_predicted(evidence->set, i, model);
  }
  return holdings;
}

/* The finding that counts an example; made by the first one. */
static void
count_example(GPtrArray *findings, MsCheckFinding **finding, MsCheckKind kind, guint model,
              guint example)
{
  if (!*finding)
    *finding = ms_check_add(findings, kind, MS_SURENESS_CERTAIN, model, NULL, NULL);
  ms_check_finding_add_example(*finding, example);
}

static const char *
thing(const MsCheckEvidence *evidence)
{
  return ms_set_get_labels(evidence->set) ? "label set" : "mask";
}

static void
set_words(const MsCheckEvidence *evidence, MsCheckFinding *finding, const char *what,
          const char *remedy)
{
  g_autofree char *n = ms_describe_count(finding->n_examples);
  g_autofree char *names = ms_check_name_examples(evidence, finding);

  finding->n_looked = ms_set_get_n_examples(evidence->set);
  finding->title = g_strdup_printf(
      "%s %s %s", n, finding->n_examples == 1 ? "example has" : "examples have", what);
  finding->detail = g_strdup_printf("%s left out of every score: %s.",
                                    finding->n_examples == 1 ? "It is" : "They are", names);
  finding->remedy = g_strdup(remedy);
}

static gboolean
has_records(MsSet *set)
{
  if (ms_set_get_annotations(set, MS_SET_ACTUAL))
    return TRUE;
  for (guint model = 0; model < ms_set_get_n_models(set); model++)
    if (ms_set_get_annotations(set, model))
      return TRUE;
  return FALSE;
}

/* How the two sides of an example find each other. */
static const char *
pair_remedy(MsSet *set)
{
  if (ms_set_get_labels(set))
    return "Each example needs a row with its id on both sides: an empty cell or NA means that "
           "there is no answer, a cell of ; alone is an answer without any label.";
  if (has_records(set))
    return "Records belong to the image whose image_id or file name they give, masks in files to "
           "the one whose name, or the number at its end, they have: both sides need to name the "
           "same images.";
  return "Masks of one example need one name, but for an ending like _mask; where theirs differ, "
         "say how with patterns, as in --predicted 'NAME=FOLDER/{id}_out.png'.";
}

/* Predicted masks beside which there is no actual one, in splits that have actual ones. */
static void
find_without_actual(const MsCheckEvidence *evidence, GHashTable *holdings, gboolean offered,
                    GPtrArray *findings)
{
  guint n_examples = ms_set_get_n_examples(evidence->set);
  g_autofree char *what = g_strdup_printf("a predicted %s, but no actual one", thing(evidence));
  MsCheckFinding *finding = NULL;

  for (guint i = 0; i < n_examples; i++) {
    const Holding *holding;

    if (ms_set_has_actual(evidence->set, i) || !has_any_predicted(evidence, i))
      continue;
    holding = g_hash_table_lookup(holdings, split_of(evidence->set, i));
    if (holding->n_actual > 0)
      count_example(findings, &finding, MS_CHECK_UNPAIRED, G_MAXUINT, i);
  }
  if (finding)
    set_words(evidence, finding, what,
              offered ? "They seem to be of the examples that lack a predicted mask: see there."
                      : pair_remedy(evidence->set));
}

/* Whether a model is missed where it has nothing: it has nothing anywhere. */
static gboolean
was_run(const MsCheckEvidence *evidence, GHashTable *holdings, guint example, guint model)
{
  const Holding *holding = g_hash_table_lookup(holdings, split_of(evidence->set, example));
  GHashTableIter iter;
  gpointer other;

  if (holding->n_predicted[model] > 0)
    return TRUE;
  g_hash_table_iter_init(&iter, holdings);
  while (g_hash_table_iter_next(&iter, NULL, &other))
    if (((const Holding *)other)->n_predicted[model] > 0)
      return FALSE;
  return TRUE;
}

static gboolean
is_missing(MsSet *set, guint example, guint model)
{
  const char *problem = ms_set_get_problem(set, example, model);

  return problem && ms_problem_is_missing(problem);
}

/* guint, ascending: examples that lack a model's mask. */
static GArray *
list_missing(const MsCheckEvidence *evidence, GHashTable *holdings, guint model)
{
  GArray *missing = g_array_new(FALSE, FALSE, sizeof(guint));
  guint n_examples = ms_set_get_n_examples(evidence->set);

  for (guint i = 0; i < n_examples; i++)
    if (ms_set_has_actual(evidence->set, i) && is_missing(evidence->set, i, model) &&
        was_run(evidence, holdings, i, model))
      g_array_append_val(missing, i);
  return missing;
}

static gboolean
lists_are_equal(const GArray *a, const GArray *b)
{
  return a->len == b->len && memcmp(a->data, b->data, a->len * sizeof(guint)) == 0;
}

/* models: guint, those that lack them. TRUE: there are masks for them under other names. */
static gboolean
add_missing(const MsCheckEvidence *evidence, const GArray *missing, const GArray *models,
            GPtrArray *findings)
{
  g_autofree char *whose = models->len == evidence->n_models
                               ? g_strdup(" of any model")
                               : g_strdup_printf(" of %u models", models->len);
  g_autofree char *what = g_strdup_printf("an actual %s, but no predicted one%s", thing(evidence),
                                          models->len == 1 ? "" : whose);
  guint model = models->len == 1 ? g_array_index(models, guint, 0) : G_MAXUINT;
  MsCheckFinding *finding = NULL;

  for (guint i = 0; i < missing->len; i++)
    count_example(findings, &finding, MS_CHECK_UNPAIRED, model, g_array_index(missing, guint, i));
  set_words(evidence, finding, what, pair_remedy(evidence->set));
  return ms_check_offer_names(evidence, models, finding);
}

/* The models from this one on that lack the same masks; the lists of the others are emptied. */
static GArray *
take_models(const GPtrArray *lists, guint model)
{
  GArray *models = g_array_new(FALSE, FALSE, sizeof(guint));
  const GArray *missing = g_ptr_array_index(lists, model);

  g_array_append_val(models, model);
  for (guint other = model + 1; other < lists->len; other++) {
    GArray *list = g_ptr_array_index(lists, other);

    if (!lists_are_equal(missing, list))
      continue;
    g_array_append_val(models, other);
    g_array_set_size(list, 0);
  }
  return models;
}

/* Models that lack the same masks are told of together. TRUE: as above. */
static gboolean
find_without_predicted(const MsCheckEvidence *evidence, GHashTable *holdings, GPtrArray *findings)
{
  g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
  gboolean offered = FALSE;

  for (guint model = 0; model < evidence->n_models; model++)
    g_ptr_array_add(lists, list_missing(evidence, holdings, model));
  for (guint model = 0; model < evidence->n_models; model++) {
    const GArray *missing = g_ptr_array_index(lists, model);
    g_autoptr(GArray) models = missing->len > 0 ? take_models(lists, model) : NULL;

    if (models)
      offered |= add_missing(evidence, missing, models, findings);
  }
  return offered;
}

/* --- masks that cannot be told apart -------------------------------------------------------- */

/* The actual ones are the same for each model, and told of once. */
static gboolean
is_contested(const MsCheckEvidence *evidence, guint example, guint model)
{
  MsSet *set = evidence->set;
  const char *problem = ms_set_get_problem(set, example, model == G_MAXUINT ? 0 : model);
  gboolean actual = ms_set_has_actual(set, example) && !ms_set_get_labels(set) &&
                    !ms_set_has_file(set, example, MS_FILE_ACTUAL);

  return problem && !ms_problem_is_missing(problem) && actual == (model == G_MAXUINT);
}

static void
find_contested(const MsCheckEvidence *evidence, guint model, GPtrArray *findings)
{
  guint n_examples = ms_set_get_n_examples(evidence->set);
  MsCheckFinding *finding = NULL;
  guint first;

  for (guint i = 0; i < n_examples; i++)
    if (is_contested(evidence, i, model))
      count_example(findings, &finding, MS_CHECK_AMBIGUOUS, model, i);
  if (!finding)
    return;
  set_words(evidence, finding,
            model == G_MAXUINT ? "more than one fitting actual mask"
                               : "more than one fitting predicted mask",
            "Leave one file for each example, or say which with a pattern, as in "
            "--actual 'FOLDER/{id}_final.png'.");
  first = g_array_index(finding->examples, guint, 0);
  g_free(finding->detail);
  finding->detail =
      g_strdup_printf("Of example %s %s.", ms_set_get_id(evidence->set, first),
                      ms_set_get_problem(evidence->set, first, model == G_MAXUINT ? 0 : model));
}

/* --- masks that cannot be read -------------------------------------------------------------- */

static const MsCheckFile *
file_of(const MsCheckExample *example, guint model)
{
  return model == G_MAXUINT ? &example->actual : &example->pairs[model].predicted;
}

/* What is being written is read when it is whole. */
static gboolean
is_unreadable(const MsCheckFile *file)
{
  return file->is_there && !file->is_read && !file->is_unfinished;
}

/* Messages that stand in full. */
#define N_REASONS 3

/* "a.png: not a picture; b.png: truncated; and 3 more." Caller frees. */
static char *
describe_reasons(const MsCheckEvidence *evidence, guint model, guint n_unread)
{
  GString *text = g_string_new(NULL);
  guint n = 0;

  for (guint i = 0; i < evidence->n_examples && n < N_REASONS; i++) {
    const MsCheckFile *file = file_of(&evidence->examples[i], model);

    if (is_unreadable(file))
      g_string_append_printf(text, "%s%s", n++ > 0 ? "; " : "", file->message);
  }
  if (n < n_unread)
    g_string_append_printf(text, "; and %u more", n_unread - n);
  g_string_append_c(text, '.');
  return g_string_free(text, FALSE);
}

static void
find_unreadable(const MsCheckEvidence *evidence, guint model, GPtrArray *findings)
{
  const char *which = model == G_MAXUINT ? "actual" : "predicted";
  MsCheckFinding *finding = NULL;
  guint n_looked = 0;

  for (guint i = 0; i < evidence->n_examples; i++) {
    const MsCheckFile *file = file_of(&evidence->examples[i], model);

    n_looked += file->is_there;
    if (is_unreadable(file))
      count_example(findings, &finding, MS_CHECK_UNREADABLE, model, evidence->examples[i].example);
  }
  if (!finding)
    return;
  finding->n_looked = n_looked;
  finding->title = g_strdup_printf("%u %s %s cannot be read", finding->n_examples, which,
                                   finding->n_examples == 1 ? "mask" : "masks");
  finding->detail = describe_reasons(evidence, model, finding->n_examples);
  finding->remedy =
      g_strdup(finding->n_examples == 1 ? "Write this file anew, or take it out of the set."
                                        : "Write these files anew, or take them out of the set.");
}

void
ms_check_files(const MsCheckEvidence *evidence, GPtrArray *findings)
{
  g_autoptr(GHashTable) holdings = count_holdings(evidence);

  gboolean offered = find_without_predicted(evidence, holdings, findings);

  find_without_actual(evidence, holdings, offered, findings);
  if (evidence->n_models > 0) {
    find_contested(evidence, G_MAXUINT, findings);
    find_unreadable(evidence, G_MAXUINT, findings);
  }
  for (guint model = 0; model < evidence->n_models; model++) {
    find_contested(evidence, model, findings);
    find_unreadable(evidence, model, findings);
  }
}
