//! The rules that content is checked by: stable names, default severities, one line on each.

use super::diagnostic::Severity;

/// A rule of the checker.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable kebab-case name, as used in `[rules]` of `site-config.toml`.
    pub name: &'static str,
    /// Severity unless the configuration says otherwise.
    pub severity: Severity,
    /// What it means, in one sentence.
    pub summary: &'static str,
}

macro_rules! rules {
    ($($constant:ident $name:literal $severity:ident $summary:literal)*) => {
        $(
            #[doc = $summary]
            pub static $constant: Rule = Rule {
                name: $name,
                severity: Severity::$severity,
                summary: $summary,
            };
        )*
        /// Every rule, in the order of the road of the data.
        pub static ALL: &[&Rule] = &[$(&$constant),*];
    };
}

rules! {
    // files
    UNREADABLE_FILE "unreadable-file" Error "A file of the library could not be read."
    FILE_NOT_UTF8 "file-not-utf8" Error "A text file is not UTF-8."
    FILE_TOO_LARGE "file-too-large" Error "A file is larger than the limit in `site-config.toml`."
    SYMBOLIC_LINK "symbolic-link" Error "A symbolic link leads out of the library, to a folder, or nowhere."
    UNEXPECTED_FILE "unexpected-file" Warning "A text file stands where nothing reads it."
    BAD_SLUG "bad-slug" Error "A file name can't be used in an address."
    DUPLICATE_SLUG "duplicate-slug" Error "Two files would have the same address."
    RESERVED_SLUG "reserved-slug" Error "A page is named like a section of the site."
    // front matter
    MISSING_FRONT_MATTER "missing-front-matter" Error "A Markdown file doesn't begin with front matter between two lines of `---`."
    UNTERMINATED_FRONT_MATTER "unterminated-front-matter" Error "The second `---` of the front matter is missing."
    MALFORMED_YAML "malformed-yaml" Error "The YAML can't be read."
    YAML_LIMIT "yaml-limit" Error "The YAML is nested too deeply or has too many values."
    YAML_ALIAS "yaml-alias" Error "YAML anchors, aliases, tags and further documents are not used here."
    COMMENT_IN_VALUE "comment-in-value" Warning "Text after a `#` was taken for a comment and left out."
    DUPLICATE_KEY "duplicate-key" Error "A key is given twice."
    UNKNOWN_KEY "unknown-key" Error "A key is not one of those that this kind of record has."
    MISSPELT_KEY "misspelt-key" Error "A key is nearly one of those that this kind of record has."
    MISSING_KEY "missing-key" Error "A required key is missing."
    WRONG_TYPE "wrong-type" Error "A value has the wrong shape: text for a list, a list for text."
    EMPTY_VALUE "empty-value" Error "A key has no value."
    BAD_VALUE "bad-value" Error "A value is not one of those that the key may have."
    BAD_DATE "bad-date" Error "A date is not written as 2019-01-31 (or 2019-01, or 2019, where a key allows it) or doesn't exist."
    REVERSED_PERIOD "reversed-period" Error "A period ends before it begins."
    REVERSED_RANGE "reversed-range" Error "A range runs from the higher step to the lower."
    SUMMARY_TOO_LONG "summary-too-long" Error "A summary is longer than the limit."
    NO_FACTORS "no-factors" Error "A study names no enabler, barrier or mixed factor."
    // vocabulary
    DUPLICATE_ID "duplicate-id" Error "Two terms have the same id."
    DUPLICATE_ALIAS "duplicate-alias" Error "An alias belongs to two terms, or is the id of another."
    UNKNOWN_LIST "unknown-list" Warning "A field's list is not in `frameworks.yaml`, so its values can't be checked."
    DANGLING_CROSSWALK "dangling-crosswalk" Warning "A term points at a term or category that doesn't exist."
    UNKNOWN_THEME "unknown-theme" Error "A theme is not in the vocabulary."
    UNKNOWN_FACTOR "unknown-factor" Error "A factor is not in the vocabulary."
    UNKNOWN_SYSTEM "unknown-system" Error "A system is not in the vocabulary."
    UNKNOWN_VALUE "unknown-value" Error "A value is not in the list of its field."
    UNKNOWN_REFERENCE "unknown-reference" Error "A reference is not among the evidence records."
    UNKNOWN_STUDY "unknown-study" Error "A related study doesn't exist."
    ALIAS_USED "alias-used" Warning "An alias stands where the id of its term is meant."
    FACTOR_IN_TWO_DIRECTIONS "factor-in-two-directions" Warning "One factor is cited in two directions by one study."
    REPEATED_VALUE "repeated-value" Warning "A value is given twice in one list."
    SELF_RELATION "self-relation" Error "A study is related to itself."
    OUTSIDE_SYSTEM_LIFE "outside-system-life" Warning "A study's period lies before its system began or after it ceased."
    LINK_TO_DRAFT "link-to-draft" Error "A published page links to one that is not published."
    // addresses
    ADDRESS_COLLISION "address-collision" Error "Two sources would be written to the same address."
    ALIAS_TAKEN "alias-taken" Error "An old address is the address of a live page, or is claimed twice."
    // Markdown
    RAW_HTML "raw-html" Error "Markdown holds raw HTML."
    UNSAFE_LINK "unsafe-link" Error "A link's scheme is not allowed."
    ABSOLUTE_LINK "absolute-link" Error "A link begins with a slash, so it would break where the site lives in a folder."
    DEAD_LINK "dead-link" Error "A link leads to a file that doesn't exist or is not part of the site."
    DEAD_FRAGMENT "dead-fragment" Error "A link leads to a heading that doesn't exist."
    DEAD_IMAGE "dead-image" Error "An image doesn't exist."
    EXTERNAL_IMAGE "external-image" Error "An image is fetched from another site."
    ATTACHMENT_TYPE "attachment-type" Error "A file of this type may not be published."
    SECOND_H1 "second-h1" Warning "The body has a heading of level one; the title is the only one."
}

/// Rules that can't be lowered: what they find can't be built, so it would vanish from the site without a word.
static FIXED: [&Rule; 20] = [
    &UNREADABLE_FILE,
    &FILE_NOT_UTF8,
    &FILE_TOO_LARGE,
    &BAD_SLUG,
    &DUPLICATE_SLUG,
    &RESERVED_SLUG,
    &MISSING_FRONT_MATTER,
    &UNTERMINATED_FRONT_MATTER,
    &MALFORMED_YAML,
    &YAML_LIMIT,
    &YAML_ALIAS,
    &MISSING_KEY,
    &WRONG_TYPE,
    &EMPTY_VALUE,
    &BAD_VALUE,
    &BAD_DATE,
    &DUPLICATE_ID,
    &UNKNOWN_SYSTEM,
    &UNKNOWN_VALUE,
    &ADDRESS_COLLISION,
];

impl Rule {
    /// Whether the configuration can't lower its severity.
    pub fn is_fixed(&self) -> bool {
        FIXED.iter().any(|fixed| fixed.name == self.name)
    }
}

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
            assert!(
                name.bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
                "{name}"
            );
        }
    }
}
