//! What a process remembers that walks the road again and again: results of pure steps, and by what two walks differ.

use std::sync::Arc;

use super::Project;
use crate::cache::Cache;
use crate::content;
use crate::diagnostics::Diagnostic;
use crate::markdown::{Assets, Rendered};
use crate::memo::{Key, Memo, key_of};
use crate::source::Shelf;
use crate::vocabulary::Vocabulary;

/// The results of the last walk, for the next one. What it finds unchanged it doesn't compute again; the outcome is the
/// same as that of a walk without a memory.
#[derive(Debug, Default)]
pub struct Memory {
    pub(super) files: Shelf,
    pub(super) vocabulary: Memo<(Arc<Vocabulary>, Vec<Diagnostic>)>,
    pub(super) content: content::Memory,
    pub(super) bodies: Memo<(Arc<Rendered>, Vec<Diagnostic>)>,
    pub(super) assets: Arc<Assets>,
}

/// The name under which a cache has what is known of the Markdown.
const BODIES: &str = "markdown";

impl Memory {
    /// What the last build has left in a cache.
    pub fn load(cache: &Cache) -> Self {
        let (content, bodies) = rayon::join(
            || content::Memory::load(cache),
            || Memo::load(cache, BODIES),
        );
        Self {
            content,
            bodies,
            ..Self::default()
        }
    }

    /// Leaves it there for the next.
    pub fn save(&self, cache: &Cache) {
        rayon::join(
            || self.content.save(cache),
            || self.bodies.save(cache, BODIES),
        );
    }
}

/// Everything that a project was made from: paths from the root of the library, and hashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inputs(Vec<(Arc<str>, Key)>);

impl Inputs {
    pub(super) fn of(project: &Project) -> Self {
        let texts = project.sources.files().iter();
        let texts = texts.map(|file| (file.path.clone(), file.key()));
        let assets = project.assets.stamps().map(|(path, stamp)| {
            let stamp = format!("{stamp:?}");
            (path.clone(), key_of([stamp.as_bytes()]))
        });
        let config = project.config.as_text();
        let config = (crate::config::FILE_NAME.into(), key_of([config.as_bytes()]));
        let mut inputs: Vec<_> = texts.chain(assets).chain([config]).collect();
        inputs.extend_from_slice(project.skin.files());
        inputs.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        Self(inputs)
    }

    /// The paths of what is other, new or gone since another walk, in order.
    pub fn since<'i>(&'i self, earlier: &'i Self) -> Vec<&'i str> {
        let (mut now, mut before) = (self.0.iter().peekable(), earlier.0.iter().peekable());
        let mut changed: Vec<&str> = Vec::new();
        loop {
            let order = match (now.peek(), before.peek()) {
                (None, None) => return changed,
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (Some((a, _)), Some((b, _))) => a.cmp(b),
            };
            let (is_now, is_before) = (
                order.is_le().then(|| now.next()),
                order.is_ge().then(|| before.next()),
            );
            let (is_now, is_before) = (is_now.flatten(), is_before.flatten());
            if is_now != is_before {
                changed.extend(is_now.or(is_before).map(|(path, _)| &**path));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inputs(list: &[(&str, &str)]) -> Inputs {
        let list = list.iter();
        Inputs(
            list.map(|(path, text)| ((*path).into(), key_of([text.as_bytes()])))
                .collect(),
        )
    }

    #[test]
    fn what_is_new_other_or_gone_has_changed() {
        let before = inputs(&[("a", "1"), ("b", "1"), ("d", "1"), ("e", "1")]);
        let now = inputs(&[("a", "1"), ("b", "2"), ("c", "1"), ("e", "1"), ("f", "1")]);
        assert_eq!(now.since(&before), ["b", "c", "d", "f"]);
        assert_eq!(now.since(&now), Vec::<&str>::new());
        assert_eq!(now.since(&inputs(&[])).len(), 5);
        assert_eq!(inputs(&[]).since(&now).len(), 5);
    }
}
