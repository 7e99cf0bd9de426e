//! Publishing as a whole, in both modes.

use std::fs;

use super::fixture::{Place, fresh_tree, site};
use super::manifest::MANIFEST;
use super::target::TEMP;
use super::*;

type Test = Result<()>;

const BOTH: [Mode; 2] = [Mode::Update, Mode::Swap];

fn message(outcome: Result<Published>) -> String {
    outcome
        .err()
        .map_or_else(String::new, |error| format!("{error:#}"))
}

#[test]
fn a_first_publication_makes_the_site_and_leaves_nothing_beside_it() -> Test {
    let files = site(&[("index.html", "home"), ("studies/a/index.html", "a")]);
    for (mode, exists) in BOTH
        .into_iter()
        .flat_map(|mode| [(mode, false), (mode, true)])
    {
        let place = Place::new()?;
        if exists {
            fs::create_dir(&place.out)?;
        }
        let published = place.publish(&files, mode)?;
        assert_eq!(
            (published.written, published.unchanged, published.removed),
            (2, 0, 0)
        );
        let manifest = String::from_utf8(files.manifest().json().to_vec())?;
        let tree = place.tree()?;
        let tree: Vec<_> = tree.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(
            tree,
            [
                (MANIFEST, manifest.as_str()),
                ("index.html", "home"),
                ("studies", "/"),
                ("studies/a", "/"),
                ("studies/a/index.html", "a"),
            ]
        );
        assert_eq!(place.beside()?, ["content", "public"]);
    }
    Ok(())
}

#[test]
fn what_was_published_after_the_folder_was_looked_at_counts() -> Test {
    let first = site(&[("index.html", "home"), ("1.css", "")]);
    // Nothing of the first is missing, but it is another list.
    let second = site(&[("index.html", "home"), ("1.css", ""), ("2.css", "")]);
    let third = site(&[("index.html", "home")]);
    for mode in BOTH {
        for has_site in [false, true] {
            let place = Place::new()?;
            if has_site {
                place.publish(&first, mode)?;
            }
            let folder = place.look()?;
            place.publish(&second, mode)?;
            let lists = [first.manifest().hash(), second.manifest().hash()];
            for list in &lists {
                assert!(folder.standing(list)?.is_none());
            }
            assert!(place.look()?.standing(&lists[1])?.is_some());
            let published = place.publish_into(folder, &third, mode)?;
            assert_eq!((published.unchanged, published.removed), (1, 2));
            assert_eq!(place.tree()?, fresh_tree(&third, &[])?);
        }
    }
    Ok(())
}

#[test]
fn folders_above_the_output_folder_are_made() -> Test {
    let mut place = Place::new()?;
    place.out = place.root.join("a/b/../c/public");
    place.publish(&site(&[("index.html", "home")]), Mode::Update)?;
    assert!(place.root.join("a/c/public/index.html").exists());
    assert!(!place.root.join("a/b").exists());
    Ok(())
}

#[test]
fn what_did_not_change_keeps_its_time() -> Test {
    let old = site(&[("a.html", "a"), ("b.html", "b"), ("c/d.css", "d")]);
    let new = site(&[("a.html", "a"), ("b.html", "B"), ("c/d.css", "d")]);
    for mode in BOTH {
        let place = Place::new()?;
        place.publish(&old, mode)?;
        for path in ["a.html", "b.html", "c/d.css", MANIFEST] {
            place.make_old(path)?;
        }
        let published = place.publish(&old, mode)?;
        assert_eq!(
            (published.written, published.unchanged, published.removed),
            (0, 3, 0)
        );
        for path in ["a.html", "b.html", "c/d.css", MANIFEST] {
            assert!(place.is_old(path)?, "{mode:?} {path}");
        }
        let published = place.publish(&new, mode)?;
        assert_eq!(
            (published.written, published.unchanged, published.removed),
            (1, 2, 0)
        );
        assert!(
            place.is_old("a.html")? && place.is_old("c/d.css")?,
            "{mode:?}"
        );
        assert!(
            !place.is_old("b.html")? && !place.is_old(MANIFEST)?,
            "{mode:?}"
        );
        assert_eq!(place.tree()?, fresh_tree(&new, &[])?);
        assert_eq!(place.beside()?, ["content", "public"]);
    }
    Ok(())
}

