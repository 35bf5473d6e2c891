import Checks
import Support

/// A kind of secret: what it is called where it is used, and how one is made up.
struct SecretKind: Sendable {
  var names: [String]
  var make: @Sendable (inout SeededRandom) -> String

  init(_ names: [String], _ make: @escaping @Sendable (inout SeededRandom) -> String) {
    self.names = names
    self.make = make
  }

  /// Tokens that carry a checksum.
  private static func checked(_ prefix: String, _ random: inout SeededRandom) -> String {
    let body = random.text(30)
    let ending = SecretChecksum.ending(of: Array(body.utf8)[...])
    return prefix + body + String(decoding: ending, as: UTF8.self)
  }

  static let all: [SecretKind] = [
    SecretKind(["AWS_ACCESS_KEY_ID", "key_id"]) { "AKIA" + $0.text(16, SecretLetters.base32) },
    SecretKind(["AWS_SECRET_ACCESS_KEY", "aws_secret_key"]) { $0.text(40, SecretLetters.base64) },
    SecretKind(["GOOGLE_API_KEY", "maps_key"]) { "AIza" + $0.text(35, SecretLetters.url) },
    SecretKind(["GOOGLE_CLIENT_SECRET"]) { "GOCSPX-" + $0.text(28, SecretLetters.url) },
    SecretKind(["AZURE_STORAGE_ACCOUNT_KEY"]) { $0.text(86, SecretLetters.base64) + "==" },
    SecretKind(["AZURE_CLIENT_SECRET"]) { $0.text(3) + "8Q~" + $0.text(34) },
    SecretKind(["DO_TOKEN", "token"]) { "dop_v1_" + $0.text(64, SecretLetters.hex) },
    SecretKind(["HEROKU_API_KEY"]) { $0.uuid() },
    SecretKind(["GITHUB_TOKEN", "GH_PAT", "value"]) { checked("ghp_", &$0) },
    SecretKind(["GITHUB_TOKEN", "pat"]) { "github_pat_" + $0.text(22) + "_" + $0.text(59) },
    SecretKind(["GITLAB_TOKEN", "ci"]) { "glpat-" + $0.text(20, SecretLetters.url) },
    SecretKind(["SLACK_BOT_TOKEN", "bot"]) {
      "xoxb-" + $0.text(12, SecretLetters.digits) + "-" + $0.text(12, SecretLetters.digits) + "-"
        + $0.text(24)
    },
    SecretKind(["SLACK_WEBHOOK", "hook"]) {
      "https://hooks.slack.com/services/T" + $0.text(8, SecretLetters.upper) + "/B"
        + $0.text(9, SecretLetters.upper) + "/" + $0.text(24)
    },
    SecretKind(["DISCORD_TOKEN"]) {
      "M" + $0.text(23) + ".G" + $0.text(5) + "." + $0.text(38, SecretLetters.url)
    },
    SecretKind(["TELEGRAM_TOKEN", "bot"]) {
      "6" + $0.text(9, SecretLetters.digits) + ":AA" + $0.text(33, SecretLetters.url)
    },
    SecretKind(["STRIPE_KEY", "stripe"]) { "sk_live_" + $0.text(24) },
    SecretKind(["SQUARE_TOKEN", "sq"]) { "sq0atp-" + $0.text(22) },
    SecretKind(["SHOPIFY_TOKEN", "shop"]) { "shpat_" + $0.text(32, SecretLetters.hex) },
    SecretKind(["TWILIO_AUTH_TOKEN"]) { $0.text(32, SecretLetters.hex) },
    SecretKind(["SENDGRID_API_KEY", "mail"]) { "SG." + $0.text(22) + "." + $0.text(43) },
    SecretKind(["MAILGUN_KEY", "mailgun"]) { "key-" + $0.text(32, SecretLetters.hex) },
    SecretKind(["MAILCHIMP_KEY", "mailchimp"]) { $0.text(32, SecretLetters.hex) + "-us14" },
    SecretKind(["NPM_TOKEN", "publish"]) { checked("npm_", &$0) },
    SecretKind(["PYPI_TOKEN", "TWINE_PASSWORD"]) {
      "pypi-AgEIcHlwaS5vcmc" + $0.text(140, SecretLetters.url)
    },
    SecretKind(["RUBYGEMS_KEY", "gem"]) { "rubygems_" + $0.text(48, SecretLetters.hex) },
    SecretKind(["DOCKER_TOKEN", "hub"]) { "dckr_pat_" + $0.text(27, SecretLetters.url) },
    SecretKind(["HF_TOKEN", "HUGGINGFACE_HUB_TOKEN", "auth"]) {
      "hf_" + $0.text(34, SecretLetters.letters)
    },
    SecretKind(["OPENAI_API_KEY", "openai"]) { "sk-" + $0.text(20) + "T3BlbkFJ" + $0.text(20) },
    SecretKind(["OPENAI_API_KEY", "llm"]) { "sk-proj-" + $0.text(80, SecretLetters.url) },
    SecretKind(["ANTHROPIC_API_KEY", "claude"]) {
      "sk-ant-api03-" + $0.text(93, SecretLetters.url) + "AA"
    },
    SecretKind(["GROQ_API_KEY", "groq"]) { "gsk_" + $0.text(52) },
    SecretKind(["REPLICATE_API_TOKEN", "replicate"]) { "r8_" + $0.text(37) },
    SecretKind(["WANDB_API_KEY"]) { $0.text(40, SecretLetters.hex) },
    SecretKind(["DATABRICKS_TOKEN", "dbx"]) { "dapi" + $0.text(32, SecretLetters.hex) },
    SecretKind(["KAGGLE_KEY"]) { $0.text(32, SecretLetters.hex) },
    SecretKind(["COMET_API_KEY"]) { $0.text(25) },
    SecretKind(["VAULT_TOKEN", "vault"]) { "hvs." + $0.text(24) },
    SecretKind(["NEW_RELIC_KEY", "apm"]) {
      "NRAK-" + $0.text(27, SecretLetters.upper + SecretLetters.digits)
    },
    SecretKind(["DD_API_KEY", "DATADOG_API_KEY"]) { $0.text(32, SecretLetters.hex) },
    SecretKind(["GRAFANA_TOKEN", "grafana"]) {
      "glsa_" + $0.text(32) + "_" + $0.text(8, SecretLetters.hex)
    },
    SecretKind(["NOTION_TOKEN", "notion"]) { "ntn_" + $0.text(46) },
    SecretKind(["POSTMAN_KEY", "postman"]) {
      "PMAK-" + $0.text(24, SecretLetters.hex) + "-" + $0.text(34, SecretLetters.hex)
    },
    SecretKind(["SUPABASE_KEY", "supabase"]) { "sbp_" + $0.text(40, SecretLetters.hex) },
    SecretKind(["KAKAO_REST_API_KEY", "NAVER_CLIENT_SECRET"]) { $0.text(32, SecretLetters.hex) },
    SecretKind(["SESSION", "id_jwt"]) {
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ" + $0.text(60, SecretLetters.url) + "."
        + $0.text(43, SecretLetters.url)
    },
    // Those that only their names give away.
    SecretKind(["API_KEY", "service_api_key", "apiKey"]) { $0.text($0.number(20...40)) },
    SecretKind(["SECRET_KEY", "jwt_secret", "CLIENT_SECRET"]) {
      $0.text($0.number(24...50), SecretLetters.base64)
    },
    SecretKind(["ACCESS_TOKEN", "auth_token", "token"]) {
      $0.text($0.number(24...64), SecretLetters.url) + "7"
    },
    SecretKind(["SECRET", "ENCRYPTION_KEY", "signing_key"]) { $0.text(64, SecretLetters.hex) },
    SecretKind(["DB_PASSWORD", "password", "POSTGRES_PASSWORD", "redis_pwd"]) {
      $0.text(5, SecretLetters.lower) + $0.text(3, SecretLetters.digits)
        + $0.pick(["!", "%", "^", "+"])
        + $0.text(4, SecretLetters.upper) + $0.text(2)
    },
    SecretKind(["password", "SMTP_PASSWORD", "admin_passwd"]) {
      $0.pick(["Winter", "Monsoon", "Gangnam", "Kestrel", "Voltage"])
        + $0.text(4, SecretLetters.digits) + $0.pick(["!", "#9", "%", "*7", "~"])
    },
  ]
}
