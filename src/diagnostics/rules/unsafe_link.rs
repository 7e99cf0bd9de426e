//! A link begins with something other than `https:`, `http:`, `mailto:` or `tel:`.

use super::{Example, Group, Rule, Severity};

pub(crate) static UNSAFE_LINK: Rule = Rule {
    name: "unsafe-link",
    group: Group::Links,
    severity: Severity::Error,
    fixed: false,
    summary: "A link begins with something other than `https:`, `http:`, `mailto:` or `tel:`.",
    why: "Other beginnings run programs, or lead to a drive that only some people can open. Nobody outside \
          your organisation can follow such a link.",
    example: Example::markdown(
        r"
The [rota](file:///S:/Community/rota.xlsx) and the [leaflet](S:/Community/leaflet.pdf) were made by the
ward clerk, who wrote [a note](http:notes.example/rota) on it.
",
        r"
The [rota](https://notes.example/rota.xlsx) and the leaflet were made by the
ward clerk, who wrote [a note](https://notes.example/rota) on it.
",
    ),
    mend: "For a page of the web, copy its whole address from the browser, with `https://`. For a file on a \
           shared drive, put a copy into the folder of the study and link to it by its name: \
           `[rota](rota.xlsx)`. For an e-mail address write `mailto:name@example.org`. Otherwise take the \
           link out and keep its words.",
};
