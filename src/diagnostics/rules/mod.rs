//! The rules that content is checked by: one file each, with its documentation inside.
//!
//! A rule that can be told from a few values alone has its check in its file too; the others are told by the readers of
//! YAML, front matter and Markdown, which meet the mistake on their way.

mod absolute_link;
mod address_collision;
mod alias_taken;
mod alias_used;
pub(crate) mod anonymity_broken;
mod attachment_type;
mod bad_date;
mod bad_slug;
mod bad_value;
pub(crate) mod bare_figure;
pub(crate) mod bidirectional_control;
mod comment_in_value;
pub(crate) mod cyclic_succession;
mod dangling_crosswalk;
mod dead_fragment;
mod dead_image;
mod dead_link;
pub(crate) mod deprecated_term;
mod duplicate_alias;
mod duplicate_id;
mod duplicate_key;
mod duplicate_slug;
pub(crate) mod empty_body;
mod empty_value;
pub(crate) mod evidence_missing;
mod external_image;
mod factor_in_two_directions;
mod file_not_utf8;
mod file_too_large;
pub(crate) mod future_date;
pub(crate) mod heading_skipped;
mod link_to_draft;
mod link_to_own_site;
mod malformed_yaml;
mod markdown_limit;
pub(crate) mod missing_alt_text;
mod missing_front_matter;
mod missing_key;
mod misspelt_key;
mod no_factors;
pub(crate) mod no_limitations;
mod outside_system_life;
pub(crate) mod planned_improvement;
mod raw_html;
pub(crate) mod repeated_evidence;
mod repeated_value;
mod reserved_slug;
mod reversed_period;
mod reversed_range;
pub(crate) mod review_overdue;
mod second_h1;
mod self_relation;
pub(crate) mod shared_tile;
pub(crate) mod similar_labels;
pub(crate) mod summary_repeats_title;
mod summary_too_long;
mod symbolic_link;
pub(crate) mod template_text;
mod too_many_problems;
mod too_many_tags;
mod unexpected_file;
pub(crate) mod unfinished_link;
mod unknown_factor;
mod unknown_key;
mod unknown_list;
mod unknown_reference;
mod unknown_study;
mod unknown_system;
mod unknown_theme;
mod unknown_value;
pub(crate) mod unmarked_list;
mod unreadable_file;
mod unsafe_link;
mod unterminated_front_matter;
pub(crate) mod unused_term;
pub(crate) mod vague_link_text;
pub(crate) mod withdrawn_without_reason;
mod wrong_type;
mod yaml_alias;
mod yaml_limit;

