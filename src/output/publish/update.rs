//! Bringing an existing site up to date, file by file.
//!
//! The work is planned as a list of steps, so that a test can stop after each of them as a kill would. New and changed
//! files are first written to the temporary folder, all of them: a full disk shows before the site is touched, and what
//! follows are renames, which take a fraction of the time.
//!
//! Nothing is synced to disk: that costs seconds, and if the machine stops (not only the process), the next build
//! compares bytes and finishes. Should it be the manifest that was lost, the next build says that it is damaged.

use anyhow::Result;

use crate::output::file_set::FileSet;

use super::Published;
use super::manifest::Manifest;
use super::plan::plan;
use super::step::run;
use super::survey::survey;
use super::target::{Target, remove_leftover};

/// Brings the site at a target up to date.
///
/// # Errors
/// When something foreign is in the way (then nothing has been written), or the disk fails.
pub(super) fn update(files: &FileSet, manifest: &Manifest, target: &Target) -> Result<Published> {
    let survey = survey(files, manifest, &target.out)?;
    let phases = plan(files, manifest, &survey, target)?;
    let removed = run(&target.out, &phases).inspect_err(|_| {
        // The error that counts is the first one; what stays is cleared by the next build.
        let _ = remove_leftover(&target.temp);
    })?;
    Ok(Published {
        written: survey.to_write(),
        unchanged: survey.same(),
        removed,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeSet, VecDeque};
    use std::fs;

    use anyhow::Context;
    use proptest::collection::{btree_map, btree_set};
    use proptest::prelude::*;
    use proptest::sample::select;

    use crate::output::file_set::OutputFile;

    use super::super::Mode;
    use super::super::fixture::{Place, Tree, fresh_tree, site};
    use super::super::manifest::MANIFEST;
    use super::super::step::Step;
    use super::super::survey::folders;
    use super::super::target::{Found, TEMP};
    use super::*;

    type Test = Result<()>;

    fn old() -> FileSet {
        site(&[
            (
                "index.html",
                "old <a href=\"a/index.html\"><a href=\"gone/index.html\"><link href=\"1.css\">",
            ),
            (
                "a/index.html",
                "old <a href=\"index.html\"><a href=\"gone/too.html\"><link href=\"1.css\">",
            ),
            (
                "b/index.html",
                "same <a href=\"a/index.html\"><img href=\"search.js\">",
            ),
            (
                "gone/index.html",
                "<a href=\"gone/too.html\"><link href=\"1.css\">",
            ),
            (
                "gone/too.html",
                "<a href=\"gone/index.html\"><img href=\"gone/pic.png\">",
            ),
            ("gone/pic.png", "png"),
            ("1.css", "css 1"),
            ("search.js", "old js"),
        ])
    }

    fn new() -> FileSet {
        site(&[
            (
                "index.html",
                "new <a href=\"a/index.html\"><a href=\"new/deep/index.html\"><link href=\"2.css\">",
            ),
            (
                "a/index.html",
                "new <a href=\"index.html\"><a href=\"new/deep/too.html\"><link href=\"2.css\">",
            ),
            (
                "b/index.html",
                "same <a href=\"a/index.html\"><img href=\"search.js\">",
            ),
            (
                "new/deep/index.html",
                "<a href=\"new/deep/too.html\"><a href=\"index.html\"><link href=\"2.css\">",
            ),
            (
                "new/deep/too.html",
                "<a href=\"new/deep/index.html\"><img href=\"new/pic.png\">",
            ),
            ("new/pic.png", "png"),
            ("2.css", "css 2"),
            ("search.js", "new js"),
        ])
    }

    const FOREIGN: [(&str, &str); 2] = [("CNAME", "example.org"), ("gone/mine.txt", "mine")];

    fn place() -> Result<Place> {
        let place = Place::new()?;
        place.publish(&old(), Mode::Update)?;
        for (path, text) in FOREIGN {
            place.write(path, text)?;
        }
        Ok(place)
    }

    /// Runs the first steps of an update, one by one; the answer is whether there were as many. Steps of one phase are
    /// run forwards or backwards: their order must not matter.
    fn run_some(place: &Place, files: &FileSet, count: usize, backwards: bool) -> Result<bool> {
        let target = place.target()?;
        let Found::Site(manifest) = target.look()? else {
            anyhow::bail!("there is no site");
        };
        let survey = survey(files, &manifest, &target.out)?;
        let mut phases = plan(files, &manifest, &survey, &target)?;
        if backwards {
            phases.iter_mut().for_each(|phase| phase.reverse());
        }
        let steps: Vec<_> = phases.iter().flatten().collect();
        for step in steps.iter().take(count) {
            step.run(&target.out)?;
        }
        Ok(count <= steps.len())
    }

    fn links(page: &str) -> impl Iterator<Item = &str> {
        page.split("href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
    }

    /// Every page is whole, and whoever is on a page of both sites can follow links, and links of what they lead to,
    /// without meeting a dead one.
    fn assert_alive(tree: &Tree, when: &str) {
        let text = |files: &FileSet, path: &str| {
            files
                .get(path)
                .map(|file| String::from_utf8_lossy(&file.bytes).into_owned())
        };
        let (old, new) = (old(), new());
        for (path, there) in tree.iter().filter(|(path, there)| {
            path.ends_with(".html") && there.as_str() != "/" && !path.starts_with(TEMP)
        }) {
            let whole = [text(&old, path), text(&new, path)];
            assert!(
                whole.contains(&Some(there.clone())),
                "{when}: {path} is not whole"
            );
        }
        let mut visited: BTreeSet<String> = ["index.html", "a/index.html", "b/index.html"]
            .map(str::to_owned)
            .into();
        let mut to_visit: VecDeque<String> = visited.iter().cloned().collect();
        while let Some(path) = to_visit.pop_front() {
            assert!(
                tree.contains_key(&path),
                "{when}: {path} is linked and not there"
            );
            for link in links(&tree[&path]) {
                if visited.insert(link.to_owned()) {
                    to_visit.push_back(link.to_owned());
                }
            }
        }
    }

    #[test]
    fn pages_are_whole_and_links_alive_after_each_step_and_the_next_build_finishes() -> Test {
        let third = site(&[
            ("a", "a file now"),
            ("new/deep", "too"),
            ("index.html", "third"),
        ]);
        let (fresh, fresh_third) = (fresh_tree(&new(), &FOREIGN)?, fresh_tree(&third, &FOREIGN)?);
        for backwards in [false, true] {
            let mut count = 0;
            loop {
                // Forwards and backwards together, each point is continued in both modes.
                let is_swap = (count % 2 == 0) == backwards;
                let mode = if is_swap { Mode::Swap } else { Mode::Update };
                let when = format!("after {count} steps, backwards: {backwards}, then {mode:?}");
                let place = place()?;
                if !run_some(&place, &new(), count, backwards)? {
                    break;
                }
                assert_alive(&place.tree()?, &when);
                place.publish(&new(), mode)?;
                assert_eq!(place.tree()?, fresh, "{when}");
                let place = self::place()?;
                run_some(&place, &new(), count, backwards)?;
                place.publish(&third, mode)?;
                assert_eq!(place.tree()?, fresh_third, "{when}, another site");
                count += 1;
            }
            assert!(count > 25, "the plan has many steps, {count} were run");
        }
        Ok(())
    }

    #[test]
    fn files_are_placed_in_the_order_that_links_need() -> Test {
        let place = place()?;
        let target = place.target()?;
        let Found::Site(manifest) = target.look()? else {
            anyhow::bail!("there is no site");
        };
        let files = new();
        let survey = survey(&files, &manifest, &target.out)?;
        let phases = plan(&files, &manifest, &survey, &target)?;
        let mut acts: Vec<Vec<&str>> = Vec::new();
        for phase in &phases {
            acts.push(Vec::new());
            for step in phase {
                if let Step::Place { path, .. } | Step::RemoveFile { path, .. } = step {
                    acts.last_mut().context("a phase")?.push(path);
                }
            }
        }
        acts.retain(|paths| !paths.is_empty());
        assert_eq!(
            acts,
            [
                vec![MANIFEST],
                vec!["2.css", "new/pic.png"],
                vec!["new/deep/index.html", "new/deep/too.html"],
                vec!["search.js"],
                vec!["a/index.html"],
                vec!["index.html"],
                vec!["1.css", "gone/index.html", "gone/pic.png", "gone/too.html"],
                vec![MANIFEST],
            ]
        );
        Ok(())
    }

    #[test]
    fn a_write_that_was_cut_short_never_shows() -> Test {
        let place = place()?;
        // Temporary folder and the first staged files; then the last of them is cut.
        run_some(&place, &new(), 4, false)?;
        let temp = place.target()?.temp;
        for entry in fs::read_dir(&temp)? {
            fs::write(entry?.path(), "ne")?;
        }
        assert_alive(&place.tree()?, "cut");
        place.publish(&new(), Mode::Update)?;
        assert_eq!(place.tree()?, fresh_tree(&new(), &FOREIGN)?);
        Ok(())
    }

    #[test]
    fn a_kill_with_half_of_the_files_in_place_leaves_nothing_foreign() -> Test {
        let place = place()?;
        let listed = Manifest::of(&old()).union(&Manifest::of(&new()));
        place.write(MANIFEST, &String::from_utf8(listed.to_json())?)?;
        place.write(".caseloom-tmp/3", "half a pa")?;
        place.write("new/pic.png", "png")?;
        place.write("2.css", "css 2")?;
        fs::create_dir(place.out.join("new/deep"))?;
        for (files, mode) in [
            (new(), Mode::Update),
            (old(), Mode::Swap),
            (new(), Mode::Swap),
        ] {
            place.publish(&files, mode)?;
            assert_eq!(place.tree()?, fresh_tree(&files, &FOREIGN)?, "{mode:?}");
        }
        Ok(())
    }

    #[test]
    fn after_a_kill_what_was_there_is_not_written_again() -> Test {
        let place = place()?;
        let published = place.publish(&old(), Mode::Update)?;
        assert_eq!(published.unchanged, old().files().len());
        place.make_old("b/index.html")?;
        run_some(&place, &new(), 17, false)?;
        place.publish(&new(), Mode::Update)?;
        assert!(place.is_old("b/index.html")?);
        Ok(())
    }

    /// Paths of up to three names out of three.
    fn path() -> impl Strategy<Value = String> {
        let name = || select(vec!["a", "b", "index.html"]);
        proptest::collection::vec(name(), 1..4).prop_map(|names| names.join("/"))
    }

    /// Small sites in which no path is a file and a folder at once.
    fn any_site() -> impl Strategy<Value = FileSet> {
        btree_map(path(), select(vec!["1", "2", "33"]), 0..7).prop_map(|files| {
            let needed: BTreeSet<String> = folders(files.keys().map(String::as_str))
                .into_iter()
                .map(str::to_owned)
                .collect();
            let files = files.into_iter().filter(|(path, _)| !needed.contains(path));
            let file = |(path, text): (String, &str)| OutputFile {
                path,
                bytes: text.into(),
            };
            FileSet::new(files.map(file).collect())
        })
    }

    /// Foreign files that can stand in a site, each in a folder of the names that sites use.
    fn foreign() -> impl Strategy<Value = BTreeSet<String>> {
        btree_set(path(), 0..3)
    }

    fn ends_as_if_fresh(
        (first, second, last): (&FileSet, &FileSet, &FileSet),
        foreign: &BTreeSet<String>,
        kill: usize,
        mode: Mode,
    ) -> Test {
        let place = Place::new()?;
        place.publish(first, Mode::Update)?;
        let foreign: Vec<String> = foreign
            .iter()
            .map(|folder| format!("{folder}/own.txt"))
            .filter(|path| place.write(path, "mine").is_ok())
            .collect();
        // Foreign files may forbid it: then nothing is done.
        let _ = run_some(&place, second, kill, false);
        let before = place.tree()?;
        let published = place.publish(last, mode);
        let is_in_the_way = last.files().iter().any(|file| {
            foreign
                .iter()
                .any(|path| path.starts_with(&format!("{}/", file.path)))
        });
        if is_in_the_way {
            assert!(published.is_err());
            assert_eq!(place.tree()?, before);
        } else {
            published?;
            let foreign: Vec<_> = foreign.iter().map(|path| (path.as_str(), "mine")).collect();
            assert_eq!(place.tree()?, fresh_tree(last, &foreign)?);
        }
        assert_eq!(place.beside()?, ["content", "public"]);
        Ok(())
    }

    proptest! {
        // Each case makes some hundred files; 20,000 cases have been run once.
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_site_after_any_other_and_any_kill_ends_as_if_fresh(
            first in any_site(),
            second in any_site(),
            last in any_site(),
            foreign in foreign(),
            kill in 0..40_usize,
            swap in any::<bool>(),
        ) {
            let mode = if swap { Mode::Swap } else { Mode::Update };
            let outcome = ends_as_if_fresh((&first, &second, &last), &foreign, kill, mode);
            prop_assert!(outcome.is_ok(), "{outcome:?}");
        }
    }
}
