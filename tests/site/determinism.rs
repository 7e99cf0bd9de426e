//! One library is one site: to the byte, whoever builds it, wherever and however.

use std::path::Path;

use crate::support::{Library, Tree, differences};

#[track_caller]
fn same(a: &Tree, b: &Tree, when: &str) {
    assert_eq!(differences(a, b), Vec::<String>::new(), "{when}");
}

fn usual() -> Tree {
    Library::fixture().build().succeeds().tree()
}

#[test]
fn folders_do_not_matter() {
    same(&usual(), &usual(), "another folder");
    let library = Library::fixture();
    let deep = library.beside("a folder with blanks/ünd mehr/deep");
    std::fs::create_dir_all(&deep).expect("a new folder");
    std::fs::rename(library.root(), deep.join("library")).expect("it can be moved");
    let root = deep.join("library");
    library.run_in(&root, &["build"]).succeeds();
    let moved = crate::support::tree_of(&root.join("public"));
    same(&usual(), &moved, "a folder with blanks");
}

#[test]
fn the_folder_one_stands_in_does_not_matter() {
    let library = Library::fixture();
    let inside = library.build().succeeds().tree();
    library.remove("public");
    let root = library.root();
    let root = root.to_str().expect("a plain path");
    library
        .run_in(Path::new("/"), &["build", "--root", root])
        .succeeds();
    same(&inside, &library.tree(), "from /");
}

#[test]
fn the_order_in_which_files_were_made_does_not_matter() {
    let reversed = Library::fixture_in_reverse().build().succeeds().tree();
    same(&usual(), &reversed, "files made in the reverse order");
}

#[test]
fn times_of_files_do_not_matter() {
    let library = Library::fixture();
    for (at, path) in crate::support::tree_of(&library.root()).keys().enumerate() {
        let file = std::fs::File::options()
            .write(true)
            .open(library.path(path))
            .expect("a file");
        let time = crate::support::long_ago() + std::time::Duration::from_secs(86_400 * at as u64);
        file.set_modified(time).expect("the time can be set");
    }
    same(&usual(), &library.build().succeeds().tree(), "other times");
}

#[test]
fn the_number_of_threads_does_not_matter() {
    let usual = usual();
    for threads in ["1", "2", "7"] {
        let library = Library::fixture();
        let tree = library
            .build_with(&["--threads", threads])
            .succeeds()
            .tree();
        same(&usual, &tree, threads);
    }
}

#[test]
fn time_zone_and_locale_do_not_matter() {
    let usual = usual();
    for (name, value) in [
        ("TZ", "Pacific/Auckland"),
        ("TZ", "America/Los_Angeles"),
        ("LANG", "tr_TR.UTF-8"),
        ("LC_ALL", "de_DE.UTF-8"),
        ("SOURCE_DATE_EPOCH", "0"),
        ("SOURCE_DATE_EPOCH", "4102444800"),
        ("TERM", "xterm-256color"),
        ("HOME", "/nowhere"),
    ] {
        let mut library = Library::fixture();
        library.env(name, value);
        same(
            &usual,
            &library.build().succeeds().tree(),
            &format!("{name}={value}"),
        );
    }
}

#[test]
fn building_again_and_again_does_not_matter() {
    let library = Library::fixture();
    let first = library.build().succeeds().tree();
    for arguments in [&[][..], &["--swap"], &[]] {
        library.clear_cache();
        same(
            &first,
            &library.build_with(arguments).succeeds().tree(),
            "once more",
        );
    }
}

#[test]
fn messages_are_the_same_every_time() {
    let broken = |threads: &str| {
        let library = Library::fixture();
        for number in 0..20 {
            library.write(
                &format!("content/studies/broken-{number}.md"),
                "---\ntitle: Broken\nsummary: S\nics: nowhere\nlevel: nothing\npublished: soon\n\
                 barriers: [no-such, shared-ofice]\n---\n[x](y.md) <b>\n",
            );
        }
        library
            .build_with(&["--threads", threads])
            .fails_with(1)
            .message()
    };
    let first = broken("1");
    assert_eq!(first, broken("7"));
    assert_eq!(first, broken("2"));
    assert!(
        first.contains("140 errors"),
        "{}",
        first.lines().last().unwrap_or("")
    );
}

#[test]
fn no_path_of_this_machine_is_in_the_site() {
    let library = Library::fixture();
    let tree = library.build().succeeds().tree();
    let root = library.root();
    let folder = root
        .parent()
        .expect("a folder")
        .to_string_lossy()
        .into_owned();
    for (path, bytes) in tree {
        assert!(!String::from_utf8_lossy(&bytes).contains(&folder), "{path}");
    }
}
