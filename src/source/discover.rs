//! Which files a library has. Symbolic links never lead out of it.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use walkdir::WalkDir;

use super::file::{Entry, Kind};
use crate::diagnostics::{BOM, Diagnostic, rules};

/// The folder of a library that holds its content.
pub(super) const CONTENT: &str = "content";

/// Walks `content/` and sorts what it finds by path. Hidden files, editors' leftovers and `README.md` are passed over.
///
/// # Errors
/// When the root can't be resolved. A missing `content/` is an empty library; a single unreadable entry is a diagnostic.
pub fn discover(root: &Path) -> Result<(Vec<Entry>, Vec<Diagnostic>)> {
    let root = root
        .canonicalize()
        .with_context(|| format!("cannot open the library {}", root.display()))?;
    let mut entries = Vec::new();
    let mut diagnostics = Vec::new();
    let content = root.join(CONTENT);
    if !content.exists() {
        return Ok((entries, diagnostics));
    }
    let walk = WalkDir::new(&content).into_iter().filter_entry(|entry| {
        entry.depth() == 0 || !is_passed_over(&entry.file_name().to_string_lossy())
    });
    for entry in walk {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = relative(&root, error.path().unwrap_or(&content));
                let message = match error.io_error() {
                    Some(io) => format!("this could not be read: {}", io.kind()),
                    None => "this could not be read".to_owned(),
                };
                diagnostics.push(Diagnostic::new(
                    &rules::UNREADABLE_FILE,
                    &path,
                    0..0,
                    message,
                ));
                continue;
            }
        };
        let path = relative(&root, entry.path());
        if entry.path_is_symlink() {
            if let Some(message) = symlink_problem(&content, entry.path()) {
                diagnostics.push(
                    Diagnostic::new(&rules::SYMBOLIC_LINK, &path, 0..0, message)
                        .help("put a copy of the file here, or take the link away"),
                );
                continue;
            }
        } else if !entry.file_type().is_file() {
            continue;
        }
        let kind = kind_of(&path);
        if let Some(problem) = misplaced(&path, entry.path(), kind) {
            diagnostics.push(problem);
        }
        entries.push(Entry {
            path,
            absolute: entry.into_path(),
            kind,
        });
    }
    // Folders are read in any order, and names that are not Unicode may be shown alike.
    entries.sort_unstable_by(|a, b| (&a.path, &a.absolute).cmp(&(&b.path, &b.absolute)));
    diagnostics.sort_by(|a, b| (&a.path, &a.message).cmp(&(&b.path, &b.message)));
    Ok((entries, diagnostics))
}

/// Whether a file or folder of this name is no part of a library, wherever in it it stands.
pub(crate) fn is_passed_over(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || name.starts_with('#')
        || name.eq_ignore_ascii_case("README.md")
        || name.ends_with(".swp")
        || name.ends_with(".tmp")
}

/// The path under the root with `/`; names that are not Unicode are shown with replacement characters.
fn relative(root: &Path, path: &Path) -> Arc<str> {
    let path = path.strip_prefix(root).unwrap_or(path).to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        path.into()
    } else {
        path.replace(std::path::MAIN_SEPARATOR, "/").into()
    }
}

fn symlink_problem(content: &Path, link: &Path) -> Option<&'static str> {
    match link.canonicalize() {
        Err(_) => Some("this symbolic link leads nowhere"),
        Ok(target) if !target.starts_with(content) => {
            Some("this symbolic link leads out of the library's content")
        }
        Ok(target) if !target.is_file() => Some("symbolic links to folders are not followed"),
        Ok(_) => None,
    }
}

fn kind_of(path: &str) -> Kind {
    let mut parts = path.split('/').skip(1);
    let folder = parts.next().unwrap_or("");
    let name = path.rsplit('/').next().unwrap_or("");
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    match (folder, extension) {
        ("vocabulary", "yaml" | "yml") => Kind::Vocabulary,
        ("evidence", "yaml" | "yml") => Kind::Evidence,
        ("studies", "md") => Kind::Study,
        ("reviews", "md") => Kind::Review,
        ("pages", "md") => Kind::Page,
        _ => Kind::Asset,
    }
}

/// A file that is probably meant as content, but stands where nothing reads it or has another ending.
fn misplaced(path: &Arc<str>, absolute: &Path, kind: Kind) -> Option<Diagnostic> {
    if kind != Kind::Asset {
        return None;
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let section = path.split('/').nth(1).unwrap_or("");
    let holds_markdown = ["studies", "reviews", "pages"].contains(&section);
    let help = match extension.to_ascii_lowercase().as_str() {
        "md" | "markdown" if holds_markdown => format!("rename it to {stem}.md"),
        "txt" | "" if holds_markdown && begins_with_fence(absolute) => {
            format!("it looks like a text of the library; rename it to {}.md", stem.trim_end_matches(".md"))
        }
        "md" | "markdown" | "yaml" | "yml" => {
            "studies, reviews and pages are `.md` files in content/studies, content/reviews and content/pages; \
             references are `.yaml` files in content/evidence"
                .to_owned()
        }
        _ => return None,
    };
    let message = "nothing reads this file here";
    Some(Diagnostic::new(&rules::UNEXPECTED_FILE, path, 0..0, message).help(help))
}

/// Whether a file begins like one with front matter.
fn begins_with_fence(path: &Path) -> bool {
    let mut start = [0; 6];
    let read = std::fs::File::open(path).and_then(|mut file| file.read(&mut start));
    let start = &start[..read.unwrap_or(0)];
    let start = start.strip_prefix(BOM.as_bytes()).unwrap_or(start);
    start.starts_with(b"---")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_says_what_a_file_is() {
        assert_eq!(kind_of("content/studies/a/b.md"), Kind::Study);
        assert_eq!(kind_of("content/studies/a/b.png"), Kind::Asset);
        assert_eq!(kind_of("content/vocabulary/themes.yaml"), Kind::Vocabulary);
        assert_eq!(kind_of("content/evidence/x.yml"), Kind::Evidence);
        assert_eq!(kind_of("content/reviews/trust.md"), Kind::Review);
        assert_eq!(kind_of("content/pages/about.md"), Kind::Page);
        assert_eq!(kind_of("content/about.md"), Kind::Asset);
    }
}
