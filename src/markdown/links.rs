//! Links between files of the library, and the addresses that they become.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::assets::{self, Assets};
use crate::content::Library;
use crate::diagnostics::rules::{self, Rule};
use crate::source::{Kind, Sources};
use crate::vocabulary::{Term, Terms, Unusable, Vocabulary, suggest};

/// Schemes that a link may have; everything else could run code or leave the web.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// What stands at a path of the library.
#[derive(Debug, Clone)]
pub enum Target {
    /// A page at this address, relative to the site, and whether it is a draft that is built on request.
    Page(String, bool),
    /// A draft: there, but not part of the site.
    Draft,
    /// A file with mistakes that were reported; links to it are not reported as well.
    Unusable,
    /// A file of terms, each with the address of its page, and what of it can't be used.
    Terms(FxHashMap<String, String>, Unusable),
}

/// All places that content may link to.
#[derive(Debug)]
pub struct LinkMap<'l> {
    targets: FxHashMap<Arc<str>, Target>,
    /// Old names of studies, and the files that have them now.
    aliases: FxHashMap<&'l str, &'l str>,
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

/// Why a link can't stand.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) rule: &'static Rule,
    pub(super) message: String,
    pub(super) help: Option<String>,
    /// A path, relative to the file that links, that was probably meant.
    pub(super) meant: Option<String>,
}

impl<'l> LinkMap<'l> {
    /// Collects the addresses of everything that is built, and of what is there but not built.
    pub fn new(library: &'l Library, sources: &Sources, assets: &'l Assets) -> Self {
        let mut targets: FxHashMap<Arc<str>, Target> = FxHashMap::default();
        for (_, study) in library.studies() {
            targets.insert(
                study.path.clone(),
                Target::Page(study.output_path(), study.status.is_draft()),
            );
        }
        for review in library.reviews() {
            targets.insert(
                review.path.clone(),
                Target::Page(review.output_path(), review.status.is_draft()),
            );
        }
        for page in library.pages() {
            targets.insert(page.path.clone(), Target::Page(page.output_path(), false));
        }
        for unbuilt in library.unbuilt() {
            let target = match unbuilt.status {
                Some(status) if status.is_draft() => Target::Draft,
                _ => Target::Unusable,
            };
            targets.insert(unbuilt.path.clone(), target);
        }
        for file in sources.files() {
            match file.kind {
                Kind::Vocabulary => {
                    let (terms, unusable) = vocabulary_targets(&library.vocabulary, file.stem());
                    targets.insert(file.path.clone(), Target::Terms(terms, unusable));
                }
                Kind::Evidence => {
                    let terms = library
                        .references
                        .iter()
                        .filter(|(_, reference)| reference.path == file.path)
                        .map(|(_, reference)| {
                            let address = format!("evidence/{}/index.html", reference.id);
                            (reference.id.clone(), address)
                        })
                        .collect();
                    let unusable = library.references.unusable().clone();
                    targets.insert(file.path.clone(), Target::Terms(terms, unusable));
                }
                _ => {
                    targets.entry(file.path.clone()).or_insert(Target::Unusable);
                }
            }
        }
        let aliases = library
            .studies()
            .flat_map(|(_, study)| {
                let path: &str = &study.path;
                study
                    .aliases
                    .iter()
                    .map(move |alias| (alias.value.as_str(), path))
            })
            .collect();
        Self {
            targets,
            aliases,
            assets,
        }
    }

    /// What a link of the file at `from` becomes.
    pub(super) fn link(&self, from: &str, destination: &str) -> Resolved {
        if let Some(fragment) = destination.strip_prefix('#') {
            return Resolved::Fragment(percent_decode(fragment));
        }
        match self.local_path(from, destination) {
            Err(resolved) => resolved,
            Ok((path, fragment)) => self.page(from, &path, fragment, destination),
        }
    }

