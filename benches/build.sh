#!/usr/bin/env bash
# How long `caseloom build` takes on generated libraries, against the floor of the machine (see README.md).
#
#   benches/build.sh [STUDIES...]      sizes of the libraries, 1000 and 10000 unless told
#
#   ROUNDS=3        rounds; the best one counts
#   RUNS=DIR        where libraries and sites are made, in a folder that is removed at the end; a tmpfs unless told
#   THREADS=N       threads of build and floor; all unless told
#   FLAGS=...       further options of `caseloom build`, such as --no-search
#   CASELOOM=FILE   another caseloom to measure, such as the one before a change
#
# Needs bash 5, cargo, and GNU time or python3.
set -euo pipefail
export LC_ALL=C

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
rounds=${ROUNDS:-3}
sizes=("$@")
if ((${#sizes[@]} == 0)); then
  sizes=(1000 10000)
fi

fail() {
  echo "build.sh: $*" >&2
  exit 1
}

for number in "$rounds" ${THREADS:+"$THREADS"} "${sizes[@]}"; do
  [[ $number =~ ^[1-9][0-9]*$ ]] || fail "rounds, threads and sizes are whole numbers of at least 1, not '$number'"
done

# The folder above all that is made: a tmpfs with room for a library and twice its site, or the usual temporary folder.
runs_folder() {
  local largest=0 size free
  if [[ -n ${RUNS:-} ]]; then
    echo "$RUNS"
    return
  fi
  for size in "${sizes[@]}"; do
    if ((size > largest)); then
      largest=$size
    fi
  done
  if [[ -d /dev/shm && -w /dev/shm ]]; then
    free=$(df -Pk /dev/shm | awk 'NR == 2 { print $4 }')
    if ((free > largest * 100)); then
      echo /dev/shm
      return
    fi
    echo "build.sh: /dev/shm has too little room: the numbers hold for ${TMPDIR:-/tmp}, which may be a disk" >&2
  fi
  echo "${TMPDIR:-/tmp}"
}

above=$(runs_folder)
mkdir -p "$above"
work=$(mktemp -d "$above/caseloom-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Path of the program NAME in the messages of cargo; bench targets have a hash behind the name.
program() {
  local name=$1 messages=$2 path
  path=$(grep -oE "\"executable\":\"[^\"]*/$name(-[0-9a-f]+)?\"" "$messages" | tail -n 1 | cut -d '"' -f 4) || true
  [[ -x $path ]] || fail "cargo made no program $name"
  echo "$path"
}

if [[ -n ${CASELOOM:-} ]]; then
  caseloom=$(realpath -e "$CASELOOM") || fail "no such program: $CASELOOM"
  [[ -x $caseloom ]] || fail "not a program: $CASELOOM"
else
  (cd "$root" && cargo build --release --bin caseloom --message-format=json-render-diagnostics) >"$work/cargo-build"
  caseloom=$(program caseloom "$work/cargo-build")
fi
(cd "$root" && cargo bench --no-run --bench corpus --bench floor --message-format=json-render-diagnostics) >"$work/cargo-bench"
corpus=$(program corpus "$work/cargo-bench")
floor=$(program floor "$work/cargo-bench")

# with_usage COMMAND...: runs it and leaves "user-seconds system-seconds peak-kB" in $work/usage; its exit status.
if /usr/bin/time -f '%U %S %M' -o "$work/usage" true 2>/dev/null; then
  with_usage() {
    /usr/bin/time -f '%U %S %M' -o "$work/usage" "$@"
  }
elif command -v python3 >/dev/null; then
  with_usage() {
    python3 -c '
import os, sys
child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(child, 0)
with open(sys.argv[1], "w") as out:
    print(f"{usage.ru_utime:.3f} {usage.ru_stime:.3f} {usage.ru_maxrss}", file=out)
sys.exit(1 if os.waitstatus_to_exitcode(status) else 0)' "$work/usage" "$@"
  }
else
  fail "neither GNU time nor python3 is there to measure with"
fi

# The number behind KEY= in a line of the floor.
value_of() {
  local key=$1 line=$2
  [[ $line =~ (^| )$key=([0-9.]+) ]] || fail "no $key in the floor's line: $line"
  echo "${BASH_REMATCH[2]}"
}

# One build and one floor of a library; a line "size wall cpu peak floor files bytes" onto the results.
measure() {
  local size=$1 library=$work/library-$1 site=$work/site copy=$work/copy
  local start wall user system peak line floor_wall files bytes
  start=${EPOCHREALTIME/./}
  # shellcheck disable=SC2086 # options are words
  if ! with_usage "$caseloom" build --no-cache --root "$library" --out "$site" ${THREADS:+--threads "$THREADS"} ${FLAGS:-} \
    >"$work/stdout" 2>"$work/stderr"; then
    cat "$work/stdout" "$work/stderr" >&2
    fail "the build of $size studies failed"
  fi
  wall=$((${EPOCHREALTIME/./} - start))
  [[ -s $site/index.html ]] || fail "the build of $size studies reported no failure, but made no site"
  read -r user system peak < <(tail -n 1 "$work/usage")
  line=$("$floor" "$library" "$site" "$copy" --threads "${THREADS:-$(nproc)}")
  floor_wall=$(value_of wall_s "$line")
  files=$(value_of files "$line")
  bytes=$(value_of bytes "$line")
  awk -v wall="$wall" -v user="$user" -v sys="$system" 'BEGIN { printf "%.6f %.3f", wall / 1e6, user + sys }' >"$work/times"
  echo "$size $(<"$work/times") $peak $floor_wall $files $bytes" >>"$work/results"
  rm -rf "$site" "$copy"
}

for size in "${sizes[@]}"; do
  "$corpus" --studies "$size" --out "$work/library-$size" >&2
done
for ((round = 1; round <= rounds; round++)); do
  for size in "${sizes[@]}"; do
    measure "$size"
    tail -n 1 "$work/results" | awk -v round="$round" \
      '{ printf "round %d, %d studies: build %.3f s, floor %.3f s\n", round, $1, $2, $5 }' >&2
  done
done

echo "best of $rounds rounds in $above ($(df -PT "$above" | awk 'NR == 2 { print $2 }')), $(nproc) cores," \
  "threads: ${THREADS:-all}, options: ${FLAGS:-none}"
awk '
function least(old, new) { return old == "" || new < old ? new : old }
!($1 in files) { order[++count] = $1 }
{
  wall[$1] = least(wall[$1], $2); cpu[$1] = least(cpu[$1], $3); floor[$1] = least(floor[$1], $5)
  if ($4 > peak[$1]) peak[$1] = $4
  files[$1] = $6; bytes[$1] = $7
}
END {
  row = "%9s %8s %8s %9s %9s %9s %9s %12s\n"
  printf row, "studies", "files", "MB", "build s", "CPU s", "peak MB", "floor s", "build:floor"
  for (i = 1; i <= count; i++) {
    size = order[i]
    printf row, size, files[size], sprintf("%.1f", bytes[size] / 1e6), sprintf("%.3f", wall[size]),
      sprintf("%.2f", cpu[size]), sprintf("%.1f", peak[size] * 1024 / 1e6), sprintf("%.3f", floor[size]),
      sprintf("%.1f", wall[size] / floor[size])
  }
  for (i = 2; i <= count; i++) {
    a = order[i - 1]; b = order[i]; times = b / a
    printf "%d -> %d studies: time x %.2f (per study x %.2f), peak memory x %.2f (per study x %.2f)\n", a, b,
      wall[b] / wall[a], wall[b] / wall[a] / times, peak[b] / peak[a], peak[b] / peak[a] / times
  }
}' "$work/results"
