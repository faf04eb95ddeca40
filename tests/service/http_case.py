"""What the tests of the HTTP front share: a server without a database, in the program that INB_HTTP_TEST_SERVER names."""

import os
import unittest

from http_kit import Server

PROGRAM = os.environ["INB_HTTP_TEST_SERVER"]
HOST = b"Host: localhost\r\nConnection: close\r\n"


class ServerCase(unittest.TestCase):
    """One server for all the tests of a class."""

    options = ()

    @classmethod
    def setUpClass(cls):
        cls.server = Server(PROGRAM, *cls.options)

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def assertHealthy(self):
        self.assertEqual(self.server.request("GET", "/healthz").status, 200)
