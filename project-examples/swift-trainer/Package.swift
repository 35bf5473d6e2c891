// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "swift-trainer",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "reprise", path: "../..")],
  targets: [
    .executableTarget(
      name: "trainer", dependencies: [.product(name: "RepriseKit", package: "reprise")])
  ]
)
