#!/usr/bin/env bash
# Checks and measures Bandpass on a real GPU, in eight minutes at most: the worthiest parts first, a
# time cap for each, and a log that says enough to mend from afar what fails.
#
# How to run on your own GPU (Linux; `./bandpass doctor` has been run once, so that Deno is there, or
# begin with `. .offline/enter.sh`). In a container NVIDIA's driver needs Debian's libegl1 libglvnd0
# libgl1 libglx0 libgles2 libopengl0 libx11-6 libxext6 (docs/webgpu.md, trap 13):
#
#   bash bench/gpu_check.sh                          # all parts; logs in runs/gpu_check/
#   bash bench/gpu_check.sh --only 1,3 --out /tmp/x  # doctor and golden files
#   bash bench/gpu_check.sh --seconds 3600 --scale 8 --epochs 1   # a slow machine
#
#   --only LIST      numbers of parts (the list is at the end of this file)
#   --out DIR        where logs go, five files (or $OUT; default runs/gpu_check)
#   --golden DIR     golden files (or $GPU_CHECK_GOLDEN)
#   --data-dir DIR   holds tiktok/ and baby/ in MMRec's layout (or $GPU_CHECK_DATA)
#   --epochs N       epochs that are timed beside PyTorch, of each model (5)
#   --seconds N      the deadline of all (480): what would pass it is cut short or skipped
#   --scale N        factor of the caps of parts and steps (1)
#   --jobs N         test files and golden files at once (a quarter of the cores, at most 4)
#
# What is absent (datasets, golden files, python3 with torch or SciPy) is skipped with a word. The
# tables at the end are for people; the exit code is 1 where something failed. Kernels are the shipped
# ones: what doctor --tune has measured before is set aside meanwhile.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

first_folder() { # the first FOLDER of several that has ENTRY
  local entry=$1 folder
  shift
  for folder in "$@"; do
    if compgen -G "$folder/$entry" >/dev/null; then (cd "$folder" && pwd) && return; fi
  done
}

only='' out=${OUT:-runs/gpu_check} epochs=5 seconds=480 scale=1
jobs=$(($(nproc) / 4))
jobs=$((jobs < 1 ? 1 : jobs > 4 ? 4 : jobs))
golden=${GPU_CHECK_GOLDEN:-$(first_folder '*.safetensors' tests/golden .offline/golden ../shared/golden)}
data=${GPU_CHECK_DATA:-$(first_folder tiktok datasets .offline/data ../shared/data)}
while (($# > 0)); do
  if (($# < 2)); then echo "gpu_check: $1 needs a value" >&2; exit 2; fi
  case $1 in
    --only) only=,$2, ;;
    --out) out=$2 ;;
    --golden) golden=$2 ;;
    --data-dir) data=$2 ;;
    --epochs) epochs=$2 ;;
    --seconds) seconds=$2 ;;
    --scale) scale=$2 ;;
    --jobs) jobs=$2 ;;
    *) echo "gpu_check: unknown option $1; the head of this file lists them" >&2; exit 2 ;;
  esac
  shift 2
done
for option in epochs seconds scale jobs; do
  if ! [[ ${!option} =~ ^[1-9][0-9]*$ ]]; then
    echo "gpu_check: --$option ${!option}: expected an integer from 1" >&2
    exit 2
  fi
done
if ! [[ ${only:-,1,} =~ ^(,([1-9]|1[01]))+,$ ]]; then
  echo "gpu_check: --only ${only:1:-1}: expected numbers from 1 to 11 with commas between" >&2
  exit 2
fi
# Tasks take paths relative to where they are called from; absolute ones mean the same everywhere.
mkdir -p "$out" && out=$(cd "$out" && pwd) || exit 1
if [ -d "$golden" ]; then golden=$(cd "$golden" && pwd); fi
if [ -d "$data" ]; then data=$(cd "$data" && pwd); fi
scratch=$(mktemp -d)
runs=gpu-check-$$ # what the names of its runs begin with
# The table of doctor --tune, and where it lies meanwhile: an empty file where there was none. A check that
# was killed has left it there, and the next one puts it back.
own_kernels=.cache/kernels.json set_aside=.cache/kernels.before_gpu_check.json
put_back() {
  if [ ! -e "$set_aside" ]; then return; fi
  if [ -s "$set_aside" ]; then mv -f "$set_aside" "$own_kernels"; else rm -f "$set_aside" "$own_kernels"; fi
}
put_back
mkdir -p .cache
if [ -e "$own_kernels" ]; then mv "$own_kernels" "$set_aside"; else : >"$set_aside"; fi
trap 'put_back; rm -rf "$scratch" runs/"$runs"-*' EXIT
results=$scratch/results # verdict, seconds, exit code, name: a line a step
figures=$scratch/figures # of each training that was timed
: >"$results" >"$figures"
export NO_COLOR=1 DENO_NO_UPDATE_CHECK=1 PYTHONUNBUFFERED=1
export XDG_RUNTIME_DIR=${XDG_RUNTIME_DIR:-${TMPDIR:-/tmp}}
# As ./bandpass finds them, for what is started without it.
if ! command -v deno >/dev/null; then
  for folder in .deno/node_modules/@deno/*/; do PATH=$PWD/$folder:$PATH; done
fi
if [ -d /usr/local/nvidia/share/vulkan/icd.d ]; then
  export XDG_DATA_DIRS=${XDG_DATA_DIRS:-/usr/local/share:/usr/share}:/usr/local/nvidia/share
fi
. bench/gpu_check/steps.sh
. bench/gpu_check/parts.sh
. bench/gpu_check/summary.sh
SECONDS=0
deadline=$seconds part_end=$seconds

rm -f "$out"/{gpu_check,correctness,speed,quality,spectrum}.log
{
  printf 'Bandpass on a GPU: %s s at most, %s cores, %s test files at once\n' \
    "$seconds" "$(nproc)" "$jobs"
  printf 'golden files: %s\ndata: %s\n' "${golden:-none}" "${data:-none}"
  part 1 correctness 45 doctor 'The machine, the adapter and the self-test'
  part 2 correctness 90 op_tests 'Tests of ops and of the device'
  part 3 correctness 40 golden_files 'Golden files'
  part 4 speed 60 tuning 'The fastest kernels'
  part 5 speed 110 peers_tiktok "TikTok beside PyTorch"
  part 6 speed 60 kernels "Kernels, as shares of the device's bandwidth and FLOP/s"
  part 7 speed 60 peers_baby 'The size of Baby beside PyTorch, with generated features'
  part 8 speed 60 profiles 'Trainings, kernel by kernel'
  part 9 spectrum 60 eigensolver 'The eigensolver, and mmgf'
  # What is cut short here still tells something.
  part 10 quality 200 early_stopping 'SMORE and SSR on TikTok to early stopping'
  part 11 correctness 100 further_tests 'Tests of graphs, rankings and models'
  summary
} 2>&1 | tee "$out/gpu_check.log"
# Without a step nothing was checked.
[ -s "$results" ] && ! grep -qE '^(failed|crashed|timed out)' "$results"
