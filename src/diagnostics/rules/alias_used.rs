//! Another word, or another spelling, stands where an id is meant.

use super::{Example, Group, Rule, Severity};

pub(crate) static ALIAS_USED: Rule = Rule {
    name: "alias-used",
    group: Group::InUse,
    severity: Severity::Warning,
    fixed: false,
    summary: "Another word, or another spelling, stands where an id is meant.",
    why: "The library understands an alias, the name that readers see, the code of a system, and an id in other \
          capitals, so nothing is lost. But one spelling everywhere keeps studies easy to search and to compare, and \
          another word may one day get a meaning of its own.",
    example: Example::yaml(
        r"
ics: NDale
level: locality
enablers:
  - factor: Shared Office
    evidence: The community nurses moved into the back room of the surgery.
",
        r"
ics: north-dale
level: neighbourhood
enablers:
  - factor: shared-office
    evidence: The community nurses moved into the back room of the surgery.
",
    ),
    mend: "Put the word that the message offers. `caseloom check --fix` does it for a whole library.",
};
