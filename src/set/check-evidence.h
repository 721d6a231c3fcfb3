/* SPDX-License-Identifier: MIT
 *
 * What the findings of a check are told from: everything that was gathered of a sample of the set,
 * by several workers, in the order of examples. Detectors (set/check-*.c) only read it; each makes
 * the findings of its own few kinds, and none where there is nothing to say.
 */
#pragma once

#include "io/samples.h"
#include "metric/confusion.h"
#include "metric/joint.h"
#include "metric/turn.h"
#include "set/check.h"
#include "set/hash.h"
#include "set/masks.h"

G_BEGIN_DECLS

/* Of one file. Of images only headers are looked at where these tell, so there are but sizes. */
typedef struct {
  gboolean is_there; /* the example has one */
  gboolean is_read;
  char *message;          /* why it is not */
  gboolean is_unfinished; /* it is being written, which may be why */
  int width, height;      /* of the raster, as it is shown; 0: not known */
  gboolean has_form;      /* a mask's file was decoded: all below */
  MsColorType color;      /* of the file */
  MsSampleType type;
  int depth;
  gboolean lossy;
  int orientation;   /* of an image: EXIF's, 1 to 8; 0: not known */
  gboolean has_hash; /* of masks, also of records of annotation files: the two below */
  MsHash pixels;     /* of size and samples, before anything is made of them */
  gboolean flat;     /* one sample alone */
  gboolean rich;     /* so much is in it that two are not alike by chance */
  GArray *values; /* masks: guint32, ascending: the samples that occur, MS_CHECK_MAX_VALUES at most
                   * (then NULL); of images and colours NULL */
} MsCheckFile;

#define MS_CHECK_MAX_VALUES 4096

/* What becomes of a pair when the predicted mask is laid another way. */
typedef struct {
  MsTurn turn;
  int shift_x, shift_y;
  MsConfusion *confusion; /* under the set's rules; NULL: it does not fit */
  gboolean again;         /* tried since other pairs asked for it, not for what it promised here */
} MsCheckTrial;

/* How it fits at every small move (set/check-moves.h). */
typedef struct _MsCheckMoves MsCheckMoves;
/* Both masks as bytes (set/check-codes.h). */
typedef struct _MsCheckCodes MsCheckCodes;

/* What becomes of it when it is compared with the actual mask of another example. */
typedef struct {
  guint example;
  MsConfusion *confusion; /* NULL: it does not fit */
} MsCheckCandidate;

/* The move at which the masks of a model lie evenly about the actual ones. Pairs speak for it where
 * they fit better moved by it than moved as far the other way: edges that are too wide or too
 * narrow all around are as good both ways, and what wanders from pair to pair speaks for no move.
 */
typedef struct {
  int dx, dy;       /* (0, 0): there is none */
  GArray *examples; /* guint: those that speak for it */
} MsCheckLean;

typedef struct {
  guint example;
  guint model;
  gboolean close; /* one of the few that are looked at closely */
  MsCheckFile predicted;
  MsResultStatus status;  /* of the pair as it is */
  char *message;          /* not OK: why */
  MsJoint *joint;         /* OK, ids or values: of the rasters as they are read; NULL also where it
                           * has too many cells to be kept */
  MsConfusion *confusion; /* OK: under the set's rules */
  MsConfusion *resized;   /* sizes differ: the same of the predicted mask resized, nearest */
  GArray *trials; /* MsCheckTrial, cleared with it; NULL: none were worth it (the pair is exact,
                   * empty, huge) */
  gboolean again; /* every way that its model's pairs ask for is among its trials, if it fits */
  /* Of a pair that is looked at closely. */
  MsCheckMoves *moves;  /* NULL: likewise, and of masks that are too small */
  MsCheckCodes *stamps; /* of few pixels; NULL: likewise, and of a pair that lies as it should */
  GArray *others;       /* MsCheckCandidate, cleared with it; NULL: nobody looked */
} MsCheckPair;

/* Of how many examples pairs are looked at closely, at most: these are compared with each other,
 * and more is kept of them. Spread over the set like all that are read. */
#define MS_CHECK_N_CLOSE 256

typedef struct {
  guint example;
  MsCheckFile image;
  MsCheckFile actual;
  MsCheckPair *pairs; /* one a model */
} MsCheckExample;

/* Files with the same bytes in more than one split, over the whole set. */
typedef struct {
  GPtrArray *groups; /* GArray of guint, ascending: examples whose files are copies; NULL: nobody
                      * looked */
  guint n_files;     /* of the set */
  guint n_looked;    /* of these, in the time there was */
  guint n_flat;      /* of images: copies of one colour alone, which are in no group */
} MsCheckCopies;

typedef struct {
  MsSet *set;
  MsCheckCopies images; /* of sets with splits */
  MsCheckCopies actual;
  guint n_models;
  guint n_examples;         /* that were looked at; of label sets none: they are in memory */
  MsCheckExample *examples; /* ascending by example */
  MsCheckLean *leans; /* one a model; its move there and back is among the trials of pairs that
                       * were read once more */
  GArray *label_rows; /* of label sets, guint, ascending: examples that are looked at; NULL: all */
  guint n_label_rows; /* of these */
  double n_label_pairs; /* so many pairs of labels, one of each side of a row, are counted for a
                         * model */
  GCancellable *cancellable; /* lent; detectors that walk over much stop when it is cancelled */
} MsCheckEvidence;

