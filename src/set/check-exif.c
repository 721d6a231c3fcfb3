/* SPDX-License-Identifier: MIT
 *
 * Images that EXIF turns. Pictures are shown as it says, masks lie and are scored as they are
 * stored; so of each example masks follow the turn or do not. Told by sides that changed places,
 * and where these tell nothing by what the masks hold. Of each example one thing is said.
 */
#include <stdlib.h>

#include "set/check-private.h"

/* What a turn must add to a pair whose sizes say nothing, and what it must come to. */
#define TURN_GAIN  0.2
#define TURN_AFTER 0.4

typedef enum { LIES_UNKNOWN, LIES_STORED, LIES_SHOWN } Lie;

/* How actual and predicted masks of an example are at odds. */
typedef enum {
  ODDS_NONE,
  ODDS_PREDICTED_SHOWN, /* the predicted one is as the image is shown, the actual one as stored */
  ODDS_ACTUAL_SHOWN,
  ODDS_EITHER, /* one of the two */
  N_ODDS
} Odds;

/* What makes the picture as it is shown of the one that is stored. */
static MsTurn
turn_of(const MsCheckFile *image)
{
  static const MsTurn turns[] = {MS_TURN_NONE, MS_TURN_NONE,           MS_TURN_FLIP_X,
                                 MS_TURN_180,  MS_TURN_FLIP_Y,         MS_TURN_TRANSPOSE,
                                 MS_TURN_90,   MS_TURN_ANTI_TRANSPOSE, MS_TURN_270};

  return image->orientation < (int)G_N_ELEMENTS(turns) ? turns[image->orientation] : MS_TURN_NONE;
}

static Lie
lie_of(const MsCheckFile *image, const MsCheckFile *mask)
{
  if (!ms_turn_swaps_sides(turn_of(image)) || image->width == image->height || !mask->is_read)
    return LIES_UNKNOWN;
  if (mask->width == image->width && mask->height == image->height)
    return LIES_SHOWN;
  return mask->width == image->height && mask->height == image->width ? LIES_STORED : LIES_UNKNOWN;
}

/* --- a pair --------------------------------------------------------------------------------- */

/* Lent; NULL: that turn was not worth it. */
static const MsConfusion *
turned(const MsCheckPair *pair, MsTurn turn)
{
  const MsCheckTrial *trial = ms_check_find_trial(pair, turn, 0, 0);

  return trial ? trial->confusion : NULL;
}

/* The turn that lays the predicted mask as the actual one lies. */
static MsTurn
mending_turn(const MsCheckFile *image, Odds odds)
{
  MsTurn turn = turn_of(image);

  return odds == ODDS_PREDICTED_SHOWN ? ms_turn_inverse(turn) : turn;
}

static gboolean
turn_explains(const MsCheckPair *pair, MsTurn turn)
{
  double after = ms_check_iou(turned(pair, turn));

  return after >= TURN_AFTER && after >= ms_check_iou(pair->confusion) + TURN_GAIN;
}

static Odds
odds_by_looks(const MsCheckFile *image, const MsCheckPair *pair)
{
  MsTurn turn = turn_of(image);

  if (turn == ms_turn_inverse(turn))
    return turn_explains(pair, turn) ? ODDS_EITHER : ODDS_NONE;
  if (turn_explains(pair, ms_turn_inverse(turn)))
    return ODDS_PREDICTED_SHOWN;
  return turn_explains(pair, turn) ? ODDS_ACTUAL_SHOWN : ODDS_NONE;
}

static Odds
odds_of(const MsCheckExample *example, guint model)
{
  const MsCheckPair *pair = &example->pairs[model];
  Lie actual = lie_of(&example->image, &example->actual);
  Lie predicted = lie_of(&example->image, &pair->predicted);

  if (turn_of(&example->image) == MS_TURN_NONE)
    return ODDS_NONE;
  if (actual == LIES_STORED && predicted == LIES_SHOWN)
    return ODDS_PREDICTED_SHOWN;
  if (actual == LIES_SHOWN && predicted == LIES_STORED)
    return ODDS_ACTUAL_SHOWN;
  return actual == LIES_UNKNOWN && predicted == LIES_UNKNOWN ? odds_by_looks(&example->image, pair)
                                                             : ODDS_NONE;
}

