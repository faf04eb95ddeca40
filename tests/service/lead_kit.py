"""Random leads written straight into a workspace, random filters, and what they mean in plain SQL."""

import uuid

from api_kit import quote

MICROSECONDS = 1_000_000
SOURCES = ["facebook", "google", "Messe, Köln", "it's", "landing"]
PRODUCTS = ["Solar", "Wärmepumpe", "Roof \"large\"", None]
STAGES = ["new", "contacted", "qualified", "proposal", "won", "lost"]
CAMPAIGNS = ["spring", "50 % off", None]
AGENTS = [str(uuid.UUID(int=i, version=4)) for i in range(1, 4)]
RANGES = {
    "today": ("{today}", "{today}"), "yesterday": ("{today} - 1", "{today} - 1"), "last_7_days": ("{today} - 6", "{today}"),
    "last_30_days": ("{today} - 29", "{today}"), "last_90_days": ("{today} - 89", "{today}"),
    "this_week": ("date_trunc('week', {today}::timestamp)::date", "{today}"),
    "this_month": ("date_trunc('month', {today}::timestamp)::date", "{today}"),
    "last_month": ("(date_trunc('month', {today}::timestamp) - interval '1 month')::date", "date_trunc('month', {today}::timestamp)::date - 1"),
    "this_year": ("date_trunc('year', {today}::timestamp)::date", "{today}"),
}
OPEN = "stage IN ('new', 'contacted', 'qualified', 'proposal')"
VISIBLE = "NOT is_test AND deleted_at IS NULL"


def insert_leads(database, workspace, rng, number, days=240):
    """Leads of the last @days, many of them in the last two; the roll-up is counted from scratch."""
    (now,), = database.rows("SELECT (extract(epoch FROM now()) * 1000000)::bigint;")
    seq = int(database.take_seq(workspace))
    contacts, leads = [], []

    def time(us):
        return "NULL" if us is None else f"to_timestamp({us // MICROSECONDS}) + interval '{us % MICROSECONDS} microseconds'"

    for i in range(number):
        contact, lead = (str(uuid.UUID(int=rng.getrandbits(128), version=4)) for _ in range(2))
        created = int(now) - int(rng.choice([2, 10, days, days]) * rng.random() * 86_400 * MICROSECONDS)
        stage = rng.choice(STAGES)
        response = created + int(10 ** rng.uniform(0, 5.5) * MICROSECONDS) if rng.random() < 0.6 else None
        converted = min(int(now), created + int(rng.random() * 20 * 86_400 * MICROSECONDS)) if stage == "won" else None
        follow_up = int(now) + int(rng.uniform(-5, 5) * 86_400 * MICROSECONDS) if rng.random() < 0.5 else None
        contacts.append(f"({quote(contact)}, {quote(workspace)}, {quote('crm' + str(i))}, {quote('ann meyer' + str(i % 20))},"
                        f" {time(created)}, now(), {seq + 1})")
        leads.append(
            f"({quote(lead)}, {quote(contact)}, {quote(workspace)}, {quote(rng.choice(SOURCES))}, {quote(rng.choice(PRODUCTS))},"
            f" {quote(stage)}, {STAGES.index(stage) + 1}, {quote(rng.choice(['hot', 'warm', None]))}, {quote(rng.choice(AGENTS + [None]))},"
            f" {quote(rng.choice(['north', 'south', None]))}, {quote(rng.choice(CAMPAIGNS))}, {time(created)},"
            f" {time(min(int(now), created + int(rng.random() * 40 * 86_400 * MICROSECONDS)))}, now(),"
            f" {quote(rng.choice(['EUR', 'EUR', 'EUR', 'CHF']))}, {'now()' if rng.random() < 0.04 else 'NULL'},"
            f" {str(rng.random() < 0.04).lower()}, {str(stage == 'won').lower()}, {time(converted)}, {time(response)}, {time(follow_up)},"
            f" {rng.choice(['NULL', rng.randrange(1, 10**6) / 100])}, {rng.choice(['NULL', rng.randrange(1, 10**6) / 100])}, {seq + 2})")
        seq += 2
    database.execute(f"""
        INSERT INTO contacts (id, workspace_id, crm_id, name_folded, created_at, updated_at, change_seq) VALUES {','.join(contacts)};
        INSERT INTO leads (id, contact_id, workspace_id, lead_source, product_interest, stage, lead_status_id, temperature, assigned_to,
                           team_id, utm_campaign, created_at, last_activity_at, updated_at, currency, deleted_at, is_test, is_converted,
                           converted_at, first_response_at, next_follow_up_at, estimated_value, conversion_value, change_seq)
        VALUES {','.join(leads)};
        UPDATE workspace_heads SET change_seq = {seq} WHERE workspace_id = {quote(workspace)};
        {count_sql(workspace)}""")


