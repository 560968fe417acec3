# Started by session.sh inside the D-Bus session: the accessibility bus and the window manager, then the command.
# SPDX-License-Identifier: AGPL-3.0-or-later
until_true() { for _ in $(seq 100); do "$@" >/dev/null 2>&1 && return; sleep 0.05; done; }
/usr/libexec/at-spi-bus-launcher --launch-immediately >/dev/null 2>&1 & bus=$!
until_true gdbus call --session --dest org.a11y.Bus --object-path /org/a11y/bus --method org.a11y.Bus.GetAddress
openbox --sm-disable >/dev/null 2>&1 & manager=$!
until_true sh -c 'xprop -root _NET_SUPPORTING_WM_CHECK | grep -q 0x'
"$@"
code=$?
kill $manager $bus 2>/dev/null
exit $code
