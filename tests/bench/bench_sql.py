"""The other side of the comparison, and the filling of large workspaces.

The function writes what the service writes: it is made from rows that the service itself has just written for one webhook, all
their columns with the same values, but for ids, keys and times. So it stays comparable whatever the schema becomes.
"""

import json

TABLES = ("contacts", "leads", "lead_activities", "deliveries")
NOT_COPIED = ("change_seq",)


def literal(value):
    if value is None:
        return "NULL"
    if isinstance(value, (dict, list)):
        value = json.dumps(value, ensure_ascii=False)
    elif isinstance(value, bool):
        value = "true" if value else "false"
    return "'" + str(value).replace("'", "''") + "'"


def read_sample(service, workspace):
    """The newest webhook's rows, a dictionary each."""
    text = service.sql("inbound_service", f"""
        BEGIN;
        SET LOCAL inbound.workspace = {literal(workspace)};
        WITH delivery AS (SELECT * FROM deliveries WHERE outcome = 'lead_created' ORDER BY received_at DESC LIMIT 1)
        SELECT json_build_object(
          'deliveries', row_to_json(d), 'contacts', row_to_json(c), 'leads', row_to_json(l), 'lead_activities', row_to_json(a))
          FROM delivery AS d
          JOIN contacts AS c ON c.workspace_id = d.workspace_id AND c.id = d.contact_id
          JOIN leads AS l ON l.workspace_id = d.workspace_id AND l.id = d.lead_id
          JOIN lead_activities AS a ON a.workspace_id = d.workspace_id AND a.lead_id = d.lead_id
         LIMIT 1;
        COMMIT;""")
    return json.loads(text)


# What differs from webhook to webhook, by column; everything else is the sample's.
COMMON = {"workspace_id": "workspace", "created_at": "now()", "updated_at": "now()", "last_activity_at": "now()",
          "occurred_at": "now()", "received_at": "now()", "stored_at": "now()"}
VARIABLES = {
    "contacts": {"id": "contact", "email": "mail", "email_norm": "mail", "phone": "number", "phone_e164": "number",
                 "phone_display": "number", "name_folded": "name", "lastname": "name"},
    "leads": {"id": "lead", "contact_id": "contact"},
    "lead_activities": {"id": "activity", "lead_id": "lead", "contact_id": "contact", "delivery_id": "delivery"},
    "deliveries": {"id": "delivery", "lead_id": "lead", "contact_id": "contact"},
}
SEQUENCES = {"contacts": 1, "leads": 2, "lead_activities": 3}


def insert_statement(table, row):
    columns, values = [], []
    for column, value in row.items():
        if value is None or column in NOT_COPIED:
            continue
        variable = VARIABLES[table].get(column, COMMON.get(column))
        columns.append(column)
        values.append(variable or literal(value))
    if table in SEQUENCES:
        columns.append("change_seq")
        values.append(f"seq + {SEQUENCES[table]}")
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(values)});"


def make_function(name, sample, with_head):
    """with_head: also the lock and the gap-free numbers that the service's feed needs; else numbers of a sequence."""
    lead = sample["leads"]
    number = ("SELECT change_seq INTO STRICT seq FROM workspace_heads WHERE workspace_id = workspace FOR NO KEY UPDATE;"
              if with_head else "seq := nextval('bench.change_seq') * 3;")
    head = "UPDATE workspace_heads SET change_seq = seq + 3 WHERE workspace_id = workspace;" if with_head else ""
    counted = f"{literal(lead['lead_source'])}, {literal(lead['product_interest'] or '')}, {literal(lead['stage'])}, 1, 0"
    ids = "\n".join(
        f"{variable} := ('00000000-0000-7000-8000-' || lpad(to_hex(nextval('bench.id')), 12, '0'))::uuid;"
        for variable in ("contact", "lead", "activity", "delivery"))
    return f"""
        CREATE OR REPLACE FUNCTION bench.{name} (workspace text, n bigint) RETURNS uuid LANGUAGE plpgsql AS $function$
        DECLARE
          seq bigint; contact uuid; lead uuid; activity uuid; delivery uuid; found_contact uuid;
          number text := '+49151' || n; mail text := 'bench' || n || '@example.com'; name text := 'bench lead ' || n;
        BEGIN
          PERFORM set_config('inbound.workspace', workspace, true);
          {number}
          SELECT id INTO found_contact FROM contacts
           WHERE workspace_id = workspace AND phone_e164 = number AND deleted_at IS NULL ORDER BY created_at, id LIMIT 1;
          IF found_contact IS NULL THEN
            SELECT id INTO found_contact FROM contacts
             WHERE workspace_id = workspace AND email_norm = mail AND deleted_at IS NULL ORDER BY created_at, id LIMIT 1;
          END IF;
          {ids}
          {insert_statement('contacts', sample['contacts'])}
          {insert_statement('leads', sample['leads'])}
          {insert_statement('lead_activities', sample['lead_activities'])}
          {insert_statement('deliveries', sample['deliveries'])}
          {head}
          INSERT INTO lead_counts AS c (workspace_id, source, product, stage, leads, converted) VALUES (workspace, {counted})
            ON CONFLICT (workspace_id, source, product, stage)
            DO UPDATE SET leads = c.leads + excluded.leads, converted = c.converted + excluded.converted;
          INSERT INTO lead_day_counts AS c (workspace_id, day, source, product, stage, leads, converted)
            VALUES (workspace, current_date, {counted})
            ON CONFLICT (workspace_id, day, source, product, stage)
            DO UPDATE SET leads = c.leads + excluded.leads, converted = c.converted + excluded.converted;
          RETURN lead;
        END $function$;"""


