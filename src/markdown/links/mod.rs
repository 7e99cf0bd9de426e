//! Links between files of the library, and the addresses that they become.

mod mistakes;
mod near;
mod own_site;
mod paths;
mod places;

use std::sync::Arc;

use rustc_hash::FxHashSet;

pub(super) use self::mistakes::Wrong;
use self::paths::join;
pub use self::places::{Places, Target};
use super::assets::{self, Assets};
use crate::content::Library;
use crate::diagnostics::rules::{self, Rule};
use crate::memo::{Key, hash_of};
use crate::percent::decode_text;
use crate::source::Sources;

/// All places that content may link to.
#[derive(Debug, Clone, Copy)]
pub struct LinkMap<'l> {
    places: &'l Places,
    assets: &'l Assets,
}

/// What a link becomes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Resolved {
    /// Another site.
    External,
    /// A place on the page itself.
    Fragment(String),
    /// A page of the site: its source, its address, and the fragment as written.
    Page {
        source: Arc<str>,
        address: String,
        fragment: Option<String>,
    },
    /// A page of a term: its address.
    Address(String),
    /// An image or an attachment: its path in the library, its address, and the fragment as written.
    Asset {
        path: String,
        address: String,
        fragment: Option<String>,
    },
    /// Something that can't be judged, because its file has mistakes of its own.
    Unknown,
    /// A mistake.
    Wrong(Wrong),
}

impl<'l> LinkMap<'l> {
    /// Of what is built, and of images and attachments.
    pub fn new(places: &'l Places, assets: &'l Assets) -> Self {
        Self { places, assets }
    }

    /// Notes that an image or attachment has changed since [`LinkMap::key`] was made.
    pub(super) fn note_change(self) {
        self.assets.note_change();
    }

    /// The hash of everything that a link depends on: images and attachments, and all that [`Places::new`] collects from, given the
    /// hash of the configuration and the words of the library.
    pub(crate) fn key(self, library: &Library, sources: &Sources, words: Key) -> Key {
        let studies = library.studies().map(|(_, study)| {
            let aliases = study.aliases.iter().map(|alias| &alias.value);
            let aliases: Vec<&String> = aliases.collect();
            (&study.path, study.status, aliases)
        });
        let reviews = library.reviews().iter();
        let reviews = reviews.map(|review| (&review.path, review.status));
        let pages = library.pages().iter().map(|page| &page.path);
        let unbuilt = library.unbuilt().iter();
        let unbuilt = unbuilt.map(|unbuilt| (&unbuilt.path, unbuilt.status));
        let files = sources.files().iter().map(|file| &file.path);
        hash_of(&(
            (words, self.assets.hashes()),
            (studies.collect::<Vec<_>>(), reviews.collect::<Vec<_>>()),
            (pages.collect::<Vec<_>>(), unbuilt.collect::<Vec<_>>()),
            files.collect::<Vec<_>>(),
        ))
    }

    /// What a link of the file at `from` becomes.
    pub(super) fn link(&self, from: &str, destination: &str) -> Resolved {
        if let Some(fragment) = destination.strip_prefix('#') {
            return Resolved::Fragment(decode_text(fragment).into_owned());
        }
        match self.local_path(from, destination) {
            Err(resolved) => resolved,
            Ok((path, fragment)) => self.page(from, &path, fragment, destination),
        }
    }

    /// The address of an image of the file at `from`.
    pub(super) fn image(&self, from: &str, destination: &str) -> Resolved {
        let path = match self.local_path(from, destination) {
            Err(Resolved::External) => return Resolved::Wrong(mistakes::external_image()),
            Err(resolved) => return resolved,
            Ok((path, _)) => path,
        };
        if !self.assets.contains(&path) {
            let meant = self.near_asset(from, &path, assets::is_image);
            return Resolved::Wrong(mistakes::dead_image(destination, meant));
        }
        if !assets::is_image(&path) {
            return Resolved::Wrong(mistakes::no_image(&path));
        }
        self.asset(&path, None, &rules::DEAD_IMAGE)
    }

    fn page(
        &self,
        from: &str,
        path: &str,
        fragment: Option<String>,
        destination: &str,
    ) -> Resolved {
        match self.places.targets.get_key_value(path) {
            Some((_, Target::Page(_, true) | Target::Draft)) if !self.is_draft(from) => {
                Resolved::Wrong(mistakes::draft(destination))
            }
            Some((source, Target::Page(address, _))) => Resolved::Page {
                source: source.clone(),
                address: address.clone(),
                fragment,
            },
            Some((_, Target::Draft | Target::Unusable)) => Resolved::Unknown,
            Some((_, Target::Terms(terms, unusable))) => match fragment {
                None => Resolved::Wrong(mistakes::no_term()),
                Some(id) => match terms.get(&id) {
                    Some(address) => Resolved::Address(address.clone()),
                    None if unusable.explains(&id) => Resolved::Unknown,
                    None => Resolved::Wrong(mistakes::dead_term(terms, &id, destination)),
                },
            },
            None if self.assets.contains(path) && !assets::is_allowed(path) => {
                Resolved::Wrong(mistakes::attachment(path))
            }
            None if self.assets.contains(path) => self.asset(path, fragment, &rules::DEAD_LINK),
            None => Resolved::Wrong(self.dead(from, path, destination)),
        }
    }

    fn dead(&self, from: &str, path: &str, destination: &str) -> Wrong {
        if let Some(wrong) = mistakes::elsewhere(destination) {
            return wrong;
        }
        let fragment = destination.find('#').map_or("", |at| &destination[at..]);
        let meant = if assets::is_allowed(path) {
            self.near_asset(from, path, assets::is_allowed)
        } else {
            self.near_page(from, path)
        };
        mistakes::dead_link(path, destination, meant.map(|meant| meant + fragment))
    }

    /// Whether the file at a path is a draft: drafts may link to each other.
    fn is_draft(&self, path: &str) -> bool {
        matches!(
            self.places.targets.get(path),
            Some(Target::Draft | Target::Page(_, true))
        )
    }

    fn asset(&self, path: &str, fragment: Option<String>, rule: &'static Rule) -> Resolved {
        match self.assets.address(path) {
            Ok(address) => Resolved::Asset {
                path: path.to_owned(),
                address: address.to_owned(),
                fragment,
            },
            Err(problem) => Resolved::Wrong(Wrong::new(
                rule,
                format!("this file can't be published: {problem}"),
            )),
        }
    }

    /// The path of the library that a relative destination means, and its fragment; or what else it is.
    fn local_path(
        &self,
        from: &str,
        destination: &str,
    ) -> Result<(String, Option<String>), Resolved> {
        if let Some(judged) = mistakes::beginning(destination) {
            return Err(judged.map_or(Resolved::External, Resolved::Wrong));
        }
        if destination.starts_with('/') {
            let meant = self.source_of(from, destination);
            return Err(Resolved::Wrong(mistakes::absolute(meant)));
        }
        let (path, fragment) = match destination.split_once('#') {
            Some((path, fragment)) => (path, Some(decode_text(fragment).into_owned())),
            None => (destination, None),
        };
        let path = path.split('?').next().unwrap_or(path);
        match join(from, &decode_text(path)) {
            Some(path) => Ok((path, fragment)),
            None => Err(Resolved::Wrong(mistakes::outside())),
        }
    }
}

/// Ids of a page that fragments may name besides its headings.
pub(crate) fn is_page_fragment(fragment: &str, ids: &FxHashSet<&str>) -> bool {
    fragment.is_empty() || fragment == "top" || ids.contains(fragment)
}
