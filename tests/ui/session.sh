#!/bin/bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# session.sh COMMAND…: runs it with a screen of its own (Xvfb), a private home, a D-Bus session, AT-SPI and a window manager, so
# that a test sees what a screen reader sees and touches nothing of the person who runs it.
# THEME=Adwaita|Adwaita:dark|HighContrast  FONTPT=10  SCREEN=1280x800. Exit code 77: something is missing; says what.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
missing=()
for program in xvfb-run dbus-run-session openbox xdotool xprop gdbus /usr/bin/python3; do
    command -v "$program" >/dev/null || missing+=("$program")
done
[ -x /usr/libexec/at-spi-bus-launcher ] || missing+=(at-spi2-core)
/usr/bin/python3 -c 'import gi, pyatspi' 2>/dev/null || missing+=(python3-pyatspi)
if [ ${#missing[@]} -gt 0 ]; then
    echo "skipped: these are missing: ${missing[*]}"
    exit 77
fi
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir -p "$home"/{config/gtk-3.0,cache,data,run}
chmod 700 "$home/run"
export UIHOME=$home HOME=$home XDG_CONFIG_HOME=$home/config XDG_CACHE_HOME=$home/cache XDG_DATA_HOME=$home/data XDG_RUNTIME_DIR=$home/run
export GDK_BACKEND=x11 GTK_THEME=${THEME:-Adwaita} GDK_SCALE=1 GDK_DPI_SCALE=1 GSETTINGS_BACKEND=memory LC_ALL=C.UTF-8 TZ=UTC
unset SESSIONZERO_PROFILE WAYLAND_DISPLAY
cat > "$XDG_CONFIG_HOME/gtk-3.0/settings.ini" <<INI
[Settings]
gtk-font-name=DejaVu Sans ${FONTPT:-10}
gtk-icon-theme-name=Adwaita
gtk-enable-animations=0
gtk-cursor-blink=0
gtk-overlay-scrolling=0
gtk-xft-antialias=1
gtk-xft-hinting=1
gtk-xft-hintstyle=hintslight
gtk-xft-rgba=none
gtk-xft-dpi=98304
INI
xvfb-run -a -s "-screen 0 ${SCREEN:-1280x800}x24 -dpi 96 -nolisten tcp -noreset" dbus-run-session -- bash "$here/inside.sh" "$@"
