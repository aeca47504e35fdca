#!/usr/bin/env bash
# Checks and measures Bandpass on a real GPU, in eight minutes at most: the worthiest parts first, a
# time cap for each, and a log that says enough to mend from afar what fails.
#
# How to run on your own GPU (Linux; Deno on the PATH, or begin with `. .offline/enter.sh`; NVIDIA's
# driver in a container: docs/webgpu.md, trap 13):
#
#   bash bench/gpu_check.sh                          # all parts; logs in runs/gpu_check/
#   bash bench/gpu_check.sh --only 1,3 --out /tmp/x  # doctor and golden files
#   bash bench/gpu_check.sh --seconds 3600 --scale 8 --epochs 1   # a slow machine
#
#   --only LIST      numbers of parts (the list is at the end of this file)
#   --out DIR        where logs go, six files (or $OUT; default runs/gpu_check)
#   --golden DIR     golden files (or $GPU_CHECK_GOLDEN)
#   --data-dir DIR   holds tiktok/ and baby/ in MMRec's layout (or $GPU_CHECK_DATA)
#   --epochs N       epochs of each training that is timed (5)
#   --seconds N      the deadline of all (480): what would pass it is cut short or skipped
#   --scale N        factor of the caps of parts and steps (1)
#   --jobs N         test files and golden files at once (a quarter of the cores, at most 4)
#
# What is absent (datasets, golden files, python3 with torch or SciPy) is skipped with a word. The
# table at the end is for people; the exit code is 1 where something failed.
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
# Tasks take paths relative to where they are called from; absolute ones mean the same everywhere.
mkdir -p "$out" && out=$(cd "$out" && pwd) || exit 1
if [ -d "$golden" ]; then golden=$(cd "$golden" && pwd); fi
if [ -d "$data" ]; then data=$(cd "$data" && pwd); fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
results=$scratch/results # verdict, seconds, exit code, name: a line a step
figures=$scratch/figures # of each training that was timed
: >"$results" >"$figures"
export NO_COLOR=1 DENO_NO_UPDATE_CHECK=1 PYTHONUNBUFFERED=1
export XDG_RUNTIME_DIR=${XDG_RUNTIME_DIR:-${TMPDIR:-/tmp}}
SECONDS=0
deadline=$seconds part_end=$seconds

record() { printf '%s\t%s\t%s\t%s\n' "$@" >>"$results"; }
skip() { # NAME WHY
  printf 'skipped  %s: %s\n' "$1" "$2"
  record skipped 0 - "$1 ($2)"
}
left() { # seconds that a step may take: its cap, or what its part still has
  local cap=$(($1 * scale)) rest=$((part_end - SECONDS))
  echo $((cap < rest ? cap : rest))
}

# Runs a command under its cap with its output in $scratch/<name>.log, and records how it ended.
attempt() { # NAME CAP COMMAND…
  local name=$1 limit from=$SECONDS status verdict
  limit=$(left "$2")
  shift 2
  if ((limit < 3)); then skip "$name" 'no time left'; return; fi
  # A group of its own, so that all of a task ends with it. At SIGTERM bench-training prints what it
  # has, and a test that trains just then fails of it; SIGKILL is for what hangs in a driver.
  timeout -k 5 "$limit" "$@" </dev/null &>"$scratch/${name//\//_}.log"
  status=$?
  case $status in
    0) verdict=passed ;;
    124 | 137) verdict='timed out' ;;
    134 | 139) verdict=crashed ;; # SIGABRT, SIGSEGV: mostly in a driver, also at the very end
    *) verdict=failed ;;
  esac
  record "$verdict" $((SECONDS - from)) "$status" "$name"
  printf '%-9s %s: exit code %s after %s s (cap %s s)\n' \
    "$verdict" "$name" "$status" $((SECONDS - from)) "$limit"
}

step() { # NAME CAP COMMAND…: one step, all of its output
  printf -- '--- %s\n' "$1"
  local said
  said=$(attempt "$@")
  head -c 1000000 "$scratch/${1//\//_}.log" 2>/dev/null
  printf '%s\n' "$said"
}

quiet_step() { # NAME CAP COMMAND…: its output only where it does not pass
  local said file=$scratch/${1//\//_}.log
  said=$(attempt "$@")
  { # One at a time, for several run at once.
    flock 9
    case $said in
      passed*) printf '%s  %s\n' "$said" "$(grep -v '^ *$' "$file" | tail -n 1)" ;;
      *) printf '\n--- %s\n' "$1"; head -c 1000000 "$file" 2>/dev/null; printf '%s\n\n' "$said" ;;
    esac
  } 9>"$scratch/lock"
}

each() { # CAP COMMAND… with each line of stdin at its end: several at once
  local cap=$1 subject
  shift
  while read -r subject; do
    while (($(jobs -rp | wc -l) >= jobs)); do wait -n; done
    quiet_step "$(basename "$(dirname "$subject")")/$(basename "$subject")" "$cap" "$@" "$subject" &
  done
  wait
}

