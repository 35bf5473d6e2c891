import Glibc
import Platform
import Support
import SystemPackage
import Testing

@testable import Datasets

@Suite("The version that a path holds") struct DataReaderTests {
  private let one = "b026324c6904b2a9cb4b88d6d61c81d1"  // "1\n"
  private let two = "26ab0db90d72e28ad0ba1e22ee510510"  // "2\n"

  @Test("a file: as named, modified, an earlier version, not committed, back again")
  func file() async throws {
    let data = try await VersionedFolder()
    try data.write("1\n", to: "data/a.csv")
    try data.add("data/a.csv")
    #expect(data.read("data/a.csv").readings.map { $0.text() } == ["data/a.csv \(one) - as named"])
    let first = try await data.commit()
    let told = { data.read("data/a.csv").readings.map { $0.text([first]) } }
    #expect(told() == ["data/a.csv \(one) 0 as named"])
    try data.write("2\n", to: "data/a.csv")
    #expect(told() == ["data/a.csv \(two) 0 modified"])
    try data.add("data/a.csv")
    #expect(told() == ["data/a.csv \(two) - as named"])
    let second = try await data.commit()
    try data.write("1\n", to: "data/a.csv")
    let commits = [first, second]
    #expect(
      data.read("data/a.csv").readings.map { $0.text(commits) }
        == ["data/a.csv \(one) 1 modified earlier \(one) 0"])
    let reading = try #require(data.read("data/a.csv").readings.first)
    #expect(reading.tracked.output.object?.text == two)
    #expect((reading.size, reading.fileCount) == (2, 1))
    // A commit that leaves the pointer alone is not its commit.
    try data.add("data/a.csv")
    let third = try await data.commit()
    try data.write("x", to: "code.py")
    try await data.commit()
    #expect(
      data.read("data/a.csv").readings.map { $0.text([third]) }
        == ["data/a.csv \(one) 0 as named"])
  }

  @Test("in a tracked folder only the part that is read counts")
  func part() async throws {
    let data = try await VersionedFolder()
    for name in ["a", "b", "sub/a", "sub.a", "sub/deep/c"] {
      try data.write("1\n", to: "d/" + name)
    }
    try data.add("d")
    let commit = try await data.commit()
    let sub = "md5 of [{\"md5\": \"\(one)\", \"relpath\": \"a\"}, …]"
    let told = { (name: String) in data.read(name).readings.map { $0.text([commit]) } }
    #expect(told("d/a") == ["d/a \(one) 0 as named"])
    let listing =
      "[{\"md5\": \"\(one)\", \"relpath\": \"a\"}, {\"md5\": \"\(one)\", \"relpath\": \"deep/c\"}]"
    let name = MD5.digest(of: Array(listing.utf8)).hex + ".dir"
    #expect(told("d/sub") == ["d/sub \(name) 0 as named"], "\(sub)")
    // What changes elsewhere is not read.
    try data.write("2\n", to: "d/b")
    #expect(told("d/a") == ["d/a \(one) 0 as named"])
    #expect(told("d").first?.hasSuffix("modified") == true)
    try data.write("2\n", to: "d/sub/new")
    #expect(told("d/sub").first?.hasSuffix(" 0 modified") == true)
    #expect(told("d/sub/new") == ["d/sub/new \(two) 0 modified"])
    #expect(told("d/b") == ["d/b \(two) 0 modified"])
    // Without its listing a part is this version's only when the whole is.
    try await data.shell("rm -rf .dvc/cache")
    #expect(told("d/a") == ["d/a \(one) 0 modified"])
    try data.write("1\n", to: "d/b")
    try await data.shell("rm d/sub/new")
    #expect(told("d/a") == ["d/a \(one) 0 as named"])
  }

  @Test("a part of a folder that is another version's")
  func earlierPart() async throws {
    let data = try await VersionedFolder()
    try data.write("1\n", to: "d/a")
    try data.write("1\n", to: "d/b")
    let old = try data.add("d")
    var commits = [try await data.commit()]
    try data.write("2\n", to: "d/a")
    try data.add("d")
    commits.append(try await data.commit())
    try data.write("1\n", to: "d/a")
    #expect(
      data.read("d/a").readings.map { $0.text(commits) }
        == ["d/a \(one) 1 modified earlier \(old.text) 0"])
    #expect(
      data.read("d").readings.map { $0.text(commits) }
        == ["d \(old.text) 1 modified earlier \(old.text) 0"])
    #expect(data.read("d/b").readings.map { $0.text(commits) } == ["d/b \(one) 1 as named"])
  }

  @Test("a folder above holds each of its tracked paths; the project's own folder too")
  func above() async throws {
    let data = try await VersionedFolder()
    try data.write("1\n", to: "data/raw/a")
    try data.write("1\n", to: "data/x/y.csv")
    try data.write("1\n", to: "data/plain.csv")
    try data.write("1\n", to: "other.csv")
    try data.write("1\n", to: ".reprise/artifacts/z.csv")
    for name in ["data/raw", "data/x/y.csv", "other.csv", ".reprise/artifacts/z.csv"] {
      try data.add(name)
    }
    #expect(data.read("data").readings.map(\.path.string) == ["data/raw", "data/x/y.csv"])
    #expect(
      data.read(".").readings.map(\.path.string) == ["data/raw", "data/x/y.csv", "other.csv"])
    #expect(data.read("data/plain.csv").readings.isEmpty)
    #expect(data.read("data/none.csv").readings.isEmpty)
    // What is not there is told, and the rest is read.
    try await data.shell("rm -r data/raw")
    let finding = data.read("data")
    #expect(finding.readings.map(\.path.string) == ["data/x/y.csv"])
    #expect(finding.missing == [data.path.appending("data/raw")])
    #expect(finding.problems.isEmpty)
  }

  @Test("pointers that do not stand beside their data: `wdir`, another name, dvc.lock")
  func elsewhere() async throws {
    let data = try await VersionedFolder(git: false)
    try data.write("1\n", to: "data/a/x.csv")
    try data.write("1\n", to: "data/y.csv")
    try data.write("1\n", to: "out/z.csv")
    try data.write(
      "outs:\n- path: x.csv\n  md5: \(one)\n  hash: md5\nwdir: data/a\n", to: "odd.dvc")
    try data.write("outs:\n- path: y.csv\n  md5: \(two)\n  hash: md5\n", to: "data/named.dvc")
    try data.write(
      "schema: '2.0'\nstages:\n  s:\n    cmd: x\n    outs:\n    - path: out/z.csv\n      md5: \(one)\n      hash: md5\n",
      to: "dvc.lock")
    #expect(
      data.read("data/a/x.csv").readings.map { $0.text() } == ["data/a/x.csv \(one) - as named"])
    #expect(data.read("data/y.csv").readings.map { $0.text() } == ["data/y.csv \(one) - modified"])
    #expect(data.read("out").readings.map { $0.text() } == ["out/z.csv \(one) - as named"])
    #expect(data.read("out").readings.first?.tracked.pointer == "dvc.lock")
    // A pointer that .dvcignore leaves out counts no more.
    try data.write("odd.dvc\n", to: ".dvcignore")
    #expect(data.read("data/a/x.csv").readings.isEmpty)
  }

  @Test("a damaged pointer is a problem of its own data only")
  func damaged() async throws {
    let data = try await VersionedFolder()
    try data.write("1\n", to: "data/a.csv")
    try data.write("1\n", to: "data/b.csv")
    try data.add("data/a.csv")
    try data.add("data/b.csv")
    try data.write("outs:\n- md5: nothing\n  path: a.csv\n", to: "data/a.csv.dvc")
    let broken = data.read("data/a.csv")
    #expect(broken.readings.isEmpty)
    #expect(broken.problems.map(\.message) == ["`nothing` is no md5"])
    #expect(broken.problems.first?.location != nil)
    #expect(data.read("data/b.csv").readings.count == 1)
    #expect(data.read("data/b.csv").problems.isEmpty)
    let both = data.read("data")
    #expect(both.readings.map(\.path.string) == ["data/b.csv"])
    #expect(both.problems.count == 1)
    try data.write("[core\n", to: ".dvc/config")
    #expect(data.read("data/b.csv").problems.count == 1)
  }

  @Test("links: into the cache, to tracked data, and through a linked folder")
  func links() async throws {
    let data = try await VersionedFolder()
    try data.write("1\n", to: "data/a.csv")
    try data.add("data/a.csv")
    try await data.shell(
      """
      o=$PWD/.dvc/cache/files/md5/b0/26324c6904b2a9cb4b88d6d61c81d1
      rm data/a.csv; ln -s $o data/a.csv; ln -s data/a.csv now.csv; ln -s data linked
      """)
    for name in ["data/a.csv", "now.csv", "linked/a.csv"] {
      #expect(
        data.read(name).readings.map { $0.text() } == ["data/a.csv \(one) - as named"], "\(name)")
    }
  }

  @Test("a pointer without content, one that DVC 2 wrote, one whose data git keeps")
  func kinds() async throws {
    let data = try await VersionedFolder(git: false)
    try data.write("1\r\n", to: "old.csv")
    try data.write("outs:\n- path: old.csv\n  md5: \(one)\n", to: "old.csv.dvc")
    try data.write("1\n", to: "new.csv")
    try data.write("outs:\n- path: new.csv\n", to: "new.csv.dvc")
    #expect(data.read("old.csv").readings.map { $0.text() } == ["old.csv \(one) - as named"])
    #expect(data.read("new.csv").readings.map { $0.text() } == ["new.csv \(one) - modified"])
    try data.write("2\r\n", to: "old.csv")
    #expect(data.read("old.csv").readings.first?.isModified == true)
    #expect(try data.isInCache("new.csv") == nil)
  }

  @Test("what is not there: is all of it in the cache?")
  func missing() async throws {
    let data = try await VersionedFolder()
    try data.write("1\n", to: "d/sub/a")
    try data.write("2\n", to: "d/b")
    try data.write("1\n", to: "f")
    try data.add("d")
    try data.add("f")
    try await data.shell("rm -r d f")
    #expect(try data.isInCache("d") == true)
    #expect(try data.isInCache("d/sub/a") == true)
    #expect(try data.isInCache("d/sub") == true)
    #expect(try data.isInCache("d/none") == nil)
    #expect(try data.isInCache("f") == true)
    #expect(try data.isInCache("g") == nil)
    try await data.shell("rm .dvc/cache/files/md5/26/*")
    #expect(try data.isInCache("d") == false)
    #expect(try data.isInCache("d/sub/a") == true)
    try await data.shell("rm -r .dvc/cache")
    #expect(try data.isInCache("d/sub/a") == false)
    #expect(try data.isInCache("f") == false)
  }

  @Test("a project below the top of its git repository, and data of another project")
  func nested() async throws {
    let data = try await VersionedFolder()
    try await data.shell("mkdir -p team/wine/.dvc; touch team/wine/.dvc/config")
    try data.write("1\n", to: "team/wine/data/a.csv")
    let (repository, _) = try DataRepository.findOrSetUp(
      from: data.path.appending("team/wine"), variables: data.variables)
    _ = try DataAddition(repository, DataAddition.Options()).add(
      data.path.pushing("team/wine/data/a.csv"))
    let commit = try await data.commit()
    #expect(
      data.read("team/wine/data/a.csv").readings.map { $0.text([commit]) }
        == ["data/a.csv \(one) 0 as named"])
  }

  @Test("without `.dvc` nothing is looked for")
  func none() throws {
    let folder = try TemporaryFolder()
    try folder.write("x", to: "a.csv")
    try folder.write("broken: [", to: "a.csv.dvc")
    var reader = DataReader(variables: [:])
    let finding = reader.read(folder.path.appending("a.csv"))
    #expect(finding.readings.isEmpty && finding.problems.isEmpty && finding.missing.isEmpty)
    #expect(try reader.isInCache(folder.path.appending("b.csv")) == nil)
  }

  @Test("nothing that did not change is read again")
  func statCache() async throws {
    let data = try await VersionedFolder()
    for number in 0..<300 { try data.write("\(number)\n", to: "d/\(number)") }
    // So old that the clock's ticks do not matter.
    try await data.shell("touch -d '1 hour ago' d/*; sleep 0.05")
    try data.add("d")
    let read = ByteCountBox()
    var reader = DataReader(
      variables: data.variables, watch: FileWatch(progress: { _, bytes in read.add(bytes) }))
    #expect(reader.read(data.path.appending("d")).readings.count == 1)
    #expect(reader.read(data.path.pushing("d/7")).readings.count == 1)
    #expect(read.total == 0)
    try data.write("new\n", to: "d/7")
    #expect(reader.read(data.path.pushing("d/7")).readings.first?.isModified == true)
    #expect(read.total == 4)
  }
}
