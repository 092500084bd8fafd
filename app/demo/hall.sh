# SPDX-License-Identifier: GPL-3.0-or-later
# A hall to try things in, for the scripts beside it: headquarters, a terminal that is enrolled, an emulated ID reader.
# Sourced, with $0 in app/demo and BUILD as its first argument; everything it makes lies in BUILD/demo, and what it starts ends
# with the script.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
build=$(cd "${1:?usage: $0 BUILD}" && pwd)
demo=$build/demo
examples=$top/docs/examples

case $(locale charmap 2>/dev/null) in
  UTF-8) ;;
  *) export LC_ALL=C.UTF-8 ;;
esac
export GUITAI_LOCALEDIR="$build/po"
case ${LANGUAGE:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}} in
  zh*) chinese=yes ;;
  *) chinese= ;;
esac

# ---- helpers ----

# say ENGLISH CHINESE
say() {
  [ -n "$chinese" ] && text=$2 || text=$1
  printf '\n\033[1m== %s\033[0m\n' "$text"
}

fail() {
  printf '%s\n' "demo: $*" >&2
  for log in "$demo"/*.log; do
    [ ! -s "$log" ] || { printf -- '--- %s\n' "$log"; tail -n 20 "$log"; } >&2
  done
  exit 1
}

hq() { "$build/hq/guitai-hq" "$@"; }
ctl() { "$build/app/guitaictl" --state "$demo/state" "$@"; }

hq_pid= reader_pid= terminal_pid= owner_pid=
stop() { # PID
  [ -z "$1" ] || { kill "$1" 2>/dev/null && wait "$1" 2>/dev/null; } || :
}
end() {
  stop "$owner_pid"
  stop "$reader_pid"
  stop "$terminal_pid"
  stop "$hq_pid"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# wait_for FILE PATTERN PID: a line of FILE that matches
wait_for() {
  tries=0
  until grep -q "$2" "$1" 2>/dev/null; do
    kill -0 "$3" 2>/dev/null || fail "$1: ended"
    tries=$((tries + 1))
    [ "$tries" -lt 200 ] || fail "$1: no answer"
    sleep 0.05
  done
}

# start_hq [PORT]
start_hq() {
  : >"$demo/hq.log"
  "$build/hq/guitai-hq" serve "$demo/hq" ${1:+--port "$1"} >"$demo/hq.log" 2>&1 &
  hq_pid=$!
  wait_for "$demo/hq.log" '^ready ' "$hq_pid"
  url=$(sed -n 's/^ready //p' "$demo/hq.log")
}

# load_hq: what headquarters knows; with city=yes 60 offerings, 5,000 numbers and 2,000 customers with their lines and bills
load_hq() {
  hq staff load "$examples/staff.json" --dir "$demo/hq"
  hq lines load "$examples/lines.json" --dir "$demo/hq"
  data=$examples
  if [ -n "${city:-}" ]; then
    data=$demo/city
    /usr/bin/python3 "$top/app/demo/make-city.py" "$data" >/dev/null
    hq lines load "$data/lines.json" --dir "$demo/hq"
  fi
  hq catalogue load "$data/catalogue.json" --dir "$demo/hq"
  hq stock load "$data/stock.json" --dir "$demo/hq"
  hq documents load "$examples/documents.json" --dir "$demo/hq"
  hq set sandbox 0 --dir "$demo/hq" # payment codes are paid with play money
  [ -z "${city:-}" ] || hq documents load "$data/documents.json" --dir "$demo/hq"
}

# make_hall: all of it, afresh
make_hall() {
  [ ! -e "$demo/state/lock" ] || flock -n "$demo/state/lock" true ||
    fail "a hall is open here already (process $(cat "$demo/state/lock")): close its window first"
  rm -rf "$demo"
  mkdir -p "$demo"

  say 'Headquarters: its own certificate authority, catalogue, staff, numbers, SIM cards, lines and their bills' '总部：自建证书机构，产品目录、员工、号码、SIM 卡、用户资料和账单'
  hq init "$demo/hq"
  load_hq
  start_hq
  echo "$url"
  code=$(hq code --dir "$demo/hq" --terminal H017T2 --hall H017 --desk 3 --till T2 --class demo --hall-name 中山路营业厅 --hotline 10000)

  say 'The terminal: key made here, certificate from headquarters' '终端：密钥在本机生成，证书由总部签发'
  ctl init >/dev/null
  ctl enrol --url "$url" --code "$code"
  ctl catalogue pull >/dev/null
  say 'Who works here (demo PIN of 1042: 258046)' '员工（演示密码 1042:258046）'
  ctl staff

  say 'An emulated ID reader on a serial line' '串口上的模拟读卡器'
  "$build/devices/guitai-emulate" id-reader --link "$demo/reader" --auto </dev/null >"$demo/reader.log" 2>&1 &
  reader_pid=$!
  wait_for "$demo/reader.log" '^ready ' "$reader_pid"
  say 'An emulated bank terminal on another; customers put their cards in after three seconds' '另一串口上的模拟银行卡终端；顾客三秒后刷卡'
  "$build/devices/guitai-emulate" card-terminal --link "$demo/terminal" --pay-after 3000 --journal "$demo/terminal.journal" </dev/null >"$demo/terminal.log" 2>&1 &
  terminal_pid=$!
  wait_for "$demo/terminal.log" '^ready ' "$terminal_pid"
  ctl devices set --card "codepay:$demo/terminal" --reader "sdt:$demo/reader" --receipt "file:$demo/papers" --form "file:$demo/papers" >/dev/null
}
