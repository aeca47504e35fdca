#!/usr/bin/env bash
# Tunes models on Sports side by side on one GPU, each by the space in bench/spaces/, and packs what they found:
#
#   bash bench/gpu_tune.sh                                  # SSR and FITMM; logs and result in runs/gpu_tune/
#   bash bench/gpu_tune.sh --seconds 3600 --trials 20 --epochs 54
#
#   --models LIST    separated by spaces ("ssr fitmm")
#   --trials N       trials of each (9)
#   --epochs N       epochs of a trial at most (18)
#   --seeds N        seeds of the winner (3)
#   --seconds N      where a tune ends, in order: the same command goes on with it (280)
#   --data-dir DIR   holds sports/ in MMRec's layout, with items.tsv (or $GPU_CHECK_DATA; default ../shared/data)
#   --out DIR        where logs and tunes.tar.gz go (or $OUT; default runs/gpu_tune)
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

models='ssr fitmm' trials=9 epochs=18 seeds=3 seconds=280
data=${GPU_CHECK_DATA:-../shared/data} out=${OUT:-runs/gpu_tune}
while (($# > 0)); do
  if (($# < 2)); then echo "gpu_tune: $1 needs a value" >&2; exit 2; fi
  case $1 in
    --models) models=$2 ;;
    --trials) trials=$2 ;;
    --epochs) epochs=$2 ;;
    --seeds) seeds=$2 ;;
    --seconds) seconds=$2 ;;
    --data-dir) data=$2 ;;
    --out) out=$2 ;;
    *) echo "gpu_tune: unknown option $1; the head of this file lists them" >&2; exit 2 ;;
  esac
  shift 2
done
mkdir -p "$out"
export NO_COLOR=1
if ! command -v deno >/dev/null; then
  for folder in .deno/node_modules/@deno/*/; do PATH=$PWD/$folder:$PATH; done
fi

if [ ! -e datasets/sports-csv/dataset.json ]; then
  if [ ! -d "$data/sports" ]; then echo "gpu_tune: no folder $data/sports: give --data-dir" >&2; exit 2; fi
  csv=$out/sports.csv
  deno run --no-prompt --cached-only --allow-read bench/sports_csv.ts "$data/sports" >"$csv" &&
    ./bandpass preprocess --dataset sports-csv --split random --text "words=$csv:words" \
      --text "attributes=$csv:attributes" <"$csv" || exit
  rm -f "$csv"
fi
pids=()
for model in $models; do
  timeout -s INT -k 20 "$seconds" ./bandpass tune --dataset sports-csv --models "$model" \
    --trials "$trials" --epochs "$epochs" --seeds "$seeds" --space "bench/spaces/$model.json" \
    --name "sports-$model" &>"$out/tune-$model.log" &
  pids+=($!)
done
failed=0
for pid in "${pids[@]}"; do
  wait "$pid"
  # 124 and 130: it was ended in order, and the same command goes on with it.
  case $? in 0 | 124 | 130) ;; *) failed=1 ;; esac
done
for model in $models; do
  printf '\n=== %s\n' "$model"
  cat "$out/tune-$model.log"
done
# Without the trials' checkpoints, which are large.
for model in $models; do
  find "runs/sports-$model" -maxdepth 1 -type f ! -name lock -print0 2>/dev/null
done | tar czf "$out/tunes.tar.gz" --null --files-from -
exit $failed
