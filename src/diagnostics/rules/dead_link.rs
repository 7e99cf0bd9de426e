//! A link leads to a file that doesn't exist or is not part of the site.

use super::{Example, Group, Rule, Severity};

pub(crate) static DEAD_LINK: Rule = Rule {
    name: "dead-link",
    group: Group::Links,
    severity: Severity::Error,
    fixed: false,
    summary: "A link leads to a file that doesn't exist or is not part of the site.",
    why: "A reader who follows it finds nothing, and takes the rest of the page to be out of date as well.",
    example: Example::markdown(
        r"
It began as [a shared list](../hill/seperate-buildings.md) at [Dale Council](www.dale.example/list), and the
[plan of the floor](floorplan.pdf) still hangs there.
",
        r"
It began as [a shared list](../hill/separate-buildings.md) at [Dale Council](https://www.dale.example/list), and the
[plan of the floor](floor-plan.pdf) still hangs there.
",
    ),
    mend: "Look at the spelling, the folder and the ending of the file's name; capitals count. `..` means \
           the folder above. A link to another site begins with `https://`, an e-mail address with \
           `mailto:`. If what you linked to is gone, take the link out and keep its words.",
};
