//! A conversation with a running `ris mcp`.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::{JoinHandle, spawn};
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Sandbox, check};

/// What this client speaks.
pub(super) const VERSION: &str = "2025-11-25";
/// Most bytes of an answer.
const MOST: usize = 60_000;
/// How long an answer is waited for: far longer than it takes, so that a server that says nothing fails the test.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server and the pipes to it.
pub(super) struct Talk {
    child: Child,
    stdin: Option<ChildStdin>,
    lines: Receiver<String>,
    stderr: Option<JoinHandle<String>>,
    asked: u64,
    tools: Value,
}

impl Talk {
    /// Starts a server in the sandbox and says nothing to it.
    pub(super) fn start(sandbox: &Sandbox) -> Self {
        let mut child = sandbox
            .command(["mcp"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("ris starts");
        let (tell, lines) = channel();
        let stdout = BufReader::new(child.stdout.take().expect("it is piped"));
        spawn(move || stdout.lines().map_while(Result::ok).try_for_each(|line| tell.send(line)));
        let mut err = child.stderr.take().expect("it is piped");
        let stderr = Some(spawn(move || {
            let mut text = String::new();
            let _ = err.read_to_string(&mut text);
            text
        }));
        let stdin = child.stdin.take();
        Self { child, stdin, lines, stderr, asked: 0, tools: Value::Null }
    }

    /// Starts a server and goes through what stands before the first call.
    pub(super) fn begin(sandbox: &Sandbox) -> Self {
        let mut talk = Self::start(sandbox);
        talk.initialize(VERSION);
        talk.tools = talk.ask("tools/list", json!({}))["result"]["tools"].take();
        talk
    }

    /// Says hello, and returns what the server answers to that.
    pub(super) fn initialize(&mut self, version: &str) -> Value {
        let client = json!({ "name": "test", "version": "1" });
        let answer =
            self.ask("initialize", json!({ "protocolVersion": version, "capabilities": {}, "clientInfo": client }));
        self.say(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }).to_string());
        answer
    }

    /// Sends a line as it is.
    pub(super) fn say(&mut self, line: &str) {
        let stdin = self.stdin.as_mut().expect("stdin is open");
        writeln!(stdin, "{line}").and_then(|()| stdin.flush()).expect("it reads");
    }

    /// Sends a request, and returns its id.
    pub(super) fn request(&mut self, method: &str, params: Value) -> u64 {
        self.asked += 1;
        self.say(&json!({ "jsonrpc": "2.0", "id": self.asked, "method": method, "params": params }).to_string());
        self.asked
    }

    /// Returns the next line that comes, which is a message.
    pub(super) fn hear(&self) -> Value {
        let line = self.lines.recv_timeout(PATIENCE).expect("it answers");
        let message: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert_eq!(message["jsonrpc"], "2.0", "{line}");
        message
    }

    /// Sends a request and returns the answer to it.
    pub(super) fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params);
        let answer = self.hear();
        assert_eq!(answer["id"], id, "{answer}");
        answer
    }

    /// Calls a tool, whose result may be an error.
    pub(super) fn call(&mut self, tool: &str, arguments: Value) -> Value {
        let mut answer = self.ask("tools/call", json!({ "name": tool, "arguments": arguments }));
        assert!(answer["error"].is_null(), "{answer}");
        answer["result"].take()
    }

    /// Calls a tool that answers, as it says it does: the text is the structured content, in bounds and as described.
    pub(super) fn answer(&mut self, tool: &str, arguments: Value) -> Value {
        let mut result = self.call(tool, arguments.clone());
        assert_eq!(result["isError"], false, "{tool} {arguments}: {result}");
        let text = result["content"][0]["text"].as_str().expect("there is a text");
        assert_eq!(serde_json::from_str::<Value>(text).unwrap(), result["structuredContent"]);
        assert!(text.len() <= MOST, "{tool} {arguments}: {} bytes", text.len());
        assert_eq!(result["_meta"]["ris/index"], result["structuredContent"]["index"]);
        let answer = result["structuredContent"].take();
        let listed = self.tools.as_array().and_then(|tools| tools.iter().find(|it| it["name"] == tool));
        let schema = &listed.unwrap_or_else(|| panic!("{tool} is not listed"))["outputSchema"];
        check(schema, schema, &answer, tool);
        answer
    }

    /// Calls a tool that refuses, and returns why.
    pub(super) fn refusal(&mut self, tool: &str, arguments: Value) -> String {
        let result = self.call(tool, arguments.clone());
        assert_eq!(result["isError"], true, "{tool} {arguments}: {result}");
        result["content"][0]["text"].as_str().expect("there is a text").to_owned()
    }

    /// Returns the tools as they are listed.
    pub(super) fn tools(&self) -> &[Value] {
        self.tools.as_array().expect("they are listed")
    }

    /// Asks the process to end.
    pub(super) fn terminate(&self) {
        let asked = std::process::Command::new("kill").arg("-TERM").arg(self.child.id().to_string()).status();
        assert!(asked.expect("kill runs").success());
    }

    /// Closes stdin.
    pub(super) fn close(&mut self) {
        self.stdin = None;
    }

    /// Waits for the end; returns the exit code, what was still said, and stderr.
    pub(super) fn end(mut self) -> (Option<i32>, Vec<String>, String) {
        let mut said = Vec::new();
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) => said.push(line),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("it does not end"),
            }
        }
        let code = self.child.wait().expect("it ends").code();
        (code, said, self.stderr.take().and_then(|it| it.join().ok()).unwrap_or_default())
    }
}

impl Drop for Talk {
    fn drop(&mut self) {
        // A test that failed leaves no process behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
