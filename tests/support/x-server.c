/* SPDX-License-Identifier: MIT */
#include "support/x-server.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static GPid server;

static void
die_with_parent(gpointer user)
{
  prctl(PR_SET_PDEATHSIG, SIGTERM);
}

/* The server picks a free display and writes its number to the pipe when it is ready. */
char *
test_x_server_start(const char *screen, GError **error)
{
  int ready[2];
  char number[16] = {0};
  g_autofree char *fd = NULL;
  gsize length = 0;

  g_assert_no_errno(pipe(ready));
  fd = g_strdup_printf("%d", ready[1]);

  const char *argv[] = {"Xvfb", "-displayfd", fd,          "-screen", "0",
                        screen, "-noreset",   "-nolisten", "tcp",     NULL};

  if (!g_spawn_async_with_fds(NULL, (char **)argv, NULL,
                              G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD |
                                  G_SPAWN_LEAVE_DESCRIPTORS_OPEN | G_SPAWN_STDOUT_TO_DEV_NULL |
                                  G_SPAWN_STDERR_TO_DEV_NULL,
                              die_with_parent, NULL, &server, -1, -1, -1, error)) {
    close(ready[0]);
    close(ready[1]);
    return NULL;
  }
  close(ready[1]);
  while (length < sizeof number - 1 && read(ready[0], number + length, 1) == 1 &&
         number[length] != '\n')
    length++;
  close(ready[0]);
  number[length] = '\0';
  if (length == 0)
    g_error("Xvfb ended before it had a display");
  return g_strconcat(":", number, NULL);
}

void
test_x_server_stop(void)
{
  if (!server)
    return;
  kill(server, SIGTERM);
  waitpid(server, NULL, 0);
  server = 0;
}
