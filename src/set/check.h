/* SPDX-License-Identifier: MIT
 *
 * What is wrong with a set, before anybody believes its scores: files that do not pair, masks that
 * are read as nobody meant, predictions that lie another way, models that are copies. Looks at all
 * of what costs nothing and at a sample of what has pixels, says which, and measures what each
 * finding does to the score. Nothing is changed by it: a remedy is an offer.
 */
#pragma once

#include <gio/gio.h>

#include "metric/outcome.h"
#include "set/adjustment.h"
#include "set/gate.h"
#include "set/set.h"

G_BEGIN_DECLS

typedef enum {
  /* Files */
  MS_CHECK_UNREADABLE, /* masks that cannot be read */
  MS_CHECK_UNPAIRED,   /* files that belong to no example, examples that lack a mask */
  MS_CHECK_AMBIGUOUS,  /* more than one file fits */
  MS_CHECK_MASK_SIZES, /* actual and predicted differ in size */
  MS_CHECK_IMAGE_SIZES,
  MS_CHECK_EXIF,  /* the image is turned by EXIF, its masks are not, or the other way round */
  MS_CHECK_FORMS, /* depths or channels differ within a folder */
  /* How masks are read */
  MS_CHECK_GUESSED,       /* a reading that the samples do not force */
  MS_CHECK_IN_BETWEEN,    /* values in between from JPEG or anti-aliasing */
  MS_CHECK_SCALE,         /* 0 and 255 on one side, 0 and 1 on the other */
  MS_CHECK_PALETTE,       /* a palette's indices are on one side what colours are on the other */
  MS_CHECK_OUTSIDE_TABLE, /* ids or colours that the class table does not have */
  MS_CHECK_DISJOINT_IDS,  /* ids of actual and predicted have nothing in common */
  MS_CHECK_SHIFTED_IDS,   /* all are off by one */
  MS_CHECK_TRAIN_IDS,     /* trainIds against ids of a named table */
  MS_CHECK_SWAPPED_CLASSES,
  MS_CHECK_INVERTED,
  MS_CHECK_IGNORED_PREDICTED, /* an ignored label is predicted */
  MS_CHECK_NEVER_PREDICTED,   /* a class of the actual masks is never predicted */
  /* Where pixels lie */
  MS_CHECK_TURNED, /* flipped, transposed or rotated */
  MS_CHECK_SHIFTED,
  /* Contents */
  MS_CHECK_EMPTY_ACTUAL,
  MS_CHECK_EMPTY_PREDICTED,
  MS_CHECK_SAME_AS_ACTUAL,  /* predicted and actual masks are the same files */
  MS_CHECK_SAME_PREDICTION, /* one prediction for many examples */
  MS_CHECK_OTHER_EXAMPLE,   /* predictions that belong to other examples */
  MS_CHECK_SAME_MODELS,     /* models that are copies of each other */
  MS_CHECK_LEAK,            /* the same image (or actual mask) in two splits */
  MS_N_CHECKS
} MsCheckKind;

typedef enum {
  MS_SURENESS_CERTAIN,  /* it is so: files were counted, bytes compared */
  MS_SURENESS_LIKELY,   /* it explains what was measured, and little else does */
  MS_SURENESS_POSSIBLE, /* it may be meant */
  MS_N_SURENESSES
} MsSureness;

typedef struct {
  MsCheckKind kind;
  MsSureness sureness;
  guint model;      /* G_MAXUINT: of none, or of all */
  GArray *also;     /* guint: further models that have the very same; NULL: none */
  guint n_examples; /* that have it */
  guint n_looked;   /* of so many that were looked at */
  GArray *examples; /* guint, ascending: those of them to look at, MS_CHECK_N_SHOWN at most */
  gboolean is_note; /* worth knowing, but neither the score nor what is compared depends on it */
  char *title;      /* "Predictions are flipped left to right": a line, without a full stop */
  char *detail; /* what was seen, in sentences that end with a full stop, with names and numbers */

  /* What it does to the score: mean IoU as it is and with the remedy, over the same n_scored
   * examples but for those that are scored only with it; not defined where nothing could be
   * measured. */
  MsValue before;
  MsValue after;
  guint n_scored;
  guint n_unscored; /* of these: that have no score as they are */

  /* What mends it. */
  char *remedy;             /* a sentence; NULL: nothing to offer */
  char *option;             /* for the command: "--adjust unet:flip-x"; NULL: no option does it */
  char *line;               /* for a .maskset file, with its group: "[Adjust]\nunet=flip-x" */
  MsAdjustment *adjustment; /* what `option` says, where it is one; else NULL */
  MsOptions *options;       /* the set's options with the remedy in them; NULL: no option does it */
} MsCheckFinding;

