#!/usr/bin/env bash
# A whole county, from its departments' files to the published run: seconds by stage, peak memory,
# accuracy against the county's truth. Run by hand, on a quiet machine:
#
#     benches/county.sh [PEOPLE] [SEED] [FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."
people=${1:-1000000} seed=${2:-1} folder=${3:-/tmp/bulou-county}
cargo build --release --quiet
bulou=${CARGO_TARGET_DIR:-target}/release/bulou
rm -rf "$folder"
echo "== synth $people people, seed $seed"
time "$bulou" synth --county 430923 --people "$people" --seed "$seed" --out "$folder/county" \
    --rules pipelines/lengshi --as-of 2023-12-20
for round in 1 2 3; do
    echo "== run $round"
    /usr/bin/time -f '%e s wall, %U s user, %M KiB peak' \
        "$bulou" run "$folder/county" --as-of 2023-12-20 --out "$folder/runs" --no-progress \
        2>&1 | grep -E 'wall|^ +[0-9.]+s  (ingest|identify|judge|find|publish)$'
done
"$bulou" score "$folder/runs/county/latest" "$folder/county/truth"
