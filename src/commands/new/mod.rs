//! `caseloom new study`: a file with every key of a study, to be filled in. Nothing that exists is ever overwritten.

mod form;

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};
use jiff::civil::Date;

use super::Outcome;
use super::init::quoted;
use crate::{pipeline, slug};

/// The folder that holds all studies.
const STUDIES: &str = "content/studies";

/// What was asked for.
#[derive(Debug, Clone)]
pub struct NewStudy {
    /// Root of the library.
    pub root: PathBuf,
    /// What the study is called.
    pub title: String,
    /// The folder below `content/studies`.
    pub folder: Option<String>,
    /// The day on which it joins the library.
    pub today: Date,
    /// Say nothing but problems.
    pub quiet: bool,
}

/// Writes the file and says what to do next.
///
/// # Errors
/// When no file name can be made of the title, or a study of that name exists, or the file can't be written.
pub fn study(new: &NewStudy) -> Result<Outcome> {
    let title = new.title.trim();
    if title.is_empty() || title.chars().any(char::is_control) {
        bail!("the title must be one line of text");
    }
    let slug = slug::slugify(title);
    if !slug::is_valid(&slug) {
        bail!("no file name can be made of {title:?}; a title needs a letter or a digit");
    }
    let folder = folder(new.folder.as_deref())?;
    let words = pipeline::words(&new.root, new.today)?;
    if let Some(other) = words.studies.iter().find(|study| stem(&study.path) == slug) {
        bail!(
            "{} exists already, and a file name is an address; choose another title, which you may change in the file later",
            other.path
        );
    }
    let path = format!("{folder}/{slug}.md");
    let text = form::text(title, new.today, &words.library, &words.config);
    write(&new.root, &folder, &path, &text)?;
    if !new.quiet {
        crate::console::answer(&next(&new.root, &path))?;
    }
    Ok(Outcome::Clean)
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".md").unwrap_or(name)
}

/// `content/studies`, or a folder below it.
fn folder(named: Option<&str>) -> Result<String> {
    let Some(named) = named else {
        return Ok(STUDIES.to_owned());
    };
    let mut folder = STUDIES.to_owned();
    for part in Path::new(named.trim_end_matches('/')).components() {
        let name = match part {
            Component::Normal(name) => name.to_str().filter(|name| slug::is_valid(name)),
            _ => None,
        };
        match name {
            Some(name) => folder.push_str(&format!("/{name}")),
            None => bail!(
                "--folder must be a name such as tower-hamlets, of small letters, digits and single hyphens, not {named:?}"
            ),
        }
    }
    if folder == STUDIES {
        bail!("--folder needs the name of a folder below {STUDIES}");
    }
    Ok(folder)
}

fn write(root: &Path, folder: &str, path: &str, text: &str) -> Result<()> {
    // A symbolic link in place of a folder would lead out of the library.
    for (at, _) in folder.match_indices('/').chain([(folder.len(), "")]) {
        let above = root.join(&folder[..at]);
        if above.is_symlink() {
            bail!("{} is a symbolic link; nothing was written", &folder[..at]);
        }
    }
    fs::create_dir_all(root.join(folder))
        .with_context(|| format!("cannot make the folder {folder}"))?;
    let mut file = match fs::File::create_new(root.join(path)) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!("{path} exists already; nothing was written");
        }
        Err(error) => return Err(error).with_context(|| format!("cannot make {path}")),
    };
    file.write_all(text.as_bytes())
        .with_context(|| format!("cannot write {path}"))
}

/// Where the file is, seen from the current folder, and the next steps.
fn next(root: &Path, path: &str) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let file = root.join(path);
    let path = quoted(file.strip_prefix(&here).unwrap_or(&file));
    let found = pipeline::find_root(&here).ok();
    let root =
        match found.is_some_and(|found| found.canonicalize().ok() == root.canonicalize().ok()) {
            true => String::new(),
            false => format!(" --root {}", quoted(root)),
        };
    format!(
        "{path}\n\nNext:\n\n  \
         1. Open it in any text editor and fill in the keys that have nothing after the colon.\n  \
         2. Take the # away from the other keys that you can fill, and delete those that you can't.\n  \
         3. Tell the story below the second line of ---.\n  \
         4. See what is missing: caseloom check {path}{root}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_stays_below_the_studies() {
        let of = |name| folder(Some(name)).ok();
        assert_eq!(of("places").as_deref(), Some("content/studies/places"));
        assert_eq!(of("a/b/").as_deref(), Some("content/studies/a/b"));
        for bad in [
            "..", "../pages", "/tmp", "", "/", ".", "Places", ".git", "a b", "a\\b",
        ] {
            assert_eq!(of(bad), None, "{bad}");
        }
    }
}
