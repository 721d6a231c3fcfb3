/* SPDX-License-Identifier: MIT
 *
 * A folder is known by its path and has a number of the kernel's while it is watched. That one went
 * away is told by itself or by who holds it; a folder that is held by none that is watched is
 * looked at once in a while.
 */
#include "set/watch-folders.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#ifdef __linux__
#include <sys/inotify.h>
#include <sys/vfs.h>
#include <unistd.h>
#endif

#include "io/file.h"
#include "set/watcher.h"

typedef struct Folder {
  char *path;
  int number;       /* the kernel's; -1: not watched */
  gboolean given;   /* else it was found below the root */
  gboolean missing; /* given, and not there */
  dev_t device;     /* of what is watched */
  ino_t inode;
  struct Folder *alias; /* another path of the same folder */
} Folder;

struct MsWatchFolders {
  int fd;
  GHashTable *by_path;   /* path -> Folder, owned */
  GHashTable *by_number; /* number -> Folder */
  guint n_missing;
  gboolean unsure; /* whether all are what they were */
  char *trouble;
  MsWatchTell tell;
  gpointer user;
};

static guint max_folders = MS_WATCHER_MAX;
static gboolean (*is_remote_now)(const char *path);

void
ms_watch_folders_use(guint max, gboolean (*is_remote)(const char *path))
{
  max_folders = max ? max : MS_WATCHER_MAX;
  is_remote_now = is_remote;
}

/* The first reason stays. */
G_GNUC_PRINTF(2, 3)
static void
note_trouble(MsWatchFolders *folders, const char *format, ...)
{
  va_list arguments;

  if (folders->trouble)
    return;
  va_start(arguments, format);
  folders->trouble = g_strdup_vprintf(format, arguments);
  va_end(arguments);
}

static void
folder_free(gpointer data)
{
  Folder *folder = data;

  g_free(folder->path);
  g_free(folder);
}

/* --- the kernel ------------------------------------------------------------------------------- */

#ifdef __linux__

#define MASK                                                                                       \
  (IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE |              \
   IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR)

/* Of file systems that other machines write to as well, by the numbers of statfs(2). */
static gboolean
is_network(const char *path)
{
  static const guint32 types[] = {
      0x6969,     /* NFS */
      0x517b,     /* SMB */
      0xff534d42, /* CIFS */
      0xfe534d42, /* SMB 2 */
      0x65735546, /* FUSE: sshfs and others */
      0x01021997, /* 9P */
      0x5346414f, /* AFS */
      0x6b414653, /* AFS of the kernel */
      0x00c36400, /* Ceph */
      0x0bd00bd0, /* Lustre */
      0x47504653, /* GPFS */
      0x19830326, /* BeeGFS */
      0xaad7aaea, /* PanFS */
      0x01161970, /* GFS2 */
      0x7461636f, /* OCFS2 */
  };
  struct statfs info;

  if (statfs(path, &info) != 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS(types); i++)
    if ((guint32)info.f_type == types[i])
      return TRUE;
  return FALSE;
}

static void
open_kernel(MsWatchFolders *folders)
{
  folders->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (folders->fd < 0 && errno == EMFILE)
    note_trouble(folders, "too many programs watch folders (fs.inotify.max_user_instances)");
  else if (folders->fd < 0)
    note_trouble(folders, "folders cannot be watched: %s", g_strerror(errno));
}

static void
close_kernel(MsWatchFolders *folders)
{
  if (folders->fd >= 0)
    close(folders->fd);
}

/* The kernel's number, or -1. */
static int
watch(MsWatchFolders *folders, const char *path)
{
  int number = folders->fd >= 0 ? inotify_add_watch(folders->fd, path, MASK) : -1;

  if (number >= 0 || folders->fd < 0)
    return number;
  if (errno == ENOSPC) {
    note_trouble(folders,
                 "the system watches no more folders (fs.inotify.max_user_watches is reached)");
  } else if (errno != ENOENT && errno != ENOTDIR) {
    g_autofree char *shown = ms_path_display(path);

    note_trouble(folders, "%s cannot be watched: %s", shown, g_strerror(errno));
  }
  return -1;
}

