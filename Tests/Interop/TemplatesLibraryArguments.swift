import Formats

/// What arguments each filter, test and method is tried with.
enum LibraryArguments {
  enum Argument {
    case text, number, bool, value, items, mapping
    case one([JSONValue])
  }

  struct Choice {
    var positional: [Argument] = []
    var named: [(String, Argument)] = []

    init(_ positional: Argument..., named: [(String, Argument)] = []) {
      self.positional = positional
      self.named = named
    }
  }

  static let inputs: [String: Argument] = [
    "capitalize": .text, "center": .text, "escape": .text, "e": .text, "forceescape": .text,
    "format": .text, "indent": .text, "lower": .text, "upper": .text, "replace": .text,
    "safe": .text, "striptags": .text, "title": .text, "trim": .text, "truncate": .text,
    "urlize": .text, "wordcount": .text, "wordwrap": .text, "abs": .number, "int": .number,
    "float": .number, "round": .number, "filesizeformat": .number, "odd": .number, "even": .number,
    "divisibleby": .number, "batch": .items, "slice": .items, "first": .items, "last": .items,
    "join": .items, "map": .items, "max": .items, "min": .items, "select": .items,
    "reject": .items, "selectattr": .items, "rejectattr": .items, "sort": .items, "sum": .items,
    "unique": .items, "groupby": .items, "reverse": .items, "dictsort": .mapping,
    "xmlattr": .mapping, "items": .mapping,
  ]

  private static let attribute = Argument.one([
    "name", "age", "city.zip", "city.name", "city", "0", 0, 1, "none", "name,age", "",
  ])
  private static let width = Argument.one([0, 1, 2, 5, 8, 10, 20, 40, 79])
  private static let find: [Choice] = [
    Choice(.one(["a", "", "o", "X", "\n", "ß", "語", " "])),
    Choice(.text), Choice(.one(["a", "", "o"]), .number),
    Choice(.one(["a", "", " "]), .number, .number),
    Choice(.one(["a"]), .one([.null]), .number),
  ]
  private static let pad: [Choice] = [
    Choice(width), Choice(width, .one(["*", "é", "", "ab", "<"])), Choice(),
  ]
  private static let strip: [Choice] = [
    Choice(), Choice(.one(["a", " ", "xyz", "é語", .null, "", "<>b"])), Choice(.text),
  ]
  private static let split: [Choice] = [
    Choice(), Choice(.one([",", "X", " ", "a", "", .null, "\n"])),
    Choice(.one([",", "X", .null]), .one([0, 1, 2, -1])),
    Choice(named: [("maxsplit", .one([0, 1, 2]))]),
    Choice(.one([","]), named: [("maxsplit", .number)]),
    Choice(named: [("sep", .one([",", "a"]))]),
  ]
  private static let one: [Choice] = [Choice(.text), Choice(.one(["a", "ab", "", "X", " "]))]