#[test]
fn a_removed_page_goes_with_its_folder_but_foreign_files_stay() -> Test {
    let old = site(&[
        ("index.html", "i"),
        ("a/b/index.html", "b"),
        ("c/index.html", "c"),
    ]);
    let new = site(&[("index.html", "i")]);
    for mode in BOTH {
        let place = Place::new()?;
        place.publish(&old, mode)?;
        place.write("c/notes.txt", "mine")?;
        place.write("CNAME", "example.org")?;
        fs::create_dir(place.out.join("empty"))?;
        let published = place.publish(&new, mode)?;
        assert_eq!(
            (published.written, published.unchanged, published.removed),
            (0, 1, 2)
        );
        let mut expected = fresh_tree(&new, &[("c/notes.txt", "mine"), ("CNAME", "example.org")])?;
        expected.insert("empty".to_owned(), "/".to_owned());
        assert_eq!(place.tree()?, expected, "{mode:?}");
    }
    Ok(())
}

#[test]
fn a_foreign_file_is_never_replaced() -> Test {
    let old = site(&[("index.html", "i"), ("a.html", "a")]);
    let new = site(&[
        ("index.html", "I"),
        ("x/notes.html", "caseloom's"),
        ("y", "y"),
        ("z/z", "z"),
    ]);
    for mode in BOTH {
        for (path, refused) in [
            (
                "x/notes.html",
                "x/notes.html is a file that was not made by caseloom",
            ),
            ("x", "x is a file that"),
            ("x/notes.html/deep", "x/notes.html/deep is a file that"),
            ("y/other", "y/other is a file that"),
            ("y/", "y is a folder that"),
            ("z", "z is a file that"),
        ] {
            let place = Place::new()?;
            place.publish(&old, mode)?;
            if path.ends_with('/') {
                fs::create_dir(place.out.join(path))?;
            } else {
                place.write(path, "mine")?;
            }
            let before = place.tree()?;
            let error = message(place.publish(&new, mode));
            assert!(error.contains(refused), "{path}: {error}");
            assert!(error.contains("nothing was written"), "{path}: {error}");
            assert_eq!(place.tree()?, before, "{mode:?} {path}");
            assert_eq!(place.beside()?, ["content", "public"]);
        }
    }
    Ok(())
}

#[test]
fn a_foreign_file_with_the_right_bytes_is_taken_over() -> Test {
    for mode in BOTH {
        let place = Place::new()?;
        place.publish(&site(&[("index.html", "i")]), mode)?;
        place.write("a/b.html", "b")?;
        place.make_old("a/b.html")?;
        let new = site(&[("index.html", "i"), ("a/b.html", "b")]);
        let published = place.publish(&new, mode)?;
        assert_eq!((published.written, published.unchanged), (0, 2));
        assert!(place.is_old("a/b.html")?);
        assert_eq!(place.tree()?, fresh_tree(&new, &[])?, "{mode:?}");
        place.publish(&site(&[("index.html", "i")]), mode)?;
        assert!(!place.out.join("a").exists(), "and goes like any other");
    }
    Ok(())
}

#[test]
fn files_become_folders_and_folders_files() -> Test {
    let file = site(&[("a", "file"), ("b", "b"), ("index.html", "i")]);
    let folder = site(&[
        ("a/b/c", "1"),
        ("a/d", "2"),
        ("b", "b"),
        ("index.html", "i"),
    ]);
    for mode in BOTH {
        let place = Place::new()?;
        place.publish(&file, mode)?;
        let published = place.publish(&folder, mode)?;
        assert_eq!(
            (published.written, published.unchanged, published.removed),
            (2, 2, 1)
        );
        assert_eq!(place.tree()?, fresh_tree(&folder, &[])?, "{mode:?}");
        let published = place.publish(&file, mode)?;
        assert_eq!(
            (published.written, published.unchanged, published.removed),
            (1, 2, 2)
        );
        assert_eq!(place.tree()?, fresh_tree(&file, &[])?, "{mode:?}");
    }
    Ok(())
}

