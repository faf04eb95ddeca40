"""Leads made up from a seed that know what they are, with all that a list is filtered by, and written straight into the tables."""

import uuid

from api_kit import quote
from lead_kit import AGENTS, MICROSECONDS, PRODUCTS, SOURCES, STAGES, count_sql


class Lead:
    def __init__(self, rng, number, now):
        self.id = str(uuid.UUID(int=rng.getrandbits(128), version=4))
        self.contact_id = str(uuid.UUID(int=rng.getrandbits(128), version=4))
        self.number = number
        self.source, self.product, self.stage = rng.choice(SOURCES), rng.choice(PRODUCTS), rng.choice(STAGES)
        self.temperature = rng.choice(["hot", "warm", None])
        self.assigned_to, self.team = rng.choice(AGENTS + [None]), rng.choice(["north", "south", None])
        # Some in the same microsecond, so that the id decides.
        self.created = now - rng.randrange(0, 40) * 6 * 3600 * MICROSECONDS - rng.choice([0, 1, 500_000])
        self.activity = self.created + rng.randrange(0, 5) * 3600 * MICROSECONDS
        self.deleted, self.test = rng.random() < 0.05, rng.random() < 0.05
        self.name = rng.choice(["ann", "anna", "bernd"]) + f" meyer{number % 20}"
        self.mail = f"user{number}@example.com"


def insert_leads(database, workspace, leads):
    """Past the service, with what it would have counted."""
    def time(us):
        return f"to_timestamp({us // MICROSECONDS}) + interval '{us % MICROSECONDS} microseconds'"

    seq = int(database.take_seq(workspace))
    contacts, rows = [], []
    for lead in leads:
        contacts.append(f"({quote(lead.contact_id)}, {quote(workspace)}, {quote('crm' + str(lead.number))}, {quote(lead.name)},"
                        f" {quote(lead.mail)}, {quote(lead.mail)}, {quote('+49171' + str(lead.number).zfill(7))},"
                        f" {time(lead.created)}, now(), {seq + 1})")
        rows.append(f"({quote(lead.id)}, {quote(lead.contact_id)}, {quote(workspace)}, {quote(lead.source)}, {quote(lead.product)},"
                    f" {quote(lead.stage)}, {STAGES.index(lead.stage) + 1}, {quote(lead.temperature)}, {quote(lead.assigned_to)},"
                    f" {quote(lead.team)}, {time(lead.created)}, {time(lead.activity)}, now(), 'EUR',"
                    f" {'now()' if lead.deleted else 'NULL'}, {str(lead.test).lower()}, {str(lead.stage == 'won').lower()},"
                    f" {str(lead.stage != 'lost').lower()}, {seq + 2})")
        seq += 2
    database.execute(f"""
        INSERT INTO contacts (id, workspace_id, crm_id, name_folded, email, email_norm, phone_e164, created_at, updated_at, change_seq)
        VALUES {','.join(contacts)};
        INSERT INTO leads (id, contact_id, workspace_id, lead_source, product_interest, stage, lead_status_id, temperature, assigned_to,
                           team_id, created_at, last_activity_at, updated_at, currency, deleted_at, is_test, is_converted, is_active,
                           change_seq)
        VALUES {','.join(rows)};
        UPDATE workspace_heads SET change_seq = {seq} WHERE workspace_id = {quote(workspace)};
        {count_sql(workspace)}""")
