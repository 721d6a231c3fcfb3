/* SPDX-License-Identifier: MIT
 *
 * What masks hold, whatever they are read as: nothing, or what other masks hold.
 *
 * Normal, and not told: some empty masks (slices without a lesion, pictures without a ship) unless
 * they decide the score, a few predictions that are right to the last pixel, two that are alike
 * where the actual masks are alike too or where there is so little in them that chance can do it.
 */
#include "set/check-evidence.h"
#include "set/compare-ids.h"
#include "set/describe.h"
#include "set/pair.h"

/* Fewer examples than these tell nothing. */
#define MIN_EXAMPLES 3
#define MIN_SHARED   5

/* What empty actual masks must take off mean IoU to be told of. */
#define EMPTY_EFFECT 0.05

/* --- empty masks ---------------------------------------------------------------------------- */

typedef struct {
  gboolean actual; /* holds something but background */
  gboolean predicted;
} Content;

static gboolean
is_positive(const MsRules *rules, guint32 sample, gboolean predicted)
{
  if (rules->comparison == MS_COMPARE_CLASSES)
    return sample != rules->background;
  if (rules->comparison == MS_COMPARE_THRESHOLD && predicted)
    return sample > rules->threshold;
  return sample != 0;
}

/* Counted pixels alone; where there is no histogram, what scores tell. */
static Content
content_of(const MsCheckEvidence *evidence, const MsCheckPair *pair)
{
  const MsRules *rules = &ms_set_get_rules(evidence->set, pair->model)->rules;
  MsCounts counts = ms_confusion_counts(pair->confusion);
  Content content = {counts.tp + counts.fn > 0, counts.tp + counts.fp > 0};
  const MsCell *cells;
  size_t n_cells;

  if (!pair->joint || ms_joint_cells(pair->joint, &cells, &n_cells) != MS_STATUS_OK)
    return content;
  content = (Content){FALSE, FALSE};
  for (size_t i = 0; i < n_cells; i++) {
    if (ms_rules_is_ignored(rules, cells[i].actual))
      continue;
    content.actual |= is_positive(rules, cells[i].actual, FALSE);
    content.predicted |= is_positive(rules, cells[i].predicted, TRUE);
  }
  return content;
}

static MsCheckFinding *
add_empty(const MsCheckEvidence *evidence, MsCheckKind kind, guint model, GPtrArray *findings)
{
  MsSureness sureness = evidence->n_examples == ms_set_get_n_examples(evidence->set)
                            ? MS_SURENESS_CERTAIN
                            : MS_SURENESS_LIKELY;

  return ms_check_add(findings, kind, sureness, model, NULL, NULL);
}

static gboolean
has_full_actual(const MsCheckEvidence *evidence, const MsCheckExample *example, gboolean *scored)
{
  *scored = FALSE;
  for (guint model = 0; model < evidence->n_models; model++) {
    if (example->pairs[model].status != MS_RESULT_OK)
      continue;
    *scored = TRUE;
    if (content_of(evidence, &example->pairs[model]).actual)
      return TRUE;
  }
  return FALSE;
}

/* All of them, or nothing is said. */
static void
find_empty_actual(const MsCheckEvidence *evidence, GPtrArray *findings)
{
  g_autoptr(GArray) empty = g_array_new(FALSE, FALSE, sizeof(guint));
  MsCheckFinding *finding;

  for (guint i = 0; i < evidence->n_examples; i++) {
    gboolean scored;

    if (has_full_actual(evidence, &evidence->examples[i], &scored))
      return;
    if (scored)
      g_array_append_val(empty, evidence->examples[i].example);
  }
  if (empty->len < MIN_EXAMPLES)
    return;
  finding = add_empty(evidence, MS_CHECK_EMPTY_ACTUAL, G_MAXUINT, findings);
  for (guint i = 0; i < empty->len; i++)
    ms_check_finding_add_example(finding, g_array_index(empty, guint, i));
  finding->n_looked = empty->len;
  finding->title = g_strdup("Every actual mask is empty");
  finding->detail =
      g_strdup_printf("All %u that were looked at hold nothing but background or what "
                      "is ignored. Actual masks: %s.",
                      empty->len, ms_set_get_actual_reading(evidence->set)->description);
  finding->remedy =
      g_strdup("Look whether this is the folder of the actual masks, and whether they "
               "are read as they are meant.");
}

