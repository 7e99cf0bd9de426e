//! Exchanging an existing site for a new one in a single moment.
//!
//! The new tree is made beside the old one. Files that stay the same and everything foreign are hard-linked into it, so
//! that they keep their identity and cost no space.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::output::paths::Paths;

use super::manifest::{MANIFEST, Manifest};
use super::survey::{Fate, Survey};
use super::target::{TEMP, Target, is_leftover, look_at, remove_leftover, remove_tree};
use super::tree::{
    keep_permissions, link_or_copy, make_folder, make_folder_of, make_staging, put, write,
};
use super::{Known, Published, Taken};

/// A site that is exchanged for a new one.
#[derive(Debug)]
pub(super) struct Swap<'p>(Survey<'p>);

impl<'p> Swap<'p> {
    /// Looks what stands at a target, and makes the folder of the new tree.
    ///
    /// # Errors
    /// When something foreign is in the way, when the parent folder can't be written, or the disk fails.
    pub(super) fn begin(paths: &'p Paths, manifest: Manifest, target: Target) -> Result<Self> {
        // Not carried over, so it had better be caseloom's.
        is_leftover(&target.temp)?;
        let survey = Survey::new(paths, manifest, target)?;
        make_staging(&survey.target)?;
        Ok(Self(survey))
    }

    /// Brings the file of a number into the new tree; one that is the same in the old tree is linked from there, so that
    /// it keeps its time.
    ///
    /// # Errors
    /// When the disk fails.
    pub(super) fn take(&self, number: usize, bytes: &[u8]) -> Result<Fate> {
        let Survey { paths, target, .. } = &self.0;
        let fate = self.0.fate(number, bytes)?;
        match fate {
            Fate::Same => self.carry(number)?,
            Fate::Foreign => {}
            Fate::New | Fate::Behind | Fate::Changed => {
                put(&target.staging.join(paths.get(number)), bytes)?;
            }
        }
        Ok(fate)
    }

    /// Links the file of a number from the old tree, if it stands there and is known.
    ///
    /// # Errors
    /// When the disk fails.
    pub(super) fn keep(&self, number: usize, known: &Known) -> Result<Option<Taken>> {
        let Some(mut taken) = self.0.stands(number, known) else {
            return Ok(None);
        };
        self.carry(number)?;
        // A file with a second name has another stamp.
        taken.known.stamp = None;
        Ok(Some(taken))
    }

    fn carry(&self, number: usize) -> Result<()> {
        let Survey { paths, target, .. } = &self.0;
        let path = paths.get(number);
        let (old, new) = (target.out.join(path), target.staging.join(path));
        make_folder_of(&new)?;
        link_or_copy(&old, &new).map(|_| ())
    }

    /// Exchanges the two trees. When nothing differs, nothing is exchanged.
    ///
    /// # Errors
    /// When something foreign has a name that the site needs, or the disk fails: then the old site stands as before.
    pub(super) fn finish(self, taken: &[Taken], listed: &Manifest) -> Result<Published> {
        self.0.refuse_foreign(taken)?;
        let target = &self.0.target;
        let mut published = Published::of(taken);
        let json = listed.json();
        let is_listed = || fs::read(target.out.join(MANIFEST)).is_ok_and(|there| there == json);
        if published.written == 0 && is_listed() {
            remove_leftover(&target.temp)?;
            return Ok(published);
        }
        write(&target.staging.join(MANIFEST), json)?;
        published.removed = Carry(&self.0).folder(Path::new(""), Some(String::new()))?;
        keep_permissions(&target.out, &target.staging)?;
        let old = exchange(target)?;
        remove_tree(&old).with_context(|| {
            format!(
                "the new site is in its place, but the old one could not be removed from {}",
                old.display()
            )
        })?;
        Ok(published)
    }
}

/// Carries what is not caseloom's from the old tree to the new one.
struct Carry<'a>(&'a Survey<'a>);

