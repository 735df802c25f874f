"""The pages that need no gate, each with its reason."""

PUBLIC = {
    "followup.entity": "the expiring link in the address is its gate",
    "followup.entity_step": "the expiring link in the address is its gate",
    "healthz": "says only whether the site is alive",
    "static": "files of the site itself",
}
