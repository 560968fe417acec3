# SPDX-License-Identifier: AGPL-3.0-or-later
"""The plugin port-upnp and real routers: miniupnpd in a namespace."""
import json
import shutil
import socket
import subprocess
import unittest

from lab import BUILD, Lab

PROBE = f"{BUILD}/test-bin/netlab_port_probe"
LIBRARY = f"{BUILD}/plugins/org.sessionzero.port-upnp/port_upnp.so"
PORT = 41977
PATIENCE_MS = 4000
BY_HAND = "forward UDP port 41977 to 192.168.1.10 (this computer) by hand in the router's settings."


@unittest.skipIf(shutil.which("miniupnpd") is None, "not installed: miniupnpd")
class Ports(unittest.TestCase):
    def lab(self):
        return self.enterContext(Lab())

    def ask(self, lab, host, *words):
        said = json.loads(lab.run(host, [PROBE, LIBRARY, *words]))
        # a busy machine is given some time, a call that does not end is not
        self.assertLess(said["ms"], PATIENCE_MS + 1000)
        return said

    def map(self, lab, host="alice", **request):
        request = {"protocol": "udp", "port": PORT, "patience_ms": PATIENCE_MS, **request}
        return self.ask(lab, host, "map", json.dumps(request))

    def mapped(self, lab, host="alice", **request):
        said = self.map(lab, host, **request)
        self.assertEqual((said["status"], said["findings"]), (0, []))
        return said["answer"]

    def failed(self, lab, host="alice", **request):
        said = self.map(lab, host, **request)
        self.assertEqual((said["status"], len(said["findings"])), (5, 1), said)
        self.assertIsNone(said["answer"])
        return said["findings"][0]

    def unmap(self, lab, mapping, host="alice"):
        return self.ask(lab, host, "unmap", json.dumps(mapping), "2000")

    def assert_reached(self, lab, outside_port, host="alice", port=PORT, is_reached=True):
        """Does a packet of the public host arrive at that home?"""
        outside = lab.addresses["router_a"]
        with lab.udp(host, port) as inside, lab.udp("paula") as paula, lab.udp("bob") as bob:
            bob.sendto(b"from bob", (outside, outside_port))
            paula.sendto(b"from paula", (outside, outside_port))
            if is_reached:
                said = {inside.recvfrom(100)[0] for _ in range(2)}
                self.assertEqual(said, {b"from bob", b"from paula"})
                return
            # What comes later on a sure way comes alone.
            with lab.udp("router_a") as barrier:
                barrier.sendto(b"barrier", (lab.addresses[host], port))
            self.assertEqual(inside.recvfrom(100)[0], b"barrier")

    def test_a_port_is_forwarded_and_renewed_and_taken_back(self):
        lab = self.lab()
        lab.start_upnp("a")
        self.assert_reached(lab, PORT, is_reached=False)
        answer = self.mapped(lab)
        self.assertEqual(answer["outside_address"], "11.22.33.11")
        self.assertEqual(answer["outside_port"], PORT)
        self.assertIn(answer["lease_s"], range(3590, 3601))  # its clock runs
        self.assertEqual(answer["router"], "Home router (Debian router)")
        self.assertIn("WANIPConnection:2", answer["mapping"]["service"])
        self.assert_reached(lab, PORT)
        again = self.mapped(lab, previous=answer["mapping"])
        self.assertEqual(again["mapping"], answer["mapping"])
        self.assert_reached(lab, PORT)
        self.assertEqual(self.unmap(lab, again["mapping"])["status"], 0)
        self.assert_reached(lab, PORT, is_reached=False)
        # and once more, as after a crash between the two
        self.assertEqual(self.unmap(lab, again["mapping"])["status"], 0)

    def test_a_router_of_the_first_version_forwards_tcp_too(self):
        lab = self.lab()
        lab.start_upnp("a", v1=True)
        answer = self.mapped(lab, protocol="tcp")
        self.assertIn("WANIPConnection:1", answer["mapping"]["service"])
        self.assertIn("tcp", lab.run("router_a", ["cat", f"{lab.folder}/upnp-a/leases"]).lower())
        self.assertEqual(self.unmap(lab, answer["mapping"])["status"], 0)

    def test_a_refusal_is_told_with_a_way_out(self):
        lab = self.lab()
        lab.start_upnp("a", rules=["deny 0-65535 0.0.0.0/0 0-65535"])
        finding = self.failed(lab)
        self.assertEqual(finding["code"], "SZ-PORT-002")
        self.assertEqual(finding["message"],
                         "The router “Home router (Debian router)” refused to forward UDP port "
                         "41977: it does not allow it (error 606, “Action not authorized”).")
        self.assertTrue(finding["hint"].endswith(BY_HAND))

    def test_a_port_of_another_machine_is_left_to_it(self):
        for v1 in (False, True):
            with self.subTest(v1=v1), Lab() as lab:
                lab.start_upnp("a", v1=v1)
                anna = self.mapped(lab, "anna")
                alice = self.mapped(lab, "alice")
                self.assertEqual(anna["outside_port"], PORT)
                self.assertNotEqual(alice["outside_port"], PORT)
                self.assert_reached(lab, PORT, "anna")
                self.assert_reached(lab, alice["outside_port"], "alice")
                renewed = self.mapped(lab, "alice", previous=alice["mapping"])
                self.assertEqual(renewed["outside_port"], alice["outside_port"])
                # alice does not take anna's away, whatever her record says
                stolen = {**alice["mapping"], "outside_port": PORT}
                self.assertEqual(self.unmap(lab, stolen)["status"], 0)
                self.assert_reached(lab, PORT, "anna")

    def test_a_router_that_forgot_is_asked_again(self):
        lab = self.lab()
        lab.start_upnp("a")
        answer = self.mapped(lab)
        lab.stop_upnp("a")
        self.assert_reached(lab, PORT, is_reached=False)
        lab.start_upnp("a")
        self.assert_reached(lab, PORT, is_reached=False)
        again = self.mapped(lab, previous=answer["mapping"])
        self.assertEqual(again["outside_port"], PORT)
        self.assert_reached(lab, PORT)

    def test_a_router_that_is_gone(self):
        lab = self.lab()
        lab.start_upnp("a")
        answer = self.mapped(lab)
        lab.stop_upnp("a")
        finding = self.failed(lab, previous=answer["mapping"])
        self.assertEqual(finding["code"], "SZ-PORT-001")
        self.assertEqual(finding["message"], "No router in this network answered.")
        left = self.unmap(lab, answer["mapping"])
        self.assertEqual(left["status"], 5)
        self.assertEqual(left["findings"][0]["code"], "SZ-PORT-001")

    def test_a_cable_that_is_pulled(self):
        lab = self.lab()
        lab.start_upnp("a")
        answer = self.mapped(lab)
        lab.run("router_a", ["ip", "link", "set", "alice", "down"])
        finding = self.failed(lab, previous=answer["mapping"])
        self.assertEqual(finding["code"], "SZ-PORT-001")
        left = self.unmap(lab, answer["mapping"])
        self.assertEqual((left["status"], left["findings"][0]["code"]), (5, "SZ-PORT-001"))

    def test_without_upnp_the_way_by_hand_is_told(self):
        finding = self.failed(self.lab())
        self.assertEqual(finding["code"], "SZ-PORT-001")
        self.assertEqual(finding["message"], "No router in this network answered.")
        self.assertTrue(finding["hint"].endswith(BY_HAND))

    def test_behind_a_carrier_or_another_router_nothing_is_forwarded(self):
        for net in ("100.64.0", "10.7.7"):
            with self.subTest(net), Lab(net=net) as lab:
                lab.start_upnp("a")
                finding = self.failed(lab)
                self.assertEqual(finding["code"], "SZ-PORT-004")
                self.assertEqual(finding["message"],
                                 "The router “Home router (Debian router)” has no address in the "
                                 "Internet: it is not connected, or the internet provider shares "
                                 "one address among several homes (carrier NAT).")
                self.assertIn("wss://", finding["hint"])
                self.assertNotIn("dnat ip to", lab.run("router_a", ["nft", "list", "ruleset"]))

    def test_an_answer_to_the_search_leads_nobody_out_of_the_home(self):
        """anna says that the router is paula, who is out in the Internet, or alice herself."""
        lab = self.lab()
        with lab.at("paula"):
            paula = self.enterContext(socket.create_server(("0.0.0.0", 8000)))
        with lab.at("alice"):
            alice = self.enterContext(socket.create_server(("127.0.0.1", 8000)))
        with lab.at("anna"):
            anna = self.enterContext(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        anna.bind(("0.0.0.0", 1900))
        group = socket.inet_aton("239.255.255.250") + socket.inet_aton("192.168.1.20")
        anna.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)
        anna.settimeout(20)
        request = json.dumps({"protocol": "udp", "port": PORT})
        asking = lab.start("alice", [PROBE, LIBRARY, "map", request], stdout=subprocess.PIPE)
        search, where = anna.recvfrom(2000)
        self.assertIn(b"InternetGatewayDevice:1", search)
        for url in ("http://11.22.33.50:8000/x", "http://127.0.0.1:8000/x", "http://paula:8000/x"):
            anna.sendto(b"HTTP/1.1 200 OK\r\nST: urn:schemas-upnp-org:device:"
                        b"InternetGatewayDevice:1\r\nUSN: uuid:1\r\nLocation: " +
                        url.encode() + b"\r\n\r\n", where)
        said = json.loads(asking.stdout.read())
        self.assertEqual(said["findings"][0]["code"], "SZ-PORT-001")
        for victim in (paula, alice):
            victim.setblocking(False)
            with self.assertRaises(BlockingIOError):
                victim.accept()

    def test_a_router_can_be_named_that_does_not_answer_the_search(self):
        lab = self.lab()
        lab.start_upnp("a")
        rule = ["nft", "add", "rule", "ip", "home", "at_router", "udp", "dport", "1900", "drop"]
        lab.run("router_a", rule)
        self.assertEqual(self.failed(lab)["code"], "SZ-PORT-001")
        named = self.mapped(lab, router="http://192.168.1.1:5000/rootDesc.xml")
        self.assert_reached(lab, named["outside_port"])


if __name__ == "__main__":
    unittest.main()
