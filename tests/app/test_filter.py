"""Finding leads in the app: search, filter buttons, chips, no result, contacts without a lead; with the real service."""

import os
import tempfile
import unittest

import pyatspi
from app_kit import App, wait_until
from harness import Service

PEOPLE = [
    ("Jörg", "Groß", "+49 171 1234567", "Solar", "qualified", "Groß & Söhne GmbH"),
    ("Ana", "Silva", "+351 912 345 678", "Battery", "new", "Energia Lda"),
    ("Marek", "Łukasik", "+48 601 222 333", "Solar", "new", ""),
    ("Zoë", "Martin", "+33 6 12 34 56 78", "Heat pump", "contacted", "Chaleur SA"),
]


class FilterTest(unittest.TestCase):
    n_leads = 4

    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.service = cls.enterClassContext(Service())
        cls.service.create_workspace("demo")
        webhook = cls.service.create_webhook("demo", "Landing page")
        for firstname, lastname, phone, product, status, company in PEOPLE:
            payload = {"firstname": firstname, "lastname": lastname, "phone": phone, "product": product, "lead_status": status,
                       "company": company, "email": f"{lastname[:2].lower().encode('ascii', 'ignore').decode()}x@example.org"}
            assert cls.service.post(webhook["path"], payload).status == 200
        cls.webhook = webhook["path"]
        assert cls.service.post(webhook["path"], {"firstname": "Only", "lastname": "Contact", "phone": "+41 44 668 18 00"}).status == 200
        token_file = os.path.join(cls.folder, "token")
        with open(token_file, "w") as file:
            file.write(cls.service.create_token("demo") + "\n")
        cls.app = App("--server", cls.service.url, "--workspace", "demo", "--token-file", token_file)
        cls.addClassCleanup(cls.check_errors)
        cls.addClassCleanup(cls.app.stop)
        cls.app.wait_for("table row", starts="Jörg Groß")
        cls.app.focus()

    @classmethod
    def check_errors(cls):
        errors = [line for line in cls.app.errors if ("CRITICAL" in line or "WARNING" in line or "ERROR" in line)
                  and "dbind" not in line]
        if errors:
            raise AssertionError("".join(errors))

    def setUp(self):
        self.wait_for_rows(4)

    def tearDown(self):
        self.app.focus()
        clear = self.app.find("push button", "Clear all")
        if clear is not None:
            self.app.click(clear)
        self.wait_for_rows(self.n_leads)

    def wait_for_rows(self, number):
        wait_until(lambda: self.count_rows() == number, f"{number} rows")

    def count_rows(self):
        rows = self.app.find("list", "GtkColumnListView")
        return rows.childCount if rows is not None else 0

    def press(self, node):
        """Check buttons have no action, and GTK 4.8 gives nobody the focus for AT-SPI: the keyboard walks there."""
        for _ in range(40):
            if node.getState().contains(pyatspi.STATE_FOCUSED):
                self.app.key("space")
                return
            self.app.key("Tab")
        self.fail(f"the keyboard does not come to “{node.name}”")

    def open_menu(self, name):
        self.app.click(self.app.wait_for("push button", starts=name))

    def test_1_search(self):
        """Ctrl+F, then case, accents and ß do not matter; Escape shows everyone again."""
        self.app.key("ctrl+f")
        self.app.key(*"gross")
        self.wait_for_rows(1)
        self.app.wait_for("table row", starts="Jörg Groß")
        self.app.wait_for("push button", "Remove “gross” from the filter")
        self.app.key("Escape")
        self.wait_for_rows(4)

    def test_2_number(self):
        """A phone number is found in any spelling; so is a company by a piece of it."""
        self.app.key("slash")
        self.app.key(*"0171")
        self.app.key("space")
        self.app.key(*"123")
        self.wait_for_rows(1)
        self.app.wait_for("table row", starts="Jörg Groß")
        self.app.key("ctrl+a")
        self.app.key(*"chaleur")
        self.app.wait_for("table row", starts="Zoë Martin")
        self.wait_for_rows(1)

    def test_3_type(self):
        """What is typed into the table and is no shortcut starts a search."""
        self.app.key("Escape")
        self.app.key(*"mar")
        self.wait_for_rows(2)
        self.app.wait_for("table row", starts="Marek Łukasik")
        self.app.wait_for("table row", starts="Zoë Martin")

    def test_4_stage(self):
        """Ticked values are alternatives; each has a chip, which takes it away."""
        self.open_menu("Stage")
        self.press(self.app.wait_for("check box", starts="Qualified, 1 lead"))
        self.wait_for_rows(1)
        self.press(self.app.wait_for("check box", starts="New, 2 leads"))
        self.wait_for_rows(3)
        self.app.key("Escape")
        self.app.wait_for("push button", "Stage (2)")
        self.app.click(self.app.wait_for("push button", "Remove “New” from the filter"))
        self.wait_for_rows(1)
        self.app.click(self.app.wait_for("push button", "Remove “Qualified” from the filter"))
        self.wait_for_rows(4)

    def test_5_days(self):
        """Days relative to now, and the figures follow."""
        self.open_menu("Created")
        self.app.click(self.app.wait_for("push button", "Yesterday"))
        self.app.wait_for(name="No Leads Match")
        self.app.click(self.app.wait_for("push button", "Clear Filters"))
        self.wait_for_rows(4)
        self.open_menu("Created")
        self.app.click(self.app.wait_for("push button", "Last 7 days"))
        self.app.wait_for("push button", "Remove “Created: Last 7 days” from the filter")
        self.wait_for_rows(4)

    def test_6_no_result(self):
        """No result says so, and offers the way back and the contacts."""
        self.app.key("ctrl+f")
        self.app.key(*"only")
        self.app.wait_for(name="No Leads Match")
        self.app.click(self.app.wait_for("push button", "Look Among Contacts Without a Lead"))
        self.app.wait_for("table row", starts="Only Contact")
        self.wait_for_rows(1)

    def test_7_contacts(self):
        """Contacts without a lead are a view of the table."""
        self.app.wait_for("label", "Score")
        self.open_menu("More")
        self.press(self.app.wait_for("check box", "Contacts without a lead"))
        self.wait_for_rows(1)
        self.app.wait_for("table row", starts="Only Contact")
        self.app.key("Escape")
        self.check_detail()
        self.check_headers()

    def check_detail(self):
        """A contact opens as a lead does, without what only leads have; what changes of it shows at once."""
        self.app.key("j", "Return")
        self.app.wait_for(name="Contact details")
        self.app.wait_for("label", starts="Contact without a lead")
        self.assertIn("+41 44 668 18 00", self.app.wait_for("label", starts="+41 44").name)
        self.assertIsNone(self.app.find("label", "Lead"))
        wait_until(lambda: self.app.key("c") or self.app.find("label", "Phone number copied"), "the toast")
        update = {"firstname": "Only", "lastname": "Contact", "phone": "+41 44 668 18 00", "company": "Allein AG"}
        self.assertEqual(self.service.post(self.webhook, update).status, 200)
        self.app.wait_for("label", starts="Allein AG")
        self.app.key("Escape")
        self.app.wait_gone(name="Contact details")

    def check_headers(self):
        """Only what contacts have."""
        self.assertIsNone(self.app.find("label", "Score"))
        self.app.wait_for(name="Mail")

    def test_8_becomes_lead(self):
        """An open contact that becomes a lead is shown as that."""
        self.open_menu("More")
        self.press(self.app.wait_for("check box", "Contacts without a lead"))
        self.app.wait_for("table row", starts="Only Contact")
        self.app.key("Escape", "j", "Return")
        self.app.wait_for(name="Contact details")
        lead = {"phone": "+41 44 668 18 00", "product": "Solar", "lead_status": "new"}
        self.assertEqual(self.service.post(self.webhook, lead).status, 200)
        type(self).n_leads = 5
        self.app.wait_for(name="Lead details")
        self.app.wait_for("label", starts="Solar · ")
        self.app.key("Escape")


if __name__ == "__main__":
    unittest.main(verbosity=2)
