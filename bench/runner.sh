#!/usr/bin/env bash
# The runner on a six-cell notebook, cold: the published tool (compiled ahead) beside the same host as built, in turns.
# And beside two other runners, which took 2.6 s (Verso 1.0.17) and 2.0 s (ClrKernel 0.9.2) on a machine where the least that runs a notebook,
# Roslyn scripting in one process, took 1.8 s: that is measured here in the same turns, and theirs are scaled by it.
# Where the tools of .config/dotnet-tools.json can be restored, .NET Interactive (dotnet-repl) runs the same cells in the same turns, by `run --kernel dotnet-interactive`:
# cold, six cells once; warm, what six cells more take in a session that has run them (ten times six less once six, over nine); and the memory of the largest process.
# bench/runner.sh [ROUNDS]; needs bash and the .NET SDK. Prints medians of wall and processor seconds, and their ratios.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-7}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rid=$(dotnet --info | sed -nE 's/^ *RID: *([^ ]+).*/\1/p' | head -n 1)
dotnet build src/Host -c Release -v q -clp:NoSummary >/dev/null
dotnet publish src/Host -c Release -r "$rid" --self-contained false -o "$work/published" -v q -clp:NoSummary >/dev/null

dotnet build bench -c Release -v q -clp:NoSummary >/dev/null

# Six cells ten times, in one session.
{ sed '/^#!csharp$/,$d' bench/six-cells.dib; for ((i = 0; i < 10; i++)); do sed -n '/^#!csharp$/,$p' bench/six-cells.dib; echo; done; } >bench/sixty-cells.dib
trap 'rm -rf "$work" bench/sixty-cells.dib' EXIT
interactive=no
if dotnet tool restore >/dev/null 2>&1; then interactive=yes; else echo "The tools of .config/dotnet-tools.json could not be restored: no .NET Interactive beside."; fi

measure() { # name, command
    local TIMEFORMAT='%R %U %S'
    { time "${@:2}" >/dev/null; } 2>>"$work/$1.times"
}
# GNU time knows the largest process of a run, in KiB.
memory() { if [ -x /usr/bin/time ]; then /usr/bin/time -f %M -o "$work/memory" "$@" >/dev/null && tail -n 1 "$work/memory"; fi; }
cells() { # which notebook, then further options of run
    "$work/published/workbook" run "bench/$1-cells.dib" --out "$work/out" --no-pictures "${@:2}"
}
for ((i = 0; i < rounds; i++)); do
    measure built src/Host/bin/Release/net10.0/workbook run bench/six-cells.dib --out "$work/out" --no-pictures
    measure published "$work/published/workbook" run bench/six-cells.dib --out "$work/out" --no-pictures
    measure bare dotnet bench/bin/Release/net10.0/Workbook.Benchmarks.dll bare bench/six-cells.dib
    measure sixty cells sixty
    if [ "$interactive" = yes ]; then
        measure interactive cells six --kernel dotnet-interactive
        measure interactive-sixty cells sixty --kernel dotnet-interactive
    fi
done
median() { awk "{ print $2 }" "$work/$1.times" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
for kind in wall cpu; do
    expression=$([ "$kind" = wall ] && echo '$1' || echo '$2 + $3')
    built=$(median built "$expression")
    published=$(median published "$expression")
    awk -v k="$kind" -v b="$built" -v p="$published" 'BEGIN { printf "%-4s  built %.2f s  published %.2f s  ratio %.2f\n", k, b, p, p / b }'
done
bare=$(median bare '$1')
published=$(median published '$1')
awk -v b="$bare" -v p="$published" 'BEGIN {
    printf "wall  bare %.2f s\n", b
    printf "      published / Verso scaled %.2f, published / ClrKernel scaled %.2f\n", p / (2.6 * b / 1.8), p / (2.0 * b / 1.8)
}'
if [ "$interactive" = yes ]; then
    for kind in wall cpu; do
        expression=$([ "$kind" = wall ] && echo '$1' || echo '$2 + $3')
        awk -v k="$kind" -v a="$(median published "$expression")" -v b="$(median sixty "$expression")" \
            -v c="$(median interactive "$expression")" -v d="$(median interactive-sixty "$expression")" 'BEGIN {
            printf "%-4s  six cells, cold: here %.2f s, .NET Interactive %.2f s, ratio %.2f\n", k, a, c, a / c
            printf "%-4s  six cells, warm: here %.2f s, .NET Interactive %.2f s, ratio %.2f\n", k, (b - a) / 9, (d - c) / 9, (b - a) / (d - c)
        }'
    done
    here=$(memory "$work/published/workbook" run bench/six-cells.dib --out "$work/out" --no-pictures)
    there=$(memory "$work/published/workbook" run bench/six-cells.dib --out "$work/out" --no-pictures --kernel dotnet-interactive)
    if [ -n "$here" ]; then awk -v a="$here" -v b="$there" 'BEGIN { printf "largest process: here %.0f MiB, .NET Interactive %.0f MiB\n", a / 1024, b / 1024 }'; fi
fi

# The sixth and later of many cells that do next to nothing, from the report of the run.
{ echo "#!csharp"; for ((i = 0; i < 60; i++)); do printf 'var v%d = %d;\n\n#!csharp\n\n' "$i" "$i"; done; } >"$work/trivial.dib"
"$work/published/workbook" run "$work/trivial.dib" --out "$work/out" --no-pictures >/dev/null
sed -nE 's/.*<testcase .* time="([0-9.]+)".*/\1/p' "$work/out/junit.xml" | tail -n +6 | sort -n |
    awk '{ v[NR] = $1 } END { printf "trivial cell: median %.1f ms, slowest of %d %.1f ms\n", 1000 * v[int((NR + 1) / 2)], NR, 1000 * v[NR] }'
