//! The words and beginnings that are looked for, all at once, and who looks at what stands around each.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::assign::{self, Strength};
use super::formats::{self, FORMATS};
use super::label::{self, LABELS};
use super::value::Values;
use super::{Sensitive, keys, url};

/// What looks at a place.
#[derive(Debug, Clone, Copy)]
enum Looker {
    Assignment(Strength),
    Format(usize),
    Label(usize),
    Url,
    PrivateKey,
    Token,
    Bearer,
    Basic,
    Flag(&'static str),
}

/// Words that tell that a password follows, in the languages that documents are written in.
const PASSWORDS: [&str; 34] = [
    "password",
    "passwd",
    "passphrase",
    "passcode",
    "pwd",
    "passwort",
    "kennwort",
    "contraseña",
    "contrasena",
    "mot de passe",
    "mot_de_passe",
    "senha",
    "wachtwoord",
    "lösenord",
    "hasło",
    "haslo",
    "пароль",
    "Пароль",
    "密码",
    "口令",
    "パスワード",
    "비밀번호",
    "mật khẩu",
    "kata sandi",
    "api_key",
    "apikey",
    "api-key",
    "api key",
    "secret_key",
    "secret-key",
    "secretkey",
    "access_key",
    "accesskey",
    "access-key",
];

/// Further names of keys that are as telling as a password.
const KEYS: [&str; 24] = [
    "client_secret",
    "client-secret",
    "clientsecret",
    "private_key",
    "accountkey",
    "sharedaccesskey",
    "encryption_key",
    "signing_key",
    "signing_secret",
    "master_key",
    "auth_token",
    "auth-token",
    "access_token",
    "access-token",
    "accesstoken",
    "refresh_token",
    "bot_token",
    "jwt_secret",
    "webhook_secret",
    "app_secret",
    "session_secret",
    "_pass=",
    "_pass:",
    "_pass\"",
];

/// Words that stand before many things: what follows must look random.
const HINTS: [&str; 5] = ["secret", "token", "credential", "api_secret", "passkey"];

/// Programs that take a password as the value of a flag.
const FLAGS: [(&str, &str); 6] = [
    ("redis-cli", "-a"),
    ("mysql", "-p"),
    ("mysqldump", "-p"),
    ("sshpass", "-p"),
    ("curl", "-u"),
    ("wget", "--password"),
];

struct Needles {
    automaton: AhoCorasick,
    lookers: Vec<Looker>,
}

static NEEDLES: LazyLock<Needles> = LazyLock::new(|| {
    let mut all: Vec<(&str, Looker)> = Vec::with_capacity(160);
    all.extend(PASSWORDS.iter().chain(&KEYS).map(|word| (*word, Looker::Assignment(Strength::Strong))));
    all.extend(HINTS.map(|word| (word, Looker::Assignment(Strength::Weak))));
    all.extend(FORMATS.iter().enumerate().map(|(at, format)| (format.prefix, Looker::Format(at))));
    let labels = LABELS.iter().enumerate().flat_map(|(at, label)| label.words.iter().map(move |word| (*word, at)));
    all.extend(labels.map(|(word, at)| (word, Looker::Label(at))));
    all.extend(FLAGS.map(|(program, flag)| (program, Looker::Flag(flag))));
    all.extend([
        ("://", Looker::Url),
        ("-----BEGIN ", Looker::PrivateKey),
        ("eyJ", Looker::Token),
        ("bearer ", Looker::Bearer),
        ("authorization: basic ", Looker::Basic),
        ("authorization\": \"basic ", Looker::Basic),
    ]);
    let automaton = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::DFA))
        .build(all.iter().map(|(word, _)| word))
        .expect("a hundred short words fit an automaton");
    Needles { automaton, lookers: all.into_iter().map(|(_, looker)| looker).collect() }
});

pub(super) fn scan(text: &str) -> Vec<Sensitive> {
    let values = Values::new(text);
    let mut found = Vec::new();
    for place in NEEDLES.automaton.find_iter(text) {
        let (start, end) = (place.start(), place.end());
        found.extend(match NEEDLES.lookers[place.pattern().as_usize()] {
            Looker::Assignment(strength) => assign::look(&values, start, end, strength),
            Looker::Format(at) => formats::look(text, start, &FORMATS[at]),
            Looker::Label(at) => label::look(text, start, end, &LABELS[at]),
            Looker::Url => url::look(text, end),
            Looker::PrivateKey => keys::private_key(text, start),
            Looker::Token => keys::signed_token(text, start),
            Looker::Bearer => keys::bearer(&values, end),
            Looker::Basic => keys::basic(&values, end),
            Looker::Flag(flag) => assign::look_flag(&values, start, end, flag),
        });
    }
    found
}
