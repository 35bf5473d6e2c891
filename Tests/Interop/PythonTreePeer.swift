/// The other side of `PythonTreeText`: the same text of the tree that CPython's `ast` makes.
enum PythonTreePeer {
  static let script = ##"""
    import ast, re, struct, sys, warnings

    sys.setrecursionlimit(20000)
    warnings.simplefilter("ignore")

    OPERATORS = {
        "Add": "plus", "Sub": "minus", "Mult": "star", "Div": "slash", "FloorDiv": "doubleSlash",
        "Mod": "percent", "MatMult": "at", "BitAnd": "ampersand", "BitOr": "bar",
        "BitXor": "caret", "LShift": "leftShift", "RShift": "rightShift", "Pow": "doubleStar",
        "UAdd": "plus", "USub": "minus", "Invert": "tilde", "Not": "notKeyword", "And": "And",
        "Or": "Or", "Eq": "equal", "NotEq": "notEqual", "Lt": "less", "LtE": "lessOrEqual",
        "Gt": "greater", "GtE": "greaterOrEqual", "Is": "identical", "IsNot": "notIdentical",
        "In": "contained", "NotIn": "notContained",
    }
    SKIPPED = {"ctx", "type_comment", "type_ignores", "kind"}

    def escape(data):
        return "".join(
            chr(c) if 0x20 <= c < 0x7F and c not in (0x5C, 0x27) else f"\\{c:x};" for c in data
        )

    def bits(value):
        return format(struct.unpack(">Q", struct.pack(">d", value))[0], "x")

    def constant(value):
        if value is None or value is True or value is False:
            return str(value)
        if value is ...:
            return "Ellipsis"
        if isinstance(value, int):
            return str(value) if value < 2**64 else "big"
        if isinstance(value, float):
            return "f" + bits(value)
        if isinstance(value, complex):
            return "j" + bits(value.imag)
        if isinstance(value, bytes):
            return "b'" + escape(value) + "'"
        try:
            return "s'" + escape(value.encode()) + "'"
        except UnicodeEncodeError:
            return "s'?'"

    class Writer:
        def __init__(self):
            self.out = []
            self.formats = 0

        def value(self, value):
            write = self.out.append
            if isinstance(value, list):
                write("[")
                for item in value:
                    self.value(item)
                write("]")
            elif isinstance(value, (ast.operator, ast.unaryop, ast.boolop)):
                write(OPERATORS[type(value).__name__])
            elif isinstance(value, ast.AST):
                self.node(value)
            elif isinstance(value, str):
                write("'" + escape(value.encode()) + "'")
            else:
                write(str(value))

        def node(self, node, is_spec=False):
            write = self.out.append
            kind = type(node).__name__
            write(kind + "(")
            if kind == "Constant":
                write("value=" + constant(node.value))
                if isinstance(node.value, (str, bytes)):
                    write(f"kind={node.kind}")
            elif kind == "MatchSingleton":
                write(f"value={node.value}")
            elif kind == "JoinedStr":
                self.joined(node)
            elif kind == "Compare":
                write("left=")
                self.node(node.left)
                names = ",".join(OPERATORS[type(op).__name__] for op in node.ops)
                write(f"ops=[{names}]comparators=")
                self.value(node.comparators)
            else:
                self.fields(node, kind)
            write(")")
            if hasattr(node, "end_lineno") and not self.formats and not is_spec:
                write(f"@{node.lineno}:{node.col_offset}-{node.end_lineno}:{node.end_col_offset}")

        def fields(self, node, kind):
            write = self.out.append
            names = list(node._fields)
            if kind in ("FunctionDef", "AsyncFunctionDef", "ClassDef"):
                names += ["type_params"] if "type_params" not in names else []
            if kind in ("TypeVar", "TypeVarTuple", "ParamSpec"):
                names += ["default_value"] if "default_value" not in names else []
            for name in names:
                if name in SKIPPED:
                    continue
                write(name + "=")
                value = getattr(node, name, [] if name == "type_params" else None)
                if kind == "FormattedValue" and name == "format_spec" and value is not None:
                    self.node(value, is_spec=True)
                else:
                    self.value(value)

        def joined(self, node):
            # Text side by side is one constant, and empty text is none.
            values = []
            for value in node.values:
                if isinstance(value, ast.Constant):
                    if values and isinstance(values[-1], ast.Constant):
                        values[-1] = ast.Constant(values[-1].value + value.value)
                        continue
                    if value.value == "":
                        continue
                values.append(value)
            self.formats += 1
            self.out.append("values=[")
            for value in values:
                if isinstance(value, ast.Constant):
                    self.out.append("Constant(value=" + constant(value.value) + ")")
                else:
                    self.node(value)
            self.out.append("]")
            self.formats -= 1

    def differ(path, ours):
        with open(path, "rb") as file:
            tree = ast.parse(file.read())
        writer = Writer()
        writer.out.append("Module(body=")
        writer.value(tree.body)
        writer.out.append(")")
        theirs = "".join(writer.out)
        if theirs == ours:
            return None
        # `\N{…}` and lone surrogates have no value with us.
        pattern = re.escape(ours).replace(re.escape("s'?'"), "s'[^']*'")
        if "s'?'" in ours and re.fullmatch(pattern, theirs):
            return None
        place = next(
            (i for i, (a, b) in enumerate(zip(theirs, ours)) if a != b),
            min(len(theirs), len(ours)),
        )
        start = max(0, place - 80)
        return f"{theirs[start:place + 80]} and ours {ours[start:place + 80]}"
    """##
}
