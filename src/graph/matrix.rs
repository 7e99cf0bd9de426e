//! Where each factor was seen: factors against geographical level, kind of evidence, region, and aim of outcomes.
//! Only listed studies count.

use std::collections::BTreeMap;

use super::choices::ChoiceIndex;
use super::tag_index::TagIndex;
use crate::content::{Direction, Library, Study};
use crate::id::Id;
use crate::slug::anchors;
use crate::vocabulary::{Factor, ListField, System};

/// What the columns of a matrix tell studies apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Axis {
    /// Geographical levels.
    Level,
    /// Designs of the evidence.
    EvidenceDesign,
    /// Regions of the systems, and the scopes that are no area.
    Region,
    /// Aims of the outcomes.
    OutcomeAim,
}

impl Axis {
    /// All axes in the order in which pages show them.
    pub const ALL: [Self; 4] = [
        Self::Level,
        Self::EvidenceDesign,
        Self::Region,
        Self::OutcomeAim,
    ];

    /// Its name in addresses.
    pub fn id(self) -> &'static str {
        match self {
            Self::Level => "level",
            Self::EvidenceDesign => "evidence-design",
            Self::Region => "region",
            Self::OutcomeAim => "outcome-aim",
        }
    }

    /// The field whose list has its values; regions are no list.
    pub fn field(self) -> Option<ListField> {
        match self {
            Self::Level => Some(ListField::Level),
            Self::EvidenceDesign => Some(ListField::EvidenceDesign),
            Self::Region => None,
            Self::OutcomeAim => Some(ListField::OutcomeAim),
        }
    }
}

/// A column of a matrix.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Column {
    /// Its name in addresses, unique in the library: `level-place`.
    pub anchor: String,
    /// What it is called.
    pub label: String,
    /// How many studies stand in it.
    pub studies: usize,
    /// Whether it is none of the axis's own values: scopes that are no area, and studies of which nothing is said. An
    /// empty cell of such a column is no gap.
    pub aside: bool,
}

/// All factors against the values of one axis.
#[derive(Debug, Hash)]
pub struct Matrix {
    /// What the columns are.
    pub axis: Axis,
    /// The columns: the values of the axis in their order, then those that stand aside.
    pub columns: Vec<Column>,
    /// For every study its columns, in order.
    columns_of: Vec<Vec<usize>>,
    /// Row by row.
    cells: Vec<[usize; 3]>,
}

impl Matrix {
    /// The matrices of the axes that a library has: of those whose field is bound to a list, and of regions if its systems
    /// have any.
    pub fn all(library: &Library, tags: &TagIndex, choices: &ChoiceIndex) -> Vec<Self> {
        if library.vocabulary.factors.is_empty() {
            return Vec::new();
        }
        Axis::ALL
            .into_iter()
            .filter_map(|axis| {
                let groups = match axis.field() {
                    Some(field) => by_choice(field, library, choices),
                    None => by_region(library, tags),
                };
                groups
                    .iter()
                    .any(|group| !group.aside)
                    .then(|| Self::new(axis, groups, library, tags))
            })
            .collect()
    }

    fn new(axis: Axis, mut groups: Vec<Group<'_>>, library: &Library, tags: &TagIndex) -> Self {
        let mut columns_of = vec![Vec::new(); library.study_count()];
        for (column, group) in groups.iter().enumerate() {
            for study in &group.studies {
                columns_of[study.index()].push(column);
            }
        }
        let unsaid: Vec<Id<Study>> = library
            .listed_studies()
            .map(|(id, _)| id)
            .filter(|id| columns_of[id.index()].is_empty())
            .collect();
        if !unsaid.is_empty() {
            for study in &unsaid {
                columns_of[study.index()].push(groups.len());
            }
            groups.push(Group {
                name: "none",
                label: "Not given",
                studies: unsaid,
                aside: true,
            });
        }
        let width = groups.len();
        let mut cells = vec![[0; 3]; width * library.vocabulary.factors.len()];
        for factor in library.vocabulary.factors.ids() {
            for direction in Direction::ALL {
                for study in tags.factor(factor, direction) {
                    for column in &columns_of[study.index()] {
                        cells[factor.index() * width + column][direction as usize] += 1;
                    }
                }
            }
        }
        Self {
            axis,
            columns: columns(axis, &groups),
            columns_of,
            cells,
        }
    }

    /// A row: for each column the number of studies in which the factor helped, hindered, and was mixed.
    pub fn row(&self, factor: Id<Factor>) -> &[[usize; 3]] {
        let width = self.columns.len();
        &self.cells[factor.index() * width..][..width]
    }

    /// The places of the columns that a study stands in, in order; none if it isn't listed.
    pub fn columns_of(&self, study: Id<Study>) -> &[usize] {
        &self.columns_of[study.index()]
    }
}

/// A column before it is counted.
struct Group<'g> {
    name: &'g str,
    label: &'g str,
    /// Without doubles.
    studies: Vec<Id<Study>>,
    aside: bool,
}

fn by_choice<'g>(field: ListField, library: &'g Library, choices: &ChoiceIndex) -> Vec<Group<'g>> {
    let Some(list) = library.vocabulary.lists.framework(field) else {
        return Vec::new();
    };
    let categories = &library.vocabulary.frameworks.get(list).categories;
    categories
        .iter()
        .zip(choices.values(field))
        .map(|(category, studies)| Group {
            name: &category.id,
            label: &category.label,
            studies: studies.clone(),
            aside: false,
        })
        .collect()
}

/// Every region by its name, then systems of none, then the scopes that studies have.
fn by_region<'g>(library: &'g Library, tags: &TagIndex) -> Vec<Group<'g>> {
    let systems = &library.vocabulary.systems;
    let mut regions: BTreeMap<&str, Vec<Id<Study>>> = BTreeMap::new();
    let mut elsewhere = Vec::new();
    let mut scopes = Vec::new();
    for (id, system) in systems.iter() {
        let System { scope, region, .. } = system;
        let studies = tags.system(id);
        match region {
            _ if *scope => scopes.push(Group {
                name: &system.id,
                label: &system.label,
                studies: studies.to_vec(),
                aside: true,
            }),
            Some(region) => regions.entry(region).or_default().extend(studies),
            None => elsewhere.extend(studies),
        }
    }
    let region = |(region, studies)| Group {
        name: region,
        label: region,
        studies: once_each(studies),
        aside: false,
    };
    let mut groups: Vec<Group<'_>> = regions.into_iter().map(region).collect();
    scopes.insert(
        0,
        Group {
            name: "elsewhere",
            label: "Elsewhere",
            studies: once_each(elsewhere),
            aside: true,
        },
    );
    groups.extend(scopes.into_iter().filter(|group| !group.studies.is_empty()));
    groups
}

fn once_each(mut studies: Vec<Id<Study>>) -> Vec<Id<Study>> {
    studies.sort_unstable();
    studies.dedup();
    studies
}

fn columns(axis: Axis, groups: &[Group<'_>]) -> Vec<Column> {
    let anchors = anchors(axis.id(), groups.iter().map(|group| group.name));
    let columns = groups.iter().zip(anchors);
    columns
        .map(|(group, anchor)| Column {
            anchor,
            label: group.label.to_owned(),
            studies: group.studies.len(),
            aside: group.aside,
        })
        .collect()
}
