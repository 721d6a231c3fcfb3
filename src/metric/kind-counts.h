/* SPDX-License-Identifier: MIT
 *
 * Sums of kinds: what counting (metric/addition.c) and painting (metric/kinds.c) share.
 */
#pragma once

#include "metric/kinds.h"

static inline void
ms_kind_counts_add(MsKindCounts *kinds, MsKind kind, uint64_t count)
{
  switch (kind) {
  case MS_KIND_TN:
    kinds->tn += count;
    break;
  case MS_KIND_TP:
    kinds->tp += count;
    break;
  case MS_KIND_FP:
    kinds->fp += count;
    break;
  case MS_KIND_FN:
    kinds->fn += count;
    break;
  case MS_KIND_CONFUSED:
    kinds->confused += count;
    break;
  case MS_KIND_IGNORED:
    kinds->ignored += count;
    break;
  }
}

static inline void
ms_kind_counts_merge(MsKindCounts *sum, const MsKindCounts *more)
{
  sum->tp += more->tp;
  sum->tn += more->tn;
  sum->fp += more->fp;
  sum->fn += more->fn;
  sum->confused += more->confused;
  sum->ignored += more->ignored;
}

/* What was merged before. */
static inline void
ms_kind_counts_unmerge(MsKindCounts *sum, const MsKindCounts *part)
{
  sum->tp -= part->tp;
  sum->tn -= part->tn;
  sum->fp -= part->fp;
  sum->fn -= part->fn;
  sum->confused -= part->confused;
  sum->ignored -= part->ignored;
}

static inline uint64_t
ms_kind_counts_counted(const MsKindCounts *kinds)
{
  return kinds->tp + kinds->tn + kinds->fp + kinds->fn + kinds->confused;
}
