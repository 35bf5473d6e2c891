import HTTPTypes
import Records
import Testing

@testable import Server

@Suite("Columns of the table of runs") struct ColumnTests {
  @Test("a choice is remembered for its experiment, and the address without it shows it again")
  func remembering() async throws {
    let world = try PageWorld()
    try world.run("one")
    let path = "/experiments/\(world.experiment.id)"
    let chosen = try #require(
      try await world.answer(
        "\(path)?choose=1&sort=metrics.auc&column=&column=params.text&column=tags.a%2Cb%3B%20c"))
    #expect(chosen.status == .seeOther)
    #expect(
      chosen.headers[.location]
        == "\(path)?sort=metrics.auc&column=params.text&column=tags.a,b%3B%20c")
    let cookie = try #require(chosen.headers[.setCookie])
    #expect(
      cookie == "reprise_columns=params.text,tags.a%2Cb%3B%20c; Path=\(path); "
        + "Max-Age=31536000; SameSite=Lax")
    let pair = String(cookie.prefix { $0 != ";" })
    let page = try await world.page(path, [.cookie: pair])
    #expect(page.contains("title=\"a,b; c\"") && page.contains("title=\"text\""))
    #expect(!page.contains("title=\"auc\""))
    // The address has the last word.
    let other = try await world.page("\(path)?column=metrics.auc", [.cookie: pair])
    #expect(other.contains("title=\"auc\"") && !other.contains("title=\"a,b; c\""))
  }

  @Test("the usual columns come back, and too many columns are not kept") func forgetting()
    async throws
  {
    let world = try PageWorld()
    let path = "/experiments/\(world.experiment.id)"
    let many = (0..<300).map { "column=params.a-long-name-\($0)" }.joined(separator: "&")
    for query in ["", "&" + many] {
      let answer = try #require(try await world.answer("\(path)?choose=1\(query)"))
      #expect(answer.headers[.setCookie]?.contains("reprise_columns=; ") == true)
      #expect(answer.headers[.setCookie]?.contains("Max-Age=0") == true)
    }
  }

  @Test(
    "a cookie of nonsense is no trouble",
    arguments: ["", ",,", "%", "nothing", "metrics.", "params.%FF"]) func nonsense(value: String)
    async throws
  {
    let world = try PageWorld()
    try world.run("one")
    let answer = try await world.answer(
      "/experiments/\(world.experiment.id)", [.cookie: "reprise_columns=\(value)"])
    #expect(answer?.status == .ok)
  }
}
