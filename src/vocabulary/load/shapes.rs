//! The keys of every kind of term.

use crate::source::Value::{
    Any, Date, Flag, List, LongText, Number, OneOrMany, Record, Slug, Term, Text, TextOrRecord,
};
use crate::source::{Shape, optional, required};

/// What keys are for that the program does not read itself.
const KEPT: &str = "Kept in the data of the library as it is.";

/// What keys are for that pages show under their own name.
const SHOWN: &str = "Shown on the page of the framework.";

pub(super) const THEME: Shape = Shape {
    what: "a theme",
    keys: &[
        required(
            "id",
            Slug,
            "The address of the theme, and the word by which studies name it.",
        ),
        required("label", Text, "The name that readers see."),
        required(
            "definition",
            LongText,
            "What it covers, in one or two sentences.",
        ),
        optional("aliases", List(&Text), "Other words for it."),
        optional("deprecated", LongText, "Why it is no longer used."),
        optional("replaced_by", Term("themes"), "The theme to use instead."),
    ],
};
pub(super) const FACTOR: Shape = Shape {
    what: "a factor",
    keys: &[
        required(
            "id",
            Slug,
            "The address of the factor, and the word by which studies name it.",
        ),
        required("label", Text, "The name that readers see."),
        required(
            "theme",
            Term("themes"),
            "The one theme that it is listed under.",
        ),
        required(
            "definition",
            LongText,
            "What it means, in one or two sentences.",
        ),
        optional("also", List(&Term("themes")), "Further themes."),
        optional("aliases", List(&Text), "Other words for it."),
        optional(
            "maps_to",
            Any,
            "Where frameworks put it: a framework with a category or a list of them.",
        ),
        optional("sources", List(&Text), "The works in which it is found."),
        optional("deprecated", LongText, "Why it is no longer used."),
        optional("replaced_by", Term("factors"), "The factor to use instead."),
    ],
};
pub(super) const FRAMEWORK: Shape = Shape {
    what: "a framework",
    keys: &[
        required(
            "id",
            Slug,
            "The name by which settings and factors find it.",
        ),
        required("label", Text, "The name that readers see."),
        required(
            "kind",
            Text,
            "What it is: framework, scale, theory or list.",
        ),
        optional("basis", Any, KEPT),
        optional(
            "source",
            List(&TextOrRecord(&Term("references"), &FRAMEWORK_SOURCE)),
            "The works that it comes from.",
        ),
        optional("note", LongText, "A remark for readers."),
        optional("ordered", Any, KEPT),
        optional(
            "groups",
            List(&TextOrRecord(&Text, &GROUP)),
            "The parts that its categories belong to, in order.",
        ),
        optional(
            "categories",
            List(&Record(&CATEGORY)),
            "Its categories in order.",
        ),
        optional("companion_headings", Any, KEPT),
        optional("actors", Any, KEPT),
        optional("reasoning_terms", Any, KEPT),
        optional("built_from", Any, KEPT),
        optional("alignments", Any, KEPT),
        optional("comparisons", Any, KEPT),
        optional("core20plus5_clinical_areas", Any, KEPT),
        optional("imd_domains", Any, KEPT),
        optional("scale", Any, KEPT),
        optional("rule", Any, KEPT),
        optional("header", Any, KEPT),
        optional("attributes", Any, KEPT),
    ],
};
pub(super) const FRAMEWORK_SOURCE: Shape = Shape {
    what: "a source of a framework",
    keys: &[
        optional("reference", Term("references"), "The work."),
        optional("where", Text, "Where in it."),
        optional(
            "file",
            Text,
            "A document that is kept elsewhere, in place of `reference`; readers don't see it.",
        ),
        optional("lines", Text, "Where in that."),
    ],
};
pub(super) const GROUP: Shape = Shape {
    what: "a group of categories",
    keys: &[
        required("id", Text, "The word by which categories name it."),
        required("label", Text, "The name that readers see."),
    ],
};
pub(super) const POPULATION: Shape = Shape {
    what: "a population",
    keys: &[
        required("from", Number, "The smallest number of people."),
        required("to", Number, "The largest."),
    ],
};
pub(super) const CATEGORY: Shape = Shape {
    what: "a category",
    keys: &[
        required("id", Text, "Its id, unique in its framework."),
        optional("label", Text, "The name that readers see."),
        optional("definition", LongText, "What it means."),
        optional("question", LongText, "What to ask in order to sort by it."),
        optional(
            "group",
            Text,
            "The part of the framework that it belongs to.",
        ),
        optional(
            "factors",
            List(&Term("factors")),
            "The factors that it holds.",
        ),
        optional(
            "items",
            List(&TextOrRecord(&Text, &ITEM)),
            "What it consists of.",
        ),
        optional("added_by", Any, KEPT),
        optional("in_source", Any, KEPT),
        optional("subfactors", List(&Text), SHOWN),
        optional("applied_as", List(&Text), SHOWN),
        optional("national_policy_reach", List(&Text), SHOWN),
        optional("if", LongText, "In a theory: on what condition."),
        optional("then", LongText, "In a theory: with what result."),
        optional("polarity", Text, SHOWN),
        optional("support", Text, SHOWN),
        optional("uncertainty", Text, SHOWN),
        optional(
            "depends_on",
            List(&Text),
            "The categories of this framework without which it would not work.",
        ),
        optional("parts", List(&Text), SHOWN),
        optional("features", List(&Text), SHOWN),
        optional("feature", Text, SHOWN),
        optional("classic_theory", Text, SHOWN),
        optional(
            "population",
            Record(&POPULATION),
            "How many people it is meant for.",
        ),
        optional("body", Text, SHOWN),
        optional("macro_meso_micro", Any, KEPT),
        optional("does", Text, SHOWN),
        optional("count_in_england", Text, SHOWN),
        optional("also_called", List(&Text), "Other words for it."),
        optional("who", Text, SHOWN),
        optional("axis", Any, KEPT),
        optional("domain", Any, KEPT),
        optional("kind", Any, KEPT),
        optional("kind_of", Any, KEPT),
        optional("evidence_type", Any, KEPT),
        optional("word_in_source", Text, SHOWN),
        optional("metaframework", Any, KEPT),
        optional("values", List(&Text), SHOWN),
        optional("aim", Any, KEPT),
        optional("components", List(&Text), SHOWN),
        optional("challenges", List(&Text), SHOWN),
        optional("bands", List(&Text), SHOWN),
        optional("deprivation_domain", Text, SHOWN),
        optional("linked_with", OneOrMany(&Text), SHOWN),
        optional("signs", List(&Text), SHOWN),
        optional("evidenced", Any, KEPT),
        optional("symmetric", Any, KEPT),
        optional(
            "inverse",
            Text,
            "For a relation: how the other study sees it.",
        ),
        optional(
            "side_by_side",
            Flag,
            "For a relation: whether the two studies get a page side by side.",
        ),
    ],
};
pub(super) const ITEM: Shape = Shape {
    what: "an item of a category",
    keys: &[
        required("label", Text, "The name that readers see."),
        optional(
            "factor",
            Term("factors"),
            "The factor that it corresponds to.",
        ),
    ],
};
pub(super) const GLOSSARY_ENTRY: Shape = Shape {
    what: "a glossary entry",
    keys: &[
        required("id", Slug, "Its address in the glossary."),
        required("abbr", Text, "The letters as they are written."),
        required("expansion", Text, "What they stand for."),
        required("definition", LongText, "What that is."),
        optional(
            "ambiguous",
            Flag,
            "Whether the letters easily mean something else.",
        ),
        optional("sources", List(&Text), "The works that use it."),
    ],
};
pub(super) const SYSTEM: Shape = Shape {
    what: "a system",
    keys: &[
        required(
            "id",
            Slug,
            "The address of the system, and the word by which studies name it.",
        ),
        required("label", Text, "The name that readers see."),
        optional("short", Text, "A short label."),
        optional("aliases", List(&Text), "Other words for it."),
        optional("region", Text, "The region that it is listed under."),
        optional(
            "ons_code",
            Text,
            "Its code at the Office for National Statistics.",
        ),
        optional("ods_code", Text, "Its code in the registers of the NHS."),
        optional("valid_from", Date, "Its first day."),
        optional("valid_to", Date, "Its last day; one of today's has none."),
        optional(
            "successors",
            List(&TextOrRecord(&Term("systems"), &SUCCESSOR)),
            "What came after it.",
        ),
        optional(
            "neighbours",
            List(&Term("systems")),
            "Systems that touch it.",
        ),
        optional("hex_col", Number, "The column of its tile on the map."),
        optional("hex_row", Number, "The row of its tile on the map."),
        optional(
            "tile_moves",
            List(&Record(&TILE_MOVE)),
            "Where its tile stands on later maps.",
        ),
    ],
};
pub(super) const TILE_MOVE: Shape = Shape {
    what: "a move of a tile",
    keys: &[
        required("from", Date, "The first day of the maps that it is for."),
        required("hex_col", Number, "The column of the tile from then on."),
        required("hex_row", Number, "The row of the tile from then on."),
    ],
};
pub(super) const SUCCESSOR: Shape = Shape {
    what: "a successor",
    keys: &[
        required("system", Term("systems"), "The system that followed."),
        optional("part", Text, "The part of the area that went there."),
    ],
};
