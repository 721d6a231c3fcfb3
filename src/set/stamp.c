/* SPDX-License-Identifier: MIT
 *
 * A look is a stat() of each file and a hash. The device is left out: network and Btrfs mounts get
 * another number at every boot, and path, inode and time of change together tell files apart where
 * they can change at all.
 *
 * Time stamps come in steps, of 2 s on some file systems: a file that was changed within the last
 * step may be changed again and look the same. Such a young file has no stamp (ctime counts, which
 * nobody can set back). Annotation files that were read when the set was opened have one as long as
 * they are as they were then.
 */
#include "set/stamp.h"

#include <sys/stat.h>
#include <time.h>

#include "set/file-system.h"
#include "set/hash.h"
#include "set/in-writing.h"
#include "set/listing.h"
#include "set/set-private.h"
#include "set/stamp-private.h"

#define NS_A_SECOND  G_GINT64_CONSTANT(1000000000)
#define NS_UNTIL_OLD (2 * NS_A_SECOND)

static gint64
system_now(void)
{
  struct timespec now;

  clock_gettime(CLOCK_REALTIME, &now);
  return (gint64)now.tv_sec * NS_A_SECOND + now.tv_nsec;
}

static gint64 (*clock_now)(void) = system_now;

void
ms_stamp_use_clock(gint64 (*now)(void))
{
  clock_now = now ? now : system_now;
}

gboolean
ms_stamp_is_known(const MsStamp *stamp)
{
  return (stamp->words[0] | stamp->words[1]) != 0;
}

gboolean
ms_stamp_equal(const MsStamp *a, const MsStamp *b)
{
  return a->words[0] == b->words[0] && a->words[1] == b->words[1];
}

/* --- files ------------------------------------------------------------------------------------ */

/* Asked for once: GLib looks at two folders to find out, and no program of ours changes it. */
static const char *
working_folder(void)
{
  static char *folder;

  if (g_once_init_enter(&folder))
    g_once_init_leave(&folder, g_get_current_dir());
  return folder;
}

/* The same file however it is named. */
static void
mix_path(MsHash *hash, const char *path)
{
  if (g_path_is_absolute(path)) {
    ms_hash_mix_text(hash, path);
  } else {
    g_autofree char *absolute = g_canonicalize_filename(path, working_folder());

    ms_hash_mix_text(hash, absolute);
  }
}

static gint64
ns_of(struct timespec time)
{
  return (gint64)time.tv_sec * NS_A_SECOND + time.tv_nsec;
}

static gboolean
is_young(const struct stat *info, gint64 now)
{
  gint64 changed = ns_of(info->st_ctim), modified = ns_of(info->st_mtim);

  return changed > now - NS_UNTIL_OLD || (modified > now - NS_UNTIL_OLD && modified <= now);
}

/* A hash that grows, and when that was begun. */
typedef struct {
  MsHash hash;
  gint64 now;
  gboolean young; /* a file is */
} Look;

/* FALSE: the file cannot be looked at. */
static gboolean
mix_file(Look *look, const char *path, gint64 *time)
{
  struct stat info;

  if (stat(path, &info) != 0)
    return FALSE;
  if (time)
    *time = ns_of(info.st_mtim);
  look->young |= is_young(&info, look->now) || ms_in_writing_holds(&info);
  mix_path(&look->hash, path);
  ms_hash_mix(&look->hash, (guint64)info.st_size);
  ms_hash_mix(&look->hash, (guint64)ns_of(info.st_mtim));
  ms_hash_mix(&look->hash, (guint64)ns_of(info.st_ctim));
  ms_hash_mix(&look->hash, (guint64)info.st_ino);
  ms_file_system_mix(&look->hash, path, info.st_dev, look->now);
  return TRUE;
}

/* All files of a folder that are united to one mask; *time is that of the last change. */
static gboolean
mix_folder(Look *look, const char *path, gint64 *time)
{
  g_autoptr(MsFolder) folder = ms_folder_list(path, NULL, NULL, NULL);

  if (!folder)
    return FALSE;
  ms_hash_mix(&look->hash, folder->pictures->len);
  for (guint i = 0; i < folder->pictures->len; i++) {
    g_autofree char *file = g_build_filename(path, g_ptr_array_index(folder->pictures, i), NULL);
    gint64 file_time = 0;

    if (!mix_file(look, file, &file_time))
      return FALSE;
    if (time)
      *time = MAX(*time, file_time);
  }
  return TRUE;
}

