"""The pages that need no gate, each with its reason."""

PUBLIC = {
    "healthz": "says only whether the site is alive",
    "static": "files of the site itself",
}
