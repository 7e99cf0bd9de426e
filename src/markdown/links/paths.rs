//! Paths of the library, and what a link says before its path.

/// The name of a file without its folder and extension.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The scheme of an address, if it has one. A drive letter or a colon after a slash is none.
pub(super) fn scheme(destination: &str) -> Option<&str> {
    let (scheme, _) = destination.split_once(':')?;
    let mut bytes = scheme.bytes();
    let good = bytes.next().is_some_and(|b| b.is_ascii_alphabetic())
        && bytes.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    good.then_some(scheme)
}

/// The path that `relative` means in the folder of the file `from`; `None` when it leaves the library.
pub(super) fn join(from: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The shortest relative path from the folder of one file to another.
pub(super) fn relative_path(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let common = from
        .iter()
        .zip(&to)
        .take_while(|(a, b)| a == b)
        .count()
        .min(from.len() - 1);
    let mut path = "../".repeat(from.len() - 1 - common);
    path.push_str(&to[common..].join("/"));
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_are_found_as_browsers_find_them() {
        assert_eq!(scheme("JaVaScRiPt:alert(1)"), Some("JaVaScRiPt"));
        assert_eq!(scheme("https://x"), Some("https"));
        assert_eq!(scheme("a/b:c"), None);
        assert_eq!(scheme("x.md"), None);
        assert_eq!(scheme(":x"), None);
    }

    #[test]
    fn paths_join_and_never_leave() {
        let from = "content/studies/a/x.md";
        assert_eq!(
            join(from, "y.md").as_deref(),
            Some("content/studies/a/y.md")
        );
        assert_eq!(
            join(from, "../b/./y.md").as_deref(),
            Some("content/studies/b/y.md")
        );
        assert_eq!(join(from, "../../../../y"), None);
    }

    #[test]
    fn relative_paths_are_short() {
        let from = "content/studies/a/x.md";
        assert_eq!(relative_path(from, "content/studies/a/y.md"), "y.md");
        assert_eq!(relative_path(from, "content/studies/b/y.md"), "../b/y.md");
        assert_eq!(
            relative_path(from, "content/pages/about.md"),
            "../../pages/about.md"
        );
    }
}
