//! Bringing an existing site up to date, file by file.
//!
//! New and changed files are first written to the temporary folder, all of them: a full disk shows before the site is
//! touched, and what follows are renames, which take a fraction of the time. They are planned as a list of steps, so that
//! a test can stop after each of them as a kill would.
//!
//! Nothing is synced to disk: that costs seconds, and if the machine stops (not only the process), the next build
//! compares bytes and finishes. Should it be the manifest that was lost, the next build says that it is damaged.

use std::fs;
use std::io::ErrorKind;

use anyhow::{Context, Result};

use crate::output::paths::Paths;
use crate::source::Stamp;

use super::manifest::Manifest;
use super::plan::plan;
use super::step::run;
use super::survey::{Fate, Survey};
use super::target::{Target, remove_leftover};
use super::tree::make_folder;
use super::{Known, Published, Taken};

/// A site that is brought up to date.
#[derive(Debug)]
pub(super) struct Update<'p>(Survey<'p>);

impl<'p> Update<'p> {
    /// Looks what stands at a target.
    ///
    /// # Errors
    /// When something foreign is in the way, or the disk fails.
    pub(super) fn begin(paths: &'p Paths, manifest: Manifest, target: Target) -> Result<Self> {
        remove_leftover(&target.temp)?;
        Survey::new(paths, manifest, target).map(Self)
    }

    /// Stages the file of a number if it differs from what is there.
    ///
    /// # Errors
    /// When the disk fails.
    pub(super) fn take(&self, number: usize, bytes: &[u8]) -> Result<(Fate, Option<Stamp>)> {
        let fate = self.0.fate(number, bytes)?;
        if !matches!(fate, Fate::Same | Fate::Foreign) {
            self.stage(number, bytes)?;
        }
        let stamp = (fate == Fate::Same).then(|| self.0.stamp(number));
        Ok((fate, stamp.flatten()))
    }

    /// Takes the file of a number in as it stands, if it is known.
    pub(super) fn keep(&self, number: usize, known: &Known) -> Option<Taken> {
        self.0.stands(number, known)
    }

    /// The temporary folder is made for the first file that needs it.
    fn stage(&self, number: usize, bytes: &[u8]) -> Result<()> {
        let temp = &self.0.target.temp;
        let path = temp.join(number.to_string());
        let written = match fs::write(&path, bytes) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                make_folder(temp)?;
                fs::write(&path, bytes)
            }
            written => written,
        };
        written.with_context(|| format!("cannot write {}", path.display()))
    }

    /// Brings the site up to date.
    ///
    /// # Errors
    /// When something foreign is in the way (then nothing has been touched), or the disk fails.
    pub(super) fn finish(self, taken: &[Taken], listed: &Manifest) -> Result<Published> {
        self.0.refuse_foreign(taken)?;
        let phases = plan(&self.0, taken, listed);
        Ok(Published {
            removed: run(&self.0.target.out, &phases)?,
            ..Published::of(taken)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeSet, VecDeque};
    use std::fs;

    use proptest::collection::{btree_map, btree_set};
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::super::Mode;
    use super::super::fixture::{Place, Site, Tree, fresh_tree, site};
    use super::super::manifest::MANIFEST;
    use super::super::step::Step;
    use super::super::survey::folders;
    use super::super::target::{Found, TEMP};
    use super::*;

    type Test = Result<()>;

    fn old() -> Site {
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

    fn new() -> Site {
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

    /// Begins to bring the site at a place up to date.
    fn begin<'p>(place: &Place, site: &'p Site) -> Result<Update<'p>> {
        let target = place.target()?;
        let Found::Site(manifest) = target.look(None)? else {
            anyhow::bail!("there is no site");
        };
        Update::begin(&site.paths, manifest, target)
    }

    /// Takes the first files in, and then runs the first steps, one by one; the answer is whether there were as many.
    /// Files, and steps of one phase, come forwards or backwards: their order must not matter.
    fn run_some(place: &Place, site: &Site, count: usize, backwards: bool) -> Result<bool> {
        let update = begin(place, site)?;
        let mut numbers: Vec<usize> = (0..site.paths.len()).collect();
        if backwards {
            numbers.reverse();
        }
        let mut taken = Vec::new();
        for number in numbers.into_iter().take(count) {
            let bytes = site.bytes(number);
            taken.push((number, Taken::of(update.take(number, bytes)?, bytes)));
        }
        let Some(count) = count.checked_sub(site.paths.len()) else {
            return Ok(true);
        };
        taken.sort_by_key(|(number, _)| *number);
        let taken: Vec<Taken> = taken.into_iter().map(|(_, taken)| taken).collect();
        if update.0.refuse_foreign(&taken).is_err() {
            return Ok(false);
        }
        let mut phases = plan(&update.0, &taken, &Manifest::of(&site.paths, &taken));
        if backwards {
            phases.iter_mut().for_each(|phase| phase.reverse());
        }
        let steps: Vec<_> = phases.iter().flatten().collect();
        for step in steps.iter().take(count) {
            step.run(&update.0.target.out)?;
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
        let text = |site: &Site, path: &str| {
            let number = site.paths.number(path)?;
            Some(String::from_utf8_lossy(site.bytes(number)).into_owned())
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
        let site = new();
        let update = begin(&place, &site)?;
        let taken: Vec<Taken> = (0..site.paths.len())
            .map(|number| {
                let bytes = site.bytes(number);
                Ok(Taken::of(update.take(number, bytes)?, bytes))
            })
            .collect::<Result<_>>()?;
        let phases = plan(&update.0, &taken, &Manifest::of(&site.paths, &taken));
        let mut acts: Vec<Vec<&str>> = Vec::new();
        for phase in &phases {
            let paths = phase.iter().filter_map(|step| match step {
                Step::Place { path, .. } | Step::RemoveFile { path, .. } => Some(*path),
                _ => None,
            });
            acts.push(paths.collect());
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
        let listed = old().manifest().union(&new().manifest());
        place.write(MANIFEST, &String::from_utf8(listed.json().to_vec())?)?;
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
        assert_eq!(published.unchanged, old().paths.len());
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
    fn any_site() -> impl Strategy<Value = Site> {
        btree_map(path(), select(vec!["1", "2", "33"]), 0..7).prop_map(|files| {
            let needed: BTreeSet<String> = folders(files.keys().map(String::as_str))
                .into_iter()
                .map(str::to_owned)
                .collect();
            let files = files.iter().filter(|(path, _)| !needed.contains(*path));
            let files: Vec<(&str, &str)> = files.map(|(path, text)| (&**path, *text)).collect();
            site(&files)
        })
    }

    /// Foreign files that can stand in a site, each in a folder of the names that sites use.
    fn foreign() -> impl Strategy<Value = BTreeSet<String>> {
        btree_set(path(), 0..3)
    }

    fn ends_as_if_fresh(
        (first, second, last): (&Site, &Site, &Site),
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
        let mut before = place.tree()?;
        // What the killed build left is cleared in any case.
        before.retain(|path, _| !path.starts_with(TEMP));
        let published = place.publish(last, mode);
        let is_in_the_way = last.paths.iter().any(|file| {
            foreign
                .iter()
                .any(|path| path.starts_with(&format!("{file}/")))
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
