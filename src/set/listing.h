/* SPDX-License-Identifier: MIT
 *
 * What lies in a folder and below it, read once. Hidden names are left out, and no file is looked
 * at where its folder already tells what it is. Links to files are files. Links to folders are
 * followed, but not to a folder that holds the one asked for, not more than two deep, and not
 * beyond a million names behind links: what is left out so is a notice.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct MsFolder {
  const struct MsFolder *parent; /* NULL: the one that was asked for */
  char *path;
  char *name;          /* the path's last part */
  GPtrArray *folders;  /* MsFolder, in byte order */
  GPtrArray *pictures; /* char *: names that end like masks' or images', in byte order */
  GPtrArray *others;   /* char *: names of other files, in byte order */
  guint n_pictures;    /* in it and below */
} MsFolder;

/* notices (MsNotice, may be NULL) takes what could not be entered. Errors: MS_SET_ERROR_NOT_FOUND
 * when the folder itself is missing, not a folder or not readable; G_IO_ERROR_CANCELLED. */
MsFolder *ms_folder_list(const char *path, GPtrArray *notices, GCancellable *cancellable,
                         GError **error);
void ms_folder_free(MsFolder *folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsFolder, ms_folder_free)

/* The same as one list of paths. */
typedef struct {
  char *folder;
  GPtrArray *names; /* char *: relative paths, '/' between folders, in byte order */
  guint n_others;   /* files that are not pictures, when only pictures were asked for */
  char *other;      /* the first of those in byte order */
} MsListing;

MsListing *ms_listing_of(const MsFolder *folder, gboolean pictures_only);
MsListing *ms_listing_new(const char *folder, gboolean pictures_only, GPtrArray *notices,
                          GCancellable *cancellable, GError **error);
void ms_listing_free(MsListing *listing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsListing, ms_listing_free)

/* Names of the folders directly in a folder, in byte order; hidden ones left out. */
GStrv ms_listing_folders(const char *folder, GError **error);

G_END_DECLS
