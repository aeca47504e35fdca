# What bench/gpu_check.sh runs its steps with: each under a cap, recorded however it ends.

record() { printf '%s\t%s\t%s\t%s\n' "$@" >>"$results"; }
skip() { # NAME WHY
  printf 'skipped  %s: %s\n' "$1" "$2"
  record skipped 0 - "$1 ($2)"
}
least=3  # seconds in which a step can show anything
left() { # seconds that a step may take: its cap, or what its part still has
  local cap=$(($1 * scale)) rest=$((part_end - SECONDS))
  echo $((cap < rest ? cap : rest))
}

# Runs a command under its cap with its output in $scratch/<name>.log, and records how it ended.
attempt() { # NAME CAP COMMAND…
  local name=$1 limit from=$SECONDS status verdict
  limit=$(left "$2")
  shift 2
  if ((limit < least)); then skip "$name" 'no time left'; return; fi
  # A group of its own, so that all of a task ends with it. At SIGTERM a command stops in order, and a
  # test that trains just then fails of it; SIGKILL is for what hangs in a driver.
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
  local cap=$1 subject subjects n
  shift
  mapfile -t subjects
  for n in "${!subjects[@]}"; do
    while (($(jobs -rp | wc -l) >= jobs)); do wait -n; done
    subject=${subjects[n]}
    if (($(left "$cap") < least)); then
      skip "$subject and $((${#subjects[@]} - n - 1)) after it" 'no time left'
      break
    fi
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