impl Carry<'_> {
    /// Carries what is in a folder; `name` is its path with `/`, if that is Unicode. The answer is how many own files
    /// stay behind because the new site doesn't have them.
    fn folder(&self, path: &Path, name: Option<String>) -> Result<usize> {
        let from = self.0.target.out.join(path);
        let fail = || format!("cannot read {}", from.display());
        let mut removed = 0;
        for entry in fs::read_dir(&from).with_context(fail)? {
            let entry = entry.with_context(fail)?;
            let kind = entry.file_type().with_context(fail)?;
            let path = path.join(entry.file_name());
            let name = match (&name, entry.file_name().to_str()) {
                (Some(above), Some(name)) if above.is_empty() => Some(name.to_owned()),
                (Some(above), Some(name)) => Some(format!("{above}/{name}")),
                _ => None,
            };
            let listed = name.as_deref();
            if listed.is_some_and(|name| name == MANIFEST || name == TEMP) {
                continue;
            }
            if kind.is_dir() {
                removed += self.subfolder(&path, name)?;
            } else if kind.is_file() && listed.is_some_and(|name| self.is_own(name)) {
                let successor = look_at(&self.0.target.staging.join(&path))?;
                removed += usize::from(!successor.is_some_and(|metadata| metadata.is_file()));
            } else {
                self.entry(&path, kind.is_symlink())?;
            }
        }
        Ok(removed)
    }

    fn is_own(&self, name: &str) -> bool {
        // A file that only the new site lists has the new bytes, or the survey would have refused it.
        self.0.paths.number(name).is_some() || self.0.manifest.owns(&self.0.target.out, name)
    }

    fn subfolder(&self, path: &Path, name: Option<String>) -> Result<usize> {
        let from = self.0.target.out.join(path);
        refuse_mount_point(&self.0.target.out, &from)?;
        if name
            .as_deref()
            .is_some_and(|name| self.0.manifest.has_folder(name))
        {
            // Made with the site's files, or with the first foreign thing in it.
            return self.folder(path, name);
        }
        let to = self.0.target.staging.join(path);
        self.make_parents(path)?;
        make_folder(&to)?;
        let removed = self.folder(path, name)?;
        // Last: a folder that may not be written can't be filled.
        keep_permissions(&from, &to)?;
        Ok(removed)
    }

    fn entry(&self, path: &Path, is_symlink: bool) -> Result<()> {
        let (from, to) = (
            self.0.target.out.join(path),
            self.0.target.staging.join(path),
        );
        self.make_parents(path)?;
        if is_symlink {
            return copy_link(&from, &to);
        }
        // No build could make this file again, and the original is about to be removed.
        if let Some(copy) = link_or_copy(&from, &to)? {
            copy.sync_all()
                .with_context(|| format!("cannot write {}", to.display()))?;
        }
        Ok(())
    }

    fn make_parents(&self, path: &Path) -> Result<()> {
        let Some(parent) = path.parent() else {
            return Ok(());
        };
        let parent = self.0.target.staging.join(parent);
        fs::create_dir_all(&parent)
            .with_context(|| format!("cannot make the folder {}", parent.display()))
    }
}

fn copy_link(from: &Path, to: &Path) -> Result<()> {
    let copy = || {
        let leads_to = fs::read_link(from)?;
        make_link(&leads_to, from, to)
    };
    copy().with_context(|| format!("cannot copy the symbolic link {}", from.display()))
}

#[cfg(unix)]
fn make_link(leads_to: &Path, _: &Path, to: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(leads_to, to)
}

#[cfg(windows)]
fn make_link(leads_to: &Path, from: &Path, to: &Path) -> std::io::Result<()> {
    if fs::metadata(from).is_ok_and(|metadata| metadata.is_dir()) {
        std::os::windows::fs::symlink_dir(leads_to, to)
    } else {
        std::os::windows::fs::symlink_file(leads_to, to)
    }
}

