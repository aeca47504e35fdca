# The parts of bench/gpu_check.sh.

# Libraries that NVIDIA's Vulkan driver opens itself (docs/webgpu.md, trap 13), and Debian's packages.
needed_libraries='libEGL.so.1 libGLdispatch.so.0 libGL.so.1 libGLX.so.0 libGLESv2.so.2 libOpenGL.so.0
  libX11.so.6 libXext.so.6'
needed_packages='libegl1 libglvnd0 libgl1 libglx0 libgles2 libopengl0 libx11-6 libxext6'

machine() {
  uname -srm
  if command -v nvidia-smi >/dev/null; then
    nvidia-smi 2>&1 | head -n 20
    local library
    for library in $needed_libraries; do
      if ! ldconfig -p 2>/dev/null | grep -qF "$library"; then
        echo "lacks $library, which NVIDIA's driver wants: apt-get install $needed_packages"
      fi
    done
  fi
  printf 'VK_DRIVER_FILES=%s XDG_DATA_DIRS=%s\n' "${VK_DRIVER_FILES:-}" "${XDG_DATA_DIRS:-}"
  cat ${VK_DRIVER_FILES:+"$VK_DRIVER_FILES"} 2>&1 </dev/null
  ldconfig -p 2>/dev/null | grep -i 'libvulkan\|libGLX_nvidia\|libEGL_nvidia'
  deno --version
  df -h . "${TMPDIR:-/tmp}"
}

doctor() {
  export needed_libraries needed_packages
  export -f machine
  step machine 15 bash -c machine
  step adapter 30 deno run --no-prompt --cached-only --allow-env=LP_NUM_THREADS bench/adapter.ts
  if command -v nvidia-smi >/dev/null &&
    ! grep -q 'isFallbackAdapter: false' "$scratch/adapter.log"; then
    echo 'There is an NVIDIA GPU, and Vulkan did not give it. What its loader says:'
    step loader 30 env VK_LOADER_DEBUG=error,warn,info,driver \
      deno run --no-prompt --cached-only bench/adapter.ts
  fi
  step doctor 40 ./bandpass doctor
}

tests_of() { # FOLDER…: a process a file, so that one that crashes or hangs costs no other
  find "$@" -name '*_test.ts' 2>/dev/null | sort |
    each 60 deno test --no-prompt --no-check --cached-only --allow-all
}
op_tests() { tests_of tests/gpu tests/shaders; }
further_tests() { tests_of tests/graph tests/evaluation tests/training tests/models; }

golden_files() {
  if ! compgen -G "$golden/*.safetensors" >/dev/null; then
    skip 'golden files' 'none found: give --golden'
    return
  fi
  find "$golden" -maxdepth 1 -name '*.safetensors' | sort | each 40 ./bandpass verify
}

# --- Speed

pytorch_device() { # cuda, or cpu, or nothing where python3 has no torch
  python3 -c 'import torch; print("cuda" if torch.cuda.is_available() else "cpu")' 2>/dev/null
}

# Ours and PyTorch's in turn, a process of bench-peers a model, so that one that fails costs no other.
peers_on() { # DATASET FOLDER
  local device model
  device=$(pytorch_device)
  if [ -z "$device" ]; then skip "PyTorch on $1" 'no python3 with torch'; return; fi
  if [ "$device" = cpu ]; then echo 'PyTorch finds no CUDA device: both are timed on the CPU'; fi
  for model in lightgcn smore fitmm ssr freedom; do
    step "peers-$model-$1" 60 ./bandpass bench-peers --dataset "$1" --data-dir "$2" \
      --models "$model" --device "$device" --epochs "$epochs"
    # The only row of the table.
    awk -v dataset="$1" -v model="$model" '$1 == model && $2 ~ /^[0-9]+$/ { print dataset "  " $0 }
      $1 == "model" && $2 == "threads" { print "dataset " $0 }' \
      "$scratch/peers-$model-$1.log" >>"$scratch/peers" 2>/dev/null
  done
}

peers_tiktok() {
  if [ ! -d "$data/tiktok" ]; then skip 'TikTok' 'no such data: give --data-dir'; return; fi
  peers_on tiktok "$data"
}

# Baby's own features are not handed on; generated ones of the same sizes take the same time.
baby_features() {
  if [ -d "$scratch/baby" ]; then return 0; fi
  if [ ! -d "$data/baby" ]; then skip 'Baby' 'no such data: give --data-dir'; return 1; fi
  step baby-features 60 deno run --no-prompt --cached-only --allow-read --allow-write="$scratch" \
    bench/generated_features.ts "$data/baby" "$scratch/baby" image=4096 text=384
  [ -d "$scratch/baby" ]
}

peers_baby() { baby_features && peers_on baby "$scratch"; }

