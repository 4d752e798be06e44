#!/usr/bin/env bash
# The runner on a six-cell notebook, cold: the published tool (compiled ahead) beside the same host as built, in turns.
# bench/runner.sh [ROUNDS]; needs bash and the .NET SDK. Prints medians of wall and processor seconds, and their ratios.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-7}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rid=$(dotnet --info | sed -nE 's/^ *RID: *([^ ]+).*/\1/p' | head -n 1)
dotnet build src/Host -c Release -v q -clp:NoSummary >/dev/null
dotnet publish src/Host -c Release -r "$rid" --self-contained false -o "$work/published" -v q -clp:NoSummary >/dev/null

measure() { # name, program
    local TIMEFORMAT='%R %U %S'
    { time "$2" run bench/six-cells.dib --out "$work/out" --no-pictures >/dev/null; } 2>>"$work/$1.times"
}
for ((i = 0; i < rounds; i++)); do
    measure built src/Host/bin/Release/net10.0/workbook
    measure published "$work/published/workbook"
done
median() { awk "{ print $2 }" "$work/$1.times" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
for kind in wall cpu; do
    expression=$([ "$kind" = wall ] && echo '$1' || echo '$2 + $3')
    built=$(median built "$expression")
    published=$(median published "$expression")
    awk -v k="$kind" -v b="$built" -v p="$published" 'BEGIN { printf "%-4s  built %.2f s  published %.2f s  ratio %.2f\n", k, b, p, p / b }'
done
