#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Faults of one SQLite store, as the kernel sees them: SIGKILL before every write and synchronisation of a small
# workload, errors injected into the same calls, and a disk that is really full. After each, fault-driver checks every
# promise it made. Prints TAP, one case per kind of fault. Needs strace.
#
#   run.sh DRIVER [quick]        quick: every ninth point of the many
set -u

driver=${1:?driver}
step=1
if [ "${2:-}" = quick ]; then
        step=9
fi
if ! command -v strace >/dev/null; then
        echo "1..0 # SKIP strace is not installed"
        exit 0
fi
if ! strace -qq -o /dev/null -e inject=getpid:error=EIO:when=1 true 2>/dev/null; then
        echo "1..0 # SKIP strace may not inject faults here"
        exit 0
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/fundnode-fault.XXXXXX")
mounted=
verb=run
cleanup() {
        if [ -n "$mounted" ]; then
                umount "$folder/disk"
        fi
        rm -rf "$folder"
}
trap cleanup EXIT

cases=0
failed=0
result() {                       # ok|not-ok NAME
        cases=$((cases + 1))
        if [ "$1" = ok ]; then
                echo "ok $cases - $2"
        else
                echo "not ok $cases - $2"
                failed=1
        fi
}

# How often the undisturbed workload makes a call.
count() {                        # CALL
        rm -rf "$folder/run" && mkdir "$folder/run"
        strace -qq -o "$folder/trace" -e "trace=$1" "$driver" $verb "$folder/run/db" "$folder/run/answers"
        grep -c "^$1(" "$folder/trace"
}

# One run with one fault, and the check of its promises. Sets $status, $answers.
try() {                          # INJECTION
        rm -rf "$folder/run" && mkdir "$folder/run"
        # the shell's own word about killed children is of no interest
        { strace -qq -o /dev/null -e "inject=$1" "$driver" $verb "$folder/run/db" "$folder/run/answers" \
                2>"$folder/errors"; status=$?; } 2>/dev/null
        answers=$(cat "$folder/run/answers" 2>/dev/null)
        if ! "$driver" check "$folder/run/db" "$folder/run/answers" 2>>"$folder/errors"; then
                echo "# after $1:"
                sed 's/^/# /' "$folder/errors"
                return 1
        fi
}

# Every point of one call with one fault. Demands that the fault was felt in the way its kind must be.
sweep() {                        # CALL FAULT SUFFIX DEMAND
        local call=$1 fault=$2 suffix=$3 demand=$4 total n good=ok felt=0 points=0 stride=$step
        total=$(count "$call")
        if [ "$total" -lt 60 ]; then
                stride=1
        fi
        for ((n = 1; n <= total; n += stride)); do
                points=$((points + 1))
                try "$call:$fault:when=$n$suffix" || good=not-ok
                case "$demand" in
                killed) [ "$status" = 137 ] && felt=$((felt + 1)) ;;
                read-only) [[ "$answers" == *read-only* ]] && felt=$((felt + 1)) ;;
                refused) [[ "$answers" == *refused* ]] && felt=$((felt + 1)) ;;
                none) felt=$((felt + 1)) ;;
                esac
                # 1 is a broken promise of the run itself; 3, not opened, promises nothing
                if [ "$status" != 0 ] && [ "$status" != 3 ] && ! [ "$demand$status" = killed137 ]; then
                        echo "# $call:$fault:when=$n$suffix ended with $status"
                        sed 's/^/# /' "$folder/errors"
                        good=not-ok
                fi
        done
        if [ "$points" = 0 ] || [ "$felt" = 0 ] || { [ "$demand" = killed ] && [ "$felt" != "$points" ]; }; then
                echo "# of $points points $felt were felt as '$demand'"
                good=not-ok
        fi
        result $good "$verb: $fault${suffix:+ from then on} at $call, $points points"
}

for call in pwrite64 write fdatasync fsync ftruncate unlink; do
        sweep $call signal=KILL "" killed
done
sweep fdatasync error=EIO "" read-only
sweep fsync error=EIO "" none
sweep pwrite64 error=EIO "" read-only
# Also where the log is carried over into the database between two commands.
verb=run-large
sweep fdatasync error=EIO "" read-only
sweep fdatasync signal=KILL "" killed
verb=run
sweep pwrite64 error=ENOSPC "" none
sweep pwrite64 error=ENOSPC + refused

# A disk of its own, where this machine lets us make one.
mkdir -p "$folder/disk"
if mount -t tmpfs -o size=3m tmpfs "$folder/disk" 2>/dev/null; then
        mounted=1
        head -c 262144 /dev/zero >"$folder/disk/reserve"
        good=ok
        "$driver" fill "$folder/disk/db" "$folder/disk/reserve" 2>"$folder/errors" || good=not-ok
        sed 's/^/# /' "$folder/errors"
        result $good "a full disk refuses cleanly and commits again with room"
else
        cases=$((cases + 1))
        echo "ok $cases - a full disk # SKIP no right to mount one"
fi
echo "1..$cases"
exit $failed
