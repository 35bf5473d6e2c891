import Compute
import Formats
import Learning
import Platform
import Support
import SystemPackage
import Testing

@Suite("CSV against pandas and Python's csv") struct LearningCSVTests {
  @Test("400 generated tables have pandas' types and values") func tables() throws {
    let folder = try TemporaryFolder()
    let cases = try #require(try Peer.run(Self.tableScript, in: folder).array)
    #expect(cases.count == 400)
    for (index, expected) in cases.enumerated() {
      let name = "\(index).csv"
      let delimiter = try #require(expected["delimiter"]?.string?.utf8.first)
      let table = try TableFile.read(
        folder.path.appending(name), dialect: CSVDialect(delimiter: delimiter))
      try StreamTwin.compare(
        folder.path.appending(name), dialect: CSVDialect(delimiter: delimiter), with: table,
        Comment(rawValue: name))
      let columns = try #require(expected["columns"]?.array)
      #expect(table.columns.map(\.name) == columns.map { $0["name"]?.string }, "\(name)")
      for (column, other) in zip(table.columns, columns) {
        #expect(column.kind.rawValue == other["kind"]?.string, "\(name) \(column.name)")
        #expect(Self.values(column) == other["values"]?.array, "\(name) \(column.name)")
      }
    }
  }

  @Test("1,500 random texts have pandas' records, or are refused for a reason") func records()
    throws
  {
    let folder = try TemporaryFolder()
    let cases = try #require(try Peer.run(Self.recordScript, in: folder).array)
    #expect(cases.count == 1500)
    var accepted = 0
    var compared = 0
    for expected in cases {
      let text = try #require(expected["text"]?.string)
      let pandas = Self.texts(expected["pandas"])
      let python = Self.texts(expected["python"])
      do {
        let ours = try Self.records(text)
        accepted += 1
        // pandas fills records up with empty fields.
        #expect(ours.map(Self.trimmed) == pandas?.map(Self.trimmed), "\(text.debugDescription)")
        if let python {
          #expect(ours == python, "\(text.debugDescription)")
          compared += 1
        }
      } catch let problem as ParseFailure {
        if problem.message.hasPrefix("a quoted field") {
          #expect(pandas == nil, "\(text.debugDescription)")
        } else if let python {
          #expect(
            Set(python.map(\.count)).count > 1, "\(text.debugDescription): \(problem.message)")
          compared += 1
        }
      }
    }
    #expect(accepted > 250)
    #expect(compared > 250)
  }

  private static func texts(_ json: JSONValue?) -> [[String]]? {
    json?.array?.map { $0.array?.compactMap(\.string) ?? [] }
  }

  private static func trimmed(_ record: [String]) -> [String] {
    Array(record[...(record.lastIndex { !$0.isEmpty } ?? -1)])
  }

  private static func records(_ text: String) throws -> [[String]] {
    var reader = try CSVReader(Array(text.utf8))
    var records: [[String]] = []
    while let record = try reader.next() { records.append(record) }
    return records
  }

  private static func values(_ column: Column) -> [JSONValue] {
    switch column.values {
    case .numbers(let numbers):
      numbers.map { number in
        if number.isNaN { return .null }
        if column.kind == .bool { return .bool(number == 1) }
        return column.kind == .int ? .int(Int64(number)) : .double(number)
      }
    case .codes(let codes, let categories):
      codes.map { $0 < 0 ? .null : .string(categories[Int($0)]) }
    }
  }

  /// Tables of every type, with every way of quoting and ending lines that pandas takes.
  private static let tableScript = #"""
    import json, random, pandas as pd
    rng = random.Random(20260101)
    NA = ["", "NA", "NaN", "nan", "null", "N/A", "n/a", "None", "NULL", "<NA>", "#N/A", "-nan", "1.#QNAN", "#NA", "-1.#IND"]
    WORDS = ["red", "blau", "vert", "日本", "é à", "a,b", 'say "hi"', "two\nlines", "crlf\r\nin", "semi;colon", " lead", "trail ",
             "tab\tin", "NAN", "na", "-", ".", "1e", "0x1F", "1_000", "12a", "'q'", "e5", "infinit", "+-1", "\u00a0", "Null", "𝔘"]
    def number():
        k = rng.randrange(9)
        if k == 0: return repr(rng.uniform(-1, 1) * 10 ** rng.randint(-30, 30))
        if k == 1: return "%.3f" % rng.uniform(-1000, 1000)
        if k == 2: return "%e" % (rng.gauss(0, 1) * 10 ** rng.randint(-300, 300))
        if k == 3: return rng.choice(["1.", ".5", "-.25", "+3.", "0.0", "-0.0", "1E5", "1e+05", "2.5e-3", "007.5", "00.1e1"])
        if k == 4: return str(rng.randint(-10**6, 10**6)) + "." + "".join(rng.choice("0123456789") for _ in range(rng.randint(1, 25)))
        if k == 5: return rng.choice(["inf", "-inf", "Infinity", "+inf", "-INFINITY"]) if rng.random() < .2 else "1.5"
        if k == 6: return rng.choice([" ", "", "\t"]) + "%.2f" % rng.uniform(0, 9) + rng.choice([" ", ""])
        if k == 7: return rng.choice(["1e400", "1e-400", "4.9e-324", "2.2250738585072014e-308", "1.7976931348623157e308", "9007199254740993.0", "0.1e-5"])
        return str(rng.randint(-10**9, 10**9)) + ".0"
    def cell(kind):
        if kind == "int": return str(rng.choice([rng.randint(-9, 99), rng.randint(-2**53, 2**53)]))
        if kind == "padded int": return rng.choice(["", " ", "  "]) + rng.choice(["+", "-", "", "00"]) + str(rng.randint(0, 999)) + rng.choice(["", " "])
        if kind == "float": return number()
        if kind == "bool": return rng.choice(["True", "False", "true", "FALSE"])
        if kind == "text": return rng.choice(WORDS)
        if kind == "mixed": return rng.choice([number(), rng.choice(WORDS), "5"])
        return ""
    def quoted(text, delimiter, always):
        if always or any(c in text for c in delimiter + '"\r\n'):
            return '"' + text.replace('"', '""') + '"'
        return text
    out = []
    for index in range(400):
        delimiter = rng.choice([",", ",", ";", "\t", "|"])
        ending = rng.choice(["\n", "\n", "\r\n", "\r"])
        rows = rng.choice([1, 2, 7, 40])
        kinds = [rng.choice(["int", "padded int", "float", "float", "bool", "text", "text", "mixed", "empty"]) for _ in range(rng.randint(2, 7))]
        if all(k == "empty" for k in kinds): kinds[0] = "int"
        missing = [rng.choice([0, 0, .2, .6]) for _ in kinds]
        names = [rng.choice(["a", "b", "col %d" % i, "x,y", 'q"t', "ß", "", "n%d" % i]) for i in range(len(kinds))]
        lines = [delimiter.join(quoted(n, delimiter, False) for n in names)]
        for r in range(rows):
            cells = [rng.choice(NA) if rng.random() < m else cell(k) for k, m in zip(kinds, missing)]
            # A cell that is written bare must not start with a quote or hold tabs when these delimit.
            cells = [c if delimiter != "\t" or "\t" not in c.strip("\t") else "x" for c in cells]
            cells = [c.replace("\t", " ") if delimiter == "\t" else c for c in cells]
            lines.append(delimiter.join(quoted(c, delimiter, rng.random() < .15) for c in cells))
            # pandas 3.1 drops an empty first field after an empty line that ends in a lone CR.
            if ending != "\r" and rng.random() < .1: lines.append(rng.choice(["", "   "]))
        text = ending.join(lines) + (ending if rng.random() < .7 else "")
        bom = b"\xef\xbb\xbf" if rng.random() < .2 else b""
        path = "%s/%d.csv" % (folder, index)
        open(path, "wb").write(bom + text.encode())
        frame = pd.read_csv(path, sep=delimiter, low_memory=False)
        columns = []
        for name in frame.columns:
            series = frame[name]
            kind = {"i": "int", "f": "float", "b": "bool"}.get(series.dtype.kind, "text")
            values = []
            raw = None
            for i, v in enumerate(series.tolist()):
                if v is None or (isinstance(v, float) and v != v): values.append(None)
                elif kind == "text":
                    if isinstance(v, bool):
                        # pandas keeps truth values with missing ones as objects; their spelling is in a second reading.
                        if raw is None: raw = pd.read_csv(path, sep=delimiter, dtype=str)[name].tolist()
                        v = raw[i]
                    values.append(v)
                elif kind == "float": values.append(float(v))
                else: values.append(v)
            columns.append({"name": name, "kind": kind, "values": values})
        out.append({"delimiter": delimiter, "columns": columns})
    json.dump(out, open(folder + "/result.json", "w"))
    """#

  /// Random texts out of the characters that mean something, in pandas' tokenizer and, where both
  /// agree on what a line is, in Python's own.
  private static let recordScript = #"""
    import csv, io, json, random, re, pandas as pd
    rng = random.Random(7)
    out = []
    while len(out) < 1500:
        text = "".join(rng.choice(['"', '"', ",", ",", "\n", "\n", "\r\n", "\r", "a", "b", " ", "\t", "é"]) for _ in range(rng.randint(1, 24)))
        if rng.random() < .5: text = text.replace("\n", ",x\n")
        # pandas 3.1 drops an empty first field after an empty line that ends in a lone CR.
        if re.search(r"(^|[\r\n])[ \t]*\r(?!\n)", text): continue
        case = {"text": text, "pandas": None, "python": None}
        try:
            frame = pd.read_csv(io.BytesIO(text.encode()), header=None, names=range(30), index_col=False, dtype=str, keep_default_na=False, na_values=[])
            case["pandas"] = [list(row) for row in frame.itertuples(index=False)]
        except pd.errors.EmptyDataError:
            case["pandas"] = []
        except pd.errors.ParserError:
            pass
        # Python's csv keeps blank lines, and cannot tell a quoted blank from one.
        if not re.search(r"(^|[\r\n])[ \t]*([\r\n]|$)", text) and '\r' not in text and '" ' not in text and case["pandas"] is not None:
            case["python"] = list(csv.reader(io.StringIO(text, newline="")))
        out.append(case)
    json.dump(out, open(folder + "/result.json", "w"))
    """#
}
