//! The real vocabulary of the repository: its files as they are, and the ids in them, found by scanning lines.

use crate::calendar::Month;

/// The vocabulary files of a library, by name, as they were when this program was compiled.
pub(crate) const FILES: [(&str, &str); 5] = [
    (
        "themes.yaml",
        include_str!("../../content/vocabulary/themes.yaml"),
    ),
    (
        "factors.yaml",
        include_str!("../../content/vocabulary/factors.yaml"),
    ),
    (
        "frameworks.yaml",
        include_str!("../../content/vocabulary/frameworks.yaml"),
    ),
    (
        "glossary.yaml",
        include_str!("../../content/vocabulary/glossary.yaml"),
    ),
    (
        "systems.yaml",
        include_str!("../../content/vocabulary/systems.yaml"),
    ),
];

/// A system and the whole months in which it exists.
pub(crate) struct System {
    /// Its id.
    pub(crate) id: &'static str,
    /// The first whole month.
    pub(crate) from: Month,
    /// The last whole month of a system that was abolished.
    pub(crate) to: Option<Month>,
}

/// All ids from which a study can choose.
pub(crate) struct Vocabulary {
    /// Ids of `themes.yaml`.
    pub(crate) themes: Vec<&'static str>,
    /// Ids of `factors.yaml`.
    pub(crate) factors: Vec<&'static str>,
    /// `systems.yaml`.
    pub(crate) systems: Vec<System>,
    /// The list `levels`.
    pub(crate) levels: Vec<&'static str>,
    /// The list `organisational-levels`.
    pub(crate) organisational_levels: Vec<&'static str>,
    /// The list `partner-kinds`.
    pub(crate) partner_kinds: Vec<&'static str>,
    /// The scale `iap2-spectrum`, in its order.
    pub(crate) participation_levels: Vec<&'static str>,
    /// The list `participation-spheres`.
    pub(crate) participation_spheres: Vec<&'static str>,
    /// The list `quadruple-aim`.
    pub(crate) aims: Vec<&'static str>,
    /// The list `outcome-directions`.
    pub(crate) directions: Vec<&'static str>,
    /// The list `case-designs`.
    pub(crate) designs: Vec<&'static str>,
    /// The list `relations`.
    pub(crate) relations: Vec<&'static str>,
    /// The references that the vocabulary itself cites, sorted.
    pub(crate) cited: Vec<&'static str>,
}

impl Vocabulary {
    /// Reads the ids out of [`FILES`].
    ///
    /// # Errors
    /// Names the file or list in which no id was found.
    pub(crate) fn read() -> Result<Self, String> {
        let [(_, themes), (_, factors), (_, frameworks), _, (_, systems)] = FILES;
        let list = |id| {
            some(
                categories(frameworks, id),
                &format!("list {id} of frameworks.yaml"),
            )
        };
        Ok(Self {
            themes: some(record_ids(themes), "themes.yaml")?,
            factors: some(record_ids(factors), "factors.yaml")?,
            systems: some(read_systems(systems), "systems.yaml")?,
            levels: list("levels")?,
            organisational_levels: list("organisational-levels")?,
            partner_kinds: list("partner-kinds")?,
            participation_levels: list("iap2-spectrum")?,
            participation_spheres: list("participation-spheres")?,
            aims: list("quadruple-aim")?,
            directions: list("outcome-directions")?,
            designs: list("case-designs")?,
            relations: list("relations")?,
            cited: cited_references(),
        })
    }
}

fn some<T>(found: Vec<T>, place: &str) -> Result<Vec<T>, String> {
    if found.is_empty() {
        Err(format!("no id found in {place}: has its layout changed?"))
    } else {
        Ok(found)
    }
}

/// The id of a line that opens a record, if it does.
fn record_id(line: &'static str) -> Option<&'static str> {
    line.strip_prefix("  - id: ").map(str::trim)
}

fn record_ids(file: &'static str) -> Vec<&'static str> {
    file.lines().filter_map(record_id).collect()
}

/// The ids under `categories:` of one record, be they written as blocks or in braces.
fn categories(file: &'static str, wanted: &str) -> Vec<&'static str> {
    let mut ids = Vec::new();
    let (mut in_record, mut in_categories) = (false, false);
    for line in file.lines() {
        if let Some(id) = record_id(line) {
            (in_record, in_categories) = (id == wanted, false);
        } else if line.starts_with("    ") && !line.starts_with("     ") {
            in_categories = line.trim_end() == "    categories:";
        } else if in_record && in_categories {
            let item = line
                .strip_prefix("      - ")
                .map(|item| item.trim_start_matches('{'));
            let id = item.and_then(|item| item.strip_prefix("id: "));
            ids.extend(id.and_then(|id| id.split([',', '}']).next()).map(str::trim));
        }
    }
    ids
}

fn read_systems(file: &'static str) -> Vec<System> {
    let mut systems: Vec<System> = Vec::new();
    for line in file.lines() {
        if let Some(id) = record_id(line) {
            systems.push(System {
                id,
                from: Month::EARLIEST,
                to: None,
            });
        } else if let Some(system) = systems.last_mut() {
            if let Some(date) = line.strip_prefix("    valid_from: ") {
                system.from = Month::first_whole_after(date).unwrap_or(Month::EARLIEST);
            } else if let Some(date) = line.strip_prefix("    valid_to: ") {
                system.to = Month::last_whole_before(date);
            }
        }
    }
    systems
}

/// Everything in `sources: [...]` and after `reference: `, so that the library can hold a record for it.
fn cited_references() -> Vec<&'static str> {
    let mut ids = Vec::new();
    for (_, file) in FILES {
        for line in file.lines() {
            if let Some((_, rest)) = line.split_once("sources: [") {
                let inside = rest.split(']').next().unwrap_or(rest);
                ids.extend(inside.split(',').map(str::trim));
            }
            let after = line.split("reference: ").skip(1);
            ids.extend(
                after
                    .filter_map(|rest| rest.split([',', '}', ']']).next())
                    .map(str::trim),
            );
        }
    }
    ids.retain(|id| id.starts_with(|sign: char| sign.is_ascii_alphanumeric()));
    ids.sort_unstable();
    ids.dedup();
    ids
}
