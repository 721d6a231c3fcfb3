/* SPDX-License-Identifier: MIT */
#include "render/bands.h"

#include <glib.h>

#define MAX_HELPERS 3 /* beyond that memory is the limit */

/* Counted: a helper may come when all is done. */
typedef struct {
  gatomicrefcount ref_count;
  MsBand band;
  void *user;
  int n_rows;
  int band_rows;
  int n_bands;
  gint next; /* band that nobody has taken */
  gint done;
  GMutex mutex;
  GCond finished;
} Job;

static void
job_unref(Job *job)
{
  if (!g_atomic_ref_count_dec(&job->ref_count))
    return;
  g_mutex_clear(&job->mutex);
  g_cond_clear(&job->finished);
  g_free(job);
}

static void
finish_band(Job *job)
{
  g_mutex_lock(&job->mutex);
  if (++job->done == job->n_bands)
    g_cond_signal(&job->finished);
  g_mutex_unlock(&job->mutex);
}

static void
take_bands(Job *job)
{
  int i;

  while ((i = g_atomic_int_add(&job->next, 1)) < job->n_bands) {
    int first = i * job->band_rows;

    job->band(job->user, first, MIN(job->band_rows, job->n_rows - first));
    finish_band(job);
  }
}

static void
help(gpointer job, gpointer user)
{
  take_bands(job);
  job_unref(job);
}

/* Its threads stay. */
static GThreadPool *
helpers(int *n_helpers)
{
  static gsize once;
  static GThreadPool *pool;
  static int n;

  if (g_once_init_enter(&once)) {
    n = CLAMP((int)g_get_num_processors() - 1, 0, MAX_HELPERS);
    pool = n > 0 ? g_thread_pool_new(help, NULL, n, TRUE, NULL) : NULL;
    g_once_init_leave(&once, 1);
  }
  *n_helpers = pool ? n : 0;
  return pool;
}

static Job *
job_new(int n_rows, int band_rows, MsBand band, void *user)
{
  Job *job = g_new0(Job, 1);

  g_atomic_ref_count_init(&job->ref_count);
  g_mutex_init(&job->mutex);
  g_cond_init(&job->finished);
  job->band = band;
  job->user = user;
  job->n_rows = n_rows;
  job->band_rows = band_rows;
  job->n_bands = (n_rows + band_rows - 1) / band_rows;
  return job;
}

void
ms_bands_run(int n_rows, int band_rows, MsBand band, void *user)
{
  int n_helpers;
  GThreadPool *pool;
  Job *job;

  if (n_rows <= band_rows) {
    if (n_rows > 0)
      band(user, 0, n_rows);
    return;
  }
  pool = helpers(&n_helpers);
  job = job_new(n_rows, band_rows, band, user);
  for (int i = 0; i < MIN(n_helpers, job->n_bands - 1); i++) {
    g_atomic_ref_count_inc(&job->ref_count);
    g_thread_pool_push(pool, job, NULL);
  }
  take_bands(job);
  g_mutex_lock(&job->mutex);
  while (job->done < job->n_bands)
    g_cond_wait(&job->finished, &job->mutex);
  g_mutex_unlock(&job->mutex);
  job_unref(job);
}
