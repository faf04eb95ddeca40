"""Metrics, heat map and trends against plain SQL, in zones with and without daylight saving, with and without the roll-up."""

import collections
import datetime
import decimal
import math
import random
import unittest
import zoneinfo

import api_kit
import lead_kit
from api_kit import quote

ZONES = ["Europe/Berlin", "Pacific/Auckland", "Asia/Kolkata", "America/Los_Angeles"]
OPEN = ["new", "contacted", "qualified", "proposal"]
LIMITS = [60, 300, 900, 3600, 14400, 86400]
UTC = datetime.timezone.utc


def setUpModule():
    global database, service
    database = api_kit.Database()
    unittest.addModuleCleanup(database.stop)
    service = api_kit.Service(database)
    unittest.addModuleCleanup(service.stop)


class Lead:
    def __init__(self, row, zone):
        (self.id, self.source, self.product, self.stage, converted, created, converted_at, response, estimate, won_for, currency) = row
        self.converted = converted == "t"
        self.created_us = int(created)
        self.created = self.local(created, zone)
        self.converted_at = self.local(converted_at, zone) if converted_at else None
        self.response = max(0, (int(response) - self.created_us) // 1_000_000) if response else None
        value = won_for if self.converted and won_for else estimate
        self.value = decimal.Decimal(value) if value and currency == "EUR" else decimal.Decimal(0)
        self.open = self.stage in OPEN

    def local(self, us, zone):
        return (datetime.datetime(1970, 1, 1, tzinfo=UTC) + datetime.timedelta(microseconds=int(us))).astimezone(zone)


def quantile(values, p):
    """Nearest rank."""
    return sorted(values)[math.ceil(p * len(values)) - 1] if values else None


def rate(leads):
    return int(sum(lead.converted for lead in leads) * 1000 / len(leads) + 0.5) / 10


def by_size(leads, key):
    """Names, most leads first, ties by name."""
    counts = collections.Counter(getattr(lead, key) for lead in leads)
    return sorted(counts, key=lambda name: (-counts[name], name.encode()))


def begin(day, step):
    return {"day": day, "week": day - datetime.timedelta(days=day.weekday()), "month": day.replace(day=1)}[step]


class Figures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rng = random.Random(20261122)
        cls.tokens = {}
        for zone in ZONES:
            workspace = zone.split("/")[1].lower()
            database.create_workspace(workspace, zone)
            lead_kit.insert_leads(database, workspace, cls.rng, 400)
            cls.tokens[zone] = database.create_token(workspace)

    def read(self, zone, where):
        workspace = self.tokens[zone].workspace

        def us(column):
            return f"(extract(epoch FROM {column}) * 1000000)::bigint"

        rows = database.rows(
            f"SELECT id, lead_source, coalesce(product_interest, ''), stage, is_converted, {us('created_at')}, {us('converted_at')},"
            f" {us('first_response_at')}, estimated_value, conversion_value, currency FROM leads"
            f" WHERE workspace_id = {quote(workspace)} AND {where};")
        return [Lead(row, zoneinfo.ZoneInfo(zone)) for row in rows]

    def today(self, zone):
        return datetime.datetime.now(zoneinfo.ZoneInfo(zone)).date()

    def check_metrics(self, leads, answer, zone):
        today = self.today(zone)

        def counts(some):
            return {"new": sum(lead.stage == "new" for lead in some), "pending": sum(lead.open and lead.stage != "new" for lead in some),
                    "converted": sum(lead.converted for lead in some)}

        def top(key):
            names = [name for name in by_size(leads, key) if name][:5]
            return [{"name": name, "leads": sum(getattr(lead, key) == name for lead in leads)} for name in names]

        made_today = sum(lead.created.date() == today for lead in leads)
        products, sources = top("product"), top("source")
        self.assertEqual(answer["products"], products)
        self.assertEqual(answer["sources"], sources)
        self.assertEqual(answer["leads"], {"total": len(leads), **counts(leads), "today": made_today})
        self.assertEqual(answer["metrics"], {
            "totalLeads": len(leads), "newLeads": counts(leads)["new"], "pending": counts(leads)["pending"], "todayLeads": made_today,
            "topProduct": products[0]["name"] if products else None, "topSource": sources[0]["name"] if sources else None,
            "conversionRate": f"{rate(leads) if leads else 0:.1f}%"})

        responses = [lead.response for lead in leads if lead.response is not None]
        waiting = sorted((lead for lead in leads if lead.open and lead.response is None), key=lambda lead: (lead.created_us, lead.id))
        since = answer["response"].pop("waiting_since")
        self.assertEqual(since and datetime.datetime.fromisoformat(since), waiting[0].created if waiting else None)
        self.assertEqual(answer["response"], {
            "answered": len(responses), "median_seconds": quantile(responses, 0.5), "p90_seconds": quantile(responses, 0.9),
            "within_5_minutes": sum(r <= 300 for r in responses), "waiting": len(waiting),
            "waiting_lead_id": waiting[0].id if waiting else None})

        days = [today - datetime.timedelta(days=i) for i in range(59, -1, -1)]
        self.assertEqual(answer["days"], [
            {"date": day.isoformat(), "leads": len(some), **counts(some)}
            for day in days for some in [[lead for lead in leads if lead.created.date() == day]]])

    def measure(self, leads, measure):
        responses = [lead.response for lead in leads if lead.response is not None]
        return {"leads": len(leads), "conversion": rate(leads) if leads else None,
                "value": f"{sum((lead.value for lead in leads), decimal.Decimal(0)):.2f}", "response": quantile(responses, 0.5)}[measure]

    def check_heat_map(self, leads, answer, mode, measure, most):
        if mode == "weekday_hour":
            rows, columns = [str(i) for i in range(1, 8)], [str(i) for i in range(24)]
            key = lambda lead: (str(lead.created.isoweekday()), str(lead.created.hour))
            others = [False, False]
        else:
            rows, columns = by_size(leads, "source"), by_size(leads, "product")
            others = [len(names) > most for names in (rows, columns)]
            rows, columns = rows[:most], columns[:most]
            key = lambda lead: (lead.source if lead.source in rows else "other", lead.product if lead.product in columns else "other")
            rows, columns = rows + ["other"] * others[0], columns + ["other"] * others[1]
        cells = collections.defaultdict(list)
        for lead in leads:
            row, column = key(lead)
            for place in ((row, column), (row, None), (None, column), (None, None)):
                cells[place].append(lead)
        self.assertEqual((answer["mode"], answer["measure"], answer["rows"], answer["columns"]), (mode, measure, rows, columns))
        self.assertEqual([answer["has_other_row"], answer["has_other_column"]], others)
        self.assertEqual(answer["cells"], [[self.measure(cells[row, column], measure) for column in columns] for row in rows])
        self.assertEqual(answer["row_totals"], [self.measure(cells[row, None], measure) for row in rows])
        self.assertEqual(answer["column_totals"], [self.measure(cells[None, column], measure) for column in columns])
        self.assertEqual(answer["total"], self.measure(leads, measure))

    def check_trends(self, leads, answer, zone, step, by, days, most):
        today = self.today(zone)
        first = days[0] if days else min((lead.created.date() for lead in leads), default=today)
        last = days[1] if days else today
        steps, step_begin = [], begin(first, step)
        while step_begin <= last:
            steps.append(step_begin)
            step_begin = begin(step_begin + datetime.timedelta(days={"day": 1, "week": 7, "month": 32}[step]), step)
        self.assertEqual(answer["steps"], [day.isoformat() for day in steps])

        made = [lead for lead in leads if first <= lead.created.date() <= last]
        names = by_size(made, by)
        key = lambda lead: getattr(lead, by) if getattr(lead, by) in names[:most] else "other"
        counts = collections.Counter((key(lead), begin(lead.created.date(), step)) for lead in made)
        self.assertEqual(answer["has_other"], len(names) > most)
        self.assertEqual(answer["series"], [{"name": name, "leads": [counts[name, day] for day in steps]}
                                            for name in names[:most] + ["other"] * (len(names) > most)])

        won = [lead for lead in leads if lead.converted and first <= lead.converted_at.date() <= last]
        groups = [[lead for lead in won if begin(lead.converted_at.date(), step) == day] for day in steps]
        self.assertEqual(answer["won"], [len(group) for group in groups])
        self.assertEqual(answer["won_value"], [self.measure(group, "value") for group in groups])
        order = OPEN + ["won"]
        self.assertEqual(answer["funnel"], [{"stage": stage, "leads": sum(lead.stage in order[i:] for lead in made)}
                                            for i, stage in enumerate(order)])
        self.assertEqual(answer["lost"], sum(lead.stage == "lost" for lead in made))
        self.assertEqual(answer["unanswered"], sum(lead.open and lead.response is None for lead in made))
        responses = [lead.response for lead in made if lead.response is not None]
        bounds = [-1] + LIMITS + [math.inf]
        self.assertEqual(answer["response_limits"], LIMITS)
        self.assertEqual(answer["responses"], [sum(low < r <= high for r in responses) for low, high in zip(bounds, bounds[1:])])

    def check_filter(self, zone, params, where):
        rng, token = self.rng, self.tokens[zone]
        leads = self.read(zone, where)
        page = service.get_json("/api/inbound-leads", token, limit=1000, **params)
        self.assertEqual(page["total"], len(leads))
        self.assertEqual({lead["id"] for lead in page["leads"]}, {lead.id for lead in leads})
        self.check_metrics(leads, service.get_json("/api/metrics", token, **params), zone)

        mode, measure = rng.choice(["source_product", "weekday_hour"]), rng.choice(["leads", "conversion", "value", "response"])
        most = rng.choice([2, 3, 200])
        answer = service.get_json("/api/heatmap", token, mode=mode, measure=measure, max_rows=most, max_columns=most, **params)
        self.check_heat_map(leads, answer, mode, measure, most)

        step, by, most = rng.choice(["day", "week", "month"]), rng.choice(["source", "product"]), rng.choice([2, 8])
        days = sorted(self.today(zone) - datetime.timedelta(days=rng.randrange(250)) for _ in range(2)) if rng.random() < 0.5 else None
        axis = {"from": days[0].isoformat(), "to": days[1].isoformat()} if days else {}
        answer = service.get_json("/api/trends", token, step=step, by=by, max_series=most, **axis, **params)
        self.check_trends(leads, answer, zone, step, by, days, most)

    def test_random_filters(self):
        for i in range(60):
            zone = ZONES[i % len(ZONES)]
            params, where = lead_kit.choose_filter(self.rng, zone, rolled_up=i % 3 == 0)
            with self.subTest(zone=zone, **params):
                self.check_filter(zone, params, where)

    def test_relative_ranges(self):
        """Each of them, in each zone, from the roll-up and from the leads."""
        for zone in ZONES:
            for name in lead_kit.RANGES:
                for more in ({}, {"converted": "1"}):
                    where = lead_kit.range_sql(name, "created_at", zone) + f" AND {lead_kit.VISIBLE}" + (" AND is_converted" if more else "")
                    with self.subTest(zone=zone, created=name, **more):
                        total = service.get_json("/api/inbound-leads", self.tokens[zone], limit=1, created=name, **more)["total"]
                        self.assertEqual(total, len(self.read(zone, where)))

    def test_hours_across_the_change_of_the_clocks(self):
        """One lead an hour around the change: each local hour once, but the one that comes twice, or never."""
        for zone, change, odd in [("Pacific/Auckland", "2026-04-04T14:00:00Z", {(7, 2): 2}), ("Pacific/Auckland", "2026-09-26T14:00:00Z", {(7, 2): 0}),
                                  ("America/Los_Angeles", "2026-11-01T09:00:00Z", {(7, 1): 2}), ("America/Los_Angeles", "2026-03-08T10:00:00Z", {(7, 2): 0}),
                                  ("Asia/Kolkata", "2026-03-08T10:00:00Z", {})]:
            workspace = f"clock-{change[:10]}-{zone.split('/')[1].lower()}"
            database.create_workspace(workspace, zone)
            token = database.create_token(workspace)
            middle = datetime.datetime.fromisoformat(change)
            times = [middle + datetime.timedelta(hours=i, minutes=1) for i in range(-30, 30)]
            local = [time.astimezone(zoneinfo.ZoneInfo(zone)) for time in times]
            times = [time for time, there in zip(times, local) if there.isoweekday() == 7]
            values = ",".join(f"(gen_random_uuid(), '40000000-0000-4000-8000-000000000001', {quote(workspace)}, 'a', 'new', 1, {quote(t)}, {quote(t)}, now(), 'EUR', {i + 100})"
                              for i, t in enumerate(times))
            database.execute(f"""
                INSERT INTO contacts (id, workspace_id, created_at, updated_at, change_seq)
                VALUES ('40000000-0000-4000-8000-000000000001', {quote(workspace)}, now(), now(), 99);
                INSERT INTO leads (id, contact_id, workspace_id, lead_source, stage, lead_status_id, created_at, last_activity_at, updated_at,
                                   currency, change_seq) VALUES {values};
                {lead_kit.count_sql(workspace)}""")
            answer = service.get_json("/api/heatmap", token, mode="weekday_hour")
            expected = [[0] * 24 for _ in range(6)] + [[odd.get((7, hour), 1) for hour in range(24)]]
            self.assertEqual(answer["cells"], expected, zone)
            for hour in range(24):
                total = service.get_json("/api/inbound-leads", token, limit=1, weekday=7, hour=hour)["total"]
                self.assertEqual(total, odd.get((7, hour), 1))
            day = middle.astimezone(zoneinfo.ZoneInfo(zone)).date().isoformat()
            trends = service.get_json("/api/trends", token, **{"from": day, "to": day})
            self.assertEqual(trends["series"], [{"name": "a", "leads": [len(times)]}])
            self.assertEqual(service.get_json("/api/metrics", token, created_from=day, created_to=day, unanswered="1")["leads"]["total"], len(times))

    def test_folded_names(self):
        """Past 1,000 names the roll-up does not know them all: the leads are counted."""
        database.create_workspace("folded")
        lead_kit.insert_leads(database, "folded", self.rng, 50)
        database.execute("INSERT INTO lead_count_names SELECT 'folded', 'source', 'name' || i FROM generate_series(1, 1000) i;"
                         "DELETE FROM lead_counts WHERE workspace_id = 'folded'; DELETE FROM lead_day_counts WHERE workspace_id = 'folded';")
        token = database.create_token("folded")
        leads = database.rows(f"SELECT id FROM leads WHERE workspace_id = 'folded' AND {lead_kit.VISIBLE};")
        self.assertEqual(service.get_json("/api/metrics", token)["leads"]["total"], len(leads))
        self.assertEqual(service.get_json("/api/heatmap", token)["total"], len(leads))
        self.assertEqual(sum(sum(series["leads"]) for series in service.get_json("/api/trends", token)["series"]), len(leads))

    def test_empty_workspace(self):
        database.create_workspace("empty")
        token = database.create_token("empty")
        metrics = service.get_json("/api/metrics", token)
        self.assertEqual(metrics["metrics"]["conversionRate"], "0.0%")
        self.assertEqual((metrics["response"]["median_seconds"], metrics["response"]["waiting_since"], len(metrics["days"])), (None, None, 60))
        heat_map = service.get_json("/api/heatmap", token, measure="response")
        self.assertEqual((heat_map["rows"], heat_map["cells"], heat_map["total"]), ([], [], None))
        trends = service.get_json("/api/trends", token)
        self.assertEqual((len(trends["steps"]), trends["series"], trends["won"]), (1, [], [0]))

    def test_long_axis(self):
        """Of more than 400 steps the last ones."""
        steps = service.get_json("/api/trends", self.tokens[ZONES[0]], **{"from": "2020-01-01", "to": "2026-11-22"})["steps"]
        self.assertEqual((len(steps), steps[-1]), (400, "2026-11-22"))
        later = service.get_json("/api/trends", self.tokens[ZONES[0]], **{"from": "2090-01-01"})["steps"]
        self.assertEqual(later, ["2090-01-01"])

    def test_hostile_parameters(self):
        token = self.tokens[ZONES[0]]
        for path, name, value in [("/api/metrics", "sort", "created_at"), ("/api/metrics", "limit", "1"), ("/api/metrics", "hour", "24"),
                                  ("/api/heatmap", "mode", "x"), ("/api/heatmap", "measure", "leads,value"), ("/api/heatmap", "max_rows", "0"),
                                  ("/api/heatmap", "max_columns", "1001"), ("/api/trends", "step", "year"), ("/api/trends", "by", "stage"),
                                  ("/api/trends", "from", "today"), ("/api/trends", "to", "2026-02-30"), ("/api/trends", "max_series", "101"),
                                  ("/api/trends", "created", "never")]:
            answer = service.get(path, token, **{name: value})
            self.assertEqual((answer.status, answer.json()["code"]), (400, "invalid_argument"), (path, name))
            self.assertIn(name, answer.json()["detail"])
        self.assertEqual(service.get("/api/trends", token, **{"from": "2026-02-02", "to": "2026-02-01"}).status, 400)
        for value in ["'; DROP TABLE leads; --", "{", "}", '"', "\\", "%", "$1", "\U0010ffff", "\x01", "{zone}"]:
            for path in ("/api/metrics", "/api/heatmap", "/api/trends"):
                self.assertEqual(service.get(path, token, source=value, q=value).status, 200)


if __name__ == "__main__":
    unittest.main()
