#define G_LOG_DOMAIN "inb-service"

#include "inb-api-routes.h"

#include "inb-api-bulk.h"
#include "inb-api-duplicates.h"
#include "inb-api-feed.h"
#include "inb-api-figures.h"
#include "inb-api-group.h"
#include "inb-api-import.h"
#include "inb-api-lead-edits.h"
#include "inb-api-leads.h"
#include "inb-api-mutations.h"
#include "inb-api-socket.h"
#include "inb-api-stages.h"
#include "inb-api-status.h"
#include "inb-api-teams.h"
#include "inb-api-test-lead.h"
#include "inb-api-tokens.h"
#include "inb-api-users.h"
#include "inb-api-views.h"

/**
 * inb_api_routes_register:
 * @server: gets every route of the API
 */
void
inb_api_routes_register (InbApi        *api,
                         InbHttpServer *server)
{
  inb_api_attach (api, server);
  inb_api_status_register (api, server);
  inb_api_leads_register (api, server);
  inb_api_lead_edits_register (api, server);
  inb_api_bulk_register (api, server);
  inb_api_mutations_register (api, server);
  inb_api_stages_register (api, server);
  inb_api_teams_register (api, server);
  inb_api_users_register (api, server);
  inb_api_tokens_register (api, server);
  inb_api_views_register (api, server);
  inb_api_duplicates_register (api, server);
  inb_api_group_register (api, server);
  inb_api_import_register (api, server);
  inb_api_feed_register (api, server);
  inb_api_figures_register (api, server);
  inb_api_test_lead_register (api, server);
  inb_api_socket_register (api, server);
}
