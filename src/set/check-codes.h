/* SPDX-License-Identifier: MIT
 *
 * Two masks as a byte a pixel, whatever they hold: for trying how a predicted mask could lie, where
 * hundreds of moves are looked at. Two ids may share a byte, so that nothing is scored by it.
 */
#pragma once

#include "metric/offset.h"
#include "metric/rules.h"
#include "set/check-evidence.h"
#include "set/masks.h"

G_BEGIN_DECLS

struct _MsCheckCodes {
  MsRaster actual; /* 8 bits; MS_OFFSET_IGNORED: counts nowhere */
  MsRaster predicted;
  guint8 background; /* the byte of it; where there is none, one that does not occur */
};

/* Of the whole masks, which may differ in size and hold ids or values, not stacks. FALSE: no
 * memory. */
gboolean ms_check_codes_init(MsCheckCodes *codes, const MsMasks *masks, const MsRules *rules);
/* The same with sides of at most so many pixels each, picked evenly. */
gboolean ms_check_codes_init_small(MsCheckCodes *codes, const MsMasks *masks, const MsRules *rules,
                                   int max_side);
void ms_check_codes_clear(MsCheckCodes *codes);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MsCheckCodes, ms_check_codes_clear)

G_END_DECLS
