#!/bin/bash
# See that the image serves read-only as an unprivileged user: a line for each check, exit 1 when one fails.
#   deploy/image-check.sh docker|podman IMAGE   run the image, which was built before
#   deploy/image-check.sh buildah IMAGE         the same, its files served by this script
#   deploy/image-check.sh                       run the lines of the Dockerfile in clean roots of Debian in build/image,
#                                               and serve the last of them
# The last two need root. They leave nothing mounted or running whatever ends them: all is in namespaces of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$PWD/build/image
suite=bookworm # what FROM debian:12 is
clean=(env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)
mkdir -p "$work"

line_of() { sed -n "s/^$1 //p" Dockerfile; }
words_of() { line_of "$1" | sed 's/.*\[/[/' | python3 -c 'import json, sys; print(*json.load(sys.stdin), sep="\n")'; }

# --- building without a builder

base() {
  [ -e "$work/base" ] || {
    rm -rf --one-file-system "$work/base.new"
    debootstrap --variant=minbase "$suite" "$work/base.new" http://deb.debian.org/debian >"$work/debootstrap.log"
    for part in "debian $suite" "debian $suite-updates" "debian-security $suite-security"; do
      echo "deb http://deb.debian.org/$part main"
    done >"$work/base.new/etc/apt/sources.list"
    mkdir -p "$work/base.new/dev/shm"
    mv "$work/base.new" "$work/base"
  }
}

copy() { # ROOT DIRECTORY [--from=STAGE] SOURCE… TARGET
  local root=$1 directory=$2 from=$work/context target=${*: -1} source
  shift 2
  case $1 in --from=*) from=$work/${1#--from=} && shift ;; esac
  case $target in /*) target=$root$target ;; *) target=$root$directory/$target ;; esac
  for source in "${@:1:$#-1}"; do
    case $target in
      */) mkdir -p "$target" && cp -a "$from/$source" "$target" ;;
      *) mkdir -p "$(dirname "$target")" && cp -aT "$from/$source" "$target" ;;
    esac
  done
}

build() {
  local word rest name root directory
  # A machine behind a proxy that opens TLS trusts what the clean root does not know.
  local trusted=/etc/ssl/certs/ca-certificates.crt trust=(SSL_CERT_FILE=/run/trusted.crt PIP_CERT=/run/trusted.crt)
  base
  rm -rf --one-file-system "$work/context" && mkdir "$work/context"
  tar --exclude-from=.dockerignore -c . | tar -x --no-same-owner -C "$work/context"
  while read -r word rest <&3; do
    case $word in
      "" | "#"*) continue ;;
      FROM)
        name=${rest##* AS } directory=/
        [ "$name" != "$rest" ] || name=final
        root=$work/$name
        rm -rf --one-file-system "$root" && cp -a "$work/base" "$root"
        cp -L /etc/resolv.conf "$root/etc/resolv.conf"
        ;;
      WORKDIR) directory=$rest && mkdir -p "$root$directory" ;;
      COPY)
        # shellcheck disable=SC2086 # the words of the line
        copy "$root" "$directory" $rest
        ;;
      RUN)
        cp -L "$trusted" "$root/run/trusted.crt" 2>/dev/null || trust=()
        mount -t proc proc "$root/proc"
        echo "$name: $rest"
        "${clean[@]}" "${trust[@]}" DEBIAN_FRONTEND=noninteractive chroot "$root" sh -ec "cd $directory && $rest" \
          >"$work/$name.log" 2>&1 </dev/null || { tail -n 20 "$work/$name.log" && exit 1; }
        umount "$root/proc"
        rm -f "$root/run/trusted.crt"
        ;;
      ENV | EXPOSE | USER | HEALTHCHECK | CMD) ;; # for serving
      *) echo "Dockerfile: $word is not known to deploy/image-check.sh" && exit 1 ;;
    esac
  done 3<Dockerfile
}

# --- serving: each way sets address, main and inside, and stops with ended and its exit code

serve_root() { # ROOT
  local user settings command
  root=$1
  user=$(line_of USER)
  mapfile -t settings < <(line_of ENV)
  mapfile -t command < <(words_of CMD)
  ip link set lo up
  mount --bind "$root" "$root"
  mount -o remount,bind,ro "$root"
  mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$root/tmp"
  mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$root/dev/shm"
  mount -t proc proc "$root/proc"
  as_user=("${clean[@]}" "${settings[@]}" chroot "$root" setpriv --reuid="${user%:*}" --regid="${user#*:}"
    --clear-groups --bounding-set=-all --no-new-privs)
  inside() { "${as_user[@]}" "$@"; }
  "${as_user[@]}" "${command[@]}" >"$work/site.log" 2>&1 &
  main=$!
  address=http://127.0.0.1:8000
  stop() { kill -TERM "$main" && wait "$main"; }
}

