#!/bin/sh
# Runs one command of the portal as its own user, with the settings of the installation, as the units do:
#   /opt/portal/deploy/run.sh user add --login … --name … --role city-admin
# Values are taken as they stand after the first =; no shell reads them, and none shows up in the list of processes.
set -eu
settings=${PORTAL_SETTINGS:-/etc/portal/portal.env}
user=${PORTAL_USER:-portal}
test -r "$settings" || { echo "$settings can't be read: copy deploy/portal.env.example, and run this as root" >&2; exit 2; }
while IFS= read -r line || [ -n "$line" ]; do
  case $line in '' | '#'* | ';'*) ;; *=*) export "${line%%=*}=${line#*=}" ;; esac
done <"$settings"
umask 077
here=$(cd "$(dirname "$0")/.." && pwd)
cd "$here"
HOME=${PORTAL_DATA:-/var/lib/portal}
export HOME
exec setpriv --reuid "$user" --regid "$user" --init-groups --no-new-privs .venv/bin/python -m portal "$@"
