//! What a link that leads nowhere probably means, as a path relative to the file that links.

use super::paths::{relative_path, stem};
use super::{LinkMap, Target};
use crate::vocabulary::suggest::{self, compact};

impl LinkMap<'_> {
    /// The page that a path without one probably means.
    pub(super) fn near_page(&self, from: &str, path: &str) -> Option<String> {
        Some(relative_path(from, self.renamed(path)?))
    }

    /// What had a name before, or what has nearly that name now in the same section.
    fn renamed(&self, path: &str) -> Option<&str> {
        if let Some(path) = self.places.aliases.get(stem(path)) {
            return Some(path);
        }
        let section = |path: &str| path.split('/').nth(1).map(str::to_owned);
        let wanted = section(path);
        let mut named: Vec<(&str, &str)> = self
            .places
            .targets
            .keys()
            .filter(|known| section(known) == wanted)
            .map(|path| (stem(path), path.as_ref()))
            .collect();
        named.sort_unstable();
        let near = suggest::nearest(stem(path), named.iter().map(|(name, _)| *name), 1);
        let near = near.first()?;
        named
            .iter()
            .find(|(name, _)| name == near)
            .map(|(_, path)| *path)
    }

    /// The image or attachment that was probably meant: one of nearly that name in the folder, or one of that name in
    /// another.
    pub(super) fn near_asset(
        &self,
        from: &str,
        path: &str,
        kind: fn(&str) -> bool,
    ) -> Option<String> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let files = || {
            let kept = self.assets.paths().filter(|path| kind(path));
            kept.filter_map(|path| path.rsplit_once('/'))
        };
        let beside = files().filter(|(other, _)| *other == folder);
        let found = match suggest::nearest(name, beside.map(|(_, name)| name), 1).first() {
            Some(near) => format!("{folder}/{near}"),
            None => {
                let wanted = compact(name);
                let (folder, name) = files().find(|(_, name)| compact(name) == wanted)?;
                format!("{folder}/{name}")
            }
        };
        // A blank would end the link.
        Some(relative_path(from, &found).replace(' ', "%20"))
    }

    /// The file whose page has an address that begins with a slash, with or without the folder of the site before it.
    pub(super) fn source_of(&self, from: &str, address: &str) -> Option<String> {
        let (path, fragment) = match address.split_once('#') {
            Some((path, fragment)) => (path, format!("#{fragment}")),
            None => (address, String::new()),
        };
        let path = path.trim_matches('/').trim_end_matches("index.html");
        let path = path.trim_end_matches('/');
        let below = path.split_once('/').map(|(_, below)| below);
        let found = [Some(path), below]
            .into_iter()
            .flatten()
            .find_map(|path| self.source_at(&format!("{path}/index.html")))?;
        Some(relative_path(from, &found) + &fragment)
    }

    fn source_at(&self, address: &str) -> Option<String> {
        self.places
            .targets
            .iter()
            .find_map(|(path, target)| match target {
                Target::Page(known, false) => (known == address).then(|| path.to_string()),
                Target::Terms(terms, _) => {
                    let (id, _) = terms.iter().find(|(_, known)| *known == address)?;
                    Some(format!("{path}#{id}"))
                }
                _ => None,
            })
    }
}