/// A volume that is mounted inside the site would stay in the old tree and be emptied with it.
#[cfg(unix)]
fn refuse_mount_point(out: &Path, folder: &Path) -> Result<()> {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| -> Result<Option<u64>> { Ok(look_at(path)?.map(|it| it.dev())) };
    if device(out)? != device(folder)? {
        bail!(
            "cannot exchange the site: another disk is mounted at {}; build without --swap",
            folder.display()
        );
    }
    Ok(())
}

#[cfg(not(unix))]
fn refuse_mount_point(_: &Path, _: &Path) -> Result<()> {
    Ok(())
}

/// Puts the staged tree in the place of the old one; the answer is where the old one is now.
fn exchange(target: &Target) -> Result<PathBuf> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        let (staging, out) = (&target.staging, &target.out);
        match renameat_with(CWD, staging, CWD, out, RenameFlags::EXCHANGE) {
            Ok(()) => return Ok(staging.clone()),
            // Not every kernel and file system can do it.
            Err(Errno::NOSYS | Errno::INVAL | Errno::OPNOTSUPP) => {}
            Err(error) => return Err(error).with_context(|| cannot_exchange(target)),
        }
    }
    exchange_by_two_renames(target)
}

/// Between the two renames there is no site for a moment; the next build puts the old one back if a kill hits it.
fn exchange_by_two_renames(target: &Target) -> Result<PathBuf> {
    fs::rename(&target.out, &target.aside).with_context(|| cannot_exchange(target))?;
    if let Err(error) = fs::rename(&target.staging, &target.out) {
        if fs::rename(&target.aside, &target.out).is_err() {
            bail!(
                "{}: {error}. The old site is whole, at {}; the next build puts it back",
                cannot_exchange(target),
                target.aside.display()
            );
        }
        return Err(error).with_context(|| cannot_exchange(target));
    }
    Ok(target.aside.clone())
}

fn cannot_exchange(target: &Target) -> String {
    format!(
        "cannot exchange {} for the new site beside it",
        target.out.display()
    )
}

#[cfg(test)]
mod tests {
    use super::super::Mode;
    use super::super::fixture::{Place, Site, fresh_tree, site};
    use super::*;

    type Test = Result<()>;
    type Kill<'a> = &'a dyn Fn(&Target) -> Result<()>;

    fn old() -> Site {
        site(&[
            ("index.html", "old"),
            ("a/same.html", "same"),
            ("gone/x", "x"),
        ])
    }

    fn new() -> Site {
        site(&[("index.html", "new"), ("a/same.html", "same"), ("b/y", "y")])
    }

    const FOREIGN: [(&str, &str); 4] = [
        ("CNAME", "example.org"),
        ("gone/notes", "n"),
        ("mine/deep/er", "m"),
        ("b/readme", "b"),
    ];

    /// A place with the old site and foreign files in it.
    fn place() -> Result<Place> {
        let place = Place::new()?;
        place.publish(&old(), Mode::Swap)?;
        for (path, text) in FOREIGN {
            place.write(path, text)?;
        }
        Ok(place)
    }

    /// Makes a tree of the new site, with half a manifest.
    fn stage(target: &Target) -> Result<()> {
        let site = new();
        make_staging(target)?;
        for (number, path) in site.paths.iter().enumerate() {
            put(&target.staging.join(path), site.bytes(number))?;
        }
        write(&target.staging.join(MANIFEST), b"half")
    }

