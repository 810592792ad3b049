# To be sourced. A Maven repository in the folder $1: all that Maven has fetched already, by links where that can be done, and nothing of ours.
repository_without_ours() {
    mkdir "$1"
    for part in "$HOME"/.m2/repository/*; do
        [ ! -e "$part" ] || cp -al "$part" "$1/" 2>/dev/null || cp -r "$part" "$1/"
    done
    rm -rf "$1/dev/tandem"
}