static gboolean
mix_place(Look *look, MsPlace place, gint64 *time)
{
  ms_hash_mix(&look->hash, (guint64)(gint64)place.part);
  if (!place.path)
    return TRUE;
  return place.part == MS_PART_UNITED ? mix_folder(look, place.path, time)
                                      : mix_file(look, place.path, time);
}

/* A record's place is its annotation file, and what that names beside it. */
static gboolean
mix_side(Look *look, MsPlace place, const MsAnnotations *annotations, gint64 *time)
{
  g_autofree char *beside = NULL;

  if (!place.path || !mix_place(look, place, time))
    return FALSE;
  if (!annotations)
    return TRUE;
  if (!ms_annotations_is_current(annotations))
    return FALSE;
  beside = ms_annotations_dup_file(annotations, place.part);
  return !beside || mix_file(look, beside, time);
}

typedef struct {
  MsSet *set;
  guint example;
  guint model;
} Pair;

static gboolean
mix_role(Look *look, const Pair *pair, guint role, const MsAnnotations *annotations, gint64 *time)
{
  MsPlace place;
  g_autofree char *path =
      ms_example_table_file(pair->set->examples, pair->example, role, &place.part);

  place.path = path;
  return role == MS_FILE_IMAGE ? mix_place(look, place, time)
                               : mix_side(look, place, annotations, time);
}

static gboolean
needs_size(const MsAnnotations *annotations)
{
  return annotations && ms_annotations_needs_size(annotations);
}

/* The image counts where a mask without a size of its own takes the image's. */
static gboolean
mix_pair(Look *look, const Pair *pair, gint64 *time)
{
  const MsAnnotations *actual = ms_set_get_annotations(pair->set, MS_SET_ACTUAL);
  const MsAnnotations *predicted = ms_set_get_annotations(pair->set, pair->model);

  /* First, so that the time is known even where the stamp is not. */
  if (!mix_role(look, pair, MS_FILE_PREDICTED + pair->model, predicted, time) ||
      !mix_role(look, pair, MS_FILE_ACTUAL, actual, NULL))
    return FALSE;
  return !(needs_size(actual) || needs_size(predicted)) ||
         mix_role(look, pair, MS_FILE_IMAGE, NULL, NULL);
}

/* Young files have no stamp. */
static MsStamp
stamp_of(const Look *look)
{
  return look->young ? (MsStamp){{0, 0}} : (MsStamp){{look->hash.words[0], look->hash.words[1]}};
}

static guint64
state_of(const Look *look)
{
  return MAX(look->hash.words[0] ^ look->hash.words[1], 1);
}

void
ms_stamp_see(MsSet *set, guint example, guint model, MsSight *sight)
{
  const Pair pair = {set, example, model};
  Look look = {.hash = MS_HASH_INIT, .now = clock_now()};

  *sight = (MsSight){.time = 0};
  if (ms_set_get_labels(set))
    return;
  if (mix_pair(&look, &pair, &sight->time)) {
    sight->stamp = stamp_of(&look);
    sight->state = state_of(&look);
  }
  sight->young = look.young;
}

void
ms_stamp_look(MsSet *set, guint example, guint model, MsStamp *stamp, gint64 *time)
{
  MsSight sight;

  ms_stamp_see(set, example, model, &sight);
  *stamp = sight.stamp;
  if (time)
    *time = sight.time;
}

guint64
ms_stamp_see_place(MsPlace place)
{
  Look look = {.hash = MS_HASH_INIT, .now = clock_now()};

  return mix_place(&look, place, NULL) ? state_of(&look) : 0;
}

void
ms_stamp_look_place(MsPlace place, MsStamp *stamp)
{
  Look look = {.hash = MS_HASH_INIT, .now = clock_now()};

  *stamp = mix_place(&look, place, NULL) ? stamp_of(&look) : (MsStamp){{0, 0}};
}

void
ms_stamp_look_image(MsSet *set, guint example, MsStamp *stamp)
{
  const Pair pair = {set, example, 0};
  Look look = {.hash = MS_HASH_INIT, .now = clock_now()};

  *stamp = mix_role(&look, &pair, MS_FILE_IMAGE, NULL, NULL) ? stamp_of(&look) : (MsStamp){{0, 0}};
}
