/* SPDX-License-Identifier: MIT
 *
 * The bytes, all numbers as varints:
 *
 *   width and height less 1
 *   counted pixels * 2 + 1 with true negatives; ignored, tp, fp, fn, and tn where there is one
 *   a mend for each error; for each tolerance from 1 on what it forgives more than the one before
 *   the number of regions; of each of the largest: its pair (below), its mend, x, y, width and
 *   height less 1, and how far to the right of x and below y its inside point lies
 *
 * A mend is fp * 2, fn, and its pixels are their sum; where they are not (of confused pixels),
 * fp * 2 + 1, fn, pixels. A pair is kind * 4, + 1 with an actual and + 2 with a predicted id, and
 * these ids.
 */
#include "set/findings.h"

#include "set/varint.h"

/* Pixels times classes; four of them are added without a look. */
#define MAX_COUNT (G_GUINT64_CONSTANT(1) << 60)

static const MsKind kinds[] = {MS_KIND_FP, MS_KIND_FN, MS_KIND_CONFUSED};

void
ms_findings_init(MsFindings *findings, const MsDiagnosis *diagnosis, int width, int height,
                 const MsCounts *counts, guint64 n_counted, gboolean has_tn)
{
  size_t n_regions;
  const MsRegion *regions = ms_regions_get(diagnosis->regions, &n_regions);

  *findings = (MsFindings){.counts = *counts,
                           .n_counted = n_counted,
                           .has_tn = has_tn,
                           .width = width,
                           .height = height,
                           .n_regions = n_regions,
                           .n_listed = (guint)MIN(n_regions, MS_FINDINGS_REGIONS),
                           .anatomy = diagnosis->anatomy,
                           .reach = diagnosis->reach};
  for (guint i = 0; i < findings->n_listed; i++) {
    findings->regions[i] = regions[i];
    findings->regions[i].n_of_pair = 0;
  }
}

/* --- packing ---------------------------------------------------------------------------------- */

static void
put_counts(MsSink *sink, const MsFindings *findings)
{
  const MsCounts *counts = &findings->counts;

  ms_sink_put(sink, findings->n_counted << 1 | (findings->has_tn ? 1 : 0));
  ms_sink_put(sink, counts->ignored);
  ms_sink_put(sink, counts->tp);
  ms_sink_put(sink, counts->fp);
  ms_sink_put(sink, counts->fn);
  if (findings->has_tn)
    ms_sink_put(sink, counts->tn);
}

static void
put_mend(MsSink *sink, const MsMend *mend)
{
  gboolean differs = mend->pixels != mend->fp + mend->fn;

  ms_sink_put(sink, mend->fp << 1 | (differs ? 1 : 0));
  ms_sink_put(sink, mend->fn);
  if (differs)
    ms_sink_put(sink, mend->pixels);
}

static void
put_reach(MsSink *sink, const MsReach *reach)
{
  for (guint k = 1; k <= MS_REACH_MAX; k++) {
    const MsMend *now = &reach->within[k], *before = &reach->within[k - 1];

    put_mend(sink, &(MsMend){.pixels = now->pixels - before->pixels,
                             .fp = now->fp - before->fp,
                             .fn = now->fn - before->fn});
  }
}

static void
put_pair(MsSink *sink, const MsRegion *region)
{
  gboolean has_actual = region->actual != MS_NO_CLASS;
  gboolean has_predicted = region->predicted != MS_NO_CLASS;
  guint kind = 0;

  while (kinds[kind] != region->kind)
    kind++;
  ms_sink_put(sink, kind << 2 | (has_predicted ? 2 : 0) | (has_actual ? 1 : 0));
  if (has_actual)
    ms_sink_put(sink, region->actual);
  if (has_predicted)
    ms_sink_put(sink, region->predicted);
}

static void
put_region(MsSink *sink, const MsRegion *region)
{
  put_pair(sink, region);
  put_mend(sink, &region->mend);
  ms_sink_put(sink, (guint64)region->x);
  ms_sink_put(sink, (guint64)region->y);
  ms_sink_put(sink, (guint64)region->width - 1);
  ms_sink_put(sink, (guint64)region->height - 1);
  ms_sink_put(sink, (guint64)(region->inside_x - region->x));
  ms_sink_put(sink, (guint64)(region->inside_y - region->y));
}

static void
put_findings(MsSink *sink, const MsFindings *findings)
{
  ms_sink_put(sink, (guint64)findings->width - 1);
  ms_sink_put(sink, (guint64)findings->height - 1);
  put_counts(sink, findings);
  for (guint i = 0; i < MS_N_ERRORS; i++)
    put_mend(sink, &findings->anatomy.errors[i]);
  put_reach(sink, &findings->reach);
  ms_sink_put(sink, findings->n_regions);
  for (guint i = 0; i < findings->n_listed; i++)
    put_region(sink, &findings->regions[i]);
}

MsPacked *
ms_findings_pack(const MsFindings *findings)
{
  guint8 few[4096];
  g_autofree guint8 *many = NULL;
  MsSink measure = {0}, sink = {.bytes = few};

  put_findings(&measure, findings);
  if (measure.size > sizeof few)
    sink.bytes = many = g_malloc(measure.size);
  put_findings(&sink, findings);
  return ms_packed_new_from_bytes(sink.bytes, sink.size);
}

/* --- unpacking -------------------------------------------------------------------------------- */

