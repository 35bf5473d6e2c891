import Platform
import Support
import Testing

@testable import Datasets

@Suite("XML of S3's answers") struct XMLElementTests {
  private static let listing = """
    <?xml version="1.0" encoding="UTF-8"?>
    <!-- a comment --><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/" a='1'>
      <Name>b&amp;c</Name><x:IsTruncated>false</x:IsTruncated><Empty/>
      <Contents><Key>a &lt;&gt;&quot;&apos;&#233;&#x1F600;</Key><Size>12</Size></Contents>
      <Contents><Key><![CDATA[<raw> & ]]></Key><Size>0</Size></Contents>
    </ListBucketResult>

    """

  @Test("elements, text, references and CDATA are read; namespaces are dropped")
  func reading() throws {
    let document = try XMLElement(parsing: Array(Self.listing.utf8))
    #expect(document.name == "ListBucketResult")
    #expect(document["Name"]?.text == "b&c")
    #expect(document["IsTruncated"]?.text == "false")
    #expect(document["Empty"]?.text == "")
    #expect(document.all("Contents").map { $0["Key"]?.text } == ["a <>\"'é😀", "<raw> & "])
  }

  @Test(
    "what is not well formed is refused",
    arguments: [
      "", "text", "<a>", "<a></b>", "</a>", "<a/><b/>", "<a>&nbsp;</a>", "<a>&#0;</a>",
      "<a>&#xD800;</a>",
      "<a b=c/>", "<a b='x/>", "<a b='<'/>", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
      "<a>&#99999999999;</a>",
      "<1/>", "<a", "<a><![CDATA[x</a>", "<!-- ", "<a/>x", "<a>&amp</a>", "<a>&#;</a>", "<>",
      "<a b/>",
    ])
  func malformed(text: String) {
    #expect(throws: ParseFailure.self) { try XMLElement(parsing: Array(text.utf8)) }
  }

  @Test("elements inside of elements end somewhere")
  func deep() {
    let text = String(repeating: "<a>", count: 100_000)
    #expect(throws: ParseFailure.self) { try XMLElement(parsing: Array(text.utf8)) }
  }

  @Test("the place of a mistake is told")
  func place() {
    let failure = #expect(throws: ParseFailure.self) {
      try XMLElement(parsing: Array("<a>\n  <b>&x;</b></a>".utf8))
    }
    #expect(failure?.line == 2)
    #expect(failure?.column == 6)
  }

  @Test("damaged documents never end the program", arguments: 0..<20)
  func damaged(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    for _ in 0..<500 {
      var bytes = Array(Self.listing.utf8)
      for _ in 0..<(1 + random.next() % 6) {
        let place = Int(random.next() % UInt64(bytes.count))
        switch random.next() % 4 {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes.removeSubrange(place...)
        case 2: bytes.remove(at: place)
        default: bytes.insert(random.pick(Array("<>&;/![]\"'= \0\u{FF}".utf8)), at: place)
        }
        if bytes.isEmpty { bytes = [0x3C] }
      }
      _ = try? XMLElement(parsing: bytes)
      var response = HTTPResponse(status: 400)
      response.body = bytes
      _ = S3Refusal(response).failure(at: "p", bucket: "b", region: "r", hiding: ["b&c"])
    }
  }
}
