# SPDX-License-Identifier: AGPL-3.0-or-later
"""Runs tests in namespaces of their own: inside.py MODULE [words for unittest]

Network, mounts and processes are private to what runs here, so laboratories stand side by side
without knowing of each other, and the kernel takes everything away when this process ends,
whatever way it ends. As root that needs no more; as somebody else, user namespaces. Where neither
works, it says why and ends with 77, which CTest takes for "skipped".
"""
import os
import shutil
import subprocess
import sys

SKIPPED = 77
HERE = os.path.dirname(os.path.abspath(__file__))
TOOLS = ["unshare", "nsenter", "ip", "nft"]
UNSHARE = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
AS_SOMEBODY = ["--user", "--map-root-user"]
# What a laboratory does, once, to see whether it may.
TRY = """
set -e
mount -t tmpfs none /run
ip netns add probe
ip link add one type veth peer name two
nft add table ip probe
nft add chain ip probe nat '{ type nat hook postrouting priority 100; }'
nsenter --net=/run/netns/probe sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'
"""


def skip(reason):
    print(f"skipped: {reason}", flush=True)
    sys.exit(SKIPPED)


def way_in():
    """The words that make the namespaces, or nothing and why not."""
    why = ""
    for extra in ([], AS_SOMEBODY):
        if not extra and os.geteuid() != 0:
            continue
        tried = subprocess.run(UNSHARE + extra + ["sh", "-c", TRY], capture_output=True, text=True)
        if tried.returncode == 0:
            return UNSHARE + extra, ""
        why = (tried.stderr.strip().splitlines() or ["no reason given"])[-1]
    return None, why


def main():
    # The tools of administrators are not on everybody's path.
    os.environ["PATH"] = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        skip("not installed: " + ", ".join(missing))
    words, why = way_in()
    if words is None:
        skip(f"this system makes no namespaces with a network for us ({why})")
    os.chdir(HERE)
    inside = ["sh", "-c", 'mount -t tmpfs none /run && ip link set lo up && exec "$@"', "sh"]
    what = [sys.executable, "-m", "unittest", "-v"] + sys.argv[1:]
    if sys.argv[1] == "--":
        what = sys.argv[2:]
    os.execvp(words[0], words + inside + what)


if __name__ == "__main__":
    main()
