#!/bin/bash
# What the image carries: the packages of uv.lock with ours among them in /opt/madoguchi, and the content as a published
# snapshot in /srv/madoguchi/store. The Dockerfile runs this in the source tree.
set -euo pipefail
umask 022

home=/opt/madoguchi
tools=$(mktemp -d)
python3 -m venv "$tools"
"$tools/bin/pip" install -q --disable-pip-version-check "uv==$(sed -n 's/^UV_VERSION := //p' Makefile)"

sync() {
  UV_PROJECT_ENVIRONMENT=$home "$tools/bin/uv" sync --quiet --locked --no-dev --no-editable \
    --extra gunicorn --extra line --extra postgres --extra redis "$@"
}

sync --no-install-project # pybabel comes with it, and our package is to carry compiled catalogs
for catalog in translations/*/LC_MESSAGES/messages.po; do
  "$home/bin/pybabel" -q compile -i "$catalog" -o "${catalog%.po}.mo"
done
sync
cp deploy/gunicorn.conf.py deploy/healthcheck.py "$home/"
cd / # away from the source tree: what is published is the content of the package
"$home/bin/madoguchi" index --store /srv/madoguchi/store
