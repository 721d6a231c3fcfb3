/* SPDX-License-Identifier: MIT
 *
 * What lets long functions of the layers without GLib be cancelled.
 */
#pragma once

#include <gio/gio.h>

#include "metric/status.h"

G_BEGIN_DECLS

/* Goes on until the cancellable is cancelled, which must outlive it; NULL: for ever. */
MsControl ms_control_for(GCancellable *cancellable);

G_END_DECLS
