/* SPDX-License-Identifier: MIT
 *
 * What lies over the skin in a dermoscopy photograph: hair, bubbles in the gel, a ruler printed on
 * the glass, the round edge of the field of view.
 */
#pragma once

#include "photo.h"

/* Painted over a rendered skin, before it is lit. Marks hair in photo->hair. */
void extras_paint(Photo *photo, const Scene *scene);

/* Painted last: the dark outside of the field of view. */
void extras_frame(Photo *photo, const Scene *scene);
