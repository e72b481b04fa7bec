#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The checker is itself checked: a tree with each violation, and its neighbour that is allowed, gives exactly
# fixture.expected, and a tree that cannot be read is no success.
# usage: test-tidy.sh TIDY SOURCE_FOLDER
set -u
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT

"$1" "$2/fixture" >"$folder/found"
code=$?
if [ "$code" -ne 1 ]; then
        echo "exit $code for a tree with findings, expected 1"
        exit 1
fi
LC_ALL=C sort "$folder/found" >"$folder/sorted"
diff -u "$2/fixture.expected" "$folder/sorted" || exit 1
mkdir "$folder/empty"
if "$1" "$folder/empty" >/dev/null; then
        echo "an empty tree passed"
        exit 1
fi
