use axum::http::StatusCode;

use super::Site;

#[test]
fn images_are_served_with_a_safe_type() {
    let site = Site::new();
    std::fs::write(site.path().join("2025/graph.png"), b"\x89PNG\r\n").unwrap();
    std::fs::write(site.path().join("2025/a.svg"), "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>").unwrap();
    let png = site.get("/files/2025/graph.png").ok();
    assert_eq!(png.header("content-type"), "image/png");
    let svg = site.get("/files/2025/a.svg").ok();
    assert_eq!(svg.header("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(svg.header("x-content-type-options"), "nosniff");
}

#[test]
fn nothing_but_images_is_served_as_a_file() {
    let site = Site::with(&[("a.md", "# A\n"), ("secrets.env", "KEY=1"), ("page.html", "<script>1</script>")]);
    for path in [
        "/files/a.md",
        "/files/secrets.env",
        "/files/page.html",
        "/raw/secrets.env",
        "/d/secrets.env",
        "/source/page.html",
    ] {
        let answer = site.get(path);
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.text().contains("KEY=1"));
    }
}

#[test]
fn paths_never_leave_the_root() {
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret.md"), "# Outside\n\ntop secret\n").unwrap();
    std::fs::write(outside.path().join("secret.png"), "top secret").unwrap();
    let site = Site::new();
    std::fs::create_dir_all(site.path().join(".git")).unwrap();
    std::fs::write(site.path().join(".git/config.md"), "top secret").unwrap();
    std::fs::write(site.path().join(".git/x.png"), "top secret").unwrap();
    #[cfg(unix)]
    for (from, to) in [("link.md", "secret.md"), ("link.png", "secret.png")] {
        std::os::unix::fs::symlink(outside.path().join(to), site.path().join(from)).unwrap();
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink(site.path().join(".git"), site.path().join("git")).unwrap();
    let name = outside.path().file_name().unwrap().to_str().unwrap();
    let absolute = outside.path().to_str().unwrap();
    for page in ["d", "source", "raw", "files"] {
        for path in [
            format!("../{name}/secret.md"),
            format!("2025/../../{name}/secret.md"),
            format!("%2e%2e/{name}/secret.md"),
            format!("%2e%2e%2f{name}%2fsecret.png"),
            format!("..%5c{name}%5csecret.md"),
            format!("/{absolute}/secret.md"),
            format!("%2F{}/secret.png", &absolute[1..]),
            "link.md".into(),
            "link.png".into(),
            ".git/config.md".into(),
            ".git/x.png".into(),
            "git/x.png".into(),
            "git/config.md".into(),
            "2025%00.md".into(),
            "2025".into(),
        ] {
            let answer = site.get(&format!("/{page}/{path}"));
            assert!(answer.status.is_client_error(), "/{page}/{path}: {}", answer.status);
            assert!(!answer.text().contains("top secret"), "/{page}/{path}");
        }
    }
}
