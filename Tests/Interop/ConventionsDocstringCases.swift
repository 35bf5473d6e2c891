/// Functions of many kinds, each with docstrings of many kinds.
enum ConventionsDocstringCases {
  static func question(_ convention: String) -> AgreementQuestion {
    AgreementQuestion(
      ids: ["py.docstring-content"],
      options: [
        "py.docstring-content: {convention: \(convention), one-line: false, indirect: false}"
      ],
      arguments: ["--config", "lint.pydocstyle.convention=\"\(convention)\""],
      previews: ["DOC201", "DOC202", "DOC402", "DOC403", "DOC501", "DOC502"])
  }

  /// A file for each docstring, with all functions.
  static var all: [String] {
    docstrings.map { docstring in
      var text = head
      for (index, body) in bodies.enumerated() {
        for (number, signature) in signatures.enumerated() where (index + number) % 3 == 0 {
          text +=
            "\n\n\(signature.of("function\(index)_\(number)")):\n    \"\"\"\(docstring)\"\"\"\n"
          text += body.split(separator: "\n").map { "    \($0)\n" }.joined()
        }
      }
      text += "\n\nclass Model:\n"
      for (index, body) in bodies.enumerated() {
        let decorator = decorators[index % decorators.count]
        let inner = docstring.split(separator: "\n", omittingEmptySubsequences: false)
          .joined(separator: "\n    ")
        text += decorator.isEmpty ? "" : "    \(decorator)\n"
        text += "    def method\(index)(self):\n        \"\"\"\(inner)\"\"\"\n"
        text += body.split(separator: "\n").map { "        \($0)\n" }.joined() + "\n"
      }
      return text
    }
  }

  private static let head = """
    import abc
    import errors
    from abc import abstractmethod
    from collections.abc import Generator, Iterator
    from functools import cached_property
    from other import OtherError


    class OwnError(Exception):
        pass

    """

  private static let signatures = [
    "def §(x)", "def §(x) -> int", "def §(x) -> None", "def §(x) -> Iterator[int]",
    "def §(x) -> Generator[int, None, None]", "def §(x) -> Generator[None, int, str]",
    "def §(x) -> \"Iterator\"", "def §(x) -> Iterator",
  ]

  private static let decorators = [
    "", "@property", "@abstractmethod", "@abc.abstractmethod", "@cached_property", "@staticmethod",
  ]

  private static let bodies = [
    "return x", "return", "return None", "print(x)", "pass", "...", "yield x", "yield",
    "yield None", "yield from x", "raise ValueError", "raise ValueError(x)",
    "raise NotImplementedError",
    "raise errors.OneError(x)", "raise OtherError(x) from None", "raise OwnError", "raise x",
    "raise self.error", "if x:\n    return 1\nreturn None", "if x:\n    return\nreturn x",
    "def inner():\n    return 1\nprint(inner)", "f = lambda: (yield)\nprint(f)",
    "try:\n    x()\nexcept ValueError:\n    raise",
    "try:\n    x()\nexcept (KeyError, OwnError) as e:\n    raise\nreturn x",
    "try:\n    x()\nexcept Exception:\n    raise", "try:\n    x()\nexcept:\n    raise",
    "try:\n    x()\nexcept ValueError as e:\n    raise TypeError from e",
    "raise ValueError(1)\nraise ValueError(2)\nraise TypeError",
    "for y in x:\n    yield y\nreturn x",
    "class C:\n    def f(self):\n        return 1\nprint(C)", "y = yield x\nreturn y",
    "raise undefined.Error",
    "match x:\n    case 1:\n        return 2\n    case _:\n        raise KeyError",
  ]

  private static let docstrings = [
    "Do it.", "Return it.", "Returns it all.", "Yields it.",
    "Do it.\n\n    Args:\n        x: What.\n    ",
    "Do it.\n\n    Returns:\n        What.\n    ", "Do it.\n\n    Yields:\n        What.\n    ",
    "Do it.\n\n    Raises:\n        ValueError: When.\n    ",
    "Do it.\n\n    Raises:\n        ValueError: When.\n        errors.OneError: Then.\n        OwnError: No.\n    ",
    "Do it.\n\n    Args:\n        x: What.\n\n    Returns:\n        int: What.\n\n    Raises:\n        builtins.TypeError: When.\n    ",
    "Do it.\n\n    Parameters\n    ----------\n    x : int\n        What.\n    ",
    "Do it.\n\n    Returns\n    -------\n    int\n        What.\n    ",
    "Do it.\n\n    Yields\n    ------\n    int\n        What.\n    ",
    "Do it.\n\n    Raises\n    ------\n    ValueError\n        When.\n    OtherError\n        Then.\n    ",
    "Do it.\n\n    Parameters\n    ----------\n    x : int\n        What.\n\n    Returns\n    -------\n    int\n        What.\n\n    Raises\n    ------\n    KeyError, TypeError\n        When.\n    ",
    "Do it.\n\n    :param x: What.\n    :returns: What.\n    ",
    "Do it.\n\n    Return:\n        What.\n    ",
    "Do it.\n\n    returns:\n        What.\n    ", "\n    Return it.\n    ",
    "Do it.\n\n    Raises:\n    ValueError\n\n    Note:\n        That.\n    ",
  ]
}

extension String {
  fileprivate func of(_ name: String) -> String {
    split(separator: "§", omittingEmptySubsequences: false).joined(separator: name)
  }
}
