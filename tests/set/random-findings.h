/* SPDX-License-Identifier: MIT
 *
 * Findings that hold together, made up: regions in an image, five errors that sum to them, and
 * tolerances that forgive more and more.
 */
#pragma once

#include "set/findings.h"
#include "support/random.h"

static inline MsRegion
random_region(TestRandom *random, int width, int height, guint64 pixels)
{
  static const MsKind kinds[] = {MS_KIND_FP, MS_KIND_FN, MS_KIND_CONFUSED};
  MsRegion region = {.kind = kinds[test_random_below(random, 3)],
                     .actual = test_random_below(random, 300),
                     .predicted = test_random_below(random, 300),
                     .width = width,
                     .height = height};

  if (region.kind == MS_KIND_FP)
    region.actual = MS_NO_CLASS;
  if (region.kind == MS_KIND_FN)
    region.predicted = MS_NO_CLASS;
  region.mend = (MsMend){.pixels = pixels,
                         .fp = region.kind == MS_KIND_FN ? 0 : pixels,
                         .fn = region.kind == MS_KIND_FP ? 0 : pixels};
  if (pixels <= (guint64)height) { /* a column of so many */
    region.x = (int)test_random_below(random, (guint)width);
    region.y = (int)test_random_below(random, (guint)(height - (int)pixels + 1));
    region.width = 1;
    region.height = (int)pixels;
  }
  region.inside_x = region.x + (int)test_random_below(random, (guint)region.width);
  region.inside_y = region.y + (int)test_random_below(random, (guint)region.height);
  return region;
}

static inline void
random_spread(TestRandom *random, MsFindings *findings, guint64 wrong)
{
  guint64 left = wrong, forgiven = 0;

  for (guint i = 0; i < MS_N_ERRORS; i++) {
    guint64 pixels = i + 1 < MS_N_ERRORS ? test_random_below(random, (guint)left + 1) : left;

    findings->anatomy.errors[i] = (MsMend){.pixels = pixels, .fp = pixels};
    left -= pixels;
  }
  for (guint k = 1; k <= MS_REACH_MAX; k++) {
    forgiven += test_random_below(random, (guint)(wrong - forgiven) + 1);
    findings->reach.within[k] = (MsMend){.pixels = forgiven, .fp = forgiven / 2, .fn = forgiven};
  }
}

/* n_regions of most pixels at most, all of different examples alike. */
static inline MsFindings
random_findings(TestRandom *random, guint n_regions, guint most)
{
  MsFindings findings = {.width = 200 + (int)test_random_below(random, 100), .height = 150};
  guint64 wrong = 0, pixels = most;

  findings.n_regions = n_regions;
  findings.n_listed = MIN(n_regions, MS_FINDINGS_REGIONS);
  for (guint i = 0; i < findings.n_listed; i++) {
    pixels -= test_random_below(random, (guint)pixels / (i == 0 ? 1 : 4) + 1) * (pixels > 1);
    pixels = MAX(pixels, 1);
    findings.regions[i] = random_region(random, findings.width, findings.height, pixels);
    wrong += pixels;
  }
  wrong += n_regions - findings.n_listed;
  random_spread(random, &findings, wrong);
  findings.n_counted = wrong + test_random_below(random, 4000);
  findings.has_tn = test_random_below(random, 2);
  findings.counts = (MsCounts){.tp = findings.n_counted - wrong, .fp = wrong, .fn = wrong / 2};
  if (findings.has_tn)
    findings.counts.tn = test_random(random);
  return findings;
}
