/* SPDX-License-Identifier: MIT
 *
 * A cancellable as the control that C code without GLib asks.
 */
#include "set/control.h"

static bool
go_on(void *cancellable, double fraction)
{
  return !g_cancellable_is_cancelled(cancellable);
}

MsControl
ms_control_for(GCancellable *cancellable)
{
  return (MsControl){.go_on = go_on, .user = cancellable};
}
