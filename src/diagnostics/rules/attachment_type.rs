//! A file of this type may not be published.

use super::{Example, Group, Rule, Severity};

pub(crate) static ATTACHMENT_TYPE: Rule = Rule {
    name: "attachment-type",
    group: Group::Links,
    severity: Severity::Error,
    fixed: false,
    summary: "A file of this type may not be published.",
    why: "Some types of file can run programs on a reader's computer. Only types that everybody can open \
          without danger are published.",
    example: Example::markdown(
        "The [leaflet for families](leaflet.doc) was printed by the council.",
        "The leaflet for families was printed by the council.",
    ),
    mend: "Save the file as one of the types that the message lists, upload it beside the study and link to \
           that: a text as PDF or `.docx`, a table as `.csv` or `.xlsx`, a drawing as PNG.",
};
