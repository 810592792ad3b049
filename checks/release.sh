#!/usr/bin/env bash
# What a release would be: published twice from two folders, which has to give the same bytes, and used by projects that know nothing else.
set -euo pipefail
project=$(cd "$(dirname "$0")/.." && pwd)
version=0.0.1-check
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Folder. What is committed, so that nothing lies around in it.
publish() {
    git clone -q "$project" "$work/$1"
    log="$work/$(basename "$1").log"
    (cd "$work/$1" && mvn -T 2 -B -ntp deploy -Drelease -DskipTests -Dmaven.install.skip=true -Drevision=$version \
        -DaltDeploymentRepository="published::file://$work/$1-published") >"$log" || { tail -n 50 "$log" >&2; exit 1; }
}

# Folder of what was published: a checksum for each file of it, but for the lists of versions, which have the time in them.
bytes() {
    (cd "$1" && find . -type f ! -name 'maven-metadata*' ! -name '*.md5' ! -name '*.sha1' -print0 | sort -z | xargs -0 sha256sum)
}

# Name, and what its last line has to be, without Maven's colours. Nothing of ours may be in its repository from another time.
consume() {
    cp -r "$project/checks/consumers/$1" "$work/consumer-$1"
    log="$work/consumer-$1.log"
    (cd "$work/consumer-$1" && mvn -B -ntp -q -Dmaven.repo.local="$work/repository" compile exec:java \
        -Dpublished="file://$work/a-published" -Dtandem.version=$version) >"$log" || { tail -n 50 "$log" >&2; exit 1; }
    said=$(sed 's/\x1b\[[0-9;]*m//g' "$log" | grep . | tail -n 1)
    [ "$said" = "$2" ] || { echo "the $1 consumer says '$said', and not '$2'" >&2; exit 1; }
    echo "$1: $said"
}

publish a
# Kotlin's own documentation tool reads the sources anew: it may miss no words but those of what every object and every enum has.
grep -q "Undocumented: " "$work/a.log" || { echo "Dokka has not looked for missing words" >&2; exit 1; }
! grep -hE "Undocumented: |Couldn't resolve link" "$work/a.log" |
    grep -vE '/(equals|hashCode|toString|values|valueOf|getEntries)/#' >&2 || { echo "Dokka misses words or finds no way to what they name" >&2; exit 1; }
publish b/in/another/folder
bytes "$work/a-published" >"$work/a.sums"
bytes "$work/b/in/another/folder-published" >"$work/b.sums"
diff "$work/a.sums" "$work/b.sums" || { echo "two builds of one commit differ" >&2; exit 1; }

for artifact in "$work"/a-published/dev/tandem/*/; do
    name=$(basename "$artifact")
    jar="$artifact$version/$name-$version"
    [ -e "$jar.jar" ] || continue
    for part in sources javadoc; do
        # Read to the end: unzip would fail if nobody listened any more.
        unzip -Z1 "$jar-$part.jar" 2>/dev/null | grep -E '\.(kt|java|html)$' >/dev/null || { echo "$name has no $part" >&2; exit 1; }
    done
done
# The BOM names its own version by the property that Maven and Gradle know of each pom.
! grep -rF '${' --include='*.pom' "$work/a-published" | grep -vF '${project.version}' || { echo "a pom has a property that nobody resolves" >&2; exit 1; }
echo "$(wc -l <"$work/a.sums") files, the same in two builds"

. "$project/checks/repository.sh"
repository_without_ours "$work/repository"
consume java "Hello from Java, $version"
consume kotlin "Hello from Kotlin, $version"
