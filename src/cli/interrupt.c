/* SPDX-License-Identifier: MIT
 *
 * A thread of its own waits for the signals, which every thread blocks: cancelling takes locks
 * and must not happen inside a signal handler.
 */
#include "cli/interrupt.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

static int caught; /* the first signal, atomic; 0: none yet */

/* A signal that whoever started the program had it ignore (nohup, a shell's background job) stays
 * ignored: once blocked, it would be waited for all the same. */
static void
add_unless_ignored(sigset_t *signals, int number)
{
  struct sigaction action;

  if (sigaction(number, NULL, &action) == 0 && action.sa_handler != SIG_IGN)
    sigaddset(signals, number);
}

static void
fill_signals(sigset_t *signals)
{
  sigemptyset(signals);
  add_unless_ignored(signals, SIGINT);
  add_unless_ignored(signals, SIGTERM);
}

static gpointer
wait_for_signal(gpointer data)
{
  g_autoptr(GCancellable) cancellable = data;
  sigset_t signals;
  int number;

  fill_signals(&signals);
  if (sigwait(&signals, &number) == 0) {
    g_atomic_int_set(&caught, number);
    g_cancellable_cancel(cancellable);
  }
  /* From here on this thread takes them as the system does by default: the end. */
  pthread_sigmask(SIG_UNBLOCK, &signals, NULL);
  for (;;)
    pause();
  return NULL;
}

GCancellable *
ms_interrupt_new(void)
{
  GCancellable *cancellable = g_cancellable_new();
  sigset_t signals;

  fill_signals(&signals);
  pthread_sigmask(SIG_BLOCK, &signals, NULL);
  g_thread_unref(g_thread_new("signals", wait_for_signal, g_object_ref(cancellable)));
  return cancellable;
}

void
ms_interrupt_end(void)
{
  int number = g_atomic_int_get(&caught);
  sigset_t signals;

  /* One that has just come and was not waited for takes effect here. */
  fill_signals(&signals);
  pthread_sigmask(SIG_UNBLOCK, &signals, NULL);
  if (number != 0)
    raise(number);
}
