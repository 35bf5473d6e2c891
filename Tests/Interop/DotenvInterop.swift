import Formats
import Platform
import Support
import Testing

@Suite("Dotenv texts against python-dotenv, which MLflow reads them with") struct DotenvInterop {
  private static let answer = """
    import io, logging, os, re
    from dotenv import dotenv_values
    from dotenv.parser import parse_stream
    logging.disable()
    os.environ["SET"] = "outside"

    def answer(case):
        for binding in parse_stream(io.StringIO(case)):
            if binding.error or (binding.key and binding.value is None and not re.match(r"\\s*export[^\\S\\r\\n]", binding.original.string)):
                return None
        from dotenv.main import DotEnv
        values = DotEnv(None, stream=io.StringIO(case), override=False).dict()
        return {k: v for k, v in values.items() if v is not None and k not in os.environ}
    """

  @Test("3,000 generated texts have the same variables, or are refused for a reason") func agree()
    throws
  {
    var random = SeededRandom(seed: 12)
    let pieces = [
      "A", "B", "SET", "=", "=", "=", " ", " ", "\t", "\n", "\n", "\r\n", "\r", "'", "\"", "\\",
      "n", "#", " #",
      "export ", "export", "${A}", "${SET}", "${X:-d}", "${", "}", "$", ":", "x", "1", "é", "한",
      "\u{85}",
      "\u{2028}", "\u{B}",
    ]
    let lines = [
      "A=1", "B='two\\'s'", "C=\"a\\tb\"", "export D=${A}", "# c", "E=x # y", "F= #z", "SET=no",
    ]
    let cases = (0..<3000).map { _ in
      (0..<(1 + Int(random.next() % 12))).map { _ in
        random.chance(1, of: 4)
          ? random.pick(lines) + random.pick(["\n", "\r\n", "", " "]) : random.pick(pieces)
      }.joined()
    }
    let answers = try Peer.ask(Self.answer, about: cases.map { .string($0) })
    var read = 0
    for (text, answer) in zip(cases, answers) {
      // Wrong lines, which python-dotenv leaves out with a warning, are failures here.
      let ours = try? DotenvText(parsing: text).variables(in: ["SET": "outside"])
      if ours != nil { read += 1 }
      let theirs = answer.members.map { members in
        Dictionary(members.map { ($0.key, $0.value.string ?? "") }) { $1 }
      }
      #expect(ours == theirs, "\(text.debugDescription)")
    }
    #expect(read > 500)
  }
}
