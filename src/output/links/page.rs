//! Reading one page: its ids, and those of its links that are broken or need another page to be judged.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap};
use serde::{Deserialize, Serialize};

use super::super::paths::{Paths, is_page};
use super::Reason;
use super::address::{Address, fragment, resolve};
use super::attribute::{Attribute, Element, Name};
use super::scan::scan;
use super::value::{candidates, decode, tidy};
use crate::percent;

/// The page that a server shows for an address that does not exist, at any depth.
const NOT_FOUND: &str = "404.html";

/// What one reading of a page tells.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Page {
    /// Hashes of all ids and of the names of anchors, sorted. A broken fragment whose hash is that of another id would
    /// pass; with 64 bits nobody will see it.
    places: Box<[u64]>,
    /// In the order of the page.
    pub(super) findings: Box<[Finding]>,
}

/// A link that is broken, or that can be judged only when all pages are read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Finding {
    pub(super) attribute: Name,
    pub(super) target: Box<[u8]>,
    verdict: Verdict,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
enum Verdict {
    Broken(Reason),
    /// Whole if the page of this number has the place that the target's fragment names.
    NeedsFragment(usize),
}

impl Page {
    /// The same where the pages that its links lead to have other numbers.
    pub fn renumbered(mut self, number: impl Fn(usize) -> usize) -> Self {
        for finding in &mut self.findings {
            if let Verdict::NeedsFragment(page) = &mut finding.verdict {
                *page = number(*page);
            }
        }
        self
    }
}

impl Finding {
    /// Why the link is broken; `None` when it is whole.
    pub(super) fn reason(&self, pages: &[Option<Page>]) -> Option<Reason> {
        match self.verdict {
            Verdict::Broken(reason) => Some(reason),
            Verdict::NeedsFragment(page) => {
                let places = &pages[page].as_ref()?.places;
                let is_whole =
                    names_one_of(&self.target, |place| places.binary_search(&place).is_ok());
                (!is_whole).then_some(Reason::MissingFragment)
            }
        }
    }
}

/// Whether the fragment of a link, as it is or percent-decoded, is one of the places of a page, which are given by hash.
fn names_one_of(target: &[u8], has: impl Fn(u64) -> bool) -> bool {
    let fragment = fragment(target).unwrap_or_default();
    has(hash(fragment)) || has(hash(&percent::decode(fragment)))
}

fn hash(place: &[u8]) -> u64 {
    FxBuildHasher.hash_one(place)
}

/// Reads the pages of a site, of which all paths are known.
#[derive(Debug)]
pub struct Links<'p> {
    pub(super) paths: &'p Paths,
    /// The path under which the site lies, percent-decoded.
    base_path: Cow<'p, [u8]>,
}

/// Room that the reading of one page leaves to the next.
#[derive(Debug, Default)]
pub struct Scratch {
    /// The path of a file.
    file: Vec<u8>,
    /// Hashes of all ids so far; with the number of a finding when they came twice.
    ids: FxHashMap<u64, Option<usize>>,
    /// Hashes of the names of anchors.
    names: Vec<u64>,
    recent: Recent,
}

/// Paths that were found lately. Most links of a page lead where those of the page before did, and asking a table of all paths costs
/// two looks into memory that is far away.
#[derive(Debug, Default)]
struct Recent(Vec<([u8; LONGEST], u8)>);

/// Bytes of the longest path that is kept, so that a path and its length fill a line of a processor's cache.
const LONGEST: usize = 63;

/// How many are kept: 32 kB of them.
const KEPT: usize = 512;

impl Recent {
    /// Whether a path is there, or is found.
    fn has(&mut self, path: &[u8], find: impl FnOnce() -> bool) -> bool {
        if path.is_empty() || path.len() > LONGEST {
            return find();
        }
        if self.0.is_empty() {
            self.0.resize(KEPT, ([0; LONGEST], 0));
        }
        let (known, length) = &mut self.0[hash(path) as usize % KEPT];
        if usize::from(*length) == path.len() && known[..path.len()] == *path {
            return true;
        }
        if !find() {
            return false;
        }
        known[..path.len()].copy_from_slice(path);
        *length = path.len() as u8;
        true
    }
}

impl<'p> Links<'p> {
    /// `base_path` is the path of the site's base URL with slashes at both ends (`/` or `/library/`): `404.html` alone
    /// uses links that are absolute under it.
    pub fn new(paths: &'p Paths, base_path: &'p str) -> Self {
        Self {
            paths,
            base_path: percent::decode(base_path.as_bytes()),
        }
    }

    /// Reads the file of a number; `None` when it is no page (`.html`): links of style sheets, feeds and drawings are
    /// not looked at.
    pub fn read(&self, number: usize, bytes: &[u8], scratch: &mut Scratch) -> Option<Page> {
        let path = self.paths.get(number);
        if !is_page(path.as_bytes()) {
            return None;
        }
        scratch.ids.clear();
        scratch.names.clear();
        let folder = &path[..path.rfind('/').map_or(0, |slash| slash + 1)];
        let mut reading = Reading {
            links: self,
            page: number,
            folder,
            up: "../".repeat(folder.matches('/').count()),
            is_not_found: path == NOT_FOUND,
            scratch,
            findings: Vec::new(),
        };
        scan(bytes, |attribute| reading.attribute(&attribute));
        Some(reading.close())
    }
}

