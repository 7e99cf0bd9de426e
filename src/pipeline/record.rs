//! What each file of a site was made from, so that the next build need not make it again.
//!
//! A file is a function of the site, which all files share (its configuration, its skin, its words, its graph, its plan), and
//! of what was asked for of the studies while it was made: of many what they are, of some what they tell, of one its text; and of
//! lists in whose order it shows them. It is what the next build would make if the site is the same and nothing of that has
//! changed.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Project, Traces, words_key};
use crate::cache::Cache;
use crate::content::reads::{Changed, PARTS, Reads};
use crate::markdown::LinkMap;
use crate::memo::{Key, hash_of};
use crate::output::{Known, Page, Paths};
use crate::source::{Kind, Stamp};

/// The name under which a cache has the keys of a record.
const NAME: &str = "record";

/// A cache has the files of a record in so many pieces, which are written and read side by side.
const PIECES: usize = 8;

/// The name under which a cache has a piece.
fn piece_name(number: usize) -> String {
    format!("{NAME}-{number}")
}

/// What the files of a site were made from.
#[derive(Debug)]
pub struct Record {
    keys: Keys,
    /// The files of the plan, in its order.
    files: Vec<FileRecord>,
}

/// The hashes of all that the files of a project are made from.
#[derive(Debug, Clone, Hash, Serialize, Deserialize)]
pub(super) struct Keys {
    /// Of all that every file may be made from.
    site: [u8; 32],
    /// Of the studies.
    studies: Vec<StudyKey>,
    /// Of the studies that each page of a list shows.
    list_pages: Vec<[u8; 32]>,
}

/// The hashes of the parts of a study: itself, its summary, what it says of factors, what else it tells, and its whole file.
type StudyKey = [[u8; 32]; PARTS];

#[derive(Debug, Serialize, Deserialize)]
struct FileRecord {
    /// The studies that it was made from.
    reads: Reads,
    /// By what it is known again: the hash of its bytes, and its stamp.
    known: ([u8; 32], Option<Stamp>),
    /// Its links and ids; other pages are named by their places in the plan.
    page: Option<Page>,
}

/// A file that a build need not make again, if it is still there.
pub(super) struct Kept<'r> {
    pub(super) known: Known,
    pub(super) page: Option<&'r Page>,
    pub(super) reads: &'r Reads,
}

/// The files that a build need not make again.
pub(super) struct KeptFiles<'r> {
    files: &'r [FileRecord],
    changed: Changed,
}

impl Record {
    /// Puts down what the files of a project were made from; `known` says by what one is known again.
    pub fn of<T>(
        project: &Project,
        paths: &Paths,
        taken: &[T],
        mut traces: Traces,
        known: impl Fn(&T) -> Known,
    ) -> Self {
        let planned = project.plan.paths();
        let numbers: Vec<usize> = planned.filter_map(|path| paths.number(path)).collect();
        let mut place = vec![0; paths.len()];
        for (at, number) in numbers.iter().enumerate() {
            place[*number] = at;
        }
        let files = numbers.iter().map(|number| FileRecord {
            reads: std::mem::take(&mut traces.reads[*number]),
            known: {
                let Known { hash, stamp } = known(&taken[*number]);
                (hash.into(), stamp)
            },
            page: traces.pages[*number]
                .take()
                .map(|page| page.renumbered(|number| place[number])),
        });
        let files = files.collect();
        let keys = project.keys().clone();
        Self { keys, files }
    }

    /// What was left in a cache.
    pub(super) fn load(cache: &Cache) -> Option<Self> {
        let keys: Keys = cache.read(NAME)?;
        let of = keys.key();
        let pieces = (0..PIECES).into_par_iter().map(|number| {
            let (of_piece, files): ([u8; 32], Vec<FileRecord>) = cache.read(&piece_name(number))?;
            // Pieces of two builds may lie there when one was stopped. Those with one key say the same.
            (of_piece == of).then_some(files)
        });
        let pieces = pieces.collect::<Option<Vec<_>>>()?;
        let files = pieces.into_iter().flatten().collect();
        Some(Self { keys, files })
    }

