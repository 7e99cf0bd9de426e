#!/usr/bin/env bash
# How many instructions each stage of a build takes, against the figures in instructions.tsv (see README.md).
#
#   benches/instructions.sh            fails if a stage takes over 3 % more than recorded
#   benches/instructions.sh --record   records what it counts
#
#   CASELOOM=FILE   the binary; target/release/caseloom, which must be built, unless told
#
# Needs rustc and valgrind. Wall time on a shared machine proves nothing; the number of instructions of one thread hardly
# differs from run to run.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly STUDIES=150 TOLERANCE=3 RECORDED=benches/instructions.tsv
caseloom=${CASELOOM:-target/release/caseloom}
record=no
case ${1:-} in
  '') ;;
  --record) record=yes ;;
  *) sed -n '2,7s/^# \{0,1\}//p' "$0" >&2 && exit 2 ;;
esac

fail() {
  echo "instructions.sh: $*" >&2
  exit 1
}
command -v valgrind >/dev/null || fail "valgrind is missing: apt-get install valgrind"
[[ -x $caseloom ]] || fail "there is no $caseloom: cargo build --release"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The generator needs nothing but the standard library, and cargo would build all of caseloom for it once more.
rustc --edition 2024 -O benches/corpus.rs -o "$work/corpus"
"$work/corpus" --studies "$STUDIES" --seed 1 --out "$work/library" >/dev/null

# The counts begin anew before each call of this function, which ends one stage and begins the next.
valgrind --tool=callgrind --callgrind-out-file="$work/out" --dump-before='caseloom::pipeline::timings::Timings::begin' \
  "$caseloom" build --no-cache --root "$work/library" --out "$work/site" --quiet --threads 1 >"$work/log" 2>&1 ||
  fail "the build has failed: $(tail -n 5 "$work/log")"
"$caseloom" build --no-cache --root "$work/library" --out "$work/again" --quiet --threads 1 --timings 2>&1 |
  sed -nE 's/^ *([a-z]+) +[0-9.]+ ms$/\1/p' | grep -v '^total$' >"$work/stages"

# What stands before the first stage is the start of the process; the end belongs to the last stage.
: >"$work/counts"
part=1
for stage in start $(<"$work/stages"); do
  file=$work/out.$part
  [[ -e $file ]] || file=$work/out
  count=$(sed -nE 's/^(totals|summary): ([0-9]+).*/\2/p' "$file" | head -n 1)
  [[ -n $count ]] || fail "callgrind has not counted $stage"
  printf '%s\t%s\n' "$stage" "$count" >>"$work/counts"
  part=$((part + 1))
done
[[ ! -e $work/out.$part ]] || fail "the build has more stages than --timings told"
awk -F '\t' '{ sum += $2; print } END { printf "all\t%.0f\n", sum }' "$work/counts" >"$work/all"

# Figures are comparable only where the same code is made from the same input, and runs on the same kind of processor with the
# same C library: both choose how memory is copied and hashed.
about() {
  printf '# rustc\t%s\n' "$(rustc --version)"
  printf '# libc\t%s\n' "$(getconf GNU_LIBC_VERSION)"
  printf '# valgrind\t%s\n' "$(valgrind --version)"
  printf '# processor\t%s\n' "$(awk -F ': *' '
    /^(cpu family|model|model name|stepping|cache size)[ \t]*:/ && !seen[$1]++ { printf "%s%s", sep, $2; sep = ", " }' /proc/cpuinfo)"
  printf '# input\t%s\n' "$(find "$work/library" -type f -exec cksum {} + |
    sed "s|$work/||" | sort -k 3 | cksum | cut -d ' ' -f 1)"
}
if [[ $record == yes ]]; then
  { about && cat "$work/all"; } >"$RECORDED"
  echo "recorded in $RECORDED:"
  cat "$work/all"
  exit
fi

comparable=yes
if [[ "$(about)" != "$(grep '^#' "$RECORDED")" ]]; then
  comparable=no
fi
awk -F '\t' -v tolerance="$TOLERANCE" -v comparable="$comparable" '
  FNR == NR { if (!/^#/) recorded[$1] = $2; next }
  FNR == 1 { printf "%-12s %12s %12s %9s\n", "stage", "instructions", "recorded", "change" }
  {
    change = ($1 in recorded) ? 100 * ($2 / recorded[$1] - 1) : 0
    note = ""
    # A stage of a few million is all start and end: it counts as part of the whole.
    if ($2 > 20000000 && change > tolerance) { note = "  too many"; worse = 1 }
    if ($2 > 20000000 && change < -tolerance) { note = "  fewer: record it"; better = 1 }
    if (!($1 in recorded)) { note = "  not recorded" }
    printf "%-12s %12.0f %12.0f %+8.1f%%%s\n", $1, $2, recorded[$1], change, note
  }
  END {
    if (comparable == "no") {
      print "Recorded with another compiler, library or processor, or from another vocabulary: not judged."
      print "benches/instructions.sh --record makes it comparable again."
    } else if (worse) {
      print "A stage takes more than it did. If that is the price of something worth it: benches/instructions.sh --record"
      exit 1
    } else if (better) {
      print "benches/instructions.sh --record keeps what was gained."
    }
  }' "$RECORDED" "$work/all"
