/* SPDX-License-Identifier: MIT
 *
 * Chunks with their own count of holders: whoever writes into one that others hold too copies it
 * first. A chunk that nothing was written into is NULL.
 */
#include "set/findings-table.h"

#include <string.h>

#define STRETCH 1024

typedef struct {
  gatomicrefcount ref_count;
  MsFoundRecord records[STRETCH];
  MsResultsPlace places[STRETCH];
} Chunk;

struct MsFindingsTable {
  gatomicrefcount ref_count;
  MsResultsHeap *heap;
  guint n_examples;
  guint n_chunks;
  Chunk *chunks[];
};

static const MsFoundRecord waiting = {.status = MS_FOUND_WAITING};

static guint32
saturate(guint64 n)
{
  return (guint32)MIN(n, G_MAXUINT32);
}

void
ms_found_record_set(MsFoundRecord *record, const MsFindings *findings)
{
  *record = (MsFoundRecord){.status = MS_FOUND_OK, .n_regions = saturate(findings->n_regions)};
  if (findings->n_listed > 0)
    record->largest = saturate(findings->regions[0].mend.pixels);
  for (guint i = 0; i < MS_N_ERRORS; i++)
    record->errors[i] = saturate(findings->anatomy.errors[i].pixels);
}

guint64
ms_found_record_wrong(const MsFoundRecord *record)
{
  guint64 wrong = 0;

  for (guint i = 0; i < MS_N_ERRORS; i++)
    wrong += record->errors[i];
  return wrong;
}

static void
chunk_unref(Chunk *chunk)
{
  if (chunk && g_atomic_ref_count_dec(&chunk->ref_count))
    g_free(chunk);
}

MsFindingsTable *
ms_findings_table_new(guint n_examples, MsResultsHeap *heap)
{
  guint n_chunks = n_examples / STRETCH + (n_examples % STRETCH > 0);
  MsFindingsTable *table = g_malloc0(sizeof *table + n_chunks * sizeof table->chunks[0]);

  g_atomic_ref_count_init(&table->ref_count);
  table->heap = ms_results_heap_ref(heap);
  table->n_examples = n_examples;
  table->n_chunks = n_chunks;
  return table;
}

MsFindingsTable *
ms_findings_table_ref(MsFindingsTable *table)
{
  g_atomic_ref_count_inc(&table->ref_count);
  return table;
}

void
ms_findings_table_unref(MsFindingsTable *table)
{
  if (!table || !g_atomic_ref_count_dec(&table->ref_count))
    return;
  for (guint i = 0; i < table->n_chunks; i++)
    chunk_unref(table->chunks[i]);
  ms_results_heap_unref(table->heap);
  g_free(table);
}

MsFindingsTable *
ms_findings_table_snapshot(MsFindingsTable *table)
{
  MsFindingsTable *snapshot = ms_findings_table_new(table->n_examples, table->heap);

  for (guint i = 0; i < table->n_chunks; i++) {
    if (table->chunks[i])
      g_atomic_ref_count_inc(&table->chunks[i]->ref_count);
    snapshot->chunks[i] = table->chunks[i];
  }
  return snapshot;
}

guint
ms_findings_table_n_examples(const MsFindingsTable *table)
{
  return table->n_examples;
}

/* The chunk as one that may be written into. */
static Chunk *
own_chunk(MsFindingsTable *table, guint example)
{
  Chunk **chunk = &table->chunks[example / STRETCH];

  if (!*chunk) {
    *chunk = g_new0(Chunk, 1); /* all waiting */
    g_atomic_ref_count_init(&(*chunk)->ref_count);
  } else if (!g_atomic_ref_count_compare(&(*chunk)->ref_count, 1)) {
    Chunk *copy = g_memdup2(*chunk, sizeof **chunk);

    g_atomic_ref_count_init(&copy->ref_count);
    chunk_unref(*chunk);
    *chunk = copy;
  }
  return *chunk;
}

void
ms_findings_table_put(MsFindingsTable *table, guint example, const MsFoundRecord *record,
                      MsResultsPlace place)
{
  Chunk *chunk;

  g_assert(example < table->n_examples);
  chunk = own_chunk(table, example);
  chunk->records[example % STRETCH] = *record;
  chunk->places[example % STRETCH] = place;
}

const MsFoundRecord *
ms_findings_table_get(const MsFindingsTable *table, guint example)
{
  const Chunk *chunk;

  g_assert(example < table->n_examples);
  chunk = table->chunks[example / STRETCH];
  return chunk ? &chunk->records[example % STRETCH] : &waiting;
}

gboolean
ms_findings_table_read(const MsFindingsTable *table, guint example, MsFindings *findings)
{
  const Chunk *chunk;
  g_autoptr(MsPacked) packed = NULL;

  g_assert(example < table->n_examples);
  chunk = table->chunks[example / STRETCH];
  if (chunk)
    packed = ms_results_heap_dup(table->heap, chunk->places[example % STRETCH]);
  return packed && ms_findings_unpack(findings, packed);
}
