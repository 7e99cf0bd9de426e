#!/usr/bin/env bash
# How long `caseloom build` takes into a site that stands, of a generated library in which little has changed (see README.md).
#
#   benches/again.sh [STUDIES]      size of the library, 10000 unless told
#
#   ROUNDS=5        rounds; every one is shown
#   RUNS=DIR        where all is made, in a folder that is removed at the end; /dev/shm, or the temporary folder, unless told
#   FLAGS=...       further options of `caseloom build`, such as --no-search
#   CASELOOM=FILE   the program; target/release/caseloom unless told
#
# Needs bash 5, rustc, GNU time.
set -euo pipefail
export LC_ALL=C

cd "$(dirname "${BASH_SOURCE[0]}")/.."
studies=${1:-10000}
rounds=${ROUNDS:-5}
caseloom=$(realpath -e "${CASELOOM:-target/release/caseloom}") || {
  echo "again.sh: there is no program: cargo build --release" >&2
  exit 1
}
above=${RUNS:-$([[ -w /dev/shm ]] && echo /dev/shm || echo "${TMPDIR:-/tmp}")}
work=$(mktemp -d "$above/caseloom-again.XXXXXX")
trap 'rm -rf "$work"' EXIT
export XDG_CACHE_HOME=$work/cache

rustc --edition 2024 -O benches/corpus.rs -o "$work/corpus"
"$work/corpus" --studies "$studies" --seed 1 --out "$work/library" >/dev/null
mapfile -t files < <(find "$work/library/content/studies" -name '*.md' | sort)

# One build; a line of what it was, its seconds, and its memory.
build() {
  # shellcheck disable=SC2086 # options are words
  /usr/bin/time -f '%e %M' -o "$work/usage" \
    "$caseloom" build --quiet --root "$work/library" --out "$work/site" ${FLAGS:-}
  read -r seconds memory <"$work/usage"
  printf '%-28s %6s s %5d MB\n' "$1" "$seconds" $((memory / 1000))
}

# Study number N of as many as there are rounds, far from the others.
study() {
  echo "${files[$((${#files[@]} * ($1 + 1) / (rounds + 2)))]}"
}

for ((round = 1; round <= rounds; round++)); do
  rm -rf "$work/site" "$work/cache"
  build "from nothing, to be kept"
  rm -rf "$work/site"
  FLAGS="${FLAGS:-} --no-cache" build "from nothing, --no-cache"
  rm -rf "$work/site" "$work/cache"
  build "from nothing, to be kept"
  build "nothing changed"
  # The first build after one from nothing reads the files that were too young to be known by their times.
  printf '\nA sentence more.\n' >>"$(study 0)"
  build "a sentence, right after"
  printf '\nA sentence more in round %d.\n' "$round" >>"$(study "$round")"
  build "a sentence of a text"
  sed -i '0,/^summary: /s//summary: Anew. /' "$(study "$round")"
  build "a summary"
  sed -i '0,/^    evidence: /s//    evidence: Anew. /' "$(study "$round")"
  build "a sentence about a factor"
  # In or out of quotes. At its end the study keeps its place in nearly all lists; at its beginning it goes to their heads.
  sed -i -E '0,/^title: (.*[^"])("?)$/s//title: \1 anew\2/' "$(study "$round")"
  build "the end of a title"
  sed -i -E '0,/^title: ("?)/s//title: \1Anew /' "$(study "$round")"
  build "the beginning of a title"
done
