//! `ris evidence --sign` and `ris verify --allowed-signers`.

use std::fs;
use std::process::{Command, Stdio};

use super::evidence::{ONE, Repository, checks, has, path};
use crate::support::Run;

#[test]
fn a_bundle_is_signed_by_ssh_and_believed_by_the_readers_own_keys() {
    if Command::new("ssh-keygen").arg("-?").stderr(Stdio::null()).status().is_err() {
        return;
    }
    let repository = Repository::new();
    repository.commit("2026-01-06", &[("one.md", ONE)]);
    for name in ["../key", "../other"] {
        let key = repository.0.path(name);
        let done = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(key).status().unwrap();
        assert!(done.success());
    }
    let signers = |name: &str| {
        let key = fs::read_to_string(repository.0.path(&format!("../{name}.pub"))).unwrap();
        repository.0.write("../signers", format!("evidence@example.org namespaces=\"ris-evidence\" {key}"));
    };
    repository.bundle(&["--sign", "../key"]);
    let verify = || {
        let args = ["verify", "../out/ris-evidence-2026-v1", "--allowed-signers", "../signers", "--format", "json"];
        repository.0.run_with(args, "", &[("PATH", &path())])
    };
    signers("key");
    let good = verify();
    assert_eq!(good.code, 0, "{good}");
    assert!(has(&checks(&good, "steps"), &["signature", "pass", "evidence@example.org"]), "{good}");
    signers("other");
    let bad = verify();
    assert_eq!(bad.code, 1, "{bad}");
    assert!(has(&checks(&bad, "steps"), &["signature", "fail", "no key in ../signers made this signature\""]), "{bad}");
    let says = |run: &Run| run.stderr.contains("no key that was given made the signature");
    assert!(says(&bad) && !bad.stderr.contains("not what it was"), "{bad}");
    let index = repository.0.path("../out/ris-evidence-2026-v1/tagmanifest-sha256.txt");
    let content = fs::read_to_string(&index).unwrap();
    fs::write(&index, content.to_uppercase()).unwrap();
    let changed = verify();
    assert!(changed.stderr.contains("not what it was") && !says(&changed), "{changed}");
}
