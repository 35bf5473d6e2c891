// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")

/// A C library of Debian's: a module map and a shim, one folder each under `Sources/System`.
func system(_ name: String, pkgConfig: String? = nil, apt: String? = nil) -> Target {
  .systemLibrary(
    name: name, path: "Sources/System/\(name)", pkgConfig: pkgConfig,
    providers: apt.map { [.apt([$0])] })
}

/// A part of the program; its arrows are checked by `Tests/ArchitectureTests`.
func part(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: name, dependencies: dependencies + ["Support", systemPackage],
    path: "Tests/\(name)", exclude: exclude, swiftSettings: settings)
}

let package = Package(
  name: "reprise",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "reprise", targets: ["reprise"]),
    // For people who write trainers of their own in Swift.
    .library(name: "RepriseKit", targets: ["RepriseKit"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
  ],
  targets: [
    // 4
    .executableTarget(name: "reprise", dependencies: ["Commands"], swiftSettings: settings),
    part(
      "Commands",
      [
        "Server", "Checks", "Runner", "Datasets", "Learning", "Notebooks", "Records", "Templates",
        "Projects", "Formats",
        "Compute",
        "Git", "Platform", systemPackage,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    part(
      "RepriseKit",
      ["Runner", "Learning", "Records", "Projects", "Compute", "Platform", systemPackage]),
    // 3
    .target(
      name: "Server",
      dependencies: [
        "Runner", "Notebooks", "Records", "Projects", "Formats", "Platform", systemPackage,
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
      ],
      resources: [.embedInCode("Assets")], swiftSettings: settings),
    part(
      "Checks",
      [
        "Learning", "Notebooks", "Projects", "Formats", "Compute", "Git", "Python", "Patterns",
        "Platform", systemPackage,
      ]),
    part(
      "Runner",
      [
        "Learning", "Notebooks", "Records", "Projects", "Formats", "Compute", "Git", "Platform",
        systemPackage,
      ]),
    // 2
    part("Datasets", ["Projects", "Formats", "Git", "Platform", systemPackage]),
    part("Notebooks", ["Formats", "Platform", "Python", "CZMQ", systemPackage]),
    part("Learning", ["Projects", "Formats", "Compute", "Platform", systemPackage]),
    part(
      "Records",
      ["Formats", "Platform", systemPackage, .product(name: "GRDB", package: "GRDB.swift")]),
    part(
      "Templates",
      [
        "Projects", "Formats", "Git", "Platform", systemPackage,
        .product(name: "BigInt", package: "BigInt"),
      ]),
    // 1
    part("Projects", ["Formats", "Platform", systemPackage]),
    part("Formats", ["Platform", "CSQLite", "CYAML", "CZlib", "CZstd", systemPackage]),
    part("Compute", ["Platform", "CKernels"]),
    part("Python", []),
    part("Patterns", ["Platform"]),
    part("Git", ["Platform", "CGit2", "CZlib", systemPackage]),
    // 0
    part("Platform", ["CCrypto", "CCurl", "CFiles", "CKernels", "CSpawn", systemPackage]),
    // The one C of our own, quick in every build: a debug build of it would hash at a twentieth of the speed.
    .target(
      name: "CKernels", path: "Sources/System/CKernels", cSettings: [.unsafeFlags(["-O3"])]),
    // The functions of libgit2, which is loaded by the first that is called, and then finds one of ours.
    .target(
      name: "CGit2", path: "Sources/System/CGit2",
      linkerSettings: [
        .unsafeFlags(["-Xlinker", "--export-dynamic-symbol=mbedtls_x509_crt_parse_file"])
      ]),
    // The same for libzmq, which only the kernels of notebooks need.
    .target(name: "CZMQ", path: "Sources/System/CZMQ"),
    // Measures the store alone: swift run -c release RecordsBench
    .executableTarget(
      name: "RecordsBench", dependencies: ["Records", "Platform", systemPackage],
      path: "Benchmarks/Records", swiftSettings: settings),
    // C libraries
    system("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
    system("CYAML", pkgConfig: "yaml-0.1", apt: "libyaml-dev"),
    system("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
    system("CZstd", pkgConfig: "libzstd", apt: "libzstd-dev"),
    system("CCurl"),
    system("CCrypto", pkgConfig: "libcrypto", apt: "libssl-dev"),
    system("CFiles"),
    system("CSpawn"),
    // Tests
    .target(
      name: "Support", dependencies: ["Platform", systemPackage], path: "Tests/Support",
      swiftSettings: settings),
    tests("PlatformTests", ["Platform"]),
    tests("FormatsTests", ["Formats", "Platform"]),
    tests("ComputeTests", ["Compute", "Platform"]),
    tests("PatternsTests", ["Patterns", "Platform"]),
    tests("GitTests", ["Git", "Platform"]),
    tests("PythonTests", ["Python"]),
    tests("ProjectsTests", ["Projects", "Formats", "Platform"]),
    tests(
      "RecordsTests",
      ["Records", "Formats", "Platform", .product(name: "GRDB", package: "GRDB.swift")]),
    tests("DatasetsTests", ["Datasets", "Formats", "Git", "Platform"]),
    tests("TemplatesTests", ["Templates", "Formats", "Git", "Platform"]),
    tests("NotebooksTests", ["Notebooks", "Formats", "Platform"]),
    tests(
      "LearningTests", ["Learning", "Projects", "Compute", "Formats", "Platform", "CSQLite"]),
    tests(
      "RunnerTests",
      [
        "Runner", "Learning", "Notebooks", "Records", "Projects", "Formats", "Compute", "Git",
        "Platform",
      ]),
    tests(
      "ChecksTests",
      [
        "Checks", "Learning", "Compute", "Patterns", "Python", "Projects", "Formats", "Git",
        "Platform",
      ]),
    tests(
      "ServerTests",
      [
        "Server", "Records", "Formats", "Platform",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
      ]),
    tests(
      "CommandsTests",
      [
        "Commands", "Runner", "Records", "Projects", "Formats", "Platform",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    tests("RepriseKitTests", ["RepriseKit", "Records", "Platform"]),
    tests("ArchitectureTests", []),
    tests("EndToEnd", ["Formats", "Platform"]),
    tests(
      "Interop",
      [
        "Checks", "Datasets", "Git", "Learning", "Notebooks", "Patterns", "Records", "Runner",
        "Server", "Templates", "Projects", "Python", "Compute", "Formats", "Platform",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
      ],
      exclude: [
        "ExchangePeer", "RunPeer", "TrackingPeer", "constraints.txt", "mlflow2-constraints.txt",
        "mlflow2-requirements.txt", "requirements.txt",
      ]),
  ]
)