serve_image() { # ENGINE IMAGE
  engine=$1
  container=madoguchi-image-check-$$
  trap '"$engine" rm -f "$container" >/dev/null' EXIT
  # --no-healthcheck: podman wants systemd for it; the checks run it themselves
  "$engine" run -d --name "$container" --no-healthcheck --read-only --tmpfs /tmp --cap-drop ALL \
    --security-opt no-new-privileges -p 127.0.0.1::8000 "$2" >/dev/null
  address=http://$("$engine" port "$container" 8000/tcp | head -n 1)
  main=1
  inside() { "$engine" exec "$container" "$@"; }
  stop() {
    "$engine" stop -t 25 "$container" >/dev/null
    [ "$("$engine" inspect -f '{{.State.ExitCode}}' "$container")" = 0 ]
  }
}

# --- the checks

failed=0
check() { # WHAT COMMAND…
  local what=$1
  shift
  if "$@" >"$work/said" 2>&1; then
    echo "ok     $what"
  else
    echo "WRONG  $what"
    tail -n 12 "$work/said" | sed -E 's/^(.{300}).*/\1 …/; s/^/       /'
    failed=1
  fi
}

has() { # TEXT PATH [CURL'S OPTIONS…]
  local found
  found=$(curl -fsS -m 10 "$address$2" "${@:3}") && printf '%s\n' "$found" && [[ $found == *"$1"* ]]
}

starts() {
  local _
  for _ in $(seq 60); do
    if curl -fsS -m 2 "$address/health/ready"; then return; fi
    sleep 0.5
  done
  return 1
}

unprivileged() { # no user, group or right of root, and no way to one
  local status
  status=$(inside grep -E '^(Uid|Gid|CapEff|CapBnd|NoNewPrivs):' "/proc/$main/status")
  printf '%s\n' "$status"
  ! grep -qE '^(Uid|Gid):.*\s0(\s|$)' <<<"$status" && grep -qE '^CapEff:\s+0+$' <<<"$status" &&
    grep -qE '^CapBnd:\s+0+$' <<<"$status" && grep -qE '^NoNewPrivs:\s+1$' <<<"$status"
}

read_only() { # refused by the file system, not for want of a right only
  inside sh -c 'for in in / /etc /opt/madoguchi /srv/madoguchi/store; do
    echo "$in: $( (echo x >"$in/written") 2>&1)" | grep "Read-only" || { echo "$in is not read-only"; exit 1; }
  done; echo x >/tmp/written && rm /tmp/written'
}

bare() {
  inside sh -c 'for it in gcc make git pip pip3 uv curl; do if command -v "$it"; then exit 1; fi; done
    ! ls /opt/madoguchi/bin/pip /opt/madoguchi/bin/uv /opt/madoguchi/bin/pytest /src 2>/dev/null | grep .'
}

unit() { # the unit names the same places as the image
  if [ ! -d "${root-}" ] || ! command -v systemd-analyze >/dev/null; then
    echo "-      deploy/madoguchi.service: not looked at"
    return
  fi
  mount --bind "$root/opt" /opt
  check "deploy/madoguchi.service, by systemd-analyze verify" systemd-analyze verify deploy/madoguchi.service
  check "deploy/madoguchi.service, by systemd-analyze security: exposure of 2 or less" \
    systemd-analyze security --offline=true --threshold=20 deploy/madoguchi.service
}

checks() {
  local health
  mapfile -t health < <(words_of HEALTHCHECK)
  check "starts, and says it is ready" starts
  check "/health" has '"ok"' /health
  check "/health/ready" has '"status":"ready"' /health/ready
  check "/ja/ in Japanese" has '窓口' /ja/
  check "/en/" has '<html lang="en"' /en/
  check "/api/v1/check with facts" has '"outcome"' \
    '/api/v1/check?presented=old_card&scheme=kouki&visit_date=2026-11-23'
  check "a sentence posted to /api/v1/chat" has '"presented":["old_card"]' /api/v1/chat \
    -H 'Content-Type: application/json' -d '{"text": "保険証の期限が切れてるけど病院行ける？", "lang": "ja"}'
  check "the health check of the image" inside "${health[@]}"
  check "runs without root, its rights, or a way to them" unprivileged
  check "can write to /tmp and nowhere else" read_only
  check "carries nothing to build with" bare
  check "ends with 0 on SIGTERM" stop
  unit
  return "$failed"
}

require() {
  local tool
  for tool in "$@"; do
    command -v "$tool" >/dev/null || { echo "$tool is not installed: apt-get install debootstrap curl iproute2"; exit 1; }
  done
}

apart() { setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child --mount-proc "$@"; }

case ${1:-root} in
  root)
    require debootstrap curl ip
    apart "$0" in-namespace build
    apart --net "$0" in-namespace serve "$work/final"
    ;;
  buildah)
    require curl ip
    container=$(buildah from "$2")
    trap 'buildah rm "$container" >/dev/null' EXIT
    apart --net "$0" in-namespace serve "$(buildah mount "$container")"
    ;;
  docker | podman)
    require curl
    serve_image "$1" "$2"
    checks
    ;;
  in-namespace)
    case $2 in
      build) build ;;
      serve)
        serve_root "$3"
        checks
        ;;
    esac
    ;;
  *) sed -n '3,7s/^# *//p' "$0" && exit 2 ;;
esac
