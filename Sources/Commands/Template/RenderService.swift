import Templates

/// Answers the requests of `reprise render --jsonl`, each as soon as its line is read.
enum RenderService {
  static func run(_ console: Console) throws {
    var input = StandardInput()
    while let line = try input.line() {
      console.write(RenderRequest.answer(to: line) + [0x0A])
    }
  }
}
