import Notebooks
import Testing

@Suite("What IPython reads and Python does not") struct CellMagicsTests {
  @Test(
    "is masked line by line",
    arguments: [
      ("x = 1\n", "x = 1\n"),
      ("%matplotlib inline\nx = 1", "pass\nx = 1"),
      ("!pip install x\nif a:\n    !ls\n", "pass\nif a:\n    pass\n"),
      ("x = !ls -l\ny = %timeit -o f()", "x = None\ny = None"),
      ("print?\n?print\nobject.name??", "pass\npass\npass"),
      ("%%time\nx = 1", "pass\nx = 1"),
      ("%%bash\necho a\n\necho b\n", "pass\npass\n\npass\n"),
      ("x = (5\n  % 2)\ny = 7 % 3\n", "x = (5\n  % 2)\ny = 7 % 3\n"),
      ("a = '''\n!not a command\n'''\n", "a = '''\n!not a command\n'''\n"),
      ("%load_ext \\\n  thing\nx = 1", "pass\n\nx = 1"),
      ("a != b\nx = y != z\n", "a != b\nx = y != z\n"),
      ("x = 5 \\\n  % 2\n", "x = 5 \\\n  % 2\n"),
    ])
  func masks(source: String, masked: String) {
    #expect(CellMagics.masked(source) == masked)
  }
}