    /// Leaves it there.
    pub(super) fn save(&self, cache: &Cache) {
        let of = self.keys.key();
        (0..PIECES).into_par_iter().for_each(|number| {
            let [start, end] = [number, number + 1].map(|it| it * self.files.len() / PIECES);
            cache.write(&piece_name(number), &(of, &self.files[start..end]));
        });
        cache.write(NAME, &self.keys);
    }

    /// The files that need not be made again for a project; `None` when all must.
    pub(super) fn kept<'r>(&'r self, project: &'r Project) -> Option<KeptFiles<'r>> {
        let (before, now) = (&self.keys, project.keys_since(Some(self)));
        let is_same_site = before.site == now.site
            && before.studies.len() == now.studies.len()
            && before.list_pages.len() == now.list_pages.len()
            && self.files.len() == project.plan.paths().len();
        let studies = before.studies.iter().zip(&now.studies);
        let list_pages = before.list_pages.iter().zip(&now.list_pages);
        is_same_site.then(|| KeptFiles {
            files: &self.files,
            changed: Changed::of(
                studies.map(|(before, now)| std::array::from_fn(|part| before[part] != now[part])),
                list_pages.map(|(before, now)| before != now),
            ),
        })
    }
}

impl Keys {
    /// The hash of them all.
    fn key(&self) -> [u8; 32] {
        hash_of(self).into()
    }
}

impl KeptFiles<'_> {
    /// The file at a place of the plan, if it need not be made again.
    pub(super) fn get(&self, at: usize) -> Option<Kept<'_>> {
        let file = &self.files[at];
        let (hash, stamp) = file.known;
        (!file.reads.meet(&self.changed)).then(|| Kept {
            known: Known {
                hash: hash.into(),
                stamp,
            },
            page: file.page.as_ref(),
            reads: &file.reads,
        })
    }
}

impl Project {
    /// The hashes of all that its files are made from: made when they are first asked for, for which there may be a better time.
    pub(super) fn keys(&self) -> &Keys {
        self.keys_since(None)
    }

    /// The same; a study that was read from the same for a record has the hash that stands there.
    pub(super) fn keys_since(&self, last: Option<&Record>) -> &Keys {
        self.keys.get_or_init(|| {
            let site = self.site_key().into();
            let last = last.map(|last| &last.keys);
            let last = last.filter(|last| last.site == site);
            let list_pages = self.plan.list_keys().into_iter();
            Keys {
                site,
                list_pages: list_pages.map(Into::into).collect(),
                studies: self.study_keys(last.map_or(&[], |last| &last.studies)),
            }
        })
    }

    /// The hash of all that every file of the site may be made from, but for the studies themselves.
    fn site_key(&self) -> Key {
        let (library, sources, assets) = (&self.library, &self.sources, &self.assets);
        let words = words_key(&self.config, sources);
        let links = LinkMap::new(&self.places, assets);
        let content = [Kind::Review, Kind::Page].map(|kind| sources.of(kind));
        let content = content.into_iter().flatten();
        let content: Vec<_> = content.map(|file| (&file.path, file.key())).collect();
        let linked = assets.linked();
        let linked: Vec<_> = linked.map(|(asset, name)| (&asset.path, name)).collect();
        hash_of(&(
            (self.search, links.key(library, sources, words)),
            (self.skin.files(), content, linked),
            (&self.graph, &self.plan, self.shared.key(library)),
        ))
    }

    /// The keys of all studies, in their order; `known` are those of a site that differs from this one in studies alone.
    fn study_keys(&self, known: &[StudyKey]) -> Vec<StudyKey> {
        let keys = self.library.studies().map(|(id, study)| {
            let file = self.sources.get(&study.path);
            let file = file.expect("invariant: every study was read from a file");
            let file = file.key();
            let known = known.get(id.index());
            known
                .filter(|known| known[PARTS - 1] == *file.as_bytes())
                .copied()
                .unwrap_or_else(|| {
                    let library = &self.library;
                    let keys = [
                        hash_of(study),
                        hash_of(&library.summary(id)),
                        hash_of(&library.said(id)),
                        hash_of(library.account(id)),
                        file,
                    ];
                    keys.map(Into::into)
                })
        });
        keys.collect()
    }
}
