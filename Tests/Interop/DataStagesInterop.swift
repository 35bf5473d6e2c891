import Formats
import Platform
import Support
import SystemPackage
import Testing

/// What the stages of a `dvc.yaml` made: `dvc.lock` names it from folders that only `dvc.yaml` says.
@Suite("Outputs of DVC's stages") struct DataStagesInterop {
  private static let writing = #"""
    import os, random, subprocess
    from pathlib import Path
    os.environ.update(DVC_NO_ANALYTICS="1", HOME=folder, GIT_CONFIG_NOSYSTEM="1", DVC_SITE_CACHE_DIR=folder + "/site")
    from dvc.repo import Repo
    def git(*words): subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *words], check=True, capture_output=True)
    base = Path(folder, "p"); base.mkdir(); os.chdir(base)
    git("init", "-q", "-b", "main", "."); repo = Repo.init()
    for name in ["work/deep", "in/a", "in/b", "sub/inner", "v", "m-1"]: Path(name).mkdir(parents=True)
    Path("params.yaml").write_text("place: {first: v}\nseed: 1\n")
    Path("more.yaml").write_text("tail: a\n")
    Path("dvc.yaml").write_text("""
    vars: [more.yaml, {head: in}]
    stages:
      plain: {cmd: "echo $(cat ../../params.yaml) > one.txt", wdir: work/deep, params: [../../params.yaml: [seed]], outs: [one.txt]}
      own: {cmd: "cp params.yaml top.txt; cp params.yaml m.yaml; cp params.yaml p.csv", deps: [params.yaml], outs: [top.txt], metrics: [m.yaml: {cache: false}], plots: [p.csv: {cache: False, x: a}]}
      each: {foreach: [a, b], do: {wdir: "in/${item}", cmd: "echo ${item} > each.txt", outs: [each.txt]}}
      named: {foreach: {a: 1, b: 2}, do: {wdir: "${head}/${ key }", cmd: "echo ${item} > named.txt", outs: [named.txt]}}
      value: {wdir: "${place.first}", cmd: "mkdir -p d && echo x > d/x && echo y > d/y", outs: [d]}
      grid: {matrix: {k: [x, x-y], n: [1]}, wdir: "m-${item.n}", cmd: "echo ${item.n} > grid-${item.k}.txt", outs: ["grid-${item.k}.txt"]}
    """)
    Path("sub/dvc.yaml").write_text("stages: {s: {wdir: inner, cmd: 'echo s > s.txt', outs: [s.txt, ../up.txt: {cache: false}]}}".replace("'echo s > s.txt'", "'echo s > s.txt; echo u > ../up.txt'"))
    repo.reproduce(); repo.reproduce(["sub/dvc.yaml"]); repo.close()
    git("add", "-A"); git("commit", "-qm", "one"); git("tag", "r0")
    Path("params.yaml").write_text("place: {first: v}\nseed: 2\n")
    repo = Repo("."); repo.reproduce(); repo.close(); git("add", "-A"); git("commit", "-qm", "two"); git("tag", "r1")
    Path(folder, "result.json").write_text("true")
    """#

  @Test("they are seen, delivered, compared and pushed where DVC has them")
  func both() async throws {
    let folder = try TemporaryFolder()
    _ = try Peer.run(Self.writing, in: folder)
    let dvc = try Peer.python.removingLastComponent().appending("dvc")
    let answer = try await Program.shell(
      """
      export DVC_NO_ANALYTICS=1 HOME="$PWD" DVC_SITE_CACHE_DIR="$PWD/site"
      reprise() { '\(Program.path)' "$@"; }; dvc() { '\(dvc)' "$@"; }
      cp -a p saved; cd p
      outs="work/deep/one.txt top.txt in/a/each.txt in/b/each.txt in/a/named.txt in/b/named.txt v/d m-1/grid-x.txt m-1/grid-x-y.txt sub/inner/s.txt"
      reprise data status > /dev/null && echo clean
      rm -rf $outs; reprise data checkout > /dev/null; for n in $outs; do diff -r $n ../saved/$n || echo differs $n; done; echo same
      reprise data diff r0 r1 | grep -c 'work/deep/one.txt\\|top.txt'
      reprise data checkout --rev r0 > /dev/null; cat work/deep/one.txt; reprise data checkout > /dev/null
      reprise data log work/deep/one.txt | grep -c 'one$\\|two$'
      reprise data remote add -d store ../store > /dev/null; reprise data push > /dev/null
      cd ..; git clone -q p clone; cp p/.dvc/config clone/.dvc/config; cd clone; dvc pull -q; dvc status -q && echo pulled
      for n in $outs; do diff -r $n ../saved/$n || echo differs $n; done
      reprise data status > /dev/null && echo clean; reprise data gc --grace 0s > /dev/null 2>&1; dvc status -q && echo kept
      """, in: folder.path)
    #expect(
      answer.split(separator: "\n").map(String.init) == [
        "clean", "same", "2", "place: {first: v} seed: 1", "2", "pulled", "clean", "kept",
      ], "\(answer)")
  }

  @Test("a folder that needs a value nobody names is told where it stands")
  func unknown() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "schema: '2.0'\nstages:\n  s:\n    outs:\n    - path: x\n      md5: \(String(repeating: "a", count: 32))\n",
      to: "dvc.lock")
    try folder.write("stages:\n  s:\n    wdir: out/${nowhere}\n    cmd: x\n", to: "dvc.yaml")
    try folder.write("", to: ".dvc/config")
    let result = try await Program.run(["data", "status"], in: folder.path)
    #expect(result.status == 2)
    #expect(result.error.contains("nowhere") && result.error.contains("dvc.yaml:3:"), "\(result)")
  }
}