gboolean
ms_check_exif_explains(const MsCheckExample *example, guint model)
{
  return odds_of(example, model) != ODDS_NONE;
}

/* --- masks at odds with each other ---------------------------------------------------------- */

typedef struct {
  const MsCheckEvidence *evidence;
  Odds odds;
} Turning;

static gint
compare_example(gconstpointer key, gconstpointer member)
{
  guint example = *(const guint *)key, other = ((const MsCheckExample *)member)->example;

  return (example > other) - (example < other);
}

static const MsConfusion *
turned_of(const MsCheckPair *pair, gpointer user)
{
  const Turning *turning = user;
  const MsCheckExample *example =
      bsearch(&pair->example, turning->evidence->examples, turning->evidence->n_examples,
              sizeof(MsCheckExample), compare_example);

  if (odds_of(example, pair->model) != turning->odds)
    return NULL;
  return turned(pair, mending_turn(&example->image, turning->odds));
}

static void
describe_odds(const MsCheckEvidence *evidence, MsCheckFinding *finding, Odds odds)
{
  static const char *const titles[N_ODDS] = {
      [ODDS_PREDICTED_SHOWN] =
          "Predicted masks are turned as EXIF turns the images, actual ones are not",
      [ODDS_ACTUAL_SHOWN] =
          "Actual masks are turned as EXIF turns the images, predicted ones are not",
      [ODDS_EITHER] = "EXIF's turn of the images is in only one of actual and predicted masks",
  };
  static const char *const remedies[N_ODDS] = {
      [ODDS_PREDICTED_SHOWN] = "Turn these predicted masks back to how the pictures are stored, or "
                               "their actual masks as EXIF says.",
      [ODDS_ACTUAL_SHOWN] =
          "Turn these predicted masks as EXIF says, or their actual masks back to "
          "how the pictures are stored.",
      [ODDS_EITHER] = "Write both in one orientation.",
  };
  g_autofree char *names = ms_check_name_examples(evidence, finding);
  gboolean one = finding->n_examples == 1;

  finding->title = g_strdup(titles[odds]);
  finding->detail = g_strdup_printf("So it is in %u %s: %s. Masks are compared as they are stored, "
                                    "whatever EXIF says of the %s.",
                                    finding->n_examples, one ? "example" : "examples", names,
                                    one ? "image" : "images");
  finding->remedy = g_strdup(remedies[odds]);
}

static void
find_odds(const MsCheckEvidence *evidence, guint model, Odds odds, GPtrArray *findings)
{
  Turning turning = {evidence, odds};
  MsCheckFinding *finding = NULL;
  guint n_looked = 0;

  for (guint i = 0; i < evidence->n_examples; i++) {
    const MsCheckExample *example = &evidence->examples[i];

    n_looked += example->actual.is_read && example->pairs[model].predicted.is_read;
    if (odds_of(example, model) != odds)
      continue;
    if (!finding)
      finding = ms_check_add(findings, MS_CHECK_EXIF, MS_SURENESS_LIKELY, model, NULL, NULL);
    ms_check_finding_add_example(finding, example->example);
  }
  if (!finding)
    return;
  finding->n_looked = n_looked;
  ms_check_finding_rescue(evidence, finding, turned_of, &turning);
  describe_odds(evidence, finding, odds);
}

/* --- masks and their image ------------------------------------------------------------------ */

/* What is said of an example whose masks agree: STORED, or UNKNOWN; else nothing is. */
static Lie
lie_of_masks(const MsCheckEvidence *evidence, const MsCheckExample *example)
{
  Lie lie = lie_of(&example->image, &example->actual);
  gboolean any = example->actual.is_read;

  for (guint model = 0; model < evidence->n_models; model++) {
    const MsCheckFile *predicted = &example->pairs[model].predicted;

    if (odds_of(example, model) != ODDS_NONE)
      return LIES_SHOWN;
    any |= predicted->is_read;
    if (lie == LIES_UNKNOWN)
      lie = lie_of(&example->image, predicted);
  }
  return any && turn_of(&example->image) != MS_TURN_NONE ? lie : LIES_SHOWN;
}