static void
unwatch(MsWatchFolders *folders, int number)
{
  inotify_rm_watch(folders->fd, number);
}

#else

static gboolean
is_network(const char *path)
{
  return FALSE;
}

static void
open_kernel(MsWatchFolders *folders)
{
  folders->fd = -1;
  note_trouble(folders, "this system does not tell of changed files");
}

static void
close_kernel(MsWatchFolders *folders)
{
}

static int
watch(MsWatchFolders *folders, const char *path)
{
  return -1;
}

static void
unwatch(MsWatchFolders *folders, int number)
{
}

#endif

/* --- folders ---------------------------------------------------------------------------------- */

MsWatchFolders *
ms_watch_folders_new(MsWatchTell tell, gpointer user)
{
  MsWatchFolders *folders = g_new0(MsWatchFolders, 1);

  folders->by_path = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, folder_free);
  folders->by_number = g_hash_table_new(NULL, NULL);
  folders->tell = tell;
  folders->user = user;
  open_kernel(folders);
  return folders;
}

void
ms_watch_folders_free(MsWatchFolders *folders)
{
  if (!folders)
    return;
  close_kernel(folders);
  g_hash_table_unref(folders->by_number);
  g_hash_table_unref(folders->by_path);
  g_free(folders->trouble);
  g_free(folders);
}

static gboolean
look_at_folder(const char *path, struct stat *info)
{
  return stat(path, info) == 0 && S_ISDIR(info->st_mode);
}

/* From the folders that the kernel tells of. */
static void
let_go(MsWatchFolders *folders, Folder *folder)
{
  gpointer key = GINT_TO_POINTER(folder->number);
  Folder *first = folder->number >= 0 ? g_hash_table_lookup(folders->by_number, key) : NULL;

  if (first == folder && folder->alias) {
    g_hash_table_insert(folders->by_number, key, folder->alias);
  } else if (first == folder) {
    g_hash_table_remove(folders->by_number, key);
    unwatch(folders, folder->number);
  } else {
    for (; first; first = first->alias)
      if (first->alias == folder)
        first->alias = folder->alias;
  }
  folder->alias = NULL;
  folder->number = -1;
}

/* FALSE: it is not there. One that cannot be watched is there, and trouble. */
static gboolean
enter(MsWatchFolders *folders, Folder *folder)
{
  struct stat info;
  Folder *first;

  if (!look_at_folder(folder->path, &info))
    return FALSE;
  folder->device = info.st_dev;
  folder->inode = info.st_ino;
  folder->number = watch(folders, folder->path);
  if (folder->number < 0)
    return TRUE;
  first = g_hash_table_lookup(folders->by_number, GINT_TO_POINTER(folder->number));
  folder->alias = first;
  g_hash_table_insert(folders->by_number, GINT_TO_POINTER(folder->number), folder);
  return TRUE;
}

static gboolean
has_room(MsWatchFolders *folders, gboolean given)
{
  if (g_hash_table_size(folders->by_path) < max_folders)
    return TRUE;
  if (given)
    note_trouble(folders, "it has more than %u folders", max_folders);
  return FALSE;
}

static void
set_missing(MsWatchFolders *folders, Folder *folder, gboolean missing)
{
  if (folder->missing == missing)
    return;
  folder->missing = missing;
  folders->n_missing += missing ? 1 : -1;
}

static Folder *
add(MsWatchFolders *folders, const char *path, gboolean given)
{
  Folder *folder = g_hash_table_lookup(folders->by_path, path);

  if (folder || !has_room(folders, given))
    return NULL;
  folder = g_new0(Folder, 1);
  folder->path = g_strdup(path);
  folder->given = given;
  folder->number = -1;
  g_hash_table_insert(folders->by_path, folder->path, folder);
  set_missing(folders, folder, !enter(folders, folder) && given);
  return folder;
}

void
ms_watch_folders_add(MsWatchFolders *folders, const char *path)
{
  gboolean remote = is_remote_now ? is_remote_now(path) : is_network(path);

  add(folders, path, TRUE);
  if (remote) {
    g_autofree char *shown = ms_path_display(path);

    note_trouble(folders, "%s is on a network file system, which does not tell of every change",
                 shown);
  }
}

