SELECT count(pg_notify('inbound_events', n.payload)) FROM unnest($1::text[]) AS n (payload)