static void
describe_stored(MsCheckFinding *finding, const char *names)
{
  finding->title = g_strdup("Images are turned by EXIF, their masks are not");
  finding->detail = g_strdup_printf(
      "The masks of %u %s have the sides of the picture as it is stored, which its EXIF "
      "orientation says to turn; so it is shown, and the masks lie across it: %s.",
      finding->n_examples, finding->n_examples == 1 ? "example" : "examples", names);
  finding->remedy = g_strdup("Turn these masks as EXIF says, or write the pictures without the tag "
                             "and in the orientation of their masks.");
}

static void
describe_unknown(MsCheckFinding *finding, const char *names)
{
  finding->is_note = TRUE;
  finding->title = g_strdup("Images are turned by EXIF; whether their masks are is not known");
  finding->detail = g_strdup_printf(
      "%u %s shown turned as the EXIF orientation says, masks as they are stored. Sizes do not "
      "tell "
      "which way these were drawn, and scores do not depend on it: %s.",
      finding->n_examples, finding->n_examples == 1 ? "image is" : "images are", names);
  finding->remedy = g_strdup("Look whether the masks lie on what they show; where they do not, "
                             "write the pictures without the tag.");
}

static void
find_lies(const MsCheckEvidence *evidence, Lie lie, GPtrArray *findings)
{
  MsCheckFinding *finding = NULL;
  g_autofree char *names = NULL;
  guint n_looked = 0;

  for (guint i = 0; i < evidence->n_examples; i++) {
    const MsCheckExample *example = &evidence->examples[i];

    n_looked += example->image.is_read;
    if (lie_of_masks(evidence, example) != lie)
      continue;
    if (!finding)
      finding = ms_check_add(findings, MS_CHECK_EXIF,
                             lie == LIES_STORED ? MS_SURENESS_LIKELY : MS_SURENESS_POSSIBLE,
                             G_MAXUINT, NULL, NULL);
    ms_check_finding_add_example(finding, example->example);
  }
  if (!finding)
    return;
  finding->n_looked = n_looked;
  names = ms_check_name_examples(evidence, finding);
  if (lie == LIES_STORED)
    describe_stored(finding, names);
  else
    describe_unknown(finding, names);
}

/* A prediction that lies another way throughout has a remedy; this is where it came from. */
static void
tell_turned(const MsCheckEvidence *evidence, MsCheckFinding *finding)
{
  char *detail;
  guint n = 0;

  for (guint i = 0; i < evidence->n_examples; i++)
    n += odds_of(&evidence->examples[i], finding->model) != ODDS_NONE;
  if (n == 0)
    return;
  detail = g_strdup_printf("%s. EXIF turns the images of %u of them so", finding->detail, n);
  g_free(finding->detail);
  finding->detail = detail;
}

static MsCheckFinding *
find_turned(const GPtrArray *findings, guint model)
{
  for (guint i = 0; i < findings->len; i++) {
    MsCheckFinding *finding = findings->pdata[i];

    if (finding->kind == MS_CHECK_TURNED && finding->model == model)
      return finding;
  }
  return NULL;
}

void
ms_check_exif(const MsCheckEvidence *evidence, GPtrArray *findings)
{
  if (evidence->n_models == 0)
    return;
  find_lies(evidence, LIES_STORED, findings);
  find_lies(evidence, LIES_UNKNOWN, findings);
  for (guint model = 0; model < evidence->n_models; model++) {
    MsCheckFinding *turned = find_turned(findings, model);

    if (turned)
      tell_turned(evidence, turned);
    for (Odds odds = ODDS_PREDICTED_SHOWN; !turned && odds < N_ODDS; odds++)
      find_odds(evidence, model, odds, findings);
  }
}
