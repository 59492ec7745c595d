use proptest::prelude::*;

use super::*;
use crate::effort::effort;

/// Letters and digits as a machine draws them; no key of anybody's.
fn drawn(length: usize) -> String {
    const LETTERS: &[u8] = b"aZ3kQ9rT1xWm7LdP5vBc2nYs8HfJ4gEu6";
    (0..length).map(|at| char::from(LETTERS[(at * 7 + at / 5) % LETTERS.len()])).collect()
}

fn hex(length: usize) -> String {
    (0..length).map(|at| char::from(b"0123456789abcdef"[(at * 11 + at / 3) % 16])).collect()
}

/// Returns the sorts and values found.
fn found(text: &str) -> Vec<(SensitiveKind, &str)> {
    scan(text).into_iter().map(|it| (it.kind, &text[it.span.start..it.span.end])).collect()
}

fn is_found(text: &str, kind: SensitiveKind, value: &str) {
    assert_eq!(found(text), [(kind, value)], "{text}");
}

fn is_clean(text: &str) {
    assert_eq!(found(text), [], "{text}");
}

#[test]
fn passwords_are_found_beside_words_that_say_so() {
    for (text, value) in [
        (r#"  "password": "credmate_redis_prod","#, "credmate_redis_prod"),
        (r#"'{"host":"redis","password":"credmate_redis_prod","db":"0"}'"#, "credmate_redis_prod"),
        (r#"{\"password\":\"Br1ndle-77\"}"#, "Br1ndle-77"),
        ("password=Sommer2024!", "Sommer2024!"),
        ("DB_PASSWORD=copperkettle", "copperkettle"),
        ("export PGPASSWORD=quiet_heron_9", "quiet_heron_9"),
        ("PASSWORD: Kx7-winter", "Kx7-winter"),
        ("**Password:** Kx7-winter", "Kx7-winter"),
        ("| Password | Kx7-winter |", "Kx7-winter"),
        ("The password is `Kx7-winter`.", "Kx7-winter"),
        ("Das Passwort lautet Kx7-Winter9", "Kx7-Winter9"),
        ("Mot de passe : Kx7-winter", "Kx7-winter"),
        ("La contraseña era \"Kx7-winter\"", "Kx7-winter"),
        ("Пароль: Kx7-winter", "Kx7-winter"),
        ("パスワード：Kx7-winter", "Kx7-winter"),
        ("  password: blue-heron-lake", "blue-heron-lake"),
        ("curl --password Kx7-winter https://a.test", "Kx7-winter"),
        ("redis-cli -h cache -a Kx7-winter PING", "Kx7-winter"),
        ("mysql -u root -pKx7winter shop", "Kx7winter"),
        ("curl -s -u svc:Kx7-winter https://a.test/", "Kx7-winter"),
        ("os.environ[\"API_KEY\"] = \"blue-heron-lake\"", "blue-heron-lake"),
        ("Server=db;User Id=sa;Password=Kx7-winter;", "Kx7-winter"),
        ("client_secret: 'blue-heron-lake-17'", "blue-heron-lake-17"),
    ] {
        is_found(text, SensitiveKind::Password, value);
    }
}

#[test]
fn what_stands_for_a_password_is_none() {
    for text in [
        "password=<password>",
        "PASSWORD=$PASSWORD",
        "password: ${DB_PASSWORD}",
        "password: {{ vault.db }}",
        "\"password\": \"\"",
        "password: changeme",
        "password=\"your-password-here\"",
        "GITHUB_TOKEN=your_github_personal_access_token",
        "api_key = os.environ['API_KEY']",
        "password = get_secret('db')",
        "password=settings.redis.password",
        "connect(password=db_password)",
        "Redis(host=h, password=auth_token, db=0)",
        "The password for PayPal was updated.",
        "password: updated on Friday",
        "Password: must be rotated",
        "the password was changed",
        "password is required",
        "no password: anyone could read it",
        "passwordless login: see ADR-12",
        "password_file=/run/secrets/db",
        "password-based: login",
        "secretName: portal-tls-2024",
        "token_type: bearer",
        "access_token expires in 3600 seconds",
        "api_key: string",
        "password: ****************",
        "password: [redacted]",
        "password == other",
        "if password != expected:",
        "-e PASSWORD=\"$(cat /run/secret)\"",
        "sshpass -p \"$PASS\" ssh host",
        "mysql -u root -p shop",
        "mysql -p",
        "curl -u \"$USER:$PASS\" https://a.test",
        "curl -u user https://a.test",
        "user lwe-app on sanitize-payload #<hashed_password> ~* +@all",
        "os.environ[\"REDIS_AUTH_TOKEN\"] = \"secret123\"",
        "password_reset: enabled2",
        "Credential: see vault path kv/payments/2024",
        "API key: rotated 2025-10-01",
        "**Password**: stored in 1Password",
        "pub type NT_OWF_PASSWORD = ENCRYPTED_LM_OWF_2;",
        "[`password`]: https://docs.internal/prompts/password/struct.Password2.html",
    ] {
        is_clean(text);
    }
}

#[test]
fn random_values_are_found_beside_weaker_words() {
    let value = drawn(32);
    for text in [format!("secret: {value}"), format!("X-Token = \"{value}\""), format!("\"token\": \"{}\"", hex(40))] {
        assert_eq!(found(&text).first().map(|it| it.0), Some(SensitiveKind::RandomValue), "{text}");
    }
    for text in [
        "secret: credmate/production/redis",
        "token: invalid-client-certificate-2024",
        "secret = portal-session-store-eu-west-1",
        "tokens: 8192",
        "token: eu-west-1-prod-cluster-07",
    ] {
        is_clean(text);
    }
}

#[test]
fn passwords_in_addresses_are_found() {
    for (text, value) in [
        ("postgres://app:Kx7-winter@db.internal:5432/claims", "Kx7-winter"),
        ("amqp://svc:blueheron17@mq/", "blueheron17"),
        ("redis://:Kx7winter@cache:6379/0", "Kx7winter"),
        ("see https://bot:Kx7winter@git.internal/x.git.", "Kx7winter"),
        ("mongodb+srv://a:p%40ss-Kx7w1@c.internal/db", "p%40ss-Kx7w1"),
    ] {
        is_found(text, SensitiveKind::ConnectionString, value);
    }
    for text in [
        "redis://:{auth_token}@{host}:{port}/0",
        "postgres://user:password@localhost/db",
        "postgres://$USER:$PASS@db/x",
        "postgres://app:<password>@db/x",
        "postgres://app:***@db/x",
        "https://example.com:8443/a@b",
        "https://host/path?mail=a@b.test",
        "rediss://:secret123@redis.example.com:6379/0",
        "ssh://git@github.com:22/x",
        "http://localhost:8080",
        "postgres://postgres:postgres@localhost/test",
    ] {
        is_clean(text);
    }
}

#[test]
fn keys_of_vendors_are_found_by_their_form() {
    let upper = drawn(16).to_uppercase();
    for (text, value) in [
        (format!("key {}{upper}.", "AKIA"), format!("{}{upper}", "AKIA")),
        (format!("{}_{}", "ghp", drawn(36)), format!("{}_{}", "ghp", drawn(36))),
        (format!("`{}-{}`", "glpat", drawn(20)), format!("{}-{}", "glpat", drawn(20))),
        (format!("{}-{}-{}", "xoxb", "204811", drawn(24)), format!("{}-{}-{}", "xoxb", "204811", drawn(24))),
        (format!("{}_{}", "sk_live", drawn(24)), format!("{}_{}", "sk_live", drawn(24))),
        (format!("{}{}", "AIza", drawn(35)), format!("{}{}", "AIza", drawn(35))),
        (format!("Bearer {}", drawn(40)), drawn(40)),
        (format!("{}{}", "dop_v1_", hex(64)), format!("{}{}", "dop_v1_", hex(64))),
    ] {
        is_found(&text, SensitiveKind::Key, &value);
    }
    let token = format!("{}{}.{}{}.{}", "eyJ", drawn(30), "eyJ", drawn(30), drawn(43));
    is_found(&format!("cookie={token}; path"), SensitiveKind::Key, &token);
    is_found("Authorization: Basic c3ZjOkt4Ny13aW50ZXI=", SensitiveKind::Key, "c3ZjOkt4Ny13aW50ZXI=");
    for text in [
        format!("{}IOSFODNN7EXAMPLE", "AKIA"),
        format!("{}_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "ghp"),
        format!("{}_{}", "ghp", "short"),
        format!("not{}{}", "AKIA", drawn(16).to_uppercase()),
        format!("{}...", "sk-proj-"),
        "hf_transfer, hf_hub_download_with_retries_and_a_long_name".to_owned(),
        "npm_config_registry".to_owned(),
        "eyJhbGciOiJIUzI1NiJ9".to_owned(),
        "Bearer ${SUPABASE_SERVICE_KEY}".to_owned(),
        "Authorization: Bearer <token>".to_owned(),
        "Authorization: Basic dXNlcjpwYXNzd29yZA==".to_owned(),
        "AKIA and ASIA are beginnings".to_owned(),
    ] {
        is_clean(&text);
    }
}

#[test]
fn long_values_are_found_to_their_last_byte() {
    use SensitiveKind::*;
    let long = drawn(700);
    let signed = format!("{}{}.{}{}.{}", "eyJ", drawn(30), "eyJ", drawn(9000), drawn(342));
    for (text, kind, value) in [
        (format!("Authorization: Bearer {long}, and then"), Key, &long),
        (format!("Authorization: Bearer {signed}\n\nIt was stuck."), Key, &signed),
        (format!("aws_session_token = {long}\nIt was stuck."), RandomValue, &long),
        (format!("\"access_token\": \"{long}\", \"state\": 1"), Password, &long),
        (format!("access_token={long};"), Password, &long),
        (format!("curl -u svc:{long} https://a.test"), Password, &long),
        (format!("postgres://app:{long}@db/x"), ConnectionString, &long),
        (format!("cookie={signed}. It"), Key, &signed),
        // Where the token of a longer value is known by its form, the rest of the value is no less of a secret.
        (format!("access_token={signed}~{long}"), Key, &format!("{signed}~{long}")),
    ] {
        is_found(&text, kind, value);
        assert_eq!(without(&text, |_| true).0.matches(&long[..20]).count(), 0);
    }
    let begin = format!("-----BEGIN {}-----", "PRIVATE KEY");
    let body = format!("{}\n", drawn(64)).repeat(300);
    is_found(&format!("{begin}\n{body}-----END x"), PrivateKey, &format!("\n{body}"));
    let cut = format!("\n{body}{}==", drawn(14));
    is_found(&format!("{begin}{cut}\n\nThat is where the log ends.\n"), PrivateKey, &cut);
    for text in [
        format!("password: \"{}\"", "the queue of the service was stuck for 20 minutes ".repeat(8)),
        format!("password={}", "claims-service-of-region-2/".repeat(12)),
        format!("secret: \"{}\"", "eu-west-1.queue.internal:8443/".repeat(12)),
        format!("密码：{}", "数据库连接池耗尽".repeat(40)),
        format!("Bearer {}", "a".repeat(600)),
    ] {
        is_clean(&text);
    }
}

#[test]
fn private_keys_are_found_with_what_they_consist_of() {
    let begin = format!("-----BEGIN {}-----", "RSA PRIVATE KEY");
    let text = format!("```\n{begin}\n{}\n{}\n-----END RSA PRIVATE KEY-----\n```", drawn(64), drawn(40));
    let found = found(&text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].0 == SensitiveKind::PrivateKey && found[0].1.contains(&drawn(64)));
    is_clean(&format!("The file began with `{begin}` and was world-readable."));
    is_clean(&format!("{begin}\n...\n-----END RSA PRIVATE KEY-----"));
    is_clean(&format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----", drawn(64)));
}

#[test]
fn data_of_patients_is_found_by_label_and_check_digit() {
    use SensitiveKind::*;
    for (text, kind, value) in [
        ("SSN: 536-22-8726", SocialSecurity, "536-22-8726"),
        ("ssn 536228726 was printed", SocialSecurity, "536228726"),
        ("The export held 536-22-8726 in column 4.", SocialSecurity, "536-22-8726"),
        ("MRN: 00482917", MedicalRecord, "00482917"),
        ("| Patient ID | P-4829174 |", MedicalRecord, "P-4829174"),
        ("Patientennummer: 4829174", MedicalRecord, "4829174"),
        ("Member ID: BFH48291744", PlanNumber, "BFH48291744"),
        ("MBI 2EG5-TF4-MK83", PlanNumber, "2EG5-TF4-MK83"),
        ("card 4539 5787 6362 1486 was logged", Card, "4539 5787 6362 1486"),
        ("card_number=4539578763621486", Card, "4539578763621486"),
        ("IBAN: DE89 3704 0044 0532 0130 00", Card, "DE89 3704 0044 0532 0130 00"),
        ("NPI: 1245319599", Licence, "1245319599"),
        ("DEA: AB3456781", Licence, "AB3456781"),
        ("VIN 1M8GDM9AXKP042788", Vehicle, "1M8GDM9AXKP042788"),
        ("DOB: 1961-04-09", BirthDate, "1961-04-09"),
        ("Date of birth: April 9, 1961", BirthDate, "April 9, 1961"),
        ("Geburtsdatum: 9.4.1961", BirthDate, "9.4.1961"),
        ("dob 04/09/1961, female", BirthDate, "04/09/1961"),
        ("**Patient:** Edda Lindqvist", Name, "Edda Lindqvist"),
        ("Patient name: Edda M. Lindqvist, ward 4", Name, "Edda M. Lindqvist"),
        ("The patient (edda.lindqvist@mailbox.net) called", Contact, "edda.lindqvist@mailbox.net"),
    ] {
        is_found(text, kind, value);
    }
}

#[test]
fn numbers_that_only_look_like_data_of_patients_are_left_alone() {
    for text in [
        "SSN: 123-45-6789",
        "SSN: 000-12-3456",
        "ticket 536-22-87261",
        "build 4.536-22-8726",
        "id 9536-22-8726",
        "2025-12-17",
        "+1 536-22-8726",
        "MRN field was empty",
        "MRN: see the record",
        "patient id: 12345678",
        "patient ids were logged (4829174 rows)",
        "the patient portal: Slow Logins",
        "Patient Portal: Login Service was down",
        "Patient: see case PRIV-61",
        "| Patient | Admission Date |",
        "**Patient impact:** Minor Delays",
        "card 4539 5787 6362 1487 fails the check",
        "4539578763621486 messages",
        "card 4111 1111 1111 1111 is a test card",
        "trace 4539578763621486",
        "NPI: 1245319598",
        "NPI: 1234567893",
        "DEA: AB3456782",
        "VIN 1M8GDM9A1KP042788",
        "DOB: missing in 214 rows",
        "date of birth, financial account or social security numbers",
        "Member ID format changed",
        "contact edda.lindqvist@mailbox.net for the runbook",
        "customers write to support@mailbox.net",
        "customer: jane@example.com",
        "1765958400000",
        "843ff9aa-b0a5-4f27-bef0-2d155e60ab4b",
        "policy number: see above",
        "dev in region dea-1",
    ] {
        is_clean(text);
    }
}

#[test]
fn one_place_is_told_once() {
    let text = format!("api_key: {}_{}", "ghp", drawn(36));
    assert_eq!(found(&text).len(), 1, "{:?}", found(&text));
    assert_eq!(found("Card number: 4539 5787 6362 1486").len(), 1);
}

#[test]
fn hostile_texts_cost_no_more_than_their_size() {
    let time_of = |piece: &str| {
        let text = piece.repeat((1 << 20) / piece.len());
        effort(|| assert!(scan(&text).len() <= text.len()))
    };
    let ordinary =
        time_of("The queue of the claims service was full, so the password: <password> was asked for again. ");
    for piece in [
        "a",
        "1",
        "password=",
        "://",
        "@",
        "-----BEGIN RSA PRIVATE KEY-----\n",
        "eyJ",
        "4 ",
        "1-",
        "\"",
        "mysql ",
        "patient: A",
        "é",
        "пароль:",
        "=\\\"",
        "a@b.",
        // Values in values, tokens in tokens.
        "password=Kx7-winter9",
        "password=\"Kx7-winter9",
        "'token':'",
        "eyJ.",
        "eyJ=",
        "-----BEGIN RSA PRIVATE KEY-----\naZ3kQ9rT1xWm7LdP5vBc2nYs8HfJ4gEu6\n",
    ] {
        // What costs the square of the size takes a million times as long as ordinary text, on any machine.
        let took = time_of(piece);
        assert!(took < ordinary * 300, "{piece:?} took {took:?}, ordinary text {ordinary:?}");
    }
}

proptest! {
    #[test]
    fn no_text_panics(text in "(password|pwd|пароль|ssn|dob|://|eyJ|patient|[:=\"'` \\n<>@é漢0-9a-zA-Z|*\\\\-]){0,40}") {
        for it in scan(&text) {
            prop_assert!(text.get(it.span.start..it.span.end).is_some_and(|value| !value.is_empty()));
        }
    }
}
