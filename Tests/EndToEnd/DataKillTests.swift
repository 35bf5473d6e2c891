import Platform
import Support
import SystemPackage
import Testing

/// kill -9 at random points of everything that writes: the next command works, and nothing is lost or left behind.
@Suite("kill -9 of reprise data") struct DataKillTests {
  /// Two versions of a folder and a file beside a remote. `v1` and `v2` are copies of what they hold.
  private func repository() async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try await Program.shell(
      """
      export GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@b
      git init -q -b main .; R='\(Program.path)'
      $R data remote add -f -d store remote; mkdir -p set/sub set/empty
      for i in $(seq 40); do head -c 9000 /dev/urandom > set/f$i; done; head -c 1200000 /dev/urandom > set/sub/large
      printf '#!/bin/sh\n' > set/sub/run; chmod +x set/sub/run; ln -s run set/sub/link; echo one > model
      cp -a set v1-set; cp -a model v1-model
      $R data add set model; git add -A -- .dvc '*.dvc' .gitignore; git commit -qm v1; git tag v1
      for i in $(seq 1 2 40); do head -c 9000 /dev/urandom > set/f$i; done; rm set/f2 set/f4; mkdir set/more; echo 2 > set/more/x
      echo two > model; cp -a set v2-set; cp -a model v2-model
      $R data add set model; git add -A -- '*.dvc' .gitignore; git commit -qm v2; git tag v2; $R data push; $R data push --rev v1
      """, in: folder.path)
    return folder
  }

  /// Starts a command and kills it; the times are spread over what it takes when it is left alone.
  private func kill(
    _ words: String, after part: Double, of seconds: Double, in folder: FilePath
  ) async throws {
    try await Program.shell(
      """
      '\(Program.path)' data \(words) > /dev/null 2>&1 & sleep \(part * seconds)
      kill -9 $! 2> /dev/null || true; wait || true
      """, in: folder)
  }

  private func succeed(_ words: String, _ place: String, in folder: FilePath) async throws {
    let result = try await Program.run(
      ["data"] + words.split(separator: " ").map(String.init), in: folder)
    #expect(result.status == 0, "\(place): \(words): \(result)")
  }

  /// The work tree holds a version, byte for byte, links and modes included; all contents are sound; no rubbish is left.
  private func check(_ version: String, _ place: String, in folder: FilePath) async throws {
    try await succeed("verify", place, in: folder)
    let difference = try await Program.shell(
      """
      diff -r --no-dereference \(version)-set set && diff \(version)-model model || true
      diff <(cd \(version)-set; find . -printf '%P %y %m\n' | sed 's/ 644$/ 664/' | sort) \
        <(cd set; find . -printf '%P %y %m\n' | sed 's/ 644$/ 664/' | sort) || true
      find .dvc set remote -name 'work-*' -o -name 'out-*' -o -name '.reprise-*' -o -name '*.tmp' -o -name '.*.partial*'
      git status --porcelain --untracked-files=no
      """, in: folder)
    #expect(difference == "", "\(place)")
  }

  private static let rounds = 42

  @Test("add") func add() async throws {
    let folder = try await repository()
    for round in 0..<Self.rounds {
      let place = "round \(round)"
      // As before the second version was added.
      try await Program.shell(
        "git checkout -q v1 -- '*.dvc'; rm -rf .dvc/cache .dvc/tmp set model; cp -a v2-set set; cp -a v2-model model",
        in: folder.path)
      try await kill(
        "add set model", after: Double(round) / Double(Self.rounds), of: 0.5, in: folder.path)
      try await succeed("add set model", place, in: folder.path)
      try await Program.shell("git reset -q", in: folder.path)
      try await check("v2", place, in: folder.path)
    }
  }

  @Test("checkout") func checkout() async throws {
    let folder = try await repository()
    for round in 0..<Self.rounds {
      let place = "round \(round)"
      let (version, other) = round % 2 == 0 ? ("v1", "v2") : ("v2", "v1")
      if round % 6 == 5 { try await Program.shell("rm -rf set", in: folder.path) }
      let part = Double(round) / Double(Self.rounds)
      try await kill("checkout --rev \(version)", after: part, of: 0.35, in: folder.path)
      // Either way from there, without --force.
      let last = round % 3 == 0 ? other : version
      try await succeed("checkout --rev \(last)", place, in: folder.path)
      try await check(last, place, in: folder.path)
    }
  }

  /// Between the last file of a folder and the folder, at a path that is not the first.
  @Test("a checkout killed with a folder half removed") func halfRemoved() async throws {
    let folder = try await repository()
    try await Program.shell(
      "rm set/more/x; mkdir -p .dvc/tmp/reprise/work/out-abcdef", in: folder.path)
    try await succeed("checkout --rev v1", "killed", in: folder.path)
    try await check("v1", "killed", in: folder.path)
    // One that nobody was killed in is the person's.
    try await Program.shell("mkdir set/mine", in: folder.path)
    try await succeed("checkout --rev v2", "not killed", in: folder.path)
    #expect(try await Program.shell("ls -d set/mine", in: folder.path) == "set/mine\n")
  }

  @Test("push") func push() async throws {
    let folder = try await repository()
    for round in 0..<Self.rounds {
      let place = "round \(round)"
      try await Program.shell("rm -rf remote", in: folder.path)
      try await kill("push", after: Double(round) / Double(Self.rounds), of: 0.5, in: folder.path)
      // A listing that is there says that its files are.
      let listed = try await Program.shell(
        """
        for l in $(find remote -name '*.dir' 2>/dev/null); do
          for h in $(grep -oE '"md5": "[0-9a-f]{32}' $l | cut -d'"' -f4); do
            [ "$(md5sum < remote/files/md5/${h:0:2}/${h:2} | cut -c1-32)" = $h ] || echo "missing $h"; done; done
        find remote -type f -path '*/files/md5/??/*' ! -name '*.dir' | while read f; do
          h=$(md5sum < $f | cut -c1-32); [ "$f" = "remote/files/md5/${h:0:2}/${h:2}" ] || echo "damaged $f"; done
        """, in: folder.path)
      #expect(listed == "", "\(place)")
      try await succeed("push", place, in: folder.path)
      try await check("v2", place, in: folder.path)
    }
  }

  @Test("pull") func pull() async throws {
    let folder = try await repository()
    for round in 0..<Self.rounds {
      let place = "round \(round)"
      try await Program.shell("rm -rf .dvc/cache .dvc/tmp set model", in: folder.path)
      try await kill("pull", after: Double(round) / Double(Self.rounds), of: 0.8, in: folder.path)
      try await succeed("pull", place, in: folder.path)
      try await check("v2", place, in: folder.path)
    }
  }

  @Test("gc") func collect() async throws {
    let folder = try await repository()
    try await Program.shell("cp -a .dvc/cache kept", in: folder.path)
    for round in 0..<Self.rounds {
      let place = "round \(round)"
      // Sixty contents that nothing names.
      try await Program.shell(
        """
        rm -rf .dvc/cache; cp -a kept .dvc/cache
        for i in $(seq 60); do echo "\(round) $i" > x; h=$(md5sum < x | cut -c1-32); mkdir -p .dvc/cache/files/md5/${h:0:2}
        mv x .dvc/cache/files/md5/${h:0:2}/${h:2}; done
        """, in: folder.path)
      let part = Double(round) / Double(Self.rounds)
      try await kill("gc --grace 0s", after: part, of: 0.25, in: folder.path)
      try await check("v2", place, in: folder.path)
      try await succeed("gc --grace 0s", place, in: folder.path)
      try await succeed("checkout --rev v1", place, in: folder.path)
      try await check("v1", place, in: folder.path)
      try await succeed("checkout", place, in: folder.path)
      let difference = try await Program.shell(
        "diff <(cd kept/files; find . -type f | sort) <(cd .dvc/cache/files; find . -type f | sort) || true",
        in: folder.path)
      #expect(difference == "", "\(place)")
    }
  }
}
