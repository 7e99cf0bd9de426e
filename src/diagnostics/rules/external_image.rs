//! An image is fetched from another site.

use super::{Example, Group, Rule, Severity};

pub(crate) static EXTERNAL_IMAGE: Rule = Rule {
    name: "external-image",
    group: Group::Links,
    severity: Severity::Error,
    fixed: false,
    summary: "An image is fetched from another site.",
    why: "Each reader's visit would be told to that site, a guarded network may block it, and the picture \
          could change or vanish.",
    example: Example::markdown(
        "![Where the three surgeries are](https://maps.example/dale.png)",
        "![Where the room is](room.png)",
    ),
    mend: "If you may use the image, save it, upload it into the folder of the study and link it by its \
           name: `![what it shows](map.png)`. Otherwise make it a link, without the `!`: `[the \
           map](https://maps.example/dale.png)`.",
};
