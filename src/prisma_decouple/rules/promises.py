"""The codes of what rules promise: `check` watches over it when the settings name the rule file."""

from __future__ import annotations

PROMISES = {
    "D201": "what `make_optional` has made optional stays so",
    "D202": "the relation that `add_relation` has added stays there, and required when it was",
    "D203": "the index that `add_index` has added stays there",
    "D204": "the field that `add_field` has added stays there",
}
