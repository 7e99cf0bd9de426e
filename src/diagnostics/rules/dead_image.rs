//! An image doesn't exist.

use super::{Example, Group, Rule, Severity};

pub(crate) static DEAD_IMAGE: Rule = Rule {
    name: "dead-image",
    group: Group::Links,
    severity: Severity::Error,
    fixed: false,
    summary: "An image doesn't exist.",
    why: "Readers would see an empty frame where the picture should be.",
    example: Example::markdown(
        r"
![The room, seen from the door](Room.PNG)

![Who sits where](images/seating.png)
",
        r"
![The room, seen from the door](room.png)
",
    ),
    mend: "Upload the image into the folder of the study, and write its name as it is there; capitals \
           count. If the image is in another folder, say so from here: `../images/seating.png`.",
};
