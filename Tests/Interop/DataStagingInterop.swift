import Formats
import Platform
import Support
import SystemPackage
import Testing

/// What the real DVC gives to git's index, and what it makes of what is ours in a pointer.
@Suite("Staging and digests beside DVC") struct DataStagingInterop {
  private func shell(_ text: String, in folder: TemporaryFolder) async throws -> String {
    let dvc = try Peer.python.removingLastComponent().appending("dvc")
    return try await Program.shell(
      """
      export DVC_NO_ANALYTICS=1 HOME="$PWD" DVC_SITE_CACHE_DIR="$PWD/site"
      reprise() { '\(Program.path)' "$@" > /dev/null; }; dvc() { '\(dvc)' "$@"; }
      \(text)
      """, in: folder.path)
  }

  @Test("add, move and import stage the same entries as DVC does, blob by blob") func staging()
    async throws
  {
    let folder = try TemporaryFolder()
    let answer = try await shell(
      """
      (mkdir source; cd source; git init -q -b main .; dvc init -q; echo s > s; dvc add -q s; git add -A; git commit -qm 1)
      mkdir base; cd base; git init -q -b main .; dvc init -q; dvc config core.autostage true
      mkdir -p data/sub d; echo 1 > data/one; echo 2 > data/sub/two; echo '*.tmp' > .gitignore; echo t > t.txt
      for n in m 'a b' '[w]' é 123; do echo "$n" > "$n"; done; echo i > d/inner
      git add t.txt .gitignore .dvc .dvcignore; git commit -qm 0; echo changed > t.txt; cd ..
      cp -a base theirs; cp -a base ours
      steps() {
        $1 $2 add data m 'a b' '[w]' é 123 d/inner >&2; git ls-files -s; git commit -qm 1; git status --short
        echo 3 > data/three; echo '*.bak' >> .gitignore; $1 $2 add data >&2; git ls-files -s; git reset -q
        $1 $2 add data >&2; git ls-files -s; git add -A; git commit -qm 2
        $1 $2 move m moved >&2; git ls-files -s; git add -A; git commit -qm 3
        $1 $2 import ../source s >&2; git ls-files -s
      }
      (cd theirs; steps dvc -q) > theirs.txt
      (cd ours; steps reprise data) > ours.txt
      diff theirs.txt ours.txt && echo same
      """, in: folder)
    #expect(answer == "same\n")
  }

  @Test("a cache that a group shares gets the modes that DVC gives it") func group() async throws {
    let folder = try TemporaryFolder()
    let answer = try await shell(
      """
      umask 077; mkdir theirs; cd theirs; git init -q .; dvc init -q; dvc config cache.shared group
      mkdir d; echo 1 > d/x; printf '#!/bin/sh' > d/run; chmod +x d/run; echo 2 > f; cd ..; cp -a theirs ours
      (cd theirs; dvc add -q d f); (cd ours; reprise data add d f)
      modes() { (cd $1/.dvc/cache; find . -path './reprise*' -prune -o -printf '%m %y %p\n' | sort -k3); }
      diff <(modes theirs) <(modes ours) && echo same
      find ours/.dvc/cache/reprise -type d ! -perm 2775 ! -path '*/tmp/*'; stat -c %a ours/.dvc/cache/reprise/lock
      cd ours; dvc remote add -q -d r ../remote; reprise data push
      rm -rf .dvc/cache; reprise data fetch; cd ..; diff <(modes theirs) <(modes ours) && echo same
      """, in: folder)
    #expect(answer == "same\n664\nsame\n")
  }

  @Test("DVC is not disturbed by the setting and the digests, and what it names itself has none")
  func digests() async throws {
    let folder = try TemporaryFolder()
    let answer = try await shell(
      """
      git init -q -b main .; dvc init -q; git config --file .dvc/reprise data.digest sha256
      dvc remote add -q -d store remote; mkdir d; echo 1 > d/a; echo 2 > d/b; echo f > f
      reprise data add -q d f; grep -c sha256 d.dvc f.dvc
      dvc status -q; dvc push -q; rm -rf d f; dvc checkout -q; cat d/a f
      # DVC pushed no digests, and we take no folder without them; what we push is whole.
      cp -r .dvc/cache/reprise/sha256 aside; rm -rf .dvc/cache d f
      reprise data pull -q d 2>&1 | grep -c 'not taken unchecked'; reprise data pull -q f; cat f
      mkdir -p .dvc/cache/reprise; cp -r aside .dvc/cache/reprise/sha256; dvc pull -q; reprise data push -q
      rm -rf .dvc/cache d f; reprise data pull -q; cat d/b
      # DVC names another content, and keeps our keys.
      echo 3 > d/a; echo g > f; dvc add -q d f; grep -c sha256 d.dvc f.dvc; reprise data status -q && echo clean
      dvc push -q; rm -rf .dvc/cache d f; reprise data pull -q; cat d/a f; reprise data verify -q && echo verified
      reprise data add -q d f; dvc status -q && echo clean
      sed -n 's/.*sha256: //p' f.dvc; sha256sum f | cut -d' ' -f1
      """, in: folder)
    let lines = answer.split(separator: "\n").map(String.init)
    #expect(
      lines.dropLast(2) == [
        "d.dvc:1", "f.dvc:1", "1", "f", "1", "f", "2", "d.dvc:1", "f.dvc:1", "clean", "3", "g",
        "verified", "clean",
      ], "\(answer)")
    #expect(lines.count > 2 && lines.suffix(2).first == lines.last)
  }
}
