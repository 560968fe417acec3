#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# The paper's example as three programs over a broker of its own on loopback.
#   over_mqtt.sh [FOLDER-OF-THE-PROGRAMS]
set -euo pipefail

programs=${1:-$(dirname "${BASH_SOURCE[0]}")}
broker=$(PATH=$PATH:/usr/sbin command -v mosquitto) || {
    echo "There is no mosquitto here; the Debian package is called mosquitto." >&2
    exit 77
}
folder=$(mktemp -d)
pids=()
finish() {
    [ ${#pids[@]} -eq 0 ] || kill "${pids[@]}" 2>/dev/null || true
    wait
    rm -r "$folder"
}
trap finish EXIT

# A free port: somebody else may take it first, then the next one.
for _ in $(seq 20); do
    port=$((20000 + RANDOM % 20000))
    printf 'listener %s 127.0.0.1\nallow_anonymous true\n' "$port" >"$folder/mosquitto.conf"
    "$broker" -c "$folder/mosquitto.conf" >"$folder/log" 2>&1 &
    pid=$!
    until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
        kill -0 "$pid" 2>/dev/null || break
    done
    kill -0 "$pid" 2>/dev/null && break
done
kill -0 "$pid" || { cat "$folder/log" >&2; exit 3; }
pids=("$pid")

session=evening-$$
"$programs/mpst_video_server" "tcp://127.0.0.1:$port" "$session" &
server=$!
"$programs/mpst_video_authenticator" "tcp://127.0.0.1:$port" "$session" &
authenticator=$!
pids+=("$server" "$authenticator")
"$programs/mpst_video_client" "tcp://127.0.0.1:$port" "$session"
wait "$server"
wait "$authenticator"
pids=("$pid")
