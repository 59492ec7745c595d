use super::*;

fn is_same(paste: &str, text: &str) -> bool {
    compared(paste, text).same_message
}

fn compared(paste: &str, text: &str) -> Compared {
    let paste = Paste::read(paste);
    let terms = || paste.words.iter().map(|word| word.term.as_str());
    let known =
        Known { weights: terms().map(|it| (it, 1.0)).collect(), telling: terms().collect(), ..Known::default() };
    Runs::new(&paste, known).compare(text)
}

fn only(word: &str) -> Known<'_> {
    Known { weights: HashMap::from([(word, 3.0)]), telling: HashSet::from([word]), ..Known::default() }
}

#[test]
fn a_quoted_message_is_the_same_and_a_few_of_its_words_are_not() {
    let paste = "12:00:01 panic: ledger: cannot take lock on segment 17\n\t/src/ledger/main.go:211 +0x1c\n";
    assert!(is_same(paste, "The log had `ledger: cannot take lock on segment 4`, once a second."));
    assert!(!is_same(paste, "We take care of the ledger; a segment of main.go had no lock."));
    assert!(!is_same(paste, "We cannot take a lock. The ledger cannot take more."));
}

#[test]
fn a_short_paste_must_be_there_whole() {
    assert!(is_same("connection refused", "It said: connection refused."));
    assert!(!is_same("connection refused", "It refused every connection."));
    assert!(is_same("no space left", "no space left on device"));
    assert!(!is_same("zxqv", "nothing of the kind"));
}

#[test]
fn words_of_any_log_are_left_out_of_both() {
    let paste = "[ioredis] Unhandled error event: ReplyError: ERR max number of clients reached";
    assert!(is_same(paste, &format!("It printed:\n\n```\n{paste}\n```\n")));
    let paste = "FATAL:  the database system is in recovery mode";
    assert!(is_same(paste, &format!("2024-01-18 02:47:13.020 UTC [22903] {paste}\n")));
}

#[test]
fn a_quoted_message_is_the_same_however_common_its_words_are() {
    let is_same = |paste: &str, text: &str| Runs::new(&Paste::read(paste), only("gateway")).compare(text).same_message;
    let paste = "gateway: max number of clients reached\n    at Gateway.accept (gateway.js:3)";
    assert!(is_same(paste, "The log had `max number of clients reached`."));
    assert!(!is_same(paste, "The number of clients that the gateway accepts reached its maximum."));
    assert!(is_same("no space left on device", "cp: no space left on device (28)"));
    assert!(!is_same("no space left on device: gateway", "There is no space left for clients."));
}

#[test]
fn what_is_printed_whatever_the_fault_is_makes_no_message() {
    let document = "2026-01-02 INFO ledger of the north started\nthread 'main' panicked at ledger/src/main.rs:119:5:\n\
                    note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n\
                    Cannot read properties of undefined (reading 'memo')\n";
    let panic = "thread 'main' panicked at src/main.rs:5:10:\nindex out of bounds: the len is 3 but the index is 7\n";
    let note = "note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n";
    let undefined = "TypeError: Cannot read properties of undefined (reading 'map')";
    let after_start = "2026-01-03 INFO ledger of the north started\n2026-01-03 ERROR zyzzyva gone\n";
    for paste in [panic, note, &format!("{panic}{note}"), undefined, "TypeError", after_start] {
        assert!(!is_same(paste, document), "{paste}");
    }
    assert!(is_same("TypeError: Cannot read properties of undefined (reading 'memo')", document));
    let undefined = "Cannot read properties of undefined (reading 'memo')\nzyzzyva gone";
    assert!(is_same(undefined, document), "one line of several");
    assert!(is_same("2026-01-03 INFO ledger of the north started\n", document), "there is nothing else to go by");
}

#[test]
fn a_package_that_both_name_is_no_message() {
    let paste = "org.apache.kafka.common.errors.RecordTooLargeException: The message is 2093411 bytes when serialized";
    assert!(is_same(paste, &format!("It was `{paste}`.")));
    let other = "org.apache.kafka.common.errors.SaslAuthenticationException: Authentication failed";
    assert!(!is_same(paste, other));
}

