import Formats
import Platform
import Projects
import Testing

@Suite("Structured settings of trainers") struct SettingTests {
  @Test("keys that are not the entry point's own are kept with their places") func kept() throws {
    let manifest = try Manifest(
      text: """
        entry_points:
          main:
            trainer: linear
            parameters: {target: y}
            cv:
              folds: 5
              group: customer
            layers: [64, {units: 2.5}, no, 2026-11-22]
          other:
            command: echo
            cv: 5
        """)
    let settings = manifest.entryPoints[0].settings
    #expect(settings.map(\.name) == ["cv", "layers"])
    #expect(settings[0].value == ["folds": 5, "group": "customer"])
    #expect(settings[0].location()?.description == "MLproject:5:5")
    #expect(settings[0].location(of: "group")?.description == "MLproject:7:7")
    #expect(settings[0].location(of: "gruop")?.description == "MLproject:5:5")
    #expect(settings[1].value == [64, ["units": 2.5], false, "2026-11-22"])
    #expect(manifest.entryPoints[1].settings == [])
  }
}
