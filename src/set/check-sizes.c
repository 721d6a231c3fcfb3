/* SPDX-License-Identifier: MIT
 *
 * Sizes that differ within an example, and forms that differ within a folder. Sides that changed
 * places are told by the one finding that explains them: EXIF (check-exif.c), or a prediction that
 * lies another way.
 */
#include "set/check-private.h"
#include "set/describe.h"
#include "set/pair.h"

/* A prediction whose sides changed places and that fits so well when it is turned is a turned one.
 */
#define TURNED_IOU 0.3
/* Of the predictions whose sides changed places. */
#define TURNED_SHARE 0.75

static const MsReading *
reading_of(const MsCheckEvidence *evidence, guint model)
{
  return model == G_MAXUINT ? ms_set_get_actual_reading(evidence->set)
                            : ms_set_get_predicted_reading(evidence->set, model);
}

/* --- actual and predicted ------------------------------------------------------------------- */

static gboolean
have_sizes(const MsCheckFile *a, const MsCheckFile *b)
{
  return a->is_read && b->is_read && a->width > 0 && b->width > 0;
}

static gboolean
differ(const MsCheckFile *a, const MsCheckFile *b)
{
  return a->width != b->width || a->height != b->height;
}

static gboolean
are_swapped(const MsCheckFile *a, const MsCheckFile *b)
{
  return differ(a, b) && a->width == b->height && a->height == b->width;
}

static gboolean
is_sideways(const MsCheckFile *image)
{
  return image->orientation >= 5;
}

static gboolean
is_turned(const MsCheckPair *pair)
{
  for (guint i = 0; pair->trials && i < pair->trials->len; i++) {
    const MsCheckTrial *trial = &g_array_index(pair->trials, MsCheckTrial, i);
    MsValue iou =
        trial->confusion ? ms_confusion_score(trial->confusion, MS_METRIC_IOU) : (MsValue){0};

    if (ms_turn_swaps_sides(trial->turn) && iou.defined && iou.value >= TURNED_IOU)
      return TRUE;
  }
  return FALSE;
}

/* Pairs whose masks differ in size, in the same way as long as that holds. */
typedef struct {
  MsCheckFinding *finding;
  guint n_looked;
  gboolean same_step; /* all are off by the same pixels */
  gboolean same_ratio;
  const MsCheckExample *first;
} Mismatch;

static int
step_x(const MsCheckExample *example, guint model)
{
  return example->pairs[model].predicted.width - example->actual.width;
}

static int
step_y(const MsCheckExample *example, guint model)
{
  return example->pairs[model].predicted.height - example->actual.height;
}

static gboolean
is_same_ratio(const MsCheckExample *a, const MsCheckExample *b, guint model)
{
  const MsCheckFile *one = &a->pairs[model].predicted, *other = &b->pairs[model].predicted;

  return (gint64)one->width * b->actual.width == (gint64)other->width * a->actual.width &&
         (gint64)one->height * b->actual.height == (gint64)other->height * a->actual.height;
}

/* Whether the first one's are in the same proportions; else resizing them may move what they hold.
 */
static gboolean
keeps_shape(const Mismatch *mismatch, guint model)
{
  const MsCheckFile *actual = &mismatch->first->actual;
  const MsCheckFile *predicted = &mismatch->first->pairs[model].predicted;

  return (gint64)actual->width * predicted->height == (gint64)actual->height * predicted->width;
}

static void
add_mismatch(Mismatch *mismatch, const MsCheckExample *example, guint model, GPtrArray *findings)
{
  if (!mismatch->finding) {
    mismatch->finding =
        ms_check_add(findings, MS_CHECK_MASK_SIZES, MS_SURENESS_CERTAIN, model, NULL, NULL);
    mismatch->first = example;
    mismatch->same_step = mismatch->same_ratio = TRUE;
  }
  ms_check_finding_add_example(mismatch->finding, example->example);
  mismatch->same_step &= step_x(example, model) == step_x(mismatch->first, model) &&
                         step_y(example, model) == step_y(mismatch->first, model);
  mismatch->same_ratio &= is_same_ratio(example, mismatch->first, model);
}

