# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two homes behind routers, a public host, and an Internet between them, in namespaces.

    alice .1.10, anna .1.20 -- router_a NET.11 --+
                                                 internet NET.1, NET.2
             bob .2.10 ------- router_b NET.12 --+
                                paula NET.50 ----+      (public, no router)

Homes are 192.168.1.0/24 and 192.168.2.0/24. Only inside what inside.py makes.
"""
import contextlib
import ctypes
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time

BUILD = os.environ.get("SZ_BUILD", "")
PATIENCE = 20  # seconds until a state that must come counts as never

HOSTS = {"alice": ("a", "192.168.1.10"), "anna": ("a", "192.168.1.20"),
         "bob": ("b", "192.168.2.10")}
ROUTERS = {"a": ("router_a", "192.168.1", 11), "b": ("router_b", "192.168.2", 12)}
FIRST_HOST = {"a": "192.168.1.10", "b": "192.168.2.10"}

RULES = """
flush ruleset
table ip home {{
  chain from_outside {{ type nat hook prerouting priority -100; {forward}
  }}
  chain to_outside {{
    type nat hook postrouting priority 100;
    oifname "wan" ip saddr {lan}.0/24 {masquerade}
  }}
  chain at_router {{ type filter hook input priority 0; {drop}
  }}
  chain through {{
    type filter hook forward priority 0;
    iifname "wan" ct state new ct status dnat accept
    iifname "wan" ct state new drop
  }}
}}
"""
DROP = 'iifname "wan" ct state new drop'
MODES = {
    # the usual: a port keeps its number outside, whoever it talks to; strangers are not let in
    "cone": {"masquerade": "masquerade", "drop": DROP, "forward": ""},
    # another number outside for each address that is talked to: nobody can guess it
    "symmetric": {"masquerade": "masquerade fully-random", "drop": DROP, "forward": ""},
    # as cone, but the router itself answers strangers: what comes early is taken for its own
    "open": {"masquerade": "masquerade", "drop": "", "forward": ""},
    # every port is forwarded to the first host ("DMZ")
    "full": {"masquerade": "masquerade", "drop": DROP,
             "forward": 'iifname "wan" udp dport 1024-65535 dnat to {first}'},
}

UPNP_TABLES = """
table inet filter {
  chain forward { type filter hook forward priority 5; jump miniupnpd
  }
  chain prerouting { type nat hook prerouting priority -100; jump prerouting_miniupnpd
  }
  chain postrouting { type nat hook postrouting priority 100; jump postrouting_miniupnpd
  }
  chain miniupnpd { }
  chain prerouting_miniupnpd { }
  chain postrouting_miniupnpd { }
}
"""
UPNP_SETTINGS = """
ext_ifname=wan
listening_ip=lan
http_port=5000
enable_natpmp=no
enable_upnp=yes
secure_mode=yes
lease_file={folder}/leases
uuid=00000000-0000-4000-8000-00000000000{number}
friendly_name=Home router
force_igd_desc_v1={v1}
upnp_table_name=filter
upnp_nat_table_name=filter
upnp_forward_chain=miniupnpd
upnp_nat_chain=prerouting_miniupnpd
upnp_nat_postrouting_chain=postrouting_miniupnpd
{rules}
"""
ALLOW = ["allow 1024-65535 {lan}.0/24 1024-65535", "deny 0-65535 0.0.0.0/0 0-65535"]


class LabError(Exception):
    pass


def wait_for(what, state, patience=PATIENCE):
    """Waits until `state()` is true, and gives what it gave."""
    ends = time.monotonic() + patience
    while True:
        found = state()
        if found:
            return found
        if time.monotonic() > ends:
            raise LabError(f"waited {patience} s in vain: {what}")
        time.sleep(0.01)


def run(words, text=None):
    done = subprocess.run(words, input=text, capture_output=True, text=True)
    if done.returncode != 0:
        raise LabError(f"{' '.join(words)}: {done.stderr.strip()}")
    return done.stdout


class Line:
    """What passes between a router's home and the Internet goes through line.cpp."""

    def __init__(self, lab, router, settings):
        if shutil.which("iptables-legacy") is None:
            raise LabError("not installed: iptables-legacy")
        for number, direction in ((1, "-o"), (2, "-i")):
            lab.run(router, ["iptables-legacy", "-w", "-A", "FORWARD", direction, "wan", "-j",
                             "NFQUEUE", "--queue-num", str(number)])
        self.process = lab.start(router, [f"{BUILD}/test-bin/netlab_line", "1", "2"] + settings,
                                 stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if self.process.stdout.readline() != "ready\n":
            raise LabError("the line did not begin; its reason stands on standard error")

    def ask(self, text):
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def set(self, *settings):
        """line.set("loss=100") is an outage, line.set("loss=0") its end."""
        answer = self.ask(" ".join(settings))
        if answer != "ok":
            raise LabError(f"{settings}: {answer}")

    def report(self):
        return json.loads(self.ask("report"))


class Lab:
    """with Lab() as lab: …  One at a time."""

    def __init__(self, router_a="cone", router_b="cone", net="11.22.33"):
        self.net = net
        self.folder = tempfile.mkdtemp(prefix="sz-netlab-")
        self.processes = []
        self.upnp = {}
        self.names = []
        self.addresses = {host: address for host, (_, address) in HOSTS.items()}
        self.addresses.update(paula=f"{net}.50", router_a=f"{net}.11", router_b=f"{net}.12")
        self.modes = {"a": router_a, "b": router_b}

    def __enter__(self):
        try:
            self._build()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        for process in self.processes:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()
        self.processes.clear()
        for name in self.names:
            subprocess.run(["ip", "netns", "del", name], check=False)
        self.names.clear()
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- what is in it

    def run(self, host, words, text=None):
        return run(["nsenter", f"--net=/run/netns/{host}", "--"] + words, text)

    def start(self, host, words, **how):
        """A process that ends with the laboratory."""
        process = subprocess.Popen(["nsenter", f"--net=/run/netns/{host}", "--"] + words, **how)
        self.processes.append(process)
        return process

    def end(self, process):
        process.kill()
        process.wait()
        self.processes.remove(process)

    @contextlib.contextmanager
    def at(self, host):
        """Sockets that are made in here belong to that host, for good."""
        libc = ctypes.CDLL(None, use_errno=True)
        clone_newnet = 0x40000000
        with open("/proc/thread-self/ns/net", "rb") as here, \
                open(f"/run/netns/{host}", "rb") as there:
            if libc.setns(there.fileno(), clone_newnet) != 0:
                raise LabError(f"cannot go to {host}: {os.strerror(ctypes.get_errno())}")
            try:
                yield
            finally:
                libc.setns(here.fileno(), clone_newnet)

    def udp(self, host, port=0, patience=PATIENCE):
        with self.at(host):
            made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        made.bind(("0.0.0.0", port))
        made.settimeout(patience)
        return made

    # --- what can be changed while it runs

    def set_router(self, side, mode):
        router, lan, _ = ROUTERS[side]
        words = {name: text.format(first=FIRST_HOST[side]) for name, text in MODES[mode].items()}
        self.run(router, ["nft", "-f", "-"], RULES.format(lan=lan, **words))
        if shutil.which("conntrack"):  # what was let through before is forgotten
            self.run(router, ["conntrack", "-F"])

    def line(self, side, *settings):
        return Line(self, ROUTERS[side][0], list(settings))

    def change_address(self, host, address):
        """As when a notebook comes back with another lease. Connections do not survive it."""
        before = self.addresses[host]
        gateway = f"{self.net}.1" if host == "paula" else before.rsplit(".", 1)[0] + ".1"
        self.run(host, ["ip", "addr", "del", f"{before}/24", "dev", "eth0"])
        self.run(host, ["ip", "addr", "add", f"{address}/24", "dev", "eth0"])
        if host != "paula":
            self.run(host, ["ip", "route", "replace", "default", "via", gateway])
        self.addresses[host] = address

    # --- a real gateway device

    def start_upnp(self, side, rules=None, v1=False):
        """miniupnpd in that router. `rules` are its allow and deny lines."""
        router, lan, number = ROUTERS[side]
        folder = os.path.join(self.folder, f"upnp-{side}")
        os.makedirs(folder, exist_ok=True)
        rules = "\n".join(rules or ALLOW).format(lan=lan)
        with open(f"{folder}/settings", "w", encoding="ascii") as settings:
            settings.write(UPNP_SETTINGS.format(folder=folder, number=number % 10, rules=rules,
                                                v1="yes" if v1 else "no"))
        self.run(router, ["nft", "-f", "-"], UPNP_TABLES)
        self.run(router, ["ip", "route", "replace", "239.0.0.0/8", "dev", "lan"])
        with open(f"{folder}/log", "w", encoding="utf-8") as log:
            process = self.start(router, ["miniupnpd", "-d", "-f", f"{folder}/settings", "-P",
                                          f"{folder}/pid"], stdout=log, stderr=log)
        self.upnp[side] = process

        def listens():
            if process.poll() is not None:
                raise LabError("miniupnpd ended: " + self.upnp_log(side))
            return "HTTP listening on port" in self.upnp_log(side)
        wait_for("miniupnpd listens", listens)

    def stop_upnp(self, side, keeps_leases=False):
        """Pulls its plug: what it had mapped is gone, unless it keeps its file."""
        self.end(self.upnp.pop(side))
        self.run(ROUTERS[side][0], ["nft", "delete", "table", "inet", "filter"])
        leases = os.path.join(self.folder, f"upnp-{side}", "leases")
        if not keeps_leases and os.path.exists(leases):
            os.remove(leases)

    def upnp_log(self, side):
        with open(os.path.join(self.folder, f"upnp-{side}", "log"), encoding="utf-8") as log:
            return log.read()

    # --- how it is made

    def _build(self):
        for name in ["internet", "paula", "router_a", "router_b"] + list(HOSTS):
            run(["ip", "netns", "add", name])
            self.names.append(name)
        for name in self.names:
            self.run(name, ["ip", "link", "set", "lo", "up"])
        self._bridge("internet", "lan", [f"{self.net}.1/24", f"{self.net}.2/24"])
        self._cable("paula", "eth0", "internet", "paula", f"{self.net}.50/24")
        for side, (router, lan, number) in ROUTERS.items():
            self._cable(router, "wan", "internet", router, f"{self.net}.{number}/24")
            self._bridge(router, "lan", [f"{lan}.1/24"])
            self.run(router, ["sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward"])
            self.set_router(side, self.modes[side])
        for host, (side, address) in HOSTS.items():
            router, lan, _ = ROUTERS[side]
            self._cable(host, "eth0", router, host, f"{address}/24")
            self.run(host, ["ip", "route", "add", "default", "via", f"{lan}.1"])

    def _bridge(self, name, bridge, addresses):
        self.run(name, ["ip", "link", "add", bridge, "type", "bridge"])
        for address in addresses:
            self.run(name, ["ip", "addr", "add", address, "dev", bridge])
        self.run(name, ["ip", "link", "set", bridge, "up"])

    def _cable(self, name, end, bridge_of, port, address):
        run(["ip", "link", "add", end, "netns", name, "type", "veth", "peer", "name", port,
             "netns", bridge_of])
        self.run(bridge_of, ["ip", "link", "set", port, "master", "lan", "up"])
        self.run(name, ["ip", "addr", "add", address, "dev", end])
        self.run(name, ["ip", "link", "set", end, "up"])
