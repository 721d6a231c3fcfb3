/* SPDX-License-Identifier: MIT */
#include "io/error.h"

G_DEFINE_QUARK(ms - io - error - quark, ms_io_error)
