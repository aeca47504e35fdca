# Sourced by what starts Deno: Vulkan drivers complain on stderr where this is no absolute path.
case ${XDG_RUNTIME_DIR:-} in
  /*) ;;
  *) XDG_RUNTIME_DIR=${TMPDIR:-/tmp} ;;
esac
export XDG_RUNTIME_DIR
