//! `site-config.toml`: what a library is called, where it is published, and how strictly it is checked.

mod base_url;

pub use base_url::BaseUrl;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use jiff::civil::Date;
use serde::Deserialize;

use crate::diagnostics::{Severity, rules};
use crate::vocabulary::ListField;

/// The name of the configuration file; the folder that holds it is the root of a library.
pub const FILE_NAME: &str = "site-config.toml";

/// The configuration of a library.
#[derive(Debug, Clone)]
pub struct Config {
    /// Name of the library.
    pub title: String,
    /// Where the site is published.
    pub base_url: BaseUrl,
    /// BCP 47 language tag of the content.
    pub language: String,
    /// One sentence on what the library is.
    pub description: Option<String>,
    /// Where a file of the library is edited: `{path}` is replaced by its path, which is appended otherwise.
    pub edit_url: Option<String>,
    /// Licence of the content.
    pub licence: Option<Licence>,
    /// Which framework's categories each field draws on.
    pub lists: BTreeMap<ListField, String>,
    /// Severity of rules that differ from their default; `None` switches a rule off.
    pub rules: BTreeMap<String, Option<Severity>>,
    /// Sizes that input may have.
    pub limits: Limits,
    /// When studies fall due for review.
    pub review: Review,
    /// How the site is made.
    pub build: Build,
    /// How it is shown to those who write it.
    pub serve: Serve,
}

impl Config {
    /// All that it holds, for hashes: whatever that is, now or later, is part of how it is written for debugging.
    pub(crate) fn as_text(&self) -> String {
        format!("{self:?}")
    }
}

/// A licence and where it is explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Licence {
    /// Its name, for instance `CC BY 4.0`.
    pub name: String,
    /// Its text.
    pub url: Option<String>,
}

/// `[limits]`: what one file, or one page of a list, may hold.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Largest text file, in bytes.
    pub file_bytes: u64,
    /// Largest image or attachment, in bytes.
    pub asset_bytes: u64,
    /// Longest summary, in characters.
    pub summary_characters: usize,
    /// Deepest nesting of YAML.
    pub yaml_depth: usize,
    /// Most values in one front matter.
    pub front_matter_values: usize,
    /// Most themes and factors that a study names.
    pub tags_per_study: usize,
    /// Problems of one file that are told.
    pub problems_per_file: usize,
    /// Studies on one page of a list of studies, 1 to 1000.
    pub studies_per_page: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 2_000_000,
            asset_bytes: 10_000_000,
            summary_characters: 300,
            yaml_depth: 16,
            front_matter_values: 5_000,
            tags_per_study: 60,
            problems_per_file: 1_000,
            studies_per_page: 50,
        }
    }
}

/// `[review]`: when somebody should ask again whether a study is still true.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Review {
    /// Months after `reviewed` (or `published`) at which a study falls due.
    pub due_after_months: Option<u32>,
}

impl Review {
    /// The day by which something that was last read on a day is due to be read again.
    pub fn due(&self, read: Date) -> Option<Date> {
        let months = jiff::Span::new().try_months(self.due_after_months?).ok()?;
        read.checked_add(months).ok()
    }
}

/// `[build]`: how the site is made.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Build {
    /// Output folder, relative to the root.
    pub out: String,
    /// Folder under `themes/` whose templates and assets override the embedded ones.
    pub skin: String,
}

impl Default for Build {
    fn default() -> Self {
        Self {
            out: "public".to_owned(),
            skin: "default".to_owned(),
        }
    }
}

/// `[serve]`: how the site is shown to those who write it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Serve {
    /// The address that opens a file in an editor, with `{path}`, `{line}` and `{column}`.
    pub editor: String,
}

