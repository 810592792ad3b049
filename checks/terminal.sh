#!/usr/bin/env bash
# The command line in a real terminal, as somebody at the keys has it: the bar, Ctrl-C, going on by the words that were
# printed, and a talk. Needs tmux, and examples-java as mvn verify leaves it. Every wait is for something on the screen.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
PATIENCE=60 # seconds
LINES_ASKED=40
DELAY=250 # milliseconds for each answer

for needed in examples-java/target/tandem.jar examples-java/target/test-classes; do
    [ -e "$needed" ] || { echo "$needed is not there: run mvn verify first" >&2; exit 2; }
done
command -v tmux >/dev/null || { echo "tmux is not there: install it" >&2; exit 2; }

folder=$(mktemp -d)
socket=tandem-check-$$
in_tmux() { tmux -u -L "$socket" -f /dev/null "$@"; }

server=
end() {
    in_tmux kill-server 2>/dev/null || true
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$folder"
}
trap end EXIT

screen() { in_tmux capture-pane -p -J -t tandem; }

fail() {
    echo "terminal.sh: $1. On the screen:" >&2
    screen >&2
    exit 1
}

# Waits until an extended regular expression is on the screen.
see() {
    local deadline=$((SECONDS + PATIENCE))
    until screen | grep -Eq -- "$1"; do
        [ "$SECONDS" -lt "$deadline" ] || fail "'$1' has not come"
        sleep 0.1
    done
}

enter() { in_tmux send-keys -t tandem -l -- "$1" && in_tmux send-keys -t tandem Enter; }

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
mkfifo "$folder/hold"
"$java" -cp "examples-java/target/test-classes:examples-java/target/examples.jar" \
    dev.tandem.examples.cli.EchoServer "$DELAY" <"$folder/hold" >"$folder/url" &
server=$!
exec 9>"$folder/hold" # its input ends with us
deadline=$((SECONDS + PATIENCE))
until [ -s "$folder/url" ]; do
    [ "$SECONDS" -lt "$deadline" ] || { echo "the server has not begun" >&2; exit 1; }
    sleep 0.1
done
url=$(cat "$folder/url")
for n in $(seq "$LINES_ASKED"); do echo "\"prompt number $n.\""; done >"$folder/in.jsonl"

in_tmux new-session -d -s tandem -x 220 -y 50 -c "$folder" env -u OPENAI_API_KEY LC_ALL=C.UTF-8 XDG_STATE_HOME="$folder/state" PS1='ready \$ ' \
    ${JAVA_HOME:+JAVA_HOME="$JAVA_HOME"} bash --norc --noprofile
see '^ready'

echo "== a bar, and Ctrl-C"
enter "$root/examples-java/bin/tandem batch in.jsonl out.jsonl --url $url --model fake-1 --concurrency 2; echo \"ended with \$?\""
see '[1-9][0-9]?% [|].*[|] +[0-9]+/'"$LINES_ASKED"
screen | grep -E '[0-9]+% ' | tail -n 1
in_tmux send-keys -t tandem C-c
see 'Stopping: [0-9]+ lines under way'
see 'To go on:'
see '^ended with 3$'
[ ! -s "$folder/out.jsonl" ] || [ "$(wc -l <"$folder/out.jsonl")" -lt "$LINES_ASKED" ] || fail "all was done before Ctrl-C"
resume=$(screen | grep -A 1 'To go on:' | tail -n 1 | sed 's/^ *//')
case "$resume" in *"batch --resume in.jsonl out.jsonl"*) ;; *) fail "this does not go on: $resume" ;; esac

echo "== going on by: $resume"
in_tmux send-keys -t tandem C-l
enter "clear; $resume; echo \"then ended with \$?\""
see "$LINES_ASKED of $LINES_ASKED lines answered, 0 failed"
see 'by earlier runs'
see '^then ended with 0$'
[ "$(wc -l <"$folder/out.jsonl")" -eq "$LINES_ASKED" ] || fail "out.jsonl has $(wc -l <"$folder/out.jsonl") lines"
for n in $(seq "$LINES_ASKED"); do
    [ "$(grep -c "re: prompt number $n\\." "$folder/out.jsonl")" -eq 1 ] || fail "line $n is not there once"
done

echo "== a pipe"
"$root/examples-java/bin/tandem" batch "$folder/in.jsonl" "$folder/piped.jsonl" --url "$url" --model fake-1 --concurrency 20 \
    2>"$folder/err" | cat >"$folder/out"
grep -q "$LINES_ASKED of $LINES_ASKED lines answered" "$folder/out" || fail "the pipe has $(cat "$folder/out")"
grep -q 'lines (100 %)' "$folder/err" || fail "the error stream has $(cat "$folder/err")"
if LC_ALL=C grep -q '[[:cntrl:]]' "$folder/out" "$folder/err"; then fail "control characters in a pipe"; fi

echo "== a second Ctrl-C"
printf '"prompt one."\n"never"\n"never"\n' >"$folder/slow.jsonl"
enter "clear; $root/examples-java/bin/tandem batch slow.jsonl second.jsonl --url $url --model fake-1; echo \"second ended with \$?\""
see '[1-9][0-9]?% [|]'
in_tmux send-keys -t tandem C-c
see 'Ctrl-C once more ends at once'
in_tmux send-keys -t tandem C-c
see 'Ended at once. To go on:'
see '^second ended with 130$'
screen | grep -q 'batch --resume slow.jsonl second.jsonl' || fail "it is not said how to go on"

echo "== a talk"
enter "clear; $root/examples-java/bin/tandem chat --url $url --model fake-1; echo \"talk ended with \$?\""
see '^> '
enter 'hello there'
see '^re: hello there$'
enter 'forever'
see 'and on and on'
in_tmux send-keys -t tandem C-c
see 'given up'
enter 'still there'
see '^re: still there$'
enter '/save talk.json'
see '4 messages are in talk.json'
enter '/reset'
see 'All is forgotten'
enter '/load talk.json'
see '4 messages are back'
enter 'bad'
see '^tandem: .*not like this'
in_tmux send-keys -t tandem C-d
see '^talk ended with 0$'
[ "$(stat -c %a "$folder/talk.json")" = 600 ] || fail "others may read talk.json"
grep -q 'hello there' "$folder/state/tandem/history" || fail "there is no history"
[ "$(stat -c %a "$folder/state/tandem/history")" = 600 ] || fail "others may read the history"
echo "terminal.sh: all is well"
