import Compute
import Formats
import Learning
import Platform
import Support
import SystemPackage
import Testing

@Suite("Databases that Python writes") struct ParquetInterop {
  @Test("Parquet of every type, encoding, codec and size that pyarrow writes") func parquet() throws
  {
    try compare(Self.parquetScript, count: 300)
  }

  @Test("tables of SQLite of every type, name and kind") func sqlite() throws {
    try compare(Self.sqliteScript, count: 50)
  }

  private func compare(_ script: String, count: Int) throws {
    let folder = try TemporaryFolder()
    let cases = try #require(try Peer.run(Self.spelling + script, in: folder).array)
    #expect(cases.count == count)
    for expected in cases {
      let name = try #require(expected["name"]?.string)
      let about = Comment(rawValue: "\(name) \(expected["about"]?.string ?? "")")
      let asText = Set((expected["text"]?.array ?? []).compactMap(\.string))
      let table: Table
      do { table = try TableFile.read(folder.path.appending(name), asText: asText) } catch {
        Issue.record(error, about)
        continue
      }
      try StreamTwin.compare(folder.path.appending(name), with: table, about)
      let columns = try #require(expected["columns"]?.array)
      #expect(table.columns.map(\.name) == columns.map { $0["name"]?.string }, about)
      for (column, other) in zip(table.columns, columns) {
        #expect(column.kind.rawValue == other["kind"]?.string, "\(about) \(column.name)")
        let values: [JSONValue] =
          switch column.values {
          case .numbers(let numbers):
            numbers.map { $0.isNaN ? .null : .string(String($0.bitPattern, radix: 16)) }
          case .codes(let codes, let categories):
            codes.map { $0 < 0 ? .null : .string(categories[Int($0)]) }
          }
        let wanted = other["values"]?.array ?? []
        #expect(values.count == wanted.count, "\(about) \(column.name)")
        // The first that differs says more than all.
        if let row = zip(values, wanted).map({ $0 == $1 }).firstIndex(of: false) {
          #expect(values[row] == wanted[row], "\(about) \(column.name), row \(row)")
        }
        if case .codes(let codes, let categories) = column.values {
          var order: [Int32] = []
          for code in codes where code >= 0 && !order.contains(code) { order.append(code) }
          #expect(order == Array(0..<Int32(categories.count)), "\(about) \(column.name)")
        }
      }
    }
    // Nothing appears beside what was read.
    let files = Set(try FileSystem.names(in: folder.path))
    #expect(!files.contains { $0.hasSuffix("-wal") || $0.hasSuffix("-shm") })
  }

  /// How numbers are written here and there, so that each bit of them counts.
  private static let spelling = #"""
    import json, math, struct
    def spelled(value):
        value = float(value)
        if math.isnan(value): return None
        return f"{struct.unpack('>Q', struct.pack('>d', value))[0]:x}"

    def column(name, values, as_text=False):
        """What the table should hold, by the types of Python's values; None is missing."""
        there = [v for v in values if v is not None and not (isinstance(v, float) and math.isnan(v))]
        hasMissing = len(there) < len(values)
        if as_text or any(isinstance(v, str) for v in there) or there and hasMissing and isinstance(there[0], bool):
            def text(v):
                if v is None or isinstance(v, float) and math.isnan(v): return None
                return v if isinstance(v, str) else repr(v)
            return {"name": name, "kind": "text", "values": [text(v) for v in values]}
        if there and isinstance(there[0], bool): kind = "bool"
        elif there and not hasMissing and all(isinstance(v, int) for v in there): kind = "int"
        else: kind = "float"
        return {"name": name, "kind": kind, "values": [None if v is None else spelled(v) for v in values]}

    cases = []

    """#

  private static let parquetScript = #"""
    import random, datetime, decimal, uuid
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq
    random.seed(7)
    D = decimal.Decimal
    words = ["", "NA", "a", "서울", "long " * 30, "x,y", "\"q\"", "1", "nan"]
    day = datetime.date(1970, 1, 1)