pub(crate) use absolute_link::ABSOLUTE_LINK;
pub(crate) use address_collision::ADDRESS_COLLISION;
pub(crate) use alias_taken::ALIAS_TAKEN;
pub(crate) use alias_used::ALIAS_USED;
pub(crate) use anonymity_broken::ANONYMITY_BROKEN;
pub(crate) use attachment_type::ATTACHMENT_TYPE;
pub(crate) use bad_date::BAD_DATE;
pub(crate) use bad_slug::BAD_SLUG;
pub(crate) use bad_value::BAD_VALUE;
pub(crate) use bare_figure::BARE_FIGURE;
pub(crate) use bidirectional_control::BIDIRECTIONAL_CONTROL;
pub(crate) use comment_in_value::COMMENT_IN_VALUE;
pub(crate) use cyclic_succession::CYCLIC_SUCCESSION;
pub(crate) use dangling_crosswalk::DANGLING_CROSSWALK;
pub(crate) use dead_fragment::DEAD_FRAGMENT;
pub(crate) use dead_image::DEAD_IMAGE;
pub(crate) use dead_link::DEAD_LINK;
pub(crate) use deprecated_term::DEPRECATED_TERM;
pub(crate) use duplicate_alias::DUPLICATE_ALIAS;
pub(crate) use duplicate_id::DUPLICATE_ID;
pub(crate) use duplicate_key::DUPLICATE_KEY;
pub(crate) use duplicate_slug::DUPLICATE_SLUG;
pub(crate) use empty_body::EMPTY_BODY;
pub(crate) use empty_value::EMPTY_VALUE;
pub(crate) use evidence_missing::EVIDENCE_MISSING;
pub(crate) use external_image::EXTERNAL_IMAGE;
pub(crate) use factor_in_two_directions::FACTOR_IN_TWO_DIRECTIONS;
pub(crate) use file_not_utf8::FILE_NOT_UTF8;
pub(crate) use file_too_large::FILE_TOO_LARGE;
pub(crate) use future_date::FUTURE_DATE;
pub(crate) use heading_skipped::HEADING_SKIPPED;
pub(crate) use link_to_draft::LINK_TO_DRAFT;
pub(crate) use link_to_own_site::LINK_TO_OWN_SITE;
pub(crate) use malformed_yaml::MALFORMED_YAML;
pub(crate) use markdown_limit::MARKDOWN_LIMIT;
pub(crate) use missing_alt_text::MISSING_ALT_TEXT;
pub(crate) use missing_front_matter::MISSING_FRONT_MATTER;
pub(crate) use missing_key::MISSING_KEY;
pub(crate) use misspelt_key::MISSPELT_KEY;
pub(crate) use no_factors::NO_FACTORS;
pub(crate) use no_limitations::NO_LIMITATIONS;
pub(crate) use outside_system_life::OUTSIDE_SYSTEM_LIFE;
pub(crate) use planned_improvement::PLANNED_IMPROVEMENT;
pub(crate) use raw_html::RAW_HTML;
pub(crate) use repeated_evidence::REPEATED_EVIDENCE;
pub(crate) use repeated_value::REPEATED_VALUE;
pub(crate) use reserved_slug::RESERVED_SLUG;
pub(crate) use reversed_period::REVERSED_PERIOD;
pub(crate) use reversed_range::REVERSED_RANGE;
pub(crate) use review_overdue::REVIEW_OVERDUE;
pub(crate) use second_h1::SECOND_H1;
pub(crate) use self_relation::SELF_RELATION;
pub(crate) use shared_tile::SHARED_TILE;
pub(crate) use similar_labels::SIMILAR_LABELS;
pub(crate) use summary_repeats_title::SUMMARY_REPEATS_TITLE;
pub(crate) use summary_too_long::SUMMARY_TOO_LONG;
pub(crate) use symbolic_link::SYMBOLIC_LINK;
pub(crate) use template_text::TEMPLATE_TEXT;
pub(crate) use too_many_problems::TOO_MANY_PROBLEMS;
pub(crate) use too_many_tags::TOO_MANY_TAGS;
pub(crate) use unexpected_file::UNEXPECTED_FILE;
pub(crate) use unfinished_link::UNFINISHED_LINK;
pub(crate) use unknown_factor::UNKNOWN_FACTOR;
pub(crate) use unknown_key::UNKNOWN_KEY;
pub(crate) use unknown_list::UNKNOWN_LIST;
pub(crate) use unknown_reference::UNKNOWN_REFERENCE;
pub(crate) use unknown_study::UNKNOWN_STUDY;
pub(crate) use unknown_system::UNKNOWN_SYSTEM;
pub(crate) use unknown_theme::UNKNOWN_THEME;
pub(crate) use unknown_value::UNKNOWN_VALUE;
pub(crate) use unmarked_list::UNMARKED_LIST;
pub(crate) use unreadable_file::UNREADABLE_FILE;
pub(crate) use unsafe_link::UNSAFE_LINK;
pub(crate) use unterminated_front_matter::UNTERMINATED_FRONT_MATTER;
pub(crate) use unused_term::UNUSED_TERM;
pub(crate) use vague_link_text::VAGUE_LINK_TEXT;
pub(crate) use withdrawn_without_reason::WITHDRAWN_WITHOUT_REASON;
pub(crate) use wrong_type::WRONG_TYPE;
pub(crate) use yaml_alias::YAML_ALIAS;
pub(crate) use yaml_limit::YAML_LIMIT;

mod explain;

pub use explain::page;

use super::diagnostic::Severity;

/// A rule of the checker.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable kebab-case name, as used in `[rules]` of `site-config.toml`.
    pub name: &'static str,
    /// What part of a library it is about.
    pub group: Group,
    /// Severity unless the configuration says otherwise.
    pub severity: Severity,
    /// Whether it stays an error: what it finds can't be built, so it would vanish from the site without a word.
    pub fixed: bool,
    /// What it means, in one sentence.
    pub summary: &'static str,
    /// Why it matters, in Markdown.
    pub why: &'static str,
    /// What breaks it, and the same mended.
    pub example: Example,
    /// How to mend it, in Markdown.
    pub mend: &'static str,
}

/// What part of a library a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Files and their names.
    Files,
    /// Keys and values of front matter and data files.
    FrontMatter,
    /// Words of the vocabulary, as content uses them.
    InUse,
    /// The vocabulary itself.
    Vocabulary,
    /// Text, links, images and addresses.
    Links,
    /// What a study claims, and how well it is known.
    Honesty,
}

impl Group {
    /// All groups, in the order in which they are listed.
    pub const ALL: [Self; 6] = [
        Self::Files,
        Self::FrontMatter,
        Self::InUse,
        Self::Vocabulary,
        Self::Links,
        Self::Honesty,
    ];

    /// The heading under which its rules are listed.
    pub fn title(self) -> &'static str {
        match self {
            Self::Files => "Files",
            Self::FrontMatter => "Front matter",
            Self::InUse => "Vocabulary in use",
            Self::Vocabulary => "The vocabulary itself",
            Self::Links => "Text, links and addresses",
            Self::Honesty => "Honesty",
        }
    }
}

