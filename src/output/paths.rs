//! Every path of a site, known before any of its files is made.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// The paths of a site, relative to the output folder with `/`, sorted. A file is named by its number: its place here.
#[derive(Debug, Default)]
pub struct Paths {
    sorted: Vec<String>,
    /// By path. The keys are copies so that they lie apart from all else: a build looks up a million links.
    numbers: FxHashMap<Box<[u8]>, usize>,
    are_literal: bool,
}

impl Paths {
    /// Takes paths in and sorts them.
    ///
    /// # Panics
    /// When two are the same, or one is not made of plain names: the render plan has checked both.
    pub fn new(mut paths: Vec<String>) -> Self {
        paths.par_sort_unstable();
        for pair in paths.windows(2) {
            assert!(
                pair[0] != pair[1],
                "invariant: the render plan has one job a path: {}",
                pair[0]
            );
        }
        let numbers = || {
            let keys = paths.iter().map(|path| path.as_bytes().into());
            keys.zip(0..).collect()
        };
        let check = || {
            for path in &paths {
                assert!(
                    is_plain(path),
                    "invariant: the render plan makes plain paths: {path}"
                );
            }
            paths.iter().all(|path| is_literal(path))
        };
        let (numbers, are_literal) = rayon::join(numbers, check);
        Self {
            numbers,
            are_literal,
            sorted: paths,
        }
    }

    /// The paths, sorted.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        self.sorted.iter().map(String::as_str)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.sorted.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// The path of a number.
    ///
    /// # Panics
    /// When there are not as many.
    pub fn get(&self, number: usize) -> &str {
        &self.sorted[number]
    }

    /// The number of a path.
    pub fn number(&self, path: impl AsRef<[u8]>) -> Option<usize> {
        self.numbers.get(path.as_ref()).copied()
    }

    /// Whether a file lies below this folder.
    pub fn has_folder(&self, folder: &str) -> bool {
        let below = format!("{folder}/");
        let first = self.sorted.partition_point(|path| *path < below);
        let first = self.sorted.get(first);
        first.is_some_and(|path| path.starts_with(&below))
    }

    /// Whether none has a character that stands for something else in a link: then a link that is written as a path is leads
    /// to that file.
    pub fn are_literal(&self) -> bool {
        self.are_literal
    }

    /// How many of them are pages.
    pub fn page_count(&self) -> usize {
        self.iter().filter(|path| is_page(path.as_bytes())).count()
    }
}

/// Whether a file is a page, by its path.
pub(super) fn is_page(path: &[u8]) -> bool {
    path.ends_with(b".html")
}

/// Whether all characters of a path mean themselves in a link, without percent signs, entities, queries and fragments.
fn is_literal(path: &str) -> bool {
    path.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"/-._".contains(&byte))
}

/// Whether a path is made of plain names: relative, no empty part, no `.` or `..`, no backslash, colon or NUL.
pub(super) fn is_plain(path: &str) -> bool {
    !path.is_empty()
        && path.split('/').all(|part| {
            !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':', '\0'])
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_paths_stay_inside() {
        for path in ["index.html", "a/b/c.css", ".caseloom-manifest.json"] {
            assert!(is_plain(path), "{path}");
        }
        for path in ["", "/etc", "a//b", "../x", "a/../b", "./a", "c:/x", "a\\b"] {
            assert!(!is_plain(path), "{path}");
        }
    }

    #[test]
    fn a_file_has_the_number_of_its_place() {
        let paths = Paths::new(vec!["b.css".to_owned(), "a/index.html".to_owned()]);
        assert_eq!(paths.iter().collect::<Vec<_>>(), ["a/index.html", "b.css"]);
        assert_eq!(paths.number("b.css"), Some(1));
        assert_eq!(paths.get(1), "b.css");
        assert_eq!(paths.number("c"), None);
        assert_eq!((paths.len(), paths.page_count()), (2, 1));
    }

    #[test]
    fn characters_that_links_write_in_another_way_are_not_literal() {
        let are_literal = |path: &str| Paths::new(vec!["a.css".into(), path.into()]).are_literal();
        assert!(are_literal("Studies/a-b_c.1/index.html"));
        for path in ["a%41", "a&amp;b", "a#b", "a?b", "a b", "é"] {
            assert!(!are_literal(path), "{path}");
        }
    }
}
