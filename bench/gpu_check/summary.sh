# The end of bench/gpu_check.sh: tables, and what did not pass.

summary() {
  printf '\n=== Trainings (last of two epochs; seconds to plan and compile; kernels: ms of a step on the device)\n'
  awk -F '\t' 'BEGIN { form = "%-7s %-9s %9s %6s %11s %13s %7s %8s %9s  %s\n"
      printf form, "dataset", "model", "s/epoch", "steps", "dispatches", "memory", "plan", "compile",
        "kernels", "slowest" }
    { printf form, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10 }' "$figures"
  printf '\n=== Beside PyTorch, epochs in turn (median and quartiles)\n'
  awk '!seen[$0]++' "$scratch/peers" 2>/dev/null
  printf '\n=== TikTok to early stopping\n'
  cat "$scratch/stopping" 2>/dev/null
  printf '\n=== What did not pass\n'
  local verdict took status name
  while IFS=$'\t' read -r verdict took status name; do
    if [ "$verdict" = passed ]; then continue; fi
    printf '%-9s %4s s  exit code %-3s  %s\n' "$verdict" "$took" "$status" "$name"
    # The names of failing tests, how many passed before a crash, and the first words of an error.
    grep -hE ' => \./[^ ]+:[0-9]+:[0-9]+$|^(ok|FAILED) \| |^[Ee]rror|panicked|corrupted|invalid (chunk|pointer|size)|: .*(fault|Abort)' \
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