    def stamp(unit, tz):
        def text(v):
            per = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}[unit]
            second, part = divmod(v, per)
            nanos = part * (10**9 // per)
            base = (datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=second)).isoformat(sep=" ")
            if nanos: base += f".{nanos:09d}" if nanos % 1000 else f".{nanos // 1000:06d}"
            return base + ("+00:00" if tz else "")
        return text

    def clock(unit):
        def text(v): return stamp(unit, False)(v)[11:]
        return text

    def whole(low, high):
        return lambda: random.choice([low, high, 0, random.randint(low, high), random.randint(max(low, -9), min(high, 9))])

    # name: the type, what makes a stored value, what the value is in the table
    same = lambda v: v
    types = {
        "bool": (pa.bool_(), lambda: random.random() < 0.5, same),
        "float16": (pa.float16(), lambda: np.float16(random.choice([random.gauss(0, 9), 6e-8, 65504.0, math.inf])), float),
        "float32": (pa.float32(), lambda: float(np.float32(random.choice([random.gauss(0, 1e6), 1e-40, -0.0, math.inf]))), same),
        "float64": (pa.float64(), lambda: random.choice([random.gauss(0, 1), 5e-324, 1e308, -math.inf, math.nan, 0.1]), same),
        "string": (pa.string(), lambda: random.choice(words) + random.choice(["", str(random.randint(0, 50))]), same),
        "large": (pa.large_string(), lambda: random.choice(words), same),
        "binary": (pa.binary(), lambda: random.choice(words).encode(), lambda v: v.decode()),
        "fixed": (pa.binary(3), lambda: random.choice([b"abc", b"   ", b"xyz"]), lambda v: v.decode()),
        "uuid": (pa.uuid(), lambda: uuid.UUID(int=random.getrandbits(128)).bytes, lambda v: str(uuid.UUID(bytes=v))),
        "date": (pa.date32(), lambda: random.randint(-700000, 2900000), lambda v: (day + datetime.timedelta(days=v)).isoformat()),
        "null": (pa.null(), lambda: None, same),
        "category": (pa.dictionary(pa.int32(), pa.string()), lambda: random.choice(words), same),
    }
    for bits in (8, 16, 32, 64):
        types[f"int{bits}"] = (getattr(pa, f"int{bits}")(), whole(-2**(bits - 1), 2**(bits - 1) - 1), same)
        types[f"uint{bits}"] = (getattr(pa, f"uint{bits}")(), whole(0, 2**bits - 1), same)
    for precision, scale in ((5, 2), (18, 6), (38, 10), (76, 20), (9, 0), (30, 0)):
        def make(precision=precision, scale=scale):
            return D(random.choice([0, 10**precision - 1, 1 - 10**precision, random.randint(-10**precision + 1, 10**precision - 1)])).scaleb(scale * -1, decimal.Context(prec=100))
        kind = pa.decimal128(precision, scale) if precision <= 38 else pa.decimal256(precision, scale)
        types[f"decimal{precision}_{scale}"] = (kind, make, (lambda v: int(v)) if scale == 0 else float)
    for unit in ("s", "ms", "us", "ns"):
        top = {"s": 10**10, "ms": 10**13, "us": 10**16, "ns": 9 * 10**18}[unit]
        for tz in (None, "UTC", "Asia/Seoul"):
            stored = "ms" if unit == "s" else unit
            types[f"stamp_{unit}_{tz}"] = (pa.timestamp(unit, tz), whole(-top, top), stamp(unit, tz))
        if unit != "s":
            kind = pa.time32(unit) if unit == "ms" else pa.time64(unit)
            types[f"time_{unit}"] = (kind, whole(0, 86400 * {"ms": 10**3, "us": 10**6, "ns": 10**9}[unit] - 1), clock(unit))

    encodings = {
        "int32": ["PLAIN", "DELTA_BINARY_PACKED", "BYTE_STREAM_SPLIT"], "int64": ["PLAIN", "DELTA_BINARY_PACKED", "BYTE_STREAM_SPLIT"],
        "float32": ["PLAIN", "BYTE_STREAM_SPLIT"], "float64": ["PLAIN", "BYTE_STREAM_SPLIT"],
        "string": ["PLAIN", "DELTA_LENGTH_BYTE_ARRAY", "DELTA_BYTE_ARRAY"], "binary": ["PLAIN", "DELTA_LENGTH_BYTE_ARRAY", "DELTA_BYTE_ARRAY"],
        "fixed": ["PLAIN", "DELTA_BYTE_ARRAY", "BYTE_STREAM_SPLIT"], "uuid": ["PLAIN", "DELTA_BYTE_ARRAY"], "bool": ["PLAIN", "RLE"],
        "float16": ["PLAIN", "BYTE_STREAM_SPLIT"], "uint32": ["PLAIN", "DELTA_BINARY_PACKED"], "uint64": ["PLAIN", "DELTA_BINARY_PACKED"],
    }
    names = list(types)
    def values(name, rows, nulls):
        made = [types[name][1]() for _ in range(rows)]
        return [None if random.random() < nulls else v for v in made]

    for number in range(300):
        rows = random.choice([0, 1, 2, 7, 8, 9, 40, 129, 300])
        nulls = random.choice([0, 0, 0.1, 0.5, 1.0])
        chosen = [names[number % len(names)]] + random.sample(names, 2)
        about = []
        fields, arrays, wanted, encoded = [], [], [], {}
        asText = []
        for place, kind in enumerate(chosen):
            name = f"{place}.{kind}"
            type_, _, shown = types[kind]
            data = values(kind, rows, nulls)
            required = nulls == 0 and kind != "null" and random.random() < 0.5
            if kind == "category":
                array = pa.array(data, pa.string()).dictionary_encode() if rows % 2 else pa.DictionaryArray.from_arrays(
                    pa.array([None if v is None else words.index(v) for v in data], pa.int32()), pa.array(words))
            elif kind == "uuid":
                array = pa.ExtensionArray.from_storage(pa.uuid(), pa.array(data, pa.binary(16)))
            else:
                array = pa.array(data, type_)
            fields.append(pa.field(name, array.type, nullable=not required))
            arrays.append(array)
            isText = kind.startswith("int") and random.random() < 0.3
            if isText: asText.append(name)
            # What has no values is still of the type that the file declares.
            isTyped = not kind.startswith(("int", "uint", "float", "decimal", "null", "bool"))
            made = column(name, [None if v is None else shown(v) for v in data], isText or isTyped or kind == "bool" and None in data)
            if kind == "bool" and not data: made["kind"] = "bool"
            wanted.append(made)
            if kind in encodings: encoded[name] = random.choice(encodings[kind])
        options = {
            "compression": random.choice(["NONE", "SNAPPY", "GZIP", "ZSTD", "LZ4"]),
            "data_page_version": random.choice(["1.0", "2.0"]),
            "data_page_size": random.choice([1, 64, 1000, 1 << 20]),
            "row_group_size": random.choice([1 << 20, 100, 33]),
            "version": random.choice(["2.4", "2.6"]),
            "write_batch_size": random.choice([1, 10, 1024]),
            "write_page_checksum": random.random() < 0.3,
            "write_statistics": random.random() < 0.5,
        }
        if random.random() < 0.5:
            options["use_dictionary"] = False
            options["column_encoding"] = encoded
        else:
            options["dictionary_pagesize_limit"] = random.choice([1, 100, 1 << 20])
        stamps = [k for k in chosen if k.startswith("stamp_")]
        nanos = any("_ns_" in k for k in stamps)
        if options["version"] == "2.4" and nanos: options["version"] = "2.6"
        if stamps and all(-2**63 <= 0 for _ in stamps) and not any("_s_" in k or "_ms_" in k or "_us_" in k for k in stamps) \
            and not any(k.endswith(("UTC", "Seoul")) for k in stamps) and random.random() < 0.5:
            options["use_deprecated_int96_timestamps"] = True
        name = f"{number}.parquet"
        table = pa.Table.from_arrays(arrays, schema=pa.schema(fields))
        pq.write_table(table, name, **options)
        cases.append({"name": name, "about": f"{chosen} {rows} rows {nulls} {options}", "columns": wanted, "text": asText})
    with open("result.json", "w") as file: json.dump(cases, file)
    """#

  private static let sqliteScript = #"""
    import random, sqlite3
    random.seed(7)
    words = ["", "NA", "x", "서울", "it's", "1", "1.5", "a\nb", "null"]
    makers = {
        "whole": lambda: random.choice([0, 1, -5, 2**53 + 1, -2**63, 2**63 - 1, random.randint(-99, 99)]),
        "real": lambda: random.choice([0.5, -2.25, 1e300, 5e-324, math.inf, 0.1, 3.0, 1e16, 123456789012345680.0]),
        "text": lambda: random.choice(words),
    }
    makers["numbers"] = lambda: makers[random.choice(["whole", "real"])]()
    makers["mixed"] = lambda: makers[random.choice(["whole", "real", "text"])]()
    declared = ["", "INTEGER", "REAL", "TEXT", "NUMERIC", "BOOLEAN", "VARCHAR(20)", "DATE", "STRANGE TYPE"]
    strange = ["t", "a b", "select", "quo\"te", "표", "x#y", "per%cent", "semi;colon", "t'", "[b]"]
    for number in range(50):
        name = f"{number}{random.choice(['.db', '.sqlite', ' a#b?.db', '%20.db'])}"
        base = sqlite3.connect(name)
        if number % 5 == 0: base.execute("PRAGMA journal_mode = WAL")
        if number % 7 == 0: base.execute("PRAGMA encoding = 'UTF-16'")
        table = strange[number % len(strange)]
        quoted = '"' + table.replace('"', '""') + '"'
        kinds = [random.choice(list(makers)) for _ in range(random.randint(1, 5))]
        names = [random.choice(["c", "한글 ", "select", "d\"q"]) + str(i) for i in range(len(kinds))]
        rows = random.choice([0, 1, 5, 60])
        nulls = random.choice([0, 0.3, 1])
        without = number % 4 == 1
        columns = ", ".join('"' + n.replace('"', '""') + '" ' + random.choice(declared) for n in names)
        if without: columns = f"id INTEGER PRIMARY KEY, {columns}"
        base.execute(f"CREATE TABLE {quoted} ({columns}){' WITHOUT ROWID' if without else ''}")
        for row in range(rows):
            values = [None if random.random() < nulls else makers[k]() for k in kinds]
            if without: values = [rows - row] + values
            base.execute(f"INSERT INTO {quoted} VALUES ({', '.join('?' * len(values))})", values)
        read = table
        if number % 3 == 0:
            base.execute("CREATE TABLE other (x)")
            if number % 2 == 0:
                base.execute(f"CREATE VIEW seen AS SELECT * FROM {quoted}")
                read = "seen"
        base.commit()
        cursor = base.execute('SELECT * FROM "' + read.replace('"', '""') + '"')
        held = cursor.fetchall()
        titles = [d[0] for d in cursor.description]
        base.close()
        wanted = [column(t, [r[i] for r in held]) for i, t in enumerate(titles)]
        place = name if number % 3 else f"{name}#{read}"
        cases.append({"name": place, "about": f"{table} {kinds} {rows}", "columns": wanted})
    with open("result.json", "w") as file: json.dump(cases, file)
    """#
}
