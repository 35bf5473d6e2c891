import Commands

@main struct Reprise {
  static func main() async { await Program.main() }
}