#define MS_CHECK_N_SHOWN 100

/* A model's mean IoU over the pairs that were looked at, as they are. */
typedef struct {
  MsValue iou;
  guint n_scored;
} MsCheckScore;

typedef struct {
  gatomicrefcount ref_count;
  MsSet *set;
  GPtrArray *findings;  /* MsCheckFinding, by sureness and what they do to the score; notes last */
  guint n_notes;        /* of these */
  MsCheckScore *scores; /* one a model; NULL: of label sets */
  guint n_pairs;        /* pairs of masks (and images) that were read */
  guint n_examples;     /* of the set */
  guint n_files;        /* images and actual masks that may have copies in another split */
  guint n_compared;     /* of these, in the time there was */
  char *sampling;       /* "64 of 5,000 examples were looked at"; "every example was"; and how many
                         * files were compared where not all were */
  double seconds;       /* that it took */
} MsCheck;

typedef struct {
  guint max_examples; /* that are read, at most, spread over the set; 0: MS_CHECK_EXAMPLES */
  double seconds;     /* after that no further ones are read (16 at least); 0: MS_CHECK_SECONDS */
  guint jobs;         /* 0: one a processor */
  MsGate *gate; /* lent; passed before each file, and no time while it is closed; NULL: none */
} MsCheckLimits;

#define MS_CHECK_EXAMPLES 256
#define MS_CHECK_SECONDS  3.0

/* limits NULL: those above. Synchronous, on any thread. Errors: G_IO_ERROR_CANCELLED. What is wrong
 * with the set is no error. */
MsCheck *ms_check_run(MsSet *set, const MsCheckLimits *limits, MsSetProgress progress,
                      gpointer user, GCancellable *cancellable, GError **error);

MsCheck *ms_check_ref(MsCheck *check);
void ms_check_unref(MsCheck *check); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsCheck, ms_check_unref)

void ms_check_finding_free(MsCheckFinding *finding);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsCheckFinding, ms_check_finding_free)

/* "mean IoU 0.830 over 30 pairs", of several models "mean IoU: unet 0.830, vit 0.712; over 30 pairs
 * each". The caller's; NULL: nothing was scored. */
char *ms_check_describe_scores(const MsCheck *check);

/* What is to be said where next to nothing agrees and no finding explains it, in a sentence without
 * its full stop; the caller's. NULL: nothing is. */
char *ms_check_describe_unexplained(const MsCheck *check);

/* A mean IoU with three digits; "< 0.001" where these are 0 and it is not; "n/a". The caller's. */
char *ms_check_describe_iou(MsValue iou);

/* "1 finding", "2 findings and 1 note", "1 note"; the caller's. NULL: there are none. */
char *ms_check_describe_count(const MsCheck *check);

/* The models that a finding is about, of several: "unet", "unet and vit", "unet, vit and 4 more".
 * The caller's; NULL: of none, of all, or there is but one. */
char *ms_check_finding_dup_models(const MsCheck *check, const MsCheckFinding *finding);

/* Words that programs rely on ("same-as-actual", "likely"); static. */
const char *ms_check_kind_id(MsCheckKind kind);
const char *ms_sureness_id(MsSureness sureness);

/* The set's options with the remedy of a finding that has one; the caller's. NULL: it has none. */
MsOptions *ms_check_mend(const MsCheck *check, const MsCheckFinding *finding);

G_END_DECLS
