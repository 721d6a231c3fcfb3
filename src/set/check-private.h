/* SPDX-License-Identifier: MIT
 *
 * What the detectors of ids and readings are made of: one idea a file, each with a set's evidence
 * or one model's, and what they say about findings that were made before.
 */
#pragma once

#include "set/check-effect.h"
#include "set/check-id-uses.h"
#include "set/check-label-rows.h"

G_BEGIN_DECLS

/* What a mean IoU must gain by other ids or another reading: below it lies what a single large
 * class can add by chance. */
#define MS_CHECK_GAIN 0.15

/* Pairs from which on what most of them agree in is likely, not just possible. */
#define MS_CHECK_ENOUGH_PAIRS 3

/* Ids written by another convention (check-id-tables.c): trainIds. TRUE: one is found. */
gboolean ms_check_id_tables(const MsIdUses *uses, GPtrArray *findings);
/* All off by one, or all but 0 (check-id-shifts.c). TRUE: so it is. */
gboolean ms_check_id_shifts(const MsIdUses *uses, GPtrArray *findings);
/* Ids that stand for others (check-id-swaps.c): classes that have changed places, ids of which the
 * other side knows none. */
void ms_check_id_swaps(const MsIdUses *uses, GPtrArray *findings);
/* Ids that should not be there, or should (check-id-presence.c). */
void ms_check_id_presence(const MsIdUses *uses, GPtrArray *findings);
/* Actual ids that the class table does not have (likewise). */
void ms_check_actual_ids(const MsCheckEvidence *evidence, GPtrArray *findings);

/* Whether an id of the actual masks stands for "no class" and counts as one (check-id-void.c).
 * *known_by is set to the named table that says so where that is one. */
gboolean ms_check_is_void(const MsIdUses *uses, guint32 id, const char **known_by);
/* Such ids are never predicted, and could be ignored (likewise). The caller adds examples. */
MsCheckFinding *ms_check_add_void(const MsIdUses *uses, const GArray *ids, const char *known_by,
                                  GPtrArray *findings);

/* Binary masks and probability maps the other way round (check-inverted.c). */
void ms_check_inverted(const MsCheckEvidence *evidence, guint model, GPtrArray *findings);
/* Two predicted values of which none is 0 (check-two-values.c). */
void ms_check_two_values(const MsCheckEvidence *evidence, guint model, GPtrArray *findings);
/* 0 and 1 against 0 and 255, and against ids (check-scale.c). */
void ms_check_scale(const MsCheckEvidence *evidence, guint model, GPtrArray *findings);
/* Indices of a palette against the grey of its colours (check-palette.c). */
void ms_check_palette(const MsIdUses *uses, GPtrArray *findings);

/* Of label sets: labels by other names, that changed places, all the other way round
 * (check-label-remaps.c). n_rows have both sides, and n_pairs of a label of each. TRUE: one is
 * found. */
gboolean ms_check_label_remaps(MsCheckLabelRows *rows, guint n_rows, double n_pairs,
                               GPtrArray *findings);

/* Gives a finding of examples that lack the masks of these models (guint, ascending) the remedy
 * that pairs them with masks that are called otherwise (check-names.c). FALSE: there is none. */
gboolean ms_check_offer_names(const MsCheckEvidence *evidence, const GArray *models,
                              MsCheckFinding *finding);

/* --- shared (check-private.c) --- */

/* Whether there is such a finding of the model. */
gboolean ms_check_has(const GPtrArray *findings, MsCheckKind kind, guint model);

/* Adds FROM=TO; an id that is mapped already stays. */
void ms_check_map(MsIdMap *map, guint32 from, guint32 to);

/* A finding whose remedy are other predicted ids; where these are read by colours there is no
 * option for it. Takes title, detail and remedy over. */
MsCheckFinding *ms_check_add_map(const MsIdUses *uses, GPtrArray *findings, MsCheckKind kind,
                                 MsSureness sureness, const MsCheckEffect *effect,
                                 const MsIdMap *map, char *title, char *detail, char *remedy);

/* As a shell takes it: plain where it can be (check-finding.c). Caller frees. */
char *ms_check_quote(const char *argument);

/* Whether the turn that EXIF gives an example's image is said to lie in only one of its masks
 * (check-exif.c). */
gboolean ms_check_exif_explains(const MsCheckExample *example, guint model);

/* LIKELY where there are enough pairs, else POSSIBLE. */
MsSureness ms_check_sureness(guint n_pairs);

/* A remedy that is an option of the set. name: as in "--ignore"; key: as in a .maskset file. Takes
 * options and remedy over. */
void ms_check_finding_set_option(MsCheckFinding *finding, MsOptions *options, const char *name,
                                 const char *key, const char *value, char *remedy);

/* The remedy to ignore these ids beside those that are ignored (check-id-presence.c). Takes remedy
 * over. */
void ms_check_offer_ignore(const MsCheckEvidence *evidence, const GArray *ids,
                           MsCheckFinding *finding, char *remedy);

/* "road (7), sidewalk (8) and 3 more"; ids alone where they have no names. Caller frees.
 */
char *ms_check_name_ids(const MsCheckEvidence *evidence, const GArray *ids);

G_END_DECLS
