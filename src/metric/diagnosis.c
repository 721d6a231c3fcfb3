/* SPDX-License-Identifier: MIT
 *
 * One after the other, each with its share of the time; the planes live as long as it takes.
 */
#include "metric/diagnosis.h"

#include <string.h>

#include "metric/control-part.h"

static MsStatus
find_regions(MsDiagnosis *diagnosis, const MsPlanes *planes, const MsControl *control)
{
  MsControlPart part = {control, 0.35, 0.1};
  MsControl part_control = ms_control_part(&part);

  return ms_regions_new(planes, &part_control, &diagnosis->regions);
}

static MsStatus
find_anatomy(MsDiagnosis *diagnosis, const MsPlanes *planes, MsRaster *map,
             const MsControl *control)
{
  MsControlPart part = {control, 0.45, 0.3};
  MsControl part_control = ms_control_part(&part);

  return ms_anatomy_find(planes, map, &part_control, &diagnosis->anatomy);
}

static MsStatus
find_reach(MsDiagnosis *diagnosis, const MsPlanes *planes, MsRaster *map, const MsControl *control)
{
  MsControlPart part = {control, 0.75, 0.25};
  MsControl part_control = ms_control_part(&part);

  return ms_reach_find(planes, map, &part_control, &diagnosis->reach);
}

static MsStatus
diagnose(MsDiagnosis *diagnosis, const MsPlanes *planes, bool with_map, const MsControl *control)
{
  MsRaster *map = with_map ? &diagnosis->map : NULL;
  MsStatus status = MS_STATUS_OK;

  if (map)
    status = ms_raster_init(map, planes->width, planes->height, 8);
  if (status == MS_STATUS_OK)
    status = find_regions(diagnosis, planes, control);
  if (status == MS_STATUS_OK)
    status = find_anatomy(diagnosis, planes, map, control);
  if (status == MS_STATUS_OK)
    status = find_reach(diagnosis, planes, map, control);
  return status;
}

MsStatus
ms_diagnosis_init(MsDiagnosis *diagnosis, const MsKindsSource *source, bool with_map,
                  const MsControl *control)
{
  MsControlPart part = {control, 0, 0.35};
  MsControl part_control = ms_control_part(&part);
  MsDiagnosis made = {.regions = NULL};
  MsPlanes planes;
  MsStatus status = ms_planes_init(&planes, source, &part_control);

  memset(diagnosis, 0, sizeof *diagnosis);
  if (status != MS_STATUS_OK)
    return status;
  status = diagnose(&made, &planes, with_map, control);
  ms_planes_clear(&planes);
  if (status == MS_STATUS_OK)
    *diagnosis = made;
  else
    ms_diagnosis_clear(&made);
  return status;
}

void
ms_diagnosis_clear(MsDiagnosis *diagnosis)
{
  ms_regions_free(diagnosis->regions);
  ms_raster_clear(&diagnosis->map);
  memset(diagnosis, 0, sizeof *diagnosis);
}

size_t
ms_diagnosis_bytes(const MsDiagnosis *diagnosis)
{
  return ms_regions_bytes(diagnosis->regions) +
         (size_t)diagnosis->map.height * (size_t)diagnosis->map.stride;
}