#[test]
fn an_own_folder_with_something_foreign_in_it_does_not_make_way() -> Test {
    for mode in BOTH {
        let place = Place::new()?;
        place.publish(&site(&[("a/b/c", "1")]), mode)?;
        place.write("a/b/mine", "mine")?;
        let before = place.tree()?;
        let error = message(place.publish(&site(&[("a", "file")]), mode));
        assert!(
            error.contains("a/b/mine is a file that was not made"),
            "{error}"
        );
        assert_eq!(place.tree()?, before);
    }
    Ok(())
}

#[test]
fn a_damaged_manifest_stops_everything() -> Test {
    let files = site(&[("index.html", "i")]);
    for mode in BOTH {
        let place = Place::new()?;
        place.publish(&files, mode)?;
        place.write(MANIFEST, "{\"version\":1,\"fil")?;
        let before = place.tree()?;
        let error = message(place.publish(&site(&[("index.html", "I")]), mode));
        assert!(error.contains("is damaged"), "{error}");
        assert!(place.look().is_err());
        assert_eq!(place.tree()?, before);
    }
    Ok(())
}

#[test]
fn a_manifest_can_not_make_caseloom_remove_files_elsewhere() -> Test {
    let files = site(&[("index.html", "i")]);
    for mode in BOTH {
        let place = Place::new()?;
        place.publish(&files, mode)?;
        fs::write(place.root.join("evil"), "precious")?;
        fs::write(place.root.join("content/a.md"), "precious")?;
        let absolute = place.root.join("evil").display().to_string();
        let list = serde_json::json!({"version": 1, "files": {
            "../evil": "0", "a/../../evil": "0", "../content/a.md": "0", absolute: "0", "index.html": "0",
        }});
        place.write(MANIFEST, &list.to_string())?;
        place.publish(&files, mode)?;
        assert_eq!(fs::read_to_string(place.root.join("evil"))?, "precious");
        assert_eq!(
            fs::read_to_string(place.root.join("content/a.md"))?,
            "precious"
        );
        assert_eq!(place.tree()?, fresh_tree(&files, &[])?);
    }
    Ok(())
}

#[test]
fn the_names_of_the_bookkeeping_are_refused() -> Test {
    let place = Place::new()?;
    for path in [MANIFEST, ".caseloom-tmp/1", ".Caseloom-Tmp"] {
        let error = message(place.publish(&site(&[(path, "")]), Mode::Update));
        assert!(error.contains("keeps for itself"), "{error}");
    }
    assert!(!place.out.exists());
    Ok(())
}

#[test]
fn leftovers_of_killed_builds_are_cleared() -> Test {
    let (old, new) = (site(&[("index.html", "i")]), site(&[("index.html", "I")]));
    for mode in BOTH {
        let place = Place::new()?;
        let target = place.target()?;
        for leftover in [&target.staging, &target.temp] {
            fs::create_dir_all(leftover.join("half"))?;
            fs::write(leftover.join("half/0"), "ha")?;
        }
        place.publish(&old, mode)?;
        assert_eq!(place.tree()?, fresh_tree(&old, &[])?, "{mode:?}: first");
        for leftover in [&target.staging, &target.temp, &target.aside] {
            fs::create_dir_all(leftover.join("half"))?;
        }
        place.publish(&old, mode)?;
        assert_eq!(
            place.tree()?,
            fresh_tree(&old, &[])?,
            "{mode:?}: nothing to do"
        );
        for leftover in [&target.staging, &target.temp, &target.aside] {
            fs::create_dir_all(leftover.join("half"))?;
        }
        place.publish(&new, mode)?;
        assert_eq!(place.tree()?, fresh_tree(&new, &[])?, "{mode:?}: again");
        assert_eq!(place.beside()?, ["content", "public"]);
    }
    Ok(())
}

