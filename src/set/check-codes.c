/* SPDX-License-Identifier: MIT
 *
 * Samples become bytes by a table where they have 16 bits at most. Ids that have no byte of their
 * own share those of others, never that of background.
 */
#include "set/check-codes.h"

/* Codes of classes are below; then one that stands for a background that is not there, and
 * MS_OFFSET_IGNORED. */
#define N_CODES       254u
#define NO_BACKGROUND 254u

typedef struct {
  const MsRules *rules;
  gboolean predicted;
} Side;

static guint8
fold(guint32 id)
{
  return (guint8)(id < N_CODES ? id : 1 + id % (N_CODES - 1));
}

static guint8
code_of(const Side *side, guint32 sample)
{
  MsComparison comparison = side->rules->comparison;

  if (!side->predicted && ms_rules_is_ignored(side->rules, sample))
    return MS_OFFSET_IGNORED;
  if (comparison == MS_COMPARE_CLASSES)
    return fold(sample);
  if (comparison == MS_COMPARE_THRESHOLD && side->predicted)
    return sample > side->rules->threshold;
  return sample != 0;
}

/* Source index floor((i + 0.5) * S / D). */
static int
pick(int i, int source, int target)
{
  return (int)((2 * (gint64)i + 1) * source / (2 * (gint64)target));
}

static void
code_row(const Side *side, const guint8 *table, const MsRaster *from, int y, const int *columns,
         guint8 *to, int width)
{
  const void *row = ms_raster_row(from, y);
  const guint8 *bytes = row;
  const guint16 *words = row;
  const guint32 *numbers = row;

  if (from->bits == 8) {
    for (int x = 0; x < width; x++)
      to[x] = table[bytes[columns[x]]];
  } else if (from->bits == 16) {
    for (int x = 0; x < width; x++)
      to[x] = table[words[columns[x]]];
  } else {
    for (int x = 0; x < width; x++)
      to[x] = code_of(side, numbers[columns[x]]);
  }
}

static guint8 *
make_table(const Side *side, int bits)
{
  guint32 n = bits > 16 ? 0 : 1u << bits;
  guint8 *table = g_malloc(MAX(n, 1));

  for (guint32 sample = 0; sample < n; sample++)
    table[sample] = code_of(side, sample);
  return table;
}

static gboolean
code_raster(const Side *side, const MsRaster *from, int max_side, MsRaster *to)
{
  int width = MIN(from->width, max_side), height = MIN(from->height, max_side);
  g_autofree guint8 *table = NULL;
  g_autofree int *columns = NULL;

  if (ms_raster_init(to, width, height, 8) != MS_STATUS_OK)
    return FALSE;
  table = make_table(side, from->bits);
  columns = g_new(int, width);
  for (int x = 0; x < width; x++)
    columns[x] = pick(x, from->width, width);
  for (int y = 0; y < height; y++)
    code_row(side, table, from, pick(y, from->height, height), columns,
             ms_raster_row_writable(to, y), width);
  return TRUE;
}

gboolean
ms_check_codes_init_small(MsCheckCodes *codes, const MsMasks *masks, const MsRules *rules,
                          int max_side)
{
  const Side actual = {rules, FALSE}, predicted = {rules, TRUE};

  *codes = (MsCheckCodes){0};
  if (rules->comparison == MS_COMPARE_CLASSES)
    codes->background = rules->background >= 0 ? fold((guint32)rules->background) : NO_BACKGROUND;
  if (code_raster(&actual, &masks->actual.raster, max_side, &codes->actual) &&
      code_raster(&predicted, &masks->predicted.raster, max_side, &codes->predicted))
    return TRUE;
  ms_check_codes_clear(codes);
  return FALSE;
}

gboolean
ms_check_codes_init(MsCheckCodes *codes, const MsMasks *masks, const MsRules *rules)
{
  return ms_check_codes_init_small(codes, masks, rules, MS_RASTER_MAX_SIDE);
}

void
ms_check_codes_clear(MsCheckCodes *codes)
{
  ms_raster_clear(&codes->actual);
  ms_raster_clear(&codes->predicted);
}
