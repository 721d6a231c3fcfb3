/* SPDX-License-Identifier: MIT
 *
 * What lies in a folder and below it, read once. Hidden names are left out, and no file is looked
 * at where its folder already tells what it is. Links to files are files. Links to folders are
 * followed, but not to a folder that holds the one asked for, not more than two deep, and not
 * beyond a million names behind links: what is left out so is a notice.
 *
 * A search for a first look (MsSearch.n_names) keeps of each folder the first names in byte order,
 * and enters the first folders in it: enough of them to tell roles and models apart, further ones
 * until they hold so many pictures. Nothing else is held in memory.
 */
#pragma once

#include "set/search.h"

G_BEGIN_DECLS

typedef struct MsFolder {
  const struct MsFolder *parent; /* NULL: the one that was asked for */
  const char *path;
  const char *name;      /* the path's last part */
  GPtrArray *folders;    /* MsFolder, in byte order */
  GPtrArray *pictures;   /* char *: names that end like masks' or images', in byte order */
  GPtrArray *others;     /* char *: names of other files, in byte order */
  guint n_pictures;      /* in it and below */
  GStringChunk *strings; /* of the outermost: what it and all below lend; else NULL */
} MsFolder;

/* How a notice of a folder begins whose names, or the rest of them, are not known. */
#define MS_LISTING_UNREADABLE "This folder cannot be read"

/* notices (MsNotice, may be NULL) takes what could not be entered; search may be NULL. Errors:
 * MS_SET_ERROR_NOT_FOUND when the folder itself is missing, not a folder or not readable;
 * G_IO_ERROR_CANCELLED. */
MsFolder *ms_folder_list(const char *path, GPtrArray *notices, MsSearch *search, GError **error);
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
                          MsSearch *search, GError **error);
void ms_listing_free(MsListing *listing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsListing, ms_listing_free)

/* Names of the folders directly in a folder, in byte order; hidden ones left out. */
GStrv ms_listing_folders(const char *folder, GError **error);

G_END_DECLS