#[cfg(unix)]
#[test]
fn what_only_has_the_name_of_a_leftover_is_not_removed() -> Test {
    let (old, new) = (site(&[("index.html", "i")]), site(&[("index.html", "I")]));
    for mode in BOTH {
        let place = Place::new()?;
        place.publish(&old, mode)?;
        let target = place.target()?;
        for name in [&target.staging, &target.aside, &target.temp] {
            std::os::unix::fs::symlink(&place.root, name)?;
            let before = place.tree()?;
            let error = message(place.publish(&new, mode));
            assert!(error.contains("something else has it"), "{error}");
            assert_eq!(place.tree()?, before);
            fs::remove_file(name)?;
        }
    }
    Ok(())
}

#[cfg(unix)]
#[test]
fn nothing_is_written_or_removed_through_a_symbolic_link() -> Test {
    let old = site(&[("a/b/c.html", "c"), ("index.html", "i")]);
    let new = site(&[
        ("a/b/c.html", "C"),
        ("a/new.html", "n"),
        ("index.html", "i"),
    ]);
    let without = site(&[("index.html", "I")]);
    for mode in BOTH {
        for link in ["a", "a/b", "a/b/c.html"] {
            let place = Place::new()?;
            place.publish(&old, mode)?;
            let elsewhere = place.dir.path().join("elsewhere");
            fs::rename(place.out.join(link), &elsewhere)?;
            std::os::unix::fs::symlink(&elsewhere, place.out.join(link))?;
            let before = place.tree()?;
            let error = message(place.publish(&new, mode));
            assert!(
                error.contains(&format!("{link} is a symbolic link that")),
                "{error}"
            );
            assert_eq!(place.tree()?, before);

            place.publish(&without, mode)?;
            let deep = elsewhere.join(
                "a/b/c.html"
                    .strip_prefix(link)
                    .unwrap_or("")
                    .trim_start_matches('/'),
            );
            let deep = if link == "a/b/c.html" {
                elsewhere.clone()
            } else {
                deep
            };
            assert_eq!(fs::read_to_string(deep)?, "c", "{mode:?} {link}");
            assert!(place.out.join(link).is_symlink(), "{mode:?} {link}");
        }
    }
    Ok(())
}

#[cfg(unix)]
#[test]
fn an_empty_folder_behind_a_symbolic_link_is_not_removed() -> Test {
    let place = Place::new()?;
    place.publish(&site(&[("a/b/c.html", "c")]), Mode::Update)?;
    let elsewhere = place.dir.path().join("elsewhere");
    fs::rename(place.out.join("a"), &elsewhere)?;
    fs::remove_file(elsewhere.join("b/c.html"))?;
    std::os::unix::fs::symlink(&elsewhere, place.out.join("a"))?;
    place.publish(&site(&[("index.html", "i")]), Mode::Update)?;
    assert!(elsewhere.join("b").is_dir());
    Ok(())
}

#[cfg(unix)]
#[test]
fn an_output_folder_that_is_a_link_stays_one() -> Test {
    let (old, new) = (site(&[("a.html", "a")]), site(&[("b.html", "b")]));
    for mode in BOTH {
        let place = Place::new()?;
        let real = place.dir.path().join("real");
        fs::create_dir(&real)?;
        std::os::unix::fs::symlink(&real, &place.out)?;
        place.publish(&old, mode)?;
        place.publish(&new, mode)?;
        assert!(place.out.is_symlink());
        assert_eq!(place.tree()?, fresh_tree(&new, &[])?);
        assert_eq!(fs::read_to_string(real.join("b.html"))?, "b");
        assert_eq!(fs::read_dir(place.dir.path())?.count(), 2, "{mode:?}");
    }
    Ok(())
}

#[test]
fn only_the_temporary_folder_in_it_is_as_good_as_empty() -> Test {
    let files = site(&[("index.html", "i")]);
    let place = Place::new()?;
    fs::create_dir_all(place.out.join(TEMP).join("x"))?;
    place.publish(&files, Mode::Update)?;
    assert_eq!(place.tree()?, fresh_tree(&files, &[])?);
    Ok(())
}