/* Mean IoU with examples whose actual mask is empty, and without them. */
typedef struct {
  double with, without;
  guint n_looked;
  GArray *examples; /* guint: of them, those where something is predicted */
} EmptyShare;

static EmptyShare
share_of_empty(const MsCheckEvidence *evidence, guint model)
{
  EmptyShare share = {.examples = g_array_new(FALSE, FALSE, sizeof(guint))};
  guint n_full = 0;

  for (guint i = 0; i < evidence->n_examples; i++) {
    const MsCheckPair *pair = &evidence->examples[i].pairs[model];
    Content content;
    MsValue iou;

    if (pair->status != MS_RESULT_OK)
      continue;
    iou = ms_confusion_score(pair->confusion, MS_METRIC_IOU);
    if (!iou.defined)
      continue;
    content = content_of(evidence, pair);
    share.n_looked++;
    n_full += content.actual;
    share.with += iou.value;
    share.without += content.actual ? iou.value : 0;
    if (!content.actual && content.predicted)
      g_array_append_val(share.examples, pair->example);
  }
  share.with /= MAX(share.n_looked, 1);
  share.without /= MAX(n_full, 1);
  return share;
}

static void
add_some_empty(const MsCheckEvidence *evidence, guint model, const EmptyShare *share,
               GPtrArray *findings)
{
  MsCheckFinding *finding = ms_check_add(findings, MS_CHECK_EMPTY_ACTUAL, MS_SURENESS_POSSIBLE,
                                         G_MAXUINT, g_strdup("Some actual masks are empty"), NULL);
  g_autofree char *with = ms_describe_ratio((MsValue){share->with, TRUE}, 3);
  g_autofree char *without = ms_describe_ratio((MsValue){share->without, TRUE}, 3);

  for (guint i = 0; i < share->examples->len; i++)
    ms_check_finding_add_example(finding, g_array_index(share->examples, guint, i));
  finding->n_looked = share->n_looked;
  finding->detail = g_strdup_printf("In %u of %u examples nothing is there but something is "
                                    "predicted, which makes an IoU of 0 however little it is: with "
                                    "such examples mean IoU of %s is %s, without them %s.",
                                    share->examples->len, share->n_looked,
                                    ms_set_get_model_name(evidence->set, model), with, without);
  finding->remedy = g_strdup("Look whether nothing is to be seen there, or nobody labelled it.");
}

/* It may be meant, and is told where it decides what the set scores. Slices of a volume are often
 * empty at its ends. */
static void
find_some_empty_actual(const MsCheckEvidence *evidence, GPtrArray *findings)
{
  if (g_strv_length((char **)ms_set_get_groups(evidence->set)) > 0)
    return;
  for (guint model = 0; model < evidence->n_models; model++) {
    EmptyShare share = share_of_empty(evidence, model);
    gboolean matters = share.without > 0 && share.without - share.with >= EMPTY_EFFECT;

    if (matters)
      add_some_empty(evidence, model, &share, findings);
    g_array_unref(share.examples);
    if (matters)
      return;
  }
}

static void
describe_empty_predicted(const MsCheckEvidence *evidence, MsCheckFinding *finding)
{
  const MsRuleset *rules = ms_set_get_rules(evidence->set, finding->model);

  finding->title = finding->n_examples == finding->n_looked
                       ? g_strdup("Every predicted mask is empty")
                       : g_strdup("Most predicted masks are empty");
  finding->detail = g_strdup_printf(
      "%u of %u are so where the actual mask is not. Predicted masks: %s.", finding->n_examples,
      finding->n_looked, ms_set_get_predicted_reading(evidence->set, finding->model)->description);
  finding->remedy = g_strdup(
      ms_ruleset_has_threshold(rules)
          ? "Look at the threshold: it may lie above all that is predicted."
          : "Look whether the model wrote its masks, and whether they are read as they are "
            "meant.");
}

