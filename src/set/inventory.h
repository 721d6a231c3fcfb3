/* SPDX-License-Identifier: MIT
 *
 * What was found before examples are made of it: entries in byte order of their ids, models, and
 * where it all lies. Every way to name a set (a recognised folder, options, a manifest) ends in
 * one of these, so that what follows need not know which it was.
 */
#pragma once

#include "set/annotations.h"
#include "set/example-table.h"
#include "set/label-data.h"
#include "set/notice.h"
#include "set/place.h"

G_BEGIN_DECLS

typedef enum {
  MS_PROBLEM_MISSING,   /* there is no such mask */
  MS_PROBLEM_AMBIGUOUS, /* more than one fits */
} MsProblemKind;

typedef struct {
  MsProblemKind kind;
  guint model; /* G_MAXUINT: every model, for want of an actual mask */
  char *reason;
} MsProblem;

/* Texts are lent, mostly by the inventory. */
typedef struct {
  const char *id;
  const char *split; /* NULL: none */
  const char *group; /* NULL: none */
  const char *image; /* paths; NULL: there is none */
  const char *actual;
  const char **predicted; /* one a model, each may be NULL */
  int image_part;         /* which part of the file each is: set/place.h */
  int actual_part;
  int *predicted_parts;
  guint row;        /* of label sets: in the inventory's labels */
  GArray *problems; /* MsProblem; NULL: none */
} MsEntry;

typedef struct {
  char *name;
  char *folder;               /* folder, pattern or file; in the file name encoding */
  MsAnnotations *annotations; /* its masks are records of this; NULL: files */
} MsFoundModel;

typedef struct {
  GPtrArray *entries;    /* MsEntry */
  GPtrArray *models;     /* MsFoundModel */
  GPtrArray *notices;    /* MsNotice */
  GStringChunk *strings; /* texts of entries, and whatever else lives as long */
  char *title;
  char *path;                 /* what was opened; NULL when folders were given one by one */
  char *class_folder;         /* where a class table is looked for; NULL: nowhere */
  char *class_table;          /* name of a table that the layout brings; NULL: none */
  char *layout;               /* for display: "images, actual, predicted" */
  char *actual_folder;        /* for messages */
  gboolean from_table;        /* files may lie in several folders, each read in its own way */
  MsLabelData *labels;        /* entries have label sets, which are in here; NULL: masks */
  MsAnnotations *annotations; /* the actual masks are records of this; NULL: files */
  GPtrArray *readings; /* labels: MsReading of the actual ones and of each model; NULL: masks */
} MsInventory;

MsInventory *ms_inventory_new(void);
void ms_inventory_free(MsInventory *inventory);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsInventory, ms_inventory_free)

/* A text that lives as long as the inventory; NULL of NULL. */
const char *ms_inventory_keep(MsInventory *inventory, const char *text);

/* The id is lent. */
MsEntry *ms_entry_new(const char *id, guint n_models);
void ms_entry_free(MsEntry *entry); /* NULL is fine */
void ms_entry_add_problem(MsEntry *entry, MsProblemKind kind, guint model, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/* Whether a problem of an example, as the set tells it, is that something is missing. */
gboolean ms_problem_is_missing(const char *reason);

/* Whether an entry has a predicted mask (or label set) of a model; MS_LABEL_ACTUAL: an actual one.
 */
gboolean ms_inventory_has(const MsInventory *inventory, const MsEntry *entry, guint model);

/* name NULL: to be named after the folder by ms_inventory_name_models(). */
void ms_inventory_add_model(MsInventory *inventory, const char *name, const char *folder);

/* Gives every nameless model its folder's (or file's) name, with as many of the folders above it as
 * it takes to tell models apart. */
void ms_inventory_name_models(MsInventory *inventory);

/* Sorts by id, and gives each entry a problem for what it lacks. */
void ms_inventory_finish(MsInventory *inventory);

/* A notice for each kind of problem that entries have; the problems themselves are told with the
 * examples. */
void ms_inventory_note_problems(MsInventory *inventory);

/* Splits (and groups) from a table with the columns example and split; optional group. */
gboolean ms_inventory_read_splits(MsInventory *inventory, const char *path,
                                  GCancellable *cancellable, GError **error);

/* Leaves only the examples of a split, and only a model; NULL: all. Errors: MS_SET_ERROR_CHOICE,
 * naming what there is. */
gboolean ms_inventory_choose(MsInventory *inventory, const char *split, const char *model,
                             GError **error);

/* The examples of its entries, which are freed on the way: the inventory has none after that. NULL
 * when cancelled. */
MsExampleTable *ms_inventory_make_examples(MsInventory *inventory, GCancellable *cancellable,
                                           GError **error);

/* "train", "val" or "test" for any usual spelling of them, else NULL. Static. */
const char *ms_split_normalize(const char *name);

/* The same of a path's first part, whose length goes to *length; NULL also where there is no '/'.
 */
const char *ms_split_of_path(const char *path, gsize *length);

/* The split names that occur, train, val and test first, the others after them, as names with
 * numbers in them sort. */
GPtrArray *ms_inventory_splits(const MsInventory *inventory);

G_END_DECLS
