"""The `code:` section of a rule file: what the rules know about the code base that uses the schema.

Names of somebody's functions, classes and files stand here and nowhere else. A section may look like this:

```yaml
code:
  guide: createOrder              # the guide is written to code/createOrder.md
  calls: [createOrder]            # functions that lead to a create; whoever calls them has to pass the new key
  files:                          # where most of the work is expected
    - packages/services/src/orders.ts
  resolve:                        # how the code base comes by a record, by model
    Shop:
      input: address
      parse: addressParser.parse(address)
      find: shops.findByName(parsed.shop)
      error: UnknownShopError
    Account:
      find: accounts.findOf(userId, parsed.shop)
      get: accounts.getById(accountId)
      error: AccountUnavailableError
```

Every setting may be left out, and so may the whole section.
"""

from __future__ import annotations

import re

import msgspec

_FILE_STEM = re.compile(r"\w[\w.-]*")


class Lookup(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How the code base comes by a record of one model.

    Attributes:
        input: the value in hand from which the record is found.
        parse: an expression that takes the input apart; `find` calls its result `parsed`.
        find: an expression for the record; it is awaited, and null or undefined when there is none.
        get: the same where its key is in hand, which the expression calls by the name of the foreign key.
        error: the class of the error that says there is none; it is made with the input, or with the key. Or an
            expression for the error, such as `UnknownShopError.of(address)`. A plain `Error` when it is left out. It is
            not needed where the function that finds a record says by its type that it never gives null back.
    """

    input: str | None = None
    parse: str | None = None
    find: str | None = None
    get: str | None = None
    error: str | None = None


class CodeRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the rules know about the code base.

    Attributes:
        guide: the guide's file name without its ending.
        calls: functions and methods that lead to a create of a changed model.
        files: where most of the work is expected, relative to the code base's root.
        resolve: how records are found, by the name of their model.
    """

    guide: str = "guide"
    calls: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    resolve: dict[str, Lookup] = {}

    def __post_init__(self) -> None:
        """Refuse a guide that would be written elsewhere.

        Raises:
            ValueError: `guide` is not a plain file name; msgspec reports it with the path into the rule file.
        """
        if not _FILE_STEM.fullmatch(self.guide):
            raise ValueError(f"`guide` is a file name without ending and folder, not {self.guide!r}")

    def lookup(self, model: str) -> Lookup:
        """How a record of the model is found; an empty answer when the rule file does not say."""
        return self.resolve.get(model, Lookup())