  static let choices: [String: [Choice]] = {
    var all: [String: [Choice]] = [
      "batch": [Choice(.one([1, 2, 3, 0])), Choice(.one([2, 3]), .value)],
      "slice": [Choice(.one([1, 2, 3, 0])), Choice(.one([2, 3, 4]), .value)],
      "center": [Choice(), Choice(width)],
      "default": [
        Choice(), Choice(.value), Choice(.value, .bool),
        Choice(named: [("default_value", .value), ("boolean", .bool)]),
      ],
      "dictsort": [
        Choice(), Choice(.bool), Choice(.bool, .one(["key", "value", "other"])),
        Choice(named: [("by", .one(["value"])), ("reverse", .bool)]),
      ],
      "filesizeformat": [Choice(), Choice(.bool)],
      "float": [Choice(), Choice(.value)],
      "int": [Choice(), Choice(.value), Choice(.value, .one([2, 8, 10, 16, 36, 0, 1, 37]))],
      "format": [Choice(.value), Choice(.value, .value), Choice(), Choice(named: [("x", .value)])],
      "groupby": [
        Choice(attribute), Choice(attribute, .value),
        Choice(attribute, named: [("case_sensitive", .bool)]),
      ],
      "indent": [
        Choice(), Choice(.one([0, 1, 4, "> ", "\t"])), Choice(.one([2]), .bool),
        Choice(.one([2]), .bool, .bool), Choice(named: [("blank", .bool), ("first", .bool)]),
      ],
      "join": [Choice(), Choice(.one([", ", "", "<br>", "|"])), Choice(.text, attribute)],
      "map": [
        Choice(.one(["upper", "length", "int", "string", "nope", "e"])),
        Choice(named: [("attribute", attribute)]),
        Choice(named: [("attribute", attribute), ("default", .value)]), Choice(),
        Choice(.one(["default"]), .value), Choice(.one(["replace"]), .one(["a"]), .one(["b"])),
      ],
      "max": [Choice(), Choice(.bool), Choice(named: [("attribute", attribute)])],
      "min": [Choice(), Choice(.bool), Choice(named: [("attribute", attribute)])],
      "replace": [
        Choice(.one(["a", "o", "", "<", " "]), .one(["b", "", "<x>", "&"])), Choice(.text, .text),
        Choice(.one(["a", ""]), .one(["-"]), .one([0, 1, 2, -1])),
      ],
      "round": [
        Choice(), Choice(.one([0, 1, 2, 3, -1, -2, 5])),
        Choice(.one([0, 1, 2, -1]), .one(["common", "ceil", "floor", "x"])),
      ],
      "sort": [
        Choice(), Choice(.bool), Choice(.bool, .bool), Choice(named: [("attribute", attribute)]),
        Choice(named: [("reverse", .bool), ("attribute", attribute)]),
      ],
      "sum": [
        Choice(), Choice(attribute), Choice(named: [("start", .number)]),
        Choice(attribute, .number),
      ],
      "tojson": [Choice(), Choice(.one([0, 2, 4, .null, "--"]))],
      "trim": strip,
      "truncate": [
        Choice(), Choice(.one([3, 5, 9, 10, 20])), Choice(.one([5, 9]), .bool),
        Choice(.one([5, 9]), .bool, .one(["…", "", "...", "<x>"])),
        Choice(.one([5, 9]), .bool, .one([".."]), .one([0, 1, 5, -1])),
      ],
      "unique": [Choice(), Choice(.bool), Choice(named: [("attribute", attribute)])],
      "urlize": [
        Choice(), Choice(.one([5, 10, 0])), Choice(.one([.null]), .bool),
        Choice(named: [("target", .one(["_blank", "<x>"])), ("rel", .one(["me x"]))]),
      ],
      "wordwrap": [
        Choice(), Choice(width), Choice(width, .bool),
        Choice(width, .bool, .one(["|", .null, "<br>"])),
        Choice(width, .bool, .one([.null]), .bool),
      ],
      "xmlattr": [Choice(), Choice(.bool)],
      "attr": [Choice(.one(["upper", "name", "x", "real", "items"]))],
      "divisibleby": [Choice(.one([1, 2, 3, 0, -3, 1.5]))],
      "in": [Choice(.value), Choice(.text), Choice(.items)],
      "sameas": [Choice(.one([true, false, .null, 1]))],
      "filter": [Choice()], "test": [Choice()],
      "str.count": find, "str.find": find, "str.rfind": find, "str.index": find, "str.rindex": find,
      "str.startswith": find + [Choice(.one([LibraryCases.tagged("tuple", ["a", "H", "<"])]))],
      "str.endswith": find + [Choice(.one([LibraryCases.tagged("tuple", ["c", ">", ""])]))],
      "str.center": pad, "str.ljust": pad, "str.rjust": pad,
      "str.zfill": [Choice(width), Choice()],
      "str.strip": strip, "str.lstrip": strip, "str.rstrip": strip, "str.split": split,
      "str.rsplit": split, "str.partition": one, "str.rpartition": one, "str.removeprefix": one,
      "str.removesuffix": one,
      "str.expandtabs": [
        Choice(), Choice(.one([0, 1, 4, -1])), Choice(named: [("tabsize", .number)]),
      ],
      "str.splitlines": [Choice(), Choice(.bool), Choice(named: [("keepends", .bool)])],
      "str.join": [
        Choice(.items), Choice(.text),
        Choice(.one([["a", "b"], ["<", LibraryCases.tagged("markup", "<")]])),
      ],
      "str.replace": [
        Choice(.one(["a", "o", "", " "]), .one(["b", "", "<x>"])), Choice(.text, .text),
        Choice(.one(["a", ""]), .one(["-"]), .one([0, 1, 2, -1])),
      ],
      "str.translate": [
        Choice(.one([LibraryCases.tagged("dict", [[97, "X"], [111, .null], [98, 99]])]))
      ],
      "str.maketrans": [
        Choice(.one(["abc"]), .one(["xyz", "xy"])), Choice(.one(["a"]), .one(["b"]), .one(["c"])),
      ],
      "str.format": [Choice(.value, .value), Choice(.value, named: [("x", .value)])],
      "list.index": [Choice(.value), Choice(.text), Choice(.number, .number)],
      "tuple.index": [Choice(.value), Choice(.number)],
      "list.append": [Choice(.value)], "list.insert": [Choice(.number, .value)],
      "list.extend": [Choice(.items), Choice(.value)],
      "list.pop": [Choice(), Choice(.one([0, -1, 2, 9]))], "list.remove": [Choice(.value)],
      "list.count": [Choice(.value)],
      "tuple.count": [Choice(.value)],
      "list.sort": [Choice(), Choice(named: [("reverse", .bool)])],
      "dict.get": [Choice(.text), Choice(.text, .value), Choice(.number)],
      "dict.pop": [Choice(.text), Choice(.text, .value), Choice(.number)],
      "dict.setdefault": [Choice(.text), Choice(.text, .value)],
      "dict.update": [
        Choice(.mapping), Choice(.value), Choice(named: [("k", .value)]), Choice(.items),
      ],
      "range.index": [Choice(.number)], "range.count": [Choice(.number)],
    ]
    all["d"] = all["default"]
    for name in ["select", "reject"] {
      all[name] = [
        Choice(), Choice(.one(["odd", "string", "defined", "none", "nope", "lower"])),
        Choice(.one(["in", "equalto", ">", "lt", "!="]), .value),
      ]
    }
    for name in ["selectattr", "rejectattr"] {
      all[name] = [
        Choice(attribute), Choice(attribute, .one(["odd", "string", "defined", "none"])),
        Choice(attribute, .one(["in", "equalto", ">", "lt"]), .value), Choice(),
      ]
    }
    for name in [
      "==", "!=", "<", "<=", ">", ">=", "eq", "ne", "lt", "le", "gt", "ge", "equalto", "lessthan",
      "greaterthan",
    ] {
      all[name] = [Choice(.value), Choice(.text), Choice(.number)]
    }
    return all
  }()