    /// The address of an image of the file at `from`.
    pub(super) fn image(&self, from: &str, destination: &str) -> Resolved {
        let path = match self.local_path(from, destination) {
            Err(Resolved::External) => {
                return wrong(
                    &rules::EXTERNAL_IMAGE,
                    "images from other sites are not shown, since every reader's visit would be told to that site",
                    Some("put the image beside this file and link it by its name"),
                );
            }
            Err(resolved) => return resolved,
            Ok((path, _)) => path,
        };
        if !self.assets.contains(&path) {
            return Resolved::Wrong(Wrong {
                rule: &rules::DEAD_IMAGE,
                message: format!("there is no image `{destination}`"),
                help: Some("images stand beside the Markdown file".to_owned()),
                meant: None,
            });
        }
        if !assets::is_image(&path) {
            return wrong(
                &rules::ATTACHMENT_TYPE,
                "this is no image of a type that may be published",
                Some("the types are: avif, gif, jpeg, jpg, png, webp"),
            );
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
        match self.targets.get_key_value(path) {
            Some((_, Target::Page(_, true) | Target::Draft)) if !self.is_draft(from) => wrong(
                &rules::LINK_TO_DRAFT,
                "this leads to a draft, which is not part of the site",
                Some("publish it first, or take the link out"),
            ),
            Some((source, Target::Page(address, _))) => Resolved::Page {
                source: source.clone(),
                address: address.clone(),
                fragment,
            },
            Some((_, Target::Draft | Target::Unusable)) => Resolved::Unknown,
            Some((_, Target::Terms(terms, unusable))) => {
                term(terms, unusable, fragment, destination)
            }
            None if self.assets.contains(path) && !assets::is_allowed(path) => {
                Resolved::Wrong(Wrong {
                    rule: &rules::ATTACHMENT_TYPE,
                    message: "a file of this type may not be published".to_owned(),
                    help: Some(format!("the types are: {}", assets::allowed())),
                    meant: None,
                })
            }
            None if self.assets.contains(path) => self.asset(path, fragment, &rules::DEAD_LINK),
            None => self.dead(from, path, destination),
        }
    }

    /// Whether the file at a path is a draft: drafts may link to each other.
    fn is_draft(&self, path: &str) -> bool {
        matches!(
            self.targets.get(path),
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
            Err(problem) => Resolved::Wrong(Wrong {
                rule,
                message: format!("this file can't be published: {problem}"),
                help: None,
                meant: None,
            }),
        }
    }

    fn dead(&self, from: &str, path: &str, destination: &str) -> Resolved {
        let fragment = destination.find('#').map_or("", |at| &destination[at..]);
        let meant = self
            .renamed(path)
            .map(|path| relative_path(from, path) + fragment);
        let help = if path.ends_with(".md") {
            "links lead from file to file, for instance ../places/other-study.md"
        } else if assets::is_allowed(path) {
            "images and attachments stand beside the Markdown file"
        } else {
            "link to the Markdown file of a page, not to its address on the site"
        };
        Resolved::Wrong(Wrong {
            rule: &rules::DEAD_LINK,
            message: format!("this link leads nowhere: there is no `{destination}`"),
            help: Some(help.to_owned()),
            meant,
        })
    }

    /// The file that a path without one probably means: what had its name before, or what has nearly its name now in the
    /// same section.
    fn renamed(&self, path: &str) -> Option<&str> {
        if let Some(path) = self.aliases.get(stem(path)) {
            return Some(path);
        }
        let section = |path: &str| path.split('/').nth(1).map(str::to_owned);
        let wanted = section(path);
        let mut named: Vec<(&str, &str)> = self
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

    /// The path of the library that a relative destination means, and its fragment; or what else it is.
    fn local_path(
        &self,
        from: &str,
        destination: &str,
    ) -> Result<(String, Option<String>), Resolved> {
        if destination.chars().any(char::is_control) {
            return Err(wrong(
                &rules::UNSAFE_LINK,
                "this link holds control characters",
                None,
            ));
        }
        if let Some(scheme) = scheme(destination) {
            if SCHEMES
                .iter()
                .any(|known| scheme.eq_ignore_ascii_case(known))
            {
                return Err(Resolved::External);
            }
            return Err(Resolved::Wrong(Wrong {
                rule: &rules::UNSAFE_LINK,
                message: format!("links that begin with `{scheme}:` are not allowed"),
                help: Some("links may begin with https:, http:, mailto: or tel:".to_owned()),
                meant: None,
            }));
        }
        if destination.starts_with("//") || destination.starts_with('\\') {
            return Err(wrong(
                &rules::UNSAFE_LINK,
                "this link doesn't say how the other site is reached",
                Some("begin it with https://"),
            ));
        }
        if destination.starts_with('/') {
            return Err(wrong(
                &rules::ABSOLUTE_LINK,
                "a link within the library can't begin with a slash",
                Some(
                    "link to the Markdown file, relative to this one, for instance ../places/other-study.md",
                ),
            ));
        }
        let (path, fragment) = match destination.split_once('#') {
            Some((path, fragment)) => (path, Some(percent_decode(fragment))),
            None => (destination, None),
        };
        let path = path.split('?').next().unwrap_or(path);
        match join(from, &percent_decode(path)) {
            Some(path) => Ok((path, fragment)),
            None => Err(wrong(
                &rules::DEAD_LINK,
                "this link leads out of the library",
                None,
            )),
        }
    }
}

fn term(
    terms: &FxHashMap<String, String>,
    unusable: &Unusable,
    fragment: Option<String>,
    destination: &str,
) -> Resolved {
    let Some(fragment) = fragment else {
        return wrong(
            &rules::DEAD_LINK,
            "a link to a file of terms must name one of them",
            Some("add # and the id of the term, for instance ../vocabulary/factors.yaml#trust"),
        );
    };
    if let Some(address) = terms.get(&fragment) {
        return Resolved::Address(address.clone());
    }
    if unusable.explains(&fragment) {
        return Resolved::Unknown;
    }
    let mut known: Vec<&str> = terms.keys().map(String::as_str).collect();
    known.sort_unstable();
    let near = suggest::nearest(&fragment, known.into_iter(), 1);
    let file = destination.split('#').next().unwrap_or("");
    Resolved::Wrong(Wrong {
        rule: &rules::DEAD_FRAGMENT,
        message: format!("there is no term `{fragment}` in this file"),
        help: None,
        meant: near.first().map(|near| format!("{file}#{near}")),
    })
}

fn wrong(rule: &'static Rule, message: &str, help: Option<&str>) -> Resolved {
    Resolved::Wrong(Wrong {
        rule,
        message: message.to_owned(),
        help: help.map(str::to_owned),
        meant: None,
    })
}

fn vocabulary_targets(
    vocabulary: &Vocabulary,
    file: &str,
) -> (FxHashMap<String, String>, Unusable) {
    fn pages<T: Term>(section: &str, terms: &Terms<T>) -> (FxHashMap<String, String>, Unusable) {
        let addresses = terms
            .iter()
            .map(|(_, term)| {
                let address = format!("{section}/{}/index.html", term.id());
                (term.id().to_owned(), address)
            })
            .collect();
        (addresses, terms.unusable().clone())
    }
    match file {
        "themes" => pages("themes", &vocabulary.themes),
        "factors" => pages("factors", &vocabulary.factors),
        "systems" => pages("systems", &vocabulary.systems),
        "glossary" => {
            let addresses = vocabulary
                .glossary
                .iter()
                .map(|(_, entry)| {
                    let address = format!("glossary/index.html#term-{}", entry.id);
                    (entry.id.clone(), address)
                })
                .collect();
            (addresses, vocabulary.glossary.unusable().clone())
        }
        _ => (FxHashMap::default(), Unusable::default()),
    }
}

/// The name of a file without its folder and extension.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The scheme of an address, if it has one. A drive letter or a colon after a slash is none.
fn scheme(destination: &str) -> Option<&str> {
    let (scheme, _) = destination.split_once(':')?;
    let mut bytes = scheme.bytes();
    let good = bytes.next().is_some_and(|b| b.is_ascii_alphabetic())
        && bytes.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    good.then_some(scheme)
}

/// The path that `relative` means in the folder of the file `from`; `None` when it leaves the library.
fn join(from: &str, relative: &str) -> Option<String> {
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
fn relative_path(from: &str, to: &str) -> String {
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

/// Turns `%20` and the like into what they stand for; what isn't UTF-8 then, or no escape, stays.
fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match escape {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

/// Ids of a page that fragments may name besides its headings.
pub(crate) fn is_page_fragment(fragment: &str, ids: &FxHashSet<&str>) -> bool {
    fragment.is_empty() || fragment == "top" || ids.contains(fragment)
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

    #[test]
    fn percent_escapes_are_decoded_or_kept() {
        assert_eq!(percent_decode("a%20b"), "a b");
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("%e2%80%a"), "%e2%80%a");
        assert_eq!(percent_decode("%zz"), "%zz");
    }
}
