import Commands

@main struct Reprise {
  static func main() { Program.main() }
}
