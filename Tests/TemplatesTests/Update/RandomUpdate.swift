import Git
import Support

@testable import Templates

/// An old rendering, a project that came from it, and a new rendering, made of a seed.
struct RandomUpdate {
  var base: RenderedTree
  var project: RenderedTree
  var theirs: RenderedTree
  private var random: SeededRandom
  private var fresh = 0

  static let labels = FileMerge.Labels(ours: "project", base: "old", theirs: "new")

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
    base = RenderedTree()
    project = base
    theirs = base
    for _ in 0..<(3 + Int(random.next() % 8)) { base[path()] = file() }
    project = edited(base)
    theirs = edited(base)
  }

  func plan() throws -> UpdatePlan {
    try UpdatePlan(
      base: .rendered(base), ours: ProjectSnapshot(project), theirs: theirs, labels: Self.labels)
  }

  /// Names that meet now and then, and are never a file and a folder in one tree.
  private mutating func path() -> TreePath {
    let folders: [[UInt8]] = [[], Array("src/".utf8), Array("src/deep/".utf8), Array("b c/".utf8)]
    let names: [[UInt8]] = [
      Array("a.txt".utf8), Array("b.md".utf8), Array("run.sh".utf8), Array("데이터.csv".utf8),
      [0x63, 0xE9, 0x2E, 0x74], Array("e".utf8), Array("f".utf8),
    ]
    return TreePath(random.pick(folders) + random.pick(names)) ?? TreePath("x").unsafelyUnwrapped
  }

  private mutating func line() -> String {
    fresh += 1
    if random.chance(1, of: 3) { return random.pick(["", "{", "}", "import os"]) }
    return "line \(fresh) of \(random.next() % 1000)"
  }

  private mutating func file() -> RenderedFile {
    switch random.next() % 12 {
    case 0: return RenderedFile([0, 1, UInt8(random.next() % 4), 0xFF])
    case 1: return RenderedFile(random.pick(["a.txt", "../up", "nowhere"]), kind: .link)
    case 2: return RenderedFile([])
    default:
      let end = random.pick(["\n", "\n", "\r\n"])
      var text = (0..<(1 + Int(random.next() % 12))).map { _ in line() + end }.joined()
      if random.chance(1, of: 4) { text = String(text.dropLast()) }
      return RenderedFile(text, kind: random.chance(1, of: 4) ? .program : .file)
    }
  }

  private mutating func edited(_ tree: RenderedTree) -> RenderedTree {
    var result = tree
    for path in tree.paths {
      guard var file = tree[path] else { continue }
      switch random.next() % 10 {
      case 0: result[path] = nil
      case 1...3:
        if file.kind == .link || FileMerge.isBinary(file.content) {
          result[path] = self.file()
          continue
        }
        var lines = file.content.split(separator: 0x0A, omittingEmptySubsequences: false)
          .map(Array.init)
        for _ in 0...(random.next() % 2) {
          let place = Int(random.next() % UInt64(lines.count))
          if random.chance(1, of: 3) {
            lines.remove(at: place)
          } else if random.chance(1, of: 2) {
            lines[place] = Array(line().utf8)
          } else {
            lines.insert(Array(line().utf8), at: place)
          }
          if lines.isEmpty { lines.append([]) }
        }
        file.content = Array(lines.joined(separator: [0x0A]))
        result[path] = file
      case 4:
        if file.kind != .link { file.kind = file.kind == .file ? .program : .file }
        result[path] = file
      case 5:
        let target = self.path()
        guard result[target] == nil, tree[target] == nil else { continue }
        result[path] = nil
        result[target] = file
      default: continue
      }
    }
    for _ in 0..<(random.next() % 3) {
      let path = path()
      if result[path] == nil { result[path] = file() }
    }
    return result
  }
}

extension UpdatePlan {
  /// What a project is after the plan.
  func applied(to project: RenderedTree) -> RenderedTree {
    var result = project
    for step in steps { if let from = step.renamedFrom { result[from] = nil } }
    for step in steps {
      switch step.outcome {
      case .leave: continue
      case .write(let file): result[step.path] = file
      case .remove: result[step.path] = nil
      }
    }
    return result
  }
}