  static let filters = [
    "abs", "attr", "batch", "capitalize", "center", "count", "d", "default", "dictsort", "e",
    "escape", "filesizeformat",
    "first", "float", "forceescape", "format", "groupby", "indent", "int", "items", "join", "last",
    "length", "list",
    "lower", "map", "max", "min", "pprint", "reject", "rejectattr", "replace", "reverse", "round",
    "safe", "select",
    "selectattr", "slice", "sort", "string", "striptags", "sum", "title", "tojson", "trim",
    "truncate", "unique", "upper",
    "urlencode", "urlize", "wordcount", "wordwrap", "xmlattr",
  ]

  static let tests = [
    "boolean", "callable", "defined", "divisibleby", "eq", "equalto", "==", "escaped", "even",
    "false", "filter", "float",
    "ge", "gt", "greaterthan", ">", ">=", "in", "integer", "iterable", "le", "lt", "lessthan", "<",
    "<=", "lower",
    "mapping", "ne", "!=", "none", "number", "odd", "sameas", "sequence", "string", "test", "true",
    "undefined", "upper",
  ]

  static let methods =
    [
      "capitalize", "casefold", "center", "count", "encode", "endswith", "expandtabs", "find",
      "format", "format_map",
      "index", "isalnum", "isalpha", "isascii", "isdecimal", "isdigit", "isidentifier", "islower",
      "isnumeric",
      "isprintable", "isspace", "istitle", "isupper", "join", "ljust", "lower", "lstrip",
      "maketrans", "partition",
      "removeprefix", "removesuffix", "replace", "rfind", "rindex", "rjust", "rpartition", "rsplit",
      "rstrip", "split",
      "splitlines", "startswith", "strip", "swapcase", "title", "translate", "upper", "zfill",
    ].map { "str." + $0 }
    + [
      "append", "clear", "copy", "count", "extend", "index", "insert", "pop", "remove", "reverse",
      "sort",
    ].map { "list." + $0 }
    + ["clear", "copy", "get", "items", "keys", "pop", "popitem", "setdefault", "update", "values"]
    .map { "dict." + $0 }
    + [
      "tuple.count", "tuple.index", "int.bit_length", "int.bit_count", "int.conjugate",
      "int.as_integer_ratio", "float.hex",
      "float.is_integer", "float.as_integer_ratio", "float.conjugate", "range.count", "range.index",
    ]
}