static void
take_counts(MsCursor *cursor, MsFindings *findings)
{
  guint64 head = ms_cursor_take(cursor);
  MsCounts *counts = &findings->counts;

  findings->n_counted = head >> 1;
  findings->has_tn = head & 1;
  counts->ignored = ms_cursor_take_up_to(cursor, MAX_COUNT);
  counts->tp = ms_cursor_take_up_to(cursor, MAX_COUNT);
  counts->fp = ms_cursor_take_up_to(cursor, MAX_COUNT);
  counts->fn = ms_cursor_take_up_to(cursor, MAX_COUNT);
  if (findings->has_tn)
    counts->tn = ms_cursor_take_up_to(cursor, MAX_COUNT);
}

/* *pixels_left: that may be in it; less then. */
static MsMend
take_mend(MsCursor *cursor, guint64 *pixels_left)
{
  guint64 head = ms_cursor_take_up_to(cursor, MAX_COUNT);
  MsMend mend = {.fp = head >> 1, .fn = ms_cursor_take_up_to(cursor, MAX_COUNT)};

  mend.pixels = head & 1 ? ms_cursor_take(cursor) : mend.fp + mend.fn;
  if (mend.pixels > *pixels_left)
    cursor->is_broken = TRUE;
  else
    *pixels_left -= mend.pixels;
  return mend;
}

static void
take_reach(MsCursor *cursor, MsReach *reach, guint64 wrong)
{
  for (guint k = 1; k <= MS_REACH_MAX; k++) {
    MsMend more = take_mend(cursor, &wrong);

    reach->within[k] = reach->within[k - 1];
    ms_mend_add(&reach->within[k], &more);
  }
}

static guint32
take_id(MsCursor *cursor, gboolean has_it)
{
  return has_it ? (guint32)ms_cursor_take_up_to(cursor, MS_NO_CLASS - 1) : MS_NO_CLASS;
}

static void
take_pair(MsCursor *cursor, MsRegion *region)
{
  guint64 head = ms_cursor_take_up_to(cursor, (G_N_ELEMENTS(kinds) - 1) << 2 | 3);

  region->kind = kinds[head >> 2];
  region->actual = take_id(cursor, (head & 1) != 0);
  region->predicted = take_id(cursor, (head & 2) != 0);
}

/* A place along a side that is at least 1 long. */
static int
take_place(MsCursor *cursor, int side)
{
  return (int)ms_cursor_take_up_to(cursor, (guint64)side - 1);
}

/* most: pixels that it may have. */
static void
take_region(MsCursor *cursor, const MsFindings *findings, MsRegion *region, guint64 most)
{
  take_pair(cursor, region);
  region->mend = take_mend(cursor, &most);
  region->x = take_place(cursor, findings->width);
  region->y = take_place(cursor, findings->height);
  region->width = 1 + take_place(cursor, findings->width - region->x);
  region->height = 1 + take_place(cursor, findings->height - region->y);
  region->inside_x = region->x + take_place(cursor, region->width);
  region->inside_y = region->y + take_place(cursor, region->height);
  if (region->mend.pixels == 0 ||
      region->mend.pixels > (guint64)region->width * (guint64)region->height)
    cursor->is_broken = TRUE;
}

static void
take_regions(MsCursor *cursor, MsFindings *findings, guint64 wrong)
{
  guint64 most = wrong;

  findings->n_regions = ms_cursor_take_up_to(cursor, wrong);
  findings->n_listed = (guint)MIN(findings->n_regions, MS_FINDINGS_REGIONS);
  for (guint i = 0; i < findings->n_listed && !cursor->is_broken; i++) {
    take_region(cursor, findings, &findings->regions[i], most);
    most = findings->regions[i].mend.pixels;
  }
}

gboolean
ms_findings_unpack(MsFindings *findings, const MsPacked *packed)
{
  gsize size;
  const guint8 *bytes = ms_packed_bytes(packed, &size);
  MsCursor cursor = {.at = bytes, .end = bytes + size};
  guint64 left, wrong;

  memset(findings, 0, sizeof *findings);
  findings->width = 1 + take_place(&cursor, MS_RASTER_MAX_SIDE);
  findings->height = 1 + take_place(&cursor, MS_RASTER_MAX_SIDE);
  take_counts(&cursor, findings);
  if (findings->n_counted > (guint64)findings->width * (guint64)findings->height)
    return FALSE;
  left = findings->n_counted;
  for (guint i = 0; i < MS_N_ERRORS; i++)
    findings->anatomy.errors[i] = take_mend(&cursor, &left);
  wrong = findings->n_counted - left;
  take_reach(&cursor, &findings->reach, wrong);
  take_regions(&cursor, findings, wrong);
  return ms_cursor_is_at_end(&cursor);
}

/* --- what follows ----------------------------------------------------------------------------- */

guint64
ms_findings_wrong(const MsFindings *findings)
{
  return ms_anatomy_wrong(&findings->anatomy);
}

MsCounts
ms_findings_counts_at(const MsFindings *findings, guint k)
{
  return ms_mend_apply(&findings->counts, &findings->reach.within[k], findings->has_tn);
}

MsValue
ms_findings_iou_at(const MsFindings *findings, guint k, MsEmptyRule empty)
{
  MsCounts counts = ms_findings_counts_at(findings, k);

  return ms_score_counted_iou(&counts, findings->n_counted, empty);
}

gboolean
ms_findings_is_exact_at(const MsFindings *findings, guint k)
{
  return findings->reach.within[k].pixels == ms_findings_wrong(findings);
}