static gboolean
is_folder(const struct dirent *entry, const char *path)
{
  struct stat info;

#ifdef _DIRENT_HAVE_D_TYPE
  if (entry->d_type != DT_UNKNOWN)
    return entry->d_type == DT_DIR;
#endif
  return lstat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static void
append_folders(GPtrArray *into, const char *path)
{
  DIR *dir = opendir(path);
  const struct dirent *entry;

  while (dir && (entry = readdir(dir))) {
    g_autofree char *child =
        *entry->d_name == '.' ? NULL : g_build_filename(path, entry->d_name, NULL);

    if (child && is_folder(entry, child))
      g_ptr_array_add(into, g_steal_pointer(&child));
  }
  if (dir)
    closedir(dir);
}

/* Breadth first, so that what is near goes before what is deep. Links are not followed. What is no
 * folder, as a set that is a file, would be taken for one that went away. */
void
ms_watch_folders_add_below(MsWatchFolders *folders, const char *root)
{
  g_autoptr(GPtrArray) left = g_ptr_array_new_with_free_func(g_free);

  g_ptr_array_add(left, g_strdup(root));
  for (guint i = 0; i < left->len && has_room(folders, FALSE); i++) {
    const char *path = g_ptr_array_index(left, i);
    struct stat info;

    if (!look_at_folder(path, &info))
      continue;
    add(folders, path, FALSE);
    append_folders(left, path);
  }
}

int
ms_watch_folders_get_fd(const MsWatchFolders *folders)
{
  return folders->fd;
}

guint
ms_watch_folders_count_missing(const MsWatchFolders *folders)
{
  return folders->n_missing;
}

const char *
ms_watch_folders_get_trouble(const MsWatchFolders *folders)
{
  return folders->trouble;
}

gboolean
ms_watch_folders_is_missing(const MsWatchFolders *folders, const char *path)
{
  g_autofree char *at = g_strdup(path);
  char *slash;

  while ((slash = strrchr(at, '/')) && slash > at) {
    const Folder *folder;

    *slash = '\0';
    folder = g_hash_table_lookup(folders->by_path, at);
    if (folder && folder->missing)
      return TRUE;
  }
  return FALSE;
}

/* --- what happens to them --------------------------------------------------------------------- */

static void
tell(MsWatchFolders *folders, MsWatchEvent event, const char *path)
{
  folders->tell(folders->user, event, path);
}

/* It may have gone, or another may have taken its place. */
static void
look_again(MsWatchFolders *folders, Folder *folder)
{
  struct stat info;
  gboolean is_there = look_at_folder(folder->path, &info);

  if (is_there && folder->number >= 0 && info.st_dev == folder->device &&
      info.st_ino == folder->inode)
    return;
  let_go(folders, folder);
  if (is_there && enter(folders, folder)) {
    tell(folders, folder->missing ? MS_WATCH_BACK : MS_WATCH_OTHERS, folder->path);
    set_missing(folders, folder, FALSE);
  } else if (!folder->given) {
    tell(folders, MS_WATCH_OTHERS, folder->path);
    g_hash_table_remove(folders->by_path, folder->path);
  } else if (!folder->missing) {
    set_missing(folders, folder, TRUE);
    tell(folders, MS_WATCH_VANISHED, folder->path);
  }
}

/* Nothing tells that it goes: the folder that holds it is not watched, nor is it itself. */
static gboolean
is_untold(MsWatchFolders *folders, const Folder *folder)
{
  g_autofree char *parent = g_path_get_dirname(folder->path);
  const Folder *holder = g_hash_table_lookup(folders->by_path, parent);

  return folder->missing || folder->number < 0 || !holder || holder->number < 0;
}

void
ms_watch_folders_check(MsWatchFolders *folders)
{
  g_autoptr(GPtrArray) untold = g_ptr_array_new_with_free_func(g_free);
  GHashTableIter all;
  gpointer value;

  g_hash_table_iter_init(&all, folders->by_path);
  while (g_hash_table_iter_next(&all, NULL, &value))
    if (is_untold(folders, value))
      g_ptr_array_add(untold, g_strdup(((Folder *)value)->path));
  for (guint i = 0; i < untold->len; i++) {
    Folder *folder = g_hash_table_lookup(folders->by_path, g_ptr_array_index(untold, i));
    struct stat info;

    /* What cannot be watched is at least seen to be there. */
    if (folder && (folder->missing || folder->number >= 0 || !look_at_folder(folder->path, &info)))
      look_again(folders, folder);
  }
}

#ifdef __linux__

static void
look_again_at_all(MsWatchFolders *folders)
{
  g_autoptr(GList) paths = g_hash_table_get_keys(folders->by_path);

  folders->unsure = FALSE;
  for (GList *link = paths; link; link = link->next) {
    Folder *folder = g_hash_table_lookup(folders->by_path, link->data);

    if (folder)
      look_again(folders, folder);
  }
}

static void
take_folder_event(MsWatchFolders *folders, guint32 mask, const char *path)
{
  Folder *folder = g_hash_table_lookup(folders->by_path, path);

  if (!folder && mask & (IN_CREATE | IN_MOVED_TO))
    ms_watch_folders_add_below(folders, path);
  if (!folder)
    tell(folders, MS_WATCH_OTHERS, path);
  folders->unsure = TRUE;
}

static void
take_file_event(MsWatchFolders *folders, guint32 mask, const char *path)
{
  if (mask & (IN_DELETE | IN_MOVED_FROM))
    tell(folders, MS_WATCH_GONE, path);
  else if (mask & (IN_CLOSE_WRITE | IN_MOVED_TO))
    tell(folders, MS_WATCH_WRITTEN, path);
  else if (mask & (IN_CREATE | IN_MODIFY))
    tell(folders, MS_WATCH_BEGUN, path);
}

/* The kernel watches it no longer. */
static void
forget_number(MsWatchFolders *folders, int number)
{
  Folder *folder = g_hash_table_lookup(folders->by_number, GINT_TO_POINTER(number));

  g_hash_table_remove(folders->by_number, GINT_TO_POINTER(number));
  while (folder) {
    Folder *next = folder->alias;

    folder->number = -1;
    folder->alias = NULL;
    folder = next;
  }
  folders->unsure = TRUE;
}

/* Hidden names are nobody's masks: programs write what is not finished under them. */
static void
take_event(MsWatchFolders *folders, const struct inotify_event *event)
{
  gpointer key = GINT_TO_POINTER(event->wd);
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
  Folder *folder = g_hash_table_lookup(folders->by_number, key);

  for (; folder; folder = folder->alias)
    g_ptr_array_add(paths, g_strdup(folder->path));
  for (guint i = 0; i < paths->len; i++) {
    const char *holder = g_ptr_array_index(paths, i);
    gboolean is_inside = event->len > 0 && *event->name;
    g_autofree char *path = is_inside ? g_build_filename(holder, event->name, NULL) : NULL;

    if (is_inside && *event->name == '.')
      continue;
    if (is_inside && event->mask & IN_ISDIR)
      take_folder_event(folders, event->mask, path);
    else if (is_inside)
      take_file_event(folders, event->mask, path);
  }
  folders->unsure |= event->len == 0;
}

void
ms_watch_folders_read(MsWatchFolders *folders)
{
  _Alignas(struct inotify_event) char buffer[16 * 1024];
  gssize n;

  while ((n = read(folders->fd, buffer, sizeof buffer)) > 0) {
    for (const char *at = buffer; at < buffer + n;) {
      const struct inotify_event *event = (const struct inotify_event *)(gconstpointer)at;

      if (event->mask & IN_Q_OVERFLOW) {
        folders->unsure = TRUE;
        tell(folders, MS_WATCH_OTHERS, "");
      } else if (event->mask & IN_IGNORED) {
        forget_number(folders, event->wd);
      } else {
        take_event(folders, event);
      }
      at += sizeof *event + event->len;
    }
  }
  if (folders->unsure)
    look_again_at_all(folders);
}

#else

void
ms_watch_folders_read(MsWatchFolders *folders)
{
}

#endif