/* "1 pixel wider"; NULL: as it should be. */
static char *
describe_step(int step, const char *more, const char *less)
{
  if (step == 0)
    return NULL;
  return g_strdup_printf("%d %s %s", ABS(step), ABS(step) == 1 ? "pixel" : "pixels",
                         step > 0 ? more : less);
}

static char *
describe_steps(const Mismatch *mismatch, guint model)
{
  g_autofree char *x = describe_step(step_x(mismatch->first, model), "wider", "narrower");
  g_autofree char *y = describe_step(step_y(mismatch->first, model), "taller", "shorter");

  return g_strdup_printf("%s%s%s", x ? x : "", x && y ? " and " : "", y ? y : "");
}

static char *
describe_first(const Mismatch *mismatch, const MsCheckEvidence *evidence, guint model)
{
  const MsCheckFile *actual = &mismatch->first->actual;
  const MsCheckFile *predicted = &mismatch->first->pairs[model].predicted;

  return g_strdup_printf("in example %s the actual mask has %d x %d pixels, the predicted one %d x "
                         "%d",
                         ms_set_get_id(evidence->set, mismatch->first->example), actual->width,
                         actual->height, predicted->width, predicted->height);
}

/* Off by so many pixels is told as such only where it is a few: else it is another size. */
#define FEW_PIXELS 16

static void
describe_mismatch(const Mismatch *mismatch, const MsCheckEvidence *evidence, guint model)
{
  MsCheckFinding *finding = mismatch->finding;
  gboolean scaled = mismatch->same_ratio && keeps_shape(mismatch, model);
  g_autofree char *first = describe_first(mismatch, evidence, model);
  g_autofree char *steps = describe_steps(mismatch, model);
  gboolean few = mismatch->same_step && ABS(step_x(mismatch->first, model)) <= FEW_PIXELS &&
                 ABS(step_y(mismatch->first, model)) <= FEW_PIXELS;

  if (few)
    finding->title = g_strdup_printf("Predicted masks are %s than actual ones", steps);
  else
    finding->title = g_strdup("Predicted masks have another size than actual ones");
  finding->detail = g_strdup_printf(
      "%u of %u pairs are not scored for it%s: %s.", finding->n_examples, mismatch->n_looked,
      !few && scaled && finding->n_examples > 1 ? ", all of them scaled alike" : "", first);
}

static const MsConfusion *
resized_of(const MsCheckPair *pair, gpointer user)
{
  (void)user;
  return pair->resized;
}

static void
offer_resizing(const MsCheckEvidence *evidence, MsCheckFinding *finding, gboolean keeps_shape)
{
  ms_check_finding_rescue(evidence, finding, resized_of, NULL);
  finding->remedy = g_strconcat(
      "Resize predicted masks to the size of the actual ones, nearest neighbour; "
      "better is to write them in that size.",
      keeps_shape ? NULL : " Where they were cropped or padded, undo that instead.", NULL);
  finding->option = g_strdup("--size-mismatch nearest");
  finding->line = g_strdup("[Set]\nSizeMismatch=nearest");
  finding->options = ms_options_copy(ms_set_get_options(evidence->set));
  finding->options->has_size_mismatch = TRUE;
  finding->options->resize_predicted = TRUE;
}

/* Whether most predictions whose sides changed places are turned: then so are those of which it
 * cannot be told, as empty ones. */
static gboolean
most_are_turned(const MsCheckEvidence *evidence, guint model)
{
  guint n_swapped = 0, n_turned = 0;

  for (guint i = 0; i < evidence->n_examples; i++) {
    const MsCheckExample *example = &evidence->examples[i];
    const MsCheckPair *pair = &example->pairs[model];

    if (!have_sizes(&example->actual, &pair->predicted) ||
        !are_swapped(&example->actual, &pair->predicted))
      continue;
    n_swapped++;
    n_turned += is_turned(pair);
  }
  return n_turned > TURNED_SHARE * n_swapped;
}

