//! Keys whose vendors gave them a beginning of their own.

use super::placeholder::is_placeholder;
use super::value::{Make, entropy};
use super::{Sensitive, SensitiveKind};

/// The format of a key.
#[derive(Debug)]
pub(super) struct Format {
    /// How it begins; case counts.
    pub(super) prefix: &'static str,
    /// What it is.
    what: &'static str,
    /// Characters behind the beginning: at least and at most.
    length: (usize, usize),
    /// Which they are.
    of: Alphabet,
}

#[derive(Debug, Clone, Copy)]
enum Alphabet {
    /// Capitals and digits.
    Upper,
    /// Letters and digits.
    Alnum,
    /// Letters, digits, `_` and `-`.
    Url,
    /// Digits `0-9a-f`.
    Hex,
    /// Letters, digits, `_`, `-`, `.`, `/`.
    Path,
}

impl Alphabet {
    fn has(self, byte: u8) -> bool {
        match self {
            Self::Upper => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Self::Alnum => byte.is_ascii_alphanumeric(),
            Self::Url => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'),
            Self::Hex => byte.is_ascii_hexdigit(),
            Self::Path => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'/'),
        }
    }
}

const fn format(prefix: &'static str, what: &'static str, length: (usize, usize), of: Alphabet) -> Format {
    Format { prefix, what, length, of }
}

/// The formats.
pub(super) const FORMATS: [Format; 58] = [
    format("AKIA", "an AWS access key id", (16, 16), Alphabet::Upper),
    format("ASIA", "an AWS temporary access key id", (16, 16), Alphabet::Upper),
    format("ABIA", "an AWS bearer token id", (16, 16), Alphabet::Upper),
    format("ghp_", "a GitHub personal access token", (36, 255), Alphabet::Alnum),
    format("gho_", "a GitHub OAuth token", (36, 255), Alphabet::Alnum),
    format("ghu_", "a GitHub user token", (36, 255), Alphabet::Alnum),
    format("ghs_", "a GitHub server token", (36, 255), Alphabet::Alnum),
    format("ghr_", "a GitHub refresh token", (36, 255), Alphabet::Alnum),
    format("github_pat_", "a GitHub personal access token", (50, 255), Alphabet::Url),
    format("glpat-", "a GitLab personal access token", (20, 128), Alphabet::Path),
    format("gldt-", "a GitLab deploy token", (20, 64), Alphabet::Url),
    format("glrt-", "a GitLab runner token", (20, 64), Alphabet::Url),
    format("glptt-", "a GitLab trigger token", (40, 64), Alphabet::Url),
    format("xoxb-", "a Slack bot token", (20, 255), Alphabet::Url),
    format("xoxp-", "a Slack user token", (20, 255), Alphabet::Url),
    format("xoxa-", "a Slack app token", (20, 255), Alphabet::Url),
    format("xoxr-", "a Slack refresh token", (20, 255), Alphabet::Url),
    format("xoxs-", "a Slack session token", (20, 255), Alphabet::Url),
    format("xapp-", "a Slack app-level token", (20, 255), Alphabet::Url),
    format("hooks.slack.com/services/", "a Slack webhook", (30, 80), Alphabet::Path),
    format("discord.com/api/webhooks/", "a Discord webhook", (60, 120), Alphabet::Path),
    format("sk_live_", "a Stripe secret key", (20, 255), Alphabet::Alnum),
    format("rk_live_", "a Stripe restricted key", (20, 255), Alphabet::Alnum),
    format("whsec_", "a webhook signing secret", (24, 255), Alphabet::Alnum),
    format("AIza", "a Google API key", (35, 35), Alphabet::Url),
    format("ya29.", "a Google OAuth token", (40, 2048), Alphabet::Url),
    format("GOCSPX-", "a Google client secret", (28, 28), Alphabet::Url),
    format("sk-ant-", "an Anthropic key", (40, 255), Alphabet::Url),
    format("sk-proj-", "an OpenAI key", (40, 255), Alphabet::Url),
    format("sk-svcacct-", "an OpenAI key", (40, 255), Alphabet::Url),
    format("SG.", "a SendGrid key", (60, 80), Alphabet::Path),
    format("npm_", "an npm token", (36, 36), Alphabet::Alnum),
    format("pypi-AgEI", "a PyPI token", (60, 255), Alphabet::Url),
    format("rubygems_", "a RubyGems key", (48, 48), Alphabet::Hex),
    format("dckr_pat_", "a Docker Hub token", (20, 64), Alphabet::Url),
    format("hf_", "a Hugging Face token", (34, 40), Alphabet::Alnum),
    format("dop_v1_", "a DigitalOcean token", (64, 64), Alphabet::Hex),
    format("doo_v1_", "a DigitalOcean OAuth token", (64, 64), Alphabet::Hex),
    format("hvs.", "a Vault token", (24, 255), Alphabet::Url),
    format("hvb.", "a Vault batch token", (24, 255), Alphabet::Url),
    format("shpat_", "a Shopify access token", (32, 32), Alphabet::Hex),
    format("shpss_", "a Shopify shared secret", (32, 32), Alphabet::Hex),
    format("shpca_", "a Shopify custom app token", (32, 32), Alphabet::Hex),
    format("lin_api_", "a Linear key", (40, 40), Alphabet::Alnum),
    format("glsa_", "a Grafana token", (32, 64), Alphabet::Url),
    format("glc_", "a Grafana Cloud token", (32, 400), Alphabet::Path),
    format("PMAK-", "a Postman key", (50, 70), Alphabet::Url),
    format("NRAK-", "a New Relic key", (27, 27), Alphabet::Alnum),
    format("dapi", "a Databricks token", (32, 34), Alphabet::Hex),
    format("AGE-SECRET-KEY-1", "an age key", (58, 58), Alphabet::Upper),
    format("sq0csp-", "a Square secret", (40, 48), Alphabet::Url),
    format("sq0atp-", "a Square token", (20, 28), Alphabet::Url),
    format("EAACEdEose0cBA", "a Facebook token", (20, 400), Alphabet::Alnum),
    format("sbp_", "a Supabase token", (40, 48), Alphabet::Hex),
    format("fly_api_", "a Fly.io token", (40, 64), Alphabet::Url),
    format("ddp_", "a Doppler token", (40, 48), Alphabet::Alnum),
    format("dp.pt.", "a Doppler token", (40, 48), Alphabet::Alnum),
    format("pul-", "a Pulumi token", (40, 40), Alphabet::Hex),
];

/// Looks at the beginning of a key at `start`.
pub(super) fn look(text: &str, start: usize, format: &Format) -> Option<Sensitive> {
    let bytes = text.as_bytes();
    let at = start + format.prefix.len();
    let begins_word =
        start == 0 || !(bytes[start - 1].is_ascii_alphanumeric() || matches!(bytes[start - 1], b'_' | b'-'));
    if !begins_word || !text[start..].starts_with(format.prefix) {
        return None;
    }
    let (least, most) = format.length;
    let length = bytes[at..].iter().take(most + 1).take_while(|byte| format.of.has(**byte)).count();
    let key = text[at..at + length].trim_end_matches(['.', '/', '-']);
    let make = Make::of(key);
    let is_key = (least..=most).contains(&key.len()) && entropy(key) >= 2.8 && make.sorts() >= 2;
    (is_key && !is_placeholder(key)).then(|| Sensitive::new(SensitiveKind::Key, format.what, start, at + key.len()))
}
