/* SPDX-License-Identifier: MIT
 *
 * A validation set: its examples in byte order of their ids, its models, splits and classes, how
 * its masks are read, and everything that was noticed on the way. Opened off the main thread by one
 * synchronous function; does not change afterwards, so it may be read from any thread. Shaped for a
 * million examples: they are columns (set/example-table.h), and objects only for who asks.
 */
#pragma once

#include <gio/gio.h>

#include "set/annotations.h"
#include "set/classes.h"
#include "set/example.h"
#include "set/label-data.h"
#include "set/load.h"
#include "set/options.h"
#include "set/reading.h"
#include "set/ruleset.h"

G_BEGIN_DECLS

#define MS_SET_ERROR (ms_set_error_quark())
GQuark ms_set_error_quark(void);
typedef enum {
  MS_SET_ERROR_NOT_FOUND, /* no such folder or file */
  MS_SET_ERROR_EMPTY,     /* nothing in it, or nothing that has an actual or predicted mask */
  MS_SET_ERROR_LAYOUT,    /* not told which folder is what */
  MS_SET_ERROR_READING,   /* not told how its masks are to be read */
  MS_SET_ERROR_CHOICE,    /* no such split or model */
} MsSetError;

/* What a check tells in its findings, and nobody else does. */
typedef enum { MS_NOTICE_OTHER, MS_NOTICE_MISSING, MS_NOTICE_AMBIGUOUS } MsNoticeKind;

/* Something a user should know: a file left out, a guess made. */
typedef struct {
  char *path;    /* the file or folder, for display; may be NULL */
  char *message; /* a sentence */
  MsNoticeKind kind;
} MsNotice;

#define MS_TYPE_SET (ms_set_get_type())
G_DECLARE_FINAL_TYPE(MsSet, ms_set, MS, SET, GObject)

/* Called now and then while a set is opened, from the opening thread. total 0: not known; "Finding
 * files" counts them in `done`. */
typedef void (*MsSetProgress)(const char *what, guint done, guint total, gpointer user);

/* Finds, pairs and surveys. The options are copied, and those of a .maskset file added to the copy.
 * Examples of other splits than options->split and models other than options->model are left out.
 * Errors: MS_SET_ERROR, MS_IO_ERROR, G_IO_ERROR_CANCELLED; MS_OPTIONS_ERROR_USAGE when no set is
 * named, or two ways to name one are mixed. */
MsSet *ms_set_open(const MsOptions *options, MsSetProgress progress, gpointer user,
                   GCancellable *cancellable, GError **error);

/* A first look at a folder so large that listing it takes time: the set that its first names in
 * byte order make, of each folder some n_names, found without keeping the others. Its examples are
 * the first that the whole has, each with all its files. *whole: nothing was left out, so this is
 * what ms_set_open() opens; else readings, classes, splits and groups are provisional, there are no
 * notices, and of errors only G_IO_ERROR_CANCELLED says anything about the whole. A set that is no
 * folder is opened whole. */
MsSet *ms_set_open_first(const MsOptions *options, guint n_names, gboolean *whole,
                         GCancellable *cancellable, GError **error);

const MsOptions *ms_set_get_options(MsSet *self);
const char *ms_set_get_title(MsSet *self);  /* short, for the title bar */
const char *ms_set_get_path(MsSet *self);   /* the folder or file it was opened from; may be NULL */
const char *ms_set_get_layout(MsSet *self); /* what was recognised: "images, actual, predicted" */

/* Whether it is a first look at a larger one. */
gboolean ms_set_is_partial(MsSet *self);

guint ms_set_get_n_examples(MsSet *self);

/* An example as an object, made anew; the caller's. What lists and loops ask is below, and makes
 * none. */
MsExample *ms_set_dup_example(MsSet *self, guint index);
const char *ms_set_get_id(MsSet *self, guint index); /* UTF-8; lent */
/* The split and the group of an example; NULL: none. Lent. */
const char *ms_set_get_split(MsSet *self, guint index);
const char *ms_set_get_group(MsSet *self, guint index);
/* Of label sets: its row in ms_set_get_labels(). */
guint ms_set_get_row(MsSet *self, guint index);
/* Why it is skipped for a model, or NULL; lent. */
const char *ms_set_get_problem(MsSet *self, guint index, guint model);
/* As ms_example_has_actual(). */
gboolean ms_set_has_actual(MsSet *self, guint index);
/* The example of an id, or G_MAXUINT. */
guint ms_set_find_example(MsSet *self, const char *id);

guint ms_set_get_n_models(MsSet *self);
const char *ms_set_get_model_name(MsSet *self, guint model);
const char *ms_set_get_model_folder(MsSet *self, guint model); /* for display */

/* The examples of a split (NULL: all) by their indices, ascending; lent. */
const guint *ms_set_get_split_examples(MsSet *self, const char *split, guint *n_examples);

/* Split names: train, val, test first, the others as names with numbers in them sort.
 * NULL-terminated; may be empty. */
const char *const *ms_set_get_splits(MsSet *self);
/* Group names in byte order; NULL-terminated; may be empty. */
const char *const *ms_set_get_groups(MsSet *self);

MsClassTable *ms_set_get_classes(MsSet *self); /* NULL: none */
const MsReading *ms_set_get_actual_reading(MsSet *self);
const MsReading *ms_set_get_predicted_reading(MsSet *self, guint model);

/* Whose masks: the actual ones, where a model is asked for. */
#define MS_SET_ACTUAL G_MAXUINT

/* The annotation file that the actual masks (MS_SET_ACTUAL) or a model's are records of; NULL: they
 * are files. Lent. */
const MsAnnotations *ms_set_get_annotations(MsSet *self, guint model);

/* How its files are loaded; lends what the set owns. */
MsLoader ms_set_get_loader(MsSet *self);

/* How many files the store knew and how many were read to decide how masks are read. */
void ms_set_get_survey_sources(MsSet *self, guint64 *n_stored, guint64 *n_read);

/* The label sets of its examples, where it has label sets instead of masks; NULL: masks. Lent. */
const MsLabelData *ms_set_get_labels(MsSet *self);

/* The rules in force for a model; lent. */
MsRuleset *ms_set_get_rules(MsSet *self, guint model);

/* A class's name where one is known, else its id as text; "foreground" and "background" for the
 * nameless two of a binary set. Caller frees. */
char *ms_set_class_name(MsSet *self, guint model, guint32 id);

/* Every MsNotice; lent. */
const GPtrArray *ms_set_get_notices(MsSet *self);

G_END_DECLS