/* Reads the sample. progress as in ms_check_run(). */
MsCheckEvidence *ms_check_gather(MsSet *set, const MsCheckLimits *limits, MsSetProgress progress,
                                 gpointer user, GCancellable *cancellable, GError **error);
void ms_check_evidence_free(MsCheckEvidence *evidence);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsCheckEvidence, ms_check_evidence_free)

/* Fills pair->trials, with all turns, and small shifts where the masks' outlines lie so (of a pair
 * whose IoU is far from 1), and pair->moves. Both masks are there; of two sizes where the pair is
 * SKIPPED. Any thread. Only FALSE when cancelled. */
gboolean ms_check_try(MsCheckPair *pair, const MsMasks *masks, const MsRuleset *rules,
                      GCancellable *cancellable);

/* One more trial, of this turn and move. FALSE: these masks are not tried. */
gboolean ms_check_try_again(MsCheckPair *pair, const MsMasks *masks, const MsRuleset *rules,
                            const MsCheckTrial *way, GCancellable *cancellable);

/* One more of pair->others: an example that has this actual mask. */
void ms_check_try_other(MsCheckPair *pair, const MsMasks *masks, const MsRaster *actual,
                        guint example, const MsRuleset *rules, GCancellable *cancellable);

/* Detectors: each appends its findings. */
typedef void (*MsCheckDetector)(const MsCheckEvidence *evidence, GPtrArray *findings);
void ms_check_files(const MsCheckEvidence *evidence, GPtrArray *findings); /* check-files.c */
void ms_check_sizes(const MsCheckEvidence *evidence, GPtrArray *findings); /* check-sizes.c */
/* Behind those of places: a prediction that lies another way throughout is told there. */
void ms_check_exif(const MsCheckEvidence *evidence, GPtrArray *findings);     /* check-exif.c */
void ms_check_contents(const MsCheckEvidence *evidence, GPtrArray *findings); /* check-contents.c */
void ms_check_leaks(const MsCheckEvidence *evidence, GPtrArray *findings);    /* check-leak.c */
void ms_check_labels(const MsCheckEvidence *evidence, GPtrArray *findings);   /* check-labels.c */
void ms_check_readings(const MsCheckEvidence *evidence, GPtrArray *findings); /* check-readings.c */
void ms_check_ids(const MsCheckEvidence *evidence, GPtrArray *findings);      /* check-ids.c */
void ms_check_places(const MsCheckEvidence *evidence, GPtrArray *findings);   /* check-places.c */
void ms_check_others(const MsCheckEvidence *evidence, GPtrArray *findings);   /* check-others.c */
/* Readings that are guesses, unless a finding of readings, ids or contents says more: behind those.
 */
void ms_check_guesses(const MsCheckEvidence *evidence, GPtrArray *findings); /* check-readings.c */

/* --- what detectors share (check-finding.c) --- */

/* Appends one; takes title and detail over. model as above. The caller fills the rest. */
MsCheckFinding *ms_check_add(GPtrArray *findings, MsCheckKind kind, MsSureness sureness,
                             guint model, char *title, char *detail);
/* 0 where it is undefined, and of NULL. */
double ms_check_iou(const MsConfusion *confusion);
/* Lent; NULL: that was not tried. */
const MsCheckTrial *ms_check_find_trial(const MsCheckPair *pair, MsTurn turn, int shift_x,
                                        int shift_y);
/* One more example that has it, MS_CHECK_N_SHOWN of which are kept. */
void ms_check_finding_add_example(MsCheckFinding *finding, guint example);
/* "a, b, c and 12 more", of all that the finding counts. Caller frees. */
char *ms_check_name_examples(const MsCheckEvidence *evidence, const MsCheckFinding *finding);
/* The mean IoU of a model over the pairs that are OK, or for which there is another confusion (lent
 * by `other`, NULL: as it is): what before and after are. */
typedef const MsConfusion *(*MsCheckOther)(const MsCheckPair *pair, gpointer user);
MsValue ms_check_mean_iou(const MsCheckEvidence *evidence, guint model, MsCheckOther other,
                          gpointer user, guint *n_scored);
/* Before and after of a remedy that gives some pairs of the finding's model a score. */
void ms_check_finding_rescue(const MsCheckEvidence *evidence, MsCheckFinding *finding,
                             MsCheckOther other, gpointer user);
/* The confusion of a pair's joint with predicted samples mapped; the caller's. NULL: an actual id
 * is unknown, or there is no joint. */
MsConfusion *ms_check_remap(const MsCheckEvidence *evidence, const MsCheckPair *pair,
                            const MsIdMap *map);
/* Remedy, option and line of one more adjustment (taken over) of the finding's model, together with
 * what the set does to it already. Where no option can say it the remedy stands alone. */
void ms_check_finding_adjust(const MsCheckEvidence *evidence, MsCheckFinding *finding,
                             MsAdjustment *adjustment, char *remedy);

G_END_DECLS
