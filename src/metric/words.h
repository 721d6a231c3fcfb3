/* SPDX-License-Identifier: MIT
 *
 * Samples looked at eight bytes at a time.
 */
#pragma once

#include <stdint.h>

/* Whether the samples of a word are all alike; type: that of a sample. */
#define MS_IS_UNIFORM(type, word) ((word) == (uint64_t)(type)(word) * (UINT64_MAX / (type)-1))
