/* What the replica counts: key figures, heat map and trends of the leads that a filter means. Plain values, made on the
 * replica's thread and read on the main loop. Money is hundredths in the workspace's currency: a lead counts with what it was
 * won for (conversion_value), else with its estimate; leads in another currency count without value.
 * Response time: seconds from created_at to first_response_at. Quantiles are nearest-rank (the ⌈p·n⌉th smallest).
 */
#pragma once

#include "inb-heat-map.h"
#include "inb-metrics.h"
#include "inb-trends.h"
#include "inb-value-counts.h"
