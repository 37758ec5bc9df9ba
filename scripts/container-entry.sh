#!/bin/sh
# Runs ctrace in a container. A container ends with its first process and takes everything else with it, the recorder
# that is still writing the end of the session included; so this waits for it before it hands on the exit code.
trap : TERM INT HUP QUIT # ctrace gets the signal as well (tini -g) and decides; this only has to outlive it

ctrace "$@"
code=$?

# Showing the newest session waits until its recorder is done, ten seconds at most. No session at all is fine.
ctrace sessions show last --json >/dev/null 2>&1 </dev/null
exit "$code"
