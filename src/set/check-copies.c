/* SPDX-License-Identifier: MIT
 *
 * Three steps, each on the files that the one before left: those that are not alone with what was
 * found of them, and not in one split alone. A fourth looks at what is in the copies. The smallest
 * split goes first: when the time is over before all were looked at, that is the one whose copies
 * matter.
 */
#include "set/check-copies.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/file-start.h"
#include "set/check-file.h"
#include "set/set-private.h"
#include "set/spread.h"

#define FILES_AT_ONCE 256

/* Pieces of a file, from beginning to end; smaller files are looked at whole. */
#define N_PIECES    4
#define PIECE_BYTES 1024

#define BYTES_AT_ONCE (256 * 1024)

/* Of the time, when a step ends at last: files that are looked at in one step alone tell nothing.
 */
#define SIZES_SHARE  0.4
#define PIECES_SHARE 0.6
#define WHOLE_SHARE  0.8

typedef struct {
  guint64 size; /* 0: there is none, or it was not looked at */
  MsHash hash;
  guint example;
  guint split;
} File;

typedef struct {
  MsSet *set;
  guint role;
  const MsCheckClock *clock;
  double share; /* of the time, that is for this step and those before */
  GCancellable *cancellable;
  GArray *files;                                /* File */
  void (*look)(const void *search, File *file); /* sets size to 0 of what it cannot tell */
} Search;

static gboolean
is_over(const Search *search)
{
  return g_cancellable_is_cancelled(search->cancellable) ||
         ms_check_clock_is_over(search->clock, search->share);
}

/* --- what is looked at ---------------------------------------------------------------------- */

static void
look_at_size(const void *user, File *file)
{
  const Search *search = user;
  int part;
  g_autofree char *path = ms_set_dup_file(search->set, file->example, search->role, &part);
  struct stat info;

  if (path && stat(path, &info) == 0 && S_ISREG(info.st_mode))
    file->size = (guint64)info.st_size;
}

/* FALSE: it is not as long as that any more. */
static gboolean
mix_piece(MsHash *hash, int fd, guint64 at, gsize size, guint8 *buffer)
{
  if (pread(fd, buffer, size, (off_t)at) != (gssize)size)
    return FALSE;
  ms_hash_mix_bytes(hash, buffer, size);
  return TRUE;
}

static gboolean
mix_pieces(File *file, int fd)
{
  guint8 buffer[N_PIECES * PIECE_BYTES];

  if (file->size <= sizeof buffer)
    return mix_piece(&file->hash, fd, 0, file->size, buffer);
  for (guint i = 0; i < N_PIECES; i++)
    if (!mix_piece(&file->hash, fd, (file->size - PIECE_BYTES) / (N_PIECES - 1) * i, PIECE_BYTES,
                   buffer))
      return FALSE;
  return TRUE;
}

static gboolean
mix_whole(const Search *search, File *file, int fd)
{
  g_autofree guint8 *buffer = g_malloc(BYTES_AT_ONCE);

  for (guint64 at = 0; at < file->size; at += BYTES_AT_ONCE)
    if (is_over(search) ||
        !mix_piece(&file->hash, fd, at, MIN(BYTES_AT_ONCE, file->size - at), buffer))
      return FALSE;
  return TRUE;
}

static int
open_file(const Search *search, const File *file)
{
  int part;
  g_autofree char *path = ms_set_dup_file(search->set, file->example, search->role, &part);

  return path ? ms_file_open_regular(path, NULL) : -1;
}

static void
look_at_pieces(const void *search, File *file)
{
  int fd = open_file(search, file);

  file->hash = MS_HASH_INIT;
  if (fd < 0 || !mix_pieces(file, fd))
    file->size = 0;
  if (fd >= 0)
    close(fd);
}

static void
look_at_whole(const void *search, File *file)
{
  int fd = open_file(search, file);

  file->hash = MS_HASH_INIT;
  if (fd < 0 || !mix_whole(search, file, fd))
    file->size = 0;
  if (fd >= 0)
    close(fd);
}

/* --- steps ---------------------------------------------------------------------------------- */

static void
look_at_some(guint part, gpointer user)
{
  const Search *search = user;
  guint end = MIN((part + 1) * FILES_AT_ONCE, search->files->len);

  for (guint i = part * FILES_AT_ONCE; i < end; i++) {
    File *file = &g_array_index(search->files, File, i);

    ms_check_clock_wait(search->clock, search->cancellable);
    if (is_over(search))
      file->size = 0;
    else
      search->look(search, file);
  }
}

