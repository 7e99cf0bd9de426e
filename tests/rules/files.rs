//! Files that can't be used, wherever they stand.

use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::Path;

use crate::support::{FULL, Library, SHORT, study_with_body};
use crate::{after, short};

#[test]
fn text_that_is_not_utf8_is_shown_at_its_first_wrong_byte() {
    for (bytes, place) in [
        (&b"---\ntitle: caf\xe9\n---\n"[..], "2:11"),
        (b"\xff\xfe-\0-\0-\0", "1:1"),
        ("---\ntitle: caf\u{e9} \u{1f600} \u{0}".as_bytes(), ""),
    ] {
        let mut bytes = bytes.to_vec();
        if place.is_empty() {
            // Wide and narrow characters before the place count one column each.
            bytes.extend_from_slice(b"\xc3\x28\n");
        }
        let place = if place.is_empty() { "2:16" } else { place };
        after(|library| {
            library.write_bytes(SHORT, &bytes);
        })
        .fails_with(1)
        .reports("file-not-utf8", &short(place))
        .counts(1);
    }
}

#[test]
fn records_that_are_not_utf8_are_one_diagnostic() {
    after(|library| {
        library.write_bytes("content/evidence/more.yaml", b"references: [\xff]\n");
    })
    .fails_with(1)
    .reports("file-not-utf8", "content/evidence/more.yaml:1:14")
    .counts(1);
}

#[test]
fn a_file_of_20_megabytes_is_refused_unread() {
    let big = "a".repeat(20_000_000);
    for path in [SHORT, "content/evidence/big.yaml", "content/pages/big.md"] {
        after(|library| {
            library.write(path, &big);
        })
        .fails_with(1)
        .reports("file-too-large", &format!("{path}:1:1"))
        .says("20000000 bytes")
        .counts(1);
    }
}

#[test]
fn an_attachment_of_20_megabytes_is_refused_where_it_is_linked() {
    after(|library| {
        library.write(
            "content/studies/valley/floor-plan.pdf",
            &"a".repeat(20_000_000),
        );
    })
    .fails_with(1)
    .reports("dead-link", &format!("{FULL}:55:94"))
    .says("20000000 bytes")
    .counts(1);
    after(|library| {
        library.write("content/studies/unlinked.pdf", &"a".repeat(20_000_000));
    })
    .has_no_problem();
}

#[test]
fn a_symbolic_link_that_leaves_the_content_is_refused() {
    for target in [
        "/etc/hostname",
        "../../site-config.toml",
        "../../../outside.md",
    ] {
        after(|library| {
            std::fs::write(library.beside("outside.md"), study_with_body("secret\n"))
                .expect("a file");
            symlink(target, library.path("content/studies/linked.md")).expect("a link");
        })
        .fails_with(1)
        .reports("symbolic-link", "content/studies/linked.md:1:1")
        .keeps_quiet_about("secret")
        .counts(1);
    }
}

#[test]
fn a_symbolic_link_to_an_image_outside_publishes_nothing() {
    let library = Library::fixture();
    std::fs::write(library.beside("secret.png"), "secret").expect("a file");
    library.remove("content/studies/valley/room.png");
    symlink(
        library.beside("secret.png"),
        library.path("content/studies/valley/room.png"),
    )
    .expect("a link");
    library
        .build()
        .fails_with(1)
        .reports("symbolic-link", "content/studies/valley/room.png:1:1")
        .reports("dead-image", &format!("{FULL}:59:33"));
}

#[test]
fn symbolic_links_to_folders_in_circles_and_to_nowhere_are_refused() {
    after(|library| {
        symlink("../studies/hill", library.path("content/studies/folder")).expect("a link");
        symlink("..", library.path("content/studies/circle")).expect("a link");
        symlink("nowhere.md", library.path("content/studies/nowhere.md")).expect("a link");
        symlink("itself.md", library.path("content/studies/itself.md")).expect("a link");
    })
    .fails_with(1)
    .reports("symbolic-link", "content/studies/folder:1:1")
    .reports("symbolic-link", "content/studies/circle:1:1")
    .reports("symbolic-link", "content/studies/nowhere.md:1:1")
    .reports("symbolic-link", "content/studies/itself.md:1:1")
    .counts(4);
}

#[test]
fn a_symbolic_link_inside_the_content_is_a_file() {
    let library = Library::fixture();
    symlink(
        "../five-minute-study.md",
        library.path("content/studies/hill/same-text.md"),
    )
    .expect("a link");
    assert!(
        library
            .build()
            .has_no_problem()
            .exists("studies/same-text/index.html")
    );
}

#[test]
fn content_itself_may_not_be_a_link_out() {
    let library = Library::fixture();
    library.rename("content", "../elsewhere");
    symlink("../elsewhere", library.path("content")).expect("a link");
    library
        .build()
        .fails_with(1)
        .reports("symbolic-link", "content:1:1");
}

#[test]
fn text_where_nothing_reads_it_is_told() {
    for (path, word) in [
        ("content/notes.md", "content/studies"),
        ("content/studies/data.yaml", "content/studies"),
        ("content/studies/old.markdown", "content/studies"),
        ("content/studies/SHOUTED.MD", "content/studies"),
        ("content/study/one.md", "content/studies"),
        ("content/vocabulary/notes.md", "content/studies"),
        ("content/vocabulary/theme.yaml", "did you mean themes.yaml?"),
        (
            "content/vocabulary/colours.yaml",
            "themes.yaml, factors.yaml",
        ),
    ] {
        after(|library| {
            library.write(path, "anything\n");
        })
        .succeeds()
        .reports("unexpected-file", &format!("{path}:1:1"))
        .says(word)
        .counts(1);
    }
}

