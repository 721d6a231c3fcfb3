/* SPDX-License-Identifier: MIT */
#include "set/rate.h"

#define MARK_INTERVAL (G_USEC_PER_SEC / 2)
/* A rate of less time than this would jump. */
#define MIN_SPAN (G_USEC_PER_SEC / 4)

static void
mark(MsRate *rate, guint64 done, gint64 time)
{
  rate->newest = (rate->newest + 1) % MS_RATE_MARKS;
  rate->times[rate->newest] = time;
  rate->done[rate->newest] = done;
  rate->n_marks = MIN(rate->n_marks + 1, MS_RATE_MARKS);
}

void
ms_rate_begin(MsRate *rate, guint64 done, gint64 time)
{
  *rate = (MsRate){.time = time, .now_done = done};
  mark(rate, done, time);
}

void
ms_rate_update(MsRate *rate, guint64 done, gint64 time)
{
  rate->time = time;
  rate->now_done = done;
  if (rate->n_marks == 0 || time - rate->times[rate->newest] >= MARK_INTERVAL)
    mark(rate, done, time);
}

double
ms_rate_get(const MsRate *rate)
{
  guint oldest = (rate->newest + MS_RATE_MARKS + 1 - rate->n_marks) % MS_RATE_MARKS;
  gint64 span = rate->time - rate->times[oldest];

  if (rate->n_marks == 0 || span < MIN_SPAN || rate->now_done <= rate->done[oldest])
    return 0;
  return (double)(rate->now_done - rate->done[oldest]) * G_USEC_PER_SEC / (double)span;
}
