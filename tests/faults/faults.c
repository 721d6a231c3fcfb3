/* SPDX-License-Identifier: MIT
 *
 * A library to be preloaded into a program: calls that concern files fail, fall short or find
 * another file, as MASKSCOPE_FAULTS says. Rules are separated by ';', the first that fits a call
 * holds:
 *
 *     CALL GLOB WHEN WHAT
 *
 *     CALL   open (to read), make (open to write), read, write, sync, rename, list (open a
 *            folder), name (the next one in it), watch (a folder), notify (begin to watch any),
 *            clock
 *     GLOB   of the path ('*' also stands for '/'); of a clock and of notify "*"
 *     WHEN   3: the third such call; 3+: from the third on; 20%7: of a thousand calls 20, by the
 *            seed 7
 *     WHAT   an error (EIO, ENOSPC, EACCES, EROFS, ENOENT, EMFILE, EINTR), or
 *            short     one byte of what was asked for is read or written
 *            half      or half of it
 *            vanish    the file is removed, then the call goes on
 *            shrink    it is cut to its half
 *            grow      it becomes longer by a byte
 *            swap      what has the same name and ".new" takes its place
 *            rewrite   it is filled with what that holds
 *            jump      the clock is days off, another way each time
 *
 * Only what the C library's own functions are asked by name for is seen: nothing inside of it.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define MAX_RULES 16

typedef struct {
  char call[16];
  char glob[256];
  char what[16];
  unsigned first;
  bool on;           /* from the first on */
  unsigned permille; /* of calls; 0: by their number */
  uint64_t random;
  unsigned n_calls;
} Rule;

static struct {
  Rule rules[MAX_RULES];
  int n_rules;
  pthread_mutex_t lock;
} faults = {.lock = PTHREAD_MUTEX_INITIALIZER};

static const struct {
  const char *name;
  int number;
} errors[] = {
    {"EIO", EIO},       {"ENOSPC", ENOSPC}, {"EACCES", EACCES}, {"EROFS", EROFS},
    {"ENOENT", ENOENT}, {"EMFILE", EMFILE}, {"EINTR", EINTR},
};

/* --- rules --- */

static bool
read_when(Rule *rule, const char *when)
{
  unsigned seed;

  if (sscanf(when, "%u%%%u", &rule->permille, &seed) == 2) {
    rule->random = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
    return true;
  }
  rule->permille = 0;
  rule->on = strchr(when, '+') != NULL;
  return sscanf(when, "%u", &rule->first) == 1;
}

static void
add_rule(const char *text)
{
  Rule *rule = &faults.rules[faults.n_rules];
  char when[32];

  if (faults.n_rules < MAX_RULES)
    *rule = (Rule){.n_calls = 0};
  if (faults.n_rules == MAX_RULES ||
      sscanf(text, " %15s %255s %31s %15s", rule->call, rule->glob, when, rule->what) != 4 ||
      !read_when(rule, when)) {
    fprintf(stderr, "MASKSCOPE_FAULTS: not understood: %s\n", text);
    abort();
  }
  faults.n_rules++;
}

/* Other rules than before, for a program that knows of the library. */
void faults_set(const char *text);

void
faults_set(const char *text)
{
  char *copy = strdup(text), *rest = copy, *rule;

  pthread_mutex_lock(&faults.lock);
  faults.n_rules = 0;
  while (copy && (rule = strsep(&rest, ";")))
    if (strspn(rule, " \n") < strlen(rule))
      add_rule(rule);
  pthread_mutex_unlock(&faults.lock);
  free(copy);
}

__attribute__((constructor)) static void
read_rules(void)
{
  const char *text = getenv("MASKSCOPE_FAULTS");

  if (text)
    faults_set(text);
}

static uint64_t
next_random(Rule *rule)
{
  rule->random ^= rule->random << 13;
  rule->random ^= rule->random >> 7;
  rule->random ^= rule->random << 17;
  return rule->random;
}

static bool
is_due(Rule *rule)
{
  rule->n_calls++;
  if (rule->permille)
    return next_random(rule) % 1000 < rule->permille;
  return rule->on ? rule->n_calls >= rule->first : rule->n_calls == rule->first;
}

/* What is to happen; NULL: nothing. */
static const char *
find_fault(const char *call, const char *path)
{
  const char *what = NULL;

  if (faults.n_rules == 0)
    return NULL;
  pthread_mutex_lock(&faults.lock);
  for (int i = 0; i < faults.n_rules && !what; i++) {
    Rule *rule = &faults.rules[i];

    if (strcmp(rule->call, call) == 0 && fnmatch(rule->glob, path, 0) == 0 && is_due(rule))
      what = rule->what;
  }
  pthread_mutex_unlock(&faults.lock);
  return what;
}

