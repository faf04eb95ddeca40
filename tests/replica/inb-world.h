/* Leads of every colour in a replica, changed at random, and beside them the rows that they were made of; with a plain reference of
 * what a query means.
 */
#pragma once

#include "inb-replica-kit.h"
#include "inb-sample.h"
#include "inb-stage.h"
#include "inb-time.h"

G_BEGIN_DECLS

#define INB_WORLD_EPOCH "one"
#define INB_WORLD_NOW (1790000000 * INB_TIME_SECOND) /* 2026-09-21 */

typedef struct {
  InbSample   *sample;
  InbReplica  *replica;
  GPtrArray   *contacts;
  GPtrArray   *leads;     /* erased ones are taken out */
  GPtrArray   *stages;
  InbRow      *workspace;
  InbStageSet *set;
  GTimeZone   *timezone;
} InbWorld;

/* Who leads belong to, [0] the id and [1] the name; NULL: has left. */
#define INB_WORLD_OWNERS 4
#define INB_WORLD_TEAMS 3
extern const char * const inb_world_owners[INB_WORLD_OWNERS][2];
extern const char * const inb_world_teams[INB_WORLD_TEAMS][2];
extern const guint inb_world_field_columns[INB_N_FILTER_FIELDS];

#define INB_WORLD_PICK(world, list) ((list)[g_rand_int_range ((world)->sample->rand, 0, G_N_ELEMENTS (list))])

void       inb_world_init             (InbWorld           *self,
                                       const char         *folder,
                                       guint               n_leads);
void       inb_world_clear            (InbWorld           *self);
gboolean   inb_world_chance           (InbWorld           *self,
                                       int                 percent);
gint64     inb_world_random_time      (InbWorld           *self,
                                       int                 days);
void       inb_world_add_lead         (InbWorld           *self,
                                       GPtrArray          *page);
void       inb_world_colour_lead      (InbWorld           *self,
                                       InbRow             *lead);
void       inb_world_change_something (InbWorld           *self,
                                       GPtrArray          *page);
void       inb_world_take_workspace   (InbWorld           *self,
                                       GPtrArray          *page,
                                       const char         *zone,
                                       const char         *currency);
void       inb_world_take_stages      (InbWorld           *self,
                                       GPtrArray          *page);
void       inb_world_apply            (InbWorld           *self,
                                       GPtrArray          *page);
/* (transfer full) (element-type InbLeadSummary) */
GPtrArray *inb_world_load             (InbWorld           *self,
                                       const InbLeadQuery *query);
/* Test leads are listed, but no figure counts them. */
gboolean   inb_world_is_counted       (const InbRow       *lead);
/* (transfer full) (element-type utf8): the ids that the query means, in its order; not sorted by name, phone or mail. */
GPtrArray *inb_world_list_expected    (InbWorld           *self,
                                       const InbLeadQuery *query);

G_END_DECLS