/// The state of reading one page.
struct Reading<'r> {
    links: &'r Links<'r>,
    /// The number of the page.
    page: usize,
    /// The path of its folder, empty or with a slash at its end.
    folder: &'r str,
    /// The link from there to the root of the site.
    up: String,
    /// Whether it is the one page that may have absolute links.
    is_not_found: bool,
    scratch: &'r mut Scratch,
    findings: Vec<Finding>,
}

impl Reading<'_> {
    fn attribute(&mut self, attribute: &Attribute<'_>) {
        if self.is_plainly_whole(attribute) {
            return;
        }
        let value = decode(attribute.value);
        match attribute.name {
            Name::Id => self.id(&value),
            Name::Anchor => self.scratch.names.push(hash(&value)),
            Name::Srcset | Name::ImageSrcset => {
                candidates(&value).for_each(|link| self.link(attribute, link.into()));
            }
            _ => self.link(attribute, value),
        }
    }

    /// Whether an attribute is a link by way of the root to a file of the site, written letter by letter as the file's
    /// path is. Most links are, and all that is looked at for others is in vain for them.
    fn is_plainly_whole(&mut self, attribute: &Attribute<'_>) -> bool {
        let paths = self.links.paths;
        matches!(attribute.name, Name::Href | Name::Src)
            && !self.is_not_found
            && paths.are_literal()
            && attribute
                .value
                .strip_prefix(self.up.as_bytes())
                .is_some_and(|path| {
                    self.scratch
                        .recent
                        .has(path, || paths.number(path).is_some())
                })
    }

    fn id(&mut self, id: &[u8]) {
        if id.is_empty() {
            return;
        }
        match self.scratch.ids.entry(hash(id)) {
            Entry::Vacant(entry) => {
                entry.insert(None);
            }
            Entry::Occupied(mut entry) => {
                if let Some(at) = *entry.get() {
                    if let Verdict::Broken(Reason::DuplicateId(times)) =
                        &mut self.findings[at].verdict
                    {
                        *times += 1;
                    }
                    return;
                }
                entry.insert(Some(self.findings.len()));
                self.findings.push(Finding {
                    attribute: Name::Id,
                    target: id.into(),
                    verdict: Verdict::Broken(Reason::DuplicateId(2)),
                });
            }
        }
    }

    fn link(&mut self, attribute: &Attribute<'_>, link: Cow<'_, [u8]>) {
        let target = tidy(link);
        let is_link = attribute.name == Name::Href
            && matches!(attribute.element, Element::Anchor | Element::Hyperlink);
        let verdict = match self.judge(&target, is_link) {
            Ok(None) => return,
            Ok(Some(page)) => Verdict::NeedsFragment(page),
            Err(reason) => Verdict::Broken(reason),
        };
        self.findings.push(Finding {
            attribute: attribute.name,
            target: target.into(),
            verdict,
        });
    }

    /// Judges a link, except for its fragment: the number of the page in which that has to be. `is_link` tells a link
    /// to follow from something that the page loads or sends to.
    fn judge(&mut self, target: &[u8], is_link: bool) -> Result<Option<usize>, Reason> {
        let (path, fragment) = match Address::of(target) {
            Address::Scheme(scheme) if is_link && may_link(scheme) => return Ok(None),
            Address::Host if is_link => return Err(Reason::Absolute),
            Address::Scheme(_) | Address::Host => return Err(Reason::External),
            Address::Path { path, fragment } => (path, fragment),
        };
        let (file, is_page) = if !path.is_empty() {
            (self.file(path)?, is_page(&self.scratch.file))
        } else if target.is_empty() && !is_link {
            return Err(Reason::Missing);
        } else {
            (self.page, true)
        };
        // An empty fragment and "top" are the top of any page.
        let place = fragment
            .filter(|fragment| !fragment.is_empty() && !fragment.eq_ignore_ascii_case(b"top"));
        Ok(place.and(is_page.then_some(file)))
    }

    /// The number of the file that a path names; the file's own path is then in the scratch room.
    fn file(&mut self, path: &[u8]) -> Result<usize, Reason> {
        let path = percent::decode(path);
        let (folder, path) = match (path.first() == Some(&b'/'), self.is_not_found) {
            (false, false) => (self.folder, path.as_ref()),
            (true, true) => {
                let rest = path.strip_prefix(self.links.base_path.as_ref());
                ("", rest.ok_or(Reason::OutsideSite)?)
            }
            (true, false) => return Err(Reason::Absolute),
            (false, true) => return Err(Reason::Relative),
        };
        let file = &mut self.scratch.file;
        if !resolve(folder.as_bytes(), path, file) {
            return Err(Reason::OutsideSite);
        }
        self.links.paths.number(file).ok_or(Reason::Missing)
    }

    /// Drops the links to places of the page itself, now that all of them are known.
    fn close(mut self) -> Page {
        let Scratch { ids, names, .. } = self.scratch;
        // An anchor may have an id and the same name, so a name is no second id.
        ids.extend(names.drain(..).map(|name| (name, None)));
        self.findings.retain_mut(|finding| match finding.verdict {
            Verdict::NeedsFragment(page) if page == self.page => {
                finding.verdict = Verdict::Broken(Reason::MissingFragment);
                !names_one_of(&finding.target, |place| ids.contains_key(&place))
            }
            _ => true,
        });
        let mut places: Box<[u64]> = ids.keys().copied().collect();
        places.sort_unstable();
        Page {
            places,
            findings: self.findings.into(),
        }
    }
}

/// Whether a link to follow may have a scheme.
fn may_link(scheme: &[u8]) -> bool {
    [&b"https"[..], b"http", b"mailto", b"tel"]
        .iter()
        .any(|allowed| scheme.eq_ignore_ascii_case(allowed))
}