/* FALSE: it has none, or no name. */
static bool
find_path(int fd, char *path, size_t size)
{
  char link[64];
  ssize_t length;

  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  length = readlink(link, path, size - 1);
  if (length < 0)
    return false;
  path[length] = 0;
  return path[0] == '/';
}

static const char *
find_fault_of(const char *call, int fd)
{
  char path[PATH_MAX];

  return faults.n_rules > 0 && find_path(fd, path, sizeof path) ? find_fault(call, path) : NULL;
}

/* Relative to a folder (AT_FDCWD: the current one). */
static const char *
find_fault_at(const char *call, int folder, const char *path)
{
  char whole[2 * PATH_MAX], above[PATH_MAX];

  if (faults.n_rules == 0)
    return NULL;
  if (path[0] == '/')
    return find_fault(call, path);
  if (folder == AT_FDCWD ? !getcwd(above, sizeof above) : !find_path(folder, above, sizeof above))
    return NULL;
  snprintf(whole, sizeof whole, "%s/%s", above, path);
  return find_fault(call, whole);
}

/* Whether the call fails; errno is set then. */
static bool
fails(const char *what)
{
  for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
    if (what && strcmp(what, errors[i].name) == 0) {
      errno = errors[i].number;
      return true;
    }
  return false;
}

/* Past the functions below, which know rules. */
static void
rewrite(const char *path, const char *other)
{
  int from = (int)syscall(SYS_openat, AT_FDCWD, other, O_RDONLY);
  int to = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_TRUNC);

  if (from < 0 || to < 0)
    abort();
  while (sendfile(to, from, NULL, 1 << 20) > 0)
    ;
  close(from);
  close(to);
}

/* Files that change under the program. */
static void
disturb(const char *what, const char *path)
{
  char other[PATH_MAX + 8];
  struct stat info;

  if (!what || stat(path, &info) != 0)
    return;
  if (strcmp(what, "vanish") == 0)
    unlink(path);
  else if (strcmp(what, "shrink") == 0 && truncate(path, info.st_size / 2) != 0)
    abort();
  else if (strcmp(what, "grow") == 0 && truncate(path, info.st_size + 1) != 0)
    abort();
  snprintf(other, sizeof other, "%s.new", path);
  if (strcmp(what, "swap") == 0 && renameat(AT_FDCWD, other, AT_FDCWD, path) != 0)
    abort();
  else if (strcmp(what, "rewrite") == 0)
    rewrite(path, other);
}

static void
disturb_open(const char *what, int fd)
{
  char path[PATH_MAX];

  if (what && find_path(fd, path, sizeof path))
    disturb(what, path);
}

/* Of so many bytes that were asked for. */
static size_t
share_of(const char *what, size_t size)
{
  if (what && size > 1 && strcmp(what, "short") == 0)
    return 1;
  return what && size > 1 && strcmp(what, "half") == 0 ? size / 2 : size;
}

/* --- calls --- */

#define REAL(type, name) ((type)dlsym(RTLD_NEXT, name))

typedef int (*OpenAt)(int, const char *, int, ...);
typedef ssize_t (*Read)(int, void *, size_t);
typedef ssize_t (*ReadAt)(int, void *, size_t, off64_t);
typedef ssize_t (*Write)(int, const void *, size_t);
typedef ssize_t (*WriteAt)(int, const void *, size_t, off64_t);
typedef int (*Sync)(int);
typedef int (*Rename)(const char *, const char *);
typedef DIR *(*OpenDir)(const char *);
typedef struct dirent64 *(*ReadDir)(DIR *);
typedef int (*Notify)(int);
typedef int (*Watch)(int, const char *, uint32_t);
typedef int (*Clock)(clockid_t, struct timespec *);

static int
open_at(int folder, const char *path, int flags, mode_t mode)
{
  static OpenAt real;
  bool makes = flags & (O_WRONLY | O_RDWR | O_CREAT);
  const char *what = find_fault_at(makes ? "make" : "open", folder, path);

  if (!real)
    real = REAL(OpenAt, "openat");
  if (fails(what))
    return -1;
  disturb(what, path);
  return real(folder, path, flags, mode);
}

