/* SPDX-License-Identifier: MIT */
#include "app/job.h"

typedef struct {
  GThread *main;
  GObject *owner;    /* weak */
  GThread *ended_on; /* the thread on which the owner ended */
  GMutex lock;
  GCond changed;
  gboolean may_end; /* locked: the worker may let go of the task */
  guint n_calls;
} Story;

static Story story;

static void
owner_ended(gpointer data, GObject *owner)
{
  story.ended_on = g_thread_self();
}

/* Holds on to the task when all is done on the main thread. */
static gpointer
work(gpointer data)
{
  g_autoptr(GTask) task = data;

  g_task_return_int(task, 7);
  g_mutex_lock(&story.lock);
  while (!story.may_end)
    g_cond_wait(&story.changed, &story.lock);
  g_mutex_unlock(&story.lock);
  return NULL;
}

static void
done(GObject *source, GAsyncResult *result, gpointer user)
{
  g_assert_true(g_thread_self() == story.main);
  g_assert_true(source == story.owner);
  g_assert_true(ms_job_get_owner(G_TASK(result)) == source);
  g_assert_cmpint(g_task_propagate_int(G_TASK(result), NULL), ==, 7);
  g_assert_null(user);
  story.n_calls++;
}

/* A worker that is slow to let go of the task does not become the one that ends the owner. */
static void
test_owner_ends_here(void)
{
  GObject *owner = g_object_new(G_TYPE_OBJECT, NULL);
  GTask *task = ms_job_new(owner, NULL, done);
  GThread *thread;

  story = (Story){.main = g_thread_self(), .owner = owner};
  g_mutex_init(&story.lock);
  g_cond_init(&story.changed);
  g_object_weak_ref(owner, owner_ended, NULL);
  thread = g_thread_new("work", work, task);
  g_object_unref(owner);
  g_assert_null(story.ended_on);
  while (story.n_calls == 0)
    g_main_context_iteration(NULL, TRUE);
  g_assert_true(story.ended_on == story.main);
  g_mutex_lock(&story.lock);
  story.may_end = TRUE;
  g_cond_signal(&story.changed);
  g_mutex_unlock(&story.lock);
  g_thread_join(thread);
  g_assert_cmpuint(story.n_calls, ==, 1);
  g_mutex_clear(&story.lock);
  g_cond_clear(&story.changed);
}

static void
forget(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer(task, NULL, NULL);
}

static void
note_done(GObject *source, GAsyncResult *result, gpointer user)
{
  g_object_set_data(source, "done", source);
}

/* Whoever keeps the task longer has no owner any more. */
static void
test_task_outlives(void)
{
  g_autoptr(GObject) owner = g_object_new(G_TYPE_OBJECT, NULL);
  g_autoptr(GTask) task = ms_job_new(owner, NULL, note_done);

  g_assert_true(ms_job_get_owner(task) == owner);
  g_task_run_in_thread(task, forget);
  while (!g_object_get_data(owner, "done"))
    g_main_context_iteration(NULL, TRUE);
  g_assert_null(ms_job_get_owner(task));
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/app/job/owner-ends-here", test_owner_ends_here);
  g_test_add_func("/app/job/task-outlives", test_task_outlives);
  return g_test_run();
}
