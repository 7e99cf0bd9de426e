//! Reading one page: its ids, and those of its links that are broken or need another page to be judged.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::super::file_set::FileSet;
use super::Reason;
use super::address::{Address, fragment, resolve};
use super::attribute::{Attribute, Element, Name};
use super::scan::scan;
use super::value::{candidates, decode, tidy};
use crate::percent;

/// The page that a server shows for an address that does not exist, at any depth.
const NOT_FOUND: &str = "404.html";

/// Whether a file is a page, by its path.
pub(super) fn is_page(path: &[u8]) -> bool {
    path.ends_with(b".html")
}

/// What one reading of a page tells.
pub(super) struct Page<'a> {
    /// Hashes of all ids and of the names of anchors, sorted. A broken fragment whose hash is that of another id would
    /// pass; with 64 bits nobody will see it. The ids themselves lie in 300 MB of pages, where each look costs a miss
    /// of the cache.
    places: Box<[u64]>,
    /// In the order of the page.
    pub(super) findings: Vec<Finding<'a>>,
}

/// A link that is broken, or that can be judged only when all pages are read.
pub(super) struct Finding<'a> {
    pub(super) attribute: Name,
    pub(super) target: Cow<'a, [u8]>,
    verdict: Verdict,
}

enum Verdict {
    Broken(Reason),
    /// Whole if the page of this number has the place that the target's fragment names.
    NeedsFragment(usize),
}

impl Finding<'_> {
    /// Why the link is broken; `None` when it is whole.
    pub(super) fn reason(&self, pages: &[Option<Page<'_>>]) -> Option<Reason> {
        match self.verdict {
            Verdict::Broken(reason) => Some(reason),
            Verdict::NeedsFragment(page) => {
                let places = &pages[page].as_ref()?.places;
                let fragment = fragment(&self.target)?;
                let has = |id: &[u8]| places.binary_search(&FxBuildHasher.hash_one(id)).is_ok();
                let is_whole = has(fragment) || has(&percent::decode(fragment));
                (!is_whole).then_some(Reason::MissingFragment)
            }
        }
    }
}

/// The files of the site by path.
pub(super) struct Site<'a> {
    files: &'a FileSet,
    /// The path of a file, and its number in `files`. The paths are copies because they then lie side by side: those in
    /// `files` lie scattered among the pages, and reading them there made the whole check take a third longer.
    by_path: FxHashMap<Box<[u8]>, usize>,
    /// The path under which the site lies, percent-decoded.
    base_path: Cow<'a, [u8]>,
}

/// Room that the reading of one page leaves to the next.
#[derive(Default)]
pub(super) struct Scratch<'a> {
    /// The path of a file.
    file: Vec<u8>,
    /// All ids so far; with the number of a finding when they came twice.
    ids: FxHashMap<Cow<'a, [u8]>, Option<usize>>,
    /// Names of anchors.
    names: Vec<Cow<'a, [u8]>>,
}

impl<'a> Site<'a> {
    pub(super) fn new(files: &'a FileSet, base_path: &'a str) -> Self {
        let paths = files.files().iter().map(|file| file.path.as_bytes().into());
        Self {
            files,
            by_path: paths.zip(0..).collect(),
            base_path: percent::decode(base_path.as_bytes()),
        }
    }

    /// Reads the page of a number.
    pub(super) fn read(&self, at: usize, scratch: &mut Scratch<'a>) -> Page<'a> {
        let file = &self.files.files()[at];
        scratch.ids.clear();
        scratch.names.clear();
        let mut reading = Reading {
            site: self,
            page: at,
            folder: &file.path[..file.path.rfind('/').map_or(0, |slash| slash + 1)],
            is_not_found: file.path == NOT_FOUND,
            scratch,
            findings: Vec::new(),
        };
        scan(&file.bytes, |attribute| reading.attribute(&attribute));
        reading.close()
    }
}

/// The state of reading one page.
struct Reading<'s, 'a> {
    site: &'s Site<'a>,
    /// The number of the page.
    page: usize,
    /// The path of its folder, empty or with a slash at its end.
    folder: &'a str,
    /// Whether it is the one page that may have absolute links.
    is_not_found: bool,
    scratch: &'s mut Scratch<'a>,
    findings: Vec<Finding<'a>>,
}

impl<'a> Reading<'_, 'a> {
    fn attribute(&mut self, attribute: &Attribute<'a>) {
        let value = decode(attribute.value);
        match attribute.name {
            Name::Id => self.id(value),
            Name::Anchor => self.scratch.names.push(value),
            Name::Srcset | Name::ImageSrcset => match value {
                Cow::Borrowed(list) => {
                    candidates(list).for_each(|link| self.link(attribute, link.into()));
                }
                Cow::Owned(list) => {
                    candidates(&list).for_each(|link| self.link(attribute, link.to_vec().into()));
                }
            },
            _ => self.link(attribute, value),
        }
    }

    fn id(&mut self, id: Cow<'a, [u8]>) {
        if id.is_empty() {
            return;
        }
        match self.scratch.ids.entry(id) {
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
                    target: entry.key().clone(),
                    verdict: Verdict::Broken(Reason::DuplicateId(2)),
                });
            }
        }
    }

    fn link(&mut self, attribute: &Attribute<'a>, link: Cow<'a, [u8]>) {
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
            target,
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
                let rest = path.strip_prefix(self.site.base_path.as_ref());
                ("", rest.ok_or(Reason::OutsideSite)?)
            }
            (true, false) => return Err(Reason::Absolute),
            (false, true) => return Err(Reason::Relative),
        };
        let file = &mut self.scratch.file;
        if !resolve(folder.as_bytes(), path, file) {
            return Err(Reason::OutsideSite);
        }
        let number = self.site.by_path.get(file.as_slice());
        number.copied().ok_or(Reason::Missing)
    }

    /// Drops the links to places of the page itself, now that all of them are known.
    fn close(mut self) -> Page<'a> {
        let Scratch { ids, names, .. } = self.scratch;
        // An anchor may have an id and the same name, so a name is no second id.
        ids.extend(names.drain(..).map(|name| (name, None)));
        let has = |id: &[u8]| ids.contains_key(id);
        self.findings.retain_mut(|finding| match finding.verdict {
            Verdict::NeedsFragment(page) if page == self.page => {
                finding.verdict = Verdict::Broken(Reason::MissingFragment);
                let fragment = fragment(&finding.target).unwrap_or_default();
                !has(fragment) && !has(&percent::decode(fragment))
            }
            _ => true,
        });
        let hashes = ids.keys().map(|id| FxBuildHasher.hash_one(id.as_ref()));
        let mut places: Box<[u64]> = hashes.collect();
        places.sort_unstable();
        Page {
            places,
            findings: self.findings,
        }
    }
}

/// Whether a link to follow may have a scheme.
fn may_link(scheme: &[u8]) -> bool {
    [&b"https"[..], b"http", b"mailto", b"tel"]
        .iter()
        .any(|allowed| scheme.eq_ignore_ascii_case(allowed))
}
