#!/usr/bin/env bash
# The pages that are guides, followed word by word by somebody who has just arrived: in a clone of what is committed, and with a Maven
# repository that has never had anything of ours in it. Those that are named, or all.
set -euo pipefail
[ $# -gt 0 ] || set -- docs/first-steps.md docs/patterns.md docs/from-locallab.md docs/spring-boot.md
project=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

. "$project/checks/repository.sh"
repository_without_ours "$work/repository"
mkdir "$work/bin"
printf '#!/bin/sh\nexec "%s" -Dmaven.repo.local="%s" "$@"\n' "$(command -v mvn)" "$work/repository" >"$work/bin/mvn"
chmod +x "$work/bin/mvn"

git clone -q "$project" "$work/tandem"
cd "$work/tandem"
for page; do
    PATH="$work/bin:$PATH" java "$project/checks/guides/Guide.java" "$page"
done
