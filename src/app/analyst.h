/* SPDX-License-Identifier: MIT
 *
 * Has what is looked at analysed, one thing at a time: another wish takes the place of the one
 * before, which is cancelled. The last few analyses are kept, so that stepping back is instant.
 */
#pragma once

#include "report/analysis.h"

G_BEGIN_DECLS

#define MS_TYPE_ANALYST (ms_analyst_get_type())
G_DECLARE_FINAL_TYPE(MsAnalyst, ms_analyst, MS, ANALYST, GObject)

/* Signal "ready": what was wanted is there, or failed. */

MsAnalyst *ms_analyst_new(void);

/* How many bytes the kept ones may take beside the newest. */
void ms_analyst_set_bytes(MsAnalyst *self, gsize bytes);

/* One that is kept; NULL: none. Lent. */
MsAnalysis *ms_analyst_find(MsAnalyst *self, MsFrame *frame, MsRuleset *rules, MsClassFocus *focus);

/* Makes this one, unless it is being made or failed already. */
void ms_analyst_want(MsAnalyst *self, MsFrame *frame, MsRuleset *rules, MsClassFocus *focus);
/* Whether this is the one that is being made, or failed. */
gboolean ms_analyst_wants(MsAnalyst *self, MsFrame *frame, MsRuleset *rules, MsClassFocus *focus);
/* Nothing is wanted any more. */
void ms_analyst_cancel(MsAnalyst *self);
/* And nothing is kept. */
void ms_analyst_clear(MsAnalyst *self);

gboolean ms_analyst_is_busy(MsAnalyst *self);
/* How far what is being made has come, 0 to 100; what is not begun is at 0. */
int ms_analyst_get_percent(MsAnalyst *self);
/* Why the last wish failed; NULL: it did not. */
const char *ms_analyst_get_error(MsAnalyst *self);

G_END_DECLS