static void
find_empty_predicted(const MsCheckEvidence *evidence, guint model, GPtrArray *findings)
{
  g_autoptr(GArray) empty = g_array_new(FALSE, FALSE, sizeof(guint));
  MsCheckFinding *finding;
  guint n_looked = 0;

  for (guint i = 0; i < evidence->n_examples; i++) {
    const MsCheckPair *pair = &evidence->examples[i].pairs[model];
    Content content =
        pair->status == MS_RESULT_OK ? content_of(evidence, pair) : (Content){FALSE, FALSE};

    n_looked += content.actual;
    if (content.actual && !content.predicted)
      g_array_append_val(empty, pair->example);
  }
  if (empty->len < MIN_EXAMPLES || empty->len * 2 <= n_looked)
    return;
  finding = add_empty(evidence, MS_CHECK_EMPTY_PREDICTED, model, findings);
  if (empty->len < n_looked)
    finding->sureness = MS_SURENESS_POSSIBLE;
  for (guint i = 0; i < empty->len; i++)
    ms_check_finding_add_example(finding, g_array_index(empty, guint, i));
  finding->n_looked = n_looked;
  finding->before = ms_check_mean_iou(evidence, model, NULL, NULL, &finding->n_scored);
  describe_empty_predicted(evidence, finding);
}

/* --- predicted masks that are the actual ones ----------------------------------------------- */

static gboolean
are_alike(const MsCheckFile *a, const MsCheckFile *b)
{
  return a->has_hash && b->has_hash && ms_hash_equal(&a->pixels, &b->pixels);
}

static void
find_same_as_actual(const MsCheckEvidence *evidence, guint model, GPtrArray *findings)
{
  g_autoptr(GArray) same = g_array_new(FALSE, FALSE, sizeof(guint));
  MsCheckFinding *finding;
  guint n_looked = 0;

  for (guint i = 0; i < evidence->n_examples; i++) {
    const MsCheckExample *example = &evidence->examples[i];
    const MsCheckFile *predicted = &example->pairs[model].predicted;

    if (!example->actual.rich || !predicted->has_hash)
      continue;
    n_looked++;
    if (are_alike(&example->actual, predicted))
      g_array_append_val(same, example->example);
  }
  if (same->len < MIN_EXAMPLES || same->len * 10 < n_looked * 9)
    return;
  finding = ms_check_add(findings, MS_CHECK_SAME_AS_ACTUAL,
                         same->len == n_looked ? MS_SURENESS_CERTAIN : MS_SURENESS_LIKELY, model,
                         g_strdup("Predicted masks are the actual masks"), NULL);
  for (guint i = 0; i < same->len; i++)
    ms_check_finding_add_example(finding, g_array_index(same, guint, i));
  finding->n_looked = n_looked;
  finding->before = ms_check_mean_iou(evidence, model, NULL, NULL, &finding->n_scored);
  finding->detail = g_strdup_printf("%u of %u that are not nearly empty are the same sample by "
                                    "sample: copies rather than what a model predicted.",
                                    same->len, n_looked);
  finding->remedy = g_strdup("Look whether this is the folder of the model's masks.");
}

/* --- one predicted mask for many examples --------------------------------------------------- */

/* Predicted masks that are alike. */
typedef struct {
  const MsCheckFile *file;
  GArray *members; /* guint: places in the evidence */
  guint n_actual;  /* actual masks that differ from the one before */
  guint n_apart;   /* members that are not of the group (volume, video) of the one before */
} Likeness;

static void
likeness_free(gpointer data)
{
  Likeness *likeness = data;

  g_array_unref(likeness->members);
  g_free(likeness);
}

static guint
hash_of_file(gconstpointer key)
{
  return (guint)((const MsCheckFile *)key)->pixels.words[0];
}

static gboolean
files_are_alike(gconstpointer a, gconstpointer b)
{
  return are_alike(a, b);
}

