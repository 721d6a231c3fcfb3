/* SPDX-License-Identifier: MIT
 *
 * A .maskset file: a GLib key file that says in a few lines what a set is. Paths are relative to
 * the file; they are folders, patterns with {id}, files, or tables of labels, as on the command
 * line.
 *
 *     [Set]
 *     Title=Skin lesions         shown in the title bar; else the file's name
 *     Folder=.                   a folder whose layout says what is in it, instead of Images and
 *                                Actual; [Models] may name predicted masks that lie elsewhere
 *     Images=images              may be left out
 *     Actual=masks
 *     Manifest=set.csv           instead of Images, Actual and [Models]
 *     Splits=splits.csv          columns example and split
 *     Classes=classes.csv        or a name: cityscapes, voc, ...
 *     Background=0               an id or none
 *     Ignore=255                 ids or names of classes separated by commas, or none
 *     Positive=nonzero           an id or nonzero: masks are binary
 *     Instances=1000             none, plain or a divisor
 *     Threshold=0.5              predicted masks are probability maps
 *     Empty=one                  one, zero or skip
 *     SizeMismatch=skip          skip or nearest
 *     SliceAxis=z                the axis across which volumes are cut: x, y or z
 *     [Models]
 *     unet=predictions/unet      NAME=path, in the order they are to be shown in
 *     [Classes]                  instead of the key Classes
 *     1=lesion                   ID=name
 *     2=hair;#804000             or ID=name;#rrggbb
 *     [Ids]                      ids that become others on both sides
 *     11-20=3                    FROM=TO, FROM an id or a range
 *     [Actual ids]
 *     30=ignore                  TO an id or ignore
 *     [Predicted ids]
 *     0=255                      TO an id
 *     [Adjust]                   what is done to predicted masks (set/adjustment.h)
 *     unet=flip-x,shift:0:-1     NAME=LIST; * stands for every model that has no line of its own
 *
 * A key that is not known is an error that names it and its line. What was given on the command
 * line goes before what the file says.
 */
#pragma once

#include "set/options.h"

G_BEGIN_DECLS

/* Fills the options with what the file says: folder, images, actual, predicted and manifest always
 * (they must be empty), rules where the options do not give them. *title (caller frees) may become
 * NULL. Errors: MS_IO_ERROR. */
gboolean ms_maskset_load(const char *path, MsOptions *options, char **title,
                         GCancellable *cancellable, GError **error);

G_END_DECLS
