//! A server under test: its lines, its answers, its events.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use crate::support::Library;

/// How long anything may take on a busy machine; nothing waits so long unless it has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running `caseloom serve`.
pub(crate) struct Server {
    child: Child,
    /// The address that it said: `http://127.0.0.1:PORT/library/`.
    pub(crate) address: String,
    lines: Receiver<String>,
}

impl Server {
    /// Serves a library on a free port.
    pub(crate) fn start(library: &Library) -> Self {
        Self::start_with(library, &["--port", "0"], &[])
    }

    /// Serves a library with these options and variables of the environment.
    pub(crate) fn start_with(
        library: &Library,
        options: &[&str],
        environment: &[(&str, &str)],
    ) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_caseloom"))
            .arg("serve")
            .args(options)
            .current_dir(library.root())
            .env("NO_COLOR", "1")
            .envs(environment.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let lines = lines_of(child.stderr.take().expect("a pipe"));
        let said = lines_of(child.stdout.take().expect("a pipe"));
        let Ok(address) = said.recv_timeout(PATIENCE) else {
            let lines: Vec<String> = lines.iter().collect();
            panic!("no address was said; {lines:#?}");
        };
        Self {
            child,
            address,
            lines,
        }
    }

    /// Waits for a line of the terminal that holds a text.
    #[track_caller]
    pub(crate) fn line(&self, text: &str) -> String {
        let mut before = Vec::new();
        while let Ok(line) = self.lines.recv_timeout(PATIENCE) {
            if line.contains(text) {
                return line;
            }
            before.push(line);
        }
        panic!("no line holds {text:?}; before: {before:#?}");
    }

    /// The lines so far that nobody waited for.
    pub(crate) fn lines_so_far(&self) -> Vec<String> {
        self.lines.try_iter().collect()
    }

    fn authority(&self) -> &str {
        let rest = self.address.strip_prefix("http://").expect("an address");
        rest.split('/').next().expect("an authority")
    }

    /// Answers to a request for a path of the host.
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut stream = self.send(method, path, headers);
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        Answer::parse(&bytes)
    }

    /// The answer to a plain request for an address of the site.
    pub(crate) fn get(&self, address: &str) -> Answer {
        self.ask("GET", &self.path(address), &[])
    }

    /// An address of the site as a path of the host.
    pub(crate) fn path(&self, address: &str) -> String {
        let authority = format!("http://{}", self.authority());
        let base = self.address.strip_prefix(&authority).expect("a path");
        format!("{base}{address}")
    }

    fn send(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> TcpStream {
        let mut stream = TcpStream::connect(self.authority()).expect("the server listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        // HTTP/1.0: the answer ends with the connection, and is not cut into chunks.
        let mut request = format!("{method} {path} HTTP/1.0\r\n");
        if !headers.iter().any(|(name, _)| *name == "Host") {
            request.push_str(&format!("Host: {}\r\n", self.authority()));
        }
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str("\r\n");
        stream.write_all(request.as_bytes()).expect("sent");
        stream
    }

    /// Opens a page and follows its changes, as its script does in a browser.
    pub(crate) fn open(&self, address: &str) -> Page {
        let html = self.get(address).text();
        let (_, rest) = html
            .split_once("<meta name=\"caseloom-page\" content=\"")
            .expect("the page says what it is");
        let query = rest.split('"').next().expect("a query");
        let mut page = self.follow(&query.replace("&amp;", "&"));
        page.html = html;
        page
    }

    /// Follows the changes of a page that has been opened before, by what its script asks with.
    pub(crate) fn follow(&self, query: &str) -> Page {
        let path = format!("/_caseloom/events?{query}");
        let stream = self.send("GET", &path, &[("Accept", "text/event-stream")]);
        let page = Page {
            html: String::new(),
            events: lines_of(stream),
        };
        page.wait_for("retry: 300");
        page
    }

    /// Interrupts the server, as Ctrl-C does, and waits for its end.
    #[cfg(unix)]
    pub(crate) fn interrupt(&mut self) -> ExitStatus {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-INT", &pid]).status();
        assert!(sent.expect("kill runs").success());
        self.child.wait().expect("it ends")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A page in a browser that follows its changes.
pub(crate) struct Page {
    /// As it came.
    pub(crate) html: String,
    events: Receiver<String>,
}

/// What a page is told.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Event {
    Reload,
    /// Of the look, as JSON.
    Look(String),
    /// The markup of the panel; empty when nothing is wrong.
    Problems(String),
}

impl Page {
    fn wait_for(&self, start: &str) -> String {
        loop {
            let line = self.events.recv_timeout(PATIENCE);
            let line = line.unwrap_or_else(|_| panic!("no {start:?} came"));
            if let Some(rest) = line.strip_prefix(start) {
                return rest.to_owned();
            }
        }
    }

    /// The next event.
    #[track_caller]
    pub(crate) fn event(&self) -> Event {
        let kind = self.wait_for("event: ");
        let data = self.wait_for("data: ");
        match kind.as_str() {
            "reload" => Event::Reload,
            "look" => Event::Look(data),
            "problems" => Event::Problems(serde_json::from_str(&data).expect("a text")),
            other => panic!("an event that no page knows: {other}"),
        }
    }

    /// The next event, which must tell of problems.
    #[track_caller]
    pub(crate) fn problems(&self) -> String {
        match self.event() {
            Event::Problems(panel) => panel,
            other => panic!("{other:?}"),
        }
    }
}

/// The lines of a stream, as they come.
fn lines_of(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    lines
}

/// An answer of the server.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    fn parse(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        let end = end.expect("an answer has a head");
        let head = String::from_utf8(bytes[..end].to_vec()).expect("a head is text");
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1));
        Self {
            status: status
                .and_then(|status| status.parse().ok())
                .expect("a status"),
            headers: lines
                .filter_map(|line| line.split_once(": "))
                .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
                .collect(),
            body: bytes[end + 4..].to_vec(),
        }
    }

    /// A header, by its name in small letters.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("text")
    }

    /// A page without what the server adds to it.
    pub(crate) fn as_built(&self) -> Vec<u8> {
        let text = self.text();
        let Some((before, rest)) = text.split_once("<meta name=\"caseloom-page\"") else {
            return self.body.clone();
        };
        let (_, after) = rest.split_once("</script>\n").expect("a script ends");
        format!("{before}{after}").into_bytes()
    }
}