static void
add_member(const MsCheckEvidence *evidence, Likeness *likeness, guint place)
{
  const MsCheckExample *example = &evidence->examples[place], *before;
  const char *group = ms_set_get_group(evidence->set, example->example);

  if (likeness->members->len > 0) {
    before =
        &evidence->examples[g_array_index(likeness->members, guint, likeness->members->len - 1)];
    likeness->n_actual += !are_alike(&before->actual, &example->actual);
    likeness->n_apart +=
        !group || g_strcmp0(group, ms_set_get_group(evidence->set, before->example)) != 0;
  } else {
    likeness->n_actual = likeness->n_apart = 1;
  }
  g_array_append_val(likeness->members, place);
}

static GHashTable *
group_predicted(const MsCheckEvidence *evidence, guint model, guint *n_looked)
{
  GHashTable *groups = g_hash_table_new_full(hash_of_file, files_are_alike, NULL, likeness_free);

  *n_looked = 0;
  for (guint i = 0; i < evidence->n_examples; i++) {
    const MsCheckFile *file = &evidence->examples[i].pairs[model].predicted;
    Likeness *likeness;

    if (!file->has_hash || !evidence->examples[i].actual.has_hash)
      continue;
    (*n_looked)++;
    likeness = g_hash_table_lookup(groups, file);
    if (!likeness) {
      likeness = g_new0(Likeness, 1);
      likeness->file = file;
      likeness->members = g_array_new(FALSE, FALSE, sizeof(guint));
      g_hash_table_insert(groups, (gpointer)file, likeness);
    }
    add_member(evidence, likeness, i);
  }
  return groups;
}

/* Of its first member: a flat mask that is nothing but background is an empty one. */
static gboolean
is_empty(const MsCheckEvidence *evidence, guint model, const Likeness *likeness)
{
  guint place = g_array_index(likeness->members, guint, 0);
  const MsCheckPair *pair = &evidence->examples[place].pairs[model];

  return pair->status != MS_RESULT_OK || !content_of(evidence, pair).predicted;
}

/* Actual masks that the members have. */
static guint
count_actual(const MsCheckEvidence *evidence, const Likeness *likeness)
{
  g_autoptr(GHashTable) actual = g_hash_table_new(hash_of_file, files_are_alike);

  for (guint i = 0; i < likeness->members->len; i++)
    g_hash_table_add(
        actual, (gpointer)&evidence->examples[g_array_index(likeness->members, guint, i)].actual);
  return g_hash_table_size(actual);
}

/* A rich mask is there once; a poor one may be there often, but not for most of a set, unless the
 * actual masks are as few. */
static gboolean
is_strange(const MsCheckEvidence *evidence, guint model, const Likeness *likeness, guint n_looked)
{
  if (likeness->n_apart < MIN_EXAMPLES || likeness->n_actual < MIN_EXAMPLES)
    return FALSE;
  if (likeness->file->rich)
    return TRUE;
  return likeness->members->len >= MIN_SHARED && likeness->members->len * 2 > n_looked &&
         !is_empty(evidence, model, likeness) &&
         count_actual(evidence, likeness) * 2 > likeness->members->len;
}

/* Small simple shapes coincide now and then. */
static MsSureness
surely_same(guint n_same, guint n_looked)
{
  if (n_same * 2 > n_looked)
    return MS_SURENESS_CERTAIN;
  return n_same * 4 > n_looked ? MS_SURENESS_LIKELY : MS_SURENESS_POSSIBLE;
}

