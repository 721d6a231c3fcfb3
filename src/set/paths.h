/* SPDX-License-Identifier: MIT
 *
 * Where the program's own files are: beside the build when it runs from the build folder, else
 * where it was installed. No environment variable is needed for either.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A folder of the sample data: "cells", "lesions", "songs", "worked-example". Caller frees; may not
 * exist. */
char *ms_paths_sample(const char *name);

/* The viewer's executable, or NULL when it is not there. Caller frees. */
char *ms_paths_viewer(void);

G_END_DECLS
