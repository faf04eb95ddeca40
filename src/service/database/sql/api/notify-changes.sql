SELECT count(pg_notify('inbound_changes', n.payload)) FROM unnest($1::text[]) AS n (payload)