static gint
compare_files(gconstpointer a, gconstpointer b)
{
  const File *one = a, *other = b;

  for (guint i = 0; i < G_N_ELEMENTS(one->hash.words); i++)
    if (one->hash.words[i] != other->hash.words[i])
      return one->hash.words[i] < other->hash.words[i] ? -1 : 1;
  if (one->size != other->size)
    return one->size < other->size ? -1 : 1;
  return (one->example > other->example) - (one->example < other->example);
}

static gboolean
are_alike(const File *a, const File *b)
{
  return a->size == b->size && ms_hash_equal(&a->hash, &b->hash);
}

/* How many from one on are like it, and whether they are of several splits. */
static guint
measure_run(const GArray *files, guint first, gboolean *across)
{
  const File *file = &g_array_index(files, File, first);
  guint n = 1;

  *across = FALSE;
  for (; first + n < files->len; n++) {
    const File *other = &g_array_index(files, File, first + n);

    if (!are_alike(file, other))
      break;
    *across |= other->split != file->split;
  }
  return n;
}

/* Returns how many could be told. */
static guint
drop_untold(GArray *files)
{
  guint n = 0;

  for (guint i = 0; i < files->len; i++)
    if (g_array_index(files, File, i).size > 0)
      g_array_index(files, File, n++) = g_array_index(files, File, i);
  g_array_set_size(files, n);
  return n;
}

static void
drop_lone(GArray *files)
{
  guint n = 0, length;
  gboolean across;

  g_array_sort(files, compare_files);
  for (guint i = 0; i < files->len; i += length) {
    length = measure_run(files, i, &across);
    for (guint j = i; across && j < i + length; j++)
      g_array_index(files, File, n++) = g_array_index(files, File, j);
  }
  g_array_set_size(files, n);
}

/* Returns how many of the files could not be told in the time there is. */
static guint
step(Search *search, void (*look)(const void *, File *), double share, guint jobs)
{
  guint n_before = search->files->len;
  guint n_parts = (n_before + FILES_AT_ONCE - 1) / FILES_AT_ONCE;
  guint n_told;

  search->look = look;
  search->share = share;
  ms_spread(n_parts, jobs, look_at_some, search);
  n_told = drop_untold(search->files);
  drop_lone(search->files);
  return n_before - n_told;
}

/* --- files ---------------------------------------------------------------------------------- */

typedef struct {
  const guint *examples;
  guint n_examples;
  guint number;
} Split;

static gint
compare_splits(gconstpointer a, gconstpointer b)
{
  const Split *one = a, *other = b;

  return one->n_examples == other->n_examples
             ? (one->number > other->number) - (one->number < other->number)
         : one->n_examples < other->n_examples ? -1
                                               : 1;
}

/* Of what lies in one file, slices or pages, the first alone; of what lies in several, none. */
static void
add_files(Search *search, const Split *split)
{
  g_autofree char *last = NULL;

  for (guint i = 0; i < split->n_examples; i++) {
    File file = {.example = split->examples[i], .split = split->number, .hash = MS_HASH_INIT};
    int part = MS_PART_WHOLE;
    g_autofree char *path = NULL;

    if (!ms_set_has_file(search->set, file.example, search->role))
      continue;
    path = ms_set_dup_file(search->set, file.example, search->role, &part);
    if (part == MS_PART_UNITED)
      continue;
    if (part == MS_PART_WHOLE || g_strcmp0(path, last) != 0)
      g_array_append_val(search->files, file);
    if (part != MS_PART_WHOLE) {
      g_free(last);
      last = g_steal_pointer(&path);
    }
  }
}

static void
add_splits(Search *search)
{
  const char *const *names = ms_set_get_splits(search->set);
  g_autoptr(GArray) splits = g_array_new(FALSE, FALSE, sizeof(Split));

  for (guint i = 0; names[i]; i++) {
    Split split = {.number = i};

    split.examples = ms_set_get_split_examples(search->set, names[i], &split.n_examples);
    g_array_append_val(splits, split);
  }
  g_array_sort(splits, compare_splits);
  for (guint i = 0; i < splits->len; i++)
    add_files(search, &g_array_index(splits, Split, i));
}

