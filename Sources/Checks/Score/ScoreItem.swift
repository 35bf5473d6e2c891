/// A test of the ML Test Score (Breck, Cai, Nielsen, Salib and Sculley 2017): what a system that learns should have before people
/// depend on it.
package enum ScoreItem: String, CaseIterable, Sendable {
  package enum Group: String, CaseIterable, Sendable {
    case data, model, infrastructure, monitoring
  }

  case schema, beneficial, cost, requirements, privacy, agility
  case featureCode = "feature-code"

  case specifications, online, tuned, staleness, simpler, slices, inclusion

  case reproducible
  case modelCode = "model-code"
  case integration, validated, debuggable, canary, rollback

  case dependencies, invariants, skew, age, stable, speed, quality

  package var group: Group {
    switch self {
    case .schema, .beneficial, .cost, .requirements, .privacy, .agility, .featureCode: .data
    case .specifications, .online, .tuned, .staleness, .simpler, .slices, .inclusion: .model
    case .reproducible, .modelCode, .integration, .validated, .debuggable, .canary, .rollback:
      .infrastructure
    case .dependencies, .invariants, .skew, .age, .stable, .speed, .quality: .monitoring
    }
  }

  /// What has to be so.
  package var title: String {
    switch self {
    case .schema: "what features are like stands in a schema"
    case .beneficial: "every feature is of use"
    case .cost: "no feature costs too much"
    case .requirements: "features keep to what is allowed"
    case .privacy: "personal data is kept in check"
    case .agility: "a feature is quickly added"
    case .featureCode: "the code of features is tested"
    case .specifications: "what trains the model is under version control"
    case .online: "offline metrics go with what counts online"
    case .tuned: "hyperparameters are tuned"
    case .staleness: "what an old model costs is known"
    case .simpler: "a simpler model is no better"
    case .slices: "the model is good on every important slice"
    case .inclusion: "the model is fair to groups of people"
    case .reproducible: "training can be repeated"
    case .modelCode: "the code of the model is tested"
    case .integration: "the whole pipeline is tested"
    case .validated: "a model is tested before it serves"
    case .debuggable: "a single prediction can be looked into"
    case .canary: "a model is tried on a little traffic first"
    case .rollback: "an earlier model can be put back"
    case .dependencies: "changes of dependencies are noticed"
    case .invariants: "new data is tested as the old was"
    case .skew: "features are the same in training and serving"
    case .age: "data and models are not too old"
    case .stable: "training and answers are numerically stable"
    case .speed: "speed and memory have not become worse"
    case .quality: "predictions have not become worse"
    }
  }

  /// What would be evidence that is found by itself; nil when only a note can be.
  package var hint: String? {
    switch self {
    case .schema: "reprise data infer FILE -o tests/data/NAME.yml"
    case .requirements: "`schema` or `in […]` in a data suite"
    case .privacy: "`no personal data` in a data suite"
    case .featureCode, .integration: "tests, and a file of a CI that runs them"
    case .specifications: "reprise run, with everything committed"
    case .tuned: "several runs of an entry point with other parameters"
    case .simpler: "`beats majority by 0.1` in a model suite"
    case .slices: "`f1 macro >= 0.9 by city` in a model suite"
    case .inclusion: "`fair by sex: demographic parity ratio >= 0.8` in a model suite"
    case .reproducible: "reprise replay latest"
    case .modelCode: "`deterministic; overfits one batch` in a model suite"
    case .validated: "`requires: [SUITE]` in an entry point, with a model suite"
    case .debuggable: "`cases:` in a model suite"
    case .rollback: "two versions of a model in the registry"
    case .dependencies: "a lock file, or pinned requirements"
    case .invariants: "reprise test on each new state of the data; `drift:` with a reference"
    case .skew:
      "`splits:` with `overlap == 0` in a data suite, or `matches served on id` in a model suite"
    case .age:
      "`age <= 30d` of a time column in a data suite, or `trained within 30d` in a model suite"
    case .staleness: "`age <= 30d` of a time column in a data suite"
    case .stable: "`no nan` in a model suite"
    case .speed: "`latency p95 <= 5ms` in a model suite"
    case .quality: "`no worse than champion` in a model suite"
    case .beneficial, .cost, .agility, .online, .canary: nil
    }
  }
}
