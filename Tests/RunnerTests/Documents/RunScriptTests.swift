import Support
import SystemPackage
import Testing

@testable import Runner

@Suite("The script of a command") struct RunScriptTests {
  @Test(
    "is the first file of the project that it names",
    arguments: [
      ("python train.py --a 1", "train.py"),
      ("PYTHONPATH=. python3 -u 'src/a b.py' x", "src/a b.py"),
      ("cd . && python ./train.py | tee log", "train.py"),
      ("python -m src.tool --x", "src/tool.py"),
      ("python -m pkg", "pkg/__main__.py"), ("Rscript fit.R", "fit.R"), ("bash run.sh", "run.sh"),
      ("echo train.py.bak", nil), ("python ../outside.py", nil), ("python missing.py", nil),
      ("python -c 'print(1)'", nil), ("cat data.csv", nil),
    ])
  func finds(command: String, expected: String?) throws {
    let folder = try TemporaryFolder()
    for name in [
      "p/train.py", "p/src/a b.py", "p/src/tool.py", "p/pkg/__main__.py", "p/fit.R", "p/run.sh",
      "p/data.csv", "outside.py",
    ] {
      try folder.write("x", to: name)
    }
    #expect(RunScript(of: command, in: folder.path.appending("p"))?.name == expected)
  }
}
