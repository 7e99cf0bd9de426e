//! The finished site in memory.

use std::collections::BTreeMap;

/// Every file of a site: path relative to the output folder with `/`, and bytes, in the order of the paths.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct FileSet {
    files: Vec<OutputFile>,
}

/// One file of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Path relative to the output folder, with `/`; plain names only, never `.` or `..`.
    pub path: String,
    /// The content.
    pub bytes: Vec<u8>,
}

impl FileSet {
    /// Takes files in and sorts them by path.
    ///
    /// # Panics
    /// When two files have one path, or a path is not made of plain names: the render plan has checked both.
    pub fn new(mut files: Vec<OutputFile>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        for pair in files.windows(2) {
            assert!(
                pair[0].path != pair[1].path,
                "invariant: the render plan has one job a path: {}",
                pair[0].path
            );
        }
        for file in &files {
            assert!(
                is_plain(&file.path),
                "invariant: the render plan makes plain paths: {}",
                file.path
            );
        }
        Self { files }
    }

    /// The files, sorted by path.
    pub fn files(&self) -> &[OutputFile] {
        &self.files
    }

    /// The file at a path.
    pub fn get(&self, path: &str) -> Option<&OutputFile> {
        self.files
            .binary_search_by(|file| file.path.as_str().cmp(path))
            .ok()
            .map(|at| &self.files[at])
    }

    /// How many files there are by extension, for the closing line of a build.
    pub fn count_by_extension(&self) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for file in &self.files {
            let extension = file.path.rsplit_once('.').map_or("", |(_, ext)| ext);
            *counts.entry(extension).or_default() += 1;
        }
        counts
    }
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
}
