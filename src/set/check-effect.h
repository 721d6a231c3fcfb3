/* SPDX-License-Identifier: MIT
 *
 * What a remedy does to the pairs of a model: their mean IoU before and after, and how many of them
 * it helps. What helps on average alone is no remedy.
 */
#pragma once

#include "set/check-evidence.h"

G_BEGIN_DECLS

/* A pair's counts under the remedy; the caller's. NULL: it cannot be told, and is left out. */
typedef MsConfusion *(*MsCheckRecount)(const MsCheckEvidence *evidence, const MsCheckPair *pair,
                                       gpointer user);

typedef struct {
  MsValue before; /* over the same pairs: OK, with IoU on either side */
  MsValue after;
  guint n_scored;
  guint n_changed; /* pairs whose IoU is another one */
  GArray *better;  /* guint: examples that it helps clearly */
} MsCheckEffect;

void ms_check_effect_init(MsCheckEffect *effect, const MsCheckEvidence *evidence, guint model,
                          MsCheckRecount recount, gpointer user);
/* The same of predicted ids that become others. */
void ms_check_effect_init_map(MsCheckEffect *effect, const MsCheckEvidence *evidence, guint model,
                              const MsIdMap *map);
/* The same by hand: begin, each pair's counts before and after, end. */
void ms_check_effect_begin(MsCheckEffect *effect);
void ms_check_effect_add(MsCheckEffect *effect, guint example, const MsConfusion *before,
                         const MsConfusion *after);
void ms_check_effect_add_values(MsCheckEffect *effect, guint example, MsValue before,
                                MsValue after);
void ms_check_effect_end(MsCheckEffect *effect);
void ms_check_effect_clear(MsCheckEffect *effect);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MsCheckEffect, ms_check_effect_clear)

/* 0: not measured. */
double ms_check_effect_gain(const MsCheckEffect *effect);

/* Whether the mean rises by so much, and most pairs that it changes are better for it. */
gboolean ms_check_effect_helps(const MsCheckEffect *effect, double gain);

/* Hands a finding its numbers and examples. */
void ms_check_effect_tell(const MsCheckEffect *effect, const MsCheckEvidence *evidence,
                          MsCheckFinding *finding);

G_END_DECLS