#define MODE_OF(flags, mode)                                                                       \
  mode_t mode = 0;                                                                                 \
  if ((flags) & (O_CREAT | O_TMPFILE)) {                                                           \
    va_list list;                                                                                  \
    va_start(list, flags);                                                                         \
    mode = va_arg(list, mode_t);                                                                   \
    va_end(list);                                                                                  \
  }

int
open(const char *path, int flags, ...)
{
  MODE_OF(flags, mode)
  return open_at(AT_FDCWD, path, flags, mode);
}

int
open64(const char *path, int flags, ...)
{
  MODE_OF(flags, mode)
  return open_at(AT_FDCWD, path, flags, mode);
}

int
openat(int folder, const char *path, int flags, ...)
{
  MODE_OF(flags, mode)
  return open_at(folder, path, flags, mode);
}

int
openat64(int folder, const char *path, int flags, ...)
{
  MODE_OF(flags, mode)
  return open_at(folder, path, flags, mode);
}

ssize_t
read(int fd, void *buffer, size_t size)
{
  static Read real;
  const char *what = find_fault_of("read", fd);

  if (!real)
    real = REAL(Read, "read");
  if (fails(what))
    return -1;
  disturb_open(what, fd);
  return real(fd, buffer, share_of(what, size));
}

ssize_t
pread64(int fd, void *buffer, size_t size, off64_t offset)
{
  static ReadAt real;
  const char *what = find_fault_of("read", fd);

  if (!real)
    real = REAL(ReadAt, "pread64");
  if (fails(what))
    return -1;
  disturb_open(what, fd);
  return real(fd, buffer, share_of(what, size), offset);
}

ssize_t
pread(int fd, void *buffer, size_t size, off_t offset)
{
  return pread64(fd, buffer, size, offset);
}

ssize_t
write(int fd, const void *buffer, size_t size)
{
  static Write real;
  const char *what = find_fault_of("write", fd);

  if (!real)
    real = REAL(Write, "write");
  if (fails(what))
    return -1;
  return real(fd, buffer, share_of(what, size));
}

ssize_t
pwrite64(int fd, const void *buffer, size_t size, off64_t offset)
{
  static WriteAt real;
  const char *what = find_fault_of("write", fd);

  if (!real)
    real = REAL(WriteAt, "pwrite64");
  if (fails(what))
    return -1;
  return real(fd, buffer, share_of(what, size), offset);
}

ssize_t
pwrite(int fd, const void *buffer, size_t size, off_t offset)
{
  return pwrite64(fd, buffer, size, offset);
}

int
fsync(int fd)
{
  static Sync real;

  if (!real)
    real = REAL(Sync, "fsync");
  return fails(find_fault_of("sync", fd)) ? -1 : real(fd);
}

int
fdatasync(int fd)
{
  static Sync real;

  if (!real)
    real = REAL(Sync, "fdatasync");
  return fails(find_fault_of("sync", fd)) ? -1 : real(fd);
}

int
rename(const char *from, const char *to)
{
  static Rename real;

  if (!real)
    real = REAL(Rename, "rename");
  return fails(find_fault_at("rename", AT_FDCWD, to)) ? -1 : real(from, to);
}

DIR *
opendir(const char *path)
{
  static OpenDir real;

  if (!real)
    real = REAL(OpenDir, "opendir");
  return fails(find_fault_at("list", AT_FDCWD, path)) ? NULL : real(path);
}

struct dirent64 *
readdir64(DIR *folder)
{
  static ReadDir real;

  if (!real)
    real = REAL(ReadDir, "readdir64");
  return fails(find_fault_of("name", dirfd(folder))) ? NULL : real(folder);
}

int
inotify_init1(int flags)
{
  static Notify real;

  if (!real)
    real = REAL(Notify, "inotify_init1");
  return fails(find_fault("notify", "*")) ? -1 : real(flags);
}

int
inotify_add_watch(int fd, const char *path, uint32_t mask)
{
  static Watch real;

  if (!real)
    real = REAL(Watch, "inotify_add_watch");
  return fails(find_fault_at("watch", AT_FDCWD, path)) ? -1 : real(fd, path, mask);
}

int
clock_gettime(clockid_t clock, struct timespec *time)
{
  static Clock real;
  const char *what;
  int result;

  if (!real)
    real = REAL(Clock, "clock_gettime");
  result = real(clock, time);
  what = clock == CLOCK_REALTIME ? find_fault("clock", "*") : NULL;
  if (what && result == 0)
    time->tv_sec += (time->tv_nsec % 200 - 100) * 86400;
  return result;
}
