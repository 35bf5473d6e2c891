import Formats
import Platform
import Python
import Support
import Testing

/// Our trees against those of CPython's `ast`: every node, every field, every place.
@Suite("Trees as CPython makes them") struct PythonTreeInterop {
  @Test("the same tree of real files") func corpus() throws {
    let folder = try TemporaryFolder()
    let files = try PythonCorpus.sample(29, in: folder)
    #expect(files.count > 100)
    let differences = try PythonCorpus.differences(
      on: files, in: folder, script: PythonTreePeer.script
    ) { file in
      let tree = Tree(parsing: try FileSystem.read(file))
      #expect(tree.problems == [], "\(file)")
      // CPython places what is inside of f-strings well since 3.12 only.
      var text = PythonTreeText(tree, skipsFormatPlaces: true)
      text.start()
      return text.out
    }
    #expect(differences == [])
  }

  @Test("what ast.parse refuses is refused") func refusals() throws {
    let folder = try TemporaryFolder()
    let script = """
      import ast, json, random, warnings

      warnings.simplefilter("ignore")
      random.seed(11)
      blocks = json.load(open("blocks.json"))
      pieces = \"\"\"( ) [ ] { } : , = == := -> * ** + not in is if else for lambda yield await async def class x 1
      "s" . ... @ import from as del return pass None True match case type _ ; ! - ~ / with try except finally
      while raise global or and b"x" 1j\"\"\".split()
      cases = list(blocks)
      for _ in range(4000):
          words = random.choice(blocks).split(" ")
          place = random.randrange(len(words))
          match random.randrange(4):
              case 0:
                  del words[place]
              case 1:
                  words.insert(place, random.choice(pieces))
              case 2:
                  words[place] = random.choice(pieces)
              case _:
                  other = random.randrange(len(words))
                  words[place], words[other] = words[other], words[place]
          cases.append(" ".join(words))
      result = []
      for case in dict.fromkeys(cases):
          try:
              ast.parse(case)
              result.append([case, "yes"])
          except (SyntaxError, ValueError) as error:
              result.append([case, "no"])
      json.dump(result, open("result.json", "w"))
      """
    let list = Self.blocks.map {
      "\"" + $0.replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
    }
    try folder.write("[" + list.joined(separator: ",") + "]", to: "blocks.json")
    let cases = try #require(Peer.run(script, in: folder).array)
    #expect(cases.count > 2000)
    var wrong: [String] = []
    for item in cases {
      guard let pair = item.array, let text = pair[0].string else { continue }
      let isTaken = Tree(parsing: Array(text.utf8)).problems.isEmpty
      if isTaken != (pair[1].string == "yes") { wrong.append("\(isTaken): \(text)") }
    }
    // What is Python since 3.12 and 3.14 only may be among them.
    #expect(wrong.count * 200 <= cases.count, "\(wrong)")
  }

  private static let blocks = [
    "x : int = 1\n", "( a , b ) , * c = d\n",
    "def f ( a , / , b , * , c = 1 , ** kw ) -> int : return a\n",
    "async def f ( ) : await x ; return [ i async for i in y ]\n",
    "class A ( B , metaclass = C ) : pass\n", "with ( open ( a ) as b , c as d ) : pass\n",
    "for x , * y in z : break\n", "while x == y : continue\n",
    "try :\n  pass\nexcept ( A , B ) as e :\n  raise X from e\nelse : pass\nfinally : del a , b [ 1 ]\n",
    "match x :\n  case 1 | \"a\" | - 2 | None : pass\n  case [ a , * rest , _ ] if a : pass\n",
    "match x :\n  case { \"k\" : v , ** rest } : pass\n  case Point ( x = 0 , y = y ) as p : pass\n",
    "lambda x , * y , z = 1 , ** k : ( x , y )\n", "f ( a , * b , c = 1 , ** d )\n",
    "f ( x for x in y )\n", "x [ 1 : 2 , : : 3 ]\n", "a if b else c\n", "not a in b is not c < d\n",
    "{ ** a , 'b' : 1 }\n", "{ k : v for k , v in x if y }\n", "global a , b\n",
    "from . import ( a as b , c , )\n", "import a . b as c , d\n", "assert x , y\n",
    "x = yield y\n", "- a ** - b // ~ c @ d\n", "if a : pass\nelif b : pass\nelse : pass\n",
    "@ dec ( 1 ) . x\ndef g ( ) : pass\n", "x = ( yield )\n", "del ( a , b ) , [ c ]\n",
  ]
}
