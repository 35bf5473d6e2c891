/// Names for runs that nobody named: `brisk-otter-417`.
enum RunName {
  static func random(using generator: inout some RandomNumberGenerator) -> String {
    let adjective = adjectives.randomElement(using: &generator) ?? "plain"
    let animal = animals.randomElement(using: &generator) ?? "moth"
    return "\(adjective)-\(animal)-\(Int.random(in: 0...999, using: &generator))"
  }

  static let adjectives: [String] = [
    "amber", "ample", "azure", "bold", "brave", "breezy", "brisk", "bronze", "calm", "candid",
    "careful", "chatty", "cheery", "clear", "clever", "coral", "cosy", "crisp", "curious",
    "dapper", "deft", "early", "eager", "earnest", "easy", "fair", "fleet", "fluent", "fond",
    "frank", "fresh", "gentle", "glad", "golden", "grand", "handy", "hardy", "hazel", "hearty",
    "honest", "humble", "ivory", "jolly", "keen", "kind", "lively", "lofty", "loyal", "lucid",
    "lucky", "mellow", "merry", "mild", "mint", "misty", "modest", "neat", "nimble", "noble",
    "olive", "opal", "patient", "plucky", "polite", "prime", "proud", "quick", "quiet", "rapid",
    "ready", "robust", "rosy", "ruby", "sage", "sandy", "sharp", "shy", "silver", "sincere",
    "sleek", "smooth", "snug", "solid", "spry", "stable", "steady", "sunny", "sure", "swift",
    "tidy", "tranquil", "true", "upright", "vivid", "warm", "witty", "young",
  ]

  static let animals: [String] = [
    "adder", "albatross", "alpaca", "ant", "antelope", "auk", "badger", "barbel", "bat", "bear",
    "beaver", "bee", "beetle", "bison", "bittern", "boar", "bream", "bunting", "buzzard", "camel",
    "carp", "cat", "chamois", "cicada", "cod", "condor", "coot", "cormorant", "crab", "crane",
    "cricket", "crow", "cuckoo", "curlew", "deer", "dingo", "dolphin", "dormouse", "dove", "duck",
    "eagle", "eel", "egret", "elk", "falcon", "ferret", "finch", "fox", "frog", "gannet", "gecko",
    "gibbon", "goat", "goose", "grouse", "gull", "hare", "hawk", "hedgehog", "heron", "hoopoe",
    "horse", "ibex", "ibis", "jackdaw", "jay", "kestrel", "kingfisher", "kite", "koala",
    "lapwing", "lark", "lemur", "linnet", "lizard", "lobster", "lynx", "magpie", "marmot",
    "marten", "mole", "moose", "moth", "mouse", "newt", "nightjar", "nuthatch", "ocelot", "orca",
    "osprey", "otter", "owl", "oyster", "panda", "partridge", "pelican", "perch", "petrel",
    "pigeon", "pike", "pipit", "plover", "polecat", "puffin", "quail", "rabbit", "raven",
    "redstart", "robin", "rook", "ruff", "salmon", "sandpiper", "seal", "shrew", "shrike",
    "siskin", "skua", "skylark", "snipe", "sparrow", "squid", "squirrel", "stoat", "stork",
    "swallow", "swan", "swift", "tapir", "teal", "tench", "tern", "thrush", "toad", "trout",
    "turtle", "vole", "wagtail", "walrus", "warbler", "weasel", "whale", "wigeon", "wolf",
    "wombat", "wren", "yak", "zebra",
  ]
}
