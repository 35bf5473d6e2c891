// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "{{ cookiecutter.project_slug }}",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "reprise", path: "{{ cookiecutter.reprise }}")],
  targets: [
    .executableTarget(
      name: "trainer", dependencies: [.product(name: "RepriseKit", package: "reprise")])
  ]
)
