import Platform
import Python
import Support
import Testing

/// Our tokens against those of CPython's `tokenize`, f-strings joined to one string where that does not open them.
@Suite("Tokens as CPython makes them") struct PythonTokenInterop {
  @Test("the same kinds at the same places in real files") func corpus() throws {
    let folder = try TemporaryFolder()
    let files = try PythonCorpus.sample(23, in: folder)
    #expect(files.count > 100)
    let differences = try PythonCorpus.differences(
      on: files, in: folder, script: Self.script
    ) { file in
      let list = TokenList(tokenizing: try FileSystem.read(file))
      #expect(list.problems == [], "\(file)")
      return Array(Self.text(list).utf8)
    }
    #expect(differences == [])
  }

  private static func text(_ list: TokenList) -> String {
    list.tokens.map { token in
      let name =
        switch token.kind {
        case .comment: "COMMENT"
        case .lineBreak: "NL"
        case .newline: "NEWLINE"
        case .indent: "INDENT"
        case .dedent: "DEDENT"
        case .end: "ENDMARKER"
        case .name: "NAME"
        case .number: "NUMBER"
        case .string: "STRING"
        case .formatStart: "FSTRING_START"
        case .formatMiddle: "FSTRING_MIDDLE"
        case .formatEnd: "FSTRING_END"
        case .error: "ERROR"
        default: token.kind.isKeyword ? "NAME" : "OP"
        }
      return "\(name) \(token.start) \(token.end)\n"
    }.joined()
  }

  private static let script = """
    import io, sys, tokenize

    opens = sys.version_info >= (3, 12)

    def normal(tokens):
        result = []
        for kind, start, end in tokens:
            # Where a line's end, a block's end and the file's end are is a matter of taste.
            if kind in ("DEDENT", "ENDMARKER"):
                start = end = 0
            if kind in ("NL", "NEWLINE"):
                end = 0
            if kind == "FSTRING_MIDDLE":
                # CPython cuts behind `{{`, and has empty ones.
                if start == end or result and result[-1][0] == kind:
                    continue
                start = end = 0
            result.append((kind, start, end))
        return result

    def joined(tokens):
        depth = 0
        for kind, start, end in tokens:
            if kind == "FSTRING_START":
                first = start if depth == 0 else first
                depth += 1
            elif kind == "FSTRING_END":
                depth -= 1
                if depth == 0:
                    yield "STRING", first, end
            elif depth == 0:
                yield kind, start, end

    def differ(path, ours):
        with open(path, "rb") as file:
            source = file.read()
        lines = source.split(b"\\n")
        starts = [0]
        for line in lines:
            starts.append(starts[-1] + len(line) + 1)
        mark = 3 if source.startswith(b"\\xef\\xbb\\xbf") else 0

        def offset(place):
            row, column = place
            if row > len(lines):
                return len(source)
            skipped = mark if row == 1 else 0
            text = lines[row - 1][skipped:].decode()
            return min(starts[row - 1] + skipped + len(text[:column].encode()), len(source))

        theirs = [
            (tokenize.tok_name[token.type], offset(token.start), offset(token.end))
            for token in tokenize.tokenize(io.BytesIO(source).readline)
        ][1:]
        if any(kind == "ERRORTOKEN" for kind, _, _ in theirs):
            return None  # 3.11's does not know every letter that a name may have
        tokens = ((k, int(s), int(e)) for k, s, e in map(str.split, ours.splitlines()))
        theirs, ours = normal(theirs), normal(tokens if opens else joined(tokens))
        for one, other in zip(theirs, ours):
            if one != other:
                return f"{one} and ours {other}"
        return None if len(theirs) == len(ours) else f"{len(theirs)} and ours {len(ours)}"
    """
}
