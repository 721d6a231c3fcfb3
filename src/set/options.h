/* SPDX-License-Identifier: MIT
 *
 * Everything a user can ask for about a set, its models and its rules: one struct, parsed in one
 * place, used by command, viewer and reports. What was not given stays "automatic".
 */
#pragma once

#include <gio/gio.h>

#include "metric/rules.h"
#include "set/adjustment.h"
#include "set/advice.h"
#include "set/classes.h"
#include "set/id-map.h"

G_BEGIN_DECLS

#define MS_OPTIONS_ERROR (ms_options_error_quark())
GQuark ms_options_error_quark(void);
typedef enum { MS_OPTIONS_ERROR_USAGE } MsOptionsError; /* exit status 2 */

typedef struct {
  char *name; /* NULL: the folder's (or file's) name */
  char *path; /* folder, pattern with {id}, or file */
} MsModelOption;

/* Volumes are cut across their third axis, z. */
#define MS_SLICE_AXIS_DEFAULT 2u

typedef enum { MS_CHOICE_AUTO, MS_CHOICE_NONE, MS_CHOICE_GIVEN } MsChoice;

typedef struct {
  char *set;            /* folder, .maskset, manifest; NULL when folders are given one by one */
  char *folder;         /* of a .maskset file: a folder that is a set as it stands; else NULL */
  char *images;         /* --images */
  char *actual;         /* --actual */
  GPtrArray *predicted; /* --predicted [NAME=]PATH, MsModelOption, in the order given */
  char *manifest;       /* --manifest */
  char *splits;         /* --splits */
  char *classes;        /* --classes FILE|NAME: forces class ids */
  MsClassTable *table;  /* the same, written out in a .maskset file; NULL: not */
  MsChoice background_choice; /* --background ID|none */
  guint32 background;
  MsChoice ignore_choice;   /* --ignore ID|NAME[,...]|none */
  GArray *ignore;           /* guint32, sorted, no doubles; a negative id is 2^32 more */
  GPtrArray *ignore_names;  /* char *: classes whose ids are not known before the table is */
  MsChoice positive_choice; /* --positive ID (GIVEN) | nonzero (NONE): forces binary */
  guint32 positive;
  MsChoice instances_choice;  /* --instances none (NONE) | plain or DIVISOR (GIVEN) */
  guint32 instances_divisor;  /* 0: plain, every value but 0 is an object: forces binary */
  MsIdMap *ids_actual;        /* --map, --map-actual FROM=TO[,...]; NULL: ids stay */
  MsIdMap *ids_predicted;     /* --map, --map-predicted */
  GPtrArray *adjustments;     /* --adjust [NAME:]LIST, MsAdjustment: one a model at most */
  gboolean has_threshold;     /* --threshold: forces a probability map */
  double threshold;           /* 0 to 1; 0.5 unless given */
  gboolean has_empty;         /* --empty was given: goes before a .maskset file's */
  MsEmptyRule empty;          /* --empty one|zero|skip */
  gboolean has_size_mismatch; /* --size-mismatch was given */
  gboolean resize_predicted;  /* --size-mismatch nearest */
  gboolean has_advise;        /* --advise was given */
  MsAdviceLimits advice;      /* --advise */
  guint slice_axis;           /* --slice-axis x|y|z: 0, 1 or 2 */
  char *split;                /* --split: only this one; NULL: all */
  char *model;                /* --model: only this one; NULL: all */
  guint jobs;                 /* --jobs; 0: one a processor */
  gboolean no_cache;
  gboolean quiet;
} MsOptions;

MsOptions *ms_options_new(void);
MsOptions *ms_options_copy(const MsOptions *options);
void ms_options_free(MsOptions *options);
/* Forgets every folder and file of masks but `set`; rules and tables stay. */
void ms_options_clear_places(MsOptions *options);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsOptions, ms_options_free)

/* Parses the common options, and `extra` ones of a subcommand (may be NULL), out of *arguments (no
 * program name in it); what is left in *arguments afterwards are the positional ones. --help is
 * not handled here. Errors: MS_OPTIONS_ERROR_USAGE, the message naming the option and what it
 * takes. Values are checked here (ranges, ids, names given twice). */
gboolean ms_options_parse(MsOptions *options, GStrv *arguments, const GOptionEntry *extra,
                          GError **error);

/* What is done to the masks of a model: what was asked for it alone, else what was asked for all;
 * NULL: nothing. Lent. set/adjustments.c holds this and the next three. */
const MsAdjustment *ms_options_find_adjustment(const MsOptions *options, const char *model);

/* Whether something that was asked lays pixels another way. */
gboolean ms_options_moves(const MsOptions *options);

/* One more thing to be done, after what is done already, to the masks of its model (NULL: of every
 * one). FALSE, and nothing changed: too far, or ids that are mapped by ids_predicted already. */
gboolean ms_options_adjust(MsOptions *options, const MsAdjustment *then);

/* A model that is to be adjusted and is none of these (char *): an error that names it and them. */
gboolean ms_options_check_adjusted(const MsOptions *options, const GPtrArray *models,
                                   GError **error);

/* Turns ignore_names into ids of the table, which may be NULL. Errors: MS_OPTIONS_ERROR_USAGE, a
 * name that no class has. */
gboolean ms_options_resolve_ignored(MsOptions *options, const MsClassTable *table, GError **error);

/* The text of the common options for --help, ready to print. */
char *ms_options_help(void);

/* The options as arguments again, to hand to another program; NULL-terminated, without `set`. */
GStrv ms_options_to_arguments(const MsOptions *options);

G_END_DECLS