static GPtrArray *
make_groups(const GArray *files)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
  guint length;
  gboolean across;

  for (guint i = 0; i < files->len; i += length) {
    GArray *group = g_array_new(FALSE, FALSE, sizeof(guint));

    length = measure_run(files, i, &across);
    for (guint j = i; j < i + length; j++)
      g_array_append_val(group, g_array_index(files, File, j).example);
    g_ptr_array_add(groups, group);
  }
  return groups;
}

static gint
compare_groups(gconstpointer a, gconstpointer b)
{
  guint one = g_array_index(*(GArray *const *)a, guint, 0);
  guint other = g_array_index(*(GArray *const *)b, guint, 0);

  return (one > other) - (one < other);
}

/* --- what is in them ------------------------------------------------------------------------ */

/* Of copies one tells. */
static gboolean
is_rich(MsSet *set, guint example_index, GCancellable *cancellable)
{
  MsLoader loader = ms_set_get_loader(set);
  g_autoptr(MsExample) example = ms_set_dup_example(set, example_index);
  g_autoptr(MsSamples) samples =
      ms_load_samples(&loader, ms_example_actual_place(example), cancellable, NULL);
  MsCheckFile file = {0};
  gboolean rich;

  if (!samples)
    return FALSE;
  ms_check_file_note_samples(&file, samples, cancellable);
  rich = file.rich;
  ms_check_file_clear(&file);
  return rich;
}

static gboolean
is_one_color(const MsPicture *picture)
{
  gsize pixel = (gsize)picture->channels * picture->bytes, row = (gsize)picture->width * pixel;

  for (int y = 0; y < picture->height; y++) {
    const guint8 *at = picture->pixels + (gsize)y * picture->stride;

    if (memcmp(at, picture->pixels, pixel) != 0 || memcmp(at, at + pixel, row - pixel) != 0)
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_flat(MsSet *set, guint example_index, GCancellable *cancellable)
{
  MsLoader loader = ms_set_get_loader(set);
  g_autoptr(MsExample) example = ms_set_dup_example(set, example_index);
  g_autoptr(MsPicture) picture =
      ms_load_picture(&loader, ms_example_image_place(example), cancellable, NULL);

  return picture && is_one_color(picture);
}

/* Of which that is not known in the time there is says nothing. */
static void
keep_rich(const Search *search, MsCheckCopies *copies)
{
  guint n = 0;

  while (n < copies->groups->len) {
    const GArray *group = g_ptr_array_index(copies->groups, n);
    gboolean over = is_over(search);

    if (!over && is_rich(search->set, g_array_index(group, guint, 0), search->cancellable)) {
      n++;
      continue;
    }
    copies->n_looked -= over ? group->len : 0;
    g_ptr_array_remove_index(copies->groups, n);
  }
}

static void
drop_flat(const Search *search, MsCheckCopies *copies)
{
  guint n = 0;

  while (n < copies->groups->len && !is_over(search)) {
    const GArray *group = g_ptr_array_index(copies->groups, n);

    if (!is_flat(search->set, g_array_index(group, guint, 0), search->cancellable)) {
      n++;
      continue;
    }
    copies->n_flat += group->len;
    g_ptr_array_remove_index(copies->groups, n);
  }
}

void
ms_check_copies_find(MsCheckCopies *copies, MsSet *set, guint role, const MsCheckClock *clock,
                     guint jobs, GCancellable *cancellable)
{
  g_autoptr(GArray) files = g_array_new(FALSE, FALSE, sizeof(File));
  Search search = {
      .set = set, .role = role, .clock = clock, .cancellable = cancellable, .files = files};

  add_splits(&search);
  copies->n_files = copies->n_looked = files->len;
  copies->n_looked -= step(&search, look_at_size, SIZES_SHARE, jobs);
  copies->n_looked -= step(&search, look_at_pieces, PIECES_SHARE, jobs);
  copies->n_looked -= step(&search, look_at_whole, WHOLE_SHARE, jobs);
  copies->groups = make_groups(files);
  g_ptr_array_sort(copies->groups, compare_groups);
  search.share = 1;
  if (role == MS_FILE_IMAGE)
    drop_flat(&search, copies);
  else
    keep_rich(&search, copies);
}

void
ms_check_copies_clear(MsCheckCopies *copies)
{
  g_clear_pointer(&copies->groups, g_ptr_array_unref);
}