    #[test]
    fn what_is_foreign_and_what_is_the_same_goes_over() -> Test {
        let place = place()?;
        for path in ["a/same.html", "gone/notes"] {
            place.make_old(path)?;
        }
        let published = place.publish(&new(), Mode::Swap)?;
        assert_eq!(
            (published.written, published.unchanged, published.removed),
            (2, 1, 1)
        );
        assert!(place.is_old("a/same.html")? && place.is_old("gone/notes")?);
        assert_eq!(place.tree()?, fresh_tree(&new(), &FOREIGN)?);
        assert_eq!(place.beside()?, ["content", "public"]);
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_of_what_is_foreign_go_over() -> Test {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let place = place()?;
        let mode = |path: &str| -> Result<u32> {
            Ok(fs::metadata(place.out.join(path))?.permissions().mode() & 0o777)
        };
        symlink("../elsewhere", place.out.join("mine/link"))?;
        symlink("/nowhere", place.out.join("a/broken"))?;
        fs::create_dir(place.out.join("a/empty"))?;
        for (path, bits) in [
            ("", 0o750),
            ("mine", 0o700),
            ("mine/deep", 0o500),
            ("CNAME", 0o600),
        ] {
            fs::set_permissions(place.out.join(path), fs::Permissions::from_mode(bits))?;
        }
        place.publish(&new(), Mode::Swap)?;
        let mut expected = fresh_tree(&new(), &FOREIGN)?;
        expected.insert("mine/link".to_owned(), "-> ../elsewhere".to_owned());
        expected.insert("a/broken".to_owned(), "-> /nowhere".to_owned());
        expected.insert("a/empty".to_owned(), "/".to_owned());
        assert_eq!(place.tree()?, expected);
        assert_eq!(mode("")?, 0o750);
        assert_eq!(mode("mine")?, 0o700);
        assert_eq!(mode("mine/deep")?, 0o500);
        assert_eq!(mode("CNAME")?, 0o600);
        fs::set_permissions(
            place.out.join("mine/deep"),
            fs::Permissions::from_mode(0o700),
        )?;
        Ok(())
    }

    #[test]
    fn two_renames_do_where_folders_can_not_be_exchanged() -> Test {
        let place = place()?;
        let target = place.target()?;
        stage(&target)?;
        let old = exchange_by_two_renames(&target)?;
        assert_eq!(old, target.aside);
        assert_eq!(fs::read_to_string(old.join("index.html"))?, "old");
        assert_eq!(fs::read_to_string(place.out.join("index.html"))?, "new");
        Ok(())
    }

    #[test]
    fn the_old_site_is_put_back_when_the_new_one_can_not_be_moved_in() -> Test {
        let place = place()?;
        let before = place.tree()?;
        // Without a staged tree the second rename fails.
        assert!(exchange_by_two_renames(&place.target()?).is_err());
        assert_eq!(place.tree()?, before);
        assert_eq!(place.beside()?, ["content", "public"]);
        Ok(())
    }

    #[test]
    fn a_kill_at_any_point_of_a_swap_is_made_good() -> Test {
        let kills: [(&str, Kill); 5] = [
            ("half staged", &|target| {
                Ok(fs::create_dir(&target.staging)?)
            }),
            ("staged", &stage),
            ("between two renames", &|target| {
                stage(target)?;
                Ok(fs::rename(&target.out, &target.aside)?)
            }),
            (
                "between two renames, then somebody made the folder",
                &|target| {
                    stage(target)?;
                    fs::rename(&target.out, &target.aside)?;
                    Ok(fs::create_dir(&target.out)?)
                },
            ),
            ("old site not yet removed", &|target| {
                fs::create_dir(&target.staging)?;
                fs::write(target.staging.join("old"), "")?;
                fs::create_dir(&target.aside)?;
                Ok(fs::write(target.aside.join("old"), "")?)
            }),
        ];
        for (name, kill) in kills {
            for mode in [Mode::Update, Mode::Swap] {
                let place = place()?;
                kill(&place.target()?)?;
                place.look()?;
                place.publish(&new(), mode)?;
                assert_eq!(
                    place.tree()?,
                    fresh_tree(&new(), &FOREIGN)?,
                    "{name} {mode:?}"
                );
                assert_eq!(place.beside()?, ["content", "public"], "{name} {mode:?}");
            }
        }
        Ok(())
    }
}