#[test]
fn words_that_do_not_decide_make_no_message() {
    let paste = Paste::read("could not connect to the server of the vendor");
    let runs = Runs::new(&paste, only("vendor"));
    assert!(!runs.compare("It could not connect to the server.").same_message);
}

#[test]
fn one_word_is_a_message_only_where_it_names_something_and_stands_alone() {
    let is_same = |paste: &str, naming: &str| {
        let known = Known { naming: HashSet::from([naming]), ..only(naming) };
        Runs::new(&Paste::read(paste), known).compare("The pod was OOMKilled twice; it was not ready.").same_message
    };
    assert!(is_same("OOMKilled", "oomkilled") && is_same("  OOMKilled\n", "oomkilled"));
    assert!(!is_same("ready", ""), "a word of many documents");
    assert!(!is_same("INFO upload went well\nready", "ready") && !is_same("NullPointerException\n  ready", "ready"));
}

#[test]
fn runs_that_overlap_are_one_turn_of_phrase() {
    let paste = "permission denied while trying to connect to the ledger of the north";
    assert!(!is_same(paste, "We kept trying to connect to the vendor."));
    assert!(is_same(paste, "It said `permission denied while trying to connect to the vault`."));
}

#[test]
fn a_message_behind_the_prefix_of_a_log_is_the_same_and_a_clause_is_not() {
    let document = "It printed `failed to flush chunk`, and: connection refused.";
    let prefixes =
        ["Nov 20 03:00:00 web-17 app[4242]: ", "2026-11-20 03:00:00,123 - pay.worker - ERROR - ", "api-1  | "];
    for prefix in prefixes {
        assert!(is_same(&format!("{prefix}failed to flush chunk"), document), "{prefix}");
        assert!(!is_same(&format!("{prefix}refused"), document), "{prefix}");
    }
    assert!(is_same("level=error caller=out.go:71 msg=\"failed to flush chunk\"", document));
    assert!(is_same("{\"level\":50,\"host\":\"north\",\"msg\":\"failed to flush chunk\"}", document));
    for clause in ["dial ledger: connection refused", "03:00:00 ERROR LedgerError: connection refused"] {
        assert!(!is_same(clause, document), "{clause}");
    }
}

#[test]
fn a_message_that_a_window_cut_is_the_same() {
    let line = "web-17: the north could not be reached, so that it lost its ledger and upl";
    let cut = format!("{line:x>80}\noad of quotes is gone");
    assert!(is_same(&cut, "It said: ledger and upload of quotes is gone"));
}

#[test]
fn the_place_is_the_line_that_has_most_of_the_message() {
    let document = "# Ledger\n\nlost the upload\n\nThen: lost the upload of the north\n\nlost the upload\n";
    assert_eq!(compared("lost the upload of the north", document).lines, [4]);
    assert_eq!(compared("they lost the upload", document).lines, [2, 4, 6]);
}

#[test]
fn of_a_log_the_line_that_says_that_something_is_wrong_is_the_message() {
    let document = "The log had `lost the ledger`.";
    let calm: String = (0..20).map(|n| format!("the desk of quotes number {n} opened door {n}{n}\n")).collect();
    assert!(is_same(&format!("{calm}2026-11-20 03:00:00 ERROR store: lost the ledger\n{calm}"), document));
    assert!(!is_same(&format!("{calm}store: lost the ledger\n{calm}"), document));
    assert!(!is_same(&format!("{calm}03:00:00 ERROR lost the ledger\n03:00:01 ERROR lost the quotes\n"), document));
}

#[test]
fn of_many_lines_each_has_a_turn_in_common_with_some_document() {
    let lines = ["the seal of the vault is old", "a door of the desk is shut", "the parcel of the north came late"];
    let others =
        (0..9).map(|n| format!("zyzzyva quux {}", "abcdefghi".chars().nth(n).unwrap_or('z').to_string().repeat(4)));
    let document = "The seal of it. A door of it, and the parcel of it.";
    let log = lines.iter().map(|it| (*it).to_owned()).chain(others).collect::<Vec<_>>().join("\n");
    assert!(!is_same(&log, document));
}