part() { # NUMBER LOG CAP FUNCTION TITLE
  if [ -n "$only" ] && [[ $only != *,$1,* ]]; then return; fi
  local rest=$((deadline - SECONDS)) cap=$(($3 * scale)) from=$SECONDS
  part_end=$((SECONDS + (cap < rest ? cap : rest)))
  {
    printf '\n=== %s. %s (at %s s, cap %s s)\n' "$1" "$5" "$SECONDS" $((part_end - SECONDS))
    if ((rest < 5)); then skip "part $1" 'the deadline is reached'; else "$4"; fi
    printf '=== part %s took %s s\n' "$1" $((SECONDS - from))
  } 2>&1 | tee -a "$out/$2.log"
}

# --- The parts

machine() {
  uname -srm
  nvidia-smi 2>&1 | head -n 20
  printf 'VK_DRIVER_FILES=%s\n' "${VK_DRIVER_FILES:-}"
  cat ${VK_DRIVER_FILES:+"$VK_DRIVER_FILES"} 2>&1 </dev/null
  ldconfig -p 2>/dev/null | grep -i 'libvulkan\|libGLX_nvidia\|libEGL_nvidia'
  deno --version
  df -h . "${TMPDIR:-/tmp}"
}

doctor() {
  export -f machine
  step machine 15 bash -c machine
  step adapter 30 deno run --no-prompt --cached-only bench/adapter.ts
  if command -v nvidia-smi >/dev/null &&
    ! grep -q 'isFallbackAdapter: false' "$scratch/adapter.log"; then
    echo 'There is an NVIDIA GPU, and Vulkan did not give it. What its loader says:'
    step loader 30 env VK_LOADER_DEBUG=error,warn,info,driver \
      deno run --no-prompt --cached-only bench/adapter.ts
  fi
  step doctor 40 deno task doctor
}

tests_of() { # FOLDER…: a process a file, so that one that crashes or hangs costs no other
  find "$@" -name '*_test.ts' 2>/dev/null | sort |
    each 60 deno test --no-prompt --no-check --cached-only --allow-all
}
op_tests() { tests_of tests/gpu tests/shaders; }
further_tests() { tests_of tests/graph tests/evaluation tests/training tests/models; }

golden_files() {
  if [ -z "$golden" ]; then skip 'golden files' 'none found: give --golden'; return; fi
  find "$golden" -maxdepth 1 -name '*.safetensors' | sort | each 40 deno task --quiet verify
}

# Trains a model for the epochs that are timed, and keeps its figures for the table.
time_training() { # DATASET FOLDER MODEL [PRESET]
  local name="train-$3-$1" file
  file=$scratch/$name.log
  step "$name" 40 deno task bench-training --dataset "$1" --data-dir "$2" --model "$3" \
    --epochs "$epochs" ${4:+--preset "$4"}
  awk -v model="$3" -v dataset="$1" '
    /^seconds an epoch:/ { split($0, part, ": "); n = split(part[2], all, ", "); best = all[1]
      for (k = 2; k <= n; k++) if (all[k] < best) best = all[k] }
    /^seconds before/ { plan = $6; compile = $(NF - 2) }
    /steps an epoch/ { steps = $1; dispatches = $5 }
    /^memory:/ { memory = $2 " " $3 }
    /^kernels of a step,/ { device = $5; getline; slowest = $1 " " $(NF - 1) " %" }
    END { if (best != "") printf "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", dataset, model, best,
      steps, dispatches, memory, plan, compile, device, slowest }' "$file" 2>/dev/null >>"$figures"
}

tiktok() {
  if [ ! -d "$data/tiktok" ]; then skip 'training on TikTok' 'no such data: give --data-dir'; return; fi
  local model
  for model in lightgcn ssr smore fitmm freedom; do time_training tiktok "$data" "$model" tiktok; done
  for model in bpr vbpr; do time_training tiktok "$data" "$model"; done
}

baby() {
  if [ ! -d "$data/baby" ]; then skip 'training on Baby' 'no such data: give --data-dir'; return; fi
  # Baby's own features are not handed on; generated ones of the same sizes take the same time.
  step baby-features 60 deno run --no-prompt --cached-only --allow-read --allow-write="$scratch" \
    bench/generated_features.ts "$data/baby" "$scratch/baby" image=4096 text=384
  local model
  for model in lightgcn ssr smore fitmm; do time_training baby "$scratch" "$model" baby; done
  time_training baby "$scratch" freedom
  rm -rf "$scratch/baby"
}

eigensolver() {
  if [ -d "$data/tiktok" ]; then
    step spectrum-tiktok 40 deno task spectrum --dataset tiktok --data-dir "$data"
  else
    skip spectrum-tiktok 'no such data: give --data-dir'
  fi
  local beside=()
  if python3 -c 'import scipy.sparse.linalg' 2>/dev/null; then beside=(--arpack); fi
  step spectrum-10000 30 env -u LD_LIBRARY_PATH deno task bench-spectrum --nodes 10000 "${beside[@]}"
  step spectrum-30000 40 env -u LD_LIBRARY_PATH deno task bench-spectrum --nodes 30000 "${beside[@]}"
  step spectrum-100000 40 env -u LD_LIBRARY_PATH deno task bench-spectrum --nodes 100000
}

