//! How the server starts and ends.

use std::fs;
use std::net::TcpListener;

use crate::server::{Event, Server};
use crate::support::{Library, SHORT};

const ADDRESS: &str = "studies/five-minute-study/";

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_at_once_and_well() {
    let library = Library::fixture();
    let mut server = Server::start(&library);
    // A browser that still listens keeps nobody waiting.
    let _page = server.open("");
    assert_eq!(server.interrupt().code(), Some(0));
}

#[test]
fn a_port_that_is_taken_is_replaced_unless_it_was_asked_for() {
    let library = Library::fixture();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    library
        .run_in(&library.root(), &["serve", "--port", &port])
        .fails_with(2)
        .says(&format!("cannot listen on port {port}"));
    // Whoever has the usual port, two servers can't both have it.
    let first = Server::start_with(&library, &[], &[]);
    let second = Server::start_with(&library, &[], &[]);
    assert_ne!(first.address, second.address);
    second.line("Port 8000 is in use");
    assert_eq!(second.get("").status, 200);
}

#[cfg(target_os = "linux")]
#[test]
fn it_serves_where_nobody_can_be_told_the_address() {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};
    let library = Library::fixture();
    let full = fs::File::options()
        .write(true)
        .open("/dev/full")
        .expect("Linux has it");
    let mut child = Command::new(env!("CARGO_BIN_EXE_caseloom"))
        .args(["serve", "--port", "0"])
        .current_dir(library.root())
        .stdout(full)
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
    let mut lines = lines.map_while(Result::ok);
    let line = lines.find(|line| line.contains("until Ctrl-C") || line.contains("panicked"));
    child
        .kill()
        .and_then(|()| child.wait().map(drop))
        .expect("it can be ended");
    assert!(line.expect("a line").contains("until Ctrl-C"));
}

#[test]
fn drafts_are_shown_on_request() {
    let library = Library::fixture();
    let server = Server::start(&library);
    assert_eq!(server.get("studies/next-year/").status, 404);
    let server = Server::start_with(&library, &["--port", "0", "--drafts"], &[]);
    assert_eq!(server.get("studies/next-year/").status, 200);
}

#[test]
fn it_can_look_for_changes_itself() {
    let library = Library::fixture();
    let server = Server::start_with(&library, &["--port", "0", "--poll"], &[]);
    let page = server.open(ADDRESS);
    library.replace(SHORT, "Five minutes", "Six minutes");
    assert_eq!(page.event(), Event::Reload);
    let page = server.open("studies/closed-clinic/");
    library.remove("content/studies/closed-clinic.md");
    assert_eq!(page.event(), Event::Reload);
    assert!(
        !server
            .lines_so_far()
            .iter()
            .any(|line| line.contains("--poll"))
    );
}

/// Whoever writes to a file by another name, from outside, is not seen by those who watch folders: as on file systems that
/// tell of nothing.
#[cfg(target_os = "linux")]
#[test]
fn changes_that_the_system_does_not_tell_of_are_found_and_polling_is_advised() {
    let library = Library::fixture();
    let other_name = library.beside("other-name.md");
    fs::hard_link(library.path(SHORT), &other_name).expect("a second name");
    let server = Server::start(&library);
    let page = server.open(ADDRESS);
    let text = library.read(SHORT).replace("Five minutes", "Six minutes");
    fs::write(&other_name, text).expect("written");
    assert_eq!(page.event(), Event::Reload);
    server.line("Start with --poll");
}

#[test]
fn the_editor_that_opens_files_can_be_chosen() {
    let library = Library::fixture();
    library.append(
        "site-config.toml",
        "\n[serve]\neditor = \"myeditor://open?file={path}&line={line}\"\n",
    );
    let server = Server::start(&library);
    let page = server.open(ADDRESS);
    library.replace(SHORT, "shared-office", "sharde-office");
    let panel = page.problems();
    assert!(panel.contains("href=\"myeditor://open?file=/"), "{panel}");
    assert!(
        panel.contains("five-minute-study.md&amp;line=7\""),
        "{panel}"
    );
}

#[test]
fn quiet_says_the_address_and_the_problems_alone() {
    let library = Library::fixture();
    let server = Server::start_with(&library, &["--port", "0", "--quiet"], &[]);
    let page = server.open(ADDRESS);
    library.replace(SHORT, "shared-office", "sharde-office");
    page.problems();
    let line = server.line("");
    assert!(line.starts_with("error[unknown-factor]"), "{line}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_browser_is_opened_on_request() {
    use std::os::unix::fs::PermissionsExt;
    let library = Library::fixture();
    let (programs, opened) = (library.beside("programs"), library.beside("opened"));
    let status = std::process::Command::new("mkfifo").arg(&opened).status();
    assert!(status.expect("mkfifo runs").success());
    fs::create_dir(&programs).expect("a folder");
    let opener = programs.join("xdg-open");
    fs::write(
        &opener,
        format!("#!/bin/sh\necho \"$1\" > '{}'\n", opened.display()),
    )
    .expect("written");
    fs::set_permissions(&opener, fs::Permissions::from_mode(0o755)).expect("a program");
    let path = format!(
        "{}:{}",
        programs.display(),
        std::env::var("PATH").expect("a path")
    );
    let server = Server::start_with(&library, &["--port", "0", "--open"], &[("PATH", &path)]);
    // Reading waits until the program has written.
    let address = fs::read_to_string(&opened).expect("read");
    assert_eq!(address.trim(), server.address);
}

#[test]
fn without_a_library_there_is_nothing_to_serve() {
    let library = Library::empty();
    library
        .run_in(&library.root(), &["serve"])
        .fails_with(2)
        .says("there is no site-config.toml");
}