static void
find_mask_sizes(const MsCheckEvidence *evidence, guint model, GPtrArray *findings)
{
  Mismatch mismatch = {0};
  gboolean turned;

  if (ms_set_get_options(evidence->set)->resize_predicted)
    return;
  turned = most_are_turned(evidence, model);
  for (guint i = 0; i < evidence->n_examples; i++) {
    const MsCheckExample *example = &evidence->examples[i];
    const MsCheckPair *pair = &example->pairs[model];

    if (!have_sizes(&example->actual, &pair->predicted))
      continue;
    mismatch.n_looked++;
    if (differ(&example->actual, &pair->predicted) &&
        !(are_swapped(&example->actual, &pair->predicted) &&
          (turned || is_turned(pair) || ms_check_exif_explains(example, model))))
      add_mismatch(&mismatch, example, model, findings);
  }
  if (!mismatch.finding)
    return;
  mismatch.finding->n_looked = mismatch.n_looked;
  describe_mismatch(&mismatch, evidence, model);
  offer_resizing(evidence, mismatch.finding, keeps_shape(&mismatch, model));
}

/* --- the image ------------------------------------------------------------------------------ */

static const MsCheckFile *
mask_of(const MsCheckEvidence *evidence, const MsCheckExample *example)
{
  if (example->actual.is_read)
    return &example->actual;
  for (guint model = 0; model < evidence->n_models; model++)
    if (example->pairs[model].predicted.is_read)
      return &example->pairs[model].predicted;
  return &example->actual;
}

/* Whether one is the other scaled, but for rounding. */
static gboolean
is_scaled(const MsCheckFile *image, const MsCheckFile *mask)
{
  gint64 off = (gint64)image->height * mask->width - (gint64)mask->height * image->width;

  return ABS(off) <= MAX(image->width, mask->width);
}

static void
describe_image_sizes(const MsCheckEvidence *evidence, MsCheckFinding *finding,
                     const MsCheckExample *first)
{
  const MsCheckFile *mask = mask_of(evidence, first);

  finding->title = g_strdup("Images have another size than their masks");
  finding->detail = g_strdup_printf(
      "%u of %u are so%s; in example %s the image has %d x %d pixels, the mask %d x %d. Scores do "
      "not depend on it%s.",
      finding->n_examples, finding->n_looked,
      finding->is_note ? ", scaled in the same proportions" : "",
      ms_set_get_id(evidence->set, first->example), first->image.width, first->image.height,
      mask->width, mask->height,
      finding->is_note ? "" : ", but masks may have been made of another version of the images");
  finding->remedy =
      finding->is_note ? NULL : g_strdup("Use the images that the masks were drawn on.");
}

static void
find_image_sizes(const MsCheckEvidence *evidence, GPtrArray *findings)
{
  const MsCheckExample *first = NULL;
  MsCheckFinding *finding = NULL;
  guint n_looked = 0;

  for (guint i = 0; i < evidence->n_examples; i++) {
    const MsCheckExample *example = &evidence->examples[i];
    const MsCheckFile *mask = mask_of(evidence, example);

    if (!have_sizes(&example->image, mask))
      continue;
    n_looked++;
    if (!differ(&example->image, mask) ||
        (is_sideways(&example->image) && are_swapped(&example->image, mask)))
      continue;
    if (!finding) {
      finding =
          ms_check_add(findings, MS_CHECK_IMAGE_SIZES, MS_SURENESS_CERTAIN, G_MAXUINT, NULL, NULL);
      finding->is_note = TRUE;
    }
    if (!first || (finding->is_note && !is_scaled(&example->image, mask)))
      first = example;
    finding->is_note &= is_scaled(&example->image, mask);
    ms_check_finding_add_example(finding, example->example);
  }
  if (!finding)
    return;
  finding->n_looked = n_looked;
  describe_image_sizes(evidence, finding, first);
}

/* --- forms ---------------------------------------------------------------------------------- */

/* What writers choose by what a mask holds is one form: up to 8 bits, numbers and floats. */
static guint
form_of(const MsCheckFile *file)
{
  guint depth = file->type != MS_SAMPLES_SCALED ? 32 : MAX(file->depth, 8);

  return ((guint)file->color * 64 + depth) * 2 + (file->lossy ? 1 : 0);
}

