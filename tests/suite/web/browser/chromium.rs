//! A headless Chromium, driven over a pipe by the DevTools protocol: no driver, no socket, no crate.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

/// How long anything may take in the browser.
const PATIENCE: Duration = Duration::from_secs(30);

/// One browser with one page.
pub(super) struct Chromium {
    child: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    session: Option<String>,
    next_id: u64,
    /// Events of the page so far.
    events: Vec<Value>,
    _profile: TempDir,
}

impl Chromium {
    /// Starts a browser of its own, with a profile of its own.
    pub(super) fn start(program: &Path) -> Self {
        let profile = tempfile::tempdir().unwrap();
        // Chromium reads commands from descriptor 3 and answers on 4; the shell puts our pipes there.
        let mut child = Command::new("sh")
            .args(["-c", "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1"])
            .arg(program)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe"])
            .args(["--no-first-run", "--disable-background-networking", "--disable-component-update"])
            .args(["--disable-sync", "--disable-default-apps", "--disable-dev-shm-usage"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (sender, messages) = mpsc::channel();
        thread::spawn(move || {
            for message in BufReader::new(output).split(0).map_while(Result::ok) {
                let Ok(message) = serde_json::from_slice(&message) else { break };
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let mut browser =
            Self { child, input, messages, session: None, next_id: 0, events: Vec::new(), _profile: profile };
        let target = browser.call("Target.createTarget", json!({"url": "about:blank"}))["targetId"].clone();
        let attached = browser.call("Target.attachToTarget", json!({"targetId": target, "flatten": true}));
        browser.session = attached["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.call(&format!("{domain}.enable"), json!({}));
        }
        browser
    }

    /// Opens an address and waits until it is loaded.
    pub(super) fn open(&mut self, url: &str) {
        self.wait_for_load(|browser| {
            browser.call("Page.navigate", json!({"url": url}));
        });
    }

    /// Runs `action` and waits until the page that it leads to is loaded.
    pub(super) fn wait_for_load(&mut self, action: impl FnOnce(&mut Self)) {
        let seen = self.events.len();
        action(self);
        self.wait(|browser| browser.events[seen..].iter().any(|event| event["method"] == "Page.loadEventFired"));
    }

    /// Evaluates an expression in the page and returns its value; promises are awaited.
    pub(super) fn run(&mut self, expression: &str) -> Value {
        let asked = json!({"expression": expression, "awaitPromise": true, "returnByValue": true, "userGesture": true});
        let answer = self.call("Runtime.evaluate", asked);
        assert!(answer["exceptionDetails"].is_null(), "{expression}: {answer}");
        answer["result"]["value"].clone()
    }

    /// Waits until an expression is true in the page.
    pub(super) fn until(&mut self, expression: &str) {
        let wait = format!(
            "new Promise((done, fail) => {{ const look = () => ({expression}) ? done(true) : setTimeout(look, 20); \
             setTimeout(() => fail(new Error('never: ' + {})), 25000); look(); }})",
            json!(expression)
        );
        self.run(&wait);
    }

    /// Chooses the colour scheme that the page is told the user prefers.
    pub(super) fn prefer(&mut self, scheme: &str) {
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        self.call("Emulation.setEmulatedMedia", json!({"features": features}));
    }

    /// Lays pages out as for paper from now on.
    pub(super) fn print(&mut self) {
        self.call("Emulation.setEmulatedMedia", json!({"media": "print"}));
    }

    /// Chooses the size of the window.
    pub(super) fn resize(&mut self, width: u32, height: u32) {
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.call("Emulation.setDeviceMetricsOverride", metrics);
    }

    /// Makes everything arrive slowly from now on, so that a page is there in parts before it is whole.
    pub(super) fn slow_down(&mut self, bytes_per_second: u32) {
        let line =
            json!({"offline": false, "latency": 5, "downloadThroughput": bytes_per_second, "uploadThroughput": -1});
        self.call("Network.emulateNetworkConditions", line);
    }

    /// Presses a key that types `text`.
    pub(super) fn press(&mut self, key: &str, text: &str) {
        let press = |kind: &str| json!({"type": kind, "key": key, "text": if kind == "keyDown" { text } else { "" }});
        self.call("Input.dispatchKeyEvent", press("keyDown"));
        self.call("Input.dispatchKeyEvent", press("keyUp"));
    }

    /// Presses a key that types nothing, such as `Enter` or `ArrowDown`, or a letter with the control key held.
    pub(super) fn strike(&mut self, key: &str, with_control: bool) {
        let code = match key {
            "Enter" => 13,
            "Escape" => 27,
            "ArrowUp" => 38,
            "ArrowDown" => 40,
            letter => i32::from(letter.as_bytes()[0].to_ascii_uppercase()),
        };
        let modifiers = if with_control { 2 } else { 0 };
        let text = if key == "Enter" { "\r" } else { "" };
        for kind in ["keyDown", "keyUp"] {
            let event = json!({"type": kind, "key": key, "windowsVirtualKeyCode": code, "modifiers": modifiers, "text": if kind == "keyDown" { text } else { "" }});
            self.call("Input.dispatchKeyEvent", event);
        }
    }

    /// Types `text` where the focus is, a key a character.
    pub(super) fn write(&mut self, text: &str) {
        text.chars().for_each(|c| self.press(&c.to_string(), &c.to_string()));
    }

    /// Runs a script at the start of every page from now on.
    pub(super) fn begin_pages_with(&mut self, script: &str) {
        self.call("Page.addScriptToEvaluateOnNewDocument", json!({"source": script}));
    }

    /// Returns every complaint of the page: exceptions, console errors, blocked and failed loads.
    pub(super) fn complaints(&mut self) -> Vec<String> {
        self.run("1");
        let is_complaint = |event: &&Value| match event["method"].as_str() {
            Some("Runtime.exceptionThrown") => true,
            Some("Runtime.consoleAPICalled") => event["params"]["type"] == "error",
            Some("Log.entryAdded") => event["params"]["entry"]["level"] == "error",
            _ => false,
        };
        self.events.iter().filter(is_complaint).map(|event| event["params"].to_string()).collect()
    }

    /// Returns every address that the page asked for.
    pub(super) fn requests(&self) -> Vec<String> {
        let sent = self.events.iter().filter(|event| event["method"] == "Network.requestWillBeSent");
        sent.filter_map(|event| event["params"]["request"]["url"].as_str().map(str::to_owned)).collect()
    }

    fn call(&mut self, method: &str, params: Value) -> Value {
        self.next_id += 1;
        let id = self.next_id;
        let mut message = json!({"id": id, "method": method, "params": params});
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.input.write_all(&bytes).unwrap();
        self.input.flush().unwrap();
        let deadline = Instant::now() + PATIENCE;
        loop {
            let message = self.receive(deadline).unwrap_or_else(|| panic!("no answer to {method}"));
            if message["id"] == id {
                assert!(message["error"].is_null(), "{method}: {message}");
                return message["result"].clone();
            }
            self.events.push(message);
        }
    }

    fn wait(&mut self, happened: impl Fn(&Self) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !happened(self) {
            let message = self.receive(deadline).expect("the page was loaded in time");
            self.events.push(message);
        }
    }

    fn receive(&self, deadline: Instant) -> Option<Value> {
        self.messages.recv_timeout(deadline.saturating_duration_since(Instant::now())).ok()
    }
}

impl Drop for Chromium {
    /// Asks the browser to end, so that no process of it writes into the profile any more when that is removed.
    fn drop(&mut self) {
        // What fails here fails because the browser is gone already.
        let _ = self.input.write_all(b"{\"id\":0,\"method\":\"Browser.close\"}\0").and_then(|()| self.input.flush());
        let deadline = Instant::now() + Duration::from_secs(5);
        while matches!(self.child.try_wait(), Ok(None)) && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(10));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