def count_sql(workspace):
    """The roll-up, from scratch."""
    zone = f"(SELECT timezone FROM workspaces WHERE id = {quote(workspace)})"
    visible = f"workspace_id = {quote(workspace)} AND {VISIBLE}"
    return f"""
        INSERT INTO lead_counts SELECT workspace_id, lead_source, coalesce(product_interest, ''), stage, count(*),
          count(*) FILTER (WHERE is_converted) FROM leads WHERE {visible} GROUP BY 1, 2, 3, 4;
        INSERT INTO lead_day_counts SELECT workspace_id, (created_at AT TIME ZONE {zone})::date, lead_source,
          coalesce(product_interest, ''), stage, count(*), count(*) FILTER (WHERE is_converted)
          FROM leads WHERE {visible} GROUP BY 1, 2, 3, 4, 5;
        INSERT INTO lead_count_names SELECT DISTINCT {quote(workspace)}, 'source', lead_source FROM leads WHERE {visible}
          UNION SELECT DISTINCT {quote(workspace)}, 'product', coalesce(product_interest, '') FROM leads WHERE {visible};"""


def escape(value):
    return "" if value is None else value.replace("\\", "\\\\").replace(",", "\\,")


def choose_list(rng, params, where, name, column, values):
    chosen = rng.sample(values, rng.randrange(1, 3))
    # One empty element needs a comma to be seen.
    params[name] = "," if chosen == [None] else ",".join(escape(v) for v in chosen)
    alternatives = [f"{column} = {quote(v)}" if v is not None else f"{column} IS NULL" for v in chosen]
    where.append(f"({' OR '.join(alternatives)})")


def local_day(column, zone):
    return f"({column} AT TIME ZONE {quote(zone)})::date"


def range_sql(name, column, zone):
    first, last = (bound.format(today=local_day("now()", zone)) for bound in RANGES[name])
    return f"{local_day(column, zone)} BETWEEN {first} AND {last}"


def choose_filter(rng, zone, rolled_up=False):
    """Parameters, and the SQL that means the same."""
    params, where = {}, [VISIBLE]
    lists = [("status", "stage", STAGES), ("source", "lead_source", SOURCES), ("product", "product_interest", PRODUCTS)]
    if not rolled_up:
        lists += [("assigned_to", "assigned_to", AGENTS + [None]), ("team", "team_id", ["north", "south", None]),
                  ("temperature", "temperature", ["hot", "warm", None]), ("campaign", "utm_campaign", CAMPAIGNS)]
    for name, column, values in rng.sample(lists, rng.choice([0, 1, 1, 2])):
        choose_list(rng, params, where, name, column, values)
    if rng.random() < 0.5:
        params["created"] = rng.choice(list(RANGES))
        where.append(range_sql(params["created"], "created_at", zone))
    elif rng.random() < 0.5:
        params["created_from"] = "2026-06-01"
        where.append(f"{local_day('created_at', zone)} >= '2026-06-01'")
    if rolled_up:
        return params, " AND ".join(where)
    if rng.random() < 0.3:
        params["activity"] = rng.choice(list(RANGES))
        where.append(range_sql(params["activity"], "last_activity_at", zone))
    for name, value, condition in [("follow_up", "due", f"{OPEN} AND next_follow_up_at <= now()"), ("converted", "1", "is_converted"),
                                   ("unanswered", "1", f"{OPEN} AND first_response_at IS NULL")]:
        if rng.random() < 0.12:
            params[name] = value
            where.append(condition)
    for name, low, high, part in [("weekday", 1, 7, "isodow"), ("hour", 0, 23, "hour")]:
        if rng.random() < 0.12:
            params[name] = rng.randint(low, high)
            where.append(f"extract({part} FROM created_at AT TIME ZONE {quote(zone)}) = {params[name]}")
    return params, " AND ".join(where)
