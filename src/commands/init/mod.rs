//! `caseloom init`: a new library that builds and checks clean at once. Nothing that exists is ever overwritten.

mod place;
mod starter;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use jiff::civil::Date;

use self::place::{Place, Written};
use self::starter::Values;
use super::Outcome;

/// What was asked for.
#[derive(Debug, Clone)]
pub struct Init {
    /// The folder of the new library; it may exist.
    pub dir: PathBuf,
    /// Its title; the name of the folder otherwise.
    pub title: Option<String>,
    /// Where the workflows get caseloom from.
    pub tool_repository: Option<String>,
    /// The day on which the library begins.
    pub today: Date,
    /// Say nothing but problems.
    pub quiet: bool,
}

/// Makes the library and says what to do next.
///
/// # Errors
/// When a file is in the way, the title or the address can't be used, or the folder can't be written to. Nothing was
/// written then.
pub fn run(init: &Init) -> Result<Outcome> {
    let title = match &init.title {
        Some(title) => title.trim().to_owned(),
        None => title_of_folder(&init.dir)?,
    };
    if title.is_empty() || title.chars().any(char::is_control) {
        bail!("the title must be one line of text: --title \"What the library is called\"");
    }
    let tool = init.tool_repository.as_deref().unwrap_or("");
    if !tool.is_empty() && !is_plain_address(tool) {
        bail!(
            "--tool-repository must be an address such as https://github.com/OWNER/caseloom, without a password, not {tool:?}"
        );
    }
    let files = starter::files(&Values {
        title: &title,
        tool,
        today: init.today,
    })?;
    let place = Place::survey(&init.dir, &files)?;
    if !place.in_the_way().is_empty() {
        let mut message = format!(
            "nothing was written, since this is in the way in {}:\n",
            init.dir.display()
        );
        for obstacle in place.in_the_way() {
            message.push_str(&format!("  {obstacle}\n"));
        }
        message.push_str("Choose another folder, or move these out of it");
        bail!(message);
    }
    let written = place.write(&files)?;
    if !init.quiet {
        crate::console::answer(&report(init, &title, &written))?;
    }
    Ok(Outcome::Clean)
}

/// `harbour-library` becomes `Harbour library`.
fn title_of_folder(dir: &Path) -> Result<String> {
    // `.` and `..` have a name only once they are resolved; a folder that is not there yet can't be.
    let resolved = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
    let name = resolved.file_name().map(|name| name.to_string_lossy());
    let words = name.unwrap_or_default().replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    let first = letters
        .next()
        .context("the folder has no name to take the title from; give one with --title")?;
    Ok(first.to_uppercase().chain(letters).collect())
}

/// Whether an address can stand in a workflow that everybody can read: `https://`, no user and no password in it, and
/// no character that means something to YAML or a shell.
fn is_plain_address(address: &str) -> bool {
    address.strip_prefix("https://").is_some_and(|rest| {
        !rest.is_empty()
            && rest
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-._~/:%+".contains(&b))
    })
}

/// What was made, and the next three steps.
fn report(init: &Init, title: &str, written: &Written) -> String {
    let dir = init.dir.display();
    let mut out = format!("A new library, \"{title}\", in {dir}:\n\n");
    for path in &written.made {
        out.push_str(&format!("  {path}\n"));
    }
    if !written.kept.is_empty() {
        out.push_str("\nKept as they were:\n\n");
        for (path, remark) in &written.kept {
            out.push_str(&format!("  {path}  ({remark})\n"));
        }
    }
    let shown = quoted(&init.dir);
    let index = quoted(&init.dir.join("public").join("index.html"));
    let address = match &init.tool_repository {
        Some(_) => String::new(),
        None => format!(
            "\n     First write into {} where caseloom lives.",
            starter::TOOL_ACTION
        ),
    };
    let readme = match written.made.contains(&"README.md") {
        true => " README.md says more.",
        false => "",
    };
    out.push_str(&format!(
        "\nNext:\n\n  \
         1. Look at it: caseloom build --root {shown}\n     \
         Then open {index} in a browser.\n  \
         2. Replace the example, {}, by a study of yours.\n  \
         3. Put it on GitHub, and choose there: Settings > Pages > Source: GitHub Actions.{readme}{address}\n",
        starter::EXAMPLE
    ));
    out
}

/// A path as it can be copied into a terminal.
pub(super) fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = text
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"-._~/\\:".contains(&b));
    match plain {
        true => text,
        // A name on Windows has no such marks, and its shells know no way to write one.
        false if cfg!(windows) => format!("\"{text}\""),
        false => format!("'{}'", text.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_its_name_to_the_library() {
        let title = |path: &str| title_of_folder(Path::new(path)).expect("a name");
        assert_eq!(title("no-such/harbour-library"), "Harbour library");
        assert_eq!(title("no-such/Dock_Road/"), "Dock Road");
        assert!(title_of_folder(Path::new("/")).is_err());
    }

    #[test]
    fn addresses_hold_no_secret_and_nothing_that_a_shell_reads() {
        for good in [
            "https://git.example/caseloom",
            "https://git.example:8443/a/b.git",
        ] {
            assert!(is_plain_address(good), "{good}");
        }
        for bad in [
            "git.example/caseloom",
            "http://git.example/caseloom",
            "https://",
            "https://user:secret@git.example/caseloom",
            "https://git.example/$(id)",
            "https://git.example/\"\nx: y",
        ] {
            assert!(!is_plain_address(bad), "{bad}");
        }
    }
}
