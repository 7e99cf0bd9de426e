//! What a build knows of the one before it.

use super::{Material, Memory, Project, Record, index};
use crate::cache::Cache;
use crate::memo::Memo;
use crate::output::OutputFile;
use crate::search;

/// What the last build left in a cache: a build with it makes the same as one without, and sooner.
#[derive(Debug)]
pub struct Past {
    /// What was read of each file, and what is known of its Markdown.
    pub memory: Memory,
    /// What the files of the site were made from.
    pub record: Option<Record>,
    cache: Cache,
}

impl Past {
    /// Reads what is in a cache; what isn't is made anew. The vocabulary never is: it is read from the material meanwhile.
    pub fn load(cache: &Cache, material: &Material) -> Self {
        let words = || {
            let mut memo = Memo::default();
            material.vocabulary(Some(&mut memo));
            memo
        };
        let (vocabulary, (memory, record)) = rayon::join(words, || {
            rayon::join(|| Memory::load(cache), || Record::load(cache))
        });
        let memory = Memory {
            vocabulary,
            ..memory
        };
        Self {
            memory,
            record,
            cache: cache.clone(),
        }
    }

    /// Makes the search index as [`index`] does. Its parts go back to the cache at once: they need as much memory as all texts.
    pub fn index(&self, project: &Project) -> Vec<OutputFile> {
        if !project.search {
            return Vec::new();
        }
        let mut memory = search::Memory::load(&self.cache);
        // What the files are made from is hashed meanwhile.
        let (files, _) = rayon::join(
            || index(project, Some(&mut memory)),
            || project.keys_since(self.record.as_ref()),
        );
        if !project.has_changed() {
            memory.save();
        }
        // Giving back what came in a million pieces takes a while, and nothing has to wait for it.
        rayon::spawn(|| drop(memory));
        files
    }

    /// Leaves what the next build is to know, with the record of this one's files.
    pub fn save(&self, record: &Record) {
        rayon::join(
            || record.save(&self.cache),
            || self.memory.save(&self.cache),
        );
    }
}
