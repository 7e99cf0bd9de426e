//! A file name can't be used in an address.

use super::{Example, Group, Rule, Severity};

pub(crate) static BAD_SLUG: Rule = Rule {
    name: "bad-slug",
    group: Group::Files,
    severity: Severity::Error,
    fixed: true,
    summary: "A file name can't be used in an address.",
    why: "The file name becomes the address of the page. Blanks, capitals and brackets in an address break \
          when people copy it into a letter or read it out.",
    example: Example::text("Front Desk (final).md", "front-desk.md"),
    mend: "Rename the file as the message says: small letters and digits, single hyphens between words, at \
          most 80 characters.",
};