# Not by deno bench, which measures for longer, and prints nothing before its first group is done.
kernels() {
  local file
  for file in kernels rows fitmm smore ssr; do
    step "kernels-$file" 60 deno run --no-prompt --cached-only --allow-env=LP_NUM_THREADS --allow-read \
      "bench/$file.bench.ts"
  done
}

# Two epochs of a model, the time of each of its kernels and of its slowest launches, and its figures for the table.
profile_of() { # DATASET FOLDER MODEL [PRESET]
  local name="train-$3-$1"
  step "$name" 30 ./bandpass bench-training --dataset "$1" --data-dir "$2" --model "$3" --epochs 2 \
    --launches 12 ${4:+--preset "$4"}
  awk -v model="$3" -v dataset="$1" '
    /^seconds an epoch:/ { best = $NF }
    /^seconds before/ { plan = $6; compile = $(NF - 2) }
    /steps an epoch/ { steps = $1; dispatches = $5 }
    /^memory:/ { memory = $2 " " $3 }
    /^kernels of a step,/ { device = $5; getline; slowest = $1 " " $(NF - 1) " %" }
    END { if (best != "") printf "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", dataset, model, best,
      steps, dispatches, memory, plan, compile, device, slowest }' \
    "$scratch/$name.log" 2>/dev/null >>"$figures"
}

profiles() {
  local model
  if [ -d "$data/tiktok" ]; then
    for model in lightgcn ssr smore fitmm freedom; do
      profile_of tiktok "$data" "$model" tiktok
    done
    for model in bpr vbpr; do profile_of tiktok "$data" "$model"; done
  else
    skip 'profiles on TikTok' 'no such data: give --data-dir'
  fi
  if ! baby_features; then return; fi
  for model in lightgcn ssr smore fitmm; do profile_of baby "$scratch" "$model" baby; done
  profile_of baby "$scratch" freedom
}

eigensolver() {
  if [ -d "$data/tiktok" ]; then
    step spectrum-tiktok 40 ./bandpass spectrum --dataset tiktok --data-dir "$data"
    step mmgf-tiktok 60 ./bandpass train --dataset tiktok --data-dir "$data" --model mmgf \
      --run "$runs-mmgf"
  else
    skip 'spectrum and mmgf on TikTok' 'no such data: give --data-dir'
  fi
  local beside=()
  if python3 -c 'import scipy.sparse.linalg' 2>/dev/null; then beside=(--arpack); fi
  step spectrum-10000 30 env -u LD_LIBRARY_PATH ./bandpass bench-spectrum --nodes 10000 "${beside[@]}"
  step spectrum-100000 40 env -u LD_LIBRARY_PATH ./bandpass bench-spectrum --nodes 100000
}

# --- Quality

# Three seeds at once: what they reach does not depend on who else computes.
early_stopping() {
  if [ ! -d "$data/tiktok" ]; then skip 'early stopping' 'no such data: give --data-dir'; return; fi
  local model cap seed
  # What SMORE leaves of the part's time is SSR's.
  while read -r model cap; do
    for seed in 0 1 2; do
      quiet_step "stopping-$model-$seed" "$cap" ./bandpass train --dataset tiktok --data-dir "$data" \
        --model "$model" --preset tiktok --seed "$seed" --no-yardstick --run "$runs-$model-$seed" &
    done
    wait
  done <<<$'smore 80\nssr 200'
  # Of a training that was cut short too, unless it was killed.
  awk '{ gsub(/[",:]/, "") } FNR == 1 && model != "" { tell() }
    $1 == "model" { model = $2 } $1 == "seed" { seed = $2 } $1 == "status" { status = $2 }
    $1 == "epochs" { epochs = $2 } $1 == "best_epoch" { best = $2 }
    $1 == "validation" { split_name = "valid" } $1 == "test" { split_name = "test" }
    $1 == "recall@20" { found[split_name] = sprintf("%.4f", $2) }
    $1 == "seconds_per_epoch" { seconds = sprintf("%.2f", $2) }
    function tell() {
      printf "%-6s seed %s  %-11s after %s epochs of %s s, best %s: valid R@20 %s, test R@20 %s\n",
        model, seed, status, epochs, told(seconds), told(best), told(found["valid"]), told(found["test"])
      delete found; best = seconds = ""
    }
    function told(value) { return value == "" || value == "null" || value == "0.00" ? "-" : value }
    END { if (model != "") tell() }' runs/"$runs"-s*/result.json 2>/dev/null >"$scratch/stopping"
  for model in smore ssr; do
    for seed in 0 1 2; do
      if [ ! -e "runs/$runs-$model-$seed/result.json" ]; then
        printf '%-6s seed %s  left no result\n' "$model" "$seed" >>"$scratch/stopping"
      fi
    done
  done
  cat "$scratch/stopping"
}

# It keeps what it measures, which the parts after it would take.
tuning() {
  step tune 60 ./bandpass doctor --tune
  rm -f "$own_kernels"
}