impl Default for Serve {
    fn default() -> Self {
        Self {
            editor: "vscode://file/{path}:{line}:{column}".to_owned(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    title: String,
    base_url: Option<String>,
    #[serde(default = "default_language")]
    language: String,
    description: Option<String>,
    edit_url: Option<String>,
    licence: Option<RawLicence>,
    #[serde(default)]
    lists: toml::Table,
    #[serde(default)]
    rules: BTreeMap<String, String>,
    #[serde(default)]
    limits: Limits,
    #[serde(default)]
    review: Review,
    #[serde(default)]
    build: Build,
    #[serde(default)]
    serve: Serve,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a name, or { name = \"…\", url = \"…\" }")]
enum RawLicence {
    Name(String),
    Full(RawLicenceTable),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLicenceTable {
    name: String,
    url: Option<String>,
}

fn default_language() -> String {
    "en-GB".to_owned()
}

/// How many studies one page of a list may show: more would be a page that no reader gets to the end of.
const STUDIES_PER_PAGE: RangeInclusive<usize> = 1..=1000;

/// The address of pages that are not published anywhere yet.
const LOCAL_URL: &str = "http://127.0.0.1:8000/";

/// Reads the configuration of the library at `root`.
///
/// # Errors
/// When the file is missing or broken, has an unknown key, or names an unknown rule or field: with the place.
pub fn load(root: &Path) -> Result<Config> {
    let path = root.join(FILE_NAME);
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    parse(&text).with_context(|| format!("cannot use {FILE_NAME}"))
}

/// Reads the text of the file.
///
/// # Errors
/// When it can't be used.
pub(crate) fn parse(text: &str) -> Result<Config> {
    let raw: Raw = toml::from_str(text.trim_start_matches(crate::diagnostics::BOM))?;
    if raw.title.trim().is_empty() {
        bail!("`title` is empty");
    }
    if !is_language_tag(&raw.language) {
        bail!(
            "`language` must be a tag such as en-GB, not {:?}",
            raw.language
        );
    }
    if let Some(url) = &raw.edit_url {
        require_http("edit_url", url)?;
    }
    let licence = match raw.licence {
        None => None,
        Some(RawLicence::Name(name)) => Some(Licence { name, url: None }),
        Some(RawLicence::Full(RawLicenceTable { name, url })) => {
            if let Some(url) = &url {
                require_http("licence.url", url)?;
            }
            Some(Licence { name, url })
        }
    };
    if !Path::new(&raw.build.out)
        .components()
        .all(|part| matches!(part, std::path::Component::Normal(_)))
        || raw.build.out.is_empty()
    {
        bail!(
            "`build.out` must be a folder below the library, not {:?}; --out may name any folder",
            raw.build.out
        );
    }
    let per_page = raw.limits.studies_per_page;
    if !STUDIES_PER_PAGE.contains(&per_page) {
        bail!(
            "`limits.studies_per_page` must be a number from {} to {}, not {per_page}",
            STUDIES_PER_PAGE.start(),
            STUDIES_PER_PAGE.end()
        );
    }
    let skin = &raw.build.skin;
    if !crate::slug::is_valid(skin) {
        bail!("`build.skin` must be the name of a folder under themes/, not {skin:?}");
    }
    let editor = &raw.serve.editor;
    if !is_editor_address(editor) {
        bail!(
            "`serve.editor` must be the address by which an editor opens a file, such as {:?}, not {editor:?}",
            Serve::default().editor
        );
    }
    Ok(Config {
        title: raw.title,
        base_url: BaseUrl::parse(raw.base_url.as_deref().unwrap_or(LOCAL_URL))?,
        language: raw.language,
        description: raw.description,
        edit_url: raw.edit_url,
        licence,
        lists: lists(&raw.lists)?,
        rules: severities(&raw.rules)?,
        limits: raw.limits,
        review: raw.review,
        build: raw.build,
        serve: raw.serve,
    })
}

/// Whether an address has a scheme of its own, which no script is, and a place for the path.
fn is_editor_address(address: &str) -> bool {
    let plain = |scheme: &str| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
            && !["javascript", "data", "vbscript"].contains(&scheme.to_ascii_lowercase().as_str())
    };
    let scheme = address.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(plain) && address.contains("{path}")
}

fn is_language_tag(tag: &str) -> bool {
    !tag.is_empty()
        && tag.split('-').all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

fn require_http(key: &str, url: &str) -> Result<()> {
    if url.starts_with("https://") || url.starts_with("http://") {
        Ok(())
    } else {
        bail!("`{key}` must begin with https:// or http://, not {url:?}")
    }
}

/// `[lists]`: `level = "levels"`; keys of nested records may be written dotted, with or without quotes.
fn lists(table: &toml::Table) -> Result<BTreeMap<ListField, String>> {
    let mut lists = BTreeMap::new();
    for (key, value) in table {
        match value {
            toml::Value::String(list) => bind(&mut lists, key, list)?,
            toml::Value::Table(inner) => {
                for (inner_key, value) in inner {
                    let key = format!("{key}.{inner_key}");
                    let toml::Value::String(list) = value else {
                        bail!("`lists.{key}` must be the id of a framework, in quotes");
                    };
                    bind(&mut lists, &key, list)?;
                }
            }
            _ => bail!("`lists.{key}` must be the id of a framework, in quotes"),
        }
    }
    Ok(lists)
}

fn bind(lists: &mut BTreeMap<ListField, String>, key: &str, list: &str) -> Result<()> {
    let field = ListField::find(key).ok_or_else(|| {
        let known: Vec<_> = ListField::ALL.iter().map(|field| field.key()).collect();
        anyhow!(
            "`lists.{key}`: no such field; the fields are {}",
            known.join(", ")
        )
    })?;
    lists.insert(field, list.to_owned());
    Ok(())
}

fn severities(raw: &BTreeMap<String, String>) -> Result<BTreeMap<String, Option<Severity>>> {
    let mut severities = BTreeMap::new();
    for (name, severity) in raw {
        let Some(rule) = rules::find(name) else {
            bail!("`rules.{name}`: there is no rule of this name");
        };
        let severity = match severity.as_str() {
            "error" => Some(Severity::Error),
            "warning" => Some(Severity::Warning),
            "info" => Some(Severity::Info),
            "off" => None,
            other => bail!(
                "`rules.{name}` must be \"error\", \"warning\", \"info\" or \"off\", not {other:?}"
            ),
        };
        if rule.fixed && severity != Some(Severity::Error) {
            bail!(
                "`rules.{name}` must stay \"error\": what it finds can't be built and would vanish from the site"
            );
        }
        severities.insert(name.clone(), severity);
    }
    Ok(severities)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        format!("{:#}", parse(text).expect_err("refused"))
    }

    #[test]
    fn the_smallest_configuration_is_a_title() {
        let config = parse("title = 'Library'").expect("accepted");
        assert_eq!(config.language, "en-GB");
        assert_eq!(config.limits.summary_characters, 300);
        assert_eq!(config.build.out, "public");
    }

    #[test]
    fn unknown_keys_rules_fields_and_severities_are_refused() {
        assert!(error("title = 'L'\ntitel = 'x'").contains("titel"));
        assert!(error("title = 'L'\n[limits]\nfiles = 3").contains("files"));
        assert!(error("title = 'L'\n[rules]\nno-such = 'off'").contains("no-such"));
        assert!(error("title = 'L'\n[rules]\ndead-link = 'loud'").contains("loud"));
        assert!(error("title = 'L'\n[lists]\nlevle = 'levels'").contains("levle"));
        assert!(error("title = ''").contains("empty"));
        assert!(error("title = 'L'\nbase_url = 'ftp://x/'").contains("base_url"));
        assert!(error("title = 'L'\n[build]\nskin = '../x'").contains("skin"));
        assert!(error("title = 'L'\n[build]\nout = '/tmp/x'").contains("out"));
        assert!(error("title = 'L'\n[build]\nout = '../x'").contains("out"));
        for editor in [
            "",
            "{path}",
            "vscode://file/",
            "javascript://%0aalert(1)//{path}",
        ] {
            assert!(
                error(&format!("title = 'L'\n[serve]\neditor = '{editor}'")).contains("editor")
            );
        }
        assert!(error("title = 'L'\n[licence]\nname = 'x'\nurll = 'y'").contains("licence"));
        for number in ["0", "1001", "-1", "'50'"] {
            let text = format!("title = 'L'\n[limits]\nstudies_per_page = {number}");
            assert!(error(&text).contains("studies_per_page"), "{number}");
        }
        assert!(error("title = 'L'\n[rules]\nmissing-key = 'off'").contains("must stay"));
    }

    #[test]
    fn lists_bind_fields_to_frameworks() {
        let config = parse(
            "title = 'L'\n[lists]\nlevel = 'a'\n'evidence.design' = 'b'\nparticipation.sphere = 'c'",
        )
        .expect("accepted");
        assert_eq!(config.lists[&ListField::Level], "a");
        assert_eq!(config.lists[&ListField::EvidenceDesign], "b");
        assert_eq!(config.lists[&ListField::ParticipationSphere], "c");
    }
}
