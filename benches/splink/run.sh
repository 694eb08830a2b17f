#!/usr/bin/env bash
# bulou's links and Splink 5's on one synthetic county, side by side: precision and recall of pairs,
# seconds, peak memory. Needs Python 3.10 or newer, and PyPI the first time. By hand, on a quiet
# machine:
#
#     benches/splink/run.sh [PEOPLE] [SEED] [DIRT]
#
# BULOU: another binary than the release build; FOLDER: where county, run and Python packages go.
set -euo pipefail
cd "$(dirname "$0")/../.."
people=${1:-200000} seed=${2:-2024} dirt=${3:-1} folder=${FOLDER:-/tmp/bulou-splink}
bulou=${BULOU:-${CARGO_TARGET_DIR:-target}/release/bulou}
[ -x "$bulou" ] || cargo build --release --quiet
county=$folder/county venv=$folder/venv
rm -rf "$county" "$folder/runs"
mkdir -p "$folder"
"$bulou" synth --county 430923 --people "$people" --seed "$seed" --as-of 2023-12-20 --dirt "$dirt" \
    --rules pipelines/lengshi --out "$county" >"$folder/synth.log"
/usr/bin/time -f '%M' -o "$folder/memory" \
    "$bulou" run "$county" --as-of 2023-12-20 --out "$folder/runs" --no-progress \
    >"$folder/run.log" 2>&1
if ! cmp -s benches/splink/requirements.txt "$venv/requirements.txt"; then
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r benches/splink/requirements.txt
    cp benches/splink/requirements.txt "$venv/"
fi
echo "== $people people, seed $seed, dirt $dirt"
"$venv/bin/python" benches/splink/compare.py "$folder/runs/county/latest" "$county/truth" \
    --memory-kib "$(tail -n 1 "$folder/memory")"