static char *
describe_form(const MsCheckFile *file)
{
  static const char *const names[] = {
      [MS_COLOR_GREY] = "grey",         [MS_COLOR_GREY_ALPHA] = "grey with alpha",
      [MS_COLOR_RGB] = "colours",       [MS_COLOR_RGBA] = "colours with alpha",
      [MS_COLOR_PALETTE] = "a palette",
  };

  if (file->type != MS_SAMPLES_SCALED)
    return g_strdup("numbers");
  if (file->color == MS_COLOR_PALETTE)
    return g_strdup(names[file->color]);
  return g_strdup_printf("%d-bit %s%s", MAX(file->depth, 8), names[file->color],
                         file->lossy ? ", lossy" : "");
}

typedef struct {
  guint form;
  const MsCheckFile *file; /* the first */
  guint n_files;
} Form;

static gint
compare_forms(gconstpointer a, gconstpointer b)
{
  const Form *one = a, *other = b;

  return one->n_files == other->n_files  ? (one->form > other->form) - (one->form < other->form)
         : one->n_files < other->n_files ? 1
                                         : -1;
}

static const MsCheckFile *
file_of(const MsCheckExample *example, guint model)
{
  return model == G_MAXUINT ? &example->actual : &example->pairs[model].predicted;
}

/* Form, the most frequent first. */
static GArray *
count_forms(const MsCheckEvidence *evidence, guint model)
{
  GArray *forms = g_array_new(FALSE, FALSE, sizeof(Form));

  for (guint i = 0; i < evidence->n_examples; i++) {
    const MsCheckFile *file = file_of(&evidence->examples[i], model);
    Form form = {form_of(file), file, 1};
    guint at = 0;

    if (!file->has_form)
      continue;
    while (at < forms->len && g_array_index(forms, Form, at).form != form.form)
      at++;
    if (at < forms->len)
      g_array_index(forms, Form, at).n_files++;
    else
      g_array_append_val(forms, form);
  }
  g_array_sort(forms, compare_forms);
  return forms;
}

static char *
list_forms(const GArray *forms)
{
  GString *text = g_string_new(NULL);

  for (guint i = 0; i < forms->len; i++) {
    const Form *form = &g_array_index(forms, Form, i);
    g_autofree char *name = describe_form(form->file);

    g_string_append_printf(text, "%s%u %s %s",
                           i == 0                ? ""
                           : i + 1 == forms->len ? " and "
                                                 : ", ",
                           form->n_files, form->n_files == 1 ? "is" : "are", name);
  }
  return g_string_free(text, FALSE);
}

/* A manifest's files are each read by themselves. */
static void
find_forms(const MsCheckEvidence *evidence, guint model, GPtrArray *findings)
{
  const char *which = model == G_MAXUINT ? "actual" : "predicted";
  g_autoptr(GArray) forms = count_forms(evidence, model);
  g_autofree char *list = list_forms(forms);
  MsCheckFinding *finding;

  if (forms->len < 2 || reading_of(evidence, model)->per_file)
    return;
  finding = ms_check_add(findings, MS_CHECK_FORMS, MS_SURENESS_POSSIBLE, model, NULL, NULL);
  finding->is_note = TRUE;
  for (guint i = 0; i < evidence->n_examples; i++) {
    const MsCheckFile *file = file_of(&evidence->examples[i], model);

    finding->n_looked += file->has_form;
    if (file->has_form && form_of(file) != g_array_index(forms, Form, 0).form)
      ms_check_finding_add_example(finding, evidence->examples[i].example);
  }
  finding->title = g_strdup_printf("%s masks are in different forms",
                                   model == G_MAXUINT ? "Actual" : "Predicted");
  finding->detail = g_strdup_printf("Of the %s masks %s. A folder is read in one way, which may "
                                    "not be meant for all of them.",
                                    which, list);
  finding->remedy = g_strdup("Write all masks of the folder in one form.");
}

void
ms_check_sizes(const MsCheckEvidence *evidence, GPtrArray *findings)
{
  if (evidence->n_models == 0)
    return;
  find_image_sizes(evidence, findings);
  find_forms(evidence, G_MAXUINT, findings);
  for (guint model = 0; model < evidence->n_models; model++) {
    find_mask_sizes(evidence, model, findings);
    find_forms(evidence, model, findings);
  }
}
