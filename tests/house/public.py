"""The pages that need no gate, each with its reason."""

PUBLIC = {
    "static": "files of the site itself",
}
