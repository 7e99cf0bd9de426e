//! What a build knows of the one before it.

use super::{Memory, Project, Record, index};
use crate::cache::Cache;
use crate::output::OutputFile;
use crate::search;

/// The name under which a cache has the record of the files.
const RECORD: &str = "files";

/// What the last build left in a cache: a build with it makes the same as one without, and sooner.
#[derive(Debug)]
pub struct Past {
    /// What was read of each file, and its Markdown as HTML.
    pub memory: Memory,
    /// What the files of the site were made from.
    pub record: Option<Record>,
    cache: Cache,
}

impl Past {
    /// Reads what is in a cache; what isn't is made anew.
    pub fn load(cache: &Cache) -> Self {
        let (memory, record) = rayon::join(|| Memory::load(cache), || cache.read(RECORD));
        Self {
            memory,
            record,
            cache: cache.clone(),
        }
    }

    /// Makes the search index as [`index`] does. Its parts go back to the cache at once: they need as much memory as all texts.
    pub fn index(&self, project: &Project) -> Vec<OutputFile> {
        let mut memory = search::Memory::load(&self.cache);
        let files = index(project, Some(&mut memory));
        memory.save(&self.cache);
        files
    }

    /// Leaves what the next build is to know, with the record of this one's files; unless an image changed while it was made.
    pub fn save(&self, project: &Project, record: &Record) {
        if project.assets.have_changed() {
            return;
        }
        rayon::join(
            || self.cache.write(RECORD, record),
            || self.memory.save(&self.cache),
        );
    }
}
