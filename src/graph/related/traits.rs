//! By what studies are compared.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use rustc_hash::FxHashMap;

use super::best::GRAIN;
use crate::content::Library;

/// Weight of a factor that both cite in the same direction.
const SAME_DIRECTION: u32 = 3;
/// Weight of a factor that both cite in different directions.
const OTHER_DIRECTION: u32 = 2;
/// Weight of a programme that both were part of.
const PROGRAMME: u32 = 2;
/// Weight of a theme or a system that both have.
const TAG: u32 = 1;

/// A tag of a study: which, and for factors the directions as bits.
pub(super) type Tag = (u32, u8);

/// By what studies are compared: the tags of all studies, and the studies of all tags.
#[derive(Debug)]
pub(super) struct Traits {
    pub(super) studies: Vec<Vec<Tag>>,
    pub(super) postings: Vec<Vec<(u32, u8)>>,
    /// Of each common tag, and of each set of directions that one study has of it, the bounds by study.
    pub(super) columns: FxHashMap<Tag, Vec<i16>>,
    /// Rarity of each tag, in thousandths.
    pub(super) rarity: Vec<u32>,
    pub(super) factors: usize,
    pub(super) themes: usize,
    pub(super) systems: usize,
}

/// Everything else follows from the tags of the studies, how rare each is, and which are factors, themes and systems.
impl Hash for Traits {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let places = (self.factors, self.themes, self.systems);
        (&self.studies, &self.rarity, places).hash(state);
    }
}

/// What sharing a tag adds to the score of a pair.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Worth {
    /// Directions of the study itself.
    bits: u8,
    /// When the directions meet.
    pub(super) same: u32,
    /// When they don't.
    different: u32,
}

impl Worth {
    /// What is gained, in grains and rounded up.
    pub(super) fn bound(self, other_bits: u8) -> i16 {
        i16::try_from(self.gain(other_bits).div_ceil(GRAIN)).unwrap_or(i16::MAX)
    }

    pub(super) fn gain(self, other_bits: u8) -> u32 {
        if self.bits & other_bits != 0 {
            self.same
        } else {
            self.different
        }
    }
}

impl Traits {
    /// Collects the tags of all listed studies.
    pub(super) fn new(library: &Library) -> Self {
        let vocabulary = &library.vocabulary;
        let (factors, themes, systems) = (
            vocabulary.factors.len(),
            vocabulary.themes.len(),
            vocabulary.systems.len(),
        );
        let mut programmes: BTreeMap<&str, u32> = BTreeMap::new();
        for (_, study) in library.listed_studies() {
            if let Some(programme) = &study.programme {
                programmes.entry(&programme.id).or_default();
            }
        }
        let first_programme = factors + themes + systems;
        for (number, tag) in programmes.values_mut().enumerate() {
            *tag = as_u32(first_programme + number);
        }
        let mut studies: Vec<Vec<Tag>> = vec![Vec::new(); library.study_count()];
        let mut postings: Vec<Vec<(u32, u8)>> =
            vec![Vec::new(); first_programme + programmes.len()];
        let mut listed = 0;
        for (id, study) in library.listed_studies() {
            listed += 1;
            let own = &mut studies[id.index()];
            for citation in &study.citations {
                let tag = as_u32(citation.factor.index());
                let bit = 1 << citation.direction as u8;
                match own.iter_mut().find(|(known, _)| *known == tag) {
                    Some((_, bits)) => *bits |= bit,
                    None => own.push((tag, bit)),
                }
            }
            let themes_at = factors;
            own.extend(
                study
                    .themes
                    .iter()
                    .map(|id| (as_u32(themes_at + id.index()), 0)),
            );
            let systems_at = factors + themes;
            own.extend(
                study
                    .systems
                    .iter()
                    // That two studies are both national, or both anonymised, says nothing.
                    .filter(|system| !vocabulary.systems.get(**system).scope)
                    .map(|id| (as_u32(systems_at + id.index()), 0)),
            );
            if let Some(programme) = &study.programme {
                own.extend(programmes.get(programme.id.as_ref()).map(|tag| (*tag, 0)));
            }
            own.sort_unstable();
            own.dedup_by_key(|(tag, _)| *tag);
            for &(tag, bits) in own.iter() {
                postings[tag as usize].push((as_u32(id.index()), bits));
            }
        }
        let rarity = postings
            .iter()
            .map(|list| rarity(listed, list.len()))
            .collect();
        let mut traits = Self {
            studies,
            postings,
            columns: FxHashMap::default(),
            rarity,
            factors,
            themes,
            systems,
        };
        traits.columns = traits.columns();
        traits
    }

    /// What sharing a tag is worth to a study with these directions.
    pub(super) fn worth(&self, (tag, bits): Tag) -> Worth {
        let tag = tag as usize;
        let (same, different) = if tag < self.factors {
            (SAME_DIRECTION, OTHER_DIRECTION)
        } else if tag < self.factors + self.themes + self.systems {
            (TAG, TAG)
        } else {
            (PROGRAMME, PROGRAMME)
        };
        Worth {
            bits,
            same: same * self.rarity[tag],
            different: different * self.rarity[tag],
        }
    }
}

/// Thousandths of `ln((n + 1) / df)`, rounded, so that sums don't depend on their order.
fn rarity(studies: usize, carriers: usize) -> u32 {
    if carriers == 0 {
        return 0;
    }
    let ratio = (studies as f64 + 1.0) / carriers as f64;
    (ratio.ln() * 1000.0).round() as u32
}

pub(super) fn as_u32(index: usize) -> u32 {
    u32::try_from(index).expect("invariant: fewer than 2^32 tags and studies")
}
