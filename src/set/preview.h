/* SPDX-License-Identifier: MIT
 *
 * What opening a set would find, without opening it: which folder is what, how files pair, and how
 * many. Only names are looked at; no mask is decoded. For a window in which the user says which
 * folder is what and sees at once what comes of it.
 */
#pragma once

#include "set/set.h"

G_BEGIN_DECLS

#define MS_PREVIEW_MAX_ROWS    50 /* examples that are shown, those with a problem first */
#define MS_PREVIEW_MAX_FOLDERS 24 /* folders that are offered for a choice */

typedef enum {
  MS_PREVIEW_UNNAMED, /* the options do not name it */
  MS_PREVIEW_FOUND,
  MS_PREVIEW_EMPTY,   /* it is there, or its folder is, but nothing in it counts */
  MS_PREVIEW_MISSING, /* it does not exist, or cannot be read */
} MsPreviewState;

/* A folder, pattern or file that the options name. */
typedef struct {
  MsPreviewState state;
  char *words;  /* short: "24 files", "no such folder"; "" when unnamed */
  char *detail; /* a sentence; NULL: the words say all */
} MsPreviewPlace;

typedef struct {
  char *name; /* a model's, as it will be shown, or a split's */
  guint n;    /* examples with a predicted mask of it beside an actual one; or in the split */
} MsPreviewCount;

typedef struct {
  char *id;
  char *image; /* names of files; NULL: there is none */
  char *actual;
  GPtrArray *predicted; /* char *: one a model, each may be NULL */
  char *problem;        /* what keeps it from being scored; NULL: nothing */
} MsPreviewRow;

/* A folder that holds pictures. */
typedef struct {
  char *path;    /* relative to the folder it was looked for in */
  guint n_files; /* in it and, as far as was looked, below */
} MsPreviewFolder;

/* Immutable and counted. */
typedef struct {
  /* What the options name, each by itself; of a set as a whole, what `paths` names, and where there
   * are no such paths, what was found (`detail`: where). */
  MsPreviewPlace set;
  MsPreviewPlace images;
  MsPreviewPlace actual;
  MsPreviewPlace *predicted; /* one for each of those options', or for each model */
  guint n_predicted;
  MsPreviewPlace manifest;
  MsPreviewPlace splits;
  MsPreviewPlace classes; /* unnamed: the table that was found all the same, in words */

  /* What they are together; without a set, `problem` says why and all below is empty. */
  char *problem;
  char *problem_detail; /* the whole message; NULL: the problem says all */
  gboolean is_labels;   /* tables of labels, not masks */
  char *layout;         /* what was recognised, for display */
  char *title;
  guint n_examples;
  guint n_images;          /* examples with an image */
  guint n_actual;          /* examples with an actual mask */
  GPtrArray *models;       /* MsPreviewCount */
  GPtrArray *split_counts; /* MsPreviewCount */
  guint n_unpaired;        /* examples that no model can be scored on */
  guint n_ambiguous;       /* examples for which more than one mask fits */
  GPtrArray *rows;    /* MsPreviewRow: the first ones, those with a problem before the others */
  GPtrArray *notices; /* MsNotice */

  /* The set with its folders named one by one, without `set`. They may not say all of it, such as
   * its splits; NULL: they cannot say it. */
  MsOptions *paths;
  gboolean is_exact; /* opening them gives the same examples */

  /* What a .maskset file of this set holds: the paths where they say all of it, else the folder as
   * it stands; NULL: a file that is opened as a whole already. */
  MsOptions *savable;

  GPtrArray *folders; /* MsPreviewFolder; NULL: not looked for */
} MsPreview;

/* Looks at what the options name. `around` (may be NULL) is a folder whose folders are offered for
 * a choice. Incomplete and wrong options are no error: the preview says what is missing. NULL only
 * when cancelled: G_IO_ERROR_CANCELLED. Synchronous, for worker threads. */
MsPreview *ms_preview_new(const MsOptions *options, const char *around, MsSetProgress progress,
                          gpointer user, GCancellable *cancellable, GError **error);
MsPreview *ms_preview_ref(MsPreview *preview);
void ms_preview_unref(MsPreview *preview);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsPreview, ms_preview_unref)

/* The counts in one line: "24 examples: 24 with image, 24 actual, unet 24, 2 unpaired". Caller
 * frees. */
char *ms_preview_describe(const MsPreview *preview);

G_END_DECLS
