//! Two terms, or two references, have the same id.

use super::{Example, Group, Rule, Severity};

pub(crate) static DUPLICATE_ID: Rule = Rule {
    name: "duplicate-id",
    group: Group::Vocabulary,
    severity: Severity::Error,
    fixed: true,
    summary: "Two terms, or two references, have the same id.",
    why: "An id stands for one thing: studies cite it, and it is part of an address. With two of them \
          nobody can tell which is meant, and the second would be missing from the site.",
    example: Example::yaml(
        r"
  - id: trust
    label: Residents' trust in services
    theme: trust
    definition: People believe that asking for help will do them no harm.
",
        r"
  - id: residents-trust
    label: Residents' trust in services
    theme: trust
    definition: People believe that asking for help will do them no harm.
",
    ),
    mend: "If the two mean different things, give the newer one another `id`, in lower case with hyphens: \
           studies may cite the older one already. If they mean the same, make one record of them and put \
           the other name under `aliases`.",
};
