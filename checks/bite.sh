#!/usr/bin/env bash
# Proves that each gate bites: plants a fault in a copy of the working tree, builds, and looks for the gate's own complaint.
#   bash checks/bite.sh              all gates, some minutes
#   bash checks/bite.sh ktlint size  only those whose name contains one of the words
#   bash checks/bite.sh --list       the names
# Needs an earlier build of the same tree: it runs offline. The gates and their faults are in faults.sh.
set -uo pipefail
cd "$(dirname "$0")/.."
. checks/faults.sh

wanted() {
    [ ${#words[@]} -eq 0 ] && return 0
    local word
    for word in "${words[@]}"; do [[ $1 == *"$word"* ]] && return 0; done
    return 1
}
fresh() { # without target: class files of the last fault would stay
    rm -rf "$scratch/tree"
    cp -a "$scratch/pristine" "$scratch/tree"
}
report() { # name, whether it bit, log
    if [ "$2" = 0 ]; then
        echo "bites: $1"
    else
        echo "DOES NOT BITE: $1"
        grep -m 5 -E 'ERROR|FAILURE' "$3" | cut -c 1-300 | sed 's/^/    /'
        failed=1
    fi
}
run_build() { # name|arguments|complaint
    local name arguments complaint log=$scratch/log
    IFS='|' read -r name arguments complaint <<<"$1"
    fresh
    (cd "$scratch/tree" && "plant_$name")
    # shellcheck disable=SC2086
    if (cd "$scratch/tree" && mvn -o -B -ntp $arguments) >"$log" 2>&1; then
        report "$name" 1 "$log"
    else
        grep -qE "$complaint" "$log"
        report "$name" $? "$log"
    fi
}
run_tests() { # all gates at once: each test must name its own fault
    local gate name test complaint log=$scratch/log classes
    fresh
    for gate in "$@"; do (cd "$scratch/tree" && "plant_${gate%%|*}"); done
    classes=$(printf '%s\n' "$@" | cut -d '|' -f 2 | cut -d . -f 1 | sort -u | paste -s -d ,)
    (cd "$scratch/tree" && mvn -o -B -ntp verify -pl checks -am "-Dtest=$classes" -DfailIfNoTests=false \
        -Dsurefire.failIfNoSpecifiedTests=false -Dspotless.check.skip -Danimal.sniffer.skip) >"$log" 2>&1
    for gate in "$@"; do
        IFS='|' read -r name test complaint <<<"$gate"
        # From the line that says this test failed to the next such line.
        awk -v test="dev.tandem.checks.$test" '/<<< (FAILURE|ERROR)!/ { on = index($0, test) } on' \
            "$scratch/tree/checks/target/surefire-reports/dev.tandem.checks.${test%%.*}.txt" 2>/dev/null | grep -qE "$complaint"
        report "$name" $? "$log"
    done
}

words=("$@")
if [ "${1:-}" = --list ]; then
    printf '%s\n' "${builds[@]}" "${tests[@]}" | cut -d '|' -f 1
    exit
fi
failed=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/pristine"
tar -cf - --exclude=target --exclude=node_modules --exclude=./.git . | tar -xf - -C "$scratch/pristine"

asked=0
for gate in "${builds[@]}"; do
    wanted "${gate%%|*}" && asked=1 && run_build "$gate"
done
chosen=()
for gate in "${tests[@]}"; do
    wanted "${gate%%|*}" && asked=1 && chosen+=("$gate")
done
[ ${#chosen[@]} -gt 0 ] && run_tests "${chosen[@]}"
[ $asked = 1 ] || { echo "no such gate: see --list" >&2; exit 2; }
exit $failed