def install(service, sample):
    service.sql("inbound_owner", f"""
        CREATE SCHEMA IF NOT EXISTS bench;
        CREATE SEQUENCE IF NOT EXISTS bench.id CACHE 1000;
        CREATE SEQUENCE IF NOT EXISTS bench.change_seq START 1000000000 CACHE 1000;
        {make_function('ingest_with_head', sample, True)}
        {make_function('ingest_without_head', sample, False)}
        GRANT USAGE ON SCHEMA bench TO inbound_service;
        GRANT USAGE ON ALL SEQUENCES IN SCHEMA bench TO inbound_service;""")


def fill(service, workspace, leads, sample):
    """So many leads, each with its contact, spread over a year, five sources, four products and the stages."""
    contact = {**sample["contacts"], "lead_source": None, "crm_id": None}
    lead = dict(sample["leads"])
    for row in (contact, lead):
        for column in ("id", "contact_id", "workspace_id", "change_seq", "created_at", "updated_at", "last_activity_at", "email",
                       "email_norm", "phone", "phone_e164", "phone_display", "name_folded", "lead_source", "product_interest",
                       "stage", "lead_status_id", "is_converted", "converted_at", "is_active", "lost_at"):
            row.pop(column, None)

    def constants(row):
        present = {column: value for column, value in row.items() if value is not None}
        return "".join(", " + c for c in present), "".join(", " + literal(v) for v in present.values())

    contact_columns, contact_values = constants(contact)
    lead_columns, lead_values = constants(lead)
    identity = "('00000000-0000-7{kind}00-8000-' || lpad(to_hex(n), 12, '0'))::uuid"
    made = f"now() - (({leads} - n) * interval '365 days' / {leads})"
    service.sql("inbound_owner", f"""
        SET statement_timeout = 0;
        SET synchronous_commit = off;
        SET inbound.workspace = {literal(workspace)};
        CREATE TEMPORARY TABLE base AS SELECT change_seq FROM workspace_heads WHERE workspace_id = {literal(workspace)};
        INSERT INTO contacts (id, workspace_id, change_seq, created_at, updated_at, email, email_norm, phone, phone_e164,
                              phone_display, name_folded{contact_columns})
        SELECT {identity.format(kind='c')}, {literal(workspace)}, base.change_seq + 2 * n - 1, {made}, {made},
               'fill' || n || '@example.com', 'fill' || n || '@example.com', '+4917' || 100000000 + n, '+4917' || 100000000 + n,
               '+49 17 ' || 100000000 + n, 'bench lead ' || n{contact_values}
          FROM generate_series(1, {leads}) AS n, base;
        INSERT INTO leads (id, contact_id, workspace_id, change_seq, created_at, updated_at, last_activity_at, lead_source,
                           product_interest, stage, lead_status_id, is_converted, converted_at, is_active, lost_at{lead_columns})
        SELECT {identity.format(kind='a')}, {identity.format(kind='c')}, {literal(workspace)}, base.change_seq + 2 * n, {made}, {made},
               {made}, 'Source ' || n % 5, 'Product ' || n % 4, s.key, s.number, s.category = 'won',
               CASE WHEN s.category = 'won' THEN {made} END, s.category <> 'lost', CASE WHEN s.category = 'lost' THEN {made} END{lead_values}
          FROM generate_series(1, {leads}) AS n
          JOIN (SELECT key, number, category, row_number() OVER (ORDER BY number) - 1 AS turn, count(*) OVER () AS stages
                  FROM lead_pipeline_stages WHERE workspace_id = {literal(workspace)}) AS s ON s.turn = n / 7 % s.stages, base;
        UPDATE workspace_heads SET change_seq = change_seq + 2 * {leads} WHERE workspace_id = {literal(workspace)};
        INSERT INTO lead_count_names (workspace_id, dimension, name)
        SELECT DISTINCT {literal(workspace)}, 'source', lead_source FROM leads WHERE workspace_id = {literal(workspace)} UNION
        SELECT DISTINCT {literal(workspace)}, 'product', product_interest FROM leads WHERE workspace_id = {literal(workspace)};
        INSERT INTO lead_counts (workspace_id, source, product, stage, leads, converted)
        SELECT workspace_id, lead_source, product_interest, stage, count(*), count(*) FILTER (WHERE is_converted)
          FROM leads WHERE workspace_id = {literal(workspace)} GROUP BY 1, 2, 3, 4;
        INSERT INTO lead_day_counts (workspace_id, day, source, product, stage, leads, converted)
        SELECT l.workspace_id, (l.created_at AT TIME ZONE w.timezone)::date, lead_source, product_interest, stage, count(*),
               count(*) FILTER (WHERE is_converted)
          FROM leads AS l JOIN workspaces AS w ON w.id = l.workspace_id
         WHERE l.workspace_id = {literal(workspace)} GROUP BY 1, 2, 3, 4, 5;""")
    service.sql("inbound_owner", "SET statement_timeout = 0; VACUUM (ANALYZE) contacts; VACUUM (ANALYZE) leads; "
                                 "VACUUM (ANALYZE) lead_counts; VACUUM (ANALYZE) lead_day_counts;")