pytorch() {
  local device='' dataset layers reg format
  if ! python3 -c 'import torch' 2>/dev/null; then skip PyTorch 'no python3 with torch'; return; fi
  if python3 -c 'import torch, sys; sys.exit(not torch.cuda.is_available())' 2>/dev/null; then
    device=cuda
  else
    device=cpu
    echo 'PyTorch finds no CUDA device: it is timed on one thread of the CPU'
  fi
  # Layers and weight as in the presets that Bandpass is timed with.
  while read -r dataset layers reg; do
    if [ ! -d "$data/$dataset" ]; then skip "PyTorch on $dataset" 'no such data'; continue; fi
    for format in coo csr; do
      step "pytorch-$format-$dataset" 40 python3 bench/pytorch_lightgcn.py "$data/$dataset" \
        "$layers" "$reg" "$epochs" --device "$device" --format "$format"
      awk -v dataset="$dataset" -v format="PyTorch-$format-$device" '
        /^seconds an epoch:/ { split($0, part, ": "); n = split(part[2], all, ", "); best = all[1]
          for (k = 2; k <= n; k++) if (all[k] < best) best = all[k]
          printf "%s\t%s\t%s\n", dataset, format, best }' \
        "$scratch/pytorch-$format-$dataset.log" 2>/dev/null >>"$figures"
    done
  done <<<$'tiktok 2 1e-4\nbaby 3 1e-3'
}

kernels() { step kernels 90 deno task bench bench/kernels.bench.ts; }

# --- The end

summary() {
  printf '\n=== Figures (best epoch; seconds to plan and compile; kernels: ms of a step on the device)\n'
  awk -F '\t' 'BEGIN { form = "%-7s %-18s %9s %6s %11s %13s %7s %8s %9s  %s\n"
      printf form, "dataset", "program", "s/epoch", "steps", "dispatches", "memory", "plan", "compile",
        "kernels", "slowest" }
    { printf form, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
      if ($2 == "lightgcn") ours[$1] = $3
      if ($2 ~ /^PyTorch/) ratios = ratios sprintf("%s on %s takes %.2f times what Bandpass takes\n",
        $2, $1, ours[$1] > 0 ? $3 / ours[$1] : 0) }
    END { printf "%s", ratios }' "$figures"
  printf '\n=== What did not pass\n'
  local verdict took status name
  while IFS=$'\t' read -r verdict took status name; do
    if [ "$verdict" = passed ]; then continue; fi
    printf '%-9s %4s s  exit code %-3s  %s\n' "$verdict" "$took" "$status" "$name"
    # The names of failing tests, and the first words of an error.
    grep -hE ' => \./[^ ]+:[0-9]+:[0-9]+$|^[Ee]rror|panicked|corrupted|: .*(fault|Abort)' \
      "$scratch/${name//\//_}.log" 2>/dev/null | grep -v XDG_RUNTIME_DIR | awk '!seen[$0]++' |
      head -n 8 | cut -c 1-220 | sed 's/^/            /'
  done <"$results"
  awk -F '\t' '{ count[$1]++ } END {
    printf "\n%d passed, %d failed, %d crashed, %d timed out, %d skipped (steps)\n", count["passed"],
      count["failed"], count["crashed"], count["timed out"], count["skipped"] }' "$results"
  cat "$scratch"/*_test.ts.log 2>/dev/null | awk '/^(ok|FAILED) \| / { for (k = 1; k < NF; k++) {
      if ($(k + 1) == "passed") passed += $k; if ($(k + 1) == "failed") failed += $k
      if ($(k + 1) == "ignored") ignored += $k } }
    END { printf "%d tests passed, %d failed, %d ignored\n", passed, failed, ignored }'
  printf 'after %s s; logs in %s\n' "$SECONDS" "$out"
}

rm -f "$out"/{gpu_check,correctness,training,spectrum,pytorch,kernels}.log
{
  printf 'Bandpass on a GPU: %s s at most, %s cores, %s test files at once\n' \
    "$seconds" "$(nproc)" "$jobs"
  printf 'golden files: %s\ndata: %s\n' "${golden:-none}" "${data:-none}"
  part 1 correctness 45 doctor 'The machine, the adapter and the self-test'
  part 2 correctness 100 op_tests 'Tests of ops and of the device'
  part 3 correctness 60 golden_files 'Golden files'
  part 4 training 110 tiktok 'Training on TikTok'
  part 5 training 100 baby 'Training at the size of Baby, with generated features'
  part 6 spectrum 60 eigensolver 'The eigensolver'
  part 7 pytorch 60 pytorch "PyTorch's LightGCN beside ours"
  part 8 kernels 60 kernels 'Kernels'
  part 9 correctness 100 further_tests 'Tests of graphs, rankings and models'
  summary
} 2>&1 | tee "$out/gpu_check.log"
! grep -qE '^(failed|crashed|timed out)' "$results"
