#define G_LOG_DOMAIN "inb-service"

#include "inb-lead-request.h"

#include "inb-cursor.h"
#include "inb-error.h"
#include "inb-names.h"
#include "inb-params.h"
#include "inb-protocol.h"
#include "inb-time.h"
#include "inb-uuid.h"

#define DEFAULT_LIMIT 100

static const char * const own_params[] = { "limit", "offset", "sort", "cursor", NULL };

static const char * const sort_names[INB_N_LEAD_SORTS] = {
  [INB_LEAD_SORT_CREATED_DESC] = "-created_at",
  [INB_LEAD_SORT_CREATED] = "created_at",
  [INB_LEAD_SORT_ACTIVITY_DESC] = "-last_activity_at",
  [INB_LEAD_SORT_ACTIVITY] = "last_activity_at",
};

static gboolean
sort_from_name (const char  *name,
                InbLeadSort *sort)
{
  guint found;

  if (!inb_names_find (sort_names, INB_N_LEAD_SORTS, name, &found))
    return FALSE;

  *sort = found;

  return TRUE;
}

static gboolean
parse_order (InbLeadRequest  *self,
             GHashTable     *params,
             GError        **error)
{
  const char *sort = inb_params_get (params, "sort");
  const char *cursor = inb_params_get (params, "cursor");
  InbLeadSort cursor_sort;

  if (sort != NULL && !sort_from_name (sort, &self->sort))
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT,
                           "sort: not one of created_at, -created_at, last_activity_at, -last_activity_at");
      return FALSE;
    }
  if (cursor == NULL)
    return TRUE;

  if (self->offset != 0)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "cursor: not together with offset");
      return FALSE;
    }
  if (!inb_lead_cursor_decode (cursor, &cursor_sort, &self->after_time, &self->after_id))
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "cursor: not one that this service gave");
      return FALSE;
    }
  if (sort != NULL && cursor_sort != self->sort)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "cursor: of another sort");
      return FALSE;
    }
  self->sort = cursor_sort;

  return TRUE;
}

/**
 * inb_lead_request_new:
 * @params: (nullable): name → value
 *
 * Returns: (transfer full): the filter, or %NULL with %INB_ERROR_INVALID_ARGUMENT naming the parameter
 */
InbLeadRequest *
inb_lead_request_new (GHashTable  *params,
                     GError     **error)
{
  g_autoptr (InbLeadRequest) self = g_new0 (InbLeadRequest, 1);

  self->scope = inb_lead_scope_new (params, own_params, error);
  if (self->scope == NULL ||
      !inb_params_get_integer (params, "limit", 1, INB_PROTOCOL_MAX_PAGE, DEFAULT_LIMIT, &self->limit, error) ||
      !inb_params_get_integer (params, "offset", 0, G_MAXINT32, 0, &self->offset, error) ||
      !parse_order (self, params, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
inb_lead_request_free (InbLeadRequest *self)
{
  g_clear_pointer (&self->scope, inb_lead_scope_free);
  g_free (self->after_time);
  g_free (self->after_id);
  g_free (self);
}

/**
 * inb_lead_cursor_encode:
 * @time: the last row's value of the sort column, in wire form
 * @id: the last row's id
 *
 * Returns: (transfer full): the cursor of the next page, safe in a URL
 */
char *
inb_lead_cursor_encode (InbLeadSort  sort,
                        const char  *time,
                        const char  *id)
{
  const char * const parts[] = { sort_names[sort], time, id, NULL };

  return inb_cursor_pack (parts);
}

/**
 * inb_lead_cursor_decode:
 * @time: (out) (transfer full): the last row's value of the sort column
 * @id: (out) (transfer full): the last row's id
 *
 * Returns: whether @cursor is one
 */
gboolean
inb_lead_cursor_decode (const char   *cursor,
                        InbLeadSort  *sort,
                        char        **time,
                        char        **id)
{
  g_auto (GStrv) parts = inb_cursor_unpack (cursor, 3);
  gint64 instant;

  if (parts == NULL || !sort_from_name (parts[0], sort) || !inb_time_parse (parts[1], &instant) ||
      !inb_uuid_is_valid (parts[2]))
    return FALSE;

  *time = inb_time_format (instant);
  *id = g_strdup (parts[2]);

  return TRUE;
}