/// A mistake and the same mended. Every line of the mistake stands in the test case of the rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Example {
    /// The language of both: `yaml`, `markdown`, `toml` or `text`.
    pub language: &'static str,
    /// What breaks the rule.
    pub wrong: &'static str,
    /// What doesn't.
    pub right: &'static str,
}

impl Example {
    const fn yaml(wrong: &'static str, right: &'static str) -> Self {
        Self {
            language: "yaml",
            wrong,
            right,
        }
    }

    const fn markdown(wrong: &'static str, right: &'static str) -> Self {
        Self {
            language: "markdown",
            wrong,
            right,
        }
    }

    const fn text(wrong: &'static str, right: &'static str) -> Self {
        Self {
            language: "text",
            wrong,
            right,
        }
    }
}

/// Every rule, by group and in the order of the road of the data.
pub static ALL: &[&Rule] = &[
    &UNREADABLE_FILE,
    &FILE_NOT_UTF8,
    &FILE_TOO_LARGE,
    &TOO_MANY_PROBLEMS,
    &SYMBOLIC_LINK,
    &UNEXPECTED_FILE,
    &BAD_SLUG,
    &DUPLICATE_SLUG,
    &RESERVED_SLUG,
    &MISSING_FRONT_MATTER,
    &UNTERMINATED_FRONT_MATTER,
    &MALFORMED_YAML,
    &YAML_LIMIT,
    &YAML_ALIAS,
    &COMMENT_IN_VALUE,
    &DUPLICATE_KEY,
    &UNKNOWN_KEY,
    &MISSPELT_KEY,
    &MISSING_KEY,
    &WRONG_TYPE,
    &EMPTY_VALUE,
    &BAD_VALUE,
    &BAD_DATE,
    &REVERSED_PERIOD,
    &REVERSED_RANGE,
    &SUMMARY_TOO_LONG,
    &NO_FACTORS,
    &TOO_MANY_TAGS,
    &REPEATED_VALUE,
    &OUTSIDE_SYSTEM_LIFE,
    &FUTURE_DATE,
    &SUMMARY_REPEATS_TITLE,
    &WITHDRAWN_WITHOUT_REASON,
    &UNKNOWN_THEME,
    &UNKNOWN_FACTOR,
    &UNKNOWN_SYSTEM,
    &UNKNOWN_VALUE,
    &UNKNOWN_REFERENCE,
    &UNKNOWN_STUDY,
    &ALIAS_USED,
    &FACTOR_IN_TWO_DIRECTIONS,
    &SELF_RELATION,
    &DEPRECATED_TERM,
    &EVIDENCE_MISSING,
    &REPEATED_EVIDENCE,
    &DUPLICATE_ID,
    &DUPLICATE_ALIAS,
    &UNKNOWN_LIST,
    &DANGLING_CROSSWALK,
    &CYCLIC_SUCCESSION,
    &SHARED_TILE,
    &UNUSED_TERM,
    &SIMILAR_LABELS,
    &LINK_TO_DRAFT,
    &ADDRESS_COLLISION,
    &ALIAS_TAKEN,
    &MARKDOWN_LIMIT,
    &RAW_HTML,
    &UNSAFE_LINK,
    &ABSOLUTE_LINK,
    &DEAD_LINK,
    &DEAD_FRAGMENT,
    &DEAD_IMAGE,
    &EXTERNAL_IMAGE,
    &ATTACHMENT_TYPE,
    &SECOND_H1,
    &MISSING_ALT_TEXT,
    &VAGUE_LINK_TEXT,
    &UNFINISHED_LINK,
    &UNMARKED_LIST,
    &LINK_TO_OWN_SITE,
    &HEADING_SKIPPED,
    &EMPTY_BODY,
    &TEMPLATE_TEXT,
    &BIDIRECTIONAL_CONTROL,
    &BARE_FIGURE,
    &PLANNED_IMPROVEMENT,
    &NO_LIMITATIONS,
    &REVIEW_OVERDUE,
    &ANONYMITY_BROKEN,
];

/// The rule of a name.
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.iter().find(|rule| rule.name == name).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_kebab_case() {
        let mut names: Vec<_> = ALL.iter().map(|rule| rule.name).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
        for name in names {
            assert!(crate::slug::is_valid(name), "{name}");
        }
    }

    #[test]
    fn rules_are_listed_by_group_and_fixed_ones_are_errors() {
        assert!(ALL.is_sorted_by_key(|rule| rule.group));
        for rule in ALL {
            assert!(
                !rule.fixed || rule.severity == Severity::Error,
                "{}",
                rule.name
            );
        }
    }
}