#[test]
fn names_that_are_no_slugs_are_refused_with_a_better_one() {
    let long = "a".repeat(81);
    for (name, better) in [
        ("Five Minutes", "five-minutes.md"),
        ("five_minutes", "five-minutes.md"),
        ("five--minutes", "five-minutes.md"),
        ("-five", "five.md"),
        ("caf\u{e9}", "cafe.md"),
        ("five.minutes", "five-minutes.md"),
        ("!!!", "1 to 80 small letters"),
        (long.as_str(), &format!("{}.md", "a".repeat(80))),
    ] {
        let path = format!("content/studies/{name}.md");
        after(|library| {
            library.write(&path, &study_with_body(""));
        })
        .fails_with(1)
        .reports("bad-slug", &format!("{path}:1:1"))
        .says(better)
        .counts(1);
    }
}

#[test]
fn a_name_that_is_no_text_is_a_diagnostic() {
    let library = Library::fixture();
    for name in [
        &b"\xff\xfe.md"[..],
        b"tab\there.md",
        b"line\nbreak.md",
        b"\x1b[31m.md",
    ] {
        let path = library
            .path("content/studies")
            .join(Path::new(std::ffi::OsStr::from_bytes(name)));
        std::fs::write(path, study_with_body("")).expect("a file");
    }
    let outcome = library.build().fails_with(1).says("bad-slug");
    assert!(
        !outcome.stderr.contains('\u{1b}'),
        "a name can't drive the terminal"
    );
    assert_eq!(
        outcome
            .diagnostics()
            .iter()
            .filter(|(rule, _)| rule == "bad-slug")
            .count(),
        4
    );
}

#[test]
fn two_files_of_one_name_would_have_one_address() {
    for (first, second) in [
        (
            "content/studies/five-minute-study.md",
            "content/studies/hill/five-minute-study.md",
        ),
        ("content/reviews/trust.md", "content/reviews/old/trust.md"),
        ("content/pages/about.md", "content/pages/sub/about.md"),
    ] {
        let library = Library::fixture();
        library.write(second, &library.read(first).replace("](", "] ("));
        let outcome = library
            .build()
            .fails_with(1)
            .says("duplicate-slug")
            .says(first)
            .says(second);
        let doubled = outcome
            .diagnostics()
            .into_iter()
            .filter(|(rule, _)| rule == "duplicate-slug");
        assert_eq!(doubled.count(), 1);
    }
}

#[test]
fn a_study_a_review_and_a_page_may_share_a_name() {
    let library = Library::fixture();
    library
        .write("content/studies/trust.md", &study_with_body(""))
        .write(
            "content/pages/trust.md",
            "---\ntitle: Trust\nsummary: S\n---\n",
        );
    let site = library.build().has_no_problem();
    for path in [
        "studies/trust/index.html",
        "reviews/trust/index.html",
        "trust/index.html",
    ] {
        assert!(site.exists(path));
    }
}

#[test]
fn pages_are_not_called_like_a_section() {
    for name in [
        "studies",
        "themes",
        "factors",
        "systems",
        "reviews",
        "evidence",
        "frameworks",
        "glossary",
        "matrix",
        "search",
        "data",
        "assets",
        "404",
    ] {
        let path = format!("content/pages/{name}.md");
        after(|library| {
            library.write(&path, "---\ntitle: T\nsummary: S\n---\n");
        })
        .fails_with(1)
        .reports("reserved-slug", &format!("{path}:1:1"))
        .counts(1);
    }
}

#[test]
fn the_same_names_are_fine_for_studies() {
    let library = Library::fixture();
    library.write("content/studies/search.md", &study_with_body(""));
    library.build().has_no_problem();
}

/// Runs the binary as somebody who may not read everything: as this user, or as nobody when this user is root.
fn run_without_rights(library: &Library) -> Option<std::process::Output> {
    for place in [library.root(), library.root().join("..")] {
        std::fs::set_permissions(place, std::fs::Permissions::from_mode(0o755)).expect("a mode");
    }
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_caseloom"));
    command
        .args(["build", "--no-cache", "--out", "../site"])
        .current_dir(library.root())
        .env_clear()
        .env("NO_COLOR", "1");
    let probe = library.path("content/probe.txt");
    std::fs::write(&probe, "").expect("a file");
    std::fs::set_permissions(&probe, std::fs::Permissions::from_mode(0o000)).expect("a mode");
    if std::fs::read(&probe).is_ok() {
        command.uid(65_534).gid(65_534);
    }
    // A sandbox may forbid to change the user; then there is nothing to see here.
    command.output().ok()
}

#[test]
fn a_file_or_folder_that_may_not_be_read_is_a_diagnostic() {
    let library = Library::fixture();
    let lock = |path: &str| {
        std::fs::set_permissions(library.path(path), std::fs::Permissions::from_mode(0o000))
            .expect("a mode");
    };
    lock(SHORT);
    lock("content/studies/hill");
    lock("content/vocabulary/glossary.yaml");
    let output = run_without_rights(&library);
    std::fs::set_permissions(
        library.path("content/studies/hill"),
        std::fs::Permissions::from_mode(0o755),
    )
    .expect("a mode");
    let Some(output) = output else {
        return;
    };
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    for path in [
        SHORT,
        "content/studies/hill",
        "content/vocabulary/glossary.yaml",
    ] {
        assert!(said.contains(&format!("--> {path}:1:1")), "{path}\n{said}");
    }
    assert_eq!(said.matches("error[unreadable-file]").count(), 3, "{said}");
    let rule = "unreadable-file";
    assert!(said.contains(rule));
}