static void
find_same_prediction(const MsCheckEvidence *evidence, guint model, GPtrArray *findings)
{
  guint n_looked, n_largest = 0;
  g_autoptr(GHashTable) groups = group_predicted(evidence, model, &n_looked);
  g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(guint));
  gboolean all_flat = TRUE;
  MsCheckFinding *finding;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init(&iter, groups);
  while (g_hash_table_iter_next(&iter, NULL, &value)) {
    const Likeness *likeness = value;

    if (!is_strange(evidence, model, likeness, n_looked))
      continue;
    g_array_append_vals(places, likeness->members->data, likeness->members->len);
    n_largest = MAX(n_largest, likeness->members->len);
    all_flat = all_flat && likeness->file->flat;
  }
  if (places->len == 0)
    return;
  g_array_sort(places, ms_compare_ids);
  finding =
      ms_check_add(findings, MS_CHECK_SAME_PREDICTION, surely_same(n_largest, n_looked), model,
                   g_strdup_printf("One predicted mask stands for %u examples", n_largest), NULL);
  for (guint i = 0; i < places->len; i++)
    ms_check_finding_add_example(finding,
                                 evidence->examples[g_array_index(places, guint, i)].example);
  finding->n_looked = n_looked;
  finding->before = ms_check_mean_iou(evidence, model, NULL, NULL, &finding->n_scored);
  finding->detail =
      g_strdup_printf("%u of %u predicted masks are the same sample by sample as "
                      "others, where the actual masks differ.%s",
                      places->len, n_looked, all_flat ? " One value fills them." : "");
  finding->remedy =
      g_strdup("Look whether the model wrote each mask under the name of its example.");
}

/* --- models that are copies ----------------------------------------------------------------- */

/* Masks of both that are not flat, and how many of them are alike. */
static void
compare_models(const MsCheckEvidence *evidence, guint a, guint b, guint *n_looked, guint *n_same,
               guint *n_rich)
{
  *n_looked = *n_same = *n_rich = 0;
  for (guint i = 0; i < evidence->n_examples; i++) {
    const MsCheckFile *one = &evidence->examples[i].pairs[a].predicted;
    const MsCheckFile *other = &evidence->examples[i].pairs[b].predicted;

    if (!one->has_hash || !other->has_hash || (one->flat && other->flat))
      continue;
    (*n_looked)++;
    *n_same += are_alike(one, other);
    *n_rich += one->rich;
  }
}

static void
add_same_models(const MsCheckEvidence *evidence, guint one, guint other, guint n_looked,
                guint n_same, GPtrArray *findings)
{
  const char *first = ms_set_get_model_name(evidence->set, one);
  const char *second = ms_set_get_model_name(evidence->set, other);
  MsCheckFinding *finding = ms_check_add(
      findings, MS_CHECK_SAME_MODELS, n_same == n_looked ? MS_SURENESS_CERTAIN : MS_SURENESS_LIKELY,
      other, g_strdup_printf("%s has the same masks as %s", second, first),
      g_strdup_printf("%u of %u predicted masks that were looked at are the same sample by sample.",
                      n_same, n_looked));

  for (guint i = 0; i < evidence->n_examples; i++) {
    const MsCheckPair *pairs = evidence->examples[i].pairs;

    if (are_alike(&pairs[one].predicted, &pairs[other].predicted) && !pairs[one].predicted.flat)
      ms_check_finding_add_example(finding, evidence->examples[i].example);
  }
  finding->n_looked = n_looked;
  finding->remedy = g_strdup("Look whether one folder was given for two models, or copied.");
}

/* Of several copies each is told once, against the first. */
static void
find_same_models(const MsCheckEvidence *evidence, guint model, GPtrArray *findings)
{
  for (guint before = 0; before < model; before++) {
    guint n_looked, n_same, n_rich;

    compare_models(evidence, before, model, &n_looked, &n_same, &n_rich);
    if (n_rich < MIN_EXAMPLES || n_same * 10 < n_looked * 9)
      continue;
    add_same_models(evidence, before, model, n_looked, n_same, findings);
    return;
  }
}

void
ms_check_contents(const MsCheckEvidence *evidence, GPtrArray *findings)
{
  find_empty_actual(evidence, findings);
  find_some_empty_actual(evidence, findings);
  for (guint model = 0; model < evidence->n_models; model++) {
    find_empty_predicted(evidence, model, findings);
    find_same_as_actual(evidence, model, findings);
    find_same_prediction(evidence, model, findings);
    find_same_models(evidence, model, findings);
  }
}
