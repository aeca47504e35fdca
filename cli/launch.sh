#!/bin/sh
# Runs a command with the permissions that its arguments need, for ./bandpass and `deno task` alike:
# sh cli/launch.sh COMMAND [ARGUMENT…], in the project's folder, where INIT_CWD says where the user
# stands. cli/permission_flags.ts computes the permissions; then this process becomes the command, so
# that it gets each signal once, and its exit code, stdin and stdout are its own. Its program is main.ts
# in the folder of its name.
set -eu

# Of ./bandpass, or else the one whose task this is, which need not be on the PATH.
deno=${BANDPASS_DENO:-}
if [ -z "$deno" ]; then
  deno=$(readlink "/proc/$PPID/exe" 2>/dev/null || ps -o comm= -p "$PPID" || :)
  case ${deno##*/} in
    deno | deno-*) ;;
    *) deno=deno ;;
  esac
fi
# The folder itself, and not the name by which it was reached.
INIT_CWD=$(CDPATH='' cd -- "${INIT_CWD:-.}" && pwd -P)
export INIT_CWD
. cli/runtime_folder.sh

flags=$("$deno" run --no-prompt --allow-read --allow-env=INIT_CWD cli/permission_flags.ts "$@" </dev/null)
# Packages with native libraries, which a lock of their own says are needed.
case $flags in
  *--lock=*)
    libraries=$("$deno" run --no-prompt --allow-read --allow-run cli/encode/fetch_packages.ts \
      "$deno" </dev/null)
    flags="$flags $libraries"
    ;;
esac
eval "exec \"\$deno\" run --no-prompt $flags \"cli/\$1/main.ts\" \"\$@\""
